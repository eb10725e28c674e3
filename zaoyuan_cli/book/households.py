"""Households: doors, areas, owners, how they are lived in."""

import sqlite3

from zaoyuan_cli.facts.households import HouseholdAdded, HouseholdEdited, HouseholdTransferred

from . import changes, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE household (event INTEGER PRIMARY KEY, room TEXT NOT NULL UNIQUE, unit TEXT NOT NULL,"
    " grid TEXT NOT NULL, area INTEGER,"
    " area_source TEXT NOT NULL, ebike INTEGER NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL) STRICT",
    "CREATE TABLE ownership (event INTEGER NOT NULL, room TEXT NOT NULL REFERENCES household (room),"
    " person TEXT NOT NULL REFERENCES person (person), since TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL,"
    " PRIMARY KEY (event, person)) STRICT",
    "CREATE INDEX ownership_room ON ownership (room)",
    "CREATE INDEX ownership_person ON ownership (person)",
    "CREATE TABLE household_edit (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room)) STRICT",
)


@derives(HouseholdAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: HouseholdAdded) -> None:
    db.execute(
        "INSERT INTO household VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event,
            fact.room,
            fact.unit,
            fact.grid,
            fact.area,
            fact.area_source,
            fact.ebike,
            fact.state,
            fact.on.isoformat(),
        ),
    )
    _own(db, origin, fact.room, fact.owners, fact.on.isoformat())
    searching.put(db, origin, "household", fact.room, fact.room)


@derives(HouseholdEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: HouseholdEdited) -> None:
    db.execute("INSERT INTO household_edit VALUES (?, ?)", (origin.event, fact.room))
    changes.put(db, origin, "household", fact.room, fact.on, fact.changes, fact.saw)


@derives(HouseholdTransferred)
def transferred(db: sqlite3.Connection, origin: Origin, fact: HouseholdTransferred) -> None:
    db.execute("INSERT INTO household_edit VALUES (?, ?)", (origin.event, fact.room))
    _own(db, origin, fact.room, fact.owners, fact.on.isoformat())
    changes.put(db, origin, "household", fact.room, fact.on, {"owners": list(fact.owners)}, {"owners": fact.saw})


def _own(db: sqlite3.Connection, origin: Origin, room: str, owners: tuple[str, ...], since: str) -> None:
    db.executemany(
        "INSERT INTO ownership VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, room, person, since, origin.lamport, origin.device) for person in dict.fromkeys(owners)],
    )
