"""`person consent`: what of a person may be published."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, options
from zaoyuan_cli.commands.options import Day
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, sample, series
from zaoyuan_cli.reports import Done, Listing

COLUMNS = (
    Column("name", N_("Name")), Column("what", N_("May be published"), "state"), Column("from", N_("Since"), "date"),
    Column("until", N_("Until"), "date"), Column("withdrawn", N_("Withdrawn"), "date"),
    Column("state", N_("State"), "state"), Column("person", N_("Id"), "number_text", 1),
)  # fmt: skip

Whom = Annotated[str, Argument(metavar=N_("WHO"), help=N_("Who agreed; all consents are listed without."))]
What = Annotated[
    list[str],
    Option(
        "--what", metavar=N_("WHAT"), show_default=False,
        help=N_("name, phone, room, payment or photo (姓名 电话 房号 缴款 照片); once for each."),
    ),
]  # fmt: skip
Last = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("The last day, where one was said."))]
Withdraw = Annotated[bool, Option("--withdraw", help=N_("They agree no more, from that day on."))]


def consent(
    ctx: Context, who: Whom = "", what: What = [], until: Last = "", withdraw: Withdraw = False, date: Day = "",  # noqa: B006
) -> None:  # fmt: skip
    """Enter that a person agrees to be named in public, or agrees no more; list who agreed to what.

    What nobody agreed to is masked on every paper for the wall.

    Example: zaoyuan person consent 韩梅 --what 姓名 --until 2027-12-31
    """
    from zaoyuan_cli.book import consents, people

    desk: Desk = ctx.obj
    if not what:
        if who and (until or withdraw):
            raise WrongUsage(_("Say what may be published: {flag}").format(flag="--what name"), field="what")
        desk.show(listing(desk, asking.person(desk, who, look=True).person if who else ""))
        return
    if withdraw and until:
        raise WrongUsage(_("A withdrawal has no last day."), field="until", value=until)
    codes = list(dict.fromkeys(options.one_of(one, consents.WORDS, "what") for one in what))
    id, day, last = asking.person(desk, who).person, options.day(desk, date), options.last_day(desk, until, "until")
    with desk.book.writing("person consent") as book:
        for code in codes:
            if withdraw:
                consents.withdraw(book, id, code, day)
            else:
                consents.give(book, id, code, day, last)
    said = series([_(code) for code in codes])
    line = _("√ {name} withdraws from {day} on: {what}") if withdraw else _("√ {name} agrees from {day} on: {what}")
    name = people.name_of(desk.book.db, id)
    desk.show(Done({"person": id, "consents": rows(desk, id)}, [line.format(name=name, day=day, what=said)]))


def listing(desk: Desk, person: str) -> Listing:
    """Every consent, or those of a person (an id)."""
    empty = _("Nobody agreed to anything. Enter it: {command}").format(
        command=sample("zaoyuan person consent WHO --what name")
    )  # fmt: skip
    found = rows(desk, person)
    return Listing(found, COLUMNS, {"consents": len(found)}, empty=empty, as_of=desk.as_of)


def rows(desk: Desk, person: str = "") -> list[dict[str, Any]]:
    """The consents as JSON has them: state active, or ended (withdrawn, or over)."""
    from zaoyuan_cli.book import consents, people

    day, known = desk.as_of or desk.book.today, people.everyone(desk.book.db)
    return [
        {
            "person": one.person, "name": known[one.person].name, "what": one.what, "from": one.since,
            "until": one.until, "withdrawn": one.withdrawn, "state": "active" if one.on(day) else "ended",
        }
        for one in consents.everyone(desk.book.db, person)
        if one.since <= day
    ]  # fmt: skip
