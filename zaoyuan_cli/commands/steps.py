"""The commands `log`, `undo` and `redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands.options import DryRun, Limit
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.steps import Target

StepWord = Annotated[str, Argument(metavar=N_("STEP"), help=N_("A step as the log names it: A128."))]
By = Annotated[str, Option("--by", metavar=N_("PERSON"), help=N_("Only what this person did."))]
Object = Annotated[
    str, Option("--object", metavar=N_("WHAT"), help=N_("Only steps about this: a room, a number, a name, a step."))
]
COLUMNS = (
    Column("step", N_("Step"), "number_text"),
    Column("at", N_("When"), "number_text"),
    Column("who", N_("Who"), priority=2),
    Column("verb", N_("What"), "state"),
    Column("told", N_("Numbers"), flex=True, priority=1),
    Column("undone", N_("Undone"), "flag"),
    Column("set_clock", N_("Clock set"), "flag", priority=3),
)


def log(ctx: Context, limit: Limit = 0, by: By = "", object_: Object = "") -> None:
    """List what was done, step by step, the latest first.

    A step that was undone does not count any more; a clock that was set by hand (ZAOYUAN_NOW) is marked.

    Example: zaoyuan log --limit 20
    """
    from zaoyuan_cli.book import log as logbook
    from zaoyuan_cli.book import people
    from zaoyuan_cli.rules.numbers import runs

    desk: Desk = ctx.obj
    who = people.find_one(desk.book, by).person if by else ""
    about = object_.partition(":")[2] or object_
    rows = [
        entry._asdict() | {"about": (those := [*entry.numbers, *entry.concerns]), "told": series(runs(those)) or None}
        for entry in logbook.entries(desk.book, limit, who, about)
    ]
    total = logbook.count(desk.book, who, about) if limit else len(rows)
    desk.show(Listing(rows, COLUMNS, {"steps": total}, empty=_("There is no such step.")))


def undo(ctx: Context, step: StepWord = "", dry_run: DryRun = False) -> None:
    """Take a step back: this computer's last one, or the one named.

    What it gave a number keeps the number, marked void. What later steps rest on is not taken back; the answer lists
    them and names what to do instead. Where the last step is one that stays, such as a paper that was posted, an
    earlier one is taken back by its name.

    Example: zaoyuan undo
    """
    from zaoyuan_cli.book import steps

    desk: Desk = ctx.obj
    target = steps.find(desk.book, step)
    later = [] if step else steps.passed_over(desk.book, target)
    if dry_run or later or not desk.yes:
        steps.undo(desk.book, target, rehearse=True)  # what is impossible is said before anybody is asked
    if later:
        raise _stays(later[0], target)
    if not dry_run:
        desk.confirm(_("{what}. Undo it?").format(what=_what(target)))
        steps.undo(desk.book, target)
    lines = [(_("Would undo {what}.") if dry_run else _("√ Undone: {what}.")).format(what=_what(target))]
    if target.numbers:
        lines.append(_("Void, and not given again: {numbers}.").format(numbers=" ".join(target.numbers)))
    desk.show(Done(_data(target), lines, _("Bring it back: {command}").format(command="zaoyuan redo")))


def _stays(later: tuple[Target, str], earlier: Target) -> Refusal:
    """The last step cannot be undone, and an earlier one was not named."""
    last, why = later
    said = _("The last step stays: {step}, for {reason}.").format(step=_what(last), reason=why)
    hint = _("An earlier one, {step}, is named: {command}").format(
        step=_what(earlier), command=f"zaoyuan undo {earlier.step}"
    )
    return Refusal(said, field="step", value=last.step, hint=hint)


def redo(ctx: Context, dry_run: DryRun = False) -> None:
    """Bring back what this computer undid last.

    Example: zaoyuan redo
    """
    from zaoyuan_cli.book import steps

    desk: Desk = ctx.obj
    target = steps.find_undone(desk.book)
    steps.redo(desk.book, target, rehearse=dry_run)
    lines = [(_("Would bring back {what}.") if dry_run else _("√ Brought back: {what}.")).format(what=_what(target))]
    desk.show(Done(_data(target), lines, _("See {command}.").format(command="zaoyuan log")))


def _data(target: Target) -> dict[str, object]:
    return {
        "undone": {"step": target.step, "verb": target.verb, "at": target.at},
        "numbers": list(target.numbers),
        "facts": len(target.events),
    }


def _what(target: Target) -> str:
    """A step in words: what the command was, what it recorded, when."""
    from zaoyuan_cli.book.steps import said

    shown = [text for event in target.events[:3] if (text := said(event))]
    more = len(target.events) - len(shown)
    if more > 0 and shown:
        shown.append(_("and {count} more").format(count=more))
    words = " ".join(filter(None, (target.step, _(target.verb), series(shown))))
    return _("{step} ({at})").format(step=words, at=target.at)
