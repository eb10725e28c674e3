"""Meetings: listed, and shown on one page."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import PAPER, committee, paper


@pytest.fixture
@once
def held(zaoyuan: Runner) -> Runner:
    """A book with one meeting of 2021 and one of 2022."""
    committee(zaoyuan)
    before = PAPER.replace("2022-05-28", "2021-03-06").replace("改造", "选址").replace("paper = ", "# ")
    zaoyuan(f"meeting add -f {paper(zaoyuan.folder, before)}").ok  # noqa: B018
    zaoyuan(f"meeting add -f {paper(zaoyuan.folder)}").ok  # noqa: B018
    return zaoyuan


def test_the_page_of_a_meeting_says_who_was_there(held: Runner) -> None:
    shown = held("meeting show M2 --json").ok.json
    assert (shown["members"], shown["present"], shown["quorum"]) == (5, 4, True)
    assert (shown["absent"], shown["guests"]) == (["李秀英"], ["社区网格员小周"])
    assert [one["decision"] for one in shown["decisions"]] == ["DA2022-3", "DA2022-4"]
    page = held("meeting show 2").ok.out
    for word in ("4 of 5", "台阶太高", "业决〔2022〕3号", "联系施工队"):
        assert word in page


def test_who_was_missing_and_why(zaoyuan: Runner) -> None:
    """The paper's own words count; where it says nothing, it is the members who did not come."""
    committee(zaoyuan)
    why = PAPER.replace("\n[[decisions]]", '缺席 = ["李秀英（出差）"]\n[[decisions]]', 1)
    zaoyuan(f"meeting add -f {paper(zaoyuan.folder, why)}").ok  # noqa: B018
    assert zaoyuan("meeting show M1 --json").ok.json["absent"] == ["李秀英（出差）"]


def test_a_member_is_no_guest(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    text = PAPER.replace("社区网格员小周", "李秀英")
    kept = zaoyuan(f"meeting add -f {paper(zaoyuan.folder, text)} --json").ok.json
    assert (kept["present"], kept["guests"]) == (5, [])


def test_fewer_than_half_is_no_quorum(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    few = PAPER.replace(', "张建国", "欧阳夏丹"]', "]")
    zaoyuan(f"meeting add -f {paper(zaoyuan.folder, few)}").ok  # noqa: B018
    assert zaoyuan("meeting show M1 --json").ok.json["quorum"] is False
    assert "no quorum" in zaoyuan("meeting show M1").ok.out


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("", ["MA2022-2", "MA2022-1"]),
        ("--body 业委会", ["MA2022-2", "MA2022-1"]),
        ("--body 业主大会", []),
        ("--year 2021", ["MA2022-1"]),
        ("--since 2022-01-01", ["MA2022-2"]),
        ("--until 2021-12-31", ["MA2022-1"]),
        ("--sort date --limit 1", ["MA2022-1"]),
        ("--as-of 2022-05-01", ["MA2022-1"]),
    ],
)
def test_meetings_are_listed(held: Runner, options: str, found: list[str]) -> None:
    assert [row["meeting"] for row in held(f"meeting list {options} --json").ok.json["rows"]] == found


def test_the_tasks_of_a_meeting_are_as_they_stood(held: Runner) -> None:
    held("task done T3").ok  # noqa: B018
    states = {one["task"]: one["state"] for one in held("meeting show M2 --json").ok.json["tasks"]}
    assert states == {"TA2022-3": "done", "TA2022-4": "overdue"}
    before = {one["task"]: one["state"] for one in held("meeting show M2 --as-of 5-29 --json").ok.json["tasks"]}
    assert before == {"TA2022-3": "open", "TA2022-4": "open"}


def test_a_meeting_that_is_not_there(held: Runner) -> None:
    assert held("meeting show M9 --json").error["code"] == "not_found"
    assert held("meeting show 存车棚 --json").error["code"] == "unreadable"
    held("undo --yes").ok  # noqa: B018
    assert "undone" in held("meeting show M2").err


def test_a_number_of_two_years_is_written_in_full(held: Runner) -> None:
    third = paper(held.folder, PAPER.replace("改造", "验收").replace("paper = ", "# "))
    held(f"meeting add -f {third}", now="2023-01-02T09:00:00+08:00").ok  # noqa: B018
    refused = held("meeting show M1 --json")
    assert (refused.code, refused.error["code"]) == (1, "ambiguous")
    assert [one["key"] for one in refused.error["candidates"]] == ["MA2022-1", "MA2023-1"]
    assert held("meeting show MA2023-1 --json").ok.json["title"] == "存车棚验收"
