"""`project pledge`, `project pledges`: what somebody promised to give, and whether they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

Of = Annotated[
    str,
    Argument(
        metavar=N_("NAME"),
        help=N_("The project, or a part of its name; all of them if not given."),
        autocompletion=completing.projects,
        show_default=False,
    ),
]


def pledge(
    ctx: Context, who: options.Who, amount: options.AmountWord, project: options.Project = "",
    date: options.Day = "", note: options.Note = "",
) -> None:  # fmt: skip
    """Record that a household or a donor promised an amount. A promise is no due: nobody is asked for it.

    When it is paid, that is a payment like any other. What will not be kept is made void: project void.

    Example: zaoyuan project pledge 3-2-501 200 -p 车棚改造
    """
    from zaoyuan_cli.book import pledges, projects
    from zaoyuan_cli.commands import asking, picking
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    fen, match = options.amount(amount), asking.payer(desk, who)
    room, donor = (match.key, "") if match.kind == "household" else ("", match.key)
    of, day = picking.project(desk, project), options.day(desk, date)
    number, all_of_it = pledges.add(desk.book, of, fen, day, room=room, donor=donor, note=note)
    name = projects.names(desk.book.db)[of]
    (stands,) = projects.standing(desk.book.db, project=of)
    data = {
        "pledge": number, **({"room": room} if room else {"donor": match.label}), "project": name, "amount": fen,
        "date": day, "promised": all_of_it.promised, "paid": all_of_it.paid, "open": all_of_it.open,
    }  # fmt: skip
    said = _("√ {who} promises {amount} yuan for {project}   pledge {number}").format(
        who=f"{room} {match.label}".strip(), amount=fen, project=name, number=number
    )
    whole = _("  Promised in all: {promised} yuan; paid: {paid}.").format(promised=stands.promised, paid=stands.paid)
    hint = _("If that was wrong: {command}").format(command=f"zaoyuan project void {number} --reason …")
    desk.show(Done(data, [said, whole], hint))


def pledges(
    ctx: Context, of: Of = "", project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    since: options.Since = "", until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List what was promised, what of it is paid and what is still open. What a household gives beyond its due counts.

    Example: zaoyuan project pledges 车棚改造
    """
    from zaoyuan_cli.book import households, projects
    from zaoyuan_cli.book import pledges as book
    from zaoyuan_cli.reports import pledges as report
    from zaoyuan_cli.rules import rooms

    desk: Desk = ctx.obj
    name = projects.pick(desk.book, of or project) if of or project else ""
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    doors = households.everyone(desk.book.db) if within or grid else {}
    found = [
        one
        for one in book.promises(desk.book.db, name, as_of=desk.as_of)
        if (first is None or one.since >= first)
        and (last is None or one.since <= last)
        and (not within or (one.room in doors and doors[one.room].unit == within))
        and (not grid or (one.room in doors and doors[one.room].grid == grid))
    ]
    desk.show(arranged(report.listing(report.rows(desk.book, found), found, desk.as_of), sort, limit))
