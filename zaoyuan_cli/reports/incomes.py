"""Incomes: the list with every number, and one income as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, State
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.reports.accounts import named
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.incomes import Income

COLUMNS = (
    Column("income", N_("Income"), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("what", N_("For what"), flex=True),
    Column("from", N_("From"), priority=4),
    Column("amount", N_("Amount"), "money"),
    Column("cost", N_("Cost"), "money", 2),
    Column("net", N_("After cost"), "money", 2),
    Column("fund", N_("Fund"), priority=3),
    Column("account", N_("Account"), priority=5),
    Column("project", N_("Project"), priority=6),
    Column("state", N_("State"), "state", 1),
)


def record(book: Book, one: Income) -> dict[str, Any]:
    """An income as JSON has it: absent is null, the method is the kind of the account; `net` is after its cost."""
    from zaoyuan_cli.book import accounts, donors, projects

    data: dict[str, Any] = {key: None if value == "" else value for key, value in one._asdict().items()}
    giver = donors.everyone(book.db)[one.donor].name if one.donor else None
    of, method = projects.called(book.db, one.project) or None, accounts.kind_of(book.db, one.account)
    return data | {"from": giver, "project": of, "net": one.net, "method": method, "account": named(book)[one.account]}


def listing(shown: Sequence[Mapping[str, object]], found: Sequence[Income], gone: int, as_of: date | None) -> Listing:
    """The list: the count has the void ones too (`gone`: those whose step was undone), the sums have not. After its
    cost is what may be shared (R-74)."""
    standing = [one for one in found if one.state != "void"]
    totals = {
        "incomes": len(found) + gone, "void": len(found) + gone - len(standing),
        "amount": sum((one.amount for one in standing), Fen()), "cost": sum((one.cost for one in standing), Fen()),
        "net": sum((one.net for one in standing), Fen()),
    }  # fmt: skip
    empty = _("There is no income here. Record one: {command}").format(
        command=sample("zaoyuan income add 100 WHAT --fund NAME")
    )
    return Listing(shown, COLUMNS, totals, empty=empty, as_of=as_of)


def page(book: Book, one: Income) -> Page:
    """One income, with its cost."""
    data = record(book, one)
    pairs: list[tuple[str, object]] = [
        (_("For what"), one.what), (_("Amount"), one.amount), (_("Date"), one.date), (_("From"), data["from"]),
        (_("Fund"), one.fund), (_("Account"), data["account"]), (_("Project"), data["project"]),
        (_("Note"), one.note or None), (_("State"), State(one.state)),
    ]  # fmt: skip
    if one.costs:
        pairs += [(_("Cost"), f"{one.cost} ({' '.join(one.costs)})"), (_("After cost"), one.net)]
    if one.void_date:
        pairs += [(_("Void since"), one.void_date), (_("Reason"), one.reason)]
    return Page(data, [Heading(_("Income {income}").format(income=one.income)), Pairs(tuple(pairs))])
