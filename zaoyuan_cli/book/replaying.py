"""The journal replayed: into the ledger anew; into memory, the book as known on a day; and the proof that ledger and
journal agree."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.parse import quote

from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working

from . import clock, journal, ledger, opening
from .journal import Event


class Replay:
    """One pass over the journal into empty tables. What cannot stand is listed for a person to settle, never dropped.

    Where a standing record rests on an undone step, the record wins: the step stands again and its undo lies idle."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.gone = journal.undone(db)
        self.tables = ledger.of_events(db)
        self.taken_back: dict[str, list[Event]] = {}

    def run(self, events: Iterable[Event]) -> None:
        count = self.db.execute("SELECT count(*) FROM event").fetchone()[0]
        with working(_("Replaying the journal"), count) as step:
            for event in events:
                lasting = event.fact is not None and event.fact.lasting  # no undo counts, whoever wrote it
                if self.gone and event.step.name in self.gone and not lasting:
                    self.taken_back.setdefault(event.step.name, []).append(event)
                else:
                    self.stand(event)
                step()
        for taken in self.taken_back.values():
            for event in taken:
                self.outlive(event)

    def stand(self, event: Event) -> None:
        if self.taken_back:
            self.keep_for(event)
        clash = self.attempt(event)
        if clash is None or (_rests(clash) and self.revive_for(event)):
            return
        self.db.execute("INSERT INTO unsettled VALUES (?, ?, ?)", [event.id, event.step.name, str(clash)])
        self.outlive(event)

    def keep_for(self, event: Event) -> None:
        """Where an event froze what was undone only later, without knowing of it: that stands, its undo lies idle."""
        for name in ledger.kept_by(self.db, event, self.taken_back):
            self.db.execute("INSERT OR IGNORE INTO idle VALUES (?, ?, ?)", [event.id, name, event.step.name])
            for kept in self.taken_back.pop(name, []):
                self.stand(kept)

    def attempt(self, event: Event) -> sqlite3.IntegrityError | None:
        """Write the rows of an event, all or none; what SQLite has against them."""
        try:
            ledger.derive(self.db, event)
        except sqlite3.IntegrityError as clash:
            for table in self.tables:  # rare, so it costs less than a savepoint around every event
                self.db.execute(f"DELETE FROM {table} WHERE event = ?", [event.id])
            return clash
        return None

    def revive_for(self, event: Event, seeking: frozenset[str] = frozenset()) -> bool:
        """Let the undone steps stand again that this event rests on, and no other; true when the event then stands."""
        revived: list[str] = []
        lacking, before = self.lacks(event), dict(self.taken_back)
        self.db.execute("SAVEPOINT revival")
        for name in before:
            if lacking and name in self.taken_back and name not in seeking:
                kept = dict(self.taken_back)
                self.db.execute("SAVEPOINT one")
                stands = all(self._again(one, seeking | {name}) for one in self.taken_back.pop(name))
                if stands and (now := self.lacks(event)) < lacking:
                    lacking = now
                    revived.append(name)
                else:
                    self.taken_back = kept
                    self.db.execute("ROLLBACK TO one")
                self.db.execute("RELEASE one")
        if revived:
            self.keep_for(event)
        done = bool(revived) and self.attempt(event) is None
        if done:
            rows = [(event.id, name, event.step.name) for name in revived]
            self.db.executemany("INSERT OR IGNORE INTO idle VALUES (?, ?, ?)", rows)
        else:
            self.taken_back = before
            self.db.execute("ROLLBACK TO revival")
        self.db.execute("RELEASE revival")
        return done

    def lacks(self, event: Event) -> int:
        """How many of the rows that an event's rows point to are not there."""
        self.db.execute("SAVEPOINT looking")
        self.db.execute("PRAGMA defer_foreign_keys = ON")
        with suppress(sqlite3.IntegrityError, TypeError):  # what it wrote until then tells what it rests on
            ledger.derive(self.db, event)
        count = len(self.db.execute("PRAGMA foreign_key_check").fetchall())
        self.db.execute("ROLLBACK TO looking")
        self.db.execute("RELEASE looking")
        self.db.execute("PRAGMA defer_foreign_keys = OFF")
        return count

    def _again(self, event: Event, seeking: frozenset[str]) -> bool:
        self.keep_for(event)
        clash = self.attempt(event)
        return clash is None or (_rests(clash) and self.revive_for(event, seeking))

    def outlive(self, event: Event) -> None:
        if event.fact is not None and event.fact.numbered:
            ledger.keep_number(self.db, event.id, event.fact, stands=False)


def _rests(clash: sqlite3.IntegrityError) -> bool:
    return clash.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY"


def rebuild(db: sqlite3.Connection) -> None:
    """Inside a transaction, with no cursor open: forget every ledger table and replay the journal."""
    ledger.drop(db)
    journal.guard(db)
    _fill(db)


def _fill(db: sqlite3.Connection) -> None:
    ledger.create(db)
    Replay(db).run(journal.events(db))
    with working(_("Adding up")):
        ledger.finish(db)


def into_memory(path: Path, day: date | None = None, seen: Mapping[str, int] | None = None) -> sqlite3.Connection:
    """A book in memory made of the file's journal; with a day, only of what the file held at its end; with the last
    step of each device (by letter), only of what a cut had seen. The file stays attached as `file` for comparing."""
    db = _replayed(path, day, seen)
    db.execute("COMMIT")
    return db


def _replayed(path: Path, day: date | None = None, seen: Mapping[str, int] | None = None) -> sqlite3.Connection:
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
        " LEFT JOIN file.arrival AS arrival ON arrival.command = id WHERE ifnull(day <= :last, at < :moment)"
        " AND (:seen IS NULL OR lamport <= :seen ->> substr(device, 1, 1))",
        {"last": last, "moment": moment, "seen": None if seen is None else json.dumps(dict(seen))},
    )
    db.execute("INSERT INTO event SELECT * FROM file.event WHERE command IN (SELECT id FROM command)")
    lost = "" if day is None and seen is None else " WHERE commitment IN (SELECT private FROM event)"
    db.execute(f"INSERT INTO private SELECT * FROM file.private{lost}")
    db.execute("INSERT INTO arrival SELECT * FROM file.arrival WHERE command IN (SELECT id FROM command)")
    _fill(db)
    return db


def differences(path: Path) -> list[str]:
    """The tables of a file that are not what its journal says, and whatever is not made as this program makes it."""
    db = _replayed(path)
    try:
        wrong = _made_otherwise(db)
        with working(_("Comparing the ledger with the journal")):
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
    """Every table has a key, so that no row stands in it twice: as many rows, and each of ours there, are the same."""
    same = f"(SELECT count(*) FROM main.{table}) = (SELECT count(*) FROM file.{table})"
    query = f"SELECT NOT {same} OR EXISTS (SELECT * FROM main.{table} EXCEPT SELECT * FROM file.{table})"
    return bool(db.execute(query).fetchone()[0])
