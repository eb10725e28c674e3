"""What is still to be done about money that went out: approvals, notices, vouchers, advances, the cash box."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules.approvals import NOTICE_DAYS, OPEN, REJECTED
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.approvals import Standing
    from zaoyuan_cli.book.expenses import Expense

SHOWN = 5


def items(book: Book, as_of: date) -> Iterator[Item]:
    """Everything of it as of a day."""
    from zaoyuan_cli.book import approvals, expenses

    standing = approvals.standing(book.db, as_of)
    if standing:
        spent = {one.expense: one for one in expenses.everyone(book.db, until=as_of) if one.state != "void"}
        judged = [(spent[number], how) for number, how in standing.items() if number in spent]
        yield from _approvals(judged)
        yield from _notices(judged)
    yield from _doubles(book, as_of)
    yield from _advances(book, as_of)
    yield from _cash(book, as_of)


def unapproved(book: Book, until: date) -> Iterator[Item]:
    """The expenses up to a day that wait for approval still."""
    from zaoyuan_cli.book import approvals, expenses

    standing = approvals.standing(book.db)
    spent = [one for one in expenses.everyone(book.db, until=until) if one.state != "void"] if standing else []
    judged = [(one, standing[one.expense]) for one in spent if one.expense in standing]
    yield from (item for item in _approvals(judged) if item.kind == "approval")


def _approvals(judged: list[tuple[Expense, Standing]]) -> Iterator[Item]:
    """Expenses that wait for members' yes (R-63), and those they rejected."""
    if waiting := [one for one, how in judged if how.state == OPEN]:
        said = _("Expenses that wait for approval: {count}, {amount} yuan in all: {each}.")
        each = series(f"{one.expense} {one.what} {one.amount.yuan()}" for one in waiting[:SHOWN])
        each += " …" if len(waiting) > SHOWN else ""
        total = Fen(sum(one.amount for one in waiting)).yuan()
        message = said.format(count=len(waiting), amount=total, each=each)
        yield Item("approval", message, None, "zaoyuan expense list --open")
    for one, how in judged:
        if how.state == REJECTED:
            message = _("{expense} of {amount} yuan was rejected, and still counts.")
            shown = message.format(expense=one.expense, amount=one.amount)
            yield Item("rejected", shown, None, f"zaoyuan expense void {one.expense} --reason …")


def _notices(judged: list[tuple[Expense, Standing]]) -> Iterator[Item]:
    """Expenses above the limit of which no notice told before (R-63)."""
    from zaoyuan_cli.book.approvals import NOTICE

    for one, how in judged:
        limit = how.limit(NOTICE)
        if limit is not None and one.amount > limit and not one.notice:
            said = _(
                "{expense}, {amount} yuan, names no notice; above {limit} it is posted {days} days before: {rule}."
            )
            message = said.format(
                expense=one.expense, amount=one.amount, limit=Fen(limit), days=NOTICE_DAYS, rule=NOTICE
            )
            yield Item("expense_notice", message, None, f"zaoyuan expense show {one.expense}")


def _doubles(book: Book, as_of: date) -> Iterator[Item]:
    """One paper under two expenses (R-60), until one of them is void."""
    from zaoyuan_cli.book import vouchers

    for one in vouchers.doubles(book.db, as_of):
        said = _("Voucher {voucher} stands under {numbers}.")
        if not one.voucher:
            said = _("The same file is kept with {numbers}.")
        message = said.format(voucher=one.voucher, numbers=_few(one.expenses))
        yield Item("voucher_twice", message, None, f"zaoyuan expense show {one.expenses[-1]}")


def _advances(book: Book, as_of: date) -> Iterator[Item]:
    """What members paid out of their own pocket more than two weeks ago and did not get back."""
    from zaoyuan_cli.book import advances, people
    from zaoyuan_cli.rules.text import quoted

    for one in advances.owed(book.db, as_of):
        due = one.since + timedelta(days=advances.DAYS)
        if due < as_of:
            name = people.name_of(book.db, one.person) or one.account
            said = _("{name} is owed {owed} yuan, advanced since {day}.")
            message = said.format(name=name, owed=one.owed.yuan(), day=one.since)
            yield Item("advance", message, due, f"zaoyuan expense repay {quoted(name)} {one.owed.plain()}")


def _cash(book: Book, as_of: date) -> Iterator[Item]:
    """Cash above the float (R-64)."""
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.rules.text import quoted

    for account, has, limit in accounts.above_float(book.db, as_of):
        said = _("{account} has {has} yuan, its float is {float}: bank {more}.")
        message = said.format(account=account, has=has.yuan(), float=limit.yuan(), more=(has - limit).yuan())
        kinds = {one.kind: one.account for one in reversed(accounts.everyone(book.db))}
        to = quoted(kinds.get("bank", "bank"))
        yield Item("float", message, None, f"zaoyuan account transfer {(has - limit).plain()} {quoted(account)} {to}")


def _few(numbers: list[str] | tuple[str, ...]) -> str:
    return " ".join(numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")
