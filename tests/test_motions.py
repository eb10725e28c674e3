"""Motions and votes: a committee decides by a share of all its members; what passes is a decision."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import with_a_motion
from zaoyuan_cli.rules import motions as rules
from zaoyuan_cli.rules.motions import Tally
from zaoyuan_cli.rules.shares import Share

STRICT, WORDING, QUORUM = Share(">1/2"), Share("1/2"), Share(">1/2")


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    return with_a_motion(zaoyuan)


def vote(book: Runner, line: str) -> Any:
    return book(f"motion vote {line} --json").ok.json


# ---- the majority of all members


@pytest.mark.parametrize(
    ("members", "present", "tally", "strict", "wording"),
    [
        (5, 3, Tally(2, 1), False, False),
        (5, 3, Tally(3, 0), True, True),
        (5, 4, Tally(2, 2), False, False),
        (4, 3, Tally(2, 0, 1), False, True),  # 4 left: half of all is the guidance's own wording
        (4, 2, Tally(2, 0), False, False),  # half of them there is no quorum
        (5, 5, Tally(3, 2), True, True),
    ],
)
def test_a_decision_takes_more_than_half_of_all_members(
    members: int, present: int, tally: Tally, strict: bool, wording: bool
) -> None:
    """R-32, both readings; R-31."""
    assert rules.outcome(tally, members, present, STRICT, QUORUM).passed is strict
    assert rules.outcome(tally, members, present, WORDING, QUORUM).passed is wording


@given(st.integers(1, 11), st.data())
def test_whoever_steps_aside_never_helps(members: int, data: st.DataObject) -> None:
    """R-40: a member marked 回避 is not counted as yes; the members are those of the body all the same."""
    present = data.draw(st.integers(0, members))
    ayes = data.draw(st.integers(0, present))
    aside = data.draw(st.integers(0, present - ayes))
    one = rules.outcome(Tally(ayes, aside=aside), members, present, STRICT, QUORUM)
    other = rules.outcome(Tally(ayes, present - ayes), members, present, STRICT, QUORUM)
    assert (one.passed, one.needed) == (other.passed, members // 2 + 1)
    assert one.passed is (ayes >= one.needed)


def test_two_of_three_present_are_not_enough(book: Runner) -> None:
    """R-32: 3 present 2:1 fails, and the setting is shown."""
    said = vote(book, "M1-1 --by 韩梅=for,王桂兰=赞成,张建国=against")
    wanted = {"for": 2, "against": 1, "abstain": 0, "aside": 0, "members": 5, "needed": 3, "passed": False}
    assert {key: said[key] for key in wanted} == wanted
    assert said["decision"] is None
    assert (said["rule"], said["judged_by"], said["share"]) == ("committee.majority", "law:2010-01-01", ">1/2")
    assert said["by"] == {"for": ["韩梅", "王桂兰"], "against": ["张建国"], "abstain": [], "aside": []}
    page = book("motion show M1-1").ok.out
    assert "needed: more than 1/2 of all members (law:2010-01-01)" in page
    assert book("decision list --json").ok.json["rows"] == []


def test_what_passes_is_a_decision(book: Runner) -> None:
    """3:0 passes; the decision names its meeting and motion."""
    said = vote(book, "M1-1 --for 3")
    assert (said["passed"], said["decision"], said["result"]) == (True, "DA2022-1", "Adopted unanimously.")
    row = book("decision list --json").ok.json["rows"][0]
    assert (row["meeting"], row["motion"], row["body"]) == ("MA2022-1", "MA2022-1-1", "业委会")
    assert (row["text"], row["date"]) == ("充电桩电价每度一元", "2022-05-31")
    assert book("decision show D1 --json").ok.json["result"] == "Adopted unanimously."
    shown = book("meeting show M1 --json").ok.json
    assert shown["posting"] == {"target": "2022-06-03", "last": "2022-06-03"}
    assert shown["motions"][0]["decision"] == "DA2022-1"
    due = [item for item in book("report --json").ok.json["todo"] if item["kind"] == "posting"]
    assert [(item["due"], item["command"]) for item in due] == [("2022-06-03", "zaoyuan meeting show MA2022-1")]


def test_the_posting_of_what_was_decided_on_a_wednesday(book: Runner) -> None:
    """R-37: decided Wed 11-25: target Sat 11-28, last Mon 11-30."""
    now = "2026-11-25T20:00:00+08:00"
    for line in ("meeting plan 例会 -d 2026-11-25 --posted 2026-11-18 --agenda 换锁",
                 "meeting attend MA2026-1 韩梅 王桂兰 张建国",
                 "motion add MA2026-1 换锁", "motion vote MA2026-1-1 --for 3"):  # fmt: skip
        assert book(line, now=now).ok
    shown = book("meeting show MA2026-1 --json", now=now).ok.json
    assert shown["posting"] == {"target": "2026-11-28", "last": "2026-11-30"}
    assert "2026-11-30" in book("meeting show MA2026-1").ok.out


def test_a_tie_is_no_decision(book: Runner) -> None:
    """R-32: 4 present 2:2 fails."""
    assert book("meeting attend M1 欧阳夏丹").ok
    said = vote(book, "M1-1 --for 2 --against 2")
    assert (said["passed"], said["present"]) == (False, 4)
    assert "tie" in said["result"]


def test_four_members_left(book: Runner) -> None:
    """R-32: 2 yes of 4 members left fail the setting, which is shown; by the guidance's own wording they passed."""
    assert book("role end 李秀英 委员 -d 2022-05-01").ok
    said = vote(book, "M1-1 --for 2 --abstain 1")
    assert (said["members"], said["needed"], said["passed"], said["share"]) == (4, 3, False, ">1/2")
    assert "more than 1/2 of all members" in said["judged"]


