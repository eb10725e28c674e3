"""Periods of the books: a month or a quarter, by its name (R-70)."""

from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import dates

_SHORTEST_YEAR = timedelta(days=364)


class Span(NamedTuple):
    """A month or a quarter: 2022-05, 2022-Q2; its first and its last day."""

    name: str
    first: date
    last: date


def parse(text: str, today: date | None = None, field: str = "period") -> Span:
    """A month (2022-05, 2022年5月) or a quarter (2022-Q2, 2022年第二季度), as `dates.period` reads them; a year is not
    closed at once. Unreadable."""
    first, last = dates.period(text, today, field)
    if last - first >= _SHORTEST_YEAR:
        raise Unreadable(
            _("“{word}” is no month and no quarter.").format(word=text),
            field=field,
            value=text,
            hint=_("Write it as {month} or {quarter}.").format(month="2022-05", quarter="2022-Q2"),
        )
    return Span(dates.period_text(first, last), first, last)


def month_before_last(today: date) -> Span:
    """The month whose sheet should be closed by now: two before the one that runs."""
    return parse(f"{_month_before(_month_before(today)):%Y-%m}")


def _month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)
