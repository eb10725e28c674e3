"""Signings: what became of the minutes of a meeting as a paper, and what that froze. Posting and locking are cuts:
lines, attendance, motions, votes, decisions and tasks of the meeting that the paper has take no change (R-38). A
withdrawal lifts the first; the second stays, and what is to be said after it is an addendum."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.facts import Fact
from zaoyuan_cli.facts.signings import MinutesAdded, MinutesLocked, MinutesPosted, MinutesSigned, MinutesWithdrawn
from zaoyuan_cli.i18n import sample
from zaoyuan_cli.rules import numbers

from . import cuts, journal, people, rulings, searching
from .journal import Event
from .ledger import Origin, derives, keeps

TABLES = (
    "CREATE TABLE signature (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " person TEXT NOT NULL REFERENCES person (person), day TEXT NOT NULL, lamport INTEGER NOT NULL) STRICT",
    "CREATE TABLE edition (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " edition INTEGER NOT NULL, day TEXT NOT NULL, place TEXT NOT NULL, override TEXT NOT NULL,"
    " unsigned TEXT NOT NULL, judged_by TEXT NOT NULL, record TEXT NOT NULL, summary TEXT NOT NULL,"
    " lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE TABLE edition_end (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " edition INTEGER NOT NULL, day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE minutes_lock (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " day TEXT NOT NULL, override TEXT NOT NULL, unsigned TEXT NOT NULL) STRICT",
    "CREATE TABLE addendum (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " day TEXT NOT NULL, text TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
)
Day: TypeAlias = date


class Edition(NamedTuple):
    """Minutes that went up: when, where, why without the signatures of whom (ids); the day and reason they were taken
    down, None and "" while they hang; the papers as they were."""

    edition: int
    date: date
    place: str
    override: str
    unsigned: tuple[str, ...]
    judged_by: str
    withdrawn: Day | None
    reason: str
    record: str
    summary: str


class Lock(NamedTuple):
    """Minutes that take no change: since when, why without the signatures of whom (ids)."""

    date: date
    override: str
    unsigned: tuple[str, ...]


class Addendum(NamedTuple):
    """Something added to minutes that take no change."""

    date: date
    text: str


@derives(MinutesSigned)
def signed(db: sqlite3.Connection, origin: Origin, fact: MinutesSigned) -> None:
    values = (origin.event, fact.meeting, fact.person, fact.on.isoformat(), origin.lamport)
    db.execute("INSERT INTO signature VALUES (?, ?, ?, ?, ?)", values)


@derives(MinutesPosted)
def posted(db: sqlite3.Connection, origin: Origin, fact: MinutesPosted) -> None:
    db.execute(
        "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.meeting, fact.edition, fact.on.isoformat(), fact.place, fact.override,
            " ".join(fact.unsigned), fact.judged_by, fact.record, fact.summary, *origin[1:],
        ),
    )  # fmt: skip
    rulings.judged(db, origin, fact.rule, fact.judged_by)
    cuts.put(db, origin, fact.kind, fact.meeting, fact.heads)


@derives(MinutesWithdrawn)
def withdrawn(db: sqlite3.Connection, origin: Origin, fact: MinutesWithdrawn) -> None:
    values = (origin.event, fact.meeting, fact.edition, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO edition_end VALUES (?, ?, ?, ?, ?)", values)


@derives(MinutesLocked)
def locked(db: sqlite3.Connection, origin: Origin, fact: MinutesLocked) -> None:
    values = (origin.event, fact.meeting, fact.on.isoformat(), fact.override, " ".join(fact.unsigned))
    db.execute("INSERT INTO minutes_lock VALUES (?, ?, ?, ?, ?)", values)
    cuts.put(db, origin, fact.kind, fact.meeting, fact.heads)


@derives(MinutesAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: MinutesAdded) -> None:
    values = (origin.event, fact.meeting, fact.on.isoformat(), fact.text, *origin[1:])
    db.execute("INSERT INTO addendum VALUES (?, ?, ?, ?, ?, ?)", values)
    searching.put(db, origin, "meeting", fact.meeting, "", fact.text)


_CHANGED = (
    "SELECT ifnull(max(lamport), 0) FROM command JOIN event ON event.command = command.id WHERE event.id IN ("
    "SELECT event FROM sitting_line WHERE meeting = ?1 UNION SELECT event FROM minute WHERE meeting = ?1"
    " UNION SELECT sitting_fix.event FROM sitting_fix JOIN sitting_line ON step = line WHERE meeting = ?1"
    " UNION SELECT event FROM meeting_record WHERE meeting = ?1 UNION SELECT event FROM attendance WHERE meeting = ?1"
    " UNION SELECT event FROM motion WHERE meeting = ?1 UNION SELECT event FROM task WHERE meeting = ?1"
    " UNION SELECT motion_vote.event FROM motion_vote JOIN motion ON number = motion WHERE meeting = ?1)"
)


def signatures(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> dict[str, date]:
    """Who signed the minutes as they are, and on which day. What was signed before the last change signs nothing."""
    known_as = people.kept(db)
    changed = db.execute(_CHANGED, [meeting]).fetchone()[0]
    rows = db.execute(
        "SELECT person, min(day) FROM signature WHERE meeting = ? AND lamport > ? AND day <= ? GROUP BY person"
        " ORDER BY min(day), min(lamport), person",
        [meeting, changed, (as_of or date.max).isoformat()],
    ).fetchall()
    return {known_as.get(person, person): date.fromisoformat(day) for person, day in rows}


def editions(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> list[Edition]:
    """Every edition that went up to the end of a day (now without one), the first first. Two laptops may have posted
    one each."""
    until = (as_of or date.max).isoformat()
    rows = db.execute(
        "SELECT edition.edition, edition.day, place, override, unsigned, judged_by,"
        " (SELECT day FROM edition_end AS ended WHERE ended.meeting = edition.meeting"
        "  AND ended.edition = edition.edition AND ended.day <= ?2 ORDER BY day, reason LIMIT 1),"
        " ifnull((SELECT reason FROM edition_end AS ended WHERE ended.meeting = edition.meeting"
        "  AND ended.edition = edition.edition AND ended.day <= ?2 ORDER BY day, reason LIMIT 1), ''),"
        " record, summary FROM edition WHERE meeting = ?1 AND edition.day <= ?2"
        " ORDER BY edition.edition, lamport, device",
        [meeting, until],
    ).fetchall()
    return [
        Edition(n, date.fromisoformat(day), place, why, tuple(unsigned.split()), key, _day(ended), reason, *papers)
        for n, day, place, why, unsigned, key, ended, reason, *papers in rows
    ]


def hanging(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> Edition | None:
    """The edition that hangs; None where none went up, or the last was taken down."""
    return next((one for one in reversed(editions(db, meeting, as_of)) if one.withdrawn is None), None)


def lock(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> Lock | None:
    """How the minutes were locked; None while they are not."""
    row = db.execute(
        "SELECT day, override, unsigned FROM minutes_lock WHERE meeting = ? AND day <= ? ORDER BY day, event LIMIT 1",
        [meeting, (as_of or date.max).isoformat()],
    ).fetchone()
    return Lock(date.fromisoformat(row[0]), row[1], tuple(row[2].split())) if row else None


def addenda(db: sqlite3.Connection, meeting: str, as_of: date | None = None) -> list[Addendum]:
    """What was added, by its day."""
    rows = db.execute(
        "SELECT day, text FROM addendum WHERE meeting = ? AND day <= ? ORDER BY day, lamport, device",
        [meeting, (as_of or date.max).isoformat()],
    ).fetchall()
    return [Addendum(date.fromisoformat(day), text) for day, text in rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# ---- what was frozen

LIFTED = (
    "SELECT EXISTS (SELECT 1 FROM edition JOIN edition_end USING (meeting, edition) WHERE edition.event = ?)"
)  # fmt: skip
_NOUNS = {"sittings": "meeting", "minutes": "meeting", "attendances": "number", "decisions": "meeting"}
_OTHERS = {
    "meetings.edited.v1": "number", "meetings.recorded.v1": "number", "meetings.cancelled.v1": "number",
    "meetings.held.v1": "number", "motions.made.v1": "meeting", "tasks.given.v1": "meeting",
    "signings.signed.v1": "meeting",
}  # fmt: skip


def frozen_by(db: sqlite3.Connection, meeting: str) -> list[cuts.Cut]:
    """The cuts that freeze the minutes of a meeting."""
    return [
        cut
        for cut in cuts.standing(db)
        if cut.name == meeting and cut.kind.startswith("signings.") and not _lifted(db, cut)
    ]


def _lifted(db: sqlite3.Connection, cut: cuts.Cut) -> bool:
    return cut.kind == MinutesPosted.kind and bool(db.execute(LIFTED, [cut.event]).fetchone()[0])


def _touched(db: sqlite3.Connection, fact: Fact) -> str:
    """The meeting whose minutes a fact is a part of, "" for none."""
    values = fact.__dict__
    if fact.kind == "motions.voted.v1":
        device, year, n, _sub = numbers.split(values["motion"])
        return numbers.format("meeting", device, year, n)
    if fact.kind == "sittings.corrected.v1":
        row = db.execute("SELECT meeting FROM sitting_line WHERE step = ?", [values["line"]]).fetchone()
        return str(row[0]) if row else ""
    field = _OTHERS.get(fact.kind) or _NOUNS.get(fact.kind.partition(".")[0], "")
    return str(values.get(field) or "")


@cuts.freezes(MinutesPosted)
@cuts.freezes(MinutesLocked)
def freezes(db: sqlite3.Connection, cut: cuts.Cut, fact: Fact) -> str:
    """Everything the paper has. A signature may still be added while it only hangs, and none taken away."""
    if _touched(db, fact) != cut.name or _lifted(db, cut):
        return ""
    if isinstance(fact, MinutesSigned) and cut.kind == MinutesPosted.kind:
        there = "SELECT 1 FROM signature WHERE meeting = ? AND person = ?"
        if not db.execute(there, [fact.meeting, fact.person]).fetchone():
            return ""
    addendum = sample(f"zaoyuan meeting addendum {cut.name} TEXT")
    if lock(db, cut.name):
        return addendum
    return addendum + "\n" + sample(f"zaoyuan meeting withdraw {cut.name} --reason TEXT")


@keeps(MinutesPosted)
@keeps(MinutesLocked)
def kept(
    db: sqlite3.Connection, fact: MinutesPosted | MinutesLocked, taken_back: Mapping[str, Sequence[Event]]
) -> list[str]:
    """The undone steps that stood when the minutes went up or were locked: the paper has them."""
    there = db.execute("SELECT 1 FROM meeting WHERE number = ?", [fact.meeting]).fetchone()
    if not there or (isinstance(fact, MinutesPosted) and _taken_down(db, fact)):
        return []
    then = journal.undone(db, fact.heads)
    found = []
    for name, events in taken_back.items():
        step = events[0].step
        inside = step.lamport <= fact.heads.get(step.device[:1], 0) and name not in then
        if inside and any(one.fact is not None and _touched(db, one.fact) == fact.meeting for one in events):
            found.append(name)
    return found


def _taken_down(db: sqlite3.Connection, fact: MinutesPosted) -> bool:
    row = db.execute(
        "SELECT 1 FROM event WHERE kind = ? AND body ->> 'meeting' = ? AND body ->> 'edition' = ?",
        [MinutesWithdrawn.kind, fact.meeting, fact.edition],
    ).fetchone()
    return row is not None
