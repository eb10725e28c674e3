"""`account count` and `account counts`: what is really there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Note, Output, Since, Sort, Until, day
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import N_, _, sample, series
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.counts import Count

Which = Annotated[
    str,
    Argument(
        metavar=N_("NAME"),
        help=N_("The account: cash, wechat, alipay, bank, or its name."),
        autocompletion=completing.accounts,
    ),
]
Found = Annotated[str, Argument(metavar=N_("AMOUNT"), help=N_("What was found in it; 0 for nothing."))]
By = Annotated[str, Option("--by", metavar=N_("WHO,WHO"), help=N_("The two who counted; you, unless said."))]
Any_ = Annotated[str, Argument(metavar=N_("NAME"), help=N_("Only this account."), show_default=False)]


def count(ctx: Context, name: Which, sum_: Found, by: By = "", on: Day = "", note: Note = "") -> None:
    """Write down what was counted in an account, by two people, and what it differs from the book.

    A count books nothing. A difference stands in zaoyuan report until an entry explains it: the one that was missing,
    or a later count that finds none. A day ends with it: count, then zaoyuan backup.

    Example: zaoyuan account count 现金 470 --by 韩梅,李秀英
    """
    from zaoyuan_cli.book import accounts, counts
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules import money

    desk: Desk = ctx.obj
    book = desk.book
    account, date = accounts.pick(book, name), day(desk, on)
    counted = money.parse(sum_, "amount")
    people = tuple(one.person for one in asking.people(desk, [by], "by")) if by else (book.who,)
    people = tuple(filter(None, people))
    done = counts.record(book, account, counted, date, people, note)
    if len(people) < 2:
        desk.warn(_("A count is made by two people; name both: {flag}").format(flag=f"--by {_('A,B')}"))
    said = _("√ {account} counted: {counted} yuan; the book says {book} · {date}").format(
        account=account, counted=counted, book=done.book, date=date
    )
    lines = [said, _("  No difference.")]
    hint = _("Now copy the book: {command}").format(command="zaoyuan backup")
    wrong = _("If that was wrong: {command}").format(command="zaoyuan undo")
    if done.difference:
        lines[1] = _("  Difference {difference} yuan; it stands in the report until an entry explains it.").format(
            difference=done.difference
        )
        hint = _("What was entered: {command}").format(command=f"zaoyuan account ledger {account}")
    desk.show(Done(_row(desk, done), lines, f"{hint}\n{wrong}"))


def sheet(ctx: Context, name: Which, output: Output = "") -> None:
    """Print the sheet to count an account with: cash note by note, or a reconciliation with the bank's statement.

    It shows the balance of the book, the last entry and the last count, with lines for two to sign; in the language of
    the book. What was counted is entered with `account count`.

    Example: zaoyuan account sheet 现金 -o count.pdf

    Example: zaoyuan account sheet 银行
    """
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.reports import countsheets

    desk: Desk = ctx.obj
    account = accounts.pick(desk.book, name)
    of = next(one for one in accounts.everyone(desk.book.db, desk.as_of) if one.account == account)
    if of.kind == "advance":
        raise Refusal(
            _("{account} holds no money: it is what is owed to a member.").format(account=account),
            field="account", value=account,
            hint=_("What is owed: {command}").format(command="zaoyuan account list"),
        )  # fmt: skip
    desk.show(countsheets.sheet(desk.book, of, desk.as_of), output)


def counts(
    ctx: Context, name: Any_ = "", since: Since = "", until: Until = "", limit: Limit = 0, sort: Sort = ""
) -> None:
    """List the counts of all accounts, or of one: what each differed from the book when it was made, what explained it.

    A count that is wrong is taken back by its step (zaoyuan undo A7), or made again: the later one counts.

    Example: zaoyuan account counts 现金
    """
    from zaoyuan_cli.book import accounts, counts

    desk: Desk = ctx.obj
    first, last = days(desk, since, until)
    of = accounts.pick(desk.book, name) if name else ""
    rows = [_row(desk, one) for one in counts.everyone(desk.book.db, of, last) if not first or one.date >= first]
    columns = (
        Column("date", N_("Date"), "date"),
        Column("account", N_("Account")),
        Column("book", N_("Book"), "money"),
        Column("counted", N_("Counted"), "money"),
        Column("difference", N_("Difference"), "money"),
        Column("state", N_("State"), "state"),
        Column("explained", N_("Explained by"), "number_text", 1),
        Column("by", N_("Counted by"), priority=2),
        Column("step", N_("Step"), "number_text", 4),
        Column("note", N_("Note"), priority=3, flex=True),
    )
    empty = _("Nothing was counted yet. Write a count down: {command}").format(
        command=sample("zaoyuan account count NAME AMOUNT --by A,B")
    )
    desk.show(arranged(Listing(rows, columns, {"counts": len(rows)}, empty=empty, as_of=desk.as_of), sort, limit))


def _row(desk: Desk, one: Count) -> dict[str, Any]:
    from zaoyuan_cli.book import people
    from zaoyuan_cli.reports.accounts import named

    names = [people.name_of(desk.book.db, person) or person for person in one.people]
    return {
        "account": named(desk.book)[one.account], "date": one.date, "book": one.book, "counted": one.counted,
        "difference": one.difference, "state": _state(one), "explained": series(one.explained) or None,
        "by": series(names), "step": one.step, "note": one.note or None,
    }  # fmt: skip


def _state(one: Count) -> str:
    """Agrees from the beginning, explained by now, or unexplained."""
    if one.open:
        return "unexplained"
    return "explained" if one.explained else "agrees"
