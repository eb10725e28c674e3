"""Meetings: who met when, and who was there."""

import sqlite3

from zaoyuan_cli.facts.meetings import MeetingHeld

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE meeting (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL REFERENCES body (body),"
    " day TEXT NOT NULL, chair TEXT REFERENCES person (person), recorder TEXT REFERENCES person (person),"
    " title TEXT NOT NULL,"
    " place TEXT NOT NULL, guests TEXT NOT NULL) STRICT",
    "CREATE TABLE attendance (event INTEGER NOT NULL REFERENCES meeting (event),"
    " person TEXT NOT NULL REFERENCES person (person),"
    " PRIMARY KEY (event, person)) STRICT",
)


@derives(MeetingHeld)
def held(db: sqlite3.Connection, origin: Origin, fact: MeetingHeld) -> None:
    db.execute(
        "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.body, fact.on.isoformat(), fact.chair or None, fact.recorder or None,
            fact.title, fact.place, "\n".join(fact.guests),
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO attendance VALUES (?, ?)", [(origin.event, person) for person in dict.fromkeys(fact.present)]
    )
    searching.put(db, origin, "meeting", fact.number, fact.title, fact.place)
