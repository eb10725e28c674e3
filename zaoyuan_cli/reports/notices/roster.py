"""The roster for the wall, or for the door of one unit (S5): who holds which office, seats and terms, how many
households. 党员中心户 are named where they agreed to it, and counted where not."""

from __future__ import annotations

from typing import Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Running, Table
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.reports import bodies as terms
from zaoyuan_cli.reports import roster as inside
from zaoyuan_cli.reports.announcing import closing
from zaoyuan_cli.reports.notices import head, issuer
from zaoyuan_cli.reports.public import PUBLIC_BODIES, Public, Said, Wall

OFFICES = (
    Column("office", N_("Office")), Column("name", N_("Name")), Column("from", N_("Since"), "date", 1),
)  # fmt: skip
UNITS = (
    Column("unit", N_("Unit")), Column("called", N_("Called"), "text", 3), Column("grid", N_("Grid"), "text", 2),
    Column("households", N_("Households"), "number"), Column("leader", N_("Unit leader")),
)  # fmt: skip
GRIDS = (
    Column("grid", N_("Grid")), Column("households", N_("Households"), "number"),
    Column("workers", N_("Grid worker"), "text", 1), Column("party", N_("Party household")),
)  # fmt: skip


def draw(wall: Wall, unit: str) -> Public:
    """The paper of a wall's day; of a unit, its own leader and grid in place of all."""
    book, as_of = wall.book, wall.day
    units = [_unit(wall, row) for row in inside.by_unit(book, as_of) if unit in ("", row["unit"])]
    of = {grid for row in units for grid in row["grids"]}
    grids = [
        _grid(wall, row, unit) for row in inside.by_grid(book, as_of) if row["grid"] and (not unit or row["grid"] in of)
    ]
    data: dict[str, Any] = {
        "paper": "roster", "name": wall.text(book.name), "date": wall.day, "unit": wall.text(unit) if unit else None,
        "bodies": _bodies(wall), "units": units, "grids": grids,
        "totals": {"households": sum(row["households"] for row in units)}, "issued_by": issuer(wall),
    }  # fmt: skip
    shown = _door(wall, units[0], grids) if unit else _all(wall, units, grids, data["totals"]["households"])
    title = (
        wall.say(N_("Unit {unit}: who is in charge"), unit=unit) if unit else wall.say(N_("Offices and who holds them"))
    )
    offices = [part for body in data["bodies"] for part in _body(wall, body)]
    middle = [*shown, *offices] if unit else [*offices, *shown]
    return Public(wall, data, [Running(pages=1), *head(wall, title), *middle, *closing(wall)])


# ---- what is on it


def _bodies(wall: Wall) -> list[dict[str, Any]]:
    """Committee, provisional body and branch that act on the day, their seats and terms, and who holds their
    offices."""
    from zaoyuan_cli.book import bodies, roles

    found = []
    for one in bodies.everyone(wall.book.db, wall.day).values():
        if one.kind in PUBLIC_BODIES and one.state(wall.day) == "active":
            held = roles.held(wall.book.db, wall.day, body=one.body)
            stands = terms.record(wall.book, one, wall.day)
            found.append({
                "body": wall.text(one.name), "kind": one.kind, "from": one.since, "until": terms.ending(wall.book, one),
                "term": stands["term"], "seats": one.seats, "vacant": stands["vacant"],
                "offices": [{"role": each.role, "name": wall.office(each), "from": each.since} for each in held],
            })  # fmt: skip
    return found


def _unit(wall: Wall, row: dict[str, Any]) -> dict[str, Any]:
    from zaoyuan_cli.book import roles

    leaders = roles.held(wall.book.db, wall.day, role="unit-leader", scope=row["unit"])
    return {
        "unit": wall.text(row["unit"]), "name": wall.text(row["name"]) if row["name"] else None,
        "households": row["households"], "grids": [wall.text(grid) for grid in row["grids"]],
        "leaders": [name for name in map(wall.office, leaders) if name],
    }  # fmt: skip


