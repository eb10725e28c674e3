"""How an expense, an income, a decision and a row of numbers are worded for the public (R-67, R-70, R-74, R-80)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports.public import Said, Wall
from zaoyuan_cli.rules.names import is_firm

if TYPE_CHECKING:
    from zaoyuan_cli.book.expenses import Expense
    from zaoyuan_cli.book.incomes import Income

_PIECES = 4
"""So many runs of receipt numbers are named one by one."""


def way(wall: Wall, method: str) -> Said:
    """How something was paid, by the kind of the account; accounts are called after people."""
    return wall.say({"hand": N_("to a collector"), "advance": N_("advance")}.get(method, method))


class Wording:
    """What money was for, in the words of a wall: whoever is a natural person is not named."""

    def __init__(self, wall: Wall) -> None:
        from zaoyuan_cli.book import private, projects

        self.wall, db = wall, wall.book.db
        self.firms = private.donors_of_no_person(db)
        self._projects = projects.names(db, wall.day)

    @cached_property
    def expenses(self) -> dict[str, Expense]:
        from zaoyuan_cli.book import expenses

        return {one.expense: one for one in expenses.everyone(self.wall.book.db)}

    @cached_property
    def incomes(self) -> dict[str, Income]:
        from zaoyuan_cli.book import incomes

        return {one.income: one for one in incomes.everyone(self.wall.book.db, as_of=self.wall.day)}

    def project(self, project: str) -> Said:
        """What a project is called."""
        return self.wall.text(self._projects.get(project, project))

    def spent(self, one: Expense, more: Iterable[Said] = ()) -> Said:
        """What an expense was for, and whom it was paid to where that is no natural person."""
        more = list(more)
        if one.payee in self.firms.values() or is_firm(one.payee):
            more.append(self.wall.say(N_("paid to {payee}"), payee=one.payee))
        return self._with(one.what, more)

    def received(self, one: Income) -> Said:
        """What an income was for, from whom where that is no natural person, what it cost (R-74)."""
        say, more = self.wall.say, []
        if one.donor in self.firms:
            more.append(say(N_("from {payer}"), payer=self.firms[one.donor]))
        if one.cost:
            more.append(say(N_("cost {cost}, left {net}"), cost=one.cost.yuan(), net=one.net.yuan()))
        return self._with(one.what, more)

    def _with(self, what: str, more: list[Said]) -> Said:
        if not more:
            return self.wall.text(what)
        return self.wall.say(N_("{text} ({more})"), text=what, more=self.wall.series(more))

    @cached_property
    def _papers(self) -> dict[str, str]:
        from zaoyuan_cli.book import decisions

        return {number: one.paper or number for number, one in decisions.everyone(self.wall.book.db).items()}

    def decision(self, number: str) -> Said:
        """A decision as it is cited: by the number printed on it, if it has one."""
        return self.wall.text(self._papers.get(number, number))

    def numbers(self, given: list[str]) -> Said:
        """A2022-0001 to 0014, 0016: runs without a gap, so that no number stands in two lines; of many runs the first
        and the last of each device and year, and how many there are."""
        series: dict[str, list[list[str]]] = {}
        for one in given:
            before, _dash, n = one.rpartition("-")
            runs = series.setdefault(before, [])
            if runs and int(n) == int(runs[-1][-1].rpartition("-")[2]) + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        if len(series) > _PIECES:  # refunds, each numbered under its receipt
            said = N_("{since} to {until}, {count} in all")
            return self.wall.say(said, since=given[0], until=given[-1], count=len(given))
        return self.wall.series(said for runs in series.values() for said in self._runs(runs))

    def _runs(self, runs: list[list[str]]) -> list[Said]:
        """The runs of one device and year, from the second on without what they have in common."""
        if len(runs) > _PIECES:
            first, last, count = runs[0][0], runs[-1][-1].rpartition("-")[2], sum(map(len, runs))
            return [self.wall.say(N_("{since} to {until}, {count} in all"), since=first, until=last, count=count)]
        said = []
        for at, run in enumerate(runs):
            first = run[0].rpartition("-")[2] if at else run[0]
            said.append(self._until(first, run[-1].rpartition("-")[2]) if len(run) > 1 else self.wall.text(first))
        return said

    def _until(self, first: str, last: str) -> Said:
        return self.wall.say(N_("{since} to {until}"), since=first, until=last)
