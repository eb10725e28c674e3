"""Money members paid out of their own pocket: it is owed to them until it is repaid."""

from __future__ import annotations

from pathlib import Path

import pytest
from laptops import Laptop, assert_replayed, conflicts_of, do, merge, pair, picture

from tests.conftest import Runner
from tests.prepared import once
from tests.treasurer import balances, begun, done
from zaoyuan_cli.book import Book, advances, contributions, expenses, steps
from zaoyuan_cli.rules.money import Fen

ACCOUNT = "垫付pA2"


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    """The treasurer's book, and 李强 in it."""
    begun(zaoyuan)
    done(zaoyuan, "person add 李强")
    return zaoyuan


def todo(book: Runner, kind: str, now: str = "") -> list[dict[str, str]]:
    return [item for item in book("status --json", now=now).ok.json["todo"] if item["kind"] == kind]


def test_an_advance_leaves_no_account_of_ours(book: Runner) -> None:
    before = balances(book, "account list")
    answer = book("spend 80 灯泡 --fund 工作经费 --advanced-by 李强 --json").ok.json
    assert (answer["account"], answer["method"], answer["advanced_by"], answer["owed"]) == (
        ACCOUNT, "advance", "李强", "80.00",
    )  # fmt: skip
    assert (answer["handler"], answer["balance"]) == ("韩梅", "920.00")
    assert "warnings" not in answer, "below zero is what is owed, no fault"
    assert balances(book, "account list") == before | {ACCOUNT: "-80.00"}
    listed = book("account list --json").ok.json
    assert (listed["rows"][-1]["holder"], listed["rows"][-1]["owed"]) == ("李强", "80.00")
    assert listed["totals"] == {"balance": "7120.00", "owed": "80.00"}
    assert "应还本人" in book("account list", lang="zh").ok.out
    assert todo(book, "below_zero") == []
    assert book("check").code == 0


def test_inside_an_advance_is_read_under_the_name_of_who_paid(book: Runner) -> None:
    """Data and commands keep the account's own name; the name read works as well. A report that may hang on the wall
    names nobody."""
    assert "垫付·李强" in book("spend 80 灯泡 --fund 工作经费 --advanced-by 李强", lang="zh").ok.out
    for line in ("report money", "status", "account list", "expense list", "expense show E1", "fund ledger 工作经费"):
        page = book(line, lang="zh").ok.out
        assert ("垫付·李强" in page, ACCOUNT in page) == (True, False), line
    assert ACCOUNT in book("expense list --format tsv").ok.out
    assert "李强" not in book("report money --json").ok.out
    assert "李强" not in book("report year").ok.out
    assert book("account ledger 垫付·李强 --json").ok.json == book(f"account ledger {ACCOUNT} --json").ok.json
    done(book, "period close 2022-05 --yes", now="2022-06-01T12:00:00+08:00")
    assert "垫付·李强" in book("period show").ok.out
    done(book, "expense repay 李强 80", "person erase 李强 --confirm 李强 --yes", now="2022-06-01T12:00:00+08:00")
    assert "李强" not in book("report money").ok.out + book("period show").ok.out


def test_one_account_for_each_member(book: Runner) -> None:
    done(book, "person add 周敏")
    for who in ("李强", "李强", "周敏"):
        done(book, f"spend 10 灯泡 --fund 工作经费 --advanced-by {who}")
    kept = {name: has for name, has in balances(book, "account list").items() if name.startswith("垫付")}
    assert kept == {ACCOUNT: "-20.00", "垫付pA3": "-10.00"}
    assert "李强" not in ACCOUNT, "a name in the chain would stand there for ever"


def test_never_more_is_repaid_than_is_owed(book: Runner) -> None:
    refused = book("expense repay 李强 1 --json")
    assert (refused.code, refused.error["code"], refused.error["limit"]) == (1, "repay_above_owed", "0.00")
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强")
    refused = book("expense repay 李强 80.01 --json")
    assert (refused.error["rule"], refused.error["limit"]) == ("advance.not_above_owed", "80.00")
    answer = book("expense repay 李强 50 -m 现金 -d 5-30 -n 先还一半 --json").ok.json
    assert answer == {
        "repayment": "RA2022-1", "date": "2022-05-30", "person": "pA2", "amount": "50.00", "account": "现金",
        "to": ACCOUNT, "note": "先还一半", "state": "repaid", "void_date": None, "reason": None, "name": "李强",
        "owed": "30.00",
    }  # fmt: skip
    assert balances(book, "account list")["现金"] == "950.00"
    assert balances(book)["工作经费"] == "920.00", "the fund paid once"
    assert book("expense repay 李强 30.01").code == 1
    assert book("expense repay 李强 30 --json").ok.json["owed"] == "0.00"
    assert book("expense repay 李强 0.01").code == 1
    assert "owed" not in book("account list --json").ok.json["totals"]


