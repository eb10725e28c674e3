"""The noun `notice`: papers for the wall. What is drawn here is a `Public`: no telephone, no owner's name (R-80)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, posting, postings
from zaoyuan_cli.commands.options import Output, Unit
from zaoyuan_cli.commands.subjects import Month, of_month
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Listing, notices

if TYPE_CHECKING:
    from zaoyuan_cli.reports.public import Public

app = Typer(invoke_without_command=True)
COLUMNS = (Column("paper", N_("Notice")), Column("what", N_("What it shows"), flex=True))
Period = Annotated[
    str, Argument(metavar=N_("PERIOD"), help=N_("A month, a quarter or a year: 2022-05, 2022-Q1, 2022; 5月, 上季度."))
]
Project = Annotated[
    str, Argument(metavar=N_("PROJECT"), help=N_("The project; the one in use, if not given."),
                  autocompletion=completing.projects),
]  # fmt: skip
Decision = Annotated[
    str, Argument(metavar=N_("NO"), help=N_("The number of the decision, or a part of its text."),
                  autocompletion=completing.decisions),
]  # fmt: skip
Ballot = Annotated[
    str, Argument(metavar=N_("BALLOT"), help=N_("The number of the vote: BA2022-1, or B1 where one fits."))
]
Meeting = Annotated[
    str, Argument(metavar=N_("MEETING"), help=N_("The meeting's number: MA2022-4, or M4 where one fits."),
                  autocompletion=completing.meetings),
]  # fmt: skip
Bylaw = Annotated[
    str, Argument(metavar=N_("NAME"), help=N_("The bylaw's title, or a part of it."), autocompletion=completing.bylaws)
]
Version = Annotated[int, Option("--version", metavar=N_("N"), help=N_("A version; the one in force, if not given."))]
for verb in (posting.post, postings.show, postings.withdraw):
    app.command()(verb)
app.command("list")(postings.list_)
app.command("print")(postings.print_)


@app.callback()
def papers(ctx: Context) -> None:
    """What can be drawn."""
    desk: Desk = ctx.obj
    group = ctx.parent.command if ctx.parent else None
    rows = [{"paper": name, "what": _(group.entries[name].help)} for name in notices.PAPERS]  # type: ignore[union-attr]
    desk.show(Listing(rows, COLUMNS, title=_("Papers for the wall: zaoyuan notice PAPER -o FILE")))


@app.command()
def money(ctx: Context, period: Period = "", month: Month = "", output: Output = "") -> None:
    """Draw the income and expense of a month, a quarter or a year, for the wall.

    Opening, in, out and closing by fund and account, each expense, income by project, what was waived and what
    corrected, in sums: who paid and who owes is not on it. Without a period: the quarter that was over last.

    Example: zaoyuan notice money 2022-Q1

    Example: zaoyuan notice money --month 5 -o 公示.html
    """
    _draw(ctx, "money", of_month("money", period, month), output)


@app.command()
def project(ctx: Context, project: Project = "", output: Output = "") -> None:
    """Draw how a project stands, for the wall: who decided it, what came in and was spent, what is left.

    Example: zaoyuan notice project 车棚改造 -o 车棚.pdf
    """
    _draw(ctx, "project", project, output)


@app.command()
def decision(ctx: Context, decision: Decision, output: Output = "") -> None:
    """Draw a decision, for the wall: its words, who made it and when, by how many votes.

    Example: zaoyuan notice decision DA2022-7
    """
    _draw(ctx, "decision", decision, output)


@app.command()
def ballot(ctx: Context, ballot: Ballot, output: Output = "") -> None:
    """Draw the call to a vote of the owners, for the wall: what is asked, when and where, how it is counted.

    Example: zaoyuan notice ballot BA2022-1 -o 表决公告.pdf
    """
    _draw(ctx, "ballot", ballot, output)


@app.command()
def result(ctx: Context, ballot: Ballot, output: Output = "") -> None:
    """Draw the result of a vote of the owners, for the wall: papers out and back, persons and area, the rule.

    Example: zaoyuan notice result BA2021-2
    """
    _draw(ctx, "result", ballot, output)


@app.command()
def meeting(ctx: Context, meeting: Meeting, output: Output = "") -> None:
    """Draw the notice of a meeting to come, for the wall: its day, its place, its agenda.

    Example: zaoyuan notice meeting MA2022-4
    """
    _draw(ctx, "meeting", meeting, output)


@app.command()
def bylaw(ctx: Context, name: Bylaw, version: Version = 0, output: Output = "") -> None:
    """Draw a bylaw in print, for the wall: its articles, by which decision and since when it is in force.

    Example: zaoyuan notice bylaw 存车棚 -o 存车棚.pdf
    """
    _draw(ctx, "bylaw", f"{name}/{version}" if version else name, output)


@app.command()
def roster(ctx: Context, unit: Unit = "", output: Output = "") -> None:
    """Draw who holds which office, for the wall or the door of a unit.

    Only offices held in public are named, and of the party households those who agreed (person consent). It is in the
    language of the book.

    Example: zaoyuan notice roster

    Example: zaoyuan notice roster --unit 3-2 -o 3-2.html
    """
    _draw(ctx, "roster", unit, output)


def _draw(ctx: Context, paper: str, about: str, output: str) -> None:
    from zaoyuan_cli.commands import subjects
    from zaoyuan_cli.reports.public import Wall

    desk = ready(ctx)
    key = subjects.key(desk, paper, about, desk.as_of or desk.today)
    drawn = notices.draw(Wall(desk.book, desk.as_of), paper, key)
    if count := drawn.data().get("masked"):
        said = _("Candidates shown by surname: {count}. Enter that one agreed to be named: {command}")
        desk.warn(said.format(count=count, command=sample("zaoyuan person consent WHO --what name")))
    hang(desk, drawn, output)
    _hint(desk, paper, key)


def _hint(desk: Desk, paper: str, key: str) -> None:
    """That a paper was put up already, with its number and code: what is drawn here is another. How a project stands
    and who holds which office is another matter once that paper is down."""
    from zaoyuan_cli.book import notices as put_up

    known = [one for one in put_up.listing(desk.book.db, desk.as_of or desk.today)
             if (one.item, one.about or one.period) == (paper, key) and one.state != "withdrawn"]  # fmt: skip
    if known and (known[-1].state == "posted" or paper not in ("project", "roster")):
        number, verb = known[-1].notice, "print" if known[-1].program else "show"
        command = f"zaoyuan notice {verb} {number}"
        desk.hint(_("already posted as {notice}: {command}").format(notice=number, command=command))


def ready(ctx: Context) -> Desk:
    """The desk, for a paper. Raises WrongUsage for --known-on: who agreed to be named is asked of the book as it is."""
    desk: Desk = ctx.obj
    if desk.known_on:
        text = _("A paper for the wall is drawn from what is known now: leave out {flag}.").format(flag="--known-on")
        raise WrongUsage(text, field="known_on")
    return desk


def hang(desk: Desk, paper: Public, output: str) -> None:
    """Show or write a paper. Nothing but a Public goes this way."""
    desk.show(paper, output)
