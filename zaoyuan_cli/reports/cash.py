"""The journal of an account, day by day (现金日记账): brought forward, every movement with its paper, carried
forward; and the sums of each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, ledgers
from zaoyuan_cli.reports.briefing import Span, head
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

_MONEY = (
    Column("in", N_("In"), "money"),
    Column("out", N_("Out"), "money"),
    Column("balance", N_("Balance"), "money"),
)
LINES = (
    Column("date", N_("Date"), "date"),
    Column("number", N_("Number"), "number_text", 1),
    Column("voucher", N_("Voucher"), "number_text", 4),
    Column("what", N_("Movement"), "state", 2),
    Column("text", N_("For what"), priority=3, flex=True),
    Column("other", N_("Other side"), priority=5),
    *_MONEY,
)
DAYS = (Column("date", N_("Date"), "date"), Column("entries", N_("Entries"), "number", 1), *_MONEY)


def journal(book: Book, account: str, span: Span) -> Page:
    """The journal of some days: opening + in - out = closing, as in the turnover of the account."""
    from zaoyuan_cli.book import accounts, entries

    vouchers = _vouchers(book, span)
    lines = [
        {**ledgers.line(one), "voucher": vouchers.get(one.number)}
        for one in entries.ledger(book.db, "account", account, span.since, span.until)
    ]
    sums = entries.turnover_of(book.db, "account", account, span.since, span.until).row()
    before = entries.balance(book.db, "account", account, span.since - timedelta(days=1))
    days = [_day(lines, day) for day in dict.fromkeys(row["date"] for row in lines)]
    nothing = dict.fromkeys(("number", "voucher", "text", "other", "in", "out"))
    shown = [
        {**nothing, "date": span.since, "what": "brought_forward", "balance": before},
        *lines,
        {**nothing, "date": span.until, "what": "carried_forward", "balance": sums["closing"]},
    ]
    data = {
        "account": account, "method": accounts.kind_of(book.db, account), "since": span.since, "until": span.until,
        **sums, "rows": lines, "days": days,
    }  # fmt: skip
    parts: list[Part] = head(book, _("{name}: journal of {account}").format(name=book.name, account=account), span)
    total = {"in": sums["in"], "out": sums["out"], "balance": sums["closing"]}
    parts.append(Table(LINES, shown, {"date": _("Total"), **total}))
    if days:
        parts += [Heading(_("Day by day"), 2), Table(DAYS, days, {"date": _("Total"), "entries": len(lines), **total})]
    return Page(data, parts)


def _day(lines: list[dict[str, Any]], day: date) -> dict[str, Any]:
    of = [row for row in lines if row["date"] == day]
    sums = {key: Fen(sum(row[key] or 0 for row in of)) for key in ("in", "out")}
    return {"date": day, "entries": len(of), **sums, "balance": of[-1]["balance"]}


def _vouchers(book: Book, span: Span) -> dict[str, str]:
    """The voucher's number of each expense, the pre-printed receipt's of each payment."""
    from zaoyuan_cli.book import expenses, receipts

    papers = {one.receipt: one.paper for one in receipts.register(book.db) if one.paper}
    return papers | {
        one.expense: one.voucher for one in expenses.everyone(book.db, span.since, span.until) if one.voucher
    }
