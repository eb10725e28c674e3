"""The noun `opinion`: what residents say, and what they are answered (R-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import answering, completing
from zaoyuan_cli.commands.listing import arranged, span
from zaoyuan_cli.commands.options import Day, Limit, Reason, Since, Sort, TextWord, Unit, Until, day
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
Who = Annotated[
    str,
    Argument(metavar=N_("WHO"), help=N_("Who said it: a room or a name."), autocompletion=completing.who),
]
Topic = Annotated[str, Option("--topic", metavar=N_("TEXT"), help=N_("What it is about: 车棚台阶."))]
Via = Annotated[
    str, Option("--via", metavar=N_("HOW"), help=N_("How it came: visit, phone, wechat, letter, meeting, other."))
]
Open = Annotated[bool, Option("--open", help=N_("Only those without an answer."))]
COLUMNS = (
    Column("opinion", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("room", N_("Room"), "room", 1),
    Column("who", N_("Said by"), priority=3),
    Column("topic", N_("Topic"), priority=2),
    Column("text", N_("Opinion"), flex=True),
    Column("state", N_("State"), "state"),
    Column("days", N_("Days"), "number", 4),
    Column("answer", N_("Answer"), priority=5, flex=True),
)


@app.command()
def add(ctx: Context, who: Who, text: TextWord, topic: Topic = "", via: Via = "", date: Day = "") -> None:
    """Write down what a resident said; an answer is due within fifteen days.

    Example: zaoyuan opinion add 3-2-501 台阶太高,推车上不去 --topic 车棚台阶 --via 上门
    """
    from zaoyuan_cli.book import correspondence, finding
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.commands.options import one_of

    desk: Desk = ctx.obj
    words = correspondence.VIA | {code: code for code in correspondence.VIA.values()}
    way = one_of(via, words, "via") if via else ""
    if finding.reads_as_room(who):
        room, person = asking.household(desk, who), ""
    else:
        room, person = "", asking.person(desk, who).person
    number = correspondence.say(desk.book, text, day(desk, date), room, person, topic, way)
    one = correspondence.one(desk.book, "opinion", number, desk.today)
    data = answering.row("opinion", one)
    lines = [f"√ {number}  {' '.join(filter(None, (one.room, one.who)))} · {text}"]
    hint = _("When it is answered: {command}").format(command=f"zaoyuan opinion answer {number} …")
    desk.show(Done(data, lines, hint))


@app.command("list")
def list_(
    ctx: Context, topic: Topic = "", open: Open = False, unit: Unit = "", since: Since = "", until: Until = "",
    sort: Sort = "", limit: Limit = 0,
) -> None:  # fmt: skip
    """List opinions, the first first, and what they were answered.

    Example: zaoyuan opinion list --open
    """
    from zaoyuan_cli.book import correspondence
    from zaoyuan_cli.rules.rooms import unit_of

    desk: Desk = ctx.obj
    first, last = span(desk, since, until)
    found = [
        one
        for one in correspondence.listing(desk.book.db, "opinion", desk.as_of or desk.today)
        if (not topic or topic in one.topic)
        and (not open or one.state in answering.OPEN)
        and (not unit or (one.room and unit_of(one.room) == unit))
        and (not first or one.date >= first)
        and (not last or one.date <= last)
    ]
    empty = _("No opinion here. Write one down: {command}").format(command=f"zaoyuan opinion add 3-2-501 {_('TEXT')}")
    rows = [answering.row("opinion", one) for one in found]
    totals = answering.totals("opinions", found)
    desk.show(arranged(Listing(rows, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, number: answering.Opinion) -> None:
    """Show an opinion whole, with its answers.

    Example: zaoyuan opinion show OA2022-1
    """
    answering.show(ctx.obj, "opinion", number)


@app.command()
def answer(
    ctx: Context, number: answering.Opinion, text: TextWord, by: answering.By = "", date: Day = ""
) -> None:  # fmt: skip
    """Write down what a resident was answered.

    Example: zaoyuan opinion answer OA2022-1 台阶已按试走结果放缓 --by 韩梅
    """
    answering.answer(ctx.obj, "opinion", number, text, by, date)


@app.command()
def close(ctx: Context, number: answering.Opinion, reason: Reason = "", date: Day = "") -> None:
    """Say that nothing more is to be done about an opinion; without an answer, why.

    Example: zaoyuan opinion close OA2022-1 --reason 本人收回
    """
    answering.close(ctx.obj, "opinion", number, reason, date)
