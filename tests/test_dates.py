"""Days as the treasurer says them on Tuesday 2022-05-31, and the periods of the account."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.book import clock
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules.dates import deadline, parse, period, period_text

TODAY = date(2022, 5, 31)  # a Tuesday


def unreadable(typed: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        parse(typed, TODAY)
    return refused.value


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", "2022-05-31"),
        ("昨天", "2022-05-30"),
        ("前天", "2022-05-29"),
        ("today", "2022-05-31"),
        ("Yesterday", "2022-05-30"),
        ("明天", "2022-06-01"),
        ("3天前", "2022-05-28"),
        ("３天前", "2022-05-28"),
        ("三天前", "2022-05-28"),
        ("十天后", "2022-06-10"),
        ("3 days ago", "2022-05-28"),
        ("上周三", "2022-05-25"),
        ("周一", "2022-05-30"),
        ("星期二", "2022-05-31"),
        ("本周日", "2022-06-05"),
        ("上星期天", "2022-05-29"),
        ("下周三", "2022-06-08"),
        ("上个礼拜五", "2022-05-27"),
        ("monday", "2022-05-30"),
        ("last wednesday", "2022-05-25"),
        ("31日", "2022-05-31"),
        ("3号", "2022-05-03"),
        ("5月31日", "2022-05-31"),
        ("五月三十一日", "2022-05-31"),
        ("5-31", "2022-05-31"),
        ("5/31", "2022-05-31"),
        ("5.31", "2022-05-31"),
        ("5—31", "2022-05-31"),
        ("2022.5.31", "2022-05-31"),
        ("2022/5/31", "2022-05-31"),
        ("20220531", "2022-05-31"),
        ("2022年5月31日", "2022-05-31"),
        ("二〇二二年五月三十一日", "2022-05-31"),
        ("2022-05-31", "2022-05-31"),
        ("２０２２－０５－３１", "2022-05-31"),
        ("2019-05-01", "2019-05-01"),
    ],
)
def test_a_day_is_read_as_people_say_it(typed: str, day: str) -> None:
    assert parse(typed, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6-30", "2022-06-30"),  # 30 days ahead
        ("7-1", "2022-07-01"),  # 31
        ("7-2", "2021-07-02"),  # 32: of last year
        ("12月25日", "2021-12-25"),
        ("1-5", "2022-01-05"),
    ],
)
def test_a_month_and_day_far_ahead_are_of_last_year(typed: str, day: str) -> None:
    assert parse(typed, TODAY).isoformat() == day


def test_around_new_year() -> None:
    assert parse("12-30", date(2022, 1, 3)) == date(2021, 12, 30)
    assert parse("1-2", date(2022, 12, 31)) == date(2022, 1, 2)
    assert parse("2-29", date(2021, 1, 10)) == date(2020, 2, 29)
    assert parse("上周三", date(2022, 1, 1)) == date(2021, 12, 22)


@pytest.mark.parametrize(
    "typed", ["2-30", "2022-02-29", "6月31日", "13-1", "2022-13-01", "20220631", "0-1", "2022年2月30日", "32日"]
)
def test_a_day_that_does_not_exist_is_said_not_to(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed, TODAY)
    assert refused.value.message != unreadable("someday").message.replace("someday", typed)
    assert (refused.value.field, refused.value.value) == ("date", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "31",
        "someday",
        "2022-5",
        "22-5-31",
        "22年5月31日",
        "2022-5/31",
        "1800-01-01",
        "十十月3日",
        "99999天前",
        "周八",
        "5月",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed, TODAY, field="until")
    assert (refused.value.field, refused.value.value) == ("until", typed)
    assert "2022-05-31" in refused.value.hint


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("8-1", "2022-08-01"), ("3-1", "2023-03-01"), ("3月1日", "2023-03-01"), ("5-31", "2022-05-31"),
        ("2022-03-01", "2022-03-01"), ("昨天", "2022-05-30"), ("31日", "2022-05-31"),
    ],
)  # fmt: skip
def test_what_is_due_without_a_year_is_still_to_come(typed: str, day: str) -> None:
    assert deadline(typed, TODAY).isoformat() == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_full_date_does_not_depend_on_today(day: date, today: date) -> None:
    for written in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert parse(written, today) == day


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(-300, 31))
def test_a_short_date_means_the_near_day(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    if day.year == today.year or days < 0:
        read = parse(f"{day.month}-{day.day}", today) if (day.month, day.day) != (2, 29) else day
        assert (read.month, read.day) == (day.month, day.day)
        assert read - today <= timedelta(days=31)


def test_the_business_day_is_that_of_the_estate() -> None:
    """Whatever the machine says: UTC in the journal, +08:00 for people."""
    assert clock.local("2022-05-31T15:59:59Z").date() == date(2022, 5, 31)
    assert clock.local("2022-05-31T16:00:00F").date() == date(2022, 6, 1)
    assert clock.end_of(date(2022, 5, 31)) == "2022-05-31T16:00:00"


@pytest.mark.parametrize(
    ("typed", "first", "last", "text"),
    [
        ("2022", "2022-01-01", "2022-12-31", "2022"),
        ("2022年", "2022-01-01", "2022-12-31", "2022"),
        ("2022-05", "2022-05-01", "2022-05-31", "2022-05"),
        ("2022年5月", "2022-05-01", "2022-05-31", "2022-05"),
        ("2022-12", "2022-12-01", "2022-12-31", "2022-12"),
        ("2024-2", "2024-02-01", "2024-02-29", "2024-02"),
        ("2022-Q2", "2022-04-01", "2022-06-30", "2022-Q2"),
        ("2022q4", "2022-10-01", "2022-12-31", "2022-Q4"),
        ("2022年第二季度", "2022-04-01", "2022-06-30", "2022-Q2"),
        ("２０２２－Ｑ１", "2022-01-01", "2022-03-31", "2022-Q1"),
    ],
)
def test_a_period_of_the_account(typed: str, first: str, last: str, text: str) -> None:
    span = period(typed)
    assert [day.isoformat() for day in span] == [first, last]
    assert period_text(*span) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("五月", "2022-05"), ("5月", "2022-05"), ("05月份", "2022-05"), ("六月", "2021-06"), ("十二月", "2021-12"),
        ("二〇二二年五月", "2022-05"), ("二季度", "2022-Q2"), ("Q3", "2021-Q3"), ("第一季度", "2022-Q1"),
        ("本月", "2022-05"), ("上个月", "2022-04"), ("上季度", "2022-Q1"), ("去年", "2021"), ("2023-01", "2023-01"),
    ],
)  # fmt: skip
def test_a_period_without_its_year_is_the_last_that_has_begun(typed: str, text: str) -> None:
    assert period_text(*period(typed, date(2022, 5, 31))) == text


@pytest.mark.parametrize("typed", ["5", "22年5月", "十三月", "5月31日", "Q5", "年", "上上月"])
def test_what_is_no_period_on_any_day(typed: str) -> None:
    with pytest.raises(Unreadable):
        period(typed, date(2022, 5, 31))


@pytest.mark.parametrize("typed", ["", "2022-13", "2022-Q5", "2022-00", "5月", "2022-05-31", "今年"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        period(typed)
    with pytest.raises(ValueError, match="no year"):
        period_text(date(2022, 5, 2), date(2022, 5, 31))
