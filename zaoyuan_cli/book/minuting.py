"""Minutes typed while a meeting goes on: begun, noted line by line, each a step of its own, corrected, ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.attendances import AttendanceNoted
from zaoyuan_cli.facts.meetings import MeetingHeld, MeetingRecorded
from zaoyuan_cli.facts.sittings import LineCorrected, LineNoted, SittingBegun, SittingEnded
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book, attendances, attending, meetings, roles, sittings
from .meetings import CANCELLED, HELD, Meeting


class Words(NamedTuple):
    """What a line says: its kind, who says it (a person's id, or a name the roll does not know), the words."""

    what: str
    speaker: str = ""
    name: str = ""
    text: str = ""


def at(book: Book, meeting: Meeting) -> str:
    """The time of day of a line typed now; "" where the meeting is of another day."""
    return f"{book.now:%H:%M}" if book.today == meeting.date else ""


def begin(book: Book, title: str, body: str) -> Meeting:
    """Begin a meeting that was not planned, today, and its minutes. Raises Unreadable without a title, Refusal where
    the body has one of that title today."""
    title = clean(title, field="title").strip()
    if not title:
        raise Unreadable(_("The title is empty."), field="title", value=title)
    with book.writing("minutes"):
        for one in meetings.listing(book.db, body, book.today, book.today):
            if one.title == title and one.state != CANCELLED:
                said = _("{body} has a meeting “{title}” of {day} already: {number}.")
                message = said.format(body=body, title=title, day=one.date, number=one.meeting)
                raise Refusal(message, field="title", value=title)
        number = book.number("meeting")
        book.record(
            MeetingHeld(
                number=number, body=body, on=book.today, title=title, chair=chair_of(book, body, book.today),
                recorder=book.who,
            )
        )  # fmt: skip
        book.record(SittingBegun(meeting=number, on=book.today, at=f"{book.now:%H:%M}"))
    return meetings.one(book, number)


def resume(book: Book, meeting: Meeting) -> bool:
    """Begin the minutes of a meeting that is in the book, or go on with them; did they have to be begun? Raises Refusal
    where it was cancelled, is still to come, or its minutes take no change."""
    if meeting.meeting in sittings.live(book.db):
        return False
    refuse_unready(book, meeting)
    with book.writing("minutes"):
        book.record(SittingBegun(meeting=meeting.meeting, on=meeting.date, at=at(book, meeting)))
        if not (meeting.kept or meeting.recorder):
            _head(book, meeting, chair=chair_of(book, meeting.body, meeting.date), recorder=book.who)
    return True


def refuse_unready(book: Book, meeting: Meeting) -> None:
    """Raise Refusal for a meeting that was cancelled or is still to come."""
    if meeting.state == CANCELLED:
        said = _("Meeting {number} was cancelled: {reason}")
        message = said.format(number=meeting.meeting, reason=meeting.reason)
        raise Refusal(message, field="meeting", value=meeting.meeting)
    if meeting.date > book.today and meeting.state != HELD:
        said = _("Meeting {number} is planned for {day}.")
        raise Refusal(
            said.format(number=meeting.meeting, day=meeting.date),
            field="meeting",
            value=meeting.meeting,
            hint=_("If it is held today: {command}").format(
                command=f"zaoyuan meeting edit {meeting.meeting} --date {book.today}"
            ),
        )


def chair_of(book: Book, body: str, day: date) -> str:
    """The id of who chairs a body on a day, "" for nobody."""
    held = [one.person for one in roles.held(book.db, day, body=body, role="chair")]
    return held[0] if held else ""


def _missed(book: Book, meeting: Meeting) -> bool:
    """Was the one expected to chair not there?"""
    return bool(meeting.chair) and meeting.chair not in attending.attendance(book.db, meeting).present


def _deputy(book: Book, meeting: Meeting) -> str:
    """The vice-chair who was there, who then chairs; "" for none, or several."""
    held = {one.person for one in roles.held(book.db, meeting.date, body=meeting.body, role="vice-chair")}
    there = held & set(attending.attendance(book.db, meeting).present)
    return there.pop() if len(there) == 1 else ""


def note(book: Book, meeting: Meeting, words: Words) -> bool:
    """Record a line as one step, and that who speaks is there, if nobody noted it; was that so?"""
    with book.writing("minutes"):
        came = _came(book, meeting, words)
        book.record(
            LineNoted(
                meeting=meeting.meeting, on=meeting.date, what=words.what, at=at(book, meeting),
                speaker=words.speaker, name=words.name, text=_text(words),
            )
        )  # fmt: skip
    return came


def correct(book: Book, meeting: Meeting, step: str, words: Words) -> bool:
    """Record as one step that the line of another step says something else; was who speaks not noted as there?"""
    with book.writing("minutes"):
        came = _came(book, meeting, words)
        book.record(
            LineCorrected(line=step, what=words.what, speaker=words.speaker, name=words.name, text=_text(words))
        )
    return came


def _text(words: Words) -> str:
    text = clean(words.text, field="text").strip()
    if not text and words.what in (sittings.ITEM, sittings.SPEECH):
        raise Unreadable(_("The text is empty."), field="text", value=text)
    return text


def _came(book: Book, meeting: Meeting, words: Words) -> bool:
    if not words.speaker or words.speaker in attendances.there(book.db, meeting.meeting):
        return False
    book.record(AttendanceNoted(number=meeting.meeting, person=words.speaker))
    return True


def welcome(book: Book, meeting: Meeting, name: str) -> None:
    """Record as one step a guest whom the roll does not know."""
    with book.writing("minutes"):
        _head(book, meetings.one(book, meeting.meeting), guests=(*meeting.guests, name))


def _head(book: Book, meeting: Meeting, **said: Any) -> None:
    """Record the head of the minutes anew, with what is said of it and the rest as it is."""
    now: dict[str, Any] = {
        "chair": meeting.chair, "recorder": meeting.recorder, "place": meeting.place,
        "chair_name": meeting.chair_name, "recorder_name": meeting.recorder_name, "guests": meeting.guests,
        "absent": meeting.absent,
    }  # fmt: skip
    book.record(MeetingRecorded(number=meeting.meeting, **now | said))


def end(book: Book, meeting: Meeting, chair: str, absent: Sequence[str] | None) -> None:
    """Record that the minutes are complete: who chaired (an id, else the vice-chair where the chair was not there), who
    was not there and why, in words (None: nobody said), and as guests who spoke and is not on the roll."""
    with book.writing("minutes"):
        guests = tuple(dict.fromkeys((*meeting.guests, *sittings.guests(book.db, meeting.meeting))))
        said: dict[str, Any] = {"guests": guests}
        if chair or _missed(book, meeting):
            said |= {"chair": chair or _deputy(book, meeting), "chair_name": ""}
        if absent is not None:
            said["absent"] = tuple(absent)
        _head(book, meeting, **said)
        book.record(SittingEnded(meeting=meeting.meeting, on=meeting.date, at=at(book, meeting)))
