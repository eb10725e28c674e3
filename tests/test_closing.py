"""The closing of a project: what is left goes back or stays, to the fen; what comes later changes no share (R-66)."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import Laptop, another, assert_replayed, chosen, do, found, merge, picture

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.shed import begin
from tests.treasurer import done
from zaoyuan_cli.book import Book, closures, journal, returns, steps, windups
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.rules import surplus
from zaoyuan_cli.rules.money import Fen

CLOSE = "project close 车棚 --return --yes"


@pytest.fixture
@once
def shed(zaoyuan: Runner) -> Runner:
    """Three households paid 300.00, of which 290.00 were spent: 10.00 are left."""
    begin(zaoyuan)
    done(zaoyuan, "pay 3-2-501", "pay 3-2-502", "pay 3-2-601", "spend 290 立柱 -p 车棚 --voucher 1")
    return zaoyuan


def rows(zaoyuan: Runner, line: str) -> list[dict[str, Any]]:
    return zaoyuan(f"{line} --json").ok.json["rows"]


def back(zaoyuan: Runner) -> dict[str, str]:
    """Payer to share."""
    return {row["room"] or row["donor"]: row["share"] for row in rows(zaoyuan, "project shares 车棚")}


def shown(zaoyuan: Runner) -> dict[str, Any]:
    return zaoyuan("project show 车棚 --json").ok.json


# ---- the shares


def test_six_thousand_two_hundred_in_and_three_hundred_and_ten_left_are_five_each() -> None:
    """R-66: 6,200.00 in, 5,890.00 out: 310.00 over 62 households."""
    assert surplus.shares(31_000, [10_000] * 62) == (500,) * 62


def test_sixty_two_households_get_five_each(zaoyuan: Runner) -> None:
    """R-66, typed as the treasurer does."""
    roll = "房号,业主,建筑面积,面积来源,微网格,状态,电动车\n" + "".join(
        f"{building}-1-{floor}0{door},业主{building}{floor}{door},80,登记,1,自住,是\n"
        for building in range(1, 5) for floor in range(1, 9) for door in (1, 2)
    )  # fmt: skip
    zaoyuan.folder.joinpath("roll.csv").write_text("".join(roll.splitlines(keepends=True)[:63]), encoding="utf-8")
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        f"import households {zaoyuan.folder / 'roll.csv'} --yes",
        "project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike --yes",
    )
    lines = "".join(f"{row['room']}\t100\n" for row in rows(zaoyuan, "unpaid"))
    assert zaoyuan("collect", input=lines).ok
    done(zaoyuan, "spend 5890 车棚 -p 车棚 --voucher 1")
    closed = zaoyuan(CLOSE + " --json").ok.json
    assert (closed["paid"], closed["spent"], closed["left"]) == ("6200.00", "5890.00", "310.00")
    assert closed["shares"] == {"payers": 62, "amount": "310.00"}
    assert set(back(zaoyuan).values()) == {"5.00"}


@given(
    left=st.integers(-10_000, 10_000_000),
    paid=st.lists(st.integers(1, 1_000_000), max_size=80),
)
def test_shares_add_up_and_nobody_gets_more_than_it_paid(left: int, paid: list[int]) -> None:
    """R-55, R-66."""
    shares = surplus.shares(left, paid)
    assert len(shares) == len(paid)
    assert sum(shares) == max(0, min(left, sum(paid)))
    assert all(0 <= share <= one for share, one in zip(shares, paid, strict=True))


def test_shares_are_by_what_each_paid_net_and_a_tie_goes_to_the_first_room(zaoyuan: Runner) -> None:
    """R-55, R-66: of 0.10, 100.00 and 100.00 paid: 0.05 each; of 0.05 the odd fen goes to the first room."""
    begin(zaoyuan)
    done(zaoyuan, "pay 3-2-502", "pay 3-2-501", "spend 199.95 立柱 -p 车棚 --voucher 1", CLOSE)
    assert back(zaoyuan) == {"3-2-501": "0.03", "3-2-502": "0.02"}


def test_a_refund_and_a_waiver_count(zaoyuan: Runner) -> None:
    """R-65, R-67: who was given 40 back paid 60; who paid nothing gets nothing."""
    begin(zaoyuan)
    done(zaoyuan, "pay 3-2-501", "pay 3-2-502", "contribution refund A2022-0002 40 --reason 多收")
    done(zaoyuan, "project exempt 3-2-601 --reason 困难", "spend 152 立柱 -p 车棚 --voucher 1", CLOSE)
    assert back(zaoyuan) == {"3-2-501": "5.00", "3-2-502": "3.00"}


def test_donors_and_givers_get_their_share_too(shed: Runner) -> None:
    done(shed, "donor add 社区", "pay 社区 300 -p 车棚", "pay 1-1-101 400 -p 车棚 --gift", CLOSE)
    assert back(shed) == {"1-1-101": "284.00", "3-2-501": "71.00", "3-2-502": "71.00", "3-2-601": "71.00",
                          "社区": "213.00"}  # fmt: skip
    assert shed("project return 社区 --json").ok.json["rows"][0]["donor"] == "社区"


def test_more_left_than_was_paid_stays_in_the_fund(shed: Runner) -> None:
    """Income made it more: nobody gets back more than it paid."""
    done(shed, "income add 500 废旧处理 -p 车棚")
    said = shed("project close 车棚 --return", input="n\n", tty=True)
    assert "210.00" in said.err
    done(shed, CLOSE, "project return --all --yes")
    assert back(shed) == {"3-2-501": "100.00", "3-2-502": "100.00", "3-2-601": "100.00"}
    assert shown(shed)["left"] == "210.00"


# ---- closing


def test_before_it_is_closed_everything_is_shown(shed: Runner) -> None:
    done(shed, "project pledge 1-1-101 50 -p 车棚", "undo --yes", "project pledge 1-1-101 20 -p 车棚")
    steps = len(rows(shed, "log"))
    seen = shed("project close 车棚 --return --dry-run --json").ok.json
    assert {key: seen[key] for key in ("promised", "due", "paid", "waived", "owed", "spent", "left", "back")} == {
        "promised": "20.00", "due": "300.00", "paid": "300.00", "waived": "0.00", "owed": "0.00", "spent": "290.00",
        "left": "10.00", "back": "10.00",
    }  # fmt: skip
    assert [row["share"] for row in seen["shares"]] == ["3.34", "3.33", "3.33"]
    assert "3.34" in shed("project close 车棚 --return --dry-run").ok.out
    asked = shed("project close 车棚 --return --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert shed("project close 车棚 --return", input="n\n", tty=True).code == 130
    assert len(rows(shed, "log")) == steps


@pytest.mark.parametrize(
    ("options", "code", "field"),
    [
        ("", "usage", "return"),
        ("--return --keep", "usage", "return"),
        ("--keep", "decision_required", "decision"),
        ("--decision D1", "usage", "decision"),
    ],
)
def test_what_is_left_goes_back_or_stays_by_a_decision(shed: Runner, options: str, code: str, field: str) -> None:
    """R-66, R-50."""
    done(shed, 'decision add "余款留存" --body 业主大会 -d 2022-05-30')
    refused = shed(f"project close 车棚 {options} --yes --json")
    assert (refused.code in (1, 2), refused.error["code"], refused.error["field"]) == (True, code, field)
    assert shown(shed)["state"] == "open"


def test_what_is_kept_stays_in_the_fund_and_rests_on_its_decision(shed: Runner) -> None:
    """R-66: kept by a decision, whose undoing is then refused."""
    done(shed, 'decision add "余款留作维护" --body 业主大会 -d 2022-05-30')
    closed = shed("project close 车棚 --keep --decision D1 --yes --json").ok.json
    assert (closed["plan"], closed["decision"], closed["left"]) == ("keep", "DA2022-1", "10.00")
    assert shown(shed)["left"] == "10.00"
    assert rows(shed, "project shares 车棚") == []
    assert shed("project return 3-2-501 -p 车棚 --json").code == 1
    assert shed("fund list --json").ok.json["totals"]["balance"] == "10.00"
    assert "车棚改造" in [one["ref"] for one in shed("decision show D1 --json").ok.json["rests"]]
    step = next(row["step"] for row in rows(shed, "log") if row["verb"] == "decision add")
    assert shed(f"undo {step} --yes --json").error["code"] == "has_dependents"


def test_where_nothing_is_left_there_is_nothing_to_say(shed: Runner) -> None:
    done(shed, "spend 10 油漆 -p 车棚 --voucher 2")
    assert shed("project close 车棚 --return --yes --json").error["field"] == "return"
    assert shed("project close 车棚 --yes --json").ok.json["plan"] is None
    assert shed("project return --all --yes --json").error["code"] == "not_found"


def test_a_deficit_and_open_dues_are_said_and_stay(zaoyuan: Runner) -> None:
    begin(
        zaoyuan, "account opening 微信 1000 --fund 众筹专项 -d 5-1", "pay 3-2-501", "spend 150 立柱 -p 车棚 --voucher 1"
    )
    asked = zaoyuan("project close 车棚", input="n\n", tty=True).err
    assert "200.00" in asked
    assert "50.00" in asked
    closed = zaoyuan("project close 车棚 --yes --json").ok.json
    assert (closed["owed"], closed["left"]) == ("200.00", "-50.00")
    assert zaoyuan("unpaid --json").ok.json["totals"]["owed"] == "200.00"
    zaoyuan.now = "2022-06-20T09:00:00+08:00"
    assert "arrears" in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]


def test_it_is_closed_once(shed: Runner) -> None:
    done(shed, CLOSE)
    again = shed(CLOSE + " --json")
    assert (again.code, again.error["code"]) == (1, "project_closed")


def test_the_closing_stands_in_lists_reports_and_the_first_screen(shed: Runner) -> None:
    done(shed, "undo --yes", "spend 190 立柱 -p 车棚 --voucher 1")
    done(shed, CLOSE)
    (row,) = rows(shed, "project list")
    assert (row["state"], row["closed"], row["left"]) == ("closed", "2022-05-31", "110.00")
    told = shed("report --json").ok.json
    assert told["projects"][0]["state"] == "closed"
    assert [item["message"] for item in told["todo"] if item["kind"] == "share"] == [
        "车棚改造: 110.00 yuan are still to be given back; payers: 3."
    ]
    assert shed("status --json").ok.json["projects"] == []
    for lang, word in (("en", "closed"), ("zh", "已关闭")):
        assert word in shed("project list", lang=lang).ok.out
    done(shed, "project return --all --yes")
    assert "share" not in [item["kind"] for item in shed("report --json").ok.json["todo"]]


# ---- frozen


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("spend 1 钉子 -p 车棚 --voucher 9", "zaoyuan spend … --fund 众筹专项"),
        ("income add 5 废料 -p 车棚", "zaoyuan income add … --fund 众筹专项"),
        ("project include 1-1-101 -p 车棚", "zaoyuan undo A8"),
        ("project pledge 1-1-101 5 -p 车棚", "zaoyuan undo A8"),
        ("project edit 车棚 --name 新车棚", "zaoyuan undo A8"),
        ("contribution void A2022-0001 --reason 记错 --yes", "zaoyuan undo A8"),
        ("contribution refund A2022-0001 1 --reason 多收", "zaoyuan undo A8"),
        ("expense void EA2022-1 --reason 记错 --yes", "zaoyuan undo A8"),
        ("undo A4 --yes", "zaoyuan undo A8"),
        ("undo A7 --yes", "zaoyuan undo A8"),
    ],
)
def test_a_closed_project_takes_no_change_and_names_what_to_do(shed: Runner, line: str, instead: str) -> None:
    """R-66: the verb to use instead is said."""
    done(shed, CLOSE)
    before = shown(shed)
    refused = shed(line + " --json")
    assert (refused.code, refused.error["code"], refused.error["value"]) == (1, "project_closed", "车棚改造")
    assert instead in refused.error["hint"]
    assert shown(shed) == before


def test_an_open_due_of_a_closed_project_is_not_waived_any_more(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", CLOSE)
    assert zaoyuan("project exempt 3-2-601 -p 车棚 --reason 困难 --json").error["code"] == "project_closed"


def test_other_money_of_the_fund_goes_on(shed: Runner) -> None:
    done(shed, "project add 围墙 --fund 众筹专项", CLOSE, "pay 1-1-101 50 -p 围墙 --gift")
    done(shed, "spend 20 砖 --voucher 3", "undo --yes", "check")  # the one open project
    assert rows(shed, "expense list")[-1]["project"] in ("围墙", None)


def test_the_closing_is_undone_until_a_share_is_paid_out(shed: Runner) -> None:
    done(shed, CLOSE, "undo --yes")
    assert shown(shed)["state"] == "open"
    done(shed, "spend 4 钉子 -p 车棚 --voucher 2", CLOSE)
    assert shown(shed)["closing"]["left"] == "6.00"
    done(shed, "project return 3-2-501")
    step = next(row["step"] for row in rows(shed, "log") if row["verb"] == "project close" and not row["undone"])
    refused = shed(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "KA2022-1" in refused.error["candidates"][0]["label"]
    done(shed, "undo --yes", f"undo {step} --yes", "redo --yes", "check")
    assert shown(shed)["state"] == "closed"


def test_a_closing_is_not_brought_back_over_what_was_spent_since(shed: Runner) -> None:
    done(shed, CLOSE, "undo --yes", "spend 4 钉子 -p 车棚 --voucher 2")
    refused = shed("redo --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "conflict")
    assert refused.error["candidates"][0]["key"] == "closed/车棚改造/EA2022-2/expense"
    done(shed, "check", CLOSE)


# ---- late money


def test_a_late_payment_settles_the_due_and_changes_no_share(zaoyuan: Runner) -> None:
    """When things meet, 14."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502", "spend 190 立柱 -p 车棚 --voucher 1", CLOSE)
    before = back(zaoyuan)
    zaoyuan.now = "2022-06-05T09:00:00+08:00"
    paid = zaoyuan("pay 3-2-601")  # the only project, closed, which it still owes
    assert "closed" in paid.ok.out
    assert back(zaoyuan) == before == {"3-2-501": "5.00", "3-2-502": "5.00"}
    now = shown(zaoyuan)
    assert (now["late"], now["closing"]["late"], now["owed"], now["left"]) == ("100.00", "100.00", "0.00", "110.00")
    assert zaoyuan("fund list --json").ok.json["totals"]["balance"] == "110.00"
    assert "100.00" in zaoyuan("project show 车棚").ok.out
    assert rows(zaoyuan, "conflict list") == []
    assert zaoyuan("project show 车棚 --as-of 2022-05-31 --json").ok.json["late"] == "0.00"
    done(zaoyuan, "contribution void A2022-0003 --reason 记错 --yes", "check")  # late money is not frozen
    assert shown(zaoyuan)["owed"] == "100.00"


