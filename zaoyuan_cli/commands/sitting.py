"""`minutes` without a file: the meeting it is about, begun or gone on with, and the answer at the end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.errors import NotFound, Refusal, WrongUsage
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.commands.live import Minutes
    from zaoyuan_cli.desk import Desk


def sit(desk: Desk, title: str, body: str) -> None:
    """Keep the minutes of a meeting line by line, and answer with what they came to. Raises Refusal at the end of a
    pipe some lines of which were not kept."""
    from zaoyuan_cli.commands.live import Minutes
    from zaoyuan_cli.commands.speakers import piped

    if desk.book.readonly:
        raise desk.book.refusal()
    lines: Iterator[tuple[int, str]] = iter(())
    if not desk.can_ask:
        lines = piped()
        first = next(lines, None)
        if first is None:
            raise WrongUsage(
                _("There is nobody to ask, and no line on standard input."),
                field="input",
                hint=_("From a file:   zaoyuan minutes -f FILE\nIn the editor: zaoyuan minutes --edit"),
            )
        lines = chain([first], lines)
    minutes = Minutes(desk, _meeting(desk, title, body), lines)
    try:
        minutes.run()
    finally:  # also after Ctrl-C: what was typed is kept, and said
        desk.show(_answer(minutes))
    if minutes.problems:
        raise Refusal(
            _("Lines that were not kept: {count}.").format(count=len(minutes.problems)),
            code="problems",
            field="input",
            problems=minutes.problems,
        )


def _meeting(desk: Desk, title: str, body: str) -> str:
    """The number of the meeting meant, its minutes begun or gone on with: one by its number or title; without either
    the one interrupted, else the one planned for today. Any other title begins a meeting."""
    from zaoyuan_cli.book import bodies, meetings, minuting, sittings
    from zaoyuan_cli.rules import numbers

    db, number = desk.book.db, ""
    of = bodies.pick(desk.book, body) if body else ""
    if title and numbers.series_of(title) == "meeting":
        number = meetings.pick(desk.book, title)
    else:
        going = sittings.live(db)
        near = [
            one
            for one in meetings.listing(db, of)
            if one.meeting in going or (one.date == desk.today and not one.kept and one.state != meetings.CANCELLED)
        ]
        near.sort(key=lambda one: going.index(one.meeting) if one.meeting in going else len(going))
        fits = [one for one in near if one.title == title] if title else near
        if fits:
            number = _one(desk, fits, going)
        elif not title:
            raise _none(desk)
    if not number:
        return minuting.begin(desk.book, title, of or bodies.pick(desk.book)).meeting
    minuting.resume(desk.book, meetings.one(desk.book, number))
    return number


def _one(desk: Desk, fits: list[Meeting], going: list[str]) -> str:
    if len(fits) == 1 or (going and fits[0].meeting == going[0]):
        return fits[0].meeting
    choices = [{"key": one.meeting, "label": f"{one.meeting}  {one.title}"} for one in fits]
    return str(desk.choose(_("Several meetings are planned for today:"), choices, "meeting")["key"])


def _none(desk: Desk) -> NotFound:
    return NotFound(
        _("No meeting is planned for today."),
        field="meeting",
        hint=_("One that begins now: {begin}\nWritten afterwards:  {edit}").format(
            begin=sample("zaoyuan minutes TITLE"), edit="zaoyuan minutes --edit"
        ),
    )


def _answer(minutes: Minutes) -> Done:
    from zaoyuan_cli.book import attending, motions, sittings, tasks
    from zaoyuan_cli.book import minutes as written
    from zaoyuan_cli.commands.finishing import missing
    from zaoyuan_cli.i18n import series

    db, one, desk = minutes.book.db, minutes.meeting, minutes.desk
    there = attending.attendance(db, one)
    moved = motions.listing(db, one.meeting)
    given = [task.task for task in tasks.listing(db, desk.today, one.meeting)]
    lacks = missing(minutes)
    data: dict[str, Any] = {
        "meeting": one.meeting, "title": one.title, "body": one.body, "date": one.date,
        "state": "live" if one.meeting in sittings.live(db) else one.state,
        "present": len(there.present), "members": len(there.members) or None, "quorum": there.quorum,
        "items": [item.title for item in written.of(db, one.meeting) if item.title],
        "motions": [{"motion": each.motion, "state": each.state} for each in moved],
        "decisions": [each.vote.decision for each in moved if each.vote and each.vote.decision],
        "tasks": given, "missing": lacks, "problems": minutes.problems,
    }  # fmt: skip
    words = (
        minutes.quorum(),
        _("items {count}").format(count=len(data["items"])),
        _("motions {count}").format(count=len(moved)),
        _("decisions {numbers}").format(numbers=series(data["decisions"]) or 0),
        _("tasks {count}").format(count=len(given)),
    )
    lines = [f"√ {one.meeting}  {one.date}  {one.body}  {one.title}", "  " + " · ".join(words)]
    lines += [f"  ! {lack['message']}" for lack in lacks]
    number = one.meeting
    if data["state"] == "live":
        hint = _("The minutes are open; to go on: {command}").format(command=f"zaoyuan minutes {number}")
    else:
        hint = _("To see them: {show}\nTo sign them: {sign}").format(
            show=f"zaoyuan meeting show {number}", sign=sample(f"zaoyuan meeting sign {number} WHO")
        )
    return Done(data, lines, hint)
