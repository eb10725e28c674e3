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

    rooms: dict[str, set[str]] = defaultdict(set)
    owed: dict[str, int] = defaultdict(int)
    for one in dues.owed(book.db, as_of=span.until):
        if one.owed > 0:
            rooms[unit_of(one.room)].add(one.room)
            owed[unit_of(one.room)] += one.owed
    rows: list[dict[str, Any]] = [
        {"unit": unit, "households": len(rooms[unit]), "owed": Fen(owed[unit])} for unit in sorted(rooms, key=order)
    ]
    totals = {"unit": _("Total"), "households": sum(map(len, rooms.values())), "owed": Fen(sum(owed.values()))}
    table = Table(COLUMNS, rows, totals if rows else None, empty=_("Nobody owes anything."))
    return Section({"arrears": rows}, [Heading(_("Arrears by unit"), 2), table])
