"""Offices and who holds them."""

from datetime import date

from . import Fact


class RoleGiven(Fact, kind="roles.given.v1"):
    """A person holds an office of a body, or for a unit or grid (`scope`), from a day on."""

    person: str
    role: str
    since: date
    body: str = ""
    scope: str = ""
    until: date | None = None
    decision: str = ""


class RoleEnded(Fact, kind="roles.ended.v1"):
    """An office ended on a day, whoever gave it."""

    person: str
    role: str
    body: str
    scope: str
    on: date
