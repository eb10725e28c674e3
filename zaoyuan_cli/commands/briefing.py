"""`report`: how things stand, before a meeting; and the papers for one unit, for the whole roster."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from zaoyuan_cli.commands.options import Output, Since, Until, day_or_none, one_of
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports.briefing import Span, briefing, month_of

if TYPE_CHECKING:
    from zaoyuan_cli.document import Report

SUBJECTS = {
    "meeting": "meeting", "会前": "meeting", "会议": "meeting",
    "unit": "unit", "单元": "unit",
    "roster": "roster", "名册": "roster", "花名册": "roster",
}  # fmt: skip
"""What may be typed for what a report is about."""

Subject = Annotated[
    str,
    typer.Argument(
        metavar=N_("SUBJECT"), help=N_("What it is about: meeting (if not said), unit, roster."), show_default=False
    ),
]
About = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Which one: the unit 3-2."), show_default=False)]


def report(
    ctx: typer.Context, subject: Subject = "meeting", name: About = "", since: Since = "", until: Until = "",
    output: Output = "",
) -> None:  # fmt: skip
    """How things stand, before a meeting; or in one unit, or in the roster.

    The books checked, money by fund and account, projects, arrears, offices, tasks, the last minutes, bylaws, what to
    do. It covers this month unless --since and --until say otherwise.

    unit: a unit leader's worklist, nothing but their own doors. roster: households, areas and leaders by unit and grid.

    -o writes it to a file: .md .html .csv .json .txt.

    Example: zaoyuan report --since 2022-05-01 --until 2022-05-31

    Example: zaoyuan report unit 3-2

    Example: zaoyuan report roster -o roster.html

    Example: zaoyuan report -o report.html
    """
    desk: Desk = ctx.obj
    about = one_of(subject, SUBJECTS, "subject")
    if name and about != "unit":
        raise WrongUsage(_("“{word}” is one word too many.").format(word=name), field="name", value=name)
    if (since or until) and about != "meeting":
        raise WrongUsage(
            _("This report is of one day: {flag}").format(flag="--as-of"), field="since" if since else "until"
        )
    desk.show(MAKERS[about](desk, name, since, until), output)


def _meeting(desk: Desk, name: str, since: str, until: str) -> Report:
    last = day_or_none(desk, until, "until") or desk.as_of or desk.known_on or desk.book.today
    first = day_or_none(desk, since, "since") or month_of(last).since
    if first > last:
        raise WrongUsage(_("{since} is after {until}.").format(since=first, until=last), field="since", value=since)
    return briefing(desk.book, Span(first, last))


def _unit(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.commands.units import find
    from zaoyuan_cli.reports.unit import worklist

    if not name:
        raise WrongUsage(_("Which unit? {command}").format(command="zaoyuan report unit 3-2"), field="name", value=name)
    return worklist(desk.book, find(desk, name), full=desk.full, as_of=desk.as_of)


def _roster(desk: Desk, name: str, since: str, until: str) -> Report:
    from zaoyuan_cli.reports.roster import roster

    return roster(desk.book, desk.as_of)


MAKERS: dict[str, Callable[[Desk, str, str, str], Report]] = {"meeting": _meeting, "unit": _unit, "roster": _roster}
