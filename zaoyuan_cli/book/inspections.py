"""Inspections: who saw which record, and who allowed it (R-85)."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.facts.inspections import RecordInspected
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book, people
from .ledger import Origin, derives

Day = date  # a field of Inspection is called date
TABLES = (
    "CREATE TABLE inspection (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person),"
    " day TEXT NOT NULL, allowed TEXT REFERENCES person (person), what TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
)


class Inspection(NamedTuple):
    """Somebody saw a record on a day; names."""

    date: Day
    who: str
    what: str
    reason: str
    by: str


@derives(RecordInspected)
def inspected(db: sqlite3.Connection, origin: Origin, fact: RecordInspected) -> None:
    values = (origin.event, fact.person, fact.on.isoformat(), fact.by or None, fact.what, fact.reason)
    db.execute("INSERT INTO inspection VALUES (?, ?, ?, ?, ?, ?)", values)


def listing(db: sqlite3.Connection, since: date | None = None, until: date | None = None) -> list[Inspection]:
    """The inspections between two days, in their order."""
    names = people.everyone(db)
    rows = db.execute(
        "SELECT inspection.day, person, what, reason, ifnull(allowed, '') FROM inspection"
        " JOIN event ON event.id = inspection.event JOIN command ON command.id = command"
        " WHERE inspection.day BETWEEN ? AND ? ORDER BY inspection.day, lamport, device, event.id",
        [(since or date.min).isoformat(), (until or date.max).isoformat()],
    ).fetchall()
    return [
        Inspection(date.fromisoformat(day), names[who].name, what, reason, names[by].name if by in names else "")
        for day, who, what, reason, by in rows
    ]


def add(book: Book, person: str, what: str, on: date, by: str = "", reason: str = "") -> None:
    """Record that a person (an id) saw a record. Raises Unreadable where nothing is said of which, Refusal for somebody
    erased."""
    what, reason = clean(what, field="text").strip(), clean(reason, field="reason").strip()
    if not what:
        raise Unreadable(_("What did they see? The text is empty."), field="text", value=what)
    with book.writing("inspection add"):
        book.record(RecordInspected(person=person, on=on, by=by, what=what, reason=reason))
