"""The noun `receipt`: every number given out for money received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli import render
from zaoyuan_cli.commands import options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.receipts import Receipt
    from zaoyuan_cli.desk import Desk

app = Typer()
Letter = Annotated[str, Option("--device", metavar=N_("LETTER"), help=N_("Only numbers of this computer."))]
Gaps = Annotated[bool, Option("--gaps", help=N_("Only the numbers missing in the pre-printed receipts."))]
Which = Annotated[
    list[str],
    Argument(
        metavar=N_("NO|WHO"),
        help=N_("Numbers: A2022-0084, or short where one fits; or whose: a room, a name."),
        show_default=False,
    ),
]
Sheets = Annotated[
    bool, Option("--sheets", help=N_("Each receipt in its three sheets: stub, for the payer, for the books."))
]
AS_DATA = ("json", "csv", "tsv", "xlsx")  # formats that are no paper


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    since: options.Since = "", until: options.Until = "", device: Letter = "", gaps: Gaps = False,
    limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List every receipt by its number, void ones with day and reason, refunds, prints; the sum is of those that count.

    Numbers of pre-printed receipts that are missing: --gaps.

    Example: zaoyuan receipt list --unit 3-2 --since 5-1
    """
    from zaoyuan_cli.reports import register

    desk: Desk = ctx.obj
    if gaps:
        desk.show(register.gaps(desk.book))
        return
    found = wanted(desk, project, unit, grid, since, until)
    if device:
        found = [one for one in found if one.receipt[0] == device.strip().upper()]
    desk.show(arranged(register.receipts(register.rows(desk.book, found), found, desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: options.Number) -> None:
    """Show one receipt: the amount in figures and capitals, its refunds, whether it is void.

    Example: zaoyuan receipt show A2022-0001
    """
    from zaoyuan_cli.book import receipts
    from zaoyuan_cli.reports import receipt

    desk: Desk = ctx.obj
    desk.show(receipt.receipt(desk.book, receipts.one(desk.book, receipts.pick(desk.book, number))))


@app.command("print")
def print_(
    ctx: Context, which: Which = [], project: options.Project = "", unit: options.Unit = "",  # noqa: B006
    grid: options.Grid = "", since: options.Since = "", until: options.Until = "", sheets: Sheets = False,
    output: options.Output = "",
) -> None:  # fmt: skip
    """Print receipts to hand out, two on a page of A4, or with --sheets one in its three sheets: .pdf or .html to
    print, .md or .txt.

    Named by their numbers, or all that count of a household, a unit, a project or a time.

    The first file made of a receipt is the original, each later one says which copy it is. Without
    -o, or as .csv and .json, it is a look at them and counts as no print. The paper is in the language of the book.

    Example: zaoyuan receipt print A2022-0001

    Example: zaoyuan receipt print --unit 3-1 --since 3-1 --sheets -o receipts.html
    """
    from zaoyuan_cli.book import receipts
    from zaoyuan_cli.reports.slips import Slips, listing

    desk: Desk = ctx.obj
    file = output if output != "-" else ""
    found = _meant(desk, which, project, unit, grid, since, until, look=not file)
    if (render.format_of(file) if file else desk.format) in AS_DATA:
        desk.show(listing(desk.book, found), output)
        return
    slips = Slips(desk.book, found, bool(file), sheets)
    if not file:
        desk.show(slips, output)
        return
    receipts.print_into(desk.book, [one.receipt for one in found], lambda: desk.write(slips, file))
    copies = [row["receipt"] for row in slips.rows if row["printed"]]
    data = {
        "file": file,
        "rows": [{"receipt": row["receipt"], "printed": row["printed"] + 1} for row in slips.rows],
        "totals": {"receipts": len(found), "copies": len(copies)},
    }
    lines = [_("√ Printed into {file}: {count} receipts").format(file=file, count=len(found))]
    if copies:
        lines.append(_("  Printed before, so marked as copies: {numbers}").format(numbers=" ".join(copies)))
    desk.show(Done(data, lines))


def _meant(
    desk: Desk, which: list[str], project: str, unit: str, grid: str, since: str, until: str, look: bool
) -> list[Receipt]:  # fmt: skip
    """The receipts named by number, those that count of a household, or those of a unit, project or time that count.
    WrongUsage, NotFound."""
    from zaoyuan_cli.book import claims, receipts
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules import numbers

    narrowed = any((project, unit, grid, since, until))
    if not which and not narrowed:
        raise WrongUsage(
            _("Which receipts? Their numbers, a household, or {options}.").format(options="--unit -p --since --until"),
            field="receipt",
        )
    named = [word for word in which if word.isdigit() or numbers.series_of(word)]
    rooms = {room for word in which if word not in named for room in asking.households(desk, word, look=look)}
    found = [receipts.one(desk.book, receipts.pick(desk.book, word)) for word in named]
    if rooms or narrowed:
        claimed = claims.standing(desk.book.db)
        found += [
            one
            for one in wanted(desk, project, unit, grid, since, until)
            if one.state != "void" and (not rooms or rooms & claims.rooms(one, claimed))
        ]
    if not found:
        raise NotFound(
            _("No receipt of these counts."),
            field="receipt",
            hint=_("All receipts: {command}").format(command="zaoyuan receipt list"),
        )
    return list(dict.fromkeys(found))


def wanted(desk: Desk, project: str, unit: str, grid: str, since: str, until: str) -> list[Receipt]:
    """The receipts of a project, unit, grid or time, by number, void ones too."""
    from zaoyuan_cli.book import claims, households, projects, receipts
    from zaoyuan_cli.rules import rooms

    of = projects.pick(desk.book, project) if project else ""
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    doors = households.everyone(desk.book.db) if within or grid else {}
    claimed = claims.standing(desk.book.db)
    here = {room for room, door in doors.items() if within in ("", door.unit) and grid in ("", door.grid)}
    return [
        one
        for one in receipts.register(desk.book.db)
        if (not of or of in claims.projects(one, claimed))
        and (first is None or one.date >= first)
        and (last is None or one.date <= last)
        and (not doors or here & claims.rooms(one, claimed))
    ]
