"""Ballots: votes of the owners, with the roll each was opened with (rolls.py). Opened and closed in polling.py, counted
in tallies.py; papers and slips are in slips.py."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound, Unreadable
from zaoyuan_cli.facts import Fact
from zaoyuan_cli.facts.ballots import BallotClosed, BallotOpened, BallotVoided
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.ballots import Law
from zaoyuan_cli.rules.shares import Share

from . import Book, cuts, journal, naming, numbered, rulings, searching
from .journal import Event
from .ledger import Origin, derives, keeps
from .searching import fold

Day = date
TABLES = (
    "CREATE TABLE ballot (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " matter INTEGER NOT NULL, until TEXT NOT NULL, posted TEXT NOT NULL, took_part TEXT NOT NULL,"
    " consent TEXT NOT NULL, questions INTEGER NOT NULL, silent INTEGER NOT NULL, single INTEGER NOT NULL,"
    " seats INTEGER NOT NULL, special INTEGER NOT NULL, spaces TEXT NOT NULL, apart INTEGER NOT NULL,"
    " judged_by TEXT NOT NULL, text TEXT NOT NULL, asked TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE ballot_voter (event INTEGER NOT NULL, ballot TEXT NOT NULL REFERENCES ballot (number),"
    " voter TEXT NOT NULL, paper INTEGER NOT NULL, rooms TEXT NOT NULL, area INTEGER NOT NULL,"
    " PRIMARY KEY (ballot, voter)) STRICT",
    "CREATE INDEX ballot_voter_event ON ballot_voter (event)",
    "CREATE INDEX ballot_voter_paper ON ballot_voter (ballot, paper)",
    "CREATE TABLE ballot_door (event INTEGER NOT NULL, ballot TEXT NOT NULL, room TEXT NOT NULL, voter TEXT NOT NULL,"
    " PRIMARY KEY (ballot, room)) STRICT",
    "CREATE INDEX ballot_door_event ON ballot_door (event)",
    "CREATE INDEX ballot_door_room ON ballot_door (room)",
    "CREATE TABLE ballot_end (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL UNIQUE REFERENCES ballot (number))"
    " STRICT",  # a vote ends once: closed or void
    "CREATE TABLE ballot_close (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL UNIQUE REFERENCES ballot (number),"
    " day TEXT NOT NULL, step TEXT NOT NULL, heads TEXT NOT NULL, counts TEXT NOT NULL, silent TEXT NOT NULL,"
    " papers TEXT NOT NULL, passed TEXT NOT NULL, decisions TEXT NOT NULL, elected TEXT NOT NULL, level TEXT NOT NULL,"
    " staff TEXT NOT NULL) STRICT",
    "CREATE TABLE ballot_void (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL UNIQUE REFERENCES ballot (number),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
)


@derives(BallotOpened)
def opened(db: sqlite3.Connection, origin: Origin, fact: BallotOpened) -> None:
    db.execute(
        "INSERT INTO ballot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.matter, fact.until.isoformat(),
            fact.posted.isoformat(), fact.took_part, fact.consent, fact.questions, fact.silent, fact.single, fact.seats,
            fact.special, json.dumps(fact.spaces), fact.apart, json.dumps(dict(fact.judged_by), sort_keys=True),
            fact.text, json.dumps(list(fact.asked)), fact.single_reason,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO ballot_voter VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, fact.number, voter, n, rooms, area) for n, (voter, rooms, area) in enumerate(fact.roll, 1)],
    )
    db.executemany(
        "INSERT INTO ballot_door VALUES (?, ?, ?, ?)",
        [(origin.event, fact.number, room, voter) for voter, rooms, _area in fact.roll for room in rooms.split()],
    )
    for rule, key in fact.judged_by.items():
        rulings.judged(db, origin, rule, key)
    searching.put(db, origin, "ballot", fact.number, fact.text, *fact.asked, fact.single_reason)


@derives(BallotClosed)
def closed(db: sqlite3.Connection, origin: Origin, fact: BallotClosed) -> None:
    db.execute("INSERT INTO ballot_end VALUES (?, ?)", (origin.event, fact.ballot))
    lists = (fact.counts, fact.silent, fact.papers, fact.passed)
    db.execute(
        "INSERT INTO ballot_close VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.ballot, fact.on.isoformat(), origin.step, json.dumps(dict(fact.heads), sort_keys=True),
            *map(json.dumps, lists), " ".join(fact.decisions), json.dumps(fact.elected), json.dumps(fact.level),
            json.dumps(fact.staff),
        ),
    )  # fmt: skip
    cuts.put(db, origin, BallotClosed.kind, fact.ballot, fact.heads)


@derives(BallotVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: BallotVoided) -> None:
    db.execute("INSERT INTO ballot_end VALUES (?, ?)", (origin.event, fact.ballot))
    values = (origin.event, fact.ballot, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO ballot_void VALUES (?, ?, ?, ?)", values)


def _of(fact: Fact | None) -> str:
    """The vote whose papers or slips a fact is about, "" for any other fact."""
    return str(fact.__dict__["ballot"]) if fact is not None and fact.kind.startswith("slips.") else ""


@cuts.freezes(BallotClosed)
def freezes(db: sqlite3.Connection, cut: cuts.Cut, fact: Fact) -> str:
    """The papers and slips that a closing counted."""
    if _of(fact) != cut.name:
        return ""
    (closing,) = db.execute("SELECT step FROM ballot_close WHERE event = ?", [cut.event]).fetchone()
    return f"zaoyuan undo {closing}"


@keeps(BallotClosed)
def kept(db: sqlite3.Connection, fact: BallotClosed, taken_back: Mapping[str, Sequence[Event]]) -> list[str]:
    """The undone steps that stood when the vote was closed: its counts have them."""
    over = (
        "SELECT NOT EXISTS (SELECT 1 FROM ballot WHERE number = ?1)"
        " OR EXISTS (SELECT 1 FROM ballot_end WHERE ballot = ?1)"
    )
    if db.execute(over, [fact.ballot]).fetchone()[0]:  # it will not stand itself
        return []
    then = journal.undone(db, fact.heads)
    return [
        name
        for name, events in taken_back.items()
        if name not in then
        and events[0].step.lamport <= fact.heads.get(events[0].step.device[:1], 0)
        and any(_of(one.fact) == fact.ballot for one in events)
    ]


class Ballot(NamedTuple):
    """A vote as it was opened. `law` are the shares it is judged by, `judged_by` the rule versions; `asked` the
    questions in words, at least one; `seats` above 0 where it is an election; `special` where special spaces count,
    `apart` how many people own one and no door; `single_reason` why slips are entered once only ("" for two
    passes). State running, passed, failed, closed (some questions passed, some not), void;
    `reason` is why it is void, `end` how it was closed."""

    ballot: str
    text: str
    matter: int
    date: Day
    posted: Day
    until: Day
    law: Law
    judged_by: dict[str, str]
    asked: tuple[str, ...]
    silent: bool
    single: bool
    single_reason: str
    seats: int
    special: bool
    apart: int
    state: str
    reason: str
    end: "Closing | None"

    @property
    def closed(self) -> Day | None:
        """The day of its closing."""
        return self.end.date if self.end else None


class Closing(NamedTuple):
    """How a vote ended: its day, `heads` the last step of each device that was counted (as JSON), the counts of each
    question (yes, no, abstain in voters and area, blank, invalid), the silent who followed, the papers, the decisions
    ("" for a question that failed), the places of those elected and of those left level, the ids of who counted."""

    date: Day
    heads: str
    counts: tuple[tuple[int, ...], ...]
    silent: tuple[int, ...]
    papers: tuple[int, ...]
    passed: tuple[bool, ...]
    decisions: tuple[str, ...]
    elected: tuple[int, ...]
    level: tuple[int, ...]
    staff: tuple[tuple[str, str], ...]


def everyone(db: sqlite3.Connection, as_of: date | None = None, number: str = "") -> list[Ballot]:
    """The votes opened until a day as they stood on it, the first first."""
    day = (as_of or date.max).isoformat()
    rows = db.execute(
        "SELECT ballot.number, text, matter, ballot.day, posted, until, took_part, consent, judged_by, asked, silent,"
        " single, ballot.reason, seats, special, apart, v.reason FROM ballot"
        " LEFT JOIN ballot_void AS v ON v.ballot = ballot.number AND v.day <= :day"
        " WHERE ballot.day <= :day AND :number IN ('', ballot.number)",
        {"day": day, "number": number},
    ).fetchall()
    ends = {
        number: _closing(*rest)
        for number, *rest in db.execute(
            "SELECT ballot, day, heads, counts, silent, papers, passed, decisions, elected, level, staff"
            " FROM ballot_close WHERE day <= ? AND ? IN ('', ballot)",
            [day, number],
        ).fetchall()
    }
    found = [_read(row, ends.get(row[0])) for row in rows]
    return sorted(found, key=lambda one: (one.date, numbers.split(one.ballot)))


def _closing(
    day: str, heads: str, counts: str, silent: str, papers: str, passed: str, decisions: str, elected: str, level: str,
    staff: str,
) -> Closing:  # fmt: skip
    return Closing(
        date.fromisoformat(day), heads, tuple(map(tuple, json.loads(counts))), _list(silent), _list(papers),
        _list(passed), tuple(decisions.split(" ")), _list(elected), _list(level),
        tuple((duty, person) for duty, person in json.loads(staff)),
    )  # fmt: skip


def _list(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


def _read(row: tuple[Any, ...], end: Closing | None) -> Ballot:
    (
        number, text, matter, day, posted, until, took_part, consent, judged_by, asked, silent, single, reason, seats,
        special, apart, voided_for,
    ) = row  # fmt: skip
    state = "running" if voided_for is None else "void"
    if end:
        state = "passed" if all(end.passed) else "closed" if any(end.passed) else "failed"
        if seats:
            state = "closed" if end.elected else "failed"
    return Ballot(
        number, text, matter, date.fromisoformat(day), date.fromisoformat(posted), date.fromisoformat(until),
        Law(Share(took_part), Share(consent)), json.loads(judged_by), tuple(json.loads(asked)) or (text,), bool(silent),
        bool(single), reason, seats, bool(special), apart, state, voided_for or "", end,
    )  # fmt: skip


def pick(book: Book, text: str, running: bool = False) -> Ballot:
    """The vote of a number as typed (BA2022-1, B1, 1) or of a part of its words; of several, where one is asked for
    that runs, the only one that does. Raises Unreadable, NotFound, Ambiguous."""
    try:
        number = _number(book, text)
    except Ambiguous as several:
        run = [one.ballot for one in everyone(book.db) if one.state == "running"] if running else []
        fits = [one["key"] for one in several.candidates if one["key"] in run]
        if len(fits) != 1:
            raise
        number = fits[0]
    return everyone(book.db, number=number)[0]


def _number(book: Book, text: str) -> str:
    known = {one.ballot: one.text for one in everyone(book.db)}
    try:
        return numbered.pick(book, "ballot", text, label=lambda number: f"{number} {known.get(number, '')}")
    except Unreadable as wrong:
        message, hint = wrong.message, wrong.hint
    return naming.pick(known, text, "ballot", lambda text: NotFound(message, field="ballot", value=text, hint=hint))


def alike(book: Book, text: str) -> list[Ballot]:
    """The running votes of the same words."""
    return [one for one in everyone(book.db) if one.state == "running" and fold(one.text) == fold(text).strip()]
