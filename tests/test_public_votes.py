"""Papers for the wall on words and votes: decisions, the call to a vote, its result, meetings, bylaws. Their figures
are those of the book, and nobody's choice stands on them (R-18, R-20, R-24 to R-28, R-35, R-37, R-80, R-90)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Runner
from paper_reading import facts, poppler, words

from tests.prepared import once

DEMO_FILES = ("result BA2021-1", "result BA2021-2", "ballot BA2022-1", "decision DA2022-7", "meeting MA2022-4")
AFTER = "2022-06-21T09:00:00+08:00"


@pytest.fixture
@once
def demo(zaoyuan: Runner) -> Runner:
    assert zaoyuan("--demo --fresh status").ok
    return zaoyuan


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Ten doors of 100 m2 in two units: 甲一 owns two, eight others one each; 李梅花 chairs the committee."""
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    owners = ["甲一", "甲一", "乙二", "丙三", "丁四", "戊五", "己六", "庚七", "辛八", "李梅花"]
    for n, owner in enumerate(owners):
        door = f"1-1-{n + 1}01" if n < 8 else f"1-2-{n - 7}01"
        assert zaoyuan(f"household add {door} --owner {owner} --area 100 --area-source 登记 --yes").ok
    assert zaoyuan("body add 业委会 --seats 5 --from 2022-01-01").ok
    assert zaoyuan("role set 李梅花 主任 --from 2022-01-01").ok
    return zaoyuan


def cast(yard: Runner, *slips: tuple[str, str]) -> None:
    for room, choice in slips:
        for second in ("", " --second"):
            assert yard(f"ballot cast B1 {room} {choice}{second}").ok


# ---- the demo, figure by figure


@pytest.mark.parametrize("ballot", ["BA2021-1", "BA2021-2"])
def test_the_result_says_what_the_tally_says(demo: Runner, ballot: str) -> None:
    """R-26: issued = returned + spoiled + outstanding; every count and threshold is the tally's; R-25, R-28."""
    tally = demo(f"--demo ballot tally {ballot} --json").ok.json
    paper = demo(f"--demo notice result {ballot} --json").ok.json
    same = ("papers", "roll", "thresholds", "decisions", "closed", "single_entry", "until", "matter")
    assert {key: paper[key] for key in same} == {key: tally[key] for key in same}
    [asked] = paper["questions"]
    assert (asked["slips"], asked["took_part"]) == (
        tally["slips"], {key: tally["took_part"][key] for key in ("voters", "area")},
    )  # fmt: skip
    of = paper["papers"]
    assert of["issued"] == of["returned"] + of["spoiled"] + of["outstanding"]
    assert of["returned"] == of["valid"] + of["blank"] + of["invalid"] + of["late"] + of["unentered"]
    assert [one["enough"] for one in asked["tests"]] == [
        tally["took_part"]["enough"], tally["took_part"]["enough"], tally["consent"]["voters_enough"],
        tally["consent"]["area_enough"],
    ]  # fmt: skip
    said = demo(f"--demo notice result {ballot}").ok.out
    assert ("监票  韩梅（副主任）" in said, "1-1   92%" in said) == (True, True)  # offices in public, rates of units
    assert ("最早于2022年3月6日届满" in said) is bool(tally["challenge_until"])
    assert ("同意面积不够" in said) is (ballot == "BA2021-2")


def test_a_vote_that_runs_has_no_result_yet(demo: Runner) -> None:
    error = demo("--demo notice result BA2022-1 --json").error
    assert "2022-06-20" in error["message"]
    answer = demo("--demo notice result BA2022-1")
    assert (answer.code, "zaoyuan notice ballot BA2022-1" in answer.err) == (1, True)
    assert demo("--demo --as-of 2021-03-01 notice result BA2021-1").code == 1  # it ran on that day
    assert demo("--demo --as-of 2021-01-01 notice ballot BA2021-1 --json").error["code"] == "not_found"


