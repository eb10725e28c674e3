"""Offices: who held what on which day, one leader a unit, two offices that are kept apart."""

from __future__ import annotations

import pytest
from conftest import Runner
from roll import begin

from tests.prepared import once


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    assert zaoyuan("body add 业委会 --seats 5 --from 2019-05-25 --until 2024-05-24").ok
    return zaoyuan


def held(book: Runner, more: str) -> list[tuple[str, str, object]]:
    return [(row["name"], row["role"], row["scope"]) for row in book(f"role list --json {more}").ok.json["rows"]]


# ---- one leader a unit


def test_a_second_leader_ends_the_first_after_a_yes(book: Runner) -> None:
    assert book("role set 张建国 单元长 --scope 3-2 --from 2022-01-15").ok
    asked = book("role set 王桂兰 单元长 --scope 3-2 --from 2022-05-01 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert "张建国" in asked.error["message"]
    assert "2022-01-15" in asked.error["message"]
    assert held(book, "--role unit-leader") == [("张建国", "unit-leader", "3-2")]
    given = book("role set 王桂兰 单元长 --scope 3-2 --from 2022-05-01 --yes").ok
    assert "张建国 is unit-leader no more from 2022-05-01" in given.out
    of_unit = "--role unit-leader --scope 3-2"
    assert held(book, f"{of_unit} --as-of 2022-04-30") == [("张建国", "unit-leader", "3-2")]
    assert held(book, f"{of_unit} --as-of 2022-05-01") == [("王桂兰", "unit-leader", "3-2")]
    assert book("undo --yes").ok  # both in one step
    assert held(book, of_unit) == [("张建国", "unit-leader", "3-2")]


def test_a_person_at_the_keyboard_is_asked(book: Runner) -> None:
    assert book("role set 张建国 单元长 --scope 3-2 --from 2022-01-15").ok
    line = "role set 王桂兰 单元长 --scope 3-2"
    assert book(line, input="n\n", tty=True).code == 130
    assert held(book, "--scope 3-2") == [("张建国", "unit-leader", "3-2")]
    assert book(line, input="y\n", tty=True).ok
    assert held(book, "--scope 3-2") == [("王桂兰", "unit-leader", "3-2")]


def test_a_leader_before_the_present_one_needs_a_last_day(book: Runner) -> None:
    assert book("role set 张建国 单元长 --scope 3-2 --from 2022-03-01").ok
    line = "role set 王桂兰 单元长 --scope 3-2 --from 2022-01-01"
    refused = book(f"{line} --json --yes")
    assert (refused.code, refused.error["field"]) == (1, "scope")
    assert "张建国" in refused.error["message"]
    assert book(f"{line} --until 2022-02-28").ok
    assert held(book, "--scope 3-2 --as-of 2022-02-28") == [("王桂兰", "unit-leader", "3-2")]
    assert held(book, "--scope 3-2 --as-of 2022-03-01") == [("张建国", "unit-leader", "3-2")]


# ---- who held what on any day


def test_who_held_an_office_of_a_unit_on_any_day_is_one_command(book: Runner) -> None:
    for who, day in (("张建国", "2020-01-01"), ("王桂兰", "2021-01-01"), ("欧阳夏丹", "2022-04-01")):
        assert book(f"role set {who} 单元长 --scope 3-2 --from {day} --yes").ok
    found = {
        day: held(book, f"--role unit-leader --scope 3-2 --as-of {day}")[0][0]
        for day in ("2020-12-31", "2021-01-01", "2022-03-15", "2022-04-01")
    }
    assert list(found.values()) == ["张建国", "王桂兰", "王桂兰", "欧阳夏丹"]
    assert held(book, "--role unit-leader --scope 3-2 --as-of 2019-12-31") == []


def test_the_history_has_every_office_with_its_days(book: Runner) -> None:
    assert book("role set 王桂兰 委员 --from 2019-05-25").ok
    assert book("role end 王桂兰 委员 -d 2021-03-01").ok
    assert book("role set 王桂兰 主任 --from 2021-03-01").ok
    assert book("role set 张建国 文书 --from 2022-12-01").ok
    rows = book("role list --history --json").ok.json["rows"]
    assert [(row["name"], row["role"], row["from"], row["until"], row["state"]) for row in rows] == [
        ("王桂兰", "chair", "2021-03-01", None, "active"),
        ("王桂兰", "member", "2019-05-25", "2021-03-01", "ended"),
        ("张建国", "clerk", "2022-12-01", None, "planned"),
    ]
    assert len(book("role list --history --person 王桂兰 --json").ok.json["rows"]) == 2
    assert held(book, "--body 业委会 --role 主任") == [("王桂兰", "chair", None)]
    assert "ended" in book("role list --history").ok.out


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md", "html"])
def test_the_list_comes_in_every_format(book: Runner, form: str) -> None:
    assert book("role set 王桂兰 主任").ok
    assert "王桂兰" in book(f"role list --history --format {form}").ok.out


def test_an_office_of_a_grid_is_of_a_grid_of_the_estate(book: Runner) -> None:
    assert book("role set 张建国 网格员 --scope 2 --json").ok.json["scope"] == "2"
    assert book("role set 吴晓燕 党员中心户 --json").ok.json["scope"] == "3"  # the grid of the only door they own
    assert book("grid edit 1 --name 西区").ok
    assert book("role set 韩梅 网格员 --scope 西区 --json").ok.json["scope"] == "1"
    refused = book("role set 韩梅 网格员 --scope 9 --json")
    assert (refused.code, refused.error["field"]) == (1, "scope")
    assert [one["key"] for one in refused.error["candidates"]] == ["1", "2", "3"]


def test_an_office_held_in_two_spans_never_overlaps_itself(book: Runner) -> None:
    assert book("role set 王桂兰 主任 --from 2022-03-01").ok
    assert book("role set 王桂兰 主任 --from 2022-01-01 --json").code == 1
    assert book("role set 王桂兰 主任 --from 2022-01-01 --until 2022-02-28").ok


# ----


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("出纳", "会计", "role.cashier_apart"),
        ("会计", "出纳", "role.cashier_apart"),
        ("主任", "出纳", "role.chair_apart"),
        ("出纳", "主任", "role.chair_apart"),
    ],
)
def test_r62_offices_kept_apart_are_refused(book: Runner, first: str, second: str, rule: str) -> None:
    assert book(f"role set 韩梅 {first} --from 2022-01-01").ok
    refused = book(f"role set 韩梅 {second} --json --yes")  # a yes alone is not enough
    assert (refused.code, refused.error["rule"], refused.error["field"]) == (1, rule, "role")
    assert "会计法" in refused.error["hint"]
    assert book(f"role set 张建国 {second}").ok


