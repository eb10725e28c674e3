"""`report`: how things stand, before a meeting; and the papers for one unit, for the whole roster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from zaoyuan_cli.commands.options import Output, Since, Until, day_or_none, one_of
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import NotFound, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports.briefing import Span, briefing, month_of

if TYPE_CHECKING:
    from zaoyuan_cli.document import Report

SUBJECTS = {
    "meeting": "meeting", "会前": "meeting", "会议": "meeting",
    "unit": "unit", "单元": "unit",
    "roster": "roster", "名册": "roster", "花名册": "roster",
    "money": "money", "收支": "money", "资金": "money",
    "project": "project", "项目": "project",
    "year": "year", "年度": "year",
    "term": "term", "届期": "term", "工作报告": "term", "届期工作报告": "term",
    "cash": "cash", "日记账": "cash", "现金日记账": "cash",
}  # fmt: skip
"""What may be typed for what a report is about."""

Subject = Annotated[
    str,
    typer.Argument(
        metavar=N_("SUBJECT"),
        help=N_("What it is about: meeting (if not said), money, project, cash, year, term, unit, roster."),
        show_default=False,
    ),
]
About = Annotated[
    str,
    typer.Argument(
        metavar=N_("NAME"),
        help=N_("Which one: the unit 3-2, a project, a period, an account, a body, the year 2022."),
        show_default=False,
    ),
]


def report(
    ctx: typer.Context, subject: Subject = "meeting", name: About = "", since: Since = "", until: Until = "",
    output: Output = "",
) -> None:  # fmt: skip
    """How things stand, before a meeting; or the money, a project, a year, a term, a unit, the roster.

    The books checked, money by fund and account, projects, arrears, offices, tasks, the last minutes, bylaws, what to
    do. It covers this month.

    money: by fund and account, month and kind, budgets, counts, the sums that agree; of a period (2022-Q1, 5月), or
    this year so far. cash: the journal of 现金 or another account, day by day; this month, or of 现金 a period.

    year: what was done in a year, its money beside the year before. term: the report to the owners on a body's term,
    the committee's if not said, or on a year of it: money, projects, decisions, meetings, votes, answers, papers, the
    hand-over.

    --since and --until say other days for: meeting, money, cash, term. The others are of one day (--as-of) or one year.

    project: the one in use, or NAME: who decided, dues by unit, every expense. The receipts are in: zaoyuan receipt
    list

    unit: a unit leader's worklist, nothing but their own doors. roster: households, areas and leaders by unit and grid.

    -o writes it to a file: .pdf .xlsx .html .md .csv .json .txt.

    Example: zaoyuan report --since 2022-05-01 --until 2022-05-31

    Example: zaoyuan report money --since 2022-01-01 -o money.csv

    Example: zaoyuan report project 车棚改造

    Example: zaoyuan report money 2022-Q1

    Example: zaoyuan report cash 5月

    Example: zaoyuan report cash 银行 --since 2022-03-01

    Example: zaoyuan report year 2021

    Example: zaoyuan report term 业委会

    Example: zaoyuan report unit 3-2

    Example: zaoyuan report roster -o roster.html

    Example: zaoyuan report -o report.pdf
    """
    desk: Desk = ctx.obj
    about = one_of(subject, SUBJECTS, "subject")
    if name and about not in NAMED:
        raise WrongUsage(_("“{word}” is one word too many.").format(word=name), field="name", value=name)
    if (since or until) and about not in SPANNED:
        said = _("This report is of one day: {flag}").format(flag="--as-of")
        if about == "year":
            said = _("This report is of one year; of other days: {command}").format(
                command=sample("zaoyuan report term --since DATE --until DATE")
            )
        raise WrongUsage(said, field="since" if since else "until", value=since or until)
    desk.show(MAKERS[about](desk, name, since, until), output)


def _meeting(desk: Desk, name: str, since: str, until: str) -> Report:
    return briefing(desk.book, _span(desk, since, until))


def _span(desk: Desk, since: str, until: str, year: bool = False) -> Span:
    """The days a report is of: this month so far, or this year so far, unless others are said."""
    last = day_or_none(desk, until, "until") or _now(desk)
    first = day_or_none(desk, since, "since") or (last.replace(month=1, day=1) if year else month_of(last).since)
    return _in_order(Span(first, last), since)


def _now(desk: Desk) -> date:
    """The day everything is asked of."""
    return desk.as_of or desk.known_on or desk.book.today


def _in_order(span: Span, since: str) -> Span:
    """The days, the first not after the last. Raises WrongUsage."""
    if span.since > span.until:
        said = _("{since} is after {until}.").format(since=span.since, until=span.until)
        raise WrongUsage(said, field="since", value=since)
    return span


def _money(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.reports.money import money

    return money(desk.book, _of_period(desk, name, since, until) if name else _span(desk, since, until, year=True))


def _of_period(desk: Desk, text: str, since: str, until: str) -> Span:
    """The days of a period as typed; of the one that runs what there is. Raises Unreadable; WrongUsage where other days
    are said as well."""
    from zaoyuan_cli.rules import dates

    if since or until:
        said = _("A period and other days: say one of them.")
        raise WrongUsage(said, field="since" if since else "until", value=text)
    now = _now(desk)
    first, last = dates.period(text, now)
    if first > now:
        said = _("{period} has not begun.").format(period=dates.period_text(first, last))
        raise Unreadable(said, field="period", value=text)
    return Span(first, min(last, now))


def _project(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.book import projects
    from zaoyuan_cli.reports.project import report

    of = projects.pick(desk.book, name) if name else projects.current(desk.book)
    return report(desk.book, of, desk.as_of)


def _cash(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.reports.cash import journal
    from zaoyuan_cli.rules import dates

    try:
        return journal(desk.book, accounts.pick(desk.book, name or "cash"), _span(desk, since, until))
    except NotFound as unknown:
        try:
            dates.period(name, _now(desk))
        except Unreadable:
            raise unknown from None
    return journal(desk.book, accounts.pick(desk.book, "cash"), _of_period(desk, name, since, until))


def _year(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.reports.year import year

    return year(desk.book, _of_year(desk, name))


def _of_year(desk: Desk, name: str) -> Span:
    """The days of a year as typed, this one if none is; of it what there is. Raises Unreadable."""
    from zaoyuan_cli.rules import dates

    now = _now(desk)
    first, last = dates.period(name or str(now.year), now, "year")
    if (last - first).days < 364:
        raise Unreadable(_("“{word}” is no year.").format(word=name), field="year", value=name)
    if first > now:
        raise Unreadable(_("The year {year} is still to come.").format(year=first.year), field="year", value=name)
    return Span(first, min(last, now))


def _term(desk: Desk, name: str, since: str, until: str) -> Report:
    """Of a body its term so far, or what was said of it; a year instead of a body means the committee's year."""
    from zaoyuan_cli.book import bodies
    from zaoyuan_cli.reports.bodies import ending
    from zaoyuan_cli.reports.year import term

    in_year = name.isdigit()
    if in_year and (since or until):
        raise WrongUsage(_("A year and other days: say one of them."), field="since" if since else "until", value=name)
    body = bodies.pick(desk.book, "" if in_year else name)
    if in_year:
        return term(desk.book, body, _of_year(desk, name))
    one, now = bodies.one(desk.book, body), _now(desk)
    if not (since or one.since):
        hint = sample("--since DATE")
        raise WrongUsage(
            _("When the term of {body} began is not known: {option}").format(body=one.name, option=hint), field="since"
        )
    first = day_or_none(desk, since, "since") or one.since or now
    over = min((day for day in (one.last or ending(desk.book, one), now) if day), default=now)
    last = day_or_none(desk, until, "until") or over
    return term(desk.book, body, _in_order(Span(first, last), since))


def _unit(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.commands.units import find
    from zaoyuan_cli.reports.unit import worklist

    if not name:
        raise WrongUsage(_("Which unit? {command}").format(command="zaoyuan report unit 3-2"), field="name", value=name)
    return worklist(desk.book, find(desk, name), full=desk.full, as_of=desk.as_of)


def _roster(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.reports.roster import roster

    return roster(desk.book, desk.as_of)


MAKERS: dict[str, Callable[[Desk, str, str, str], Report]] = {
    "meeting": _meeting, "money": _money, "project": _project, "cash": _cash, "year": _year, "term": _term,
    "unit": _unit, "roster": _roster,
}  # fmt: skip
NAMED = ("unit", "project", "money", "cash", "year", "term")  # of one of many
SPANNED = ("meeting", "money", "cash", "term")  # of days that may be said
