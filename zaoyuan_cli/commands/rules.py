"""The noun `rule`: thresholds and periods, what they are on a day and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Sort
from zaoyuan_cli.i18n import N_

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
Rule = Annotated[
    str,
    Argument(
        metavar=N_("NAME"), help=N_("The rule: expense.decision_above; or a part that fits one."),
        autocompletion=completing.rules,
    ),
]  # fmt: skip


@app.command("list")
def list_(ctx: Context, sort: Sort = "", limit: Limit = 0) -> None:
    """List the rules as they hold on a day: by law, by a bylaw in force, or unset.

    Example: zaoyuan rule list
    """
    from zaoyuan_cli.reports.rules import listing

    desk: Desk = ctx.obj
    desk.show(arranged(listing(desk.book, desk.as_of or desk.today, desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, rule: Rule) -> None:
    """Show a rule: its value on a day, where it comes from, what it was before and will be.

    Example: zaoyuan rule show committee.notice_days --as-of 2022-05-01
    """
    from zaoyuan_cli.reports.rules import page
    from zaoyuan_cli.rules import laws

    desk: Desk = ctx.obj
    desk.show(page(desk.book, laws.pick(rule), desk.as_of or desk.today))
