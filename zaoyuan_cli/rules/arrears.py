"""Money owed: how long overdue it is, and until when it can be demanded (民法典 188, 192, 195)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules.dates import years_later

BUCKETS = ("not_due", "1-30", "31-90", "91-365", "over_365")
"""How long overdue, in days."""
EXPIRING_DAYS = 180  # so long before the limit somebody is told


class Asked(NamedTuple):
    """What makes the years count anew, on a day: a demand, or (`agreed`) that the debtor agreed or paid a part."""

    day: date
    agreed: bool


def bucket(days: int) -> str:
    """The bucket of so many days overdue: 0 is not due yet, 30 is in 1-30, 365 in 91-365."""
    for code, last in zip(BUCKETS, (0, 30, 90, 365), strict=False):
        if days <= last:
            return code
    return BUCKETS[-1]


def limit(due: date, years: int, asked: Iterable[Asked]) -> date:
    """The last day on which what was due on a day can be demanded in court: so many years later, counted anew from
    each demand made in time and from each agreement or part payment, whenever it was (CC 188, 195). A demand that came
    too late brings nothing back (CC 192)."""
    last = years_later(due, years)
    for one in sorted(asked):
        if one.agreed or one.day <= last:
            last = max(last, years_later(one.day, years))
    return last
