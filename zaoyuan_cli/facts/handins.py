"""Hand-ins: a collector gives the cashier the money in their hand."""

from datetime import date

from . import Fact, Private


class HandedIn(Fact, kind="handins.made.v1", numbered="handin"):
    """A collector (`leader`, a person id) handed in `fen` by their slip; `counted` of it, in fen, were there and moved
    from the hand account `source` to `target`. What is missing stays on the leader (R-69)."""

    number: str
    leader: str
    fen: int
    counted: int
    source: str
    target: str
    on: date
    note: Private[str] = ""


class HandinVoided(Fact, kind="handins.voided.v1"):
    """A hand-in was entered wrongly; its number stays, its money did not move."""

    number: str
    on: date
    reason: Private[str] = ""
