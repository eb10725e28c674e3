"""A month is closed: its sheet does not change any more, whatever is made void, arrives late or is undone (R-59, R-70;
design, When things meet 2, 3, 4)."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from typing import Any

import pytest
from conftest import Runner
from treasurer import Two, done

from tests.prepared import once
from zaoyuan_cli.book import ledger
from zaoyuan_cli.facts import KINDS
from zaoyuan_cli.rules import periods

MAY, JUNE, JULY, AUGUST = (f"2022-{month}-05T12:00:00+08:00" for month in ("05", "06", "07", "08"))
SHEET = {"period", "opening", "in", "out", "closing", "funds", "accounts"}


@pytest.fixture
@once
def may(zaoyuan: Runner) -> Runner:
    """1,000.00 to begin with; in May 100.00 came in (A4) and 30.00 went out; and it is the fifth of June."""
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        "account opening 现金 1000 --fund 惠民资金 -d 2022-05-01",
        "household add 1-1-101 --owner 王桂兰",
        "pay 1-1-101 100 --fund 惠民资金 --gift -d 2022-05-02",
        "spend 30 电费 --fund 惠民资金 -m 现金 -d 2022-05-03",
        now=MAY,
    )
    zaoyuan.now = JUNE
    return zaoyuan


def sums(sheet: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sheet[key] for key in ("opening", "in", "out", "closing"))


def well(zaoyuan: Runner, **where: Any) -> None:
    assert zaoyuan("check --json", **where).ok.json == {"problems": []}


# ---- one laptop


def test_a_sheet_is_gross_in_all_by_fund_and_by_account(may: Runner) -> None:
    sheet = may("period close 2022-05 --yes --json").ok.json
    assert sheet.keys() >= SHEET
    assert sheet["period"] == "2022-05"
    assert sums(sheet) == ("1000.00", "100.00", "30.00", "1070.00")
    for key in ("funds", "accounts"):
        moved = [row for row in sheet[key] if row["closing"] != "0.00"]
        assert [sums(row) for row in moved] == [sums(sheet)]
    assert may("period show --json").ok.json == sheet
    assert may("period list --json").ok.json["rows"][0]["closing"] == "1070.00"
    well(may)


def test_a_sheet_is_the_turnover_of_its_days(may: Runner) -> None:
    """The same figures as `report` of these days, before anything is corrected."""
    report = may("report --since 2022-05-01 --until 2022-05-31 --json").ok.json
    sheet = may("period close 2022-05 --yes --json").ok.json
    assert [sums(row) for row in sheet["funds"]] == [sums(row) for row in report["funds"]]
    assert sums(sheet) == sums(report["totals"])


def test_closing_asks_first_and_comes_after_the_last_day(may: Runner) -> None:
    asked = may("period close 2022-05 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert may("period close 2022-05", lang="zh").err.startswith("需要确认：结账 2022-05")
    assert may("period close 2022-05").err.startswith("a yes is needed: ")
    assert may("period close 2022-06 --yes", lang="zh").err.startswith("错误：")
    early = may("period close 2022-06 --yes --json")
    assert (early.code, early.error["code"]) == (1, "before_deadline")
    assert may("period close 2022-Q2 --yes", now="2022-06-30T12:00:00+08:00").code == 1
    assert may("period close 2022-Q2 --yes --json", now=JULY).ok.json["period"] == "2022-Q2"
    assert may("period close 2022-13 --yes").code == 2
    assert may("period show 2022-07 --json").error["code"] == "not_found"


def test_closed_is_closed(may: Runner) -> None:
    """R-70: no entry dated in it, whatever it is; the hint says what to do."""
    done(may, "period close 2022-05 --yes")
    for line in (
        "pay 1-1-101 5 --fund 惠民资金 --gift -d 2022-05-31",
        "spend 5 电费 --fund 惠民资金 -m 现金 -d 5-20",
        "account opening 微信 5 --fund 惠民资金 -d 2022-04-01",
        "account transfer 5 现金 微信 -d 5-31",
        "contribution refund A2022-0001 5 --reason 多收 -d 5-31",
        "income add 5 废品 --fund 惠民资金 -m 现金 -d 5-31",
        "account count 现金 1000 --by 韩梅 -d 5-31",
        "period close 2022-05 --yes",
        "period close 2022-04 --yes",
    ):
        refused = may(f"{line} --json")
        assert (refused.code, refused.error["code"]) == (1, "period_closed"), line
    assert "dated today" in may("pay 1-1-101 5 --fund 惠民资金 --gift -d 5-31").err
    done(may, "contribution refund A2022-0001 5 --reason 多收", "pay 1-1-101 5 --fund 惠民资金 --gift -d 6-1")
    done(may, "project add 车棚 --fund 众筹专项 --levy 100 --yes")  # a due is no movement
    well(may)


def test_undo_takes_no_step_back_before_one_that_stays_unless_named_and_the_log_has_what_was_made_void(
    may: Runner,
) -> None:
    """R-70: the closing came later than the expense of June, and stays; the expense is taken back by its name."""
    done(may, "spend 20 灯泡 --fund 惠民资金 -m 现金", "period close 2022-05 --yes")
    stays = may("undo --yes --json")
    assert (stays.code, stays.error["code"], stays.error["value"]) == (1, "refused", "A7")
    assert "zaoyuan undo A6" in stays.error["hint"]
    assert "不再打开" in may("undo --yes", lang="zh").err
    assert "A6 支出" in may("undo A6 --yes", lang="zh").ok.out
    assert may("undo --json").error["code"] == "period_closed"
    done(may, "contribution void A2022-0001 --reason 记错户 --yes")
    last, undone = may("log --limit 2 --json").ok.json["rows"]
    assert (last["verb"], last["numbers"], last["concerns"]) == ("contribution void", [], ["A2022-0001"])
    assert (undone["verb"], undone["concerns"]) == ("undo", ["A6"])
    assert may("log --limit 1").ok.out.count("A2022-0001") == 1
    assert may("undo A9 --yes").ok.err == ""


def test_what_was_moved_between_accounts_has_a_column_as_in_the_report(may: Runner) -> None:
    """R-70: so that the columns of the sheet add up to its totals, and those of the report on the same days; JSON has
    it in what came in and went out."""
    may.lang = "zh"
    assert "划转" not in may("period close 2022-04 --yes").ok.out + may("period show").ok.out
    done(may, "account transfer 50 现金 微信 -d 2022-05-09")
    report = may("report money --since 2022-05-01 --until 2022-05-31").ok.out
    done(may, "period close 2022-05 --yes")
    sheet = may("period show 2022-05").ok.out
    for page in (report, sheet):
        (cash,) = [line.split() for line in page.splitlines() if line.startswith("现金 ")]
        (wechat,) = [line.split() for line in page.splitlines() if line.startswith("微信 ")]
        assert (cash[4], wechat[4]) == ("-50.00", "50.00")
    row = next(row for row in may("period show 2022-05 --json").ok.json["accounts"] if row["account"] == "微信")
    assert row["in"] == "50.00"


def test_every_fact_with_an_amount_is_refused_but_dues() -> None:
    ledger.load_all()
    named = {kind.partition(".")[0] for kind, fact in KINDS.items() if "fen" in fact.fields}
    assert named >= {"accounts", "contributions", "expenses", "funds", "incomes", "projects"}


def test_undo_in_a_closed_period_names_void_and_the_closed_sheet_does_not_move(may: Runner) -> None:
    """When things meet, 2."""
    before = may("period close 2022-05 --yes --json").ok.json
    refused = may("undo A4 --json")
    assert (refused.code, refused.error["code"]) == (1, "period_closed")
    assert "zaoyuan contribution void A2022-0001" in may("undo A4").err
    assert "zaoyuan expense void EA2022-1" in may("undo A5").err
    done(may, "contribution void A2022-0001 --reason 记错户 --yes")
    assert may("period show 2022-05 --json").ok.json == before
    assert may("receipt list --json").ok.json["totals"]["amount"] == "0.00"
    lines = may("account ledger 现金 --json").ok.json["rows"]
    assert [(row["date"], row["what"], row["in"], row["out"]) for row in lines[1:]] == [
        ("2022-05-02", "contribution", "100.00", None),
        ("2022-05-03", "expense", None, "30.00"),
        ("2022-06-05", "correction", None, "100.00"),
    ]
    june = may("period close 2022-06 --yes --json", now=JULY).ok.json
    assert sums(june) == ("1070.00", "0.00", "100.00", "970.00")
    assert [(row["number"], row["amount"]) for row in june["corrections"]] == [("A2022-0001", "-100.00")]
    assert "更正" in may("period show", lang="zh", now=JULY).ok.out
    assert may("period show 2022-05 --json").ok.json == before
    well(may)


def test_a_count_of_a_closed_period_stays(may: Runner) -> None:
    """R-61, R-70: what the sheet rests on is not taken back; closing says before it asks what is still open."""
    done(may, "account count 现金 1000 --by 韩梅 -d 5-31")
    asked = may("period close 2022-05", input="n\n", tty=True, lang="zh")
    assert asked.code == 130
    assert re.search(r"惠民资金 +1,000.00 +100.00 +30.00 +1,070.00", asked.err)
    assert "盘点" in asked.err
    assert "EA2022-1" in asked.err
    done(may, "period close 2022-05 --yes")
    refused = may("undo A6 --json").error
    assert (refused["code"], "account count" in refused["hint"]) == ("period_closed", True)
    done(may, "period close 2022-06 --yes", now=JULY)
    quarter = may("period show 2022-Q2 --json").error
    assert (quarter["code"], "2022-06" in quarter["message"]) == ("not_found", True)
    well(may)


def test_void_of_an_expense_comes_back_today(may: Runner) -> None:
    done(may, "period close 2022-05 --yes", "expense void EA2022-1 --reason 重复 --yes")
    june = may("period close 2022-06 --yes --json", now=JULY).ok.json
    assert sums(june) == ("1070.00", "30.00", "0.00", "1100.00")
    assert june["corrections"][0]["number"] == "EA2022-1"


def test_void_in_an_open_period_leaves_the_sums(may: Runner) -> None:
    done(may, "contribution void A2022-0001 --reason 记错户 --yes")
    assert sums(may("period close 2022-05 --yes --json").ok.json) == ("1000.00", "0.00", "30.00", "970.00")
    refused = may("undo --yes --json")  # it would bring back what the sheet has not
    assert (refused.code, refused.error["code"]) == (1, "period_closed")


def test_the_void_of_a_closed_receipt_can_be_undone_while_its_own_day_is_open(may: Runner) -> None:
    done(may, "period close 2022-05 --yes", "contribution void A2022-0001 --reason 记错户 --yes", "undo --yes")
    assert may("account list --json").ok.json["totals"]["balance"] == "1070.00"
    done(may, "redo --yes")
    assert may("account list --json").ok.json["totals"]["balance"] == "970.00"
    well(may)
    done(may, "period close 2022-06 --yes", now=JULY)
    assert may("undo A8 --json", now=JULY).error["code"] in ("period_closed", "not_found", "refused")
    well(may)


def test_dues_follow_a_void_of_a_closed_receipt(may: Runner) -> None:
    done(
        may,
        "project add 车棚 --fund 众筹专项 --levy 100 --yes",
        "pay 1-1-101 -p 车棚",
    )
    may.now = JULY
    done(may, "period close 2022-06 --yes", "contribution void A2022-0002 --reason 记错户 --yes")
    assert may("unpaid 车棚 --json").ok.json["totals"]["owed"] == "100.00"
    assert may("project list --json").ok.json["rows"][0]["paid"] == "0.00"
    well(may)


def test_void_of_what_is_spent_is_refused(may: Runner) -> None:
    """When things meet, 3, in a closed period too."""
    done(may, "period close 2022-05 --yes", "spend 1000 路灯 --fund 惠民资金 -m 现金")
    refused = may("contribution void A2022-0001 --reason 记错 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "fund_short")
    well(may)


def test_days_that_no_sheet_is_of_stand_in_the_opening(may: Runner) -> None:
    """May was never closed by itself: June's sheet is of June."""
    sheet = may("period close 2022-06 --yes --json", now=JULY).ok.json
    assert sums(sheet) == ("1070.00", "0.00", "0.00", "1070.00")
    assert may("spend 5 电费 --fund 惠民资金 -d 5-20 --json", now=JULY).error["code"] == "period_closed"


