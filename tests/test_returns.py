"""What is left of a closed project given back: a number and a line to sign for each share (R-66)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Runner
from tests.shed import CLOSE, rows, spent
from tests.treasurer import done


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return spent(zaoyuan)


def shown(zaoyuan: Runner) -> dict[str, Any]:
    return zaoyuan("project show 车棚 --json").ok.json


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
