"""Motions: what was moved at a meeting, and what the vote came to. They are made and voted on in voting.py."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts.motions import MotionMade, MotionVoted
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.motions import Outcome, Tally

from . import Book, numbered, people, rulings, searching
from .ledger import Origin, Problem, derives, judges

TABLES = (
    "CREATE TABLE motion (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " meeting TEXT NOT NULL REFERENCES meeting (number), day TEXT NOT NULL, mover TEXT REFERENCES person (person),"
    " announced INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE TABLE motion_vote (event INTEGER PRIMARY KEY, motion TEXT NOT NULL REFERENCES motion (number),"
    " day TEXT NOT NULL, ayes INTEGER NOT NULL, noes INTEGER NOT NULL, abstain INTEGER NOT NULL,"
    " aside INTEGER NOT NULL, members INTEGER NOT NULL, present INTEGER NOT NULL, needed INTEGER NOT NULL,"
    " share TEXT NOT NULL, quorum INTEGER NOT NULL, passed INTEGER NOT NULL, judged_by TEXT NOT NULL,"
    " decision TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE TABLE ballot_by_name (event INTEGER NOT NULL REFERENCES motion_vote (event),"
    " person TEXT NOT NULL REFERENCES person (person), choice TEXT NOT NULL, PRIMARY KEY (event, person)) STRICT",
)


class Vote(NamedTuple):
    """A vote on a motion: what it came to, the share of all members asked for and the version of the rule that asks it,
    the decision it made ("" for none), who voted how (ids) where that is known, the step that recorded it."""

    date: date
    outcome: Outcome
    share: str
    judged_by: str
    decision: str
    by: dict[str, str]
    step: str


class Motion(NamedTuple):
    """Something moved at a meeting; `mover` is an id or "", `announced` whether the notice had it, `vote` the vote on
    it, None while there is none."""

    motion: str
    meeting: str
    date: date
    mover: str
    announced: bool
    text: str
    vote: Vote | None

    @property
    def state(self) -> str:
        """open, passed, failed."""
        return "open" if self.vote is None else "passed" if self.vote.outcome.passed else "failed"


@derives(MotionMade)
def made(db: sqlite3.Connection, origin: Origin, fact: MotionMade) -> None:
    values = (fact.number, fact.meeting, fact.on.isoformat(), fact.mover or None, fact.announced, fact.text)
    db.execute("INSERT INTO motion VALUES (?, ?, ?, ?, ?, ?, ?)", (origin.event, *values))
    searching.put(db, origin, "motion", fact.number, fact.text)


@derives(MotionVoted)
def voted(db: sqlite3.Connection, origin: Origin, fact: MotionVoted) -> None:
    db.execute(
        "INSERT INTO motion_vote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.motion, fact.on.isoformat(), fact.ayes, fact.noes, fact.abstain, fact.aside,
            fact.members, fact.present, fact.needed, fact.share, fact.quorum, fact.passed, fact.judged_by,
            fact.decision, *origin[1:],
        ),
    )  # fmt: skip
    votes = [(origin.event, person, choice) for person, choice in fact.votes]
    db.executemany("INSERT INTO ballot_by_name VALUES (?, ?, ?)", votes)
    rulings.judged(db, origin, "committee.majority", fact.judged_by)
    rulings.judged(db, origin, "committee.quorum", fact.quorum_by)


@judges
def voted_twice(db: sqlite3.Connection) -> Iterator[Problem]:
    """A motion is voted on once; on two laptops it can have been twice. Both stand until one step is undone."""
    found = db.execute("SELECT motion FROM motion_vote GROUP BY motion HAVING count(*) > 1 ORDER BY motion").fetchall()
    for (motion,) in found:
        steps = ", ".join(vote.step for vote in _votes(db).get(motion, ()))
        message = _("Motion {motion} was voted on more than once ({steps}); undo the step that does not count.")
        yield Problem("voted_twice", motion, message.format(motion=motion, steps=steps), len(steps))


def pick(book: Book, text: str) -> str:
    """The number of a motion as typed: MA2022-3-2, M3-2. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "motion", text)


def listing(db: sqlite3.Connection, meeting: str = "", as_of: date | None = None) -> list[Motion]:
    """The motions of a meeting (of all without one) by meeting and number, as they stand at the end of a day (now
    without one). Of several votes on one the first counts."""
    until = (as_of or date.max).isoformat()
    votes = _votes(db)
    rows = db.execute(
        "SELECT number, meeting, day, ifnull(mover, ''), announced, text FROM motion WHERE day <= ?1"
        " AND (meeting = ?2 OR ?2 = '')",
        [until, meeting],
    ).fetchall()
    found = []
    for number, of, day, mover, announced, text in rows:
        vote = next((one for one in votes.get(number, ()) if one.date.isoformat() <= until), None)
        found.append(Motion(number, of, date.fromisoformat(day), mover, bool(announced), text, vote))
    return sorted(found, key=lambda one: (numbers.split(one.motion), one.motion))


def _votes(db: sqlite3.Connection) -> dict[str, list[Vote]]:
    """Every vote, by motion."""
    known_as = people.kept(db)
    names: dict[int, dict[str, str]] = {}
    for event, person, choice in db.execute(
        "SELECT event, person, choice FROM ballot_by_name ORDER BY event, rowid"
    ).fetchall():
        names.setdefault(event, {})[known_as.get(person, person)] = choice
    found: dict[str, list[Vote]] = {}
    for row in db.execute("SELECT * FROM motion_vote ORDER BY lamport, device, event").fetchall():
        event, motion, day, ayes, noes, abstain, aside, members, present, needed, share, quorum, passed, *rest = row
        judged_by, decision, lamport, device = rest
        outcome = Outcome(Tally(ayes, noes, abstain, aside), members, present, needed, bool(quorum), bool(passed))
        step = Origin(event, lamport, device).step
        vote = Vote(date.fromisoformat(day), outcome, share, judged_by, decision, names.get(event, {}), step)
        found.setdefault(motion, []).append(vote)
    return found


def one(book: Book, text: str, as_of: date | None = None) -> Motion:
    """The motion of a number as typed, as it stands at the end of a day, or now if it was not made by then.
    Raises Unreadable, NotFound, Ambiguous."""
    number = pick(book, text)
    known = [*listing(book.db, as_of=as_of), *listing(book.db)]
    return next(motion for motion in known if motion.motion == number)
