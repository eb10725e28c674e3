"""Receipts as lists: the register with every number, and the contributions that count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing, accounts
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.credits import Applied
    from zaoyuan_cli.book.receipts import Fates, Receipt

RECEIPTS = (
    Column("receipt", N_("Receipt"), "number_text"),
    Column("date", N_("Date"), "date", 2),
    Column("room", N_("Room"), "room"),
    Column("from", N_("From"), "text", 3),
    Column("amount", N_("Amount"), "money"),
    Column("refunded", N_("Refunded"), "money", 5),
    Column("stands", N_("State"), "state", 1),
    Column("paper", N_("Paper number"), "number_text", 6),
    Column("printed", N_("Printed"), "number", 7),
    Column("became", N_("What became of it"), "text", 4, flex=True),
)
GAPS = (
    Column("first", N_("First"), "number_text"),
    Column("last", N_("Last"), "number_text"),
    Column("count", N_("How many"), "number"),
    Column("between", N_("Between receipts"), "number_text", 1),
)
CONTRIBUTIONS = (
    *RECEIPTS[:5],
    Column("project", N_("Project"), "text", 3),
    Column("fund", N_("Fund"), "text", 6),
    Column("account", N_("Account"), "text", 4),
    Column("refunded", N_("Refunded"), "money", 5),
    Column("stands", N_("State"), "state", 1),
    Column("note", N_("Note"), "text", 7, flex=True),
)


def rows(book: Book, found: Sequence[Receipt]) -> list[dict[str, Any]]:
    """One row a receipt, with what became of it: made void when and why, given back, paper numbers used twice."""
    from zaoyuan_cli.book import claims, donors, households, projects, receipts

    claimed = claims.standing(book.db)
    found = [claims.named(one, claimed) for one in found]
    called, held = projects.names(book.db), accounts.named(book)
    became = receipts.fates(book.db)
    twice = receipts.doubles(book.db)
    givers = {id: one.name for id, one in donors.everyone(book.db).items()}
    owners = {room: one.owner for room, one in households.everyone(book.db).items()}
    found_rows: list[dict[str, Any]] = [
        {
            "receipt": one.receipt, "date": one.date, "room": one.room or None, "amount": one.amount,
            "state": one.state, "stands": one.stands, "donor": givers.get(one.donor),
            "from": owners.get(one.room) or givers.get(one.donor),
            "refunded": one.refunded, "project": called[one.project] or None, "fund": one.fund,
            "account": held[one.account],
            "payer": one.payer or None, "paper": one.paper or None, "note": one.note or None,
            "printed": became.prints.get(one.receipt, 0),
            "claims": claims_of(claimed.get(one.receipt, ())),
            "void": void_of(one, became), "doubled": list(twice.get(one.receipt, ())),
            "refunds": [
                {"refund": back.refund, "date": back.date, "amount": back.amount, "state": back.state,
                 "reason": back.reason or None} for back in became.refunds.get(one.receipt, ())
            ],
        }
        for one in found
    ]  # fmt: skip
    return [_told(row) for row in found_rows]


def claims_of(found: Sequence[Applied]) -> list[dict[str, Any]]:
    """Who claimed how much of the money of an unknown payer, for what."""
    return [
        {"credit": one.number, "date": one.date, "room": one.room, "project": one.project, "amount": one.amount}
        for one in found
    ]


def void_of(one: Receipt, became: Fates) -> dict[str, Any] | None:
    """When a receipt was made void and why; None for one that counts."""
    if one.undone:
        return {"date": None, "reason": _("its step was undone")}
    day, reason = became.voids.get(one.receipt, (None, ""))
    return {"date": day, "reason": reason} if day else None


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """The row, with what became of the receipt in words as well."""
    words = []
    if row["void"]:
        words.append(" ".join(str(part) for part in (row["void"]["date"], row["void"]["reason"]) if part))
    for part in row["claims"]:
        words.append(_("claimed {room} {amount} {project} ({credit})").format(**part))
    for back in row["refunds"]:
        said = _("refund {refund} {date} {amount} {reason}")
        if back["state"] == "void":
            said = _("refund {refund} {date} {amount} {reason} (void)")
        words.append(said.format(**back | {"reason": back["reason"] or ""}).strip())
    if row["doubled"]:
        words.append(_("paper number also on {numbers}").format(numbers=" ".join(row["doubled"])))
    return row | {"became": "; ".join(words) or None}


def gaps(book: Book) -> Listing:
    """Numbers missing in the pre-printed books, which are accounted for on paper or lost."""
    from zaoyuan_cli.book import receipts

    missing = receipts.gaps(book.db)
    found = [
        {"first": gap.first, "last": gap.last, "count": gap.sheets, "between": f"{gap.before} {gap.after}"}
        for gap in missing
    ]
    empty = _("No number is missing in the pre-printed receipts.")
    return Listing(found, GAPS, {"gaps": len(found), "count": sum(gap.sheets for gap in missing)}, empty=empty)


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
