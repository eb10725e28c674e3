"""The command `unpaid`: who has not paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.progress import working

if TYPE_CHECKING:
    from zaoyuan_cli.book.dues import Owed
    from zaoyuan_cli.document import Report

Of = Annotated[
    str,
    Argument(
        metavar=N_("PROJECT"),
        help=N_("The project, or a part of its name; all of them if not given."),
        autocompletion=completing.projects,
    ),
]
By = Annotated[
    str, Option("--by", metavar=N_("KIND"), help=N_("Sums by unit, grid, project or age instead of households."))
]
All = Annotated[bool, Option("--all", help=N_("Also those who owe nothing any more."))]
Overdue = Annotated[bool, Option("--overdue", help=N_("Only what should have been paid by now."))]
Expiring = Annotated[
    bool, Option("--expiring", help=N_("Only what can soon not be demanded any more, or cannot already."))
]
Sheet = Annotated[bool, Option("--sheet", help=N_("As lists to collect with, a page a unit."))]
GROUPS = {
    "household": "household", "住户": "household", "unit": "unit", "单元": "unit", "grid": "grid", "网格": "grid",
    "微网格": "grid", "project": "project", "项目": "project", "age": "age", "账龄": "age",
}  # fmt: skip


def unpaid(
    ctx: Context, of: Of = "", project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    by: By = "", overdue: Overdue = False, expiring: Expiring = False, all_: All = False, since: options.Since = "",
    until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "", sheet: Sheet = False,
) -> None:  # fmt: skip
    """Show who still owes what, the owners being those of the day the levy was made.

    Days are counted from the day it was due, or from the day of the levy where no day was set. --since and --until
    take the levies made in that time. The limit is the last day on which it can be demanded in court: three years
    after the day it was due, the last reminder or the last part payment.

    --sheet makes of it what a unit leader takes from door to door: what is owed, and room for what was received, how,
    the receipt and a signature; in the language of the book.

    Example: zaoyuan unpaid 车棚改造 --unit 3-2

    Example: zaoyuan unpaid --by unit

    Example: zaoyuan unpaid 车棚改造 --unit 3-2 --sheet -o collect.pdf
    """
    from zaoyuan_cli.book import dues, projects
    from zaoyuan_cli.rules import rooms

    desk: Desk = ctx.obj
    book = desk.book
    name = projects.pick(book, of or project) if of or project else None
    if sheet and by:
        raise WrongUsage(_("A list to collect with is by household: leave out {flag}.").format(flag="--by"), field="by")
    group = options.one_of(by or "household", GROUPS, "by")
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    with working(_("Reckoning what is owed")):
        rows = [
            one
            for one in dues.owed(book.db, name, as_of=desk.as_of)
            if (all_ or one.owed)
            and (not within or one.unit == within)
            and (not grid or one.grid == grid)
            and (first is None or one.day >= first)
            and (last is None or one.day <= last)
            and (not overdue or (one.owed and one.age))
        ]
        if expiring:
            rows = running_out(desk, rows)
        report = _report(desk, rows, group, limit, sort, sheet)
    desk.show(report)


def _report(desk: Desk, rows: list[Owed], group: str, limit: int, sort: str, sheet: bool) -> Report:
    """What is owed as a list, or as the sheet of a unit leader."""
    from zaoyuan_cli.reports import arrears

    if sheet:
        from zaoyuan_cli.reports import walks

        return walks.collecting(desk.book, rows, desk.as_of)
    shown = arrears.by_household(desk.book, rows, desk.as_of) if group == "household" else arrears.by_group(rows, group)
    return arranged(arrears.listing(shown, rows, group, desk.as_of), sort, limit)


def running_out(desk: Desk, rows: list[Owed]) -> list[Owed]:
    """Those that can be demanded for half a year at most, or not any more."""
    from zaoyuan_cli.book import reminders

    near = reminders.running_out(desk.book.db, desk.as_of or desk.book.today)
    return [one for one in rows if (one.project, one.room) in near]
