"""The noun `account`: where money is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, counting, ledgers
from zaoyuan_cli.commands.ledgers import AccountName
from zaoyuan_cli.commands.options import AmountWord, Day, Fund, Limit, NewName, Sort, amount, day, one_of
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.rules.money import Fen

app = Typer()
app.command()(counting.count)
app.command()(counting.counts)
app.command()(counting.sheet)
app.command("ledger")(ledgers.account)


@app.command()
def add(
    ctx: Context,
    name: NewName,
    kind: Annotated[str, Option("--kind", metavar=N_("KIND"), help=N_("cash, wechat, alipay, bank, hand or advance."))],
    holder: Annotated[
        str, Option("--holder", metavar=N_("WHO"), help=N_("Who holds it: of a hand or advance account."))
    ] = "",
) -> None:
    """Make an account.

    Example: zaoyuan account add 农行尾号0012 --kind bank
    """
    from zaoyuan_cli.book import accounts

    desk: Desk = ctx.obj
    code = one_of(kind, accounts.KINDS, "kind")
    person = ""
    if code in ("hand", "advance"):
        from zaoyuan_cli.commands import asking

        if not holder:
            raise WrongUsage(_("Whose account is it? Name the person with --holder."), field="holder")
        person = asking.person(desk, holder, field="holder").person
    elif holder:
        raise WrongUsage(_("Only a hand or advance account has a holder."), field="holder", value=holder)
    name = accounts.add(desk.book, name, code, person)
    data = {"account": name, "kind": code, "holder": person, "balance": accounts.balance(desk.book.db, name)}
    hint = _("What is in it to begin with: {command}").format(
        command=sample(f"zaoyuan account opening {quoted(name)} AMOUNT --fund NAME")
    )
    desk.show(Done(data, [_("√ Account {account}").format(account=name)], hint))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List all accounts and what is in them; an advance account below zero is what is owed to that member.

    Example: zaoyuan account list
    """
    from zaoyuan_cli.book import accounts, counts, people
    from zaoyuan_cli.commands.listing import arranged
    from zaoyuan_cli.reports.accounts import named
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    db = desk.book.db
    rows = [one._asdict() for one in accounts.everyone(db, desk.as_of)]
    last, called = counts.last(db, desk.as_of), named(desk.book)
    for row in rows:
        found, row["account"] = last.get(row["account"]), called[row["account"]]
        row["counted"], row["difference"] = (found.date, found.difference) if found else (None, None)
        row["holder"] = people.name_of(db, row["holder"]) or None
        row["owed"] = Fen(max(0, -row["balance"])) if row["kind"] == "advance" else None
    owed = sum((row["owed"] or Fen() for row in rows), Fen())
    columns = (
        Column("account", N_("Account")),
        Column("kind", N_("Kind"), "state", 1),
        *((Column("holder", N_("Holder"), priority=2),) if any(row["holder"] for row in rows) else ()),
        Column("balance", N_("Balance"), "money"),
        *((Column("owed", N_("Owed to them"), "money"),) if owed else ()),
        *((Column("counted", N_("Last counted"), "date", 3), Column("difference", N_("Difference"), "money", 3))
          if last else ()),
    )  # fmt: skip
    total = {"balance": sum((row["balance"] for row in rows), Fen()), **({"owed": owed} if owed else {})}
    empty = _("There is no account yet. Add one: {command}").format(
        command=sample("zaoyuan account add NAME --kind cash")
    )
    desk.show(arranged(Listing(rows, columns, total, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def opening(ctx: Context, name: AccountName, sum_: AmountWord, fund: Fund, on: Day = "") -> None:
    """Record what was in an account, and for which fund, when the book began.

    Example: zaoyuan account opening 现金 350 --fund 工作经费 -d 2022-05-01
    """
    from zaoyuan_cli.book import accounts, funds

    desk: Desk = ctx.obj
    book, fen = desk.book, amount(sum_)
    account, fund, date = accounts.pick(book, name), funds.pick(book, fund), day(desk, on)
    before = accounts.opened(book.db, account, fund)
    accounts.opening(book, account, fund, fen, date)
    if before:
        desk.warn(
            _("{account} had an opening balance of {before} yuan for {fund} already; both count.").format(
                account=account, before=before, fund=fund
            )
        )
    has = accounts.balance(book.db, account)
    data = {"account": account, "fund": fund, "amount": fen, "date": date, "balance": has}
    lines = [
        _("√ Opening balance of {account}: {amount} yuan for {fund} · {date}").format(
            account=account, amount=fen, fund=fund, date=date
        ),
        _("  In {account}: {balance} yuan.").format(account=account, balance=has),
    ]
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))


@app.command()
def transfer(
    ctx: Context,
    sum_: AmountWord,
    source: Annotated[
        str, Argument(metavar=N_("FROM"), help=N_("The account it leaves."), autocompletion=completing.accounts)
    ],
    target: Annotated[
        str, Argument(metavar=N_("TO"), help=N_("The account it goes to."), autocompletion=completing.accounts)
    ],
    fee: Annotated[
        str, Option("--fee", metavar=N_("AMOUNT"), help=N_("What the bank took besides, out of the first account."))
    ] = "",
    fund: Annotated[
        str,
        Option(
            "--fund",
            metavar=N_("NAME"),
            help=N_("The fund that pays the fee: the working budget, unless said."),
            autocompletion=completing.funds,
        ),
    ] = "",
    on: Day = "",
) -> None:
    """Move money from one account to another, with the fee it cost.

    Example: zaoyuan account transfer 10 微信 银行
    """
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    book, fen, cost = desk.book, amount(sum_), amount(fee, "fee") if fee else Fen()
    source, target, date = accounts.pick(book, source), accounts.pick(book, target), day(desk, on)
    payer = _fee_payer(book, cost, fund) if cost else ""
    accounts.transfer(book, fen, source, target, date, cost, payer)
    warn_below_zero(desk, source)
    left, got = accounts.balance(book.db, source), accounts.balance(book.db, target)
    data = {
        "amount": fen, "from": source, "to": target, "fee": cost, "fund": payer or None, "date": date, "balance": left,
        "to_balance": got,
    }  # fmt: skip
    said = _("√ {amount} yuan from {source} to {target} · {date}")
    if cost:
        said = _("√ {amount} yuan from {source} to {target} · fee {fee} yuan out of {fund} · {date}")
    lines = [
        said.format(amount=fen, source=source, target=target, fee=cost, fund=payer, date=date),
        _("  {source}: {left} yuan. {target}: {got} yuan.").format(source=source, left=left, target=target, got=got),
    ]
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))


