"""Closings of projects: a cut. The money of a project is counted for the last time, and what is left goes back to those
who paid or stays in the fund (R-66). What arrives later changes no share."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts import Fact
from zaoyuan_cli.facts.closures import ProjectClosed
from zaoyuan_cli.facts.projects import ExemptionDecided
from zaoyuan_cli.rules.money import Fen

from . import cuts, journal, projects
from .journal import Event, Step
from .ledger import Origin, derives, keeps

TABLES = (
    "CREATE TABLE closure (event INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE REFERENCES project (project),"
    " day TEXT NOT NULL, plan TEXT NOT NULL, decision TEXT REFERENCES decision (number), totals TEXT NOT NULL,"
    " step TEXT NOT NULL) STRICT",
    "CREATE TABLE share (event INTEGER NOT NULL, project TEXT NOT NULL, payer TEXT NOT NULL,"
    " room TEXT REFERENCES household (room), donor TEXT REFERENCES donor (donor), owners TEXT NOT NULL,"
    " paid INTEGER NOT NULL, fen INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (project, payer)) STRICT",
    "CREATE INDEX share_event ON share (event)",
)


@derives(ProjectClosed)
def closed(db: sqlite3.Connection, origin: Origin, fact: ProjectClosed) -> None:
    db.execute(
        "INSERT INTO closure VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.project, fact.on.isoformat(), fact.plan, fact.decision or None,
            json.dumps(dict(fact.totals), sort_keys=True), origin.step,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO share VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (origin.event, fact.project, room or donor, room or None, donor or None, owners, paid, fen, place)
            for place, (room, donor, owners, paid, fen) in enumerate(fact.shares)
        ],
    )
    cuts.put(db, origin, ProjectClosed.kind, projects.names(db).get(fact.project, fact.project), fact.heads)


class Closure(NamedTuple):
    """A project as it was closed: the day, what became of a surplus (return, keep, ""), the decision, the totals of
    that day in fen, the step that closed it."""

    project: str
    date: date
    plan: str
    decision: str
    totals: Mapping[str, Fen]
    step: str
    event: int


def of(db: sqlite3.Connection, project: str, as_of: date | None = None) -> Closure | None:
    """How a project was closed; None while it is open."""
    row = db.execute(
        "SELECT project, day, plan, ifnull(decision, ''), totals, step, event FROM closure"
        " WHERE project = ? AND day <= ?",
        [project, (as_of or date.max).isoformat()],
    ).fetchone()
    if row is None:
        return None
    totals = {name: Fen(fen) for name, fen in json.loads(row[4]).items()}
    return Closure(row[0], date.fromisoformat(row[1]), row[2], row[3], totals, row[5], row[6])


# ---- what a closing froze


def _placed(db: sqlite3.Connection, number: str) -> tuple[set[str], Step | None]:
    """(projects, step) of a standing number: a receipt, a refund, a use of credit, an expense, an income, a pledge."""
    row = db.execute(
        "SELECT number.event, lamport, command.device FROM number JOIN event ON event.id = number.event"
        " JOIN command ON command.id = command WHERE standing = ?",
        [number],
    ).fetchone()
    if row is None:
        return set(), None
    named = db.execute(
        "SELECT project FROM entry WHERE event = ?1 AND project IS NOT NULL"
        " UNION SELECT project FROM pledge WHERE event = ?1",
        [row[0]],
    ).fetchall()
    return {project for (project,) in named}, Step(row[1], row[2])


def _touched(db: sqlite3.Connection, fact: Fact) -> tuple[set[str], Step | None]:
    """The projects whose closing counts what a fact changes, and the step of that, if it is another's than its own."""
    noun, what, _version = fact.kind.split(".")
    values = fact.__dict__
    if fact.kind == ExemptionDecided.kind:  # says who allowed what the closing counted
        return set(), None
    if what in ("voided", "refunded"):
        number = values.get("receipt" if what == "refunded" else "number")
        return _placed(db, str(number)) if number else (set(), None)
    if noun in ("projects", "pledges", "expenses", "incomes", "contributions", "credits"):
        return {str(values[key]) for key in ("project", "source") if values.get(key)}, None
    return set(), None


def _late_money(fact: Fact, project: str) -> bool:
    """Whether a new fact brings money in for a due, which a closed project still takes."""
    return fact.kind in ("contributions.received.v1", "credits.claimed.v1") or (
        fact.kind == "credits.applied.v1" and fact.__dict__["source"] != project
    )


