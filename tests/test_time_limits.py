"""Three years: the last day on which a levy can be demanded, from the last demand or payment."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.shed import begin
from zaoyuan_cli.book import open_book, reminders
from zaoyuan_cli.rules import arrears
from zaoyuan_cli.rules.arrears import Asked


def test_three_years_from_the_last_demand_or_payment() -> None:
    """CC 188, 195: three years after the day it was due, counted anew from each demand and each part payment."""
    due = date(2022, 6, 15)
    assert arrears.limit(due, 3, []) == date(2025, 6, 15)
    assert arrears.limit(due, 3, [Asked(date(2022, 6, 1), False)]) == date(2025, 6, 15)  # before it was due
    assert arrears.limit(due, 3, [Asked(date(2025, 6, 15), False)]) == date(2028, 6, 15)  # on the last day
    assert arrears.limit(date(2024, 2, 29), 3, []) == date(2027, 2, 28)


def test_a_demand_too_late_brings_nothing_back() -> None:
    """CC 192: after the three years a demand changes nothing; that the debtor agrees or pays a part does."""
    due = date(2022, 6, 15)
    assert arrears.limit(due, 3, [Asked(date(2025, 6, 16), False)]) == date(2025, 6, 15)
    assert arrears.limit(due, 3, [Asked(date(2025, 6, 16), True)]) == date(2028, 6, 16)
    late = [Asked(date(2025, 7, 1), False), Asked(date(2025, 6, 16), True)]
    assert arrears.limit(due, 3, late) == date(2028, 7, 1)


DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, st.lists(st.builds(Asked, DAYS, st.booleans()), max_size=6))
def test_being_asked_never_shortens_the_time(due: date, asked: list[Asked]) -> None:
    last = arrears.limit(due, 3, asked)
    assert last >= arrears.limit(due, 3, asked[1:]) or not asked
    assert last >= arrears.limit(due, 3, [])
    assert last <= arrears.limit(max([due, *(one.day for one in asked)]), 3, [])


def test_the_limit_follows_reminders_and_payments(zaoyuan: Runner) -> None:
    """A visit at which nobody was at home is no demand."""
    begin(zaoyuan)
    zaoyuan.now = "2022-08-01T09:00:00+08:00"
    assert zaoyuan("collect 车棚", input="s 601\n.\n", tty=True).ok
    assert zaoyuan("pay 3-2-502 40").ok
    assert zaoyuan("reminder add 3-2-501 --via visit -d 2022-07-20").ok
    limits = {row["room"]: row["limit"] for row in zaoyuan("unpaid --json").ok.json["rows"]}
    assert limits == {"3-2-501": "2025-07-20", "3-2-502": "2025-08-01", "3-2-601": "2025-06-15"}
    before = {row["room"]: row["limit"] for row in zaoyuan("unpaid --json --as-of 2022-07-01").ok.json["rows"]}
    assert set(before.values()) == {"2025-06-15"}
    assert zaoyuan("contribution void A2022-0001 --reason 记错 --yes").ok
    limits = {row["room"]: row["limit"] for row in zaoyuan("unpaid --json").ok.json["rows"]}
    assert limits["3-2-502"] == "2025-06-15"
    assert zaoyuan("pay 3-2-501").ok
    paid = {row["room"]: row["limit"] for row in zaoyuan("unpaid --all --json").ok.json["rows"]}
    assert paid["3-2-501"] is None


def test_what_can_soon_not_be_demanded_is_among_what_to_do(zaoyuan: Runner) -> None:
    """Half a year ahead, with the line that notes a reminder; after the three years it may only be asked for."""
    begin(zaoyuan)
    zaoyuan.now = "2024-12-16T09:00:00+08:00"
    assert not limits_of(zaoyuan)
    zaoyuan.now = "2024-12-17T09:00:00+08:00"
    (soon,) = limits_of(zaoyuan)
    assert (soon["kind"], soon["due"]) == ("limit", "2025-06-15")
    assert "民法典" in soon["message"]
    assert "第一百八十八条" in soon["message"]
    assert len(zaoyuan("unpaid --expiring --json").ok.json["rows"]) == 3
    assert zaoyuan([*soon["command"].split()[1:], "--yes"]).ok
    assert not limits_of(zaoyuan)
    assert zaoyuan("undo --yes").ok
    zaoyuan.now = "2025-06-16T09:00:00+08:00"
    (over,) = limits_of(zaoyuan)
    assert over["kind"] == "limit_over"
    assert "asked for, not demanded" in over["message"]
    assert zaoyuan("reminder add 3-2-501 --via phone").ok  # asking is allowed, and brings nothing back
    assert "3 households" in limits_of(zaoyuan)[0]["message"]
    assert "自愿" in zaoyuan("reminder text --to 3-2-502 --json").ok.json["rows"][0]["text"]
    assert zaoyuan("reminder add 3-2-501 --via wechat --agreed").ok
    assert "2 households" in limits_of(zaoyuan)[0]["message"]


def test_the_rule_is_named_with_its_source(zaoyuan: Runner) -> None:
    """R-97: three years by the civil code, since it holds; before, by the general part that it took over."""
    begin(zaoyuan)
    book = open_book(zaoyuan.book, zaoyuan.home)
    now, before = (reminders.years_to_demand(book.db, date(year, 6, 1)) for year in (2022, 2019))
    assert (now.value, now.source, now.article, now.status) == (3, "民法典", "第一百八十八条", "verified")
    assert (before.value, before.source, before.status) == (3, "民法总则", "unverified")
    book.close()


def limits_of(zaoyuan: Runner) -> list[dict[str, str]]:
    return [one for one in zaoyuan("report --json").ok.json["todo"] if one["kind"].startswith("limit")]