def test_a_quarter_after_its_months_is_what_is_left(may: Runner) -> None:
    done(may, "period close 2022-05 --yes")
    sheet = may("period close 2022-Q2 --yes --json", now=JULY).ok.json
    assert (sheet["since"], sheet["until"], sheet["opening"]) == ("2022-06-01", "2022-06-30", "1070.00")


def test_the_report_says_what_is_not_closed(may: Runner) -> None:
    def kinds(now: str) -> list[str]:
        return [item["kind"] for item in may("report --json", now=now).ok.json["todo"]]

    assert "period" not in kinds(JUNE)
    assert "period" in kinds(JULY)
    done(may, "period close 2022-05 --yes", now=JULY)
    assert "period" not in kinds(JULY)


@pytest.mark.altered
def test_check_finds_a_sheet_that_moved(may: Runner) -> None:
    done(may, "period close 2022-05 --yes")
    db = sqlite3.connect(may.book)
    db.execute("UPDATE entry SET fen = fen + 1 WHERE what = 'contribution'")
    db.commit()
    db.close()
    assert may("check periods --json").json["problems"][0]["code"] == "period"


@pytest.mark.parametrize(
    ("typed", "name", "last"),
    [
        ("2022-05", "2022-05", date(2022, 5, 31)),
        ("2022年12月", "2022-12", date(2022, 12, 31)),
        ("2024.2", "2024-02", date(2024, 2, 29)),
        ("2022-Q2", "2022-Q2", date(2022, 6, 30)),
        ("2022q4", "2022-Q4", date(2022, 12, 31)),
        ("2022年第三季度", "2022-Q3", date(2022, 9, 30)),
    ],
)
def test_periods_as_typed(typed: str, name: str, last: date) -> None:
    assert periods.parse(typed)[::2] == (name, last)


