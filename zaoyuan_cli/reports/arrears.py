"""Who still owes what: by household and project, or by unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book.dues import Owed

_MONEY = (
    Column("due", N_("Due"), "money", 1),
    Column("paid", N_("Paid"), "money", 2),
    Column("waived", N_("Waived"), "money", 6),
    Column("owed", N_("Owed"), "money"),
)
BY_HOUSEHOLD = (
    Column("room", N_("Room"), "room"),
    Column("owner", N_("Owner")),
    Column("project", N_("Project"), "text", 3),
    *_MONEY,
    Column("state", N_("State"), "state"),
    Column("age", N_("Days"), "number", 5),
    Column("last", N_("Last payment"), "date", 7),
    Column("note", N_("Note"), "text", 4),
)
BY_UNIT = (Column("unit", N_("Unit"), "room"), Column("households", N_("Households"), "number"), *_MONEY)


def by_household(rows: Sequence[Owed]) -> list[dict[str, Any]]:
    """One row a household and project."""
    return [
        {
            "room": one.room, "owner": one.owner, "project": one.project, "due": one.due, "paid": one.paid,
            "waived": one.waived, "owed": one.owed, "credit": one.credit, "state": one.state, "age": one.age,
            "due_date": one.due_date, "last": one.last, "unit": one.unit, "grid": one.grid, "former": one.former,
            "note": _("former owner") if one.former else None,
        }
        for one in rows
    ]  # fmt: skip


def by_unit(rows: Sequence[Owed]) -> list[dict[str, Any]]:
    """One row a unit, in the order of the rooms."""
    units: dict[str, list[Owed]] = {}
    for one in rows:
        units.setdefault(one.unit, []).append(one)
    return [{"unit": unit, **totals(of)} for unit, of in units.items()]


def totals(rows: Sequence[Owed]) -> dict[str, Any]:
    """Households (each counted once) and sums."""
    sums = {name: Fen(sum(getattr(one, name) for one in rows)) for name in ("due", "paid", "waived", "owed")}
    return {"households": len({one.room for one in rows}), **sums}


def listing(rows: Sequence[dict[str, Any]], sums: dict[str, Any], unit: bool, as_of: date | None) -> Listing:
    """The answer, of rows already sorted."""
    empty = _("Nobody owes anything.") + "\n" + _("Projects and their levies: {command}").format(
        command="zaoyuan project list"
    )  # fmt: skip
    return Listing(rows, BY_UNIT if unit else BY_HOUSEHOLD, sums, empty=empty, as_of=as_of)
