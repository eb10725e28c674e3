"""Projects: what money of a fund is gathered for. Levies are made in levies.py, what is owed is counted in dues.py."""

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound
from zaoyuan_cli.facts.projects import (
    ExemptionDecided,
    HouseholdExempted,
    HouseholdIncluded,
    ProjectAdded,
    ProjectEdited,
)
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen

from . import Book, changes, dues, naming, searching
from .dues import ALWAYS, Claim, Owed, claim, owed
from .ledger import Origin, derives
from .standings import ProjectStanding, sums

__all__ = [
    "Claim",
    "Owed",
    "Project",
    "ProjectStanding",
    "claim",
    "current",
    "everyone",
    "owed",
    "pick",
    "standing",
    "use",
]

LIST = "zaoyuan project list"

TABLES = (
    "CREATE TABLE project (event INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE,"
    " fund TEXT NOT NULL REFERENCES fund (fund), day TEXT NOT NULL, due TEXT, goal INTEGER, budget INTEGER,"
    " decision TEXT REFERENCES decision (number),"
    " levy TEXT NOT NULL, rate INTEGER NOT NULL, shared TEXT NOT NULL, condition TEXT NOT NULL,"
    " whole INTEGER NOT NULL, until TEXT) STRICT",
    "CREATE TABLE project_edit (event INTEGER PRIMARY KEY, project TEXT NOT NULL REFERENCES project (project),"
    " decision TEXT REFERENCES decision (number)) STRICT",
    "CREATE TABLE due (event INTEGER NOT NULL, project TEXT NOT NULL REFERENCES project (project),"
    " room TEXT NOT NULL REFERENCES household (room), owners TEXT NOT NULL, fen INTEGER NOT NULL, day TEXT NOT NULL,"
    " UNIQUE (project, room)) STRICT",
    "CREATE INDEX due_room ON due (room)",
    "CREATE INDEX due_event ON due (event)",
    "CREATE TABLE waiver (event INTEGER PRIMARY KEY, project TEXT NOT NULL, room TEXT NOT NULL, fen INTEGER NOT NULL,"
    " day TEXT NOT NULL, decision TEXT REFERENCES decision (number), reason TEXT NOT NULL, note TEXT NOT NULL,"
    " FOREIGN KEY (project, room) REFERENCES due (project, room)) STRICT",
    "CREATE INDEX waiver_of ON waiver (project, room)",
    "CREATE TABLE waiver_decision (event INTEGER PRIMARY KEY, project TEXT NOT NULL, room TEXT NOT NULL,"
    " day TEXT NOT NULL, decision TEXT NOT NULL REFERENCES decision (number),"
    " FOREIGN KEY (project, room) REFERENCES due (project, room)) STRICT",
    "CREATE INDEX waiver_decision_of ON waiver_decision (project, room)",
)


@derives(ProjectAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: ProjectAdded) -> None:
    db.execute(
        "INSERT INTO project VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.project, fact.fund, fact.on.isoformat(), fact.due.isoformat() if fact.due else None,
            fact.goal, fact.budget, fact.decision or None, fact.levy, fact.rate, fact.by, fact.where,
            fact.whole, fact.until.isoformat() if fact.until else None,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO due VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, fact.project, room, owners, fen, fact.on.isoformat()) for room, owners, fen in fact.dues],
    )
    searching.put(db, origin, "project", fact.project, fact.project)


@derives(ProjectEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: ProjectEdited) -> None:
    row = (origin.event, fact.project, fact.changes.get("decision") or None)
    db.execute("INSERT INTO project_edit VALUES (?, ?, ?)", row)
    changes.put(db, origin, "project", fact.project, fact.on, fact.changes, fact.saw)
    if name := fact.changes.get("shown"):
        searching.put(db, origin, "project", fact.project, name)


@derives(HouseholdIncluded)
def included(db: sqlite3.Connection, origin: Origin, fact: HouseholdIncluded) -> None:
    values = (origin.event, fact.project, fact.room, fact.owners, fact.fen, fact.on.isoformat())
    db.execute("INSERT INTO due VALUES (?, ?, ?, ?, ?, ?)", values)


@derives(HouseholdExempted)
def exempted(db: sqlite3.Connection, origin: Origin, fact: HouseholdExempted) -> None:
    db.execute(
        "INSERT INTO waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.project, fact.room, fact.fen, fact.on.isoformat(), fact.decision or None, fact.reason,
            fact.note,
        ),
    )  # fmt: skip


@derives(ExemptionDecided)
def decided(db: sqlite3.Connection, origin: Origin, fact: ExemptionDecided) -> None:
    row = (origin.event, fact.project, fact.room, fact.on.isoformat(), fact.decision)
    db.execute("INSERT INTO waiver_decision VALUES (?, ?, ?, ?, ?)", row)


