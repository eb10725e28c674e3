"""One donor on one page: what it gave, what it paid for common parts, what it promised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, pledges
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

GIFTS = (
    Column("date", N_("Date"), "date"),
    Column("receipt", N_("Receipt"), "number_text"),
    Column("fund", N_("Fund"), priority=1),
    Column("project", N_("Project"), priority=2),
    Column("amount", N_("Amount"), "money"),
)
INCOMES = (
    Column("date", N_("Date"), "date"),
    Column("income", N_("Income"), "number_text"),
    Column("what", N_("What"), flex=True),
    Column("fund", N_("Fund"), priority=1),
    Column("project", N_("Project"), priority=2),
    Column("amount", N_("Amount"), "money"),
)
PLEDGES = tuple(column for column in pledges.COLUMNS if column.key not in ("room", "who"))


def page(book: Book, id: str, as_of: date | None) -> Page:
    """The donor of an id on a day (now without one). A gift is a donation; an income is paid for something."""
    from zaoyuan_cli.book import donors, projects
    from zaoyuan_cli.book import pledges as promised

    one = donors.everyone(book.db, as_of)[id]
    given = donors.gifts(book.db, id, as_of).get(id, [])
    called = projects.names(book.db)
    gifts = [{**gift._asdict(), "project": called[gift.project] or None} for gift in given]
    incomes = _incomes(book, id, as_of, called)
    promises = pledges.rows(book, promised.promises(book.db, donor=id, as_of=as_of))
    total = _sum(gifts, "amount")
    data = {
        "donor": one.name, "id": id, "kind": one.kind, "amount": total, "gifts": gifts, "incomes": incomes,
        "pledges": promises,
    }  # fmt: skip
    parts: list[Part] = [
        Heading(one.name),
        Pairs(((_("Kind"), State(one.kind)), (_("Amount"), total))),
        Table(GIFTS, gifts, {"amount": total}, empty=_("No donation yet.")),
    ]
    if incomes:
        parts += [Heading(_("Paid for"), 2), Table(INCOMES, incomes, {"amount": _sum(incomes, "amount")})]
    if promises:
        sums = {key: _sum(promises, key) for key in ("promised", "paid", "open")}
        parts += [Heading(_("Promised"), 2), Table(PLEDGES, promises, sums)]
    return Page(data, parts)


def _sum(rows: list[dict[str, Any]], key: str) -> Fen:
    return Fen(sum(row[key] for row in rows))


def _incomes(book: Book, donor: str, as_of: date | None, called: dict[str, str]) -> list[dict[str, Any]]:
    """What it paid that is no donation, void ones left out."""
    from zaoyuan_cli.book import incomes

    return [
        {
            "income": one.income, "date": one.date, "what": one.what, "amount": one.amount, "fund": one.fund,
            "project": called[one.project] or None,
        }
        for one in incomes.everyone(book.db, until=as_of)
        if one.donor == donor and one.state != "void"
    ]  # fmt: skip
