"""A pile of slips entered at once (R-23, R-24): at the keyboard, from a list, from the filled sheet; and the
register of papers (R-18, R-21)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Result, Runner
from tests.prepared import once

AFTER = "2022-06-21T09:00:00+08:00"
OWNERS = ["甲", "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"]


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Ten doors of 100 m2: 甲 owns two, eight others one each; nine voters, 1 to 9. The vote runs to 2022-06-20."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for n, owner in enumerate(OWNERS):
        zaoyuan(f"household add 1-{n // 5 + 1}-{n % 5 + 1}01 --owner {owner} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    zaoyuan("ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-06-01 --yes").ok  # noqa: B018
    return zaoyuan


def pile(yard: Runner, *typed: str, line: str = "ballot run B1 --json", lang: str = "") -> Result:
    """A pile with these lines typed."""
    return yard(line, input="".join(f"{one}\n" for one in typed), tty=True, lang=lang).ok


def choices(yard: Runner) -> dict[str, int]:
    slips = yard("ballot tally B1 --json").ok.json["slips"]
    return {choice: part["voters"] for choice, part in slips.items()}


# ---- at the keyboard


def test_by_paper_by_room_by_name(yard: Runner) -> None:
    answer = pile(yard, "2 1", "1-1-401 2", "丁 3", "1-1-101 赞成", ".")
    assert (answer.json["entered"], answer.json["entry"]) == (4, 1)
    assert choices(yard) == {"for": 2, "against": 1, "abstain": 1}
    assert "[4]" in answer.err


def test_each_slip_is_a_step_of_its_own(yard: Runner) -> None:
    pile(yard, "2 1", "3 1", ".")
    assert [row["verb"] for row in yard("log --json").ok.json["rows"][:2]] == ["ballot cast", "ballot cast"]
    yard("undo --yes").ok  # noqa: B018
    assert choices(yard)["for"] == 1


def test_the_choice_is_asked_where_it_was_not_said(yard: Runner) -> None:
    answer = pile(yard, "2", "9", "1", "3", "<", "4 2", ".")
    assert answer.json["entered"] == 2
    assert "! " in answer.err


def test_keys_of_an_input_method_end_and_take_back(yard: Runner) -> None:
    assert pile(yard, "２　１", "３ ２", "Ｕ", "《", "。").json["entered"] == 1
    assert choices(yard) == {"for": 1, "against": 0, "abstain": 0}


def test_r23_a_slip_entered_already_is_refused_and_the_pile_goes_on(yard: Runner) -> None:
    answer = pile(yard, "2 1", "2 2", "99 1", "3 1", ".")
    assert answer.json["entered"] == 2
    assert "99" in answer.err


def test_r24_the_second_pass_says_at_once_what_differs(yard: Runner) -> None:
    pile(yard, "2 1", "3 1", ".")
    second = yard("ballot run B1 --second --json", input="2 1\n3 2\n.\n", tty=True, screen=80).ok
    assert second.json["differences"] == [
        {"doors": ["1-1-401"], "first": ["for"], "second": ["against"], "first_proxy": None, "second_proxy": None}
    ]
    assert "\a" in second.err
    assert [one["doors"] for one in yard("ballot tally B1 --json").ok.json["differences"]] == [["1-1-401"]]


def test_r24_what_differs_leads_and_no_exit_code_tells_what_people_have_to_do(yard: Runner) -> None:
    """At the keyboard and from a list: the differences first, each with its command."""
    pile(yard, "2 1", "3 1", ".")
    told = yard("ballot run B1 --second", input="2\t1\n3\t2\n").ok
    first, each, command, entered = told.out.splitlines()
    assert "1" in first
    assert "1-1-401, paper 3" in each
    assert command.strip() == "zaoyuan ballot void BA2022-1 1-1-401 --reason …"
    assert entered.startswith("√ 2 ")
    assert "differ" in told.err


def test_r23_a_second_door_of_a_voter_in_a_list_names_the_line_that_has_them(yard: Runner) -> None:
    file = sheet(yard, "房号,意见\n1-1-301,赞成\n1-1-101,赞成\n1-1-201,反对\n")
    dry = yard(["ballot", "import", "B1", file, "--dry-run", "--json"])
    (wrong,) = dry.json["skipped"]
    assert (dry.code, wrong["line"], wrong["same_as"]) == (3, 4, 3)
    assert "the same voter as line 3: 1-1-101 1-1-201 甲, paper 1" in wrong["message"]


def test_a_unit_makes_a_number_a_door(yard: Runner) -> None:
    answer = pile(yard, "301 1", "#9 2", ".", line="ballot run B1 --unit 1-1 --json")
    assert answer.json["entered"] == 2
    assert yard("ballot papers B1 --json").ok.json["rows"][1]["state"] == "entered"


def test_several_questions_in_one_line(yard: Runner) -> None:
    yard("ballot open 两件 --matter 9 --until 2022-06-20 --question 一 --question 二 --question 三 --yes").ok  # noqa: B018
    pile(yard, "1 121", "2 1 0 x", "3 1,2,3", ".", line="ballot run B2 --json")
    said = yard("ballot tally B2 --json").ok.json["questions"]
    assert [(one["slips"]["for"]["voters"], one["blank"], one["invalid"]) for one in said] == [
        (3, 0, 0), (0, 1, 0), (1, 0, 1),
    ]  # fmt: skip


def test_a_kill_leaves_what_was_typed(yard: Runner, tmp_path: Path) -> None:
    """Every Enter is committed, so a dead battery loses nothing."""
    script = (
        "import sys,io,os\nfrom zaoyuan_cli import app\n"
        "class T(io.TextIOWrapper):\n    def isatty(self): return True\n"
        "sys.stdin=T(sys.stdin.buffer)\nsys.exit(app.run(['ballot','run','B1']))\n"
    )
    env = {**os.environ, **yard.environment("", "", None, None), "PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                               cwd=tmp_path)  # fmt: skip
    assert process.stdin
    assert process.stderr
    process.stdin.write(b"2 1\n3 2\n")
    process.stdin.flush()
    seen = b""
    while b"[2]" not in seen:
        seen += process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert choices(yard) == {"for": 1, "against": 1, "abstain": 0}


# ---- from a list


def test_a_list_is_one_step_all_or_nothing(yard: Runner) -> None:
    lines = "2\t1\n1-1-401\t反对\n77\t1\n2\t2\n"
    refused = yard("ballot run B1 --json", input=lines)
    assert (refused.code, refused.error["code"]) == (3, "problems")
    assert [one["line"] for one in refused.error["problems"]] == [3, 4]
    assert choices(yard) == {"for": 0, "against": 0, "abstain": 0}
    done = yard("ballot run B1 --skip-bad --json", input=lines).ok.json
    assert (done["entered"], len(done["skipped"])) == (2, 2)
    yard("undo --yes").ok  # noqa: B018
    assert choices(yard) == {"for": 0, "against": 0, "abstain": 0}


# ---- from the filled sheet


def sheet(yard: Runner, text: str) -> str:
    file = yard.folder / "票.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_filled_sheet_is_taken_in_whole(yard: Runner) -> None:
    file = sheet(
        yard,
        "改造存车棚表决票汇总\n编号,房号,业主,意见,备注\n2,1-1-301,乙,赞成,\n3,1-1-401,丙,反对,字迹淡\n4,1-1-501,丁,,\n",
    )
    dry = yard(["ballot", "import", "B1", file, "--dry-run", "--json"]).ok
    assert (dry.json["entered"], dry.json["good"]) == (0, 2)
    assert choices(yard)["for"] == 0
    done = yard(["ballot", "import", "B1", file, "--yes", "--json"]).ok.json
    assert done["entered"] == 2
    assert choices(yard) == {"for": 1, "against": 1, "abstain": 0}
    again = yard(["ballot", "import", "B1", file, "--yes", "--json"])
    assert (again.code, [one["line"] for one in again.error["problems"]]) == (3, [3, 4])
    assert yard(["import", "ballot", "B1", file, "--second", "--yes", "--json"]).ok.json["entered"] == 2


def test_boxes_with_marks_and_two_marks_count_for_nothing(yard: Runner) -> None:
    file = sheet(yard, "编号,赞成,反对,弃权\n2,√,,\n3,,√,\n4,√,√,\n5,,,√\n6,,,\n")
    assert yard(["ballot", "import", "B1", file, "--yes", "--json"]).ok.json["entered"] == 4
    tally = yard("ballot tally B1 --json").ok.json
    assert ({choice: part["voters"] for choice, part in tally["slips"].items()}, tally["invalid"]) == (
        {"for": 1, "against": 1, "abstain": 1}, 1,
    )  # fmt: skip
    assert (tally["papers"]["valid"], tally["papers"]["invalid"]) == (3, 1)


def test_a_sheet_without_choices_is_refused(yard: Runner) -> None:
    file = sheet(yard, "房号,业主\n1-1-301,乙\n")
    assert yard(["ballot", "import", "B1", file, "--yes", "--json"]).error["code"] == "unreadable"


# ---- papers


def test_r21_delivered_or_posted_for_them_is_complete(yard: Runner) -> None:
    totals = yard("ballot papers B1 --undelivered --json").ok.json["totals"]
    assert (totals["undelivered"], totals["complete"]) == (9, False)
    yard("ballot issue B1 --unit 1-1 --via 当面 --note 张师傅送 --yes").ok  # noqa: B018
    yard("ballot issue B1 1-2-101,1-2-201,1-2-301 --via 邮寄 --yes").ok  # noqa: B018
    yard("ballot issue B1 1-2-401,1-2-501 --via 张贴 --yes").ok  # noqa: B018
    totals = yard("ballot papers B1 --json").ok.json["totals"]
    assert totals == {
        "papers": 9, "voters": 9, "delivered": 7, "posted": 2, "undelivered": 0, "complete": True,
    }  # fmt: skip
    yard("ballot issue B1 1-2-401 --via 当面 --yes").ok  # noqa: B018
    assert yard("ballot papers B1 --json").ok.json["totals"]["posted"] == 1
    assert yard("ballot issue B1 1-2-401 --via 当面 --yes").code == 1
    undelivered = yard("ballot papers B1 --undelivered --json").ok.json["rows"]
    assert [row["doors"] for row in undelivered] == ["1-2-501"]


def test_the_register_has_a_place_to_sign_and_who_is_out(yard: Runner) -> None:
    yard("ballot issue B1 --via 当面 --yes").ok  # noqa: B018
    yard("ballot return B1 1-1-401 --note 放在门卫").ok  # noqa: B018
    pile(yard, "2 1", ".")
    rows = yard("ballot papers B1 --json").ok.json["rows"]
    assert [row["state"] for row in rows[:4]] == ["outstanding", "entered", "returned", "outstanding"]
    assert rows[2]["note"] == "放在门卫"
    out = yard("ballot papers B1 --outstanding --unit 1-2 --json").ok.json["rows"]
    assert [row["doors"] for row in out] == ["1-2-101", "1-2-201", "1-2-301", "1-2-401", "1-2-501"]
    assert "Signature" in yard("ballot papers B1 --format csv").ok.out


def test_r22_a_proxy_is_on_file_holds_that_day_and_names_its_holder(yard: Runner) -> None:
    asked = yard("ballot cast B1 1-1-301 for --proxy 李强 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert yard("ballot cast B1 1-1-301 for --proxy 李强 --yes --json").ok.json["unwritten"] is True
    assert "without a letter on file: 1" in yard("ballot tally B1").ok.out
    yard("ballot proxy B1 1-1-401 李强 --until 2022-06-02").ok  # noqa: B018
    expired = yard("ballot cast B1 1-1-401 for --proxy 李强 --json", now="2022-06-03T09:00:00+08:00")
    assert (expired.code, expired.error["code"]) == (1, "proxy")
    assert yard("ballot cast B1 1-1-401 for --proxy 王五 --json").error["code"] == "proxy"
    assert yard("ballot cast B1 1-1-401 for --proxy 李强", now="2022-06-02T09:00:00+08:00").ok.err == ""


def test_a_new_owner_returns_the_paper_for_the_voter_of_the_roll(yard: Runner) -> None:
    yard("household transfer 1-1-301 --to 新主 --yes").ok  # noqa: B018
    assert "--note" in yard("ballot cast B1 1-1-301 for").ok.err
    noted = yard("ballot cast B1 1-1-301 for --second --note 新业主代交 --who 乙").ok
    assert noted.err == ""


def test_the_second_pass_keeps_the_day_the_first_one_said(yard: Runner) -> None:
    yard("ballot cast B1 1-1-301 for --received 2022-05-31", now="2022-06-02T09:00:00+08:00").ok  # noqa: B018
    late = yard("ballot cast B1 1-1-301 for --second --json", now=AFTER).ok.json
    assert late["late"] is False
    assert yard("ballot tally B1 --json", now=AFTER).ok.json["took_part"]["voters"] == 1
