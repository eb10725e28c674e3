"""What people still have to do, last on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.reports.todo import items

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("message", N_("What"), flex=True),
    Column("command", N_("Command"), "number_text", screen=True),
)


def section(book: Book, span: Span) -> Section:
    """Every item as of the end of the span, with the command that shows or settles it."""
    rows = [one._asdict() for one in items(book, span.until)]
    return Section({"todo": rows}, [Heading(_("To do"), 2), Table(COLUMNS, rows, empty=_("Nothing."))])
