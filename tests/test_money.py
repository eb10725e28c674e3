"""Amounts as the treasurer types them, sums that never lose a fen, capitals on a receipt (R-52, R-58)."""

from __future__ import annotations

import json
import sqlite3

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules.money import LIMIT_YUAN, Fen, capitals, parse, positive
from zaoyuan_cli.rules.rooms import Area

amounts = st.integers(0, LIMIT_YUAN * 100 - 1).map(Fen) | st.integers(0, 10**7).map(Fen)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("100", 10000),
        ("100元", 10000),
        ("100块", 10000),
        ("100块钱", 10000),
        ("100 元", 10000),
        ("1,000.50", 100050),
        ("1000.5", 100050),
        ("12,345,678.90", 1234567890),
        ("￥100", 10000),
        ("¥1,000", 100000),
        ("１００", 10000),
        ("１，０００．５０元", 100050),
        ("1.5万", 1500000),
        ("1.23456万", 1234560),
        ("1.5万元", 1500000),
        ("3元5角", 350),
        ("3元5角2分", 352),
        ("3块5", 350),
        ("三块五", 350),
        ("五毛", 50),
        ("5分", 5),
        ("壹佰元整", 10000),
        ("壹佰圆正", 10000),
        ("壹佰元零伍分", 10005),
        ("一千二百元", 120000),
        ("一千二百", 120000),
        ("一千零五", 100500),
        ("一万二千", 1200000),
        ("十五", 1500),
        ("两百", 20000),
        ("0", 0),
        ("0.01", 1),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, fen: int) -> None:
    assert parse(typed) == fen


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "元",
        "abc",
        "1,00",
        "1,0000",
        ",100",
        "100,",
        "100.555",
        "1.",
        ".5",
        "1e3",
        "1_000",
        "10²",
        "½",
        "10 50",
        "$100",
        "一千二",
        "一百五",
        "一万二",
        "3元55",
        "3.50元5角",
        "12角",
        "1.1234567万",
        "٣",
        "100元元",
        "3-2-501",
        "nan",
        "三块五毛五角",
    ],
)
def test_what_is_no_amount_is_refused_with_the_words_seen(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed)
    assert refused.value.value == typed
    assert typed in refused.value.message
    assert refused.value.field == "amount"
    assert refused.value.hint


@pytest.mark.parametrize("typed", ["-50", "－50", "—50", "−50", "¥-50", "负五十元", "-1,000.50"])
def test_a_minus_sign_leads_to_the_refund(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed)
    assert "contribution refund" in refused.value.hint


@pytest.mark.parametrize(("typed", "word"), [("1,00", "1,000.50"), ("100.555", "100.55"), ("100.555元", "100.55")])
def test_the_hint_shows_how_it_is_written(typed: str, word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed)
    assert word in refused.value.hint


@pytest.mark.parametrize("typed", ["0", "0.00", "零元"])
def test_a_payment_of_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        positive(typed)


def test_an_amount_beyond_any_estate_is_refused() -> None:
    assert parse("999,999,999,999.99") == LIMIT_YUAN * 100 - 1
    for typed in ("1000000000000", "1万亿", "9" * 5000):
        with pytest.raises(Unreadable):
            parse(typed)


@given(amounts)
def test_what_is_shown_is_read_back(amount: Fen) -> None:
    assert parse(amount.yuan()) == parse(amount.plain()) == parse(f"￥{amount}元") == amount


def test_a_tenth_and_two_tenths() -> None:
    """R-52."""
    assert parse("0.10") + parse("0.20") == parse("0.30")


def test_sums_stay_money() -> None:
    """R-52: an int that stays Fen, and refuses the float."""
    hundred = Fen(10000)
    for value in (hundred + 5, 5 + hundred, hundred - 5, 5 - hundred, -hundred, abs(-hundred), sum([hundred, hundred])):
        assert type(value) is Fen
    assert type(3 * hundred) is Fen
    assert (hundred + 50).yuan() == "100.50"
    assert (-hundred).yuan() == "-100.00"
    assert Fen(-5).plain() == "-0.05"
    assert Fen(123456789).yuan() == "1,234,567.89"
    assert Fen(123456789).plain() == "1234567.89"
    with pytest.raises(TypeError):
        hundred + 0.5  # type: ignore[operator]
    with pytest.raises(TypeError):
        Fen(0.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        hundred + Area(5)


def test_text_shows_yuan_while_stores_take_fen() -> None:
    amount = Fen(100050)
    assert f"{amount}" == str(amount) == "1,000.50"
    assert f"{amount:>10}" == "  1,000.50"
    assert json.dumps(amount) == "100050"
    assert sqlite3.connect(":memory:").execute("SELECT ?, typeof(?1)", (amount,)).fetchone() == (100050, "integer")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("100", "壹佰元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("0.05", "伍分"),
        ("10010", "壹万零壹拾元整"),
        ("15000", "壹万伍仟元整"),
        ("0", "零元整"),
        ("0.50", "伍角整"),
        ("10203.40", "壹万零贰佰零叁元肆角整"),
        ("100000000", "壹亿元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("100000.01", "壹拾万元零壹分"),
    ],
)
def test_capitals_of_a_receipt(amount: str, text: str) -> None:
    """R-58: the ten vectors, and some more."""
    assert capitals(parse(amount)) == text


def test_a_correction_is_negative_in_capitals_too() -> None:
    assert capitals(Fen(-10000)) == "负壹佰元整"
    with pytest.raises(ValueError, match="capitals"):
        capitals(LIMIT_YUAN * 100)


@given(amounts)
def test_capitals_agree_with_the_oracle(amount: Fen) -> None:
    """R-58. cn2an writes no 整 after jiao, no 零 before jiao after a zero, and none for a whole 万 section of zeros."""
    ours = capitals(amount).replace("角整", "角")
    if amount % 100 >= 10:
        ours = ours.replace("元零", "元")
    if amount // 10**6 % 10**4 == 0 and amount // 10**10:
        ours = ours.replace("亿零", "亿")
    theirs = cn2an.an2cn(amount.plain(), "rmb")
    assert ours == (theirs.replace("亿零", "亿") if "亿零" not in ours else theirs)


@given(amounts)
def test_capitals_are_read_back(amount: Fen) -> None:
    assert parse(capitals(amount)) == amount