@pytest.mark.parametrize("typed", ["2022", "2022年", "2024", "2022-13", "上上月"])
def test_a_year_is_not_closed_at_once(may: Runner, typed: str) -> None:
    assert may(f"period close {typed} --yes --json").error["code"] == "unreadable"


# ---- two laptops


@pytest.fixture
def two(may: Runner) -> Two:
    return Two(may)


LATE = "pay 1-1-101 7 --fund 惠民资金 --gift -d 2022-05-20"


def test_late_entries_stand_with_their_day_and_are_acknowledged_one_by_one(two: Two) -> None:
    """When things meet, 4."""
    number = two.b(f"{LATE} --json").ok.json["receipt"]
    before = two.a("period close 2022-05 --yes --json").ok.json
    two.meet()
    for laptop in (two.a, two.b):
        assert laptop("period show 2022-05 --json").ok.json == before
        (conflict,) = laptop("conflict list --json").ok.json["rows"]
        assert (conflict["key"], conflict["kind"]) == (f"late/{number}", "late")
        assert "2022-05-20" in conflict["message"]
        assert laptop("check --json").json["problems"][0]["code"] == "late"
    done(two.a, f"conflict settle late/{number} -n 已核对")
    well(two.a)
    june = two.a("period close 2022-06 --yes --json", now=JULY).ok.json
    assert sums(june) == ("1070.00", "7.00", "0.00", "1077.00")
    assert [(row["number"], row["date"], row["amount"]) for row in june["late"]] == [(number, "2022-05-20", "7.00")]
    two.meet()
    well(two.b)
    assert two.b("undo B7 --yes --json").error["code"] == "period_closed"


