"""Registering: what is written into the roll of households, inside a step being written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.households import HouseholdAdded, HouseholdClosed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import rooms
from zaoyuan_cli.rules.rooms import Area

from . import Book, enrolling, owning, people
from .households import ROLL, one


def add(
    book: Book,
    room: str,
    *,
    owners: Sequence[str] = (),
    area: Area | None = None,
    area_source: str = "",
    unit: str = "",
    grid: str = "",
    ebike: bool = False,
    state: str = "owner",
    on: date | None = None,
) -> None:
    """Enter a door inside a step being written; owners are ids. Raises Refusal if it is in the roll."""
    if book.db.execute("SELECT 1 FROM household WHERE room = ?", [room]).fetchone():
        raise Refusal(
            _("Household {room} is in the roll already.").format(room=room),
            field="household",
            value=room,
            hint=_("To change it: {command}").format(command=f"zaoyuan household edit {room}"),
        )
    book.record(
        HouseholdAdded(
            room=room,
            unit=unit or rooms.unit_of(room),
            on=on or book.today,
            grid=grid,
            area=area,
            area_source=area_source,
            ebike=ebike,
            state=state,
            owners=tuple(dict.fromkeys(owners)),
        )
    )


def edit(book: Book, room: str, wanted: Mapping[str, Any], on: date | None = None) -> tuple[str, ...]:
    """Record inside a step being written what differs of FIELDS from a day on. The fields that changed."""
    return owning.edit(book, ROLL, one(book, room), wanted, on)


def transfer(book: Book, room: str, owners: Iterable[str], on: date | None = None) -> bool:
    """Record inside a step being written that a door has other owners (ids) from a day on; false if it has them.
    Earlier dues stay with the owners of their day."""
    return owning.transfer(book, ROLL, one(book, room), owners, on)


def close(book: Book, room: str, reason: str, on: date | None = None) -> None:
    """Record inside a step being written that a door leaves the roll from a day on; its dues stay.
    Raises Refusal if it left before."""
    if owning.closing(book.db, ROLL, room):
        text = _("Household {room} left the roll already.").format(room=room)
        raise Refusal(text, field="household", value=room)
    book.record(HouseholdClosed(room=room, on=on or book.today, reason=reason))


def developer(book: Book, name: str = "") -> str:
    """The id of the developer, who owns what is not sold yet, inside a step being written: as named, else the one the
    book has, else somebody new (one voter for all those doors: R-01)."""
    known = [one for one in people.everyone(book.db).values() if one.developer and not one.merged]
    if known and not name:
        return known[0].person
    id = enrolling.meant(book, name or ("开发商" if book.lang == "zh" else "developer"))
    people.edit(book, id, {"developer": "yes"})
    return id
