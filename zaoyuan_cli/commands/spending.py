"""The command `spend`, also `expense add`: money paid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import options, picking
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.expenses import Expense

What = Annotated[str, Argument(metavar=N_("WHAT"), help=N_("What it was spent on."))]
Payee = Annotated[str, Option("--to", metavar=N_("NAME"), help=N_("Who received it."))]
Voucher = Annotated[str, Option("--voucher", metavar=N_("NO"), help=N_("The number of the invoice or slip."))]
CostOf = Annotated[str, Option("--cost-of", metavar=N_("NO"), help=N_("The income it is the cost of."))]
Files = Annotated[
    list[str],
    Option("--file", "-f", metavar=N_("FILE"), help=N_("A photo or scan of the voucher."), show_default=False),
]


def spend(
    ctx: Context, amount: options.AmountWord, what: What, project: options.Project = "", fund: options.Fund = "",
    method: options.Method = "", date: options.Day = "", to: Payee = "", voucher: Voucher = "",
    decision: options.Decision = "", file: Files = [], note: options.Note = "",  # noqa: B006
    cost_of: CostOf = "",
) -> None:  # fmt: skip
    """Record money paid out of a fund, and give it a number.

    The fund is the one named, else the project's, else that of the project in use. No fund goes below zero; a
    restricted fund pays for a project of another fund only by a decision (--decision).

    Example: zaoyuan spend 20 充电桩电费 -p 车棚改造 --to 国网 --voucher 2022-05-17
    """
    from zaoyuan_cli.book import expenses
    from zaoyuan_cli.exchange import vouchers

    desk: Desk = ctx.obj
    book, fen = desk.book, options.amount(amount)
    of, out_of = _purpose(desk, project, fund)
    account, cited, on = picking.account(desk, method), picking.decision(desk, decision), options.day(desk, date)
    income = _income(desk, cost_of)
    files = [vouchers.read(name) for name in file]
    same = expenses.same_voucher(book.db, voucher)
    number = expenses.pay(
        book, fen, what, out_of, account, on, project=of, payee=to, voucher=voucher, decision=cited, note=note,
        income=income, files=files,
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


def _income(desk: Desk, number: str) -> str:
    """The number of the income an expense is the cost of, "" for none. NotFound, Ambiguous, Unreadable, Refusal."""
    if not number:
        return ""
    from zaoyuan_cli.book import incomes

    found = incomes.pick(desk.book, number)
    if found.state == "void":
        raise Refusal(_("{number} is void already.").format(number=found.income), field="cost-of", value=number)
    return found.income


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
    if funds.is_restricted(db, one.fund) and not (one.project or one.decision or one.income):
        desk.warn(
            _("{fund} is restricted to its purpose: name the project (-p) or the decision (--decision).").format(
                fund=one.fund
            )
        )
    warn_below_zero(desk, one.account)


def _paid(desk: Desk, one: Expense) -> Done:
    from zaoyuan_cli.book import funds
    from zaoyuan_cli.reports.expenses import record

    left = funds.balance(desk.book.db, one.fund)
    data = record(desk.book, one) | {"balance": left}
    pieces = [
        _("{amount} yuan for {what}").format(amount=one.amount, what=one.what), one.payee, one.project, one.fund,
        one.account, str(one.date), _("decision {decision}").format(decision=one.decision) if one.decision else "",
    ]  # fmt: skip
    lines = [f"√ {one.expense}  " + " · ".join(filter(None, pieces))]
    lines.append(_("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left))
    return Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))
