"""A meeting to come, for the wall (会前公告): when, where, its agenda; or that it is called off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Part
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports.announcing import closing, listed, made_by, opening, paragraph, sentence
from zaoyuan_cli.reports.public import Public, Said, Wall

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.planning import Announcement


def draw(wall: Wall, number: str) -> Public:
    """The paper of a meeting, of the day its notice went up, or today's if none did. Raises NotFound for one that was
    entered when it was held, and for a day before it was planned."""
    from zaoyuan_cli.book import bodies, meetings, planning

    one = meetings.one(wall.book, number, wall.day)
    told = planning.announcement(wall.book, one, wall.day)
    if one.made is None or told is None:
        said = _("{meeting} was entered when it was held; it has no notice.").format(meeting=number)
        raise NotFound(said, field="meeting", value=number)
    made_by(wall, number, one.made)
    if (posted := told.posted) and _unchanged(wall, one, posted):
        wall = wall.of(posted)
    body = bodies.one(wall.book, one.body)
    assembly, name = body.kind == "assembly", wall.text(body.name)
    off = one.state == meetings.CANCELLED
    data: dict[str, Any] = {
        "paper": "meeting", "meeting": one.meeting, "title": wall.text(one.title), "body": name, "date": one.date,
        "time": one.time or None, "place": wall.text(one.place) if one.place else None, "state": one.state,
        "reason": wall.text(one.reason) if off and one.reason else None,
        "emergency": wall.text(one.emergency) if one.emergency else None,
        "agenda": [wall.text(item) for item in one.agenda],
        "notice": {
            "posted": told.posted, "days": told.notice.days, "required": told.notice.required,
            "lawful": told.notice.lawful,
        },
    }  # fmt: skip
    title = wall.say(N_("{body}: a meeting is called off") if off else N_("{body}: notice of a meeting"), body=name)
    middle = _off(wall, one, data) if off else _on(wall, one, data, told)
    last = wall.say(N_("This is made known to all owners."))
    parts = [*opening(wall, title, Said(one.meeting)), *middle, *closing(wall, last, None if assembly else name)]
    return Public(wall, data, parts)


def _unchanged(wall: Wall, one: Meeting, posted: date) -> bool:
    """Is the meeting still what its notice said on the day that went up? If not, the paper is a new one."""
    from zaoyuan_cli.book import meetings

    then = meetings.one(wall.book, one.meeting, posted)
    kept = ("date", "time", "title", "place", "agenda", "emergency")
    return one.state != meetings.CANCELLED and all(getattr(then, name) == getattr(one, name) for name in kept)


def _on(wall: Wall, one: Meeting, data: dict[str, Any], told: Announcement) -> list[Part]:
    """When and where it is, the agenda; where the notice came late, by which rule, and why."""
    said = N_("{body} will meet on {day}: {title}.")
    if one.place:
        said = N_("{body} will meet on {day} at {place}: {title}.")
    when = wall.time_of(one.date, one.time)
    words = [wall.say(said, day=when, body=data["body"], title=one.title, place=one.place)]
    if not one.agenda:
        return [paragraph(wall, *words), *_late(wall, one, told)]
    words.append(wall.say(N_("This is its agenda:")))
    parts: list[Part] = [paragraph(wall, *words), listed(wall, data["agenda"])]
    return parts + _late(wall, one, told)


def _late(wall: Wall, one: Meeting, told: Announcement) -> list[Part]:
    """That there are fewer days than the rule asks for (R-20, R-35), and why."""
    if told.notice.lawful or told.rule is None:
        return []
    with speaking(wall.lang):
        article = Said(told.rule.where)
    said = N_("This notice comes {days} days before the meeting; {required} are asked for ({article}).")
    words = [wall.say(said, days=max(0, told.notice.days), required=told.notice.required, article=article)]
    if one.emergency:
        words.append(wall.say(N_("It could not wait: {reason}"), reason=sentence(wall, wall.text(one.emergency))))
    return [paragraph(wall, *words, style="warn")]


def _off(wall: Wall, one: Meeting, data: dict[str, Any]) -> list[Part]:
    said = N_("The meeting of {body} planned for {day}, {title}, is called off.")
    words = [wall.say(said, body=data["body"], day=wall.time_of(one.date, one.time), title=one.title)]
    if data["reason"]:
        words.append(wall.say(N_("The reason: {reason}"), reason=sentence(wall, data["reason"])))
    return [paragraph(wall, *words)]
