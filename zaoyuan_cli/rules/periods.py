"""Periods of the books: a month or a quarter, by its name (R-70)."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(?:份)?")
_QUARTER = re.compile(r"(\d{4})\s*[-./年]?\s*(?:[Qq]\s*([1-4])|第?([一二三四1-4])季度?)")


class Span(NamedTuple):
    """A month or a quarter: 2022-05, 2022-Q2; its first and its last day."""

    name: str
    first: date
    last: date


def month(year: int, number: int) -> Span:
    """The month of a year."""
    first = date(year, number, 1)
    return Span(f"{year:04d}-{number:02d}", first, _before_next(year, number))


def parse(text: str, field: str = "period") -> Span:
    """A month (2022-05, 2022年5月) or a quarter (2022-Q2, 2022年第二季度). Unreadable."""
    word = text.strip()
    if found := _MONTH.fullmatch(word):
        year, number = int(found[1]), int(found[2])
        if year and 1 <= number <= 12:
            return month(year, number)
    if (found := _QUARTER.fullmatch(word)) and int(found[1]):
        year, quarter = int(found[1]), "一二三四".find(found[3] or "-") + 1 or int(found[2] or found[3])
        return Span(f"{year:04d}-Q{quarter}", date(year, 3 * quarter - 2, 1), _before_next(year, 3 * quarter))
    raise Unreadable(
        _("“{word}” is no month and no quarter.").format(word=text),
        field=field,
        value=text,
        hint=_("Write it as {month} or {quarter}.").format(month="2022-05", quarter="2022-Q2"),
    )


def month_before_last(today: date) -> Span:
    """The month whose sheet should be closed by now: two before the one that runs."""
    return month((before := _month_before(today)).year, before.month)


def _month_before(today: date) -> date:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1) - timedelta(days=1)


def _before_next(year: int, number: int) -> date:
    """The last day of a month."""
    if number == 12:
        return date(year, 12, 31)
    return date(year, number + 1, 1) - timedelta(days=1)
