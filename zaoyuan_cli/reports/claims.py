"""The paper of an expense, half a page in two copies: what a member paid out of their own pocket is claimed (报销单),
all else was paid to somebody (付款凭单). Who, what for, the papers with it, who checks and allows it. The words of
members that the book has stand on it; the lines are for those who sign by hand (R-62, R-63)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import BLANK, Document, Heading, Pairs, Signatures, Slip
from zaoyuan_cli.i18n import N_, _, series, speaking
from zaoyuan_cli.reports.expenses import record
from zaoyuan_cli.rules import money

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.expenses import Expense


CLAIM = (N_("for who claims it"), N_("for the books"))
VOUCHER = (N_("for who handled it"), N_("for the books"))
"""Whose each copy is."""


class Claims:
    """Claim forms and payment vouchers, the two copies of one on a page of A4, in the language of the book."""

    def __init__(self, book: Book, found: Sequence[Expense]) -> None:
        self.lang = book.lang
        with speaking(self.lang):
            self.rows = [_row(book, one) for one in found]
            self._parts = [
                _slip(book, row, _(copy)) for row in self.rows for copy in (CLAIM if row["claimant"] else VOUCHER)
            ]

    def data(self) -> dict[str, Any]:
        """The records of the expenses."""
        total = money.Fen(sum(row["amount"] for row in self.rows if row["state"] != "void"))
        return {"rows": self.rows, "totals": {"expenses": len(self.rows), "amount": total}}

    def document(self) -> Document:
        """Two slips each."""
        return self._parts


def _row(book: Book, one: Expense) -> dict[str, Any]:
    from zaoyuan_cli.book import accounts, approvals, people

    standing = approvals.one(book.db, one.expense)
    said = [
        {"person": people.name_of(book.db, word.person), "date": word.date}
        for word in standing.approvals
        if word.counts and word.choice == "for"
    ]
    row = record(book, one, standing=standing)
    return row | {
        "capitals": money.capitals(one.amount), "claimant": row["advanced_by"],
        "paid_from": accounts.shown(book.db)[one.account], "approved_by": said, "attachments": len(one.attachments),
    }  # fmt: skip


def _slip(book: Book, row: dict[str, Any], copy: str) -> Slip:
    title = _("{estate}: expense claim") if row["claimant"] else _("{estate}: payment voucher")
    taken = () if row["claimant"] else (_("Received by the payee"),)
    parts = (
        Heading(title.format(estate=book.name)),
        Heading(" · ".join((_("No. {number}").format(number=row["expense"]), copy)), 2),
        Pairs(_pairs(row)),
        Signatures((_("Handled"), _("Checked"), _("Allowed"), *taken)),
    )
    return Slip(parts, _("VOID") if row["state"] == "void" else "")


def _pairs(row: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    """What the paper of an expense has to say; what the book does not know is left to be written."""
    files = _("{count} papers").format(count=row["attachments"]) if row["attachments"] else None
    payee = (_("Paid to"), row["payee"] if row["claimant"] else row["payee"] or BLANK)
    handler = (_("Handled by"), row["handler"] or BLANK)
    who = ((_("Claimed by"), row["claimant"]),) if row["claimant"] else (payee, handler)
    amount = _("{amount} yuan, in capitals {capitals}").format(amount=row["amount"].yuan(), capitals=row["capitals"])
    allowed = series(f"{one['person']} {one['date']}" for one in row["approved_by"])
    pairs: tuple[tuple[str, object], ...] = (
        *who,
        (_("What for"), " · ".join(filter(None, (row["what"], row["project"])))),
        (_("Day it was spent"), row["date"]),
        (_("Amount"), amount),
        *((payee,) if row["claimant"] else ()),
        (_("Out of"), f"{row['fund']} · {row['paid_from']}"),
        (_("By decision"), row["decision"]),
        (_("Voucher"), row["voucher"]),
        (_("Papers with it"), files or BLANK),
        (_("Members' yes"), allowed or None),
        (_("Note"), row["note"]),
    )
    return tuple(pair for pair in pairs if pair[1] is not None)
