"""The bylaws of the estate, as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.reports.bylaws import row

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("bylaw", N_("Bylaw")),
    Column("version", N_("Version"), "number", 1),
    Column("state", N_("State"), "state"),
    Column("effective", N_("In force from"), "date", 1),
    Column("decision", N_("Decision"), "number_text", 2),
    Column("date", N_("Entered"), "date", 3),
)


def section(book: Book, span: Span) -> Section:
    """What is in force at the end of the span, what is adopted for a later day, and newer drafts."""
    from zaoyuan_cli.book import bylaws

    rows = [row(one) for one in bylaws.listing(book.db, span.until)]
    empty = _("No bylaws yet: {command}").format(command=sample("zaoyuan bylaw add TITLE -f FILE"))
    return Section({"bylaws": rows}, [Heading(_("Bylaws"), 2), Table(COLUMNS, rows, empty=empty)])
