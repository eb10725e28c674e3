"""One payment for several doors, or for everything a household owes: the oldest due first, one step, one receipt each
(R-56, R-57)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.shed import begin
from tests.test_credit import GATE, WALL, stands
from zaoyuan_cli.rules import settling
from zaoyuan_cli.rules.money import Fen


def receipts(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(row["room"], row["project"], row["amount"]) for row in answer["rows"]]


# ---- several doors


def test_two_doors_are_one_step_and_two_receipts(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    done = zaoyuan("pay 3-2-501,502 200 -m 微信 --json").ok.json
    assert [row["receipt"] for row in done["rows"]] == ["A2022-0001", "A2022-0002"]
    assert receipts(done) == [("3-2-501", "车棚改造", "100.00"), ("3-2-502", "车棚改造", "100.00")]
    assert done["totals"] == {"receipts": 2, "amount": "200.00", "owed": "0.00", "credit": "0.00"}
    one = zaoyuan("pay 3-2-601 --json").ok.json
    assert {*done["rows"][0]} == {*one}, "a row is what one payment answers"
    assert zaoyuan("undo A4 --yes --json").ok.json["numbers"] == ["A2022-0001", "A2022-0002"]


def test_what_was_written_is_said_a_line_a_door(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    said = zaoyuan("收款 3-2-501，502 150", lang="zh").ok.out.splitlines()
    assert said[0].startswith("√ 收 3-2-501 3-2-502 共 150.00 元")
    assert said[1].split() == ["A2022-0001", "3-2-501", "车棚改造", "100.00", "元"]
    assert "50.00 元，还欠 50.00" in said[2]


def test_without_an_amount_it_is_all_that_is_owed(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-502 30")
    assert zaoyuan("pay 3-2-501,502 --json").ok.json["totals"]["amount"] == "170.00"
    refused = zaoyuan("pay 3-2-501,502 --json")
    assert (refused.code, refused.error["field"]) == (1, "household")


def test_an_amount_goes_over_the_doors_in_the_order_given(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    done = zaoyuan("pay 3-2-502,3-2-501 120 --json").ok.json
    assert receipts(done) == [("3-2-502", "车棚改造", "100.00"), ("3-2-501", "车棚改造", "20.00")]
    done = zaoyuan("pay 3-2-601,501 60 --json").ok.json
    assert receipts(done) == [("3-2-601", "车棚改造", "60.00")], "a door that gets nothing has no receipt"


def test_too_much_asks_and_is_credit_of_the_first_door(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    refused = zaoyuan("pay 3-2-501,502 250 --json")
    assert (refused.code, refused.error["code"]) == (2, "needs_yes")
    assert zaoyuan("pay 3-2-501,502 250", input="n\n", tty=True).code == 130
    done = zaoyuan("pay 3-2-501,502 250 --yes --json").ok.json
    assert receipts(done) == [("3-2-501", "车棚改造", "150.00"), ("3-2-502", "车棚改造", "100.00")]
    assert stands(zaoyuan, "3-2-501", "车棚改造") == ("150.00", "0.00", "50.00")
    assert zaoyuan("check --json").ok.json == {"problems": []}


def test_three_doors_ask(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("pay 3-2-501,502,601 --json").error["code"] == "needs_yes"
    assert zaoyuan("pay 3-2-501,502,601 --yes --json").ok.json["totals"]["amount"] == "300.00"


def test_an_owner_of_several_doors_is_told_how_to_pay_for_all(zaoyuan: Runner) -> None:
    begin(zaoyuan, "household add 3-2-701 --owner 王桂兰 --ebike", "project include 3-2-701 --yes")
    refused = zaoyuan("pay 王桂兰 --json")
    assert refused.error["code"] == "ambiguous"
    assert "zaoyuan pay 3-2-501,3-2-701" in refused.error["hint"]
    assert zaoyuan("pay 3-2-501,3-2-701 --json").ok.json["totals"]["amount"] == "200.00"


def test_a_donor_with_a_comma_in_the_name_is_one_payer(zaoyuan: Runner) -> None:
    begin(zaoyuan, 'donor add "甲、乙公司" --kind firm')
    assert zaoyuan("pay 甲、乙公司 500 --fund 惠民资金 --json").ok.json["donor"] == "甲、乙公司"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("pay 3-2-501,999", "household"),
        ("pay 3-2-501,502 1,00", "amount"),
        ("pay 3-2-501,502 50 --gift", "household"),
        ("pay 3-2-501,502 50 --fund 众筹专项", "fund"),
        ("pay 3-2-501,502 50 -p 车棚 --fund 惠民资金", "fund"),
        ("pay 1,000 3-2-501", "amount"),
    ],
)
def test_nothing_is_written_where_a_word_cannot_be(zaoyuan: Runner, line: str, field: str) -> None:
    begin(zaoyuan)
    refused = zaoyuan(line + " --json")
    assert refused.code in (1, 2)
    assert refused.error["field"] == field
    assert zaoyuan("receipt list --json").ok.json["totals"]["receipts"] == 0


def test_a_note_and_a_paper_are_of_each_receipt(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501,502 --paper 0012 -n 一起缴")
    rows = zaoyuan("receipt list --json").ok.json["rows"]
    assert [(row["paper"], row["note"], row["doubled"]) for row in rows] == [("0012", "一起缴", [])] * 2


# ---- everything a household owes


def test_all_pays_the_oldest_due_first(zaoyuan: Runner) -> None:
    """By the last day to pay: wall 06-01, shed 06-15, gate 07-01."""
    begin(zaoyuan, GATE, WALL)
    refused = zaoyuan("pay 3-2-501 --json")
    assert (refused.error["code"], refused.error["field"]) == ("ambiguous", "project")
    assert "--all" in refused.error["hint"]
    done = zaoyuan("pay 3-2-501 150 --all --json").ok.json
    assert receipts(done) == [
        ("3-2-501", "围墙", "40.00"), ("3-2-501", "车棚改造", "100.00"), ("3-2-501", "大门", "10.00"),
    ]  # fmt: skip
    assert done["totals"]["owed"] == "20.00"
    assert receipts(zaoyuan("pay 3-2-501 --all --json").ok.json) == [("3-2-501", "大门", "20.00")]
    assert zaoyuan("pay 3-2-501 --all --json").error["field"] == "household"


def test_all_of_one_fund(zaoyuan: Runner) -> None:
    begin(zaoyuan, GATE, WALL)
    assert receipts(zaoyuan("pay 3-2-501 --all --fund 惠民 --json").ok.json) == [("3-2-501", "大门", "30.00")]
    assert zaoyuan("pay 3-2-501 --all -p 围墙").code == 2


def test_all_of_several_doors(zaoyuan: Runner) -> None:
    """The oldest due of every door comes before the next one of any."""
    begin(zaoyuan, WALL)
    done = zaoyuan("pay 3-2-501,502 200 --all --json").ok.json
    assert receipts(done) == [
        ("3-2-501", "围墙", "40.00"), ("3-2-502", "围墙", "40.00"), ("3-2-501", "车棚改造", "100.00"),
        ("3-2-502", "车棚改造", "20.00"),
    ]  # fmt: skip


# ---- the rule


OWED = st.lists(st.tuples(st.integers(), st.integers(0, 500).map(Fen)), max_size=6)


@given(OWED, st.integers(0, 3000).map(Fen))
def test_nothing_is_lost_and_no_later_due_is_paid_before_an_older_one(owed: list[tuple[int, Fen]], amount: Fen) -> None:
    shares, rest = settling.shared(owed, amount)
    assert sum(fen for _due, fen in shares) + rest == amount
    asked = [(due, fen) for due, fen in owed if fen]
    assert [due for due, _fen in shares] == [due for due, _fen in asked][: len(shares)]
    assert all(fen == asked[at][1] for at, (_due, fen) in enumerate(shares[:-1])), "all but the last are settled"
    assert not rest or [fen for _due, fen in shares] == [fen for _due, fen in asked]


@given(OWED, OWED, st.integers(0, 3000).map(Fen) | st.none())
def test_credits_are_matched_in_order_and_never_twice(
    credits: list[tuple[int, Fen]], owed: list[tuple[int, Fen]], most: Fen | None
) -> None:
    numbered = [((at, of), fen) for at, (of, fen) in enumerate(credits)]
    dues = [((at, of), fen) for at, (of, fen) in enumerate(owed)]
    found = settling.matched(numbered, dues, most)
    used = sum(fen for *_pair, fen in found)
    both = min(sum(fen for _credit, fen in credits), sum(fen for _due, fen in owed))
    assert used == (both if most is None else min(both, most))
    for side, had in ((0, dict(numbered)), (1, dict(dues))):
        for one, fen in had.items():
            assert sum(pair[2] for pair in found if pair[side] == one) <= fen
