"""Tasks: who does what until when."""

import sqlite3

from zaoyuan_cli.facts.tasks import TaskDone, TaskGiven

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE task (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " by TEXT REFERENCES person (person),"
    " due TEXT, meeting TEXT REFERENCES meeting (number), text TEXT NOT NULL, who TEXT NOT NULL) STRICT",
    "CREATE TABLE task_done (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES task (number),"
    " day TEXT NOT NULL,"
    " note TEXT NOT NULL) STRICT",
)


@derives(TaskGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: TaskGiven) -> None:
    due = fact.due.isoformat() if fact.due else None
    values = (
        origin.event,
        fact.number,
        fact.on.isoformat(),
        fact.by or None,
        due,
        fact.meeting or None,
        fact.text,
        fact.who,
    )
    db.execute("INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    searching.put(db, origin, "task", fact.number, fact.text, fact.who)


@derives(TaskDone)
def done(db: sqlite3.Connection, origin: Origin, fact: TaskDone) -> None:
    db.execute("INSERT INTO task_done VALUES (?, ?, ?, ?)", (origin.event, fact.number, fact.on.isoformat(), fact.note))
