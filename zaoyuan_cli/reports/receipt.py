"""A receipt as a page: what a paper receipt must carry (figures and capitals, R-58), and what became of it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.reports.accounts import named
from zaoyuan_cli.reports.register import claims_of
from zaoyuan_cli.rules import codes, money

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.receipts import Receipt

REFUNDS = (
    Column("refund", N_("Refund"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("amount", N_("Amount"), "money"),
    Column("account", N_("Account"), "text", 1),
    Column("stands", N_("State"), "state"),
    Column("reason", N_("Reason"), "text", 2, flex=True),
)


USES = (
    Column("credit", N_("Number"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("room", N_("Room"), "room"),
    Column("project", N_("Project")),
    Column("amount", N_("Amount"), "money"),
)


def record(book: Book, one: Receipt) -> dict[str, Any]:
    """A receipt as JSON has it, its refunds, its voiding, what became of its money and its prints included."""
    from zaoyuan_cli.book import accounts, claims, credits, donors, households, people, projects, proofs, receipts

    uses = credits.of_receipt(book, one) if one.ahead or not one.room else ()
    claimed = claims.standing(book.db, one.receipt)
    one = claims.named(one, claimed)
    gave_back = receipts.refunds(book.db, one.receipt)
    void = receipts.voided(book.db, one.receipt)
    donor = donors.everyone(book.db)[one.donor].name if one.donor else None
    roll = households.everyone(book.db) if one.room or claimed else {}

    def owners(room: str) -> str | None:
        return roll[room].owner or None if room in roll else None

    of = projects.everyone(book.db).get(one.project)
    return {
        "receipt": one.receipt, "date": one.date, "room": one.room or None, "donor": donor, "owner": owners(one.room),
        "payer": one.payer or None, "amount": one.amount, "capitals": money.capitals(one.amount),
        "method": accounts.kind_of(book.db, one.account), "account": named(book)[one.account],
        "fund": one.fund,
        "project": of.name if of else None, "state": one.state, "stands": one.stands,
        "refunded": one.refunded, "paid": one.standing,
        "paper": one.paper or None, "ref": one.ref or None, "note": one.note or None,
        "collector": people.name_of(book.db, receipts.collector(book.db, one)) or None,
        "refunds": [{**refund._asdict(), "stands": refund.stands} for refund in gave_back],
        "void": {"date": void[0], "reason": void[1]} if void else _undone() if one.undone else None,
        "called": of.name if of else None, "decision": (of and of.decision) or None, "ahead": one.ahead,
        "uses": [
            {"credit": use.number, "date": use.date, "room": use.room, "project": use.project, "amount": use.amount}
            for use in uses
        ],
        "claims": [part | {"owner": owners(part["room"])} for part in claims_of(claimed.get(one.receipt, ()))],
        "printed": receipts.prints(book.db, one.receipt), "code": codes.grouped(proofs.receipt_code(book.db, one)),
    }  # fmt: skip


def receipt(book: Book, one: Receipt) -> Page:
    """The record of one receipt as a page."""
    data = record(book, one)
    parts: list[Part] = [Heading(_("Receipt {number}").format(number=one.receipt))]
    if one.state == "void":
        parts.append(Text(_("VOID"), "bad"))
    parts.append(Pairs(_pairs(data)))
    if data["refunds"]:
        parts += [Heading(_("Refunds"), 2), Table(REFUNDS, data["refunds"])]
    if data["uses"]:
        parts += [Heading(_("What it pays"), 2), Table(USES, data["uses"])]
    parts.append(Text(_("This is a receipt of the committee and no tax invoice."), "dim"))
    return Page(data, parts)


def _undone() -> dict[str, Any]:
    return {"date": None, "reason": _("its step was undone")}


def _pairs(data: dict[str, Any]) -> tuple[tuple[str, object], ...]:
    who = " ".join(filter(None, (data["room"], data["owner"] or data["donor"])))
    void = data["void"]
    pairs: tuple[tuple[str, object], ...] = (
        (_("Date"), data["date"]),
        (_("Received from"), who),
        (_("Paid by"), data["payer"]),
        (_("Amount"), data["amount"]),
        (_("In capitals"), data["capitals"]),
        (_("For"), data["called"] or (_("paid ahead") if data["ahead"] else data["fund"])),
        (_("By decision"), data["decision"]),
        (_("Fund"), data["fund"]),
        (_("Account"), data["account"]),
        (_("Collected by"), data["collector"]),
        (_("Paper number"), data["paper"]),
        (_("Transfer number"), data["ref"]),
        (_("Note"), data["note"]),
        (_("State"), State(data["stands"])),
        (_("Refunded"), data["refunded"] or None),
        (_("Printed"), data["printed"] or None),
        (_("Check code"), data["code"]),
        (_("Void since"), void and void["date"]),
        (_("Why void"), void and void["reason"]),
    )
    return tuple((label, value) for label, value in pairs if value is not None)
