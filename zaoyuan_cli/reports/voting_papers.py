"""Ballot papers to hand out, one a voter, each with its stub; and the form of a written proxy (rules, papers).

A paper is for one voter and needs no name: it says doors. The square on both halves says number of the vote and of the
paper, as `ballot run` takes it from a scanner. In the language of the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from zaoyuan_cli.document import BLANK, Code, Column, Document, Heading, Pairs, Part, Signatures, Slip, Table, Text
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.papers import Paper

DATA = (
    Column("code", N_("Code on the paper"), "number_text"),
    Column("paper", N_("Paper No."), "number"),
    Column("doors", N_("Rooms"), "number_text"),
    Column("area", N_("Area m²"), "area"),
)
_BOXES = (
    Column("for", N_("I agree"), "box"), Column("against", N_("I do not agree"), "box"),
    Column("abstain", N_("I abstain"), "box"),
)  # fmt: skip
_ON_A_PAGE = 15
"""Questions that are sure to stand on one page."""
_FREE = Column("free", N_("As the proxy decides"), "box")

Inner: TypeAlias = Heading | Text | Table | Pairs | Code


class BallotPapers:
    """The papers of a vote. `place`: where they are handed in, "" for a line to write it on."""

    def __init__(self, book: Book, vote: Ballot, papers: Sequence[Paper], place: str = "") -> None:
        self.lang, self.vote = book.lang, vote
        self.rows = _rows(book, vote, papers)
        with speaking(self.lang):
            self._parts = [_slip(book, vote, row, place) for row in self.rows]

    def data(self) -> dict[str, Any]:
        """The papers, and what they ask."""
        return {
            "ballot": self.vote.ballot, "text": self.vote.text, "until": self.vote.until,
            "questions": list(self.vote.asked), "rows": self.rows, "totals": _totals(self.rows),
        }  # fmt: skip

    def document(self) -> Document:
        """A slip each."""
        return self._parts


def listing(book: Book, vote: Ballot, papers: Sequence[Paper]) -> Listing:
    """The same as data for a spreadsheet: one row a paper."""
    rows = _rows(book, vote, papers)
    columns = (*DATA, *((Column("spaces", N_("Special spaces"), "number_text"),) if vote.special else ()))
    return Listing(rows, columns, _totals(rows), title=f"{vote.ballot}  {vote.text}")


def code(vote: Ballot, paper: int) -> str:
    """What stands on a paper and in its square: BA2022-1/12."""
    return f"{vote.ballot}/{paper}"


def _rows(book: Book, vote: Ballot, papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """The papers; the area is that of the rooms and of the special spaces that count."""
    from zaoyuan_cli.book import rolls

    special = rolls.special_of(book.db, vote.ballot)
    return [
        {
            "code": code(vote, one.paper), "paper": one.paper, "doors": " ".join(one.voter.rooms),
            "spaces": " ".join(special.get(one.voter.voter, ())) or None, "area": Area(one.voter.area),
        }
        for one in papers
    ]  # fmt: skip


def _totals(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"papers": len(rows), "area": Area(sum(row["area"] for row in rows))}


# ---- a paper


def _slip(book: Book, vote: Ballot, row: dict[str, Any], place: str) -> Slip:
    """The stub, which the committee keeps, and below the cut what the voter fills in."""
    square = Code(_("No."), row["code"], row["code"])
    stub: tuple[Inner, ...] = (
        square,
        Heading(_("Ballot stub · {text}").format(text=vote.text), 3),
        Pairs((*_whose(row), *((label, BLANK) for label in (
            _("Signed for by"), _("Telephone"), _("Received on"), _("Proxy"),
        ))), abreast=True),
    )  # fmt: skip
    ballot: tuple[Inner, ...] = (
        square,
        Heading(_("{estate} owners' ballot").format(estate=book.name)),
        *_subject(vote),
        Pairs((
            *_whose(row), (_("Voting rights"), _("1 person, {area} m²").format(area=row["area"])),
            (_("Hand in until"), vote.until),
        ), abreast=True),
        _questions(vote, _BOXES, row["code"]),
        Pairs((
            (_("Owner's signature"), BLANK), (_("Date"), BLANK), (_("Signature of the proxy"), BLANK),
            (_("Handed in at"), place or BLANK),
        ), abreast=True),
        Text("\n".join(_notes(book, vote)), "dim"),
    )  # fmt: skip
    cut = Text(_("Cut here; the committee keeps the stub above"), "cut")
    return Slip((*stub, cut, *ballot))


def _whose(row: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    label = _("Rooms and special spaces") if row["spaces"] else _("Rooms")
    return (label, " ".join(filter(None, (row["doors"], row["spaces"])))), (
        _("Floor area"),
        _("{area} m²").format(area=row["area"]),
    )


def _subject(vote: Ballot) -> Sequence[Heading]:
    """What the vote is about, where no question says it."""
    if vote.seats:
        said = _("{text}: {seats} seats, {candidates} candidates")
        return (Heading(said.format(text=vote.text, seats=vote.seats, candidates=len(vote.asked)), 2),)
    return () if vote.asked == (vote.text,) else (Heading(vote.text, 2),)


def _questions(vote: Ballot, boxes: tuple[Column, ...], number: str = "") -> Table:
    """What is asked, with boxes to tick; where it goes on over the page, the number of the paper stands there too."""
    heading = N_("Question")
    if vote.seats:
        heading = _("Candidate (agree to {seats} at most)").format(seats=vote.seats)
    if number and len(vote.asked) > _ON_A_PAGE:
        heading = f"{_(heading)} · {number}"
    rows = [{"n": n, "text": text} for n, text in enumerate(vote.asked, 1)]
    item = (Column("n", N_("Item"), "number"),) if len(rows) > 1 else ()
    return Table((*item, Column("text", heading, flex=True), *boxes), rows)


def _notes(book: Book, vote: Ballot) -> list[str]:
    """How it is filled in and how it counts: blank is abstained, what cannot be read takes no part (R-13, R-24)."""
    notes = [
        _("Put one √ in each line. A line left blank counts as abstaining; a line with two marks, or one that cannot "
          "be read, is invalid. One bad line does not spoil the others."),
        _("It counts if it is handed in by {day}; what comes later does not.").format(day=vote.until),
        _("Who signs for the owner needs a written proxy, which is kept with the papers."),
    ]  # fmt: skip
    if vote.seats:
        said = _("{seats} seats are to be filled: a paper that agrees to more than {seats} candidates is invalid.")
        notes.insert(1, said.format(seats=vote.seats))
    if vote.silent:
        notes.append(_("By {bylaw}, whoever got this paper and hands none in is counted with the majority.").format(
            bylaw=_bylaw(vote)
        ))  # fmt: skip
    return [f"{n}. {note}" for n, note in enumerate(notes, 1)]


def _bylaw(vote: Ballot) -> str:
    """The bylaw by which the silent follow the majority, as the vote was opened under it."""
    name, _slash, version = vote.judged_by.get("vote.silent_follow", "").removeprefix("bylaw:").rpartition("/")
    return _("{bylaw}, version {version}").format(bylaw=name, version=version) if name else _("the rules of procedure")


# ---- a written proxy


class ProxyForms:
    """The form of a written proxy for a vote: a blank one, or one for each of some papers with the doors filled in."""

    def __init__(self, book: Book, vote: Ballot, papers: Sequence[Paper] = ()) -> None:
        self.lang, self.vote = book.lang, vote
        self.rows = _rows(book, vote, papers)
        with speaking(self.lang):
            self._parts = [part for row in (self.rows or [{}]) for part in _proxy(book, vote, row)]

    def data(self) -> dict[str, Any]:
        """The papers whose voters the forms are for."""
        return {"ballot": self.vote.ballot, "until": self.vote.until, "rows": self.rows, "totals": _totals(self.rows)}

    def document(self) -> Document:
        """A page each."""
        return self._parts


def _proxy(book: Book, vote: Ballot, row: dict[str, Any]) -> list[Part]:
    """Who, for which doors, for what, until when; by a question the owner may say how (R-22)."""
    whose = _whose(row) if row else ((_("Rooms"), BLANK), (_("Floor area"), BLANK))
    said = _(
        'I own the rooms above. I give the proxy named here the right to vote for me in {ballot}, "{text}", of the '
        "owners of {estate}: to receive the ballot paper, to fill it in as below, to sign it and to hand it in."
    )
    return [
        Heading(_("Written proxy")),
        Heading(f"{vote.ballot} · {vote.text}", 2),
        Pairs((
            (_("Principal"), BLANK), (_("Telephone"), BLANK), *whose,
            (_("Proxy holder"), BLANK), (_("Telephone"), BLANK),
        ), abreast=True),
        Text(said.format(ballot=vote.ballot, text=vote.text, estate=book.name), "prose"),
        _questions(vote, (*_BOXES, _FREE)),
        Text(_("One √ in each line. A line without one is as the proxy decides."), "dim"),
        Text(_("The proxy holds from the day of signing to {day}, for this vote only; the proxy may not pass it on. "
               "The owner can withdraw it in writing before the paper is handed in.").format(day=vote.until), "prose"),
        Signatures((_("Principal"), _("Proxy holder")), dated=True),
    ]  # fmt: skip
