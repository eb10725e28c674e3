"""Offices and who holds them."""

from datetime import date

from . import Fact, Private


class RoleGiven(Fact, kind="roles.given.v1"):
    """A person holds an office of a body, or for a unit or grid (`scope`), from a day on; `reason` is why they hold it
    beside one that is to be kept apart from it."""

    person: str
    role: str
    since: date
    body: str = ""
    scope: str = ""
    until: date | None = None
    decision: str = ""
    reason: Private[str] = ""


class RoleEnded(Fact, kind="roles.ended.v1"):
    """An office ended on a day, whoever gave it."""

    person: str
    role: str
    body: str
    scope: str
    on: date
