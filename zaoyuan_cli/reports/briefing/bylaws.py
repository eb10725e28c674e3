"""The bylaws of the estate, as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("bylaw", N_("Bylaw")),
    Column("version", N_("Version"), "number", 1),
    Column("date", N_("Date"), "date", 2),
    Column("state", N_("State"), "state"),
)


def section(book: Book, span: Span) -> Section:
    """The latest version of each, up to the end of the span."""
    from zaoyuan_cli.book import bylaws

    keys = ("bylaw", "version", "date", "state", "by")
    rows = [{key: getattr(one, key) for key in keys} for one in bylaws.listing(book.db, span.until)]
    empty = _("No bylaws yet: {command}").format(command=sample("zaoyuan bylaw add TITLE -f FILE"))
    return Section({"bylaws": rows}, [Heading(_("Bylaws"), 2), Table(COLUMNS, rows, empty=empty)])
