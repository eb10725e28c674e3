"""Meetings: who meets when, planned or held. They are planned in planning.py, attended in attending.py."""

import json
import sqlite3
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from zaoyuan_cli.facts.meetings import (
    MeetingCancelled,
    MeetingEdited,
    MeetingHeld,
    MeetingPlanned,
    MeetingPosted,
    MeetingRecorded,
)
from zaoyuan_cli.rules import numbers

from . import Book, attendances, changes, numbered, rulings, searching, sittings
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE meeting (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " body TEXT NOT NULL REFERENCES body (body), day TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL,"
    " made TEXT, posted TEXT, called TEXT, emergency TEXT NOT NULL, agenda TEXT NOT NULL, time TEXT NOT NULL) STRICT",
    "CREATE TABLE meeting_caller (event INTEGER NOT NULL, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " person TEXT NOT NULL REFERENCES person (person), PRIMARY KEY (event, person)) STRICT",
    "CREATE TABLE meeting_post (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " day TEXT NOT NULL, for_day TEXT NOT NULL, place TEXT NOT NULL, agenda TEXT NOT NULL) STRICT",
    "CREATE TABLE meeting_edit (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number)) STRICT",
    "CREATE TABLE meeting_cancel (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE meeting_record (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " chair TEXT REFERENCES person (person), recorder TEXT REFERENCES person (person), place TEXT NOT NULL,"
    " chair_name TEXT NOT NULL, recorder_name TEXT NOT NULL, guests TEXT NOT NULL, absent TEXT,"
    " lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
)
Day: TypeAlias = date
PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"


class Meeting(NamedTuple):
    """A meeting. People are ids; `chair_name`, `recorder_name` and `guests` are names the roll does not know; `absent`
    is who was missing and why, in words, None where the paper does not say: the members who did not come. `made` is the
    day it was planned, None where it was entered only when held; `agenda` its items as they are now; `called` the day
    on which members asked for it; `emergency` and `reason` why it was announced late, and why it was cancelled; `kept`
    whether the paper of the meeting is in the book; `time` for what time it was planned, HH:MM or ""."""

    meeting: str
    date: Day
    body: str
    title: str
    place: str
    state: str
    agenda: tuple[str, ...] = ()
    made: Day | None = None
    called: Day | None = None
    emergency: str = ""
    reason: str = ""
    kept: bool = False
    chair: str = ""
    recorder: str = ""
    chair_name: str = ""
    recorder_name: str = ""
    guests: tuple[str, ...] = ()
    absent: tuple[str, ...] | None = None
    time: str = ""


class Posting(NamedTuple):
    """A notice that went up: when, for which day of meeting, where, with which agenda."""

    date: Day
    for_day: Day
    place: str
    agenda: tuple[str, ...]


@derives(MeetingHeld)
def held(db: sqlite3.Connection, origin: Origin, fact: MeetingHeld) -> None:
    _row(db, origin, fact, (None, None, None, "", "[]", ""))
    _record(db, origin, fact)
    names = (fact.place, fact.chair_name, fact.recorder_name, *fact.guests, *(fact.absent or ()))
    searching.put(db, origin, "meeting", fact.number, fact.title, *names)


@derives(MeetingPlanned)
def planned(db: sqlite3.Connection, origin: Origin, fact: MeetingPlanned) -> None:
    days = (day.isoformat() if day else None for day in (fact.made, fact.posted, fact.called))
    _row(db, origin, fact, (*days, fact.emergency, _text(fact.agenda), fact.time))
    callers = [(origin.event, fact.number, person) for person in dict.fromkeys(fact.called_by)]
    db.executemany("INSERT INTO meeting_caller VALUES (?, ?, ?)", callers)
    rulings.judged(db, origin, fact.rule, fact.judged_by)
    searching.put(db, origin, "meeting", fact.number, fact.title, fact.place, *fact.agenda, fact.emergency)


