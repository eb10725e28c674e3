"""Tasks: who does what until when."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import committee


@pytest.fixture
@once
def tasks(zaoyuan: Runner) -> Runner:
    """Four tasks, of which T2 is one day late on 2022-05-31."""
    committee(zaoyuan)
    for line in (
        "联系施工队 --by 王桂兰 --due 6-10",
        "张贴名单 --by 张建国 --due 5-30 --yes",
        "换门卫室灯 --by 3-2-501",
    ):
        zaoyuan(f"task add {line}", now="2022-05-28T09:00:00+08:00").ok  # noqa: B018
    return zaoyuan


def test_a_task_names_its_person_and_its_day(tasks: Runner) -> None:
    added = tasks("task add 修剪葡萄架 --by 欧阳夏丹 --due 8-1 --json").ok.json
    assert added == {
        "task": "TA2022-4", "text": "修剪葡萄架", "by": "欧阳夏丹", "due": "2022-08-01", "meeting": None,
        "state": "open",
    }  # fmt: skip


def test_open_tasks_come_by_their_day(tasks: Runner) -> None:
    listed = tasks("task list --json").ok.json
    assert [(row["task"], row["by"], row["late"], row["state"]) for row in listed["rows"]] == [
        ("TA2022-2", "张建国", 1, "overdue"),
        ("TA2022-1", "王桂兰", 0, "open"),
        ("TA2022-3", "王桂兰", None, "open"),
    ]
    assert listed["totals"] == {"tasks": 3, "open": 3, "overdue": 1}


def test_what_is_overdue_is_so_as_of_a_day(tasks: Runner) -> None:
    """R-39."""
    assert [row["task"] for row in tasks("task list --overdue --json").ok.json["rows"]] == ["TA2022-2"]
    assert tasks("task list --overdue --as-of 5-30 --json").ok.json["rows"] == []
    later = tasks("task list --overdue --as-of 2022-06-20 --json").ok.json["rows"]
    assert [(row["task"], row["late"]) for row in later] == [("TA2022-2", 21), ("TA2022-1", 10)]


def test_a_task_is_done_once(tasks: Runner) -> None:
    done = tasks("task done T2 -n 已贴出 --json").ok.json
    assert done | {"task": "TA2022-2", "late": 1, "state": "done", "note": "已贴出"} == done
    shown = tasks("task show TA2022-2 --json").ok.json
    assert (shown["state"], shown["done"], shown["late"], shown["note"]) == ("done", "2022-05-31", 1, "已贴出")
    again = tasks("task done T2 --json")
    assert (again.code, again.error["code"]) == (1, "refused")
    assert tasks("task list --overdue --json").ok.json["rows"] == []


def test_no_task_is_done_before_it_was_given(tasks: Runner) -> None:
    assert tasks("task done T1 -d 2022-05-01 --json").error["field"] == "date"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("task add 买灯 --due 6-10", "usage"),
        ("task add 买灯 --by 谁也不是 --due 6-10", "not_found"),
        ("task add 买灯 --by 王桂兰 --due 6-31", "unreadable"),
        ("task add 买灯 --by 王桂兰 --due 5-1", "needs_yes"),
        ("task add 买灯 --by 王桂兰 --meeting M1", "not_found"),
        ("task add ' ' --by 王桂兰", "unreadable"),
        ("task done T9", "not_found"),
    ],
)
def test_what_is_no_task_is_refused(tasks: Runner, line: str, code: str) -> None:
    if "5-1" in line:
        line = line.replace("5-1", "2022-05-01")
    assert tasks(f"{line} --json").error["code"] == code
    assert tasks("task list --json").ok.json["totals"]["tasks"] == 3
