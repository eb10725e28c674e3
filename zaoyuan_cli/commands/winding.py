"""`project close`, `return`, `shares`, `void`: the end of a project, and what is left of its money (R-66)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.errors import Ambiguous, NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book.returns import Share
    from zaoyuan_cli.desk import Desk

Which = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The name, or a part that fits only one."), autocompletion=completing.projects
    ),
]
OfShares = Annotated[
    str,
    Argument(
        metavar=N_("NAME"),
        help=N_("The project, or a part of its name; all of them if not given."),
        autocompletion=completing.projects,
        show_default=False,
    ),
]
Back = Annotated[bool, Option("--return", help=N_("What is left goes back to those who paid."))]
Keep = Annotated[bool, Option("--keep", help=N_("What is left stays in the fund, by the decision named."))]
Payers = Annotated[
    list[str],
    Argument(metavar=N_("WHO"), help=N_("Rooms, names, donors."), autocompletion=completing.who, show_default=False),
]
All = Annotated[bool, Option("--all", help=N_("Everybody who has not got their share yet."))]
Out = Annotated[
    str, Option("--method", "-m", metavar=N_("HOW"), help=N_("The account it is paid from; cash if not given."))
]


def close(
    ctx: Context, name: Which, return_: Back = False, keep: Keep = False, decision: options.Decision = "",
    dry_run: options.DryRun = False,
) -> None:  # fmt: skip
    """Close a project: its money is counted for the last time, and what is left goes back or stays. Asks first.

    --return shares what is left among those who paid, by what each paid, to the fen, with --decision if it was
    decided; --keep leaves it in the fund, by a decision. After that nothing is spent on it or changed in it. What is
    still owed stays owed; paid late, it goes to the fund and changes no share. Until a share is given back, the closing
    can be undone.

    Example: zaoyuan project close 车棚改造 --return --dry-run
    """
    from zaoyuan_cli.book import projects, windups
    from zaoyuan_cli.commands import picking
    from zaoyuan_cli.reports import windups as report

    desk: Desk = ctx.obj
    if return_ and keep:
        raise WrongUsage(_("What is left goes back or stays: --return or --keep."), field="return")
    way = "return" if return_ else "keep" if keep else ""
    if decision and not way:
        raise WrongUsage(
            _("A decision says what becomes of what is left: --return or --keep."), field="decision", value=decision
        )
    of, cited = projects.pick(desk.book, name), picking.decision(desk, decision)
    draft = windups.draft(desk.book, of)
    if dry_run:
        desk.show(report.preview(desk.book, draft, way))
        return
    windups.refuse_plan(draft, way, cited)
    desk.confirm(report.question(draft, way, cited))
    windups.close(desk.book, draft, way, cited)
    desk.show(report.closed(desk.book, draft, way, cited))


def give_back(
    ctx: Context, who: Payers = [], project: options.Project = "", all_: All = False,  # noqa: B006
    method: Out = "", date: options.Day = "", note: options.Note = "", dry_run: options.DryRun = False,
) -> None:  # fmt: skip
    """Give back their shares of a closed project to households and donors, each with a number and a line to sign.

    The due they paid stays paid. A wrong one is made void: project void.

    Example: zaoyuan project return 3-2-501 3-2-502 -p 车棚改造

    Example: zaoyuan project return --all -p 车棚改造 -m 微信 --dry-run
    """
    from zaoyuan_cli.book import accounts, entries, returns
    from zaoyuan_cli.commands import picking
    from zaoyuan_cli.commands.accounts import warn_below_zero
    from zaoyuan_cli.reports import windups as report

    desk: Desk = ctx.obj
    if bool(who) == all_:
        raise WrongUsage(_("Who gets their share? Name them, or say --all."), field="all")
    of = _of(desk, project)
    returns.refuse_unshared(desk.book, of)
    account = accounts.pick(desk.book, method) if method else picking.account(desk, "")
    day = options.day(desk, date)
    payers = _payers(desk, of, who, dry_run)
    meant = [one for one in returns.shares(desk.book.db, of) if one.payer in payers]
    short = _short(desk, account, meant)
    if dry_run:
        desk.show(report.rehearsal(desk.book, meant, account, short))
        return
    if short:
        desk.confirm(short + " " + _("Go on?"))
    given = returns.give(desk.book, of, payers, account, day, note)
    warn_below_zero(desk, account)
    has = entries.balance(desk.book.db, "account", account)
    desk.show(report.slips(desk.book, given, account, day, has))


def _short(desk: Desk, account: str, meant: list[Share]) -> str:
    """That an account has not what is to be paid out of it, and what to do; "" where it has."""
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.rules.money import Fen

    has, whole = accounts.balance(desk.book.db, account), Fen(sum(one.open for one in meant))
    if has >= whole or accounts.kind_of(desk.book.db, account) == "advance":
        return ""
    said = _("{account} has {has} yuan, and {whole} are to be given back: {missing} are missing.").format(
        account=account, has=has, whole=whole, missing=Fen(whole - has)
    )
    move = sample(f"zaoyuan account transfer {Fen(whole - has)} FROM {quoted(account)}")
    return f"{said}\n" + _("Move them first: {command}; or pay from another account with -m.").format(command=move)


def _payers(desk: Desk, project: str, who: list[str], dry_run: bool) -> list[str]:
    """Rooms and donors' ids meant; everybody still to be paid where nobody is named, which asks."""
    from zaoyuan_cli.book import finding, returns
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules.money import Fen

    found: list[str] = []
    for word in who:
        if any(match.kind == "donor" for match in finding.payers(desk.book, word)):
            found.append(asking.payer(desk, word).key)
        else:
            found += asking.households(desk, word)
    if found:
        return list(dict.fromkeys(found))
    waiting = [one for one in returns.shares(desk.book.db, project) if one.open]
    if not waiting:
        raise NotFound(
            _("Every share is given back already, or there is none."),
            field="household",
            hint=_("All shares: {command}").format(command=f"zaoyuan project shares {quoted(project)}"),
        )
    whole = Fen(sum(one.open for one in waiting))
    if not dry_run:
        desk.confirm(_("Give back {amount} yuan; payers: {payers}. Go on?").format(amount=whole, payers=len(waiting)))
    return [one.payer for one in waiting]


