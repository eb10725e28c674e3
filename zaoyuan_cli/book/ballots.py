"""Ballots: votes of the owners, with the roll each was opened with, its papers and its slips. Opened and closed in
polling.py, counted in tallies.py."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.facts.ballots import (
    BallotClosed,
    BallotOpened,
    BallotVoided,
    PaperIssued,
    PaperReturned,
    SlipCast,
    SlipVoided,
)  # fmt: skip
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.ballots import Law, Sum
from zaoyuan_cli.rules.shares import Share

from . import Book, numbered, rulings, searching
from .ledger import Origin, derives

Day = date
TABLES = (
    "CREATE TABLE ballot (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " matter INTEGER NOT NULL, until TEXT NOT NULL, posted TEXT NOT NULL, took_part TEXT NOT NULL,"
    " consent TEXT NOT NULL, questions INTEGER NOT NULL, silent INTEGER NOT NULL, single INTEGER NOT NULL,"
    " seats INTEGER NOT NULL, judged_by TEXT NOT NULL, text TEXT NOT NULL, asked TEXT NOT NULL, reason TEXT NOT NULL)"
    " STRICT",
    "CREATE TABLE ballot_voter (event INTEGER NOT NULL, ballot TEXT NOT NULL REFERENCES ballot (number),"
    " voter TEXT NOT NULL, paper INTEGER NOT NULL, rooms TEXT NOT NULL, area INTEGER NOT NULL,"
    " PRIMARY KEY (ballot, voter)) STRICT, WITHOUT ROWID",
    "CREATE INDEX ballot_voter_event ON ballot_voter (event)",
    "CREATE TABLE ballot_paper (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL,"
    " paper INTEGER NOT NULL, via TEXT NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (ballot, paper),"
    " FOREIGN KEY (ballot, voter) REFERENCES ballot_voter (ballot, voter)) STRICT",
    "CREATE TABLE ballot_return (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL,"
    " paper INTEGER NOT NULL, spoiled INTEGER NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL,"
    " FOREIGN KEY (ballot, voter) REFERENCES ballot_voter (ballot, voter)) STRICT",
    "CREATE INDEX ballot_return_of ON ballot_return (ballot, voter)",
    "CREATE TABLE slip (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL, entry INTEGER NOT NULL,"
    " turn INTEGER NOT NULL, paper INTEGER NOT NULL, received TEXT NOT NULL, choices TEXT NOT NULL,"
    " proxy TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (ballot, voter, entry, turn),"
    " FOREIGN KEY (ballot, voter) REFERENCES ballot_voter (ballot, voter)) STRICT",
    "CREATE TABLE slip_void (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL,"
    " turn INTEGER NOT NULL, day TEXT NOT NULL, reason TEXT NOT NULL,"
    " FOREIGN KEY (ballot, voter) REFERENCES ballot_voter (ballot, voter)) STRICT",
    "CREATE INDEX slip_void_of ON slip_void (ballot, voter, turn)",
    "CREATE TABLE ballot_close (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL UNIQUE REFERENCES ballot (number),"
    " day TEXT NOT NULL, counts TEXT NOT NULL, passed TEXT NOT NULL, decisions TEXT NOT NULL, elected TEXT NOT NULL,"
    " witnesses TEXT NOT NULL) STRICT",
    "CREATE TABLE ballot_void (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL REFERENCES ballot (number),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE VIEW counted_slip AS SELECT * FROM slip WHERE NOT EXISTS (SELECT 1 FROM slip_void WHERE"
    " slip_void.ballot = slip.ballot AND slip_void.voter = slip.voter AND slip_void.turn = slip.turn)",
)


@derives(BallotOpened)
def opened(db: sqlite3.Connection, origin: Origin, fact: BallotOpened) -> None:
    db.execute(
        "INSERT INTO ballot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.matter, fact.until.isoformat(),
            fact.posted.isoformat(), fact.took_part, fact.consent, fact.questions, fact.silent, fact.single, fact.seats,
            json.dumps(dict(fact.judged_by), sort_keys=True), fact.text, json.dumps(list(fact.asked)), fact.single_reason,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO ballot_voter VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, fact.number, voter, n, rooms, area) for n, (voter, rooms, area) in enumerate(fact.roll, 1)],
    )
    for rule, key in fact.judged_by.items():
        rulings.judged(db, origin, rule, key)
    searching.put(db, origin, "ballot", fact.number, fact.text, *fact.asked)


@derives(PaperIssued)
def issued(db: sqlite3.Connection, origin: Origin, fact: PaperIssued) -> None:
    values = (origin.event, fact.ballot, fact.voter, fact.paper, fact.via, fact.on.isoformat(), fact.note)
    db.execute("INSERT INTO ballot_paper VALUES (?, ?, ?, ?, ?, ?, ?)", values)


@derives(PaperReturned)
def returned(db: sqlite3.Connection, origin: Origin, fact: PaperReturned) -> None:
    values = (origin.event, fact.ballot, fact.voter, fact.paper, fact.spoiled, fact.on.isoformat(), fact.note)
    db.execute("INSERT INTO ballot_return VALUES (?, ?, ?, ?, ?, ?, ?)", values)


@derives(SlipCast)
def cast(db: sqlite3.Connection, origin: Origin, fact: SlipCast) -> None:
    db.execute(
        "INSERT INTO slip VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.ballot, fact.voter, fact.entry, fact.turn, fact.paper, fact.received.isoformat(),
            ",".join(fact.choices), fact.proxy, fact.note,
        ),
    )  # fmt: skip


@derives(SlipVoided)
def slip_voided(db: sqlite3.Connection, origin: Origin, fact: SlipVoided) -> None:
    values = (origin.event, fact.ballot, fact.voter, fact.turn, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO slip_void VALUES (?, ?, ?, ?, ?, ?)", values)


@derives(BallotClosed)
def closed(db: sqlite3.Connection, origin: Origin, fact: BallotClosed) -> None:
    db.execute(
        "INSERT INTO ballot_close VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.ballot, fact.on.isoformat(), json.dumps(fact.counts), json.dumps(fact.passed),
            " ".join(fact.decisions), json.dumps(fact.elected), " ".join(fact.witnesses),
        ),
    )  # fmt: skip


@derives(BallotVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: BallotVoided) -> None:
    values = (origin.event, fact.ballot, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO ballot_void VALUES (?, ?, ?, ?)", values)


class Ballot(NamedTuple):
    """A vote as it was opened. `law` are the shares it is judged by, `judged_by` the rule versions; `asked` the
    questions in words, at least one; `seats` above 0 where it is an election; `single` the reason why slips are entered
    once only ("" for two passes). State running, passed, failed, closed (some questions passed, some not), void; with
    the day of its closing and its decisions, "" for a question that failed."""

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
    state: str
    closed: Day | None
    decisions: tuple[str, ...]
    elected: tuple[int, ...]
    witnesses: tuple[str, ...]
    reason: str


class Voter(NamedTuple):
    """A voter of a roll: their paper's serial number, the rooms and their area together in 0.01 m2."""

    voter: str
    paper: int
    rooms: tuple[str, ...]
    area: int

    @property
    def sum(self) -> Sum:
        """One person and their area."""
        return Sum(1, self.area)


