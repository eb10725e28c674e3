"""Approval of expenses by the rules in force (R-62, R-63), the cash float (R-64), and what two laptops make of it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laptops import Laptop, assert_replayed, conflicts_of, do, merge, pair, picture

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.treasurer import begun, done
from zaoyuan_cli.book import Book, approvals, contributions, enrolling, expenses, people
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.rules import approvals as rule
from zaoyuan_cli.rules.money import Fen

MEMBERS = {"赵大伟": "主任", "周敏": "副主任", "李强": "委员", "王桂兰": "委员", "孙立": "委员"}


@pytest.fixture
@once
def committee(zaoyuan: Runner) -> Runner:
    """The treasurer's book with five members, and 6,000.00 in 微信 for 工作经费; 韩梅 keeps the cash and is no
    member."""
    begun(zaoyuan)
    done(zaoyuan, "body add 业委会 --seats 5 --from 2022-01-01", "account opening 微信 6000 --fund 工作经费 -d 5-1")
    for name, office in MEMBERS.items():
        done(zaoyuan, f"person add {name}", f"role set {name} {office} --from 2022-01-01 --yes")
    return zaoyuan


def adopt(book: Runner, since: str = "2022-05-02", title: str = "财务制度", **limits: str) -> None:
    """A bylaw that sets limits: decision_above="300.00"."""
    rules = "".join(
        f'[[rule]]\nname = "expense.{name}"\nvalue = "{value}"\narticle = "第一条"\n' for name, value in limits.items()
    )
    file = book.folder / "bylaw.md"
    file.write_text(f'+++\ntitle = "{title}"\nby = "committee"\n{rules}+++\n第一条 支出按此办理。\n', encoding="utf-8")
    version = len(book("decision list --json").ok.json["rows"]) + 1
    done(
        book,
        f"bylaw add {title} -f {file} --yes",
        f"decision add 通过制度{version} --body 业委会 -d {since}",
        f"bylaw adopt {title} --decision D{version} --effective {since} --yes",
    )


def approved(book: Runner, line: str) -> tuple[str, int]:
    """(the state, how many are missing) after an approval."""
    answer = book(f"expense approve {line} --json").ok.json
    return answer["approval"], answer["approvers_missing"]


def refusal(result: Result) -> tuple[int, str, object]:
    return result.code, result.error["code"], result.error.get("rule")


def todo(book: Runner, kind: str) -> list[str]:
    return [item["message"] for item in book("report --json").ok.json["todo"] if item["kind"] == kind]


# ---- the ladder


def test_the_ladder_of_approval(committee: Runner) -> None:
    """R-63: 300 ok by the chair; 300.01 needs a decision no.; 5,000.01 needs 7-day notice."""
    adopt(committee, decision_above="300.00", notice_above="5000.00", approvers="1")
    committee("spend 300 打印机 --fund 工作经费 -m 微信").ok  # noqa: B018
    assert approved(committee, "E1 --by 赵大伟") == ("approved", 0)
    refused = committee("spend 300.01 打印机 --fund 工作经费 -m 微信 --json")
    assert refusal(refused) == (1, "decision_required", "expense.decision_above")
    assert (refused.error["limit"], refused.error["field"]) == ("300.00", "decision")
    assert "财务制度" in refused.error["message"]
    decided = committee("spend 5000 大修 --fund 工作经费 -m 微信 --decision D1 --json").ok.json
    assert decided["decision"] == "DA2022-1"
    assert "warnings" not in decided
    done(committee, "expense void E2 --reason 改价 --yes")
    over = committee("spend 5000.01 大修 --fund 工作经费 -m 微信 --decision D1 --json").ok.json
    assert "expense.notice_above" in over["warnings"][0]
    (message,) = todo(committee, "expense_notice")
    assert "expense.notice_above" in message
    assert "7" in message
    done(committee, "expense void E3 --reason 未公示 --yes")
    assert todo(committee, "expense_notice") == []
    named = committee("spend 5000.01 大修 --fund 工作经费 -m 微信 --decision D1 --notice NA2022-1 --json").ok.json
    assert named["notice"] == "NA2022-1"
    assert todo(committee, "expense_notice") == []


def test_unset_limits_ask_nobody(committee: Runner) -> None:
    """A rule that is unset judges nothing; who approves all the same is kept, and one is enough."""
    answer = committee("spend 4000 大修 --fund 工作经费 -m 微信 --json").ok.json
    assert (answer["approval"], answer["approvers_missing"], answer["judged_by"]) == (None, 0, None)
    assert "warnings" not in answer
    assert committee("expense list --open --json").ok.json["rows"] == []
    assert todo(committee, "approval") == []
    assert approved(committee, "E1 --by 周敏") == ("approved", 0)


def test_the_rule_of_the_day_judges_and_a_later_one_changes_nothing(committee: Runner) -> None:
    done(committee, "spend 400 旧账 --fund 工作经费 -m 微信 -d 5-1")
    adopt(committee, decision_above="300.00", approvers="2")
    before = committee("spend 300 打印机 --fund 工作经费 -m 微信 -d 5-10 --json").ok.json
    assert before["judged_by"] == "bylaw:财务制度/1"
    adopt(committee, since="2022-05-20", decision_above="200.00", approvers="3")
    shown = committee("expense show E2 --json").ok.json
    assert (shown["judged_by"], shown["approvers_needed"]) == ("bylaw:财务制度/1", 2)
    assert [(one["rule"], one["limit"]) for one in shown["judged"]] == [
        ("expense.approvers", 2), ("expense.decision_above", "300.00"),
    ]  # fmt: skip
    assert "《财务制度》, version 1" in committee("expense show E2").ok.out
    assert committee("spend 250 打印纸 --fund 工作经费 -m 微信 -d 5-21").code == 1
    assert committee("spend 250 打印纸 --fund 工作经费 -m 微信 -d 5-19").code == 0, "dated when 300 was the limit"
    assert committee("expense show E1 --json").ok.json["judged_by"] is None


def test_an_adoption_by_which_something_was_judged_is_not_undone(committee: Runner) -> None:
    """Design, when things meet: 12."""
    adopt(committee, approvers="1")
    step = committee("log --limit 1 --json").ok.json["rows"][0]["step"]
    done(committee, "spend 300 打印机 --fund 工作经费 -m 微信")
    assert committee(f"undo {step} --yes --json").error["code"] == "has_dependents"
    done(committee, "undo --yes", f"undo {step} --yes")


# ---- who approves


def test_as_many_different_members_as_the_rule_says(committee: Runner) -> None:
    adopt(committee, approvers="3")
    answer = committee("spend 100 茶叶 --fund 工作经费 -m 微信 --json").ok.json
    assert (answer["approval"], answer["approvers_needed"], answer["approvers_missing"]) == ("open", 3, 3)
    assert approved(committee, "E1 --by 赵大伟") == ("open", 2)
    again = committee("expense approve E1 --by 赵大伟 --json")
    assert refusal(again) == (1, "already_cast", None)
    assert approved(committee, "E1 --by 周敏 --abstain") == ("open", 2), "an abstention is no approval"
    assert committee("expense approve E1 --by 周敏").code == 1
    (waiting,) = committee("expense list --open --json").ok.json["rows"]
    assert (waiting["expense"], waiting["approvers_missing"]) == ("EA2022-1", 2)
    assert "EA2022-1" in todo(committee, "approval")[0]
    assert approved(committee, "E1 --by 李强") == ("open", 1)
    assert approved(committee, "E1 --by 王桂兰") == ("approved", 0)
    assert committee("expense list --open --json").ok.json["rows"] == []
    assert todo(committee, "approval") == []
    shown = committee("expense show E1 --json").ok.json
    assert [(one["person"], one["choice"]) for one in shown["approvals"]] == [
        ("赵大伟", "for"), ("周敏", "abstain"), ("李强", "for"), ("王桂兰", "for"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spend", "own"),
    [("--by 李强", "handled"), ("--advanced-by 李强", "advanced"), ("--to 李强", "paid"), ("--to 李强(报销)", "paid")],
)
def test_nobody_approves_their_own(committee: Runner, spend: str, own: str) -> None:
    """R-62: who handled, advanced or was paid it; overridden only with a reason, which is kept and shown."""
    adopt(committee, approvers="1")
    done(committee, f"spend 60 灯泡 --fund 工作经费 {spend}")
    refused = committee("expense approve E1 --by 李强 --json")
    assert refusal(refused) == (1, "refused", "expense.approver_apart")
    assert own in refused.error["message"]
    assert committee("expense show E1 --json").ok.json["approval"] == "open"
    assert committee("expense approve E1 --by 李强 --override").code == 2, "why?"
    assert committee("expense approve E1 --by 李强 --override --reason ' '").code == 2
    assert approved(committee, "E1 --by 李强 --override --reason 只有一人在岗") == ("approved", 0)
    (word,) = committee("expense show E1 --json").ok.json["approvals"]
    assert (word["override"], word["reason"]) == (True, "只有一人在岗")
    assert "只有一人在岗" in committee("expense show E1").ok.out
    assert committee("log --limit 1 --json").ok.json["rows"][0]["verb"] == "expense approve"


def test_who_is_concerned_may_abstain_or_be_against(committee: Runner) -> None:
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费 --by 李强", "expense approve E1 --by 李强 --abstain")
    assert approved(committee, "E1 --by 周敏") == ("approved", 0)


def test_the_one_who_typed_it_handled_it(zaoyuan: Runner) -> None:
    """Where nobody else is named the device's person is the handler."""
    begun(zaoyuan)
    assert zaoyuan("spend 60 灯泡 --fund 工作经费 --json").ok.json["handler"] == "韩梅"
    assert refusal(zaoyuan("expense approve E1 --by 韩梅 --json")) == (1, "refused", "expense.approver_apart")


