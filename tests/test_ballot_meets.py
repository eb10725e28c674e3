"""When things meet in a vote: two laptops, undo after the closing, a recount, somebody erased, what stays secret."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Result, Runner

AFTER = "2022-06-21T09:00:00+08:00"
NAMES = ["甲一", "乙二", "丙三", "丁四", "戊五", "己六"]
ROOMS = [f"1-1-{n}01" for n in range(1, 7)]


class Two:
    """Laptops A and B; B took a copy of the book with the vote open."""

    def __init__(self, zaoyuan: Runner) -> None:
        self.zaoyuan = zaoyuan

    def __call__(self, name: str, line: str, now: str = "") -> Result:
        folder = self.zaoyuan.folder
        return self.zaoyuan(line, home=folder / f"home-{name}", book=folder / f"{name}.db", now=now)

    def path(self, name: str) -> Path:
        return self.zaoyuan.folder / f"{name}.db"

    def merge(self, into: str, other: str) -> None:
        self(into, f"merge {self.path(other)}").ok  # noqa: B018

    def copy(self, name: str, to: str) -> None:
        """The same laptop before it merged, for the other order."""
        shutil.copyfile(self.path(name), self.path(to))
        shutil.copytree(self.zaoyuan.folder / f"home-{name}", self.zaoyuan.folder / f"home-{to}")


@pytest.fixture
def two(zaoyuan: Runner) -> Two:
    both = Two(zaoyuan)
    both("a", "init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for room, name in zip(ROOMS, NAMES, strict=True):
        both("a", f"household add {room} --owner {name} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    both("a", "ballot open 换物业 --matter 4 --until 2022-06-20 --posted 2022-06-01 --single-entry 试").ok  # noqa: B018
    shutil.copyfile(both.path("a"), both.path("b"))
    both("b", "device add --who 韩梅").ok  # noqa: B018
    return both


def seen(two: Two, name: str) -> tuple[object, ...]:
    """What a laptop says of the vote, its decisions, its conflicts."""
    tally = two(name, "ballot tally BA2022-1 --json", AFTER).ok.json
    kept = {key: tally[key] for key in ("state", "slips", "papers", "verdict", "decision", "differences")}
    rows = two(name, "conflict list --json", AFTER).ok.json["rows"]
    return kept, two(name, "decision list --json", AFTER).ok.json["rows"], sorted(row["key"] for row in rows)


def test_both_enter_the_same_slip_it_counts_once(two: Two) -> None:
    for name in ("a", "b"):
        two(name, f"ballot cast B1 {ROOMS[0]} for").ok  # noqa: B018
    two.merge("a", "b")
    two.merge("b", "a")
    assert seen(two, "a") == seen(two, "b")
    tally = two("a", "ballot tally B1 --json").ok.json
    assert (tally["slips"]["for"]["voters"], tally["differences"]) == (1, [])
    assert two("a", "check").code == 0


def test_both_enter_the_same_slip_otherwise_it_is_a_difference_until_it_is_mended(two: Two) -> None:
    two("a", f"ballot cast B1 {ROOMS[0]} for").ok  # noqa: B018
    two("b", f"ballot cast B1 {ROOMS[0]} against").ok  # noqa: B018
    two.merge("a", "b")
    two.merge("b", "a")
    assert seen(two, "a") == seen(two, "b")
    assert two("a", "ballot tally B1 --json").ok.json["differences"][0]["doors"] == [ROOMS[0]]
    assert two("a", "ballot close B1 --yes --json", AFTER).error["code"] == "entries_differ"
    two("a", f"ballot void B1 {ROOMS[0]} --reason 核对原票").ok  # noqa: B018
    two("a", f"ballot cast B1 {ROOMS[0]} against").ok  # noqa: B018
    assert two("a", "ballot tally B1 --json").ok.json["differences"] == []


@pytest.mark.parametrize("second", ["ballot close B1 --yes", "ballot void B1 --reason 停 --yes"])
def test_both_end_it_and_every_order_of_merging_is_the_same(two: Two, second: str) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    for room in ROOMS[:5]:
        two("b", f"ballot cast B1 {room} for").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    two("b", second, AFTER).ok  # noqa: B018
    two.copy("a", "a2")
    two.merge("a", "b")
    two.merge("b", "a")
    two.merge("b", "a2")
    assert seen(two, "a") == seen(two, "b")
    kept, made, conflicts = seen(two, "a")
    assert conflicts  # the other end is listed for a person
    assert isinstance(kept, dict)
    assert len(made) == (kept["state"] == "passed")  # type: ignore[arg-type]
    assert not [row for row in two("a", "check --json", AFTER).json["problems"] if row["code"] == "ballot"]


def test_slips_that_come_after_the_closing_change_nothing(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    two("b", f"ballot cast B1 {ROOMS[5]} against").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    before = seen(two, "a")
    two.merge("a", "b")
    assert seen(two, "a") == before
    assert two("a", "check", AFTER).code == 0


def test_an_undo_of_a_counted_slip_is_refused_and_lies_idle_when_it_comes_by_merge(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    two.merge("b", "a")
    step = two("a", "log --json").ok.json["rows"][0]["step"]
    two("b", f"undo {step} --yes").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    assert two("a", f"undo {step} --yes --json", AFTER).code == 1
    two.merge("a", "b")
    two.merge("b", "a")
    assert seen(two, "a") == seen(two, "b")
    kept, _made, conflicts = seen(two, "a")
    assert isinstance(kept, dict)
    assert kept["slips"]["for"]["voters"] == 4
    assert conflicts == [step]
    assert two("a", "ballot tally B1 --json", AFTER).ok.json["verdict"] == "passed"


@pytest.mark.altered
def test_r26_a_recount_from_the_slips_proves_the_closing(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    assert two("a", "check ballots", AFTER).code == 0
    db = sqlite3.connect(two.path("a"))
    db.execute("UPDATE slip SET choices = 'n' WHERE voter = (SELECT voter FROM ballot_door WHERE room = ?)", [ROOMS[0]])
    db.commit()
    db.close()
    told = two("a", "check ballots --json", AFTER)
    assert (told.code, told.json["problems"][0]["code"]) == (3, "ballot")


def test_a_closing_can_be_taken_back_until_something_rests_on_it(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    two("a", "undo --yes", AFTER).ok  # noqa: B018
    assert two("a", "decision list --json", AFTER).ok.json["rows"] == []
    assert two("a", f"ballot cast B1 {ROOMS[4]} for --received 2022-06-20", AFTER).ok
    assert two("a", "ballot close B1 --yes --json", AFTER).ok.json["decision"] == "DA2022-2"
    shown = two("a", "decision show D2 --json", AFTER).ok.json
    assert (shown["ballot"], shown["body"]) == ("BA2022-1", "业主大会")
    assert "5" in shown["result"]


def test_erasing_a_voter_keeps_the_vote_and_drops_the_name(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for --proxy 李强 --yes").ok  # noqa: B018
    two("a", "ballot close B1 --yes", AFTER).ok  # noqa: B018
    two("a", f"household transfer {ROOMS[0]} --to 新主 --yes", AFTER).ok  # noqa: B018
    two("a", "person erase 甲一 --confirm 甲一 --yes", AFTER).ok  # noqa: B018
    assert two("a", "ballot tally B1 --json", AFTER).ok.json["slips"]["for"]["voters"] == 4
    assert two("a", "check", AFTER).code == 0
    rows = two("a", "ballot papers B1 --json", AFTER).ok.json["rows"]
    assert "甲一" not in json.dumps(rows, ensure_ascii=False)


def test_r28_until_when_a_decision_can_be_challenged(two: Two) -> None:
    for room in ROOMS[:4]:
        two("a", f"ballot cast B1 {room} for").ok  # noqa: B018
    closed = two("a", "ballot close B1 --witness 甲一,乙二 --yes --json", AFTER).ok.json
    assert (closed["closed"], closed["challenge_until"], closed["witnesses"]) == (
        "2022-06-21", "2023-06-21", ["甲一", "乙二"],
    )  # fmt: skip


# ---- what somebody chose is told nowhere


def test_no_paper_tells_what_a_voter_chose(two: Two) -> None:
    two("a", f"ballot cast B1 {ROOMS[0]} against -n 反对的理由").ok  # noqa: B018
    two("a", "canvass open 加装电梯").ok  # noqa: B018
    for line in ("report", "report unit 1-1", f"household show {ROOMS[0]}", "ballot papers B1", "ballot tally B1",
                 "status", "ballot list", "person show 甲一"):  # fmt: skip
        for form in ("", " --json"):
            told = two("a", line + form).ok.out
            row = [text for text in told.splitlines() if ROOMS[0] in text and "against" in text.lower()]
            assert row == [], line
    votes = two("a", f"household show {ROOMS[0]} --json").ok.json["votes"]
    assert votes == [{"ballot": "BA2022-1", "text": "换物业", "until": "2022-06-20", "state": "running", "voted": True}]
    unit = {row["room"]: row for row in two("a", "report unit 1-1 --json").ok.json["rooms"]}
    assert (unit[ROOMS[0]]["to_vote"], unit[ROOMS[1]]["to_vote"]) == ([], ["BA2022-1"])
    assert unit[ROOMS[0]]["to_answer"] == ["加装电梯"]


def test_the_report_says_what_is_missing_and_how_long_there_is(two: Two) -> None:
    two("a", "ballot issue B1 --via 当面 --yes").ok  # noqa: B018
    two("a", f"ballot cast B1 {ROOMS[0]} for").ok  # noqa: B018
    report = two("a", "report --json").ok.json
    (vote,) = report["ballots"]
    assert (vote["days"], vote["took_part"], vote["voters"], vote["outstanding"]) == (20, 1, 6, 5)
    assert vote["questions"][0]["missing"] == {"voters": 3, "area": "300.00"}
    assert [one["kind"] for one in report["todo"] if one["kind"] in ("ballot", "papers")] == ["ballot", "papers"]
    late = two("a", "report --json", AFTER).ok.json
    assert [one["command"] for one in late["todo"] if one["kind"] == "ballot"] == ["zaoyuan ballot close BA2022-1"]


# ---- an election


def test_an_election_seats_the_most_voted_and_leaves_a_tie_open(two: Two) -> None:
    line = "ballot open 业委会选举 --matter 3 --until 2022-06-20 --seats 3 --single-entry 试"
    two("a", f"{line} --question 韩梅 --question 甲一 --question 乙二 --question 丙三").ok  # noqa: B018
    many = two("a", f"ballot cast B2 {ROOMS[0]} 1,1,1,1 --json")  # more than there are seats: the whole slip is invalid
    assert (many.code, many.error["code"], many.error["limit"]) == (1, "too_many", 3)
    assert two("a", f"ballot cast B2 {ROOMS[0]} x,x,x,x").ok
    assert two("a", f"ballot void B2 {ROOMS[0]} --reason 试 --yes").ok
    slips = ["2,1,1,1", "1,2,1,1", "1,2,1,1", "1,1,2,1", "1,1,1,2", "1,1,1,2"]
    for room, slip in zip(ROOMS, slips, strict=True):
        two("a", f"ballot cast B2 {room} {slip}").ok  # noqa: B018
    closed = two("a", "ballot close B2 --yes --json", AFTER).ok.json
    assert (closed["elected"], closed["level"], closed["seats_open"]) == (["韩梅", "乙二"], ["甲一", "丙三"], 1)
    assert [one["verdict"] for one in closed["questions"]] == ["passed", "failed", "passed", "failed"]
    made = two("a", "decision list --json", AFTER).ok.json["rows"]
    assert {row["text"] for row in made} == {"业委会选举：韩梅", "业委会选举：乙二"}
    shown = two("a", "ballot show B2", AFTER).ok.out
    assert "level" in shown
