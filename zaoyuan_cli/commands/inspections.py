"""The noun `inspection` (查阅): who saw which record of the committee (R-85)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, completing
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Reason, Since, Sort, Until, day
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.reports.disclosures import INSPECTIONS, inspection

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
Who = Annotated[
    str, Argument(metavar=N_("WHO"), help=N_("Who saw it: a name or a room."), autocompletion=completing.who)
]
What = Annotated[str, Argument(metavar=N_("TEXT"), help=N_("What they saw: 2021年账目."))]
By = Annotated[
    str, Option("--by", metavar=N_("WHO"), help=N_("Who allowed it; you, if not given."), autocompletion=completing.who)
]


@app.command()
def add(ctx: Context, who: Who, what: What, by: By = "", reason: Reason = "", date: Day = "") -> None:
    """Enter that somebody saw a record of the committee.

    Example: zaoyuan inspection add 3-2-501 2021年收支账目 --reason 核对车棚支出
    """
    from zaoyuan_cli.book import inspections, people

    desk: Desk = ctx.obj
    person = asking.person(desk, who).person
    allowed = asking.person(desk, by, field="by").person if by else desk.book.who
    on = day(desk, date)
    inspections.add(desk.book, person, what, on, allowed, reason)
    names = [people.name_of(desk.book.db, one) for one in (person, allowed)]
    data = {"date": on, "who": names[0], "what": what, "reason": reason or None, "by": names[1] or None}
    line = _("√ {name} saw {what} · {day}").format(name=names[0], what=what, day=on)
    desk.show(Done(data, [line]))


@app.command("list")
def list_(ctx: Context, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0) -> None:
    """List who saw which record, and who allowed it.

    Example: zaoyuan inspection list
    """
    from zaoyuan_cli.book import inspections

    desk: Desk = ctx.obj
    rows = [inspection(one) for one in inspections.listing(desk.book.db, *days(desk, since, until))]
    empty = _("Nobody saw a record. Enter it: {command}").format(
        command=f"zaoyuan inspection add {_('WHO')} {_('TEXT')}"
    )
    desk.show(
        arranged(Listing(rows, INSPECTIONS, {"inspections": len(rows)}, empty=empty, as_of=desk.as_of), sort, limit)
    )
