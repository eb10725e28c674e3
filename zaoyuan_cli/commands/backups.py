"""The commands `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Context

from zaoyuan_cli.commands.options import Confirm, DryRun
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

Folder = Annotated[
    str,
    Argument(
        metavar=N_("DIR"), help=N_("The folder; the setting backup_dir, or backups beside the book, if not given.")
    ),
]
FileWord = Annotated[str, Argument(metavar=N_("FILE"), help=N_("A backup, or any other copy of the book."))]


def backup(ctx: Context, folder: Folder = "") -> None:
    """Copy the book into a folder under today's date, and verify the copy.

    The newest 30 copies are kept. Take one to another house now and then: a stick, another computer.

    Example: zaoyuan backup
    """
    from zaoyuan_cli.book import backups

    desk: Desk = ctx.obj
    book = desk.book
    place = folder or str(desk.settings.get("backup_dir", "")) or str(book.path.absolute().parent / "backups")
    made = backups.make(book, Path(place).expanduser())
    lines = [_("√ Copied and verified: {path} ({steps} steps).").format(path=made.path, steps=made.steps)]
    if made.removed:
        lines.append(_("Removed the oldest beyond {count}: {names}.").format(
            count=backups.KEPT, names=" ".join(path.name for path in made.removed)))  # fmt: skip
    data = {"path": str(made.path), "size": made.size, "steps": made.steps, "removed": [str(p) for p in made.removed]}
    desk.show(Done(data, lines, _("Put it back: {command}").format(command=f"zaoyuan restore {made.path}")))


def restore(ctx: Context, file: FileWord, confirm: Confirm = "", dry_run: DryRun = False) -> None:
    """Put a backup in the place of the book, which is first kept beside it under a dated name.

    The copy is verified before anything is touched. The estate's name has to be typed, or given by --confirm. A
    copy older than what this computer last saw can only be read until the newer file is merged or a letter taken.

    Example: zaoyuan restore backups/枣园小区-3f2a91-2022-05-31-180000.db --confirm 枣园小区
    """
    from zaoyuan_cli.book import backups, open_book
    from zaoyuan_cli.book.clock import now

    desk: Desk = ctx.obj
    found = backups.verify(Path(file))
    backups.refuse_other_estate(found, desk.path)
    what = _("{name}, {steps} steps, the last of {day}").format(name=found.name, steps=found.steps, day=found.last)
    data = {"name": found.name, "steps": found.steps, "path": str(desk.path), "saved": None, "readonly": ""}
    if dry_run:
        desk.show(
            Done(data, [_("Sound, and would be put in the place of {path}: {what}.").format(path=desk.path, what=what)])
        )
        return
    question = _("{path} will be replaced by the copy ({what}).").format(path=desk.path, what=what)
    desk.confirm_name(question, found.name, confirm)
    saved = backups.put_back(Path(file), desk.path, now())
    book = open_book(desk.path, desk.home)
    lines = [_("√ Restored: {what}.").format(what=what)]
    if saved:
        lines.append(_("What was there before is in {path}.").format(path=saved))
    if book.readonly:
        desk.warn(book.readonly)
    data |= {"saved": str(saved) if saved else None, "readonly": book.readonly}
    book.close()
    desk.show(Done(data, lines, _("Judge it: {command}").format(command="zaoyuan check")))
