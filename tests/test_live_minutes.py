"""The secretary in the meeting: a line is typed and kept, whatever happens to the machine; a Chinese word at its start
makes a record of it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.secretary import committee
from zaoyuan_cli import app
from zaoyuan_cli.rules.sittings import counts, read

PRESENT = "到 韩梅 王桂兰 张建国 欧阳夏丹"


@pytest.fixture
@once
def planned(zaoyuan: Runner) -> Runner:
    committee(zaoyuan)
    line = "meeting plan 五月例会 -d 2022-05-31 --posted 2022-05-20 --agenda 台阶高度 --agenda 充电桩电价"
    zaoyuan(line).ok  # noqa: B018
    return zaoyuan


def type_(zaoyuan: Runner, *typed: str, line: str = "minutes --json", now: str = "2022-05-31T19:05:00+08:00") -> Result:
    """Minutes with these lines typed by a person."""
    return zaoyuan(line, input="".join(f"{one}\n" for one in typed), tty=True, now=now)


def shown(zaoyuan: Runner, number: str = "M1") -> Any:
    return zaoyuan(f"meeting show {number} --json").ok.json


# ---- what a line is


@pytest.mark.parametrize(
    ("line", "what", "who", "rest"),
    [
        ("到 王桂兰 张建国", "present", "", "王桂兰 张建国"),
        ("题　台阶高度", "item", "", "台阶高度"),
        ("题：台阶高度", "item", "", "台阶高度"),
        ("ＩＴＥＭ steps", "item", "", "steps"),
        ("vote 4 0 1", "vote", "", "4 0 1"),
        ("完", "end", "", ""),
        ("王桂兰：台阶太高", "speech", "王桂兰", "台阶太高"),
        ("王桂兰: 10:30 再说", "speech", "王桂兰", "10:30 再说"),
        ("到会的人都同意", "speech", "", "到会的人都同意"),
        ("看图纸：第二页", "speech", "看图纸", "第二页"),
        ("看 图纸", "speech", "", "看 图纸"),
        ("19:30 继续", "speech", "", "19:30 继续"),
        ("大家都没有意见", "speech", "", "大家都没有意见"),
    ],
)
def test_a_line_is_read_by_its_first_word(line: str, what: str, who: str, rest: str) -> None:
    assert tuple(read(line)) == (what, who, rest)


def test_votes_as_they_are_typed() -> None:
    assert counts("４　０　１") == (4, 0, 1, 0)
    assert counts("3,1,0,1") == (3, 1, 0, 1)
    assert counts("王桂兰=赞成") is None


# ---- an evening


def test_a_meeting_from_the_first_line_to_the_last(planned: Runner) -> None:
    """Attendance, items, speech, three motions, one of which has no majority of all members, tasks, a break."""
    answer = type_(
        planned,
        PRESENT,
        "题 1",
        "王桂兰：台阶太高，推车上不去",
        "动 台阶改成缓坡",
        "决 王桂兰=赞成,韩梅=赞成,张建国=赞成,欧阳夏丹=回避",
        "题 2",
        "动 充电桩按表计费",
        "决 2 1 1",
        "动 韩梅：夜间不充电",
        "决 一致",
        "办 王桂兰 6月10日 联系施工队",
        "休",
        "复",
        "完",
        "出差",
    ).ok.json
    assert (answer["meeting"], answer["state"], answer["missing"]) == ("MA2022-1", "held", [])
    assert [one["state"] for one in answer["motions"]] == ["passed", "failed", "passed"]
    assert (answer["present"], answer["members"], answer["quorum"]) == (4, 5, True)
    page = shown(planned)
    assert [one["title"] for one in page["items"]] == ["台阶高度", "充电桩电价"]
    assert page["items"][0]["text"] == "19:05 王桂兰: 台阶太高，推车上不去"
    assert (page["chair"], page["recorder"], page["absent"]) == ("韩梅", "韩梅", ["李秀英 (出差)"])
    assert page["motions"][0]["by"]["aside"] == ["欧阳夏丹"]
    assert page["motions"][2]["mover"] == "韩梅"
    assert (page["tasks"][0]["by"], page["tasks"][0]["due"]) == ("王桂兰", "2022-06-10")
    assert len(page["decisions"]) == 2


def test_every_line_is_a_step_of_its_own(planned: Runner) -> None:
    type_(planned, "到 韩梅", "题 台阶", "韩梅：开会", "完", "", "", "").ok  # noqa: B018
    verbs = [row["verb"] for row in planned("log --json").ok.json["rows"]]
    assert verbs[:5] == ["minutes", "minutes", "minutes", "meeting attend", "minutes"]


def test_english_words_do_as_well(planned: Runner) -> None:
    answer = type_(planned, "present 韩梅 王桂兰 张建国", "item Steps", "motion Ramp", "vote 3 0 0", "end", "", "")
    assert answer.ok.json["decisions"] == ["DA2022-1"]


def test_a_title_begins_a_meeting_and_without_one_there_must_be_one_today(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    refused = type_(zaoyuan, "完")
    assert (refused.code, refused.error["code"]) == (1, "not_found")
    assert type_(zaoyuan, "到 韩梅", "完", line="minutes 碰头会 --json").ok.json["title"] == "碰头会"
    assert shown(zaoyuan)["notice"] is None


def test_a_wrong_line_is_said_and_nothing_is_lost(planned: Runner) -> None:
    done = type_(planned, "决 3 0 0", "到 韩梅 王桂兰 张建国", "动 缓坡", "决 9 0 0", "决 3 0 0", "完", "", "", "")
    assert done.ok.json["decisions"] == ["DA2022-1"]
    assert done.err.count("  ! ") == 2


def test_a_guest_is_asked_about_once(planned: Runner) -> None:
    done = type_(planned, "到 韩梅", "小周：注意防滑", "", "小周：还有照明", "老王：同意", "王桂兰", "老王：再说一次",
                 "完", *[""] * 8).ok  # fmt: skip
    assert done.err.count("小周 is not on the roll") == 1
    page = shown(planned)
    assert page["guests"] == ["小周"]
    assert page["items"][0]["text"].count("王桂兰: ") == 2


def test_who_speaks_is_there(planned: Runner) -> None:
    answer = type_(planned, "到 韩梅", "王桂兰：我来了", "完", *[""] * 8).ok.json
    assert answer["present"] == 2


def test_late_and_gone_early(planned: Runner) -> None:
    type_(planned, "到 韩梅 王桂兰 张建国", "到 李秀英 19：30", "走 韩梅", "完", *[""] * 8).ok  # noqa: B018
    assert shown(planned)["times"] == [
        {"name": "韩梅", "late": None, "left": "19:05"}, {"name": "李秀英", "late": "19:30", "left": None},
    ]  # fmt: skip


def test_what_is_missing_is_asked_at_the_end(planned: Runner) -> None:
    """No quorum, a motion without a vote, a task without a day or a person, who chaired."""
    answer = type_(planned, "到 王桂兰", "动 缓坡", "办 联系施工队", "完", "张建国 李秀英", "3 0 0", "李秀英 6月10日",
                   "王桂兰", "", "").ok.json  # fmt: skip
    assert (answer["missing"], answer["decisions"], answer["quorum"]) == ([], ["DA2022-1"], True)
    page = shown(planned)
    assert (page["chair"], page["tasks"][0]["by"], page["tasks"][0]["due"]) == ("王桂兰", "李秀英", "2022-06-10")


def test_what_nobody_answers_stays_missing(planned: Runner) -> None:
    answer = type_(planned, "到 王桂兰", "动 缓坡", "办 联系施工队", "完", *[""] * 8).ok.json
    assert [one["kind"] for one in answer["missing"]] == ["quorum", "motion", "task"]


# ---- the last line


def test_change_says_the_last_line_anew_and_the_journal_keeps_both(planned: Runner) -> None:
    type_(planned, "到 韩梅 王桂兰", "王桂兰：台阶太底", "改 台阶太低", "题 充电", "完", *[""] * 8).ok  # noqa: B018
    page = shown(planned)
    assert page["items"][0]["text"] == "19:05 王桂兰: 台阶太低"
    assert planned("find 太底 --json").ok.json["totals"] != {}
    planned("check").ok  # noqa: B018


def test_change_of_a_record_undoes_it_and_makes_the_new_one(planned: Runner) -> None:
    answer = type_(planned, PRESENT, "动 缓坡", "决 4 0 0", "改 2 2 0", "办 韩梅 换灯", "改 办 王桂兰 6月10日 换灯泡",
                   "完", *[""] * 8).ok.json  # fmt: skip
    assert [one["state"] for one in answer["motions"]] == ["failed"]
    (task,) = shown(planned)["tasks"]
    assert (task["text"], task["by"], task["due"]) == ("换灯泡", "王桂兰", "2022-06-10")


def test_a_change_that_cannot_be_leaves_the_line_as_it_was(planned: Runner) -> None:
    answer = type_(planned, PRESENT, "动 缓坡", "决 4 0 0", "改 9 9 9", "完", *[""] * 8).ok.json
    assert [one["state"] for one in answer["motions"]] == ["passed"]


def test_undo_takes_the_last_line_back(planned: Runner) -> None:
    type_(planned, PRESENT, "韩梅：开会", "韩梅：说错了", "撤", "完", *[""] * 8).ok  # noqa: B018
    assert shown(planned)["items"] == [{"item": 1, "title": None, "text": "19:05 韩梅: 开会"}]
    assert "没有" in type_(planned, "撤", line="minutes 新会 --json --lang zh").ok.err


# ---- after an interruption


def test_it_goes_on_where_it_stopped(planned: Runner) -> None:
    cut = type_(planned, PRESENT, "题 1", "王桂兰：台阶太高").ok
    assert cut.json["state"] == "live"
    assert shown(planned)["state"] == "live"
    assert [one["kind"] for one in planned("report --json").ok.json["todo"] if one["kind"] == "minutes"] == ["minutes"]
    answer = type_(planned, "张建国：做成缓坡", "改 做成坡道", "完", *[""] * 8).ok.json
    assert (answer["meeting"], answer["state"]) == ("MA2022-1", "held")
    assert shown(planned)["items"][0]["text"].split("\n")[1] == "19:05 张建国: 做成坡道"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_killed_in_the_middle_it_has_every_line(planned: Runner) -> None:
    words = [sys.executable, "-m", "zaoyuan_cli.app", "minutes"]
    env = {**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[1]), **planned.environment("", "", None, None)}
    run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    assert run.stdin
    run.stdin.write(f"{PRESENT}\n题 1\n王桂兰：台阶太高\n".encode())
    run.stdin.flush()
    for _ in range(200):
        if "台阶太高" in planned("meeting show M1").out:
            break
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    answer = type_(planned, "张建国：做成缓坡", "完", *[""] * 8).ok.json
    assert (answer["present"], answer["items"]) == (4, ["台阶高度"])
    assert "台阶太高" in shown(planned)["items"][0]["text"]


def test_interrupted_minutes_are_finished_in_the_editor(planned: Runner) -> None:
    type_(planned, PRESENT, "题 1", "王桂兰：台阶太高", "动 缓坡", "决 4 0 0").ok  # noqa: B018
    editor = planned.folder / "editor.py"
    editor.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text(encoding='utf-8')\n"
        "path.write_text(text.replace('台阶太高', '台阶太高，推车上不去'), encoding='utf-8')\n",
        encoding="utf-8",
    )
    env = {"EDITOR": f"{shlex.quote(sys.executable)} {editor}"}
    assert planned("minutes M1 --edit --json", env=env, tty=True).ok.json["meeting"] == "MA2022-1"
    page = shown(planned)
    assert (page["state"], [one["title"] for one in page["items"]]) == ("held", ["台阶高度"])
    assert page["items"][0]["text"].endswith("推车上不去")
    assert [one["state"] for one in page["motions"]] == ["passed"]


# ---- a pipe


def test_lines_come_through_a_pipe_and_wrong_ones_are_named(planned: Runner) -> None:
    lines = f"{PRESENT}\n\n题 1\n决 4 0 0\n小周：注意防滑\n完\n"
    done = planned("minutes --json", input=lines)
    assert (done.code, done.json["present"], done.json["state"]) == (1, 4, "held")
    assert [(one["line"], one["value"]) for one in done.json["problems"]] == [(4, "决 4 0 0")]
    assert done.error["code"] == "problems"
    assert shown(planned)["guests"] == ["小周"]


def test_nothing_in_the_pipe_begins_nothing(planned: Runner) -> None:
    assert planned("minutes 新会 --json").code == 2
    assert planned("meeting list --json").ok.json["totals"]["held"] == 0


def test_where_the_chair_is_not_there_the_vice_chair_is_named_or_nobody(zaoyuan: Runner) -> None:
    """Minutes never say that somebody chaired who was not there."""
    committee(zaoyuan)
    zaoyuan("minutes 例会 --body 业委会", input="到 王桂兰 张建国 欧阳夏丹\n完\n").ok  # noqa: B018
    assert "韩梅" not in (zaoyuan("meeting show M1 --json").ok.json["chair"] or "")
    zaoyuan("role set 王桂兰 副主任 --from 2020-01-01 --yes").ok  # noqa: B018
    zaoyuan("minutes 又一次 --body 业委会", input="到 王桂兰 张建国 欧阳夏丹\n完\n").ok  # noqa: B018
    assert zaoyuan("meeting show M2 --json").ok.json["chair"] == "王桂兰"


def test_who_left_has_no_vote_any_more(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    typed = (
        "到 韩梅 王桂兰 张建国 欧阳夏丹\n动 装灯\n走 欧阳夏丹\n决 欧阳夏丹=赞成,韩梅=赞成,王桂兰=赞成\n决 一致\n完\n"
    )
    kept = zaoyuan("minutes 例会 --body 业委会 --json", input=typed)
    assert (kept.code, [one["line"] for one in kept.json["problems"]]) == (1, [4])
    assert zaoyuan("motion show M1-1 --json").ok.json["for"] == 3
