"""Receipts: numbers without a gap, void ones kept, and what a paper receipt must carry."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.shed import begin


def test_numbers_run_without_a_gap_whatever_became_of_them(zaoyuan: Runner) -> None:
    """R-57: A2022-0001 undone, A2022-0002 void: both are listed as void, the next is A2022-0003."""
    begin(
        zaoyuan,
        "pay 3-2-501 30", "undo --yes",
        "pay 3-2-501 40", "contribution void 2 --reason 错 --yes",
        "pay 3-2-501",
    )  # fmt: skip
    answer = zaoyuan("receipt list --json").ok.json
    assert [(row["receipt"], row["room"], row["amount"], row["state"]) for row in answer["rows"]] == [
        ("A2022-0001", "3-2-501", "30.00", "void"),
        ("A2022-0002", "3-2-501", "40.00", "void"),
        ("A2022-0003", "3-2-501", "100.00", "paid"),
    ]
    assert answer["totals"] == {"receipts": 3, "void": 2, "amount": "100.00", "refunded": "0.00"}
    assert "作废" in zaoyuan("收据 list", lang="zh").ok.out


def test_a_new_year_begins_at_one(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501 40")
    zaoyuan.now = "2023-01-02T09:00:00+08:00"
    assert zaoyuan("pay 3-2-501 30 --json").ok.json["receipt"] == "A2023-0001"
    short = zaoyuan("receipt show 1 --json")
    assert (short.code, short.error["code"]) == (1, "ambiguous")
    assert [one["key"] for one in short.error["candidates"]] == ["A2022-0001", "A2023-0001"]
    assert zaoyuan("receipt show A2023-1 --json").ok.json["amount"] == "30.00"


def test_what_was_undone_comes_back_with_redo(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "undo --yes", "redo --yes")
    answer = zaoyuan("receipt list --json").ok.json
    assert [(row["receipt"], row["state"]) for row in answer["rows"]] == [("A2022-0001", "paid")]


def test_a_receipt_carries_figures_and_capitals(zaoyuan: Runner) -> None:
    """R-58: amount in figures and capitals agree; who, for what, how, by whom, and that it is no invoice."""
    begin(zaoyuan, 'pay 3-2-501 107.53 -m 微信 --payer 王小明 --paper 0012 -n "微信单号 42" --yes')
    found = zaoyuan("receipt show 1 --json").ok.json
    expected = {
        "receipt": "A2022-0001", "date": "2022-05-31", "room": "3-2-501", "owner": "王桂兰", "amount": "107.53",
        "capitals": "壹佰零柒元伍角叁分", "method": "wechat", "account": "微信", "fund": "众筹专项",
        "project": "车棚改造", "state": "paid", "payer": "王小明", "paper": "0012", "note": "微信单号 42",
        "collector": "韩梅", "refunds": [], "void": None,
    }  # fmt: skip
    assert {key: found[key] for key in expected} == expected
    page = zaoyuan("receipt show 1", lang="zh").ok.out
    for words in ("A2022-0001", "壹佰零柒元伍角叁分", "107.53", "王桂兰", "韩梅", "不是税务发票"):
        assert words in page


def test_a_receipt_shows_what_became_of_it(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "contribution refund 1 40 --reason 退")
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["refunded"], found["paid"], found["refunds"][0]["refund"]) == ("40.00", "60.00", "A2022-0001-1")
    assert zaoyuan("contribution void A2022-0001-1 --reason 错 --yes").ok
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["refunded"], found["paid"], found["refunds"][0]["state"]) == ("0.00", "100.00", "void")


def test_an_undone_receipt_is_still_shown(zaoyuan: Runner) -> None:
    begin(zaoyuan, 'pay 3-2-501 -n "零钱"', "undo --yes")
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["state"], found["amount"], found["note"]) == ("void", "100.00", "零钱")
    assert "VOID" in zaoyuan("receipt show 1").ok.out


@pytest.mark.parametrize(
    ("text", "code"), [("9", "not_found"), ("M3", "unreadable"), ("3-2-501", "unreadable"), ("A2021-1", "not_found")]
)
def test_no_such_receipt(zaoyuan: Runner, text: str, code: str) -> None:
    begin(zaoyuan, "pay 3-2-501")
    refused = zaoyuan(f"receipt show {text} --json")
    assert (refused.error["code"], refused.error["field"]) == (code, "receipt")


def test_lists_are_narrowed_sorted_and_cut(zaoyuan: Runner) -> None:
    begin(
        zaoyuan,
        "donor add 社区 --kind public",
        "pay 3-2-502 30 -d 5-20", "pay 3-2-501 100 -d 5-25", "pay 1-1-101 9 --gift", "pay 社区 500 --fund 惠民资金",
    )  # fmt: skip

    def rooms(options: str, noun: str = "receipt") -> list[str | None]:
        return [row["room"] for row in zaoyuan(f"{noun} list {options} --json").ok.json["rows"]]

    assert rooms("--unit 3-2") == ["3-2-502", "3-2-501"]
    assert rooms("--grid 1") == ["1-1-101"]
    assert rooms("--since 5-21 --until 5-30") == ["3-2-501"]
    assert rooms("-p 车棚 --sort -amount") == ["3-2-501", "3-2-502", "1-1-101"]
    assert rooms("--limit 1") == ["3-2-502"]
    assert rooms("--as-of 2022-05-24") == ["3-2-502"]
    assert rooms("--sort amount", "contribution") == ["1-1-101", "3-2-502", "3-2-501", None]
    assert zaoyuan("receipt list --json").ok.json["totals"]["amount"] == "639.00"
    assert [row["from"] for row in zaoyuan("contribution list --json").ok.json["rows"]][-1] == "社区"


def test_a_void_contribution_is_in_the_register_only(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "contribution void 1 --reason 错 --yes")
    assert zaoyuan("contribution list --json").ok.json == {
        "rows": [],
        "totals": {"contributions": 0, "amount": "0.00", "refunded": "0.00"},
    }
    assert "zaoyuan pay" in zaoyuan("contribution list").ok.out
    assert zaoyuan("receipt list --json").ok.json["totals"]["receipts"] == 1
