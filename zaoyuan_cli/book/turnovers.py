"""Turnover by month and by kind: what came in and went out, transfers left out, in fen."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules.money import Fen

from .entries import By


class Flow(NamedTuple):
    """What one kind of movement brought and took in one month (2022-05), gross as in the Turnover. `kind` is what the
    entry is, a donor's contribution being a donation; an opening balance is in `opening` only."""

    month: str
    kind: str
    opening: Fen
    into: Fen
    out: Fen


def flows(db: sqlite3.Connection, since: date, until: date) -> list[Flow]:
    """Every month and kind with a movement between two days, in order; the sums are those of entries.totals."""
    rows = db.execute(
        "SELECT substr(day, 1, 7) AS month,"
        " CASE WHEN what = 'contribution' AND room IS NULL THEN 'donation' ELSE what END AS kind,"
        " ifnull(sum(iif(what = 'opening', fen, 0)), 0), ifnull(sum(iif(what != 'opening' AND fen > 0, fen, 0)), 0),"
        " ifnull(sum(iif(what != 'opening' AND fen < 0, -fen, 0)), 0) FROM movement"
        " WHERE what != 'transfer' AND day BETWEEN ? AND ? GROUP BY month, kind"
        " ORDER BY month, kind = 'refund', sum(fen) <= 0, kind",
        [since.isoformat(), until.isoformat()],
    ).fetchall()
    return [Flow(month, kind, Fen(opening), Fen(into), Fen(out)) for month, kind, opening, into, out in rows]


def between(db: sqlite3.Connection, by: By, since: date, until: date) -> Fen:
    """What was moved from fund to fund, or from account to account: in their rows, and in no total."""
    row = db.execute(
        f"SELECT ifnull(sum(fen), 0) FROM movement WHERE what = 'transfer' AND {by} IS NOT NULL AND fen > 0"
        " AND day BETWEEN ? AND ?",
        [since.isoformat(), until.isoformat()],
    ).fetchone()
    return Fen(row[0])
