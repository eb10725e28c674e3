"""Gaps: what the books do not forbid and people should look at."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from zaoyuan_cli.rules.money import Fen

from . import Book


def undecided_waivers(
    db: sqlite3.Connection, as_of: date | None = None, project: str = "", room: str = ""
) -> list[str]:
    """The project of each waiver nobody decided on by a day (now without one), of all or of one household (R-67)."""
    rows = db.execute(
        "SELECT project FROM waiver WHERE decision IS NULL AND day <= :day AND :project IN ('', project)"
        " AND :room IN ('', room) AND NOT EXISTS (SELECT 1 FROM waiver_decision AS d WHERE d.project = waiver.project"
        " AND d.room = waiver.room AND d.day >= waiver.day AND d.day <= :day) ORDER BY day, project, room",
        {"day": (as_of or date.max).isoformat(), "project": project, "room": room},
    ).fetchall()
    return [name for (name,) in rows]


def below_zero(db: sqlite3.Connection, as_of: date) -> Iterator[tuple[str, date, Fen]]:
    """(account, day, balance) of the first day on which an account stood below zero at its end; of no advance account,
    where that is what we owe a member."""
    rows = db.execute(
        "SELECT account, min(day), balance FROM (SELECT account, day,"
        " sum(sum(fen)) OVER (PARTITION BY account ORDER BY day) AS balance"
        " FROM movement JOIN account USING (account) WHERE kind != 'advance' AND day <= ? GROUP BY account, day)"
        " WHERE balance < 0 GROUP BY account ORDER BY account",
        [as_of.isoformat()],
    ).fetchall()
    for account, day, balance in rows:
        yield account, date.fromisoformat(day), Fen(balance)


def unclaimed(book: Book, as_of: date | None = None) -> list[tuple[str, Fen]]:
    """(receipt, fen) of what is left of the money of unknown payers."""
    from . import credits, funds, receipts

    rows = book.db.execute(
        "SELECT number FROM contribution WHERE fund = ? AND room IS NULL AND donor IS NULL AND day <= ?"
        " AND number NOT IN (SELECT number FROM void) ORDER BY day, number",
        [funds.unclaimed(book), as_of.isoformat() if as_of else date.max.isoformat()],
    ).fetchall()
    found = [(number, credits.refundable(book, receipts.one(book, number))) for (number,) in rows]
    return [(number, fen) for number, fen in found if fen]
