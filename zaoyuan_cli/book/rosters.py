"""Rosters: a list of households taken in at once, compared with the roll first.

What the list does not say stays; what a person changed by hand is never overwritten but listed as a difference; the
same list twice records nothing.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.rules.rooms import unit_of

from . import Book, comparing, enrolling, households, owning, people, registering
from .comparing import Difference, Plan
from .households import Household


class Line(NamedTuple):
    """One line of a list: where it stands, the room, its owners with their phones (as many, "" for unknown), and what
    else it says, of households.FIELDS. unsold: its owner, named or not, is the developer (R-01)."""

    line: int
    room: str
    owners: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, Any] = {}
    unsold: bool = False

    @property
    def key(self) -> str:
        """What names the household: its room."""
        return self.room

    @property
    def said(self) -> Mapping[str, Any]:
        """What else the line says, by the names JSON has for it."""
        return self.fields


class Change(NamedTuple):
    """What a line changes: fields, owners (None: none), phones of people by id. known: the ids of those of its owners
    who own the door already, by name."""

    line: Line
    fields: Mapping[str, Any]
    owners: tuple[tuple[str, str], ...] | None
    phones: Mapping[str, str]
    known: Mapping[str, str] = {}


def plan(book: Book, lines: Sequence[Line]) -> Plan:
    """Compare a list with the roll; writes nothing."""
    roll = households.everyone(book.db)
    comparing = _Comparing(book.db, lines, roll)
    changed: list[Change] = []
    unchanged = 0
    gone = set(households.all_rooms(book.db)) - roll.keys()
    for line in lines:
        if line.room in gone:
            comparing.differs.append(Difference(line.line, line.room, "state", households.CLOSED, None))
        if line.room in roll:
            before = len(comparing.differs)
            change = comparing.change(line, roll[line.room])
            if change.fields or change.phones or change.owners is not None:
                changed.append(change)
            elif len(comparing.differs) == before:
                unchanged += 1
    new = tuple(line for line in lines if line.room not in roll and line.room not in gone)
    return Plan(new, tuple(changed), unchanged, tuple(comparing.differs))


def take_in(book: Book, lines: Sequence[Line]) -> Plan:
    """Record a list inside a step being written: what it added and changed, and what it left alone."""
    found = plan(book, lines)
    known = enrolling.index(book.db)
    with working(_("Taking in the households"), len(found.new) + len(found.changed)) as step:
        for line in found.new:
            _add(book, line, known)
            step()
        for change in found.changed:
            _change(book, change, known)
            step()
    return found


def _add(book: Book, line: Line, known: dict[tuple[str, str], str]) -> None:
    owners = [enrolling.add(book, name, phone, known=known) for name, phone in line.owners]
    if line.unsold:
        owners = _developers(book, owners)
    registering.add(book, line.room, owners=owners, **line.fields)


def _change(book: Book, change: Change, known: dict[tuple[str, str], str]) -> None:
    registering.edit(book, change.line.room, change.fields)
    for person, phone in change.phones.items():
        people.edit(book, person, {"phone": phone})
    if change.owners is not None:
        ids = [change.known.get(name) or enrolling.add(book, name, phone, known=known) for name, phone in change.owners]
        registering.transfer(book, change.line.room, ids)


def _developers(book: Book, owners: list[str]) -> list[str]:
    """The owners of what is not sold, who are the developer; the book's own where none is named."""
    for id in owners:
        people.edit(book, id, {"developer": "yes"})
    return owners or [registering.developer(book)]


def namesakes(db: sqlite3.Connection, lines: Iterable[Line]) -> dict[str, list[str]]:
    """The names of a list that several people of the book have, with their ids: perhaps they are the same."""
    wanted = {name for line in lines for name, _phone in line.owners}
    found: dict[str, list[str]] = {}
    for one in people.everyone(db).values():
        if one.name in wanted and not one.merged:
            found.setdefault(one.name, []).append(one.person)
    return {name: ids for name, ids in found.items() if len(ids) > 1}


class _Comparing:
    """The comparison of lines with the roll: it collects the differences, and the phones set so far."""

    def __init__(self, db: sqlite3.Connection, lines: Sequence[Line], roll: Mapping[str, Household]) -> None:
        self.db = db
        self.people = people.everyone(db)
        self.phones = {id: one.phone for id, one in self.people.items()}
        self.said: dict[str, set[str]] = {}  # every phone the list says of a person: they may own several doors
        self.differs: list[Difference] = []
        for line in lines:
            for id, phone in self._pairs(line, roll.get(line.room)):
                self.said.setdefault(id, set()).add(phone)

    def change(self, line: Line, now: Household) -> Change:
        is_now = now._asdict()
        fields = {
            field: value
            for field, value in line.fields.items()
            if is_now[field] != value and self._may_replace(line, field, is_now[field], value)
        }
        names = [name for name, _phone in line.owners]
        if not names or sorted(names) == sorted(self.people[id].name for id in now.owners):
            return Change(line, fields, None, self._new_phones(line, now))
        replace = not now.owners or self._may_replace(line, "owners", now.owner, owning.JOIN.join(names))
        still = {self.people[id].name: id for id in now.owners if self.people[id].name in names}
        return Change(line, fields, line.owners if replace else None, self._new_phones(line, now), still)

    def _may_replace(self, line: Line, field: str, is_now: Any, value: Any) -> bool:
        found = comparing.difference(self.db, households.ROLL, line.line, line.room, field, is_now, value)
        self.differs += [found] if found else []
        return found is None

    def _pairs(self, line: Line, now: Household | None) -> list[tuple[str, str]]:
        """(person, phone) of the line where its owners are those of the roll and it says a phone."""
        if now is None:
            return []
        said = {name: phone for name, phone in line.owners if phone}
        return [(id, said[self.people[id].name]) for id in now.owners if self.people[id].name in said]

    def _new_phones(self, line: Line, now: Household) -> dict[str, str]:
        found = {}
        for id, phone in self._pairs(line, now):
            has = self.phones[id]
            if has == phone:
                continue
            _step, verb = comparing.setter(self.db, "person", "person", id, "phone")
            if verb == "person erase" or (has and (has in self.said[id] or verb not in comparing.BULK)):
                self.differs.append(Difference(line.line, line.room, "phone", has, phone))
            else:
                found[id] = self.phones[id] = phone
        return found


def default_unit(unit: str, room: str) -> str:
    """The unit a list says, or that of the room where it says only its end: "2" of 3-2-501 is 3-2."""
    own = unit_of(room)
    return own if own == unit or own.endswith(f"-{unit}") else unit