def test_a_late_entry_may_be_undone_or_made_void_while_no_sheet_has_it(two: Two) -> None:
    number = two.b(f"{LATE} --json").ok.json["receipt"]
    done(two.a, "period close 2022-05 --yes")
    two.meet()
    assert two.b(f"contribution void {number} --reason 重复 --yes").code == 0
    two.meet()
    assert two.a("account list --json").ok.json["totals"]["balance"] == "1070.00"
    well(two.a)
    well(two.b)
    assert sums(two.a("period close 2022-06 --yes --json", now=JULY).ok.json)[1:3] == ("0.00", "0.00")


def test_a_void_that_did_not_know_of_the_closing_is_a_correction(two: Two) -> None:
    assert two.b("contribution void A2022-0001 --reason 记错 --yes").code == 0
    before = two.a("period close 2022-05 --yes --json").ok.json
    two.meet()
    assert two.a("period show 2022-05 --json").ok.json == two.b("period show 2022-05 --json").ok.json == before
    assert two.a("account list --json").ok.json["totals"]["balance"] == "970.00"
    well(two.a)
    june = two.a("period close 2022-06 --yes --json", now=JULY).ok.json
    assert [(row["number"], row["amount"]) for row in june["corrections"]] == [("A2022-0001", "-100.00")]
    assert june["closing"] == "970.00"
    two.meet()
    well(two.b)


