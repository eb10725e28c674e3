"""Arrears: how many doors of each unit owe how much. Whose is not on this page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Section, Span
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import order, unit_of

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book

COLUMNS = (
    Column("unit", N_("Unit"), "room"),
    Column("households", N_("Households"), "number"),
    Column("owed", N_("Owed"), "money"),
)


def section(book: Book, span: Span) -> Section:
    """By unit, as it stands at the end of the span."""
    from zaoyuan_cli.book import dues

    units: dict[str, list[Fen]] = defaultdict(list)
    for room, owed in dues.by_household(book.db, span.until).items():
        units[unit_of(room)].append(owed)
    rows: list[dict[str, Any]] = [
        {"unit": unit, "households": len(units[unit]), "owed": Fen(sum(units[unit]))}
        for unit in sorted(units, key=order)
    ]
    totals = {"unit": _("Total"), **{key: sum(row[key] for row in rows) for key in ("households", "owed")}}
    table = Table(COLUMNS, rows, totals if rows else None, empty=_("Nobody owes anything."))
    return Section({"arrears": rows}, [Heading(_("Arrears by unit"), 2), table])
