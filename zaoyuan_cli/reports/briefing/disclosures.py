"""The accounts that are to be published, and when each thing of the law hung last; nothing before money moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Document, Heading, Table, Text
from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.reports import disclosures
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """As it stood at the end of the span."""
    data = disclosures.page(book, span.until).data()
    quarters, shown = data["quarters"], data["rows"]
    found = {"quarters": quarters, "items": [{key: row[key] for key in ("item", "last", "state")} for row in shown]}
    if not quarters:
        return Section({"disclosures": found}, [])
    parts: Document = [Heading(_("To be published"), 2), Table(disclosures.CALENDAR, quarters[-disclosures.QUARTERS :])]
    missing = [row["what"] for row in shown if row["state"] == "missing"]
    never = [Text(_("Never posted: {what}.").format(what=series(missing)))] if missing else []
    return Section({"disclosures": found}, [*parts, *never])
