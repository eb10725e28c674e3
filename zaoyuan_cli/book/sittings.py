"""Sittings: the lines of minutes typed while a meeting goes on, and the item each belongs to. The verbs are in
minuting.py."""

import sqlite3
from typing import NamedTuple

from zaoyuan_cli.facts.sittings import LineCorrected, LineNoted, SittingBegun, SittingEnded

from . import people, searching, signings
from .journal import Step
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE sitting (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " day TEXT NOT NULL, at TEXT NOT NULL, ended INTEGER NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL)"
    " STRICT",
    "CREATE TABLE sitting_line (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " step TEXT NOT NULL UNIQUE, what TEXT NOT NULL, at TEXT NOT NULL, speaker TEXT REFERENCES person (person),"
    " name TEXT NOT NULL, text TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE INDEX sitting_line_meeting ON sitting_line (meeting)",
    "CREATE TABLE sitting_fix (event INTEGER PRIMARY KEY, line TEXT NOT NULL REFERENCES sitting_line (step),"
    " what TEXT NOT NULL, speaker TEXT REFERENCES person (person), name TEXT NOT NULL, text TEXT NOT NULL,"
    " lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE INDEX sitting_fix_line ON sitting_fix (line)",
    "CREATE TABLE sitting_over (event INTEGER NOT NULL, step TEXT NOT NULL, PRIMARY KEY (event, step)) STRICT",
)
ITEM, SPEECH, BREAK, RESUME = "item", "speech", "break", "resume"


class Line(NamedTuple):
    """A line as it reads now. `what` is item, speech, break, resume, motion or task; `speaker` a person's id or "",
    `name` who the roll does not know; `ref` the number of a motion or task; `step` what recorded it."""

    what: str
    at: str
    speaker: str
    name: str
    text: str
    ref: str
    step: str


class Section(NamedTuple):
    """An item of the meeting, "" for what was said before the first, and its lines in order."""

    title: str
    lines: tuple[Line, ...]


@derives(SittingBegun)
def begun(db: sqlite3.Connection, origin: Origin, fact: SittingBegun) -> None:
    values = (origin.event, fact.meeting, fact.on.isoformat(), fact.at, 0, *origin[1:])
    db.execute("INSERT INTO sitting VALUES (?, ?, ?, ?, ?, ?, ?)", values)


@derives(SittingEnded)
def ended(db: sqlite3.Connection, origin: Origin, fact: SittingEnded) -> None:
    values = (origin.event, fact.meeting, fact.on.isoformat(), fact.at, 1, *origin[1:])
    db.execute("INSERT INTO sitting VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    over = [(origin.event, step) for step in dict.fromkeys(fact.replaces)]
    db.executemany("INSERT INTO sitting_over VALUES (?, ?)", over)


@derives(LineNoted)
def noted(db: sqlite3.Connection, origin: Origin, fact: LineNoted) -> None:
    db.execute(
        "INSERT INTO sitting_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.meeting, origin.step, fact.what, fact.at, fact.speaker or None, fact.name, fact.text,
            *origin[1:],
        ),
    )  # fmt: skip
    searching.put(db, origin, "meeting", fact.meeting, fact.text if fact.what == ITEM else "", fact.name, fact.text)


