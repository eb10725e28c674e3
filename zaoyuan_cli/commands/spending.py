"""The command `spend`, also `expense add`: money paid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, completing, options, picking
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.reports import Done
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book.expenses import Expense, Outlay

What = Annotated[str, Argument(metavar=N_("WHAT"), help=N_("What it was spent on."))]
Payee = Annotated[str, Option("--to", metavar=N_("NAME"), help=N_("Who received it."))]
Voucher = Annotated[str, Option("--voucher", metavar=N_("NO"), help=N_("The number of the invoice or slip."))]
CostOf = Annotated[str, Option("--cost-of", metavar=N_("NO"), help=N_("The income it is the cost of."))]
Handler = Annotated[
    str,
    Option("--by", metavar=N_("WHO"), help=N_("Who paid it: you, unless said."), autocompletion=completing.who),
]
AdvancedBy = Annotated[
    str,
    Option(
        "--advanced-by", metavar=N_("WHO"), help=N_("The member who paid it out of their own pocket."),
        autocompletion=completing.who,
    ),
]  # fmt: skip
Notice = Annotated[str, Option("--notice", metavar=N_("NO"), help=N_("The posted notice that told of it before."))]
Files = Annotated[
    list[str],
    Option("--file", "-f", metavar=N_("FILE"), help=N_("A photo or scan of the voucher."), show_default=False),
]


def spend(
    ctx: Context, amount: options.AmountWord, what: What, project: options.Project = "", fund: options.Fund = "",
    method: options.Method = "", date: options.Day = "", to: Payee = "", voucher: Voucher = "",
    decision: options.Decision = "", file: Files = [], note: options.Note = "",  # noqa: B006
    cost_of: CostOf = "", by: Handler = "", advanced_by: AdvancedBy = "", notice: Notice = "",
) -> None:  # fmt: skip
    """Record money paid out of a fund, and give it a number.

    The fund is the one named, else the project's, else that of the project in use. No fund goes below zero; a
    restricted fund pays for a project of another fund only by a decision (--decision). Where a bylaw sets limits
    (`rule list`), an expense above them needs a decision, a notice posted before, or the yes of members
    (`expense approve`). With --advanced-by it is owed to that member until `expense repay`.

    Example: zaoyuan spend 20 充电桩电费 -p 车棚改造 --to 国网 --voucher 2022-05-17
    """
    from zaoyuan_cli.book import expenses
    from zaoyuan_cli.exchange import vouchers

    desk: Desk = ctx.obj
    fen = options.amount(amount)
    if method and advanced_by:
        said = _("Money a member advanced left no account of ours; leave out -m.")
        raise WrongUsage(said, field="advanced-by", value=advanced_by)
    of, out_of = _purpose(desk, project, fund)
    account, cited, on = picking.account(desk, method), picking.decision(desk, decision), options.day(desk, date)
    outlay = expenses.Outlay(
        fen, what, out_of, account, on, of, to, voucher, cited, note, _income(desk, cost_of),
        asking.person(desk, by, field="by").person if by else desk.book.who,
        asking.person(desk, advanced_by, field="advanced-by").person if advanced_by else "",
        notice, [vouchers.read(name) for name in file],
    )  # fmt: skip
    _look_before(desk, outlay)
    number = expenses.pay(desk.book, outlay)
    _look_after(desk, number)
    desk.show(_paid(desk, expenses.one(desk.book.db, number)))


def _look_before(desk: Desk, outlay: Outlay) -> None:
    """What is asked on a terminal and said elsewhere, before anything is written: a paper that stands under another
    expense (R-60), money beyond the budget; an expense that looks the same is only said."""
    from zaoyuan_cli.book import expenses, vouchers

    db = desk.book.db
    if same := vouchers.same_number(db, outlay.voucher):
        ask_or_warn(desk, _("Voucher {voucher} is that of {expense} already.").format(
            voucher=outlay.voucher, expense=same))  # fmt: skip
    elif same := vouchers.same_file(db, (data for data, _kind in outlay.files)):
        ask_or_warn(desk, _("The file is kept with {expense} already.").format(expense=same))
    elif same := vouchers.twin(db, outlay.fen, outlay.on, outlay.payee):
        desk.warn(_("{expense} is of the same amount, day and payee.").format(expense=same))
    budget, spent = expenses.budget(db, outlay.project)
    if budget is not None and (over := spent + outlay.fen - budget) > 0:
        said = _("{project}: {spent} yuan are spent; with these {amount} it is {over} over its budget of {budget}.")
        ask_or_warn(
            desk,
            said.format(project=outlay.project, spent=spent, amount=outlay.fen, over=over, budget=budget),
        )


def ask_or_warn(desk: Desk, said: str) -> None:
    if desk.can_ask and not desk.yes:
        desk.confirm(joined((said, _("Go on?"))))
    else:
        desk.warn(said)


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


def _look_after(desk: Desk, number: str) -> None:
    """What is written all the same, but has to be looked at: a purpose nobody named, a notice that is missing, an
    account overdrawn."""
    from zaoyuan_cli.book import approvals, expenses, funds
    from zaoyuan_cli.commands.accounts import warn_below_zero
    from zaoyuan_cli.rules.approvals import NOTICE_DAYS

    db = desk.book.db
    one = expenses.one(db, number)
    if funds.is_restricted(db, one.fund) and not (one.project or one.decision or one.income):
        desk.warn(
            _("{fund} is restricted to its purpose: name the project (-p) or the decision (--decision).").format(
                fund=one.fund
            )
        )
    limit = approvals.one(db, number).limit(approvals.NOTICE)
    if limit is not None and one.amount > limit and not one.notice:
        said = _("Above {limit} yuan an expense is posted {days} days before ({rule}); name the notice: --notice NO.")
        desk.warn(said.format(limit=Fen(limit), days=NOTICE_DAYS, rule=approvals.NOTICE))
    if not one.advanced_by:
        warn_below_zero(desk, one.account)


def _paid(desk: Desk, one: Expense) -> Done:
    from zaoyuan_cli.book import accounts, advances, funds
    from zaoyuan_cli.reports.expenses import record

    left = funds.balance(desk.book.db, one.fund)
    data = record(desk.book, one) | {"balance": left}
    account = accounts.shown(desk.book.db)[one.account] if one.advanced_by else one.account
    pieces = [
        _("{amount} yuan for {what}").format(amount=one.amount, what=one.what), one.payee, data["project"], one.fund,
        account, str(one.date), _("decision {decision}").format(decision=one.decision) if one.decision else "",
    ]  # fmt: skip
    lines = [f"√ {one.expense}  " + " · ".join(filter(None, pieces))]
    lines.append(_("  Left in {fund}: {balance} yuan.").format(fund=one.fund, balance=left))
    if one.advanced_by:
        owed = sum((line.owed for line in advances.owed(desk.book.db, person=one.advanced_by)), Fen())
        data["owed"] = owed
        said = _("  Owed to {name}: {owed} yuan. Paid back with: {command}")
        command = f"zaoyuan expense repay {quoted(data['advanced_by'])} {owed.plain()}"
        lines.append(said.format(name=data["advanced_by"], owed=owed, command=command))
    if missing := data["approvers_missing"]:
        said = _("  It waits for the yes of members: {count}.   {command}")
        lines.append(said.format(count=missing, command=f"zaoyuan expense approve {one.expense} --by …"))
    return Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))
