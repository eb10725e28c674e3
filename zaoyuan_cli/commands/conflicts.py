"""The noun `conflict`: what two computers wrote against each other."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Typer

from zaoyuan_cli.commands.options import Note
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

app = Typer()
Key = Annotated[str, Argument(metavar=N_("KEY"), help=N_("The key of a conflict, as listed."))]


@app.command("list")
def list_(ctx: Context) -> None:
    """List what a merge left open: entries that cannot stand, idle undoings, fields edited twice, rules broken.

    Example: zaoyuan conflict list
    """
    from zaoyuan_cli.book import conflicts

    desk: Desk = ctx.obj
    rows = [one._asdict() for one in conflicts.listing(desk.book)]
    columns = (
        Column("key", N_("Key")),
        Column("kind", N_("Kind"), "state"),
        Column("message", N_("What is open"), flex=True),
    )
    desk.show(Listing(rows, columns, {"conflicts": len(rows)}, empty=_("No conflict is open.")))


@app.command()
def settle(ctx: Context, key: Key, note: Note = "") -> None:
    """Take a conflict off the list after a person looked at it. A broken rule goes only when it is cured; too much paid
    may stay, with a note that says who agreed.

    Example: zaoyuan conflict settle B7.1 -n 已电话核对
    """
    from zaoyuan_cli.book import conflicts

    desk: Desk = ctx.obj
    settled = conflicts.settle(desk.book, key, note)
    left = len(conflicts.listing(desk.book))
    line = _("√ Settled: {key}. Still open: {count}.").format(key=settled.key, count=left)
    desk.show(Done({"conflict": settled.key, "kind": settled.kind, "open": left}, [line]))
