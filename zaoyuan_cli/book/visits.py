"""Visits: doors where a collector found nobody at home, so that they are offered again."""

import sqlite3
from datetime import date

from zaoyuan_cli.facts.visits import NobodyHome

from . import Book
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE visit (event INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES household (room),"
    " project TEXT NOT NULL REFERENCES project (project), day TEXT NOT NULL) STRICT",
    "CREATE INDEX visit_project ON visit (project, room)",
)


@derives(NobodyHome)
def missed(db: sqlite3.Connection, origin: Origin, fact: NobodyHome) -> None:
    db.execute("INSERT INTO visit VALUES (?, ?, ?, ?)", (origin.event, fact.room, fact.project, fact.on.isoformat()))


def misses(db: sqlite3.Connection, project: str, room: str) -> int:
    """How often nobody was at home when money for a project was collected."""
    row = db.execute("SELECT count(*) FROM visit WHERE project = ? AND room = ?", [project, room]).fetchone()
    return int(row[0])


def miss(book: Book, project: str, room: str) -> int:
    """Note that nobody is at home; how often that was so."""
    with book.writing("collect"):
        book.record(NobodyHome(room=room, project=project, on=book.today))
        return misses(book.db, project, room)


def missed_at(db: sqlite3.Connection, room: str = "", until: date | None = None) -> dict[str, list[date]]:
    """The days on which nobody was at home, by room, first to last; to find nobody is no demand."""
    rows = db.execute(
        "SELECT room, day FROM visit WHERE ? IN ('', room) AND day <= ? ORDER BY day",
        [room, (until or date.max).isoformat()],
    ).fetchall()
    found: dict[str, list[date]] = {}
    for of, day in rows:
        found.setdefault(of, []).append(date.fromisoformat(day))
    return found
