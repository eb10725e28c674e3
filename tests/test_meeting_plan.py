"""Meetings to come: their notice and its last lawful day, who asked for them, who came and for whom."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.secretary import MEMBERS, PAPER, committee, paper
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules import clock
from zaoyuan_cli.rules import meetings as rules

LATE = "2026-11-24T12:00:00+08:00"


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    committee(zaoyuan)
    return zaoyuan


def plan(book: Runner, line: str, **where: Any) -> Any:
    return book(f"meeting plan {line} --json", **where).ok.json


# ---- the notice


@pytest.mark.parametrize(("posted", "lawful", "days"), [("2026-11-24", True, 7), ("2026-11-25", False, 6)])
def test_a_committee_announces_seven_days_before(book: Runner, posted: str, lawful: bool, days: int) -> None:
    """R-35: meeting 12-01, posted 11-24 ok, 11-25 late; it is written all the same."""
    made = plan(book, f"例会 --body 业委会 -d 2026-12-01 --posted {posted}", now=LATE)
    assert made["meeting"] == "MA2026-1"
    notice = {key: made["notice"][key] for key in rules.Notice._fields}
    assert notice == {
        "lawful": lawful, "days": days, "required": 7, "last_lawful_posting": "2026-11-24",
        "earliest_lawful_meeting": "2026-12-01" if lawful else "2026-12-02",
    }  # fmt: skip
    assert bool(made.get("warnings")) is not lawful
    assert [row["meeting"] for row in book("meeting list --json").ok.json["rows"]] == ["MA2026-1"]


@pytest.mark.parametrize(("day", "lawful"), [("2026-12-09", True), ("2026-12-08", False)])
def test_an_assembly_is_announced_fifteen_days_before(book: Runner, day: str, lawful: bool) -> None:
    """R-20: notice 2026-11-24, meeting 12-09 ok, 12-08 a warning; the residents' committee is told."""
    made = plan(book, f"业主大会会议 --body 业主大会 -d {day} --posted 2026-11-24", now=LATE)
    assert (made["notice"]["lawful"], made["notice"]["required"]) == (lawful, 15)
    assert made["notice"]["earliest_lawful_meeting"] == "2026-12-09"
    said = book(f"meeting plan 第二次 --body 业主大会 -d {day} --posted 2026-11-24", now=LATE).ok
    assert "residents' committee" in said.out
    assert ("物业管理条例" in said.err) is not lawful


def test_without_a_posting_the_days_count_from_today(book: Runner) -> None:
    """Computed on reading: the same meeting is in time today and late tomorrow."""
    made = plan(book, "例会 -d 2022-06-07 --agenda 电价")
    assert (made["notice"]["lawful"], made["notice"]["days"], made["notice"]["posted"]) == (True, 7, None)
    later = book("meeting show M1 --json", now="2022-06-01T08:00:00+08:00").ok.json["notice"]
    assert (later["lawful"], later["days"], later["earliest_lawful_meeting"]) == (False, 6, "2022-06-08")
    posted = book("meeting post M1 --place 公告栏 --json").ok.json["notice"]
    assert (posted["lawful"], posted["posted"], posted["place"]) == (True, "2022-05-31", "公告栏")
    later = book("meeting show M1 --json", now="2022-06-01T08:00:00+08:00").ok.json["notice"]
    assert (later["lawful"], later["days"]) == (True, 7)


def test_the_rule_of_a_notice_is_named_with_its_version(book: Runner) -> None:
    notice = plan(book, "例会 -d 2022-06-07 --posted 5-31")["notice"]
    assert (notice["rule"], notice["judged_by"]) == ("committee.notice_days", "law:2010-01-01")


def test_a_branch_has_no_days_by_law(book: Runner) -> None:
    assert book("body add 业委会党支部 --kind branch --yes").ok
    made = plan(book, "支部会议 --body 党支部 -d 2022-06-01")
    assert (made["notice"]["required"], made["notice"]["lawful"], made["notice"]["rule"]) == (0, True, None)
    assert "warnings" not in made


def test_an_emergency_has_a_reason(book: Runner) -> None:
    """R-35: late is late, and the reason stands beside it."""
    refused = book("meeting plan 抢修 -d 6-2 --emergency ' ' --json")
    assert (refused.code, refused.error["field"]) == (2, "emergency")
    made = plan(book, "抢修 -d 6-2 --emergency 水管爆裂 --agenda 抢修")
    assert (made["emergency"], made["notice"]["lawful"]) == ("水管爆裂", False)
    assert "水管爆裂" in made["warnings"][-1]
    assert "水管爆裂" in book("meeting show M1").ok.out


