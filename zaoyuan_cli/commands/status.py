"""`zaoyuan` alone: how the book stands and what to do next."""

from __future__ import annotations

import typer

from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.reports import status as page


def status(ctx: typer.Context) -> None:
    """How the book stands, on one screen, and what to do next.

    Example: zaoyuan
    """
    desk: Desk = ctx.obj
    if not desk.demo and not desk.path.exists() and "book" not in desk.given:
        desk.show(page.beginnings(str(desk.path)))
        return
    book = desk.book
    with working(_("Looking through the book")):
        answer = page.status(book, desk.as_of or desk.today)
    desk.show(answer)
