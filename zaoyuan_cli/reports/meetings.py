"""A meeting on one page: who was there, what was said item by item, what was decided, who does what until when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zaoyuan_cli.document import Column, Document, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Attendance, Meeting
    from zaoyuan_cli.book.minutes import Item
    from zaoyuan_cli.book.people import Person

_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]+[、.．)）]|第[一二三四五六七八九十]+[项条]")
DECISIONS = (
    Column("decision", N_("No."), "number_text"),
    Column("text", N_("Decision"), flex=True),
    Column("paper", N_("On paper"), priority=1),
)
TASKS = (
    Column("task", N_("No."), "number_text"),
    Column("text", N_("Task"), flex=True),
    Column("by", N_("By")),
    Column("due", N_("Due day"), "date", 1),
    Column("state", N_("State"), "state"),
)


def page(book: Book, meeting: Meeting, as_of: date | None = None) -> Page:
    """The page of a meeting, its tasks as they stand on a day."""
    from zaoyuan_cli.book import decisions, meetings, minutes, people, tasks

    names = people.everyone(book.db)
    there = meetings.attendance(book.db, meeting)
    items = minutes.of(book.db, meeting.meeting)
    decided = [one._asdict() for one in decisions.everyone(book.db).values() if one.meeting == meeting.meeting]
    given = [one._asdict() for one in tasks.listing(book.db, as_of or book.today, meeting.meeting)]
    head = _head(meeting, there, names)
    data = {
        **head,
        "items": [{"item": n, **item._asdict()} for n, item in enumerate(items, 1)],
        "decisions": [{key: one[key] for key in ("decision", "text", "paper")} for one in decided],
        "tasks": [{key: one[key] for key in ("task", "text", "by", "due", "state", "late", "done")} for one in given],
    }
    parts: list[Part] = [Heading(f"{meeting.title}  {meeting.meeting}"), _record(head), *_items(items)]
    if decided:
        parts += [Heading(_("Decisions"), 2), Table(DECISIONS, decided)]
    if given:
        parts += [Heading(_("Tasks"), 2), Table(TASKS, given)]
    return Page(data, parts)


def _head(meeting: Meeting, there: Attendance, names: dict[str, Person]) -> dict[str, object]:
    def called(*ids: str) -> list[str]:
        return [names[person].name for person in ids if person in names]

    return {
        "meeting": meeting.meeting,
        "title": meeting.title,
        "body": meeting.body,
        "date": meeting.date,
        "place": meeting.place,
        "chair": "".join(called(meeting.chair)) or meeting.chair_name,
        "recorder": "".join(called(meeting.recorder)) or meeting.recorder_name,
        "members": len(there.members) or None,
        "present": len(there.present),
        "quorum": 2 * len(there.present) > len(there.members) if there.members else None,
        "attended": called(*there.present),
        "absent": called(*there.absent) if meeting.absent is None else list(meeting.absent),
        "guests": [*called(*there.others), *meeting.guests],
    }


def _record(head: dict[str, object]) -> Pairs:
    """The head of the paper, what is empty left out."""
    if head["members"]:
        counts = _("{present} of {members}").format(present=head["present"], members=head["members"])
        counts += "" if head["quorum"] else " " + _("(no quorum)")
    else:
        counts = str(head["present"])
    rows = (
        (_("Body"), head["body"]),
        (_("Date"), head["date"]),
        (_("Place"), head["place"]),
        (_("Chair"), head["chair"]),
        (_("Recorder"), head["recorder"]),
        (_("Present"), "  ".join([counts, _names(head["attended"])]).rstrip()),
        (_("Absent"), _names(head["absent"])),
        (_("Guests"), _names(head["guests"])),
    )
    return Pairs(tuple((label, value) for label, value in rows if value))


def _names(names: object) -> str:
    return "、".join(map(str, names)) if isinstance(names, list) else ""


def _items(items: list[Item]) -> Document:
    parts: list[Part] = []
    for n, item in enumerate(items, 1):
        parts.append(Heading(item.title if _NUMBERED.match(item.title) else f"{n}. {item.title}".rstrip(), 2))
        if item.text:
            parts.append(Text(item.text))
    return parts
