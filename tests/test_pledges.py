"""Pledges: what was promised against what was paid; a goal that is all or nothing (R-51, R-56)."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.shed import begin
from tests.treasurer import done

WALL = "project add 围墙 --fund 众筹专项 --goal 500"


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan, WALL, "donor add 社区 --kind public")


def rows(zaoyuan: Runner, line: str) -> list[dict[str, object]]:
    return zaoyuan(f"{line} --json").ok.json["rows"]


def test_a_household_and_a_donor_promise_and_one_of_them_pays(book: Runner) -> None:
    assert book("project pledge 3-2-501 200 -p 围墙 --json").ok.json == {
        "pledge": "GA2022-1", "room": "3-2-501", "project": "围墙", "amount": "200.00", "date": "2022-05-31",
        "promised": "200.00", "paid": "0.00", "open": "200.00",
    }  # fmt: skip
    assert book("project pledge 社区 300 -p 围墙 -d 5-30 -n 主任答应 --json").ok.json["donor"] == "社区"
    done(book, "pay 社区 120 -p 围墙")
    answer = book("project pledges 围墙 --json").ok.json
    assert [(one["room"], one["donor"], one["promised"], one["paid"], one["open"], one["state"], one["pledges"])
            for one in answer["rows"]] == [
        ("3-2-501", None, "200.00", "0.00", "200.00", "unpaid", "GA2022-1"),
        (None, "社区", "300.00", "120.00", "180.00", "part", "GA2022-2"),
    ]  # fmt: skip
    assert answer["totals"] == {"pledgers": 2, "promised": "500.00", "paid": "120.00", "open": "380.00"}
    assert book("project show 围墙 --json").ok.json["promised"] == "500.00"


def test_a_promise_is_no_due_and_nobody_is_reminded_of_it(book: Runner) -> None:
    before = book("unpaid --json").ok.json
    done(book, "project pledge 3-2-501 200 -p 围墙")
    assert book("unpaid --json").ok.json == before
    assert "arrears" not in [item["kind"] for item in book("report --json").ok.json["todo"]]
    assert book("household show 3-2-501 --json").ok.json["owed"] == "100.00"


def test_what_was_promised_is_paid_without_a_question_and_more_is_asked_about(book: Runner) -> None:
    """R-56: the household said yes when it promised."""
    done(book, "project pledge 3-2-501 200 -p 围墙", "pay 3-2-501 150 -p 围墙")
    assert book("pay 3-2-501 60 -p 围墙 --json").error["code"] == "needs_yes"
    done(book, "pay 3-2-501 50 -p 围墙", "check")
    (row,) = rows(book, "project pledges")
    assert (row["paid"], row["open"], row["state"]) == ("200.00", "0.00", "paid")


def test_a_due_is_settled_before_a_promise(book: Runner) -> None:
    """R-56: of 150 for the shed, 100 are the due and 50 of what was promised."""
    done(book, "project pledge 3-2-501 80 -p 车棚", "pay 3-2-501 150 -p 车棚")
    (row,) = rows(book, "project pledges 车棚")
    assert (row["promised"], row["paid"], row["open"]) == ("80.00", "50.00", "30.00")


def test_two_promises_are_one_sum(book: Runner) -> None:
    done(book, "project pledge 3-2-501 200 -p 围墙", "project pledge 3-2-501 50 -p 围墙")
    (row,) = rows(book, "project pledges")
    assert (row["promised"], row["pledges"]) == ("250.00", "GA2022-1 GA2022-2")


def test_a_pledge_made_void_keeps_its_number(book: Runner) -> None:
    """R-57: the number is never given again."""
    done(book, "project pledge 3-2-501 200 -p 围墙")
    assert book("project void G1 --reason 搬走 --json").error["code"] == "needs_yes"
    assert book("project void G1 --reason 搬走 --yes --json").ok.json == {
        "pledge": "GA2022-1", "state": "void", "amount": "200.00",
    }  # fmt: skip
    again = book("project void GA2022-1 --reason 搬走 --yes --json")
    assert (again.code, again.error["field"]) == (1, "pledge")
    assert book("project void GA2022-1 --reason ' ' --yes --json").error["field"] == "reason"
    assert rows(book, "project pledges") == []
    assert book("project pledge 3-2-501 10 -p 围墙 --json").ok.json["pledge"] == "GA2022-2"
    assert book("project void G9 --reason x --yes --json").error["code"] == "not_found"


def test_a_pledge_is_undone_and_done_again(book: Runner) -> None:
    done(book, "project pledge 3-2-501 200 -p 围墙", "undo --yes")
    assert rows(book, "project pledges") == []
    done(book, "redo --yes")
    assert len(rows(book, "project pledges")) == 1


def test_pledges_of_a_day_a_unit_and_as_known_then(book: Runner) -> None:
    done(book, "project pledge 3-2-501 200 -p 围墙 -d 5-10", "project pledge 1-1-101 30 -p 围墙 -d 5-20")
    assert [row["room"] for row in rows(book, "project pledges --as-of 2022-05-15")] == ["3-2-501"]
    assert [row["room"] for row in rows(book, "project pledges --unit 1-1")] == ["1-1-101"]
    assert [row["room"] for row in rows(book, "project pledges --since 5-15")] == ["1-1-101"]
    book.now = "2022-06-02T09:00:00+08:00"
    done(book, "project pledge 3-2-502 10 -p 围墙")
    assert len(rows(book, "project pledges --known-on 2022-05-31")) == 2


def test_a_donor_shows_what_it_gave_paid_for_and_promised(book: Runner) -> None:
    done(
        book,
        "project pledge 社区 300 -p 围墙",
        "pay 社区 120 -p 围墙",
        "income add 80 场地租金 --fund 公共收益 --from 社区",
        "income add 5 误记 --fund 公共收益 --from 社区",
        "income void IA2022-2 --reason 误记 --yes",
    )
    answer = book("donor show 社区 --json").ok.json
    assert answer["amount"] == "120.00"
    assert [(one["income"], one["what"], one["amount"]) for one in answer["incomes"]] == [
        ("IA2022-1", "场地租金", "80.00")
    ]
    assert [(one["project"], one["promised"], one["open"]) for one in answer["pledges"]] == [
        ("围墙", "300.00", "180.00")
    ]
    shown = book("donor show 社区", lang="zh").ok.out
    assert "场地租金" in shown
    assert "GA2022-1" in shown


# ---- all or nothing


def test_nothing_is_spent_before_the_goal_is_reached(zaoyuan: Runner) -> None:
    begin(zaoyuan, WALL + " --all-or-nothing --until 2022-08-31", "pay 3-2-501 499 -p 围墙 --gift")
    refused = zaoyuan("spend 10 砖 -p 围墙 --json")
    assert (refused.code, refused.error["code"]) == (1, "goal_open")
    assert (refused.error["goal"], refused.error["there"]) == ("500.00", "499.00")
    assert "project close 围墙 --return" in refused.error["hint"]
    assert zaoyuan("project show 围墙 --json").ok.json["progress"] == "99%"
    done(zaoyuan, "pay 3-2-502 1 -p 围墙 --gift", "spend 10 砖 -p 围墙 --voucher 1")
    assert {row["project"]: row["progress"] for row in rows(zaoyuan, "project list")} == {
        "围墙": "100%",
        "车棚改造": None,
    }


@pytest.mark.parametrize(
    "line",
    [
        "contribution void A2022-0001 --reason 记错 --yes",
        "contribution refund A2022-0001 1 --reason 多收",
        "project edit 围墙 --goal 600",
        "undo A6 --yes",
    ],
)
def test_a_goal_that_was_spent_on_stays_reached(zaoyuan: Runner, line: str) -> None:
    begin(
        zaoyuan,
        WALL + " --all-or-nothing",
        "pay 3-2-501 500 -p 围墙 --gift",
        "account opening 微信 1000 --fund 众筹专项 -d 5-1",
    )
    log = zaoyuan("log --json").ok.json["rows"]
    step = next(row["step"] for row in log if row["verb"] == "pay")
    done(zaoyuan, "spend 10 砖 -p 围墙 --voucher 1")
    refused = zaoyuan(line.replace("A6", step) + " --json")
    assert (refused.code, refused.error["code"]) == (1, "goal_open")
    done(zaoyuan, "pay 3-2-502 100 -p 围墙 --gift", "check")
    if "undo" not in line and "void" not in line:
        done(zaoyuan, line)


def test_all_or_nothing_needs_a_goal(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    refused = zaoyuan("project add 围墙 --fund 众筹专项 --all-or-nothing --json")
    assert (refused.code, refused.error["field"]) == (2, "goal")


def test_a_goal_that_was_missed_goes_back_and_is_to_do_until_then(zaoyuan: Runner) -> None:
    """Households and donors get back what they gave, to the fen."""
    begin(
        zaoyuan,
        WALL + " --all-or-nothing --until 2022-06-10",
        "donor add 社区",
        "pay 3-2-501 33.33 -p 围墙 --gift",
        "pay 社区 66.67 -p 围墙",
        'decision add "留作他用" --body 业主大会 -d 2022-05-31',
    )
    assert "goal" not in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]
    zaoyuan.now = "2022-06-11T09:00:00+08:00"
    (item,) = [item for item in zaoyuan("report --json").ok.json["todo"] if item["kind"] == "goal"]
    assert (item["due"], item["command"]) == ("2022-06-10", "zaoyuan project close 围墙 --return")
    kept = zaoyuan("project close 围墙 --keep --decision D1 --yes --json")
    assert (kept.code, kept.error["code"]) == (1, "goal_open")
    done(zaoyuan, "project close 围墙 --return --yes", "project return --all --yes")
    assert [(row["room"], row["donor"], row["returned"]) for row in rows(zaoyuan, "project shares 围墙")] == [
        ("3-2-501", None, "33.33"), (None, "社区", "66.67"),
    ]  # fmt: skip
    assert zaoyuan("project show 围墙 --json").ok.json["left"] == "0.00"
    assert "goal" not in [item["kind"] for item in zaoyuan("report --json").ok.json["todo"]]
