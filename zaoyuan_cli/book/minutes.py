"""Minutes: what was said, item by item; and the paper of a whole meeting, kept in one step."""

import sqlite3
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.meetings import MeetingHeld, MeetingRecorded
from zaoyuan_cli.facts.minutes import MinutesWritten
from zaoyuan_cli.facts.sittings import SittingEnded
from zaoyuan_cli.facts.tasks import TaskGiven
from zaoyuan_cli.i18n import _

from . import Book, decisions, meetings, people, searching, sittings
from .journal import Step
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
    """The items of a meeting, in order: those of its paper, then what was typed while it went on."""
    typed = [
        Item(one.title, "\n".join(_said(db, line) for line in one.lines))
        for one in sittings.sections(db, meeting, records=False)
    ]
    return of_paper(db, meeting) + typed


def of_paper(db: sqlite3.Connection, meeting: str) -> list[Item]:
    """The items that were kept as a paper, and no later one replaces."""
    return [item for item, _step in _written(db, meeting)]


def _written(db: sqlite3.Connection, meeting: str) -> list[tuple[Item, str]]:
    """The items of the paper of a meeting that no later one replaces, each with the step that kept it."""
    over = sittings.replaced(db)
    rows = db.execute(
        "SELECT title, text, lamport, device FROM minute JOIN event ON event.id = minute.event"
        " JOIN command ON command.id = event.command WHERE meeting = ? ORDER BY item, minute.event",
        [meeting],
    ).fetchall()
    found = [(Item(title, text), Step(lamport, device).name) for title, text, lamport, device in rows]
    return [(item, step) for item, step in found if step not in over]


def _said(db: sqlite3.Connection, line: sittings.Line) -> str:
    """A line as the minutes have it: 19:05 王桂兰：台阶太高."""
    who = people.name_of(db, line.speaker) or line.name
    text = {sittings.BREAK: _("Break."), sittings.RESUME: _("The meeting goes on.")}.get(line.what, line.text)
    return " ".join(filter(None, (line.at, _("{name}: {text}").format(name=who, text=text) if who else text)))


def steps(db: sqlite3.Connection, meeting: str) -> list[str]:
    """The steps whose items and lines are the minutes of a meeting as they are."""
    lines = [line.step for one in sittings.sections(db, meeting, records=False) for line in one.lines]
    items = [step for step in sittings.items(db, meeting) if step not in sittings.replaced(db)]
    return [*dict.fromkeys(step for _item, step in _written(db, meeting)), *items, *lines]


def keep(book: Book, paper: Paper, verb: str, again: bool = False, of: str = "") -> Kept:
    """Record a meeting with its minutes, decisions and tasks in one step, `verb`; one that was planned for that day
    keeps its number, and so does `of`, the meeting this paper is a new one of: it stands for what its minutes said.
    Raises Refusal where its paper is there already and `again` is false, or a number on paper is given twice."""
    with book.writing(verb):
        if not of and not again and (number := meetings.same(book.db, paper.body, paper.on, paper.title)):
            raise already(paper, number)
        before = steps(book.db, of) if of else []
        meeting = _meeting(book, paper, of)
        for n, item in enumerate(paper.items, 1):
            book.record(MinutesWritten(meeting=meeting, item=n, on=paper.on, title=item.title, text=item.text))
        made = [decisions.make(book, one.text, paper.body, paper.on, one.paper, meeting) for one in paper.decisions]
        tasks = tuple(_give(book, paper, meeting, task) for task in paper.tasks)
        if before or meeting in sittings.live(book.db):
            book.record(SittingEnded(meeting=meeting, on=paper.on, at="", replaces=tuple(before)))
    return Kept(meeting, tuple(one.decision for one in made), tasks)


def already(paper: Paper, number: str) -> Refusal:
    """The refusal of a meeting that is there already."""
    said = _("{body} has a meeting “{title}” of {day} already: {number}.")
    return Refusal(
        said.format(body=paper.body, title=paper.title, day=paper.on, number=number), field="meeting", value=number
    )


def _meeting(book: Book, paper: Paper, of: str) -> str:
    planned = None if of else meetings.awaited(book.db, paper.body, paper.on, paper.title)
    number = of or (planned.meeting if planned else book.number("meeting"))
    said: dict[str, Any] = {
        "number": number, "chair": paper.chair, "recorder": paper.recorder, "present": paper.present,
        "place": paper.place, "chair_name": paper.chair_name, "recorder_name": paper.recorder_name,
        "guests": paper.guests, "absent": paper.absent,
    }  # fmt: skip
    if planned or of:
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
