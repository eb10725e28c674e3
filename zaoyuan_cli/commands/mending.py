"""The last line of live minutes, taken back or said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import sittings as rules
from zaoyuan_cli.rules.sittings import Typed

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.sittings import Line
    from zaoyuan_cli.book.steps import Target
    from zaoyuan_cli.commands.live import Minutes


class Last(NamedTuple):
    """The last line: the step of it, what it made, its words, and the note it is, None for a record of another kind;
    `whole` whether it is nothing but that note."""

    target: Target
    what: str
    text: str
    line: Line | None
    whole: bool


def last(book: Book, meeting: str) -> Last:
    """The last line typed on this laptop that still stands. Raises NotFound where there is none."""
    from zaoyuan_cli.book import sittings, steps

    target = steps.find(book)
    made = _made(book, target, meeting)
    if made is None:
        raise NotFound(_("There is no line to take back."), field="line")
    what, text, step = made
    line = sittings.line_of(book.db, step) if step else None
    return Last(target, line.what if line else what, line.text if line else text, line, len(target.events) == 1)


def _made(book: Book, target: Target, meeting: str) -> tuple[str, str, str] | None:
    """(what, words, the step of the note) a step made of the minutes of a meeting; None for any other step."""
    from zaoyuan_cli.book import people, sittings
    from zaoyuan_cli.facts.attendances import AttendanceNoted
    from zaoyuan_cli.facts.meetings import MeetingRecorded
    from zaoyuan_cli.facts.motions import MotionMade, MotionVoted
    from zaoyuan_cli.facts.sittings import LineCorrected, LineNoted, SittingBegun, SittingEnded
    from zaoyuan_cli.facts.tasks import TaskGiven

    facts = [event.fact for event in target.events]
    if any(isinstance(fact, SittingBegun | SittingEnded) for fact in facts):
        return None
    for fact in reversed(facts):
        match fact:
            case LineNoted(meeting=of) if of == meeting:
                return fact.what, fact.text, target.step
            case LineCorrected() if (line := sittings.line_of(book.db, fact.line)) is not None:
                return line.what, line.text, fact.line
            case MotionVoted() if fact.motion.startswith(f"{meeting}-"):
                return "vote", fact.motion, ""
            case MotionMade(meeting=of) if of == meeting:
                return "motion", fact.text, ""
            case TaskGiven(meeting=of) if of == meeting:
                return "task", fact.text, ""
            case AttendanceNoted(number=of) if of == meeting:
                return ("left" if fact.left else "present"), people.name_of(book.db, fact.person), ""
            case MeetingRecorded(number=of) if of == meeting:
                return "present", fact.guests[-1] if fact.guests else "", ""
    return None


def change(minutes: Minutes, text: str) -> None:
    """Let the last line say something else. A note keeps its place and time; another record is undone and made anew,
    and stands as it was if the new one cannot be. Refusal."""
    from zaoyuan_cli.book import minuting, steps

    if not text:
        raise Refusal(_("What should the last line say?"), field="change", hint=_("First: {line}").format(
            line=_("change TEXT")))  # fmt: skip
    book, before = minutes.book, last(minutes.book, minutes.number)
    typed = rules.read(text)
    if typed.what == "speech" and not typed.who:
        typed = Typed(before.what, "", text)
    if before.line and before.whole and typed.what in ("item", "speech"):
        person, name = minutes.person(typed.who) if typed.who else (before.line.speaker, before.line.name)
        words = minuting.Words(typed.what, *(("", "") if typed.what == "item" else (person, name)), typed.rest)
        minuting.correct(book, minutes.meeting, before.line.step, words)
        minutes.say("√ " + _("changed: {text}").format(text=typed.rest))
        return
    if typed.what == "speech" and not typed.who and before.line:
        typed = Typed("speech", minutes.name(before.line.speaker) or before.line.name, typed.rest)
    steps.undo(book, before.target)
    try:
        minutes.enter(typed)
    except Refusal:
        steps.redo(book, steps.find_undone(book))
        raise
