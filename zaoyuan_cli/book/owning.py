"""Owning: doors and special spaces, each owned by people from a day on. Their registers are alike: owners, edits, the
day a thing left it. Rows are dated; the latest by day counts."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.facts import Fact

from . import Book, changes, people
from .ledger import Origin, derives

FIRST = date.min.isoformat()  # the owners a thing was entered with come before any that were given a day
JOIN = "、"  # between the names of those who own a thing together


class Tenure(NamedTuple):
    """Who owned it from a day on; None: ever since the book knows it."""

    since: date | None
    owners: tuple[str, ...]


class Register(NamedTuple):
    """The things of a kind that people own: their table (also the noun of their changes), its column that names one,
    the table of who owns them, and the facts that change one."""

    table: str
    key: str
    owners: str
    edited: type[Fact]
    transferred: type[Fact]
    closed: type[Fact]

    @property
    def tables(self) -> tuple[str, ...]:
        """The statements that make the tables beside that of the things."""
        table, key, owners = self.table, self.key, self.owners
        return (
            f"CREATE TABLE {owners} (event INTEGER NOT NULL, {key} TEXT NOT NULL REFERENCES {table} ({key}),"
            " person TEXT NOT NULL REFERENCES person (person), since TEXT NOT NULL, lamport INTEGER NOT NULL,"
            " device TEXT NOT NULL, PRIMARY KEY (event, person)) STRICT",
            f"CREATE INDEX {owners}_{key} ON {owners} ({key})",
            f"CREATE INDEX {owners}_person ON {owners} (person)",
            f"CREATE TABLE {table}_edit (event INTEGER PRIMARY KEY, {key} TEXT NOT NULL REFERENCES {table} ({key}))"
            " STRICT",
            f"CREATE TABLE {table}_close (event INTEGER PRIMARY KEY, {key} TEXT NOT NULL UNIQUE"
            f" REFERENCES {table} ({key}), day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
        )


# ---- what derives its rows


def derive(register: Register) -> None:
    """Have the rows of a register's facts written: of edits, of other owners, of what left it."""

    def change(
        db: sqlite3.Connection, origin: Origin, fact: Any, new: Mapping[str, Any], saw: Mapping[str, str]
    ) -> None:
        thing = getattr(fact, register.key)
        db.execute(f"INSERT INTO {register.table}_edit VALUES (?, ?)", (origin.event, thing))
        changes.put(db, origin, register.table, thing, fact.on, new, saw)

    @derives(register.edited)
    def edited(db: sqlite3.Connection, origin: Origin, fact: Any) -> None:
        change(db, origin, fact, fact.changes, fact.saw)

    @derives(register.transferred)
    def transferred(db: sqlite3.Connection, origin: Origin, fact: Any) -> None:
        put(db, register, origin, getattr(fact, register.key), fact.owners, fact.on)
        change(db, origin, fact, {"owners": list(fact.owners)}, {"owners": fact.saw})

    @derives(register.closed)
    def closed(db: sqlite3.Connection, origin: Origin, fact: Any) -> None:
        values = (origin.event, getattr(fact, register.key), fact.on.isoformat(), fact.reason)
        db.execute(f"INSERT INTO {register.table}_close VALUES (?, ?, ?, ?)", values)


def put(
    db: sqlite3.Connection, register: Register, origin: Origin, thing: str, owners: Iterable[str], since: date | None
) -> None:  # fmt: skip
    """Write the rows of new owners (ids) from a day on; None: those it was entered with."""
    day = since.isoformat() if since else FIRST
    db.executemany(
        f"INSERT INTO {register.owners} VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, thing, person, day, origin.lamport, origin.device) for person in dict.fromkeys(owners)],
    )


# ---- what is asked


def latest(
    db: sqlite3.Connection, register: Register, as_of: date | None, thing: str = ""
) -> dict[str, tuple[str, ...]]:
    """Who owns each thing, or one, on a day (now without one)."""
    rows = db.execute(
        f"SELECT {register.key}, event, person FROM {register.owners}"
        f" WHERE since <= ?{f' AND {register.key} = ?' if thing else ''} ORDER BY since, lamport, device, event, rowid",
        [as_of.isoformat() if as_of else changes.FOREVER, *([thing] if thing else [])],
    ).fetchall()
    last: dict[str, tuple[int, tuple[str, ...]]] = {}
    known_as = people.kept(db)
    for of, event, id in rows:
        before, person = last.get(of, (0, ())), known_as.get(id, id)
        last[of] = (event, (*before[1], person) if before[0] == event else (person,))
    return {of: tuple(dict.fromkeys(owners)) for of, (_event, owners) in last.items()}


def tenures(db: sqlite3.Connection, register: Register, thing: str, as_of: date | None = None) -> list[Tenure]:
    """Who owned a thing until a day (now without one), from when on, first to last."""
    rows = db.execute(
        f"SELECT event, since, person FROM {register.owners} WHERE {register.key} = ? AND since <= ?"
        " ORDER BY since, lamport, device, event, rowid",
        [thing, as_of.isoformat() if as_of else changes.FOREVER],
    ).fetchall()
    found: dict[int, Tenure] = {}
    for event, since, person in rows:
        before = found.get(event, Tenure(None if since == FIRST else date.fromisoformat(since), ()))
        found[event] = before._replace(owners=(*before.owners, person))
    return list(found.values())


def closing(db: sqlite3.Connection, register: Register, thing: str) -> tuple[date, str] | None:
    """The day from which a thing is in its register no more, and why; None while it is."""
    row = db.execute(f"SELECT day, reason FROM {register.table}_close WHERE {register.key} = ?", [thing]).fetchone()
    return (date.fromisoformat(row[0]), row[1]) if row else None


# ---- what is written, inside a step being written


def edit(
    book: Book, register: Register, now: Any, wanted: Mapping[str, Any], on: date | None = None
) -> tuple[str, ...]:  # fmt: skip
    """Record what differs from a thing as it is now, from a day on. The fields that changed."""
    thing, day = getattr(now, register.key), on or book.today
    changed = {field: value for field, value in wanted.items() if getattr(now, field) != value}
    if changed:
        changes.refuse_earlier(book.db, register.table, thing, changed, day)
        saw = changes.seen(book.db, register.table, thing, changed)
        book.record(register.edited(**{register.key: thing}, on=day, changes=changed, saw=saw))
    return tuple(changed)


def transfer(book: Book, register: Register, now: Any, owners: Iterable[str], on: date | None = None) -> bool:
    """Record that a thing has other owners (ids) than now, from a day on; false if it has them."""
    thing, day, wanted = getattr(now, register.key), on or book.today, tuple(dict.fromkeys(owners))
    if wanted == now.owners:
        return False
    changes.refuse_earlier(book.db, register.table, thing, ("owners",), day)
    saw = changes.seen(book.db, register.table, thing, {"owners": wanted})["owners"]
    book.record(register.transferred(**{register.key: thing}, on=day, owners=wanted, saw=saw))
    return True
