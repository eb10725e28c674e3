"""The steps of a deliberation: what is typed for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, picking
from zaoyuan_cli.commands.options import Day, Decision, Note, Project, Reason, TextWord, day, last_day
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done
from zaoyuan_cli.reports.deliberations import row
from zaoyuan_cli.rules import deliberations as rules

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.deliberations import Deliberation
    from zaoyuan_cli.desk import Desk

NUMBER = N_("The proposal's number: XA2022-1, or X1 where one fits.")
No = Annotated[str, Argument(metavar=N_("NO"), help=NUMBER, autocompletion=completing.deliberations)]
By = Annotated[
    str, Option("--by", metavar=N_("WHO"), help=N_("Who did it; you, if not given."), autocompletion=completing.who)
]
Bodies = Annotated[
    list[str],
    Option(
        "--body", metavar=N_("NAME"), show_default=False, autocompletion=completing.bodies,
        help=N_("Who took it up: branch and committee, if not given."),
    ),
]  # fmt: skip
Topic = Annotated[str, Option("--topic", metavar=N_("TEXT"), help=N_("Opinions on this topic belong to it."))]
Meeting = Annotated[
    str,
    Option("--meeting", metavar=N_("NO"), help=N_("The meeting it was deliberated at."),
           autocompletion=completing.meetings),
]  # fmt: skip
Views = Annotated[
    list[str],
    Option("--view", metavar=N_("TEXT"), show_default=False, help=N_("What somebody said: 王桂兰:台阶太高.")),
]
Minority = Annotated[str, Option("--minority", metavar=N_("TEXT"), help=N_("The view that remained in the minority."))]
Trials = Annotated[
    list[str],
    Option("--trial", metavar=N_("TEXT"), show_default=False, help=N_("What was tried, and its result.")),
]
Motion = Annotated[
    str,
    Option(
        "--motion", metavar=N_("NO"), help=N_("The motion voted on: MA2022-3-1."), autocompletion=completing.motions
    ),
]
Ballot = Annotated[str, Option("--ballot", metavar=N_("NO"), help=N_("The vote of all owners: BA2022-1."))]
NoVote = Annotated[bool, Option("--none", help=N_("No law asks for a vote: --reason says why."))]
Place = Annotated[str, Option("--place", metavar=N_("TEXT"), help=N_("Where it hangs: 各单元门口."))]
Shown = Annotated[
    str,
    Option("--until", metavar=N_("DATE"), help=N_("The last day it hangs; as long as the rule asks, if not given.")),
]
Who = Annotated[
    str,
    Option(
        "--by", metavar=N_("WHO"), help=N_("Who carries it out: it becomes their task."), autocompletion=completing.who
    ),
]
Due = Annotated[str, Option("--due", metavar=N_("DATE"), help=N_("Until when."))]
Expenses = Annotated[
    list[str],
    Option("--expense", metavar=N_("NO"), show_default=False, help=N_("What was spent on it.")),
]
Satisfied = Annotated[bool, Option("--satisfied", help=N_("Those it was made for are satisfied."))]


def accept(ctx: Context, number: No, by: By = "", body: Bodies = [], note: Note = "", date: Day = "") -> None:  # noqa: B006
    """Take a proposal up (受理): branch and committee looked at it and let it go on.

    Example: zaoyuan deliberation accept X1
    """
    desk: Desk = ctx.obj
    _show(desk, _move(desk, number, "accepted", date, by, bodies=_bodies(desk, body), note=note))


def reject(ctx: Context, number: No, reason: Reason = "", by: By = "", date: Day = "") -> None:
    """Reject a proposal, and why; its way is over.

    Example: zaoyuan deliberation reject X1 --reason 与X2相同,并案处理
    """
    desk: Desk = ctx.obj
    if not reason.strip():
        raise Unreadable(_("A proposal is not rejected without a reason: --reason"), field="reason", value=reason)
    _show(desk, _move(desk, number, "rejected", date, by, note=reason))


def consult(ctx: Context, number: No, topic: Topic = "", by: By = "", note: Note = "", date: Day = "") -> None:
    """Ask for opinions (征求意见); those entered with its topic or number stand on its page.

    Example: zaoyuan deliberation consult X1 --topic 车棚台阶
    """
    from zaoyuan_cli.book import deliberations

    desk: Desk = ctx.obj
    one = _move(desk, number, "consulted", date, by, topic=topic, note=note)
    said = len(deliberations.opinions(desk.book.db, one, desk.today))
    doors = sum(asked.met for asked, _answers in deliberations.asked(desk.book.db, one, desk.today).values())
    more = _("opinions so far: {count}, households that answered: {doors}").format(count=said, doors=doors)
    _show(desk, one, more, opinions=said, answered=doors)


def deliberate(
    ctx: Context, number: No, meeting: Meeting = "", note: Note = "", view: Views = [], minority: Minority = "",  # noqa: B006
    trial: Trials = [], by: By = "", date: Day = "",  # noqa: B006
) -> None:  # fmt: skip
    """Enter what was deliberated (协商): views, the consensus (-n), the minority's view, what was tried.

    Example: zaoyuan deliberation deliberate X1 -n 放缓到12厘米 --minority 保留原高 --trial 15厘米:推车吃力
    """
    from zaoyuan_cli.book import deliberations, meetings

    desk: Desk = ctx.obj
    if not (note or meeting or view):
        raise WrongUsage(_("What came of it? Write the consensus: {flag}").format(flag="-n"), field="note")
    at = meetings.one(desk.book, meeting) if meeting else None
    before = deliberations.one(desk.book, deliberations.pick(desk.book, number))
    if not any(move.step == "consulted" for move in before.moves):
        desk.warn(_("Nobody was asked for an opinion first."))
    on = at.date if at and not date and at.date <= desk.today else day(desk, date)
    one = _move(
        desk, number, "deliberated", on, by, meeting=at.meeting if at else "", note=note, views=tuple(view),
        minority=minority, trials=tuple(trial),
    )  # fmt: skip
    _show(desk, one)


def vote(
    ctx: Context, number: No, motion: Motion = "", ballot: Ballot = "", none: NoVote = False, reason: Reason = "",
    by: By = "", date: Day = "",
) -> None:  # fmt: skip
    """Say what the vote on it came to (表决), or why no law asks for one: --none --reason.

    What a deliberation comes to is no vote of the owners: a matter of article 278 of the Civil Code is decided by them
    (ballot), what the committee may decide by a motion.

    Example: zaoyuan deliberation vote X1 --none --reason 不涉及共有部分改建
    """
    from zaoyuan_cli.book import ballots, deliberating, deliberations, motions

    desk: Desk = ctx.obj
    if sum(map(bool, (motion, ballot, none))) != 1:
        raise WrongUsage(_("One of these: --motion NO, --ballot NO, --none --reason TEXT"), field="motion")
    of = deliberations.pick(desk.book, number)
    moved = motions.one(desk.book, motion).motion if motion else ""
    voted = ballots.pick(desk.book, ballot).ballot if ballot else ""
    one = deliberating.vote(desk.book, of, day(desk, date), _who(desk, by), moved, voted, reason)
    words = {True: _("passed"), False: _("not passed"), None: _("no vote: {reason}").format(reason=reason)}
    _show(desk, one, words[one.passed], passed=one.passed)


def publish(
    ctx: Context, number: No, place: Place = "", until: Shown = "", by: By = "", note: Note = "", date: Day = ""
) -> None:
    """Enter that what came of it was put up (公示): where, and until when.

    Example: zaoyuan deliberation publish X1 --place 各单元门口
    """
    from zaoyuan_cli.book import deliberating, deliberations, notices

    desk: Desk = ctx.obj
    of = deliberations.pick(desk.book, number)
    last = last_day(desk, until, "until")
    notice = deliberating.publish(desk.book, of, day(desk, date), _who(desk, by), place, last, note)
    hung = notices.one(desk.book, notice)
    if rule := notices.too_short(desk.book, hung):
        said = _("It hangs {days} days, {required} are asked for. {source}")
        desk.warn(said.format(days=hung.days, required=rule.value, source=rule.cited))
    where = _("{notice}: {place}, until {day}").format(notice=notice, place=hung.place, day=hung.until)
    _show(desk, deliberations.one(desk.book, of), where, notice=notice, until=hung.until)


def carry(
    ctx: Context, number: No, by: Who = "", due: Due = "", project: Project = "", decision: Decision = "",
    expense: Expenses = [], note: Note = "", trial: Trials = [], date: Day = "",  # noqa: B006
) -> None:  # fmt: skip
    """Enter how it is carried out (实施): by whom until when, as which project, what was spent and tried.

    Example: zaoyuan deliberation carry X1 --by 王桂兰 --due 8-1 -p 车棚改造
    """
    from zaoyuan_cli.book import deliberating, deliberations, expenses

    desk: Desk = ctx.obj
    of, named = deliberations.pick(desk.book, number), picking.project(desk, project) if project else ""
    who, until = (_who(desk, by) if by else ""), last_day(desk, due)
    if until and not who:
        raise WrongUsage(_("Who does it until then? {flag}").format(flag=f"--by {_('WHO')}"), field="by")
    one = deliberating.carry(
        desk.book, of, day(desk, date), who, until, note=note, project=named,
        decision=picking.decision(desk, decision), trials=tuple(trial),
        expenses=[expenses.pick(desk.book, each).expense for each in expense],
    )  # fmt: skip
    _show(desk, one, one.moves[-1].task, task=one.moves[-1].task or None)


def review(ctx: Context, number: No, text: TextWord, satisfied: Satisfied = False, by: By = "", date: Day = "") -> None:
    """Enter how those it was made for judge it (评议); with that it is closed.

    Example: zaoyuan deliberation review X1 走访30户,都说推车省力 --satisfied
    """
    desk: Desk = ctx.obj
    if not text.strip():
        raise Unreadable(_("The text is empty."), field="text", value=text)
    one = _move(desk, number, "reviewed", date, by, note=text, satisfied=satisfied)
    _show(desk, one, _("satisfied") if satisfied else _("not satisfied"), satisfied=satisfied)


# ---- what they have in common


def _move(desk: Desk, number: str, step: str, on: str | date, by: str, **said: Any) -> Deliberation:
    from zaoyuan_cli.book import deliberating, deliberations

    of = deliberations.pick(desk.book, number)
    return deliberating.move(desk.book, of, step, day(desk, on) if isinstance(on, str) else on, _who(desk, by), **said)


def _who(desk: Desk, by: str) -> str:
    from zaoyuan_cli.commands import asking

    return asking.person(desk, by, field="by").person if by else desk.book.who


def _bodies(desk: Desk, named: list[str]) -> tuple[str, ...]:
    """The bodies named; without any the branch and the committee that act today."""
    from zaoyuan_cli.book import bodies

    if named:
        return tuple(dict.fromkeys(bodies.pick(desk.book, name) for name in named))
    known = bodies.everyone(desk.book.db, desk.today).values()
    acting = [one for one in known if one.kind in ("branch", "committee") and one.state(desk.today) == "active"]
    return tuple(one.body for one in sorted(acting, key=lambda one: one.kind))


def next_step(one: Deliberation) -> str:
    """What comes next, as a command; "" where its way is over."""
    step = rules.following(one.state, one.passed)
    if not step:
        return ""
    return _("Next: {command}").format(command=f"zaoyuan deliberation {rules.VERBS[step]} {one.deliberation} …")


def _show(desk: Desk, one: Deliberation, more: str = "", **data: Any) -> None:
    first = one.text.splitlines()[0]
    lines = [f"√ {one.deliberation}  {first} · {_(one.state)}" + (f" · {more}" if more else "")]
    desk.show(Done(row(one) | data, lines, next_step(one)))
