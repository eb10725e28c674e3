"""What meetings ask for: notices to be posted, meetings near and past, decisions to go up. Computed on reading, by no
job: R-20, R-34, R-35, R-37."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.reports.planning import when
from zaoyuan_cli.reports.todo import Item

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.meetings import Meeting

NEAR = timedelta(days=7)  # a meeting so near is on the list
SOON = timedelta(days=3)  # a notice due so soon is
SHOWN = timedelta(days=30)  # so long after its last day a posting nobody recorded is asked for


def items(book: Book, as_of: date) -> Iterator[Item]:
    """Everything of a day: the planned meetings, the next first, then decisions that go up."""
    from zaoyuan_cli.book import meetings

    known = meetings.listing(book.db, as_of=as_of)
    for one in known:
        if one.state == meetings.PLANNED:
            yield from _planned(book, one, as_of)
    for one in reversed(known):
        if one.state == meetings.HELD:
            yield from _paper(book, one, as_of)


def _planned(book: Book, one: Meeting, day: date) -> Iterator[Item]:
    show = f"zaoyuan meeting show {one.meeting}"
    name = f"{one.meeting} {one.title}"
    if one.date < day:
        said = _("{meeting} of {day}: was it held? Enter its minutes, or cancel it.")
        yield Item("meeting", said.format(meeting=name, day=one.date), one.date, show)
        return
    announced = list(_notice(book, one, name, day))
    if one.date - day <= NEAR and not any(item.kind == "notice" and item.command == show for item in announced):
        said = _("{day} {body}: {meeting}, items on the agenda: {count}.")
        message = said.format(day=when(one), body=one.body, meeting=name, count=len(one.agenda))
        yield Item("meeting", message, one.date, show)
    yield from announced
    yield from _called(book, one, name, show)


def _notice(book: Book, one: Meeting, name: str, day: date) -> Iterator[Item]:
    """A notice that is late, or due soon."""
    from zaoyuan_cli.book import planning

    told = planning.announcement(book, one, day)
    if not told or not told.notice.required:
        return
    days, last, command = told.notice, told.notice.last_lawful_posting, f"zaoyuan meeting post {one.meeting}"
    if told.posted and not days.lawful:
        said = _(
            "{meeting} of {day}: its notice went up on {posted}, {days} days before; {required} are required, {last}"
            " was the last lawful day. It may be held from {earliest} on."
        )
        message = said.format(
            meeting=name, day=one.date, posted=told.posted, days=days.days, required=days.required, last=last,
            earliest=days.earliest_lawful_meeting,
        )  # fmt: skip
        yield Item("notice", message, one.date, f"zaoyuan meeting show {one.meeting}")
    elif not told.posted and not days.lawful:
        said = _(
            "{meeting}: the last lawful day of its notice was {last}; posted now, it may be held from {earliest} on."
        )
        message = said.format(meeting=name, last=last, earliest=days.earliest_lawful_meeting)
        yield Item("notice", message, last, command)
    elif not told.posted and last - day <= SOON:
        yield Item("notice", _("{meeting}: post its notice by {last}.").format(meeting=name, last=last), last, command)


def _called(book: Book, one: Meeting, name: str, show: str) -> Iterator[Item]:
    """A meeting that a third of the members asked for, planned too late."""
    from zaoyuan_cli.book import planning

    call = planning.call(book, one)
    if call and call.enough and call.due and one.date > call.due:
        said = _("{meeting}: asked for by a third of the members, it is to be held by {day}.")
        yield Item("called", said.format(meeting=name, day=call.due), call.due, show)


def _paper(book: Book, one: Meeting, day: date) -> Iterator[Item]:
    """Minutes that are not ended, signed (R-36), posted (R-37), locked (R-38)."""
    from zaoyuan_cli.book import signing, sittings

    now, name = signing.standing(book.db, one, day), f"{one.meeting} {one.title}"
    if now.stage == signing.LIVE:
        said = _("{meeting}: its minutes are still being written.")
        yield Item("minutes", said.format(meeting=name), one.date, f"zaoyuan minutes {one.meeting}")
    elif now.unsigned and not now.edition and not now.lock and one.kept:
        said = _("{meeting}: its minutes are not signed by all who were there, unsigned: {count}.")
        message = said.format(meeting=name, count=len(now.unsigned))
        yield Item("unsigned", message, None, f"zaoyuan meeting show {one.meeting}")
    if now.edition and not now.lock:
        said = _("{meeting}: its minutes hang since {day} and are not locked.")
        message = said.format(meeting=name, day=now.edition.date)
        yield Item("unlocked", message, None, f"zaoyuan meeting show {one.meeting}")
    if count := sum(len(section.lines) for section in sittings.late(book.db, one.meeting)):
        said = _("{meeting}: lines arrived after its minutes were closed, and are not on them: {count}.")
        yield Item("late_lines", said.format(meeting=name, count=count), None, f"zaoyuan meeting show {one.meeting}")
    if not now.edition:
        yield from _decided(book, one, day, "show" if now.unsigned else "post")


def _decided(book: Book, one: Meeting, day: date, verb: str) -> Iterator[Item]:
    """What motions decided goes up within days, unless a paper of its own did."""
    from zaoyuan_cli.book import decisions, notices, planning

    went_up = {each.about for each in notices.listing(book.db, day)
               if each.item == "decision" and each.state != "withdrawn"}  # fmt: skip
    made = [each.decision for each in decisions.everyone(book.db, day).values()
            if each.meeting == one.meeting and each.motion and each.decision not in went_up]  # fmt: skip
    until = planning.posting_deadline(book, one) if made else None
    if until and day <= until.last + SHOWN:
        said = _("Decisions of {meeting} ({numbers}): to be posted by {target}, the last day by law is {last}.")
        message = said.format(meeting=one.meeting, numbers=series(made), target=until.target, last=until.last)
        yield Item("posting", message, until.last, f"zaoyuan meeting {verb} {one.meeting}")