def test_who_steps_aside_is_no_yes(book: Runner) -> None:
    """R-40: the mover's relative is the contractor."""
    said = vote(book, "M1-1 --by 韩梅=for,王桂兰=回避,张建国=for")
    assert (said["for"], said["aside"], said["members"], said["needed"], said["passed"]) == (2, 1, 5, 3, False)
    assert said["by"]["aside"] == ["王桂兰"]


def test_without_a_quorum_nothing_is_decided(book: Runner) -> None:
    """R-31: two of five may talk and record; the vote is kept as what it is."""
    assert book("meeting plan 第二次 -d 5-31 --agenda 换锁").ok
    assert book("meeting attend M2 韩梅 王桂兰").ok
    assert book("motion add M2 换锁").ok
    said = vote(book, "M2-1 --for 2")
    assert (said["quorum"], said["passed"], said["decision"]) == (False, False, None)
    assert "no quorum" in said["result"]


# ---- who may vote, on what, when


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("--by 韩梅=for,李秀英=for", "refused", "by"),  # absent
        ("--by 赵强=for", "refused", "by"),  # no member
        ("--by 韩梅=for,韩梅=against", "refused", "by"),
        ("--by 韩梅=也许", "unreadable", "by"),
        ("--by 韩梅", "unreadable", "by"),
        ("--by 刘备=for", "not_found", "by"),
        ("--for 4", "refused", "for"),  # more than came
        ("--for 0", "refused", "for"),
        ("--for 三", "unreadable", "for"),
        ("--for -1", "unreadable", "for"),
        ("", "usage", "by"),
        ("--by 韩梅=for --for 1", "usage", "by"),
    ],
)
def test_votes_that_are_none(book: Runner, line: str, code: str, field: str) -> None:
    assert book("person add 赵强 --yes").ok
    refused = book(f"motion vote M1-1 {line} --json")
    assert refused.code in (1, 2), refused
    assert refused.error["code"] == code
    assert refused.error["field"] == field
    assert book("motion show M1-1 --json").ok.json["state"] == "open"


def test_an_absent_member_is_named(book: Runner) -> None:
    refused = book("motion vote M1-1 --by 李秀英=for")
    assert "李秀英" in refused.err
    assert "zaoyuan meeting attend MA2022-1 李秀英" in refused.err


