"""`notice post`, `list`, `show`, `withdraw`: papers that hung on a wall (R-71, R-73)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.commands.listing import arranged, days
from zaoyuan_cli.commands.options import Day, Limit, Output, Reason, Since, Sort, Until, day, last_day, one_of
from zaoyuan_cli.document import Column
from zaoyuan_cli.errors import NotFound, WrongUsage
from zaoyuan_cli.i18n import N_, _, series, speaking
from zaoyuan_cli.reports import Done, Listing
from zaoyuan_cli.rules import disclosure

if TYPE_CHECKING:
    from datetime import date as Date

    from zaoyuan_cli.book.hanging import Drawing
    from zaoyuan_cli.book.notices import Notice, Signers
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.reports.public import Public

Item = Annotated[
    str,
    Argument(
        metavar=N_("WHAT"),
        help=N_("Drawn: money 收支, project 项目, decision 决议, ballot 表决公告, result 表决结果, meeting 会议, "
                "bylaw 制度, roster 名单. Your own: decisions, bylaws, contract 合同, maintenance 维修资金, "
                "common-income 公共收益, parking 车位, work-fund 工作经费, deliberation 协商, other 其他."),
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
About = Annotated[
    str,
    Argument(
        metavar=N_("ABOUT"),
        help=N_("What it is about: a period (2022-Q1), a project, a number (DA2022-1), a bylaw, a unit."),
        show_default=False,
    ),
]
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
    ctx: Context, what: Item, about: About = "", place: Place = "", until: Last = "", title: Title = "", by: By = "",
    witness: Witness = "", prepared: Prepared = "", checked: Checked = "", chair: Chair = "", file: Photo = "",
    date: Day = "", output: Output = "",
) -> None:  # fmt: skip
    """Put a paper up: it is drawn as it stands now, kept, and bears a number and a code that proves it (verify).

    WHAT is a paper that can be drawn (zaoyuan notice), or a thing of the list for a paper of your own making. One that
    hangs since an earlier day (-d) is entered without being drawn. With it the list of what is to be published is
    ticked off: zaoyuan disclosure list

    Example: zaoyuan notice post money 2022-Q1 --place 各单元门口 --prepared 韩梅 -o 公示.pdf

    Example: zaoyuan notice post decision DA2022-7 --place 公告栏

    Example: zaoyuan notice post contract --title 物业服务合同 --place 公告栏 -d 5-30
    """
    from zaoyuan_cli.book import hanging, notices
    from zaoyuan_cli.commands import subjects
    from zaoyuan_cli.exchange import vouchers
    from zaoyuan_cli.reports.notices import PAPERS

    desk: Desk = ctx.obj
    item, on = one_of(what, disclosure.TYPED, "what"), day(desk, date)
    drawn = item in PAPERS and on >= desk.today
    if output and not drawn:
        said = _("Only a paper that is drawn and goes up today can be written into a file: zaoyuan notice")
        raise WrongUsage(said, field="output", value=output)
    signers = notices.Signers(*(_person(desk, who, field) for who, field in (
        (prepared, "prepared"), (checked, "checked"), (chair, "chair"))))  # fmt: skip
    key = subjects.key(desk, item, about.strip(), on) if item in PAPERS else about.strip()
    posting = hanging.Posting(
        item, title, place, on, last_day(desk, until, "until"), period=key if item == "money" else "",
        about="" if item == "money" else key, by=_person(desk, by, "by") or desk.book.who,
        witness=_person(desk, witness, "witness"), signers=signers, photos=[vouchers.read(file)] if file else [],
    )  # fmt: skip
    number = hanging.post(desk.book, posting, _drawing(desk, item, key) if drawn else None)
    one = notices.one(desk.book, number)
    _warn(desk, one, signers)
    if output:
        write(desk, number, output)
    _show(desk, one, output)


def _drawing(desk: Desk, paper: str, key: str) -> Drawing:
    """What draws a paper to be kept: with its number, when and by what it was made at its edge."""
    from zaoyuan_cli import __version__
    from zaoyuan_cli.book.hanging import Drawing
    from zaoyuan_cli.document import on_screen, running
    from zaoyuan_cli.reports import notices
    from zaoyuan_cli.reports.public import Hanging, Wall
    from zaoyuan_cli.reports.stored import packed

    def draw(number: str, since: Date, until: Date, place: str) -> str:
        wall = Wall(desk.book, since, Hanging(number, since, until, place))
        with speaking(wall.lang):
            parts = notices.draw(wall, paper, key).document()
            edge = desk.edge(wall.lang)._replace(pages=running(parts).pages, number=number)
            return packed([*on_screen(parts), edge])

    return Drawing(__version__, draw)


def write(desk: Desk, number: str, output: str) -> None:
    """A paper that was drawn, as it was kept, with its code, into a file."""
    desk.write(_kept(desk, number), output)


def _kept(desk: Desk, number: str) -> Public:
    """Raises NotFound for one that was put up without being drawn."""
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.kept import paper

    for one in proofs.posted(desk.book):
        if one.number == number:
            return paper(desk.book, one)
    said = _("{number} was put up without a code: it was not drawn by this program.").format(number=number)
    raise NotFound(said, field="notice", value=number)


def print_(ctx: Context, number: No, output: Output = "") -> None:
    """Draw a paper that was put up once more, as it was, with its code. A consent withdrawn since masks the name.

    Example: zaoyuan notice print NA2022-4 -o 公示.pdf
    """
    from zaoyuan_cli.book import notices
    from zaoyuan_cli.commands.notices import hang, ready

    desk = ready(ctx)
    hang(desk, _kept(desk, notices.pick(desk.book, number)), output)


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


def _show(desk: Desk, one: Notice, output: str) -> None:
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.disclosures import row
    from zaoyuan_cli.rules import codes

    data = row(desk.book, one, desk.today)
    code = next((codes.grouped(each.code) for each in proofs.posted(desk.book) if each.number == one.notice), "")
    said = _("{notice}: {place}, until {day}").format(notice=one.notice, place=one.place, day=one.until)
    lines = [" · ".join(filter(None, (f"√ {said}", str(data["title"]), one.period or one.about)))]
    lines += [_("  Check code: {code}").format(code=code)] if code else []
    lines += [_("√ Written: {file}").format(file=output)] if output else []
    hint = _("An objection is entered with its number: {command}").format(
        command=f"zaoyuan opinion add {_('WHO')} {_('TEXT')} --topic {one.notice}"
    )
    if code and not output:
        hint = _("Print it: {command}").format(command=f"zaoyuan notice print {one.notice} -o {one.notice}.pdf")
    desk.show(Done(data | {"code": code or None}, lines, hint))


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
    from zaoyuan_cli.book import hanging, notices
    from zaoyuan_cli.reports.disclosures import row

    desk: Desk = ctx.obj
    of = notices.pick(desk.book, number)
    if not reason.strip():
        raise WrongUsage(_("Why was it taken down? --reason"), field="reason", value=reason)
    desk.confirm(_("{number} is taken down and counts as posted no more. Go on?").format(number=of))
    one = hanging.withdraw(desk.book, of, day(desk, date), reason)
    desk.show(Done(row(desk.book, one, desk.today), [_("√ {number} was taken down.").format(number=of)]))
