"""Units: the staircases of the estate's buildings. A unit also comes into being with its first household."""

import sqlite3

from zaoyuan_cli.facts.units import UnitAdded

from . import Book
from .ledger import Origin, derives

TABLES = ("CREATE TABLE unit (event INTEGER PRIMARY KEY, unit TEXT NOT NULL) STRICT",)


@derives(UnitAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: UnitAdded) -> None:
    db.execute("INSERT INTO unit VALUES (?, ?)", (origin.event, fact.unit))


def everyone(db: sqlite3.Connection) -> list[str]:
    """Every unit of the estate, in natural order."""
    from zaoyuan_cli.rules.rooms import order

    rows = db.execute("SELECT unit FROM unit UNION SELECT unit FROM household WHERE unit != ''").fetchall()
    return sorted((unit for (unit,) in rows), key=order)


def add(book: Book, unit: str) -> bool:
    """Record a unit inside a step being written; false where there is one."""
    if unit in everyone(book.db):
        return False
    book.record(UnitAdded(unit=unit, on=book.today))
    return True