def test_somebody_there_who_did_not_vote_is_named(book: Runner) -> None:
    said = vote(book, "M1-1 --by 韩梅=for,王桂兰=for")
    assert said["passed"] is False
    assert "张建国" in said["warnings"][0]


def test_no_vote_before_anybody_came(book: Runner) -> None:
    assert book("meeting plan 第二次 -d 5-31").ok
    assert book("motion add M2 换锁").ok
    refused = book("motion vote M2-1 --for 3 --json")
    assert (refused.code, refused.error["field"]) == (1, "meeting")
    assert "meeting attend MA2022-2" in refused.error["hint"]


def test_a_motion_is_voted_on_once(book: Runner) -> None:
    vote(book, "M1-1 --for 2 --against 1")
    again = book("motion vote M1-1 --for 3 --json")
    assert (again.code, again.error["field"]) == (1, "motion")
    step = next(row["step"] for row in book("log --json").ok.json["rows"] if row["verb"] == "motion vote")
    assert f"zaoyuan undo {step}" in again.error["hint"]
    assert book("undo --yes").ok
    assert vote(book, "M1-1 --for 3")["passed"] is True


def test_a_body_without_members_cannot_vote(book: Runner) -> None:
    assert book("body add 筹备组 --kind provisional --yes").ok
    for line in ("meeting plan 筹备 --body 筹备组 -d 5-31", "meeting attend M2 韩梅", "motion add M2 选址"):
        assert book(line).ok
    refused = book("motion vote M2-1 --for 1 --json")
    assert (refused.code, refused.error["field"]) == (1, "body")


def test_a_branch_is_judged_by_no_law(book: Runner) -> None:
    assert book("body add 党支部 --kind branch --yes").ok
    for line in ("role set 韩梅 书记 --body 党支部 --from 2020-01-01", "meeting plan 支部会 --body 党支部 -d 5-31",
                 "meeting attend M2 韩梅", "motion add M2 慰问老人"):  # fmt: skip
        assert book(f"{line} --yes").ok
    said = vote(book, "M2-1 --for 1")
    assert (said["passed"], said["rule"], said["judged_by"]) == (True, None, None)
    assert book("meeting show M2 --json").ok.json["posting"] is None


# ---- the notice


def test_what_was_not_announced_is_a_warning_in_a_committee(book: Runner) -> None:
    """R-19."""
    said = book("motion add M1 换门锁 --json").ok.json
    assert (said["motion"], said["announced"]) == ("MA2022-1-2", False)
    assert said["warnings"]
    assert "not on the notice" in book("motion show M1-2").ok.out
    for line in ("门卫排班", "门卫排班改为三班", "夜里换一个人 --item 2"):
        assert "warnings" not in book(f"motion add M1 {line} --json").ok.json, line
    assert book("motion add M1 换锁 --item 3 --json").error["field"] == "item"
    assert book("motion add M1 ' ' --json").error["field"] == "text"


def test_an_assembly_hears_only_what_was_announced_and_votes_by_ballot(book: Runner) -> None:
    """R-19: not on the notice → refused; heads in a hall decide nothing."""
    assert book("meeting plan 大会 --body 业主大会 -d 6-20 --posted 5-31 --agenda 选举").ok
    refused = book("motion add M2 车位 --json")
    assert (refused.code, refused.error["field"]) == (1, "text")
    assert refused.error["candidates"] == [{"key": "1", "label": "选举"}]
    assert book("motion add M2 选举业委会").ok
    assert book("meeting attend M2 王桂兰").ok
    refused = book("motion vote M2-1 --for 1 --json")
    assert (refused.code, refused.error["field"]) == (1, "motion")
    assert "ballot open 选举业委会" in refused.error["hint"]
    assert "decision add" in refused.error["hint"]


# ---- found, undone, erased


