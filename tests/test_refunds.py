"""A payment made void or given back: it keeps its number, and never more goes back than stands."""

from __future__ import annotations

from tests.conftest import Runner
from tests.shed import begin


def balance(zaoyuan: Runner, fund: str = "众筹专项") -> str:
    rows = zaoyuan("fund list --json").ok.json["rows"]
    return str(next(row["balance"] for row in rows if row["fund"] == fund))


def test_a_void_keeps_its_number(zaoyuan: Runner) -> None:
    """R-57, R-59: the number stays, the next is the next; the sums are as if it had not been."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502")
    asked = zaoyuan("contribution void 2 --reason 记错户 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert zaoyuan("contribution void 2 --reason 记错户 --dry-run").ok
    assert balance(zaoyuan) == "200.00"
    assert zaoyuan("contribution void 2 --reason 记错户 --yes --json").ok.json == {
        "receipt": "A2022-0002",
        "state": "void",
    }
    assert balance(zaoyuan) == "100.00"
    assert zaoyuan("pay 3-2-502 --json").ok.json["receipt"] == "A2022-0003"
    assert zaoyuan("contribution void 2 --reason 再来 --yes").code == 1
    shown = zaoyuan("contribution show 2 --json").ok.json
    assert (shown["state"], shown["void"]) == ("void", {"date": "2022-05-31", "reason": "记错户"})


def test_a_void_says_why(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    assert zaoyuan("contribution void 1 --yes").code == 2
    assert zaoyuan(["contribution", "void", "1", "--reason", " ", "--yes"]).code == 2
    assert balance(zaoyuan) == "100.00"


def test_money_that_is_spent_can_neither_be_voided_nor_given_back(zaoyuan: Runner) -> None:
    """R-51: a fund does not go below zero."""
    begin(zaoyuan, "pay 3-2-501", "spend 90 立柱 -p 车棚")
    for line in ("contribution void 1 --reason 错 --yes", "contribution refund 1 11 --reason 多", "undo A4 --yes"):
        refused = zaoyuan(line + " --json")
        assert (refused.code, refused.error["code"]) == (1, "fund_short"), line
    assert zaoyuan("contribution void 1 --reason 错 --dry-run --json").error["code"] == "fund_short"
    assert zaoyuan("contribution refund 1 10 --reason 多 --json").ok
    assert balance(zaoyuan) == "0.00"


def test_a_refund_is_never_more_than_what_stands(zaoyuan: Runner) -> None:
    """R-65: paid 100, refunded 40: next at most 60."""
    begin(zaoyuan, "pay 3-2-501 100 -m 微信", "pay 3-2-502")
    assert zaoyuan("contribution refund 1 40 --reason 退 --json").ok.json == {
        "receipt": "A2022-0001", "refund": "A2022-0001-1", "refunded": "40.00", "paid": "60.00", "credit": "0.00",
        "owed": "40.00",
    }  # fmt: skip
    refused = zaoyuan("contribution refund 1 60.01 --reason 退 --json")
    assert (refused.code, refused.error["code"], refused.error["limit"]) == (1, "refund_above_paid", "60.00")
    assert zaoyuan("contribution refund 1 60 --reason 退 -m 现金 --json").ok.json["refund"] == "A2022-0001-2"
    accounts = {row["account"]: row["balance"] for row in zaoyuan("account list --json").ok.json["rows"]}
    assert (accounts["微信"], accounts["现金"]) == ("60.00", "40.00")
    assert zaoyuan("contribution refund 1 1 --reason 退 --json").error["limit"] == "0.00"


def test_the_same_refund_once_more_is_asked(zaoyuan: Runner) -> None:
    """R-60: somebody at the keyboard is asked, a script is told; the household would owe it again."""
    begin(zaoyuan, "pay 3-2-501", "contribution refund 1 50 --reason 退")
    refused = zaoyuan("contribution refund 1 50 --reason 退", input="n\n", tty=True)
    assert refused.code == 130
    assert "A2022-0001-1" in refused.err
    assert [row["refunded"] for row in zaoyuan("receipt list --json").ok.json["rows"]] == ["50.00"]
    assert "A2022-0001-1" in zaoyuan("contribution refund 1 50 --reason 退").ok.err


def test_a_refund_of_credit(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501 130 --yes")
    found = zaoyuan("contribution refund 1 20 --reason 多收 --json").ok.json
    assert (found["paid"], found["credit"], found["owed"]) == ("110.00", "10.00", "0.00")
    assert zaoyuan("contribution refund 1 5 --reason 多收 -d 2022-05-30 --json").error["field"] == "date"


def test_refund_first_then_void(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "contribution refund 1 40 --reason 退")
    refused = zaoyuan("contribution void 1 --reason 错 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert refused.error["candidates"][0]["key"] == "A2022-0001-1"
    assert zaoyuan("contribution void A2022-0001-1 --reason 错 --yes --json").ok.json["state"] == "void"
    assert zaoyuan("contribution void 1 --reason 错 --yes --json").ok.json["receipt"] == "A2022-0001"
    assert zaoyuan("contribution refund 1 1 --reason 退 --json").error["code"] == "refund_above_paid"
    assert zaoyuan("pay 3-2-501 --json").ok


def test_a_refund_is_not_voided_once_the_due_is_paid_again(zaoyuan: Runner) -> None:
    """It would leave the household paid twice, and nobody agreed to that."""
    begin(zaoyuan, "pay 3-2-501", "contribution refund 1 40 --reason 退", "pay 3-2-501")
    for line in ("contribution void 1-1 --reason 错 --yes", "contribution void A2022-0001-1 --reason 错 --yes"):
        assert zaoyuan(line + " --json").code in (1, 2)
    assert zaoyuan("contribution void A2022-0001-1 --reason 错 --yes --json").error["code"] == "overpaid"


def test_an_undone_receipt_is_void_and_stays_so(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "undo --yes")
    for line in ("contribution void 1 --reason 错 --yes", "contribution refund 1 1 --reason 错"):
        assert zaoyuan(line).code == 1
    assert zaoyuan("pay 3-2-501 --json").ok.json["receipt"] == "A2022-0002"