def test_a_notice_after_the_meeting_is_refused(book: Runner) -> None:
    refused = book("meeting plan 例会 -d 6-7 --posted 6-8 --json")
    assert (refused.code, refused.error["field"]) == (1, "posted")
    assert book("meeting plan 例会 --json").error["field"] == "date"
    assert book("meeting plan ' ' -d 6-7 --json").error["field"] == "title"
    assert book("meeting list --json").ok.json["rows"] == []


def test_a_meeting_planned_twice_is_refused(book: Runner) -> None:
    plan(book, "例会 -d 6-10")
    refused = book("meeting plan 例会 -d 6-10 --json")
    assert (refused.code, refused.error["value"]) == (1, "MA2022-1")
    assert book("meeting cancel M1 --reason 停电").ok
    assert plan(book, "例会 -d 6-10")["meeting"] == "MA2022-2"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-5, 60), st.integers(0, 30))
def test_the_last_lawful_day_is_the_last(day: date, before: int, required: int) -> None:
    posted = date.fromordinal(day.toordinal() - before)
    one = rules.notice(day, posted, required)
    assert one.lawful is (posted <= one.last_lawful_posting) is (day >= one.earliest_lawful_meeting)
    assert rules.notice(day, one.last_lawful_posting, required).days == required


# ---- changes


def test_before_the_notice_everything_may_change(book: Runner) -> None:
    plan(book, "例会 -d 6-10 --agenda 电价")
    said = book("meeting edit M1 -d 6-12 --place 议事亭 --title 六月例会 --agenda 电价 --agenda 门卫 --json").ok.json
    assert (said["date"], said["place"], said["title"]) == ("2022-06-12", "议事亭", "六月例会")
    assert [item["text"] for item in said["agenda"]] == ["电价", "门卫"]
    assert "warnings" not in said
    assert book("meeting edit M1 --json").error["code"] == "usage"
    assert [hit["ref"] for hit in book("find 门卫 --json").ok.json["rows"]] == ["MA2022-1"]


def test_after_the_notice_a_committee_is_warned(book: Runner) -> None:
    """R-19: what was not announced is marked; another day asks for another notice."""
    plan(book, "例会 -d 6-10 --posted 5-31 --agenda 电价")
    said = book("meeting edit M1 --agenda 电价 --agenda 门卫 --json").ok.json
    assert [(item["text"], item["announced"]) for item in said["agenda"]] == [("电价", True), ("门卫", False)]
    assert "2022-05-31" in said["warnings"][0]
    moved = book("meeting edit M1 -d 6-14 --json").ok.json
    assert (moved["notice"]["posted"], moved["notice"]["days"]) == (None, 14)
    assert "not on the notice" not in book("meeting show M1").ok.out
    again = book("meeting post M1 --json").ok.json
    assert (again["notice"]["days"], [item["announced"] for item in again["agenda"]]) == (14, [True, True])


def test_after_the_notice_an_assembly_takes_no_item(book: Runner) -> None:
    """R-19: add an item after the notice → refused."""
    plan(book, "大会 --body 业主大会 -d 6-20 --posted 5-31 --agenda 选举")
    refused = book("meeting edit M1 --agenda 选举 --agenda 车位 --json")
    assert (refused.code, refused.error["field"], refused.error["value"]) == (1, "agenda", "车位")
    assert book("meeting edit M1 --place 广场 --json").ok.json["place"] == "广场"


