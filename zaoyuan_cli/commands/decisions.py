"""The noun `decision`: what a body decided, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.options import Body, Day, Limit, Paper, Sort, TextWord, day
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing, Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.decisions import Decision

app = Typer()
DecisionNo = Annotated[
    str,
    Argument(
        metavar=N_("NO"),
        help=N_("DA2022-1, or D1 where one fits; a number on paper; a part of the text."),
        autocompletion=completing.decisions,
    ),
]


@app.command()
def add(ctx: Context, text: TextWord, body: Body = "", on: Day = "", paper: Paper = "") -> None:
    """Record a decision that was made outside this book.

    Example: zaoyuan decision add 同意更换单元门锁 --body 业委会 -d 2022-05-20 --paper 业决〔2022〕9号
    """
    from zaoyuan_cli.book import bodies, decisions

    desk: Desk = ctx.obj
    one = decisions.add(desk.book, text, bodies.pick(desk.book, body), day(desk, on), paper)
    lines = [
        _("√ Decision {decision} of {body} · {date}").format(
            decision=one.decision, body=bodies.one(desk.book, one.body).name, date=one.date
        ),
        f"  {one.text}",
    ]
    hint = _("Cite it with {option}: in expenses, transfers, projects, offices.").format(
        option=f"--decision {one.decision}"
    )
    desk.show(Done(_data(desk, [one])[0], lines, hint))


@app.command("list")
def list_(
    ctx: Context,
    body: Body = "",
    year: Annotated[str, Option("--year", metavar=N_("YEAR"), help=N_("Only those of this year."))] = "",
    limit: Limit = 0,
    sort: Sort = "",
) -> None:
    """List decisions: all, those of a body, those of a year.

    Example: zaoyuan decision list --year 2022
    """
    from zaoyuan_cli.book import bodies, decisions
    from zaoyuan_cli.commands.listing import arranged

    desk: Desk = ctx.obj
    of = bodies.pick(desk.book, body) if body else ""
    found = decisions.everyone(desk.book.db, desk.as_of, of, _year(desk, year) if year else None)
    rows = _data(desk, found.values())
    columns = (
        Column("decision", N_("Decision"), "number_text"),
        Column("date", N_("Date"), "date"),
        Column("body", N_("Body"), priority=1),
        Column("paper", N_("Paper"), priority=2),
        Column("meeting", N_("Meeting"), "number_text", 3),
        Column("motion", N_("Motion"), "number_text", 4),
        Column("text", N_("Text"), flex=True),
    )
    empty = _("There is no decision. A passed motion makes one; one made outside: {command}").format(
        command=sample("zaoyuan decision add TEXT --body NAME --date DATE")
    )
    desk.show(arranged(Listing(rows, columns, {"decisions": len(rows)}, empty=empty, as_of=desk.as_of), sort, limit))


def _data(desk: Desk, found: Iterable[Decision]) -> list[dict[str, Any]]:
    """Decisions as JSON has them: absent is null, a body by the name it has now."""
    from zaoyuan_cli.book import bodies

    names = bodies.everyone(desk.book.db, desk.as_of)
    return [
        {key: value or None for key, value in one._asdict().items()} | {"body": names[one.body].name} for one in found
    ]


def _year(desk: Desk, text: str) -> int:
    from zaoyuan_cli.rules import dates

    first, last = dates.period(text, desk.today, "year")
    if (last - first).days < 364:
        raise Unreadable(_("This is no year: {value}").format(value=text), field="year", value=text)
    return first.year


@app.command()
def show(ctx: Context, number: DecisionNo) -> None:
    """Show a decision and all that rests on it: offices, transfers, projects, waivers, expenses.

    Example: zaoyuan decision show DA2022-1
    """
    from zaoyuan_cli.book import decisions

    desk: Desk = ctx.obj
    one = decisions.show(desk.book, decisions.pick(desk.book, number))
    rests = [rest._asdict() for rest in decisions.resting(desk.book.db, one.decision, desk.as_of)]
    columns = (
        Column("date", N_("Date"), "date"),
        Column("kind", N_("What rests on it"), "state"),
        Column("ref", N_("Which"), "number_text"),
        Column("text", N_("Text"), priority=1, flex=True),
        Column("amount", N_("Amount"), "money"),
    )
    result = _result(desk, one)
    data = _data(desk, [one])[0] | {"result": result}
    pairs = (
        (_("Body"), data["body"]),
        (_("Date"), one.date),
        (_("Meeting"), one.meeting or None),
        (_("Motion"), one.motion or None),
        *(((_("Vote of the owners"), one.ballot),) if one.ballot else ()),
        (_("Vote"), result),
        (_("Paper"), one.paper or None),
    )
    parts: list[Part] = [
        Heading(_("Decision {decision}").format(decision=one.decision)),
        Pairs(tuple(pair for pair in pairs if pair[1])),
        Text(one.text),
        Table(columns, rests, empty=_("Nothing rests on it.")),
    ]
    desk.show(Page(data | {"rests": rests}, parts))


def _result(desk: Desk, one: Decision) -> str | None:
    """What the vote on its motion, or that of the owners, came to in words."""
    if one.ballot:
        return _of_owners(desk, one)
    from zaoyuan_cli.book import motions
    from zaoyuan_cli.rules.motions import words

    found = motions.one(desk.book, one.motion) if one.motion else None
    return words(found.vote.outcome) if found and found.vote and found.vote.decision == one.decision else None


def _of_owners(desk: Desk, one: Decision) -> str:
    """What the owners' vote on it came to."""
    from zaoyuan_cli.book import ballots, tallies
    from zaoyuan_cli.rules.rooms import Area

    (vote,) = ballots.everyone(desk.book.db, number=one.ballot)
    found = tallies.tally(desk.book.db, vote)
    of = found.questions[vote.end.decisions.index(one.decision) if vote.end else 0]
    return _("{yes} of {cast} voters agree, {yes_area} of {area} m²; {roll} in the roll").format(
        yes=of.slips.yes.voters, cast=of.decides.took_part.voters, yes_area=Area(of.slips.yes.area),
        area=Area(of.decides.took_part.area), roll=found.roll.voters,
    )  # fmt: skip
