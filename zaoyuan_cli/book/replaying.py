"""The journal replayed into memory: the book as known on a day, and the proof that ledger and journal agree."""

import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import quote

from . import clock, journal, ledger, opening


def into_memory(path: Path, day: date | None = None) -> sqlite3.Connection:
    """A book in memory made of the file's journal; with a day, only of what the file held at its end. The file stays
    attached as `file` for comparing."""
    db = opening.connect(None)
    db.execute("ATTACH DATABASE ? AS file", [f"file:{quote(str(path.absolute()))}?mode=ro"])
    for statement in journal.SCHEMA:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {journal.APPLICATION_ID}")
    db.execute("BEGIN")
    db.execute("INSERT INTO book SELECT * FROM file.book")
    moment, last = (clock.end_of(day), day.isoformat()) if day else (journal.NEVER, journal.NEVER)
    db.execute(
        "INSERT INTO command SELECT command.* FROM file.command AS command LEFT JOIN file.arrival AS arrival ON"
        " arrival.command = id"
        " WHERE ifnull(day <= ?, at < ?)",
        [last, moment],
    )
    db.execute("INSERT INTO event SELECT * FROM file.event WHERE command IN (SELECT id FROM command)")
    db.execute("INSERT INTO private SELECT * FROM file.private")
    db.execute("INSERT INTO arrival SELECT * FROM file.arrival WHERE command IN (SELECT id FROM command)")
    ledger.create(db)
    ledger.Replay(db).run(journal.events(db))
    db.execute("COMMIT")
    return db


def differences(path: Path) -> list[str]:
    """The ledger tables of a file that are not what its journal says."""
    db = into_memory(path)
    try:
        names = ledger.tables(db)
        stored = {name for (name,) in db.execute("SELECT name FROM file.sqlite_master WHERE type = 'table'").fetchall()}
        wrong = [name for name in names if name not in stored]
        for name in (name for name in names if name in stored):
            counts = db.execute(
                f"SELECT (SELECT count(*) FROM main.{name}) = (SELECT count(*) FROM file.{name})"
            ).fetchone()[0]
            unlike = db.execute(
                f"SELECT EXISTS (SELECT * FROM main.{name} EXCEPT SELECT * FROM file.{name})"
                f" OR EXISTS (SELECT * FROM file.{name} EXCEPT SELECT * FROM main.{name})"
            ).fetchone()[0]
            if not counts or unlike:
                wrong.append(name)
        return wrong
    finally:
        db.close()