def test_a_meeting_has_a_time_of_day(book: Runner) -> None:
    """It is on the notice at the door with the day of the week, and what hangs is out of date once it is moved."""
    book.lang = "zh"
    assert plan(book, "例会 -d 6-6 --time 晚上7点半 --place 议事亭 --agenda 电价")["time"] == "19:30"
    assert "定于2022年6月6日（星期一）19:30在议事亭召开" in book("notice meeting M1").ok.out
    for line in ("meeting show M1", "report", "status"):
        assert "2022-06-06（星期一）19:30" in book(line).ok.out, line
    assert book("notice meeting M1 --json").ok.json["time"] == "19:30"
    assert book("notice post meeting M1 --place 公告栏 --yes").ok
    todo = [one for one in book("report --json").ok.json["todo"] if one["kind"] == "outdated"]
    assert todo == []
    refused = book("meeting edit M1 --time 25:00 --json")
    assert (refused.code, refused.error["field"]) == (2, "time")
    moved = book("meeting edit M1 --time 下午3点 --place 老年活动室 --json").ok.json
    assert (moved["time"], moved["notice"]["days"], len(moved["warnings"])) == ("15:00", 6, 2), "the day is judged"
    (todo,) = [one for one in book("report --json").ok.json["todo"] if one["kind"] == "outdated"]
    assert "地点、时间" in todo["message"]
    assert [row["time"] for row in book("meeting list --json").ok.json["rows"]] == ["15:00"]
    assert book("undo --yes").ok
    assert not [one for one in book("report --json").ok.json["todo"] if one["kind"] == "outdated"]
    assert book("meeting attend M1 韩梅").ok
    assert "2022-06-06  19:30" in book("meeting print M1").ok.out
    assert book("meeting edit M1 --time 20:00 --json", now="2022-06-07T08:00:00+08:00").error["field"] == "meeting"


def test_a_cancelled_meeting_stays_on_the_list(book: Runner) -> None:
    plan(book, "例会 -d 6-10")
    assert book("meeting cancel M1 --json").error["field"] == "reason"
    assert book("meeting cancel M1 --reason 停电 --json").ok.json == {
        "meeting": "MA2022-1", "state": "cancelled", "reason": "停电",
    }  # fmt: skip
    for line in ("edit M1 --place 院内", "post M1", "cancel M1 --reason 又停电", "attend M1 韩梅"):
        assert book(f"meeting {line} --json").error["code"] == "refused", line
    assert book("motion add M1 换锁 --json").error["field"] == "meeting"
    shown = book("meeting show M1 --json").ok.json
    assert (shown["state"], shown["reason"]) == ("cancelled", "停电")
    assert book("undo --yes").ok
    assert book("meeting show M1 --json").ok.json["state"] == "planned"


def test_the_list_has_the_next_first(book: Runner) -> None:
    assert book(f"meeting add -f {paper(book.folder)}").ok
    for line in ("七月例会 -d 7-10", "六月例会 -d 6-10", "停开的 -d 6-1"):
        plan(book, line)
    assert book("meeting cancel M4 --reason 停电").ok
    rows = book("meeting list --json").ok.json
    assert [(row["meeting"], row["state"]) for row in rows["rows"]] == [
        ("MA2022-3", "planned"), ("MA2022-2", "planned"), ("MA2022-4", "cancelled"), ("MA2022-1", "held"),
    ]  # fmt: skip
    assert (rows["totals"]["planned"], rows["totals"]["held"]) == (2, 1)
    before = book("meeting list --as-of 2022-05-29 --json").ok.json["rows"]
    assert [row["meeting"] for row in before] == ["MA2022-1"], "nobody had planned anything by then"


def test_two_laptops_move_one_meeting(book: Runner) -> None:
    """Two edits of one field: the last one counts on both, and a person looks at it. Two notices both went up."""
    plan(book, "例会 -d 6-20 --agenda 电价")
    copy = book.folder / "b.db"
    shutil.copyfile(book.book, copy)
    other: dict[str, Any] = {"home": book.folder / "home-b", "book": copy}
    assert book("--who 王桂兰 device add", **other).ok
    assert book("meeting edit M1 -d 6-21").ok
    assert book("meeting edit M1 -d 6-22", **other).ok
    assert book("meeting post M1 --place 北门").ok
    assert book("meeting post M1 --place 南门", **other).ok
    assert book(f"merge {copy}").ok
    assert book(f"merge {book.book}", **other).ok
    shown = book("meeting show M1 --json").ok.json
    assert shown == book("meeting show M1 --json", **other).ok.json
    assert (shown["date"], shown["notice"]["place"], shown["notice"]["days"]) == ("2022-06-22", "南门", 22)
    ((conflict),) = book("conflict list --json").ok.json["rows"]
    assert conflict["kind"] == "edits"
    assert book(f"conflict settle {conflict['key']}").ok
    assert book("check").code == 0


# ---- who asked for it


