"""Casting: papers go out and come back, slips are entered, in two passes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.slips import PaperIssued, PaperReturned, ProxyFiled, SlipCast, SlipVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.ballots import LETTERS
from zaoyuan_cli.rules.text import clean

from . import Book, ballots, households, people, slips
from .ballots import Ballot, Voter
from .polling import running, said

POSTED = "posted"  # put up where everybody passes: it reached nobody, and a delivery may follow


class Slip(NamedTuple):
    """A slip as it is to be entered: a choice a question, the day it came in (None: today, or what the first pass
    says), the paper's number (0: the voter's own), who signed by proxy."""

    voter: Voter
    choices: tuple[str, ...]
    received: date | None = None
    paper: int = 0
    proxy: str = ""
    note: str = ""


class Cast(NamedTuple):
    """A slip entered: which paper, in which pass, whether it came in time, what the other pass says where it differs,
    and what is to be looked at."""

    voter: Voter
    paper: int
    entry: int
    choices: tuple[str, ...]
    late: bool
    first: tuple[str, ...] | None
    doubts: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Does the other pass say something else?"""
        return self.first is not None


def voter_of(book: Book, ballot: Ballot, room: str) -> Voter:
    """Whose a door is in the roll of a vote. Raises NotFound for a door the roll does not have."""
    found = ballots.voter_at(book.db, ballot.ballot, room)
    if found is None:
        raise NotFound(
            _("{room} is not in the roll of {ballot}, which was frozen on {day}.").format(
                room=room, ballot=ballot.ballot, day=ballot.date
            ),
            field="household",
            value=room,
        )
    return found


def issue(book: Book, ballot: Ballot, voters: Sequence[Voter], via: str, on: date, note: str = "") -> list[int]:
    """Papers go out, one a voter; a further one for whoever spoiled theirs. The serial numbers. Refusal: one has it
    already; a posted one may still be delivered."""
    note = clean(note, field="note").strip()
    with book.writing("ballot issue"):
        running(book, ballot)
        free, given = slips.next_paper(book.db, ballot.ballot), []
        for one in voters:
            has = slips.papers_of(book.db, ballot.ballot, one.voter)
            out = [paper for paper in has if not paper.spoiled]
            if any(paper.delivered or via == POSTED for paper in out):
                raise Refusal(
                    _("{rooms} have their paper, number {paper}.").format(
                        rooms=" ".join(one.rooms), paper=out[-1].paper
                    ),
                    field="household",
                    value=one.rooms[0],
                )
            given.append(out[-1].paper if out else free if has else one.paper)
            free += bool(has and not out)
            book.record(PaperIssued(ballot=ballot.ballot, voter=one.voter, paper=given[-1], via=via, on=on, note=note))
    return given


def take_back(book: Book, ballot: Ballot, voter: Voter, on: date, spoiled: bool = False, note: str = "") -> int:
    """A paper came back, its slip not yet entered, or spoiled; its serial number. Refusal."""
    with book.writing("ballot return"):
        running(book, ballot)
        paper = _paper(book, ballot, voter)
        book.record(
            PaperReturned(
                ballot=ballot.ballot, voter=voter.voter, paper=paper, on=on, spoiled=spoiled,
                note=clean(note, field="note").strip(),
            )
        )  # fmt: skip
    return paper


def file_proxy(
    book: Book, ballot: Ballot, voter: Voter, holder: str, on: date, until: date | None = None, note: str = ""
) -> None:
    """A written proxy of a voter is put on file (R-22). Refusal: it ends before it begins."""
    if until and until < on:
        raise Refusal(_("The proxy ends before its day."), field="until", value=str(until))
    with book.writing("ballot proxy"):
        running(book, ballot)
        book.record(
            ProxyFiled(
                ballot=ballot.ballot, voter=voter.voter, on=on, until=until, holder=said(holder, "proxy"),
                note=clean(note, field="note").strip(),
            )
        )  # fmt: skip


def cast(book: Book, ballot: Ballot, slip: Slip, second: bool = False) -> Cast:
    """Enter a slip. Refusal already_cast: it was entered in this pass (R-23), code proxy: the proxy does not hold;
    Unreadable: not as many choices as questions."""
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
    entry = 2 if second else 1
    turn, known = slips.entered(book.db, ballot.ballot, voter.voter)
    if entry in known or (second and 1 not in known):
        raise _not_so(book, ballot, voter, second, known)
    came = slip.received or slips.received(book.db, ballot.ballot, voter.voter) or book.today
    own, holder = slip.paper or _paper(book, ballot, voter), clean(slip.proxy, field="proxy").strip()
    doubts = [*_proxy(book, ballot, voter, holder, came), *_sold(book, ballot, slip)]
    note = clean(slip.note, field="note").strip()
    book.record(
        SlipCast(
            ballot=ballot.ballot, voter=voter.voter, paper=own, entry=entry, choices=choices, received=came,
            on=book.today, turn=turn, proxy=holder, note=note,
        )
    )  # fmt: skip
    first = known[1] if second and known[1] != choices else None
    return Cast(voter, own, entry, choices, came > ballot.until, first, tuple(doubts))


def _proxy(book: Book, ballot: Ballot, voter: Voter, holder: str, on: date) -> Iterable[str]:
    """What is doubtful of a proxy. Refusal: those on file are of others, or do not hold that day (R-22)."""
    filed = slips.proxies(book.db, ballot.ballot, voter.voter) if holder else []
    rooms = " ".join(voter.rooms)
    if any(one.holder == holder and one.date <= on <= (one.until or ballot.until) for one in filed):
        return
    if filed:
        raise Refusal(
            _("No proxy of {rooms} for {holder} holds on {day}; on file: {filed}.").format(
                rooms=rooms, holder=holder, day=on,
                filed="、".join(f"{one.holder} {one.date}–{one.until or ballot.until}" for one in filed),
            ),
            code="proxy", field="proxy", value=holder,
        )  # fmt: skip
    if holder:
        yield _("No written proxy of {rooms} is on file: {command}").format(
            rooms=rooms, command=f"zaoyuan ballot proxy {ballot.ballot} {voter.rooms[0]} {holder}"
        )


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


def _not_so(
    book: Book, ballot: Ballot, voter: Voter, second: bool, known: dict[int, tuple[str, ...]]
) -> Refusal:  # fmt: skip
    """Why a slip cannot be entered in a pass; of somebody with several doors, that they are one voter."""
    rooms = " ".join(voter.rooms)
    if second and 1 not in known:
        return Refusal(
            _("No slip of {rooms} was entered.").format(rooms=rooms), field="household", value=voter.rooms[0]
        )
    said = _("The slip of {rooms}, paper {paper}, was entered: {choices}.")
    if len(voter.rooms) > 1:
        said = _("{rooms} are one voter, {name}; their slip, paper {paper}, was entered: {choices}.")
    return Refusal(
        said.format(
            rooms=rooms,
            name=people.name_of(book.db, voter.voter),
            paper=_paper(book, ballot, voter),
            choices=",".join(_(one or "blank") for one in known[2 if second else 1]),
        ),
        code="already_cast",
        field="household",
        value=voter.rooms[0],
        hint=_("Entered wrongly: {command}").format(
            command=f"zaoyuan ballot void {ballot.ballot} {voter.rooms[0]} --reason …"
        ),
    )


def _paper(book: Book, ballot: Ballot, voter: Voter) -> int:
    """The serial number of the paper a voter has, or would have been given."""
    mine = [one.paper for one in slips.papers_of(book.db, ballot.ballot, voter.voter) if not one.spoiled]
    return mine[-1] if mine else voter.paper
