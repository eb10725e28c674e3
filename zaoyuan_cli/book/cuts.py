"""Cuts: an event that freezes a state stores, for each device, the last step it had seen. What is inside is decided by
that, never by order or clock; a step that arrives later by merge is outside whatever its date."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts import Fact
from zaoyuan_cli.i18n import N_, _

from . import journal
from .journal import Step
from .ledger import Origin

TABLES = (
    "CREATE TABLE cut (event INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, heads TEXT NOT NULL) STRICT",
)


class Cut(NamedTuple):
    """A standing cut: the kind of its fact, its name as people know it (2022-05, MA2022-3), the last step seen per
    letter."""

    event: int
    kind: str
    name: str
    heads: dict[str, int]

    def holds(self, step: Step) -> bool:
        """Whether a step is inside."""
        return step.lamport <= self.heads.get(step.device[:1], 0)


Freezes = Callable[[sqlite3.Connection, Cut, Fact], str]
_FREEZES: dict[str, Freezes] = {}
_CODES = {"closures": "project_closed", "signings": "minutes_closed"}
_CLOSED = N_("{name} is closed and takes no change.")
_SAID = {"signings": N_("The minutes of {name} are posted or locked and take no change.")}


def freezes(of: type[Fact]) -> Callable[[Freezes], Freezes]:
    """Register, for the fact of a cut, what it froze: a function answering with the verb to use instead, "" if it
    is free."""

    def register(function: Freezes) -> Freezes:
        _FREEZES[of.kind] = function
        return function

    return register


def heads(db: sqlite3.Connection) -> dict[str, int]:
    """The last step of each device, by letter: what a cut made now stores."""
    return {device[:1]: head.lamport for device, head in journal.heads(db).items()}


def put(db: sqlite3.Connection, origin: Origin, kind: str, name: str, seen: Mapping[str, int]) -> None:
    """Write the row of a cut; to be called when its fact is derived."""
    db.execute("INSERT INTO cut VALUES (?, ?, ?, ?)", (origin.event, kind, name, json.dumps(dict(seen))))


def standing(db: sqlite3.Connection) -> list[Cut]:
    """Every cut that stands."""
    rows = db.execute("SELECT event, kind, name, heads FROM cut ORDER BY event").fetchall()
    return [Cut(event, kind, name, json.loads(seen)) for event, kind, name, seen in rows]


def refuse_frozen(db: sqlite3.Connection, fact: Fact, step: Step | None = None) -> None:
    """Raise Refusal if a cut froze what this fact changes; with a step, what undoing that step would change."""
    for cut in standing(db):
        instead = _instead(db, cut, fact) if step is None or cut.holds(step) else ""
        if instead:
            raise Refusal(
                _(_SAID.get(of := cut.kind.partition(".")[0], _CLOSED)).format(name=cut.name),
                code=_CODES.get(of, "period_closed"),
                value=cut.name,
                hint=_("Use instead: {command}").format(command=instead),
            )


def _instead(db: sqlite3.Connection, cut: Cut, fact: Fact) -> Any:
    if cut.kind not in _FREEZES:
        from importlib import import_module

        import_module(f"{__package__}.{cut.kind.partition('.')[0]}")
    return _FREEZES[cut.kind](db, cut, fact)
