"""The command `merge`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands.options import DryRun
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _, _n
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.merging import Merged

FileWord = Annotated[
    str, Argument(metavar=N_("FILE"), help=N_("Another copy of this book, or a file of `export events`."))
]
AdoptFork = Annotated[
    bool,
    Option(
        "--adopt-fork",
        help=N_(
            "Where both copies went on as one computer: take in the other's steps too, under a new letter and with new"
            " numbers."
        ),
    ),
]


def merge(ctx: Context, file: FileWord, adopt_fork: AdoptFork = False, dry_run: DryRun = False) -> None:
    """Take in what another computer wrote into its copy of this book.

    Nothing of either is dropped, and it may be done as often as wanted, in any order. What the two wrote against each
    other is listed by `zaoyuan conflict list`.

    Example: zaoyuan merge b.events --dry-run
    """
    from zaoyuan_cli.book import merging

    desk: Desk = ctx.obj
    if adopt_fork and not (dry_run or desk.yes):
        planned = merging.merge(desk.book, Path(file), True, adopt_fork)
        if any(one.steps for one in planned.adopted):
            desk.confirm("\n".join((*_adopted(planned, True), _("Take them in so?"))))
    found = merging.merge(desk.book, Path(file), dry_run, adopt_fork)
    data = {
        "steps": found.commands,
        "facts": found.events,
        "attachments": found.attachments,
        "conflicts": [one._asdict() for one in found.conflicts],
        "erased": list(found.erased),
        "forks": [
            one._asdict() | {"numbers": [{"old": old, "new": new} for old, new in one.numbers]} for one in found.adopted
        ],
        "dry_run": dry_run,
    }
    said = _n("{count} step is new", "{count} steps are new", found.commands).format(count=found.commands)
    lines = [
        (_("Nothing was written: {said}.") if dry_run else _("√ Merged: {said}.")).format(said=said)
        if found.commands
        else _("√ Nothing new: this book has it all.")
    ]
    lines += _adopted(found, dry_run)
    if count := len(found.conflicts):
        said = _n("{count} conflict is open", "{count} conflicts are open", count).format(count=count)
        lines.append(_("{said}; see {command}").format(said=said, command="zaoyuan conflict list"))
    if found.erased:
        desk.warn(_("Said of people who were erased, and not kept: steps {steps}").format(steps=" ".join(found.erased)))
    if desk.book.readonly:
        desk.warn(desk.book.readonly)
    desk.show(Done(data, lines))


def _adopted(found: Merged, planned: bool) -> list[str]:
    """What becomes of the other tail of each fork: whose it was, its letter, its numbers."""
    lines = []
    for one in found.adopted:
        if not one.steps:
            continue
        said = _n(
            "{count} step of {device} since {step} is kept as {letter}'s.",
            "{count} steps of {device} since {step} are kept as {letter}'s.",
            one.steps,
        )
        if planned:
            said = _n(
                "{count} step of {device} in the other copy, since {step}, would become {letter}'s.",
                "{count} steps of {device} in the other copy, since {step}, would become {letter}'s.",
                one.steps,
            )
        lines.append(said.format(count=one.steps, device=one.device, step=one.step, letter=one.letter))
        lines += [_("Its {old} is {new} from now on.").format(old=old, new=new) for old, new in one.numbers]
    return lines
