"""The ledger: ordinary tables derived from the journal, in the same transaction, thrown away and rebuilt at will.

Each noun's file in this folder declares its TABLES and, for each fact, a function `@derives` that inserts its rows,
keyed by `event`; rows are changed by none. A number a fact gave out stands in `number` whether the fact stands or not.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

from zaoyuan_cli.facts import Fact
from zaoyuan_cli.rules import numbers

from . import journal
from .journal import Event, Step

VERSION = 2  # of the ledger (PRAGMA user_version): a test tells when it must be raised; older books are rebuilt
NOUNS = (  # parents before children
    "books", "steps", "devices", "changes", "searching", "cuts", "conflicts", "people", "consents", "units",
    "grids", "households", "occupants", "vehicles", "bodies", "meetings", "decisions", "roles", "funds", "accounts",
    "donors", "projects", "entries", "contributions", "receipts", "credits", "expenses", "approvals", "advances", "incomes", "pledges",
    "closures", "returns",
    "handins", "visits", "reminders", "periods", "minutes", "tasks", "bylaws", "correspondence", "seals", "rulings",
)  # fmt: skip
JUDGING = (
    "entries",
    "funds",
    "projects",
    "contributions",
    "credits",
    "advances",
    "goals",
    "returns",
)  # whose rules are run over the whole ledger
OWN = (
    "CREATE TABLE number (event INTEGER PRIMARY KEY, series TEXT NOT NULL, text TEXT NOT NULL, device TEXT NOT NULL,"
    " year INTEGER NOT NULL, n INTEGER NOT NULL, sub INTEGER NOT NULL, standing TEXT UNIQUE,"
    " stands INTEGER GENERATED ALWAYS AS (standing IS NOT NULL)) STRICT",
    "CREATE INDEX number_next ON number (series, device, year, n, sub)",
    "CREATE TABLE unsettled (event INTEGER PRIMARY KEY, step TEXT NOT NULL, why TEXT NOT NULL) STRICT",
    "CREATE TABLE idle (event INTEGER NOT NULL, step TEXT PRIMARY KEY, keeper TEXT NOT NULL) STRICT",
    "CREATE TABLE unknown (event INTEGER PRIMARY KEY, kind TEXT NOT NULL) STRICT",
)


class Origin(NamedTuple):
    """Where a row comes from: its event in this file, and its place in the order all laptops agree on."""

    event: int
    lamport: int
    device: str

    @property
    def step(self) -> str:
        return Step(self.lamport, self.device).name


class Problem(NamedTuple):
    """What `check` found: a code, where, a sentence; `size` is how far a rule is broken, where it can be more or
    less."""

    code: str
    where: str
    message: str
    size: int = 0

    def row(self) -> dict[str, str]:
        """As an answer has it."""
        return {"code": self.code, "where": self.where, "message": self.message}


F = TypeVar("F", bound=Fact)
Derive = Callable[[sqlite3.Connection, Origin, Any], None]
Keep = Callable[[sqlite3.Connection, Any, Mapping[str, list[Event]]], list[str]]
Judge = Callable[[sqlite3.Connection], Iterator[Problem]]
_DERIVES: dict[str, Derive] = {}
_KEEPS: dict[str, Keep] = {}
_JUDGES: list[Judge] = []


def derives(of: type[F]) -> Callable[[Callable[[sqlite3.Connection, Origin, F], None]], Callable[..., None]]:
    """Register the function that writes the ledger rows of a fact."""

    def register(function: Callable[[sqlite3.Connection, Origin, F], None]) -> Callable[..., None]:
        _DERIVES[of.kind] = function
        return function

    return register


def keeps(of: type[Fact]) -> Callable[[Keep], Keep]:
    """Register, for the fact of a cut, which undone steps it had frozen: their undoing came too late and lies idle."""

    def register(function: Keep) -> Keep:
        _KEEPS[of.kind] = function
        return function

    return register


def judges(function: Judge) -> Judge:
    """Register a rule run over the whole ledger: it yields what breaks it (a breach), which undo may not newly
    cause."""
    _JUDGES.append(function)
    return function


def _noun(name: str) -> Any:
    return import_module(f"{__package__}.{name}")


def load_all() -> None:
    """Import every noun, so that nothing registered is silently absent."""
    for name in NOUNS:
        _noun(name)


def breaches(db: sqlite3.Connection) -> list[Problem]:
    """What stands in the ledger against a rule, every noun asked."""
    for name in JUDGING:
        _noun(name)
    return [problem for judge in _JUDGES for problem in judge(db)]


def create(db: sqlite3.Connection) -> None:
    """Make every ledger table, empty, parents first."""
    for statement in OWN:
        db.execute(statement)
    for name in NOUNS:
        for statement in getattr(_noun(name), "TABLES", ()):
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")


def tables(db: sqlite3.Connection) -> list[str]:
    """The ledger's tables in the order they were made: parents first."""
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    ).fetchall()
    return [name for (name,) in rows if name not in journal.TABLES]


