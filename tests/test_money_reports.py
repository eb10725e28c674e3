"""Reports on money as values: what each says of a small year that can be reckoned by hand (R-59, R-61, R-70, R-98).
That all of them tie, whatever was done, is in test_ties.py."""

from __future__ import annotations

import csv
import io

import pytest
from conftest import Runner
from treasurer import begun, done

from tests.prepared import once

MAY, JUNE = "2022-05-31T12:00:00+08:00", "2022-06-05T12:00:00+08:00"


@pytest.fixture
@once
def year(zaoyuan: Runner) -> Runner:
    """Two households of which each owes 100.00 to the shed; 1-1-101 paid, got 5.00 back, and paid for the gate."""
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        "donor add 社区",
        "decision add 改造存车棚 --body 业主大会 -d 2022-03-01",
        "account opening 现金 1000 --fund 众筹专项 -d 2022-03-01",
        "household add 1-1-101 --owner 王桂兰",
        "household add 1-1-102 --owner 张建国",
        "project add 大门 --fund 众筹专项 --budget 100 --yes",
        "project add 车棚 --fund 众筹专项 --levy 100 --budget 150 --decision D1 --yes",
        "pay 1-1-101 100 -p 车棚 -d 2022-03-05 --paper 0012",
        "contribution refund A2022-0001 5 --reason 多收 -d 2022-03-05",
        "pay 1-1-101 30 -p 大门 --gift -m 现金 -d 2022-04-02",
        "pay 社区 200 --fund 惠民资金 -m 微信 -d 2022-04-02",
        "spend 160 棚顶 -p 车棚 -m 现金 --voucher 0047 -d 2022-05-20 --yes",
        "income add 40 废品 --fund 公共收益 -m 现金 -d 2022-05-20",
        "account transfer 10 现金 银行 -d 2022-05-21",
        "account count 现金 994 --by 韩梅 --yes",
    )
    return zaoyuan


def test_the_ledger_of_a_household_has_what_was_asked_and_what_it_owes(year: Runner) -> None:
    """A gift for the gate settles nothing of the shed; the levy bears its day."""
    answer = year("household ledger 1-1-101 --json").ok.json
    assert [
        (row["what"], row["due"], row["in"], row["out"], row["balance"], row["owed"]) for row in answer["rows"]
    ] == [
        ("contribution", None, "100.00", None, "100.00", "0.00"),
        ("refund", None, None, "5.00", "95.00", "0.00"),
        ("contribution", None, "30.00", None, "125.00", "0.00"),
        ("levy", "100.00", None, None, "125.00", "5.00"),
    ]
    assert answer["totals"] == {"opening": "0.00", "in": "130.00", "out": "5.00", "closing": "125.00", "owed": "5.00"}
    assert year("household show 1-1-101 --json").ok.json["owed"] == "5.00"
    done(year, "project exempt 1-1-102 -p 车棚 --reason 困难")
    rows = year("household ledger 1-1-102 --json").ok.json["rows"]
    assert [(row["what"], row["due"], row["owed"]) for row in rows] == [
        ("levy", "100.00", "100.00"),
        ("waiver", "-100.00", "0.00"),
    ]
    later = year("household ledger 1-1-101 --since 2022-04-01 --until 2022-04-30 --json").ok.json
    assert [row["balance"] for row in later["rows"]] == ["125.00"]
    assert (later["totals"]["opening"], later["totals"]["closing"]) == ("95.00", "125.00")


def test_the_ledger_of_a_project_is_what_is_left_of_it(year: Runner) -> None:
    answer = year("project ledger 车 --json").ok.json
    assert [(row["number"], row["room"], row["balance"]) for row in answer["rows"]] == [
        ("A2022-0001", "1-1-101", "100.00"),
        ("A2022-0001-1", "1-1-101", "95.00"),
        ("EA2022-1", None, "-65.00"),
    ]
    (row,) = [one for one in year("project list --json").ok.json["rows"] if one["project"] == "车棚"]
    assert row["left"] == answer["totals"]["closing"] == "-65.00"
    assert year("project ledger 车棚 --as-of 2022-04-01 --json").ok.json["totals"]["closing"] == "95.00"


