"""Opinions and letters still without an answer; nothing where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("number", N_("No."), "number_text"),
    Column("date", N_("Date"), "date", 1),
    Column("text", N_("Text"), flex=True),
    Column("due", N_("Answer due"), "date"),
    Column("state", N_("State"), "state"),
)


def section(book: Book, span: Span) -> Section:
    """What was not answered by the end of the span, the opinions first."""
    from zaoyuan_cli.book import correspondence

    data: dict[str, list[dict[str, Any]]] = {}
    for key, series in (("opinions", "opinion"), ("letters", "letter")):
        data[key] = [
            {"number": one.number, "date": one.date, "topic": one.topic or None, "text": one.text, "due": one.due,
             "state": one.state}
            for one in correspondence.listing(book.db, series, span.until)
            if one.state in ("open", "overdue")
        ]  # fmt: skip
    rows = [*data["opinions"], *data["letters"]]
    parts: Document = [Heading(_("Without an answer"), 2), Table(COLUMNS, rows)] if rows else []
    return Section(data, parts)