def _row(
    db: sqlite3.Connection, origin: Origin, fact: MeetingHeld | MeetingPlanned, plan: tuple[str | None, ...]
) -> None:
    values = (origin.event, fact.number, fact.body, fact.on.isoformat(), fact.title, fact.place, *plan)
    db.execute("INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


@derives(MeetingRecorded)
def recorded(db: sqlite3.Connection, origin: Origin, fact: MeetingRecorded) -> None:
    _record(db, origin, fact)
    names = (fact.place, fact.chair_name, fact.recorder_name, *fact.guests, *(fact.absent or ()))
    searching.put(db, origin, "meeting", fact.number, "", *names)


def _record(db: sqlite3.Connection, origin: Origin, fact: MeetingHeld | MeetingRecorded) -> None:
    db.execute(
        "INSERT INTO meeting_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.chair or None, fact.recorder or None, fact.place, fact.chair_name,
            fact.recorder_name, "\n".join(fact.guests), None if fact.absent is None else "\n".join(fact.absent),
            *origin[1:],
        ),
    )  # fmt: skip
    attendances.put(db, origin, fact.number, fact.present)


@derives(MeetingPosted)
def posted(db: sqlite3.Connection, origin: Origin, fact: MeetingPosted) -> None:
    values = (fact.number, fact.on.isoformat(), fact.for_day.isoformat(), fact.place, _text(fact.agenda))
    db.execute("INSERT INTO meeting_post VALUES (?, ?, ?, ?, ?, ?)", (origin.event, *values))
    rulings.judged(db, origin, fact.rule, fact.judged_by)


@derives(MeetingEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: MeetingEdited) -> None:
    db.execute("INSERT INTO meeting_edit VALUES (?, ?)", (origin.event, fact.number))
    changes.put(db, origin, "meeting", fact.number, fact.on, fact.changes, fact.saw)
    words = [fact.changes.get("place", ""), *fact.changes.get("agenda", ())]
    if "title" in fact.changes or any(words):
        searching.put(db, origin, "meeting", fact.number, fact.changes.get("title", ""), *words)


