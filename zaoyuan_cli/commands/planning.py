"""Meetings to come: `meeting plan`, `post`, `edit`, `cancel`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options, signing
from zaoyuan_cli.commands.options import Body, Day, Meeting, Reason
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done
from zaoyuan_cli.rules.rooms import Area

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.desk import Desk

Title = Annotated[str, Argument(metavar=N_("TITLE"), help=N_("What the meeting is called."))]
On = Annotated[str, Option("--date", "-d", metavar=N_("DATE"), help=N_("The day of the meeting: 6-10, 下周三."))]
Time = Annotated[str, Option("--time", metavar=N_("TIME"), help=N_("When it begins: 19:30, 晚上7点半."))]
Posted = Annotated[str, Option("--posted", metavar=N_("DATE"), help=N_("The day its notice went up."))]
Place = Annotated[str, Option("--place", metavar=N_("TEXT"), help=N_("Where."))]
Agenda = Annotated[list[str], Option("--agenda", metavar=N_("TEXT"), help=N_("An item of the agenda; once for each."))]
Emergency = Annotated[
    str, Option("--emergency", metavar=N_("TEXT"), help=N_("Why it cannot wait for the days of a notice."))
]
CalledBy = Annotated[
    str,
    Option(
        "--called-by",
        metavar=N_("WHO"),
        help=N_("Who asked for it, with commas between: members; for the assembly owners, a fifth of them."),
        autocompletion=completing.who,
    ),
]
Called = Annotated[str, Option("--called", metavar=N_("DATE"), help=N_("The day they asked; today if not given."))]
NewTitle = Annotated[str, Option("--title", metavar=N_("TITLE"), help=N_("What the meeting is called."))]


def plan(
    ctx: Context, title: Title, body: Body = "", on: On = "", time: Time = "", posted: Posted = "",
    place: Place = "", agenda: Agenda = [], emergency: Emergency = "", called_by: CalledBy = "",  # noqa: B006
    called: Called = "",
) -> None:  # fmt: skip
    """Plan a meeting, and learn by when its notice has to go up.

    Without --posted the days are counted from today, and the posting is recorded later by `meeting post`. What comes
    too late is written all the same.

    Example: zaoyuan meeting plan 六月例会 --body 业委会 -d 2022-06-10 --time 19:30 --agenda 充电桩电价 --agenda 门卫
    """
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.book import planning as book
    from zaoyuan_cli.reports import planning
    from zaoyuan_cli.rules import clock
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    if not on:
        raise WrongUsage(_("On which day is the meeting?"), field="date", hint=_("Say it: {flag}").format(
            flag=f"-d {_('DATE')}"))  # fmt: skip
    if emergency and not emergency.strip():
        raise WrongUsage(_("An emergency needs its reason."), field="emergency", value=emergency)
    day = options.last_day(desk, on, "date")
    assert day is not None
    made = book.plan(
        desk.book,
        clean(title, field="title").strip(),
        bodies.pick(desk.book, body),
        day,
        time=clock.read(time, "time") if time else "",
        posted=options.day_or_none(desk, posted, "posted"),
        place=clean(place, field="place").strip(),
        agenda=_items(agenda),
        emergency=clean(emergency, field="emergency").strip(),
        called_by=_members(desk, called_by),
        called=options.day(desk, called, "called") if called else None,
    )
    _answer(desk, made, ["  ".join(("√ " + made.meeting, planning.when(made), made.body, made.title))])


def post(ctx: Context, meeting: Meeting, on: Day = "", place: Place = "", override: signing.Override = "") -> None:
    """Record that the notice of a meeting to come went up, with its agenda as it is: the proof of posting.

    Of a meeting that was held it is the minutes that went up: signed by all members who were there, within three days.

    Example: zaoyuan meeting post M4 -d 5-30 --place 公告栏
    """
    from zaoyuan_cli.book import meetings
    from zaoyuan_cli.book import planning as book
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    day = options.day(desk, on)
    if (held := meetings.one(desk.book, meeting)).state == meetings.HELD:
        signing.post_minutes(desk, held, day, clean(place, field="place").strip(), override.strip())
        return
    made = book.post(desk.book, meeting, day, clean(place, field="place").strip())
    if not made.agenda:
        desk.warn(_("The agenda is empty: a notice says what the meeting is about."))
    said = _("√ {meeting}: notice posted {day}").format(meeting=made.meeting, day=day)
    _answer(desk, made, [said])


def edit(
    ctx: Context, meeting: Meeting, on: On = "", time: Time = "", place: Place = "", title: NewTitle = "",
    agenda: Agenda = [], emergency: Emergency = "",  # noqa: B006
) -> None:  # fmt: skip
    """Change a meeting to come: its day, time, place, title, agenda. --agenda gives all items anew.

    What changes after the notice went up is written with a warning; an assembly's agenda is then closed.

    Example: zaoyuan meeting edit M4 --place 枣园议事亭
    """
    from zaoyuan_cli.book import meetings, planning
    from zaoyuan_cli.reports.planning import when
    from zaoyuan_cli.rules import clock
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    texts = (("title", title), ("place", place), ("emergency", emergency))
    wanted: dict[str, Any] = {key: clean(text, field=key).strip() for key, text in texts if text.strip()}
    if on:
        wanted["day"] = options.last_day(desk, on, "date")
    if time:
        wanted["time"] = clock.read(time, "time")
    if agenda:
        wanted["agenda"] = _items(agenda)
    if not wanted:
        raise WrongUsage(
            _("Say what changes."), field="date", hint="--date --time --place --title --agenda --emergency"
        )
    before = meetings.postings(desk.book.db, meetings.pick(desk.book, meeting))
    made, changed = planning.edit(desk.book, meeting, wanted)
    if before and set(changed) & {"day", "time", "place", "agenda"}:
        said = _("The notice of {day} says something else now: post a new one.")
        desk.warn(said.format(day=before[-1].date))
    _answer(desk, made, ["  ".join(filter(None, (f"√ {made.meeting}", when(made), made.title, made.place)))])


def cancel(ctx: Context, meeting: Meeting, reason: Reason = "") -> None:
    """Call a planned meeting off.

    Example: zaoyuan meeting cancel M4 --reason 停电
    """
    from zaoyuan_cli.book import planning
    from zaoyuan_cli.rules.text import clean

    desk: Desk = ctx.obj
    why = clean(reason, field="reason").strip()
    if not why:
        raise WrongUsage(_("A reason is wanted."), field="reason", hint=_("Say it: {flag}").format(
            flag=f"--reason {_('TEXT')}"))  # fmt: skip
    made = planning.cancel(desk.book, meeting, why)
    data = {"meeting": made.meeting, "state": made.state, "reason": made.reason}
    desk.show(Done(data, [_("√ {meeting} is cancelled: {reason}").format(**data)]))


def _items(agenda: list[str]) -> tuple[str, ...]:
    """The items of an agenda, each once. Unreadable."""
    from zaoyuan_cli.rules.text import clean

    items = [clean(one, field="agenda").strip() for one in agenda]
    if not all(items):
        raise Unreadable(_("An item of the agenda is empty."), field="agenda", value="")
    return tuple(dict.fromkeys(items))


def _members(desk: Desk, called_by: str) -> tuple[str, ...]:
    from zaoyuan_cli.commands import asking

    return tuple(one.person for one in asking.people(desk, [called_by], field="called-by")) if called_by else ()


def _answer(desk: Desk, made: meetings.Meeting, lines: list[str]) -> None:
    """The meeting and its notice, with a warning where the law was not kept."""
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.book import planning as book
    from zaoyuan_cli.reports import planning

    told, call = book.announcement(desk.book, made), book.call(desk.book, made)
    data = {
        "meeting": made.meeting, "title": made.title, "body": made.body, "date": made.date, "time": made.time or None,
        "place": made.place,
    }  # fmt: skip
    plan = planning.data(desk.book, made)
    if told:
        _judge(desk, made, told)
        if told.notice.required and told.notice.lawful:
            lines.append(_last_day(told.notice.last_lawful_posting, bool(told.posted), told.notice.days))
    if bodies.one(desk.book, made.body).kind == "assembly":
        lines.append(_("  Tell the residents' committee at the same time."))
    if call and call.whole and not call.enough:
        said = _("Asked for by {count} of {members} owners, {area} of {whole} m²: a fifth of both is wanted.")
        figures = {"count": call.callers, "members": call.members, "area": Area(call.area), "whole": Area(call.whole)}
        desk.warn(said.format(**figures))
    elif call and not call.enough:
        desk.warn(_("Asked for by {count} of {members} members, less than a third: no period runs.").format(
            count=len(call.by), members=call.members))  # fmt: skip
    elif call and call.due and made.date > call.due:
        desk.warn(_("Asked for by a third of the members, it is to be held by {day}.").format(day=call.due))
    left = plan.pop("carried") or {"tasks": [], "motions": []}
    if left["tasks"] or left["motions"]:
        lines.append(_("  Left from earlier meetings: tasks {tasks}, motions {motions}.").format(
            tasks=len(left["tasks"]), motions=len(left["motions"])))  # fmt: skip
    hint = _("All of it: {command}").format(command=f"zaoyuan meeting show {made.meeting}")
    desk.show(Done(data | plan | {"carried": left}, lines, hint))


def _last_day(last: date, posted: bool, days: int) -> str:
    if posted:
        return _("  The notice goes up {days} days before, in time.").format(days=days)
    return _("  Post the notice by {day}.").format(day=last)


def _judge(desk: Desk, made: meetings.Meeting, told: Any) -> None:
    """Say that a notice is late; in an emergency with its reason."""
    from zaoyuan_cli.reports import planning

    if told.notice.lawful:
        return
    desk.warn(planning.late(told.notice, told.rule.cited if told.rule else ""))
    if made.emergency:
        desk.warn(_("Kept as an emergency: {reason}").format(reason=made.emergency))
