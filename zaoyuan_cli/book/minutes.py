"""Minutes: what was said, item by item; and the paper of a whole meeting, kept in one step."""

import sqlite3
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.meetings import MeetingHeld, MeetingRecorded
from zaoyuan_cli.facts.minutes import MinutesWritten
from zaoyuan_cli.facts.tasks import TaskGiven
from zaoyuan_cli.i18n import _

from . import Book, decisions, meetings, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE minute (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " item INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE INDEX minute_meeting ON minute (meeting, item)",
)


class Item(NamedTuple):
    """One item of the agenda and what was said on it, as Markdown."""

    title: str
    text: str


class Decided(NamedTuple):
    """A decision; `paper` is its number on paper."""

    text: str
    paper: str = ""


class Given(NamedTuple):
    """A task; `by` is a person id, or `who` a name the roll does not know."""

    text: str
    by: str = ""
    who: str = ""
    due: date | None = None


class Paper(NamedTuple):
    """What the paper of a meeting says, with the people the roll knows as ids."""

    body: str
    on: date
    title: str
    place: str = ""
    chair: str = ""
    recorder: str = ""
    chair_name: str = ""
    recorder_name: str = ""
    present: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    absent: tuple[str, ...] | None = None
    items: tuple[Item, ...] = ()
    decisions: tuple[Decided, ...] = ()
    tasks: tuple[Given, ...] = ()


class Kept(NamedTuple):
    """The numbers that a paper got."""

    meeting: str
    decisions: tuple[str, ...]
    tasks: tuple[str, ...]


@derives(MinutesWritten)
def written(db: sqlite3.Connection, origin: Origin, fact: MinutesWritten) -> None:
    db.execute(
        "INSERT INTO minute VALUES (?, ?, ?, ?, ?)", (origin.event, fact.meeting, fact.item, fact.title, fact.text)
    )
    searching.put(db, origin, "meeting", fact.meeting, fact.title, fact.text)


def of(db: sqlite3.Connection, meeting: str) -> list[Item]:
    """The items of a meeting, in order."""
    rows = db.execute("SELECT title, text FROM minute WHERE meeting = ? ORDER BY item, event", [meeting]).fetchall()
    return [Item(*row) for row in rows]


def keep(book: Book, paper: Paper, verb: str, again: bool = False) -> Kept:
    """Record a meeting with its minutes, decisions and tasks in one step, `verb`; one that was planned for that day
    keeps its number. Raises Refusal where its paper is there already and `again` is false, or a number on paper is
    given twice."""
    with book.writing(verb):
        if not again and (number := meetings.same(book.db, paper.body, paper.on, paper.title)):
            raise already(paper, number)
        meeting = _meeting(book, paper)
        for n, item in enumerate(paper.items, 1):
            book.record(MinutesWritten(meeting=meeting, item=n, on=paper.on, title=item.title, text=item.text))
        made = [decisions.make(book, one.text, paper.body, paper.on, one.paper, meeting) for one in paper.decisions]
        tasks = tuple(_give(book, paper, meeting, task) for task in paper.tasks)
    return Kept(meeting, tuple(one.decision for one in made), tasks)


def already(paper: Paper, number: str) -> Refusal:
    """The refusal of a meeting that is there already."""
    said = _("{body} has a meeting “{title}” of {day} already: {number}.")
    return Refusal(
        said.format(body=paper.body, title=paper.title, day=paper.on, number=number), field="meeting", value=number
    )


def _meeting(book: Book, paper: Paper) -> str:
    planned = meetings.awaited(book.db, paper.body, paper.on, paper.title)
    number = planned.meeting if planned else book.number("meeting")
    said: dict[str, Any] = {
        "number": number, "chair": paper.chair, "recorder": paper.recorder, "present": paper.present,
        "place": paper.place, "chair_name": paper.chair_name, "recorder_name": paper.recorder_name,
        "guests": paper.guests, "absent": paper.absent,
    }  # fmt: skip
    if planned:
        book.record(MeetingRecorded(**said))
    else:
        book.record(MeetingHeld(body=paper.body, on=paper.on, title=paper.title, **said))
    return number


def _give(book: Book, paper: Paper, meeting: str, task: Given) -> str:
    number = book.number("task")
    book.record(
        TaskGiven(number=number, on=paper.on, by=task.by, due=task.due, meeting=meeting, text=task.text, who=task.who)
    )
    return number
