"""Meetings planned: the notice that goes up before them, who asked for them, what is changed and called off."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.meetings import MeetingCancelled, MeetingEdited, MeetingPlanned, MeetingPosted
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules import meetings as rules
from zaoyuan_cli.rules.meetings import Deadline, Notice
from zaoyuan_cli.rules.shares import Share

from . import Book, bodies, changes, electorate, households, meetings, motions, roles, rulings, tasks
from .meetings import CANCELLED, HELD, PLANNED, Meeting
from .rulings import Ruling


class Announcement(NamedTuple):
    """How a planned meeting is announced: its notice; the day and place it went up (None and "": it is still to, and
    would go up today), the items it had; the rule of the days (None: no law has one for this body)."""

    notice: Notice
    posted: date | None
    place: str
    agenda: tuple[str, ...]
    rule: Ruling | None


class Call(NamedTuple):
    """Who asked for a meeting on a day (ids), whether they are enough, and by when it is to be held (None: no day is
    set). For an assembly (R-27) `callers` and `members` are persons of the roll, `area` and `whole` their areas in
    0.01 m2."""

    by: tuple[str, ...]
    on: date
    callers: int
    members: int
    enough: bool
    due: date | None
    area: int = 0
    whole: int = 0


class Carried(NamedTuple):
    """What earlier meetings left: open tasks, and motions nobody voted on."""

    tasks: tuple[tasks.Task, ...]
    motions: tuple[motions.Motion, ...]


def notice_rule(book: Book, body: str, on: date) -> Ruling | None:
    """The rule in force on a day for the notice of a body's meetings; None where the law has none for it."""
    name = rules.NOTICE_DAYS.get(bodies.one(book, body).kind)
    return rulings.in_force(book.db, name, on) if name else None


def required(rule: Ruling | None) -> int:
    """The days a rule asks for; none where it is unset."""
    return rule.value if rule and isinstance(rule.value, int) else 0


def announcement(book: Book, meeting: Meeting, as_of: date | None = None) -> Announcement | None:
    """How a meeting was announced, at the end of a day (today without one); None for one that was never planned. It is
    judged by the first notice for the day of the meeting: an earlier one was for another day."""
    if meeting.made is None:
        return None
    went_up = meetings.postings(book.db, meeting.meeting, as_of)
    of_day = [one for one in went_up if one.for_day == meeting.date]
    now = as_of or book.today
    if not of_day:
        posting = now if meeting.state == PLANNED else meeting.date
        rule = notice_rule(book, meeting.body, posting)
        judged = rules.notice(meeting.date, posting, required(rule))
        if meeting.state != PLANNED and required(rule):
            judged = judged._replace(lawful=False)
        return Announcement(judged, None, "", meeting.agenda, rule)
    rule = notice_rule(book, meeting.body, of_day[0].date)
    judged = rules.notice(meeting.date, of_day[0].date, required(rule))
    items = tuple(dict.fromkeys(item for one in of_day for item in one.agenda))
    return Announcement(judged, of_day[0].date, of_day[-1].place, items, rule)


def call(book: Book, meeting: Meeting) -> Call | None:
    """Who asked for a meeting, and by when it is to be held (R-34); None where nobody did."""
    by = meetings.callers(book.db, meeting.meeting)
    if not by or meeting.called is None:
        return None
    if bodies.one(book, meeting.body).kind == "assembly":
        return _petition(book, tuple(by), meeting.called)
    members = len(roles.members(book.db, meeting.body, meeting.called))
    days = rulings.in_force(book.db, "committee.called_within_days", meeting.called).value
    due = rules.deadline(meeting.called, days if isinstance(days, int) else 0)
    return Call(tuple(by), meeting.called, len(by), members, rules.called(len(by), members), due.target)


def _petition(book: Book, by: tuple[str, ...], on: date) -> Call:
    """Owners who ask for an assembly (R-27): a fifth of all, by persons and by area, as the rule in force has it."""
    areas: dict[str, int] = {}
    voter_of: dict[str, str] = {}
    doors = households.everyone(book.db, on)
    for door in doors.values():
        if door.voter:
            areas[door.voter] = areas.get(door.voter, 0) + int(door.area or 0)
            voter_of |= dict.fromkeys(door.owners, door.voter)
    for voter, _space, more in electorate.special_spaces(book, doors, on).counted:
        areas[voter] += more
    asking = {voter_of[person] for person in by if person in voter_of}
    area, whole = sum(areas[voter] for voter in asking), sum(areas.values())
    wanted = rulings.in_force(book.db, "assembly.petition", on).value
    enough = isinstance(wanted, Share) and wanted.met(len(asking), len(areas)) and wanted.met(area, whole)
    return Call(by, on, len(asking), len(areas), enough, None, area, whole)


def posting_deadline(book: Book, meeting: Meeting) -> Deadline | None:
    """By when what a meeting decided goes up (R-37): the day to aim for and the last by law; None where no law asks."""
    if bodies.one(book, meeting.body).kind not in rules.COMMITTEES:
        return None
    days = rulings.in_force(book.db, "committee.posting_days", meeting.date).value
    return rules.deadline(meeting.date, days) if isinstance(days, int) else None


def carried(book: Book, body: str, before: date, but: str = "") -> Carried:
    """What meetings of a body before a day left, and tasks given at no meeting."""
    earlier = {one.meeting for one in meetings.listing(book.db, body) if one.date <= before and one.meeting != but}
    open_ = [one for one in tasks.listing(book.db, min(before, book.today)) if one.state != "done"]
    left = [one for one in motions.listing(book.db) if one.meeting in earlier and one.vote is None]
    return Carried(tuple(one for one in open_ if one.meeting in {"", *earlier}), tuple(left))


