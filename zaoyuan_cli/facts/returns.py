"""Returns: shares of a closed project's surplus, paid out."""

from datetime import date

from . import Fact, Private


class ShareReturned(Fact, kind="returns.made.v1", numbered="return"):
    """The share of a household (`room`) or a donor (a person id) was paid out of an account, in fen (R-66)."""

    number: str
    project: str
    fen: int
    account: str
    on: date
    room: str = ""
    donor: str = ""
    note: Private[str] = ""


class ReturnVoided(Fact, kind="returns.voided.v1"):
    """A return was entered wrongly; its number stays, its money does not count."""

    number: str
    on: date
    reason: Private[str] = ""
