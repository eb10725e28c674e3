"""The roll and its offices: doors without an area or an owner, terms, seats, hand-overs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, joined, sample
from zaoyuan_cli.reports.todo import Item

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book, households

COLUMNS = {"area": "建筑面积", "area_source": "面积来源", "owner": "业主", "grid": "微网格"}  # as an import reads them


def handed_over(book: Book, as_of: date) -> Iterator[Item]:
    """What is to be handed over (R-43)."""
    from zaoyuan_cli.reports import handovers

    yield from handovers.items(book, as_of)


def offices(book: Book, as_of: date) -> Iterator[Item]:
    """Terms, seats, filings, audits, units and grids without their people (R-30, R-41, R-42, R-62, R-75, R-94)."""
    from zaoyuan_cli.reports import offices

    yield from offices.items(book, as_of)


def roll_gaps(book: Book, as_of: date) -> Iterator[Item]:
    """Doors with no area, no source of the area (R-03), no owner; no grid, where the estate has any."""
    from zaoyuan_cli.book import grids, households

    doors = households.everyone(book.db, as_of).values()
    in_grids = bool(grids.everyone(book.db, as_of))
    gaps: tuple[tuple[str, str, Callable[[households.Household], bool]], ...] = (
        ("area", _("Households without an area: {count} ({rooms})."), lambda door: door.area is None),
        (
            "area_source",
            _("Areas without a source: {count} ({rooms})."),
            lambda door: door.area is not None and not door.area_source,
        ),
        ("owner", _("Households without an owner: {count} ({rooms})."), lambda door: not door.owners),
        ("grid", _("Households in no grid: {count} ({rooms})."), lambda door: in_grids and not door.grid),
    )
    for kind, message, lacking in gaps:
        if rooms := [door.room for door in doors if lacking(door)]:
            shown = " ".join(rooms[:5]) + (" …" if len(rooms) > 5 else "")
            said, command = message.format(count=len(rooms), rooms=shown), f"zaoyuan household edit {rooms[0]}"
            if len(rooms) > 3:
                once = _("All at once: a list with the columns 房号 and {column}.").format(column=COLUMNS[kind])
                said = joined((said, once))
                command = sample("zaoyuan import households FILE")
            yield Item(kind, said, None, command)