def plan(
    book: Book,
    title: str,
    body: str,
    on: date,
    *,
    time: str = "",
    posted: date | None = None,
    place: str = "",
    agenda: Sequence[str] = (),
    emergency: str = "",
    called_by: Sequence[str] = (),
    called: date | None = None,
) -> Meeting:
    """Record a meeting to come, as one step; `time` is HH:MM, "" for none. Raises Unreadable without a title, Refusal
    where the notice would go up after the meeting, or the body has one of that day and title."""
    if not title.strip():
        raise Unreadable(_("The title is empty."), field="title", value=title)
    _in_order(posted, on)
    with book.writing("meeting plan"):
        for one in meetings.listing(book.db, body, on, on):
            if one.title == title and one.state != CANCELLED:
                raise _there(one)
        rule = notice_rule(book, body, posted) if posted else None
        number = book.number("meeting")
        book.record(
            MeetingPlanned(
                number=number, body=body, on=on, made=book.today, posted=posted, called_by=tuple(called_by),
                called=(called or book.today) if called_by else None, rule=rule.rule if rule else "",
                judged_by=rule.key if rule else "", time=time, title=title, place=place, agenda=tuple(agenda),
                emergency=emergency,
            )
        )  # fmt: skip
    return meetings.one(book, number)


def post(book: Book, text: str, on: date, place: str = "") -> Meeting:
    """Record that the notice of a meeting went up, with its agenda as it is now.
    Raises NotFound, Ambiguous, Refusal."""
    with book.writing("meeting post"):
        return announce(book, text, on, place)


def announce(book: Book, text: str, on: date, place: str) -> Meeting:
    """The same inside a step being written."""
    meeting = _to_come(meetings.one(book, text))
    _in_order(on, meeting.date)
    rule = notice_rule(book, meeting.body, on)
    book.record(
        MeetingPosted(
            number=meeting.meeting, on=on, for_day=meeting.date, place=place, agenda=meeting.agenda,
            rule=rule.rule if rule else "", judged_by=rule.key if rule else "",
        )
    )  # fmt: skip
    return meeting


def edit(book: Book, text: str, wanted: Mapping[str, Any]) -> tuple[Meeting, tuple[str, ...]]:
    """Record what differs of title, day (a date), time, place, agenda, emergency; the meeting, and the fields that
    changed. Raises Refusal: a meeting that was held keeps its day and agenda, a cancelled one keeps all, the assembly's
    notice its items (R-19)."""
    with book.writing("meeting edit"):
        meeting = meetings.one(book, text)
        is_now: dict[str, Any] = {
            "title": meeting.title, "day": meeting.date, "time": meeting.time, "place": meeting.place,
            "agenda": meeting.agenda, "emergency": meeting.emergency,
        }  # fmt: skip
        changed = {field: value for field, value in wanted.items() if is_now[field] != value}
        if changed.keys() - {"title", "place"} or meeting.state == CANCELLED:
            _to_come(meeting)
        if "agenda" in changed:
            _refuse_late_items(book, meeting, changed["agenda"])
        if changed:
            saw = changes.seen(book.db, "meeting", meeting.meeting, changed)
            stored = {
                field: value.isoformat() if isinstance(value, date) else list(value) if field == "agenda" else value
                for field, value in changed.items()
            }
            book.record(MeetingEdited(number=meeting.meeting, on=book.today, saw=saw, changes=stored))
    return meetings.one(book, meeting.meeting), tuple(changed)


def _refuse_late_items(book: Book, meeting: Meeting, agenda: Sequence[str]) -> None:
    if bodies.one(book, meeting.body).kind != "assembly":
        return
    told = announcement(book, meeting)
    if told and told.posted and (late := [item for item in agenda if item not in told.agenda]):
        said = _("The notice went up on {day}; the assembly votes on what it named, and “{item}” is not on it.")
        raise Refusal(
            said.format(day=told.posted, item=late[0]),
            field="agenda",
            value=late[0],
            hint=_("Another day and a new notice: {command}").format(
                command=sample(f"zaoyuan meeting edit {meeting.meeting} --date DATE --agenda TEXT")
            ),
        )


def cancel(book: Book, text: str, reason: str) -> Meeting:
    """Record that a meeting will not be held. Raises NotFound, Ambiguous, Refusal."""
    with book.writing("meeting cancel"):
        meeting = _to_come(meetings.one(book, text))
        book.record(MeetingCancelled(number=meeting.meeting, on=book.today, reason=reason))
    return meetings.one(book, meeting.meeting)


def _to_come(meeting: Meeting) -> Meeting:
    """The meeting, if it is still planned. Raises Refusal."""
    said = {HELD: _("Meeting {number} was held on {day}."), CANCELLED: _("Meeting {number} was cancelled.")}
    if meeting.state == PLANNED:
        return meeting
    raise Refusal(
        said[meeting.state].format(number=meeting.meeting, day=meeting.date),
        field="meeting",
        value=meeting.meeting,
        hint=_("To see it: {command}").format(command=f"zaoyuan meeting show {meeting.meeting}"),
    )


def _in_order(posted: date | None, on: date) -> None:
    if posted and posted > on:
        said = _("The notice would go up on {posted}, after the meeting of {day}.")
        raise Refusal(said.format(posted=posted, day=on), field="posted", value=posted)


def _there(one: Meeting) -> Refusal:
    said = _("{body} has a meeting “{title}” of {day} already: {number}.")
    return Refusal(
        said.format(body=one.body, title=one.title, day=one.date, number=one.meeting),
        field="meeting",
        value=one.meeting,
        hint=_("To change it: {command}").format(command=sample(f"zaoyuan meeting edit {one.meeting} --date DATE")),
    )
