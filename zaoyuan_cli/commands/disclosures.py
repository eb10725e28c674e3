"""The noun `disclosure` (公开): what is to be published, what is to be kept, and what of it is missing (R-71, R-72)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer import Context, Typer

from zaoyuan_cli.commands.options import Output

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()


@app.command("list")
def list_(ctx: Context, output: Output = "") -> None:
    """What is to be published: the accounts of each quarter, the eight things of the law, and when each hung last.

    Example: zaoyuan disclosure list
    """
    from zaoyuan_cli.reports.disclosures import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, desk.as_of or desk.today), output)


@app.command()
def archive(ctx: Context, output: Output = "") -> None:
    """What is to be kept: the eight things of the law, how much of each the book holds, and who saw what.

    Example: zaoyuan disclosure archive
    """
    from zaoyuan_cli.reports.disclosures import archive as draw

    desk: Desk = ctx.obj
    desk.show(draw(desk.book, desk.as_of or desk.today), output)
