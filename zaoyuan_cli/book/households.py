"""Households: doors, areas, owners, how they are lived in."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.households import HouseholdAdded, HouseholdEdited, HouseholdJoined, HouseholdTransferred
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import rooms
from zaoyuan_cli.rules.rooms import Area

from . import Book, changes, people, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE household (event INTEGER PRIMARY KEY, room TEXT NOT NULL UNIQUE, unit TEXT NOT NULL,"
    " grid TEXT NOT NULL, area INTEGER, area_source TEXT NOT NULL, ebike INTEGER NOT NULL, state TEXT NOT NULL,"
    " since TEXT NOT NULL) STRICT",
    "CREATE TABLE ownership (event INTEGER NOT NULL, room TEXT NOT NULL REFERENCES household (room),"
    " person TEXT NOT NULL REFERENCES person (person), since TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL, PRIMARY KEY (event, person)) STRICT",
    "CREATE INDEX ownership_room ON ownership (room)",
    "CREATE INDEX ownership_person ON ownership (person)",
    "CREATE TABLE household_edit (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room)) STRICT",
    "CREATE TABLE occupant (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room),"
    " person TEXT NOT NULL REFERENCES person (person), relation TEXT NOT NULL, since TEXT NOT NULL) STRICT",
)
FIELDS = ("unit", "grid", "area", "area_source", "ebike", "state")
JOIN = "、"  # between the names of those who own a door together


class Household(NamedTuple):
    """A door: area in 0.01 m² and where it is from (registered, measured, contract), state owner/let/vacant, the ids of
    those who own it, their names, and the one of them who votes: the same for all doors the same people own."""

    room: str
    unit: str
    grid: str
    area: Area | None
    area_source: str
    ebike: bool
    state: str
    owners: tuple[str, ...]
    owner: str
    voter: str


class Tenure(NamedTuple):
    """Who owned a door from a day on."""

    since: date
    owners: tuple[str, ...]


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


@derives(HouseholdJoined)
def joined(db: sqlite3.Connection, origin: Origin, fact: HouseholdJoined) -> None:
    db.execute(
        "INSERT INTO occupant VALUES (?, ?, ?, ?, ?)",
        (origin.event, fact.room, fact.person, fact.relation, fact.on.isoformat()),
    )


def all_rooms(db: sqlite3.Connection) -> tuple[str, ...]:
    """Every room of the roll, in natural order."""
    return tuple(sorted((room for (room,) in db.execute("SELECT room FROM household").fetchall()), key=rooms.order))


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Household]:
    """The roll on a day (now without one) by room, in natural order: 3-2-501 before 3-10-101."""
    return _read(db, as_of, "")


def one(book: Book, room: str, as_of: date | None = None) -> Household:
    """One household. Raises NotFound with the nearest rooms."""
    found = _read(book.db, as_of, room).get(room)
    if found is None:
        raise unknown(book.db, room)
    return found


def unknown(db: sqlite3.Connection, text: str) -> NotFound:
    """The refusal for a room that is not in the roll, with the three nearest."""
    near = rooms.nearest(text, all_rooms(db))
    found = {room: _read(db, None, room)[room] for room in near}
    return NotFound(
        _("There is no household {room}.").format(room=text),
        field="household",
        value=text,
        candidates=[{"key": room, "label": household.owner} for room, household in found.items()],
        hint=_("A new one is entered first: {command}").format(command=f"zaoyuan household add {text}"),
    )


def tenures(db: sqlite3.Connection, room: str) -> list[Tenure]:
    """Who owned a door, from when on, first to last."""
    rows = db.execute(
        "SELECT event, since, person FROM ownership WHERE room = ? ORDER BY since, lamport, device, event, rowid",
        [room],
    ).fetchall()
    found: dict[int, Tenure] = {}
    for event, since, person in rows:
        before = found.get(event, Tenure(date.fromisoformat(since), ()))
        found[event] = before._replace(owners=(*before.owners, person))
    return list(found.values())


def doors_of(db: sqlite3.Connection, person: str, as_of: date | None = None) -> tuple[str, ...]:
    """The rooms a person owns on a day, in natural order."""
    rows = db.execute("SELECT DISTINCT room FROM ownership WHERE person = ?", [person]).fetchall()
    mine = [room for (room,) in rows if person in _owners(db, as_of, room).get(room, ())]
    return tuple(sorted(mine, key=rooms.order))


def occupants(db: sqlite3.Connection, room: str) -> list[tuple[str, str, date]]:
    """(person, relation, since) of those who live behind a door without owning it; the last word about each counts."""
    rows = db.execute(
        "SELECT person, relation, occupant.since FROM occupant JOIN event ON event.id = occupant.event"
        " JOIN command ON command.id = event.command WHERE room = ? ORDER BY occupant.since, lamport, device, event.id",
        [room],
    ).fetchall()
    last = {person: (person, relation, date.fromisoformat(since)) for person, relation, since in rows}
    return list(last.values())


def _read(db: sqlite3.Connection, as_of: date | None, room: str) -> dict[str, Household]:
    day = as_of.isoformat() if as_of else changes.FOREVER
    rows = db.execute(
        "SELECT room, unit, grid, area, area_source, ebike, state FROM household"
        " WHERE since <= ? AND (? = '' OR room = ?)",
        [day, room, room],
    ).fetchall()
    rows.sort(key=lambda row: rooms.order(row[0]))
    edits = changes.latest(db, "household", as_of, room or None)
    owners = _owners(db, as_of, room)
    names = people.everyone(db, only=owners.get(room, ()) if room else None)
    found = {}
    for key, *values in rows:
        is_now = dict(zip(FIELDS, values, strict=True)) | edits.get(key, {})
        of = owners.get(key, ())
        found[key] = Household(
            key,
            is_now["unit"],
            is_now["grid"],
            None if is_now["area"] is None else Area(is_now["area"]),
            is_now["area_source"],
            bool(is_now["ebike"]),
            is_now["state"],
            of,
            JOIN.join(names[id].name for id in of),
            min(of, key=_number) if of else "",
        )
    return found


def _owners(db: sqlite3.Connection, as_of: date | None, room: str) -> dict[str, tuple[str, ...]]:
    rows = db.execute(
        "SELECT room, event, person FROM ownership WHERE since <= ? AND (? = '' OR room = ?)"
        " ORDER BY since, lamport, device, event, rowid",
        [as_of.isoformat() if as_of else changes.FOREVER, room, room],
    ).fetchall()
    last: dict[str, tuple[int, tuple[str, ...]]] = {}
    for of, event, person in rows:
        before = last.get(of, (0, ()))
        last[of] = (event, (*before[1], person) if before[0] == event else (person,))
    return {of: owners for of, (_event, owners) in last.items()}


def _number(person: str) -> tuple[str, int]:
    """The order in which ids were given: pA9 before pA10."""
    return person[1], int(person[2:])


def add(
    book: Book,
    room: str,
    *,
    owners: Sequence[str] = (),
    area: Area | None = None,
    area_source: str = "",
    unit: str = "",
    grid: str = "",
    ebike: bool = False,
    state: str = "owner",
    on: date | None = None,
) -> None:
    """Enter a door inside a step being written; owners are ids. Raises Refusal if it is in the roll."""
    if book.db.execute("SELECT 1 FROM household WHERE room = ?", [room]).fetchone():
        raise Refusal(
            _("Household {room} is in the roll already.").format(room=room),
            field="household",
            value=room,
            hint=_("To change it: {command}").format(command=f"zaoyuan household edit {room}"),
        )
    book.record(
        HouseholdAdded(
            room=room,
            unit=unit or rooms.unit_of(room),
            on=on or book.today,
            grid=grid,
            area=area,
            area_source=area_source,
            ebike=ebike,
            state=state,
            owners=tuple(dict.fromkeys(owners)),
        )
    )


def edit(book: Book, room: str, wanted: Mapping[str, Any], on: date | None = None) -> tuple[str, ...]:
    """Record inside a step being written what differs of FIELDS from a day on. The fields that changed."""
    now = one(book, room)._asdict()
    changed = {field: value for field, value in wanted.items() if now[field] != value}
    if changed:
        saw = changes.seen(book.db, "household", room, changed)
        book.record(HouseholdEdited(room=room, on=on or book.today, changes=changed, saw=saw))
    return tuple(changed)


def transfer(book: Book, room: str, owners: Iterable[str], on: date | None = None) -> bool:
    """Record inside a step being written that a door has other owners (ids) from a day on; false if it has them.
    Earlier dues stay with the owners of their day."""
    wanted = tuple(dict.fromkeys(owners))
    if wanted == one(book, room).owners:
        return False
    saw = changes.seen(book.db, "household", room, {"owners": wanted})["owners"]
    book.record(HouseholdTransferred(room=room, on=on or book.today, owners=wanted, saw=saw))
    return True


def join(book: Book, room: str, person: str, relation: str, on: date | None = None) -> None:
    """Record inside a step being written that a person lives there; relation tenant or family."""
    book.record(HouseholdJoined(room=room, person=person, relation=relation, on=on or book.today))
