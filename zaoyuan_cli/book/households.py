"""Households: doors, areas, owners, how they are lived in."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.facts.households import HouseholdAdded, HouseholdClosed, HouseholdEdited, HouseholdTransferred
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers, rooms
from zaoyuan_cli.rules.rooms import Area

from . import Book, changes, owning, people, searching
from .ledger import Origin, derives
from .owning import JOIN

ROLL = owning.Register("household", "room", "ownership", HouseholdEdited, HouseholdTransferred, HouseholdClosed)
TABLES = (
    "CREATE TABLE household (event INTEGER PRIMARY KEY, room TEXT NOT NULL UNIQUE, unit TEXT NOT NULL,"
    " grid TEXT NOT NULL, area INTEGER, area_source TEXT NOT NULL, ebike INTEGER NOT NULL, state TEXT NOT NULL,"
    " since TEXT NOT NULL) STRICT",
    *ROLL.tables,
)
STATES = {"owner": "owner", "自住": "owner", "let": "let", "出租": "let", "vacant": "vacant", "空置": "vacant"}
"""What may be typed for how a household is lived in."""
SOURCES = {
    "registered": "registered", "登记": "registered",
    "measured": "measured", "实测": "measured",
    "contract": "contract", "合同": "contract",
}  # fmt: skip
"""What may be typed for where an area is from."""
FIELDS = ("unit", "grid", "area", "area_source", "ebike", "state")
CLOSED = "closed"


class Household(NamedTuple):
    """A door: area in 0.01 m² and where it is from (registered, measured, contract), state owner/let/vacant/closed, the
    ids of those who own it, their names, and the one of them who votes: the same for all doors the same people own
    (R-02), and one for all that the developer has not sold (R-01)."""

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
    unsold: bool = False


@derives(HouseholdAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: HouseholdAdded) -> None:
    db.execute(
        "INSERT INTO household VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.room, fact.unit, fact.grid, fact.area, fact.area_source, fact.ebike, fact.state,
            fact.on.isoformat(),
        ),
    )  # fmt: skip
    owning.put(db, ROLL, origin, fact.room, fact.owners, None)
    searching.put(db, origin, "household", fact.room, fact.room)


owning.derive(ROLL)


def all_rooms(db: sqlite3.Connection) -> tuple[str, ...]:
    """Every room that is or was in the roll, in natural order."""
    return tuple(sorted((room for (room,) in db.execute("SELECT room FROM household").fetchall()), key=rooms.order))


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Household]:
    """The roll on a day (now without one) by room, in natural order: 3-2-501 before 3-10-101."""
    return {room: one for room, one in _read(db, as_of, "").items() if one.state != CLOSED}


def one(book: Book, room: str, as_of: date | None = None) -> Household:
    """One household, one that left the roll too. Raises NotFound with the nearest rooms."""
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


def doors_of(db: sqlite3.Connection, person: str, as_of: date | None = None) -> tuple[str, ...]:
    """The rooms of the roll that a person owns on a day, in natural order."""
    ids = people.same(db, person)
    marks = ", ".join("?" for _id in ids)
    rows = db.execute(
        f"SELECT DISTINCT room FROM ownership WHERE person IN ({marks})"
        " AND room NOT IN (SELECT room FROM household_close WHERE day <= ?)",
        [*ids, as_of.isoformat() if as_of else changes.FOREVER],
    ).fetchall()
    mine = [room for (room,) in rows if person in owning.latest(db, ROLL, as_of, room).get(room, ())]
    return tuple(sorted(mine, key=rooms.order))


def _read(db: sqlite3.Connection, as_of: date | None, room: str) -> dict[str, Household]:
    day = as_of.isoformat() if as_of else changes.FOREVER
    rows = db.execute(
        "SELECT room, unit, grid, area, area_source, ebike, state FROM household"
        f" WHERE since <= ?{' AND room = ?' if room else ''}",
        [day, room] if room else [day],
    ).fetchall()
    rows.sort(key=lambda row: rooms.order(row[0]))
    edits = changes.latest(db, "household", as_of, room or None)
    over = {of for (of,) in db.execute("SELECT room FROM household_close WHERE day <= ?", [day]).fetchall()}
    owners = owning.latest(db, ROLL, as_of, room)
    names = people.everyone(db, as_of, owners.get(room, ()) if room else None)
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
            CLOSED if key in over else is_now["state"],
            of,
            JOIN.join(names[id].name for id in of),
            min(of, key=numbers.split) if of else "",
            bool(of) and all(names[id].developer for id in of),
        )
    return found
