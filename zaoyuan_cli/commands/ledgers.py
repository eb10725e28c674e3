"""`ledger` of an account, a fund, a project, a household: the words are the same for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Limit, Since, Sort, Until, Who
from zaoyuan_cli.i18n import N_

if TYPE_CHECKING:
    from zaoyuan_cli.book.entries import Side
    from zaoyuan_cli.desk import Desk

AccountName = Annotated[
    str,
    Argument(
        metavar=N_("NAME"),
        help=N_("The account: cash, wechat, alipay, bank, or its name."),
        autocompletion=completing.accounts,
    ),
]
FundName = Annotated[
    str, Argument(metavar=N_("NAME"), help=N_("The fund, or a part of its name."), autocompletion=completing.funds)
]
ProjectName = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The name, or a part that fits only one."), autocompletion=completing.projects
    ),
]


def account(
    ctx: Context, name: AccountName, since: Since = "", until: Until = "", limit: Limit = 0, sort: Sort = ""
) -> None:
    """Show every movement of an account and the balance after it. By days, with sums: zaoyuan report cash.

    Example: zaoyuan account ledger 现金 --since 2022-05-01
    """
    from zaoyuan_cli.book import accounts

    desk: Desk = ctx.obj
    _show(desk, "account", accounts.pick(desk.book, name), since, until, limit, sort)


def fund(ctx: Context, name: FundName, since: Since = "", until: Until = "", limit: Limit = 0, sort: Sort = "") -> None:
    """Show every movement of a fund and the balance after it.

    Example: zaoyuan fund ledger 众筹专项 --since 2022-05-01
    """
    from zaoyuan_cli.book import funds

    desk: Desk = ctx.obj
    _show(desk, "fund", funds.pick(desk.book, name), since, until, limit, sort)


def project(
    ctx: Context, name: ProjectName, since: Since = "", until: Until = "", limit: Limit = 0, sort: Sort = ""
) -> None:
    """Show every movement of a project and what is left after it.

    Example: zaoyuan project ledger 车棚改造 --since 2022-05-01
    """
    from zaoyuan_cli.book import projects

    desk: Desk = ctx.obj
    _show(desk, "project", projects.pick(desk.book, name), since, until, limit, sort)


def household(ctx: Context, who: Who, since: Since = "", until: Until = "", limit: Limit = 0, sort: Sort = "") -> None:
    """Show what was asked of a household, what it paid and got back, and what it owes after each.

    Example: zaoyuan household ledger 3-2-501
    """
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    _show(desk, "room", asking.household(desk, who, look=True), since, until, limit, sort)


def _show(desk: Desk, by: Side, name: str, since: str, until: str, limit: int, sort: str) -> None:
    from zaoyuan_cli.commands.listing import arranged, days
    from zaoyuan_cli.reports import ledgers

    first, last = days(desk, since, until)
    desk.show(arranged(ledgers.listing(desk.book, by, name, first, last, desk.as_of), sort, limit))
