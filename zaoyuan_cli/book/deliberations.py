"""Deliberations: a proposal on its way, step by step and forward only, each step with its day, who did it and what was
said (rules.md §7, R-91). It is moved in deliberating.py."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts.deliberations import DeliberationMoved, DeliberationProposed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.deliberations import CLOSED, REJECTED, state

from . import Book, canvasses, correspondence, numbered, people, searching
from .canvasses import Canvass
from .correspondence import Item as Opinion
from .ledger import Origin, Problem, derives, judges

Day = date  # a field of Deliberation is called date
TABLES = (
    "CREATE TABLE deliberation (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " person TEXT REFERENCES person (person), room TEXT REFERENCES household (room), topic TEXT NOT NULL,"
    " text TEXT NOT NULL) STRICT",
    "CREATE TABLE deliberation_move (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES deliberation (number),"
    " name TEXT NOT NULL UNIQUE, after TEXT REFERENCES deliberation_move (name), step TEXT NOT NULL,"
    " day TEXT NOT NULL, person TEXT REFERENCES person (person), bodies TEXT NOT NULL,"
    " meeting TEXT REFERENCES meeting (number), motion TEXT REFERENCES motion (number),"
    " ballot TEXT REFERENCES ballot (number), passed INTEGER, decision TEXT REFERENCES decision (number),"
    " notice TEXT REFERENCES notice (number), task TEXT REFERENCES task (number),"
    " project TEXT REFERENCES project (project), satisfied INTEGER, topic TEXT NOT NULL, views TEXT NOT NULL,"
    " minority TEXT NOT NULL, trials TEXT NOT NULL, note TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL) STRICT",
    "CREATE INDEX deliberation_move_of ON deliberation_move (number)",
    "CREATE TABLE deliberation_expense (event INTEGER NOT NULL, number TEXT NOT NULL REFERENCES deliberation (number),"
    " expense TEXT NOT NULL REFERENCES expense (number), PRIMARY KEY (event, expense)) STRICT",
)


@derives(DeliberationProposed)
def proposed(db: sqlite3.Connection, origin: Origin, fact: DeliberationProposed) -> None:
    values = (fact.number, fact.on.isoformat(), fact.by or None, fact.room or None, fact.topic, fact.text)
    db.execute("INSERT INTO deliberation VALUES (?, ?, ?, ?, ?, ?, ?)", (origin.event, *values))
    searching.put(db, origin, "deliberation", fact.number, fact.text, fact.topic, fact.room)


@derives(DeliberationMoved)
def moved(db: sqlite3.Connection, origin: Origin, fact: DeliberationMoved) -> None:
    refs = (fact.meeting, fact.motion, fact.ballot)
    later = (fact.decision, fact.notice, fact.task, fact.project)
    db.execute(
        f"INSERT INTO deliberation_move VALUES ({', '.join('?' * 24)})",
        (
            origin.event, fact.number, origin.step, fact.after or None, fact.step, fact.on.isoformat(),
            fact.by or None, json.dumps(fact.bodies),
            *(ref or None for ref in refs), fact.passed, *(ref or None for ref in later), fact.satisfied, fact.topic,
            json.dumps(fact.views), fact.minority, json.dumps(fact.trials), fact.note, *origin[1:],
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO deliberation_expense VALUES (?, ?, ?)",
        [(origin.event, fact.number, expense) for expense in dict.fromkeys(fact.expenses)],
    )
    words = (fact.topic, fact.note, fact.minority, *fact.views, *fact.trials)
    if any(words):
        searching.put(db, origin, "deliberation", fact.number, "", *words)


@judges
def both_ways(db: sqlite3.Connection) -> Iterator[Problem]:
    """One computer rejected what another carried further."""
    rows = db.execute(
        "SELECT number FROM deliberation_move GROUP BY number HAVING max(step = ?) AND min(step = ?) = 0"
        " ORDER BY number",
        [REJECTED, REJECTED],
    ).fetchall()
    for (number,) in rows:
        said = _("{number} was rejected and went on; one of the two is to be taken back.").format(number=number)
        yield Problem("both_ways", number, said)


class Move(NamedTuple):
    """A step taken: see the fact. `by` is a name, `bodies` as they were first named, `name` the journal's name of the
    step that recorded it."""

    name: str
    step: str
    date: Day
    by: str
    note: str
    bodies: tuple[str, ...]
    meeting: str
    motion: str
    ballot: str
    passed: bool | None
    decision: str
    notice: str
    task: str
    project: str
    expenses: tuple[str, ...]
    satisfied: bool | None
    topic: str
    views: tuple[str, ...]
    minority: str
    trials: tuple[str, ...]


class Deliberation(NamedTuple):
    """A proposal as it stands on a day: who made it (a name) or which household; `state` is how far it came, closed
    once it was reviewed; `moves` the way it took."""

    deliberation: str
    date: Day
    by: str
    room: str
    topic: str
    text: str
    state: str
    moves: tuple[Move, ...]

    @property
    def running(self) -> bool:
        """Is there still something to do?"""
        return self.state not in (REJECTED, CLOSED)

    @property
    def last(self) -> Day:
        """The day of its last step."""
        return max((move.date for move in self.moves), default=self.date)

    @property
    def passed(self) -> bool | None:
        """What the last vote came to; None where none was taken or none was asked for."""
        return next((move.passed for move in reversed(self.moves) if move.step == "voted"), None)

    @property
    def satisfied(self) -> bool | None:
        """Whether those it was made for are; None while nobody asked them."""
        return next((move.satisfied for move in reversed(self.moves) if move.step == "reviewed"), None)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of opinions that belong to it."""
        said = (self.deliberation, self.topic or self.text, *(move.topic for move in self.moves))
        return tuple(dict.fromkeys(one for one in said if one))