def everyone(db: sqlite3.Connection, as_of: date | None = None, number: str = "") -> list[Ballot]:
    """The votes opened until a day as they stood on it, the first first."""
    day = (as_of or date.max).isoformat()
    rows = db.execute(
        "SELECT ballot.number, text, matter, ballot.day, posted, until, took_part, consent, judged_by, asked, silent,"
        " single, ballot.reason, seats, c.day, c.passed, c.decisions, c.elected, c.witnesses,"
        " (SELECT min(v.reason) FROM ballot_void AS v WHERE v.ballot = ballot.number AND v.day <= :day)"
        " FROM ballot LEFT JOIN ballot_close AS c ON c.ballot = ballot.number AND c.day <= :day"
        " WHERE ballot.day <= :day AND :number IN ('', ballot.number)",
        {"day": day, "number": number},
    ).fetchall()
    return sorted(map(_read, rows), key=lambda one: (one.date, numbers.split(one.ballot)))


def _read(row: tuple[Any, ...]) -> Ballot:
    (
        number, text, matter, day, posted, until, took_part, consent, judged_by, asked, silent, single, reason, seats,
        closed_on, passed, decisions, elected, witnesses, voided_for,
    ) = row  # fmt: skip
    results = json.loads(passed) if passed else []
    state = "running"
    if results:
        state = "passed" if all(results) else "closed" if any(results) else "failed"
    return Ballot(
        number, text, matter, date.fromisoformat(day), date.fromisoformat(posted), date.fromisoformat(until),
        Law(Share(took_part), Share(consent)), json.loads(judged_by), tuple(json.loads(asked)) or (text,), bool(silent),
        bool(single), reason, seats, "void" if voided_for is not None else state,
        date.fromisoformat(closed_on) if closed_on else None,
        tuple(decisions.split(" ")) if decisions is not None else (), tuple(json.loads(elected or "[]")),
        tuple((witnesses or "").split()), voided_for or "",
    )  # fmt: skip


def pick(book: Book, text: str) -> Ballot:
    """The vote of a number as typed: BA2022-1, B1, 1. Raises Unreadable, NotFound, Ambiguous."""
    return everyone(book.db, number=numbered.pick(book, "ballot", text))[0]


def roll(db: sqlite3.Connection, ballot: str) -> list[Voter]:
    """The voters of a vote in the order of their papers."""
    rows = db.execute(
        "SELECT voter, paper, rooms, area FROM ballot_voter WHERE ballot = ? ORDER BY paper", [ballot]
    ).fetchall()
    return [Voter(voter, paper, tuple(rooms.split()), area) for voter, paper, rooms, area in rows]


def roll_sum(db: sqlite3.Connection, ballot: str) -> Sum:
    """All persons and all area of a vote's roll."""
    row = db.execute("SELECT count(*), sum(area) FROM ballot_voter WHERE ballot = ?", [ballot]).fetchone()
    return Sum(row[0], row[1] or 0)


def voter_of(voters: Iterable[Voter], room: str) -> Voter | None:
    """Whose a door is in a roll; None for a door it does not have."""
    return next((one for one in voters if room in one.rooms), None)