def test_an_undo_that_did_not_know_of_the_closing_lies_idle(two: Two) -> None:
    """When things meet, 1 and 2: money in a closed sheet wins."""
    assert two.b("undo A4 --yes").code == 0
    before = two.a("period close 2022-05 --yes --json").ok.json
    two.meet()
    for laptop in (two.a, two.b):
        assert laptop("period show --json").ok.json == before
        assert laptop("account list --json").ok.json["totals"]["balance"] == "1070.00"
        assert [row["kind"] for row in laptop("conflict list --json").ok.json["rows"]] == ["idle"]
    done(two.a, "conflict settle A4", "contribution void A2022-0001 --reason 记错 --yes")
    two.meet()
    well(two.a)
    well(two.b)


def test_what_else_was_undone_before_stays_undone(two: Two) -> None:
    done(two.a, "pay 1-1-101 9 --fund 惠民资金 --gift -d 5-31", "undo --yes")
    two.meet()
    assert two.b("undo A4 --yes").code == 0
    done(two.a, "period close 2022-05 --yes")
    two.meet()
    assert two.b("account list --json").ok.json["totals"]["balance"] == "1070.00"


def test_two_that_close_the_same_month_converge_on_the_first(two: Two) -> None:
    """Both knew other things. The closing that stands first in the order of all steps holds; the other is listed, and
    what it alone knew comes late."""
    number = two.b(f"{LATE} --json").ok.json["receipt"]
    done(two.a, "period close 2022-05 --yes")
    assert two.b("period close 2022-05 --yes").code == 0
    two.meet()
    shown = two.a("period show --json").ok.json
    assert two.b("period show --json").ok.json == shown
    assert shown["closing"] == "1070.00"
    listed = {row["kind"]: row["key"] for row in two.a("conflict list --json").ok.json["rows"]}
    assert listed.keys() == {"unsettled", "late"}
    assert listed["late"] == f"late/{number}"
    for key in listed.values():
        done(two.a, f"conflict settle {key}")
    two.meet()
    june = two.b("period close 2022-06 --yes --json", now=JULY).ok.json
    assert (june["opening"], june["closing"]) == ("1070.00", "1077.00")
    two.meet()
    well(two.a)
    well(two.b)