@derives(MeetingCancelled)
def cancelled(db: sqlite3.Connection, origin: Origin, fact: MeetingCancelled) -> None:
    values = (origin.event, fact.number, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO meeting_cancel VALUES (?, ?, ?, ?)", values)


def pick(book: Book, text: str) -> str:
    """The number of a meeting as typed: MA2022-3, M3, 3. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "meeting", text)


def listing(
    db: sqlite3.Connection, body: str = "", since: Day | None = None, until: Day | None = None, as_of: Day | None = None
) -> list[Meeting]:
    """The meetings of a body (of all without one) in a span of days, as they stand at the end of a day (now without
    one): the planned ones with the next first, then those held or cancelled, the latest first."""
    first, last = since or date.min, until or date.max
    found = [one for one in _everyone(db, as_of) if (not body or one.body == body) and first <= one.date <= last]
    coming = [one for one in found if one.state == PLANNED]
    past = [one for one in found if one.state != PLANNED]
    return sorted(coming, key=_order) + sorted(past, key=_order, reverse=True)


def held_until(db: sqlite3.Connection, day: date, body: str = "", since: date | None = None) -> list[Meeting]:
    """The meetings of a body (of all without one) that were held up to a day, the latest first."""
    return [one for one in listing(db, body, since, day, day) if one.state == HELD]


def _order(one: Meeting) -> tuple[object, ...]:
    return one.date, one.time, numbers.split(one.meeting)


_QUERY = (
    "SELECT meeting.number, day, body, title, meeting.place, agenda, time, made, called, emergency,"
    " (SELECT reason FROM meeting_cancel WHERE meeting = meeting.number AND day <= :until"
    " ORDER BY day, reason LIMIT 1),"
    " EXISTS (SELECT 1 FROM attendance WHERE meeting = meeting.number"
    "  UNION SELECT 1 FROM sitting WHERE meeting = meeting.number), record.event IS NOT NULL AND NOT ifnull((SELECT 1"
    "  - ended FROM sitting WHERE meeting = meeting.number ORDER BY lamport DESC, device DESC, event DESC LIMIT 1), 0),"
    " ifnull(chair, ''), ifnull(recorder, ''), ifnull(chair_name, ''), ifnull(recorder_name, ''), ifnull(guests, ''),"
    " absent, ifnull(record.place, '') FROM meeting LEFT JOIN meeting_record AS record ON record.event ="
    " (SELECT event FROM meeting_record WHERE meeting = meeting.number ORDER BY lamport DESC, device DESC LIMIT 1)"
)


def _everyone(db: sqlite3.Connection, as_of: date | None) -> list[Meeting]:
    until = as_of or date.max
    edits = changes.latest(db, "meeting", as_of)
    rows = db.execute(_QUERY, {"until": until.isoformat()}).fetchall()
    return [one for row in rows if (one := _read(row, edits.get(row[0], {}), until))]


def _read(row: tuple[Any, ...], edits: dict[str, Any], until: date) -> Meeting | None:
    """A row as it stood at the end of a day; None where the book had not heard of the meeting by then."""
    number, day, body, title, place, agenda, time, made, called, emergency, reason, came, kept, *record, held_at = row
    on = date.fromisoformat(edits.get("day", day))
    state = HELD if (came or kept) and on <= until else CANCELLED if reason is not None else PLANNED
    if (date.fromisoformat(made) if made else on) > until and state != HELD:
        return None
    chair, recorder, chair_name, recorder_name, guests, absent = record
    return Meeting(
        number, on, body, edits.get("title", title), edits.get("place") or held_at or place, state,
        tuple(edits.get("agenda", json.loads(agenda))), _day(made), _day(called), edits.get("emergency", emergency),
        reason or "", bool(kept), chair, recorder, chair_name, recorder_name, _lines(guests) or (), _lines(absent),
        edits.get("time", time),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(text.split("\n")) if text else ()


def _text(agenda: tuple[str, ...]) -> str:
    return json.dumps(list(agenda), ensure_ascii=False)


def one(book: Book, text: str, as_of: date | None = None) -> Meeting:
    """The meeting of a number as typed, as it stands at the end of a day, or now if it was not there by then.
    Raises Unreadable, NotFound, Ambiguous."""
    number = pick(book, text)
    known = [*listing(book.db, as_of=as_of), *listing(book.db)]
    return next(meeting for meeting in known if meeting.meeting == number)


def same(db: sqlite3.Connection, body: str, day: date, title: str) -> str:
    """The number of a meeting of that body, day and title whose paper is in the book, or ""."""
    found = [one.meeting for one in held_until(db, day, body, day) if one.title == title and one.kept]
    return min(found, default="", key=numbers.split)


def awaited(db: sqlite3.Connection, body: str, day: date, title: str) -> Meeting | None:
    """The planned meeting of a body and day that minutes of that title are of, or one whose minutes are being typed:
    the one called so, else the only one."""
    going = sittings.live(db)
    found = [
        one
        for one in listing(db, body, day, day)
        if (one.made or one.meeting in going) and not one.kept and one.state != CANCELLED
    ]
    exact = [one for one in found if one.title == title]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def callers(db: sqlite3.Connection, meeting: str) -> list[str]:
    """The ids of the members who asked for a meeting."""
    rows = db.execute("SELECT person FROM meeting_caller WHERE meeting = ? ORDER BY rowid", [meeting]).fetchall()
    return [person for (person,) in rows]


def postings(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> list[Posting]:
    """The notices of a meeting that went up to the end of a day (now without one), the earliest first."""
    rows = db.execute(
        "SELECT posted, day, '', agenda FROM meeting WHERE number = :number AND posted IS NOT NULL"
        " UNION ALL SELECT day, for_day, place, agenda FROM meeting_post WHERE meeting = :number ORDER BY 1, 2, 3, 4",
        {"number": meeting},
    ).fetchall()
    found = [
        Posting(date.fromisoformat(day), date.fromisoformat(for_day), place, tuple(json.loads(items)))
        for day, for_day, place, items in rows
    ]
    return [one for one in found if one.date <= (as_of or date.max)]
