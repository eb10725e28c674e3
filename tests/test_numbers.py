"""Numbers on paper, and what of them may be left out when typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.numbers import SERIES, Partial, format, kind_name, numbered_by, parse, series_of, split

PRINTED = [
    ("receipt", ("A", 2022, 84, None), "A2022-0084"),
    ("receipt", ("A", 2022, 12345, None), "A2022-12345"),
    ("refund", ("A", 2022, 84, 1), "A2022-0084-1"),
    ("expense", ("A", 2022, 12, None), "EA2022-12"),
    ("income", ("A", 2022, 3, None), "IA2022-3"),
    ("meeting", ("A", 2022, 3, None), "MA2022-3"),
    ("motion", ("A", 2022, 3, 2), "MA2022-3-2"),
    ("decision", ("A", 2022, 1, None), "DA2022-1"),
    ("ballot", ("B", 2022, 1, None), "BB2022-1"),
    ("task", ("A", 2022, 7, None), "TA2022-7"),
    ("notice", ("A", 2022, 4, None), "NA2022-4"),
    ("receipt", ("M", 2022, 3, None), "M2022-0003"),  # device M: one letter before the year
]


@pytest.mark.parametrize(("series", "parts", "text"), PRINTED)
def test_a_number_as_printed(series: str, parts: tuple[str, int, int, int | None], text: str) -> None:
    assert format(series, *parts) == text
    assert parse(text, series) == Partial(*parts)
    assert series_of(text) == series


@pytest.mark.parametrize(
    ("typed", "series", "partial"),
    [
        ("84", "receipt", Partial(None, None, 84)),
        ("0084", "receipt", Partial(None, None, 84)),
        ("A2022-84", "receipt", Partial("A", 2022, 84)),
        ("a2022-0084", "receipt", Partial("A", 2022, 84)),
        ("Ａ２０２２－００８４", "receipt", Partial("A", 2022, 84)),
        ("84-1", "refund", Partial(None, None, 84, 1)),
        ("A2022-84-1", "refund", Partial("A", 2022, 84, 1)),
        ("M3", "meeting", Partial(None, None, 3)),
        ("m3", "meeting", Partial(None, None, 3)),
        ("MA3", "meeting", Partial("A", None, 3)),
        ("3", "meeting", Partial(None, None, 3)),
        ("M3-2", "motion", Partial(None, None, 3, 2)),
        ("M3—2", "motion", Partial(None, None, 3, 2)),
        ("MA3-2", "motion", Partial("A", None, 3, 2)),
        ("D1", "decision", Partial(None, None, 1)),
        ("E12", "expense", Partial(None, None, 12)),
        ("M2022", "meeting", Partial(None, None, 2022)),
    ],
)
def test_letters_and_years_may_be_left_out(typed: str, series: str, partial: Partial) -> None:
    assert parse(typed, series) == partial


@pytest.mark.parametrize(
    ("typed", "series"),
    [
        ("", "receipt"),
        ("A84", "receipt"),  # a receipt leaves out letter and year together
        ("2022-84", "receipt"),
        ("2022-84", "refund"),
        ("A2022-0000", "receipt"),
        ("A2022-0084-0", "refund"),
        ("84.5", "receipt"),
        ("3-2-501", "receipt"),
        ("M2022-3", "meeting"),  # a receipt of device M
        ("M2022-3", "motion"),
        ("MA2022-3", "motion"),  # the meeting itself
        ("MA2022-3-2", "meeting"),
        ("D1", "meeting"),
        ("M0", "meeting"),
        ("M3", "task"),
        ("A2022-0084", "expense"),
        ("业决〔2022〕3号", "decision"),
    ],
)
def test_what_is_no_number_of_the_series_is_refused(typed: str, series: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed, series)
    assert (refused.value.field, refused.value.value) == (series, typed)
    assert "2022-" in refused.value.hint


def test_a_number_of_another_kind_is_named_as_such() -> None:
    with pytest.raises(Unreadable) as refused:
        parse("D1", "meeting")
    assert kind_name("decision") in refused.value.message
    assert kind_name("meeting") in refused.value.message


@pytest.mark.parametrize(
    ("typed", "series"),
    [
        ("M3", "meeting"),
        ("m3-2", "motion"),
        ("D1", "decision"),
        ("T7", "task"),
        ("84", None),
        ("A84", None),
        ("3-2-501", None),
    ],
)
def test_the_series_of_a_short_number(typed: str, series: str | None) -> None:
    assert series_of(typed) == series


def test_a_short_number_fits_the_whole_ones() -> None:
    whole = parse("MA2022-3-2", "motion")
    assert parse("M3-2", "motion").fits(whole)
    assert parse("MA3-2", "motion").fits(whole)
    assert not parse("MB3-2", "motion").fits(whole)
    assert not parse("M3-1", "motion").fits(whole)


def test_a_motion_under_another_devices_meeting_bears_the_letter() -> None:
    """Two laptops in one meeting never give the same number."""
    text = format("motion", "A", 2022, 3, 2, "B")
    whole = parse(text, "motion")
    assert (text, split(text), whole.by) == ("MA2022-3-B2", ("A", 2022, 3, 2), "B")
    assert (numbered_by(text), numbered_by("MA2022-3-2"), numbered_by("A2022-0084-1")) == ("B", "", "")
    assert parse("M3-b2", "motion").fits(whole)
    assert parse("M3-2", "motion").fits(whole)
    assert not parse("M3-C2", "motion").fits(whole)
    assert not parse("M3-B2", "motion").fits(parse("MA2022-3-2", "motion"))


def test_a_sub_number_belongs_to_refunds_and_motions_alone() -> None:
    with pytest.raises(ValueError, match="sub-number"):
        format("motion", "A", 2022, 3)
    with pytest.raises(ValueError, match="sub-number"):
        format("receipt", "A", 2022, 3, 1)


@given(
    st.sampled_from(SERIES),
    st.sampled_from("ABCDEIMNTZ"),
    st.integers(1990, 2150),
    st.integers(1, 99999),
    st.integers(1, 999),
)
def test_every_number_is_read_back(series: str, device: str, year: int, n: int, sub: int) -> None:
    under = sub if series in ("refund", "motion") else None
    text = format(series, device, year, n, under)
    assert parse(text, series) == parse(text.lower(), series) == Partial(device, year, n, under)
    assert series_of(text) == series


def test_numbers_that_follow_each_other_are_one_word() -> None:
    """57 of one step are read at a glance; two stay as they are, and so does what is numbered under another."""
    assert numbers.runs(f"KA2022-{n}" for n in range(60, 117)) == ["KA2022-60…116 (57)"]
    assert numbers.runs(["A2022-0001", "A2022-0002", "EA2022-3"]) == ["A2022-0001", "A2022-0002", "EA2022-3"]
    assert numbers.runs(["A2022-0009", "A2022-0010", "A2022-0011"]) == ["A2022-0009…0011 (3)"]
    assert numbers.runs(["A2022-0001-1", "A2022-0001-2", "A2022-0001-3"])[1:] == ["A2022-0001-2", "A2022-0001-3"]
    assert numbers.runs(["A7", "A8", "A9", "pA17"]) == ["A7", "A8", "A9", "pA17"]
