"""Approvals: what members said of an expense."""

from datetime import date

from . import Fact, Private


class ExpenseApproved(Fact, kind="approvals.given.v1"):
    """A member (a person id) said of an expense that it is right: `choice` is for, against or abstain. `override`: it
    counts although they handled it themselves, it was paid to them, or they are no member (R-62); `reason` why."""

    number: str
    person: str
    choice: str
    on: date
    override: bool = False
    reason: Private[str] = ""
