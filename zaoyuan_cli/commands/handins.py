"""The noun `handin`: collectors give the cashier the money in their hand (R-69)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, joined, sample
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.handins import Handin
    from zaoyuan_cli.rules.money import Fen

app = Typer()
Leader = Annotated[
    str, Argument(metavar=N_("WHO"), help=N_("The collector: a name or a room."), autocompletion=completing.who)
]
Slip = Annotated[str, Argument(metavar=N_("AMOUNT"), help=N_("Yuan by the collector's slip."))]
Counted = Annotated[
    str, Option("--counted", metavar=N_("AMOUNT"), help=N_("Yuan that were there, if not as the slip says."))
]
Into = Annotated[
    str,
    Option(
        "--method", "-m", metavar=N_("HOW"), help=N_("Where it goes: cash if not given."),
        autocompletion=completing.methods,
    ),
]  # fmt: skip
COLUMNS = (
    Column("handin", N_("Hand-in"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("leader", N_("Collector")),
    Column("amount", N_("By the slip"), "money"),
    Column("counted", N_("Counted"), "money"),
    Column("shortfall", N_("Was short"), "money", 3),
    Column("outstanding", N_("Still short"), "money", 1),
    Column("to", N_("Account"), priority=4),
    Column("state", N_("State"), "state", 2),
    Column("note", N_("Note"), "text", 5, flex=True),
)


@app.command()
def add(
    ctx: Context, leader: Leader, amount: Slip, counted: Counted = "", method: Into = "", date: options.Day = "",
    note: options.Note = "",
) -> None:  # fmt: skip
    """Take over what a collector has in their hand: by their slip, and as counted.

    What was counted moves from their hand account to the cash box. What is missing stays on the collector, and in the
    report's list of what to do, until an entry explains it: a further hand-in, or the correction of a payment.

    Example: zaoyuan handin add 曾月娥 20
    """
    from zaoyuan_cli.book import accounts, handins
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    book, fen = desk.book, options.amount(amount)
    there = _counted(counted) if counted else fen
    person = asking.person(desk, leader, field="leader")
    source = handins.account_of(book.db, person.person)
    if not source:
        raise _no_hand(person.name)
    target = accounts.pick(book, method or "cash")
    if source == target:
        raise WrongUsage(_("From and to are the same account: {name}.").format(name=source), field="method")
    before, on = accounts.balance(book.db, source), options.day(desk, date)
    if there > before:
        said = _("By the book {name} has {has} yuan in hand; {counted} were handed in: an entry is missing or wrong.")
        said = said.format(name=person.name, has=before, counted=there)
        desk.confirm(joined((said, _("Record it all the same?"))))
    if there > fen:
        desk.warn(_("{more} yuan more were there than the slip says.").format(more=there - fen))
    number = handins.add(book, person.person, source, target, fen, there, on, note)
    desk.show(_answer(desk, handins.one(book.db, number)))


def _counted(text: str) -> Fen:
    """What was there: nothing, too, can be. Unreadable."""
    from zaoyuan_cli.rules import money

    return money.parse(text, "counted")


def _no_hand(name: str) -> Refusal:
    from zaoyuan_cli.rules.text import quoted

    return Refusal(
        _("By the book {name} has no money in hand: what was received as cash is in the cash box already.").format(
            name=name
        ),
        code="not_found",
        field="account",
        value=name,
        hint=_("Money that is to be handed in is received so: {command}").format(
            command=f"zaoyuan collect --hand {quoted(name)}"
        ),
    )


def _record(desk: Desk, one: Handin) -> dict[str, Any]:
    """A slip as JSON has it: absent is null; `short` is what of the account's shortfalls stands now."""
    from zaoyuan_cli.book import people

    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    return data | {"leader": people.name_of(desk.book.db, one.person), "shortfall": one.shortfall}


