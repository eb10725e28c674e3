"""`zaoyuan` alone: how the book stands and what to do next."""

from __future__ import annotations

import typer

from zaoyuan_cli.desk import Desk
from zaoyuan_cli.reports import status as page


def status(ctx: typer.Context) -> None:
    """How the book stands, on one screen, and what to do next.

    Example: zaoyuan
    """
    desk: Desk = ctx.obj
    if not desk.demo and not desk.path.exists() and "book" not in desk.given:
        desk.show(page.beginnings(str(desk.path)))
        return
    desk.show(page.status(desk.book, desk.as_of or desk.today))
