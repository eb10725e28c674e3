"""Opinions, letters and seals: what came, what was answered, what nobody allowed (R-95, R-96)."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.secretary import committee


@pytest.fixture
def yard(zaoyuan: Runner) -> Runner:
    """A committee of five; 王桂兰 lives in 3-2-501."""
    committee(zaoyuan)
    return zaoyuan


def test_an_opinion_at_the_door_is_written_down_and_answered(yard: Runner) -> None:
    said = yard("opinion add 3-2-501 台阶太高,推车上不去 --topic 车棚台阶 --via 上门 --json").ok.json
    assert (said["opinion"], said["room"], said["via"], said["state"]) == ("OA2022-1", "3-2-501", "visit", "open")
    assert said["due"] == "2022-06-15"
    yard("opinion answer O1 按试走结果放缓 --by 韩梅").ok  # noqa: B018
    shown = yard("opinion show O1 --json").ok.json
    assert (shown["state"], shown["answer"], shown["answers"][0]["by"]) == ("answered", "按试走结果放缓", "韩梅")
    assert yard("opinion list --open --json").ok.json["totals"] == {"opinions": 0, "open": 0, "overdue": 0}


def test_r96_what_is_not_answered_in_time_is_listed_with_its_day(yard: Runner) -> None:
    yard("opinion add 张建国 夜里照明太暗 --via 微信", now="2022-05-01T09:00:00+08:00").ok  # noqa: B018
    yard("letter add 请求查看2021年账目 --from 李律师 --due 5-20", now="2022-05-10T09:00:00+08:00").ok  # noqa: B018
    yard("letter add 申请修北门路灯 --to 社区居委会").ok  # noqa: B018
    (late,) = yard("opinion list --json").ok.json["rows"]
    assert (late["who"], late["state"], late["days"]) == ("张建国", "overdue", 30)
    letters = yard("letter list --json").ok.json
    assert [(one["way"], one["state"]) for one in letters["rows"]] == [("in", "overdue"), ("out", "done")]
    report = yard("report --json").ok.json
    assert [one["number"] for one in (*report["opinions"], *report["letters"])] == ["OA2022-1", "LA2022-1"]
    todo = {one["kind"]: one for one in report["todo"]}
    assert todo["opinion"]["due"] == "2022-05-16"
    assert todo["letter"]["command"] == "zaoyuan letter show LA2022-1"
    before = yard("letter list --as-of 2022-05-15 --json").ok.json["rows"]
    assert [(one["letter"], one["state"]) for one in before] == [("LA2022-1", "open")]


def test_closing_without_an_answer_wants_a_reason(yard: Runner) -> None:
    yard("opinion add 3-2-501 门岗太吵").ok  # noqa: B018
    refused = yard("opinion close O1 --json")
    assert (refused.code, refused.error["field"]) == (2, "reason")
    yard("opinion close O1 --reason 本人收回").ok  # noqa: B018
    again = yard("opinion answer O1 已处理 --json")
    assert (again.code, again.error["field"]) == (1, "opinion")
    assert yard("opinion show O1 --json").ok.json["reason"] == "本人收回"


def test_a_letter_is_either_in_or_out(yard: Runner) -> None:
    for line in ("letter add 查账", "letter add 查账 --from 甲 --to 乙"):
        assert yard(f"{line} --json").code == 2
    assert yard("letter list --json").ok.json["rows"] == []


def test_the_scan_of_a_letter_is_kept(yard: Runner) -> None:
    (yard.folder / "函.txt").write_text("来函", encoding="utf-8")
    yard(["letter", "add", "查账", "--from", "张建国", "-f", str(yard.folder / "函.txt")]).ok  # noqa: B018
    assert yard("letter show L1 --json").ok.json["letter"] == "LA2022-1"
    assert yard("check").ok.out == ""


def test_r95_a_seal_without_leave_stands_in_what_to_do_until_somebody_allows_it(yard: Runner) -> None:
    alone = yard("seal add 施工合同 --kind 合同 --copies 2")
    assert "--approved" in alone.ok.err
    yard("decision add 与施工队签约 --body 业委会 -d 2022-05-20").ok  # noqa: B018
    yard("seal add 施工合同补充 --kind 合同 --decision D1").ok  # noqa: B018
    listed = yard("seal list --since 2022-01-01 --until 2022-06-30 --json").ok.json
    assert [(one["seal"], one["state"]) for one in listed["rows"]] == [("SA2022-1", "open"), ("SA2022-2", "approved")]
    assert listed["totals"] == {"seals": 2, "copies": 3, "open": 1}
    assert "seal" in {one["kind"] for one in yard("report --json").ok.json["todo"]}
    yard("seal approve S1 --approved 王桂兰,张建国").ok  # noqa: B018
    assert yard("seal show S1 --json").ok.json["approved_by"] == ["王桂兰", "张建国"]
    assert "seal" not in {one["kind"] for one in yard("report --json").ok.json["todo"]}


def test_they_are_found_undone_and_told_in_chinese(yard: Runner) -> None:
    yard("opinion add 3-2-501 台阶太高").ok  # noqa: B018
    yard("letter add 台阶设计 --from 设计院").ok  # noqa: B018
    yard("seal add 台阶合同 --approved 韩梅").ok  # noqa: B018
    assert {row["noun"] for row in yard("find 台阶 --json").ok.json["rows"]} == {"opinion", "letter", "seal"}
    assert yard("意见 list", lang="zh").ok.out.splitlines()[0].split() == [
        "编号", "日期", "房号", "提出人", "主题", "意见", "状态", "天数", "答复"
    ]  # fmt: skip
    yard("undo --yes").ok  # noqa: B018
    assert yard("seal list --json").ok.json["rows"] == []
    assert yard("seal show S1 --json").error["code"] == "not_found"
