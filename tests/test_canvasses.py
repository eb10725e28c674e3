"""From door to door with a topic (S7, S8; R-92): nobody missed, whoever was not at home is offered again."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import Result, Runner
from tests.prepared import once


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Ten doors in two units, four with an e-bike; 加装电梯 is taken to all of them."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for n in range(10):
        more = " --ebike" if n % 3 == 0 else ""
        zaoyuan(f"household add 1-{n // 5 + 1}-{n % 5 + 1}01 --owner 户主{n} --area 100{more} --yes").ok  # noqa: B018
    zaoyuan("canvass open 加装电梯 --until 2022-06-20").ok  # noqa: B018
    return zaoyuan


def walk(yard: Runner, *typed: str, line: str = "canvass run 电梯 --unit 1-1 --json", lang: str = "") -> Result:
    return yard(line, input="".join(f"{one}\n" for one in typed), tty=True, lang=lang).ok


def test_answers_are_counted_by_answer_and_unit(yard: Runner) -> None:
    for room, answer in (("1-1-101", "同意"), ("1-1-201", "2"), ("1-2-101", "建议"), ("1-1-101", "不同意")):
        yard(f"canvass answer 加装电梯 {room} {answer}").ok  # noqa: B018
    tally = yard("canvass tally 电梯 --json").ok.json
    assert tally["answers"] == [
        {"answer": "同意", "households": 0}, {"answer": "不同意", "households": 2}, {"answer": "建议", "households": 1},
    ]  # fmt: skip
    assert (tally["households"], tally["met"], tally["left"]) == (10, 3, 7)
    assert [(one["place"], one["met"], one["unvisited"]) for one in tally["units"]] == [("1-1", 2, 3), ("1-2", 1, 4)]


def test_r92_of_150_rooms_138_were_visited_and_12_are_listed_by_unit(zaoyuan: Runner) -> None:
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    rooms = [f"{unit}-{floor}0{door}" for unit in ("1-1", "1-2", "2-1", "2-2", "3-1") for floor in range(1, 11)
             for door in (1, 2, 3)]  # fmt: skip
    houses = zaoyuan.folder / "houses.csv"
    houses.write_text("房号,业主\n" + "".join(f"{room},户主{n}\n" for n, room in enumerate(rooms)), encoding="utf-8")
    zaoyuan(["import", "households", str(houses), "--yes"]).ok  # noqa: B018
    zaoyuan("canvass open 第三轮检测 --options 已做,拒绝").ok  # noqa: B018
    met = [room for n, room in enumerate(rooms) if n % 25 not in (7, 19)]
    zaoyuan("canvass run 检测 --json", input="".join(f"{room}\t已做\n" for room in met)).ok  # noqa: B018
    left = zaoyuan("canvass left 第三轮检测 --json").ok.json
    assert (left["totals"]["households"], left["totals"]["met"], left["totals"]["left"]) == (150, 138, 12)
    assert [row["room"] for row in left["rows"]] == [room for room in rooms if room not in met]
    units = zaoyuan("canvass tally 第三轮检测 --json").ok.json["units"]
    assert sum(len(one["rooms"]) for one in units) == 12
    assert all(room.startswith(one["place"]) for one in units for room in one["rooms"])


def test_a_round_goes_from_one_not_met_to_the_next_and_offers_again(yard: Runner) -> None:
    said = walk(yard, "", "1", "", "", "s", "", "2 太吵", "", "1", "", "", "1", "", "", "1", "", "", ".")
    assert said.json["missed"] == ["1-1-201"]
    assert [(one["room"], one["answer"]) for one in said.json["answers"]] == [
        ("1-1-101", "同意"), ("1-1-301", "不同意"), ("1-1-401", "同意"), ("1-1-501", "同意"), ("1-1-201", "同意"),
    ]  # fmt: skip
    assert "not at home: 1" in said.err
    shown = yard("canvass show 电梯 --answer 不同意 --json").ok.json["rows"]
    assert [(row["room"], row["words"]) for row in shown] == [("1-1-301", "太吵")]


def test_one_line_a_door_full_width_keys_and_undo(yard: Runner) -> None:
    said = walk(yard, "３０１ １ 楼道灯不亮", "401 9", "<", "401 2 ok", "Ｕ", "s 501", "。")
    assert [one["room"] for one in said.json["answers"]] == ["1-1-301"]
    assert said.json["missed"] == ["1-1-501"]
    assert yard("canvass show 电梯 --json").ok.json["rows"][2]["words"] == "楼道灯不亮"


def test_every_answer_is_a_step_of_its_own(yard: Runner) -> None:
    walk(yard, "101 1 -", "201 1 -", ".")
    yard("undo --yes").ok  # noqa: B018
    assert yard("canvass list --json").ok.json["rows"][0]["met"] == 1


def test_a_condition_as_levies_have_it(yard: Runner) -> None:
    opened = yard("canvass open 充电安全 --where ebike --options 已查,不在 --json").ok.json
    assert (opened["households"], opened["options"]) == (4, ["已查", "不在"])
    other = yard("canvass answer 充电安全 1-1-201 已查 --json")
    assert (other.code, other.error["field"]) == (1, "household")
    assert yard("canvass open 充电安全 --json").code == 1
    assert yard("canvass open 别的 --where 火星 --json").code == 2


def test_a_list_is_one_step_all_or_nothing(yard: Runner) -> None:
    lines = "1-1-101\t同意\n1-9-101\t同意\n1-1-201\t也许\n"
    refused = yard("canvass run 电梯 --json", input=lines)
    assert [one["line"] for one in refused.error["problems"]] == [2, 3]
    assert yard("canvass run 电梯 --skip-bad --json", input=lines).ok.json["met"] == 1


def test_closed_means_nobody_else(yard: Runner) -> None:
    assert yard("canvass close 电梯 --yes --json").ok.json["state"] == "closed"
    assert yard("canvass answer 电梯 1-1-101 同意 --json").code == 1
    assert yard("canvass close 电梯 --yes --json").code == 1
    yard("undo --yes").ok  # noqa: B018
    yard("canvass answer 电梯 1-1-101 同意").ok  # noqa: B018


def test_what_was_said_is_found(yard: Runner) -> None:
    yard("canvass answer 电梯 1-1-101 建议 -n 先修屋顶").ok  # noqa: B018
    hit = yard("find 屋顶 --json").ok.json["rows"][0]
    assert hit["show"] == "zaoyuan canvass show 加装电梯"


def test_two_laptops_at_different_doors_and_at_the_same_one(yard: Runner) -> None:
    folder = yard.folder
    a, b = folder / "zaoyuan.db", folder / "b.db"
    shutil.copyfile(a, b)
    home = folder / "home-b"
    assert yard("device add --who 韩梅", home=home, book=b).ok
    assert yard("canvass answer 电梯 1-1-101 同意").ok
    assert yard("canvass answer 电梯 1-1-101 不同意", home=home, book=b).ok
    assert yard("canvass answer 电梯 1-1-201 同意", home=home, book=b).ok
    assert yard("canvass close 电梯 --yes").ok
    assert yard(f"merge {b}").ok
    assert yard(f"merge {a}", home=home, book=b).ok
    told = [yard("canvass show 电梯 --json", home=where, book=book).ok.json for where, book in
            ((None, None), (home, b))]  # fmt: skip
    assert told[0]["rows"] == told[1]["rows"]
    assert told[0]["totals"]["met"] == 2
    assert yard("check").code == 0


def test_the_report_and_the_unit_leader_know_who_is_left(yard: Runner) -> None:
    assert yard("canvass answer 电梯 1-1-101 同意").ok
    report = yard("report --json").ok.json
    assert [(one["topic"], one["met"], one["left"]) for one in report["canvasses"]] == [("加装电梯", 1, 9)]
    late = yard("report --json", now="2022-06-21T09:00:00+08:00").ok.json["todo"]
    assert [one["command"] for one in late if one["kind"] == "canvass"] == ["zaoyuan canvass left 加装电梯"]
    unit = {row["room"]: row["to_answer"] for row in yard("report unit 1-1 --json").ok.json["rooms"]}
    assert (unit["1-1-101"], unit["1-1-201"]) == ([], ["加装电梯"])
