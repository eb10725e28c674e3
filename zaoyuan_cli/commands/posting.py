"""`notice post`: a paper goes up on a wall, drawn, numbered, with the code that proves it (R-71, R-73)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, subjects
from zaoyuan_cli.commands.options import Day, Output, day, last_day, one_of
from zaoyuan_cli.commands.subjects import Month
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _, series, speaking
from zaoyuan_cli.reports import Done
from zaoyuan_cli.rules import disclosure
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from datetime import date as Date

    from zaoyuan_cli.book.hanging import Drawing, Posting
    from zaoyuan_cli.book.notices import Notice, Signers
    from zaoyuan_cli.desk import Desk

Item = Annotated[
    str,
    Argument(
        metavar=N_("WHAT"),
        help=N_("Drawn: money 收支, project 项目, decision 决议, ballot 表决公告, result 表决结果, meeting 会议, "
                "bylaw 制度, roster 名单. Your own: decisions, bylaws, contract 合同, maintenance 维修资金, "
                "common-income 公共收益, parking 车位, work-fund 工作经费, deliberation 协商, other 其他."),
    ),
]  # fmt: skip
Title = Annotated[str, Option("--title", metavar=N_("TEXT"), help=N_("Its title, where it has one of its own."))]
About = Annotated[
    str,
    Argument(
        metavar=N_("ABOUT"),
        help=N_("What it is about: a period (2022-Q1, 5月), a project, a number (DA2022-1), a bylaw, a unit."),
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


def post(
    ctx: Context, what: Item, about: About = "", month: Month = "", place: Place = "", until: Last = "",
    title: Title = "", by: By = "", witness: Witness = "", prepared: Prepared = "", checked: Checked = "",
    chair: Chair = "", file: Photo = "", date: Day = "", output: Output = "",
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
    from zaoyuan_cli.commands.postings import kept
    from zaoyuan_cli.exchange import vouchers
    from zaoyuan_cli.reports.notices import PAPERS

    desk: Desk = ctx.obj
    item, on = one_of(what, disclosure.TYPED, "what"), day(desk, date)
    about = subjects.of_month(item, about.strip(), month)
    drawn = item in PAPERS and on >= desk.today
    if output and not drawn:
        said = _("Only a paper that is drawn and goes up today can be written into a file: zaoyuan notice")
        raise WrongUsage(said, field="output", value=output)
    signers = notices.Signers(*(_person(desk, who, field) for who, field in (
        (prepared, "prepared"), (checked, "checked"), (chair, "chair"))))  # fmt: skip
    key = subjects.key(desk, item, about, on) if item in PAPERS else about
    posting = hanging.Posting(
        item, title, place, on, last_day(desk, until, "until"),
        period=key if item == "money" else "", about="" if item == "money" else key,
        by=_person(desk, by, "by") or desk.book.who, witness=_person(desk, witness, "witness"), signers=signers,
        photos=[vouchers.read(file)] if file else [], replaces=_replaced(desk, item, key, on) if drawn else "",
    )  # fmt: skip
    number = hanging.post(
        desk.book, posting, _drawing(desk, posting, key) if drawn else None,
        (lambda number: desk.write(kept(desk, number), output)) if output else None,
    )  # fmt: skip
    one = notices.one(desk.book, number)
    _warn(desk, one, signers)
    _show(desk, one, output)


def _replaced(desk: Desk, item: str, key: str, on: Date) -> str:
    """The number of the last paper of the same that was taken down, which a new one stands for; "" where there is none.
    One of the same that still hangs is asked about. NeedsYes, Cancelled."""
    from zaoyuan_cli.book import notices

    same = notices.of_same(desk.book.db, item, key, on)
    if up := next((one for one in reversed(same) if one.state == "posted"), None):
        said = _("{number} of the same still hangs, until {day}. Put up another?")
        desk.confirm(said.format(number=up.notice, day=up.until))
    return same[-1].notice if same and same[-1].state == "withdrawn" else ""


def _drawing(desk: Desk, posting: Posting, key: str) -> Drawing:
    """What draws a paper to be kept: with its number, when and by what it was made at its edge."""
    from zaoyuan_cli import __version__
    from zaoyuan_cli.book.hanging import Drawing
    from zaoyuan_cli.document import on_screen, running
    from zaoyuan_cli.reports import notices
    from zaoyuan_cli.reports.public import Hanging, Wall
    from zaoyuan_cli.reports.stored import packed

    def draw(number: str, since: Date, until: Date, place: str) -> str:
        wall = Wall(desk.book, since, Hanging(number, since, until, place, posting.replaces, tuple(posting.signers)))
        with speaking(wall.lang):
            paper = notices.draw(wall, posting.item, key)
            parts = paper.document()
            edge = desk.edge(wall.lang)._replace(pages=running(parts).pages, number=number)
            stored = packed([*on_screen(parts), edge])
        _warn_pending(desk, paper.data().get("pending", ()))
        return stored

    return Drawing(__version__, draw)


def _warn_pending(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> None:
    """That members have not approved what the paper says was spent (R-63)."""
    if rows:
        said = _("Expenses on it that members have not approved: {numbers}, {amount} yuan in all.")
        total = Fen(sum(row["amount"] for row in rows)).yuan()
        desk.warn(said.format(numbers=series(row["number"] for row in rows), amount=total))


def _person(desk: Desk, text: str, field: str) -> str:
    from zaoyuan_cli.commands import asking

    return asking.person(desk, text, field=field).person if text else ""


def _warn(desk: Desk, one: Notice, signers: Signers) -> None:
    """What it lacks: days, signatures; and that a decision went up late (R-37)."""
    from zaoyuan_cli.book import decisions, notices
    from zaoyuan_cli.reports.notices import decision

    if rule := notices.too_short(desk.book, one):
        said = _("It hangs {days} days, {required} are asked for. {source}")
        desk.warn(said.format(days=one.days, required=rule.value, source=rule.cited))
    until = decision.due(desk.book, decisions.show(desk.book, one.about)) if one.item == "decision" else None
    if until and one.date > until.last:
        said = _("Posted on {day}; the last day by law was {last}.")
        desk.warn(said.format(day=one.date, last=until.last))
    flags = ("--prepared", "--checked", "--chair")
    missing = [flag for flag, who in zip(flags, signers, strict=True) if not who]
    if one.item == "money" and missing:
        desk.warn(_("A sheet of money is signed by three: {flags}").format(flags=series(missing)))
    named = [who for who in signers if who]
    if len(set(named)) < len(named):
        desk.warn(_("A sheet of money is signed by three people; here one signs for two."))


def _show(desk: Desk, one: Notice, output: str) -> None:
    from zaoyuan_cli.book import proofs
    from zaoyuan_cli.reports.disclosures import row
    from zaoyuan_cli.rules import codes

    data = row(desk.book, one, desk.today)
    code = next((codes.grouped(each.code) for each in proofs.posted(desk.book) if each.number == one.notice), "")
    said = _("{notice}: {place}, until {day}").format(notice=one.notice, place=one.place, day=one.until)
    lines = [" · ".join(filter(None, (f"√ {said}", str(data["title"]), one.period)))]
    lines += [_("  Check code: {code}").format(code=code)] if code else []
    lines += [_("√ Written: {file}").format(file=output)] if output else []
    hint = _("An objection is entered with its number: {command}").format(
        command=f"zaoyuan opinion add {_('WHO')} {_('TEXT')} --topic {one.notice}"
    )
    if code and not output:
        hint = _("Print it: {command}").format(command=f"zaoyuan notice print {one.notice} -o {one.notice}.pdf")
    desk.show(Done(data | {"code": code or None}, lines, hint))
