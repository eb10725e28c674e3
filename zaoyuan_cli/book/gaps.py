"""Gaps: what the books do not forbid and people should look at."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from zaoyuan_cli.rules.money import Fen


def undecided_waivers(db: sqlite3.Connection, as_of: date) -> int:
    """How many waivers cite no decision (R-67)."""
    row = db.execute("SELECT count(*) FROM waiver WHERE decision IS NULL AND day <= ?", [as_of.isoformat()]).fetchone()
    return int(row[0])


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
