"""The commands `expense repay` and `expense repayments`: members get back what they paid out of their own pocket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer import Context

from zaoyuan_cli.commands import options, picking
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.advances import Repayment

COLUMNS = (
    Column("repayment", N_("Repayment"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("name", N_("Paid to")),
    Column("amount", N_("Amount"), "money"),
    Column("account", N_("Account"), priority=3),
    Column("state", N_("State"), "state", 2),
    Column("note", N_("Note"), "text", 5, flex=True),
)


def repay(
    ctx: Context, who: options.Who, amount: options.AmountWord, method: options.Method = "", date: options.Day = "",
    note: options.Note = "",
) -> None:  # fmt: skip
    """Give a member back what they paid out of their own pocket (`spend --advanced-by`), and give it a number.

    Never more than is owed to them. A wrong one is made void by its number, with `expense void`.

    Example: zaoyuan expense repay 王桂兰 30 -m 微信
    """
    from zaoyuan_cli.book import advances
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.commands.accounts import warn_below_zero

    desk: Desk = ctx.obj
    fen = options.amount(amount)
    person = asking.person(desk, who)
    account, on = picking.account(desk, method), options.day(desk, date)
    number = advances.repay(desk.book, person.person, fen, account, on, note)
    warn_below_zero(desk, account)
    one = advances.one(desk.book.db, number)
    data = _record(desk.book, one) | {"owed": _owed(desk.book, one)}
    said = _("√ {number}  {amount} yuan paid back to {name} · {account} · {date}")
    lines = [
        said.format(number=number, amount=fen, name=data["name"], account=account, date=on),
        _("  Still owed to them: {owed} yuan.").format(owed=data["owed"]),
    ]
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))


def _record(book: Book, one: Repayment) -> dict[str, Any]:
    """A repayment as JSON has it: absent is null; `to` is the member's account, `name` the member."""
    from zaoyuan_cli.book import people
    from zaoyuan_cli.reports.accounts import named

    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    return data | {"name": people.name_of(book.db, one.person), "account": named(book)[one.account]}


def _owed(book: Book, one: Repayment) -> Fen:
    from zaoyuan_cli.book import accounts

    return Fen(max(0, -accounts.balance(book.db, one.to)))


def repayments(
    ctx: Context, since: options.Since = "", until: options.Until = "", limit: options.Limit = 0,
    sort: options.Sort = "",
) -> None:  # fmt: skip
    """List what was paid back to members; void ones stay in the list, not in the sums.

    Example: zaoyuan expense repayments
    """
    from zaoyuan_cli.book import advances

    desk: Desk = ctx.obj
    db, (first, last) = desk.book.db, days(desk, since, until)
    found = advances.everyone(db, first, last)
    rows = [_record(desk.book, one) for one in found]
    if not (first or last):
        nothing: dict[str, Any] = dict.fromkeys(rows[0] if rows else [column.key for column in COLUMNS])
        rows += [nothing | {"repayment": number, "state": "void"} for number in advances.undone(db)]
    standing = [one for one in found if one.state != "void"]
    totals = {
        "repayments": len(rows), "void": len(rows) - len(standing),
        "amount": sum((one.amount for one in standing), Fen()),
        "owed": sum((one.owed for one in advances.owed(db, last)), Fen()),
    }  # fmt: skip
    command = sample("zaoyuan expense repay WHO AMOUNT")
    empty = _("Nothing has been paid back yet. Record it: {command}").format(command=command)
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


def show(desk: Desk, number: str) -> None:
    """Show one repayment."""
    from zaoyuan_cli.book import advances
    from zaoyuan_cli.document import Heading, Pairs, State
    from zaoyuan_cli.reports import Page

    one = advances.one(desk.book.db, number)
    data = _record(desk.book, one)
    pairs: list[tuple[str, object]] = [
        (_("Paid to"), data["name"]), (_("Amount"), one.amount), (_("Date"), one.date), (_("Account"), data["account"]),
        (_("Note"), one.note or None), (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    desk.show(Page(data, [Heading(_("Repayment {number}").format(number=number)), Pairs(tuple(pairs))]))


def void(desk: Desk, number: str, reason: str) -> None:
    """Make a repayment void. NeedsYes, Cancelled, Refusal."""
    from zaoyuan_cli.book import advances

    one = advances.one(desk.book.db, number)
    what = _("{number} of {amount} yuan, {name}").format(
        number=number, amount=one.amount, name=_record(desk.book, one)["name"]
    )
    if one.state != "void":
        desk.confirm(_("Make void: {what}. Its number stays, its money will not count. Go on?").format(what=what))
    advances.void(desk.book, number, reason)
    data = _record(desk.book, advances.one(desk.book.db, number)) | {"owed": _owed(desk.book, one)}
    desk.show(Done(data, [_("√ Void: {what}").format(what=what)]))
