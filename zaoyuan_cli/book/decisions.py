"""Decisions: what a body decided, and what rests on it."""

import sqlite3

from zaoyuan_cli.facts.decisions import DecisionMade

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE decision (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL REFERENCES body (body),"
    " day TEXT NOT NULL, meeting TEXT REFERENCES meeting (number), paper TEXT NOT NULL, text TEXT NOT NULL) STRICT",
)


@derives(DecisionMade)
def made(db: sqlite3.Connection, origin: Origin, fact: DecisionMade) -> None:
    db.execute(
        "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.number, fact.body, fact.on.isoformat(), fact.meeting or None, fact.paper, fact.text),
    )
    searching.put(db, origin, "decision", fact.number, fact.text, fact.paper, fact.body)
