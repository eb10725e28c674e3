"""Meetings, votes, tasks, opinions, letters, seals, postings, and what a merge left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports.todo import Item

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def conflicts(book: Book, as_of: date) -> Iterator[Item]:
    """What a merge left open."""
    from zaoyuan_cli.book import conflicts

    if count := len(conflicts.listing(book)):
        yield Item("conflicts", _("Conflicts still open: {count}.").format(count=count), None, "zaoyuan conflict list")


def meetings(book: Book, as_of: date) -> Iterator[Item]:
    """Meetings near and past, their notices, what they decided (R-20, R-34, R-35, R-37)."""
    from zaoyuan_cli.reports import agenda

    yield from agenda.items(book, as_of)


def polls(book: Book, as_of: date) -> Iterator[Item]:
    """Votes that run or are past their day, papers that are out, canvasses not finished (R-17, R-92)."""
    from zaoyuan_cli.reports import polls

    yield from polls.items(book, as_of)


def tasks_late(book: Book, as_of: date) -> Iterator[Item]:
    """Tasks past their day (R-39)."""
    from zaoyuan_cli.book import tasks

    for one in tasks.listing(book.db, as_of):
        if one.state == "overdue":
            message = _("{task} {text}: due {day}.").format(task=one.task, text=one.text, day=one.due)
            yield Item("task", message, one.due, "zaoyuan task list --overdue")


def unanswered(book: Book, as_of: date) -> Iterator[Item]:
    """Opinions and letters without an answer past the day it was due (R-96)."""
    from zaoyuan_cli.book import correspondence

    for series, said in (
        ("opinion", _("{number} of {date} has no answer; it was due {due}.")),
        ("letter", _("Letter {number} of {date} has no answer; it was due {due}.")),
    ):
        for one in correspondence.listing(book.db, series, as_of):
            if one.state == "overdue":
                message = said.format(number=one.number, date=one.date, due=one.due)
                yield Item(series, message, one.due, f"zaoyuan {series} show {one.number}")


def sealed(book: Book, as_of: date) -> Iterator[Item]:
    """Seals put on a paper that nobody allowed (R-95)."""
    from zaoyuan_cli.book import seals

    for one in seals.listing(book.db, until=as_of):
        if one.state == "open":
            message = _("{number}: a seal was put on a paper and nobody allowed it.").format(number=one.number)
            yield Item("seal", message, None, f"zaoyuan seal show {one.number}")


def disclosed(book: Book, as_of: date) -> Iterator[Item]:
    """Accounts to be posted, objections without an answer (R-71, R-73)."""
    from zaoyuan_cli.reports import disclosures

    yield from disclosures.items(book, as_of)
