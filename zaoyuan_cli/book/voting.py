"""Motions made and voted on. A vote of a committee is by heads of its members and makes a decision when it passes; an
assembly decides by ballot, by persons and by area, and never by heads in a hall."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.motions import MotionMade, MotionVoted
from zaoyuan_cli.i18n import _, sample, series
from zaoyuan_cli.rules import motions as rules
from zaoyuan_cli.rules.meetings import COMMITTEES
from zaoyuan_cli.rules.motions import Outcome, Tally
from zaoyuan_cli.rules.text import clean, quoted

from . import Book, attending, bodies, decisions, meetings, motions, people, planning, rulings
from .attending import Attendance
from .meetings import CANCELLED, Meeting
from .motions import Motion
from .rulings import Ruling
from .searching import fold


class Voted(NamedTuple):
    """A motion voted on: the body, who was there and did not vote (ids), the rule it was judged by (None: no law has
    one for this body)."""

    motion: Motion
    meeting: Meeting
    silent: tuple[str, ...]
    rule: Ruling | None


def majority_rule(book: Book, meeting: Meeting) -> Ruling | None:
    """The rule in force on the day of a meeting for the majority of a body; None where no law is about it."""
    if bodies.one(book, meeting.body).kind not in COMMITTEES:
        return None
    return rulings.in_force(book.db, "committee.majority", meeting.date)


def add(book: Book, meeting: str, text: str, mover: str = "", item: int | None = None) -> Motion:
    """Record as one step that something was moved at a meeting; `item` is the item of the agenda it belongs to. Raises
    Unreadable for no text, NotFound, Ambiguous, and Refusal for what an assembly's notice did not have (R-19)."""
    text = clean(text, field="text", lines=True).strip()
    if not text:
        raise Unreadable(_("The text is empty."), field="text", value=text)
    with book.writing("motion add"):
        of = meetings.one(book, meeting)
        if of.state == CANCELLED:
            raise _cancelled(of)
        on_it = announced(book, of, text, item)
        if not on_it and bodies.one(book, of.body).kind == "assembly":
            raise _not_announced(of, text)
        number = book.number("motion", under=of.meeting)
        book.record(MotionMade(number=number, meeting=of.meeting, on=of.date, mover=mover, announced=on_it, text=text))
    return motions.one(book, number)


def announced(book: Book, meeting: Meeting, text: str, item: int | None = None) -> bool:
    """Was a motion on the notice: the item named, or one whose words it has? True where a meeting was never announced,
    being entered only when held. Raises NotFound for an item that is not there."""
    told = planning.announcement(book, meeting)
    if item is not None:
        if not 1 <= item <= len(meeting.agenda):
            said = _("The agenda of {number} has no item {item}.")
            raise Unreadable(said.format(number=meeting.meeting, item=item), field="item", value=item)
        return told is None or meeting.agenda[item - 1] in told.agenda
    if told is None:
        return True
    asked = fold(text)
    return any(fold(one) in asked or asked in fold(one) for one in told.agenda if one.strip())


def _not_announced(meeting: Meeting, text: str) -> Refusal:
    return Refusal(
        _("“{text}” is not on the notice of {number}; an assembly votes only on what was announced.").format(
            text=text, number=meeting.meeting
        ),
        field="text",
        value=text,
        candidates=[{"key": str(n), "label": item} for n, item in enumerate(meeting.agenda, 1)],
        hint=_("If it belongs to an item of the agenda: {command}").format(
            command=f"zaoyuan motion add {meeting.meeting} {quoted(text)} --item 1"
        ),
    )


def vote(book: Book, text: str, by: Mapping[str, str] | None = None, tally: Tally | None = None) -> Voted:
    """Record as one step how a motion was voted on, by names (ids and choices) or by counts; what passes makes a
    decision. Raises Refusal for a second vote, an assembly's, one before anybody's attendance was noted, and the vote
    of somebody who is no member or was not there."""
    with book.writing("motion vote"):
        motion = motions.one(book, text)
        meeting = meetings.one(book, motion.meeting)
        there = attending.attendance(book.db, meeting)
        _refuse_unready(book, motion, meeting, there)
        if by is not None:
            _refuse_voters(book, meeting, there, by)
            tally = Tally(*(list(by.values()).count(choice) for choice in rules.CHOICES))
        assert tally is not None
        _refuse_count(tally, there)
        majority, quorum = majority_rule(book, meeting), attending.quorum_rule(book.db, meeting)
        asked = attending.share(majority)
        outcome = rules.outcome(tally, len(there.members), len(there.present), asked, attending.share(quorum))
        number = book.number("decision") if outcome.passed else ""
        book.record(
            MotionVoted(
                motion=motion.motion, on=meeting.date, **tally._asdict(), members=outcome.members,
                present=outcome.present, needed=outcome.needed, share=str(asked), quorum=outcome.quorum,
                passed=outcome.passed, judged_by=majority.key if majority else "",
                quorum_by=quorum.key if quorum else "", decision=number, votes=tuple((by or {}).items()),
            )
        )  # fmt: skip
        if outcome.passed:
            decisions.make(book, motion.text, meeting.body, meeting.date, meeting=meeting.meeting, motion=motion.motion)
    silent = tuple(person for person in there.present if person not in by) if by else ()
    return Voted(motions.one(book, motion.motion), meeting, silent, majority)


