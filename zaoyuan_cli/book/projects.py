"""Projects: what money of a fund is gathered for. Levies are made in levies.py, what is owed is counted in dues.py."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound
from zaoyuan_cli.facts.projects import HouseholdExempted, HouseholdIncluded, ProjectAdded
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen

from . import Book, dues, naming, searching
from .dues import ALWAYS, Claim, Owed, claim, owed
from .ledger import Origin, derives

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

TABLES = (
    "CREATE TABLE project (event INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE,"
    " fund TEXT NOT NULL REFERENCES fund (fund), day TEXT NOT NULL, due TEXT, goal INTEGER, budget INTEGER,"
    " decision TEXT REFERENCES decision (number),"
    " levy TEXT NOT NULL, rate INTEGER NOT NULL, shared TEXT NOT NULL, condition TEXT NOT NULL) STRICT",
    "CREATE TABLE due (event INTEGER NOT NULL, project TEXT NOT NULL REFERENCES project (project),"
    " room TEXT NOT NULL REFERENCES household (room), owners TEXT NOT NULL, fen INTEGER NOT NULL, day TEXT NOT NULL,"
    " UNIQUE (project, room)) STRICT",
    "CREATE INDEX due_room ON due (room)",
    "CREATE INDEX due_event ON due (event)",
    "CREATE TABLE waiver (event INTEGER PRIMARY KEY, project TEXT NOT NULL, room TEXT NOT NULL, fen INTEGER NOT NULL,"
    " day TEXT NOT NULL, decision TEXT REFERENCES decision (number), reason TEXT NOT NULL, note TEXT NOT NULL,"
    " FOREIGN KEY (project, room) REFERENCES due (project, room)) STRICT",
    "CREATE INDEX waiver_of ON waiver (project, room)",
)


@derives(ProjectAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: ProjectAdded) -> None:
    db.execute(
        "INSERT INTO project VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.project, fact.fund, fact.on.isoformat(), fact.due.isoformat() if fact.due else None,
            fact.goal, fact.budget, fact.decision or None, fact.levy, fact.rate, fact.by, fact.where,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO due VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, fact.project, room, owners, fen, fact.on.isoformat()) for room, owners, fen in fact.dues],
    )
    searching.put(db, origin, "project", fact.project, fact.project)


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


class Project(NamedTuple):
    """A project as it was made; goal, budget and rate in fen (the rate of an area levy: fen per m²).

    due: the last day to pay; levy: household, area, total or ""; by: how a total was shared; where: its condition.
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


class ProjectStanding(NamedTuple):
    """A project in sums, in fen: due = paid + owed + waived - credit, and left = paid + income - spent.

    households: how many are in the levy; settled: how many of them owe nothing; paid: all received for it, gifts
    included, net of voids and refunds; credit: what of that no due asked for.
    """

    project: str
    fund: str
    day: date
    due_date: date | None
    goal: Fen | None
    budget: Fen | None
    households: int
    settled: int
    due: Fen
    waived: Fen
    paid: Fen
    owed: Fen
    credit: Fen
    spent: Fen
    left: Fen
    income: Fen


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Project]:
    """All projects by name, the oldest first."""
    rows = db.execute(
        "SELECT project, fund, day, due, goal, budget, ifnull(decision, ''), levy, rate, shared, condition"
        " FROM project WHERE day <= ? ORDER BY day, project",
        [as_of.isoformat() if as_of else ALWAYS],
    ).fetchall()
    return {
        name: Project(
            name, fund, date.fromisoformat(day), date.fromisoformat(due) if due else None, _fen(goal), _fen(budget),
            decision, levy, Fen(rate), by, where,
        )
        for name, fund, day, due, goal, budget, decision, levy, rate, by, where in rows
    }  # fmt: skip


def _fen(value: int | None) -> Fen | None:
    return None if value is None else Fen(value)


def pick(book: Book, text: str) -> str:
    """The project of a name or a part that fits only one. NotFound, Ambiguous."""
    return naming.pick({name: name for name in everyone(book.db)}, text, "project", _missing)


def _missing(text: str) -> NotFound:
    return NotFound(
        _("There is no project “{name}”.").format(name=text),
        field="project",
        value=text,
        hint=_("All projects: {command}").format(command="zaoyuan project list"),
    )


def current(book: Book, room: str = "") -> str:
    """The project meant where none is named: the one in use; else the one this household still owes; else the only one.
    Ambiguous where there are several, NotFound where there is none."""
    names = list(everyone(book.db))
    if in_use(book) in names:
        return in_use(book)
    owing = [project for project, _owed in dues.owing(book.db, room)] if room else []
    found = owing or names
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(found)
    raise NotFound(
        _("There is no project yet."),
        field="project",
        hint=_("Add one: {command}").format(
            command="zaoyuan project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike"
        ),
    )


def _several(found: list[str]) -> Ambiguous:
    return Ambiguous(
        _("Which project? There are {count}.").format(count=len(found)),
        field="project",
        candidates=naming.candidates({name: name for name in found}, found),
        hint=_("Name it with {option}, or set it once: {command}").format(
            option="-p", command=f"zaoyuan project use {found[0]}"
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


def standing(db: sqlite3.Connection, as_of: date | None = None, project: str | None = None) -> list[ProjectStanding]:
    """Every project in sums, or one, the oldest first."""
    claims: dict[str, list[Claim]] = {}
    for of, _room, one in dues.claims(db, project, as_of=as_of):
        claims.setdefault(of, []).append(one)
    money: dict[tuple[str, str], int] = {}
    for of, what, fen in db.execute(
        "SELECT project, what, sum(fen) FROM movement WHERE day <= ? AND "
        + ("project = ?" if project else "project IS NOT NULL")
        + " GROUP BY project, what",
        [as_of.isoformat() if as_of else ALWAYS, *([project] if project else [])],
    ).fetchall():
        money[of, what] = fen
    return [
        _sum(one, claims.get(name, []), money)
        for name, one in everyone(db, as_of).items()
        if project is None or name == project
    ]


def _sum(project: Project, claims: list[Claim], money: dict[tuple[str, str], int]) -> ProjectStanding:
    name = project.project
    due, waived = Fen(sum(one.due for one in claims)), Fen(sum(one.waived for one in claims))
    owed = Fen(sum(one.owed for one in claims))
    paid = Fen(money.get((name, "contribution"), 0) + money.get((name, "refund"), 0))
    spent = Fen(-money.get((name, "expense"), 0))
    income = Fen(money.get((name, "income"), 0))
    return ProjectStanding(
        name, project.fund, project.day, project.due, project.goal, project.budget, len(claims),
        sum(not one.owed for one in claims), due, waived, paid, owed, paid + owed + waived - due, spent,
        paid + income - spent, income,
    )  # fmt: skip