@cuts.freezes(ProjectClosed)
def freezes(db: sqlite3.Connection, cut: cuts.Cut, fact: Fact) -> str:
    """Whatever the closing counted; late money may come in, and what came in late may be made void."""
    touched, step = _touched(db, fact)
    project, fund, closing = db.execute(
        "SELECT closure.project, fund, step FROM closure JOIN project USING (project) WHERE closure.event = ?",
        [cut.event],
    ).fetchone()
    if project not in touched or (step is not None and not cut.holds(step)):
        return ""
    there = db.execute("SELECT 1 FROM number WHERE standing = ?", [str(fact.__dict__.get("number", ""))]).fetchone()
    if not there and _late_money(fact, project):
        return ""
    if not there and fact.kind in ("expenses.paid.v1", "incomes.received.v1"):
        return f"zaoyuan {'spend' if fact.kind.startswith('e') else 'income add'} … --fund {fund}"
    return f"zaoyuan undo {closing}"


@keeps(ProjectClosed)
def kept(db: sqlite3.Connection, fact: ProjectClosed, taken_back: Mapping[str, Sequence[Event]]) -> list[str]:
    """The undone steps that stood when the project was closed: its totals and shares have them."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM project WHERE project = ?1) AND NOT EXISTS"
        " (SELECT 1 FROM closure WHERE project = ?1)",
        [fact.project],
    ).fetchone()
    if not row[0]:  # it will not stand itself
        return []
    then = journal.undone(db, fact.heads)
    found = []
    for name, events in taken_back.items():
        step = events[0].step
        inside = step.lamport <= fact.heads.get(step.device[:1], 0) and name not in then
        if inside and any(one.fact is not None and fact.project in _touched(db, one.fact)[0] for one in events):
            found.append(name)
    return found


# ---- what came late


class Late(NamedTuple):
    """What a closing did not know of and no share has, because another computer entered it: its number or room, what it
    is, in fen (negative for what went out)."""

    project: str
    name: str
    number: str
    what: str
    date: date
    amount: Fen
    step: str

    @property
    def key(self) -> str:
        """Its name in `conflict list`."""
        return f"closed/{self.project}/{self.number}/{self.what}"


_UNKNOWN = (  # what could not be entered any more where the closing was known
    "SELECT entry.number, entry.what, entry.day, entry.fen, entry.event FROM entry"
    " LEFT JOIN refund ON refund.number = entry.number WHERE entry.project = :project"
    " AND entry.what IN ('expense', 'income', 'refund') AND entry.number NOT IN (SELECT number FROM void)"
    " UNION ALL SELECT void.number, 'void', void.day, -fen, void.event FROM void"
    " JOIN number ON standing = void.number JOIN entry ON entry.event = number.event WHERE entry.project = :project"
    " UNION ALL SELECT room, 'levy', day, fen, event FROM due WHERE project = :project"
    " UNION ALL SELECT room, 'waiver', day, -fen, event FROM waiver WHERE project = :project"
)


def late(db: sqlite3.Connection) -> list[Late]:
    """What came late for closed projects and is more than a late payment, in an order that is the same everywhere."""
    found: list[tuple[Step, Late]] = []
    for cut in cuts.standing(db):
        if cut.kind != ProjectClosed.kind:
            continue
        project = db.execute("SELECT project FROM closure WHERE event = ?", [cut.event]).fetchone()[0]
        for number, what, day, fen, event in db.execute(_UNKNOWN, {"project": project}).fetchall():
            step = _step(db, event)
            if cut.holds(step) or not _counted(db, cut, number, what):
                continue
            one = Late(project, cut.name, number, what, date.fromisoformat(day), Fen(fen), step.name)
            found.append((step, one))
    return [one for _step, one in sorted(found, key=lambda pair: (pair[0], pair[1].key))]


def _counted(db: sqlite3.Connection, cut: cuts.Cut, number: str, what: str) -> bool:
    """Whether a void or a refund is of money that the closing counted; true for everything else."""
    if what == "refund":
        number = str(db.execute("SELECT receipt FROM refund WHERE number = ?", [number]).fetchone()[0])
    elif what != "void":
        return True
    step = _placed(db, number)[1]
    return step is not None and cut.holds(step)


def _step(db: sqlite3.Connection, event: int) -> Step:
    row = db.execute(
        "SELECT lamport, device FROM event JOIN command ON command.id = command WHERE event.id = ?", [event]
    ).fetchone()
    return Step(*row)