def test_the_call_names_what_suffices(demo: Runner) -> None:
    tally = demo("--demo ballot tally BA2022-1 --json").ok.json
    paper = demo("--demo notice ballot BA2022-1 --json").ok.json
    assert {key: paper[key] for key in ("roll", "thresholds", "asked", "posted", "until")} == {
        key: tally[key] for key in ("roll", "thresholds", "asked", "posted", "until")
    }
    said = demo("--demo notice ballot BA2022-1").ok.out
    for word in (
        "第（七）项",
        "不少于98人、8,615.34平方米",
        "参与表决人数四分之三以上",
        "特此公告",
        "2022年6月20日交回",
    ):
        assert word in said, word


def test_decisions_meetings_and_bylaws_say_what_the_book_says(demo: Runner) -> None:
    """R-37: by when it goes up; R-35: an agenda in numerals; R-90: the version in force, by whom, since when."""
    shown = demo("--demo decision show DA2022-7 --json").ok.json
    paper = demo("--demo notice decision DA2022-7 --json").ok.json
    assert {key: paper[key] for key in ("decision", "date", "body", "text", "meeting", "motion")} == {
        key: shown[key] for key in ("decision", "date", "body", "text", "meeting", "motion")
    }
    assert (paper["vote"]["members"], paper["vote"]["for"], paper["to_be_posted"]["last"]) == (5, 3, "2022-05-30")
    owners = demo("--demo --as-of 2022-05-31 notice decision DA2021-1 --json").ok.json
    assert [(one["kind"], one["what"]) for one in owners["rests"]] == [("project", "大门自动化")]
    assert owners["owners"]["slips"][0] == {"choice": "for", "voters": 121, "area": "10590.23"}
    meeting = demo("--demo meeting show MA2022-4 --json").ok.json
    drawn = demo("--demo notice meeting MA2022-4 --json").ok.json
    assert drawn["agenda"] == [one["text"] for one in meeting["agenda"]]
    said = demo("--demo notice meeting MA2022-4").ok.out
    assert re.search("业委会定于2022年6月6日（星期一）(19:30)?在枣园议事亭召开会议", said)
    assert "三、防腐涂刷第二期\n特此公告，请全体业主知悉。\n枣园小区业委会（盖章）\n2022年5月26日" in said
    assert demo("--demo notice meeting MA2022-1 --json").error["code"] == "not_found"
    bylaw = demo("--demo notice bylaw 存车棚").ok.out
    assert "（第2版　2022年4月22日业委会通过　2022年5月1日起施行）" in bylaw
    whole = demo("--demo bylaw show 存车棚 --json").ok.json
    assert all(one["text"].lstrip("# ") in bylaw for one in whole["articles"] if one["label"])
    assert "由另一版取代，不再施行" in demo("--demo notice bylaw 存车棚 --version 1").ok.out


def test_a_draft_is_of_the_day_its_matter_was_made_known(demo: Runner) -> None:
    """R-20, R-35, R-37: what was announced, decided or closed in time does not read as late because it is printed
    later; what was not yet made known is of today; another day is asked for, a paper that hangs has its own."""
    days = {
        "meeting MA2022-4": "2022年5月26日", "ballot BA2022-1": "2022年5月12日", "result BA2021-1": "2021年3月6日",
        "decision DA2022-7": "2022年5月31日", "bylaw 存车棚": "2022年4月22日",
        "bylaw 存车棚 --version 1": "2022年5月31日",
    }  # fmt: skip
    for paper, day in days.items():
        assert f"枣园小区业委会（盖章）\n{day}\n" in demo(f"--demo notice {paper}").ok.out, paper
    notice = demo("--demo notice meeting MA2022-4 --json").ok.json["notice"]
    assert (notice["posted"], notice["days"]) == ("2022-05-26", 11)
    assert "2022年5月30日\n" in demo("--demo --as-of 2022-05-30 notice meeting MA2022-4").ok.out
    assert demo("--demo meeting edit MA2022-4 --agenda 充电桩电价").ok  # not what hangs any more
    assert "2022年5月31日\n" in demo("--demo notice meeting MA2022-4").ok.out