def test_a_third_of_the_members_call_a_meeting_within_seven_days(book: Runner) -> None:
    """R-34: 2 of 5 → due date +7."""
    made = plan(book, "特别会议 -d 2026-12-01 --called-by 王桂兰,张建国", now=LATE)
    assert made["called"] == {
        "by": ["王桂兰", "张建国"], "date": "2026-11-24", "members": 5, "enough": True, "due": "2026-12-01",
    }  # fmt: skip
    late = plan(book, "另一次 -d 2026-12-02 --called-by 王桂兰,张建国 --called 2026-11-24", now=LATE)
    assert "2026-12-01" in late["warnings"][-1]
    one = plan(book, "第三次 -d 2026-12-09 --called-by 王桂兰", now=LATE)
    assert one["called"]["enough"] is False
    assert "less than a third" in one["warnings"][-1]
    kinds = [(item["kind"], item["due"]) for item in book("report --json", now=LATE).ok.json["todo"]]
    assert ("called", "2026-12-01") in kinds


@pytest.mark.parametrize(("callers", "members", "enough"), [(2, 5, True), (1, 5, False), (2, 6, True), (0, 0, False)])
def test_a_third_is_a_third(callers: int, members: int, enough: bool) -> None:
    assert rules.called(callers, members) is enough


# ---- planned and held is one meeting


def test_the_minutes_of_a_planned_meeting_are_its_own(book: Runner) -> None:
    plan(book, "存车棚改造 -d 2022-05-28 --posted 2022-05-20 --agenda 台阶高度")
    kept = book(f"meeting add -f {paper(book.folder)} --json").ok.json
    assert kept["meeting"] == "MA2022-1"
    shown = book("meeting show M1 --json").ok.json
    assert (shown["state"], shown["present"], shown["notice"]["lawful"]) == ("held", 4, True)
    assert len(shown["items"]) == 2
    assert book(f"meeting add -f {paper(book.folder)} --json").code == 2, "a second paper of it asks first"
    assert book("undo --yes").ok
    assert book("meeting show M1 --json").ok.json["state"] == "planned"
    assert book("redo --yes").ok
    assert len(book("meeting list --json").ok.json["rows"]) == 1


def test_minutes_under_another_title_and_after_the_attendance(book: Runner) -> None:
    plan(book, "五月例会 -d 2022-05-28")
    assert book("meeting attend M1 李秀英").ok
    kept = book(f"minutes -f {paper(book.folder)} --json").ok.json
    assert (kept["meeting"], "五月例会" in kept["warnings"][0]) == ("MA2022-1", True)
    assert book("meeting show M1 --json").ok.json["present"] == 5
    text = PAPER.replace("2022-05-28", "2022-05-29").replace("paper = ", "# ")
    assert book(f"minutes -f {paper(book.folder, text)} --json").ok.json["meeting"] == "MA2022-2"


def test_the_plan_rests_under_what_was_said_there(book: Runner) -> None:
    plan(book, "例会 -d 5-31")
    assert book("meeting attend M1 韩梅").ok
    planned = next(row["step"] for row in book("log --json").ok.json["rows"] if row["verb"] == "meeting plan")
    refused = book(f"undo {planned} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "meeting attend" in refused.error["candidates"][0]["label"]


# ---- what is left, what is due


def test_what_earlier_meetings_left_is_proposed(book: Runner) -> None:
    assert book(f"meeting add -f {paper(book.folder)}").ok
    assert book("motion add M1 换门锁").ok
    made = plan(book, "例会 -d 6-10")
    assert [one["task"] for one in made["carried"]["tasks"]] == ["TA2022-2", "TA2022-1"]
    assert made["carried"]["motions"] == [{"motion": "MA2022-1-1", "text": "换门锁"}]
    assert "换门锁" in book("meeting show M2").ok.out
    next_one = book("report --json").ok.json["next_meeting"]
    assert (next_one["meeting"], next_one["notice"]["last_lawful_posting"]) == ("MA2022-2", "2022-06-03")
    assert len(next_one["carried"]["tasks"]) == 2
    assert "换门锁" in book("report").ok.out


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ("2022-05-31", set()),
        ("2022-06-10", {"notice"}),  # the last lawful day, 06-13, is near
        ("2022-06-14", {"notice", "meeting"}),  # it is over
        ("2022-06-21", {"meeting"}),  # was it held?
    ],
)
def test_a_notice_that_is_due_stands_in_what_is_to_do(book: Runner, now: str, kinds: set[str]) -> None:
    plan(book, "例会 -d 6-20")
    found = book("report --json", now=f"{now}T09:00:00+08:00").ok.json["todo"]
    mine = [item for item in found if item["command"].endswith("MA2022-1")]
    assert {item["kind"] for item in mine} == kinds
    assert book("meeting attend M1 韩梅").ok
    found = book("report --json", now="2022-06-21T09:00:00+08:00").ok.json["todo"]
    assert not [item for item in found if item["command"].endswith("MA2022-1")]


