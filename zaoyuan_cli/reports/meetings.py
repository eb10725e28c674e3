"""A meeting on one page: how it was announced, who was there, what was said item by item, what was moved and decided,
who does what until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, motions, planning, signings

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.attending import Attendance
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.minutes import Item
    from zaoyuan_cli.book.people import Person

NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]+[、.．)）]|第[一二三四五六七八九十]+[项条]")
DECISIONS = (
    Column("decision", N_("No."), "number_text"),
    Column("text", N_("Decision"), flex=True),
    Column("motion", N_("Motion"), "number_text", 2),
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
    from zaoyuan_cli.book import attending, decisions, minutes, people, signing, tasks

    names = people.everyone(book.db)
    there = attending.attendance(book.db, meeting)
    items = minutes.of(book.db, meeting.meeting)
    decided = [one._asdict() for one in decisions.everyone(book.db, as_of).values() if one.meeting == meeting.meeting]
    given = [one._asdict() for one in tasks.listing(book.db, as_of or book.today, meeting.meeting)]
    moved = motions.rows(book, meeting.meeting, as_of)
    now = signing.standing(book.db, meeting, as_of)
    head = _head(meeting, there, names) | {"state": now.stage}
    plan = planning.data(book, meeting, as_of)
    data = {
        **head,
        **plan,
        "items": [{"item": n, **item._asdict()} for n, item in enumerate(items, 1)],
        "motions": moved,
        "decisions": [{key: one[key] or None for key in ("decision", "text", "motion", "paper")} for one in decided],
        "posting": planning.posting(book, meeting) if decided else None,
        "tasks": [{key: one[key] for key in ("task", "text", "by", "due", "state", "late", "done")} for one in given],
        **signings.data(book, meeting, now),
    }
    parts: list[Part] = [
        Heading(f"{meeting.title}  {meeting.meeting}"),
        _record(head, planning.when(meeting)),
        *planning.parts(data),
    ]
    parts += _items(items)
    if moved:
        parts += [Heading(_("Motions"), 2), Table(motions.COLUMNS, moved), *motions.lines(moved)]
    if decided:
        parts += [Heading(_("Decisions"), 2), Table(DECISIONS, decided)]
        parts += [] if now.edition else planning.posting_lines(data["posting"])
    if given:
        parts += [Heading(_("Tasks"), 2), Table(TASKS, given)]
    return Page(data, [*parts, *signings.parts(data)])


def _head(meeting: Meeting, there: Attendance, names: dict[str, Person]) -> dict[str, Any]:
    def called(*ids: str) -> list[str]:
        return [names[person].name for person in ids if person in names]

    return {
        "meeting": meeting.meeting,
        "title": meeting.title,
        "body": meeting.body,
        "date": meeting.date,
        "time": meeting.time or None,
        "place": meeting.place,
        "state": meeting.state,
        "reason": meeting.reason or None,
        "chair": "".join(called(meeting.chair)) or meeting.chair_name,
        "recorder": "".join(called(meeting.recorder)) or meeting.recorder_name,
        "members": len(there.members) or None,
        "present": len(there.present),
        "quorum": there.quorum,
        "attended": called(*there.present),
        "absent": called(*there.absent) if meeting.absent is None else list(meeting.absent),
        "guests": list(dict.fromkeys((*called(*there.others), *meeting.guests))),
        "times": [
            {"name": names[one.person].name, "late": one.late or None, "left": one.left or None}
            for one in there.times.values()
            if one.late or one.left
        ],
        "proxies": [
            {
                "owner": names[one.owner].name, "holder": names[one.holder].name, "signed": one.signed,
                "until": one.until, "scope": one.scope or None,
            }
            for one in there.proxies.values()
        ],
    }  # fmt: skip


def _record(head: dict[str, Any], when: str) -> Pairs:
    """The head of the paper, `when` its day and time; what is empty left out."""
    held = head["state"] not in ("planned", "cancelled")
    rows = (
        (_("Body"), head["body"]),
        (_("Date"), when),
        (_("State"), None if head["state"] == "held" else State(head["state"])),
        (_("Reason"), head["reason"]),
        (_("Place"), head["place"]),
        (_("Chair"), head["chair"]),
        (_("Recorder"), head["recorder"]),
        (_("Present"), _present(head) if held else None),
        (_("Late or gone early"), "、".join(map(_times, head["times"]))),
        (_("Proxies"), "、".join(map(_proxy, head["proxies"]))),
        (_("Absent"), _names(head["absent"]) if held else None),
        (_("Guests"), _names(head["guests"])),
    )
    return Pairs(tuple((label, value) for label, value in rows if value))


MANY = 20  # names in a line; of an assembly the count says enough


def _present(head: dict[str, Any]) -> str:
    counts = str(head["present"])
    if head["members"]:
        counts = _("{present} of {members}").format(present=head["present"], members=head["members"])
        counts += "" if head["quorum"] else " " + _("(no quorum)")
    return "  ".join([counts, _names(head["attended"])]).rstrip()


def _times(one: dict[str, Any]) -> str:
    said = [_("from {time}").format(time=one["late"])] if one["late"] else []
    said += [_("until {time}").format(time=one["left"])] if one["left"] else []
    return " ".join([one["name"], *said])


def _proxy(one: dict[str, Any]) -> str:
    return _("{owner} by {holder} (signed {day})").format(owner=one["owner"], holder=one["holder"], day=one["signed"])


def _names(names: list[str]) -> str:
    return "、".join(names) if len(names) <= MANY else _("{count} persons").format(count=len(names))


def _items(items: list[Item]) -> Document:
    parts: list[Part] = []
    for n, item in enumerate(items, 1):
        parts.append(Heading(item.title if NUMBERED.match(item.title) else f"{n}. {item.title}".rstrip(), 2))
        if item.text:
            parts.append(Text(item.text))
    return parts


def bare(title: str) -> str:
    """A title without the number before it."""
    number = NUMBERED.match(title)
    return title[number.end() :].strip() or title if number else title


def item_of(words: str, items: Sequence[str]) -> str:
    """The item whose words a motion or a decision has, or that has its; "" for none."""
    from zaoyuan_cli.book import searching

    said = searching.fold(words)
    return next((item for item in items if (named := searching.fold(item)) in said or said in named), "")
