"""Closing a period: its sheet is made, with the dues as they stood, and what it is made of is frozen (R-70)."""

import sqlite3
from datetime import date
from typing import Any

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.periods import PeriodClosed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import periods as rule

from . import Book, cuts, projects, sheets
from .sheets import Sheet


def draft(book: Book, span: rule.Span) -> PeriodClosed:
    """What closing a period and all before it would record. Refusal: before_deadline, its last day is not over;
    period_closed."""
    if book.today <= span.last:
        raise Refusal(
            _("{period} runs until {last}; it is closed after that day.").format(period=span.name, last=span.last),
            code="before_deadline",
            field="period",
            value=span.name,
        )
    before = sheets.latest(book.db)
    if before and before.last >= span.last:
        raise Refusal(
            _("{period} is closed already, up to {last}.").format(period=span.name, last=before.last),
            code="period_closed",
            field="period",
            value=span.name,
            hint=_("Its sheet: {command}").format(command=f"zaoyuan period show {before.period}"),
        )
    heads = cuts.heads(book.db)
    first = max(span.first, date.fromordinal(before.last.toordinal() + 1)) if before else span.first
    total, funds, accounts = sheets.figures(book.db, heads, first, span.last, before)
    return PeriodClosed(
        period=span.name, first=first, last=span.last, on=book.today, after=before.step if before else "",
        heads=heads, total=total[0][1:], funds=funds, accounts=accounts, dues=asked(book.db, span.last),
    )  # fmt: skip


def close(book: Book, span: rule.Span) -> Sheet:
    """Close a period and all before it. Refusal as of its draft."""
    with book.writing("period close"):
        book.record(draft(book, span))
    found = sheets.latest(book.db)
    assert found is not None
    return found


def asked(db: sqlite3.Connection, last: date) -> tuple[Any, ...]:
    """The dues of every project with a levy at the end of a day, as the fact has them."""
    return tuple(
        (one.project, one.households, one.settled, int(one.due), int(one.waived), int(one.paid), int(one.owed),
         int(one.credit)) for one in projects.standing(db, last) if one.households
    )  # fmt: skip