def test_the_report_on_money_by_month_and_by_kind(year: Runner) -> None:
    """A donor's money is a donation; a refund is out; a transfer is in no total; an opening balance is opening."""
    answer = year("report money --json").ok.json
    assert (answer["since"], answer["until"]) == ("2022-01-01", "2022-05-31")
    assert answer["totals"] == {"opening": "1000.00", "in": "370.00", "out": "165.00", "closing": "1205.00"}
    assert [(row["month"], row["opening"], row["in"], row["out"], row["closing"]) for row in answer["months"]] == [
        ("2022-03", "1000.00", "100.00", "5.00", "1095.00"),
        ("2022-04", "1095.00", "230.00", "0.00", "1325.00"),
        ("2022-05", "1325.00", "40.00", "160.00", "1205.00"),
    ]
    assert {row["kind"]: (row["in"], row["out"]) for row in answer["kinds"]} == {
        "contribution": ("130.00", "0.00"), "donation": ("200.00", "0.00"), "income": ("40.00", "0.00"),
        "expense": ("0.00", "160.00"), "refund": ("0.00", "5.00"),
    }  # fmt: skip
    assert answer["between"] == {"funds": "0.00", "accounts": "10.00"}
    assert all(one["ok"] for one in answer["checks"])


def test_the_report_on_money_sets_budgets_against_what_was_spent_and_lists_the_counts(year: Runner) -> None:
    answer = year("report money --json").ok.json
    assert [
        (row["project"], row["budget"], row["spent"], row["remaining"], row["used"]) for row in answer["budgets"]
    ] == [
        ("大门", "100.00", "0.00", "100.00", "0%"),
        ("车棚", "150.00", "160.00", "-10.00", "107%"),
    ]
    (count,) = answer["counts"]
    assert (count["book"], count["counted"], count["difference"], count["open"]) == ("995.00", "994.00", "-1.00", True)
    assert year("report money --until 2022-05-30 --json").ok.json["counts"] == []


def test_a_page_of_several_tables_can_be_read_by_a_spreadsheet(year: Runner) -> None:
    """Each table under its heading, the figures plain."""
    rows = list(csv.reader(io.StringIO(year("report money --format csv").ok.out)))
    at = rows.index(["Kind", "In", "Out"])
    kinds = rows[at + 1 : rows.index([], at)]
    assert sum(int(row[1].replace(".", "")) for row in kinds) == 37000
    assert ["2022-05", "1325.00", "40.00", "160.00", "1205.00"] in rows


def test_the_journal_of_an_account_is_brought_and_carried_forward_day_by_day(year: Runner) -> None:
    """现金日记账: every line with its paper."""
    answer = year("report cash --since 2022-03-02 --until 2022-05-20 --json").ok.json
    assert (answer["account"], answer["opening"], answer["closing"]) == ("现金", "1000.00", "1005.00")
    assert [(row["number"], row["voucher"]) for row in answer["rows"][::3]] == [
        ("A2022-0001", "0012"),
        ("EA2022-1", "0047"),
    ]
    assert [(day["date"], day["entries"], day["in"], day["out"], day["balance"]) for day in answer["days"]] == [
        ("2022-03-05", 2, "100.00", "5.00", "1095.00"),
        ("2022-04-02", 1, "30.00", "0.00", "1125.00"),
        ("2022-05-20", 2, "40.00", "160.00", "1005.00"),
    ]
    lines = year("report cash --since 2022-03-02 --until 2022-05-20 --lang zh").ok.out.splitlines()
    assert any("承前" in line and line.endswith("1,000.00") for line in lines)
    assert any("结转" in line and line.endswith("1,005.00") for line in lines)
    assert year("report 日记账 银行 --json").ok.json["closing"] == "10.00"


def test_the_report_on_a_project_says_who_decided_and_what_was_spent(year: Runner) -> None:
    answer = year("report project 车 --json").ok.json
    assert (answer["due"], answer["paid"], answer["owed"], answer["spent"], answer["left"]) == (
        "200.00", "95.00", "105.00", "160.00", "-65.00",
    )  # fmt: skip
    assert answer["decided"]["text"] == "改造存车棚"
    assert [(row["expense"], row["voucher"]) for row in answer["expenses"]] == [("EA2022-1", "0047")]
    assert [(row["unit"], row["households"], row["settled"], row["owed"]) for row in answer["units"]] == [
        ("1-1", 2, 0, "105.00")
    ]
    assert year("report project 车 --as-of 2022-04-01 --json").ok.json["expenses"] == []


