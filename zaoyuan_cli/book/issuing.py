"""Issuing: papers go out and come back, and proxies are filed. Slips are entered in casting.py."""

from collections.abc import Sequence
from datetime import date

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.slips import PaperIssued, PaperReturned, ProxyFiled
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book, papers, slips
from .ballots import Ballot
from .polling import running, said
from .rolls import Voter


def issue(
    book: Book, ballot: Ballot, voters: Sequence[Voter], via: str, on: date, note: str = "", skip: bool = False
) -> tuple[list[int], list[Voter]]:  # fmt: skip
    """Papers go out, one a voter; a further one for whoever spoiled theirs. (Their serial numbers, those who have
    theirs.) Refusal: one has it already, unless they are to be left out (`skip`); a posted one may still be delivered,
    and one that was sent and did not arrive be posted (R-21)."""
    note = clean(note, field="note").strip()
    with book.writing("ballot issue"):
        running(book, ballot)
        free, given, had = papers.next_paper(book.db, ballot.ballot), [], []
        for one in voters:
            has = papers.papers_of(book.db, ballot.ballot, one.voter)
            out = [paper for paper in has if not paper.spoiled]
            if refusal := _has_one(book, ballot, one, out, via):
                if not skip:
                    raise refusal
                had.append(one)
                continue
            given.append(out[-1].paper if out else free if has else one.paper)
            free += bool(has and not out)
            book.record(PaperIssued(ballot=ballot.ballot, voter=one.voter, paper=given[-1], via=via, on=on, note=note))
        if not given:
            raise Refusal(_("All {count} have their papers.").format(count=len(had)), field="household")
    return given, had


def _has_one(book: Book, ballot: Ballot, voter: Voter, out: Sequence[papers.Has], via: str) -> Refusal | None:
    """Why a voter gets no paper: their slip was entered (R-23), or they have theirs."""
    _turn, known = slips.entered(book.db, ballot.ballot, voter.voter)
    if known:
        return slip_stands(ballot, voter, next(iter(known.values())).paper)
    if not out or out[-1].may_go(via):
        return None
    said = _("{rooms} have their paper, number {paper}.").format(rooms=" ".join(voter.rooms), paper=out[-1].paper)
    return Refusal(
        said, field="household", value=voter.rooms[0],
        hint=_("If it is spoiled: {command}").format(
            command=f"zaoyuan ballot return {ballot.ballot} {voter.rooms[0]} --spoiled"
        ),
    )  # fmt: skip


def slip_stands(ballot: Ballot, voter: Voter, paper: int) -> Refusal:
    """That a voter whose slip stands gets no other paper, and spoils none (R-23)."""
    return Refusal(
        _("The slip of {rooms}, paper {paper}, was entered; no other paper goes out before it is void.").format(
            rooms=" ".join(voter.rooms), paper=paper
        ),
        code="already_cast", field="household", value=voter.rooms[0],
        hint=_("Entered wrongly: {command}").format(
            command=f"zaoyuan ballot void {ballot.ballot} {voter.rooms[0]} --reason …"
        ),
    )  # fmt: skip


def take_back(
    book: Book, ballot: Ballot, voter: Voter, on: date, spoiled: bool = False, note: str = "", number: int = 0
) -> tuple[int, bool]:  # fmt: skip
    """A paper came back, its slip not yet entered, or spoiled; (its serial number, whether it had been issued).
    Refusal: its slip stands, or it is spoiled; Unreadable: it came before the vote."""
    with book.writing("ballot return"):
        running(book, ballot)
        refuse_before(ballot, on)
        paper, issued = paper_of(book, ballot, voter, number)
        _turn, known = slips.entered(book.db, ballot.ballot, voter.voter)
        if spoiled and known:
            raise slip_stands(ballot, voter, next(iter(known.values())).paper)
        book.record(
            PaperReturned(
                ballot=ballot.ballot, voter=voter.voter, paper=paper, on=on, spoiled=spoiled,
                note=clean(note, field="note").strip(),
            )
        )  # fmt: skip
    return paper, issued


def refuse_before(ballot: Ballot, on: date) -> None:
    """Refuse a paper that came in before the vote began. Unreadable."""
    if on < (begun := min(ballot.date, ballot.posted)):
        said = _("{ballot} began on {begun}; nothing can have come in on {day}.")
        raise Unreadable(
            said.format(ballot=ballot.ballot, begun=begun, day=on), field="received", value=str(on)
        )  # fmt: skip


def paper_of(book: Book, ballot: Ballot, voter: Voter, number: int = 0) -> tuple[int, bool]:
    """(the serial number of the paper a voter has or would have been given, whether it was issued); `number` is what
    the paper says, 0 for not looked at. Refusal spoiled: it takes no slip (R-23); NotFound: it is not theirs."""
    has = papers.papers_of(book.db, ballot.ballot, voter.voter)
    good = [one for one in has if not one.spoiled]
    mine = good[-1].paper if good else voter.paper
    if any(one.spoiled and one.paper == (number or mine) for one in has):
        raise _spoiled(ballot, voter, number or mine, good[-1].paper if good else 0)
    if number not in (0, voter.paper, *(one.paper for one in has)):
        said = _("Paper {n} of {ballot} is not that of {rooms}; theirs is {mine}.")
        raise NotFound(
            said.format(n=number, ballot=ballot.ballot, rooms=" ".join(voter.rooms), mine=mine), field="paper",
            value=number,
        )  # fmt: skip
    return number or mine, any(one.paper == (number or mine) for one in has)


def _spoiled(ballot: Ballot, voter: Voter, paper: int, new: int) -> Refusal:
    room, rooms = voter.rooms[0], " ".join(voter.rooms)
    said = _("Paper {n} of {rooms} is spoiled; theirs is {new} now.") if new else _(
        "Paper {n} of {rooms} is spoiled, and no other was issued."
    )  # fmt: skip
    hint = "" if new else _("Another one: {command}").format(command=f"zaoyuan ballot issue {ballot.ballot} {room}")
    return Refusal(
        said.format(n=paper, rooms=rooms, new=new), code="spoiled", field="paper", value=paper, hint=hint
    )  # fmt: skip


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