def _answer(desk: Desk, one: Handin) -> Done:
    from zaoyuan_cli.book import accounts, handins

    db = desk.book.db
    left, short, has = (
        accounts.balance(db, one.account), handins.short(db, one.account), accounts.balance(db, one.to)
    )  # fmt: skip
    data = _record(desk, one)
    said = _("√ {number}  {name} handed in {counted} yuan · {account} · {date}")
    lines = [said.format(number=one.handin, name=data["leader"], counted=one.counted, account=one.to, date=one.date)]
    if one.shortfall > 0:
        said = _("  {short} yuan short of the slip's {amount}: they stand on {name} until an entry explains them.")
        lines.append(said.format(short=one.shortfall, amount=one.amount, name=data["leader"]))
    if left < 0:
        said = _("  {more} yuan more were handed in than {name} received by the book; enter what is missing.")
        lines.append(said.format(more=type(left)(-left), name=data["leader"]))
    lines.append(
        _("  Still in hand: {left} yuan. In {account}: {balance} yuan.").format(left=left, account=one.to, balance=has)
    )
    more = {"in_hand": left, "short": short, "balance": has}
    return Done(data | more, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))


@app.command("list")
def list_(
    ctx: Context, since: options.Since = "", until: options.Until = "", limit: options.Limit = 0,
    sort: options.Sort = "",
) -> None:  # fmt: skip
    """List the slips; void ones stay in the list, not in the sums.

    Example: zaoyuan handin list --since 5-1
    """
    from zaoyuan_cli.book import handins
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    first, last = days(desk, since, until)
    found = handins.everyone(desk.book.db, first, last)
    rows = [_record(desk, one) for one in found]
    if not (first or last):
        nothing: dict[str, Any] = dict.fromkeys(rows[0] if rows else [column.key for column in COLUMNS])
        rows += [nothing | {"handin": number, "state": "void"} for number in handins.undone(desk.book.db)]
    standing = [one for one in found if one.state != "void"]
    totals = {
        "handins": len(rows), "void": len(rows) - len(standing),
        "amount": sum((one.amount for one in standing), Fen()),
        "counted": sum((one.counted for one in standing), Fen()),
        "shortfall": sum((one.shortfall for one in standing), Fen()),
        "outstanding": sum((fen for _account, _who, fen in handins.shortfalls(desk.book.db, last)), Fen()),
    }  # fmt: skip
    empty = _("Nothing has been handed in yet. Record it: {command}").format(
        command=sample("zaoyuan handin add WHO AMOUNT")
    )
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: options.Number) -> None:
    """Show one slip.

    Example: zaoyuan handin show HA2022-1
    """
    from zaoyuan_cli.book import handins

    desk: Desk = ctx.obj
    one = handins.pick(desk.book, number)
    desk.show(_page(desk, one))


def _page(desk: Desk, one: Handin) -> Any:
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.document import Heading, Pairs, State
    from zaoyuan_cli.reports import Page

    data = _record(desk, one)
    pairs: list[tuple[str, object]] = [
        (_("Collector"), data["leader"]), (_("Date"), one.date), (_("By the slip"), one.amount),
        (_("Counted"), one.counted), (_("Was short"), one.shortfall or None),
        (_("Still short"), one.outstanding if one.shortfall > 0 else None),
        (_("From"), accounts.shown(desk.book.db)[one.account]),
        (_("Account"), one.to), (_("Note"), one.note or None), (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    return Page(data, [Heading(_("Hand-in {number}").format(number=one.handin)), Pairs(tuple(pairs))])


@app.command()
def void(ctx: Context, number: options.Number, reason: options.Reason) -> None:
    """Make a slip void that was entered wrongly: its number stays, its money goes back into the collector's hand.

    Example: zaoyuan handin void HA2022-1 --reason 记错人 --yes
    """
    from zaoyuan_cli.book import handins

    desk: Desk = ctx.obj
    one = handins.pick(desk.book, number)
    what = _("{number} of {amount} yuan, {name}").format(
        number=one.handin, amount=one.counted, name=_record(desk, one)["leader"]
    )
    if one.state != "void":
        desk.confirm(_("Make void: {what}. Its number stays, its money will not count. Go on?").format(what=what))
    handins.void(desk.book, one, reason)
    desk.show(Done(_record(desk, handins.one(desk.book.db, one.handin)), [_("√ Void: {what}").format(what=what)]))
