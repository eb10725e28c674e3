"""Special spaces: parking places, stalls, storage rooms (业主大会和业主委员会指导规则, article 25), each known by the
number people call it by, with its area and who owns it from day to day."""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.spaces import SpaceAdded, SpaceClosed, SpaceEdited, SpaceTransferred
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.text import clean, normal

from . import Book, changes, naming, owning, people, searching
from .ledger import Origin, derives
from .owning import JOIN

REGISTER = owning.Register("space", "space", "space_ownership", SpaceEdited, SpaceTransferred, SpaceClosed)
TABLES = (
    "CREATE TABLE space (event INTEGER PRIMARY KEY, space TEXT NOT NULL UNIQUE, sort TEXT NOT NULL, area INTEGER,"
    " area_source TEXT NOT NULL, since TEXT NOT NULL) STRICT",
    *REGISTER.tables,
)
SORTS = {
    "parking": "parking", "车位": "parking", "停车位": "parking", "车库": "parking", "stall": "stall", "摊位": "stall",
    "storage": "storage", "储藏室": "storage", "储藏间": "storage", "other": "other", "其他": "other",
}  # fmt: skip
"""What may be typed for a sort of space, and its code."""
FIELDS = ("sort", "area", "area_source")


class Space(NamedTuple):
    """A special space: its number, sort (parking, stall, storage, other), area in 0.01 m² and where it is from, the ids
    of those who own it (none: it is everybody's, or not known), their names, its first day in the book, and the day
    from which it is none any more."""

    space: str
    sort: str
    area: Area | None
    area_source: str
    owners: tuple[str, ...]
    owner: str
    since: date
    closed: date | None


@derives(SpaceAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: SpaceAdded) -> None:
    values = (origin.event, fact.space, fact.sort, fact.area, fact.area_source, fact.on.isoformat())
    db.execute("INSERT INTO space VALUES (?, ?, ?, ?, ?, ?)", values)
    owning.put(db, REGISTER, origin, fact.space, fact.owners, None)
    searching.put(db, origin, "space", fact.space, fact.space)


owning.derive(REGISTER)


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Space]:
    """The special spaces there are on a day (now without one) by number, in natural order."""
    return {number: one for number, one in _read(db, as_of).items() if one.closed is None}


def one(book: Book, number: str, as_of: date | None = None) -> Space:
    """A space by its number, one that is none any more too. Raises NotFound."""
    found = _read(book.db, as_of, number).get(number)
    if found is None:
        raise _unknown(number)
    return found


def pick(book: Book, text: str) -> str:
    """The number of the space that is meant: the number, or a part that fits only one. Raises NotFound, Ambiguous."""
    known = sorted((space for (space,) in book.db.execute("SELECT space FROM space").fetchall()), key=_order)
    typed = re.sub(r"\s", "", normal(text)).upper()
    return naming.pick({number: number for number in known}, typed, "space", lambda _typed: _unknown(text, known))


def _unknown(text: str, known: Sequence[str] = ()) -> NotFound:
    near = get_close_matches(text.upper(), known, 3, 0.5)
    return NotFound(
        _("There is no special space {number}.").format(number=text),
        field="space",
        value=text,
        candidates=[{"key": number, "label": number} for number in near],
        hint=_("A new one is entered first: {command}").format(
            command=sample(f"zaoyuan space add {text} --owner NAME")
        ),
    )


def of(db: sqlite3.Connection, persons: Iterable[str], as_of: date | None = None) -> list[Space]:
    """The spaces that any of some people (ids) own on a day."""
    wanted = set(persons)
    if not wanted or not db.execute("SELECT EXISTS (SELECT 1 FROM space)").fetchone()[0]:
        return []
    return [space for space in everyone(db, as_of).values() if wanted & set(space.owners)]


def _read(db: sqlite3.Connection, as_of: date | None, number: str = "") -> dict[str, Space]:
    day = as_of.isoformat() if as_of else changes.FOREVER
    rows = db.execute(
        "SELECT space.space, sort, area, area_source, since, (SELECT day FROM space_close AS over"
        " WHERE over.space = space.space AND day <= :day) FROM space WHERE since <= :day AND :one IN ('', space.space)",
        {"day": day, "one": number},
    ).fetchall()
    edits = changes.latest(db, "space", as_of, number or None)
    owners = owning.latest(db, REGISTER, as_of, number)
    names = people.everyone(db, as_of, {id for ids in owners.values() for id in ids})
    found = {}
    for key, *values, since, over in sorted(rows, key=lambda row: _order(row[0])):
        is_now, ids = dict(zip(FIELDS, values, strict=True)) | edits.get(key, {}), owners.get(key, ())
        area = None if is_now["area"] is None else Area(is_now["area"])
        found[key] = Space(
            key, is_now["sort"], area, is_now["area_source"], ids, JOIN.join(names[id].name for id in ids),
            date.fromisoformat(since), date.fromisoformat(over) if over else None,
        )  # fmt: skip
    return found


def _order(number: str) -> list[tuple[int, str]]:
    """B1-2 before B1-012 before B1-100, figures before letters."""
    parts = re.split("([0-9]+)", number)
    return [(int(part), part) if part.isdecimal() else (10**9, part) for part in parts if part]


# ---- what is written, inside a step being written


def read_number(text: str) -> str:
    """A number as the book keeps it: B1-012 for b1-012. Raises Unreadable."""
    number = re.sub(r"\s", "", clean(normal(text), field="space")).upper()
    if not number:
        raise Unreadable(_("The number is empty."), field="space", value=text)
    return number


def add(
    book: Book, text: str, sort: str, owners: Iterable[str] = (), area: Area | None = None, area_source: str = "",
    on: date | None = None,
) -> str:  # fmt: skip
    """Enter a space; owners are ids. The number as it is kept. Raises Unreadable, Refusal if it is there already."""
    number = read_number(text)
    if book.db.execute("SELECT 1 FROM space WHERE space = ?", [number]).fetchone():
        raise Refusal(
            _("Special space {number} is entered already.").format(number=number),
            field="space",
            value=number,
            hint=_("To change it: {command}").format(command=f"zaoyuan space edit {number}"),
        )
    book.record(
        SpaceAdded(space=number, sort=sort, on=on or book.today, area=area, area_source=area_source,
                   owners=tuple(dict.fromkeys(owners)))
    )  # fmt: skip
    return number


def edit(book: Book, number: str, wanted: Mapping[str, Any], on: date | None = None) -> tuple[str, ...]:
    """Record what differs of FIELDS from a day on. The fields that changed."""
    return owning.edit(book, REGISTER, _standing(book, number), wanted, on)


def transfer(book: Book, number: str, owners: Iterable[str], on: date | None = None) -> bool:
    """Record that a space has other owners (ids) from a day on; false if it has them."""
    return owning.transfer(book, REGISTER, _standing(book, number), owners, on)


def close(book: Book, number: str, reason: str, on: date | None = None) -> None:
    """Record that a space is none any more from a day on. Raises Refusal if it was closed before."""
    _standing(book, number)
    book.record(SpaceClosed(space=number, on=on or book.today, reason=clean(reason.strip(), field="reason")))


def _standing(book: Book, number: str) -> Space:
    """A space as it is, not closed. Refusal."""
    if over := owning.closing(book.db, REGISTER, number):
        text = _("Special space {number} is closed since {day}.").format(number=number, day=over[0])
        raise Refusal(text, field="space", value=number)
    return one(book, number)
