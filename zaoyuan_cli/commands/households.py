"""The noun `household`: the doors of the estate and who owns them. What writes into the roll is in registering.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import asking, closing, ledgers, registering, vehicles
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Grid, Limit, Sort, Unit, Who
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.households import Household
    from zaoyuan_cli.desk import Desk

app = Typer()
app.command("add")(registering.add)
app.command("edit")(registering.edit)
app.command("transfer")(registering.transfer)
app.command("close")(closing.close)
app.command("ledger")(ledgers.household)
app.command("vehicle")(vehicles.vehicle)
COLUMNS = (
    Column("room", N_("Room"), "room"), Column("owner", N_("Owner")), Column("area", N_("Area (m²)"), "area", 1),
    Column("unit", N_("Unit"), "room", 4), Column("grid", N_("Grid"), "text", 3),
    Column("ebike", N_("E-bike"), "flag", 2), Column("state", N_("State"), "state"),
)  # fmt: skip


@app.command("list")
def list_(
    ctx: Context, unit: Unit = "", grid: Grid = "",
    vacant: Annotated[bool, Option("--vacant", help=N_("Only those nobody lives in."))] = False,
    let: Annotated[bool, Option("--let", help=N_("Only those that are let."))] = False,
    ebike: Annotated[bool, Option("--ebike", help=N_("Only those with an electric bicycle."))] = False,
    owing: Annotated[bool, Option("--owing", help=N_("Only those that still owe something."))] = False,
    limit: Limit = 0, sort: Sort = "",
) -> None:  # fmt: skip
    """List the households.

    Example: zaoyuan household list --unit 3-2

    Example: zaoyuan household list --let
    """
    from zaoyuan_cli.book import dues, households
    from zaoyuan_cli.reports import household
    from zaoyuan_cli.rules.rooms import Area

    desk: Desk = ctx.obj
    roll = _chosen(households.everyone(desk.book.db, desk.as_of), unit, grid, ebike)
    states = [state for state, wanted in (("vacant", vacant), ("let", let)) if wanted]
    roll = [one for one in roll if not states or one.state in states]
    owed = dues.by_household(desk.book.db, desk.as_of) if owing else {}
    if owing:
        roll = [one for one in roll if one.room in owed]
    rows = [household.record(one) | ({"owed": owed[one.room]} if owing else {}) for one in roll]
    totals = {
        "households": len(rows),
        "voters": len({one.voter for one in roll if one.voter}),
        "area": Area(sum(one.area or 0 for one in roll)),
    }
    columns = COLUMNS + ((Column("owed", N_("Owed"), "money"),) if owing else ())
    empty = _("No household fits. Enter one: {command}").format(
        command=sample("zaoyuan household add 3-2-501 --owner NAME")
    )
    desk.show(arranged(Listing(rows, columns, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, who: Who) -> None:
    """Show one household: people, dues, payments, what happened to it.

    Example: zaoyuan household show 3-2-501
    """
    from zaoyuan_cli.reports import household

    desk: Desk = ctx.obj
    room = asking.household(desk, who, look=True)
    desk.show(household.page(desk.book, room, full=desk.full, as_of=desk.as_of))


def _chosen(roll: Mapping[str, Household], unit: str, grid: str, ebike: bool) -> list[Household]:
    from zaoyuan_cli.rules import rooms
    from zaoyuan_cli.rules.text import normal

    of = rooms.parse_unit(unit) if unit else ""
    return [
        one
        for one in roll.values()
        if (not of or one.unit == of or one.unit.endswith(f"-{of}"))
        and (not grid or one.grid == normal(grid))
        and (not ebike or one.ebike)
    ]
