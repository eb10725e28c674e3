"""The journal replayed into memory: the book as known on a day, and the proof that ledger and journal agree."""

import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import quote

from . import clock, journal, ledger, opening


def into_memory(path: Path, day: date | None = None) -> sqlite3.Connection:
    """A book in memory made of the file's journal; with a day, only of what the file held at its end. The file stays
    attached as `file` for comparing."""
    db = _replayed(path, day)
    db.execute("COMMIT")
    return db


def _replayed(path: Path, day: date | None = None) -> sqlite3.Connection:
    """The same, its transaction still open: until it ends nobody else writes the file."""
    db = opening.connect(None)
    db.execute("ATTACH DATABASE ? AS file", [f"file:{quote(str(path.absolute()))}?mode=ro"])
    for statement in journal.SCHEMA:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {journal.APPLICATION_ID}")
    db.execute("BEGIN")
    db.execute("INSERT INTO book SELECT * FROM file.book")
    moment, last = (clock.end_of(day), day.isoformat()) if day else (journal.NEVER, journal.NEVER)
    db.execute(
        "INSERT INTO command SELECT command.* FROM file.command AS command"
        " LEFT JOIN file.arrival AS arrival ON arrival.command = id WHERE ifnull(day <= ?, at < ?)",
        [last, moment],
    )
    db.execute("INSERT INTO event SELECT * FROM file.event WHERE command IN (SELECT id FROM command)")
    lost = "" if day is None else " WHERE commitment IN (SELECT private FROM event)"
    db.execute(f"INSERT INTO private SELECT * FROM file.private{lost}")
    db.execute("INSERT INTO arrival SELECT * FROM file.arrival WHERE command IN (SELECT id FROM command)")
    ledger.create(db)
    ledger.Replay(db).run(journal.events(db))
    return db


def differences(path: Path) -> list[str]:
    """The tables of a file that are not what its journal says, and whatever is not made as this program makes it."""
    db = _replayed(path)
    try:
        wrong = _made_otherwise(db)
        return wrong + [name for name in ledger.tables(db) if name not in wrong and _differs(db, name)]
    finally:
        db.close()


def _made_otherwise(db: sqlite3.Connection) -> list[str]:
    """Tables, indexes, views and triggers that the attached file lacks, or has in other words."""
    rows = db.execute(
        "SELECT name FROM main.sqlite_master AS mine"
        " WHERE NOT EXISTS (SELECT 1 FROM file.sqlite_master WHERE name = mine.name AND sql IS mine.sql)"
        " ORDER BY rowid"
    )
    return [name for (name,) in rows.fetchall()]


def _differs(db: sqlite3.Connection, table: str) -> bool:
    same = f"(SELECT count(*) FROM main.{table}) = (SELECT count(*) FROM file.{table})"
    mine, files = f"SELECT * FROM main.{table}", f"SELECT * FROM file.{table}"
    query = f"SELECT NOT {same} OR EXISTS ({mine} EXCEPT {files}) OR EXISTS ({files} EXCEPT {mine})"
    return bool(db.execute(query).fetchone()[0])