def test_members_approve_where_the_book_knows_members(committee: Runner) -> None:
    done(committee, "spend 60 灯泡 --fund 工作经费 --by 李强", "person add 路人")
    assert refusal(committee("expense approve E1 --by 路人 --json")) == (1, "refused", "expense.approvers")
    assert approved(committee, "E1 --by 路人 --override --reason 社区代管") == ("approved", 0)


def test_rejected_stands_among_what_to_do_until_it_is_void(committee: Runner) -> None:
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费")
    assert approved(committee, "E1 --by 周敏 --against") == ("rejected", 0)
    assert "EA2022-1" in todo(committee, "rejected")[0]
    done(committee, "expense void E1 --reason 未通过 --yes")
    assert todo(committee, "rejected") == []
    assert committee("expense approve E1 --by 李强").code == 1, "it is void"


def test_what_cannot_be_said_is_refused(committee: Runner) -> None:
    done(committee, "spend 60 灯泡 --fund 工作经费")
    assert committee("expense approve E1").code == 2
    assert committee("expense approve E1 --by 周敏 --against --abstain").code == 2
    assert committee("expense approve E9 --by 周敏 --json").error["code"] == "not_found"
    assert committee("expense approve E1 --by 谁也不是 --json").error["field"] == "by"


@given(
    needed=st.integers(1, 5),
    words=st.lists(st.sampled_from([rule.FOR, rule.AGAINST, rule.ABSTAIN]), max_size=7),
)
def test_never_approved_by_fewer_than_needed(needed: int, words: list[str]) -> None:
    state = rule.state(needed, words.count(rule.FOR), words.count(rule.AGAINST))
    assert (state == rule.APPROVED) <= (words.count(rule.FOR) >= needed)
    assert (state == rule.REJECTED) <= (words.count(rule.AGAINST) >= needed)
    assert state != rule.REJECTED or words.count(rule.AGAINST) >= words.count(rule.FOR)
    missing = rule.missing(needed, words.count(rule.FOR), words.count(rule.AGAINST))
    assert (missing == 0) == (state == rule.APPROVED)
    assert rule.state(needed, words.count(rule.FOR) + missing, words.count(rule.AGAINST)) == rule.APPROVED


