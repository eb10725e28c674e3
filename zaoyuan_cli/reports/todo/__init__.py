"""What people still have to do; never an exit code. A new kind of it is a function in a file here, named in SOURCES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.document import Text
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


class Item(NamedTuple):
    """Something to do: its kind (a code), a sentence, the day it is due, the command that shows or settles it."""

    kind: str
    message: str
    due: date | None
    command: str


SOURCES = (
    "affairs.conflicts", "arrears.overdue", "arrears.limits", "affairs.meetings", "affairs.polls",
    "affairs.tasks_late", "projects.over_budget", "projects.shares_open", "projects.goals_missed", "money.no_voucher",
    "money.outgoing", "projects.levied_without_decision", "projects.waived_without_decision", "money.below_zero",
    "money.receipts", "money.shortfalls", "money.counted", "money.unclosed",
    "affairs.unanswered", "affairs.sealed", "affairs.disclosed", "roll.handed_over", "roll.offices", "roll.roll_gaps",
)  # fmt: skip
"""Every source, by file and function, in the order of the page."""
DEADLINES = {
    "advance", "arrears", "called", "canvass", "disclosure", "letter", "objection", "opinion", "posting", "task",
}  # fmt: skip
"""Kinds whose day is one by which it had to be done: past it they are overdue, and the line says so."""


def items(book: Book, as_of: date) -> list[Item]:
    """Everything to do as of a day, the pressing first."""
    return [_told(item, as_of) for source in SOURCES for item in _asked(source)(book, as_of)]


def _told(item: Item, as_of: date) -> Item:
    if item.kind not in DEADLINES or not item.due or item.due >= as_of:
        return item
    return item._replace(message=_("Overdue: {what}").format(what=item.message))


def _asked(source: str) -> Callable[[Book, date], Iterator[Item]]:
    """The function of a name in SOURCES."""
    module, _dot, name = source.partition(".")
    found: Callable[[Book, date], Iterator[Item]] = getattr(import_module(f"{__name__}.{module}"), name)
    return found


def lines(found: list[Item]) -> list[Text]:
    """Them as lines of a page."""
    return [Text(f"! {item.message}   {item.command}", "warn") for item in found] or [Text(_("Nothing."))]
