"""The e-bike shed: 62 households pay 100 yuan each; shares that add up; the oldest due first (R-53 to R-56)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.rules.allotment import split
from zaoyuan_cli.rules.levies import Household, by_area, levy, settle, state, where
from zaoyuan_cli.rules.money import Fen, parse
from zaoyuan_cli.rules.rooms import Area, parse_area

weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any)
totals = st.integers(0, 10**10)


def test_a_hundred_yuan_for_three() -> None:
    """R-55."""
    assert split(10000, [1, 1, 1]) == (3334, 3333, 3333)


def test_a_thousand_yuan_by_area() -> None:
    """R-55."""
    areas = [parse_area(text) for text in ("62.34", "75.10", "88.99", "102.50", "55.55")]
    wanted = [parse(text) for text in ("162.14", "195.33", "231.46", "266.59", "144.48")]
    assert list(split(parse("1000"), areas)) == wanted


@given(totals, weights)
def test_shares_add_up_and_are_within_a_fen(total: int, weights: list[int]) -> None:
    """R-55."""
    shares = split(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    assert all(abs(share * whole - total * weight) < whole for share, weight in zip(shares, weights, strict=True))


@given(totals, weights)
def test_ties_go_to_the_first(total: int, weights: list[int]) -> None:
    """R-55, the stated order: of two that weigh the same the later never gets more; a heavier one never less."""
    shares = split(total, weights)
    for i, share in enumerate(shares):
        for j in range(i + 1, len(shares)):
            if weights[i] == weights[j]:
                assert share - shares[j] in (0, 1)
            elif weights[i] > weights[j]:
                assert share >= shares[j]


@given(totals, weights)
def test_what_goes_out_comes_back(total: int, weights: list[int]) -> None:
    assert split(-total, weights) == tuple(-share for share in split(total, weights))


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_nothing_is_shared_by_nothing(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(100, weights)


def estate() -> list[Household]:
    """150 households of 5 buildings × 2 units × 15, 62 with an e-bike; areas sum to 11,600.00 m²."""
    rooms = [f"{b}-{u}-{f}0{d}" for b in range(5, 0, -1) for u in (2, 1) for f in (5, 4, 3, 2, 1) for d in (3, 2, 1)]
    states = ("owner", "let", "vacant")
    return [
        Household(room, f"pA{i}", Area(7734 if i < 50 else 7733), i < 62, states[i % 3], str(i % 3 + 1))
        for i, room in enumerate(rooms)
    ]


def test_the_e_bike_shed() -> None:
    """R-53: 62 households at 100.00."""
    dues = levy(estate(), "household", parse("100"), condition="ebike")
    assert len(dues) == 62
    assert sum((due.amount for due in dues), Fen(0)).yuan() == "6,200.00"
    assert {due.room for due in dues} == {household.room for household in estate() if household.ebike}
    assert all(type(due.amount) is Fen for due in dues)


def test_dues_stand_in_the_order_of_rooms_and_ties_go_to_the_first_room() -> None:
    """R-55."""
    three = [Household("10-1-101"), Household("2-1-101", "pA7 pA8"), Household("2-1-1001")]
    dues = levy(three, "total", 10000)
    assert [due.room for due in dues] == ["2-1-101", "2-1-1001", "10-1-101"]
    assert [due.amount for due in dues] == [3334, 3333, 3333]
    assert dues[0].owners == "pA7 pA8"


def test_a_levy_per_square_metre_is_exact_in_sum() -> None:
    """R-54."""
    dues = levy(estate(), "area", parse("1.50"))
    assert sum(due.amount for due in dues) == parse("17400")
    assert {due.amount for due in dues} <= {11599, 11600, 11601}
    assert by_area(150, parse_area("88.5")) == 13275
    assert by_area(1, Area(50)) == 1
    assert by_area(1, Area(49)) == 0


def test_a_sum_by_area() -> None:
    dues = levy(estate(), "total", parse("3000"), by="area")
    assert sum(due.amount for due in dues) == parse("3000")


def test_a_levy_by_area_needs_every_area() -> None:
    """R-03, R-54: the doors without one are named; another condition does not ask for them."""
    households = [Household("3-2-501", area=Area(8850), ebike=True), Household("3-2-502")]
    with pytest.raises(Refusal) as refused:
        levy(households, "area", 150)
    assert "3-2-502" in refused.value.message
    assert refused.value.exit_code == 1
    assert len(levy(households, "area", 150, condition="ebike")) == 1
    assert len(levy(households, "household", 150)) == 2


def test_a_levy_on_nobody_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        levy([Household("3-2-501")], "household", 10000, condition="ebike")
    assert refused.value.code == "refused"
    with pytest.raises(ValueError, match="no levy"):
        levy([Household("3-2-501")], "head", 10000)


@pytest.mark.parametrize(
    ("condition", "rooms"),
    [
        ("", ["3-2-501", "3-2-502", "4-1-101", "4-1-102"]),
        ("ebike", ["3-2-501", "4-1-101"]),
        ("电动车", ["3-2-501", "4-1-101"]),
        ("vacant", ["3-2-502"]),
        ("let", ["4-1-101"]),
        ("owner", ["3-2-501", "4-1-102"]),
        ("unit 3-2", ["3-2-501", "3-2-502"]),
        ("unit=3-2", ["3-2-501", "3-2-502"]),
        ("unit 3栋2单元", ["3-2-501", "3-2-502"]),
        ("grid 2", ["4-1-101", "4-1-102"]),
        ("网格 2", ["4-1-101", "4-1-102"]),
        ("ebike, grid 2", ["4-1-101"]),
        ("ebike，unit 3－2", ["3-2-501"]),
        ("ebike,vacant", []),
    ],
)
def test_who_meets_a_condition(condition: str, rooms: list[str]) -> None:
    meets = where(condition)
    households = [
        Household("3-2-501", ebike=True, grid="1"),
        Household("3-2-502", state="vacant", grid="1"),
        Household("4-1-101", ebike=True, state="let", grid="2"),
        Household("4-1-102", grid="2"),
    ]
    assert [household.room for household in households if meets(household)] == rooms


@pytest.mark.parametrize("condition", ["motorbike", "ebike,car", "unit", "grid", "ebikes", "area>90"])
def test_an_unknown_condition_lists_the_known_ones(condition: str) -> None:
    with pytest.raises(Unreadable) as refused:
        where(condition)
    assert (refused.value.field, refused.value.value) == ("where", condition)
    assert refused.value.hint


def test_a_room_is_no_unit() -> None:
    with pytest.raises(Unreadable) as refused:
        where("unit 3-2-501")
    assert refused.value.field == "where"


def test_the_hint_names_every_condition() -> None:
    with pytest.raises(Unreadable) as refused:
        where("car")
    for word in ("ebike", "vacant", "let", "owner", "unit 3-2", "grid 1"):
        assert word in refused.value.hint
        where(word)


def test_the_oldest_due_is_settled_first() -> None:
    """R-56: 100 due, 60 + 50 paid: paid, 10 credit; two dues: the older one first, whatever its place."""
    may, march = date(2022, 5, 1), date(2022, 3, 1)
    assert settle([(may, 10000)], 6000) == ((6000,), 0)
    assert settle([(may, 10000)], 11000) == ((10000,), 1000)
    assert settle([(may, 10000), (march, 5000)], 6000) == ((1000, 5000), 0)
    assert settle([(may, 300), (may, 300)], 400) == ((300, 100), 0)
    assert settle([], 500) == ((), 500)
    assert settle([(may, 300)], -100) == ((0,), -100)


@given(st.lists(st.tuples(st.dates(), st.integers(0, 10**6)), max_size=20), st.integers(0, 10**7))
def test_a_payment_goes_somewhere_to_the_fen(dues: list[tuple[date, int]], paid: int) -> None:
    settled = settle(dues, paid)
    assert sum(settled.paid) + settled.credit == paid
    assert all(0 <= share <= due for share, (_, due) in zip(settled.paid, dues, strict=True))
    assert settled.credit == 0 or [int(share) for share in settled.paid] == [due for _, due in dues]


@pytest.mark.parametrize(
    ("due", "paid", "waived", "word"),
    [
        (10000, 0, 0, "unpaid"),
        (10000, 6000, 0, "part"),
        (10000, 10000, 0, "paid"),
        (10000, 11000, 0, "paid"),
        (10000, 0, 10000, "exempt"),
        (10000, 6000, 4000, "paid"),
        (10000, 0, 4000, "unpaid"),
        (0, 0, 0, "paid"),
    ],
)
def test_how_a_household_stands(due: int, paid: int, waived: int, word: str) -> None:
    """R-56, R-67."""
    assert state(due, paid, waived) == word
