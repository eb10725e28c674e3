"""The sheet of a closed period (R-70)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page, todo
from zaoyuan_cli.reports.briefing import money
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.entries import Turnover
    from zaoyuan_cli.book.sheets import Late, Sheet
    from zaoyuan_cli.book.statements import Moved
    from zaoyuan_cli.facts.periods import PeriodClosed
    from zaoyuan_cli.reports.todo import Item

BROUGHT = (
    Column("date", N_("Date"), "date"),
    Column("number", N_("Number"), "number_text"),
    Column("what", N_("Movement"), "state", 1),
    Column("amount", N_("Amount"), "money"),
)
DUES = (
    Column("project", N_("Project")),
    Column("households", N_("Households"), "number", 3),
    Column("settled", N_("Settled"), "number", 2),
    Column("due", N_("Due"), "money", 1),
    Column("waived", N_("Waived"), "money", 4),
    Column("paid", N_("Paid"), "money"),
    Column("owed", N_("Owed"), "money"),
    Column("credit", N_("Credit"), "money", 5),
)


def data(book: Book, sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON has it; corrections and late entries are in its in and out already."""
    from zaoyuan_cli.book import sheets

    brought, days = sheets.brought(book.db, sheet), sheets.uncovered(book.db, sheet)
    return {
        "period": sheet.period, "since": sheet.first, "until": sheet.last, **sheet.total.row(),
        "funds": [one.row("fund") for one in sheet.funds],
        "accounts": [one.row("account") for one in sheet.accounts],
        "dues": [one._asdict() for one in sheet.dues],
        "corrections": [_line(one) for one in brought if one.voided],
        "late": [_line(one) for one in brought if not one.voided],
        "closed": sheet.day, "step": sheet.step, "uncovered": days and {"since": days[0], "until": days[1]},
    }  # fmt: skip


def draft(book: Book, drawn: PeriodClosed) -> Page:
    """What is about to be closed: the sums of each fund, and what is still open in those days."""
    from zaoyuan_cli.book import statements
    from zaoyuan_cli.book.entries import Turnover

    counted = statements.of(book.db, drawn.first, drawn.last, drawn.last)
    funds = [Turnover(name, *map(Fen, figures)) for name, *figures in drawn.funds]
    total, rows = Turnover("", *map(Fen, drawn.total)).row(), [one.row("fund") for one in funds]
    title = _("{period}: {first} to {last}").format(period=drawn.period, first=drawn.first, last=drawn.last)
    parts: list[Part] = [Heading(title), money.moved("fund", N_("Fund"), rows, _transfers(funds, counted.funds), total)]
    if items := list(still_open(book, drawn.last)):
        parts += [Heading(_("Still open in these days or before"), 2), *todo.lines(items)]
    return Page({"period": drawn.period, **total, "funds": rows}, parts)


def still_open(book: Book, last: date) -> Iterator[Item]:
    """What nobody can put right under its own day any more once a period is closed: counts that differ, expenses
    without a voucher, expenses that wait for approval."""
    from zaoyuan_cli.reports import outgoing
    from zaoyuan_cli.reports.todo import money as due

    yield from (item for item in due.counted(book, last) if item.kind == "difference")
    yield from due.no_voucher(book, last)
    yield from outgoing.unapproved(book, last)


def uncovered(days: tuple[date, date]) -> str:
    """What is said of months that were never closed and are in an opening."""
    said = _(
        "What moved from {first} to {last} is in no sheet of its own, and counts in the opening of this one."
        " Months are closed one after another: {command}"
    )
    return said.format(first=days[0], last=days[1], command=f"zaoyuan period close {days[0]:%Y-%m}")


def _line(one: Late) -> dict[str, Any]:
    return {"date": one.date, "number": one.number or None, "what": one.what, "amount": one.amount}


def page(book: Book, sheet: Sheet) -> Page:
    """The sheet as a page."""
    from zaoyuan_cli.book import accounts as places
    from zaoyuan_cli.book import statements

    found, called = data(book, sheet), places.shown(book.db)
    counted = statements.of(book.db, sheet.first, sheet.last, sheet.last)
    far = _transfers(sheet.accounts, counted.accounts)
    accounts = money.moved("account", N_("Account"), found["accounts"], far, sheet.total.row())
    parts: list[Part] = [
        Heading(_("{name}: {period}").format(name=book.name, period=sheet.period)),
        Pairs(
            (
                (_("From and until"), _("{first} to {last}").format(first=sheet.first, last=sheet.last)),
                (_("Closed on"), f"{sheet.day} · {sheet.step}"),
            )
        ),
        Heading(_("Funds"), 2),
        money.moved("fund", N_("Fund"), found["funds"], _transfers(sheet.funds, counted.funds), sheet.total.row()),
        Heading(_("Accounts"), 2),
        accounts._replace(rows=[{**row, "account": called.get(str(row["account"]), row["account"])}
                                for row in accounts.rows]),
    ]  # fmt: skip
    if sheet.dues:
        title = _("Dues, as they stood on {day}").format(day=sheet.last)
        parts += [Heading(title, 2), Table(DUES, found["dues"])]
    for key, title in (("corrections", _("Corrections of closed periods")), ("late", _("Late entries"))):
        if found[key]:
            parts += [Heading(title, 2), Table(BROUGHT, found[key])]
    if found["uncovered"]:
        text = _("The opening counts what moved from {since} to {until}, in days that no sheet is of.")
        parts.append(Text(text.format(**found["uncovered"]), "warn"))
    return Page(found, parts)


def none_yet() -> Page:
    """What is said while nothing is closed."""
    said = _("No period is closed yet. Close one: {command}").format(command="zaoyuan period close 2022-05")
    return Page({"period": None}, [Text(said)])


def _transfers(turnovers: Sequence[Turnover], counted: Sequence[Moved]) -> dict[str, tuple[Fen, Fen]]:
    """What transfers brought to each and took from it: they are in its turnover on the sheet."""
    without = {one.name: one for one in counted}
    return {
        one.name: (Fen(one.into - without[one.name].into), Fen(one.out - without[one.name].out))
        for one in turnovers
        if one.name in without
    }
