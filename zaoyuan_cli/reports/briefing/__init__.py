"""The report before a meeting: one page a chair can run the meeting from.

It is composed of sections, one file each here, in this order. A new section is a new file and a new name below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli import __version__
from zaoyuan_cli.document import Document, Heading, Part, Running, Text
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

SECTIONS = (
    "books", "money", "projects", "arrears", "minutes", "agenda", "tasks", "ballots", "deliberations", "opinions",
    "disclosures", "offices", "bylaws", "todo",
)  # fmt: skip

PAGES = 2
"""How many pages a chair can run a meeting from."""


class Span(NamedTuple):
    """The days a report is about, both inside."""

    since: date
    until: date


class Section(NamedTuple):
    """What a section says: its keys of the JSON, and its part of the page."""

    data: Mapping[str, Any]
    document: Document


def month_of(day: date) -> Span:
    """From the first of a day's month to that day: what a report covers unless told otherwise."""
    return Span(day.replace(day=1), day)


def briefing(book: Book, span: Span) -> Page:
    """The report of a book over some days: money as it moved in them, everything else as it stood at their end."""
    sections = []
    with working(_("Putting the report together"), len(SECTIONS)) as step:
        for name in SECTIONS:
            sections.append(import_module(f"{__name__}.{name}").section(book, span))
            step()
    data: dict[str, Any] = {"name": book.name, "since": span.since, "until": span.until}
    parts = [Running(pages=PAGES), *head(book, _("{name}: report before the meeting").format(name=book.name), span)]
    for one in sections:
        data |= one.data
        parts += one.document
    return Page(data, parts)


def head(book: Book, title: str, span: Span) -> list[Part]:
    """What every paper of some days begins with: its name, the days, when it was made."""
    days = _("{since} to {until}").format(since=span.since, until=span.until)
    made = _("Made {moment} by zaoyuan {version}.").format(moment=f"{book.now:%Y-%m-%d %H:%M}", version=__version__)
    return [Heading(title), Text(days, "dim"), Text(made, "dim")]
