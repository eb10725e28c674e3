"""The command `book`."""

from __future__ import annotations

from typing import Any

from typer import Context

from zaoyuan_cli import settings
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.errors import BookUnreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Page


def book(ctx: Context) -> None:
    """Show which book is used, where it is, and which others there are.

    The first of these wins: --book, the variable ZAOYUAN_BOOK, zaoyuan.db in this folder, the setting book, and the
    folder of your own data.

    Example: zaoyuan book
    """
    desk: Desk = ctx.obj
    path = desk.path
    places = settings.places(desk.given.get("book", ""))
    data: dict[str, Any] = {
        "path": str(path),
        "exists": path.exists(),
        "size": path.stat().st_size if path.exists() else None,
        **_inside(desk),
        "candidates": [{"named_by": p.named_by, "path": str(p.path), "exists": p.exists} for p in places],
    }
    said: list[Part] = [
        Pairs((
            (_("Book"), str(path)),
            (_("Estate"), data["name"]),
            (_("Size"), _("{size} KiB").format(size=data["size"] // 1024) if data["exists"] else None),
            (_("Version of the ledger"), data["version"]),
            (_("This computer's letter"), data["device"] or None),
        ))
    ]  # fmt: skip
    if data["readonly"]:
        said.append(Text(data["readonly"], "warn"))
    columns = (
        Column("named_by", N_("Named by")),
        Column("path", N_("File"), flex=True),
        Column("exists", N_("Exists"), "flag"),
    )
    said += [Heading(_("Where a book is looked for, the first wins"), 2), Table(columns, data["candidates"])]
    desk.show(Page(data, said))


def _inside(desk: Desk) -> dict[str, Any]:
    """What only an open book can tell; why it is not open, in `readonly`."""
    try:
        book = desk.book
    except BookUnreadable as refusal:
        return {"name": None, "version": None, "device": None, "readonly": refusal.message}
    from zaoyuan_cli.book.ledger import VERSION

    return {"name": book.name, "version": VERSION, "device": book.letter, "readonly": book.readonly}
