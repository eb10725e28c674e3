"""Accounts: where money is."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.treasurer import balances, begun, done


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begun(zaoyuan)


def test_an_opening_names_account_and_fund(zaoyuan: Runner) -> None:
    done(zaoyuan, "init --name 枣园小区 --who 韩梅 --yes")
    answer = zaoyuan("account opening cash 1,530.5 --fund 工作 -d 5-1 --json").ok.json
    assert answer == {
        "account": "现金", "fund": "工作经费", "amount": "1530.50", "date": "2022-05-01", "balance": "1530.50",
    }  # fmt: skip
    assert zaoyuan("account opening 现金 10").code == 2


def test_a_second_opening_of_the_same_account_and_fund_is_written_and_said(book: Runner) -> None:
    answer = book("account opening 现金 1 --fund 工作经费 --json").ok.json
    assert answer["balance"] == "1001.00"
    assert "1,000.00" in answer["warnings"][0]
    assert "warnings" not in book("account opening 现金 1 --fund 惠民资金 --json").ok.json


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        ("cash", "现金"), ("现金", "现金"), ("CASH", "现金"),
        ("wechat", "微信"), ("微信", "微信"), ("alipay", "支付宝"),
        ("支付宝", "支付宝"), ("bank", "银行"), ("银行", "银行"), ("转账", "银行"), ("支付", "支付宝"),
    ],
)  # fmt: skip
def test_an_account_is_named_by_its_kind_its_name_or_a_part_of_it(book: Runner, typed: str, account: str) -> None:
    """R-60: the channels."""
    answer = book(f"spend 1 试 --fund 工作经费 -m {typed} --json").ok.json
    assert answer["account"] == account
    assert answer["method"] == {"现金": "cash", "微信": "wechat", "支付宝": "alipay", "银行": "bank"}[account]


def test_where_two_accounts_are_of_one_kind_the_name_is_needed(book: Runner) -> None:
    done(book, "account add 备用金 --kind cash")
    refused = book("spend 1 试 --fund 工作经费 -m cash --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "ambiguous", "account")
    assert [one["key"] for one in refused.error["candidates"]] == ["现金", "备用金"]
    assert book("spend 1 试 --fund 工作经费 -m 现金 --json").ok.json["account"] == "现金"
    assert book("spend 1 试 --fund 工作经费 -m 备用 --json").ok.json["account"] == "备用金"


def test_an_account_that_is_not_there_is_answered_with_those_that_are(book: Runner) -> None:
    refused = book("account ledger 邮局 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "account")
    assert [one["key"] for one in refused.error["candidates"]] == ["现金", "微信", "支付宝", "银行"]


def test_a_new_account_has_a_kind_and_a_name_of_its_own(book: Runner) -> None:
    assert book("account add 农行0012 --kind 银行 --json").ok.json["kind"] == "bank"
    assert book("account add 农行0012 --kind bank").code == 1
    wrong = book("account add 邮局 --kind post --json")
    assert (wrong.code, wrong.error["field"]) == (2, "kind")


def test_a_hand_account_has_a_holder_and_only_such_a_one(book: Runner) -> None:
    assert book("account add 韩梅在手 --kind hand").code == 2
    assert book("account add 备用金 --kind cash --holder 韩梅").code == 2
    done(book, "account add 韩梅在手 --kind hand --holder 韩梅")
    rows = book("account list --json").ok.json["rows"]
    assert [(row["account"], row["holder"]) for row in rows if row["holder"]] == [("韩梅在手", "韩梅")]


def test_money_moves_between_accounts_and_no_fund_changes(book: Runner) -> None:
    answer = book("account transfer 200 微信 银行 -d 5-10 --json").ok.json
    assert (answer["balance"], answer["to_balance"], answer["fee"], answer["fund"]) == (
        "6000.00",
        "200.00",
        "0.00",
        None,
    )
    assert balances(book, "account list") == {"现金": "1000.00", "微信": "6000.00", "支付宝": "0.00", "银行": "200.00"}
    funds = {row["fund"]: row["balance"] for row in book("fund list --json").ok.json["rows"]}
    assert (funds["众筹专项"], funds["工作经费"]) == ("6200.00", "1000.00")


def test_the_fee_of_a_transfer_leaves_the_first_account_out_of_a_fund(book: Runner) -> None:
    """The working budget pays, unless another fund is named."""
    answer = book("account transfer 200 微信 银行 --fee 0.2 --json").ok.json
    assert (answer["balance"], answer["to_balance"], answer["fund"]) == ("5999.80", "200.00", "工作经费")
    named = book("account transfer 200 微信 银行 --fee 0.2 --fund 众筹 --json").ok.json
    assert named["fund"] == "众筹专项"
    answer = book("fund list --json").ok.json
    assert answer["totals"]["balance"] == book("account list --json").ok.json["totals"]["balance"] == "7199.60"


def test_a_fee_the_working_budget_cannot_pay_needs_a_fund_named(book: Runner) -> None:
    before = balances(book, "account list")
    asked = book("account transfer 1 微信 银行 --fee 1000.01 --json")
    assert (asked.code, asked.error["field"]) == (2, "fund")
    assert [one["key"] for one in asked.error["candidates"]] == ["众筹专项"]
    short = book("account transfer 1 微信 银行 --fee 1000.01 --fund 工作经费 --json")
    assert (short.code, short.error["code"], short.error["fund"]) == (1, "fund_short", "工作经费")
    assert balances(book, "account list") == before


def test_an_account_below_zero_is_written_and_said(book: Runner) -> None:
    """Where a fund is refused, an account warns: the entry may be right and another one missing."""
    answer = book("account transfer 5 支付宝 现金 --json").ok.json
    assert "-5.00" in answer["warnings"][0]
    assert balances(book, "account list")["支付宝"] == "-5.00"
    said = book("spend 1 试 --fund 工作经费 -m alipay").ok
    assert "-6.00" in said.err
    assert book("check").code == 0


def test_the_ledger_of_an_account_names_the_other_side(book: Runner) -> None:
    done(book, "account transfer 200 微信 银行 --fee 0.2 -d 5-10")
    done(book, "spend 80 打印纸 --fund 工作经费 -m 银行 -d 5-11")
    answer = book("account ledger 银行 --json").ok.json
    assert [(row["what"], row["other"], row["in"], row["out"], row["balance"]) for row in answer["rows"]] == [
        ("transfer", "微信", "200.00", None, "200.00"), ("expense", "工作经费", None, "80.00", "120.00"),
    ]  # fmt: skip
    wechat = book("account ledger 微信 --since 5-10 --json").ok.json
    assert wechat["totals"] == {"opening": "6200.00", "in": "0.00", "out": "200.20", "closing": "5999.80"}
    assert [row["other"] for row in wechat["rows"]] == ["银行", "工作经费"]


def test_accounts_as_of_a_day(book: Runner) -> None:
    done(book, "account transfer 200 微信 银行 -d 5-10")
    assert balances(book, "account list --as-of 5-9")["银行"] == "0.00"
    assert balances(book, "account list --as-of 5-10")["银行"] == "200.00"


@pytest.mark.parametrize("amount", ["0", "-5", "1,00", "1.005", "abc"])
def test_an_amount_that_is_none_is_refused(book: Runner, amount: str) -> None:
    before = balances(book, "account list")
    assert book(["account", "opening", "现金", amount, "--fund", "工作经费"]).code == 2
    assert balances(book, "account list") == before


def test_undo_takes_a_transfer_back(book: Runner) -> None:
    before = balances(book, "account list")
    done(book, "account transfer 200 微信 银行 --fee 1")
    done(book, "undo --yes")
    assert balances(book, "account list") == before