def test_a_report_without_a_meeting_says_how_to_plan_one(book: Runner) -> None:
    assert book("report --json").ok.json["next_meeting"] is None
    assert "zaoyuan meeting plan" in book("report").ok.out


@pytest.mark.parametrize(
    ("decided", "target", "last"),
    [("2026-11-25", "2026-11-28", "2026-11-30"), ("2026-11-24", "2026-11-27", "2026-11-27")],
)
def test_three_days_that_end_on_a_weekend(decided: str, target: str, last: str) -> None:
    """R-37: decided Wed 11-25: target Sat 11-28, last Mon 11-30."""
    found = rules.deadline(date.fromisoformat(decided), 3)
    assert (found.target.isoformat(), found.last.isoformat()) == (target, last)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:30", "19:30"), ("19：30", "19:30"), ("8:5", "08:05"), ("20点", "20:00"), ("８：０５", "08:05"),
        ("19点半", "19:30"), ("晚上7点半", "19:30"), ("下午3点", "15:00"), ("7:30pm", "19:30"), ("7 p.m.", "19:00"),
        ("12:10am", "00:10"), ("中午12点一刻", "12:15"), ("早上八点零五分", "08:05"), ("19时30分", "19:30"),
        ("晚上19:30", "19:30"),
    ],
)  # fmt: skip
def test_times_of_day(text: str, time: str) -> None:
    assert clock.read(text, "late") == time


@pytest.mark.parametrize(
    "text", ["24:00", "19:60", "晚上", "", "19", "晚上7", "晚上12点", "上午3点", "下午8点pm", "7点半分"]
)
def test_no_times_of_day(text: str) -> None:
    with pytest.raises(Unreadable):
        clock.read(text, "late")


def test_everything_has_its_chinese(book: Runner) -> None:
    """A meeting planned late, posted, attended and shown, at a screen of eighty columns."""
    book.lang = "zh"
    late = book("会议 plan 例会 -d 6-3 --agenda 电价 --called-by 王桂兰", screen=80).ok
    assert "公告" in late.err
    for line in ("meeting post M1", "meeting attend M1 韩梅", "meeting show M1", "meeting list", "report", "status"):
        page = book(line, screen=80).ok
        for word in ("notice", "Agenda", "members", "quorum", "planned"):
            assert word not in page.out + page.err, line
    assert MEMBERS[0] in book("meeting show M1").ok.out


@pytest.mark.parametrize(
    ("owners", "short", "enough"), [(30, 0, True), (29, 0, False), (30, 1, False)]
)  # 30 of 150 persons and 2,320.00 of 11,600.00 m2; a person less; 0.01 m2 less
def test_r27_a_fifth_of_the_owners_by_persons_and_by_area_call_an_assembly(
    zaoyuan: Runner, owners: int, short: int, enough: bool
) -> None:
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    areas = [7733 for _n in range(30)]
    areas[0] += 2_320_00 - sum(areas) - short
    rest = [(11_600_00 - sum(areas)) // 120] * 120
    rest[0] += 11_600_00 - sum(areas) - sum(rest)
    lines = ["房号,业主,建筑面积,面积来源"]
    for n, area in enumerate([*areas, *rest]):
        lines.append(f"{n // 30 + 1}-1-{n % 30 // 2 + 1}0{n % 2 + 1},业主{n:03},{area // 100}.{area % 100:02},登记")
    (zaoyuan.folder / "roll.csv").write_text("\n".join(lines), encoding="utf-8")
    zaoyuan(["import", "households", str(zaoyuan.folder / "roll.csv"), "--yes"]).ok  # noqa: B018
    who = ",".join(f"业主{n:03}" for n in range(owners))
    line = f"meeting plan 临时会议 --body 业主大会 -d 2022-06-30 --posted 2022-05-31 --called-by {who} --yes --json"
    made = zaoyuan(line).ok.json
    assert (made["called"]["count"], made["called"]["members"], made["called"]["of_area"]) == (owners, 150, "11600.00")
    assert made["called"]["enough"] is enough
    assert bool(made.get("warnings")) is not enough
