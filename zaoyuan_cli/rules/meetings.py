"""Meetings: how long before one its notice goes up, by when its decisions do, who may call one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

NOTICE_DAYS = {
    "assembly": "assembly.notice_days", "committee": "committee.notice_days", "provisional": "committee.notice_days",
}  # fmt: skip
"""By the kind of body, the rule that says how many days before its meetings the notice goes up; none for others."""
COMMITTEES = ("committee", "provisional")
"""Kinds of body whose meetings the committee.* rules are about."""
CALLERS = Fraction(1, 3)
"""The share of the members at whose proposal a meeting is held within days: 指导规则 37 (R-34)."""
_SATURDAY = 5


class Notice(NamedTuple):
    """How the notice of a meeting stands: the days from its posting to the meeting, those required, the last day on
    which it could lawfully be posted for this meeting, the first on which a meeting so posted may lawfully be."""

    lawful: bool
    days: int
    required: int
    last_lawful_posting: date
    earliest_lawful_meeting: date


def notice(meeting: date, posted: date, required: int) -> Notice:
    """The notice of a meeting posted on a day (R-20, R-35): for 2026-12-01 and seven days 11-24 is the last day."""
    days, span = (meeting - posted).days, timedelta(days=required)
    return Notice(days >= required, days, required, meeting - span, posted + span)


class Deadline(NamedTuple):
    """A period's nominal last day, to aim for, and its last by the law: one that ends on a day of rest ends with the
    next working day (民法典 203). Days of rest are Saturdays and Sundays; other holidays are not known here."""

    target: date
    last: date


def deadline(day: date, days: int) -> Deadline:
    """The end of a period of so many days that begins to count on the day after (民法典 201, R-37)."""
    target = last = day + timedelta(days=days)
    while last.weekday() >= _SATURDAY:
        last += timedelta(days=1)
    return Deadline(target, last)


def called(callers: int, members: int) -> bool:
    """Are so many of the members enough to call a meeting (R-34): of five, two?"""
    return members > 0 and callers >= CALLERS * members
