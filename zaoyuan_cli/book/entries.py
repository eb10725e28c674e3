"""Entries: the legs of every movement of money, in fen. Each says where (an account) and what for (a fund), so that
the sum over accounts is the sum over funds by construction; a transfer between funds has no account, one between
accounts no net fund."""

import sqlite3
from datetime import date

from .ledger import Origin

TABLES = (
    "CREATE TABLE posting (event INTEGER PRIMARY KEY, number TEXT UNIQUE) STRICT",
    "CREATE TABLE void (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE REFERENCES posting (number),"
    " day TEXT NOT NULL,"
    " reason TEXT NOT NULL) STRICT",
    "CREATE TABLE entry (event INTEGER NOT NULL REFERENCES posting (event), leg INTEGER NOT NULL,"
    " number TEXT NOT NULL, what TEXT NOT NULL,"
    " day TEXT NOT NULL, fen INTEGER NOT NULL, account TEXT REFERENCES account (account),"
    " fund TEXT REFERENCES fund (fund),"
    " project TEXT REFERENCES project (project), room TEXT REFERENCES household (room), PRIMARY KEY (event,"
    " leg)) STRICT",
    "CREATE INDEX entry_fund ON entry (fund, day, number, fen)",
    "CREATE INDEX entry_account ON entry (account, day, number, fen)",
    "CREATE INDEX entry_project ON entry (project, room, day, what, number, fen)",
    "CREATE VIEW movement AS SELECT * FROM entry WHERE number NOT IN (SELECT number FROM void)",
)


def post(db: sqlite3.Connection, origin: Origin, number: str = "") -> None:
    """Begin the postings of one event; `number` is what it can be voided by."""
    db.execute("INSERT INTO posting VALUES (?, ?)", (origin.event, number or None))


def leg(
    db: sqlite3.Connection, origin: Origin, leg: int, what: str, day: date, fen: int, *,
    account: str | None = None, fund: str | None = None, project: str = "", room: str = "", number: str = "",
) -> None:  # fmt: skip
    """One leg: fen into (or, negative, out of) an account and a fund. `what` is opening, contribution, refund, expense,
    transfer or fee."""
    db.execute(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (origin.event, leg, number, what, day.isoformat(), fen, account, fund, project or None, room or None),
    )


def void(db: sqlite3.Connection, origin: Origin, number: str, day: date, reason: str) -> None:
    """A numbered posting does not count any more; its number stays."""
    db.execute("INSERT INTO void VALUES (?, ?, ?, ?)", (origin.event, number, day.isoformat(), reason))