def derive(db: sqlite3.Connection, event: Event) -> None:
    """Write the rows of a fact that stands. Raises sqlite3.IntegrityError where they cannot stand."""
    id, step, kind, fact = event
    if fact is None:
        db.execute("INSERT INTO unknown VALUES (?, ?)", [id, kind])
        return
    if kind not in _DERIVES:
        _noun(kind.partition(".")[0])
    if fact.numbered:
        keep_number(db, id, fact, stands=True)
    _DERIVES[kind](db, Origin(id, *step), fact)


def keep_number(db: sqlite3.Connection, id: int, fact: Fact, stands: bool) -> None:
    """The number a fact gave out, for ever; `stands` is false when the fact was undone or could not stand (作废)."""
    text = getattr(fact, fact.key)
    device, year, n, sub = numbers.split(text)
    db.execute(
        "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [id, fact.numbered, text, device, year, n, sub, text if stands else None],
    )


class Replay:
    """One pass over the journal into empty tables. What cannot stand is listed for a person to settle, never dropped.

    Where a standing record rests on an undone step, the record wins: the step stands again and its undo lies idle."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.gone = journal.undone(db)
        self.tables = tables(db)
        self.taken_back: dict[str, list[Event]] = {}

    def run(self, events: Iterable[Event]) -> None:
        for event in events:
            lasting = event.fact is not None and event.fact.lasting  # no undo counts, whoever wrote it
            if event.step.name in self.gone and not lasting:
                self.taken_back.setdefault(event.step.name, []).append(event)
            else:
                self.stand(event)
        for taken in self.taken_back.values():
            for event in taken:
                self.outlive(event)

    def stand(self, event: Event) -> None:
        self.keep_for(event)
        clash = self.attempt(event)
        if clash is None or (_rests(clash) and self.revive_for(event)):
            return
        self.db.execute("INSERT INTO unsettled VALUES (?, ?, ?)", [event.id, event.step.name, str(clash)])
        self.outlive(event)

    def keep_for(self, event: Event) -> None:
        """Where an event froze what was undone only later, without knowing of it: that stands, its undo lies idle."""
        if event.kind in _KEEPS and self.taken_back:
            for name in _KEEPS[event.kind](self.db, event.fact, self.taken_back):
                self.db.execute("INSERT OR IGNORE INTO idle VALUES (?, ?, ?)", [event.id, name, event.step.name])
                for kept in self.taken_back.pop(name, []):
                    self.stand(kept)

    def attempt(self, event: Event) -> sqlite3.IntegrityError | None:
        """Write the rows of an event, all or none; what SQLite has against them."""
        try:
            derive(self.db, event)
        except sqlite3.IntegrityError as clash:
            for table in reversed(self.tables):  # rare, so it costs less than a savepoint around every event
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
            derive(self.db, event)
        count = len(self.db.execute("PRAGMA foreign_key_check").fetchall())
        self.db.execute("ROLLBACK TO looking")
        self.db.execute("RELEASE looking")
        self.db.execute("PRAGMA defer_foreign_keys = OFF")
        return count

    def _again(self, event: Event, seeking: frozenset[str]) -> bool:
        clash = self.attempt(event)
        return clash is None or (_rests(clash) and self.revive_for(event, seeking))

    def outlive(self, event: Event) -> None:
        if event.fact is not None and event.fact.numbered:
            keep_number(self.db, event.id, event.fact, stands=False)


def _rests(clash: sqlite3.IntegrityError) -> bool:
    return clash.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY"


def open_ends(db: sqlite3.Connection) -> bool:
    """Whether something is unsettled or idle, so that taking one row away may let another stand; or a
    closing turned round what had been made void unknown to it."""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM unsettled) OR EXISTS (SELECT 1 FROM idle)"
            " OR EXISTS (SELECT 1 FROM period JOIN reversal USING (event))"
        ).fetchone()[0]
    )


def rebuild(db: sqlite3.Connection) -> None:
    """Inside a transaction, with no cursor open: forget every ledger table and replay the journal."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in reversed(tables(db)):
        db.execute(f"DROP TABLE {table}")
    for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        db.execute(f"DROP VIEW {view}")
    db.execute("PRAGMA defer_foreign_keys = OFF")
    journal.guard(db)
    create(db)
    Replay(db).run(journal.events(db))


def forget(db: sqlite3.Connection, command: int) -> None:
    """Delete the rows of one command's events; its numbers stay as void. Raises sqlite3.IntegrityError where rows
    rest on them."""
    first, last = db.execute("SELECT min(id), max(id) FROM event WHERE command = ?", [command]).fetchone()
    for table in reversed(tables(db)):
        db.execute(f"DELETE FROM {table} WHERE event BETWEEN ? AND ?", [first, last])
    for event in list(journal.events(db, command)):
        if event.fact is not None and event.fact.numbered:
            keep_number(db, event.id, event.fact, stands=False)