def test_a_decision_that_went_up_is_asked_for_no_more(demo: Runner) -> None:
    """R-37: the third day is a Saturday, so Monday is the last; the paper says so, and to put it up is publication."""
    said = demo("--demo notice decision DA2022-7").ok.out
    assert "三单元门口加装夜间照明感应灯。" in said
    assert "3日内公告，即2022年5月28日前；该日为休息日，顺延至2022年5月30日。" in said

    def asked() -> bool:
        return any("DA2022-7" in one["message"] for one in demo("--demo status --json").ok.json["todo"])

    assert asked()
    posted = demo("--demo notice post decision DA2022-7 --place 公告栏 --json").ok.json
    number = posted["notice"]
    assert "2022-05-30" in posted["warnings"][0]
    assert not asked()
    assert "晚于该日" in demo(f"--demo notice print {number}").ok.out
    assert demo(f"--demo verify notice {number} {posted['code']} --json").ok.json["verdict"] == "as_posted"
    assert f"notice print {number}" in demo("--demo notice decision DA2022-7", screen=80).ok.err
    hangs = demo("--demo notice post meeting MA2022-4 --place 公告栏 --json").ok.json
    assert hangs["until"] == "2022-06-06"
    demo(f"--demo notice withdraw {number} --reason 有误 --yes").ok  # noqa: B018
    assert asked()


def test_the_summary_says_what_the_minutes_say(demo: Runner) -> None:
    """会议纪要: the items of the agenda and no more, each with what came of it; a guest is counted once."""
    said = demo("--demo meeting print MA2022-3 --summary").ok.out
    for line in (
        "列席 1 人。会议议题：\n一、夜间照明\n二、车棚完工验收\n\n",
        "一、夜间照明\n议案“三单元门口加装夜间照明感应灯”：一致同意通过。决议编号：DA2022-7。\n",
        "二、车棚完工验收\n经讨论未形成决议。\n", "一、补齐充电桩押金的票据（出纳、2022年6月10日前）。\n",
        "枣园小区业委会（盖章）\n2022年5月31日",
    ):  # fmt: skip
        assert line in said, line


def test_marks_between_chinese_signs_are_set_as_chinese_is(yard: Runner) -> None:
    """A paper sets what was typed; numbers, Latin and what is stored stay."""
    text = "改造存车棚,有电动车住户每户1,000.50元;A,B两处"
    assert yard(["decision", "add", text, "--body", "业委会", "-d", "2022-05-30"]).ok
    said = yard("notice decision DA2022-1").ok.out
    assert "改造存车棚，有电动车住户每户1,000.50元;A,B两处。" in said
    assert yard("decision show DA2022-1 --json").ok.json["text"] == text


@poppler
def test_each_takes_a_page(demo: Runner, tmp_path: Path) -> None:
    for line in DEMO_FILES[1:3]:
        file = tmp_path / "paper.pdf"
        assert demo(["--demo", "notice", *line.split(), "-o", str(file)]).ok
        assert (facts(file)["Pages"], "枣园小区业主大会表决" in words(file)) == ("1", True)


# ---- what else may be