def _fee_payer(book: Book, fee: Fen, named: str) -> str:
    """The fund a fee is paid out of: as named, else the working budget where it has enough. WrongUsage: it has not."""
    from zaoyuan_cli.book import funds

    if named:
        return funds.pick(book, named)
    every = funds.everyone(book.db)
    usual = next((one for one in every if one.fund == funds.working_budget(book)), None)
    if usual and usual.balance >= fee:
        return usual.fund
    raise WrongUsage(
        _("Which fund pays the fee of {fee} yuan? Name it with --fund.").format(fee=fee),
        field="fund",
        candidates=[{"key": one.fund, "label": f"{one.fund} {one.balance}"} for one in every if one.balance >= fee],
    )


def warn_below_zero(desk: Desk, account: str) -> None:
    """An account below zero is written and said: the cash box cannot hold less than nothing, but the entry may be right
    and another one missing."""
    from zaoyuan_cli.book import accounts

    has = accounts.balance(desk.book.db, account)
    if has < 0 and accounts.kind_of(desk.book.db, account) != "advance":
        desk.warn(
            _(
                "{account} now stands at {balance} yuan, below zero: move money into it ({command}), or an entry is"
                " missing or wrong."
            ).format(account=account, balance=has, command="zaoyuan account transfer")
        )
