"""Money from common parts: what came in, what it cost, what is left to share (R-74), what stands after a mistake."""

from __future__ import annotations

import pytest
from conftest import Runner

from tests.treasurer import balances, begun, done


@pytest.fixture
def treasurer(zaoyuan: Runner) -> Runner:
    return begun(zaoyuan)


def test_common_income_after_its_cost(treasurer: Runner) -> None:
    """R-74: 3,000 of income that cost 400 to get: 2,600 may be shared."""
    got = treasurer("income add 3000 电梯广告 --fund 公共收益 -m 银行 --json").ok.json
    assert (got["income"], got["amount"], got["fund"], got["method"]) == ("IA2022-1", "3000.00", "公共收益", "bank")
    assert got["balance"] == "3000.00"
    done(treasurer, "spend 400 广告牌维修 --fund 公共收益 -m 银行 --cost-of IA2022-1 --voucher 7")
    answer = treasurer("income list --json").ok.json
    assert answer["totals"] == {"incomes": 1, "void": 0, "amount": "3000.00", "cost": "400.00", "net": "2600.00"}
    assert answer["rows"][0]["costs"] == ["EA2022-1"]
    assert treasurer("expense show 1 --json").ok.json["income"] == "IA2022-1"
    assert balances(treasurer)["公共收益"] == "2600.00"


def test_a_cost_that_came_first_and_one_that_is_void(treasurer: Runner) -> None:
    done(treasurer, "income add 500 场地费 --fund 公共收益", "spend 90 清理 --fund 公共收益")
    assert treasurer("income add 1000 场地费 --fund 公共收益 --cost EA2022-1 --json").ok.json["net"] == "910.00"
    assert treasurer("income add 10 场地费 --fund 公共收益 --cost 1").code == 1, "one expense is the cost of one income"
    done(treasurer, "expense void 1 --reason 重复 --yes")
    assert treasurer("income show 2 --json").ok.json["net"] == "1000.00"


def test_what_is_in_the_books(treasurer: Runner) -> None:
    """The ledger, the turnover, `report`, `find` and `check` know it; it is no contribution."""
    done(
        treasurer, "donor add 美团 --kind firm", "income add 120.50 快递柜 --fund 公共收益 -m 微信 --from 美团 -d 5-20"
    )
    (line,) = treasurer("fund ledger 公共收益 --json").ok.json["rows"]
    assert (line["number"], line["what"], line["text"], line["in"]) == ("IA2022-1", "income", "快递柜", "120.50")
    funds = {row["fund"]: row for row in treasurer("report --json").ok.json["funds"]}
    assert (funds["公共收益"]["in"], funds["公共收益"]["closing"]) == ("120.50", "120.50")
    (hit,) = treasurer("find 快递 --json").ok.json["rows"]
    assert hit["show"] == "zaoyuan income show IA2022-1"
    assert treasurer("income show 1 --json").ok.json["from"] == "美团"
    assert "美团" in treasurer("income show 1", lang="zh").ok.out
    assert treasurer("contribution list --json").ok.json["rows"] == []
    assert treasurer("check").code == 0


def test_income_of_a_project(treasurer: Runner) -> None:
    done(
        treasurer, "project add 充电桩 --fund 公共收益", "income add 300 充电分成 -p 充电桩", "spend 100 电费 -p 充电桩"
    )
    shown = treasurer("project show 充电桩 --json").ok.json
    assert (shown["paid"], shown["income"], shown["spent"], shown["left"]) == ("0.00", "300.00", "100.00", "200.00")
    assert treasurer("income add 5 分成 -p 充电桩 --fund 工作经费").code == 1


def test_a_fund_has_to_be_named(treasurer: Runner) -> None:
    refused = treasurer("income add 100 利息 --json")
    assert (refused.code, refused.error["field"]) == (2, "fund")
    assert treasurer("income add 0 利息 --fund 公共收益").code == 2
    assert treasurer(["income", "add", "1", " ", "--fund", "公共收益"]).code == 2


def test_void_keeps_the_number(treasurer: Runner) -> None:
    """R-57, R-59: the number stays, a reason is needed, and spent money cannot vanish (R-51)."""
    done(treasurer, "income add 100 利息 --fund 公共收益", "income add 70 利息 --fund 公共收益")
    assert treasurer("income void 1 --yes").code == 2
    assert treasurer("income void 1 --reason 重复").code == 2, "it asks"
    assert treasurer("income void 1 --reason 重复 --yes --json").ok.json["state"] == "void"
    assert treasurer("income void 1 --reason 重复 --yes").code == 1
    assert treasurer("spend 5 手续费 --fund 工作经费 --cost-of 1").code == 1, "a void income costs nothing"
    assert treasurer("income list --json").ok.json["totals"] | {"cost": "", "net": ""} == {
        "incomes": 2, "void": 1, "amount": "70.00", "cost": "", "net": "",
    }  # fmt: skip
    done(treasurer, "spend 60 茶水 --fund 公共收益 --voucher 1")
    assert treasurer("income void 2 --reason 重复 --yes --json").error["code"] == "fund_short"


def test_undo_leaves_the_number_void(treasurer: Runner) -> None:
    done(treasurer, "income add 100 利息 --fund 公共收益", "undo --yes", "income add 100 利息 --fund 公共收益")
    rows = treasurer("income list --json").ok.json["rows"]
    assert {row["income"]: row["state"] for row in rows} == {"IA2022-1": "void", "IA2022-2": "received"}


def test_an_income_with_a_cost_is_not_undone(treasurer: Runner) -> None:
    done(treasurer, "income add 100 利息 --fund 公共收益", "spend 5 手续费 --fund 公共收益 --cost-of 1")
    step = treasurer("log --json").ok.json["rows"][1]["step"]
    assert treasurer(f"undo {step} --yes --json").error["code"] == "has_dependents"


def test_the_same_twice_warns(treasurer: Runner) -> None:
    done(treasurer, "income add 100 利息 --fund 公共收益")
    assert "IA2022-1" in treasurer("income add 100 利息 --fund 公共收益").ok.err


def test_in_chinese(treasurer: Runner) -> None:
    assert "√ IA2022-1" in treasurer("收入 add 100 利息 --fund 公共收益", lang="zh").ok.out
    page = treasurer("收入 list", lang="zh").ok.out
    assert "扣成本后" in page
    assert "已收" in page
