"""What is taken to a count: the sheet for money in a box or a hand (现金盘点表), note by note; for an account that
somebody else keeps, the reconciliation with their statement (余额调节表). The book's balance stands on it (R-61)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import BLANK, Column, Heading, Pairs, Part, Signatures, Table, Text
from zaoyuan_cli.i18n import N_, _, speaking
from zaoyuan_cli.reports.walks import Sheets

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.accounts import Account

IN_CASH = ("cash", "hand")
NOTES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins, in fen."""
CASH = (
    Column("note", N_("Note or coin")), Column("count", N_("Pieces"), "number"),
    Column("amount", N_("Amount"), "money"),
)  # fmt: skip
SUMS = (Column("what", N_("Compared")), Column("amount", N_("Amount"), "money"))
SIDES = (
    Column("ours", N_("Our book")), Column("amount", N_("Amount"), "money"),
    Column("theirs", N_("Their statement")), Column("other", N_("Amount"), "money"),
)  # fmt: skip
OPEN = (
    Column("day", N_("Date")), Column("what", N_("Open entry"), flex=True), Column("amount", N_("Amount"), "money"),
    Column("number", N_("Receipt or expense")), Column("missing", N_("Missing where")),
)  # fmt: skip
LINES = 5  # entries that one side has not, to be written down


def sheet(book: Book, of: Account, as_of: date | None = None) -> Sheets:
    """The sheet for one account, with what the book says of it now or at the end of a day."""
    from zaoyuan_cli.book import accounts, counts, entries

    last, lines = (
        counts.last(book.db, as_of).get(of.account),
        entries.ledger(book.db, "account", of.account, until=as_of),
    )
    name = accounts.shown(book.db)[of.account]
    in_cash = of.kind in IN_CASH
    data: dict[str, Any] = {
        "account": of.account, "kind": of.kind, "date": as_of or book.today, "book": of.balance,
        "last_entry": {"number": lines[-1].number or None, "date": lines[-1].date} if lines else None,
        "last_count": {"date": last.date, "counted": last.counted, "difference": last.difference} if last else None,
    }  # fmt: skip
    with speaking(book.lang):
        title = _("{estate}: cash count") if in_cash else _("{estate}: reconciliation of an account")
        parts: list[Part] = [Heading(title.format(estate=book.name)), _head(name, data)]
        parts += _cash(data) if in_cash else _statement(data)
        who = (_("Counted by"), _("Count watched by"), _("Collector") if of.kind == "hand" else _("Cashier"))
        parts.append(Signatures(who if in_cash else (_("Cashier"), _("Checked by")), dated=True))
    return Sheets(book, data, parts)


def _head(name: str, data: dict[str, Any]) -> Pairs:
    rows: list[tuple[str, object]] = [
        (_("Account"), name),
        (_("Balance by the book"), _("{amount} yuan on {day}").format(amount=data["book"].yuan(), day=data["date"])),
    ]
    if last := data["last_entry"]:
        rows.append((_("Last entry"), " ".join(filter(None, (last["number"], str(last["date"]))))))
    if last := data["last_count"]:
        said = _("{day}: {counted} yuan, difference {difference}")
        rows.append((_("Last count"), said.format(
            day=last["date"], counted=last["counted"].yuan(), difference=last["difference"].yuan()
        )))  # fmt: skip
    return Pairs((*rows, (_("Day and hour"), BLANK)))


def _cash(data: dict[str, Any]) -> list[Part]:
    rows: list[dict[str, Any]] = [{"note": _note(fen), "count": BLANK, "amount": BLANK} for fen in NOTES]
    rows.append({"note": _("Counted in all"), "count": BLANK, "amount": BLANK})
    compared = [
        (_("Balance by the book"), data["book"]), (_("and received, not entered yet"), BLANK),
        (_("less paid out, not entered yet"), BLANK), (_("Should be there"), BLANK), (_("Counted in all"), BLANK),
        (_("Difference: counted less what should be there"), BLANK),
    ]  # fmt: skip
    return [
        Table(CASH, rows), Table(SUMS, [{"what": what, "amount": fen} for what, fen in compared]),
        Pairs(((_("Why it differs"), BLANK),)),
        Text(_("A count books nothing. Enter it: {command}").format(
            command=f"zaoyuan account count {data['account']} …"), "dim"),
    ]  # fmt: skip


def _note(fen: int) -> str:
    return _("{count} yuan").format(count=fen // 100) if fen >= 100 else _("{count} jiao").format(count=fen // 10)


def _statement(data: dict[str, Any]) -> list[Part]:
    sides = (
        (_("Balance by the book"), data["book"], _("Balance by the statement")),
        (_("and received by them, not by us"), BLANK, _("and received by us, not by them")),
        (_("less paid out by them, not by us"), BLANK, _("less paid out by us, not by them")),
        (_("Balance after that"), BLANK, _("Balance after that")),
    )
    rows = [{"ours": ours, "amount": fen, "theirs": theirs, "other": BLANK} for ours, fen, theirs in sides]
    empty = dict.fromkeys((column.key for column in OPEN), BLANK)
    return [
        Table(SIDES, rows), Table(OPEN, [empty] * LINES, title=_("Entries that one side has not yet")),
        Text(_("Both balances after that agree, or it is written here why not. The statement is kept with this sheet."),
             "dim"),
    ]  # fmt: skip
