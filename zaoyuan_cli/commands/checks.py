"""The commands `check` and `rebuild`."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context

from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Document, Table
from zaoyuan_cli.errors import ProblemsFound, Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

Names = Annotated[
    list[str],
    Argument(metavar=N_("NAME"), help=N_("Only these checks; all of them if not given.")),
]
COLUMNS = (
    Column("code", N_("Problem"), "state"),
    Column("where", N_("Where")),
    Column("message", N_("What is wrong"), flex=True),
)


class _Found:
    """The problems of a check; silent where there are none."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def data(self) -> dict[str, Any]:
        return {"problems": self.rows}

    def document(self) -> Document:
        return [Table(COLUMNS, self.rows)] if self.rows else []


def check(ctx: Context, name: Names = []) -> None:  # noqa: B006
    """Judge the book: every chain, private value, number, rule, and the ledger against the journal.

    Silent when all is well; else every problem, and exit code 3. What people still have to do is in `zaoyuan report`.

    Example: zaoyuan check
    Example: zaoyuan check chains commitments ledger numbers sums conflicts periods
    """
    from zaoyuan_cli.book import checking

    desk: Desk = ctx.obj
    for one in name:
        if one not in checking.CHECKS:
            raise Unreadable(
                _("There is no check {name}.").format(name=one),
                field="name",
                value=one,
                candidates=[{"key": key, "label": key} for key in checking.CHECKS],
                hint=_("There are: {choices}").format(choices=" ".join(checking.CHECKS)),
            )
    rows = [problem.row() for problem in checking.problems(desk.book, name)]
    if rows or desk.format == "json":
        desk.show(_Found(rows))
    if rows:
        raise ProblemsFound("")


def rebuild(ctx: Context) -> None:
    """Derive the ledger anew from the journal. It is what `zaoyuan check` asks for where the two differ.

    Example: zaoyuan rebuild
    """
    from zaoyuan_cli.book import replaying

    desk: Desk = ctx.obj
    with desk.book.transaction():
        replaying.rebuild(desk.book.db)
    desk.show(Done({"rebuilt": True}, [_("√ The ledger was derived anew from the journal.")]))
