"""The ledger: ordinary tables derived from the journal, in the same transaction, thrown away and rebuilt at will.

Each noun's file in this folder declares its TABLES and, for each fact, a function `@derives` that inserts its rows,
keyed by `event`; rows are changed by none. A number a fact gave out stands in `number` whether the fact stands or not.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

from zaoyuan_cli.facts import Fact
from zaoyuan_cli.rules import numbers

from . import journal, told
from .journal import Event, Step

VERSION = 5  # of the ledger (PRAGMA user_version): a test tells when it must be raised; older books are rebuilt
NOUNS = (  # parents before children
    "books", "steps", "devices", "changes", "searching", "cuts", "conflicts", "people", "consents", "units", "grids",
    "households", "occupants", "vehicles", "spaces", "bodies", "meetings", "attendances", "motions", "decisions",
    "roles", "funds", "accounts", "donors", "projects", "entries", "kept", "contributions", "receipts", "credits",
    "expenses", "vouchers", "approvals", "advances", "incomes", "pledges", "closures", "returns", "handins", "visits",
    "reminders", "periods", "minutes", "tasks", "sittings", "signings", "bylaws", "correspondence", "seals", "ballots",
    "slips", "canvasses", "notices", "deliberations", "inspections", "handovers", "rulings",
)  # fmt: skip
JUDGING = (
    "motions",
    "entries",
    "funds",
    "projects",
    "contributions",
    "credits",
    "advances",
    "goals",
    "returns",
    "deliberations",
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


_LATER = ("CREATE INDEX ", "CREATE TRIGGER ", "INSERT ")
KEPT = "kept_"  # how the names of tables begin that hold totals and no event's rows


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


def kept_by(db: sqlite3.Connection, event: Event, taken_back: Mapping[str, list[Event]]) -> list[str]:
    """The undone steps that an event had frozen: see `keeps`."""
    return _KEEPS[event.kind](db, event.fact, taken_back) if event.kind in _KEEPS else []


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
    """Make every ledger table, empty, parents first; to be finished when what is replayed into them is there."""
    for statement in _statements():
        if not statement.startswith(_LATER):
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")


def finish(db: sqlite3.Connection) -> None:
    """Make what a replay does without and is faster without: indexes, kept totals and their triggers."""
    for statement in _statements():
        if statement.startswith(_LATER):
            db.execute(statement)


def _statements() -> Iterator[str]:
    yield from OWN
    for name in NOUNS:
        yield from getattr(_noun(name), "TABLES", ())


def drop(db: sqlite3.Connection) -> None:
    """Forget every ledger table, with no cursor open."""
    rows = db.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    for what, name in rows:
        if name not in journal.GUARDS:
            db.execute(f"DROP {what} {name}")
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in reversed(tables(db)):
        db.execute(f"DROP TABLE {table}")
    db.execute("PRAGMA defer_foreign_keys = OFF")


def tables(db: sqlite3.Connection) -> list[str]:
    """The ledger's tables in the order they were made: parents first."""
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    ).fetchall()
    return [name for (name,) in rows if name not in journal.TABLES]


def of_events(db: sqlite3.Connection) -> list[str]:
    """Those of them whose rows are made by events, children first: the order in which rows can be taken away."""
    return [name for name in reversed(tables(db)) if not name.startswith(KEPT)]


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
    origin = Origin(id, *step)
    _DERIVES[kind](db, origin, fact)
    if kind in told.LATER:
        told.put(db, origin, fact)


def keep_number(db: sqlite3.Connection, id: int, fact: Fact, stands: bool) -> None:
    """The number a fact gave out, for ever; `stands` is false when the fact was undone or could not stand (作废)."""
    text = getattr(fact, fact.key)
    device, year, n, sub = numbers.split(text)
    db.execute(
        "INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [id, fact.numbered, text, device, year, n, sub, text if stands else None],
    )


def open_ends(db: sqlite3.Connection) -> bool:
    """Whether something is unsettled or idle, or an account was made twice, so that taking one row away may let another
    stand; or a closing turned round what had been made void unknown to it."""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM unsettled) OR EXISTS (SELECT 1 FROM idle)"
            " OR EXISTS (SELECT 1 FROM account_again)"
            " OR EXISTS (SELECT 1 FROM period JOIN reversal USING (event))"
        ).fetchone()[0]
    )


def forget(db: sqlite3.Connection, command: int) -> None:
    """Delete the rows of one command's events; its numbers stay as void. Raises sqlite3.IntegrityError where rows
    rest on them."""
    first, last = db.execute("SELECT min(id), max(id) FROM event WHERE command = ?", [command]).fetchone()
    for table in of_events(db):
        db.execute(f"DELETE FROM {table} WHERE event BETWEEN ? AND ?", [first, last])
    for event in list(journal.events(db, command)):
        if event.fact is not None and event.fact.numbered:
            keep_number(db, event.id, event.fact, stands=False)
