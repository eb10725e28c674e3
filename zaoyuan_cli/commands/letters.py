"""The noun `letter`: letters in and out, and their answers (R-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import answering
from zaoyuan_cli.commands.listing import arranged, span
from zaoyuan_cli.commands.options import Day, Limit, Paper, Reason, Since, Sort, TextWord, Until, day, last_day
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
From = Annotated[str, Option("--from", metavar=N_("NAME"), help=N_("Who wrote it: a letter that came in."))]
To = Annotated[str, Option("--to", metavar=N_("NAME"), help=N_("Whom it is for: a letter that went out."))]
Due = Annotated[
    str, Option("--due", metavar=N_("DATE"), help=N_("The day an answer is due; fifteen days for one that came in."))
]
Scan = Annotated[str, Option("--file", "-f", metavar=N_("FILE"), help=N_("A scan or photo of it."))]
Open = Annotated[bool, Option("--open", help=N_("Only those without an answer."))]
COLUMNS = (
    Column("letter", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("way", N_("Direction"), "state"),
    Column("who", N_("From or to")),
    Column("text", N_("Letter"), flex=True),
    Column("paper", N_("On the paper"), "number_text", 4),
    Column("due", N_("Answer due"), "date", 1),
    Column("state", N_("State"), "state"),
    Column("answer", N_("Answer"), priority=5, flex=True),
)


@app.command()
def add(
    ctx: Context, text: TextWord, from_: From = "", to: To = "", date: Day = "", due: Due = "", paper: Paper = "",
    file: Scan = "",
) -> None:  # fmt: skip
    """Enter a letter that came in (--from) or went out (--to), in a line.

    Example: zaoyuan letter add 请求查看2021年账目 --from 张建国

    Example: zaoyuan letter add 申请修缮北门路灯 --to 社区居委会 --due 6-20
    """
    from zaoyuan_cli.book import correspondence
    from zaoyuan_cli.exchange import vouchers

    desk: Desk = ctx.obj
    if bool(from_) == bool(to):
        raise WrongUsage(_("Who wrote it (--from), or whom is it for (--to)?"), field="from", value=from_)
    number = correspondence.log(
        desk.book, text, "in" if from_ else "out", from_ or to, day(desk, date), last_day(desk, due), paper,
        vouchers.read(file) if file else None,
    )  # fmt: skip
    one = correspondence.one(desk.book, "letter", number, desk.today)
    until = " · " + _("answer due {day}").format(day=one.due) if one.due else ""
    said = _("from {name}") if from_ else _("to {name}")
    lines = [f"√ {number}  {text} · {said.format(name=one.who)}{until}"]
    hint = _("When it is answered: {command}").format(command=f"zaoyuan letter answer {number} …")
    desk.show(Done(answering.row("letter", one), lines, hint))


@app.command("list")
def list_(
    ctx: Context, open: Open = False, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0
) -> None:
    """List letters in and out, with the day an answer is due and the answer.

    Example: zaoyuan letter list --open
    """
    from zaoyuan_cli.book import correspondence

    desk: Desk = ctx.obj
    first, last = span(desk, since, until)
    found = [
        one
        for one in correspondence.listing(desk.book.db, "letter", desk.as_of or desk.today)
        if (not open or one.state in answering.OPEN)
        and (not first or one.date >= first)
        and (not last or one.date <= last)
    ]
    rows = [answering.row("letter", one) for one in found]
    empty = _("No letter here. Enter one: {command}").format(
        command=f"zaoyuan letter add {_('TEXT')} --from {_('NAME')}"
    )
    totals = answering.totals("letters", found)
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: answering.Letter) -> None:
    """Show a letter whole, with its answers.

    Example: zaoyuan letter show LA2022-1
    """
    answering.show(ctx.obj, "letter", number)


@app.command()
def answer(ctx: Context, number: answering.Letter, text: TextWord, by: answering.By = "", date: Day = "") -> None:
    """Write down how a letter was answered.

    Example: zaoyuan letter answer LA2022-1 已约定周六上午查账 --by 韩梅
    """
    answering.answer(ctx.obj, "letter", number, text, by, date)


@app.command()
def close(ctx: Context, number: answering.Letter, reason: Reason = "", date: Day = "") -> None:
    """Say that nothing more is to be done about a letter; without an answer, why.

    Example: zaoyuan letter close LA2022-1 --reason 已撤回
    """
    answering.close(ctx.obj, "letter", number, reason, date)
