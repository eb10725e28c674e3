"""`notice post`, `list`, `show`, `withdraw`: papers that hung on a wall (R-71, R-73)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Reason, Since, Sort, Until, day, last_day, one_of
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules import disclosure

if TYPE_CHECKING:
    from datetime import date as Date

    from zaoyuan_cli.book.notices import Notice, Signers
    from zaoyuan_cli.desk import Desk

Item = Annotated[
    str,
    Argument(
        metavar=N_("WHAT"),
        help=N_("What it shows: money 收支, bylaws 制度, decisions 决议, contract 合同, maintenance 维修资金, "
                "common-income 公共收益, parking 车位, work-fund 工作经费, roster 名单, deliberation 协商, other."),
    ),
]  # fmt: skip
No = Annotated[
    str,
    Argument(
        metavar=N_("NO"), help=N_("The notice's number: NA2022-1, or N1 where one fits."),
        autocompletion=completing.notices,
    ),
]  # fmt: skip
Title = Annotated[str, Option("--title", metavar=N_("TEXT"), help=N_("Its title, where it has one of its own."))]
Period = Annotated[
    str,
    Option(
        "--period", metavar=N_("PERIOD"), help=N_("The month or quarter: 2022-Q1; of money the last one that is over.")
    ),
]
About = Annotated[str, Option("--about", metavar=N_("NO"), help=N_("The number of what it is about: DA2022-1."))]
Place = Annotated[str, Option("--place", metavar=N_("TEXT"), help=N_("Where it hangs: 各单元门口."))]
Last = Annotated[
    str,
    Option("--until", metavar=N_("DATE"), help=N_("The last day it hangs; as long as the rule asks, if not given.")),
]
By = Annotated[
    str, Option("--by", metavar=N_("WHO"), help=N_("Who put it up; you, if not given."), autocompletion=completing.who)
]
Witness = Annotated[
    str, Option("--witness", metavar=N_("WHO"), help=N_("Who saw it hang."), autocompletion=completing.who)
]
Prepared = Annotated[
    str,
    Option("--prepared", metavar=N_("WHO"), help=N_("Who drew up a sheet of money."), autocompletion=completing.who),
]
Checked = Annotated[
    str, Option("--checked", metavar=N_("WHO"), help=N_("Who checked it."), autocompletion=completing.who)
]
Chair = Annotated[
    str, Option("--chair", metavar=N_("WHO"), help=N_("Who signed it as chair."), autocompletion=completing.who)
]
Photo = Annotated[str, Option("--file", "-f", metavar=N_("FILE"), help=N_("A photo of it on the wall."))]
Open = Annotated[bool, Option("--open", help=N_("Only those that hang, or have an objection without an answer."))]
COLUMNS = (
    Column("notice", N_("No."), "number_text"),
    Column("date", N_("Posted"), "date"),
    Column("title", N_("Title"), flex=True),
    Column("period", N_("Period"), "number_text", 1),
    Column("place", N_("Place"), priority=2),
    Column("until", N_("Until"), "date"),
    Column("objections", N_("Objections"), "number", 3),
    Column("unanswered", N_("Without an answer"), "number", 4),
    Column("state", N_("State"), "state"),
)


def post(
    ctx: Context, what: Item, place: Place = "", period: Period = "", until: Last = "", title: Title = "",
    about: About = "", by: By = "", witness: Witness = "", prepared: Prepared = "", checked: Checked = "",
    chair: Chair = "", file: Photo = "", date: Day = "",
) -> None:  # fmt: skip
    """Enter that a paper was put up: what it shows, where, until when, who signed it and saw it hang.

    With it the list of what is to be published is ticked off: zaoyuan disclosure list

    Example: zaoyuan notice post money --period 2022-Q1 --place 各单元门口 --prepared 韩梅
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.exchange import vouchers

    desk: Desk = ctx.obj
    item, on = one_of(what, disclosure.TYPED, "what"), day(desk, date)
    signers = notices.Signers(*(_person(desk, who, field) for who, field in (
        (prepared, "prepared"), (checked, "checked"), (chair, "chair"))))  # fmt: skip
    number = notices.post(
        desk.book, item, title, place, on, last_day(desk, until, "until"), period=_period(item, period, on),
        about=about.strip(), by=_person(desk, by, "by") or desk.book.who, witness=_person(desk, witness, "witness"),
        signers=signers, photos=[vouchers.read(file)] if file else [],
    )  # fmt: skip
    one = notices.one(desk.book, number)
    _warn(desk, one, signers)
    _show(desk, one)


