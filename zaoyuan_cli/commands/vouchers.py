"""The command `expense voucher`: a paper that is brought after the money went out."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context

from zaoyuan_cli.commands import options
from zaoyuan_cli.commands.spending import Files, ask_or_warn
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

Paper = Annotated[
    str, Argument(metavar=N_("VOUCHER"), help=N_("The number of the invoice or slip."), show_default=False)
]  # fmt: skip


def bring(
    ctx: Context, number: options.Number, voucher: Paper = "", file: Files = [], date: options.Day = ""  # noqa: B006
) -> None:  # fmt: skip
    """Add the voucher of an expense that was brought later: its number, a photo or scan of it (--file), or both.

    What was said when the money was spent stays as it is. An expense of a closed period may have it too.

    Example: zaoyuan expense voucher EA2022-1 0042
    """
    from zaoyuan_cli.book import expenses, vouchers
    from zaoyuan_cli.exchange import vouchers as files
    from zaoyuan_cli.reports.expenses import record

    desk: Desk = ctx.obj
    one = expenses.pick(desk.book, number)
    kept, on = [files.read(name) for name in file], options.day(desk, date)
    other = vouchers.same_number(desk.book.db, voucher)
    if other and other != one.expense:
        said = _("Voucher {voucher} is that of {expense} already.")
        ask_or_warn(desk, said.format(voucher=voucher, expense=other))
    other = vouchers.same_file(desk.book.db, (data for data, _kind in kept))
    if other and other != one.expense:
        ask_or_warn(desk, _("The file is kept with {expense} already.").format(expense=other))
    vouchers.bring(desk.book, one.expense, voucher, kept, on)
    one = expenses.one(desk.book.db, one.expense)
    line = _("√ {expense}  {amount} yuan for {what} · voucher {voucher} · files: {files}").format(
        expense=one.expense, amount=one.amount, what=one.what, voucher=one.voucher or "—", files=len(one.attachments)
    )
    desk.show(Done(record(desk.book, one), [line], _("If that was wrong: {command}").format(command="zaoyuan undo")))
