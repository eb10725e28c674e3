"""`report`: how things stand, before a meeting."""

from __future__ import annotations

import typer

from zaoyuan_cli.commands.options import Output, Since, Until, day_or_none
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports.briefing import Span, briefing, month_of


def report(ctx: typer.Context, since: Since = "", until: Until = "", output: Output = "") -> None:
    """How things stand, before a meeting.

    The books checked, money by fund and account, projects, arrears, tasks, the last minutes, bylaws, what to do.

    It covers this month unless --since and --until say otherwise. -o writes it to a file: .md .html .csv .json .txt.

    Example: zaoyuan report --since 2022-05-01 --until 2022-05-31

    Example: zaoyuan report -o report.html
    """
    desk: Desk = ctx.obj
    last = day_or_none(desk, until, "until") or desk.as_of or desk.known_on or desk.book.today
    first = day_or_none(desk, since, "since") or month_of(last).since
    if first > last:
        raise WrongUsage(_("{since} is after {until}.").format(since=first, until=last), field="since", value=since)
    desk.show(briefing(desk.book, Span(first, last)), output)
