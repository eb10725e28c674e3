"""Turnover by month and by kind: what came in and went out, transfers left out, in fen."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules.money import Fen

from . import Book, funds, kept
from .entries import By


class Flow(NamedTuple):
    """What one kind of movement brought and took in one month (2022-05), gross as in the Turnover. `kind` is what the
    entry is, a donor's contribution being a donation and an unknown payer's unclaimed until a household claims it: the
    claim takes it from the one kind to the other in its own month. An opening balance is in `opening` only."""

    month: str
    kind: str
    opening: Fen
    into: Fen
    out: Fen


_KINDS = (
    "SELECT day, CASE WHEN what != 'contribution' THEN what WHEN fund = :unclaimed THEN 'unclaimed'"
    " WHEN home THEN what ELSE 'donation' END AS kind,"
    " iif(what = 'opening', came - went, 0) AS opening, iif(what != 'opening', came, 0) AS came,"
    " iif(what != 'opening', went, 0) AS went FROM moved WHERE what != 'transfer'"
)
_CLAIMED = (  # the leg of a transfer that has both a household and a fund
    "SELECT day, {kind}, 0, {sign}(came - went), 0 FROM moved WHERE what = 'transfer' AND home AND fund != ''"
)


def flows(book: Book, since: date, until: date) -> list[Flow]:
    """Every month and kind with a movement between two days, in order; the sums are those of entries.totals."""
    moved, days = kept.flows(since, until)
    claims = (_CLAIMED.format(kind="'contribution'", sign=""), _CLAIMED.format(kind="'unclaimed'", sign="-"))
    rows = book.db.execute(
        f"WITH moved AS ({moved}) SELECT substr(day, 1, 7) AS month, kind, sum(opening), sum(came), sum(went)"
        f" FROM ({' UNION ALL '.join((_KINDS, *claims))}) WHERE day >= :since GROUP BY month, kind"
        " ORDER BY month, kind = 'refund', sum(opening + came - went) <= 0, kind",
        days | {"unclaimed": funds.unclaimed(book)},
    ).fetchall()
    return [Flow(month, kind, Fen(opening), Fen(into), Fen(out)) for month, kind, opening, into, out in rows]


def between(db: sqlite3.Connection, by: By, since: date, until: date) -> Fen:
    """What was moved from fund to fund, or from account to account: in their rows, and in no total."""
    moved, days = kept.flows(since, until)
    row = db.execute(
        f"SELECT ifnull(sum(came), 0) FROM ({moved}) WHERE what = 'transfer' AND {by} != '' AND day >= :since", days
    ).fetchone()
    return Fen(row[0])


def transfers(db: sqlite3.Connection, by: By, since: date, until: date) -> dict[str, tuple[Fen, Fen]]:
    """What transfers brought to each fund or account, and what they took from it; it is in `into` and `out` of their
    Turnover."""
    moved, days = kept.flows(since, until)
    rows = db.execute(
        f"SELECT {by}, sum(came), sum(went) FROM ({moved}) WHERE what = 'transfer' AND {by} != '' AND day >= :since"
        f" GROUP BY {by}",
        days,
    ).fetchall()
    return {name: (Fen(came), Fen(went)) for name, came, went in rows}
