"""Meetings: who met when, and who was there."""

import sqlite3
from datetime import date
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.facts.meetings import MeetingHeld

from . import Book, numbered, people, roles, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE meeting (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL REFERENCES body (body), day TEXT NOT NULL, chair TEXT REFERENCES person (person),"
    " recorder TEXT REFERENCES person (person), title TEXT NOT NULL, place TEXT NOT NULL, chair_name TEXT NOT NULL,"
    " recorder_name TEXT NOT NULL, guests TEXT NOT NULL, absent TEXT) STRICT",
    "CREATE TABLE attendance (event INTEGER NOT NULL REFERENCES meeting (event),"
    " person TEXT NOT NULL REFERENCES person (person), PRIMARY KEY (event, person)) STRICT",
)
Day: TypeAlias = date


class Meeting(NamedTuple):
    """A meeting. People are ids; `chair_name`, `recorder_name` and `guests` are names the roll does not know; `absent`
    is who was missing and why, in words, None where the paper does not say: the members who did not come."""

    meeting: str
    date: Day
    body: str
    title: str
    place: str
    chair: str
    recorder: str
    chair_name: str
    recorder_name: str
    guests: tuple[str, ...]
    absent: tuple[str, ...] | None


class Attendance(NamedTuple):
    """Person ids: the members of the body on that day, those of them who came, and who else of the roll was there."""

    members: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    others: tuple[str, ...]


@derives(MeetingHeld)
def held(db: sqlite3.Connection, origin: Origin, fact: MeetingHeld) -> None:
    db.execute(
        "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.body, fact.on.isoformat(), fact.chair or None, fact.recorder or None,
            fact.title, fact.place, fact.chair_name, fact.recorder_name, "\n".join(fact.guests),
            None if fact.absent is None else "\n".join(fact.absent),
        ),
    )  # fmt: skip
    attending = [(origin.event, person) for person in dict.fromkeys(fact.present)]
    db.executemany("INSERT INTO attendance VALUES (?, ?)", attending)
    searching.put(
        db, origin, "meeting", fact.number, fact.title, fact.place, fact.chair_name, fact.recorder_name, *fact.guests
    )


def pick(book: Book, text: str) -> str:
    """The number of a meeting as typed: MA2022-3, M3, 3. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "meeting", text)


def listing(
    db: sqlite3.Connection, body: str = "", since: date | None = None, until: date | None = None
) -> list[Meeting]:
    """The meetings of a body (of all without one) in a span of days, the latest first."""
    rows = db.execute(
        "SELECT number, day, body, title, place, ifnull(chair, ''), ifnull(recorder, ''), chair_name, recorder_name,"
        " guests, absent FROM meeting WHERE (body = ?1 OR ?1 = '') AND day BETWEEN ?2 AND ?3"
        " ORDER BY day DESC, number DESC",
        [body, (since or date.min).isoformat(), (until or date.max).isoformat()],
    ).fetchall()
    return [
        Meeting._make((row[0], date.fromisoformat(row[1]), *row[2:9], _lines(row[9]) or (), _lines(row[10])))
        for row in rows
    ]


def _lines(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(text.split("\n")) if text else ()


def one(book: Book, text: str) -> Meeting:
    """The meeting of a number as typed. Raises Unreadable, NotFound, Ambiguous."""
    number = pick(book, text)
    return next(meeting for meeting in listing(book.db) if meeting.meeting == number)


def same(db: sqlite3.Connection, body: str, day: date, title: str) -> str:
    """The number of a meeting of that body, day and title, or ""."""
    row = db.execute(
        "SELECT number FROM meeting WHERE body = ? AND day = ? AND title = ? ORDER BY number LIMIT 1",
        [body, day.isoformat(), title],
    ).fetchone()
    return str(row[0]) if row else ""


def attendance(db: sqlite3.Connection, meeting: Meeting) -> Attendance:
    """Who was there and who was not. Where the body has no members on record, everybody there counts as one."""
    known_as = people.kept(db)
    there = [
        known_as.get(person, person)
        for (person,) in db.execute(
            "SELECT person FROM attendance JOIN meeting USING (event) JOIN person USING (person) WHERE number = ?"
            " ORDER BY person.event",
            [meeting.meeting],
        ).fetchall()
    ]
    seated = roles.members(db, meeting.body, meeting.date)
    members = list(dict.fromkeys(known_as.get(person, person) for person in seated))
    if not members:
        return Attendance((), tuple(there), (), ())
    return Attendance(
        tuple(members),
        tuple(person for person in members if person in there),
        tuple(person for person in members if person not in there),
        tuple(person for person in there if person not in members),
    )
