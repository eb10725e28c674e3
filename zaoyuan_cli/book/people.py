"""People: one person, many relations. A person is known by an id of device letter and count, given once, never used
again."""

import sqlite3
from typing import NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound
from zaoyuan_cli.facts.people import PersonAdded, PersonEdited
from zaoyuan_cli.i18n import _

from . import Book, changes, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE person (event INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " initials TEXT NOT NULL,"
    " phone TEXT NOT NULL) STRICT",
)


class Person(NamedTuple):
    """A person of the book: id, name, readings of the name's characters, phone."""

    person: str
    name: str
    initials: str
    phone: str


@derives(PersonAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: PersonAdded) -> None:
    db.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?)", (origin.event, fact.person, fact.name, fact.initials, fact.phone)
    )
    searching.put(db, origin, "person", fact.person, fact.name, fact.phone)


@derives(PersonEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: PersonEdited) -> None:
    changes.put(db, origin, "person", fact.person, fact.on, fact.changes, fact.saw)


def readings(name: str) -> str:
    """Every first letter each character of a name may be read with, by character: 曾 "cz". Stored when the name is
    saved."""
    from pypinyin import Style, pinyin

    return " ".join(
        "".join(sorted({one[0].lower() for one in of if one}))
        for of in pinyin(name, style=Style.FIRST_LETTER, heteronym=True)
    )


def everyone(db: sqlite3.Connection) -> dict[str, Person]:
    """All people by id, as edited."""
    found = {
        row[0]: Person(*row)
        for row in db.execute("SELECT person, name, initials, phone FROM person ORDER BY event").fetchall()
    }
    for id, fields in changes.latest(db, "person").items():
        if id in found:
            found[id] = found[id]._replace(
                **{name: value or "" for name, value in fields.items() if name in Person._fields}
            )
    return found


def name_of(db: sqlite3.Connection, person: str) -> str:
    """The name of a person's id; "" for none."""
    found = everyone(db).get(person) if person else None
    return found.name if found else ""


def find_one(book: Book, text: str) -> Person:
    """The person of an id or a full name. Raises NotFound, Ambiguous."""
    people = everyone(book.db)
    if text in people:
        return people[text]
    same = [one for one in people.values() if one.name == text]
    if len(same) == 1:
        return same[0]
    if same:
        raise Ambiguous(
            _("{count} people are called {name}.").format(count=len(same), name=text),
            field="person",
            value=text,
            candidates=[{"key": one.person, "label": f"{one.name} {one.person}"} for one in same],
        )
    raise NotFound(_("There is no person {name} in this book.").format(name=text), field="person", value=text)


def add(book: Book, name: str, phone: str = "") -> str:
    """Record a person inside a step being written, unless one of the same name and phone is known; the id."""
    for one in everyone(book.db).values():
        if (one.name, one.phone) == (name, phone):
            return one.person
    id = book.person_id()
    book.record(PersonAdded(person=id, on=book.today, name=name, initials=readings(name), phone=phone))
    return id
