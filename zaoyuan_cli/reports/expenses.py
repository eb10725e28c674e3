"""Expenses: the list with every number, and one expense as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Pairs, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.expenses import Expense

COLUMNS = (
    Column("expense", N_("Expense"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("what", N_("For what"), flex=True),
    Column("payee", N_("Paid to"), priority=4),
    Column("amount", N_("Amount"), "money"),
    Column("fund", N_("Fund"), priority=2),
    Column("account", N_("Account"), priority=5),
    Column("project", N_("Project"), priority=3),
    Column("voucher", N_("Voucher"), "number_text", 6),
    Column("decision", N_("Decision"), "number_text", 7),
    Column("state", N_("State"), "state", 1),
)


def record(book: Book, one: Expense) -> dict[str, Any]:
    """An expense as JSON has it: absent is null, the method is the kind of the account."""
    from zaoyuan_cli.book import accounts

    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    return data | {"method": accounts.kind_of(book.db, one.account)}


def page(book: Book, one: Expense, kept: Sequence[dict[str, Any]]) -> Page:
    """One expense, with what is known of the files kept with it."""
    return Page(record(book, one) | {"attachments": list(kept)}, _parts(one, kept))


def _parts(one: Expense, kept: Sequence[dict[str, Any]]) -> Document:
    pairs: list[tuple[str, object]] = [
        (_("For what"), one.what), (_("Amount"), one.amount), (_("Date"), one.date), (_("Paid to"), one.payee or None),
        (_("Fund"), one.fund), (_("Account"), one.account), (_("Project"), one.project or None),
        (_("Voucher"), one.voucher or None), (_("Decision"), one.decision or None),
        (_("Cost of"), one.income or None), (_("Note"), one.note or None),
        (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    columns = (
        Column("kind", N_("Kind")),
        Column("size", N_("Bytes"), "number"),
        Column("sha256", N_("SHA-256"), flex=True),
        *((Column("file", N_("File"), flex=True),) if kept and "file" in kept[0] else ()),
    )
    parts: list[Any] = [Heading(_("Expense {expense}").format(expense=one.expense)), Pairs(tuple(pairs))]
    return [*parts, Table(columns, kept, title=_("Files"))] if kept else parts