def test_a_name_is_a_whole_word_of_the_payee() -> None:
    assert rule.names("李强", "李强")
    assert rule.names("李强、周敏", "周敏")
    assert not rule.names("李强五金店", "李强")
    assert not rule.names("国网", "")


# ---- undone, erased, closed, on two laptops


def test_undone_and_what_rests_on_it(committee: Runner) -> None:
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费")
    step = committee("log --limit 1 --json").ok.json["rows"][0]["step"]
    done(committee, "expense approve E1 --by 周敏")
    assert committee(f"undo {step} --yes --json").error["code"] == "has_dependents"
    done(committee, "undo --yes")
    assert committee("expense show E1 --json").ok.json["approval"] == "open"
    done(committee, "expense approve E1 --by 周敏 --against", "undo --yes", "redo --yes")
    assert committee("expense show E1 --json").ok.json["approval"] == "rejected"


def test_a_closed_period_is_still_approved(committee: Runner) -> None:
    """An approval moves no money."""
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费 -d 5-10")
    done(committee, "period close 2022-05 --yes", now="2022-06-02T12:00:00+08:00")
    assert committee("expense approve E1 --by 周敏", now="2022-06-02T12:00:00+08:00").code == 0
    assert committee("check").code == 0


def test_as_of_a_day_before_the_approval(committee: Runner) -> None:
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费 -d 5-10", "expense approve E1 --by 周敏 -d 5-12")
    (row,) = committee("expense list --as-of 5-11 --json").ok.json["rows"]
    assert row["approval"] == "open"
    (row,) = committee("expense list --as-of 5-12 --json").ok.json["rows"]
    assert row["approval"] == "approved"


def test_who_approved_and_is_erased_stays_as_an_id(committee: Runner) -> None:
    """Design, when things meet: 9."""
    adopt(committee, approvers="1")
    done(committee, "spend 60 灯泡 --fund 工作经费 --by 周敏", "person add 吴用")
    done(committee, "expense approve E1 --by 吴用 --override --reason 代签", "person erase 吴用 --confirm 吴用 --yes")
    shown = committee("expense show E1 --json").ok.json
    assert (shown["approval"], shown["approvals"][0]["person"]) == ("approved", "〔已删除〕")
    assert "吴用".encode() not in committee.book.read_bytes()
    assert committee("check").code == 0


