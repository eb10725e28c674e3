"""`contribution apply` and `contribution claim`: money that is there already pays what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _

if TYPE_CHECKING:
    from zaoyuan_cli.book.credits import Applied
    from zaoyuan_cli.desk import Desk

Most = Annotated[str, Argument(metavar=N_("AMOUNT"), help=N_("At most so much; all that fits, if not given."))]
Source = Annotated[
    str,
    Option(
        "--from",
        metavar=N_("NAME"),
        help=N_("The project whose credit it is; what was paid ahead first, if not given."),
        autocompletion=completing.projects,
    ),
]

USES = (
    Column("credit", N_("Number"), "number_text"),
    Column("date", N_("Date"), "date", 2),
    Column("room", N_("Room"), "room"),
    Column("amount", N_("Amount"), "money"),
    Column("project", N_("Project")),
    Column("from", N_("Credit of"), "text", 3),
    Column("receipt", N_("Receipt"), "number_text", 4),
    Column("fund", N_("Fund"), "text", 5),
    Column("state", N_("State"), "state", 1),
)


def apply(
    ctx: Context, who: options.Who, amount: Most = "", project: options.Project = "", source: Source = "",
    date: options.Day = "",
) -> None:  # fmt: skip
    """Let credit of a household pay what it owes: money it paid ahead, or too much to another project of the same fund.

    The oldest due first, or the project named. No money moves between accounts or funds; `contribution void` takes it
    back by its number.

    Example: zaoyuan contribution apply 3-2-501
    """
    from zaoyuan_cli.book import crediting, projects
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    room = asking.household(desk, who)
    to = projects.pick(desk.book, project) if project else ""
    out_of = projects.pick(desk.book, source) if source else ""
    most = options.amount(amount) if amount else None
    _show(desk, room, crediting.apply(desk.book, room, most, options.day(desk, date), to, out_of))


def claim(
    ctx: Context, number: options.Number, who: options.Who, amount: Most = "", project: options.Project = "",
    date: options.Day = "",
) -> None:  # fmt: skip
    """Say whose the money of an unknown payer is: it pays what that household owes.

    It leaves the fund 待认领 for that of the project; what is more than owed stays unclaimed. Money that belongs to
    nobody here is given back with `contribution refund`.

    Example: zaoyuan contribution claim A2022-0001 3-2-501 -p 车棚改造
    """
    from zaoyuan_cli.book import crediting, receipts
    from zaoyuan_cli.commands import asking, picking

    desk: Desk = ctx.obj
    found = receipts.pick(desk.book, number)
    room = asking.household(desk, who)
    of = picking.project(desk, project, room)
    most = options.amount(amount) if amount else None
    _show(desk, room, [crediting.claim(desk.book, found, room, of, most, options.day(desk, date))])


def uses(
    ctx: Context, project: options.Project = "", unit: options.Unit = "", since: options.Since = "",
    until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List every use of credit and every claim by its number, void ones too; the sum is of those that count.

    Example: zaoyuan contribution uses --since 5-1
    """
    from zaoyuan_cli.book import credits, projects
    from zaoyuan_cli.commands.listing import arranged, days
    from zaoyuan_cli.reports import Listing
    from zaoyuan_cli.rules import rooms
    from zaoyuan_cli.rules.money import Fen

    desk: Desk = ctx.obj
    of = projects.pick(desk.book, project) if project else ""
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    found = [
        one
        for one in credits.everyone(desk.book.db)
        if (not of or of in (one.project, one.source))
        and (not within or rooms.unit_of(one.room) == within)
        and (not first or one.date >= first)
        and (not last or one.date <= last)
    ]
    counted = [one.amount for one in found if one.state != "void"]
    totals = {"uses": len(found), "void": len(found) - len(counted), "amount": Fen(sum(counted))}
    rows = [record(one) for one in found]
    empty = _("No credit was used, and no money of an unknown payer claimed.")
    desk.show(arranged(Listing(rows, USES, totals, empty=empty, as_of=desk.as_of), sort, limit))


def record(one: Applied) -> dict[str, Any]:
    """A use of credit or a claim as JSON has it."""
    return {
        "credit": one.number, "date": one.date, "room": one.room, "project": one.project, "from": one.source or None,
        "receipt": one.receipt or None, "fund": one.fund, "amount": one.amount, "state": one.state,
    }  # fmt: skip


def _show(desk: Desk, room: str, done: Sequence[Applied]) -> None:
    """What was used for what, what the household owes and has over now."""
    from zaoyuan_cli.book import credits, dues
    from zaoyuan_cli.reports import Done
    from zaoyuan_cli.rules.money import Fen

    db = desk.book.db
    owed = Fen(sum(fen for _project, fen in dues.owing(db, room)))
    left = Fen(sum(one.amount for one in credits.of(db, room)))
    used = Fen(sum(one.amount for one in done))
    data = {"room": room, "amount": used, "rows": [record(one) for one in done], "owed": owed, "credit": left}
    lines = []
    for one in done:
        said = _("√ {number}  {room}  {amount} yuan of credit for {project} · {date}")
        if one.receipt:
            said = _("√ {number}  {room}  {amount} yuan of receipt {receipt} for {project} · {date}")
        lines.append(said.format(**one._asdict()))
    lines.append(_("  It owes {owed} yuan and has {credit} yuan of credit.").format(owed=owed, credit=left))
    desk.show(Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo")))