def test_the_year_is_on_one_page(year: Runner) -> None:
    """Its money by month, what was spent, what was decided, what is owed at its end."""
    answer = year("report year --json").ok.json
    assert (answer["year"], answer["since"], answer["until"]) == (2022, "2022-01-01", "2022-05-31")
    assert [row["closing"] for row in answer["months"]][-1] == answer["totals"]["closing"] == "1205.00"
    assert [row["decision"] for row in answer["decisions"]] == ["DA2022-1"]
    assert [row["expense"] for row in answer["expenses"]] == ["EA2022-1"]
    assert answer["arrears"] == [{"unit": "1-1", "households": 2, "owed": "105.00"}]
    assert year("report year 2021 --json").ok.json["totals"]["closing"] == "0.00"
    for line in ("report year 2022-05", "report year 2023", "report year 车"):
        assert year(line).code == 2, line


@pytest.mark.parametrize("line", ["money", "project 车棚", "cash", "year"])
@pytest.mark.parametrize("ending", ["md", "html", "csv", "json", "txt"])
def test_each_is_written_as_a_file(year: Runner, line: str, ending: str) -> None:
    done(year, f"report {line} -o out.{ending} --lang zh")
    text = (year.folder / f"out.{ending}").read_text(encoding="utf-8-sig").replace(",", "")
    assert {"money": "1205.00", "project 车棚": "-65.00", "cash": "995.00", "year": "1205.00"}[line] in text


def test_as_known_on_a_day_it_is_what_this_book_held_then(year: Runner) -> None:
    done(year, "spend 7 锁 -p 车棚 -m 现金 -d 2022-05-22 --yes", now=JUNE)
    assert year("report money --json --until 2022-05-31", now=JUNE).ok.json["totals"]["out"] == "172.00"
    assert year("report money --known-on 2022-06-01 --json", now=JUNE).ok.json["totals"]["out"] == "165.00"
    assert year("project ledger 车棚 --known-on 2022-06-01 --json", now=JUNE).ok.json["totals"]["closing"] == "-65.00"


# ---- the sheet of a closed period


def test_a_closed_sheet_keeps_the_dues_of_its_day(year: Runner) -> None:
    """R-70: what is paid, waived or levied later, or undone, moves nothing in it."""
    done(year, "period close 2022-05 --yes", now=JUNE)
    sheet = year("period show --json", now=JUNE).ok.json
    assert sheet["dues"] == [
        {"project": "车棚", "households": 2, "settled": 0, "due": "200.00", "waived": "0.00", "paid": "95.00",
         "owed": "105.00", "credit": "0.00"}
    ]  # fmt: skip
    done(year, "project exempt 1-1-102 -p 车棚 --reason 困难", "pay 1-1-101 5 -p 车棚",
         "contribution void A2022-0002 --reason 记错 --yes", now=JUNE)  # fmt: skip
    assert year("period show --json", now=JUNE).ok.json == sheet
    assert year("check", now=JUNE).code == 0
    assert "应缴情况" in year("period show --lang zh", now=JUNE).ok.out


def test_months_that_were_never_closed_are_said_before_a_later_one_is_and_in_its_sheet(year: Runner) -> None:
    answer = year("period close 2022-05 --yes --json", now=JUNE).ok.json
    assert answer["uncovered"] == {"since": "2022-03-05", "until": "2022-04-02"}
    assert "zaoyuan period close 2022-03" in answer["warnings"][0]
    assert (answer["opening"], answer["closing"]) == ("1325.00", "1205.00")
    assert "2022-03-05" in year("period show", now=JUNE).ok.out


def test_months_closed_one_after_another_leave_nothing_out(year: Runner) -> None:
    for month in ("2022-03", "2022-04", "2022-05"):
        answer = year(f"period close {month} --yes --json", now=JUNE).ok.json
        assert answer["uncovered"] is None
        assert "warnings" not in answer


def test_the_report_of_a_year_has_the_year_before_beside_it(zaoyuan: Runner) -> None:
    begun(zaoyuan)
    done(zaoyuan, "spend 80 纸 --fund 工作经费 -d 3-1")
    now, later = "2023-03-31T12:00:00+08:00", "2024-01-02T12:00:00+08:00"
    assert zaoyuan("spend 30 灯泡 --fund 工作经费 -d 2023-01-05", now=now).ok
    found = zaoyuan("report year --json", now=now).ok.json["year_before"]
    assert (found["since"], found["until"]) == ("2022-01-01", "2022-03-31"), "as many days"
    whole = zaoyuan("report year 2023 --json", now=later).ok.json["year_before"]
    assert whole["totals"]["out"] == "80.00"
    assert "2022-01-01 至 2022-12-31" in zaoyuan("report year 2023", lang="zh", now=later).ok.out
    assert zaoyuan("report year 2022 --json", now=now).ok.json["year_before"] is None
