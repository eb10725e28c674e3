"""What is known of a meeting before it is held: its notice, agenda, who asked for it, what earlier ones left; and by
when what it decides goes up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Document, Heading, Pairs, Part, Text
from zaoyuan_cli.i18n import _, joined, series, weekday
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.planning import Announcement, Call
    from zaoyuan_cli.rules.meetings import Notice


def when(meeting: Meeting) -> str:
    """The day of a meeting with that of the week, and the time it was planned for: 2022-06-06 (Monday) 19:30."""
    return _("{day} ({weekday}) {time}").format(
        day=meeting.date, weekday=weekday(meeting.date), time=meeting.time
    ).rstrip()  # fmt: skip


def data(book: Book, meeting: Meeting, as_of: date | None = None) -> dict[str, Any]:
    """The keys of a meeting that are about its plan."""
    from zaoyuan_cli.book import planning

    told = planning.announcement(book, meeting, as_of)
    call = planning.call(book, meeting)
    planned = meeting.state == "planned"
    return {
        "agenda": [
            {"item": n, "text": text, "announced": bool(told and told.posted and text in told.agenda)}
            for n, text in enumerate(meeting.agenda, 1)
        ],
        "notice": notice(told) if told else None,
        "emergency": meeting.emergency or None,
        "called": called(book, call) if call else None,
        "carried": carried(book, meeting.body, meeting.date, meeting.meeting) if planned else None,
    }


def notice(told: Announcement) -> dict[str, Any]:
    """A notice as answers have it."""
    return {
        **told.notice._asdict(),
        "posted": told.posted,
        "place": told.place or None,
        "rule": told.rule.rule if told.rule else None,
        "judged_by": told.rule.key or None if told.rule else None,
    }


def called(book: Book, call: Call) -> dict[str, Any]:
    """Who asked for a meeting, as answers have it."""
    from zaoyuan_cli.book import people

    names = [people.name_of(book.db, person) for person in call.by]
    told = {"by": names, "date": call.on, "members": call.members, "enough": call.enough, "due": call.due}
    return told | ({"count": call.callers, "area": Area(call.area), "of_area": Area(call.whole)} if call.whole else {})


def carried(book: Book, body: str, before: date, but: str = "") -> dict[str, Any]:
    """What earlier meetings left, as answers have it."""
    from zaoyuan_cli.book import planning

    left = planning.carried(book, body, before, but)
    return {
        "tasks": [{"task": one.task, "text": one.text, "by": one.by, "due": one.due} for one in left.tasks],
        "motions": [{"motion": one.motion, "text": one.text} for one in left.motions],
    }


def posting(book: Book, meeting: Meeting) -> dict[str, Any] | None:
    """By when the decisions of a meeting go up (R-37)."""
    from zaoyuan_cli.book import planning

    found = planning.posting_deadline(book, meeting)
    return found._asdict() if found else None


def late(notice: Notice, cited: str) -> str:
    """A notice that is too short, in words: the days there are and those asked for, the last lawful day, the first
    lawful meeting, the article."""
    said = _(
        "The notice goes up {days} days before the meeting, {required} are required: for this day the last lawful"
        " posting was {last}; posted as it is, the meeting may be from {earliest} on."
    ).format(
        days=notice.days, required=notice.required, last=notice.last_lawful_posting,
        earliest=notice.earliest_lawful_meeting,
    )  # fmt: skip
    return joined((said, cited)) if cited else said


def parts(data: Mapping[str, Any], level: int = 2) -> Document:
    """The plan on the page of a meeting; `level` is that of its headings."""
    found: list[Part] = []
    rows = (
        (_("Announced"), _notice(data["notice"]) if data["notice"] else None),
        (_("Emergency"), data["emergency"]),
        (_("Asked for by"), _called(data["called"]) if data["called"] else None),
    )
    if any(value for _label, value in rows):
        found.append(Pairs(tuple((label, value) for label, value in rows if value)))
    if data["agenda"]:
        found.append(Heading(_("Agenda"), level))
        unsaid = bool(data["notice"] and data["notice"]["posted"])
        for one in data["agenda"]:
            mark = "  " + _("(not on the notice)") if unsaid and not one["announced"] else ""
            found.append(Text(f"{one['item']}  {one['text']}{mark}"))
    return [*found, *carried_lines(data["carried"], level)]


def carried_lines(left: Mapping[str, Any] | None, level: int = 2) -> Document:
    """What earlier meetings left, as items proposed."""
    if not left or not (left["tasks"] or left["motions"]):
        return []
    lines: list[Part] = [Heading(_("Left from earlier meetings"), level)]
    lines += [Text(f"{one['motion']}  {one['text']}") for one in left["motions"]]
    for one in left["tasks"]:
        lines.append(Text("  ".join(filter(None, (one["task"], one["text"], one["by"], str(one["due"] or ""))))))
    return lines


def _notice(told: Mapping[str, Any]) -> str:
    days = _("{days} days before, {required} required").format(days=told["days"], required=told["required"])
    if not told["posted"]:
        if not told["required"]:
            return _("not posted; no law asks for one")
        last = _("not posted; last lawful day {day}").format(day=told["last_lawful_posting"])
        return last if told["lawful"] else " · ".join((last, _("too late")))
    late = "" if told["lawful"] else _("too late")
    return " · ".join(filter(None, (" ".join((str(told["posted"]), told["place"] or "")).strip(), days, late)))


def _called(call: Mapping[str, Any]) -> str:
    if "area" in call:
        said = _("{count} of {members} owners, {area} of {whole} m², on {day}").format(
            count=call["count"], members=call["members"], area=call["area"], whole=call["of_area"], day=call["date"]
        )
        return " · ".join((said, _("enough") if call["enough"] else _("less than a fifth")))
    said = _("{names}, {count} of {members} members, on {day}")
    text = said.format(names=series(call["by"]), count=len(call["by"]), members=call["members"], day=call["date"])
    if not call["enough"]:
        return " · ".join((text, _("less than a third")))
    return " · ".join((text, _("to be held by {day}").format(day=call["due"])))


def posting_lines(one: Mapping[str, Any] | None) -> Document:
    """By when decisions go up, in a line."""
    if not one:
        return []
    said = _("To be posted by {target}.").format(target=one["target"])
    if one["last"] != one["target"]:
        said = _("To be posted by {target}; the last day by law is {last}.").format(**one)
    return [Text(said, "dim")]
