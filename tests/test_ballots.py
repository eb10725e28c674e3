"""The owners' vote through the command line: a frozen roll, papers that add up, two passes, a verdict."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Runner
from tests.prepared import once

EVENING = "2022-06-20T20:00:00+08:00"
AFTER = "2022-06-21T09:00:00+08:00"


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Ten doors of 100 m2: 甲 owns two, eight others one each; nine voters. The vote runs to 2022-06-20."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    owners = ["甲", "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"]
    for n, owner in enumerate(owners):
        zaoyuan(f"household add 1-{n // 5 + 1}-{n % 5 + 1}01 --owner {owner} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    zaoyuan("ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-06-01 --yes").ok  # noqa: B018
    return zaoyuan


def twice(yard: Runner, who: str, choice: str, **run: str) -> None:
    """A slip in both passes."""
    for more in ("", " --second"):
        yard(f"ballot cast B1 {who} {choice}{more}", **run).ok  # type: ignore[arg-type] # noqa: B018


def test_opening_freezes_the_roll_and_names_what_suffices(yard: Runner) -> None:
    opened = yard("ballot open 换物业 --matter 4 --until 2022-06-20 --posted 2022-05-31 --json").ok.json
    assert opened["ballot"] == "BA2022-2"
    assert opened["roll"] == {"voters": 9, "area": "1000.00"}
    assert opened["thresholds"] | {"took_part": "2/3"} == {
        "took_part_voters": 6, "took_part_area": "666.67", "took_part": "2/3", "consent": ">1/2",
    }  # fmt: skip
    assert opened["notice"] == {"lawful": True, "days": 20, "required": 15}


def test_r20_a_late_notice_warns_and_the_vote_is_opened(yard: Runner) -> None:
    late = yard("ballot open 换物业 --matter 4 --until 2022-06-14 --posted 2022-05-31").ok
    assert "14" in late.err
    assert yard("ballot list --json").ok.json["totals"] == {"ballots": 2}
    assert "14 days" in yard("ballot show B2").ok.out  # it stands on the result too


def test_r19_only_what_was_announced_can_be_voted_on(yard: Runner) -> None:
    assert yard("ballot cast B1 1-1-301 for --question 2 --json").error["code"] == "usage"
    assert yard("ballot cast B1 1-1-301 for,for --json").code == 2


def test_r17_papers_that_do_not_come_back_take_no_part(yard: Runner) -> None:
    yard("ballot issue B1 --via 当面 --yes").ok  # noqa: B018
    for room in ("1-1-101", "1-1-301", "1-1-401", "1-1-501", "1-2-101"):
        twice(yard, room, "for")
    closed = yard("ballot close B1 --yes --json", now=AFTER).ok.json
    assert (closed["verdict"], closed["took_part"]["voters"], closed["papers"]["outstanding"]) == ("failed", 5, 4)


def test_r15_the_matter_decides_the_share(yard: Runner) -> None:
    for matter, share in ((5, ">1/2"), (6, "3/4"), (9, ">1/2")):
        line = f"ballot open 事项{matter} --matter {matter} --until 2022-06-20 --json"
        assert yard(line).ok.json["thresholds"]["consent"] == share


def test_r02_a_voter_has_one_slip_whichever_door_it_is_cast_by(yard: Runner) -> None:
    cast = yard("ballot cast B1 1-1-101 for --json").ok.json
    assert (cast["doors"], cast["area"], cast["choice"]) == (["1-1-101", "1-1-201"], "200.00", "for")
    again = yard("ballot cast B1 1-1-201 against --json")
    assert (again.code, again.error["code"]) == (1, "already_cast")
    assert all(word in again.error["message"] for word in ("1-1-101 1-1-201", "one voter", "甲", "paper 1"))
    tally = yard("ballot tally B1 --json").ok.json
    assert tally["consent"] == {"voters": 1, "area": "200.00", "voters_enough": True, "area_enough": True}


def test_r04_a_sale_while_it_runs_changes_nothing(yard: Runner) -> None:
    before = yard("ballot tally B1 --json").ok.json["roll"]
    yard("household transfer 1-1-301 --to 新主 --yes").ok  # noqa: B018
    assert yard("ballot tally B1 --json").ok.json["roll"] == before
    assert yard("ballot cast B1 1-1-301 for --json").ok.json["doors"] == ["1-1-301"]
    yard("household add 2-1-101 --owner 癸 --area 90 --yes").ok  # noqa: B018
    stranger = yard("ballot cast B1 2-1-101 for --json")
    assert (stranger.code, stranger.error["code"]) == (1, "not_found")


def test_what_is_missing_is_named_with_its_doors_and_those_doors_turn_it(yard: Runner) -> None:
    for room in ("1-1-301", "1-1-401", "1-1-501"):
        twice(yard, room, "for")
    tally = yard("ballot tally B1 --json").ok.json
    assert (tally["verdict"], tally["would_pass"]) == ("running", False)
    assert tally["missing"] == {"voters": 3, "area": "366.67"}
    assert tally["forecast"]["voters"] == 3
    assert tally["forecast"]["rows"][0]["doors"] == ["1-1-101", "1-1-201"]
    assert "1-1-101+1-1-201(甲)" in yard("ballot tally B1").ok.out  # voters, not doors
    for row in tally["forecast"]["rows"]:
        twice(yard, row["doors"][0], "for")
    assert yard("ballot tally B1 --json").ok.json["would_pass"] is True


def test_it_closes_from_the_day_after_and_what_passed_is_a_decision(yard: Runner) -> None:
    for room in ("1-1-101", "1-1-301", "1-1-401", "1-1-501", "1-2-101", "1-2-201"):
        twice(yard, room, "for", now=EVENING)
    early = yard("ballot close B1 --yes --json", now=EVENING)
    assert (early.code, early.error["code"]) == (1, "before_deadline")
    closed = yard("ballot close B1 --witness 乙 --yes --json", now=AFTER).ok.json
    assert (closed["verdict"], closed["decision"]) == ("passed", "DA2022-1")
    assert [tuple(unit.values()) for unit in closed["units"]] == [("1-1", 4, 4), ("1-2", 5, 2)]
    assert closed["unnamed"] == ["teller"]  # a gap is told before and stands on the result
    assert ["--teller" in said for said in closed["warnings"]] == [True]
    assert "--witness" not in closed["warnings"][0]
    assert "Tellers" in yard("ballot show B1", now=AFTER).ok.out
    shown = yard("decision show D1 --json", now=AFTER).ok.json
    assert (shown["body"], shown["text"]) == ("业主大会", "改造存车棚")
    assert yard("ballot cast B1 1-2-301 for --json", now=AFTER).code == 1


def test_it_closes_before_the_day_where_nobody_can_turn_it(yard: Runner) -> None:
    for room in ("1-1-101", "1-1-301", "1-1-401"):
        twice(yard, room, "against")
    assert yard("ballot tally B1 --json").ok.json["settled"] == "failed"
    closed = yard("ballot close B1 --yes --json").ok.json
    assert (closed["verdict"], closed["decision"]) == ("failed", None)
    assert yard("decision list --json").ok.json["rows"] == []


def test_r24_no_verdict_until_both_passes_say_the_same(yard: Runner) -> None:
    for room in ("1-1-101", "1-1-301", "1-1-401", "1-1-501", "1-2-101"):
        twice(yard, room, "for")
    yard("ballot cast B1 1-2-201 for").ok  # noqa: B018
    once = yard("ballot close B1 --yes --json", now=AFTER)
    assert once.error["code"] == "entered_once"
    assert "tally" in yard("ballot cast B1 1-2-201 against --second").ok.err
    differing = yard("ballot tally B1 --json").ok.json["differences"]
    assert differing == [
        {"doors": ["1-2-201"], "first": ["for"], "second": ["against"], "first_proxy": None, "second_proxy": None}
    ]
    assert yard("ballot close B1 --yes --json", now=AFTER).error["code"] == "entries_differ"
    yard("ballot void B1 1-2-201 --reason 第二遍看错").ok  # noqa: B018
    twice(yard, "1-2-201", "for")
    assert yard("ballot close B1 --yes --json", now=AFTER).ok.json["verdict"] == "passed"


def test_a_single_pass_has_its_reason_on_the_result(yard: Runner) -> None:
    yard("ballot open 换物业 --matter 4 --until 2022-06-20 --single-entry 只有一名工作人员 --yes").ok  # noqa: B018
    for room in ("1-1-101", "1-1-301", "1-1-401", "1-1-501", "1-2-101", "1-2-201"):
        yard(f"ballot cast B2 {room} for").ok  # noqa: B018
    closed = yard("ballot close B2 --yes", now=AFTER).ok
    assert "只有一名工作人员" in closed.out


def test_r26_issued_is_returned_and_spoiled_and_outstanding(yard: Runner) -> None:
    yard("ballot issue B1 --via 当面 --yes").ok  # noqa: B018
    assert yard("ballot issue B1 1-1-301 --json").code == 1
    yard("ballot return B1 1-1-301 --spoiled").ok  # noqa: B018
    assert yard("ballot issue B1 1-1-301 --json").ok.json["papers"] == [10]
    yard("ballot return B1 1-1-401").ok  # noqa: B018
    yard("ballot cast B1 1-1-301 for").ok  # noqa: B018
    papers = yard("ballot tally B1 --json").ok.json["papers"]
    assert papers == {
        "issued": 10, "returned": 2, "spoiled": 1, "outstanding": 7, "late": 0, "posted": 0, "valid": 1, "blank": 0,
        "invalid": 0, "unentered": 1,
    }  # fmt: skip
    assert papers["issued"] == papers["returned"] + papers["spoiled"] + papers["outstanding"]


def test_a_slip_that_comes_too_late_is_kept_and_does_not_count(yard: Runner) -> None:
    assert "2022-06-20" in yard("ballot cast B1 1-1-301 for", now=AFTER).ok.err
    tally = yard("ballot tally B1 --json", now=AFTER).ok.json
    assert (tally["papers"]["late"], tally["took_part"]["voters"]) == (1, 0)


def test_r24_several_questions_are_judged_each_alone(yard: Runner) -> None:
    yard("ballot open 物业与停车 --matter 9 --until 2022-06-20 --question 换物业 --question 收停车费 --yes").ok  # noqa: B018
    assert yard("ballot cast B2 1-1-101 for --json").code == 2
    for room in ("1-1-101", "1-1-301", "1-1-401", "1-1-501", "1-2-101", "1-2-201"):
        for more in ("", " --second"):
            yard(f"ballot cast B2 {room} for,against{more}").ok  # noqa: B018
    for more in ("", " --second"):
        yard(f"ballot cast B2 1-2-301 赞成 --question 1{more}").ok  # noqa: B018
    closed = yard("ballot close B2 --yes --json", now=AFTER).ok.json
    assert [(one["question"], one["verdict"]) for one in closed["questions"]] == [
        ("换物业", "passed"), ("收停车费", "failed"),
    ]  # fmt: skip
    assert closed["questions"][1]["slips"]["abstain"]["voters"] == 1
    assert [row["text"] for row in yard("decision list --json").ok.json["rows"]] == ["物业与停车：换物业"]


def test_r18_the_silent_follow_only_by_a_bylaw_and_only_if_delivered(yard: Runner) -> None:
    paper = yard.folder / "规则.md"
    paper.write_text(
        '+++\ntitle = "业主大会议事规则"\nby = "assembly"\n[[rule]]\nname = "vote.silent_follow"\nvalue = "on"\n'
        'article = "第九条"\n+++\n第九条 送达未回的，计入多数票。\n',
        encoding="utf-8",
    )
    yard("decision add 通过议事规则 --body 业主大会 -d 2022-05-20").ok  # noqa: B018
    yard(["bylaw", "add", "业主大会议事规则", "-f", str(paper)]).ok  # noqa: B018
    yard("bylaw adopt 业主大会议事规则 --decision D1 --effective 2022-05-21 --yes").ok  # noqa: B018
    yard("ballot open 换物业 --matter 4 --until 2022-06-20 --single-entry 试 --yes").ok  # noqa: B018
    yard("ballot issue B2 1-2-101,1-2-201,1-2-301 --via 当面 --yes").ok  # noqa: B018
    yard("ballot issue B2 1-2-401 --via 张贴 --yes").ok  # noqa: B018
    for room in ("1-1-101", "1-1-301", "1-1-401"):
        yard(f"ballot cast B2 {room} for").ok  # noqa: B018
    tally = yard("ballot tally B2 --json").ok.json
    assert (tally["took_part"]["voters"], tally["would_pass"], tally["without_silent"]) == (6, True, False)


def test_an_area_nobody_knows_stops_the_opening(yard: Runner) -> None:
    yard("household add 2-1-101 --owner 癸 --yes").ok  # noqa: B018
    refused = yard("ballot open 换物业 --matter 4 --until 2022-06-20 --json")
    assert (refused.code, refused.error["candidates"][0]["key"]) == (1, "2-1-101")


def test_undo_takes_back_a_slip_and_an_opening_only_without_slips(yard: Runner) -> None:
    yard("ballot cast B1 1-1-101 for").ok  # noqa: B018
    opening = next(
        row["step"] for row in yard("log --json").ok.json["rows"] if row["verb"] == "ballot open"
    )  # fmt: skip
    assert yard(f"undo {opening} --yes --json").code == 1
    yard("undo --yes").ok  # noqa: B018
    assert yard("ballot tally B1 --json").ok.json["took_part"]["voters"] == 0
    yard(f"undo {opening} --yes").ok  # noqa: B018
    assert yard("ballot list --json").ok.json["rows"] == []


def test_r25_who_watched_called_and_counted_stands_on_the_result(yard: Runner) -> None:
    for room in ("1-1-101", "1-1-301", "1-1-401"):
        twice(yard, room, "against")
    closed = yard("ballot close B1 --witness 乙,丙 --caller 丁 --teller 戊 --yes --json").ok.json
    assert (closed["witnesses"], closed["callers"], closed["tellers"]) == (["乙", "丙"], ["丁"], ["戊"])
    page = yard("ballot show B1", lang="zh").ok.out
    assert re.search("监票 +乙、丙", page)
    assert re.search("唱票 +丁", page)
    assert re.search("计票 +戊", page)


def test_a_slip_and_a_vote_are_made_void_where_months_are_closed_too(yard: Runner) -> None:
    yard("period close 2022-04 --yes").ok  # noqa: B018
    yard("ballot cast B1 1-1-101 for").ok  # noqa: B018
    yard("ballot void B1 1-1-101 --reason 看错了").ok  # noqa: B018
    yard("ballot void B1 --reason 另行表决 --yes").ok  # noqa: B018
    assert yard("ballot list --json").ok.json["rows"][0]["state"] == "void"
    yard("undo --yes").ok  # noqa: B018


def test_two_passes_by_one_person_stand_on_the_result(yard: Runner) -> None:
    twice(yard, "1-1-101", "for")
    yard("ballot cast B1 1-1-301 for").ok  # noqa: B018
    yard("ballot cast B1 1-1-301 for --second --who 乙").ok  # noqa: B018
    tally = yard("ballot tally B1 --json").ok.json
    assert tally["by_one_person"] == 1
    assert "same person: 1" in yard("ballot tally B1").ok.out
