"""The meeting that is next: what it is about, how it was announced, what earlier ones left for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part, Table, Text
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.reports import motions, planning
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

MOTIONS = tuple(column for column in motions.COLUMNS if column.key in ("motion", "text", "state"))


def section(book: Book, span: Span) -> Section:
    """The first planned meeting from the end of the span on."""
    from zaoyuan_cli.book import meetings

    coming = [
        one for one in meetings.listing(book.db, since=span.until, as_of=span.until) if one.state == meetings.PLANNED
    ]
    parts: list[Part] = [Heading(_("The next meeting"), 2)]
    if not coming:
        none = _("No meeting is planned: {command}").format(command=sample("zaoyuan meeting plan TITLE --date DATE"))
        return Section({"next_meeting": None}, [*parts, Text(none)])
    one = coming[0]
    head: dict[str, Any] = {
        "meeting": one.meeting, "date": one.date, "time": one.time or None, "body": one.body, "title": one.title,
        "place": one.place,
    }  # fmt: skip
    moved = motions.rows(book, one.meeting, span.until)
    data = head | planning.data(book, one, span.until) | {"motions": moved}
    parts.append(Text("  ".join(filter(None, (one.meeting, planning.when(one), one.body, one.title, one.place)))))
    left = {**(data["carried"] or {"motions": []}), "tasks": ()}  # they are the open tasks of the page
    parts += planning.parts(data | {"carried": left}, level=3)
    if moved:
        parts += [Heading(_("Motions"), 3), Table(MOTIONS, moved)]
    return Section({"next_meeting": data}, parts)
