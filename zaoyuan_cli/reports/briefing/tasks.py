"""Tasks still open, the latest first to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("task", N_("No."), "number_text"),
    Column("text", N_("Task"), flex=True),
    Column("by", N_("By")),
    Column("due", N_("Due day"), "date", 1),
    Column("state", N_("State"), "state"),
)


def section(book: Book, span: Span) -> Section:
    """Every task open at the end of the span."""
    from zaoyuan_cli.book import tasks

    rows = [one._asdict() for one in tasks.listing(book.db, span.until) if one.state != "done"]
    return Section({"tasks": rows}, [Heading(_("Open tasks"), 2), Table(COLUMNS, rows, empty=_("No open tasks."))])
