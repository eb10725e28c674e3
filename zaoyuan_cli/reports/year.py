"""The report of a year, and of a committee's term: one mechanism, that composes what happened in some days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Running, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, before, expenses, flows, work
from zaoyuan_cli.reports.briefing import Section, Span, arrears, head, projects
from zaoyuan_cli.reports.briefing import money as turnover
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

WORKS = (
    Column("project", N_("Project")),
    Column("raised", N_("Raised"), "money"),
    Column("spent", N_("Spent"), "money"),
    Column("returned", N_("Given back"), "money", 2),
    Column("left", N_("Left"), "money"),
    Column("state", N_("State"), "state", 3),
)
PAGES = 3
"""How many pages owners read; a smaller print is tried before there are more."""
SPENT = tuple(column for column in expenses.COLUMNS if column.key not in ("fund", "account", "decision"))
SUMS = ("raised", "spent", "returned", "left")


def year(book: Book, span: Span) -> Page:
    """The report of a year, or of what there is of it, its money beside that of the year before; projects and arrears
    as they stand at its end."""
    sections = [*_money(book, span), before.section(book, span), work.outlay(book, span), spent(book, span),
                projects.section(book, span), *_done(book, span), arrears.section(book, span)]  # fmt: skip
    title = _("{name}: the year {year}").format(name=book.name, year=span.since.year)
    return _page(book, span, title, {"year": span.since.year}, sections)


def term(book: Book, body: str, span: Span) -> Page:
    """The report of a body to the owners, at the end of its term or of a year of it: its money from first to last day,
    what it raised and spent by project, what it and the assembly decided, its meetings, votes, answers, papers, and
    what it has to hand over."""
    from zaoyuan_cli.book import bodies

    one = bodies.one(book, body)
    of = {body, *(key for key, each in bodies.everyone(book.db).items() if each.kind == "assembly")}
    sections = [*_money(book, span), work.outlay(book, span), works(book, span), *_done(book, span, of),
                arrears.section(book, span), work.handed_over(book, span, body)]  # fmt: skip
    title = _("{body} of {name}: report on its work").format(body=one.name, name=book.name)
    return _page(book, span, title, {"body": one.name}, sections)


def _page(book: Book, span: Span, title: str, of: dict[str, Any], sections: Sequence[Section]) -> Page:
    data: dict[str, Any] = {"name": book.name, **of, "since": span.since, "until": span.until}
    parts: list[Part] = [Running(pages=PAGES), *head(book, title, span)]
    for one in sections:
        data |= one.data
        parts += one.document
    return Page(data, parts)


def _money(book: Book, span: Span) -> list[Section]:
    moved = turnover.section(book, span, inside=False)
    return [moved, flows.section(book, span, dict(moved.data["totals"]))]


def _done(book: Book, span: Span, of: set[str] | None = None) -> list[Section]:
    """What was done besides money, by some bodies or by all."""
    bodies = of or set()
    return [
        work.decided(book, span, bodies), work.met(book, span, bodies), work.voted(book, span),
        work.answered(book, span), work.disclosed(book, span),
    ]  # fmt: skip


def spent(book: Book, span: Span) -> Section:
    """The expenses of these days, void ones with their numbers."""
    from zaoyuan_cli.book import expenses as kept

    found = kept.everyone(book.db, span.since, span.until)
    rows = [expenses.record(book, one) for one in found]
    totals = {"expense": _("Total"), "amount": Fen(sum(one.amount for one in found if one.state != "void"))}
    empty = _("Nothing was spent in these days.")
    table = Table(SPENT, rows, totals if rows else None, empty=empty)
    return Section({"expenses": rows}, [Heading(_("Expenses"), 2), table])


def works(book: Book, span: Span) -> Section:
    """What each project raised, spent and gave back in these days, and what is left of it at their end."""
    from zaoyuan_cli.book import projects as kept

    then = {one.project: one for one in kept.standing(book.db, _eve(span.since))}
    rows: list[dict[str, Any]] = []
    for one in kept.standing(book.db, span.until):
        was = then.get(one.project)
        raised, out, back = (
            Fen(now - old)
            for now, old in (
                (one.there, was.there if was else 0), (one.spent, was.spent if was else 0),
                (one.returned, was.returned if was else 0),
            )
        )  # fmt: skip
        if raised or out or back or one.state == "open":
            rows.append({"project": one.name, "raised": raised, "spent": out, "returned": back, "left": one.left,
                         "state": one.state})  # fmt: skip
    totals = {"project": _("Total"), **{key: Fen(sum(row[key] for row in rows)) for key in SUMS}}
    shown = tuple(column for column in WORKS if column.key != "returned" or any(row["returned"] for row in rows))
    empty = _("No project in these days.")
    table = Table(shown, rows, totals if rows else None, empty=empty)
    return Section({"works": rows}, [Heading(_("Projects"), 2), table])


def _eve(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