def test_a_late_payment_is_undone_and_done_again(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", CLOSE, "pay 3-2-601", "undo --yes", "redo --yes", "check")
    assert shown(zaoyuan)["late"] == "100.00"


# ---- giving back


def test_each_gets_a_number_and_a_line_to_sign(shed: Runner) -> None:
    done(shed, CLOSE)
    given = shed("project return 3-2-501 3-2-601 -m 现金 --json").ok.json
    assert [(row["return"], row["room"], row["owner"], row["returned"]) for row in given["rows"]] == [
        ("KA2022-1", "3-2-501", "王桂兰", "3.34"), ("KA2022-2", "3-2-601", "欧阳夏丹", "3.33"),
    ]  # fmt: skip
    text = shed("project return 3-2-502").ok.out
    assert "KA2022-3" in text
    assert "____" in text
    now = shown(shed)
    assert (now["returned"], now["left"], now["closing"]["open"]) == ("10.00", "0.00", "0.00")
    assert (now["paid"], now["owed"]) == ("300.00", "0.00"), "a return is no refund: the due stays paid"
    assert rows(shed, "unpaid") == []
    assert [row["number"] for row in rows(shed, "fund ledger 众筹专项") if row["what"] == "return"] == [
        "KA2022-1", "KA2022-2", "KA2022-3",
    ]  # fmt: skip
    done(shed, "check")


def test_nobody_gets_a_share_twice_or_without_having_paid(shed: Runner) -> None:
    done(shed, CLOSE, "project return 3-2-501")
    twice = shed("project return 3-2-501 --json")
    assert (twice.code, twice.error["code"], twice.error["value"]) == (1, "already_returned", "3-2-501")
    stranger = shed("project return 1-1-101 --json")
    assert (stranger.code, stranger.error["value"]) == (1, "1-1-101")
    together = shed("project return 3-2-502 3-2-501 --json")
    assert together.error["code"] == "already_returned"
    assert [row["state"] for row in rows(shed, "project shares")] == ["paid_out", "waiting", "waiting"], "all or none"


def test_all_at_once_asks_and_takes_those_who_are_left(shed: Runner) -> None:
    done(shed, CLOSE, "project return 3-2-501")
    asked = shed("project return --all --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert shed("project return --all --yes --json").ok.json["returned"] == "6.66"
    assert shed("project return --all --yes -p 车棚 --json").error["code"] == "not_found"
    assert shed("project return --json").error["field"] == "all"


def test_a_wrong_return_is_made_void(shed: Runner) -> None:
    """R-57, R-59: its number stays, the share is open again."""
    done(shed, CLOSE, "project return 3-2-501")
    assert shed("project void KA2022-1 --reason 给错人 --yes --json").ok.json == {
        "return": "KA2022-1", "state": "void", "amount": "3.34",
    }  # fmt: skip
    assert shown(shed)["left"] == "10.00"
    assert shed("project void K1 --reason 给错人 --yes --json").error["field"] == "return"
    assert shed("project return 3-2-501 --json").ok.json["rows"][0]["return"] == "KA2022-2"
    done(shed, "check")


def test_cash_that_does_not_cover_the_shares_is_said_before(shed: Runner) -> None:
    """The money is in WeChat: the question names the transfer, a rehearsal writes nothing."""
    done(shed, "account transfer 8 现金 微信", CLOSE)
    before = shed("log --json").ok.json["rows"]
    tried = shed("project return --all --dry-run --json").ok.json
    assert (tried["open"], len(tried["rows"])) == ("10.00", 3)
    assert "8.00" in tried["short"]
    assert shed("log --json").ok.json["rows"] == before
    asked = shed("project return 3-2-501 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert "account transfer 1.34" in asked.error["message"]
    assert "现金" in shed("project return --all --dry-run", lang="zh", screen=80).ok.out
    done(shed, "project return --all -m 微信 --yes", "account transfer 2 现金 微信")
    assert "paid_out" in {row["state"] for row in rows(shed, "project shares")}
    assert "已返还" in shed("project shares", lang="zh").ok.out


def test_a_decision_to_give_back_is_kept_with_the_closing(shed: Runner) -> None:
    done(
        shed, 'decision add "余款返还" --body 业主大会 -d 2022-05-30', "project close 车棚 --return --decision D1 --yes"
    )
    assert shown(shed)["closing"]["decision"] == "DA2022-1"
    assert "车棚改造" in [one["ref"] for one in shed("decision show D1 --json").ok.json["rests"]]


def test_an_open_project_has_no_shares_and_says_so(shed: Runner) -> None:
    refused = shed("project return --all -p 车棚 --yes --json")
    assert "zaoyuan project close" in refused.error["hint"]


def test_a_fund_that_has_not_enough_gives_nothing_back(shed: Runner) -> None:
    """R-51."""
    done(shed, "spend 8 杂费 --fund 众筹专项 --voucher 2")
    assert "2.00" in shed("project close 车棚 --return", input="n\n", tty=True).err
    done(shed, CLOSE)
    refused = shed("project return --all --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "fund_short")


def test_a_share_is_not_paid_out_before_the_closing(shed: Runner) -> None:
    done(shed, CLOSE)
    assert shed("project return 3-2-501 -d 5-30 --json").error["field"] == "date"
    assert shed("project return 3-2-501 -p 车棚 -d 6-1 --yes").ok


def test_a_sold_flat_gives_its_share_to_the_owner_of_then(shed: Runner) -> None:
    done(shed, "household transfer 3-2-502 --to 李雷", CLOSE)
    assert {row["room"]: row["owner"] for row in rows(shed, "project shares")}["3-2-502"] == "张建国"


def test_shares_as_of_a_day_and_as_known_then(shed: Runner) -> None:
    shed.now = "2022-06-01T09:00:00+08:00"
    done(shed, CLOSE)
    assert shed("project show 车棚 --as-of 2022-05-31 --json").ok.json["state"] == "open"
    shed.now = "2022-06-03T09:00:00+08:00"
    done(shed, "project return 3-2-501 -d 6-2")
    assert rows(shed, "project shares 车棚 --as-of 2022-05-31") == []
    assert [row["state"] for row in rows(shed, "project shares 车棚 --as-of 2022-06-01")] == ["waiting"] * 3
    assert [row["state"] for row in rows(shed, "project shares 车棚")] == ["paid_out", "waiting", "waiting"]
    assert [row["state"] for row in rows(shed, "project shares 车棚 --known-on 2022-06-01")] == ["waiting"] * 3
    assert len(rows(shed, "project shares --unit 3-2")) == 3
    assert rows(shed, "project shares --unit 1-1") == []


def test_a_return_of_a_closed_period_is_turned_round(shed: Runner) -> None:
    """R-70: the closed sheet stays; the void is a line of today."""
    done(shed, CLOSE, "project return 3-2-501")
    shed.now = "2022-06-10T09:00:00+08:00"
    may = shed("period close 2022-05 --yes --json").ok.json
    assert may["out"] == "293.34"
    refused = shed("project return 3-2-502 -d 5-31 --json")
    assert (refused.code, refused.error["code"]) == (1, "period_closed")
    undone = shed("undo A9 --yes --json")
    assert (undone.error["code"], "project void KA2022-1" in undone.error["hint"]) == ("period_closed", True)
    done(shed, "project void KA2022-1 --reason 给错人 --yes", "check")
    assert shed("period show 2022-05 --json").ok.json == may
    assert [row["state"] for row in rows(shed, "project shares")] == ["waiting"] * 3
    assert shown(shed)["left"] == "10.00"


# ---- a new name


def test_a_new_name_is_shown_and_both_are_understood(shed: Runner) -> None:
    done(shed, "project edit 车棚 --name 电动车棚 --budget 400 --goal 300 --due 8-1")
    now = shed("project show 车棚改造 --json").ok.json
    assert (now["project"], now["budget"], now["goal"], now["due_date"]) == (
        "电动车棚",
        "400.00",
        "300.00",
        "2022-08-01",
    )
    assert rows(shed, "project list")[0]["project"] == "电动车棚"
    assert shed("pay 1-1-101 5 -p 电动 --gift --json").ok.json["project"] == "电动车棚"
    assert "电动车棚" in shed("spend 1 钉子 -p 车棚改造 --voucher 4").ok.out
    for line in ("contribution list", "expense list", "unpaid --all"):
        assert {row["project"] for row in rows(shed, line)} == {"电动车棚"}, line
    assert shed("project add 车棚改造 --fund 众筹专项 --json").error["field"] == "project"
    assert shed("project add 电动车棚 --fund 众筹专项 --json").error["field"] == "project"
    assert rows(shed, "unpaid 电动车棚 --all")[0]["due_date"] == "2022-08-01"
    assert rows(shed, "project list --as-of 2022-05-31")[0]["project"] == "电动车棚"
    done(shed, "undo --yes", "undo --yes", "undo --yes")
    assert rows(shed, "project list")[0]["project"] == "车棚改造"


def test_an_edit_that_changes_nothing_is_no_step(shed: Runner) -> None:
    steps = rows(shed, "log")
    assert shed("project edit 车棚 --name 车棚改造 --json").ok.json["changed"] is False
    assert rows(shed, "log") == steps
    assert shed("project edit 车棚").code == 2
    done(shed, "project add 围墙 --fund 众筹专项")
    assert shed("project edit 围墙 --name 车棚改造 --json").code == 1


def test_an_edited_budget_is_the_one_that_counts(shed: Runner) -> None:
    done(shed, "project edit 车棚 --budget 295")
    done(shed, "spend 10 油漆 -p 车棚 --voucher 2 --yes")
    assert "budget" in [item["kind"] for item in shed("report --json").ok.json["todo"]]


# ---- two laptops


class Two:
    """韩梅's laptop and another one that took a copy."""

    def __init__(self, zaoyuan: Runner) -> None:
        self.a = zaoyuan
        self.where: dict[str, Any] = {"book": zaoyuan.folder / "b.db", "home": zaoyuan.folder / "home-b"}
        shutil.copyfile(zaoyuan.book, self.where["book"])
        assert self.b("device add --who 韩梅 --yes").code == 0
        self.meet()

    def b(self, line: str, **how: Any) -> Result:
        return self.a(line, **self.where, **how)

    def meet(self) -> None:
        assert self.a(f"merge {self.where['book']}").code == 0
        assert self.b(f"merge {self.a.book}").code == 0
        for line in ("project show 车棚", "project shares", "conflict list", "fund list", "receipt list"):
            assert self.a(f"{line} --json").json == self.b(f"{line} --json").json, line

    def conflicts(self) -> list[tuple[str, str]]:
        return [(row["kind"], row["key"]) for row in rows(self.a, "conflict list")]


@pytest.fixture
def two(shed: Runner) -> Two:
    return Two(shed)


def test_one_closes_while_the_other_is_paid(two: Two) -> None:
    """When things meet, 14: late, no share changes, nothing to settle."""
    done(two.a, CLOSE)
    assert two.b("pay 1-1-101 50 -p 车棚 --gift").ok
    two.meet()
    assert back(two.a) == {"3-2-501": "3.34", "3-2-502": "3.33", "3-2-601": "3.33"}
    assert (shown(two.a)["late"], shown(two.a)["left"], two.conflicts()) == ("50.00", "60.00", [])


def test_one_closes_while_the_other_spends(two: Two) -> None:
    done(two.a, CLOSE)
    assert two.b("spend 4 钉子 -p 车棚 --voucher 7").ok
    two.meet()
    assert two.conflicts() == [("late", "closed/车棚改造/EB2022-1/expense")]
    assert shown(two.a)["closing"]["left"] == "10.00"
    refused = two.a("project return --all --yes --json")
    assert refused.error["code"] == "fund_short"
    done(two.a, "account opening 微信 100 --fund 众筹专项", "project return --all --yes")
    done(two.a, "conflict settle closed/车棚改造/EB2022-1/expense -n 补入", "check")


def test_one_closes_while_the_other_makes_a_payment_void(two: Two) -> None:
    """The shares stay as they were fixed; a person has to look."""
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1")
    two.meet()
    done(two.a, CLOSE)
    assert two.b("contribution void A2022-0001 --reason 记错 --yes").ok
    two.meet()
    assert ("late", "closed/车棚改造/A2022-0001/void") in two.conflicts()
    assert back(two.a)["3-2-501"] == "3.34"


def test_an_undoing_that_did_not_know_of_the_closing_lies_idle(two: Two) -> None:
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1")
    two.meet()
    done(two.a, CLOSE)
    step = next(row["step"] for row in rows(two.a, "log") if row["verb"] == "pay")
    assert two.b(f"undo {step} --yes").ok
    two.meet()
    assert two.conflicts() == [("idle", step)]
    assert shown(two.a)["paid"] == "300.00"


def test_two_closings_of_one_project_the_first_counts(two: Two) -> None:
    done(two.a, CLOSE)
    assert two.b("pay 1-1-101 50 -p 车棚 --gift").ok
    assert two.b(CLOSE).ok
    assert two.b("project return --all --yes").ok
    two.meet()
    kinds = dict.fromkeys(kind for kind, _key in two.conflicts())
    assert {"unsettled", "breach"} <= set(kinds), "one closing stands; more was given back than its shares"
    assert back(two.a) == {"3-2-501": "3.34", "3-2-502": "3.33", "3-2-601": "3.33"}
    assert two.a("check --json").code == 3


def test_two_give_the_same_share_back(two: Two) -> None:
    """Both amounts went out; a person makes one void."""
    done(two.a, "account opening 微信 100 --fund 众筹专项 -d 5-1", CLOSE)
    two.meet()
    done(two.a, "project return 3-2-501")
    assert two.b("project return 3-2-501").ok
    two.meet()
    assert two.conflicts() == [("breach", "returned_above_share/车棚改造 3-2-501")]
    assert two.a("check --json").json["problems"][0]["code"] == "breach"
    assert shown(two.a)["left"] == "3.32"
    done(two.a, "project void KB2022-1 --reason 重复 --yes", "check")


def test_an_undone_closing_on_which_a_return_rests_stands_again(two: Two) -> None:
    done(two.a, CLOSE)
    two.meet()
    assert two.b("project return 3-2-501").ok
    done(two.a, "undo --yes")
    two.meet()
    assert [kind for kind, _key in two.conflicts()] == ["idle"]
    assert shown(two.a)["state"] == "closed"


def test_a_closing_that_stands_again_has_what_it_froze(two: Two) -> None:
    """The payment was undone after the closing was: the share paid out elsewhere rests on both."""
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1", CLOSE)
    two.meet()
    assert two.b("project return 3-2-501").ok
    done(two.a, "undo --yes")
    step = next(row["step"] for row in rows(two.a, "log") if row["verb"] == "pay")
    done(two.a, f"undo {step} --yes")
    two.meet()
    assert [kind for kind, _key in two.conflicts()] == ["idle", "idle"]
    assert (shown(two.a)["state"], shown(two.a)["paid"]) == ("closed", "300.00")
    assert ("idle", step) in two.conflicts()


def test_two_new_names_are_a_conflict(two: Two) -> None:
    done(two.a, "project edit 车棚 --name 车棚一")
    assert two.b("project edit 车棚 --name 车棚二").ok
    two.meet()
    assert [kind for kind, _key in two.conflicts()] == ["edits"]


# ---- random days of two laptops


def _pay(book: Book, pick: int) -> None:
    from zaoyuan_cli.book.contributions import Payment, receive

    room = ROOMS[pick % len(ROOMS)]
    receive(book, Payment(Fen(100 + pick), "现金", "众筹专项", book.today, room=room, project="围墙", agreed=True))


def _spend(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import expenses

    expenses.pay(book, expenses.Outlay(Fen(20 + pick), "砖", "众筹专项", "现金", book.today, project="围墙"))


def _void(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import contributions, expenses

    series = "('receipt', 'expense', 'refund', 'return')"
    number = chosen(book, f"SELECT text FROM number WHERE stands AND series IN {series} ORDER BY text", pick)
    if number.startswith("E"):
        expenses.void(book, expenses.one(book.db, number), "错")
    elif number.startswith("K"):
        returns.void(book, number, "错")
    else:
        contributions.void(book, number, "错")


def _refund(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import contributions

    number = chosen(book, "SELECT number FROM contribution ORDER BY number", pick)
    contributions.refund(book, number, Fen(1 + pick), book.today, "多收")


def _close(book: Book, pick: int) -> None:
    draft = windups.draft(book, chosen(book, "SELECT project FROM project", pick))
    windups.close(book, draft, "return" if draft.stands.left > 0 else "")


def _return(book: Book, pick: int) -> None:
    payer = chosen(book, "SELECT payer FROM share ORDER BY payer", pick)
    returns.give(book, "围墙", [payer], "现金", book.today)


def _undo(book: Book, pick: int) -> None:
    steps_ = book.db.execute("SELECT lamport, device FROM command ORDER BY lamport DESC, device").fetchall()
    name = journal.Step(*steps_[pick % len(steps_)]).name if pick % 2 else ""
    steps.undo(book, steps.find(book, name))


def _redo(book: Book, pick: int) -> None:
    steps.redo(book, steps.find_undone(book))


ROOMS = ("1-1-101", "1-1-102", "1-1-201")
DEEDS = {"pay": _pay, "spend": _spend, "void": _void, "refund": _refund, "close": _close, "return": _return,
         "undo": _undo, "redo": _redo}  # fmt: skip
DAYS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([*DEEDS, "pay", "close", "return", "meet"]), st.integers(0, 40)),
    min_size=4,
    max_size=20,
)


def judge(laptop: Laptop, seen: dict[str, Any]) -> None:
    """A closing's shares add up, nobody's is more than it paid, none moves while it stands."""
    book = laptop.open()
    try:
        closed = closures.of(book.db, "围墙")
        found = returns.shares(book.db, "围墙")
        if closed:
            left = closed.totals["left"]
            assert sum(one.share for one in found) == (max(0, left) if closed.plan == "return" else 0)
            assert all(0 <= one.share <= one.paid for one in found)
            shares = [(one.payer, one.paid, one.share) for one in found]
            assert seen.setdefault(closed.step, (closed.totals, shares)) == (closed.totals, shares)
        else:
            assert found == []
    finally:
        book.close()
    assert_replayed(laptop)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_two_laptops_that_meet_agree_about_the_shares(
    days: list[tuple[int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """R-66: whatever each did, in whatever order they meet."""
    folder: Path = tmp_path_factory.mktemp("days")
    first = found(folder)
    do(first, _begin)
    pair = [first, another(first, "b")]
    seen: dict[str, Any] = {}
    for who, deed, pick in [*days, (0, "meet", 0)]:
        if deed == "meet":
            merge(pair[0], pair[1])
            merge(pair[1], pair[0])
            assert picture(pair[0]) == picture(pair[1])
            judge(pair[0], seen)
        else:
            try:
                do(pair[who], DEEDS[deed], pick)
            except (Refusal, sqlite3.IntegrityError):  # what cannot be leaves nothing behind
                continue
            judge(pair[who], seen)


def _begin(book: Book) -> None:
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.facts.households import HouseholdAdded

    with book.writing("household add"):
        for room in ROOMS:
            book.record(HouseholdAdded(room=room, unit="1-1", on=book.today, owners=()))
    levies.add(book, levies.Draft("围墙", "众筹专项"), ())