class Project(NamedTuple):
    """A project as it is on a day; goal, budget and rate in fen (the rate of an area levy: fen per m²).

    project: the name first given, its key; name: what it is called now; due: the last day to pay; levy: household,
    area, total or ""; by: how a total was shared; where: its condition; all_or_nothing: nothing is spent before the
    goal is reached, which is to be by `until`.
    """

    project: str
    fund: str
    day: date
    due: date | None
    goal: Fen | None
    budget: Fen | None
    decision: str
    levy: str
    rate: Fen
    by: str
    where: str
    name: str
    all_or_nothing: bool
    until: date | None


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Project]:
    """All projects by the name first given, as edited, the oldest first."""
    rows = db.execute(
        "SELECT project, fund, day, due, goal, budget, ifnull(decision, ''), levy, rate, shared, condition,"
        " whole, until FROM project WHERE day <= ? ORDER BY day, project",
        [as_of.isoformat() if as_of else ALWAYS],
    ).fetchall()
    edits = changes.latest(db, "project", as_of)
    found = {}
    for key, fund, day, due, goal, budget, decision, levy, rate, by, where, whole, until in rows:
        first = {"shown": key, "due": due, "goal": goal, "budget": budget, "decision": decision, "until": until}
        now = first | edits.get(key, {})
        found[key] = Project(
            key, fund, date.fromisoformat(day), _day(now["due"]), _fen(now["goal"]), _fen(now["budget"]),
            now["decision"], levy, Fen(rate), by, where, now["shown"], bool(whole), _day(now["until"]),
        )  # fmt: skip
    return found


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def names(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, str]:
    """What every project is called, by the name first given; "" for none is ""."""
    first = {key: key for (key,) in db.execute("SELECT project FROM project ORDER BY day, project").fetchall()}
    shown = {key: fields["shown"] for key, fields in changes.latest(db, "project", as_of).items() if "shown" in fields}
    return {"": "", **first, **shown}


def called(db: sqlite3.Connection, project: str) -> str:
    """What one project is called; "" for none is ""."""
    shown = changes.latest(db, "project", key=project).get(project, {}) if project else {}
    return str(shown.get("shown", project))


def _fen(value: int | None) -> Fen | None:
    return None if value is None else Fen(value)


def pick(book: Book, text: str) -> str:
    """The project of a name or a part that fits only one. NotFound, Ambiguous."""
    known = names(book.db)
    return naming.pick({key: name for key, name in known.items() if key}, text, "project", _missing)


def _missing(text: str) -> NotFound:
    return NotFound(
        _("There is no project “{name}”.").format(name=text),
        field="project",
        value=text,
        hint=_("All projects: {command}").format(command=LIST),
    )


def current(book: Book, room: str = "") -> str:
    """The project meant where none is named: the one in use; else the open one this household still owes; else the only
    open one; else the closed one it still owes. Ambiguous where there are several, NotFound where there is none."""
    shut = {key for (key,) in book.db.execute("SELECT project FROM closure").fetchall()}
    known = names(book.db)
    running = [key for key in known if key and key not in shut]
    if in_use(book) in running:
        return in_use(book)
    owing = [project for project, _owed in dues.owing(book.db, room)] if room else []
    found = [key for key in owing if key not in shut] or running or owing
    if len(found) == 1:
        return found[0]
    if found:
        raise _several({key: known[key] for key in found})
    if shut:
        raise NotFound(
            _("No project is open."), field="project", hint=_("All projects: {command}").format(command=LIST)
        )
    raise NotFound(
        _("There is no project yet."),
        field="project",
        hint=_("Add one: {command}").format(
            command="zaoyuan project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike"
        ),
    )


def _several(found: dict[str, str]) -> Ambiguous:
    return Ambiguous(
        _("Which project? There are {count}.").format(count=len(found)),
        field="project",
        candidates=naming.candidates(found, found),
        hint=_("Name it with {option}, or set it once: {command}").format(
            option="-p", command=f"zaoyuan project use {next(iter(found.values()))}"
        ),
    )


def fund_of(book: Book, project: str) -> str:
    """The fund a project belongs to."""
    return str(book.db.execute("SELECT fund FROM project WHERE project = ?", [project]).fetchone()[0])


def in_use(book: Book) -> str:
    """The project in use on this computer, "" for none."""
    return book.anchor.project


def use(book: Book, project: str) -> None:
    """Set the project in use on this computer; "" for none. No entry of the book: another computer has its own."""
    book.anchor.write({"project": project})


def standing(
    db: sqlite3.Connection, as_of: date | None = None, project: str | None = None,
    which: Callable[[Project], object] | None = None,
) -> list[ProjectStanding]:  # fmt: skip
    """Every project in sums, or one, or those `which` is true of; the oldest first."""
    known = everyone(db, as_of).values()
    asked = [one for one in known if (project is None or one.project == project) and (which is None or which(one))]
    return sums(db, asked, as_of) if asked else []
