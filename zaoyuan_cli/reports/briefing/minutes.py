"""What the last meeting decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Heading, Part, Text
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.reports.briefing import Section, Span

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def section(book: Book, span: Span) -> Section:
    """The last meeting up to the end of the span, its items and decisions."""
    from zaoyuan_cli.book import decisions, meetings, minutes

    held = meetings.held_until(book.db, span.until)
    parts: list[Part] = [Heading(_("The last meeting"), 2)]
    if not held:
        none = _("No minutes yet: {command}").format(command=sample("zaoyuan minutes -f FILE"))
        return Section({"minutes": None}, [*parts, Text(none)])
    last = held[0]
    items = [item.title for item in minutes.of(book.db, last.meeting)]
    made = [one for one in decisions.everyone(book.db).values() if one.meeting == last.meeting]
    parts.append(Text(f"{last.meeting}  {last.date}  {last.body}  {last.title}"))
    parts += [Text(f"  · {title}") for title in items]
    parts += [Text(f"  {one.decision}  {one.text}") for one in made]
    data: dict[str, Any] = {
        "meeting": last.meeting, "date": last.date, "body": last.body, "title": last.title, "items": items,
        "decisions": [{"decision": one.decision, "text": one.text} for one in made],
    }  # fmt: skip
    return Section({"minutes": data}, parts)
