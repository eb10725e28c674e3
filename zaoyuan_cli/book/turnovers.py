"""Turnover by month and by kind: what came in and went out, transfers left out, in fen."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules.money import Fen

from . import kept
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
    moved, days = kept.flows(since, until)
    rows = db.execute(
        "SELECT substr(day, 1, 7) AS month, iif(what = 'contribution' AND NOT home, 'donation', what) AS kind,"
        " sum(iif(what = 'opening', came - went, 0)), sum(iif(what != 'opening', came, 0)),"
        f" sum(iif(what != 'opening', went, 0)) FROM ({moved})"
        " WHERE what != 'transfer' AND day >= :since GROUP BY month, kind"
        " ORDER BY month, kind = 'refund', sum(came - went) <= 0, kind",
        days,
    ).fetchall()
    return [Flow(month, kind, Fen(opening), Fen(into), Fen(out)) for month, kind, opening, into, out in rows]


def between(db: sqlite3.Connection, by: By, since: date, until: date) -> Fen:
    """What was moved from fund to fund, or from account to account: in their rows, and in no total."""
    moved, days = kept.flows(since, until)
    row = db.execute(
        f"SELECT ifnull(sum(came), 0) FROM ({moved}) WHERE what = 'transfer' AND {by} != '' AND day >= :since", days
    ).fetchone()
    return Fen(row[0])
