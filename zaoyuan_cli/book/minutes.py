"""Minutes: what was said, item by item."""

import sqlite3

from zaoyuan_cli.facts.minutes import MinutesWritten

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE minute (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " item INTEGER NOT NULL,"
    " title TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE INDEX minute_meeting ON minute (meeting, item)",
)


@derives(MinutesWritten)
def written(db: sqlite3.Connection, origin: Origin, fact: MinutesWritten) -> None:
    db.execute(
        "INSERT INTO minute VALUES (?, ?, ?, ?, ?)", (origin.event, fact.meeting, fact.item, fact.title, fact.text)
    )
    searching.put(db, origin, "meeting", fact.meeting, fact.title, fact.text)
