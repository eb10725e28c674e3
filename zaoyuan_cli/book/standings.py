"""Where projects stand: their dues, money, promises and shares in sums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.rules.money import Fen

from . import dues, kept

if TYPE_CHECKING:
    from .projects import Project


class ProjectStanding(NamedTuple):
    """A project in sums, in fen: due = paid + owed + waived - credit, and left = paid + income - spent - returned.

    households: how many are in the levy; settled: how many of them owe nothing; paid: all received for it, gifts
    included, net of voids, refunds and credit used elsewhere; credit: what of that no due asked for; promised: all
    pledges; late: what of `paid` came in after the closing; name: what it is called now; state: open or closed.
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
    name: str
    promised: Fen
    returned: Fen
    late: Fen
    state: str
    closed: date | None
    all_or_nothing: bool
    until: date | None

    @property
    def there(self) -> Fen:
        """What came in towards the goal."""
        return Fen(self.paid + self.income)

    @property
    def reached(self) -> bool:
        """Whether the goal is reached; true where there is none."""
        return self.goal is None or self.there >= self.goal


def sums(db: sqlite3.Connection, projects: Sequence[Project], as_of: date | None = None) -> list[ProjectStanding]:
    """These projects in sums at the end of a day (now without one), in their order."""
    day, only = (as_of or date.max).isoformat(), projects[0].project if len(projects) == 1 else ""
    flows, days = kept.flows(until=as_of)
    levied = dues.levied(db, only or None, as_of)
    money = {
        (of, what): int(fen)
        for of, what, fen in db.execute(
            f"SELECT project, what, sum(came - went) FROM ({flows}) WHERE project = :only OR :only = ''"
            " GROUP BY project, what",
            {"only": only, **days},
        ).fetchall()
    }
    pledged = dict(
        db.execute(
            "SELECT project, sum(fen) FROM pledge WHERE day <= ? AND number NOT IN (SELECT number FROM void)"
            " GROUP BY project",
            [day],
        ).fetchall()
    )
    closed = {
        of: (date.fromisoformat(on), int(json.loads(totals)["paid"]))
        for of, on, totals in db.execute("SELECT project, day, totals FROM closure WHERE day <= ?", [day]).fetchall()
    }
    return [
        _sum(one, levied.get(one.project, dues.Levied()), money, pledged.get(one.project, 0), closed.get(one.project))
        for one in projects
    ]


def _sum(
    project: Project, levied: dues.Levied, money: Mapping[tuple[str, str], int], promised: int,
    closed: tuple[date, int] | None,
) -> ProjectStanding:  # fmt: skip
    name = project.project
    households, settled, due, waived, owed = levied
    paid = Fen(sum(money.get((name, what), 0) for what in ("contribution", "refund", "transfer")))
    spent, returned = Fen(-money.get((name, "expense"), 0)), Fen(-money.get((name, "return"), 0))
    income = Fen(money.get((name, "income"), 0))
    return ProjectStanding(
        name, project.fund, project.day, project.due, project.goal, project.budget, households,
        settled, due, waived, paid, owed, paid + owed + waived - due, spent, paid + income - spent - returned,
        income, project.name, Fen(promised), returned,
        paid - closed[1] if closed else Fen(0), "closed" if closed else "open", closed[0] if closed else None,
        project.all_or_nothing, project.until,
    )  # fmt: skip
