"""What is owed: past its day, or soon not to be demanded any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def overdue(book: Book, as_of: date) -> Iterator[Item]:
    """Projects whose due day has passed and that are owed money."""
    from zaoyuan_cli.book import projects

    for one in projects.standing(book.db, as_of, which=lambda one: one.due and one.due < as_of):
        if one.owed:
            message = _("{project}: {amount} yuan still owed, due {day}; households: {count}.").format(
                project=one.name, count=one.households - one.settled, amount=one.owed.yuan(), day=one.due_date
            )
            yield Item("arrears", message, one.due_date, f"zaoyuan unpaid {quoted(one.name)}")


def limits(book: Book, as_of: date) -> Iterator[Item]:
    """What can be demanded in court for half a year at most, and what can only be asked for by now (CC 188, 192)."""
    from zaoyuan_cli.book import projects, reminders

    called = projects.names(book.db)
    near: dict[str, list[date]] = {of: [] for of in called}
    for (of, _room), day in reminders.running_out(book.db, as_of).items():
        near[of].append(day)
    source = reminders.years_to_demand(book.db, as_of).cited
    for of, days in near.items():
        if soon := [day for day in days if day >= as_of]:
            said = _(
                "{project}: what {count} households owe can be demanded in court until {day}; a reminder renews it."
                " {source}"
            )
            message = said.format(project=called[of], count=len(soon), day=min(soon), source=source)
            yield Item("limit", message, min(soon), f"zaoyuan reminder text {quoted(called[of])} --expiring --log")
        if over := [day for day in days if day < as_of]:
            said = _("{project}: what {count} households owe can by now be asked for, not demanded. {source}")
            message = said.format(project=called[of], count=len(over), source=source)
            yield Item("limit_over", message, None, f"zaoyuan unpaid {quoted(called[of])} --expiring")
