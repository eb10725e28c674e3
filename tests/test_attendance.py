"""Who was there: a quorum of members or of owners, seats of the day, written proxies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Runner
from tests.secretary import committee


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    committee(zaoyuan)
    return zaoyuan


def plan(book: Runner, line: str, **where: Any) -> Any:
    return book(f"meeting plan {line} --json", **where).ok.json


def test_attendance_says_whether_there_is_a_quorum(book: Runner) -> None:
    """R-31: of five seats two may talk and record, three can decide."""
    plan(book, "例会 -d 5-31")
    two = book("meeting attend M1 韩梅 王桂兰 --json").ok.json
    assert (two["present"], two["members"], two["quorum"]) == (2, 5, False)
    assert "cannot decide" in book("meeting attend M1 王桂兰").ok.out
    three = book("meeting attend M1 张建国 --late 19:30 --json").ok.json
    assert (three["present"], three["members"], three["quorum"], three["rule"]) == (3, 5, True, "committee.quorum")
    assert book("meeting attend M1 张建国 --left 20点40分").ok
    shown = book("meeting show M1 --json").ok.json
    assert shown["times"] == [{"name": "张建国", "late": None, "left": "20:40"}], "the last note counts"
    assert (shown["state"], shown["absent"]) == ("held", ["欧阳夏丹", "李秀英"])
    assert book("meeting attend M1 韩梅 --late 25:00 --json").error["field"] == "late"


def test_a_seat_is_of_the_day_of_the_meeting(book: Runner) -> None:
    assert book("role end 李秀英 委员 -d 2022-05-01").ok
    assert book("person add 赵强 --yes").ok
    plan(book, "例会 -d 5-31")
    said = book("meeting attend M1 韩梅 王桂兰 赵强 --json").ok.json
    assert (said["present"], said["members"], said["quorum"]) == (2, 4, False)
    assert "赵强" in said["warnings"][0]
    assert book("meeting show M1 --json").ok.json["guests"] == ["赵强"]


def test_no_member_sends_a_proxy(book: Runner) -> None:
    """R-33."""
    plan(book, "例会 -d 5-31")
    refused = book("meeting attend M1 韩梅 --for 王桂兰 --scope 全部 --signed 5-30 --json")
    assert (refused.code, refused.error["field"], refused.error["value"]) == (1, "for", "王桂兰")
    assert "不能委托代理人" in refused.error["hint"]
    assert book("meeting show M1 --json").ok.json["present"] == 0


@pytest.fixture
def assembly(book: Runner) -> Runner:
    """Three owners with 100 m2 each; an assembly on 06-20, another was on 05-20."""
    for room, owner in (("3-2-502", "张建国"), ("3-2-601", "李秀英")):
        assert book(f"household add {room} --owner {owner} --area 100").ok
    assert book("household edit 3-2-501 --area 100").ok
    for line in ("上次 -d 2022-05-20", "大会 -d 2022-06-20"):
        plan(book, f"{line} --body 业主大会 --agenda 选举")
    assert book("meeting attend M1 张建国").ok
    return book


def test_owners_send_written_proxies(assembly: Runner) -> None:
    """R-22: with scope and date, and the holder named; a quorum is one by persons and by area (民法典 278)."""
    first = assembly("meeting attend M2 张建国 --json").ok.json
    assert (first["present"], first["members"], first["quorum"]) == (1, 3, False)
    said = assembly("meeting attend M2 韩梅 --for 王桂兰 --scope 选举 --signed 5-31 --json").ok.json
    assert (said["present"], said["members"], said["quorum"], said["rule"]) == (2, 3, True, "vote.took_part")
    shown = assembly("meeting show M2 --json").ok.json["proxies"]
    assert shown == [{"owner": "王桂兰", "holder": "韩梅", "signed": "2022-05-31", "until": None, "scope": "选举"}]


@pytest.mark.parametrize(
    ("paper_of", "field"),
    [
        ("--for 李秀英 --scope 选举 --signed 5-10", "signed"),  # the assembly of 05-20 was its meeting
        ("--for 李秀英 --scope M1 --signed 5-31", "scope"),  # another meeting
        ("--for 李秀英 --scope 选举 --signed 5-10 --until 5-30", "until"),  # over
        ("--for 欧阳夏丹 --scope 选举 --signed 5-31", "for"),  # no owner
        ("--for 张建国 --scope 选举 --signed 5-31", "for"),  # there in person
        ("--for 王桂兰 --scope 选举 --signed 5-31", "for"),  # has a proxy already
        ("--for 李秀英 --scope 选举", "signed"),
        ("--for 李秀英 --signed 5-31", "scope"),
        ("--scope 选举 --signed 5-31", "for"),
    ],
)
def test_a_proxy_that_does_not_count(assembly: Runner, paper_of: str, field: str) -> None:
    """R-22: a proxy of an expired or other meeting is refused."""
    assert assembly("meeting attend M2 张建国").ok
    assert assembly("meeting attend M2 韩梅 --for 王桂兰 --scope 选举 --signed 5-31").ok
    refused = assembly(f"meeting attend M2 韩梅 {paper_of} --json")
    assert refused.code in (1, 2)
    assert refused.error["field"] == field
    assert assembly("meeting show M2 --json").ok.json["present"] == 2


def test_a_proxy_good_for_longer(assembly: Runner) -> None:
    assert assembly("meeting attend M2 韩梅 --for 李秀英 --scope 全部 --signed 5-10 --until 2022-12-31").ok
    assert assembly("meeting attend M2 韩梅 --for 王桂兰 --scope M2 --signed 5-10").ok


def test_an_erased_owner_stays_represented(assembly: Runner) -> None:
    """9: the id and the date stay, the words of the paper go."""
    assert assembly("meeting attend M2 韩梅 --for 王桂兰 --scope 王桂兰的全部议题 --signed 5-31").ok
    assert assembly("household transfer 3-2-501 --to 赵强 -d 2022-07-01 --yes").ok
    assert assembly("role end 王桂兰 委员 -d 2022-05-31").ok
    assert assembly("person erase 王桂兰 --confirm 王桂兰 --yes", now="2022-08-01T09:00:00+08:00").ok
    ((proxy),) = assembly("meeting show M2 --json").ok.json["proxies"]
    assert (proxy["holder"], proxy["signed"], proxy["scope"]) == ("韩梅", "2022-05-31", None)
    assert "王桂兰".encode() not in assembly.book.read_bytes()