def listing(db: sqlite3.Connection, as_of: date, number: str = "") -> list[Deliberation]:
    """The proposals made by a day as they stand on it, in the order they came."""
    names, moves = people.everyone(db), _moves(db, as_of, number)
    rows = db.execute(
        "SELECT number, day, ifnull(person, ''), ifnull(room, ''), topic, text FROM deliberation"
        " WHERE day <= :day AND :number IN ('', number) ORDER BY day, number",
        {"day": as_of.isoformat(), "number": number},
    ).fetchall()
    found = []
    for of, day, by, room, topic, text in rows:
        taken = tuple(move._replace(by=names[move.by].name if move.by in names else "") for move in moves.get(of, ()))
        called = names[by].name if by in names else ""
        standing = state([move.step for move in taken])
        found.append(Deliberation(of, date.fromisoformat(day), called, room, topic, text, standing, taken))
    return found


def _moves(db: sqlite3.Connection, as_of: date, number: str) -> dict[str, list[Move]]:
    """The steps taken by a day, by proposal, in the order all laptops agree on; `by` still an id."""
    paid: dict[int, list[str]] = {}
    for event, expense in db.execute("SELECT event, expense FROM deliberation_expense ORDER BY expense").fetchall():
        paid.setdefault(event, []).append(expense)
    rows = db.execute(
        "SELECT event, number, name, step, day, ifnull(person, ''), note, bodies, ifnull(meeting, ''),"
        " ifnull(motion, ''), ifnull(ballot, ''), passed, ifnull(decision, ''), ifnull(notice, ''), ifnull(task, ''),"
        " ifnull(project, ''), satisfied, topic, views, minority, trials FROM deliberation_move"
        " WHERE day <= :day AND :number IN ('', number) ORDER BY day, lamport, device, event",
        {"day": as_of.isoformat(), "number": number},
    ).fetchall()
    found: dict[str, list[Move]] = {}
    for event, of, name, step, day, by, note, bodies, *refs, satisfied, topic, views, minority, trials in rows:
        meeting, motion, ballot, passed, decision, notice, task, project = refs
        found.setdefault(of, []).append(
            Move(
                name, step, date.fromisoformat(day), by, note, tuple(json.loads(bodies)), meeting, motion, ballot,
                _flag(passed), decision, notice, task, project, tuple(paid.get(event, ())), _flag(satisfied), topic,
                tuple(json.loads(views)), minority, tuple(json.loads(trials)),
            )
        )  # fmt: skip
    return found


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def pick(book: Book, text: str) -> str:
    """The number of a proposal as typed. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "deliberation", text)


def one(book: Book, number: str, as_of: date | None = None) -> Deliberation:
    """The proposal of a number that is known to be one, as it stands on a day; if it was made later, as it is now."""
    known = listing(book.db, as_of, number) if as_of else []
    return (known or listing(book.db, date.max, number))[0]


def opinions(db: sqlite3.Connection, of: Deliberation, as_of: date) -> list[Opinion]:
    """The opinions on a proposal: their topic names it, or is its own."""
    return [one for one in correspondence.listing(db, "opinion", as_of) if _belongs(of, one.topic)]


def asked(db: sqlite3.Connection, of: Deliberation, as_of: date) -> dict[str, tuple[Canvass, Counter[str]]]:
    """The canvasses on it by topic, each with how many households gave each answer."""
    found = {topic: one for topic, one in canvasses.everyone(db, as_of).items() if _belongs(of, topic)}
    said = {topic: [door.answer for door in canvasses.doors(db, topic, as_of).values()] for topic in found}
    return {topic: (one, Counter(answer for answer in said[topic] if answer)) for topic, one in found.items()}


def _belongs(of: Deliberation, topic: str) -> bool:
    folded = searching.fold(topic)
    return bool(folded) and any(one in folded or folded in one for one in map(searching.fold, of.topics))
