"""The roster: how many households, of what size, are in each unit and grid, how they are lived in, and whose care they
are in. Its totals are those of `household list`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules.rooms import Area, order

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.households import Household

COUNTS = (
    Column("households", N_("Households"), "number"), Column("let", N_("Let"), "number", 3),
    Column("vacant", N_("Vacant"), "number", 2), Column("ebikes", N_("E-bikes"), "number", 4),
    Column("area", N_("Area (m²)"), "area", 1),
)  # fmt: skip
UNITS = (Column("unit", N_("Unit"), "room"), *COUNTS, Column("leader", N_("Unit leader")))
GRIDS = (
    Column("grid", N_("Grid")), *COUNTS, Column("workers", N_("Grid worker"), "text", 5),
    Column("party_households", N_("Party household")),
)  # fmt: skip
JOIN = "、"  # between two leaders of one unit, which only a merge can make
SUMS = ("households", "let", "vacant", "ebikes")


def counts(doors: Iterable[Household]) -> dict[str, Any]:
    """Of some doors: how many, let, vacant, with an e-bike, and their area."""
    of = list(doors)
    return {
        "households": len(of), "let": sum(door.state == "let" for door in of),
        "vacant": sum(door.state == "vacant" for door in of), "ebikes": sum(door.ebike for door in of),
        "area": Area(sum(door.area or 0 for door in of)),
    }  # fmt: skip


def totals(book: Book, as_of: date | None = None) -> dict[str, Any]:
    """Of all doors, each once; voters are persons, not doors (R-01)."""
    from zaoyuan_cli.book import households

    doors = households.everyone(book.db, as_of).values()
    return counts(doors) | {"voters": len({door.voter for door in doors if door.voter})}


def by_unit(book: Book, as_of: date | None = None) -> list[dict[str, Any]]:
    """Every unit with its counts and leader, in natural order."""
    from zaoyuan_cli.book import households, units

    doors, leaders = list(households.everyone(book.db, as_of).values()), _held(book, as_of, "unit-leader")
    called = units.names(book.db, as_of)
    of: dict[str, list[Household]] = {unit: [] for unit in units.everyone(book.db)}
    for door in doors:
        of.setdefault(door.unit, []).append(door)
    return [
        {"unit": unit, "name": called.get(unit), **counts(of[unit]), "leader": JOIN.join(leaders.get(unit, ())) or None,
         "grids": sorted({door.grid for door in of[unit] if door.grid}, key=order)}
        for unit in sorted(of, key=order)
    ]  # fmt: skip


def by_grid(book: Book, as_of: date | None = None) -> list[dict[str, Any]]:
    """Every grid with its counts, workers and 党员中心户; last, with no grid, the doors that are in none."""
    from zaoyuan_cli.book import grids, households

    doors = list(households.everyone(book.db, as_of).values())
    of: dict[str, list[Household]] = {grid: [] for grid in (*grids.everyone(book.db, as_of), "")}
    for door in doors:
        of[door.grid].append(door)
    workers, party = _held(book, as_of, "grid-worker"), _held(book, as_of, "party-household")
    called = grids.everyone(book.db, as_of)
    rows = []
    for grid, inside in of.items():
        scopes = [grid, *sorted({door.unit for door in inside}, key=order)] if grid else []
        if grid or inside:
            rows.append({
                "grid": grid or None, "name": called.get(grid), **counts(inside),
                "workers": _names(workers, scopes), "party_households": _names(party, scopes),
                "units": sorted({door.unit for door in inside}, key=order),
            })  # fmt: skip
    return rows


def _held(book: Book, as_of: date | None, role: str) -> dict[str, list[str]]:
    """The names of those who hold an office on a day, by unit or grid."""
    from zaoyuan_cli.book import people, roles

    held = roles.held(book.db, as_of or book.today, role=role)
    known = people.everyone(book.db, as_of, [one.person for one in held])
    found: dict[str, list[str]] = {}
    for one in held:
        found.setdefault(one.scope, []).append(known[one.person].name)
    return found


def _names(held: dict[str, list[str]], scopes: list[str]) -> list[str]:
    return list(dict.fromkeys(name for scope in scopes for name in held.get(scope, ())))


def sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The last line under units or grids."""
    return {key: sum(row[key] for row in rows) for key in SUMS} | {"area": Area(sum(row["area"] for row in rows))}


def roster(book: Book, as_of: date | None = None) -> Page:
    """The estate on a day (now without one)."""
    whole, of_units, of_grids = totals(book, as_of), by_unit(book, as_of), by_grid(book, as_of)
    data: dict[str, Any] = {
        "name": book.name, "date": as_of or book.today, "units": of_units, "grids": of_grids, "totals": whole,
    }  # fmt: skip
    unit_sums = {"unit": _("Total"), **sums(of_units)}
    grid_sums = {"grid": _("Total"), **sums(of_grids)}
    parts: list[Part] = [
        Heading(_("{name}: the roster").format(name=book.name)),
        Pairs((
            (_("Day"), data["date"]), (_("Households"), whole["households"]), (_("Voters"), whole["voters"]),
            (_("Area (m²)"), whole["area"]), (_("Let"), whole["let"]), (_("Vacant"), whole["vacant"]),
            (_("E-bikes"), whole["ebikes"]),
        )),
        Heading(_("By unit"), 2), Table(UNITS, of_units, unit_sums),
        Heading(_("By grid"), 2), Table(GRIDS, of_grids, grid_sums),
    ]  # fmt: skip
    return Page(data, parts)
