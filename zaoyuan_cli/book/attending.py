"""Who was at a meeting, and whether they are enough to decide: members of a committee in person, owners at an assembly
also by written proxy."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.attendances import AttendanceNoted, ProxyGiven
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.meetings import COMMITTEES
from zaoyuan_cli.rules.shares import Share

from . import Book, attendances, bodies, households, meetings, people, roles, rulings
from .attendances import Presence, Proxy
from .meetings import CANCELLED, Meeting
from .rulings import Ruling

MORE_THAN_HALF = Share(">1/2")  # of a branch or another body, which no law of the program is about


class Attendance(NamedTuple):
    """Person ids: the members of the body on the day of the meeting (of an assembly the owners who vote), those of them
    who were there or represented, who was not, who else of the roll was there; owners' proxies by owner."""

    members: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    others: tuple[str, ...]
    times: dict[str, Presence]
    proxies: dict[str, Proxy]
    quorum: bool | None


def quorum_rule(db: sqlite3.Connection, meeting: Meeting) -> Ruling | None:
    """The rule for how many must be there; None for a body that no law is about."""
    kind = bodies.everyone(db)[meeting.body].kind
    name = "committee.quorum" if kind in COMMITTEES else "vote.took_part" if kind == "assembly" else ""
    return rulings.in_force(db, name, meeting.date) if name else None


def share(rule: Ruling | None) -> Share:
    """What a rule asks for, or more than half where there is none or it is unset."""
    return rule.value if rule and isinstance(rule.value, Share) else MORE_THAN_HALF


def attendance(db: sqlite3.Connection, meeting: Meeting) -> Attendance:
    """Who was there and who was not. Where the body has no members on record everybody there counts as one, and there
    is no quorum to speak of."""
    times, proxies = attendances.there(db, meeting.meeting), attendances.proxies(db, meeting.meeting)
    if bodies.everyone(db)[meeting.body].kind == "assembly":
        return _assembly(db, meeting, times, proxies)
    known_as = people.kept(db)
    seated = roles.members(db, meeting.body, meeting.date)
    members = tuple(dict.fromkeys(known_as.get(person, person) for person in seated))
    if not members:
        return Attendance((), tuple(times), (), (), times, proxies, None)
    present = tuple(person for person in members if person in times)
    quorum = share(quorum_rule(db, meeting)).met(len(present), len(members))
    return Attendance(
        members,
        present,
        tuple(person for person in members if person not in times),
        tuple(person for person in times if person not in members),
        times,
        proxies,
        quorum,
    )


def _assembly(
    db: sqlite3.Connection, meeting: Meeting, times: dict[str, Presence], proxies: dict[str, Proxy]
) -> Attendance:
    """An assembly: who votes for some door counts as there if any of its owners is, or gave a proxy; a quorum is one by
    persons and by area (民法典 278)."""
    voters: dict[str, int] = {}
    by_owner: dict[str, str] = {}
    for door in households.everyone(db, meeting.date).values():
        if door.voter:
            voters[door.voter] = voters.get(door.voter, 0) + (door.area or 0)
            by_owner |= dict.fromkeys(door.owners, door.voter)
    came = {by_owner[person] for person in (*times, *proxies) if person in by_owner}
    present = tuple(person for person in voters if person in came)
    wanted = share(quorum_rule(db, meeting))
    area, whole = sum(voters[person] for person in present), sum(voters.values())
    quorum = wanted.met(len(present), len(voters)) and wanted.met(area, whole) if voters else None
    others = tuple(person for person in times if person not in by_owner)
    absent = tuple(person for person in voters if person not in came)
    return Attendance(tuple(voters), present, absent, others, times, proxies, quorum)


def note(book: Book, text: str, came: Sequence[str], late: str = "", left: str = "") -> Meeting:
    """Record as one step that people (ids) came to a meeting. Raises NotFound, Ambiguous, Refusal where it was
    cancelled."""
    with book.writing("meeting attend"):
        meeting = _going_on(meetings.one(book, text))
        for person in dict.fromkeys(came):
            book.record(AttendanceNoted(number=meeting.meeting, person=person, late=late, left=left))
    return meetings.one(book, meeting.meeting)


