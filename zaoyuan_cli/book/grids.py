"""Grids: the parts into which an estate is drawn. A grid also comes into being with its first household."""

import sqlite3
from datetime import date

from zaoyuan_cli.facts.grids import GridAdded, GridEdited

from . import Book, changes
from .ledger import Origin, derives

TABLES = ("CREATE TABLE grid (event INTEGER PRIMARY KEY, grid TEXT NOT NULL) STRICT",)


@derives(GridAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: GridAdded) -> None:
    db.execute("INSERT INTO grid VALUES (?, ?)", (origin.event, fact.grid))


@derives(GridEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: GridEdited) -> None:
    changes.put(db, origin, "grid", fact.grid, fact.on, fact.changes, fact.saw)


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, str]:
    """Every grid and what it is called, in natural order: those entered and those that have a household on a day."""
    from zaoyuan_cli.rules.rooms import order

    from . import households

    rows = db.execute("SELECT grid FROM grid").fetchall()
    found = {grid for (grid,) in rows} | {door.grid for door in households.everyone(db, as_of).values() if door.grid}
    names = changes.latest(db, "grid", as_of)
    return {grid: names.get(grid, {}).get("shown", grid) for grid in sorted(found, key=order)}


def add(book: Book, grid: str) -> bool:
    """Record a grid inside a step being written; false where there is one."""
    if grid in everyone(book.db):
        return False
    book.record(GridAdded(grid=grid, on=book.today))
    return True


def rename(book: Book, grid: str, name: str) -> bool:
    """Record inside a step being written what a grid is called; false where it is called so."""
    if everyone(book.db)[grid] == name:
        return False
    saw = changes.seen(book.db, "grid", grid, {"shown": name})
    book.record(GridEdited(grid=grid, on=book.today, changes={"shown": name}, saw=saw))
    return True
