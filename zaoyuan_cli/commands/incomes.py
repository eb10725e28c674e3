"""The noun `income`: money from common parts and other sources that is no household's contribution."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import options, picking
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

app = Typer()
What = Annotated[str, Argument(metavar=N_("WHAT"), help=N_("What it was received for."))]
From = Annotated[str, Option("--from", metavar=N_("DONOR"), help=N_("Who paid it: a donor of the book."))]
Costs = Annotated[
    list[str],
    Option("--cost", metavar=N_("NO"), help=N_("An expense it took to get it; may be repeated."), show_default=False),
]


@app.command()
def add(
    ctx: Context, amount: options.AmountWord, what: What, fund: options.Fund = "", project: options.Project = "",
    method: options.Method = "", date: options.Day = "", from_: From = "", cost: Costs = [],  # noqa: B006
    note: options.Note = "",
) -> None:  # fmt: skip
    """Record money that came in from common parts, interest, sales: what no household owes.

    Name its fund with --fund, or the project (-p) whose fund it is for. What it cost to get it is named with --cost, or
    later with spend --cost-of: `income list` shows what is left after cost.

    Example: zaoyuan income add 3000 "电梯广告 第二季度" --fund 公共收益 -m 银行
    """
    from zaoyuan_cli.book import donors, expenses, funds, incomes

    desk: Desk = ctx.obj
    book, fen = desk.book, options.amount(amount)
    of, into = _purpose(desk, project, fund)
    account, on = picking.account(desk, method), options.day(desk, date)
    giver = donors.pick(book, from_).donor if from_ else ""
    costs = [expenses.pick(book, number).expense for number in cost]
    if twin := incomes.twin(book.db, fen, what.strip(), into, on):
        desk.warn(_("This looks like {number}: same amount, words, fund and day.").format(number=twin))
    number = incomes.add(book, fen, what, into, account, on, project=of, donor=giver, costs=costs, note=note)
    one = incomes.one(book.db, number)
    from zaoyuan_cli.reports.incomes import record

    has = funds.balance(book.db, one.fund)
    data = record(book, one)
    pieces = [
        _("{amount} yuan for {what}").format(amount=one.amount, what=one.what), data["from"] or "",
        data["project"] or "", one.fund, one.account, str(one.date),
    ]  # fmt: skip
    lines = [f"√ {one.income}  " + " · ".join(filter(None, pieces))]
    lines.append(_("  In {fund}: {balance} yuan.").format(fund=one.fund, balance=has))
    desk.show(Done(data | {"balance": has}, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))


def _purpose(desk: Desk, project: str, fund: str) -> tuple[str, str]:
    """(project, fund): as said, or the project's own fund. WrongUsage, NotFound, Ambiguous, Refusal."""
    from zaoyuan_cli.book import funds, projects

    into = funds.pick(desk.book, fund) if fund else ""
    of = projects.pick(desk.book, project) if project else ""
    if not of and not into:
        raise WrongUsage(
            _("Into which fund? Name it with --fund."),
            field="fund",
            candidates=[{"key": one.fund, "label": one.fund} for one in funds.everyone(desk.book.db)],
        )
    own = projects.fund_of(desk.book, of) if of else into
    if into and into != own:
        raise Refusal(
            _("{project} belongs to the fund {fund}.").format(project=of, fund=own), field="fund", value=fund,
            hint=_("Leave out {flag}.").format(flag="--fund"),
        )  # fmt: skip
    return of, own


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", fund: options.Fund = "", since: options.Since = "",
    until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List incomes, what each cost to get and what is left; void ones stay in the list, not in the sums.

    Example: zaoyuan income list --since 2022-05-01 --sort -amount
    """
    from zaoyuan_cli.book import funds, incomes
    from zaoyuan_cli.reports import incomes as report

    desk: Desk = ctx.obj
    book, (first, last) = desk.book, days(desk, since, until)
    of = picking.project(desk, project) if project else ""
    into = funds.pick(book, fund) if fund else ""
    found = incomes.everyone(book.db, first, last, project=of, fund=into, as_of=last)
    rows = [report.record(book, one) for one in found]
    gone = [] if of or into or first or last else incomes.undone(book.db)
    nothing: dict[str, Any] = dict.fromkeys(rows[0] if rows else [column.key for column in report.COLUMNS])
    rows += [nothing | {"income": number, "state": "void"} for number in gone]
    desk.show(arranged(report.listing(rows, found, len(gone), desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: options.Number) -> None:
    """Show an income whole, with what it cost to get.

    Example: zaoyuan income show IA2021-1
    """
    from zaoyuan_cli.book import incomes
    from zaoyuan_cli.reports.incomes import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, incomes.pick(desk.book, number)))


@app.command()
def void(ctx: Context, number: options.Number, reason: options.Reason) -> None:
    """Make an income void that was entered wrongly: its number stays, its money counts no more.

    Example: zaoyuan income void IA2022-1 --reason 重复录入 --yes
    """
    from zaoyuan_cli.book import funds, incomes
    from zaoyuan_cli.reports.incomes import record

    desk: Desk = ctx.obj
    one = incomes.pick(desk.book, number)
    what = _("{income} of {amount} yuan for {what}, {date}").format(
        income=one.income, amount=one.amount, what=one.what, date=one.date
    )
    if one.state != "void":
        desk.confirm(_("Make void: {what}. Its number stays, its money will not count. Go on?").format(what=what))
    incomes.void(desk.book, one, reason)
    left = funds.balance(desk.book.db, one.fund)
    data = record(desk.book, incomes.one(desk.book.db, one.income)) | {"balance": left}
    lines = [
        _("√ Void: {what}").format(what=what),
        _("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left),
    ]
    desk.show(Done(data, lines))
