"""Owning: who owns a door or a special space from a day on. Rows are dated; the latest by day counts."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from . import changes, people
from .ledger import Origin

FIRST = date.min.isoformat()  # the owners a thing was entered with come before any that were given a day
JOIN = "、"  # between the names of those who own a thing together


class Tenure(NamedTuple):
    """Who owned it from a day on; None: ever since the book knows it."""

    since: date | None
    owners: tuple[str, ...]


class Deeds(NamedTuple):
    """The table of who owns things of a kind, and its column that names the thing."""

    table: str
    key: str


def tables(deeds: Deeds, of: str) -> tuple[str, ...]:
    """The statements that make it; `of` is the table of the things."""
    table, key = deeds
    return (
        f"CREATE TABLE {table} (event INTEGER NOT NULL, {key} TEXT NOT NULL REFERENCES {of} ({key}),"
        " person TEXT NOT NULL REFERENCES person (person), since TEXT NOT NULL, lamport INTEGER NOT NULL,"
        " device TEXT NOT NULL, PRIMARY KEY (event, person)) STRICT",
        f"CREATE INDEX {table}_{key} ON {table} ({key})",
        f"CREATE INDEX {table}_person ON {table} (person)",
    )


def put(
    db: sqlite3.Connection, deeds: Deeds, origin: Origin, thing: str, owners: Iterable[str], since: date | None
) -> None:  # fmt: skip
    """Write the rows of new owners (ids) from a day on; None: those it was entered with."""
    day = since.isoformat() if since else FIRST
    db.executemany(
        f"INSERT INTO {deeds.table} VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, thing, person, day, origin.lamport, origin.device) for person in dict.fromkeys(owners)],
    )


def latest(db: sqlite3.Connection, deeds: Deeds, as_of: date | None, thing: str = "") -> dict[str, tuple[str, ...]]:
    """Who owns each thing, or one, on a day (now without one)."""
    rows = db.execute(
        f"SELECT {deeds.key}, event, person FROM {deeds.table}"
        f" WHERE since <= ?{f' AND {deeds.key} = ?' if thing else ''} ORDER BY since, lamport, device, event, rowid",
        [as_of.isoformat() if as_of else changes.FOREVER, *([thing] if thing else [])],
    ).fetchall()
    last: dict[str, tuple[int, tuple[str, ...]]] = {}
    known_as = people.kept(db)
    for of, event, id in rows:
        before, person = last.get(of, (0, ())), known_as.get(id, id)
        last[of] = (event, (*before[1], person) if before[0] == event else (person,))
    return {of: tuple(dict.fromkeys(owners)) for of, (_event, owners) in last.items()}


def tenures(db: sqlite3.Connection, deeds: Deeds, thing: str) -> list[Tenure]:
    """Who owned a thing, from when on, first to last."""
    rows = db.execute(
        f"SELECT event, since, person FROM {deeds.table} WHERE {deeds.key} = ?"
        " ORDER BY since, lamport, device, event, rowid",
        [thing],
    ).fetchall()
    found: dict[int, Tenure] = {}
    for event, since, person in rows:
        before = found.get(event, Tenure(None if since == FIRST else date.fromisoformat(since), ()))
        found[event] = before._replace(owners=(*before.owners, person))
    return list(found.values())
