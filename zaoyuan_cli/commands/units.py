"""The noun `unit`: the staircases of the estate's buildings."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Table
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

app = Typer()
UnitWord = Annotated[
    str,
    Argument(
        metavar=N_("UNIT"),
        help=N_("A unit: 3-2, or several when adding: 1-1..5-2."),
        autocompletion=completing.units,
    ),
]
DOORS = (Column("room", N_("Room"), "room"), Column("owner", N_("Owner")), Column("state", N_("State"), "state"))


@app.command()
def add(ctx: Context, unit: UnitWord) -> None:
    """Enter units. A unit also comes into being with its first household.

    Example: zaoyuan unit add 6-1
    """
    from zaoyuan_cli.book import units
    from zaoyuan_cli.rules.rooms import expand_units

    desk: Desk = ctx.obj
    wanted = expand_units(unit, "unit")
    with desk.book.writing("unit add") as book:
        new = [one for one in wanted if units.add(book, one)]
    said = _("√ New: {units}").format(units=" ".join(new)) if new else _("√ Nothing new.")
    desk.show(Done({"units": new, "total": len(units.everyone(desk.book.db))}, [said]))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List the units with their households and leaders.

    Example: zaoyuan unit list
    """
    from zaoyuan_cli.reports import roster

    desk: Desk = ctx.obj
    rows = roster.by_unit(desk.book, desk.as_of)
    desk.show(arranged(Listing(rows, roster.UNITS, roster.sums(rows), as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, unit: UnitWord) -> None:
    """Show a unit and its households. What they owe: report unit.

    Example: zaoyuan unit show 3-2
    """
    from zaoyuan_cli.book import households
    from zaoyuan_cli.reports import roster
    from zaoyuan_cli.reports.household import record

    desk: Desk = ctx.obj
    rows = {row["unit"]: row for row in roster.by_unit(desk.book, desk.as_of)}
    row: dict[str, Any] = rows[find(desk, unit)]
    doors = [record(one) for one in households.everyone(desk.book.db, desk.as_of).values() if one.unit == row["unit"]]
    known = (
        (_("Households"), row["households"]), (_("Vacant"), row["vacant"]), (_("Area (m²)"), row["area"]),
        (_("Grid"), " ".join(row["grids"]) or None), (_("Unit leader"), row["leader"]),
    )  # fmt: skip
    heading = Heading(f"{row['unit']} {row['name'] or ''}".strip())
    desk.show(Page({**row, "rooms": doors}, [heading, Pairs(known), Table(DOORS, doors)]))


@app.command()
def edit(
    ctx: Context, unit: UnitWord,
    name: Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("What it is called beside its number."))] = "",
    grid: Annotated[str, Option("--grid", metavar=N_("GRID"), help=N_("Put all its households into this grid."))] = "",
) -> None:  # fmt: skip
    """Change what a unit is called, or the grid of all its households.

    Example: zaoyuan unit edit 3-2 --name 东门单元

    Example: zaoyuan unit edit 3-2 --grid 2
    """
    from zaoyuan_cli.book import units
    from zaoyuan_cli.commands.grids import put
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    key, called = find(desk, unit), clean(name, field="name").strip()
    moved = put(desk, grid, [key], ask_only=True) if grid else []
    changed: list[str] = []
    with desk.book.writing("unit edit") as book:
        if called and units.rename(book, key, called):
            changed.append("name")
        if moved and put(desk, grid, [key]):
            changed.append("grid")
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    data = {"unit": key, "name": units.names(desk.book.db).get(key), "changed": changed, "moved": moved}
    desk.show(Done(data, [said.format(name=key)], f"zaoyuan unit show {key}"))


def find(desk: Desk, text: str, field: str = "unit") -> str:
    """The unit meant: 3-2, 3栋2单元, its name, or its end where one fits. Unreadable, NotFound with all units."""
    from zaoyuan_cli.book import units
    from zaoyuan_cli.rules.rooms import parse_unit

    known = units.everyone(desk.book.db)
    named = [unit for unit, name in units.names(desk.book.db).items() if name == text.strip()]
    if len(named) == 1:
        return named[0]
    asked = parse_unit(text, field)
    fits = [one for one in known if one == asked] or [one for one in known if one.endswith(f"-{asked}")]
    if len(fits) != 1:
        raise NotFound(
            _("There is no unit {unit}.").format(unit=text),
            field=field,
            value=text,
            candidates=[{"key": one, "label": one} for one in fits or known],
            hint=_("All units: {command}").format(command="zaoyuan unit list"),
        )
    return fits[0]
