"""The register of a vote's papers as it lies on the table: who signs for a paper, and who signs that it came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import BLANK, Column, Document, Heading, Part, Signatures, Table, Text
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.ballots import Ballot

COLUMNS = (
    Column("paper", N_("Paper No."), "number"),
    Column("doors", N_("Rooms"), flex=True),
    Column("name", N_("Voter")),
    Column("area", N_("Area m²"), "area"),
    Column("how", N_("How it went out"), "state"),
    Column("issued", N_("Issued"), "date"),
    Column("signed", N_("Signed for the paper"), flex=True),
    Column("returned", N_("Came back"), "date"),
    Column("signature", N_("Signed on handing in"), flex=True),
    Column("note", N_("Note")),
)
_BY_HAND = ("how", "issued", "signed", "returned", "signature", "note")


class Register:
    """The list of papers as a paper to sign on, in the language of the book; what is known already stands in it."""

    def __init__(self, book: Book, vote: Ballot, listing: Listing) -> None:
        self.lang, self.listing = book.lang, listing
        with speaking(self.lang):
            self._parts = _parts(book, vote, listing.rows, listing.totals or {})

    def data(self) -> dict[str, Any]:
        """That of the list."""
        return self.listing.data()

    def document(self) -> Document:
        """One page after the other, who gave out and took in at the end."""
        return self._parts


def _parts(book: Book, vote: Ballot, rows: Sequence[Mapping[str, object]], totals: Mapping[str, object]) -> list[Part]:
    ruled = [
        {**row, **{key: BLANK if row.get(key) is None else row[key] for key in _BY_HAND}, "signed": BLANK}
        for row in rows
    ]
    said = _("Frozen roll of {day}; slips count until {until}. Whoever signs for an owner adds “proxy”.")
    return [
        Heading(_("{estate}: ballot papers issued and returned").format(estate=book.name)),
        Heading(f"{vote.ballot} · {vote.text}", 2),
        Text(said.format(day=vote.date, until=vote.until), "dim"),
        Table(COLUMNS, ruled, {"papers": totals.get("papers", len(rows))}),
        Signatures((_("Papers issued by"), _("Papers taken in by"), _("Ballot watched by"))),
    ]
