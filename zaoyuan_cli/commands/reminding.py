"""`reminder text`: what to send to those who owe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Cancelled, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.dues import Owed
    from zaoyuan_cli.reports.reminders import Letters

Of = Annotated[
    str,
    Argument(
        metavar=N_("PROJECT"),
        help=N_("The project, or a part of its name; all of them if not given."),
        autocompletion=completing.projects,
    ),
]
To = Annotated[
    str,
    Option("--to", metavar=N_("WHO"), help=N_("Only these: 3-2-501,502."), autocompletion=completing.who),
]  # fmt: skip
Way = Annotated[
    str,
    Option(
        "--via",
        metavar=N_("HOW"),
        help=N_("How it will be sent: wechat, or letter (with capitals); printed ones go by letter."),
    ),
]
Overdue = Annotated[bool, Option("--overdue", help=N_("Only what should have been paid by now."))]
Expiring = Annotated[
    bool, Option("--expiring", help=N_("Only what can soon not be demanded any more, or cannot already."))
]
Log = Annotated[bool, Option("--log", help=N_("Note at once that they were reminded so today."))]
Into = Annotated[
    str,
    Option("--output", "-o", metavar=N_("FILE"), help=N_("Write into this file, or a file each into this folder.")),
]
WAYS = {"wechat": "wechat", "微信": "wechat", "letter": "letter", "书面": "letter", "信函": "letter"}


def text(
    ctx: Context, of: Of = "", project: options.Project = "", to: To = "", unit: options.Unit = "",
    grid: options.Grid = "", overdue: Overdue = False, expiring: Expiring = False, via: Way = "",
    log: Log = False, output: Into = "",
) -> None:  # fmt: skip
    """Write a text for each household that owes, ready to be sent: what it owes, for what, until when, whom to ask.

    A text knows its own household only and names nobody; from the third on it says when the former ones were. It is
    in the language of the book. --log notes them as sent, in one step; at the keyboard that is asked.

    Into a .pdf or .html they are letters, two on a page of A4, each with a delivery slip to be cut off.

    Example: zaoyuan reminder text 车棚改造 --unit 3-2

    Example: zaoyuan reminder text 车棚改造 --unit 3-2 -o letters.pdf

    Example: zaoyuan reminder text --via 书面 -o 催缴.txt --log
    """
    from zaoyuan_cli.book import reminders
    from zaoyuan_cli.reports import reminders as report

    desk: Desk = ctx.obj
    if log and (desk.as_of or desk.known_on):
        raise WrongUsage(
            _("What is noted is of today: leave out {flag}.").format(flag="--as-of" if desk.as_of else "--known-on"),
            field="log",
        )
    printed = Path(output).suffix.lower() in (".pdf", ".html", ".htm")
    way = options.one_of(via or ("letter" if printed else "wechat"), WAYS, "via")
    owed = _owed(desk, of or project, to, unit, grid, overdue, expiring)
    found = report.letters(desk.book, owed, way, desk.as_of, printed)
    if not owed:
        desk.show(Done(found.data(), [_("Nobody here owes anything: there is nothing to remind of.")]))
        return
    doors = [(one.room, one.project) for one in owed]
    how = reminders.Asking(way, desk.book.today, desk.book.who)
    if log:
        _note(desk, doors, how)
    found = report.Letters(found.lang, {**found.data(), "logged": log}, found.document())
    _give(desk, found, output)
    if not log and _wanted(desk):
        log = True
        _note(desk, doors, how)
    if log and desk.format != "json":
        said = _("√ Noted as reminded ({way}): {count} households.   Wrong? {command}")
        desk.tell(said.format(way=_(reminders.WORDS[way]), count=len(found.data()["rows"]), command="zaoyuan undo"))


def _owed(
    desk: Desk, project: str, to: str, unit: str, grid: str, overdue: bool, expiring: bool
) -> list[Owed]:  # fmt: skip
    """What is owed and may be written to the door. What a former owner owes is no business of who lives there now: it
    is left out with a warning. Refusal: who was named owes nothing."""
    from zaoyuan_cli.book import dues, projects, reminders
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.commands.unpaid import running_out
    from zaoyuan_cli.rules import rooms

    name = projects.pick(desk.book, project) if project else None
    named = asking.households(desk, to) if to else []
    within = rooms.parse_unit(unit) if unit else ""
    found = [
        one
        for one in dues.owed(desk.book.db, name, as_of=desk.as_of)
        if one.owed
        and (not named or one.room in named)
        and (not within or one.unit == within)
        and (not grid or one.grid == grid)
        and (not overdue or one.age)
    ]
    for room in named:
        if room not in {one.room for one in found}:
            raise reminders.owes_nothing(room)
    if expiring:
        found = running_out(desk, found)
    if former := sorted({one.room for one in found if one.former}, key=rooms.order):
        desk.warn(_("No text for what the former owners of {rooms} owe: speak to them.").format(rooms=" ".join(former)))
    return [one for one in found if not one.former]


def _note(desk: Desk, doors: list[tuple[str, str]], how: Any) -> None:
    from zaoyuan_cli.book import reminders
    from zaoyuan_cli.commands.reminders import again

    again(desk, doors, how)
    reminders.add(desk.book, doors, how)


def _wanted(desk: Desk) -> bool:
    """Asked at the keyboard: were they sent? A script says --log."""
    if desk.format != "table" or not desk.can_ask or desk.yes or desk.as_of or desk.known_on or desk.book.readonly:
        return False
    try:
        desk.confirm(_("Note them as reminded today?"))
    except Cancelled:
        return False
    return True


def _give(desk: Desk, found: Letters, output: str) -> None:
    """On the screen, into a file, or a file each into a folder; a row each where it is for a spreadsheet."""
    from zaoyuan_cli.reports import reminders as report

    if not output or output == "-" or (Path(output).suffix and not Path(output).is_dir()):
        ending = Path(output).suffix.lower() if output.strip("-") else f".{desk.format}"
        for_sheet = ending in (".csv", ".tsv", ".xlsx")
        desk.show(report.sheet(found) if for_sheet else found, output)
        return
    from zaoyuan_cli.render import write

    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    rows = found.data()["rows"]
    for row in rows:
        write(report.Letters(found.lang, row, report.text(row)), folder / f"{row['room']}.txt")
    data = {**found.data(), "folder": str(folder)}
    said = _("√ Written: {count} texts into {folder}").format(count=len(rows), folder=folder)
    desk.show(Done(data, [said]))