def test_repayments_are_listed_shown_found_and_made_void(book: Runner) -> None:
    """R-57, R-59: the number stays."""
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强", "expense repay 李强 50 -n 先还一半")
    assert book("expense show RA2022-1 --json").ok.json["amount"] == "50.00"
    assert "李强" in book("expense show R1").ok.out
    assert book("find 先还一半 --json").ok.json["rows"][0]["show"] == "zaoyuan expense show RA2022-1"
    assert book("expense void R1 --reason 记错").code == 2, "it asks"
    answer = book("expense void R1 --reason 记错 --yes --json").ok.json
    assert (answer["state"], answer["owed"]) == ("void", "80.00")
    assert book("expense void R1 --reason 记错 --yes").code == 1
    done(book, "expense repay 李强 20", "undo --yes", "expense repay 李强 10")
    listed = book("expense repayments --sort repayment --json").ok.json
    assert [(row["repayment"], row["state"]) for row in listed["rows"]] == [
        ("RA2022-1", "void"), ("RA2022-2", "void"), ("RA2022-3", "repaid"),
    ]  # fmt: skip
    assert listed["totals"] == {"repayments": 3, "void": 2, "amount": "10.00", "owed": "70.00"}
    (line,) = [row for row in book("account ledger 现金 --json").ok.json["rows"] if row["number"] == "RA2022-3"]
    assert (line["what"], line["out"], line["other"]) == ("transfer", "10.00", ACCOUNT)
    assert book("check").code == 0


