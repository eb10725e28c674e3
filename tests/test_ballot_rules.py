"""The arithmetic of the owners' vote: the boundary cases of R-10…R-18 by name, and any roll against brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zaoyuan_cli.rules.ballots import (
    CHOICES,
    Candidate,
    Choice,
    Count,
    Law,
    Queue,
    Sum,
    elected,
    following,
    forecast,
    judge,
    returns,
    rule_of,
    settled,
    total,
)  # fmt: skip
from zaoyuan_cli.rules.shares import Share

ORDINARY = Law(Share("2/3"), Share(">1/2"))
SPECIAL = Law(Share("2/3"), Share("3/4"))
ESTATE = Sum(150, 11_600_00)


def turnout(voters: int, area: int) -> bool:
    found = judge(ESTATE, Count(yes=Sum(voters, area)), ORDINARY)
    return found.voters_took_part and found.area_took_part


@pytest.mark.parametrize(
    ("voters", "area", "enough"),
    [(100, 7_733_33, False), (100, 7_733_34, True), (99, 9_000_00, False), (98, 11_000_00, False)],
)
def test_r10_two_thirds_take_part_by_persons_and_by_area(voters: int, area: int, enough: bool) -> None:
    assert turnout(voters, area) is enough


@pytest.mark.parametrize(("voters", "enough"), [(98, True), (97, False)])
def test_r01_of_147_persons_98_are_two_thirds(voters: int, enough: bool) -> None:
    assert judge(Sum(147, 11_600_00), Count(yes=Sum(voters, 11_000_00)), ORDINARY).voters_took_part is enough


@pytest.mark.parametrize(
    ("yes", "area", "passed"), [(50, 4_500_00, False), (51, 4_000_00, False), (51, 4_000_01, True)]
)
def test_r11_an_ordinary_matter_needs_more_than_half_of_both(yes: int, area: int, passed: bool) -> None:
    count = Count(yes=Sum(yes, area), no=Sum(100 - yes, 8_000_00 - area))
    assert judge(ESTATE, count, ORDINARY).passed is passed


@pytest.mark.parametrize(
    ("part", "whole", "yes", "area", "passed"),
    [
        (100, 8_000_00, 75, 6_000_00, True),
        (100, 8_000_00, 74, 7_000_00, False),
        (100, 8_000_00, 75, 5_999_99, False),
        (101, 8_000_00, 75, 6_500_00, False),
        (101, 8_000_00, 76, 6_500_00, True),
    ],
)
def test_r12_matters_6_to_8_need_three_quarters(part: int, whole: int, yes: int, area: int, passed: bool) -> None:
    count = Count(yes=Sum(yes, area), no=Sum(part - yes, whole - area))
    assert judge(ESTATE, count, SPECIAL).passed is passed


@pytest.mark.parametrize(("yes", "passed"), [(55, False), (56, True)])
def test_r13_abstention_takes_part_and_is_no_yes(yes: int, passed: bool) -> None:
    no = 100 - yes
    count = Count(Sum(yes, yes * 80_00), Sum(no, no * 80_00), Sum(10, 800_00))
    assert judge(Sum(150, 12_000_00), count, ORDINARY).passed is passed


def test_r15_the_matter_names_the_rule() -> None:
    assert {matter: rule_of(matter) for matter in (5, 6, 7, 8, 9)} == {
        5: "vote.ordinary", 6: "vote.special", 7: "vote.special", 8: "vote.special", 9: "vote.ordinary",
    }  # fmt: skip


def test_r16_the_old_ratio_of_all_owners_is_never_used() -> None:
    count = Count(yes=Sum(51, 4_100_00), no=Sum(49, 3_700_00))
    assert judge(Sum(150, 11_600_00), count, ORDINARY).passed  # 51 of 150 would be no half


def test_r17_who_does_not_return_the_paper_does_not_take_part() -> None:
    found = judge(ESTATE, Count(yes=Sum(95, 7_400_00)), ORDINARY)
    assert (found.passed, found.missing) == (False, Sum(5, 333_34))


def test_r18_the_silent_count_only_where_they_were_delivered_to_and_a_bylaw_says_so() -> None:
    count, silent = Count(yes=Sum(60, 4_800_00), no=Sum(35, 2_600_00)), Sum(40, 3_000_00)
    followed = following(count, silent)
    assert (followed.cast.voters, followed.yes.voters) == (135, 100)
    assert judge(ESTATE, followed, ORDINARY).passed
    assert not judge(ESTATE, count, ORDINARY).passed


def test_r18_where_persons_and_area_disagree_the_silent_follow_nobody() -> None:
    count = Count(yes=Sum(10, 100_00), no=Sum(5, 900_00))
    assert following(count, Sum(3, 100_00)) == count


def test_an_election_ranks_those_who_pass_and_leaves_a_tie_open() -> None:
    def slips(yes: int) -> Count:
        return Count(yes=Sum(yes, yes * 80_00), no=Sum(100 - yes, (100 - yes) * 80_00))

    roll = Sum(140, 140 * 80_00)
    field = [
        Candidate("甲", slips(90)),
        Candidate("乙", slips(70)),
        Candidate("丙", slips(50)),
        Candidate("丁", slips(70)),
    ]
    assert elected(roll, field, ORDINARY, 3) == (["甲", "乙", "丁"], [])
    assert elected(roll, field, ORDINARY, 2) == (["甲"], ["乙", "丁"])


# ---- any roll, against a count done the plain way

voters = st.lists(st.tuples(st.integers(1, 12), st.sampled_from((None, *CHOICES))), min_size=1, max_size=9)
laws = st.sampled_from((ORDINARY, SPECIAL, Law(Share("1/2"), Share("2/3")), Law(Share("1/1"), Share(">1/3"))))


def plainly(slips: list[tuple[int, Choice | None]], law: Law) -> bool:
    cast = [(area, choice) for area, choice in slips if choice]
    if not cast:
        return False
    whole, part = Fraction(sum(area for area, _choice in slips)), Fraction(sum(area for area, _choice in cast))
    yes = [area for area, choice in cast if choice == "for"]
    turnout_ = (Fraction(len(cast), len(slips)), part / whole)
    agree = (Fraction(len(yes), len(cast)), Fraction(sum(yes)) / part)

    def enough(share: Fraction, of: Share) -> bool:
        return share > Fraction(of) if of.strict else share >= Fraction(of)

    return all(enough(one, law.took_part) for one in turnout_) and all(enough(one, law.consent) for one in agree)


def counted(slips: list[tuple[int, Choice | None]]) -> Count:
    found = Count()
    for area, choice in slips:
        found = found.with_one(choice, Sum(1, area)) if choice else found
    return found


@settings(max_examples=150)
@given(voters, laws)
def test_the_verdict_is_that_of_a_plain_count(slips: list[tuple[int, Choice | None]], law: Law) -> None:
    roll = total(Sum(1, area) for area, _choice in slips)
    assert judge(roll, counted(slips), law).passed is plainly(slips, law)


@settings(max_examples=100)
@given(voters, laws)
def test_the_forecast_turns_it_and_no_smaller_set_does(slips: list[tuple[int, Choice | None]], law: Law) -> None:
    roll = total(Sum(1, area) for area, _choice in slips)
    silent = [place for place, (_area, choice) in enumerate(slips) if choice is None]
    found = forecast(roll, counted(slips), law, Queue([Sum(1, slips[place][0]) for place in silent]))

    def passes(chosen: tuple[int, ...]) -> bool:
        return plainly([(area, "for" if n in chosen else choice) for n, (area, choice) in enumerate(slips)], law)

    smallest = next(
        (size for size in range(len(silent) + 1) if any(map(passes, combinations(silent, size)))), None
    )  # fmt: skip
    assert (None if found is None else len(found)) == smallest
    assert found is None or passes(tuple(silent[place] for place in found))


@settings(max_examples=100)
@given(voters, laws)
def test_the_fewest_papers_that_settle_the_turnout(slips: list[tuple[int, Choice | None]], law: Law) -> None:
    roll = total(Sum(1, area) for area, _choice in slips)
    silent = [place for place, (_area, choice) in enumerate(slips) if choice is None]
    found = returns(roll, counted(slips), law, Queue([Sum(1, slips[place][0]) for place in silent]))

    def enough(chosen: tuple[int, ...]) -> bool:
        came = [area for n, (area, choice) in enumerate(slips) if choice or n in chosen]
        return law.took_part.met(len(came), roll.voters) and law.took_part.met(sum(came), roll.area)

    smallest = next((size for size in range(len(silent) + 1) if any(map(enough, combinations(silent, size)))), None)
    assert (None if found is None else len(found)) == smallest
    assert found is None or enough(tuple(silent[place] for place in found))


@settings(max_examples=150)
@given(voters.filter(lambda slips: sum(choice is None for _area, choice in slips) < 6), laws)
def test_settled_means_no_way_of_casting_the_rest_turns_it(slips: list[tuple[int, Choice | None]], law: Law) -> None:
    roll = total(Sum(1, area) for area, _choice in slips)
    silent = [place for place, (_area, choice) in enumerate(slips) if choice is None]
    ends = set()
    for way in product((None, *CHOICES), repeat=len(silent)):
        said = dict(zip(silent, way, strict=True))
        ends.add(plainly([(area, said.get(n, choice)) for n, (area, choice) in enumerate(slips)], law))
    found = settled(roll, counted(slips), law, Queue([Sum(1, slips[place][0]) for place in silent]))
    assert found == {frozenset((True,)): "passed", frozenset((False,)): "failed"}.get(frozenset(ends), "")
