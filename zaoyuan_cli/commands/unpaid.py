"""The command `unpaid`: who has not paid."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_

Of = Annotated[
    str,
    Argument(
        metavar=N_("PROJECT"),
        help=N_("The project, or a part of its name; all of them if not given."),
        autocompletion=completing.projects,
    ),
]
By = Annotated[str, Option("--by", metavar="unit", help=N_("Sums by unit instead of households."))]
All = Annotated[bool, Option("--all", help=N_("Also those who owe nothing any more."))]
GROUPS = {"unit": "unit", "单元": "unit", "household": "household", "住户": "household"}


def unpaid(
    ctx: Context, of: Of = "", project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    by: By = "", all_: All = False, since: options.Since = "", until: options.Until = "", limit: options.Limit = 0,
    sort: options.Sort = "",
) -> None:  # fmt: skip
    """Show who still owes what, the owners being those of the day the levy was made.

    Days are counted from the day it was due, or from the day of the levy where no day was set. --since and --until
    take the levies made in that time.

    Example: zaoyuan unpaid 车棚改造 --unit 3-2

    Example: zaoyuan unpaid --by unit
    """
    from zaoyuan_cli.book import dues, projects
    from zaoyuan_cli.reports import arrears
    from zaoyuan_cli.rules import rooms

    desk: Desk = ctx.obj
    name = projects.pick(desk.book, of or project) if of or project else None
    by_unit = options.one_of(by or "household", GROUPS, "by") == "unit"
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    rows = [
        one
        for one in dues.owed(desk.book.db, name, as_of=desk.as_of)
        if (all_ or one.owed)
        and (not within or one.unit == within)
        and (not grid or one.grid == grid)
        and (first is None or one.day >= first)
        and (last is None or one.day <= last)
    ]
    shown = arranged(arrears.by_unit(rows) if by_unit else arrears.by_household(rows), sort, limit)
    desk.show(arrears.listing(shown, arrears.totals(rows), by_unit, desk.as_of))
