"""The report on one project: how it was decided, what was promised, paid and is owed, what was spent on which voucher,
what is left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Bar, Chart, Column, Heading, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, expenses, incomes
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

UNITS = (
    Column("unit", N_("Unit"), "room"),
    Column("households", N_("Households"), "number"),
    Column("settled", N_("Settled"), "number", 1),
    Column("due", N_("Due"), "money", 2),
    Column("paid", N_("Paid"), "money"),
    Column("waived", N_("Waived"), "money", 3),
    Column("owed", N_("Owed"), "money"),
)
SPENT = tuple(column for column in expenses.COLUMNS if column.key not in ("project", "fund"))
INCOMES = tuple(column for column in incomes.COLUMNS if column.key not in ("project", "fund"))
SUMS = ("households", "settled", "due", "paid", "waived", "owed")


def report(book: Book, name: str, as_of: date | None) -> Page:
    """The project's record with what stands behind its figures. Raises NotFound for one that was not begun by then."""
    from zaoyuan_cli.book import projects
    from zaoyuan_cli.reports import projects as record

    of = projects.everyone(book.db, as_of).get(name) or projects.everyone(book.db)[name]
    (stands,) = projects.standing(book.db, as_of, name) or projects.standing(book.db, None, name)
    page = record.page(book, of, stands, as_of)
    units, decision = by_unit(book, name, as_of), _decision(book, of.decision)
    spent, received = _spent(book, name, as_of), _incomes(book, name, as_of)
    data = page.data() | {
        "as_of": as_of or book.today, "decided": decision, "units": units, "expenses": spent, "incomes": received,
    }  # fmt: skip
    parts: list[Part] = [*page.document()]
    if decision:
        parts += [Heading(_("Who decided"), 2), Text("{decision}  {date}  {body}  {text}".format(**decision))]
    if units:
        totals: dict[str, Any] = {"unit": _("Total")} | {key: sum(row[key] for row in units) for key in SUMS}
        parts += [Heading(_("Dues by unit"), 2), Table(UNITS, units, totals), _progress(units)]
    for title, key, columns, rows in (
        (_("Expenses"), "expense", SPENT, spent), (_("Incomes"), "income", INCOMES, received)
    ):  # fmt: skip
        if rows:
            amount = Fen(sum(row["amount"] for row in rows if row["state"] != "void"))
            parts += [Heading(title, 2), Table(columns, rows, {key: _("Total"), "amount": amount})]
    return Page(data, parts)


def _progress(units: list[dict[str, Any]]) -> Chart:
    """How much of what it was to pay each unit owes no longer."""
    bars = tuple(
        Bar(row["unit"], (percent.whole(int(row["due"] - row["owed"]), int(row["due"])) if row["due"] else None,))
        for row in units
    )
    return Chart(_("Progress by unit"), (_("Progress"),), bars, "percent", axis=_("Unit"), tabled=True)


def by_unit(book: Book, project: str, as_of: date | None) -> list[dict[str, Any]]:
    """The levy in sums, a unit a row: no household is named."""
    from zaoyuan_cli.book import dues
    from zaoyuan_cli.rules.rooms import order, unit_of

    units: dict[str, list[dues.Claim]] = {}
    for _project, room, claim in dues.claims(book.db, project, as_of=as_of):
        units.setdefault(unit_of(room), []).append(claim)
    return [
        {
            "unit": unit, "households": len(claims), "settled": sum(not one.owed for one in claims),
            **{key: Fen(sum(getattr(one, key) for one in claims)) for key in ("due", "paid", "waived", "owed")},
        }
        for unit, claims in sorted(units.items(), key=lambda one: order(one[0]))
    ]  # fmt: skip


def _decision(book: Book, number: str) -> dict[str, Any] | None:
    from zaoyuan_cli.book import decisions

    found = decisions.everyone(book.db).get(number)
    return found and {key: getattr(found, key) for key in ("decision", "date", "body", "text")}


def _spent(book: Book, project: str, as_of: date | None) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import expenses as kept

    return [expenses.record(book, one) for one in kept.everyone(book.db, until=as_of, project=project)]


def _incomes(book: Book, project: str, as_of: date | None) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import incomes as kept

    return [incomes.record(book, one) for one in kept.everyone(book.db, until=as_of, project=project, as_of=as_of)]
