"""The noun `deliberation` (协商): proposals, and the way each took. Its steps are in deliberating.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import completing, deliberating
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Since, Sort, TextWord, Until, day
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.reports.deliberations import COLUMNS, page, row

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
By = Annotated[
    str,
    Option(
        "--by", metavar=N_("WHO"), help=N_("Who proposed it: a name or a room; you, if not given."),
        autocompletion=completing.who,
    ),
]  # fmt: skip
Topic = Annotated[
    str, Option("--topic", metavar=N_("TEXT"), help=N_("Opinions on this topic belong to it; else on its text."))
]
Running = Annotated[bool, Option("--running", help=N_("Only those on their way."))]


@app.command()
def propose(ctx: Context, text: TextWord, by: By = "", topic: Topic = "", date: Day = "") -> None:
    """Enter a proposal for deliberation.

    Its way: accept (or reject), consult, deliberate, vote, publish, carry, review. It only goes forward.

    Example: zaoyuan deliberation propose 台阶放缓,自行车与行人分道 --by 王桂兰 --topic 车棚台阶
    """
    from zaoyuan_cli.book import deliberating as verbs
    from zaoyuan_cli.book import finding
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    room, person = "", desk.book.who
    if by and finding.reads_as_room(by):
        room, person = asking.household(desk, by), ""
    elif by:
        person = asking.person(desk, by, field="by").person
    one = verbs.propose(desk.book, text, day(desk, date), person, room, topic)
    lines = [f"√ {one.deliberation}  {one.text} · {one.room or one.by}".rstrip(" ·")]
    desk.show(Done(row(one), lines, deliberating.next_step(one)))


for step in (
    deliberating.accept, deliberating.reject, deliberating.consult, deliberating.deliberate, deliberating.vote,
    deliberating.publish, deliberating.carry, deliberating.review,
):  # fmt: skip
    app.command()(step)


@app.command("list")
def list_(
    ctx: Context, running: Running = False, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0
) -> None:
    """List proposals, how far each came and what is next.

    Example: zaoyuan deliberation list --running
    """
    from zaoyuan_cli.book import deliberations

    desk: Desk = ctx.obj
    first, last = days(desk, since, until)
    found = [
        one
        for one in deliberations.listing(desk.book.db, desk.as_of or desk.today)
        if (one.running or not running) and (not first or one.date >= first) and (not last or one.date <= last)
    ]
    totals = {"deliberations": len(found), "running": sum(one.running for one in found)}
    empty = _("Nothing is being deliberated. Enter a proposal: {command}").format(
        command=f"zaoyuan deliberation propose {_('TEXT')} --by {_('WHO')}"
    )
    desk.show(
        arranged(Listing([row(one) for one in found], COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit)
    )


@app.command()
def show(ctx: Context, number: deliberating.No) -> None:
    """Show a proposal and its whole way: opinions, views, votes, decisions, what it costs.

    Example: zaoyuan deliberation show XA2022-1
    """
    from zaoyuan_cli.book import deliberations

    desk: Desk = ctx.obj
    one = deliberations.one(desk.book, deliberations.pick(desk.book, number), desk.as_of)
    desk.show(page(desk.book, one, desk.as_of))
