"""Casting: slips are entered, in two passes. Their papers go out and come back in issuing.py."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NeedsYes, NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.slips import SlipCast, SlipVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.ballots import LETTERS
from zaoyuan_cli.rules.text import clean

from . import Book, households, issuing, people, rolls, slips
from .ballots import Ballot
from .polling import running, said
from .rolls import Voter
from .slips import Pass


class Slip(NamedTuple):
    """A slip as it is to be entered: a choice a question, the day it came in (None: today, or what the first pass
    says), the paper's number (0: the voter's own), who signed by proxy, and whether that may be without a letter."""

    voter: Voter
    choices: tuple[str, ...]
    received: date | None = None
    paper: int = 0
    proxy: str = ""
    note: str = ""
    unwritten: bool = False


class Cast(NamedTuple):
    """A slip entered: which paper, in which pass, whether it came in time, what the first pass says where it differs,
    and what is to be looked at; whether the paper is issued with it, whether the same person entered the first pass
    too, whether no letter of the proxy is on file."""

    voter: Voter
    paper: int
    entry: int
    choices: tuple[str, ...]
    late: bool
    first: Pass | None
    doubts: tuple[str, ...]
    proxy: str = ""
    issued: bool = False
    alone: bool = False
    unwritten: bool = False

    @property
    def differs(self) -> bool:
        """Does the other pass say something else?"""
        return self.first is not None


def voter_of(book: Book, ballot: Ballot, room: str) -> Voter:
    """Whose a door is in the roll of a vote. Raises NotFound for a door the roll does not have."""
    found = rolls.voter_at(book.db, ballot.ballot, room)
    if found is None:
        raise NotFound(
            _("{room} is not in the roll of {ballot}, which was frozen on {day}.").format(
                room=room, ballot=ballot.ballot, day=ballot.date
            ),
            field="household",
            value=room,
        )
    return found


def cast(book: Book, ballot: Ballot, slip: Slip, second: bool = False) -> Cast:
    """Enter a slip. Refusal already_cast: it was entered in this pass (R-23), proxy: the proxy does not hold, too_many:
    it names more than there are seats; Unreadable: not as many choices as questions."""
    with book.writing("ballot cast"):
        return enter(book, ballot, slip, second)


def cast_all(book: Book, ballot: Ballot, pile: Iterable[Slip], second: bool, verb: str) -> list[Cast]:
    """Enter a pile of slips as one step. Refusal as `cast`."""
    with book.writing(verb):
        return [enter(book, ballot, slip, second) for slip in pile]


def enter(book: Book, ballot: Ballot, slip: Slip, second: bool = False) -> Cast:
    """The same, inside a step being written."""
    running(book, ballot)
    voter, choices = slip.voter, slip.choices
    if len(choices) != len(ballot.asked):
        raise Unreadable(
            _("{count} questions are asked: say them all, for,against,abstain.").format(count=len(ballot.asked)),
            field="choice",
            value=",".join(choices),
        )
    assert set(choices) <= LETTERS.keys()
    if ballot.seats and choices.count("for") > ballot.seats:
        raise _too_many(ballot, voter, choices)
    entry = 2 if second else 1
    turn, known = slips.entered(book.db, ballot.ballot, voter.voter)
    if entry in known or (second and 1 not in known):
        raise _not_so(book, ballot, voter, second, known)
    came = slip.received or slips.received(book.db, ballot.ballot, voter.voter) or book.today
    issuing.refuse_before(ballot, came)
    first, holder = known.get(1), clean(slip.proxy, field="proxy").strip()
    own, had = first.paper if first else 0, True
    if slip.paper not in (own, 0) or not own:
        own, had = issuing.paper_of(book, ballot, voter, slip.paper)
    unwritten = not _proxy(book, ballot, voter, holder, came)
    if unwritten and not (slip.unwritten or (first and first.proxy == holder)):
        raise _no_letter(ballot, voter, holder)
    note = clean(slip.note, field="note").strip()
    book.record(
        SlipCast(
            ballot=ballot.ballot, voter=voter.voter, paper=own, entry=entry, choices=choices, received=came,
            on=book.today, turn=turn, proxy=holder, note=note,
        )
    )  # fmt: skip
    differs = first and (first.choices, first.proxy) != (choices, holder)
    return Cast(
        voter, own, entry, choices, came > ballot.until, first if differs else None, tuple(_sold(book, ballot, slip)),
        holder, not had, bool(first and first.who == book.who), unwritten,
    )  # fmt: skip


def _too_many(ballot: Ballot, voter: Voter, choices: tuple[str, ...]) -> Refusal:
    """That a slip of an election names more than there are seats: it is invalid as a whole, for nobody can say whom
    the voter would have left out."""
    return Refusal(
        _("The slip of {rooms} names {count} candidates for {seats} seats.").format(
            rooms=" ".join(voter.rooms), count=choices.count("for"), seats=ballot.seats
        ),
        code="too_many", field="choice", value=",".join(choices), limit=ballot.seats,
        hint=_("If the paper says so, it is invalid: {command}").format(
            command=f"zaoyuan ballot cast {ballot.ballot} {voter.rooms[0]} {','.join('x' * len(choices))}"
        ),
    )  # fmt: skip


def _proxy(book: Book, ballot: Ballot, voter: Voter, holder: str, on: date) -> bool:
    """Is a letter on file, or nobody who would need one? Refusal: those on file are of others, or do not hold that
    day (R-22)."""
    filed = slips.proxies(book.db, ballot.ballot, voter.voter) if holder else []
    if not filed or any(one.holder == holder and one.date <= on <= (one.until or ballot.until) for one in filed):
        return bool(filed) or not holder
    raise Refusal(
        _("No proxy of {rooms} for {holder} holds on {day}; on file: {filed}.").format(
            rooms=" ".join(voter.rooms), holder=holder, day=on,
            filed="、".join(f"{one.holder} {one.date}–{one.until or ballot.until}" for one in filed),
        ),
        code="proxy", field="proxy", value=holder,
    )  # fmt: skip


def _no_letter(ballot: Ballot, voter: Voter, holder: str) -> NeedsYes:
    """The question whether a slip is taken that was signed by somebody of whom no letter is on file."""
    command = f"zaoyuan ballot proxy {ballot.ballot} {voter.rooms[0]} {holder}"
    return NeedsYes(
        _("No written proxy of {rooms} for {holder} is on file. Take the slip all the same?").format(
            rooms=" ".join(voter.rooms), holder=holder
        ),
        field="yes", value=holder,
        hint=_("To say yes, add {flag}.").format(flag="--yes")
        + "\n" + _("The letter is put on file with: {command}").format(command=command),
    )  # fmt: skip


def _sold(book: Book, ballot: Ballot, slip: Slip) -> Iterable[str]:
    """That a door has another owner by now: whoever returns the paper does so for the voter of the roll."""
    if slip.note or slip.proxy:
        return
    for room in slip.voter.rooms:
        now = households.one(book, room).voter or room
        if now != slip.voter.voter and now not in people.same(book.db, slip.voter.voter):
            yield _("{room} has another owner since; who returned it for the voter of the roll? {flag}").format(
                room=room, flag="--note"
            )


def void_slip(book: Book, ballot: Ballot, voter: Voter, reason: str) -> None:
    """The slip of a voter, both passes, was entered wrongly: it counts no more and can be entered anew. Refusal."""
    with book.writing("ballot void"):
        running(book, ballot)
        turn, known = slips.entered(book.db, ballot.ballot, voter.voter)
        if not known:
            raise _not_so(book, ballot, voter, True, known)
        book.record(
            SlipVoided(ballot=ballot.ballot, voter=voter.voter, turn=turn, on=book.today, reason=said(reason, "reason"))
        )


def _not_so(book: Book, ballot: Ballot, voter: Voter, second: bool, known: dict[int, Pass]) -> Refusal:
    """Why a slip cannot be entered in a pass; of somebody with several doors, that they are one voter."""
    rooms = " ".join(voter.rooms)
    if second and 1 not in known:
        return Refusal(
            _("No slip of {rooms} was entered.").format(rooms=rooms), field="household", value=voter.rooms[0]
        )
    said = _("The slip of {rooms}, paper {paper}, was entered: {choices}.")
    if len(voter.rooms) > 1:
        said = _("{rooms} are one voter, {name}; their slip, paper {paper}, was entered: {choices}.")
    of = known[2 if second else 1]
    return Refusal(
        said.format(
            rooms=rooms, name=people.name_of(book.db, voter.voter), paper=of.paper,
            choices=",".join(_(one or "blank") for one in of.choices),
        ),
        code="already_cast", field="household", value=voter.rooms[0],
        hint=_("Entered wrongly: {command}").format(
            command=f"zaoyuan ballot void {ballot.ballot} {voter.rooms[0]} --reason …"
        ),
    )  # fmt: skip
