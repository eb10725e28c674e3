"""The noun `expense`, and `spend`: money paid out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import options, picking
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Document, Heading, Pairs, State, Table
from zaoyuan_cli.errors import Ambiguous, FileUnreadable, NotFound, Refusal
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing, Page
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book.expenses import Expense

app = Typer()
What = Annotated[str, Argument(metavar=N_("WHAT"), help=N_("What it was spent on."))]
Payee = Annotated[str, Option("--to", metavar=N_("NAME"), help=N_("Who received it."))]
Voucher = Annotated[str, Option("--voucher", metavar=N_("NO"), help=N_("The number of the invoice or slip."))]
Files = Annotated[
    list[str],
    Option("--file", "-f", metavar=N_("FILE"), help=N_("A photo or scan of the voucher."), show_default=False),
]
Folder = Annotated[str, Option("--files", metavar=N_("FOLDER"), help=N_("Write the files kept with it here."))]


@app.command("add")
def spend(
    ctx: Context, amount: options.AmountWord, what: What, project: options.Project = "", fund: options.Fund = "",
    method: options.Method = "", date: options.Day = "", to: Payee = "", voucher: Voucher = "",
    decision: options.Decision = "", file: Files = [], note: options.Note = "",  # noqa: B006
) -> None:  # fmt: skip
    """Record money paid out of a fund, and give it a number.

    The fund is the one named, else the project's, else that of the project in use. No fund goes below zero; a
    restricted fund pays for a project of another fund only by a decision (--decision).

    Example: zaoyuan spend 20 充电桩电费 -p 车棚改造 --to 国网 --voucher 2022-05-17
    """
    from zaoyuan_cli.book import expenses

    desk: Desk = ctx.obj
    book, fen = desk.book, options.amount(amount)
    of, out_of = _purpose(desk, project, fund)
    account, cited, on = picking.account(desk, method), picking.decision(desk, decision), options.day(desk, date)
    files = [_read(name) for name in file]
    same = expenses.same_voucher(book.db, voucher)
    number = expenses.pay(
        book, fen, what, out_of, account, on, project=of, payee=to, voucher=voucher, decision=cited, note=note,
        files=files,
    )  # fmt: skip
    _look_after(desk, number, same)
    desk.show(_paid(desk, expenses.one(book.db, number)))


def _purpose(desk: Desk, project: str, fund: str) -> tuple[str, str]:
    """(project, fund): as said; else the project's fund; else that of the project in use, or of the only one.
    NotFound, Ambiguous."""
    from zaoyuan_cli.book import funds, projects

    out_of = funds.pick(desk.book, fund) if fund else ""
    if out_of and not project:
        return "", out_of
    try:
        of = picking.project(desk, project)
    except NotFound:
        if project:
            raise
        raise Ambiguous(
            _("Out of which fund?"),
            field="fund",
            candidates=[{"key": one.fund, "label": f"{one.balance}"} for one in funds.everyone(desk.book.db)],
            hint=_("Name it with --fund, or the project with -p."),
        ) from None
    return of, out_of or projects.fund_of(desk.book, of)


def _look_after(desk: Desk, number: str, same: str) -> None:
    """What is written all the same, but has to be looked at: a voucher twice, a budget or an account overdrawn."""
    from zaoyuan_cli.book import expenses, funds
    from zaoyuan_cli.commands.accounts import warn_below_zero

    db = desk.book.db
    one = expenses.one(db, number)
    if same:
        desk.warn(_("Voucher {voucher} is that of {expense} already.").format(voucher=one.voucher, expense=same))
    if over := expenses.over_budget(db, one.project):
        desk.warn(_("{project} is {over} yuan over its budget.").format(project=one.project, over=over))
    if funds.is_restricted(db, one.fund) and not one.project and not one.decision:
        desk.warn(
            _("{fund} is restricted to its purpose: name the project (-p) or the decision (--decision).").format(
                fund=one.fund
            )
        )
    warn_below_zero(desk, one.account)


def _paid(desk: Desk, one: Expense) -> Done:
    from zaoyuan_cli.book import funds

    left = funds.balance(desk.book.db, one.fund)
    data = _data(desk, one) | {"balance": left}
    pieces = [
        _("{amount} yuan for {what}").format(amount=one.amount, what=one.what), one.payee, one.project, one.fund,
        one.account, str(one.date), _("decision {decision}").format(decision=one.decision) if one.decision else "",
    ]  # fmt: skip
    lines = [f"√ {one.expense}  " + " · ".join(filter(None, pieces))]
    lines.append(_("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left))
    return Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))


def _data(desk: Desk, one: Expense) -> dict[str, Any]:
    """An expense as JSON has it: absent is null, the method is the kind of the account."""
    from zaoyuan_cli.book import accounts

    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    return data | {"method": accounts.kind_of(desk.book.db, one.account)}


def _read(name: str) -> tuple[bytes, str]:
    """(bytes, kind) of a voucher's file, its place taken out. OSError, FileUnreadable; Refusal: it cannot be."""
    from zaoyuan_cli.rules import photos

    data = sys.stdin.buffer.read() if name == "-" else Path(name).expanduser().read_bytes()
    kind = photos.kind(data)
    if kind == "place" or not data:
        said = _("{file} may tell where it was taken, and that cannot be taken out.") if data else _("{file} is empty.")
        raise Refusal(
            said.format(file=name), field="file", value=name,
            hint=_("Save it as JPEG or PNG, or make a PDF of it.") if data else "",
        )  # fmt: skip
    try:
        return photos.without_place(data), kind or Path(name).suffix.lstrip(".").lower()
    except ValueError:
        raise FileUnreadable(_("{file} is damaged.").format(file=name), field="file", value=name) from None


