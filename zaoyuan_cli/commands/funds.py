"""The noun `fund`: what money is for."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, ledgers
from zaoyuan_cli.commands.options import AmountWord, Day, Decision, Limit, NewName, Sort, amount, day
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules.text import quoted

app = Typer()
app.command("ledger")(ledgers.fund)


@app.command()
def add(
    ctx: Context,
    name: NewName,
    restricted: Annotated[
        bool, Option("--restricted", help=N_("It pays for another purpose only by a decision."))
    ] = False,
) -> None:
    """Make a fund.

    Example: zaoyuan fund add 绿化专项 --restricted
    """
    from zaoyuan_cli.book import funds

    desk: Desk = ctx.obj
    name = funds.add(desk.book, name, restricted)
    said = _("√ Fund {fund}, restricted to its purpose") if restricted else _("√ Fund {fund}")
    data = {"fund": name, "restricted": restricted, "balance": funds.balance(desk.book.db, name)}
    hint = _("What it has to begin with: {command}").format(
        command=sample(f"zaoyuan account opening cash AMOUNT --fund {quoted(name)}")
    )
    desk.show(Done(data, [said.format(fund=name)], hint))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List all funds and what they have.

    Example: zaoyuan fund list
    """
    from zaoyuan_cli.book import funds
    from zaoyuan_cli.commands.listing import arranged
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    rows = [one._asdict() for one in funds.everyone(desk.book.db, desk.as_of)]
    columns = (
        Column("fund", N_("Fund")),
        Column("restricted", N_("Restricted"), "flag", 1),
        Column("balance", N_("Balance"), "money"),
    )
    total = {"balance": sum((row["balance"] for row in rows), Fen())}
    empty = _("There is no fund yet. Add one: {command}").format(command=sample("zaoyuan fund add NAME"))
    desk.show(arranged(Listing(rows, columns, total, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def transfer(
    ctx: Context,
    sum_: AmountWord,
    source: Annotated[
        str, Argument(metavar=N_("FROM"), help=N_("The fund that gives."), autocompletion=completing.funds)
    ],
    target: Annotated[
        str, Argument(metavar=N_("TO"), help=N_("The fund that receives."), autocompletion=completing.funds)
    ],
    decision: Decision = "",
    on: Day = "",
) -> None:
    """Give money of one fund to another, by a decision.

    Example: zaoyuan fund transfer 10 众筹专项 惠民资金 --decision DA2022-1
    """
    from zaoyuan_cli.book import decisions, funds

    desk: Desk = ctx.obj
    book, fen = desk.book, amount(sum_)
    source, target = funds.pick(book, source), funds.pick(book, target)
    number = decisions.pick(book, decision) if decision else ""
    date = day(desk, on)
    funds.transfer(book, fen, source, target, date, number)
    left, got = funds.balance(book.db, source), funds.balance(book.db, target)
    data = {
        "amount": fen, "from": source, "to": target, "decision": number, "date": date, "balance": left,
        "to_balance": got,
    }  # fmt: skip
    lines = [
        _("√ {amount} yuan from fund {source} to fund {target} · decision {decision} · {date}").format(
            amount=fen, source=source, target=target, decision=number, date=date
        ),
        _("  {source}: {left} yuan. {target}: {got} yuan.").format(source=source, left=left, target=target, got=got),
    ]
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))