def test_several_questions_a_late_notice_and_a_small_unit(yard: Runner) -> None:
    """R-20, R-24, R-80: each question is judged alone; of a unit of two voters no rate is told; who is private is
    masked."""
    line = "ballot open 两件事 --matter 9 --until 2022-06-14 --posted 2022-06-10"
    assert yard(f"{line} --question 换门锁 --question 丁四的摊位").ok
    cast(yard, *((f"1-1-{n}01", "for,invalid" if n < 6 else "blank,against") for n in range(2, 9)))
    call = yard("notice ballot B1").ok.out
    assert ("少于" in call or "15" in call, "（二）丁*的摊位" in call) == (True, True)
    assert yard("ballot close B1 --witness 乙二 --teller 李梅花 --yes", now=AFTER).ok
    paper = yard("notice result B1 --json", now=AFTER).ok.json
    first, second = paper["questions"]
    assert (first["passed"], first["blank"], second["passed"], second["invalid"]) == (True, 3, False, 4)
    assert paper["units"] == [{"unit": "1-1", "rate": 100}, {"unit": "1-2", "rate": None}]
    assert paper["notice"]["late"]
    assert paper["staff"] == {"witness": ["乙*"], "caller": [], "teller": ["李梅花（主任）"]}
    said = yard("notice result B1", now=AFTER).ok.out
    assert ("换门锁：通过" in said, "丁*的摊位：未通过" in said, "乙二" in said) == (True, True, False)


def test_who_stands_is_named_by_office_or_consent(yard: Runner) -> None:
    """R-81, R-82: candidates of an election, ranked by their votes; who did not agree is a surname, and it is said
    how that is mended."""
    line = "ballot open 选举委员 --matter 3 --until 2022-06-20 --posted 2022-05-31 --seats 2"
    assert yard(f"{line} --question 李梅花 --question 乙二 --question 丙三").ok
    assert yard("person consent 乙二 --what 姓名").ok
    cast(yard, *((f"1-1-{n}01", "for,for,against" if n < 7 else "against,for,for") for n in range(2, 9)))
    call = yard("notice ballot B1").ok
    assert ("（一）李梅花" in call.out, "（二）乙二" in call.out, "（三）丙*" in call.out) == (True, True, True)
    assert "zaoyuan person consent" in call.err
    assert yard("ballot close B1 --yes", now=AFTER).ok
    paper = yard("notice result B1 --json", now=AFTER).ok.json
    assert (paper["elected"], paper["masked"]) == (["乙二", "李梅花"], 1)
    said = yard("notice result B1", now=AFTER).ok.out
    assert [said.index(name) for name in ("乙二", "李梅花", "丙*")] == sorted(
        said.index(name) for name in ("乙二", "李梅花", "丙*")
    )
    assert "丙三" not in said


def test_a_vote_that_was_stopped_and_a_meeting_called_off(yard: Runner) -> None:
    assert yard("ballot open 换门锁 --matter 9 --until 2022-06-20 --posted 2022-05-31").ok
    assert yard("ballot void B1 --reason 名册有误 --yes").ok
    for paper in ("ballot", "result"):
        assert "本次表决已终止，已投的表决票不计入。原因：名册有误" in yard(f"notice {paper} B1").ok.out
    assert yard("meeting plan 六月例会 -d 2022-06-03 --agenda 门锁 --emergency 门锁坏了").ok
    late = yard("notice meeting M1").ok.out
    assert ("距会议3天，少于应当提前的7天" in late, "因情况紧急：门锁坏了" in late) == (True, True)
    assert yard("meeting cancel M1 --reason 停电 --yes").ok
    off = yard("notice meeting M1").ok.out
    assert ("会议取消公告" in off, "原因：停电" in off, "门锁" in off) == (True, True, False)


def test_a_draft_says_that_it_is_one_and_an_english_book_speaks_english(zaoyuan: Runner, tmp_path: Path) -> None:
    assert zaoyuan("init --name Garden --who Ann --book-lang en --yes").ok
    file = tmp_path / "Rules.md"
    file.write_text(
        "# Rules\n\n## Chapter 1 Peace\n\nArticle 1 Be **kind**.\n\nArticle 2 Ann keeps the key.\n", "utf-8"
    )
    assert zaoyuan(["bylaw", "add", "Rules", "-f", str(file), "--yes"]).ok
    said = zaoyuan("notice bylaw Rules", lang="zh").ok.out
    assert "Garden: Rules (draft, for comment)" in said
    assert ("Article 1 Be kind." in said, "Ann" in said, "31 May 2022" in said) == (True, False, True)