def _refuse_unready(book: Book, motion: Motion, meeting: Meeting, there: Attendance) -> None:
    if meeting.state == CANCELLED:
        raise _cancelled(meeting)
    if motion.vote:
        said = _("Motion {motion} was voted on already: {result}")
        raise Refusal(
            said.format(motion=motion.motion, result=rules.words(motion.vote.outcome)),
            field="motion",
            value=motion.motion,
            hint=_("If that was wrong: {undo}; a new motion: {add}").format(
                undo=f"zaoyuan undo {motion.vote.step}", add=sample(f"zaoyuan motion add {meeting.meeting} TEXT")
            ),
        )
    if bodies.one(book, meeting.body).kind == "assembly":
        raise Refusal(
            _("Owners decide by ballot, by persons and by area; hands in a hall decide nothing."),
            field="motion",
            value=motion.motion,
            hint=_("A ballot: {ballot}\nOne held outside this book: {add}").format(
                ballot=sample(f"zaoyuan ballot open {quoted(motion.text)} --matter N --until DATE"),
                add=sample(f"zaoyuan decision add TEXT --body {quoted(meeting.body)} --date DATE"),
            ),
        )
    if not there.members:
        said = _("{body} has no members on record on {day}: how many votes are needed is not known.")
        raise Refusal(
            said.format(body=meeting.body, day=meeting.date),
            field="body",
            value=meeting.body,
            hint=_("Members are entered so: {command}").format(
                command=sample("zaoyuan role set NAME 委员 --from DATE")
            ),
        )
    if not there.present:
        said = _("Nobody is noted as present at {number} yet; who is there is noted before a vote.")
        raise Refusal(
            said.format(number=meeting.meeting),
            field="meeting",
            value=meeting.meeting,
            hint=_("Note it: {command}").format(command=sample(f"zaoyuan meeting attend {meeting.meeting} WHO")),
        )


def _refuse_voters(book: Book, meeting: Meeting, there: Attendance, by: Mapping[str, str]) -> None:
    """Those who vote are members, and there (R-33)."""
    outside = [person for person in by if person not in there.members]
    away = [person for person in by if person in there.absent]
    if not outside and not away:
        return
    names = [people.name_of(book.db, person) for person in outside or away]
    if outside:
        said = _("{names} is no member of {body} on {day}, and has no vote.")
        hint = _("Its members: {command}").format(command=f"zaoyuan body show {quoted(meeting.body)}")
    else:
        said = _("{names} was not there: an absent member has no vote, and nobody votes for them.")
        came = f"zaoyuan meeting attend {meeting.meeting} {' '.join(map(quoted, names))}"
        hint = _("If they were there: {command}").format(command=came)
    message = said.format(names=series(names), body=meeting.body, day=meeting.date)
    raise Refusal(message, field="by", value=names[0], hint=hint)


def _refuse_count(tally: Tally, there: Attendance) -> None:
    if not tally.cast:
        raise Refusal(_("No vote was given: nobody was for, against, or abstained."), field="for", value=0)
    if tally.cast > len(there.present):
        said = _("{cast} votes, and {present} members were there.")
        message = said.format(cast=tally.cast, present=len(there.present))
        raise Refusal(message, field="for", value=tally.cast)


def silent_names(book: Book, persons: Sequence[str]) -> str:
    """The names of people, as a sentence lists them."""
    return series(people.name_of(book.db, person) for person in persons)


def counts(outcome: Outcome) -> dict[str, int]:
    """The votes by the codes of their choices."""
    return dict(zip(rules.CHOICES, outcome.tally, strict=True))


def _cancelled(meeting: Meeting) -> Refusal:
    said = _("Meeting {number} was cancelled: {reason}")
    return Refusal(said.format(number=meeting.meeting, reason=meeting.reason), field="meeting", value=meeting.meeting)
