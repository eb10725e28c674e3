"""The noun `unit`: the staircases of the estate's buildings."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context, Typer

from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Table
from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

app = Typer()
UnitWord = Annotated[str, Argument(metavar=N_("UNIT"), help=N_("A unit: 3-2, or several when adding: 1-1..5-2."))]
COLUMNS = (
    Column("unit", N_("Unit"), "room"), Column("households", N_("Households"), "number"),
    Column("vacant", N_("Vacant"), "number", 2), Column("area", N_("Area (m²)"), "area", 1),
    Column("leader", N_("Unit leader")),
)  # fmt: skip
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
    from zaoyuan_cli.rules.rooms import Area

    desk: Desk = ctx.obj
    rows = _rows(desk)
    totals = {
        "households": sum(row["households"] for row in rows),
        "vacant": sum(row["vacant"] for row in rows),
        "area": Area(sum(row["area"] for row in rows)),
    }
    desk.show(Listing(arranged(rows, sort, limit), COLUMNS, totals, as_of=desk.as_of))


@app.command()
def show(ctx: Context, unit: UnitWord) -> None:
    """Show a unit and its households.

    Example: zaoyuan unit show 3-2
    """
    from zaoyuan_cli.book import households
    from zaoyuan_cli.reports.household import record
    from zaoyuan_cli.rules.rooms import parse_unit

    desk: Desk = ctx.obj
    rows = {row["unit"]: row for row in _rows(desk)}
    asked = parse_unit(unit)
    fits = [one for one in rows if one == asked] or [one for one in rows if one.endswith(f"-{asked}")]
    if len(fits) != 1:
        raise NotFound(
            _("There is no unit {unit}.").format(unit=unit),
            field="unit",
            value=unit,
            candidates=[{"key": one, "label": row["leader"] or ""} for one, row in rows.items()],
        )
    row = rows[fits[0]]
    doors = [record(one) for one in households.everyone(desk.book.db, desk.as_of).values() if one.unit == fits[0]]
    known = ((_("Households"), row["households"]), (_("Area (m²)"), row["area"]), (_("Unit leader"), row["leader"]))
    desk.show(Page({**row, "rooms": doors}, [Heading(fits[0]), Pairs(known), Table(DOORS, doors)]))


def _rows(desk: Desk) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import households, people, roles, units
    from zaoyuan_cli.rules.rooms import Area

    db = desk.book.db
    held = roles.held(db, desk.as_of or desk.book.today, role="unit-leader")
    known = people.everyone(db, desk.as_of, [one.person for one in held])
    leaders = {one.scope: known[one.person].name for one in held}
    homes = households.everyone(db, desk.as_of).values()
    rows = []
    for unit in units.everyone(db):
        of = [home for home in homes if home.unit == unit]
        rows.append({
            "unit": unit,
            "households": len(of),
            "vacant": sum(home.state == "vacant" for home in of),
            "area": Area(sum(home.area or 0 for home in of)),
            "leader": leaders.get(unit),
        })  # fmt: skip
    return rows
