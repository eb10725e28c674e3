"""The sheet of a closed period (R-70)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.entries import Turnover
    from zaoyuan_cli.book.sheets import Late, Sheet

FIGURES = (
    Column("opening", N_("Opening"), "money"),
    Column("in", N_("In"), "money"),
    Column("out", N_("Out"), "money"),
    Column("closing", N_("Closing"), "money"),
)
BROUGHT = (
    Column("date", N_("Date"), "date"),
    Column("number", N_("Number"), "number_text"),
    Column("what", N_("Movement"), "state", 1),
    Column("amount", N_("Amount"), "money"),
)


def data(book: Book, sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON has it; corrections and late entries are in its in and out already."""
    from zaoyuan_cli.book import sheets

    brought = sheets.brought(book.db, sheet)
    return {
        "period": sheet.period, "since": sheet.first, "until": sheet.last, **sheet.total.row(),
        "funds": [one.row("fund") for one in sheet.funds],
        "accounts": [one.row("account") for one in sheet.accounts],
        "corrections": [_line(one) for one in brought if one.voided],
        "late": [_line(one) for one in brought if not one.voided],
        "closed": sheet.day, "step": sheet.step,
    }  # fmt: skip


def _line(one: Late) -> dict[str, Any]:
    return {"date": one.date, "number": one.number or None, "what": one.what, "amount": one.amount}


def page(book: Book, sheet: Sheet) -> Page:
    """The sheet as a page."""
    found = data(book, sheet)
    parts: list[Part] = [
        Heading(_("{name}: {period}").format(name=book.name, period=sheet.period)),
        Pairs(
            (
                (_("Days"), _("{first} to {last}").format(first=sheet.first, last=sheet.last)),
                (_("Closed on"), f"{sheet.day} · {sheet.step}"),
            )
        ),
        Heading(_("Funds"), 2),
        _table("fund", N_("Fund"), sheet.funds, sheet.total),
        Heading(_("Accounts"), 2),
        _table("account", N_("Account"), sheet.accounts, sheet.total),
    ]
    for key, title in (("corrections", _("Corrections of closed periods")), ("late", _("Late entries"))):
        if found[key]:
            parts += [Heading(title, 2), Table(BROUGHT, found[key])]
    return Page(found, parts)


def none_yet() -> Page:
    """What is said while nothing is closed."""
    said = _("No period is closed yet. Close one: {command}").format(command="zaoyuan period close 2022-05")
    return Page({"period": None}, [Text(said)])


def _table(key: str, heading: str, turnovers: Sequence[Turnover], total: Turnover) -> Table:
    """Funds or accounts that ever had money; transfers are in their rows and not in the totals."""
    rows = [one.row(key) for one in turnovers if any(one[1:])]
    return Table((Column(key, heading), *FIGURES), rows, total.row())
