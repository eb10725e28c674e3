"""Funds: what money is for."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from tests.conftest import Runner
from tests.treasurer import balances, begun, done


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begun(zaoyuan)


def test_every_book_has_the_six_funds_and_knows_which_are_restricted(zaoyuan: Runner) -> None:
    done(zaoyuan, "init --name 枣园小区 --who 韩梅 --yes")
    answer = zaoyuan("fund list --json").ok.json
    assert {row["fund"]: row["restricted"] for row in answer["rows"]} == {
        "众筹专项": True, "惠民资金": True, "公共收益": True, "维修资金": True, "工作经费": False, "待认领": False,
    }  # fmt: skip
    assert answer["totals"] == {"balance": "0.00"}


def test_names_of_funds_are_data_and_an_english_book_has_english_ones(zaoyuan: Runner) -> None:
    done(zaoyuan, "init --name Orchard --who Han --yes --book-lang en")
    done(zaoyuan, "account opening cash 100 --fund 'Working budget'")
    assert balances(zaoyuan)["Working budget"] == "100.00"
    assert "Working budget" in zaoyuan("fund list", lang="zh").ok.out


def test_a_new_fund_is_listed_and_the_same_name_is_refused(book: Runner) -> None:
    assert book("fund add 绿化专项 --restricted --json").ok.json == {
        "fund": "绿化专项", "restricted": True, "balance": "0.00",
    }  # fmt: skip
    again = book("fund add 绿化专项")
    assert again.code == 1
    assert "绿化专项" in again.err
    assert list(balances(book)).count("绿化专项") == 1


@pytest.mark.parametrize("name", ["", "  ", "a\u202eb"])
def test_a_fund_without_a_name_that_can_be_shown_is_refused(book: Runner, name: str) -> None:
    before = balances(book)
    assert book(["fund", "add", name]).code == 2
    assert balances(book) == before


def test_a_part_of_the_name_is_enough_and_two_fits_are_named(book: Runner) -> None:
    assert book("fund ledger 众筹 --json").ok.json["totals"]["closing"] == "6200.00"
    refused = book("fund ledger 资金 --json")
    assert refused.code == 1
    assert refused.error["code"] == "ambiguous"
    assert refused.error["field"] == "fund"
    assert [one["key"] for one in refused.error["candidates"]] == ["惠民资金", "维修资金"]


def test_money_goes_to_another_fund_only_by_a_decision(book: Runner) -> None:
    """R-50."""
    refused = book("fund transfer 100 工作经费 惠民资金 --json")
    assert refused.code == 1
    assert refused.error["code"] == "decision_required"
    assert refused.error["field"] == "decision"
    assert refused.error["rule"] == "fund.own_purpose"
    assert balances(book)["惠民资金"] == "0.00"
    done(book, "decision add 工作经费补助惠民 --body 业主大会 -d 2022-05-20")
    moved = book("fund transfer 100 工作经费 惠民资金 --decision D1 --json").ok.json
    assert (moved["decision"], moved["balance"], moved["to_balance"]) == ("DA2022-1", "900.00", "100.00")
    assert balances(book) | {"工作经费": "900.00", "惠民资金": "100.00"} == balances(book)
    assert balances(book, "account list") == {
        "现金": "1000.00", "微信": "6200.00", "支付宝": "0.00", "银行": "0.00",
    }  # fmt: skip


def test_a_transfer_citing_no_known_decision_writes_nothing(book: Runner) -> None:
    """R-50."""
    refused = book("fund transfer 100 工作经费 惠民资金 --decision D7 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "decision")
    assert balances(book)["惠民资金"] == "0.00"


def test_no_fund_goes_below_zero_by_a_transfer(book: Runner) -> None:
    """R-51: the fund, what it has and what is missing are named."""
    done(book, "decision add 调用 --body 业主大会")
    refused = book("fund transfer 1000.01 工作经费 惠民资金 --decision D1 --json")
    assert refused.code == 1
    assert {key: refused.error[key] for key in ("code", "fund", "balance", "limit")} == {
        "code": "fund_short", "fund": "工作经费", "balance": "1000.00", "limit": "0.00",
    }  # fmt: skip
    assert "0.01" in refused.error["message"]
    assert balances(book)["工作经费"] == "1000.00"
    done(book, "fund transfer 1000 工作经费 惠民资金 --decision D1")
    assert balances(book)["工作经费"] == "0.00"


def test_from_and_to_are_two_funds(book: Runner) -> None:
    done(book, "decision add 调用 --body 业主大会")
    assert book("fund transfer 1 工作经费 工作 --decision D1").code == 1


def test_undoing_the_opening_of_money_that_was_spent_is_refused(book: Runner) -> None:
    """R-51, design: When things meet, 3."""
    done(book, "spend 600 打印纸 --fund 工作经费")
    opening = book("log --json").ok.json["rows"][1]["step"]
    refused = book(f"undo {opening} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "fund_short")
    assert balances(book)["工作经费"] == "400.00"


def test_two_books_that_spent_the_same_money_both_stay_and_check_names_both(book: Runner, tmp_path: Path) -> None:
    """Design, When things meet, 5: cured by a void, or by a transfer with a decision."""
    other, home = tmp_path / "b.db", tmp_path / "home-b"
    copyfile(book.book, other)
    assert book("device add --who 王桂兰", book=other, home=home).code == 0
    assert book("spend 600 甲 --fund 工作经费", book=other, home=home).code == 0
    done(book, "spend 600 乙 --fund 工作经费", f"merge {other} --yes")
    assert balances(book)["工作经费"] == "-200.00"
    found = book("check --json")
    assert found.code == 3
    (problem,) = found.json["problems"]
    assert problem["where"] == "fund_short/工作经费"
    assert all(number in problem["message"] for number in ("EA2022-1", "EB2022-1", "-200.00"))
    done(book, "expense void EB2022-1 --reason 重复 --yes", "check")
    assert balances(book)["工作经费"] == "400.00"


def test_the_ledger_of_a_fund_runs_from_opening_to_closing(book: Runner) -> None:
    """Gross: an opening balance is opening whatever its day, a void is in neither."""
    done(book, "spend 100 打印纸 --fund 工作经费 -d 2022-05-02")
    done(book, "spend 50 茶叶 --fund 工作经费 -d 2022-05-03")
    done(book, "spend 7 误记 --fund 工作经费 -d 2022-05-03")
    done(book, "expense void EA2022-3 --reason 误记 --yes")
    whole = book("fund ledger 工作经费 --json").ok.json
    assert [(row["what"], row["text"], row["out"], row["balance"]) for row in whole["rows"]] == [
        ("opening", None, None, "1000.00"), ("expense", "打印纸", "100.00", "900.00"),
        ("expense", "茶叶", "50.00", "850.00"),
    ]  # fmt: skip
    assert whole["totals"] == {"opening": "1000.00", "in": "0.00", "out": "150.00", "closing": "850.00"}
    later = book("fund ledger 工作经费 --since 5-3 --until 5-31 --json").ok.json
    assert later["totals"] == {"opening": "900.00", "in": "0.00", "out": "50.00", "closing": "850.00"}
    assert [row["balance"] for row in later["rows"]] == ["850.00"]
    early = book("fund ledger 工作经费 --until 5-2 --json").ok.json
    assert [row["balance"] for row in early["rows"]] == ["1000.00", "900.00"]


def test_lists_show_a_fund_as_of_a_day(book: Runner) -> None:
    done(book, "spend 100 打印纸 --fund 工作经费 -d 2022-05-10")
    assert balances(book, "fund list --as-of 2022-04-30")["工作经费"] == "0.00"
    assert balances(book, "fund list --as-of 2022-05-09")["工作经费"] == "1000.00"
    assert balances(book, "fund list --as-of 2022-05-10")["工作经费"] == "900.00"
    assert book("fund ledger 工作经费 --as-of 2022-05-09 --json").ok.json["totals"]["closing"] == "1000.00"


def test_the_book_as_known_on_a_day_before_an_entry_does_not_have_it(book: Runner) -> None:
    done(book, "spend 100 打印纸 --fund 工作经费 -d 2022-05-10", now="2022-06-01T09:00:00+08:00")
    assert balances(book, "fund list --known-on 2022-05-31")["工作经费"] == "1000.00"
    assert balances(book, "fund list --known-on 2022-06-01")["工作经费"] == "900.00"


def test_sort_and_limit_choose_rows_and_the_total_stays_that_of_all(book: Runner) -> None:
    answer: dict[str, Any] = book("fund list --sort=-balance --limit 2 --json").ok.json
    assert [row["fund"] for row in answer["rows"]] == ["众筹专项", "工作经费"]
    assert answer["totals"] == {"balance": "7200.00"}
    wrong = book("fund list --sort colour --json")
    assert (wrong.code, wrong.error["field"]) == (2, "sort")


def test_in_chinese(book: Runner) -> None:
    out = book("资金 列表", lang="zh").ok.out
    assert "专款专用" in out
    assert "7,200.00" in out
    assert "必须有决议" in book("fund transfer 1 工作经费 惠民资金", lang="zh").err