COLUMNS = (
    Column("expense", N_("Expense"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("what", N_("For what"), flex=True),
    Column("payee", N_("Paid to"), priority=4),
    Column("amount", N_("Amount"), "money"),
    Column("fund", N_("Fund"), priority=2),
    Column("account", N_("Account"), priority=5),
    Column("project", N_("Project"), priority=3),
    Column("voucher", N_("Voucher"), "number_text", 6),
    Column("decision", N_("Decision"), "number_text", 7),
    Column("state", N_("State"), "state", 1),
)


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", fund: options.Fund = "", since: options.Since = "",
    until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List expenses; void ones and their numbers stay in the list, not in the sum.

    Example: zaoyuan expense list --since 2022-05-01 --sort amount
    """
    from zaoyuan_cli.book import expenses, funds
    from zaoyuan_cli.commands.listing import arranged, days
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    book, (first, last) = desk.book, days(desk, since, until)
    of = picking.project(desk, project) if project else ""
    out_of = funds.pick(book, fund) if fund else ""
    found = expenses.everyone(book.db, first, last, of, out_of)
    rows = [_data(desk, one) for one in found]
    if not (of or out_of or first or last):
        nothing: dict[str, Any] = dict.fromkeys(rows[0] if rows else [column.key for column in COLUMNS])
        rows += [nothing | {"expense": number, "state": "void"} for number in expenses.undone(book.db)]
    totals = {
        "expenses": len(rows),
        "void": sum(row["state"] == "void" for row in rows),
        "amount": sum((one.amount for one in found if one.state != "void"), Fen()),
    }
    command = sample("zaoyuan spend 100 WHAT --fund NAME")
    empty = _("There is no expense here. Record one: {command}").format(command=command)
    desk.show(Listing(arranged(rows, sort, limit), COLUMNS, totals, empty=empty, as_of=desk.as_of))


@app.command()
def show(ctx: Context, number: options.Number, files: Folder = "") -> None:
    """Show an expense whole, with the files kept with it.

    Example: zaoyuan expense show EA2022-1
    """
    from zaoyuan_cli.book import expenses

    desk: Desk = ctx.obj
    one = expenses.pick(desk.book, number)
    kept: list[dict[str, Any]] = []
    for n, digest in enumerate(one.attachments, 1):
        kind, data = expenses.attachment(desk.book.db, digest) or (None, b"")
        path = str(Path(files).expanduser() / f"{one.expense}-{n}.{kind or 'bin'}") if files and kind else None
        if path:
            from zaoyuan_cli.render import saving

            saving.save(data, path)
        kept.append({"sha256": digest, "kind": kind, "size": len(data), **({"file": path} if files else {})})
    desk.show(Page(_data(desk, one) | {"attachments": kept}, _page(one, kept)))


def _page(one: Expense, kept: list[dict[str, Any]]) -> Document:
    pairs: list[tuple[str, object]] = [
        (_("For what"), one.what), (_("Amount"), one.amount), (_("Date"), one.date), (_("Paid to"), one.payee or None),
        (_("Fund"), one.fund), (_("Account"), one.account), (_("Project"), one.project or None),
        (_("Voucher"), one.voucher or None), (_("Decision"), one.decision or None), (_("Note"), one.note or None),
        (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    columns = (
        Column("kind", N_("Kind")),
        Column("size", N_("Bytes"), "number"),
        Column("sha256", N_("SHA-256"), flex=True),
        *((Column("file", N_("File"), flex=True),) if kept and "file" in kept[0] else ()),
    )
    parts: list[Any] = [Heading(_("Expense {expense}").format(expense=one.expense)), Pairs(tuple(pairs))]
    return [*parts, Table(columns, kept, title=_("Files"))] if kept else parts


@app.command()
def void(ctx: Context, number: options.Number, reason: options.Reason) -> None:
    """Make an expense void that was entered wrongly: its number stays, its money counts no more.

    Example: zaoyuan expense void EA2022-1 --reason 重复录入 --yes
    """
    from zaoyuan_cli.book import expenses, funds

    desk: Desk = ctx.obj
    one = expenses.pick(desk.book, number)
    if one.state != "void":
        desk.confirm(
            _("Make {expense} void: {amount} yuan for {what}, {date}?").format(
                expense=one.expense, amount=one.amount, what=one.what, date=one.date
            )
        )
    expenses.void(desk.book, one, reason)
    left = funds.balance(desk.book.db, one.fund)
    data = _data(desk, expenses.one(desk.book.db, one.expense)) | {"balance": left}
    lines = [
        _("√ {expense} is void: {amount} yuan for {what}").format(
            expense=one.expense, amount=one.amount, what=one.what
        ),
        _("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left),
    ]
    hint = _("Enter it rightly: {command}").format(
        command=f"zaoyuan spend {one.amount.plain()} {quoted(one.what)} --fund {quoted(one.fund)}"
    )
    desk.show(Done(data, lines, hint))
