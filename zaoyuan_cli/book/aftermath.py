"""What a sheet of money has to say beside its sums: what was made void or given back after it was closed, receipts that
are void, how much of what a project was paid came from credit."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen

Day = date  # a field of Correction is called date
_IN_SHEETS = (  # legs that closed sheets have of some days
    " FROM frozen JOIN entry ON entry.event = frozen.entry AND entry.leg = frozen.leg"
    " JOIN period ON period.event = frozen.event"
)
_OF_DAYS = " WHERE (last BETWEEN :first AND :until OR last > :until AND entry.day BETWEEN :first AND :until)"
_GONE = (  # void now: made so by the day and not turned round in a later period, or its step was taken back
    "SELECT series, number.text FROM number JOIN event ON event.id = number.event"
    " LEFT JOIN void ON void.number = number.text WHERE series IN ('receipt', 'expense')"
    " AND event.body ->> 'on' BETWEEN :first AND :until AND (NOT stands OR void.day <= :day"
    " AND void.number NOT IN (SELECT number FROM reversal))"
)


class Correction(NamedTuple):
    """What became, after a period was closed, of something its sheet has: `what` void or refund, the day it is booked
    on, in fen."""

    number: str
    what: str
    date: Day
    amount: Fen


def corrections(db: sqlite3.Connection, first: date, until: date, day: date) -> list[Correction]:
    """What was made void or given back by a day of what closed sheets have of some days, and is booked after them."""
    days = {"first": str(first), "until": str(until), "day": str(day)}
    rows = db.execute(
        "SELECT void.number, 'void', void.day, max(abs(sum(entry.fen)), max(entry.fen))"
        + _IN_SHEETS
        + " JOIN number ON number.event = entry.event JOIN void ON void.number = number.standing"
        + _OF_DAYS
        + " AND void.day > :until AND void.day <= :day AND void.number IN (SELECT number FROM reversal)"
        " GROUP BY void.number UNION ALL"
        " SELECT number, 'refund', day, fen FROM refund WHERE day > :until AND day <= :day"
        " AND number NOT IN (SELECT number FROM void) AND receipt IN (SELECT entry.number"
        + _IN_SHEETS
        + _OF_DAYS
        + ") ORDER BY 3, 1",
        days,
    ).fetchall()
    return [Correction(number, what, date.fromisoformat(on), Fen(fen)) for number, what, on, fen in rows]


def gone(db: sqlite3.Connection, first: date, until: date, day: date) -> dict[str, list[str]]:
    """The numbers of some days that count for nothing on a day, by their series: receipt, expense."""
    days = {"first": str(first), "until": str(until), "day": str(day)}
    found: dict[str, list[str]] = {}
    for series, number in db.execute(_GONE, days).fetchall():
        found.setdefault(series, []).append(number)
    return {series: sorted(some, key=numbers.split) for series, some in found.items()}


def credited(db: sqlite3.Connection, as_of: date) -> dict[str, tuple[Fen, Fen]]:
    """Of each project, how much of what was paid by a day is credit that was used, and money whose payer became
    known."""
    rows = db.execute(
        "SELECT project, sum(iif(receipt IS NULL, fen, 0)), sum(iif(receipt IS NULL, 0, fen)) FROM applied"
        " WHERE day <= :day AND NOT EXISTS (SELECT 1 FROM void WHERE void.number = applied.number"
        " AND (void.day <= :day OR void.number NOT IN (SELECT number FROM reversal))) GROUP BY project",
        {"day": str(as_of)},
    ).fetchall()
    return {project: (Fen(used), Fen(claimed)) for project, used, claimed in rows}