def test_r62_the_reason_of_an_exception_is_kept_and_stays_on_the_list(book: Runner) -> None:
    assert book("role set 韩梅 出纳 --from 2022-01-01").ok
    line = "role set 韩梅 会计 --reason 会计住院，暂代一月 --json"
    asked = book(line)
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert book(f"{line} --yes").ok
    rows = {row["role"]: row["reason"] for row in book("role list --json").ok.json["rows"]}
    assert rows == {"cashier": None, "bookkeeper": "会计住院，暂代一月"}
    items = [item for item in book("report --json").ok.json["todo"] if item["kind"] == "one_hand"]
    assert len(items) == 1
    assert "会计住院" in items[0]["message"]
    assert book("role end 韩梅 会计").ok
    assert not [item for item in book("report --json").ok.json["todo"] if item["kind"] == "one_hand"]


def test_r62_two_people_found_to_be_one_are_seen(book: Runner) -> None:
    other = book("person add 韩小梅 --json").ok.json["person"]
    assert book("role set 韩梅 出纳").ok
    assert book(f"role set {other} 会计").ok
    assert book(f"person merge {other} 韩梅 --yes").ok
    assert [item["kind"] for item in book("report --json").ok.json["todo"] if item["kind"] == "one_hand"]


def test_a_reason_without_need_is_not_kept(book: Runner) -> None:
    assert book("role set 韩梅 文书 --reason 无 --json").ok.json["reason"] is None
