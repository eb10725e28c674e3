"""Bylaws: the estate's own rules and their versions."""

import sqlite3

from zaoyuan_cli.facts.bylaws import BylawDrafted

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE bylaw (event INTEGER PRIMARY KEY, bylaw TEXT NOT NULL, version INTEGER NOT NULL,"
    " day TEXT NOT NULL, by TEXT NOT NULL,"
    " text TEXT NOT NULL, UNIQUE (bylaw, version)) STRICT",
)


@derives(BylawDrafted)
def drafted(db: sqlite3.Connection, origin: Origin, fact: BylawDrafted) -> None:
    db.execute(
        "INSERT INTO bylaw VALUES (?, ?, ?, ?, ?, ?)",
        (origin.event, fact.bylaw, fact.version, fact.on.isoformat(), fact.by, fact.text),
    )
    searching.put(db, origin, "bylaw", fact.bylaw, fact.bylaw, fact.text)
