"""Who still owes what, how long, and how often they were asked: by household and project, or in sums by unit, grid,
project or age. The totals are the same in every form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing
from zaoyuan_cli.rules.arrears import BUCKETS, bucket
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
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
    Column("reminders", N_("Reminders"), "number", 8),
    Column("reminded", N_("Last reminder"), "date", 9),
    Column("limit", N_("Limit"), "date", 10),
)
_AGED = (
    Column("not_due", N_("Not due"), "money", 3),
    Column("1-30", N_("1-30 days"), "money", 4),
    Column("31-90", N_("31-90 days"), "money", 5),
    Column("91-365", N_("91-365 days"), "money", 5),
    Column("over_365", N_("Over a year"), "money", 5),
)
GROUPS = {
    "unit": Column("unit", N_("Unit"), "room"),
    "grid": Column("grid", N_("Grid")),
    "project": Column("project", N_("Project")),
    "age": Column("bucket", N_("Overdue"), "state"),
}
"""What the sums can be by, and the column that names it."""


def by_household(book: Book, rows: Sequence[Owed], as_of: date | None = None) -> list[dict[str, Any]]:
    """One row a household and project; `limit` is the last day on which what is owed can be demanded in court."""
    from zaoyuan_cli.book import reminders

    asked = {due: reminders.times(of) for due, of in reminders.by_due(book.db, as_of).items()}
    limits, aged, former = reminders.limits(book.db, rows, as_of), cache(bucket), _("former owner")
    found = []
    for one in rows:
        times = asked.get((one.project, one.room), ())
        found.append({
            "room": one.room, "owner": one.owner, "project": one.name, "due": one.due, "paid": one.paid,
            "waived": one.waived, "owed": one.owed, "credit": one.credit, "state": one.state, "age": one.age,
            "bucket": aged(one.age) if one.owed else None, "due_date": one.due_date, "last": one.last,
            "unit": one.unit, "grid": one.grid, "former": one.former,
            "note": former if one.former else None, "reminders": len(times),
            "reminded": times[-1][0] if times else None, "limit": limits.get((one.project, one.room)),
        })  # fmt: skip
    return found


def by_group(rows: Sequence[Owed], by: str) -> list[dict[str, Any]]:
    """One row a unit, grid, project or age, with what is owed by how long it is overdue. Ages come the youngest first,
    the others in the order of the rows."""
    key = GROUPS[by].key
    groups: dict[str, list[Owed]] = {code: [] for code in BUCKETS} if by == "age" else {}
    for one in rows:
        name = {"age": bucket(one.age), "project": one.name, "unit": one.unit, "grid": one.grid}[by]
        groups.setdefault(name, []).append(one)
    return [{key: name or None, **totals(of), **({} if by == "age" else aged(of))} for name, of in groups.items() if of]


def totals(rows: Sequence[Owed]) -> dict[str, Any]:
    """Households (each counted once) and sums."""
    sums = {name: Fen(sum(int(getattr(one, name)) for one in rows)) for name in ("due", "paid", "waived", "owed")}
    return {"households": len({one.room for one in rows}), **sums}


def aged(rows: Sequence[Owed]) -> dict[str, Fen]:
    """What is owed, by how long it is overdue."""
    return {code: Fen(sum(one.owed for one in rows if bucket(one.age) == code)) for code in BUCKETS}


def listing(rows: Sequence[dict[str, Any]], of: Sequence[Owed], by: str, as_of: date | None) -> Listing:
    """The answer, of rows already sorted; `of` are the dues they are of."""
    empty = _("Nobody owes anything.") + "\n" + _("Projects and their levies: {command}").format(
        command="zaoyuan project list"
    )  # fmt: skip
    if by == "household":
        return Listing(rows, BY_HOUSEHOLD, totals(of), empty=empty, as_of=as_of)
    columns = (GROUPS[by], Column("households", N_("Households"), "number"), *_MONEY, *(() if by == "age" else _AGED))
    sums = totals(of) | ({} if by == "age" else aged(of))
    return Listing(rows, columns, sums, empty=empty, as_of=as_of)
