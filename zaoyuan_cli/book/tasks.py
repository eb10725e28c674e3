"""Tasks: who does what until when."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.tasks import TaskDone, TaskEdited, TaskGiven
from zaoyuan_cli.i18n import _

from . import Book, changes, numbered, people, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE task (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " by TEXT REFERENCES person (person), due TEXT, meeting TEXT REFERENCES meeting (number), text TEXT NOT NULL,"
    " who TEXT NOT NULL) STRICT",
    "CREATE TABLE task_done (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES task (number),"
    " day TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE TABLE task_edit (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES task (number)) STRICT",
)


class Task(NamedTuple):
    """A task on a day: `by` is a name; state is open, overdue or done; `done` is the day it was done, `late` the days
    it is or was late (None without a due day)."""

    task: str
    text: str
    by: str
    due: date | None
    state: str
    late: int | None
    given: date
    meeting: str
    done: date | None
    note: str


@derives(TaskGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: TaskGiven) -> None:
    due = fact.due.isoformat() if fact.due else None
    db.execute(
        "INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.by or None, due, fact.meeting or None, fact.text,
            fact.who,
        ),
    )  # fmt: skip
    searching.put(db, origin, "task", fact.number, fact.text, fact.who)


@derives(TaskDone)
def done(db: sqlite3.Connection, origin: Origin, fact: TaskDone) -> None:
    values = (origin.event, fact.number, fact.on.isoformat(), fact.note)
    db.execute("INSERT INTO task_done VALUES (?, ?, ?, ?)", values)


@derives(TaskEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: TaskEdited) -> None:
    db.execute("INSERT INTO task_edit VALUES (?, ?)", (origin.event, fact.number))
    changes.put(db, origin, "task", fact.number, fact.on, fact.changes, fact.saw)
    if words := [fact.changes[field] for field in ("text", "who") if fact.changes.get(field)]:
        searching.put(db, origin, "task", fact.number, *words)


def pick(book: Book, text: str) -> str:
    """The number of a task as typed: TA2022-7, T7, 7. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "task", text)


def listing(db: sqlite3.Connection, today: date, meeting: str = "") -> list[Task]:
    """The tasks given until a day, as they stood on it: open ones by their due day, then those done, latest first."""
    names, edits = people.everyone(db), changes.latest(db, "task", today)
    rows = db.execute(
        "SELECT task.number, task.text, ifnull(by, ''), who, task.day, due, ifnull(meeting, ''), min(task_done.day),"
        " ifnull(note, '') FROM task LEFT JOIN task_done ON task_done.number = task.number AND task_done.day <= ?1"
        " WHERE task.day <= ?1 AND (meeting = ?2 OR ?2 = '') GROUP BY task.number"
        " ORDER BY due IS NULL, due, task.number",
        [today.isoformat(), meeting],
    ).fetchall()
    found = []
    for number, text, by, who, day, due, of, finished, note in rows:
        said = {"text": text, "by": by, "who": who, "due": due} | edits.get(number, {})
        text, by, who, due = (said[field] for field in ("text", "by", "who", "due"))
        until, ended = _day(due), _day(finished)
        late = max(0, ((ended or today) - until).days) if until else None
        name = names[by].name if by in names else who
        state = "done" if ended else "overdue" if late else "open"
        given = date.fromisoformat(day)
        found.append(Task(number, text, name, until, state, late, given, of, ended, note))
    found.sort(key=lambda task: (task.due is None, task.due or date.max))
    closed = sorted((task for task in found if task.done), key=lambda task: (task.done, task.task), reverse=True)
    return [task for task in found if not task.done] + closed


def give(
    book: Book, text: str, by: str, due: date | None, meeting: str = "", *, who: str = "", on: date | None = None
) -> str:
    """Record a task for a person of the roll, or for `who`, a name it does not know, on a day (today); its number."""
    with book.writing("task add"):
        number = book.number("task")
        given = TaskGiven(number=number, on=on or book.today, by=by, due=due, meeting=meeting, text=text, who=who)
        book.record(given)
    return number


def edit(book: Book, text: str, wanted: Mapping[str, Any]) -> Task:
    """Record what differs of text, by (a person's id), who, due (a date). Raises NotFound, Ambiguous, and Refusal for a
    task that is done."""
    with book.writing("task edit"):
        number = pick(book, text)
        before = _one(book, number, date.max)
        if before.done:
            said = _("Task {number} was done on {day} already.")
            raise Refusal(said.format(number=number, day=before.done), field="task", value=text)
        values = {name: one.isoformat() if isinstance(one, date) else one for name, one in wanted.items()}
        if "by" in values:
            values.setdefault("who", "")
        saw = changes.seen(book.db, "task", number, values)
        book.record(TaskEdited(number=number, on=max(book.today, before.given), saw=saw, changes=values))
    return _one(book, number, date.max)


def finish(book: Book, text: str, on: date, note: str = "") -> Task:
    """Record that a task was done on a day. Raises NotFound, Ambiguous, and Refusal if it was done already."""
    with book.writing("task done"):
        number = pick(book, text)
        before = _one(book, number, date.max)
        if before.done:
            said = _("Task {number} was done on {day} already.")
            raise Refusal(said.format(number=number, day=before.done), field="task", value=text)
        if on < before.given:
            said = _("Task {number} was given on {day}; it cannot have been done before.")
            raise Refusal(said.format(number=number, day=before.given), field="date", value=on.isoformat())
        book.record(TaskDone(number=number, on=on, note=note))
    return _one(book, number, date.max)


def one(book: Book, text: str, today: date) -> Task:
    """The task of a number as typed, as it stands on a day. Raises Unreadable, NotFound, Ambiguous."""
    number = pick(book, text)
    found = next((task for task in listing(book.db, today) if task.task == number), None)
    if found is None:
        raise NotFound(_("Task {number} was given later.").format(number=number), field="task", value=text)
    return found


def _one(book: Book, number: str, today: date) -> Task:
    return next(task for task in listing(book.db, today) if task.task == number)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
