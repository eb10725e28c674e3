"""Hand-overs: at the end of a term, when a member leaves, when the cashier changes (R-43)."""

from collections.abc import Mapping
from datetime import date

from . import Fact, Private


class HandoverMade(Fact, kind="handovers.made.v1", numbered="handover"):
    """What a body holds was listed and written out, with its balances in fen by account and fund, `total` of either;
    `counts` how much there is of each kind of record; `heads` the last step of each device that is in it; `seal` the
    SHA-256 of the list of files."""

    number: str
    on: date
    body: str
    total: int
    accounts: tuple[tuple[str, int], ...]
    funds: tuple[tuple[str, int], ...]
    counts: Mapping[str, int]
    heads: Mapping[str, int]
    seal: str


class HandoverSigned(Fact, kind="handovers.signed.v1"):
    """It was signed: by who gave, who took and who watched (ids)."""

    number: str
    on: date
    giver: str
    taker: str
    witness: str = ""
    note: Private[str] = ""
