"""The register of a vote's papers and who may sign: a spoiled paper takes no slip (R-23), delivery by hand, mail and
notice (R-21), written proxies (R-22), the same person in both passes (R-24), and what an opening refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.prepared import once

LATER, AFTER = "2022-06-02T09:00:00+08:00", "2022-06-21T09:00:00+08:00"
OPEN = "ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-05-31"


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Two units of three doors, each of 100 m2 and another owner: papers 1 to 6."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for n, owner in enumerate("甲乙丙丁戊己"):
        zaoyuan(f"household add 1-{n // 3 + 1}-{n % 3 + 1}01 --owner {owner} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    zaoyuan(OPEN).ok  # noqa: B018
    return zaoyuan


def does(yard: Runner, *lines: str) -> None:
    for line in lines:
        assert yard(f"{line} --yes").ok


def refused(yard: Runner, line: str, code: str = "refused") -> str:
    """The message and the way out of a line that is refused."""
    error = yard(f"{line} --json").error
    assert error["code"] == code
    return f"{error['message']} {error.get('hint', '')}"


def states(yard: Runner, **run: str) -> list[tuple[int, str]]:
    rows = yard("ballot papers B1 --json", **run).ok.json["rows"]  # type: ignore[arg-type]
    return [(row["paper"], row["state"]) for row in rows if row["state"] != "not issued"]


def test_r23_a_spoiled_paper_takes_no_slip_and_who_voted_gets_no_other(yard: Runner) -> None:
    does(yard, "ballot issue B1 1-1-101", "ballot return B1 1-1-101 --spoiled")
    assert "ballot issue BA2022-1 1-1-101" in refused(yard, "ballot cast B1 1-1-101 for", "spoiled")
    assert "ballot issue BA2022-1 1-1-101" in refused(yard, "ballot return B1 1-1-101", "spoiled")
    assert yard("ballot issue B1 1-1-101 --json").ok.json["papers"] == [7]
    assert "theirs is 7 now" in refused(yard, "ballot cast B1 1-1-101 against --paper 1", "spoiled")
    assert "theirs is 7 now" in refused(yard, "ballot cast B1 1 against", "spoiled")
    assert "theirs is 7" in refused(yard, "ballot cast B1 1-1-101 against --paper 2", "not_found")
    does(yard, "ballot cast B1 1-1-101 for")
    assert states(yard) == [(1, "spoiled"), (7, "entered")]
    for line in ("ballot issue B1 1-1-101", "ballot return B1 1-1-101 --spoiled"):
        said = refused(yard, line, "already_cast")
        assert "paper 7" in said
        assert "ballot void BA2022-1 1-1-101" in said
    assert "paper 7" in refused(yard, "ballot cast B1 1-1-101 for", "already_cast")
    assert yard("ballot tally B1 --json").ok.json["papers"]["spoiled"] == 1
    does(yard, "ballot void B1 1-1-101 --reason 看错", "ballot return B1 7 --spoiled", "ballot issue B1 1-1-101")
    assert states(yard) == [(1, "spoiled"), (7, "spoiled"), (8, "outstanding")]


def test_r21_all_who_have_none_yet_and_mailed_papers_that_did_not_arrive(yard: Runner) -> None:
    does(yard, "ballot issue B1 1-1-101 1-1-201 --via 当面")
    rest = yard("ballot issue B1 --unit 1-1 --via 邮寄 --yes --json").ok.json
    assert (rest["papers"], rest["had"]) == ([3], 2)
    assert "3" in refused(yard, "ballot issue B1 --unit 1-1 --yes")
    assert yard("ballot issue B1 1-2-101,1-1-301 --via 邮寄 --json").ok.json["had"] == 1
    assert yard("ballot issue B1 --via 当面 --yes --json").ok.json["papers"] == [5, 6]
    assert "number 1" in refused(yard, "ballot issue B1 1-1-101 --via 公告")
    does(yard, "ballot issue B1 1-1-301 1-2-101 --via 公告")
    totals = yard("ballot papers B1 --json").ok.json["totals"]
    assert totals == {
        "papers": 6, "voters": 6, "delivered": 4, "posted": 2, "undelivered": 0, "complete": True,
    }  # fmt: skip
    assert yard("ballot tally B1 --json").ok.json["papers"]["posted"] == 2
    does(yard, "ballot issue B1 1-1-301 --via 当面")
    assert yard("ballot papers B1 --json").ok.json["totals"]["posted"] == 1
    does(yard, "ballot issue B1 1-2-101 --via 微信")  # posted first, then sent on the same day: it arrived
    assert yard("ballot papers B1 --json").ok.json["totals"]["posted"] == 0
    assert yard("ballot tally B1 --json").ok.json["papers"]["posted"] == 0


def test_r22_a_letter_is_asked_for_shown_and_found_and_the_passes_compare_who_signed(yard: Runner) -> None:
    does(yard, "ballot proxy B1 1-1-101 李强", "ballot cast B1 1-1-101 for --proxy 李强")
    assert "ballot proxy BA2022-1 1-1-201 李强" in refused(yard, "ballot cast B1 1-1-201 for --proxy 李强", "needs_yes")
    second = yard("ballot cast B1 1-1-101 for --second --who 乙").ok
    assert "proxy 李强" in second.err
    (differs,) = yard("ballot tally B1 --json").ok.json["differences"]
    assert (differs["first_proxy"], differs["second_proxy"]) == ("李强", None)
    assert yard("ballot close B1 --yes --json", now=AFTER).error["code"] == "entries_differ"
    does(yard, "ballot void B1 1-1-101 --reason 漏记代签")
    typed = yard("ballot run B1 --json", input="1 1 代李强\n2 2 代王五\ny\n.\n", tty=True).ok
    assert (typed.json["entered"], typed.json["unwritten"]) == (2, 1)
    tally = yard("ballot tally B1 --json").ok.json
    assert (tally["unwritten"], tally["differences"]) == (1, [])
    assert [(one["doors"], one["holder"]) for one in tally["proxies"]] == [(["1-1-101"], "李强")]
    assert yard("ballot papers B1 --json").ok.json["rows"][0]["proxy"] == "李强"
    assert [row["ref"] for row in yard("find 李强 --json").ok.json["rows"]] == ["BA2022-1"]


def test_r24_one_person_in_both_passes_is_warned_at_once(yard: Runner) -> None:
    does(yard, "ballot cast B1 1-1-101 for", "ballot cast B1 1-1-201 for")
    alone = yard("ballot cast B1 1-1-101 for --second").ok
    assert all(word in alone.err for word in ("韩梅", "--who NAME"))
    assert yard("ballot cast B1 1-1-201 for --second --who 乙").ok.err == ""
    does(yard, "ballot cast B1 1-1-301 for")
    greeted = yard("ballot run B1 --second", input=".\n", tty=True).ok.err
    assert "Entered by: 韩梅" in greeted
    assert "of 1 slips" in greeted
    assert "韩梅" in yard("ballot run B1 --second", input="3\t1\n").ok.err


def test_a_late_slip_its_passes_and_what_nobody_signs_on_a_screen(yard: Runner) -> None:
    does(yard, "ballot cast B1 1-1-101 for", "ballot cast B1 1-1-101 for --second --who 乙")
    yard("ballot cast B1 1-1-201 for", now=AFTER).ok  # noqa: B018
    rows = yard("ballot papers B1 --json", now=AFTER).ok.json["rows"]
    assert [(row["state"], row["passes"]) for row in rows[:2]] == [("entered", 2), ("came too late", 1)]
    assert "逾期" in yard("ballot papers B1", lang="zh", now=AFTER).ok.out
    assert "Signature" not in yard("ballot papers B1").ok.out


def test_what_an_opening_and_a_slip_refuse(yard: Runner) -> None:
    refused(yard, "ballot open 换物业 --matter 4 --until 2022-06-20 --posted 2022-06-21", "unreadable")
    assert "BA2022-1" in refused(yard, OPEN, "needs_yes")
    refused(yard, "ballot cast B1 1-1-101 for --received 2022-05-30", "unreadable")
    refused(yard, "ballot return B1 1-1-101 --received 2022-05-30", "unreadable")
    refused(yard, "ballot cast B1 107 against", "not_found")
    given = yard("ballot cast B1 2号票 against").ok.out
    assert "1-1-201" in given
    assert "paper 2 issued with it" in given
    assert "--reason" in refused(yard, "ballot void B1 1-1-201", "usage")


def test_a_vote_is_picked_by_its_words_and_of_two_the_one_that_runs(yard: Runner) -> None:
    does(yard, "ballot void B1 --reason 另议")
    year = "2023-03-01T09:00:00+08:00"
    yard("ballot open 更换物业 --matter 4 --until 2023-04-01 --yes", now=year).ok  # noqa: B018
    assert yard("ballot cast B1 1-1-101 for --json", now=year).ok.json["ballot"] == "BA2023-1"
    assert yard("ballot tally B1 --json", now=year).error["code"] == "ambiguous"
    assert yard("ballot tally 车棚 --json", now=year).ok.json["ballot"] == "BA2022-1"
    assert yard("ballot tally 电梯 --json", now=year).code != 0


def test_a_count_adds_up_and_a_unit_takes_part_as_the_verdict_counts(yard: Runner) -> None:
    for room, choice in (("1-1-101", "for"), ("1-1-201", "blank"), ("1-1-301", "invalid"), ("1-2-101", "against")):
        does(yard, f"ballot cast B1 {room} {choice}", f"ballot cast B1 {room} {choice} --second --who 乙")
    tally = yard("ballot tally B1 --json").ok.json
    assert sum(unit["took_part"] for unit in tally["units"]) == tally["took_part"]["voters"] == 3
    page = yard("ballot tally B1", lang="zh").ok.out
    assert "其中空白" in page
    assert "67%" in page
    assert "赞成" not in page
    closed = yard("ballot close B1 --witness 甲 --caller 甲 --teller 乙 --yes --json", now=AFTER).ok.json
    assert "甲" in closed["warnings"][0]
    ended = yard("report --json", now=AFTER).ok.json["ballots_ended"]
    assert [(one["ballot"], one["turnout"], one["state"]) for one in ended] == [("BA2022-1", "3/6", "failed")]


def test_a_sheet_is_judged_before_it_is_asked_about(yard: Runner, tmp_path: Path) -> None:
    file = tmp_path / "票.csv"
    file.write_text("编号,同意,反对,弃权,代理人\n1,√,,,李强\n99,√,,,\n", encoding="utf-8")
    assert yard(["ballot", "import", "B1", str(file), "--json"]).error["code"] == "problems"
    asked = yard(["ballot", "import", "B1", str(file), "--skip-bad", "--json"]).error
    assert "同意、反对、弃权" in asked["message"]
    assert "without a letter on file: 1" in asked["message"]
    done = yard(["ballot", "import", "B1", str(file), "--skip-bad", "--yes", "--json"]).ok.json
    assert (done["entered"], done["unwritten"]) == (1, 1)


def test_a_screen_gets_what_would_be_printed_and_choices_in_its_language(yard: Runner) -> None:
    shown = yard("ballot print B1", screen=80).ok.out
    assert "6" in shown
    assert len(shown.splitlines()) < 5
    assert "同意" in yard("ballot cast B1 1-1-101 也许", lang="zh").err
    assert "abstain" not in yard("ballot cast B1 1-1-101 也许", lang="zh").err
