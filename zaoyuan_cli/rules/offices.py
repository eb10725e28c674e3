"""Offices and terms: how many seats a committee has, how long it sits, what is due after an election, who may not hold
two offices. The values stand in law/offices.toml, each with the words of its article."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from zaoyuan_cli.i18n import _

CASHIER, BOOKKEEPER, CHAIR = "cashier", "bookkeeper", "chair"
APART = {
    frozenset((CASHIER, BOOKKEEPER)): "role.cashier_apart",
    frozenset((CHAIR, CASHIER)): "role.chair_apart",
}
"""Two offices that are never one person's (R-62), and the rule that says so."""


class Rule(NamedTuple):
    """A rule of the law: what is counted with, the source, its article and its words; `status` is verified (the wording
    was read) or unverified; it holds from a day on."""

    name: str
    value: int | str
    unit: str
    source: str
    article: str
    words: str
    status: str
    since: date

    @property
    def number(self) -> int:
        """The value of a rule that counts seats, days, months or years."""
        return int(self.value)

    @property
    def cited(self) -> str:
        """The article and its words, as a warning ends with them; no words where nobody read them."""
        if self.status != "verified":
            return _("《{source}》{article} (unverified)").format(source=self.source, article=self.article)
        return _("《{source}》{article}: “{words}”").format(source=self.source, article=self.article, words=self.words)


@cache
def rules() -> dict[str, Rule]:
    """Every rule of the file, by name."""
    with (Path(__file__).parent / "law" / "offices.toml").open("rb") as file:
        found = tomllib.load(file)["rule"]
    return {one["name"]: Rule(**{"since" if key == "from" else key: value for key, value in one.items()})
            for one in found}  # fmt: skip


def rule(name: str) -> Rule:
    """A rule by its name."""
    return rules()[name]


def seats_fit(seats: int) -> bool:
    """Is it a number of seats a committee may have: 5 to 11, odd (R-30)?"""
    return seats % 2 == 1 and rule("committee.seats_least").number <= seats <= rule("committee.seats_most").number


def lawful_end(since: date) -> date:
    """The last day of the longest term that may begin on a day (R-30): of 2019-05-25 it is 2024-05-24."""
    return _months(since, 12 * rule("committee.term_years").number) - timedelta(days=1)


def term(until: date, day: date) -> Literal["running", "ending", "over"]:
    """How a term that ends with `until` stands on a day: ending in its last three months, over from the day after."""
    after = until + timedelta(days=1)
    if day >= after:
        return "over"
    return "ending" if day >= _months(after, -rule("committee.renewal_months").number) else "running"


def due(day: date, name: str) -> date:
    """The last day of a period of so many days that begins to count on the day after (民法典 201)."""
    return day + timedelta(days=rule(name).number)


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
