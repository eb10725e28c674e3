"""The noun `meeting`. Planning is in planning.py, who was there in attending.py, the paper after it in signing.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Context, Option, Typer

from zaoyuan_cli.commands import attending, planning, signing
from zaoyuan_cli.commands.listing import arranged, span
from zaoyuan_cli.commands.options import Body, File, Limit, Meeting, Since, Sort, Until
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Listing

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

app = Typer()
Year = Annotated[str, Option("--year", metavar=N_("YEAR"), help=N_("Only this year."))]
COLUMNS = (
    Column("meeting", N_("No."), "number_text"),
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), priority=1),
    Column("body", N_("Body"), priority=2),
    Column("title", N_("Title"), flex=True),
    Column("state", N_("State"), "state"),
    Column("present", N_("Present"), "number", 4),
    Column("members", N_("Members"), "number", 4),
    Column("motions", N_("Motions"), "number", 3),
    Column("decisions", N_("Decisions"), "number", 1),
    Column("tasks", N_("Open tasks"), "number", 1),
)
for verb in (planning.plan, planning.post, planning.edit, planning.cancel, attending.attend):
    app.command()(verb)
for after in (signing.sign, signing.withdraw, signing.lock, signing.addendum):
    app.command()(after)
app.command("print")(signing.print_)


@app.command()
def add(ctx: Context, file: File = "") -> None:
    """Enter a meeting that was held, with its minutes, decisions and tasks, from a file.

    The paper is a text: a head between two lines +++, then “## item” and what was said.

    Example: zaoyuan meeting add -f minutes.md
    """
    from zaoyuan_cli.commands.minutes import from_file

    if not file:
        raise WrongUsage(
            _("The paper of the meeting is wanted."), field="file", hint=_("zaoyuan meeting add -f FILE\n"
            "In the editor: zaoyuan minutes --edit"),
        )  # fmt: skip
    ctx.obj.show(from_file(ctx.obj, file, "meeting add"))


@app.command("list")
def list_(
    ctx: Context, body: Body = "", year: Year = "", since: Since = "", until: Until = "", sort: Sort = "",
    limit: Limit = 0,
) -> None:  # fmt: skip
    """List the meetings: the planned ones, the next first, then those held or cancelled, the latest first.

    Example: zaoyuan meeting list --body 业委会 --year 2022
    """
    from zaoyuan_cli.book import attending, bodies, decisions, meetings, motions, signing, tasks
    from zaoyuan_cli.rules import dates

    desk: Desk = ctx.obj
    db = desk.book.db
    of_year = dates.period(year, desk.today, "year") if year else (None, None)
    first, last = (said or meant for said, meant in zip(span(desk, since, until), of_year, strict=True))
    made = [one.meeting for one in decisions.everyone(db, desk.as_of).values()]
    moved = [one.meeting for one in motions.listing(db, as_of=desk.as_of)]
    left = [one.meeting for one in tasks.listing(db, desk.as_of or desk.today) if one.state != "done"]
    rows = []
    for one in meetings.listing(db, bodies.pick(desk.book, body) if body else "", first, last, desk.as_of):
        there = attending.attendance(db, one)
        rows.append(
            {
                "meeting": one.meeting, "date": one.date, "time": one.time or None, "body": one.body,
                "title": one.title, "place": one.place,
                "state": signing.standing(db, one, desk.as_of).stage,
                "present": len(there.present) if one.state == meetings.HELD else None,
                "members": len(there.members) or None, "motions": moved.count(one.meeting),
                "decisions": made.count(one.meeting), "tasks": left.count(one.meeting),
            }
        )  # fmt: skip
    columns = tuple(one for one in COLUMNS if one.key != "time" or any(row["time"] for row in rows))
    states = [row["state"] for row in rows]
    totals = {
        "meetings": len(rows), "planned": states.count(meetings.PLANNED),
        "held": len(states) - states.count(meetings.PLANNED) - states.count(meetings.CANCELLED),
        "decisions": sum(map(made.count, (str(row["meeting"]) for row in rows))),
    }  # fmt: skip
    empty = _("No meetings yet. To plan one: {plan}\nTo enter one: {command}").format(
        plan=sample("zaoyuan meeting plan TITLE --date DATE"), command=sample("zaoyuan minutes -f FILE")
    )
    desk.show(arranged(Listing(rows, columns, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, meeting: Meeting) -> None:
    """Show a meeting on one page: its notice, who was there, what was said, moved, decided and given to do.

    Example: zaoyuan meeting show MA2022-1
    """
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.reports.meetings import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, meetings.one(desk.book, meeting, desk.as_of), desk.as_of))
