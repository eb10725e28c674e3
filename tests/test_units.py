"""Units and grids: every door stands in exactly one of each, and somebody is there for it (R-94)."""

from __future__ import annotations

import pytest
from conftest import Runner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roll import begin, take_in

BARE = "房号,业主,建筑面积,面积来源\n7-1-101,宋雨桐,60,登记\n7-1-102,高峰,60,登记\n7-2-101,马超,60,登记\n"


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    return zaoyuan


def todo(book: Runner, kind: str, more: str = "") -> list[str]:
    return [item["message"] for item in book(f"report --json {more}").ok.json["todo"] if item["kind"] == kind]


# ---- units


def test_a_unit_comes_into_being_with_its_first_household_or_is_entered(book: Runner) -> None:
    assert [row["unit"] for row in book("unit list --json").ok.json["rows"]] == ["1-1", "3-2", "3-10", "5-1", "5-2"]
    assert book("unit add 6-1..6-2 --json").ok.json == {"units": ["6-1", "6-2"], "total": 7}
    assert book("unit add 6-1 --json").ok.json["units"] == []


def test_the_sums_under_units_and_grids_are_those_of_the_households(book: Runner) -> None:
    homes = book("household list --json").ok.json["totals"]
    for noun in ("unit", "grid"):
        sums = book(f"{noun} list --json").ok.json["totals"]
        assert (sums["households"], sums["area"]) == (homes["households"], homes["area"])


@pytest.mark.parametrize("said", ["3-2", "3栋2单元", "3号楼二单元", "东门单元"])
def test_a_unit_is_named_as_people_say_it(book: Runner, said: str) -> None:
    assert book("unit edit 3-2 --name 东门单元 --json").ok.json["changed"] == ["name"]
    shown = book(f"unit show {said} --json").ok.json
    assert (shown["unit"], shown["name"], shown["grids"]) == ("3-2", "东门单元", ["2"])
    assert [door["room"] for door in shown["rooms"]] == ["3-2-501", "3-2-502", "3-2-601", "3-2-602"]


def test_a_unit_that_is_not_there_names_those_that_are(book: Runner) -> None:
    refused = book("unit show 9-9 --json")
    assert (refused.code, refused.error["field"]) == (1, "unit")
    assert "3-10" in [one["key"] for one in refused.error["candidates"]]


# ---- grids


def test_a_grid_is_drawn_over_whole_units_and_each_door_is_in_one(book: Runner) -> None:
    asked = book("grid add 4 --name 东区 --unit 5-1 --unit 5-2 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    drawn = book("grid add 4 --name 东区 --unit 5-1 --unit 5-2 --json --yes").ok.json
    assert drawn == {"grid": "4", "name": "东区", "new": True, "moved": ["5-1-101", "5-1-102", "5-2-101"]}
    rows = {row["grid"]: row["households"] for row in book("grid list --json").ok.json["rows"]}
    assert rows == {"1": 4, "2": 5, "4": 3}  # grid 3 had no other households
    assert book("grid show 东区 --json").ok.json["units"] == ["5-1", "5-2"]
    assert book("household list --grid 4 --json").ok.json["totals"]["households"] == 3


def test_one_step_undoes_a_grid_drawn(book: Runner) -> None:
    before = book("grid list --json").ok.json
    assert book("grid add 4 --unit 5-1..5-2 --yes").ok
    assert book("undo --yes").ok
    assert book("grid list --json").ok.json == before


def test_a_unit_is_put_into_another_grid(book: Runner) -> None:
    assert book("unit edit 3-10 --grid 1 --json").ok.json["moved"] == ["3-10-101"]
    assert book("unit edit 3-10 --grid 1 --json").ok.json["changed"] == []
    assert book("unit show 3-10 --json").ok.json["grids"] == ["1"]
    assert book("unit show 3-10 --json --as-of 2022-05-30").ok.json["households"] == 0  # entered today


def test_a_grid_is_renamed_and_an_unknown_one_is_not_guessed(book: Runner) -> None:
    assert book("grid edit 1 --name 西区 --json").ok.json["changed"] == ["name"]
    assert book("grid edit 1 --name 西区 --json").ok.json["changed"] == []
    refused = book("grid show 9 --json")
    assert (refused.error["field"], len(refused.error["candidates"])) == ("grid", 3)


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md", "html"])
def test_lists_come_in_every_format(book: Runner, form: str) -> None:
    assert "5-2" in book(f"unit list --format {form}").ok.out
    assert "3" in book(f"grid list --format {form}").ok.out


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["1-1", "3-2", "5-1", "5-2"]), st.sampled_from("123")), max_size=4))
def test_however_grids_are_redrawn_every_door_is_counted_once(book: Runner, moves: list[tuple[str, str]]) -> None:
    """R-94."""
    for unit, grid in moves:
        assert book(f"unit edit {unit} --grid {grid} --yes").ok
    rows = book("grid list --json").ok.json["rows"]
    assert sum(row["households"] for row in rows) == 12
    assert sorted({unit for row in rows for unit in row["units"]}) == ["1-1", "3-10", "3-2", "5-1", "5-2"]


# ---- coverage


def test_r94_what_nobody_is_there_for_is_on_the_list(book: Runner) -> None:
    assert "5 (1-1, 3-2, 3-10, 5-1, 5-2)" in todo(book, "leader")[0]
    assert "3 (1, 2, 3)" in todo(book, "party_household")[0]
    for unit, leader in (("1-1", "韩梅"), ("3-2", "张建国"), ("3-10", "孙磊"), ("5-1", "周建平"), ("5-2", "吴晓燕")):
        assert book(f"role set {leader} 单元长 --scope {unit}").ok
    for who in ("韩梅", "张建国", "吴晓燕"):
        assert book(f"role set {who} 党员中心户").ok
    assert todo(book, "leader") == todo(book, "party_household") == []
    assert [row["leader"] for row in book("unit list --json").ok.json["rows"]][:2] == ["韩梅", "张建国"]
    assert [row["party_households"] for row in book("grid list --json").ok.json["rows"]] == [
        ["韩梅"], ["张建国"], ["吴晓燕"]
    ]  # fmt: skip


def test_r94_doors_in_no_grid_stand_last_and_are_on_the_list(book: Runner) -> None:
    take_in(book, BARE)
    last = book("grid list --json").ok.json["rows"][-1]
    assert (last["grid"], last["households"], last["units"]) == (None, 3, ["7-1", "7-2"])
    assert "3" in todo(book, "grid")[0]
    assert book("grid edit 1 --unit 7-1..7-2 --yes").ok
    assert todo(book, "grid") == []


def test_a_unit_without_households_needs_no_leader(book: Runner) -> None:
    assert book("unit add 9-1").ok
    assert "9-1" not in todo(book, "leader")[0]


def test_r94_two_laptops_that_each_set_a_leader_are_seen(book: Runner) -> None:
    import shutil

    other, home = book.folder / "other.db", book.folder / "home2"
    shutil.copyfile(book.book, other)
    assert book("device add --yes", book=other, home=home).ok
    assert book("role set 张建国 单元长 --scope 3-2").ok
    assert book("role set 王桂兰 单元长 --scope 3-2", book=other, home=home).ok
    assert book(f"merge {other} --yes").ok
    assert "(3-2)" in todo(book, "two_leaders")[0]
    assert book("role end 王桂兰 单元长 --scope 3-2").ok
    assert todo(book, "two_leaders") == []
