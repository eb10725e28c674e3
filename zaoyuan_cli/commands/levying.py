"""`project add` and `project include`: who owes what from today on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from zaoyuan_cli.commands import options
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.book.levies import Draft
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.levies import Due
    from zaoyuan_cli.rules.money import Fen

MANY = 3  # households at once that always ask
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
GoalDay = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The day by which the goal is to be reached."))]
Whole = Annotated[
    bool, Option("--all-or-nothing", help=N_("Nothing is spent before the goal is reached; else it goes back."))
]
NewName = Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("The new name."))]
FundName = Annotated[str, Option("--fund", metavar=N_("NAME"), help=N_("The fund it belongs to."))]
SHARES = {
    "area": "area",
    "面积": "area",
    "按面积": "area",
    "household": "household",
    "户": "household",
    "按户": "household",
}


def add(
    ctx: Context, name: options.NewName, fund: FundName, levy: Levy = "", levy_per_m2: LevyArea = "",
    levy_total: LevyTotal = "", by: By = "", where: Where = "", goal: Goal = "", budget: Budget = "",
    due: DueDay = "", decision: options.Decision = "", all_or_nothing: Whole = False, until: GoalDay = "",
    dry_run: options.DryRun = False,
) -> None:  # fmt: skip
    """Begin a project of a fund, and fix today who owes what to it.

    The levy is an amount for each household, for each square metre, or in all. It is fixed to the fen now: what
    changes later in the roll does not change it. A levy on three households or more asks first.

    All or nothing: before the goal is reached nothing is spent, and if it never is, closing it gives the money back.

    Example: zaoyuan project add 示例项目 --fund 众筹专项 --levy 100 --where ebike --due 2022-06-15 --dry-run

    Example: zaoyuan project add 门卫值班 --fund 众筹专项 --levy-total 3000 --by area --yes

    Example: zaoyuan project add 示例众筹 --fund 众筹专项 --goal 12000 --all-or-nothing --until 2022-09-30
    """
    from zaoyuan_cli.book import funds, levies
    from zaoyuan_cli.commands import picking

    desk: Desk = ctx.obj
    kind, rate, share = _levy(levy, levy_per_m2, levy_total, by)
    if where and not kind:
        raise WrongUsage(_("A condition needs a levy."), field="where", hint=_("Add {flag}.").format(flag="--levy 100"))
    if (all_or_nothing or until) and not goal:
        raise WrongUsage(_("All or nothing of what? Add {flag}.").format(flag="--goal 12000"), field="goal")
    draft = levies.Draft(
        name, funds.pick(desk.book, fund), options.last_day(desk, due),
        options.amount(goal, "goal") if goal else None, options.amount(budget, "budget") if budget else None,
        picking.decision(desk, decision), kind, rate, share, where, all_or_nothing,
        options.last_day(desk, until, "until"),
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
    from zaoyuan_cli.book import crediting, levies
    from zaoyuan_cli.reports import Done
    from zaoyuan_cli.rules.text import quoted

    _ask(desk, draft.project, dues)
    done = levies.add(desk.book, draft, dues)
    data: dict[str, Any] = {"project": done.project, "fund": done.fund, "levy": _sum(dues) if dues else None}
    said = [_("√ Project {project} of the fund {fund}").format(project=done.project, fund=done.fund)]
    if dues:
        said.append(_("  Levy: {households} households, {due} yuan in all.").format(**_sum(dues)))
    if over := crediting.waiting(desk.book.db, done.fund, {one.room for one in dues}):
        data["usable"] = [{"room": room, "credit": fen} for room, fen in over.items()]
        said.append(
            _("  Households with credit that would pay it: {count} ({rooms}); use it: {command}").format(
                count=len(over), rooms=" ".join(list(over)[:5]),
                command=f"zaoyuan contribution apply {next(iter(over))} -p {quoted(done.project)}",
            )
        )  # fmt: skip
    desk.show(
        Done(data, said, _("Use it from now on: {command}").format(command=f"zaoyuan project use {done.project}"))
    )


def _ask(desk: Desk, project: str, dues: tuple[Due, ...]) -> None:
    if len(dues) >= MANY:
        said = _("{households} households will owe {project} {due} yuan in all. Go on?")
        desk.confirm(said.format(project=project, **_sum(dues)))


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
    said = _("√ Now in the levy of {project}: {rooms}   {due} yuan").format(
        project=of, rooms=" ".join(rooms), due=_sum(dues)["due"]
    )
    desk.show(Done(data, [said]))


def edit(
    ctx: Context, name: options.Name, new: NewName = "", goal: Goal = "", budget: Budget = "", due: DueDay = "",
    decision: options.Decision = "", until: GoalDay = "",
) -> None:  # fmt: skip
    """Change the name, goal, budget, last day or decision of a project from today on. Its levy stays as it was fixed.

    Example: zaoyuan project edit 车棚改造 --due 2022-07-15
    """
    from zaoyuan_cli.book import goals, projects
    from zaoyuan_cli.commands import picking
    from zaoyuan_cli.reports import Done

    desk: Desk = ctx.obj
    wanted = {
        "shown": new, "goal": goal and options.amount(goal, "goal"),
        "budget": budget and options.amount(budget, "budget"), "due": options.last_day(desk, due),
        "decision": picking.decision(desk, decision), "until": options.last_day(desk, until, "until"),
    }  # fmt: skip
    if not any(wanted.values()):
        raise WrongUsage(
            _("What is to change? Say --name, --goal, --budget, --due, --decision or --until."), field="name"
        )
    of = projects.pick(desk.book, name)
    changed = goals.edit(desk.book, of, {field: value for field, value in wanted.items() if value})
    now = projects.everyone(desk.book.db)[of]
    said = _("√ Project {project}") if changed else _("Nothing to change: {project} is so already.")
    data = {
        "project": now.name, "goal": now.goal, "budget": now.budget, "due_date": now.due,
        "decision": now.decision or None, "until": now.until, "changed": bool(changed),
    }  # fmt: skip
    desk.show(Done(data, [said.format(project=now.name)]))
