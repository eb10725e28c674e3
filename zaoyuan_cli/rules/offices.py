"""Offices and terms: how many seats a committee has, how long it sits, what is due after an election, who may not hold
two offices. What they count with stands in law/."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from zaoyuan_cli.rules.laws import law

CASHIER, BOOKKEEPER, CHAIR = "cashier", "bookkeeper", "chair"
APART = {
    frozenset((CASHIER, BOOKKEEPER)): "role.cashier_apart",
    frozenset((CHAIR, CASHIER)): "role.chair_apart",
}
"""Two offices that are never one person's (R-62), and the rule that says so."""


def seats_fit(seats: int) -> bool:
    """Is it a number of seats a committee may have: 5 to 11, odd (R-30)?"""
    return seats % 2 == 1 and law("committee.seats_least").number <= seats <= law("committee.seats_most").number


def lawful_end(since: date, years: int) -> date:
    """The last day of a term of so many years that begins on a day (R-30): 5 from 2019-05-25 end on 2024-05-24."""
    return _months(since, 12 * years) - timedelta(days=1)


def term(until: date, day: date) -> Literal["running", "ending", "over"]:
    """How a term that ends with `until` stands on a day: ending in its last three months, over from the day after."""
    after = until + timedelta(days=1)
    if day >= after:
        return "over"
    return "ending" if day >= _months(after, -law("committee.renewal_months").number) else "running"


def due(day: date, days: int) -> date:
    """The last day of a period of so many days that begins to count on the day after (民法典 201)."""
    return day + timedelta(days=days)


def vacancy(members: int, seats: int) -> Literal["", "fill", "elect"]:
    """What empty seats ask for (R-42): of five, three members left are to be made up, two mean an election."""
    if members >= seats:
        return ""
    return "elect" if members * 2 < seats else "fill"


def apart(role: str) -> dict[str, str]:
    """The offices that the holder of an office may not have, each with the name of the rule."""
    return {other: name for pair, name in APART.items() if role in pair for other in pair - {role}}


def _months(day: date, months: int) -> date:
    """So many months later; the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
