"""Receipts as lists: the register with every number, and the contributions that count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.receipts import Receipt

RECEIPTS = (
    Column("receipt", N_("Receipt"), "number_text"),
    Column("date", N_("Date"), "date", 2),
    Column("room", N_("Room"), "room"),
    Column("from", N_("From"), "text", 3),
    Column("amount", N_("Amount"), "money"),
    Column("refunded", N_("Refunded"), "money", 5),
    Column("state", N_("State"), "state", 1),
)
CONTRIBUTIONS = (
    *RECEIPTS[:5],
    Column("project", N_("Project"), "text", 3),
    Column("fund", N_("Fund"), "text", 6),
    Column("account", N_("Account"), "text", 4),
    Column("refunded", N_("Refunded"), "money", 5),
    Column("state", N_("State"), "state", 1),
    Column("note", N_("Note"), "text", 7, flex=True),
)


def rows(book: Book, found: Sequence[Receipt]) -> list[dict[str, Any]]:
    """One row a receipt."""
    from zaoyuan_cli.book import donors, households

    givers = {id: one.name for id, one in donors.everyone(book.db).items()}
    owners = {room: one.owner for room, one in households.everyone(book.db).items()}
    return [
        {
            "receipt": one.receipt, "date": one.date, "room": one.room or None, "amount": one.amount,
            "state": one.state, "from": owners.get(one.room) or givers.get(one.donor), "donor": givers.get(one.donor),
            "refunded": one.refunded, "project": one.project or None, "fund": one.fund, "account": one.account,
            "payer": one.payer or None, "paper": one.paper or None, "note": one.note or None,
        }
        for one in found
    ]  # fmt: skip


def receipts(shown: Sequence[dict[str, Any]], found: Sequence[Receipt], as_of: date | None) -> Listing:
    """The register: the count has the void ones too, the sum has not (R-57)."""
    void = sum(one.state == "void" for one in found)
    totals = {"receipts": len(found), "void": void, **_sums(found)}
    return Listing(shown, RECEIPTS, totals, empty=_no_money(), as_of=as_of)


def contributions(shown: Sequence[dict[str, Any]], found: Sequence[Receipt], as_of: date | None) -> Listing:
    """What counts."""
    return Listing(shown, CONTRIBUTIONS, {"contributions": len(found), **_sums(found)}, empty=_no_money(), as_of=as_of)


def _sums(found: Sequence[Receipt]) -> dict[str, Fen]:
    counted = [one for one in found if one.state != "void"]
    return {
        "amount": Fen(sum(one.amount for one in counted)),
        "refunded": Fen(sum(one.refunded for one in counted)),
    }


def _no_money() -> str:
    return _("Nothing was received.") + "\n" + _("Record a payment: {command}").format(command="zaoyuan pay 3-2-501")
