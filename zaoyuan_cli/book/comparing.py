"""Comparing a list with the book: what it may replace, and what a person changed by hand, which it never does."""

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from zaoyuan_cli.facts import ERASED
from zaoyuan_cli.rules.rooms import Area

from . import changes, journal
from .owning import Register

BULK = ("import households", "import spaces", "init")  # the verbs whose values a list may replace
BEGINNINGS: Mapping[str, Any] = {"area": None, "ebike": False, "state": "owner"}  # nobody said so


class Problem(NamedTuple):
    """A fault of a line: the column as JSON names it, what stands there, and a sentence. No ID number and no whole
    telephone is repeated."""

    line: int
    field: str
    value: str
    message: str


class Difference(NamedTuple):
    """What the book has of a thing by a person's hand, and the list says otherwise."""

    line: int
    key: str
    field: str
    book: object
    file: object


class Plan(NamedTuple):
    """What taking a list in would do, each line counted once: its new things, its changes (each with its `line`), those
    that say nothing new, the differences; and the faults that only the book can tell."""

    new: tuple[Any, ...]
    changed: tuple[Any, ...]
    unchanged: int
    differs: tuple[Difference, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def differing(self) -> int:
        """How many lines hold a difference."""
        return len({one.line for one in self.differs})


def difference(
    db: sqlite3.Connection, register: Register, line: int, key: str, field: str, is_now: Any, value: Any
) -> Difference | None:  # fmt: skip
    """None where a list may put another value (owners: their names) for the one there is; else the difference."""
    step, verb = setter(db, register.table, register.key, key, field)
    if not step and is_now == BEGINNINGS.get(field, ""):
        return None
    if verb in BULK and not (field == "owners" and ERASED in is_now):  # no list brings back who was erased
        return None
    return Difference(line, key, field, Area(is_now) if field == "area" and is_now is not None else is_now, value)


def setter(db: sqlite3.Connection, table: str, column: str, key: str, field: str) -> tuple[str, str]:
    """(the step that set a field, its verb); ("", the verb that entered the thing) where none did since."""
    if step := changes.seen(db, table, key, {field: None})[field]:
        found = journal.command_of(db, step)
        return step, found[2] if found else ""
    row = db.execute(
        f"SELECT verb FROM {table} JOIN event ON event.id = {table}.event JOIN command ON command.id = event.command"
        f" WHERE {column} = ?",
        [key],
    ).fetchone()
    return "", str(row[0]) if row else ""
