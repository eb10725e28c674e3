"""Special spaces: parking places, stalls, storage rooms: all of them, and one on a screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zaoyuan_cli.book import Book, households, owning, spaces
from zaoyuan_cli.book.spaces import Space
from zaoyuan_cli.document import Column, Heading, Pairs, Part, State, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.reports.owners import FORMER, former

COLUMNS = (
    Column("space", N_("No."), "number_text"), Column("kind", N_("Kind"), "state"), Column("owner", N_("Owner")),
    Column("doors", N_("Rooms"), "text", 1), Column("area", N_("Area (m²)"), "area"),
    Column("area_source", N_("Source of the area"), "state", 2),
)  # fmt: skip
MINE = (*COLUMNS[:2], Column("area", N_("Area (m²)"), "area"), Column("owner", N_("Owner"), priority=1))


def record(one: Space) -> dict[str, Any]:
    """A space as JSON has it everywhere; absent is None."""
    return {
        "space": one.space, "kind": one.sort, "owner": one.owner or None, "owners": list(one.owners), "area": one.area,
        "area_source": one.area_source or None, "closed": one.closed,
    }  # fmt: skip


def rows(book: Book, found: Iterable[Space], as_of: date | None = None) -> list[dict[str, Any]]:
    """Spaces with the doors of their owners."""
    doors: dict[str, list[str]] = {}
    for home in households.everyone(book.db, as_of).values():
        for id in home.owners:
            doors.setdefault(id, []).append(home.room)
    found = list(found)
    of = [dict.fromkeys(room for id in one.owners for room in doors.get(id, ())) for one in found]
    return [record(one) | {"doors": " ".join(mine) or None} for one, mine in zip(found, of, strict=True)]


def page(book: Book, number: str, as_of: date | None = None) -> Page:
    """A space on a day (now without one): whose it is, whose it was. Raises NotFound."""
    one = spaces.one(book, number, as_of)
    (row,) = rows(book, [one], as_of)
    over = owning.closing(book.db, spaces.REGISTER, number) if one.closed else None
    data = row | {
        "from": one.since,
        "reason": (over and over[1]) or None,
        "former": former(book, spaces.REGISTER, number, as_of),
    }
    parts: list[Part] = [
        Heading(f"{one.space} {one.owner}".strip()),
        Pairs((
            (_("Kind"), State(one.sort)),
            *(((_("Closed"), f"{over[0]} {over[1]}"),) if over else ()),
            (_("Owner"), one.owner or None), (_("Rooms"), row["doors"]), (_("Area (m²)"), one.area),
            *(((_("Source of the area"), State(one.area_source)),) if one.area_source else ()),
            (_("In the register since"), one.since),
        )),
    ]  # fmt: skip
    if data["former"]:
        parts += [Heading(_("Owners before"), 2), Table(FORMER, data["former"])]
    return Page(data, parts)
