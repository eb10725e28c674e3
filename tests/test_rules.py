"""Rules as data: national law and practice, each with its source and status; and how shares are counted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli import i18n
from zaoyuan_cli.errors import NotFound, Unreadable
from zaoyuan_cli.rules import laws, values
from zaoyuan_cli.rules.meanings import MEANINGS
from zaoyuan_cli.rules.shares import Share

NAMED = {  # every rule the book promises
    "vote": "took_part ordinary special silent_follow",
    "assembly": "notice_days petition",
    "committee": "notice_days quorum majority posting_days called_within_days term_years filing_days",
    "disclosure": "days_after_quarter shown_days",
    "expense": "decision_above notice_above approvers cash_float",
    "objection": "days",
    "handover": "days",
}


def test_r97_every_rule_has_its_source_and_its_status() -> None:
    """What is law names its article; what nobody read says so, and is not quoted."""
    assert {f"{of}.{name}" for of, names in NAMED.items() for name in names.split()} <= laws.everything().keys()
    for versions in laws.everything().values():
        for law in versions:
            assert law.unit in values.UNITS
            assert law.status in ("verified", "unverified", "local")
            assert law.stricter in ("", "more", "less")
            if law.status != "local":
                assert law.article.startswith("第")
                assert law.source
                assert bool(law.words and law.words in law.cited) is (law.status == "verified")
    assert [laws.law(f"committee.{name}").number for name in ("term_years", "filing_days")] == [5, 30]


def test_r16_no_rule_of_votes_before_the_civil_code() -> None:
    """The old thresholds of the regulation counted another whole and are never used."""
    assert laws.law("vote.special", date(2020, 12, 31)).value is None
    assert laws.law("vote.special", date(2021, 1, 1)).value == Share("3/4")


def test_an_unknown_rule_is_refused_with_those_near() -> None:
    with pytest.raises(NotFound) as refused:
        laws.law("expense.decision")
    assert [one["key"] for one in refused.value.candidates] == ["expense.decision_above"]


# ---- shares


@pytest.mark.parametrize(
    ("text", "whole", "least"),
    [
        (">1/2", 5, 3), (">1/2", 4, 3), ("1/2", 4, 2), ("1/2", 5, 3), ("2/3", 150, 100), ("2/3", 147, 98),
        ("2/3", 1_160_000, 773_334), ("3/4", 101, 76), ("1/5", 150, 30), ("过半数", 100, 51),
    ],
)  # fmt: skip
def test_r14_the_smallest_number_that_is_enough(text: str, whole: int, least: int) -> None:
    """R-01, R-10, R-12, R-27, R-31: the vectors of the law, in whole numbers."""
    share = Share(text)
    assert share.least(whole) == least
    assert share.met(least, whole)
    assert not share.met(least - 1, whole)


@given(st.integers(1, 60), st.integers(1, 60), st.booleans(), st.integers(1, 10**9))
def test_the_least_part_is_met_and_one_less_is_not(part: int, whole: int, strict: bool, of: int) -> None:
    part = min(part, whole - 1) if strict else min(part, whole)
    if not part:
        return
    share = Share(f"{'>' if strict else ''}{part}/{whole}")
    assert Share(str(share)) == share
    assert share.met(share.least(of), of)
    assert not share.met(share.least(of) - 1, of)


@pytest.mark.parametrize("text", ["", "0/3", "4/3", ">1/1", "2/0", "66%", "0.5", "-1/2", "1/2/3"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        Share(text)


def test_more_than_a_half_is_not_a_half() -> None:
    assert Share(">1/2") != Share("1/2") == Share("2/4")
    law = laws.law("committee.majority")
    assert law.laxer(Share("1/3"))
    assert not law.laxer(Share("1/2"))  # the guidance asks for half of all members, the default is stricter
    assert laws.law("committee.quorum").laxer(Share("1/2"))
    assert laws.law("assembly.petition").laxer(Share("1/4"))  # harder for the owners


@given(st.integers(1, 12), st.integers(1, 12), st.booleans(), st.sampled_from(["vote.took_part", "committee.quorum"]))
def test_what_is_not_laxer_never_takes_fewer(part: int, whole: int, strict: bool, name: str) -> None:
    """A share that a bylaw may set never lets a smaller count suffice than the law; a laxer one does somewhere."""
    if part > whole or (strict and part == whole):
        return
    law, share = laws.law(name), Share(f"{'>' if strict else ''}{part}/{whole}")
    assert isinstance(law.limit, Share)
    fewer = [n for n in range(1, 200) if share.least(n) < law.limit.least(n)]
    assert bool(fewer) is law.laxer(share)


def test_the_prefix_of_a_rule_names_its_file() -> None:
    """One question reads one file; `law` finds every rule that `everything` lists."""
    assert all(laws.versions(name) == known for name, known in laws.everything().items())


def test_every_rule_says_what_it_is_in_both_languages() -> None:
    assert set(MEANINGS) == set(laws.everything())
    i18n.set_language("zh")
    assert all(i18n._(about) != about for about in MEANINGS.values())
