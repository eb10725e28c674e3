"""Pledges: what somebody promised to give to a project. A promise is no due."""

from datetime import date

from . import Fact, Private


class PledgeMade(Fact, kind="pledges.made.v1", numbered="pledge"):
    """A household (`room`) or a donor (a person id) promised an amount, in fen."""

    number: str
    project: str
    fen: int
    on: date
    room: str = ""
    donor: str = ""
    note: Private[str] = ""


class PledgeVoided(Fact, kind="pledges.voided.v1"):
    """A pledge was entered wrongly, or is not kept; its number stays."""

    number: str
    on: date
    reason: Private[str] = ""