def test_motions_are_listed_and_found(book: Runner) -> None:
    assert book("motion add M1 门卫排班").ok
    vote(book, "M1-2 --for 3")
    rows = book("motion list --json").ok.json
    assert [(row["motion"], row["state"], row["mover"]) for row in rows["rows"]] == [
        ("MA2022-1-1", "open", "王桂兰"), ("MA2022-1-2", "passed", None),
    ]  # fmt: skip
    assert rows["totals"] == {"motions": 2, "passed": 1, "failed": 0, "open": 1}
    assert [row["motion"] for row in book("motion list --open --meeting M1 --json").ok.json["rows"]] == ["MA2022-1-1"]
    hits = book("find 充电桩 --json").ok.json["rows"]
    assert [(hit["noun"], hit["ref"]) for hit in hits] == [("meeting", "MA2022-1"), ("motion", "MA2022-1-1")]
    assert book(hits[1]["show"].removeprefix("zaoyuan ")).ok
    assert book("motion show M9-1 --json").error["code"] == "not_found"


def test_a_vote_whose_decision_is_cited_stays(book: Runner) -> None:
    """12: refused, and what rests on it is named; without it the number is kept as void."""
    vote(book, "M1-1 --for 3")
    step = book("log --json").ok.json["rows"][0]["step"]
    assert book("project add 充电桩 --fund 众筹专项 --decision DA2022-1").ok
    refused = book(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "project add" in refused.error["candidates"][0]["label"]
    assert book("undo --yes").ok
    assert book("undo --yes --json").ok.json["numbers"] == ["DA2022-1"]
    assert book("motion show M1-1 --json").ok.json["state"] == "open"
    assert book("redo --yes").ok
    assert book("motion show M1-1 --json").ok.json["decision"] == "DA2022-1"


def test_an_erased_voter_keeps_the_vote(book: Runner) -> None:
    """9: id and vote stay."""
    vote(book, "M1-1 --by 韩梅=for,王桂兰=for,张建国=for")
    assert book("role end 张建国 委员 -d 2022-05-31").ok
    assert book("person erase 张建国 --confirm 张建国 --yes").ok
    shown = book("motion show M1-1 --json").ok.json
    assert (shown["for"], shown["passed"]) == (3, True)
    assert shown["by"]["for"] == ["韩梅", "王桂兰", "〔已删除〕"]
    assert "〔已删除〕" in book("meeting show M1").ok.out


# ---- judged by a bylaw

RULES = """+++
title = "业委会会议办法"
by = "committee"

[[rule]]
name = "committee.majority"
value = "1/2"
article = "第二条"

[[rule]]
name = "committee.notice_days"
value = 10
article = "第一条"
+++
第一条 会议召开10日前公告。

第二条 决定经全体委员半数以上同意。
"""


def test_a_bylaw_sets_the_majority_and_the_days(book: Runner) -> None:
    """R-32, the guidance's own wording: 2 yes of 4 members left pass; 12: what was judged by it holds it in place."""
    assert book("role end 李秀英 委员 -d 2022-05-01").ok
    file = book.folder / "办法.md"
    file.write_text(RULES, encoding="utf-8")
    assert book("decision add 通过会议办法 --body 业委会 -d 2022-05-02").ok
    assert book(f"bylaw add 业委会会议办法 -f {file} --yes").ok
    assert book("bylaw adopt 业委会会议办法 --decision DA2022-1 --effective 2022-05-03 --yes").ok
    adopted = book("log --json").ok.json["rows"][0]["step"]
    said = vote(book, "M1-1 --for 2 --against 1")
    assert (said["members"], said["needed"], said["passed"], said["share"]) == (4, 2, True, "1/2")
    assert said["judged_by"] == "bylaw:业委会会议办法/1"
    assert "bylaw:业委会会议办法/1" in book("motion show M1-1").ok.out
    made = book("meeting plan 例会 -d 6-9 --json").ok.json["notice"]
    assert (made["required"], made["days"], made["lawful"]) == (10, 9, False)
    refused = book(f"undo {adopted} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "motion vote" in refused.error["candidates"][0]["label"]
