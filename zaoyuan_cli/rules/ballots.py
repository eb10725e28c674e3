"""The owners' vote (民法典 278): who took part, who agreed, by persons and by area; whole numbers only (R-10, R-18).

A count is of persons and of 0.01 m2. A vote is passed when enough took part in both, and enough of those who took part
agreed in both. Abstention takes part and is no yes (R-13)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

from zaoyuan_cli.i18n import N_
from zaoyuan_cli.rules.shares import Share

Choice: TypeAlias = Literal["for", "against", "abstain"]
CHOICES: tuple[Choice, ...] = ("for", "against", "abstain")
LETTERS = {"for": "y", "against": "n", "abstain": "a", "": "-", "invalid": "x"}
"""What may be on a slip, each with its letter: a slip is kept as one letter a question."""
SPECIAL = (6, 7, 8)  # of the matters of 民法典 278: three quarters
MATTERS = {  # of 民法典 278
    1: N_("rules of procedure of the assembly"), 2: N_("management covenant"), 3: N_("electing the committee"),
    4: N_("hiring or dismissing the management"), 5: N_("using the maintenance fund"),
    6: N_("raising the maintenance fund"), 7: N_("rebuilding buildings or facilities"),
    8: N_("changing the use of common parts, or business in them"), 9: N_("other matters of importance"),
}  # fmt: skip


class Sum(NamedTuple):
    """Persons and their area, in 0.01 m2."""

    voters: int = 0
    area: int = 0

    def plus(self, other: Sum) -> Sum:
        """Both together."""
        return Sum(self.voters + other.voters, self.area + other.area)

    def minus(self, other: Sum) -> Sum:
        """What is left."""
        return Sum(self.voters - other.voters, self.area - other.area)


def total(sums: Iterable[Sum]) -> Sum:
    """All of them together."""
    found = Sum()
    for one in sums:
        found = found.plus(one)
    return found


class Count(NamedTuple):
    """The slips of one question."""

    yes: Sum = Sum()
    no: Sum = Sum()
    abstain: Sum = Sum()

    @property
    def cast(self) -> Sum:
        """All who took part."""
        return total(self)

    def with_one(self, choice: Choice, one: Sum) -> Count:
        """The same and one voter more."""
        match choice:
            case "for":
                return self._replace(yes=self.yes.plus(one))
            case "against":
                return self._replace(no=self.no.plus(one))
            case "abstain":
                return self._replace(abstain=self.abstain.plus(one))


class Law(NamedTuple):
    """The two shares a vote is judged by: of the roll, who must take part; of those, who must agree."""

    took_part: Share
    consent: Share


class Verdict(NamedTuple):
    """A count judged: each of the four tests, what is missing of taking part, and whether all four hold."""

    took_part: Sum
    voters_took_part: bool
    area_took_part: bool
    voters_agree: bool
    area_agree: bool
    missing: Sum

    @property
    def passed(self) -> bool:
        """Do all four hold?"""
        return self.voters_took_part and self.area_took_part and self.voters_agree and self.area_agree


def rule_of(matter: int) -> str:
    """The named rule a matter of 民法典 278 is agreed by (R-15): vote.special for 6 to 8, else vote.ordinary."""
    return "vote.special" if matter in SPECIAL else "vote.ordinary"


def judge(roll: Sum, count: Count, law: Law) -> Verdict:
    """The four tests of a count against a roll."""
    cast, yes = count.cast, count.yes
    missing = Sum(
        max(0, law.took_part.least(roll.voters) - cast.voters), max(0, law.took_part.least(roll.area) - cast.area)
    )
    return Verdict(
        cast, law.took_part.met(cast.voters, roll.voters), law.took_part.met(cast.area, roll.area),
        law.consent.met(yes.voters, cast.voters), law.consent.met(yes.area, cast.area), missing,
    )  # fmt: skip


def following(count: Count, silent: Sum) -> Count:
    """The count where those who got a paper and stayed silent are counted with the majority, by a bylaw that says so
    and warned of it (R-18). Where persons and area disagree on the majority nobody is counted with it."""
    leads = [
        max(CHOICES, key=lambda choice: _of(count, choice)[place])
        for place in (0, 1)
        if len({_of(count, choice)[place] for choice in CHOICES}) > 1
    ]
    if len(leads) == 2 and leads[0] == leads[1]:
        return count.with_one(leads[0], silent)
    return count


def _of(count: Count, choice: Choice) -> Sum:
    return count[CHOICES.index(choice)]


class Queue:
    """Those who have not cast, in the order in which they bring a vote on most quickly: most area first.

    Each counts as one person, so of k voters those with most area raise persons as much as any k and area the most:
    whatever more turnout or more yes can reach, a beginning of this queue reaches with the fewest."""

    def __init__(self, left: Sequence[Sum]) -> None:
        self.order = sorted(range(len(left)), key=lambda place: (-left[place].area, place))
        self.areas = [0, *accumulate(left[place].area for place in self.order)]

    def first(self, k: int) -> Sum:
        """The first k together."""
        return Sum(k, self.areas[k])

    @property
    def all(self) -> Sum:
        """All of them together."""
        return self.first(len(self.order))

    def fewest(self, enough: Callable[[Sum], bool]) -> tuple[int, ...] | None:
        """A smallest set that is enough (their places), where more of the queue is never worse; None: not even all."""
        k = bisect_left(range(len(self.order) + 1), True, key=lambda k: enough(self.first(k)))
        return tuple(self.order[:k]) if k <= len(self.order) else None


def forecast(roll: Sum, count: Count, law: Law, left: Queue) -> tuple[int, ...] | None:
    """A smallest set of those who have not cast whose yes makes the vote pass; empty where it passes already, None
    where not even all of them suffice. A yes raises every share."""
    return left.fewest(lambda more: judge(roll, count.with_one("for", more), law).passed)


def returns(roll: Sum, count: Count, law: Law, left: Queue) -> tuple[int, ...] | None:
    """A smallest set of those who have not cast whose paper, whatever it says, makes enough take part."""
    cast = count.cast

    def enough(more: Sum) -> bool:
        voters, area = cast.plus(more)
        return law.took_part.met(voters, roll.voters) and law.took_part.met(area, roll.area)

    return left.fewest(enough)


def settled(roll: Sum, count: Count, law: Law, left: Queue) -> Literal["passed", "failed", ""]:
    """Whether those who have not cast can still turn it: "passed" if none can, "failed" if not even all their yes can,
    else ""."""
    if not judge(roll, count.with_one("for", left.all), law).passed:
        return "failed"
    against = judge(roll, count.with_one("against", left.all), law)
    now = judge(roll, count, law)
    return "passed" if now.voters_took_part and now.area_took_part and against.passed else ""


class Candidate(NamedTuple):
    """Somebody who stands for a seat, and the slips for and against them."""

    name: str
    slips: Count


def elected(roll: Sum, candidates: Sequence[Candidate], law: Law, seats: int) -> tuple[list[str], list[str]]:
    """Who is elected: each must pass as a question of its own, the most yes first (persons, then area), as many as
    there are seats. Those who are equal across the last seat are all left open: the second list."""
    passing = [one for one in candidates if judge(roll, one.slips, law).passed]
    ranked = sorted(passing, key=lambda one: (-one.slips.yes.voters, -one.slips.yes.area))
    if len(ranked) <= seats:
        return [one.name for one in ranked], []
    last, next_ = ranked[seats - 1].slips.yes, ranked[seats].slips.yes
    if last != next_:
        return [one.name for one in ranked[:seats]], []
    level = [one.name for one in ranked if one.slips.yes == last]
    return [one.name for one in ranked if one.slips.yes > last], level
