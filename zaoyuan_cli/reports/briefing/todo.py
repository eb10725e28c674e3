"""What people still have to do: gaps, late things, missing papers. Never an exit code, always a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Heading
from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.reports.todo import items, lines

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """Every item as of the end of the span, with the command that shows or settles it."""
    found = items(book, span.until)
    return Section({"todo": [one._asdict() for one in found]}, [Heading(_("To do"), 2), *lines(found)])
