"""What is done with the minutes of a meeting once they are written: signed by who was there, posted, taken down,
locked, added to (R-36, R-37, R-38)."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.signings import MinutesAdded, MinutesLocked, MinutesPosted, MinutesSigned, MinutesWithdrawn
from zaoyuan_cli.i18n import _, sample, series
from zaoyuan_cli.rules.meetings import COMMITTEES
from zaoyuan_cli.rules.text import clean

from . import Book, attending, bodies, cuts, meetings, minutes, motions, people, rulings, signings, sittings
from .meetings import HELD, Meeting
from .signings import Addendum, Edition, Lock

LIVE, SIGNED, POSTED, LOCKED = "live", "signed", "posted", "locked"
Papers = Callable[[Meeting, int], tuple[str, str]]
"""Draws the two papers of an edition as they are stored: the record and what hangs on the wall."""


class Standing(NamedTuple):
    """How far the minutes of a meeting are: `stage` is planned, live, held, signed, posted, locked or cancelled;
    `signed` the days on which people (ids) signed, `unsigned` who was there and has not."""

    stage: str
    signed: dict[str, date]
    unsigned: tuple[str, ...]
    edition: Edition | None
    editions: tuple[Edition, ...]
    lock: Lock | None
    addenda: tuple[Addendum, ...]


def standing(db: sqlite3.Connection, meeting: Meeting, as_of: date | None = None) -> Standing:
    """How far the minutes are at the end of a day (now without one)."""
    number = meeting.meeting
    signed = signings.signatures(db, number, as_of)
    unsigned = tuple(one for one in signers(db, meeting) if one not in signed)
    editions = tuple(signings.editions(db, number, as_of))
    hanging, lock = signings.hanging(db, number, as_of), signings.lock(db, number, as_of)
    stage = meeting.state
    if stage == HELD:
        going = number in sittings.live(db)
        stage = LOCKED if lock else POSTED if hanging else LIVE if going else HELD
        if stage == HELD and signed and not unsigned:
            stage = SIGNED
    return Standing(stage, signed, unsigned, hanging, editions, lock, tuple(signings.addenda(db, number, as_of)))


def signers(db: sqlite3.Connection, meeting: Meeting) -> list[str]:
    """Who has to sign: the members who were there (指导规则 39); nobody of an assembly. Who was erased cannot."""
    if bodies.everyone(db)[meeting.body].kind == "assembly":
        return []
    there = attending.attendance(db, meeting)
    known = people.everyone(db, only=there.present)
    return [person for person in there.present if not known[person].erased]


def sign(book: Book, text: str, who: Sequence[str], on: date) -> tuple[Meeting, tuple[str, ...]]:
    """Record as one step that people (ids) signed the minutes; the meeting, and those who had signed already. Raises
    Refusal for somebody who was not there, and for minutes that are not written, or locked."""
    with book.writing("meeting sign"):
        meeting = _written(book, text)
        there = attending.attendance(book.db, meeting)
        signed = signings.signatures(book.db, meeting.meeting)
        for person in dict.fromkeys(who):
            if person not in there.times and person not in (meeting.chair, meeting.recorder):
                said = _("{name} was not at {meeting}: who was there signs.")
                name = people.name_of(book.db, person)
                raise Refusal(
                    said.format(name=name, meeting=meeting.meeting),
                    field="who",
                    value=name,
                    hint=_("If they were there: {command}").format(
                        command=f"zaoyuan meeting attend {meeting.meeting} {name}"
                    ),
                )
            if on < meeting.date:
                raise _too_early(meeting, on)
            if person not in signed:
                book.record(MinutesSigned(meeting=meeting.meeting, person=person, on=on))
    return meeting, tuple(person for person in dict.fromkeys(who) if person in signed)


def post(book: Book, text: str, on: date, place: str, override: str, papers: Papers) -> Meeting:
    """Record that the minutes went up, with the papers as they are. Raises Refusal while somebody who was there has not
    signed, unless `override` says why (R-36), and while an edition hangs."""
    with book.writing("meeting post"):
        meeting = _written(book, text)
        if on < meeting.date:
            raise _too_early(meeting, on)
        now = standing(book.db, meeting)
        if now.edition:
            said = _("The minutes of {meeting} hang since {day}.")
            raise Refusal(
                said.format(meeting=meeting.meeting, day=now.edition.date),
                field="meeting",
                value=meeting.meeting,
                hint=_("To take them down: {command}").format(
                    command=sample(f"zaoyuan meeting withdraw {meeting.meeting} --reason TEXT")
                ),
            )
        _refuse_unsigned(book, meeting, now, override)
        edition = max((one.edition for one in now.editions), default=0) + 1
        committee = bodies.one(book, meeting.body).kind in COMMITTEES
        rule = rulings.in_force(book.db, "committee.posting_days", meeting.date) if committee else None
        record, summary = papers(meeting, edition)
        book.record(
            MinutesPosted(
                meeting=meeting.meeting, on=on, edition=edition, heads=cuts.heads(book.db), unsigned=now.unsigned,
                rule=rule.rule if rule else "", judged_by=rule.key if rule else "", place=place, override=override,
                record=record, summary=summary,
            )
        )  # fmt: skip
    return meeting


def withdraw(book: Book, text: str, reason: str, on: date) -> tuple[Meeting, Edition]:
    """Record that the edition on the wall was taken down; it stays in the book. Raises Refusal where none hangs, or the
    minutes are locked."""
    with book.writing("meeting withdraw"):
        meeting = meetings.one(book, text)
        now = standing(book.db, meeting)
        if now.lock:
            raise _locked(meeting, now.lock)
        if now.edition is None:
            said = _("The minutes of {meeting} do not hang.")
            raise Refusal(said.format(meeting=meeting.meeting), field="meeting", value=meeting.meeting)
        book.record(MinutesWithdrawn(meeting=meeting.meeting, on=on, edition=now.edition.edition, reason=reason))
    return meeting, now.edition


def lock(book: Book, text: str, on: date, override: str, rehearse: bool = False) -> Meeting:
    """Record that the minutes take no change any more. Raises Refusal while somebody who was there has not signed,
    unless `override` says why, and for minutes that are locked."""
    with book.writing("meeting lock", rehearse):
        meeting = _written(book, text)
        now = standing(book.db, meeting)
        if now.lock:
            raise _locked(meeting, now.lock)
        _refuse_unsigned(book, meeting, now, override)
        heads = cuts.heads(book.db)
        book.record(
            MinutesLocked(meeting=meeting.meeting, on=on, heads=heads, unsigned=now.unsigned, override=override)
        )
    return meeting


def add(book: Book, text: str, words: str, on: date) -> Meeting:
    """Record an addendum. Raises Unreadable for no text, Refusal for minutes that may still be changed."""
    words = clean(words, field="text", lines=True).strip()
    if not words:
        raise Unreadable(_("The text is empty."), field="text", value=words)
    with book.writing("meeting addendum"):
        meeting = _written(book, text)
        now = standing(book.db, meeting)
        if not (now.edition or now.lock):
            said = _("The minutes of {meeting} are neither posted nor locked: change them.")
            raise Refusal(
                said.format(meeting=meeting.meeting),
                field="meeting",
                value=meeting.meeting,
                hint=f"zaoyuan minutes {meeting.meeting}\nzaoyuan minutes {meeting.meeting} --edit",
            )
        book.record(MinutesAdded(meeting=meeting.meeting, on=on, text=words))
    return meeting


def _written(book: Book, text: str) -> Meeting:
    """The meeting, if its minutes are complete. Raises Refusal."""
    meeting = meetings.one(book, text)
    command = f"zaoyuan minutes {meeting.meeting}"
    if meeting.meeting in sittings.live(book.db):
        said, hint = _("The minutes of {meeting} are still being written."), _("To end them: {command}")
    elif meeting.state != HELD or not (minutes.of(book.db, meeting.meeting) or motions.listing(
            book.db, meeting.meeting) or meeting.kept):  # fmt: skip
        said, hint = _("{meeting} has no minutes yet."), _("To write them: {command}")
    else:
        return meeting
    message = said.format(meeting=meeting.meeting)
    raise Refusal(message, field="meeting", value=meeting.meeting, hint=hint.format(command=command))


def _refuse_unsigned(book: Book, meeting: Meeting, now: Standing, override: str) -> None:
    if not now.unsigned or override:
        return
    names = [people.name_of(book.db, person) for person in now.unsigned]
    said = _("unsigned: {count} ({names}). Who was there signs before the minutes go up or are locked.")
    raise Refusal(
        said.format(count=len(names), names=series(names)),
        code="unsigned",
        field="meeting",
        value=meeting.meeting,
        hint=_("They sign: {sign}\nIf they cannot: {flag}").format(
            sign=f"zaoyuan meeting sign {meeting.meeting} {' '.join(names)}", flag=f"--override {_('TEXT')}"
        ),
        unsigned=len(names),
    )


def _locked(meeting: Meeting, lock: Lock) -> Refusal:
    said = _("The minutes of {meeting} are locked since {day}.")
    return Refusal(
        said.format(meeting=meeting.meeting, day=lock.date),
        code="minutes_closed",
        field="meeting",
        value=meeting.meeting,
        hint=_("Use instead: {command}").format(
            command=sample(f"zaoyuan meeting addendum {meeting.meeting} TEXT")
        ),
    )  # fmt: skip


def _too_early(meeting: Meeting, on: date) -> Refusal:
    said = _("{day} is before the meeting of {held}.").format(day=on, held=meeting.date)
    return Refusal(said, field="date", value=on)
