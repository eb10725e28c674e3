"""Projects: budgets passed, goals missed, shares and decisions still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def over_budget(book: Book, as_of: date) -> Iterator[Item]:
    """Projects that cost more than their budget."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of, which=lambda one: one.budget is not None):
        if one.budget is not None and one.spent > one.budget:
            message = _("{project} has spent {spent}, its budget is {budget}: {over} too much.").format(
                project=one.name, spent=one.spent.yuan(), budget=one.budget.yuan(),
                over=Fen(one.spent - one.budget).yuan(),
            )  # fmt: skip
            yield Item("budget", message, None, f"zaoyuan project show {quoted(one.name)}")


def shares_open(book: Book, as_of: date) -> Iterator[Item]:
    """Shares of closed projects that nobody was paid yet (R-66)."""
    from zaoyuan_cli.book import projects, returns

    for project, found in returns.waiting(book.db, as_of).items():
        name, whole = projects.names(book.db)[project], sum(one.open for one in found)
        message = _("{project}: {amount} yuan are still to be given back; payers: {payers}.").format(
            project=name, amount=type(found[0].open)(whole).yuan(), payers=len(found)
        )
        yield Item("share", message, None, f"zaoyuan project shares {quoted(name)}")


def goals_missed(book: Book, as_of: date) -> Iterator[Item]:
    """Projects that are all or nothing and whose day for the goal has passed: the money goes back."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of, which=lambda one: one.all_or_nothing):
        if one.until and one.until < as_of and not one.reached and one.state == "open":
            message = _("{project}: {there} of {goal} yuan by {day}, the goal was not reached; the money goes back.")
            message = message.format(
                project=one.name, there=one.there.yuan(), goal=(one.goal or one.there).yuan(), day=one.until
            )
            yield Item("goal", message, one.until, f"zaoyuan project close {quoted(one.name)} --return")


def waived_without_decision(book: Book, as_of: date) -> Iterator[Item]:
    """Waivers nobody decided (R-67); no room is named."""
    from zaoyuan_cli.book import gaps

    found = gaps.undecided_waivers(book.db, as_of)
    for project in dict.fromkeys(found):
        message = _("Waivers without a decision ({project}): {count}.").format(
            project=project, count=found.count(project)
        )
        yield Item("waiver", message, None, sample(f"zaoyuan project exempt WHO -p {quoted(project)} --decision NO"))


def levied_without_decision(book: Book, as_of: date) -> Iterator[Item]:
    """Open projects whose levy nobody decided."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of, which=lambda one: not one.decision):
        if one.households and one.state == "open":
            message = _("{project}: {amount} yuan are asked of households without a decision; households: {count}.")
            message = message.format(project=one.name, amount=one.due.yuan(), count=one.households)
            yield Item("levy", message, None, sample(f"zaoyuan project edit {quoted(one.name)} --decision NO"))