def test_what_was_repaid_is_not_made_void_before_the_repayment(book: Runner) -> None:
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强")
    spent = book("log --limit 1 --json").ok.json["rows"][0]["step"]
    done(book, "expense repay 李强 50")
    refused = book("expense void E1 --reason 重复 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "repay_above_owed")
    assert [one["key"] for one in refused.error["candidates"]] == ["RA2022-1"]
    assert book(f"undo {spent} --yes").code == 1
    done(book, "expense void R1 --reason 记错 --yes", "expense void E1 --reason 重复 --yes")
    assert balances(book, "account list")[ACCOUNT] == "0.00"


def test_after_two_weeks_it_stands_among_what_to_do(book: Runner) -> None:
    """Claims are settled within two weeks; the oldest expense is repaid first."""
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强 -d 5-10")
    done(book, "spend 20 茶叶 --fund 工作经费 --advanced-by 李强 -d 5-25")
    (item,) = todo(book, "advance")
    assert "李强" in item["message"]
    assert "100.00" in item["message"]
    assert item["due"] == "2022-05-24"
    done(book, "expense repay 李强 80")
    assert todo(book, "advance") == []
    (item,) = todo(book, "advance", now="2022-06-09T12:00:00+08:00")
    done(book, item["command"].removeprefix("zaoyuan "))
    assert todo(book, "advance", now="2022-06-09T12:00:00+08:00") == []


def test_words_that_make_no_sense_are_refused(book: Runner) -> None:
    assert book("spend 80 灯泡 --fund 工作经费 --advanced-by 李强 -m 现金 --json").error["field"] == "advanced-by"
    assert book("spend 80 灯泡 --fund 工作经费 --advanced-by 没有 --json").error["field"] == "advanced-by"
    assert book("spend 80 灯泡 --fund 工作经费 --by 没有 --json").error["field"] == "by"
    assert book("expense repay 李强 0").code == 2
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强")
    assert book("expense repay 李强 80 -m 垫付pA2").code == 1
    refused = book("spend 80.01 灯泡 --fund 公共收益 --advanced-by 李强 --json")
    assert refused.error["code"] == "fund_short"
    assert len([name for name in balances(book, "account list") if name.startswith("垫付")]) == 1


def test_a_refused_advance_makes_no_account(book: Runner) -> None:
    assert book("spend 80 灯泡 --fund 公共收益 --advanced-by 李强").code == 1
    assert ACCOUNT not in balances(book, "account list")


def test_in_a_closed_period(book: Runner) -> None:
    """Seq. 2: the closed sheet does not move; a repayment made void turns up in the next one."""
    june = "2022-06-02T12:00:00+08:00"
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强 -d 5-10", "expense repay 李强 50 -d 5-12")
    step = book("log --limit 1 --json").ok.json["rows"][0]["step"]
    done(book, "period close 2022-05 --yes", now=june)
    assert book("expense repay 李强 10 -d 5-20", now=june).code == 1
    refused = book(f"undo {step} --yes --json", now=june)
    assert refused.error["code"] == "period_closed"
    sheet = book("period show 2022-05 --json").ok.json["accounts"]
    done(book, "expense void R1 --reason 记错 --yes", now=june)
    assert book("period show 2022-05 --json").ok.json["accounts"] == sheet
    assert balances(book, "account list")[ACCOUNT] == "-80.00"
    assert book("expense repayments --json").ok.json["totals"]["owed"] == "80.00"
    assert book("check").code == 0


def test_who_is_owed_something_is_not_erased_yet(book: Runner) -> None:
    done(book, "spend 80 灯泡 --fund 工作经费 --advanced-by 李强", "expense repay 李强 50 -n 给李强")
    assert "30.00" in book("person erase 李强 --dry-run").err
    done(book, "expense repay 李强 30", "person erase 李强 --confirm 李强 --yes")
    assert book("expense show E1 --json").ok.json["advanced_by"] == "〔已删除〕"
    assert "李强".encode() not in book.book.read_bytes()
    assert book("check").code == 0


# ---- on two laptops


def begin(folder: Path) -> list[Laptop]:
    """Two laptops with 100.00 in 现金 for 众筹专项."""

    def paid(book: Book) -> None:
        payment = contributions.Payment(Fen(10_000), "现金", "众筹专项", book.today, "1-1-101", agreed=True)
        contributions.receive(book, payment)

    first, second = pair(folder)
    do(first, paid)
    merge(second, first)
    return [first, second]


def advanced(book: Book, fen: int) -> str:
    outlay = expenses.Outlay(Fen(fen), "电费", "众筹专项", "现金", book.today, advanced_by="pA1")
    return expenses.pay(book, outlay)


def repaid(book: Book, fen: int) -> str:
    return advances.repay(book, "pA1", Fen(fen), "现金", book.today)


def owed(laptop: Laptop) -> list[Fen]:
    return do(laptop, lambda book: [one.owed for one in advances.owed(book.db)])


def test_both_advance_for_the_same_member(tmp_path: Path) -> None:
    """One holder, one kind, one account: nobody has anything to settle, and either step can be taken back."""
    first, second = begin(tmp_path)
    do(first, advanced, 1_000)
    do(second, advanced, 2_000)
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    assert conflicts_of(first) == conflicts_of(second) == []
    assert owed(first) == owed(second) == [Fen(3_000)]
    assert_replayed(first)
    do(first, lambda book: steps.undo(book, steps.find(book)))  # it made the account; the other laptop's stands
    assert owed(first) == [Fen(2_000)]
    assert_replayed(first)
    merge(second, first)
    assert picture(first) == picture(second)


def test_both_repay_the_same_money(tmp_path: Path) -> None:
    """Both stay; the breach names them, and a void of one cures it."""
    first, second = begin(tmp_path)
    do(first, advanced, 1_000)
    merge(second, first)
    assert [do(laptop, repaid, 1_000) for laptop in (first, second)] == ["RA2022-1", "RB2022-1"]
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    ((key, kind, message),) = conflicts_of(first)
    assert (key, kind) == ("repay_above_owed/垫付pA1", "breach")
    assert "RA2022-1, RB2022-1" in message
    do(first, lambda book: advances.void(book, "RB2022-1", "重复"))
    assert conflicts_of(first) == []
    assert owed(first) == []


def test_one_repays_what_the_other_made_void(tmp_path: Path) -> None:
    first, second = begin(tmp_path)
    number = do(first, advanced, 1_000)
    merge(second, first)
    do(first, lambda book: expenses.void(book, expenses.one(book.db, number), "重复"))
    do(second, repaid, 600)
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    assert [kind for _key, kind, _message in conflicts_of(first)] == ["breach"]
