"""`notice list`, `show`, `print`, `withdraw`: papers that hung on a wall (R-71, R-73)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Output, Reason, Since, Sort, Until, day
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.reports.public import Public

No = Annotated[
    str,
    Argument(
        metavar=N_("NO"), help=N_("The notice's number: NA2022-1, or N1 where one fits."),
        autocompletion=completing.notices,
    ),
]  # fmt: skip
Open = Annotated[bool, Option("--open", help=N_("Only those that hang, or have an objection without an answer."))]
COLUMNS = (
    Column("notice", N_("No."), "number_text"),
    Column("date", N_("Posted"), "date"),
    Column("title", N_("Title"), flex=True),
    Column("period", N_("Period"), "number_text", 1),
    Column("place", N_("Place"), priority=2),
    Column("until", N_("Until"), "date"),
    Column("objections", N_("Objections"), "number", 3),
    Column("unanswered", N_("Without an answer"), "number", 4),
    Column("state", N_("State"), "state"),
)


def kept(desk: Desk, number: str) -> Public:
    """A paper that was drawn, as it was kept, with its code. Raises NotFound for one that was put up without."""
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.kept import paper

    for one in proofs.posted(desk.book):
        if one.number == number:
            return paper(desk.book, one)
    said = _("{number} was put up without a code: it was not drawn by this program.").format(number=number)
    raise NotFound(said, field="notice", value=number)


def print_(ctx: Context, number: No, output: Output = "") -> None:
    """Draw a paper that was put up once more, as it was, with its code. A consent withdrawn since masks the name.

    Example: zaoyuan notice print NA2022-4 -o 公示.pdf
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.commands.notices import hang, ready

    desk = ready(ctx)
    hang(desk, kept(desk, notices.pick(desk.book, number)), output)


def list_(
    ctx: Context, open: Open = False, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0
) -> None:
    """List the papers that were put up, and the objections to them.

    Example: zaoyuan notice list
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.reports.disclosures import row

    desk: Desk = ctx.obj
    (first, last), now = days(desk, since, until), desk.as_of or desk.today
    rows = [
        row(desk.book, one, now)
        for one in notices.listing(desk.book.db, now)
        if (not first or one.date >= first) and (not last or one.date <= last)
    ]
    rows = [one for one in rows if not open or one["state"] == "posted" or one["unanswered"]]
    totals = {
        "notices": len(rows), "objections": sum(one["objections"] for one in rows),
        "unanswered": sum(one["unanswered"] for one in rows),
    }  # fmt: skip
    empty = _("Nothing was put up. Enter it: {command}").format(
        command=f"zaoyuan notice post money --place {_('TEXT')}"
    )
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


def show(ctx: Context, number: No) -> None:
    """Show a paper that was put up, and the objections to it with their answers.

    Example: zaoyuan notice show NA2022-1
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.reports.disclosures import notice

    desk: Desk = ctx.obj
    one = notices.one(desk.book, notices.pick(desk.book, number), desk.as_of)
    desk.show(notice(desk.book, one, desk.as_of or desk.today))


def withdraw(ctx: Context, number: No, reason: Reason = "", date: Day = "") -> None:
    """Enter that a paper was taken down before its time, and why.

    Example: zaoyuan notice withdraw NA2022-1 --reason 金额有误,更正后重贴
    """
    from zaoyuan_cli.book import hanging, notices
    from zaoyuan_cli.reports.disclosures import row

    desk: Desk = ctx.obj
    of = notices.pick(desk.book, number)
    if not reason.strip():
        raise WrongUsage(_("Why was it taken down? --reason"), field="reason", value=reason)
    desk.confirm(_("{number} is taken down and counts as posted no more. Go on?").format(number=of))
    one = hanging.withdraw(desk.book, of, day(desk, date), reason)
    desk.show(Done(row(desk.book, one, desk.today), [_("√ {number} was taken down.").format(number=of)]))