def _of(desk: Desk, text: str) -> str:
    """The closed project meant: as named, else the only one with shares still to be given back. Ambiguous, NotFound."""
    from zaoyuan_cli.book import projects, returns

    if text:
        return projects.pick(desk.book, text)
    names, waiting = projects.names(desk.book.db), list(returns.waiting(desk.book.db, desk.as_of))
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        raise Ambiguous(
            _("Which project? There are {count}.").format(count=len(waiting)),
            field="project",
            candidates=[{"key": one, "label": names[one]} for one in waiting],
            hint=_("Name it with {flag}.").format(flag="-p"),
        )
    raise NotFound(
        _("No closed project has shares to give back."),
        field="project",
        hint=_("All projects: {command}").format(command="zaoyuan project list"),
    )


def shares(
    ctx: Context, name: OfShares = "", project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List who gets what back of a closed project, and who has it.

    Example: zaoyuan project shares 车棚改造
    """
    from zaoyuan_cli.book import households, projects, returns
    from zaoyuan_cli.reports import windups as report
    from zaoyuan_cli.rules import rooms

    desk: Desk = ctx.obj
    db, text, found = desk.book.db, name or project, list[Any]()
    if text:
        found = returns.shares(db, projects.pick(desk.book, text), desk.as_of)
    else:
        found = [one for key in projects.names(db) for one in returns.shares(db, key, desk.as_of)]
    within = rooms.parse_unit(unit) if unit else ""
    doors = households.everyone(db) if within or grid else {}

    def meant(one: Share) -> bool:
        door = doors.get(one.room)
        return (not within or (door is not None and door.unit == within)) and (
            not grid or (door is not None and door.grid == grid)
        )

    found = [one for one in found if meant(one)]
    desk.show(arranged(report.shares(report.share_rows(desk.book, found), found, desk.as_of), sort, limit))


def void(ctx: Context, number: options.Number, reason: options.Reason) -> None:
    """Make a pledge void that is wrong or will not be kept, or a share that was given back by mistake. Asks first.

    Example: zaoyuan project void GA2020-1 --reason 已迁走
    """
    from zaoyuan_cli.book import numbered, pledges, returns
    from zaoyuan_cli.commands.contributions import corrected
    from zaoyuan_cli.reports import Done
    from zaoyuan_cli.rules import numbers

    desk: Desk = ctx.obj
    series = "return" if numbers.series_of(number) == "return" else "pledge"
    found = numbered.pick(desk.book, series, number)
    verb = {"return": returns, "pledge": pledges}[series]
    amount = verb.amount_of(desk.book.db, found)
    what = _("{kind} {number} of {amount} yuan").format(kind=numbers.kind_name(series), number=found, amount=amount)
    desk.confirm(_("Make void: {what}. Its number stays. Go on?").format(what=what))
    verb.void(desk.book, found, reason)
    lines = [_("√ Void: {what}").format(what=what), *corrected(desk, found)]
    desk.show(Done({series: found, "state": "void", "amount": amount}, lines))
