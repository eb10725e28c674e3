"""Offices: who holds what, from when to when."""

import sqlite3

from zaoyuan_cli.facts.roles import RoleEnded, RoleGiven

from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE role (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person), role TEXT NOT NULL,"
    " body TEXT REFERENCES body (body), scope TEXT NOT NULL, since TEXT NOT NULL, until TEXT,"
    " decision TEXT REFERENCES decision (number)) STRICT",
    "CREATE TABLE role_end (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person),"
    " role TEXT NOT NULL,"
    " body TEXT, scope TEXT NOT NULL, day TEXT NOT NULL) STRICT",
)


@derives(RoleGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: RoleGiven) -> None:
    until = fact.until.isoformat() if fact.until else None
    values = (
        origin.event,
        fact.person,
        fact.role,
        fact.body or None,
        fact.scope,
        fact.since.isoformat(),
        until,
        fact.decision or None,
    )
    db.execute("INSERT INTO role VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


@derives(RoleEnded)
def ended(db: sqlite3.Connection, origin: Origin, fact: RoleEnded) -> None:
    values = (origin.event, fact.person, fact.role, fact.body or None, fact.scope, fact.on.isoformat())
    db.execute("INSERT INTO role_end VALUES (?, ?, ?, ?, ?, ?)", values)