def _period(item: str, text: str, on: Date) -> str:
    """The name of the period typed; of money the quarter that was over last. Unreadable."""
    from zaoyuan_cli.rules import periods

    if text:
        return periods.parse(text).name
    return disclosure.quarter_before(on).name if item == "money" else ""


def _person(desk: Desk, text: str, field: str) -> str:
    from zaoyuan_cli.commands import asking

    return asking.person(desk, text, field=field).person if text else ""


def _warn(desk: Desk, one: Notice, signers: Signers) -> None:
    """What it lacks: days, signatures."""
    from zaoyuan_cli.book import notices

    if rule := notices.too_short(desk.book, one):
        said = _("It hangs {days} days, {required} are asked for. {source}")
        desk.warn(said.format(days=one.days, required=rule.value, source=rule.cited))
    flags = ("--prepared", "--checked", "--chair")
    missing = [flag for flag, who in zip(flags, signers, strict=True) if not who]
    if one.item == "money" and missing:
        desk.warn(_("A sheet of money is signed by three: {flags}").format(flags=series(missing)))


def _show(desk: Desk, one: Notice) -> None:
    from zaoyuan_cli.reports.disclosures import row

    data = row(desk.book, one, desk.today)
    said = _("{notice}: {place}, until {day}").format(notice=one.notice, place=one.place, day=one.until)
    line = " · ".join(filter(None, (f"√ {said}", str(data["title"]), one.period)))
    hint = _("An objection is entered with its number: {command}").format(
        command=f"zaoyuan opinion add {_('WHO')} {_('TEXT')} --topic {one.notice}"
    )
    desk.show(Done(data, [line], hint))


def list_(
    ctx: Context, open: Open = False, since: Since = "", until: Until = "", sort: Sort = "", limit: Limit = 0
) -> None:
    """List the papers that were put up, and the objections to them.

    Example: zaoyuan notice list
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.reports.disclosures import row

    desk: Desk = ctx.obj
    (first, last), now = days(desk, since, until), desk.as_of or desk.today
    rows = [
        row(desk.book, one, now)
        for one in notices.listing(desk.book.db, now)
        if (not first or one.date >= first) and (not last or one.date <= last)
    ]
    rows = [one for one in rows if not open or one["state"] == "posted" or one["unanswered"]]
    totals = {
        "notices": len(rows), "objections": sum(one["objections"] for one in rows),
        "unanswered": sum(one["unanswered"] for one in rows),
    }  # fmt: skip
    empty = _("Nothing was put up. Enter it: {command}").format(
        command=f"zaoyuan notice post money --place {_('TEXT')}"
    )
    desk.show(Listing(arranged(rows, sort, limit), COLUMNS, totals, empty=empty, as_of=desk.as_of))


def show(ctx: Context, number: No) -> None:
    """Show a paper that was put up, and the objections to it with their answers.

    Example: zaoyuan notice show NA2022-1
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.reports.disclosures import notice

    desk: Desk = ctx.obj
    one = notices.one(desk.book, notices.pick(desk.book, number), desk.as_of)
    desk.show(notice(desk.book, one, desk.as_of or desk.today))


def withdraw(ctx: Context, number: No, reason: Reason = "", date: Day = "") -> None:
    """Enter that a paper was taken down before its time, and why.

    Example: zaoyuan notice withdraw NA2022-1 --reason 金额有误,更正后重贴
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.reports.disclosures import row

    desk: Desk = ctx.obj
    of = notices.pick(desk.book, number)
    if not reason.strip():
        raise WrongUsage(_("Why was it taken down? --reason"), field="reason", value=reason)
    desk.confirm(_("{number} is taken down and counts as posted no more. Go on?").format(number=of))
    one = notices.withdraw(desk.book, of, day(desk, date), reason)
    desk.show(Done(row(desk.book, one, desk.today), [_("√ {number} was taken down.").format(number=of)]))
