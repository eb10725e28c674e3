"""The noun `project`: what money is gathered for, and what each household owes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.book.levies import Draft
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.levies import Due
    from zaoyuan_cli.rules.money import Fen

app = Typer()
MANY = 3  # households at once that always ask
Which = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The name, or a part that fits only one."), autocompletion=completing.projects
    ),
]
Levy = Annotated[str, Option("--levy", metavar=N_("AMOUNT"), help=N_("Each household owes this."))]
LevyArea = Annotated[
    str, Option("--levy-per-m2", metavar=N_("AMOUNT"), help=N_("Each household owes this for a square metre."))
]
LevyTotal = Annotated[
    str, Option("--levy-total", metavar=N_("AMOUNT"), help=N_("All together owe this; shared to the fen."))
]
By = Annotated[
    str, Option("--by", metavar="area|household", help=N_("How a total is shared: by area, or the same for everyone."))
]
Where = Annotated[
    str,
    Option(
        "--where",
        metavar=N_("CONDITION"),
        help=N_("Who is asked: ebike, vacant, let, owner, unit 3-2, grid 1; a comma means and. Everyone if not given."),
    ),
]
Goal = Annotated[str, Option("--goal", metavar=N_("AMOUNT"), help=N_("What is to come in."))]
Budget = Annotated[str, Option("--budget", metavar=N_("AMOUNT"), help=N_("What it may cost."))]
DueDay = Annotated[str, Option("--due", metavar=N_("DATE"), help=N_("The last day to pay."))]
Class = Annotated[
    str, Option("--reason", metavar=N_("CLASS"), help=N_("Why: hardship, vacant, unused, labour, other (with -n)."))
]
FundName = Annotated[str, Option("--fund", metavar=N_("NAME"), help=N_("The fund it belongs to."))]
SHARES = {
    "area": "area",
    "面积": "area",
    "按面积": "area",
    "household": "household",
    "户": "household",
    "按户": "household",
}
REASONS = {
    "hardship": "hardship", "困难": "hardship", "vacant": "vacant", "空置": "vacant", "unused": "unused",
    "不使用": "unused", "labour": "labour", "labor": "labour", "出工": "labour", "other": "other", "其他": "other",
}  # fmt: skip


@app.command()
def add(
    ctx: Context, name: options.NewName, fund: FundName, levy: Levy = "", levy_per_m2: LevyArea = "",
    levy_total: LevyTotal = "", by: By = "", where: Where = "", goal: Goal = "", budget: Budget = "",
    due: DueDay = "", decision: options.Decision = "", dry_run: options.DryRun = False,
) -> None:  # fmt: skip
    """Begin a project of a fund, and fix today who owes what to it.

    The levy is an amount for each household, for each square metre, or in all. It is fixed to the fen now: what
    changes later in the roll does not change it. A levy on three households or more asks first.

    Example: zaoyuan project add 示例项目 --fund 众筹专项 --levy 100 --where ebike --due 2022-06-15 --dry-run

    Example: zaoyuan project add 门卫值班 --fund 众筹专项 --levy-total 3000 --by area --yes
    """
    from zaoyuan_cli.book import funds, levies
    from zaoyuan_cli.commands import picking

    desk: Desk = ctx.obj
    kind, rate, share = _levy(levy, levy_per_m2, levy_total, by)
    if where and not kind:
        raise WrongUsage(_("A condition needs a levy."), field="where", hint=_("Add {flag}.").format(flag="--levy 100"))
    draft = levies.Draft(
        name, funds.pick(desk.book, fund), options.day_any(desk, due, "due") if due else None,
        options.amount(goal, "goal") if goal else None, options.amount(budget, "budget") if budget else None,
        picking.decision(desk, decision), kind, rate, share, where,
    )  # fmt: skip
    dues = levies.plan(desk.book, draft)
    if not draft.decision and (kind == "household" or share == "household"):
        desk.warn(
            _("Shares are by area unless something else was agreed (Civil Code, article 283); name it with --decision.")
        )
    if dry_run:
        _preview(desk, dues)
    else:
        _begin(desk, draft, dues)


def _levy(each: str, per_area: str, total: str, by: str) -> tuple[str, Fen, str]:
    """(kind, rate, how a total is shared) of the options; no levy is ("", 0, "")."""
    from zaoyuan_cli.rules.money import Fen

    given = [(kind, text) for kind, text in (("household", each), ("area", per_area), ("total", total)) if text]
    if len(given) > 1:
        raise WrongUsage(_("There is one levy: --levy, --levy-per-m2 or --levy-total."), field="levy")
    if by and not total:
        raise WrongUsage(_("Only a total is shared."), field="by", hint=_("Add {flag}.").format(flag="--levy-total"))
    share = options.one_of(by, SHARES, "by") if by else "area" if total else ""
    if not given:
        return "", Fen(0), ""
    kind, text = given[0]
    field = {"household": "levy", "area": "levy-per-m2", "total": "levy-total"}[kind]
    return kind, options.amount(text, field), share


def _preview(desk: Desk, dues: tuple[Due, ...]) -> None:
    """What each household would owe."""
    from zaoyuan_cli.document import Column
    from zaoyuan_cli.reports import Listing
    from zaoyuan_cli.rules.money import Fen

    columns = (Column("room", N_("Room"), "room"), Column("due", N_("Due"), "money"))
    rows = [{"room": one.room, "due": one.amount} for one in dues]
    totals = {"households": len(dues), "due": Fen(sum(one.amount for one in dues))}
    desk.show(Listing(rows, columns, totals, empty=_("No household would owe anything.")))


def _sum(dues: tuple[Due, ...]) -> dict[str, Any]:
    from zaoyuan_cli.rules.money import Fen

    return {"households": len(dues), "due": Fen(sum(one.amount for one in dues))}


def _begin(desk: Desk, draft: Draft, dues: tuple[Due, ...]) -> None:
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.reports import Done

    _ask(desk, draft.project, dues)
    done = levies.add(desk.book, draft, dues)
    data = {"project": done.project, "fund": done.fund, "levy": _sum(dues) if dues else None}
    said = [_("√ Project {project} of the fund {fund}").format(project=done.project, fund=done.fund)]
    if dues:
        said.append(_("  Levy: {households} households, {due} yuan in all.").format(**_sum(dues)))
    desk.show(
        Done(data, said, _("Use it from now on: {command}").format(command=f"zaoyuan project use {done.project}"))
    )


def _ask(desk: Desk, project: str, dues: tuple[Due, ...]) -> None:
    if len(dues) >= MANY:
        said = _("{households} households will owe {project} {due} yuan in all. Go on?")
        desk.confirm(said.format(project=project, **_sum(dues)))


@app.command()
def include(
    ctx: Context, who: options.Who, project: options.Project = "", levy: Levy = "", dry_run: options.DryRun = False
) -> None:
    """Take a household, or several, into the levy of a project from today on, at the project's own rate.

    Example: zaoyuan project include 1-1-101 -p 车棚改造 --levy 50 --dry-run
    """
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.commands import asking, picking
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    of = picking.project(desk, project)
    rate = options.amount(levy, "levy") if levy else None
    rooms = asking.households(desk, who)
    dues = levies.plan_inclusion(desk.book, of, rooms, rate)
    if dry_run:
        _preview(desk, dues)
        return
    levies.include(desk.book, of, dues, rate)
    data = {"project": of, "room": rooms[0] if len(rooms) == 1 else None, "rooms": rooms, **_sum(dues)}
    said = _("√ {rooms} now owe {project} {due} yuan.").format(rooms=" ".join(rooms), project=of, due=_sum(dues)["due"])
    desk.show(Done(data, [said]))


@app.command()
def exempt(
    ctx: Context, who: options.Who, reason: Class, project: options.Project = "", decision: options.Decision = "",
    note: options.Note = "",
) -> None:  # fmt: skip
    """Waive what a household, or several, still owe to a project.

    Without a decision it is written, and the report lists it until somebody decides.

    Example: zaoyuan project exempt 3-2-602 -p 车棚改造 --reason 空置
    """
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.commands import asking, picking
    from zaoyuan_cli.reports import Done
    from zaoyuan_cli.rules.money import Fen
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    why, more = options.one_of(reason, REASONS, "reason"), clean(note, field="note").strip()
    if why == "other" and not more:
        raise WrongUsage(_("Say with -n what the other reason is."), field="note")
    number = picking.decision(desk, decision)
    rooms = asking.households(desk, who)
    of = picking.project(desk, project, rooms[0])
    done = levies.exempt(desk.book, of, rooms, why, number, more)
    total = Fen(sum(one.waived for one in done))
    one = {"room": done[0].room} if len(done) == 1 else {"rooms": rooms}
    data = {**one, "waived": total, "project": of, "reason": why, "decision": number or None}
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
    every = projects.rows(desk.book, desk.as_of)
    desk.show(projects.listing(arranged(every, sort, limit), every, desk.as_of))


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
    desk.show(page(projects.everyone(desk.book.db)[of], stands))


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
    now = projects.in_use(desk.book)
    said = _("√ In use: {project}").format(project=now) if now else _("No project is in use.")
    desk.show(Done({"project": now or None}, [said]))
