"""The end of live minutes: what is missing is asked for, and what stays missing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _, series

if TYPE_CHECKING:
    from collections.abc import Callable

    from zaoyuan_cli.commands.live import Minutes


def end(minutes: Minutes) -> None:
    """Ask for what is missing, and record that the minutes are complete."""
    from zaoyuan_cli.book import minuting

    if minutes.asks:
        _presence(minutes)
        _motions(minutes)
        _tasks(minutes)
    chair, absent = (_chair(minutes), _absent(minutes)) if minutes.asks else ("", None)
    minutes.tick()
    minuting.end(minutes.book, minutes.meeting, chair, absent)


def _try(minutes: Minutes, question: str, take: Callable[[str], None]) -> None:
    """Ask until the answer is taken, or there is none."""
    while answer := minutes.question(question):
        try:
            minutes.tick()
            take(answer)
            return
        except Refusal as refusal:
            minutes.refused(refusal)


def _presence(minutes: Minutes) -> None:
    from zaoyuan_cli.book import attending
    from zaoyuan_cli.rules.sittings import Typed

    there = attending.attendance(minutes.book.db, minutes.meeting)
    if there.present and there.quorum is not False:
        return
    minutes.say("! " + minutes.quorum())
    _try(minutes, _("Who else was there? Enter = nobody"), lambda text: minutes.came(Typed("present", "", text)))


def _motions(minutes: Minutes) -> None:
    from zaoyuan_cli.book import motions
    from zaoyuan_cli.rules.sittings import Typed

    for one in motions.listing(minutes.book.db, minutes.number):
        if one.vote is None:
            question = _("{motion} “{text}” was not voted on. The votes (4 0 1); Enter = it stays open")
            _try(
                minutes,
                question.format(motion=one.motion, text=one.text),
                lambda text, number=one.motion: minutes.vote(Typed("vote", "", text), number),  # type: ignore[misc]
            )


def _tasks(minutes: Minutes) -> None:
    from zaoyuan_cli.book import tasks

    for one in tasks.listing(minutes.book.db, minutes.book.today, minutes.number):
        if one.state != "done" and not (one.by and one.due):
            _try(
                minutes,
                _("{task} “{text}”: who, by when? (王桂兰 6月10日); Enter = left so").format(
                    task=one.task, text=one.text
                ),
                lambda text, number=one.task: _fill_in(minutes, number, text),  # type: ignore[misc]
            )


def _fill_in(minutes: Minutes, number: str, text: str) -> None:
    """Somebody, a day, or both."""
    from zaoyuan_cli.book import tasks
    from zaoyuan_cli.rules import dates

    wanted: dict[str, Any] = {}
    for word in text.split():
        try:
            wanted["due"] = dates.deadline(word, minutes.meeting.date)
        except Refusal:
            wanted["by"], wanted["who"] = minutes.person(word)
    tasks.edit(minutes.book, number, wanted)


def _chair(minutes: Minutes) -> str:
    """Who chaired, asked where the one expected was not there; "" for no change."""
    from zaoyuan_cli.book import attending

    meeting = minutes.meeting
    there = attending.attendance(minutes.book.db, meeting)
    if meeting.chair in there.present or meeting.chair_name or not there.present:
        return ""
    found: list[str] = []
    _try(minutes, _("Who chaired?"), lambda text: found.append(minutes.person(text)[0]))
    return found[0] if found else ""


def _absent(minutes: Minutes) -> list[str] | None:
    """Who was not there, each with the reason where one is said; None where nobody says any."""
    from zaoyuan_cli.book import attending, bodies

    meeting = minutes.meeting
    away = attending.attendance(minutes.book.db, meeting).absent
    if not away or bodies.one(minutes.book, meeting.body).kind == "assembly":
        return None
    found, said = [], False
    for name in map(minutes.name, away):
        why = minutes.question(_("{name} was not there. Why? Enter = not said").format(name=name))
        found.append(_("{name} ({reason})").format(name=name, reason=why) if why else name)
        said = said or bool(why)
    return found if said else None


def missing(minutes: Minutes) -> list[dict[str, str]]:
    """What the minutes lack, as {kind, message}."""
    from zaoyuan_cli.book import attending, motions, tasks

    db, meeting = minutes.book.db, minutes.meeting
    there = attending.attendance(db, meeting)
    found = []
    if not there.present:
        found.append(("present", _("Nobody is noted as present.")))
    elif there.quorum is False:
        found.append(("quorum", minutes.quorum()))
    if open_ := [one.motion for one in motions.listing(db, meeting.meeting) if one.vote is None]:
        found.append(("motion", _("Not voted on: {motions}.").format(motions=series(open_))))
    given = tasks.listing(db, minutes.book.today, meeting.meeting)
    if bare := [one.task for one in given if one.state != "done" and not (one.by and one.due)]:
        found.append(("task", _("Nobody or no day named: {tasks}.").format(tasks=series(bare))))
    return [{"kind": kind, "message": message} for kind, message in found]
