"""The command `merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from zaoyuan_cli.commands.options import DryRun
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _, _n
from zaoyuan_cli.reports import Done

FileWord = Annotated[
    str, Argument(metavar=N_("FILE"), help=N_("Another copy of this book, or a file of `export events`."))
]


def merge(ctx: Context, file: FileWord, dry_run: DryRun = False) -> None:
    """Take in what another computer wrote into its copy of this book.

    Nothing of either is dropped, and it may be done as often as wanted, in any order. What the two wrote against each
    other is listed by `zaoyuan conflict list`.

    Example: zaoyuan merge b.events --dry-run
    """
    from zaoyuan_cli.book import merging

    desk: Desk = ctx.obj
    found = merging.merge(desk.book, Path(file), dry_run)
    data = {
        "steps": found.commands,
        "facts": found.events,
        "attachments": found.attachments,
        "conflicts": [one._asdict() for one in found.conflicts],
        "erased": list(found.erased),
        "dry_run": dry_run,
    }
    said = _n("{count} step is new", "{count} steps are new", found.commands).format(count=found.commands)
    lines = [
        (_("Nothing was written: {said}.") if dry_run else _("√ Merged: {said}.")).format(said=said)
        if found.commands
        else _("√ Nothing new: this book has it all.")
    ]
    if count := len(found.conflicts):
        said = _n("{count} conflict is open", "{count} conflicts are open", count).format(count=count)
        lines.append(_("{said}; see {command}").format(said=said, command="zaoyuan conflict list"))
    if found.erased:
        desk.warn(_("Said of people who were erased, and not kept: steps {steps}").format(steps=" ".join(found.erased)))
    if desk.book.readonly:
        desk.warn(desk.book.readonly)
    desk.show(Done(data, lines))