def _grid(wall: Wall, row: dict[str, Any], unit: str) -> dict[str, Any]:
    """A grid as it is shown everywhere, or at the door of a unit of it: then without what is only another unit's."""
    from zaoyuan_cli.book import roles

    scopes = {row["grid"], *([unit] if unit else row["units"])}
    held = [one for one in roles.held(wall.book.db, wall.day) if one.scope in scopes and not one.body]
    workers = dict.fromkeys(wall.office(one) for one in held if one.role == "grid-worker")
    party = dict.fromkeys(one.person for one in held if one.role == "party-household")
    agreed = [name for name in map(wall.agreed, party) if name]
    return {
        "grid": wall.text(row["grid"]), "name": wall.text(row["name"]), "households": row["households"],
        "workers": [name for name in workers if name],
        "party_households": agreed, "party_households_unnamed": len(party) - len(agreed),
    }  # fmt: skip


# ---- how it looks


def _all(wall: Wall, units: list[dict[str, Any]], grids: list[dict[str, Any]], households: int) -> list[Part]:
    total = {"unit": wall.say(N_("Total")), "households": households}
    columns = UNITS if any(row["name"] for row in units) else tuple(one for one in UNITS if one.key != "called")
    rows = [
        {"unit": row["unit"], "called": row["name"], "grid": _several(wall, row["grids"]),
         "households": row["households"], "leader": _several(wall, row["leaders"])}
        for row in units
    ]  # fmt: skip
    of_grids = [
        {"grid": row["name"], "households": row["households"], "workers": _several(wall, row["workers"]),
         "party": _party(wall, row)}
        for row in grids
    ]  # fmt: skip
    parts: list[Part] = [Heading(wall.say(N_("By unit")), 2), Table(columns, rows, total)]
    if of_grids:
        worked = any(row["workers"] for row in grids)
        columns = tuple(one for one in GRIDS if worked or one.key != "workers")
        parts += [Heading(wall.say(N_("By grid")), 2), Table(columns, of_grids)]
    return parts


def _door(wall: Wall, unit: dict[str, Any], grids: list[dict[str, Any]]) -> list[Part]:
    party = [one for row in grids if (one := _party(wall, row))]
    workers = [name for row in grids for name in row["workers"]]
    rows: list[tuple[str, object]] = [
        (wall.say(N_("Unit")), unit["unit"]),
        *([(wall.say(N_("Called")), unit["name"])] if unit["name"] else []),
        (wall.say(N_("Households")), unit["households"]),
        (wall.say(N_("Unit leader")), _several(wall, unit["leaders"])),
        (wall.say(N_("Grid")), _several(wall, [row["name"] for row in grids])),
        *([(wall.say(N_("Grid worker")), _several(wall, workers))] if workers else []),
        (wall.say(N_("Party household")), _several(wall, party)),
    ]
    return [Pairs(tuple(rows))]


def _body(wall: Wall, body: dict[str, Any]) -> list[Part]:
    """A body with its term, its empty seats where it has seats, and its offices."""
    since, until = body["from"], body["until"]
    rows: list[tuple[str, object]] = [(wall.say(N_("Since")), since), (wall.say(N_("Until")), until)]
    if since and until:
        rows = [(wall.say(N_("Term")), wall.say(N_("{since} to {until}"), since=since, until=until))]
    if body["seats"]:
        rows += [(wall.say(N_("Seats for members")), body["seats"]), (wall.say(N_("Empty seats")), body["vacant"])]
    offices = [{**one, "office": wall.say(one["role"])} for one in body["offices"]]
    empty = wall.say(N_("Nobody holds an office here yet."))
    parts: list[Part] = [
        Heading(body["body"], 2),
        Pairs(tuple((label, value) for label, value in rows if value is not None)),
    ]
    return [*parts, Table(OFFICES, offices, empty=empty)]


def _party(wall: Wall, row: dict[str, Any]) -> Said | None:
    """The 党员中心户 of a grid: those who agreed by name, the others as a count."""
    unnamed = row["party_households_unnamed"]
    count = [wall.say(N_("{count} not named (no consent)"), count=unnamed)] if unnamed else []
    return _several(wall, [*row["party_households"], *count])


def _several(wall: Wall, names: list[Any]) -> Said | None:
    return wall.series(names) if names else None
