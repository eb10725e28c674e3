"""The noun `canvass`: a topic taken from door to door, no household missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, walking
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Day, Limit, Note, Output, Sort, Unit, Who, day, last_day
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.canvasses import Canvass
    from zaoyuan_cli.desk import Desk

app = Typer()
app.command("run")(walking.run)
NewTopic = Annotated[str, Argument(metavar=N_("TOPIC"), help=N_("What it is about: 加装电梯."))]
Answer = Annotated[str, Argument(metavar=N_("ANSWER"), help=N_("One of the options, or its number."))]
Where = Annotated[
    str, Option("--where", metavar=N_("CONDITION"), help=N_("Only these households: ebike, let, unit 3-2, grid 1."))
]
Options = Annotated[
    str, Option("--options", metavar=N_("LIST"), help=N_("What may be answered, with commas: 同意,不同意,建议."))
]
Last = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("By when it should be done."))]
Text = Annotated[str, Option("--text", metavar=N_("TEXT"), help=N_("What is asked, in full."))]
Every = Annotated[bool, Option("--all", help=N_("Also the households that were met."))]
Only = Annotated[str, Option("--answer", metavar=N_("ANSWER"), help=N_("Only households that answered so."))]
COLUMNS = (
    Column("topic", N_("Topic")),
    Column("date", N_("Begun"), "date", 1),
    Column("until", N_("Until"), "date", 2),
    Column("households", N_("Households"), "number"),
    Column("met", N_("Met"), "number"),
    Column("left", N_("Households left"), "number"),
    Column("state", N_("State"), "state"),
)


@app.command("open")
def open_(
    ctx: Context, topic: NewTopic, where: Where = "", until: Last = "", options: Options = "", text: Text = ""
) -> None:
    """Take a topic to all households, or to those of a condition.

    A round of testing, leaflets or checks is the same with other options.

    Example: zaoyuan canvass open 加装电梯 --until 2022-06-20

    Example: zaoyuan canvass open 第三轮检测 --options 已做,不在,拒绝
    """
    import re

    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report

    desk: Desk = ctx.obj
    choices = [one.strip() for one in re.split("[,\uff0c、]", options) if one.strip()]
    of = canvasses.start(desk.book, topic, where, last_day(desk, until, "until"), choices, text)
    said = _("{topic}: {count} households; answers: {options}")
    lines = ["√ " + said.format(topic=of.topic, count=of.households, options=" ".join(of.options))]
    desk.show(Done(report.row(of), lines, _("From door to door: {command}").format(
        command=f"zaoyuan canvass run {of.topic} --unit 3-2")))  # fmt: skip


@app.command()
def answer(
    ctx: Context, topic: walking.Topic, who: Who, answer: Answer, note: Note = "", date: Day = ""
) -> None:  # fmt: skip
    """Write down what a household answered; a later answer stands for an earlier one.

    Example: zaoyuan canvass answer 加装电梯 3-2-501 同意 -n 希望尽快
    """
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report

    desk: Desk = ctx.obj
    of = _pick(desk, topic)
    room = asking.household(desk, who)
    canvasses.answer(desk.book, of, room, canvasses.option(of, answer), note, day(desk, date))
    now = _pick(desk, of.topic)
    (row,) = report.listed(desk.book, [canvasses.doors(desk.book.db, of.topic)[room]])
    lines = [f"√ {of.topic}  {room} {row['owner'] or ''} · {row['answer']}   {now.met}/{now.households}"]
    hint = _("Who is left: {command}").format(command=f"zaoyuan canvass left {of.topic}")
    desk.show(Done({"topic": of.topic, **row, "met": now.met, "left": now.left}, lines, hint))


def _pick(desk: Desk, text: str) -> Canvass:
    from zaoyuan_cli.book import canvasses

    return canvasses.everyone(desk.book.db, desk.as_of)[canvasses.pick(desk.book, text)]


@app.command()
def tally(ctx: Context, topic: walking.Topic) -> None:
    """Count a canvass: by answer, by unit and grid, with the doors still to be met.

    Example: zaoyuan canvass tally 整治改造
    """
    from zaoyuan_cli.reports import canvasses as report

    desk: Desk = ctx.obj
    desk.show(report.tally(desk.book, _pick(desk, topic), desk.as_of))


@app.command()
def show(
    ctx: Context, topic: walking.Topic, answer: Only = "", unit: Unit = "", sort: Sort = "", limit: Limit = 0
) -> None:
    """List the households of a canvass with what each answered; for the committee, not for the wall.

    Example: zaoyuan canvass show 整治改造 --answer 建议
    """
    from zaoyuan_cli.book import canvasses

    desk: Desk = ctx.obj
    of = _pick(desk, topic)
    wanted = canvasses.option(of, answer) if answer else ""
    found = [one for one in _doors(desk, of, unit) if not wanted or one["answer"] == wanted]
    _list(desk, of, found, sort, limit)


@app.command()
def left(ctx: Context, topic: walking.Topic, unit: Unit = "", sort: Sort = "", limit: Limit = 0) -> None:
    """List the households that were not met yet, unit by unit, with how often nobody was at home.

    Example: zaoyuan canvass left 整治改造 --unit 3-2
    """
    desk: Desk = ctx.obj
    of = _pick(desk, topic)
    _list(desk, of, [one for one in _doors(desk, of, unit) if one["answer"] is None], sort, limit)


@app.command()
def sheet(ctx: Context, topic: walking.Topic, unit: Unit = "", every: Every = False, output: Output = "") -> None:
    """Print the sheets to take from door to door: a page a unit, a square for each answer, a line to sign on.

    They list who was not met yet and how often nobody was at home; --all lists everybody. No sheet says what a
    household answered. They are in the language of the book; `canvass run` takes the answers in.

    Example: zaoyuan canvass sheet 整治改造 --unit 3-2 --all -o sheet.pdf
    """
    from zaoyuan_cli.reports import walks
    from zaoyuan_cli.rules.rooms import parse_unit

    desk: Desk = ctx.obj
    within = parse_unit(unit) if unit else ""
    desk.show(walks.canvass(desk.book, _pick(desk, topic), within, every, desk.as_of), output)


def _doors(desk: Desk, of: Canvass, unit: str) -> list[dict[str, object]]:
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report
    from zaoyuan_cli.rules.rooms import parse_unit

    within = parse_unit(unit) if unit else ""
    rows = report.listed(desk.book, canvasses.doors(desk.book.db, of.topic, desk.as_of).values(), desk.as_of)
    return [one for one in rows if not within or one["unit"] == within]


def _list(desk: Desk, of: Canvass, found: list[dict[str, object]], sort: str, limit: int) -> None:
    from zaoyuan_cli.reports import canvasses as report

    totals = {"households": of.households, "met": of.met, "missed": of.missed, "left": of.left}
    empty = _("No household is here.") if of.left else _("No household is missed.")
    desk.show(
        arranged(Listing(found, report.DOORS, totals, title=of.topic, empty=empty, as_of=desk.as_of), sort, limit)
    )


@app.command("list")
def list_(ctx: Context, sort: Sort = "", limit: Limit = 0) -> None:
    """List canvasses, the first first.

    Example: zaoyuan canvass list
    """
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report

    desk: Desk = ctx.obj
    found = [report.row(one) for one in canvasses.everyone(desk.book.db, desk.as_of).values()]
    empty = _("No canvass yet. Begin one: {command}").format(command="zaoyuan canvass open 加装电梯")
    totals = {"canvasses": len(found)}
    desk.show(arranged(Listing(found, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def close(ctx: Context, topic: walking.Topic) -> None:
    """Ask nobody else.

    Example: zaoyuan canvass close 加装电梯
    """
    from zaoyuan_cli.book import canvasses
    from zaoyuan_cli.reports import canvasses as report

    desk: Desk = ctx.obj
    of = _pick(desk, topic)
    asked = _("Close “{topic}”? {left} of {count} households were not met.")
    desk.confirm(asked.format(topic=of.topic, left=of.left, count=of.households))
    canvasses.close(desk.book, of)
    desk.show(Done(report.row(_pick(desk, of.topic)), ["√ " + _("“{topic}” is closed.").format(topic=of.topic)]))
