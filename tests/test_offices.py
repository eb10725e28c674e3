"""What the law asks of a committee and its offices: on the list of what to do, never an exit code. Every threshold with
its numbers; the clock is set."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Runner
from roll import begin

from zaoyuan_cli.rules import offices

MEMBERS = ("王桂兰", "张建国", "欧阳夏丹", "吴晓燕", "周建平")


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    return zaoyuan


def elect(book: Runner, day: str, seats: int = 5, until: str = "", count: int = 5) -> None:
    """A committee elected on a day, the first of its members the chair."""
    last = f"--until {until}" if until else ""
    assert book(f"body add 业委会 --seats {seats} --from {day} {last}").ok
    for number, who in enumerate(MEMBERS[:count]):
        assert book(f"role set {who} {'委员' if number else '主任'} --from {day}").ok


def todo(book: Runner, day: str, *kinds: str) -> list[dict[str, str]]:
    """The items of some kinds on a day of the clock."""
    answer = book("report --json", now=f"{day}T12:00:00+08:00").ok.json
    return [item for item in answer["todo"] if item["kind"] in kinds]


# ----


@pytest.mark.parametrize(
    ("seats", "fits"), [(3, False), (4, False), (5, True), (6, False), (7, True), (11, True), (12, False), (13, False)]
)
def test_r30_a_committee_has_5_to_11_seats_an_odd_number(book: Runner, seats: int, fits: bool) -> None:
    added = book(f"body add 业委会 --seats {seats} --from 2022-05-01 --json").ok.json
    assert bool(added.get("warnings")) is not fits
    found = todo(book, "2022-05-31", "seats")
    assert bool(found) is not fits
    assert all("由5至11人单数组成" in one["message"] for one in found)


def test_r30_other_bodies_may_be_of_any_size(book: Runner) -> None:
    assert "warnings" not in book("body add 党支部 --kind branch --seats 4 --from 2010-01-01 --json").ok.json
    assert not todo(book, "2022-05-31", "seats", "term", "filing", "first_meeting", "vacancy")


@pytest.mark.parametrize(
    ("day", "said"),
    [("2024-01-31", ""), ("2024-02-25", "ends on 2024-05-24"), ("2024-05-24", "ends on"), ("2024-05-25", "ended on")],
)
def test_r30_a_term_that_began_in_may_2019(book: Runner, day: str, said: str) -> None:
    """Five years at most, whether a last day was said or not: warn from February 2024, over in May 2024."""
    elect(book, "2019-05-25")
    found = todo(book, day, "term")
    assert [said in one["message"] for one in found] == ([True] if said else [])
    assert [one["due"] for one in found] == (["2024-05-24"] if said else [])
    page = book("body show 业委会 --json", now=f"{day}T12:00:00+08:00").ok.json
    assert page["term"] == {"": "running", "ended on": "over"}.get(said, "ending")
    assert page["state"] == "active"  # it acts until the next is there


def test_r30_the_first_of_may_warns_from_the_first_of_february() -> None:
    last = offices.lawful_end(date(2019, 5, 1), 5)
    assert last == date(2024, 4, 30)
    assert [offices.term(last, day) for day in (date(2024, 1, 31), date(2024, 2, 1), date(2024, 5, 1))] == [
        "running", "ending", "over"
    ]  # fmt: skip
    assert offices.lawful_end(date(2020, 2, 29), 5) == date(2025, 2, 27)


def test_r30_a_longer_term_is_said_and_written(book: Runner) -> None:
    added = book("body add 业委会 --seats 5 --from 2019-05-25 --until 2025-05-24 --json").ok.json
    assert "2024-05-24" in added["warnings"][0]
    assert [one["due"] for one in todo(book, "2022-05-31", "term_long")] == ["2024-05-24"]
    assert todo(book, "2024-06-01", "term")


def test_r30_the_next_committee_ends_the_warning(book: Runner) -> None:
    elect(book, "2019-05-25")
    assert todo(book, "2024-06-01", "term")
    number = book("decision add 选举第二届 --body 业主大会 -d 2022-05-20 --json").ok.json["decision"]
    assert book(f"body add 第二届业委会 --seats 5 --from 2024-05-20 --after 业委会 --decision {number}").ok
    assert not todo(book, "2024-06-01", "term")
    after = "--as-of 2024-06-01 --json"
    assert book(f"body show 第二届 {after}").ok.json["after"] == "业委会"
    before = next(row for row in book(f"body list {after}").ok.json["rows"] if row["body"] == "业委会")
    assert (before["state"], before["followed_by"]) == ("ended", "第二届业委会")
    assert book(f"role list {after}").ok.json["rows"] == []  # offices went with it


# ----


def test_r41_elected_on_11_24_first_meeting_by_12_01_filing_by_12_24(book: Runner) -> None:
    elect(book, "2021-11-24")
    found = {one["kind"]: one for one in todo(book, "2021-11-24", "first_meeting", "filing")}
    assert {kind: one["due"] for kind, one in found.items()} == {
        "first_meeting": "2021-12-01", "filing": "2021-12-24"
    }  # fmt: skip
    assert "自选举之日起7日内" in found["first_meeting"]["message"]
    assert "自选举产生之日起30日内" in found["filing"]["message"]
    meeting = book.folder / "m.md"
    head = '+++\ntitle = "首次会议"\nbody = "业委会"\ndate = 2021-11-30\n+++\n'
    meeting.write_text(head + "# 推选主任\n\n王桂兰任主任。\n", encoding="utf-8")
    assert book(f"meeting add -f {meeting} --yes").ok
    assert [one["kind"] for one in todo(book, "2021-12-10", "first_meeting", "filing")] == ["filing"]
    assert book(f"{found['filing']['command'].removeprefix('zaoyuan ')} -d 2021-12-20 --paper 迎备〔2021〕7号").ok
    assert not todo(book, "2021-12-21", "first_meeting", "filing")
    assert book("body show 业委会 --json").ok.json["filed"] == "2021-12-20"


def test_r41_a_change_of_members_is_filed_within_30_days(book: Runner) -> None:
    elect(book, "2021-11-24", count=4)
    assert book("body filed 业委会 -d 2021-12-20").ok
    assert book("role set 周建平 委员 --from 2022-03-01").ok
    assert [one["due"] for one in todo(book, "2022-03-02", "filing")] == ["2022-03-31"]
    assert book("role end 张建国 委员 -d 2022-03-10").ok
    assert [one["due"] for one in todo(book, "2022-03-12", "filing")] == ["2022-03-31"]  # the first of both
    assert book("body filed 业委会 -d 2022-03-15").ok
    assert not todo(book, "2022-03-16", "filing")


def test_r41_a_member_who_becomes_vice_chair_stays_a_member(book: Runner) -> None:
    elect(book, "2021-11-24")
    assert book("body filed 业委会 -d 2021-12-20").ok
    assert book("role end 张建国 委员 -d 2022-03-01").ok
    assert book("role set 张建国 副主任 --from 2022-03-01").ok
    assert not todo(book, "2022-03-02", "filing")


def test_r41_nothing_is_filed_before_the_body_was_there(book: Runner) -> None:
    elect(book, "2021-11-24")
    refused = book("body filed 业委会 -d 2021-11-01 --json")
    assert (refused.code, refused.error["field"]) == (1, "date")


# ----


@pytest.mark.parametrize(
    ("left", "kind"), [(5, ""), (4, "vacancy"), (3, "vacancy"), (2, "reelection"), (1, "reelection")]
)
def test_r42_of_five_members_some_are_left(book: Runner, left: int, kind: str) -> None:
    elect(book, "2021-11-24")
    for who in MEMBERS[left:]:
        assert book(f"role end {who} 委员 -d 2022-05-01").ok
    found = todo(book, "2022-05-31", "vacancy", "reelection")
    assert [one["kind"] for one in found] == ([kind] if kind else [])
    assert all("不足总数的二分之一时" in one["message"] for one in found)
    shown = book("body show 业委会 --json").ok.json
    assert (shown["members"], shown["vacant"], len(shown["former"])) == (left, 5 - left, 5 - left)


# ----


def test_r75_a_new_cashier_means_an_audit(book: Runner) -> None:
    elect(book, "2021-11-24")
    assert book("role set 韩梅 出纳 --from 2021-11-24").ok
    assert not todo(book, "2022-05-31", "audit")
    assert book("role end 韩梅 出纳 -d 2022-03-01").ok
    assert book("role set 李强 出纳 --from 2022-03-05 --yes --json").code == 1  # two of that name
    assert book("role set 曾秀英 出纳 --from 2022-03-05").ok
    found = todo(book, "2022-05-31", "audit")
    assert "2022-03-05" in found[0]["message"]
    assert "办清交接手续" in found[0]["message"]
    assert book("body audited 业委会 -d 2022-03-04").ok  # before the change
    assert todo(book, "2022-05-31", "audit")
    assert book("body audited 业委会 -d 2022-03-20 -n 社区会计").ok
    assert not todo(book, "2022-05-31", "audit")
    assert todo(book, "2022-03-10", "audit")  # as things stood


def test_r75_the_same_cashier_again_is_no_change(book: Runner) -> None:
    elect(book, "2021-11-24")
    assert book("role set 韩梅 出纳 --from 2021-11-24 --until 2022-02-28").ok
    assert book("role set 韩梅 出纳 --from 2022-03-01").ok
    assert not todo(book, "2022-05-31", "audit")


# ---- where it stands


def test_warnings_are_no_exit_code_and_no_problem_of_the_book(book: Runner) -> None:
    elect(book, "2010-01-01", seats=4, count=1)
    kinds = {item["kind"] for item in book("report --json").ok.json["todo"]}
    assert {"seats", "term", "first_meeting", "filing", "reelection", "leader", "party_household"} <= kinds
    assert book("check --json").ok.json == {"problems": []}


def test_the_report_has_a_line_a_body(book: Runner) -> None:
    elect(book, "2021-11-24")
    answer = book("report --json").ok.json
    assert [row["body"] for row in answer["bodies"]] == ["业委会"]
    assert [row["role"] for row in answer["offices"]] == ["chair", "member", "member", "member", "member"]
    page = book("report", lang="zh").ok.out
    assert "业委会：主任 王桂兰、委员 张建国" in page
    assert "委员 5/5" in page
