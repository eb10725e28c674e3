"""The answers other programs rely on, of the owners' votes and of canvasses: keys, types and values of each JSON."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.test_contract import answers

AFTER = "2022-06-21T09:00:00+08:00"


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Four doors of 100 m2; 王桂兰 owns two of them: three voters. 张建国 leads unit 3-2."""
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    for room, owner in (("3-2-501", "王桂兰"), ("3-2-601", "王桂兰"), ("3-2-502", "张建国"), ("5-1-101", "周建平")):
        assert zaoyuan(f"household add {room} --owner {owner} --area 100 --area-source 登记 --yes").ok
    assert zaoyuan("role set 张建国 单元长 --scope 3-2 --from 2022-01-15").ok
    return zaoyuan


def opened(yard: Runner, more: str = "--single-entry 试") -> None:
    assert yard(f"ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-05-31 {more}").ok


def test_ballot_open(yard: Runner) -> None:
    answers(yard, "ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-05-31", {
        "ballot": "BA2022-1", "roll": {"voters": 3, "area": "400.00"},
        "thresholds": {"took_part_voters": 2, "took_part_area": "266.67", "consent": "3/4"},
        "notice": {"lawful": True, "days": 20, "required": 15},
    })  # fmt: skip
    answers(yard, "ballot open 换物业 --matter 4 --until 2022-06-20 --posted 2022-05-31", {
        "ballot": "BA2022-2", "thresholds": {"consent": ">1/2"},
    })  # fmt: skip


def test_ballot_cast(yard: Runner) -> None:
    opened(yard)
    voter = yard("household list --json").ok.json["rows"][0]["voter"]
    answers(yard, "ballot cast B1 3-2-601 for", {
        "ballot": "BA2022-1", "voter": voter, "doors": ["3-2-501", "3-2-601"], "area": "200.00", "choice": "for",
    })  # fmt: skip


def test_ballot_tally_and_close(yard: Runner) -> None:
    opened(yard)
    assert yard("ballot cast B1 3-2-501 for").ok
    answers(yard, "ballot tally B1", {
        "took_part": {"voters": 1, "area": "200.00", "enough": False},
        "consent": {"voters": 1, "area": "200.00", "voters_enough": True, "area_enough": True},
        "missing": {"voters": 1, "area": "66.67"}, "would_pass": False, "verdict": "running",
        "roll": {"voters": 3, "area": "400.00"},
        "forecast": {"voters": 1, "rows": [
            {"doors": ["3-2-502"], "area": "100.00", "name": "张建国", "unit": "3-2", "leader": "张建国"},
        ]},
        "turnout": {"voters": 1},
    })  # fmt: skip
    assert yard("ballot cast B1 3-2-502 for").ok
    closed = yard("ballot close B1 --witness 王桂兰 --teller 张建国 --yes --json", now=AFTER).ok.json
    assert (closed["verdict"], closed["would_pass"], closed["decision"]) == ("passed", True, "DA2022-1")
    assert closed["forecast"] == {"voters": 0, "rows": []}
    assert closed["papers"]["issued"] == 2
    assert yard("ballot show B1 --json", now=AFTER).ok.json == closed


def test_several_questions_are_the_same_object_each(yard: Runner) -> None:
    opened(yard, "--single-entry 试 --question 拆 --question 建")
    assert yard("ballot cast B1 3-2-501 for,against").ok
    tally = yard("ballot tally B1 --json").ok.json
    assert [one["question"] for one in tally["questions"]] == ["拆", "建"]
    assert {key: tally[key] for key in tally["questions"][0]} == tally["questions"][0]
    second = yard("ballot tally B1 --question 2 --json").ok.json
    assert second["questions"] == [tally["questions"][1]]
    assert yard("ballot tally B1 --question 3 --json").error["code"] == "usage"


def test_ballot_run_import_and_papers(yard: Runner) -> None:
    opened(yard)
    found = yard("ballot run B1 --json", input="1\t1\n").ok.json
    assert {key: found[key] for key in ("ballot", "entry", "entered", "differences", "skipped")} == {
        "ballot": "BA2022-1", "entry": 1, "entered": 1, "differences": [], "skipped": [],
    }  # fmt: skip
    assert yard("ballot issue B1 5-1-101 --via 当面 --json").ok.json == {
        "ballot": "BA2022-1", "issued": 1, "papers": [3],
    }  # fmt: skip
    papers = yard("ballot papers B1 --json").ok.json
    assert [row["state"] for row in papers["rows"]] == ["entered", "not issued", "outstanding"]
    assert papers["totals"] == {
        "papers": 3, "voters": 3, "delivered": 2, "posted": 0, "undelivered": 1, "complete": False,
    }  # fmt: skip


def test_ballot_list(yard: Runner) -> None:
    opened(yard)
    answers(yard, "ballot list", {
        "rows": [{"ballot": "BA2022-1", "text": "改造存车棚", "matter": 7, "until": "2022-06-20", "state": "running",
                  "turnout": "0/3"}],
        "totals": {"ballots": 1},
    })  # fmt: skip


def test_canvass(yard: Runner) -> None:
    answers(yard, "canvass open 加装电梯 --until 2022-06-20", {
        "topic": "加装电梯", "households": 4, "met": 0, "left": 4, "options": ["同意", "不同意", "建议"],
        "state": "open",
    })  # fmt: skip
    answers(yard, "canvass answer 加装电梯 3-2-501 同意 -n 尽快", {
        "topic": "加装电梯", "room": "3-2-501", "answer": "同意", "words": "尽快", "met": 1, "left": 3,
    })  # fmt: skip
    answers(yard, "canvass tally 加装电梯", {
        "households": 4, "met": 1, "missed": 0, "left": 3, "answers": [
            {"answer": "同意", "households": 1}, {"answer": "不同意", "households": 0},
            {"answer": "建议", "households": 0},
        ],
        "units": [{"place": "3-2", "households": 3, "met": 1, "rooms": ["3-2-502", "3-2-601"]},
                  {"place": "5-1", "households": 1, "met": 0, "rooms": ["5-1-101"]}],
    })  # fmt: skip
    answers(yard, "canvass left 加装电梯 --unit 5-1", {
        "rows": [{"room": "5-1-101", "answer": None}], "totals": {"households": 4, "met": 1, "missed": 0, "left": 3},
    })  # fmt: skip
    answers(yard, "canvass list", {"rows": [{"topic": "加装电梯", "state": "open"}], "totals": {"canvasses": 1}})
    answers(yard, "canvass close 加装电梯 --yes", {"topic": "加装电梯", "state": "closed"})
