"""The noun `reminder`: households are asked for what they owe, and that is noted (R-68)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import completing, options
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.reminding import text
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.reminders import Asking, Reminder

app = Typer()
app.command()(text)
Whom = Annotated[
    list[str],
    Argument(metavar=N_("WHO"), help=N_("Rooms or names; a unit (3-2) is all in it who owe."),
             autocompletion=completing.who),
]  # fmt: skip
Via = Annotated[str, Option("--via", metavar=N_("HOW"), help=N_("How they were asked: visit, phone, wechat, letter."))]
By = Annotated[
    str,
    Option("--by", metavar=N_("WHO"), help=N_("Who asked them; you, if not given."), autocompletion=completing.who),
]
Agreed = Annotated[bool, Option("--agreed", help=N_("They said that they will pay."))]


@app.command()
def add(
    ctx: Context, who: Whom, via: Via, project: options.Project = "", date: options.Day = "", by: By = "",
    agreed: Agreed = False, note: options.Note = "",
) -> None:  # fmt: skip
    """Note that households were asked for what they owe: to all projects, or to one.

    A reminder is a demand: from it the three years count anew in which what is owed can be demanded in court (CC 188,
    195). To find nobody at home is none. A household that owed nothing that day gets no reminder.

    Example: zaoyuan reminder add 3-2-502 --via 电话

    Example: zaoyuan reminder add 3-2 -p 车棚改造 --via 上门 -d 昨天 --by 张济
    """
    from zaoyuan_cli.book import projects, reminders
    from zaoyuan_cli.commands import asking

    desk: Desk = ctx.obj
    channel = options.one_of(via, reminders.CHANNELS, "via")
    of = projects.pick(desk.book, project) if project else ""
    on = options.day(desk, date)
    doors = _doors(desk, who, of, on)
    person = asking.person(desk, by, field="by").person if by else desk.book.who
    how = reminders.Asking(channel, on, person, agreed, note)
    again(desk, doors, how)
    desk.show(answer(desk, reminders.add(desk.book, doors, how)))


def _doors(desk: Desk, words: Sequence[str], project: str, on: date) -> list[tuple[str, str]]:
    """(room, project) of what is owed by those meant; of a unit those who owe. Refusal: somebody named owes nothing;
    NeedsYes, Cancelled: it is many at once."""
    from zaoyuan_cli.book import dues, finding, reminders
    from zaoyuan_cli.commands import asking

    owing: dict[str, list[str]] = {}
    for of, room, claim in dues.claims(desk.book.db, project or None, as_of=on):
        if claim.owed:
            owing.setdefault(room, []).append(of)
    rooms: dict[str, None] = {}
    asked = False
    for word in words:
        unit = () if finding.doors(desk.book, word) else finding.in_unit(desk.book, word)
        if unit and not any(room in owing for room in unit):
            raise reminders.owes_nothing(word, project, on)
        named = [room for room in unit if room in owing] or asking.households(desk, word)
        asked = asked or (not unit and len(named) >= asking.MANY)
        rooms |= dict.fromkeys(named)
    for room in rooms:
        if room not in owing:
            raise reminders.owes_nothing(room, project, on)
    if len(rooms) >= asking.MANY and not asked:
        listed = " ".join(list(rooms)[:6]) + (" …" if len(rooms) > 6 else "")
        desk.confirm(_("That is {count} households: {rooms}. Go on?").format(count=len(rooms), rooms=listed))
    return [(room, of) for room in rooms for of in owing[room]]


def again(desk: Desk, doors: Sequence[tuple[str, str]], how: Asking) -> None:
    """What is noted already of the same day, way and person is asked about. NeedsYes, Cancelled."""
    from zaoyuan_cli.book import reminders

    noted = {
        (one.room, one.project) for one in reminders.everyone(desk.book.db, until=how.on)
        if (one.date, one.channel, one.by) == (how.on, how.channel, how.by)
    }  # fmt: skip
    if twice := list(dict.fromkeys(room for room, of in doors if (room, of) in noted)):
        listed = " ".join(twice[:6]) + (" …" if len(twice) > 6 else "")
        question = _("A reminder of {day} ({way}) is noted already: {rooms}. Once more?")
        desk.confirm(question.format(day=how.on, way=_(reminders.WORDS[how.channel]), rooms=listed))


def answer(desk: Desk, sent: Sequence[Reminder]) -> Done:
    """What was noted, by household and project."""
    from zaoyuan_cli.book import dues, people, projects, reminders
    from zaoyuan_cli.rules.money import Fen

    db, first = desk.book.db, sent[0]
    rooms = list(dict.fromkeys(one.room for one in sent))
    owed = [due for room in rooms for due in dues.owed(db, room=room)]
    limits, called = reminders.limits(db, owed), projects.names(db)
    rows: list[dict[str, Any]] = [
        {"room": one.room, "project": called[one.project], "owed": one.owed,
         "reminders": reminders.count(db, one.room, one.project), "limit": limits.get((one.project, one.room))}
        for one in sent
    ]  # fmt: skip
    total = Fen(sum(one.owed for one in sent))
    data = {
        "date": first.date, "channel": first.channel, "by": people.name_of(db, first.by) or None,
        "agreed": first.agreed, "note": first.note or None, "rows": rows, "households": len(rooms), "owed": total,
    }  # fmt: skip
    listed = " ".join(rooms[:6]) + (" …" if len(rooms) > 6 else "")
    said = _("√ Reminded ({way}) · {rooms} · {amount} yuan · {day}").format(
        way=_(reminders.WORDS[first.channel]), rooms=listed, amount=total.yuan(), day=first.date
    )
    lines = [said]
    if len(sent) == 1 and rows[0]["limit"]:
        more = _("  {project}: reminder no. {count}; it can be demanded in court until {limit}.")
        lines.append(more.format(project=called[first.project], count=rows[0]["reminders"], limit=rows[0]["limit"]))
    return Done(data, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))


@app.command("list")
def list_(
    ctx: Context, project: options.Project = "", unit: options.Unit = "", grid: options.Grid = "",
    since: options.Since = "", until: options.Until = "", limit: options.Limit = 0, sort: options.Sort = "",
) -> None:  # fmt: skip
    """List the reminders: when, to whom, by which way, and what was owed that day.

    Example: zaoyuan reminder list --unit 3-2 --since 5-1
    """
    from zaoyuan_cli.book import households, projects, reminders
    from zaoyuan_cli.reports import reminders as report
    from zaoyuan_cli.rules import rooms

    desk: Desk = ctx.obj
    db = desk.book.db
    of = projects.pick(desk.book, project) if project else ""
    within = rooms.parse_unit(unit) if unit else ""
    first, last = days(desk, since, until)
    doors = households.everyone(db) if grid or within else {}
    found = [
        one
        for one in reminders.everyone(db, of, until=last)
        if (first is None or one.date >= first)
        and (not within or (doors[one.room].unit if one.room in doors else rooms.unit_of(one.room)) == within)
        and (not grid or (one.room in doors and doors[one.room].grid == grid))
    ]
    desk.show(arranged(report.listing(report.rows(desk.book, found), found, desk.as_of), sort, limit))
