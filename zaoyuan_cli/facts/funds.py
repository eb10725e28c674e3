"""Funds: what money is for."""

from datetime import date

from . import Fact


class FundAdded(Fact, kind="funds.added.v1"):
    """A purpose of money; a restricted fund pays for another purpose only by a decision (R-50)."""

    fund: str
    restricted: bool
    on: date


class FundTransferred(Fact, kind="funds.transferred.v1"):
    """Money given another purpose, in fen, by a decision."""

    fen: int
    source: str
    target: str
    on: date
    decision: str
