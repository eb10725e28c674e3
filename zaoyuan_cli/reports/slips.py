"""Receipts as papers to hand out: what a receipt must carry (rules, Receipt), in the language of the book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import BLANK, Column, Document, Heading, Loud, Pairs, Signatures, Slip, Text
from zaoyuan_cli.i18n import N_, _, joined, speaking
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.reports.codes import code
from zaoyuan_cli.reports.receipt import record

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.receipts import Receipt

DATA = (
    Column("receipt", N_("Receipt"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("room", N_("Room"), "room"),
    Column("from", N_("From")),
    Column("payer", N_("Paid by")),
    Column("amount", N_("Amount"), "money"),
    Column("capitals", N_("In capitals")),
    Column("project", N_("Project")),
    Column("fund", N_("Fund")),
    Column("decision", N_("Decision"), "number_text"),
    Column("method", N_("Method"), "state"),
    Column("collector", N_("Collected by")),
    Column("paper", N_("Paper number"), "number_text"),
    Column("stands", N_("State"), "state"),
    Column("refunded", N_("Refunded"), "money"),
    Column("printed", N_("Printed"), "number"),
    Column("code", N_("Check code"), "number_text"),
)


SHEETS = (N_("sheet 1, stub"), N_("sheet 2, for the payer"), N_("sheet 3, for the books"))
"""The three sheets of a receipt (rules, Receipt): 存根联, 客户联, 记账联."""


class Slips:
    """Receipts on paper, two on a page of A4. `drawn` is whether this is a print and counts, or a look at one;
    `sheets` whether each has a page to itself with its three sheets."""

    def __init__(self, book: Book, found: Sequence[Receipt], drawn: bool, sheets: bool = False) -> None:
        self.lang = book.lang
        with speaking(self.lang):
            self.rows = [record(book, one) for one in found]
            of = [_(sheet) for sheet in SHEETS] if sheets else [""]
            self._parts = [_slip(book, row, drawn, sheet) for row in self.rows for sheet in of]

    def data(self) -> dict[str, Any]:
        """The records of the receipts."""
        return {"rows": self.rows, "totals": {"receipts": len(self.rows)}}

    def document(self) -> Document:
        """A slip each."""
        return self._parts


def listing(book: Book, found: Sequence[Receipt]) -> Listing:
    """The same as data for a spreadsheet: one row a receipt."""
    rows = [record(book, one) for one in found]
    rows = [row | {"from": row["owner"] or row["donor"]} for row in rows]
    return Listing(rows, DATA, {"receipts": len(rows)})


def _slip(book: Book, row: dict[str, Any], drawn: bool, sheet: str) -> Slip:
    """One receipt; a void one says so across it, as one does whose money went back whole, and the second print of it
    that it is a copy."""
    void = row["void"]
    copy = row["printed"] + (1 if drawn else 0)
    mark = _("Copy, print no. {count}").format(count=copy) if copy > 1 else ""
    if not drawn:
        mark = _("Preview, not printed")
    under = " · ".join(filter(None, (_("No. {number}").format(number=row["receipt"]), sheet, mark)))
    parts: list[Any] = [
        code("receipt", row["receipt"], row["code"], book.lang),
        Heading(_("{estate} receipt").format(estate=book.name)), Heading(under, 2),
        Pairs(_pairs(row), abreast=bool(sheet)),
    ]  # fmt: skip
    if void:
        said = _("Void since {date}: {reason}") if void["date"] else _("Void: {reason}")
        parts.append(Text(said.format(**void), "bad"))
    parts.append(Signatures((_("Checked by"), _("Stamp"))))
    proof = _("Whoever holds it can have the committee prove it by its code.")
    parts.append(Text(joined((_("This is a receipt of the committee and no tax invoice."), proof)), "dim"))
    mark = _("VOID") if void else _("REFUNDED") if row["stands"] == "refunded" else ""
    return Slip(tuple(parts), mark, len(SHEETS) if sheet else 2)


def _pairs(row: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    who = " ".join(filter(None, (row["room"], row["owner"] or row["donor"]))) or _("payer unknown")
    what = " · ".join(filter(None, (row["called"] or _("paid ahead") * row["ahead"], row["fund"])))
    pairs: tuple[tuple[str, object], ...] = (
        (_("Date"), row["date"]),
        (_("Received from"), who),
        (_("Paid by"), row["payer"]),
        (_("For"), what),
        (_("By decision"), row["decision"]),
        (_("Amount"), _("{amount} yuan").format(amount=row["amount"].yuan())),
        (_("In capitals"), Loud(row["capitals"])),
        *((_("Claimed"), _claim(one)) for one in row["claims"]),
        (_("Method"), " ".join(filter(None, (row["account"], row["ref"])))),
        (_("Collected by"), row["collector"] or BLANK),
        (_("Note"), row["note"]),
        (_("Paper number"), row["paper"]),
        *(
            (_("Refunded"), f"{one['amount'].yuan()} · {one['date']} · {one['refund']}")
            for one in row["refunds"]
            if one["state"] != "void"
        ),
    )
    return tuple((label, value) for label, value in pairs if value is not None)


def _claim(one: dict[str, Any]) -> str:
    """Who claimed how much of the money of an unknown payer, for what, by which number."""
    who = " ".join(filter(None, (one["room"], one["owner"])))
    return f"{who} · {one['project']} · {one['amount'].yuan()} · {one['date']} · {one['credit']}"
