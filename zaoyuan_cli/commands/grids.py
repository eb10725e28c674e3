"""The noun `grid`: the parts into which the estate is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Heading, Pairs, Table
from zaoyuan_cli.errors import NotFound, Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

app = Typer()
GridWord = Annotated[
    str, Argument(metavar=N_("GRID"), help=N_("A grid: its number or name."), autocompletion=completing.grids)
]
Units = Annotated[
    list[str],
    Option(
        "--unit",
        show_default=False,
        metavar=N_("UNIT"),
        help=N_("Put all households of this unit into it; once for each, or 1-1..2-2."),
        autocompletion=completing.units,
    ),
]
Called = Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("What it is called beside its number."))]


@app.command()
def add(ctx: Context, grid: GridWord, unit: Units = [], name: Called = "") -> None:  # noqa: B006
    """Enter a grid. A grid also comes into being with its first household.

    Example: zaoyuan grid add 4 --name 东区
    """
    from zaoyuan_cli.book import grids
    from zaoyuan_cli.rules.text import clean, normal

    desk: Desk = ctx.obj
    key, called = normal(clean(grid, field="grid")).strip(), clean(name, field="name").strip()
    if not key or key.startswith("-"):
        raise Unreadable(_("The name is empty."), field="grid", value=grid)
    units = _units(desk, unit)
    moved = put(desk, key, units, ask_only=True) if units else []
    with desk.book.writing("grid add") as book:
        new = grids.add(book, key)
        if called:
            grids.rename(book, key, called)
        if moved:
            put(desk, key, units)
    said = _("√ New: {units}").format(units=f"{key} {called}".strip()) if new else _("√ Nothing new.")
    data = {"grid": key, "name": called or key, "new": new, "moved": moved}
    desk.show(Done(data, [said, *_moved(moved)], f"zaoyuan grid show {key}"))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List the grids with their households and people; last the households in none.

    Example: zaoyuan grid list
    """
    from zaoyuan_cli.reports import roster

    desk: Desk = ctx.obj
    rows = roster.by_grid(desk.book, desk.as_of)
    empty = _("No grids yet. Draw one: {command}").format(command="zaoyuan grid add 1 --unit 1-1..2-2")
    listing = arranged(Listing(rows, roster.GRIDS, roster.sums(rows), empty=empty, as_of=desk.as_of), sort, limit)
    desk.show(listing)


@app.command()
def show(ctx: Context, grid: GridWord) -> None:
    """Show a grid: its households by unit, its people.

    Example: zaoyuan grid show 1
    """
    from zaoyuan_cli.book import households
    from zaoyuan_cli.reports import roster
    from zaoyuan_cli.reports.household import record

    desk: Desk = ctx.obj
    key = find(desk, grid)
    row: dict[str, Any] = next(
        (row for row in roster.by_grid(desk.book, desk.as_of) if row["grid"] == key),
        {"grid": key, "name": key, "workers": [], "party_households": [], "units": [], **roster.counts(())},
    )
    homes = [one for one in households.everyone(desk.book.db, desk.as_of).values() if one.grid == key]
    of_unit = [{"unit": unit, **roster.counts(one for one in homes if one.unit == unit)} for unit in row["units"]]
    called = row["name"] if row["name"] != key else ""
    known = (
        (_("Households"), row["households"]), (_("Vacant"), row["vacant"]), (_("Area (m²)"), row["area"]),
        (_("Grid worker"), " ".join(row["workers"]) or None),
        (_("Party household"), " ".join(row["party_households"]) or None),
    )  # fmt: skip
    table = Table(roster.UNITS[:-1], of_unit, {"unit": _("Total"), **roster.sums(of_unit)})
    data = {**row, "by_unit": of_unit, "rooms": [record(one) for one in homes]}
    desk.show(Page(data, [Heading(f"{_('Grid')} {key} {called}".strip()), Pairs(known), table]))


@app.command()
def edit(ctx: Context, grid: GridWord, name: Called = "", unit: Units = []) -> None:  # noqa: B006
    """Change what a grid is called, or put the households of units into it.

    Example: zaoyuan grid edit 1 --name 东区

    Example: zaoyuan grid edit 2 --unit 3-2
    """
    from zaoyuan_cli.book import grids
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    key, called, units = find(desk, grid), clean(name, field="name").strip(), _units(desk, unit)
    moved = put(desk, key, units, ask_only=True) if units else []
    changed: list[str] = []
    with desk.book.writing("grid edit") as book:
        if called and grids.rename(book, key, called):
            changed.append("name")
        if moved and put(desk, key, units):
            changed.append("units")
    said = _("√ Changed: {name}") if changed else _("√ It is so already: {name}")
    data = {"grid": key, "name": grids.everyone(desk.book.db)[key], "changed": changed, "moved": moved}
    desk.show(Done(data, [said.format(name=key), *_moved(moved)], f"zaoyuan grid show {key}"))


def find(desk: Desk, text: str, field: str = "grid") -> str:
    """The grid meant, by its number or name. NotFound with all grids."""
    from zaoyuan_cli.book import grids
    from zaoyuan_cli.rules.text import normal

    known, asked = grids.everyone(desk.book.db), normal(text)
    found = [grid for grid in known if grid == asked] or [grid for grid, name in known.items() if name == asked]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("There is no grid {grid}.").format(grid=text),
        field=field,
        value=text,
        candidates=[{"key": grid, "label": name} for grid, name in known.items()],
        hint=_("All grids: {command}").format(command="zaoyuan grid list"),
    )


def put(desk: Desk, grid: str, units: Sequence[str], ask_only: bool = False) -> list[str]:
    """The rooms of some units that are not in a grid yet, put into it inside a step being written; three and more ask
    first (`ask_only`, before the step). A household is in one grid: it leaves the one it was in."""
    from zaoyuan_cli.book import households, registering
    from zaoyuan_cli.commands.asking import MANY

    homes = households.everyone(desk.book.db).values()
    rooms = [one.room for one in homes if one.unit in units and one.grid != grid]
    if not ask_only:
        for room in rooms:
            registering.edit(desk.book, room, {"grid": grid})
    elif len(rooms) >= MANY:
        desk.confirm(_("{count} households go into grid {grid}. Go on?").format(count=len(rooms), grid=grid))
    return rooms


def _units(desk: Desk, words: Sequence[str]) -> list[str]:
    """The units of 1-1, 2-1..2-2, each once."""
    from zaoyuan_cli.commands.units import find as find_unit
    from zaoyuan_cli.rules.rooms import expand_units

    each = [one for word in words for one in (expand_units(word, "unit") if ".." in word else (word,))]
    return list(dict.fromkeys(find_unit(desk, one) for one in each))


def _moved(rooms: Sequence[str]) -> list[str]:
    return [_("Households put into it: {count}.").format(count=len(rooms))] if rooms else []