def two(folder: Path) -> list[Laptop]:
    """Two laptops that know an expense, two people beside 韩梅, and that two have to approve."""

    def begin(book: Book) -> None:
        with book.writing("person add"):
            enrolling.add(book, "周敏")
            enrolling.add(book, "李强")
        contributions.receive(
            book, contributions.Payment(Fen(10_000), "现金", "众筹专项", book.today, "1-1-101", agreed=True)
        )
        expenses.pay(book, expenses.Outlay(Fen(100), "电费", "众筹专项", "现金", book.today, handler="pA1"))

    first, second = pair(folder)
    do(first, begin)
    merge(second, first)
    return [first, second]


def person(book: Book, name: str) -> str:
    return people.find_one(book, name).person


def said(book: Book, name: str, choice: str = rule.FOR) -> None:
    approvals.approve(book, "EA2022-1", person(book, name), choice, book.today)


@pytest.mark.parametrize(("names", "approving"), [(("周敏", "李强"), 2), (("周敏", "周敏"), 1)])
def test_two_laptops_approve_the_same_expense(tmp_path: Path, names: tuple[str, str], approving: int) -> None:
    """Both count, and one member who spoke on both laptops counts once; in whatever order they meet."""
    first, second = two(tmp_path)
    for laptop, name in zip((first, second), names, strict=True):
        do(laptop, said, name)
    merge(first, second)
    merge(second, first)
    assert picture(first) == picture(second)
    assert conflicts_of(first) == []

    def count(book: Book) -> int:
        return len(approvals.one(book.db, "EA2022-1").approvals)

    assert do(first, count) == do(second, count) == approving
    assert_replayed(first)


def test_the_last_word_of_one_member_on_two_laptops(tmp_path: Path) -> None:
    first, second = two(tmp_path)
    do(first, said, "周敏", rule.FOR)
    do(second, said, "周敏", rule.AGAINST)
    merge(first, second)
    merge(second, first)
    states = {do(laptop, lambda book: approvals.one(book.db, "EA2022-1").state) for laptop in (first, second)}
    assert len(states) == 1


def test_two_ids_that_turn_out_to_be_the_handler(tmp_path: Path) -> None:
    """An approval by what turns out to be the handler's other entry does not count."""
    first, _second = two(tmp_path)
    do(first, said, "周敏")

    def same(book: Book) -> str:
        with book.writing("person merge"):
            people.merge(book, person(book, "周敏"), "pA1")
        return approvals.one(book.db, "EA2022-1").state

    assert do(first, same) == rule.OPEN
    with pytest.raises(Refusal):
        do(first, said, "韩梅")


@pytest.mark.parametrize("order", list(permutations(["E1 --by 周敏", "E1 --by 李强 --against", "E1 --by 王桂兰"])))
def test_the_order_of_words_makes_no_difference(committee: Runner, order: tuple[str, ...]) -> None:
    adopt(committee, approvers="2")
    done(committee, "spend 60 灯泡 --fund 工作经费", *(f"expense approve {line}" for line in order))
    assert committee("expense show E1 --json").ok.json["approval"] == "approved"


# ---- petty cash


def test_cash_is_topped_up_to_the_float_only(committee: Runner) -> None:
    """R-64: float 500, spent 420, so 80 are left: top-up max 420."""
    done(committee, "spend 500 大修 --fund 工作经费 -m 现金")  # 500 left
    adopt(committee, cash_float="500.00")
    done(committee, "spend 420 工具 --fund 工作经费 -m 现金")
    refused = committee("account transfer 420.01 微信 现金 --json")
    assert refusal(refused) == (1, "above_float", "expense.cash_float")
    assert refused.error["limit"] == "420.00"
    assert committee("account transfer 420 微信 现金 --json").ok.json["to_balance"] == "500.00"
    assert committee("account transfer 0.01 微信 现金 --json").error["limit"] == "0.00"
    assert committee("account transfer 100 现金 微信").code == 0


def test_cash_above_the_float_is_to_be_banked(committee: Runner) -> None:
    """What is collected at the doors is received whatever the float is."""
    assert todo(committee, "float") == []
    adopt(committee, cash_float="500.00")
    item = next(one for one in committee("report --json").ok.json["todo"] if one["kind"] == "float")
    assert "500.00" in item["message"]
    done(committee, item["command"].removeprefix("zaoyuan "))
    assert todo(committee, "float") == []


def test_without_a_float_cash_is_free(committee: Runner) -> None:
    done(committee, "account transfer 4000 微信 现金")
    assert todo(committee, "float") == []
