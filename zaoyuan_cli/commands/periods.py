"""The noun `period`: months and quarters whose sheet is closed (R-70)."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, Typer

from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Sort
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

app = Typer()
Named = Annotated[str, Argument(metavar=N_("PERIOD"), help=N_("A month or a quarter: 2022-05, 2022-Q2, 5月."))]
Known = Annotated[
    str,
    Argument(metavar=N_("PERIOD"), help=N_("A closed month or quarter; the latest, if not given."), show_default=False),
]


@app.command()
def close(ctx: Context, period: Named) -> None:
    """Close a month or a quarter, and all before it: its sheet does not change any more. Shows the sums and what is
    still open, and asks first.

    From then on no entry takes a date in it, and nothing in it is undone. What was wrong is made void: that is a line
    of today, a correction in the next sheet. What another computer had entered comes into the next sheet as well.

    Example: zaoyuan period close 2022-05
    """
    from zaoyuan_cli.book import period_ends, sheets
    from zaoyuan_cli.reports import periods as report
    from zaoyuan_cli.rules import periods

    desk: Desk = ctx.obj
    span = periods.parse(period, desk.today)
    drawn = period_ends.draft(desk.book, span)
    if days := sheets.uncounted(desk.book.db, span.first):
        desk.warn(report.uncovered(days))
    desk.preview(report.draft(desk.book, drawn))
    question = _("Close {period}: nothing dated up to {last} is entered or undone any more. Go on?")
    desk.confirm(question.format(period=span.name, last=span.last))
    sheet = period_ends.close(desk.book, span)
    total = sheet.total
    lines = [
        _("√ Closed: {period}, {first} to {last}").format(period=sheet.period, first=sheet.first, last=sheet.last),
        _("  Opening {opening} + in {into} - out {out} = closing {closing} yuan.").format(**total._asdict()),
    ]
    hint = _("Its sheet: {command}").format(command=f"zaoyuan period show {sheet.period}")
    desk.show(Done(report.data(desk.book, sheet), lines, hint))


@app.command("list")
def list_(ctx: Context, limit: Limit = 0, sort: Sort = "") -> None:
    """List the closed periods and their sums.

    Example: zaoyuan period list
    """
    from zaoyuan_cli.book import sheets

    desk: Desk = ctx.obj
    found = [one for one in sheets.everyone(desk.book.db) if not desk.as_of or one.day <= desk.as_of]
    rows = [
        {"period": one.period, "since": one.first, "until": one.last, **one.total.row(), "closed": one.day,
         "step": one.step} for one in found
    ]  # fmt: skip
    columns = (
        Column("period", N_("Period"), "number_text"),
        Column("since", N_("Since"), "date", 2),
        Column("until", N_("Until"), "date", 1),
        Column("opening", N_("Opening"), "money"),
        Column("in", N_("In"), "money"),
        Column("out", N_("Out"), "money"),
        Column("closing", N_("Closing"), "money"),
        Column("closed", N_("Closed on"), "date", 3),
    )
    empty = _("No period is closed yet. Close one: {command}").format(command="zaoyuan period close 2022-05")
    desk.show(arranged(Listing(rows, columns, {"periods": len(rows)}, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, period: Known = "") -> None:
    """Show the sheet of a closed period: opening, in, out, closing, by fund and by account; corrections, late entries.

    The dues of each project stand under it as they were then.

    Example: zaoyuan period show
    """
    from zaoyuan_cli.book import sheets
    from zaoyuan_cli.reports import periods as report

    desk: Desk = ctx.obj
    if not period and not sheets.latest(desk.book.db):
        desk.show(report.none_yet())
    else:
        desk.show(report.page(desk.book, sheets.pick(desk.book.db, period, desk.today)))
