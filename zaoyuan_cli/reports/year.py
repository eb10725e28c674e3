"""The committee's year on one page: its money by month, what was spent, projects, decisions, meetings, arrears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Heading, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, expenses, flows
from zaoyuan_cli.reports.briefing import Section, Span, arrears, head, projects
from zaoyuan_cli.reports.briefing import money as turnover
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

DECISIONS = (
    Column("decision", N_("Decision"), "number_text"),
    Column("date", N_("Date"), "date", 1),
    Column("body", N_("Body"), priority=3),
    Column("text", N_("Text"), flex=True),
    Column("paper", N_("Paper no."), "number_text", 4),
)
MEETINGS = (
    Column("meeting", N_("Meeting"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("body", N_("Body"), priority=2),
    Column("title", N_("Title"), flex=True),
)


def year(book: Book, span: Span) -> Page:
    """The report of a year, or of what there is of it; projects and arrears as they stand at its end."""
    moved = turnover.section(book, span, inside=False)
    months = flows.section(book, span, dict(moved.data["totals"]))
    sections = (moved, months, spent(book, span), projects.section(book, span), decided(book, span), met(book, span),
                arrears.section(book, span))  # fmt: skip
    data = {"name": book.name, "year": span.since.year, "since": span.since, "until": span.until}
    parts: list[Part] = head(book, _("{name}: the year {year}").format(name=book.name, year=span.since.year), span)
    for one in sections:
        data |= one.data
        parts += one.document
    return Page(data, parts)


def spent(book: Book, span: Span) -> Section:
    """The expenses of these days, void ones with their numbers."""
    from zaoyuan_cli.book import expenses as kept

    found = kept.everyone(book.db, span.since, span.until)
    rows = [expenses.record(book, one) for one in found]
    totals = {"expense": _("Total"), "amount": Fen(sum(one.amount for one in found if one.state != "void"))}
    empty = _("Nothing was spent in these days.")
    table = Table(expenses.COLUMNS, rows, totals if rows else None, empty=empty)
    return Section({"expenses": rows}, [Heading(_("Expenses"), 2), table])


def decided(book: Book, span: Span) -> Section:
    """The decisions of these days, of every body."""
    from zaoyuan_cli.book import decisions

    rows = [
        {"decision": one.decision, "date": one.date, "body": one.body, "text": one.text,
         "meeting": one.meeting or None, "paper": one.paper or None}
        for one in decisions.everyone(book.db, span.until).values() if one.date >= span.since
    ]  # fmt: skip
    empty = _("No decision in these days.")
    return Section({"decisions": rows}, [Heading(_("Decisions"), 2), Table(DECISIONS, rows, empty=empty)])


def met(book: Book, span: Span) -> Section:
    """The meetings of these days, the first first."""
    from zaoyuan_cli.book import meetings

    found = sorted(meetings.listing(book.db, "", span.since, span.until), key=lambda one: (one.date, one.meeting))
    rows = [{key: getattr(one, key) for key in ("meeting", "date", "body", "title")} for one in found]
    empty = _("No meeting in these days.")
    return Section({"meetings": rows}, [Heading(_("Meetings held"), 2), Table(MEETINGS, rows, empty=empty)])
