"""The noun `motion`: what is moved at a meeting and voted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged
from zaoyuan_cli.commands.options import Limit, Meeting, Sort, TextWord
from zaoyuan_cli.errors import Refusal, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done, Listing

if TYPE_CHECKING:
    from zaoyuan_cli.book.voting import Voted
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.motions import Tally

app = Typer()
Motion = Annotated[
    str,
    Argument(
        metavar=N_("NO"), help=N_("The motion's number: MA2022-3-2, or M3-2 where one fits."),
        autocompletion=completing.motions,
    ),
]  # fmt: skip
Mover = Annotated[str, Option("--mover", metavar=N_("WHO"), help=N_("Who moved it."), autocompletion=completing.who)]
Item = Annotated[int, Option("--item", metavar=N_("N"), help=N_("The item of the agenda it belongs to."))]
By = Annotated[
    str,
    Option("--by", metavar=N_("NAME=VOTE"), help=N_("By name: for, against, abstain, aside (赞成 反对 弃权 回避).")),
]
For = Annotated[str, Option("--for", metavar=N_("N"), help=N_("How many were for it."))]
Against = Annotated[str, Option("--against", metavar=N_("N"), help=N_("How many were against it."))]
Abstain = Annotated[str, Option("--abstain", metavar=N_("N"), help=N_("How many abstained."))]
Aside = Annotated[str, Option("--aside", metavar=N_("N"), help=N_("How many stepped aside, being interested."))]
Of = Annotated[
    str, Option("--meeting", metavar=N_("NO"), help=N_("Only of this meeting."), autocompletion=completing.meetings)
]
Open = Annotated[bool, Option("--open", help=N_("Only those not voted on."))]


@app.command()
def add(ctx: Context, meeting: Meeting, text: TextWord, mover: Mover = "", item: Item = 0) -> None:
    """Record what is moved at a meeting.

    An assembly votes only on what its notice named; at a committee's meeting that is a warning. --item says which item
    of the agenda a motion in other words belongs to.

    Example: zaoyuan motion add MA2022-1 充电桩按表计费 --mover 韩梅
    """
    from zaoyuan_cli.book import meetings, voting
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    number = meetings.pick(desk.book, meeting)
    person = asking.person(desk, mover, field="mover") if mover else None
    one = voting.add(desk.book, number, text, person.person if person else "", item or None)
    if not one.announced:
        desk.warn(_("It is not on the notice of {meeting}.").format(meeting=number))
    by = person.name if person else ""
    data = {
        "motion": one.motion, "meeting": one.meeting, "text": one.text, "mover": by or None,
        "announced": one.announced,
    }  # fmt: skip
    hint = _("The vote: {command}").format(command=sample(f"zaoyuan motion vote {one.motion} --for N --against N"))
    desk.show(Done(data, ["  ".join(filter(None, (f"√ {one.motion}", one.text, by)))], hint))


@app.command()
def vote(
    ctx: Context, motion: Motion, by: By = "", ayes: For = "", noes: Against = "", abstain: Abstain = "",
    aside: Aside = "",
) -> None:  # fmt: skip
    """Record the vote on a motion, by names or by counts; what passes becomes a decision.

    A committee decides by a share of all its members, not of those who came. Who steps aside is not counted as a yes.

    Example: zaoyuan motion vote M3-1 --by 韩梅=for,王桂兰=for,张建国=against
    """
    from zaoyuan_cli.book import motions, voting

    desk: Desk = ctx.obj
    counts = {"for": ayes, "against": noes, "abstain": abstain, "aside": aside}
    if bool(by) == any(counts.values()):
        raise WrongUsage(
            _("A vote is by names or by counts; say which."),
            field="by",
            hint=sample("--by NAME=for,NAME=against\n--for N --against N --abstain N"),
        )
    number = motions.pick(desk.book, motion)
    done = voting.vote(desk.book, number, votes(desk, by)) if by else voting.vote(
        desk.book, number, tally=_tally(counts))  # fmt: skip
    _answer(desk, done)


def votes(desk: Desk, text: str) -> dict[str, str]:
    """Person ids and what each said. Unreadable, NotFound, Ambiguous; Refusal for somebody twice."""
    import re

    from zaoyuan_cli.commands import asking, options
    from zaoyuan_cli.rules.motions import WORDS

    found: dict[str, str] = {}
    for piece in filter(None, map(str.strip, re.split("[,\uff0c、;\uff1b]", text))):
        name, sign, said = (part.strip() for part in re.split("([=\uff1d:\uff1a])", piece + "=", maxsplit=1))
        said = said.rstrip("=")
        if not name or not sign or not said:
            raise Unreadable(_("This is no vote: {value}").format(value=piece), field="by", value=piece,
                             hint=_("Write {example}.").format(example="--by 韩梅=for,王桂兰=against"))  # fmt: skip
        choice = options.one_of(said, WORDS, "by")
        person = asking.person(desk, name, field="by")
        if person.person in found:
            raise Refusal(_("{name} votes twice.").format(name=person.name), field="by", value=name)
        found[person.person] = choice
    return found


def _tally(counts: dict[str, str]) -> Tally:
    """The votes by counts. Unreadable."""
    from zaoyuan_cli.rules.motions import Tally
    from zaoyuan_cli.rules.text import normal

    numbers = []
    for field, text in counts.items():
        bare = normal(text) or "0"
        if not (bare.isascii() and bare.isdigit() and len(bare) < 5):
            raise Unreadable(_("This is no number of votes: {value}").format(value=text), field=field, value=text)
        numbers.append(int(bare))
    return Tally(*numbers)


def _answer(desk: Desk, done: Voted) -> None:
    from zaoyuan_cli.book import people, voting
    from zaoyuan_cli.reports import motions as report

    one = done.motion
    names = {id: person.name for id, person in people.everyone(desk.book.db).items()}
    data: dict[str, Any] = {
        "motion": one.motion, "text": one.text, **report.vote(one, names), "date": one.date,
        "meeting": one.meeting, "rule": done.rule.rule if done.rule else None,
    }  # fmt: skip
    if done.silent:
        desk.warn(_("There, and no vote given: {names}.").format(names=voting.silent_names(desk.book, done.silent)))
    cited = done.rule.cited if done.rule else ""
    mark = "√" if data["passed"] else "!"
    lines = [f"{mark} {one.motion}  {data['result']}", "  " + " · ".join(filter(None, (data["judged"], cited)))]
    if data["decision"]:
        lines.insert(1, _("  Decision {decision}: {text}").format(decision=data["decision"], text=one.text))
    hint = _("To see it: {command}").format(command=f"zaoyuan motion show {one.motion}")
    desk.show(Done(data, lines, hint))


@app.command("list")
def list_(ctx: Context, meeting: Of = "", open_: Open = False, sort: Sort = "", limit: Limit = 0) -> None:
    """List motions: all, those of a meeting, those not voted on.

    Example: zaoyuan motion list --open
    """
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.reports import motions as report

    desk: Desk = ctx.obj
    of = meetings.pick(desk.book, meeting) if meeting else ""
    rows = [one for one in report.rows(desk.book, of, desk.as_of) if not open_ or one["state"] == "open"]
    states = [row["state"] for row in rows]
    totals = {"motions": len(rows), **{state: states.count(state) for state in ("passed", "failed", "open")}}
    empty = _("No motions. To enter one: {command}").format(command=sample("zaoyuan motion add NO TEXT"))
    desk.show(arranged(Listing(rows, report.COLUMNS, totals, empty=empty, as_of=desk.as_of), sort, limit))


@app.command()
def show(ctx: Context, motion: Motion) -> None:
    """Show a motion, who voted how, and the rule it was judged by.

    Example: zaoyuan motion show M3-1
    """
    from zaoyuan_cli.book import motions
    from zaoyuan_cli.reports.motions import page

    desk: Desk = ctx.obj
    desk.show(page(desk.book, motions.one(desk.book, motion, desk.as_of)))
