"""Occupants: who lives behind a door without owning it, from a day to a day."""

import sqlite3
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.facts.occupants import OccupantJoined, OccupantLeft
from zaoyuan_cli.i18n import _

from . import Book, bodies, households, owning, people, spaces
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE occupant (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room),"
    " person TEXT NOT NULL REFERENCES person (person), relation TEXT NOT NULL, since TEXT NOT NULL, until TEXT,"
    " lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE INDEX occupant_person ON occupant (person)",
    "CREATE TABLE occupant_end (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room),"
    " person TEXT NOT NULL REFERENCES person (person), day TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL) STRICT",
)


class Occupancy(NamedTuple):
    """Somebody lives behind a door: relation tenant/family/temporary, from a day to a last day (None: still)."""

    room: str
    person: str
    relation: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Do they live there that day?"""
        return self.since <= day and not (self.until and self.until < day)


@derives(OccupantJoined)
def joined(db: sqlite3.Connection, origin: Origin, fact: OccupantJoined) -> None:
    until = fact.until.isoformat() if fact.until else None
    db.execute(
        "INSERT INTO occupant VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.room, fact.person, fact.relation, fact.on.isoformat(), until, *origin[1:]),
    )


@derives(OccupantLeft)
def left(db: sqlite3.Connection, origin: Origin, fact: OccupantLeft) -> None:
    values = (origin.event, fact.room, fact.person, fact.on.isoformat(), *origin[1:])
    db.execute("INSERT INTO occupant_end VALUES (?, ?, ?, ?, ?, ?)", values)


def everyone(db: sqlite3.Connection, room: str = "", only: Collection[str] = ()) -> list[Occupancy]:
    """Every occupancy there ever was, of a door, of some people (ids), first to last. What was said later of the same
    person behind the same door takes the place of what it overlaps."""
    rows = db.execute(
        "SELECT room, person, relation, since, until, (SELECT min(day) FROM occupant_end AS over"
        " WHERE over.room = occupant.room AND over.person = occupant.person AND day >= since"
        " AND (over.lamport, over.device) > (occupant.lamport, occupant.device))"
        " FROM occupant WHERE ? = '' OR room = ? ORDER BY since, lamport, device, event",
        [room, room],
    ).fetchall()
    known_as = people.kept(db)
    found: dict[tuple[str, str], list[Occupancy]] = {}
    for door, person, relation, since, until, end in rows:
        days = [date.fromisoformat(until)] if until else []
        days += [date.fromisoformat(end) - timedelta(1)] if end else []
        last = min(days, default=None)
        now = Occupancy(door, known_as.get(person, person), relation, date.fromisoformat(since), last)
        before = found.setdefault((door, now.person), [])
        if before and before[-1].on(now.since):
            before.pop()
        before.append(now)
    every = [one for spells in found.values() for one in spells if not only or one.person in only]
    return sorted(every, key=lambda one: one.since)


def tied(db: sqlite3.Connection, person: str, day: date) -> bool:
    """Does a person (an id) belong to the estate on a day: to a door of the roll as owner or occupant, or to a special
    space?"""
    if households.doors_of(db, person, day) or spaces.of(db, (person,), day):
        return True
    doors = [one.room for one in everyone(db, only=(person,)) if one.on(day)]
    return any(not (over := owning.closing(db, households.ROLL, room)) or over[0] > day for room in doors)


def untied(book: Book, ids: Collection[str]) -> list[str]:
    """Those of some people (ids) with a telephone or a plate in the book and neither door nor office: nothing the
    committee has to do with them needs it any more (PIPL 47, R-84)."""
    from . import erasing, roles

    busy = {office.person for office in roles.everyone(book.db) if office.on(book.today)}
    return [id for id in ids if id not in busy and not tied(book.db, id, book.today) and erasing.contact(book.db, id)]


def join(book: Book, room: str, person: str, relation: str, on: date | None = None, until: date | None = None) -> None:
    """Record inside a step being written that a person lives there. Raises Refusal for days out of order."""
    since = on or book.today
    bodies.in_order(since, until)
    book.record(OccupantJoined(room=room, person=person, relation=relation, on=since, until=until))


def leave(book: Book, person: str, room: str = "", on: date | None = None) -> list[Occupancy]:
    """Record inside a step being written that a person lives there no more from a day on; behind every door without a
    room. Raises NotFound where they do not live there."""
    day = on or book.today
    found = [one for one in everyone(book.db, room, (person,)) if one.on(day)]
    if not found:
        raise NotFound(
            _("{name} does not live there on {day}.").format(name=people.name_of(book.db, person), day=day),
            field="room" if room else "person",
            value=room or person,
        )
    for home in found:
        for id in people.same(book.db, person):
            query = "SELECT 1 FROM occupant WHERE room = ? AND person = ?"
            if book.db.execute(query, [home.room, id]).fetchone():
                book.record(OccupantLeft(room=home.room, person=id, on=day))
    return [home._replace(until=day - timedelta(1)) for home in found]
