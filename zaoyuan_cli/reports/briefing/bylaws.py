"""The bylaws of the estate, as they stand: a line of those in force, a line of each other state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Text
from zaoyuan_cli.i18n import _, sample, series
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.reports.bylaws import row

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """What is in force at the end of the span, what is adopted for a later day, and newer drafts."""
    from zaoyuan_cli.book import bylaws

    rows = [row(one) for one in bylaws.listing(book.db, span.until)]
    said = [_line(state, rows) for state in dict.fromkeys(one["state"] for one in rows)]
    if not rows:
        empty = _("No bylaws yet: {command}").format(command=sample("zaoyuan bylaw add TITLE -f FILE"))
        said = [Text(empty)]
    return Section({"bylaws": rows}, [Heading(_("Bylaws"), 2), *said])


def _line(state: str, rows: list[dict[str, Any]]) -> Text:
    """in force: 存车棚管理办法 2 (from 2022-05-01), 居民公约 1 (from 2020-01-01)."""
    named = [
        _("{bylaw} {version} (from {day})").format(bylaw=one["bylaw"], version=one["version"], day=one["effective"])
        if one["effective"] else f"{one['bylaw']} {one['version']}"
        for one in rows if one["state"] == state
    ]  # fmt: skip
    return Text(_("{state}: {bylaws}").format(state=_(state.replace("_", " ")), bylaws=series(named)))
