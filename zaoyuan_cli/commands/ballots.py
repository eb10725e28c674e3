"""The noun `ballot`: votes of the owners, opened, counted, closed. Papers and slips are in polling.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import asking, issuing, papers, piles, polling, printing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Reason, Sort, TextWord, day_or_none, last_day
from zaoyuan_cli.commands.polling import Ballot
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.desk import Desk

app = Typer()
for _verb in (
    printing.print_, issuing.issue, papers.papers, issuing.return_, issuing.proxy, polling.cast, piles.run,
    piles.import_,
):  # fmt: skip
    app.command(_verb.__name__.rstrip("_"))(_verb)
Matter = Annotated[
    str, Option("--matter", metavar="1-9", help=N_("Which matter of article 278 it is: 6 to 8 need 3/4."))
]
Last = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day a slip counts."))]
Posted = Annotated[str, Option("--posted", metavar=N_("DATE"), help=N_("The day of the notice; today if not given."))]
Asked = Annotated[
    list[str],
    Option("--question", metavar=N_("TEXT"), help=N_("A question; several times for several."), show_default=False),
]
Single = Annotated[
    str, Option("--single-entry", metavar=N_("REASON"), help=N_("Slips are entered once only, and why."))
]
Seats = Annotated[int, Option("--seats", metavar=N_("N"), help=N_("An election: so many seats; the questions stand."))]
Witnesses = Annotated[str, Option("--witness", metavar=N_("WHO"), help=N_("Who watched, with commas."))]
Callers = Annotated[str, Option("--caller", metavar=N_("WHO"), help=N_("Who called the slips out, with commas."))]
Tellers = Annotated[str, Option("--teller", metavar=N_("WHO"), help=N_("Who counted, with commas."))]
Question = Annotated[int, Option("--question", metavar=N_("N"), help=N_("Only this question."))]
Whose = Annotated[str, Argument(metavar=N_("WHO"), help=N_("One voter's slip only."), show_default=False)]
UNNAMED = {"witness": "--witness", "teller": "--teller"}  # who proves a count, and the flag that names them
COLUMNS = (
    Column("ballot", N_("No."), "number_text"),
    Column("text", N_("Vote"), flex=True),
    Column("matter", N_("Matter"), "number", 2),
    Column("date", N_("Opened"), "date", 1),
    Column("until", N_("Until"), "date"),
    Column("turnout", N_("Took part"), "number_text"),
    Column("state", N_("State"), "state"),
)


@app.command("open")
def open_(
    ctx: Context, text: TextWord, matter: Matter = "", until: Last = "", posted: Posted = "",
    question: Asked = [], single_entry: Single = "", seats: Seats = 0,  # noqa: B006
) -> None:  # fmt: skip
    """Open a vote of the owners: the roll of today is frozen, and by it the vote is judged.

    Two thirds must take part, by persons and by area; more than half of those must agree, for matters 6 to 8 three
    quarters. The notice is due fifteen days before the last day. In an election the questions are the candidates.

    Example: zaoyuan ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-05-31
    """
    from zaoyuan_cli.book import ballots, rolls
    from zaoyuan_cli.book import polling as poll
    from zaoyuan_cli.reports import ballots as report

    desk: Desk = ctx.obj
    n = _matter(matter)
    last = last_day(desk, until, "until")
    if last is None:
        raise WrongUsage(_("Until when?"), field="until", hint="--until 2022-06-20")
    if seats and len(question) < seats:
        raise WrongUsage(_("There are more seats than candidates."), field="seats", value=seats)
    told = day_or_none(desk, posted, "posted") or desk.today
    if same := ballots.alike(desk.book, text):
        said = _("{ballot} of the same words runs until {until}. Open another vote?")
        desk.confirm(said.format(ballot=same[0].ballot, until=same[0].until))
    one = poll.open_vote(
        desk.book, text, n, last, told, asked=question, single_reason=single_entry, seats=seats
    )  # fmt: skip
    data = report.opened(one, rolls.roll_sum(desk.book.db, one.ballot)) | {
        "notice": report.notice(desk.book, one), "special_spaces": report.special(desk.book, one),
    }  # fmt: skip
    if late := report.late(data["notice"]):
        desk.warn(late)
    needs = data["thresholds"]
    lines = [
        f"√ {one.ballot}  {one.text} · " + _("until {day}").format(day=one.until),
        "  "
        + _("Voters {voters}, area {area} m²; at least {least} and {least_area} m² take part, {share} agree.").format(
            voters=data["roll"]["voters"], area=data["roll"]["area"], least=needs["took_part_voters"],
            least_area=needs["took_part_area"], share=needs["consent"],
        ),
    ]  # fmt: skip
    if spaces := report.special_in_words(data["special_spaces"]):
        lines.append("  " + _("Special spaces") + " · " + spaces)
    hint = _("A slip: {command}").format(command=f"zaoyuan ballot cast {one.ballot} 3-2-501 for")
    desk.show(Done(data, lines, hint))


def _matter(text: str) -> int:
    from zaoyuan_cli.rules.ballots import MATTERS
    from zaoyuan_cli.rules.text import normal

    if not text:
        raise WrongUsage(_("Which matter of article 278 is it?"), field="matter", hint="zaoyuan help ballots")
    if not normal(text).isdecimal() or int(normal(text)) not in MATTERS:
        raise Unreadable(_("A matter is 1 to 9: {value}").format(value=text), field="matter", value=text)
    return int(normal(text))


@app.command("list")
def list_(ctx: Context, sort: Sort = "", limit: Limit = 0) -> None:
    """List the votes, the first first.

    Example: zaoyuan ballot list
    """
    from zaoyuan_cli.book import ballots, tallies

    desk: Desk = ctx.obj
    found = []
    for one in ballots.everyone(desk.book.db, desk.as_of):
        tally = tallies.tally(desk.book.db, one, desk.as_of)
        row = {name: getattr(one, name) for name in ("ballot", "text", "matter", "date", "until", "state")}
        cast = tally.questions[0].slips.cast
        made = [number for number in one.end.decisions if number] if one.end else []
        found.append(row | {"turnout": f"{cast.voters}/{tally.roll.voters}", "decisions": made})
    empty = _("No vote yet. Open one: {command}").format(command="zaoyuan ballot open … --matter 7 --until …")
    totals = {"ballots": len(found)}
    desk.show(arranged(Listing(found, COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def tally(ctx: Context, ballot: Ballot, question: Question = 0) -> None:
    """Count a vote as it stands: each test with its threshold, the verdict so far, whose yes is still needed.

    Example: zaoyuan ballot tally BA2022-1
    """
    from zaoyuan_cli.book import ballots

    desk: Desk = ctx.obj
    one = ballots.everyone(desk.book.db, desk.as_of, ballots.pick(desk.book, ballot).ballot)[0]
    polling.refuse_question(one, question)
    _show(desk, one, question)


def _show(desk: Desk, one: Vote, question: int = 0, hint: str = "") -> None:
    import sys

    from zaoyuan_cli.book import tallies
    from zaoyuan_cli.reports import tallies as report

    desk.show(report.page(desk.book, tallies.tally(desk.book.db, one, desk.as_of), question, sys.stdout.isatty()))
    if hint:
        desk.hint(hint)


@app.command()
def show(ctx: Context, ballot: Ballot, question: Question = 0) -> None:
    """Show a vote: what is asked, by which rules it is judged, how it stands or ended.

    Example: zaoyuan ballot show BA2022-1
    """
    tally(ctx, ballot, question)


@app.command()
def close(ctx: Context, ballot: Ballot, witness: Witnesses = "", caller: Callers = "", teller: Tellers = "") -> None:
    """Close a vote; what passed becomes a decision of the assembly.

    From the day after its last day on, or before where nobody who has not cast can turn it.

    Example: zaoyuan ballot close BA2022-1 --witness 韩梅,王桂兰 --caller 张建国 --teller 李秀英
    """
    from zaoyuan_cli.book import ballots
    from zaoyuan_cli.book import polling as poll

    desk: Desk = ctx.obj
    one = ballots.pick(desk.book, ballot, running=True)
    said = {"witness": witness, "caller": caller, "teller": teller}
    staff = [(duty, one.person) for duty, who in said.items() if who for one in asking.people(desk, [who], field=duty)]
    _warn_of_double(desk, staff)
    if lacking := [f"{flag} {_('WHO')}" for duty, flag in UNNAMED.items() if not said[duty]]:
        desk.warn(_("Nobody is named as who watched or who counted; the result will say so. Name them: {flags}").format(
            flags=" ".join(lacking)))  # fmt: skip
    desk.confirm(_("Close {ballot}, {text}?").format(ballot=one.ballot, text=one.text))
    done = poll.close(desk.book, one, staff)
    result = f"zaoyuan notice post result {done.ballot} --place …"
    _show(desk, done, hint="\n".join(filter(None, (_("The result, for the wall: {command}").format(command=result),
                                                   _elected(done)))))  # fmt: skip


def _warn_of_double(desk: Desk, staff: list[tuple[str, str]]) -> None:
    """Whoever watches the count does not take part in it (R-25)."""
    from zaoyuan_cli.book import people

    both = {who for duty, who in staff if duty == "witness"} & {who for duty, who in staff if duty != "witness"}
    if both:
        names = series(people.name_of(desk.book.db, who) for who in sorted(both))
        desk.warn(_("Watching, and calling or counting: {names}. The witness is somebody else.").format(names=names))


def _elected(done: Vote) -> str:
    """What to do with those who were elected."""
    if not (done.end and done.end.elected):
        return ""
    from zaoyuan_cli.rules.text import quoted

    n = done.end.elected[0]
    command = f"zaoyuan role set {quoted(done.asked[n])} member --decision {done.end.decisions[n]}"
    return _("Give them their office: {command}").format(command=command)


@app.command()
def void(ctx: Context, ballot: Ballot, who: Whose = "", reason: Reason = "") -> None:
    """Make one voter's slip void that was entered wrongly, so that it can be entered anew; or the whole vote.

    Example: zaoyuan ballot void BA2022-1 3-2-501 --reason 看错了一格
    """
    from zaoyuan_cli.book import ballots, casting
    from zaoyuan_cli.book import polling as poll

    desk: Desk = ctx.obj
    one = ballots.pick(desk.book, ballot, running=True)
    if who:
        voter = polling.voter(desk, one, who)
        casting.void_slip(desk.book, one, voter, reason)
        said = _("The slip of {rooms} is void.").format(rooms=" ".join(voter.rooms))
        desk.show(Done({"ballot": one.ballot, "doors": list(voter.rooms), "state": "void"}, [f"√ {said}"]))
        return
    desk.confirm(_("Make the vote {ballot} void, {text}?").format(ballot=one.ballot, text=one.text))
    poll.void(desk.book, one, reason)
    desk.show(Done({"ballot": one.ballot, "state": "void"}, ["√ " + _("{ballot} is void.").format(ballot=one.ballot)]))
