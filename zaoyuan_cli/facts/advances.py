"""Advances: what members paid out of their own pocket, and got back."""

from datetime import date

from . import Fact, Private


class AdvanceRepaid(Fact, kind="advances.repaid.v1", numbered="repayment"):
    """A member (a person id) got back `fen` of what they had advanced: out of the account `source`, into their advance
    account `target`."""

    number: str
    person: str
    fen: int
    source: str
    target: str
    on: date
    note: Private[str] = ""


class RepaymentVoided(Fact, kind="advances.voided.v1"):
    """A repayment was entered wrongly; its number stays, its money did not move."""

    number: str
    on: date
    reason: Private[str] = ""
