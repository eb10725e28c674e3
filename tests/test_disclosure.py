"""What is to be published and when (R-71), what was and what is missing (R-72), objections (R-73), who saw what (R-85),
audits (R-75)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import laptops
from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import committee, paper
from zaoyuan_cli.book import disclosures, hanging
from zaoyuan_cli.book.hanging import Posting
from zaoyuan_cli.rules import disclosure

Q3_OVER = "2026-10-01T09:00:00+08:00"
DUE = "2026-10-15T09:00:00+08:00"
LATE = "2026-10-16T09:00:00+08:00"
BYLAW = """\
+++
by = "committee"
[[rule]]
name = "disclosure.shown_days"
value = "30"
article = "第一条"
+++
第一条 公示三十日。
"""
TITLES = {"管理规约/1": "bylaws", "存车棚管理办法/2": "other", "规范机动车停放管理办法/1": "parking"}
SIGNED = "--prepared 王桂兰 --checked 张建国 --chair 韩梅"


@pytest.fixture
@once
def wall(zaoyuan: Runner) -> Runner:
    """A committee of five that spent money in the third quarter of 2026."""
    committee(zaoyuan)
    zaoyuan("account opening 现金 500 --fund 工作经费", now="2026-07-01T09:00:00+08:00").ok  # noqa: B018
    zaoyuan("spend 60 打印纸 --fund 工作经费 --voucher 1 --yes", now="2026-08-20T09:00:00+08:00").ok  # noqa: B018
    return zaoyuan


def todo(wall: Runner, kind: str, now: str) -> list[dict[str, str]]:
    return [one for one in wall("report --json", now=now).ok.json["todo"] if one["kind"] == kind]


# ----


def test_r71_the_third_quarter_is_due_on_the_15th_of_october(wall: Runner) -> None:
    """From the end of the quarter its accounts stand in what to do, after the 15th as overdue, until they hang."""
    for now, state in ((Q3_OVER, "open"), (DUE, "open"), (LATE, "overdue")):
        (quarter,) = wall("disclosure list --json", now=now).ok.json["quarters"]
        assert (quarter["period"], quarter["due"], quarter["state"]) == ("2026-Q3", "2026-10-15", state)
        (one,) = todo(wall, "disclosure", now)
        assert one["due"] == "2026-10-15"
    assert "were not posted" in todo(wall, "disclosure", LATE)[0]["message"]
    posted = wall(f"notice post money --place 各单元门口 {SIGNED} --json", now=LATE).ok.json
    assert (posted["period"], posted["until"], posted["days"]) == ("2026-Q3", "2026-10-31", 15)
    (quarter,) = wall("disclosure list --json", now=LATE).ok.json["quarters"]
    assert (quarter["posted"], quarter["notice"], quarter["state"]) == ("2026-10-16", "NA2026-1", "late")
    assert todo(wall, "disclosure", LATE) == []


def test_r71_what_hangs_less_than_fifteen_days_is_warned_of_and_written(wall: Runner) -> None:
    short = wall(f"notice post 收支 --place 北门 --until 10-10 {SIGNED} --json", now=Q3_OVER).ok.json
    assert short["days"] == 9
    assert any("15" in one for one in short["warnings"])
    assert "warnings" not in wall(f"notice post 收支 --place 北门 {SIGNED} --json --yes", now=Q3_OVER).ok.json
    backwards = wall("notice post money --place 北门 --until 2026-09-01 --yes --json", now=Q3_OVER)
    assert (backwards.code, backwards.error["field"]) == (1, "until")
    assert wall("notice post money --yes --json", now=Q3_OVER).error["field"] == "place"


def test_r71_the_months_of_a_quarter_posted_one_by_one_are_the_quarter(wall: Runner) -> None:
    for month in ("2026-07", "2026-08"):
        wall(f"notice post money {month} --place 北门 {SIGNED}", now=Q3_OVER).ok  # noqa: B018
        assert wall("disclosure list --json", now=Q3_OVER).ok.json["quarters"][0]["state"] == "open"
    wall(f"notice post money 2026-09 --place 北门 {SIGNED}", now=DUE).ok  # noqa: B018
    (quarter,) = wall("disclosure list --json", now=DUE).ok.json["quarters"]
    assert (quarter["state"], quarter["posted"]) == ("posted", "2026-10-15")


def test_r71_the_days_are_a_rule_a_bylaw_may_set(wall: Runner) -> None:
    (wall.folder / "公示.md").write_text(BYLAW, encoding="utf-8")
    wall("bylaw add 公示办法 -f 公示.md", now=Q3_OVER).ok  # noqa: B018
    wall("decision add 通过公示办法 --body 业委会", now=Q3_OVER).ok  # noqa: B018
    wall("bylaw adopt 公示办法 --decision D1 --effective 2026-10-01 --yes", now=Q3_OVER).ok  # noqa: B018
    posted = wall(f"notice post money --place 北门 {SIGNED} --json", now=DUE).ok.json
    assert (posted["until"], posted["judged_by"]) == ("2026-11-14", "bylaw:公示办法/1")
    adopted = next(one["step"] for one in wall("log --json", now=DUE).ok.json["rows"] if one["verb"] == "bylaw adopt")
    assert wall(f"undo {adopted} --yes --json", now=DUE).error["code"] == "has_dependents"


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.integers(0, 1500))
def test_every_day_is_in_one_quarter_and_quarters_follow_each_other(first: date, later: int) -> None:
    spans = list(disclosure.quarters(first, first + timedelta(days=later)))
    assert all(one.last < first + timedelta(days=later) for one in spans)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(spans))
    assert disclosure.quarter(first).first <= first <= disclosure.quarter(first).last
    assert disclosure.quarter_before(first).last + timedelta(days=1) == disclosure.quarter(first).first


# ----


def test_r72_of_eight_things_to_be_published_those_never_posted_are_listed(wall: Runner) -> None:
    page = wall("disclosure list --json", now=Q3_OVER).ok.json
    assert [one["n"] for one in page["rows"]] == [*range(1, 9)]
    assert page["totals"] == {"items": 8, "missing": 8}
    wall(f"notice post money --place 北门 {SIGNED}", now=Q3_OVER).ok  # noqa: B018
    wall("notice post 合同 --place 北门 --until 2026-10-20", now=Q3_OVER).ok  # noqa: B018
    rows = {one["item"]: one for one in wall("disclosure list --json", now="2026-11-01T09:00:00+08:00").ok.json["rows"]}
    assert {item for item, one in rows.items() if one["state"] == "missing"} == {
        "bylaws", "decisions", "parking", "other",
    }  # fmt: skip
    assert (rows["contract"]["last"], rows["contract"]["state"]) == ("2026-10-01", "ended")
    assert rows["work-fund"]["notice"] == "NA2026-1"
    assert [one["state"] for one in wall("report --json", now=Q3_OVER).ok.json["disclosures"]["items"]].count(
        "missing"
    ) == 4


def test_r72_minutes_on_the_wall_publish_the_decisions_in_them(wall: Runner) -> None:
    paper(wall.folder)
    wall("minutes -f 会议.md", now=Q3_OVER).ok  # noqa: B018
    wall("meeting sign M1 韩梅 王桂兰 张建国 欧阳夏丹", now=Q3_OVER).ok  # noqa: B018
    wall("meeting post M1 --place 北门 --yes", now=Q3_OVER).ok  # noqa: B018
    rows = {one["item"]: one for one in wall("disclosure list --json", now=DUE).ok.json["rows"]}
    assert (rows["decisions"]["last"], rows["decisions"]["notice"]) == ("2026-10-01", "MA2026-1")
    wall("meeting withdraw M1 --reason 有误 --yes", now=DUE).ok  # noqa: B018
    rows = {one["item"]: one for one in wall("disclosure list --json", now=DUE).ok.json["rows"]}
    assert rows["decisions"]["state"] == "missing"


def test_r72_of_eight_things_to_be_kept_those_missing_are_listed(wall: Runner) -> None:
    rows = {one["item"]: one for one in wall("disclosure archive --json", now=LATE).ok.json["rows"]}
    assert [*rows] == [*disclosure.ARCHIVE]
    assert {item for item, one in rows.items() if one["count"]} == {"roster"}
    wall("opinion add 3-2-501 台阶太高", now=LATE).ok  # noqa: B018
    wall("decision add 买打印纸 --body 业委会", now=LATE).ok  # noqa: B018
    wall("body filed 业委会 --yes", now=LATE).ok  # noqa: B018
    page = wall("公开 archive --json", now=LATE).ok.json
    assert {one["item"] for one in page["rows"] if one["state"] == "missing"} == {
        "minutes", "bylaws", "accounts", "other",
    }  # fmt: skip
    assert page["totals"] == {"items": 8, "missing": 4}


# ----


def test_r73_a_sheet_of_money_is_signed_by_three(wall: Runner) -> None:
    said = wall("notice post money --place 北门 --prepared 王桂兰", now=Q3_OVER).ok.err
    assert "--checked" in said
    assert "--chair" in said
    wall(f"notice post money --place 北门 --witness 李秀英 {SIGNED} --yes", now=Q3_OVER).ok  # noqa: B018
    shown = wall("notice show N2 --json", now=Q3_OVER).ok.json
    assert [shown[key] for key in ("prepared", "checked", "signed", "witness", "by")] == [
        "王桂兰", "张建国", "韩梅", "李秀英", "韩梅",
    ]  # fmt: skip


def test_r73_an_objection_without_an_answer_is_listed_until_it_has_one(wall: Runner) -> None:
    wall(f"notice post money --place 北门 {SIGNED}", now=Q3_OVER).ok  # noqa: B018
    wall("opinion add 3-2-501 打印纸太贵 --topic NA2026-1 --via 书面", now=DUE).ok  # noqa: B018
    listed = wall("notice list --json", now=DUE).ok.json
    assert listed["totals"] == {"notices": 1, "objections": 1, "unanswered": 1}
    (one,) = todo(wall, "objection", DUE)
    assert one["command"] == "zaoyuan opinion show OA2026-1"
    wall("opinion answer O1 三家比价,附报价单 --by 王桂兰", now=DUE).ok  # noqa: B018
    (said,) = wall("notice show N1 --json", now=DUE).ok.json["objections"]
    assert (said["text"], said["state"], said["answer"]) == ("打印纸太贵", "answered", "三家比价,附报价单")
    assert todo(wall, "objection", DUE) == []
    assert wall("notice list --json", now=DUE).ok.json["totals"]["unanswered"] == 0


def test_r73_a_bylaw_says_when_an_objection_is_answered(wall: Runner) -> None:
    text = BYLAW.replace("disclosure.shown_days", "objection.days").replace('"30"', '"5"')
    (wall.folder / "异议.md").write_text(text, encoding="utf-8")
    wall("bylaw add 异议办法 -f 异议.md", now=Q3_OVER).ok  # noqa: B018
    wall("decision add 通过异议办法 --body 业委会", now=Q3_OVER).ok  # noqa: B018
    wall("bylaw adopt 异议办法 --decision D1 --effective 2026-10-01 --yes", now=Q3_OVER).ok  # noqa: B018
    wall(f"notice post money --place 北门 {SIGNED}", now=Q3_OVER).ok  # noqa: B018
    wall("opinion add 3-2-501 打印纸太贵 --topic NA2026-1", now=Q3_OVER).ok  # noqa: B018
    assert todo(wall, "objection", DUE)[0]["due"] == "2026-10-06"
    assert wall("notice show N1 --json", now=DUE).ok.json["objections"][0]["state"] == "overdue"


def test_what_was_taken_down_is_published_no_more(wall: Runner) -> None:
    wall(f"notice post money --place 北门 {SIGNED}", now=Q3_OVER).ok  # noqa: B018
    assert wall("notice withdraw N1 --yes", now=DUE).code == 2
    assert wall("notice withdraw N1 --reason 金额有误", now=DUE).code == 2  # nobody says yes
    wall("notice withdraw N1 --reason 金额有误 --yes", now=DUE).ok  # noqa: B018
    again = wall("notice withdraw N1 --reason 金额有误 --yes --json", now=DUE)
    assert (again.code, again.error["field"]) == (1, "notice")
    assert wall("disclosure list --json", now=LATE).ok.json["quarters"][0]["state"] == "overdue"
    assert wall("notice show N1 --json", now=LATE).ok.json["reason"] == "金额有误"
    wall("undo --yes", now=LATE).ok  # noqa: B018
    assert wall("disclosure list --json", now=LATE).ok.json["quarters"][0]["state"] == "posted"


def test_a_photo_of_the_wall_is_kept_and_papers_are_found(wall: Runner) -> None:
    photo = wall.folder / "墙.txt"
    photo.write_text("照片", encoding="utf-8")
    wall(["notice", "post", "other", "--title", "停水通知", "--place", "各单元门口", "-f", str(photo)], now=DUE).ok  # noqa: B018
    assert wall("notice show N1 --json", now=DUE).ok.json["attachments"] == 1
    assert [one["ref"] for one in wall("find 停水通知 --json", now=DUE).ok.json["rows"]] == ["NA2026-1"]
    assert wall("check", now=DUE).ok.out == ""
    step = wall("log --json --limit 1", now=DUE).ok.json["rows"][0]["step"]
    assert wall(f"undo {step} --yes --json", now=DUE).error["code"] == "refused"
    assert wall("notice post other --place 北门 --json", now=DUE).ok.json["notice"] == "NA2026-2"


def test_two_laptops_post_the_same_quarter(tmp_path: Path) -> None:
    first, second = laptops.pair(tmp_path)
    laptops.do(first, laptops.pay)
    laptops.merge(second, first)
    for laptop in (first, second):
        laptops.do(
            laptop,
            lambda book: hanging.post(book, Posting("money", "", "北门", date(2022, 7, 1), period="2022-Q2")),
        )
    laptops.merge(first, second)
    laptops.merge(second, first)
    assert laptops.picture(first) == laptops.picture(second)
    (quarter,) = laptops.do(first, lambda book: disclosures.calendar(book.db, date(2022, 7, 2)))
    assert (quarter.notice, quarter.state) == ("NA2022-1", "posted")
    assert laptops.conflicts_of(first) == []


# ----


def test_r85_who_saw_which_record_stands_in_the_archive(wall: Runner) -> None:
    wall("inspection add 3-2-501 2026年收支账目 --reason 核对打印纸 --by 张建国", now=DUE).ok  # noqa: B018
    assert wall(["inspection", "add", "3-2-501", " ", "--json"], now=DUE).error["field"] == "text"
    (row,) = wall("inspection list --json", now=DUE).ok.json["rows"]
    assert row == {
        "date": "2026-10-15", "who": "王桂兰", "what": "2026年收支账目", "reason": "核对打印纸", "by": "张建国",
    }  # fmt: skip
    assert wall("disclosure archive --json", now=DUE).ok.json["inspections"] == [row]
    assert "2026年收支账目" in wall("公开 archive", now=DUE, lang="zh").ok.out
    wall("undo --yes", now=DUE).ok  # noqa: B018
    assert wall("查阅 list --json", now=DUE).ok.json["totals"] == {"inspections": 0}
    wall("redo --yes", now=DUE).ok  # noqa: B018
    wall("person add 何秀英", now=DUE).ok  # noqa: B018
    wall("inspection add 何秀英 会议记录", now=DUE).ok  # noqa: B018
    wall("person erase 何秀英 --confirm 何秀英 --yes", now=DUE).ok  # noqa: B018
    rows = wall("inspection list --json", now=DUE).ok.json["rows"]
    assert [(one["who"], one["what"]) for one in rows] == [("王桂兰", "2026年收支账目"), ("〔已删除〕", "〔已删除〕")]


def test_r75_the_books_are_audited_every_year_and_at_the_end_of_a_term(wall: Runner) -> None:
    """The committee of 2020 sits until the end of 2024 by law; its first money moved in August 2026."""
    assert [one["kind"] for one in todo(wall, "audit_year", "2027-08-19T09:00:00+08:00")] == []
    wall("body edit 业委会 --until 2029-12-31 --yes", now=DUE).ok  # noqa: B018
    assert len(todo(wall, "audit_term", DUE)) == 1  # a term runs no longer than the law has it
    wall("body audited 业委会 -d 2026-10-15", now=DUE).ok  # noqa: B018
    assert todo(wall, "audit_term", DUE) == []
    assert todo(wall, "audit_year", "2027-10-14T09:00:00+08:00") == []
    (one,) = todo(wall, "audit_year", "2027-10-16T09:00:00+08:00")
    assert "2026-10-15" in one["message"]


def test_a_bylaw_ticks_off_what_its_title_names() -> None:
    """R-72: the first item is the owners' agreement and the rules of procedure, and no bylaw beside them."""
    assert {title: disclosure.shows("bylaw", title) for title in TITLES} == {one: (of,) for one, of in TITLES.items()}