@derives(LineCorrected)
def corrected(db: sqlite3.Connection, origin: Origin, fact: LineCorrected) -> None:
    values = (origin.event, fact.line, fact.what, fact.speaker or None, fact.name, fact.text, *origin[1:])
    db.execute("INSERT INTO sitting_fix VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    of = db.execute("SELECT meeting FROM sitting_line WHERE step = ?", [fact.line]).fetchone()
    searching.put(db, origin, "meeting", of[0] if of else "", "", fact.name, fact.text)


def live(db: sqlite3.Connection) -> list[str]:
    """The meetings whose minutes were begun and not ended, the one begun last first."""
    rows = db.execute("SELECT meeting, ended FROM sitting ORDER BY lamport, device, event").fetchall()
    last: dict[str, int] = {}
    for meeting, over in rows:
        last.pop(meeting, None)
        last[meeting] = over
    return [meeting for meeting, over in reversed(last.items()) if not over]


def span(db: sqlite3.Connection, meeting: str) -> tuple[str, str]:
    """When the minutes were begun first and ended last, HH:MM or ""."""
    rows = db.execute(
        "SELECT at, ended FROM sitting WHERE meeting = ? ORDER BY lamport, device, event", [meeting]
    ).fetchall()
    first = next((at for at, over in rows if not over), "")
    return first, next((at for at, over in reversed(rows) if over), "")


def replaced(db: sqlite3.Connection) -> set[str]:
    """The steps that a later paper stands for."""
    return {step for (step,) in db.execute("SELECT step FROM sitting_over").fetchall()}


_LINES = (
    "SELECT line.lamport, line.device, line.event, ifnull(fix.what, line.what), line.at,"
    " ifnull(CASE WHEN fix.event IS NULL THEN line.speaker ELSE fix.speaker END, ''),"
    " ifnull(fix.name, line.name), ifnull(fix.text, line.text), '', line.step"
    " FROM sitting_line AS line LEFT JOIN sitting_fix AS fix ON fix.event ="
    " (SELECT event FROM sitting_fix WHERE line = line.step ORDER BY lamport DESC, device DESC LIMIT 1)"
    " WHERE line.meeting = ?1"
    " UNION ALL SELECT lamport, device, motion.event, 'motion', '', ifnull(mover, ''), '', text, number, ''"
    " FROM motion JOIN event ON event.id = motion.event JOIN command ON command.id = event.command WHERE meeting = ?1"
    " UNION ALL SELECT lamport, device, task.event, 'task', '', ifnull(by, ''), task.who, text, number, ''"
    " FROM task JOIN event ON event.id = task.event JOIN command ON command.id = event.command WHERE meeting = ?1"
    " ORDER BY 1, 2, 3"
)


def sections(db: sqlite3.Connection, meeting: str, records: bool = True) -> list[Section]:
    """What was typed, item by item; with `records` the motions and tasks where they came up. Each laptop's lines belong
    to the item it was at; items of one title are one. What came after the minutes were closed is in `late`."""
    return _sections(db, meeting, records, late=False)


def late(db: sqlite3.Connection, meeting: str) -> list[Section]:
    """The lines of other laptops that arrived after the minutes were posted or locked, and are on no paper."""
    return _sections(db, meeting, records=False, late=True)


def _sections(db: sqlite3.Connection, meeting: str, records: bool, late: bool) -> list[Section]:
    known_as, over, frozen = people.kept(db), replaced(db), signings.frozen_by(db, meeting)
    at: dict[str, str] = {}
    titles: dict[str, str] = {}
    found: dict[str, list[Line]] = {}
    for lamport, device, _event, what, time, speaker, *rest in db.execute(_LINES, [meeting]).fetchall():
        line = Line(what, time, known_as.get(speaker, speaker), *rest)
        if line.step in over or (what in ("motion", "task") and not records):
            continue
        if what == ITEM:
            at[device] = at[""] = searching.fold(line.text)
            titles.setdefault(at[device], line.text)
        if any(not cut.holds(Step(lamport, device)) for cut in frozen) == late:
            here = found.setdefault(at.get(device, at.get("", "")), [])
            if what != ITEM:
                here.append(line)
    return [Section(titles.get(key, ""), tuple(lines)) for key, lines in found.items()]


def items(db: sqlite3.Connection, meeting: str) -> list[str]:
    """The steps that began an item, in order."""
    rows = db.execute(_LINES, [meeting]).fetchall()
    return [row[-1] for row in rows if row[3] == ITEM]


def line_of(db: sqlite3.Connection, step: str) -> Line | None:
    """The line that a step noted, as it reads now; None where it noted none."""
    row = db.execute("SELECT meeting FROM sitting_line WHERE step = ?", [step]).fetchone()
    rows = db.execute(_LINES, [row[0]]).fetchall() if row else []
    return next((Line(*one[3:]) for one in rows if one[-1] == step), None)


def guests(db: sqlite3.Connection, meeting: str) -> list[str]:
    """Who spoke and is not on the roll, by name."""
    spoken = [line.name for section in sections(db, meeting) for line in section.lines if line.what == SPEECH]
    return list(dict.fromkeys(filter(None, spoken)))
