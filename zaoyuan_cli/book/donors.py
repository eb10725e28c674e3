"""Donors: those who give and owe nothing."""

import sqlite3

from zaoyuan_cli.facts.donors import DonorAdded, DonorEdited

from . import changes, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE donor (event INTEGER PRIMARY KEY, donor TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,"
    " initials TEXT NOT NULL) STRICT",
)


@derives(DonorAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: DonorAdded) -> None:
    db.execute(
        "INSERT INTO donor VALUES (?, ?, ?, ?, ?)",
        (origin.event, fact.person, fact.donor_kind, fact.name, fact.initials),
    )
    searching.put(db, origin, "donor", fact.name, fact.name)


@derives(DonorEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: DonorEdited) -> None:
    changes.put(db, origin, "donor", fact.person, fact.on, fact.changes, fact.saw)
