"""The noun `project`: what money is gathered for, and what each household owes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import ledgers, levying, options, pledging, winding
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
app.command("add")(levying.add)
app.command("include")(levying.include)
app.command("edit")(levying.edit)
app.command("ledger")(ledgers.project)
app.command("pledge")(pledging.pledge)
app.command("pledges")(pledging.pledges)
app.command("close")(winding.close)
app.command("return")(winding.give_back)
app.command("shares")(winding.shares)
app.command("void")(winding.void)
Which = winding.Which
Class = Annotated[
    str, Option("--reason", metavar=N_("CLASS"), help=N_("Why: hardship, vacant, unused, labour, other (with -n)."))
]
REASONS = {
    "hardship": "hardship", "困难": "hardship", "vacant": "vacant", "空置": "vacant", "unused": "unused",
    "不使用": "unused", "labour": "labour", "labor": "labour", "出工": "labour", "other": "other", "其他": "other",
}  # fmt: skip


@app.command()
def exempt(
    ctx: Context, who: options.Who, reason: Class = "", project: options.Project = "", decision: options.Decision = "",
    note: options.Note = "",
) -> None:  # fmt: skip
    """Waive what a household, or several, still owe to a project.

    Without a decision it is written, and the report lists it until somebody decides; then name the households and the
    decision once more.

    Example: zaoyuan project exempt 3-2-501 -p 车棚改造 --reason 困难
    """
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.commands import asking, picking
    from zaoyuan_cli.reports import Done
    from zaoyuan_cli.rules.money import Fen
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    why, more = options.one_of(reason, REASONS, "reason") if reason else "", clean(note, field="note").strip()
    if why == "other" and not more:
        raise WrongUsage(_("Say with -n what the other reason is."), field="note")
    number = picking.decision(desk, decision)
    rooms = asking.households(desk, who)
    of = picking.project(desk, project, rooms[0])
    done = levies.exempt(desk.book, of, rooms, why, number, more)
    total = Fen(sum(one.waived for one in done))
    one = {"room": done[0].room} if len(done) == 1 else {"rooms": rooms}
    data = {**one, "waived": total, "project": of, "reason": why or None, "decision": number or None}
    said = _("√ {rooms}: waived {waived} yuan of {project}, by decision {decision}").format(
        rooms=" ".join(rooms), waived=total, project=of, decision=number
    )
    if not all(one.decided for one in done):
        said = _("√ {rooms}: {waived} yuan of {project} waived").format(rooms=" ".join(rooms), waived=total, project=of)
    more_said = [] if number else [_("  No decision is named; the report lists it until there is one.")]
    desk.show(Done(data, [said, *more_said]))


@app.command("list")
def list_(ctx: Context, limit: options.Limit = 0, sort: options.Sort = "") -> None:
    """List all projects in sums.

    Example: zaoyuan project list
    """
    from zaoyuan_cli.reports import projects

    desk: Desk = ctx.obj
    desk.show(arranged(projects.listing(projects.rows(desk.book, desk.as_of), desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, name: Which) -> None:
    """Show one project: its levy, and where it stands.

    Example: zaoyuan project show 车棚改造
    """
    from zaoyuan_cli.book import projects
    from zaoyuan_cli.reports.projects import page

    desk: Desk = ctx.obj
    of = projects.pick(desk.book, name)
    (stands,) = projects.standing(desk.book.db, desk.as_of, of) or projects.standing(desk.book.db, None, of)
    then = projects.everyone(desk.book.db, desk.as_of).get(of) or projects.everyone(desk.book.db)[of]
    desk.show(page(desk.book, then, stands, desk.as_of))


@app.command()
def use(
    ctx: Context, name: Which = "", none: Annotated[bool, Option("--none", help=N_("Use none from now on."))] = False
) -> None:
    """Use a project where none is named, on this computer; without a name, show which one is used.

    Example: zaoyuan project use 车棚改造
    """
    from zaoyuan_cli.book import projects
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    if name or none:
        projects.use(desk.book, projects.pick(desk.book, name) if name else "")
    now = projects.names(desk.book.db).get(projects.in_use(desk.book), "")
    said = _("√ In use: {project}").format(project=now) if now else _("No project is in use.")
    desk.show(Done({"project": now or None}, [said]))
