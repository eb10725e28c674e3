"""Proposals on their way; nothing where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Document, Heading, Table
from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports import deliberations
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """Every proposal that is neither rejected nor closed by the end of the span."""
    from zaoyuan_cli.book import deliberations as known

    rows = [deliberations.row(one) for one in known.listing(book.db, span.until) if one.running]
    parts: Document = [Heading(_("Being deliberated"), 2), Table(deliberations.COLUMNS, rows)] if rows else []
    return Section({"deliberations": rows}, parts)
