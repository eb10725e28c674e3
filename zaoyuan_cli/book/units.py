"""Units: the staircases of the estate's buildings. A unit also comes into being with its first household."""

import sqlite3
from datetime import date

from zaoyuan_cli.facts.units import UnitAdded, UnitEdited

from . import Book, changes
from .ledger import Origin, derives

TABLES = ("CREATE TABLE unit (event INTEGER PRIMARY KEY, unit TEXT NOT NULL) STRICT",)


@derives(UnitAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: UnitAdded) -> None:
    db.execute("INSERT INTO unit VALUES (?, ?)", (origin.event, fact.unit))


@derives(UnitEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: UnitEdited) -> None:
    changes.put(db, origin, "unit", fact.unit, fact.on, fact.changes, fact.saw)


def names(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, str]:
    """What the units are called that have a name beside their number."""
    return {unit: said["shown"] for unit, said in changes.latest(db, "unit", as_of).items() if said.get("shown")}


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


def rename(book: Book, unit: str, name: str) -> bool:
    """Record inside a step being written what a unit is called; false where it is called so."""
    if names(book.db).get(unit, "") == name:
        return False
    saw = changes.seen(book.db, "unit", unit, {"shown": name})
    book.record(UnitEdited(unit=unit, on=book.today, changes={"shown": name}, saw=saw))
    return True
