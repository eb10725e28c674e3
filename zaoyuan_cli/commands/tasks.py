"""The noun `task`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands import options as words
from zaoyuan_cli.commands.listing import arranged, span
from zaoyuan_cli.commands.options import Limit, Note, Since, Sort, TextWord, Until
from zaoyuan_cli.document import Column, Pairs, State
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.tasks import Task as Given
    from zaoyuan_cli.desk import Desk

app = Typer()
Task = Annotated[
    str,
    Argument(
        metavar=N_("NO"), help=N_("The task's number: TA2022-7, or T7 where one fits."),
        autocompletion=completing.tasks,
    ),
]  # fmt: skip
By = Annotated[str, Option("--by", metavar=N_("WHO"), help=N_("Who does it."), autocompletion=completing.who)]
Due = Annotated[str, Option("--due", metavar=N_("DATE"), help=N_("Until when: 6-10, 6月10日, 下周三."))]
NewText = Annotated[str, Option("--text", metavar=N_("TEXT"), help=N_("What is to be done."))]
Of = Annotated[
    str,
    Option("--meeting", metavar=N_("NO"), help=N_("The meeting that gave it."), autocompletion=completing.meetings),
]
Overdue = Annotated[bool, Option("--overdue", help=N_("Only those past their day."))]
COLUMNS = (
    Column("task", N_("No."), "number_text"),
    Column("text", N_("Task"), flex=True),
    Column("by", N_("By")),
    Column("due", N_("Due day"), "date"),
    Column("late", N_("Days late"), "number", 1),
    Column("state", N_("State"), "state"),
    Column("meeting", N_("Meeting"), "number_text", 2),
)


@app.command()
def add(ctx: Context, text: TextWord, by: By = "", due: Due = "", meeting: Of = "") -> None:
    """Enter a task: who does what until when.

    Example: zaoyuan task add 联系施工队 --by 韩梅 --due 6-10
    """
    from zaoyuan_cli.book import meetings, tasks
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    text = clean(text, field="text", lines=True).strip()
    if not text:
        raise Unreadable(_("The text is empty."), field="text", value=text)
    if not by:
        raise WrongUsage(_("Who does it?"), field="by", hint=_("Say it: {flag}").format(flag=f"--by {_('WHO')}"))
    of = meetings.pick(desk.book, meeting) if meeting else ""
    day = words.last_day(desk, due)
    if day and day < desk.today:
        desk.confirm(_("{day} is past. Go on?").format(day=day))
    person = asking.person(desk, by, field="by")
    number = tasks.give(desk.book, text, person.person, day, of)
    until = " · " + _("until {day}").format(day=day) if day else ""
    data = {"task": number, "text": text, "by": person.name, "due": day, "meeting": of or None, "state": "open"}
    lines = [f"√ {number}  {text} · {person.name}{until}"]
    desk.show(Done(data, lines, hint=_("When it is done: {command}").format(command=f"zaoyuan task done {number}")))


@app.command("list")
def list_(
    ctx: Context, overdue: Overdue = False, meeting: Of = "", since: Since = "", until: Until = "", sort: Sort = "",
    limit: Limit = 0,
) -> None:  # fmt: skip
    """List the tasks: the open ones by the day they are due, then those done.

    --since and --until look at the due day; with --as-of the list is as it stood on that day.

    Example: zaoyuan task list --overdue
    """
    from zaoyuan_cli.book import meetings, tasks

    desk: Desk = ctx.obj
    of = meetings.pick(desk.book, meeting) if meeting else ""
    first, last = span(desk, since, until)
    found = [
        _row(one)
        for one in tasks.listing(desk.book.db, desk.as_of or desk.today, of)
        if (not overdue or one.state == "overdue")
        and (not first or (one.due and one.due >= first))
        and (not last or (one.due and one.due <= last))
    ]
    states = [row["state"] for row in found]
    totals = {
        "tasks": len(states), "open": len(states) - states.count("done"), "overdue": states.count("overdue"),
    }  # fmt: skip
    empty = _("Nothing is overdue.") if overdue else _("No tasks yet. To enter one: {command}").format(
        command=f"zaoyuan task add {_('TEXT')} --by {_('WHO')} --due {_('DATE')}")  # fmt: skip
    desk.show(arranged(Listing(found, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, task: Task) -> None:
    """Show a task.

    Example: zaoyuan task show TA2022-1
    """
    from zaoyuan_cli.book import tasks

    desk: Desk = ctx.obj
    one = tasks.one(desk.book, task, desk.as_of or desk.today)
    rows = (
        (_("No."), one.task), (_("Task"), one.text), (_("By"), one.by), (_("Due day"), one.due),
        (_("State"), State(one.state)), (_("Days late"), one.late or None), (_("Given on"), one.given),
        (_("Meeting"), one.meeting), (_("Done on"), one.done), (_("Note"), one.note),
    )  # fmt: skip
    desk.show(Page(_row(one), [Pairs(tuple((label, value) for label, value in rows if value))]))


@app.command()
def edit(ctx: Context, task: Task, by: By = "", due: Due = "", text: NewText = "") -> None:
    """Change who does a task, until when, or what it is.

    Example: zaoyuan task edit TA2022-2 --due 6-20
    """
    from zaoyuan_cli.book import tasks
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    wanted: dict[str, Any] = {}
    if by:
        wanted["by"] = asking.person(desk, by, field="by").person
    if due:
        wanted["due"] = words.last_day(desk, due)
    if text.strip():
        wanted["text"] = clean(text, field="text", lines=True).strip()
    if not wanted:
        raise WrongUsage(_("Say what changes."), field="due", hint="--by --due --text")
    one = tasks.edit(desk.book, task, wanted)
    until = " · " + _("until {day}").format(day=one.due) if one.due else ""
    desk.show(Done(_row(one), [f"√ {one.task}  {one.text} · {one.by}{until}"]))


@app.command()
def done(ctx: Context, task: Task, note: Note = "", day: words.Day = "") -> None:
    """Say that a task is done.

    Example: zaoyuan task done TA2022-2 -n 已贴出
    """
    from zaoyuan_cli.book import tasks
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    on = words.day(desk, day)
    one = tasks.finish(desk.book, task, on, clean(note, field="note", lines=True))
    late = " · " + _("{days} days late").format(days=one.late) if one.late else ""
    desk.show(Done(_row(one), [f"√ {one.task}  {one.text} · " + _("done on {day}").format(day=on) + late]))


def _row(one: Given) -> dict[str, Any]:
    row = one._asdict()
    return {**row, "meeting": one.meeting or None, "note": one.note or None}
