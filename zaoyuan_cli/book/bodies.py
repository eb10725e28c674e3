"""Bodies: who meets and decides."""

import sqlite3

from zaoyuan_cli.facts.bodies import BodyAdded, BodyEdited

from . import changes, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE body (event INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seats INTEGER,"
    " since TEXT, until TEXT,"
    " after TEXT NOT NULL) STRICT",
    "CREATE TABLE body_edit (event INTEGER PRIMARY KEY, body TEXT NOT NULL REFERENCES body (body)) STRICT",
)


@derives(BodyAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: BodyAdded) -> None:
    days = (day.isoformat() if day else None for day in (fact.since, fact.until))
    db.execute(
        "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.body, fact.body_kind, fact.seats, *days, fact.after),
    )
    searching.put(db, origin, "body", fact.body, fact.body)


@derives(BodyEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: BodyEdited) -> None:
    db.execute("INSERT INTO body_edit VALUES (?, ?)", (origin.event, fact.body))
    changes.put(db, origin, "body", fact.body, fact.on, fact.changes, fact.saw)
