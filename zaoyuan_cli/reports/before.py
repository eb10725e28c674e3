"""The money of a year beside that of the year before, by fund. Part of the report on a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("fund", N_("Fund")),
    Column("in", N_("In"), "money"),
    Column("in_before", N_("Year before"), "money"),
    Column("out", N_("Out"), "money"),
    Column("out_before", N_("Year before"), "money"),
    Column("closing", N_("Closing"), "money"),
    Column("closing_before", N_("Year before"), "money"),
)
SUMS = ("in", "out", "closing")


def section(book: Book, span: Span) -> Section:
    """What came into each fund, went out and was left, beside the same of the same days of the year before; transfers
    between funds left out. Nothing where the book has no movement of those days."""
    then = Span(_year_before(span.since), _year_before(span.until))
    before, totals_before = _funds(book, then)
    if not any(totals_before[key] for key in SUMS):
        return Section({"year_before": None}, [])
    now, totals = _funds(book, span)
    rows = [_beside(now[fund], before[fund]) for fund in now]
    rows = [row for row in rows if any(row[column.key] for column in COLUMNS[1:])]
    data = {"since": then.since, "until": then.until, "funds": list(before.values()), "totals": totals_before}
    title = _("Beside {since} to {until}").format(since=then.since, until=then.until)
    table = Table(COLUMNS, rows, _beside({"fund": _("Total"), **totals}, totals_before))
    return Section({"year_before": data}, [Heading(title, 2), table])


def _funds(book: Book, span: Span) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The figures of each fund between two days, without what was moved from fund to fund; and of all."""
    from zaoyuan_cli.book import entries, turnovers

    moved = turnovers.transfers(book.db, "fund", span.since, span.until)
    found = {}
    for one in entries.turnover(book.db, "fund", span.since, span.until):
        came, went = moved.get(one.name, (Fen(), Fen()))
        figures = {"in": Fen(one.into - came), "out": Fen(one.out - went), "closing": one.closing}
        found[one.name] = {"fund": one.name, **figures}
    totals = entries.totals(book.db, span.since, span.until).row()
    return found, {key: totals[key] for key in SUMS}


def _beside(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {**now, **{f"{key}_before": before[key] for key in SUMS}}


def _year_before(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th. A year's last day stays its last."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
