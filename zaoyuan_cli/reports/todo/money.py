"""Money: vouchers, approvals, accounts below zero, receipts, counts, months not closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def no_voucher(book: Book, as_of: date) -> Iterator[Item]:
    """Expenses with neither a voucher's number nor a file."""
    from zaoyuan_cli.book import expenses

    everyone = expenses.everyone(book.db, until=as_of)
    bare = [one.expense for one in everyone if one.state != "void" and not one.voucher and not one.attachments]
    if bare:
        said = _("Expenses without a voucher: {count} ({numbers}).")
        message = said.format(count=len(bare), numbers=" ".join(bare[:5]))
        yield Item("voucher", message, None, sample(f"zaoyuan expense voucher {bare[0]} VOUCHER"))


def outgoing(book: Book, as_of: date) -> Iterator[Item]:
    """Expenses that wait for approval or a notice, a voucher twice, advances not paid back, cash above the float."""
    from zaoyuan_cli.reports import outgoing

    yield from outgoing.items(book, as_of)


def below_zero(book: Book, as_of: date) -> Iterator[Item]:
    """Accounts that stood below zero on some day."""
    from zaoyuan_cli.book import accounts, gaps

    called = accounts.shown(book.db)
    for account, day, balance in gaps.below_zero(book.db, as_of):
        message = _("Account {account} stood at {balance} on {day}.").format(
            account=called[account], balance=balance.yuan(), day=day
        )
        yield Item("below_zero", message, None, f"zaoyuan account ledger {quoted(account)}")


def receipts(book: Book, as_of: date) -> Iterator[Item]:
    """Money nobody claimed; numbers of pre-printed receipts used twice or missing (R-57, R-60)."""
    from zaoyuan_cli.reports import credits

    for kind, message, command in credits.todo(book, as_of):
        yield Item(kind, message, None, command)


def shortfalls(book: Book, as_of: date) -> Iterator[Item]:
    """What collectors handed in too little, until an entry explains it (R-69)."""
    from zaoyuan_cli.book import handins, people

    for account, person, fen in handins.shortfalls(book.db, as_of):
        message = _("{name} handed in {amount} yuan too little; it stands on them until an entry explains it.").format(
            name=people.name_of(book.db, person) or account, amount=fen.yuan()
        )
        yield Item("shortfall", message, None, f"zaoyuan account ledger {quoted(account)}")


def counted(book: Book, as_of: date) -> Iterator[Item]:
    """Counts that differ from the book (R-61), and cash nobody counted for a month."""
    from zaoyuan_cli.book import accounts, counts

    called = accounts.shown(book.db)
    for one in counts.last(book.db, as_of).values():
        if one.open:
            said = _("{account}, counted on {day}: {counted}, the book says {book}, difference {difference}.")
            message = said.format(
                account=called[one.account], day=one.date, counted=one.counted.yuan(), book=one.now.yuan(),
                difference=(one.counted - one.now).yuan(),
            )  # fmt: skip
            yield Item("difference", message, None, f"zaoyuan account counts {quoted(one.account)}")
    for account, has, day in counts.due(book.db, as_of):
        message = _("{account} has {balance}; it was last counted on {day}.")
        if day is None:
            message = _("{account} has {balance}; it was never counted.")
        shown = message.format(account=called[account], balance=has.yuan(), day=day)
        yield Item("count", shown, None, f"zaoyuan account ledger {quoted(account)}")


def unclosed(book: Book, as_of: date) -> Iterator[Item]:
    """The month before last, if it is not closed (R-70)."""
    from zaoyuan_cli.book import sheets

    if span := sheets.unclosed(book.db, as_of):
        yield Item("period", _("{period} is not closed.").format(period=span.name), None, "zaoyuan period list")
