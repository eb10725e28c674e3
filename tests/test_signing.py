"""The paper after a meeting: who was there signs, it hangs within three days, it takes no change any more, and what is
still to be said is an addendum (R-36, R-37, R-38, R-39)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import MEMBERS, committee

EVENING = "2022-05-25T19:05:00+08:00"  # a Wednesday
LINES = """到 韩梅 王桂兰 张建国
题 台阶高度
王桂兰：台阶太高，推车上不去
动 台阶改成缓坡
决 王桂兰=赞成,韩梅=赞成,张建国=赞成
题 充电桩电价
动 充电桩按表计费
决 2 1 0
题 门卫
张建国：照旧
办 王桂兰 6月10日 联系施工队
完
"""


@pytest.fixture
@once
def held(zaoyuan: Runner) -> Runner:
    """A meeting of 2022-05-25 with three of five there, its minutes ended."""
    committee(zaoyuan)
    zaoyuan("minutes 五月例会", input=LINES, now=EVENING).ok  # noqa: B018
    return zaoyuan


def shown(zaoyuan: Runner) -> Any:
    return zaoyuan("meeting show M1 --json").ok.json


def signed(zaoyuan: Runner, *names: str) -> Any:
    return zaoyuan(["meeting", "sign", "M1", *(names or MEMBERS[:3]), "--json"]).ok.json


# ----


def test_of_three_who_were_there_two_have_signed(held: Runner) -> None:
    """R-36: unsigned: 1; it does not hang before the third has signed, or somebody says why."""
    answer = signed(held, "韩梅", "王桂兰")
    assert (answer["state"], answer["signed"], answer["unsigned"]) == ("held", 2, 1)
    assert signed(held, "韩梅")["signed"] == 2
    refused = held("meeting post M1 --json")
    assert (refused.code, refused.error["code"], refused.error["unsigned"]) == (1, "unsigned", 1)
    assert refused.error["message"].startswith("unsigned: 1 (张建国)")
    assert held("meeting lock M1 --yes").code == 1
    answer = held("meeting post M1 -d 5-28 --override 张建国外出 --json").ok.json
    assert (answer["state"], answer["unsigned"]) == ("posted", 1)
    assert shown(held)["editions"][0] | {"unsigned": ["张建国"], "override": "张建国外出"} == shown(held)["editions"][0]
    assert signed(held, "张建国")["unsigned"] == 0


def test_who_was_not_there_does_not_sign(held: Runner) -> None:
    refused = held("meeting sign M1 李秀英 --json")
    assert (refused.code, "was not at MA2022-1" in refused.error["message"]) == (1, True)


def test_a_change_has_to_be_signed_again(held: Runner) -> None:
    assert signed(held)["state"] == "signed"
    held("minutes M1", input="韩梅：补充一句\n完\n", now=EVENING).ok  # noqa: B018
    assert shown(held)["unsigned"] == list(MEMBERS[:3])


def test_minutes_that_are_still_written_are_not_signed(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    zaoyuan("minutes 五月例会", input="到 韩梅\n").ok  # noqa: B018
    assert "zaoyuan minutes MA2022-1" in zaoyuan("meeting sign M1 韩梅").err


# ----


@pytest.mark.parametrize(("day", "late"), [("2022-05-28", False), ("2022-05-30", False), ("2022-05-31", True)])
def test_decided_on_a_wednesday_it_hangs_by_monday(held: Runner, day: str, late: bool) -> None:
    """R-37: the target is Saturday, the last day by law Monday, Tuesday is late."""
    signed(held)
    answer = held(f"meeting post M1 -d {day} --place 公告栏 --json").ok.json
    assert answer["posting"] == {"target": "2022-05-28", "last": "2022-05-30"}
    assert (answer["late"], bool(answer.get("warnings"))) == (late, late)


def test_what_is_still_to_be_done_with_minutes_is_on_the_list(held: Runner) -> None:
    def todo(day: str = "2022-05-31") -> list[str]:
        kinds = [one["kind"] for one in held(f"--as-of {day} report --json").ok.json["todo"]]
        return [kind for kind in kinds if kind in ("unsigned", "posting", "unlocked")]

    assert todo() == ["unsigned", "posting"]
    assert todo("2022-12-31") == ["unsigned"]  # however long ago: nobody has signed
    signed(held)
    assert todo() == ["posting"]
    held("meeting post M1").ok  # noqa: B018
    assert todo() == ["unlocked"]
    held("meeting lock M1 --yes").ok  # noqa: B018
    assert todo() == []


# ----

CHANGES = ("motion add M1 再议", "meeting attend M1 李秀英", "task add 换灯 --by 韩梅 --meeting M1",
           "meeting edit M1 --title 别的", "undo A20 --yes", "minutes M1 --edit")  # fmt: skip


@pytest.mark.parametrize("line", CHANGES)
def test_minutes_that_hang_take_no_change(held: Runner, line: str) -> None:
    """R-38: the refusal names the addendum and the withdrawal; locked, the addendum alone."""
    signed(held)
    held("meeting post M1").ok  # noqa: B018
    refused = held(line, tty="--edit" in line)
    assert (refused.code, "meeting addendum MA2022-1" in refused.err) == (1, True)
    assert "meeting withdraw MA2022-1" in refused.err
    held("meeting lock M1 --yes").ok  # noqa: B018
    refused = held(line, tty="--edit" in line)
    assert (refused.code, "meeting withdraw" in refused.err) == (1, False)


def test_other_meetings_and_what_is_done_later_are_free(held: Runner) -> None:
    signed(held)
    held("meeting lock M1 --yes").ok  # noqa: B018
    held("task done T1 -n 已联系").ok  # noqa: B018
    held("minutes 六月例会", input="到 韩梅\n完\n").ok  # noqa: B018


def test_withdrawn_it_is_written_anew_and_the_first_edition_stays(held: Runner) -> None:
    """R-38: the reason is kept, and so is what hung."""
    signed(held)
    held("meeting post M1 -d 5-28").ok  # noqa: B018
    assert held("meeting withdraw M1").code == 2
    held("meeting withdraw M1 --reason 议题写错 -d 5-29").ok  # noqa: B018
    held("minutes M1", input="题 台阶坡度\n王桂兰：一比十二\n完\n", now=EVENING).ok  # noqa: B018
    assert held("meeting post M1").code == 1
    signed(held)
    assert held("meeting post M1 -d 5-30 --json").ok.json["edition"] == 2
    first, second = shown(held)["editions"]
    assert (first["withdrawn"], first["reason"], second["withdrawn"]) == ("2022-05-29", "议题写错", None)
    assert "台阶坡度" not in held("meeting print M1 --edition 1").ok.out
    assert "台阶坡度" in held("meeting print M1 --edition 2").ok.out
    assert held("meeting print M1 --edition 3").code == 1
    assert shown(held)["state"] == "posted"


def test_an_addendum_bears_its_day_and_needs_a_paper_that_is_closed(held: Runner) -> None:
    assert held("meeting addendum M1 坡度一比十二").code == 1
    signed(held)
    held("meeting lock M1 --yes").ok  # noqa: B018
    held("meeting addendum M1 坡度一比十二 -d 5-30").ok  # noqa: B018
    assert shown(held)["addenda"] == [{"date": "2022-05-30", "text": "坡度一比十二"}]
    assert "2022-05-30  坡度一比十二" in held("meeting print M1").ok.out
    assert held("meeting withdraw M1 --reason 写错").code == 1


def test_locking_is_asked_about_and_can_be_tried(held: Runner) -> None:
    signed(held)
    assert held("meeting lock M1").code == 2
    held("meeting lock M1 --dry-run").ok  # noqa: B018
    assert shown(held)["locked"] is None
    held("meeting lock M1 --yes").ok  # noqa: B018
    held("undo --yes").ok  # noqa: B018
    assert shown(held)["state"] == "signed"
    held("redo").ok  # noqa: B018
    assert shown(held)["state"] == "locked"


def test_what_was_posted_is_not_undone(held: Runner) -> None:
    signed(held)
    held("meeting post M1").ok  # noqa: B018
    step = held("log --json").ok.json["rows"][0]["step"]
    assert held(f"undo {step} --yes").code == 1


# ---- the papers


def test_the_record_has_all_that_is_signed(held: Runner) -> None:
    """指导规则 39: expected, present, absent, item by item, votes counted and by name, decisions, tasks, lines to
    sign."""
    said = held("meeting print M1 --lang en").ok.out
    for words in ("业委会会议记录", "应到 5 人，实到 3 人", "欧阳夏丹、李秀英", "1. 台阶高度", "王桂兰：台阶太高",
                  "同意 3，反对 0，弃权 0，回避 0，合计 3", "一致同意通过。", "经表决，未获通过",
                  "TA2022-1 联系施工队（王桂兰，", "会议记录签名\n主持、记录 韩梅 ____", "张建国 ____"):  # fmt: skip
        assert words in said, words


def test_the_summary_names_nobody(held: Runner) -> None:
    """会议纪要: set words, offices in place of names, no speech."""
    said = held("meeting print M1 --summary").ok.out
    for words in ("会议纪要", "会议由主任主持", "一致同意通过。", "经讨论未形成决议。", "联系施工队（委员、"):
        assert words in said, words
    assert not [name for name in MEMBERS if name in said]
    assert "推车上不去" not in said
    file = held.folder / "纪要.html"
    held(["meeting", "print", "M1", "--summary", "-o", str(file)]).ok  # noqa: B018
    assert not [name for name in MEMBERS if name in file.read_text(encoding="utf-8")]


def test_one_who_was_erased_is_their_office(held: Runner) -> None:
    """Design 9: counts and the vote stay; the print names the office."""
    for line in ("role end 张建国 委员 --date 2022-05-30", "person erase 张建国 --confirm 张建国 --redact all"):
        held(f"{line} --yes").ok  # noqa: B018
    said = held("meeting print M1").ok.out
    assert ("张建国" in said, "委员：照旧" in said) == (False, True)
    page = shown(held)
    assert (page["present"], page["motions"][0]["by"]["for"][-1]) == (3, "〔已删除〕")
    assert signed(held, "韩梅", "王桂兰")["state"] == "signed"


# ---- two laptops


def test_two_laptops_write_the_minutes_of_one_meeting(zaoyuan: Runner) -> None:
    """Each line belongs to the item its laptop was at; items of one title are one; both have the same afterwards."""
    committee(zaoyuan)
    zaoyuan("meeting plan 五月例会 -d 2022-05-31 --posted 2022-05-20 --agenda 台阶 --agenda 电价").ok  # noqa: B018
    second = _second(zaoyuan)
    zaoyuan("minutes M1", input="到 韩梅 王桂兰\n题 台阶\n王桂兰：太高\n题 电价\n韩梅：按表\n完\n").ok  # noqa: B018
    zaoyuan("minutes M1", input="到 张建国\n题 台阶\n张建国：做成缓坡\n完\n", **second).ok  # noqa: B018
    _exchange(zaoyuan, second)
    here, there = shown(zaoyuan), zaoyuan("meeting show M1 --json", **second).ok.json
    assert here["items"] == there["items"]
    assert [one["title"] for one in here["items"]] == ["台阶", "电价"]
    assert [line.partition(" ")[2] for line in here["items"][0]["text"].split("\n")] == [
        "王桂兰: 太高",
        "张建国: 做成缓坡",
    ]
    assert here["present"] == 3


def test_what_arrives_after_the_lock_is_on_no_paper_and_is_told(held: Runner) -> None:
    second = _second(held)
    held("minutes M1", input="题 台阶高度\n张建国：晚到的话\n完\n", **second).ok  # noqa: B018
    signed(held)
    held("meeting lock M1 --yes").ok  # noqa: B018
    _exchange(held, second)
    page = shown(held)
    assert ([one["text"] for one in page["late_lines"]], page["state"]) == (["晚到的话"], "locked")
    assert "晚到的话" not in held("meeting print M1").ok.out
    assert "late_lines" in [one["kind"] for one in held("report --json").ok.json["todo"]]


def _second(zaoyuan: Runner) -> dict[str, Path]:
    """A second laptop with a copy of the book and a letter of its own."""
    home, book = zaoyuan.folder / "home-b", zaoyuan.folder / "b.db"
    shutil.copyfile(zaoyuan.book, book)
    zaoyuan("device add --letter B --who 王桂兰 --yes", home=home, book=book).ok  # noqa: B018
    zaoyuan(["merge", str(book), "--yes"]).ok  # noqa: B018
    return {"home": home, "book": book}


def _exchange(zaoyuan: Runner, second: dict[str, Any]) -> None:
    zaoyuan(["merge", str(second["book"]), "--yes"]).ok  # noqa: B018
    zaoyuan(["merge", str(zaoyuan.book), "--yes"], **second).ok  # noqa: B018
