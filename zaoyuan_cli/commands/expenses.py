"""The noun `expense`: money paid out. `spend` is in spending.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from typer import Context, Option, Typer

from zaoyuan_cli.commands import advances, approvals, options, picking, spending, vouchers
from zaoyuan_cli.commands.contributions import corrected
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules.text import quoted

app = Typer()
app.command("add")(spending.spend)
app.command()(approvals.approve)
app.command("voucher")(vouchers.bring)
app.command()(advances.repay)
app.command()(advances.repayments)
Waiting = Annotated[bool, Option("--open", help=N_("Only those that wait for the approval of members."))]
Folder = Annotated[str, Option("--files", metavar=N_("FOLDER"), help=N_("Write the files kept with it here."))]


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", fund: options.Fund = "", since: options.Since = "",
    until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "", waiting: Waiting = False,
) -> None:  # fmt: skip
    """List expenses; void ones and their numbers stay in the list, not in the sum.

    Example: zaoyuan expense list --since 2022-05-01 --sort amount
    """
    from zaoyuan_cli.book import expenses, funds
    from zaoyuan_cli.reports import expenses as report
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    book, (first, last) = desk.book, days(desk, since, until)
    of = picking.project(desk, project) if project else ""
    out_of = funds.pick(book, fund) if fund else ""
    found = expenses.everyone(book.db, first, last, of, out_of)
    rows = report.records(book, found, desk.as_of)
    if waiting:
        pairs = [(one, row) for one, row in zip(found, rows, strict=True) if row["approvers_missing"]]
        found, rows = [one for one, _row in pairs], [row for _one, row in pairs]
    elif not (of or out_of or first or last):
        nothing: dict[str, Any] = dict.fromkeys(rows[0] if rows else [column.key for column in report.COLUMNS])
        rows += [nothing | {"expense": number, "state": "void"} for number in expenses.undone(book.db)]
    totals = {
        "expenses": len(rows),
        "void": sum(row["state"] == "void" for row in rows),
        "amount": sum((one.amount for one in found if one.state != "void"), Fen()),
    }
    command = sample("zaoyuan spend 100 WHAT --fund NAME")
    empty = _("There is no expense here. Record one: {command}").format(command=command)
    spoken = any(row["approval"] for row in rows)
    columns: tuple[Column, ...] = (*report.COLUMNS, report.APPROVAL) if spoken else report.COLUMNS
    if waiting:
        columns, empty = report.WAITING, _("No expense waits for approval.")
    desk.show(arranged(Listing(rows, columns, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: options.Number, files: Folder = "") -> None:
    """Show an expense whole, with who approved it and the files kept with it; or a repayment.

    Example: zaoyuan expense show EA2022-1
    """
    from zaoyuan_cli.book import expenses
    from zaoyuan_cli.reports import expenses as report

    desk: Desk = ctx.obj
    if repayment := _repayment(desk, number):
        advances.show(desk, repayment)
        return
    one = expenses.pick(desk.book, number)
    kept: list[dict[str, Any]] = []
    for n, digest in enumerate(one.attachments, 1):
        kind, data = expenses.attachment(desk.book.db, digest) or (None, b"")
        path = str(Path(files).expanduser() / f"{one.expense}-{n}.{kind or 'bin'}") if files and kind else None
        if path:
            from zaoyuan_cli.render import saving

            saving.save(data, path)
        kept.append({"sha256": digest, "kind": kind, "size": len(data), **({"file": path} if files else {})})
    desk.show(report.page(desk.book, one, kept))


@app.command("print")
def print_(ctx: Context, numbers: options.Numbers, output: options.Output = "") -> None:
    """Print the paper of an expense in two copies on a page of A4: a claim form of what a member paid for out of their
    own pocket, else a payment voucher.

    In figures and capitals, with lines for who handled, checked and allowed it, and the members who said yes already;
    in the language of the book.

    Example: zaoyuan expense print EA2022-3 EA2022-4 -o claims.pdf
    """
    from zaoyuan_cli.book import expenses
    from zaoyuan_cli.reports.claims import Claims

    desk: Desk = ctx.obj
    found = dict.fromkeys(expenses.pick(desk.book, number) for number in numbers)
    desk.show(Claims(desk.book, list(found)), output)


@app.command()
def void(ctx: Context, number: options.Number, reason: options.Reason) -> None:
    """Make an expense or a repayment void that was entered wrongly: its number stays, its money counts no more.

    Example: zaoyuan expense void EA2022-1 --reason 重复录入 --yes
    """
    from zaoyuan_cli.book import expenses, funds
    from zaoyuan_cli.reports.expenses import record

    desk: Desk = ctx.obj
    if repayment := _repayment(desk, number):
        advances.void(desk, repayment, reason)
        return
    one = expenses.pick(desk.book, number)
    if one.state != "void":
        desk.confirm(
            _("Make {expense} void: {amount} yuan for {what}, {date}?").format(
                expense=one.expense, amount=one.amount, what=one.what, date=one.date
            )
        )
    expenses.void(desk.book, one, reason)
    left = funds.balance(desk.book.db, one.fund)
    data = record(desk.book, expenses.one(desk.book.db, one.expense)) | {"balance": left}
    lines = [
        _("√ {expense} is void: {amount} yuan for {what}").format(
            expense=one.expense, amount=one.amount, what=one.what
        ),
        _("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left),
        *corrected(desk, one.expense),
    ]
    hint = _("Enter it rightly: {command}").format(
        command=f"zaoyuan spend {one.amount.plain()} {quoted(one.what)} --fund {quoted(one.fund)}"
    )
    desk.show(Done(data, lines, hint))


def _repayment(desk: Desk, number: str) -> str:
    """The number in full where a text is that of a repayment (RA2022-1, R1), else "". NotFound, Ambiguous."""
    from zaoyuan_cli.book import numbered
    from zaoyuan_cli.rules import numbers

    return numbered.pick(desk.book, "repayment", number) if numbers.series_of(number) == "repayment" else ""