def represent(
    book: Book, text: str, holder: str, owner: str, signed: date, scope: str, until: date | None = None
) -> Meeting:
    """Record that somebody stands for an owner at an assembly by written proxy. Raises Refusal for members (R-33), for
    a proxy of another meeting, one that is over, or one too many (R-22)."""
    with book.writing("meeting attend"):
        meeting = _going_on(meetings.one(book, text))
        _refuse_members(book, meeting, owner)
        _refuse_strangers(book, meeting, owner, holder)
        _refuse_paper(book, meeting, signed, scope, until)
        if not attendances.there(book.db, meeting.meeting).get(holder):
            book.record(AttendanceNoted(number=meeting.meeting, person=holder))
        book.record(
            ProxyGiven(number=meeting.meeting, person=owner, holder=holder, signed=signed, until=until, scope=scope)
        )
    return meetings.one(book, meeting.meeting)


def _going_on(meeting: Meeting) -> Meeting:
    if meeting.state == CANCELLED:
        said = _("Meeting {number} was cancelled: {reason}")
        message = said.format(number=meeting.meeting, reason=meeting.reason)
        raise Refusal(message, field="meeting", value=meeting.meeting)
    return meeting


def _refuse_members(book: Book, meeting: Meeting, owner: str) -> None:
    if bodies.one(book, meeting.body).kind == "assembly":
        return
    said = _("{body} is no assembly of owners: its members come themselves, nobody stands for {name}.")
    law = rulings.in_force(book.db, "committee.quorum", meeting.date)
    raise Refusal(
        said.format(body=meeting.body, name=people.name_of(book.db, owner)),
        field="for",
        value=people.name_of(book.db, owner),
        hint=_("《{source}》{article}: “{words}”").format(
            source=law.law.source, article=law.law.article, words="业主委员会委员不能委托代理人参加会议"
        ),
    )


def _refuse_strangers(book: Book, meeting: Meeting, owner: str, holder: str) -> None:
    """Whom a proxy is for owns something, and is not there by anybody else already, nor in person."""
    name = people.name_of(book.db, owner)
    of_day = households.everyone(book.db, meeting.date).values()
    there, given = attendances.there(book.db, meeting.meeting), attendances.proxies(book.db, meeting.meeting)
    if not any(owner in door.owners for door in of_day):
        said = _("{name} owns no door on {day}, and has no vote to give.").format(name=name, day=meeting.date)
    elif owner == holder:
        said = _("{name} cannot stand for themselves.").format(name=name)
    elif owner in there:
        said = _("{name} is there in person.").format(name=name)
    elif owner in given:
        holder_now = people.name_of(book.db, given[owner].holder)
        said = _("{name} gave a proxy to {holder} already.").format(name=name, holder=holder_now)
    else:
        return
    raise Refusal(said, field="for", value=name)


def _refuse_paper(book: Book, meeting: Meeting, signed: date, scope: str, until: date | None) -> None:
    """A proxy is signed before the meeting, and for it: one without a last day ends with the next assembly (R-22)."""
    if signed > meeting.date:
        said = _("The proxy is signed on {signed}, after the meeting of {day}.").format(signed=signed, day=meeting.date)
        raise Refusal(said, field="signed", value=signed)
    if until and until < meeting.date:
        said = _("The proxy was good until {until}; the meeting is on {day}.").format(until=until, day=meeting.date)
        raise Refusal(said, field="until", value=until)
    if numbers.series_of(scope) == "meeting":
        if (named := meetings.pick(book, scope)) != meeting.meeting:
            said = _("The proxy is for meeting {named}, not for {number}.")
            raise Refusal(said.format(named=named, number=meeting.meeting), field="scope", value=scope)
        return
    held = meetings.held_until(book.db, meeting.date, meeting.body)
    between = [one for one in held if signed <= one.date < meeting.date]
    if between and until is None:
        said = _("The proxy of {signed} was for meeting {number} of {day}, which is over.")
        raise Refusal(
            said.format(signed=signed, number=between[-1].meeting, day=between[-1].date),
            field="signed",
            value=signed,
            hint=_("If it says how long it is good for, add {flag}.").format(flag=f"--until {meeting.date}"),
        )
