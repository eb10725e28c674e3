"""The report to the owners on a committee's term or year: what came in, what it was spent on, what was decided, held,
voted on, answered, posted, and what is to be handed over (R-30, R-43, R-70, R-71, R-96). Nobody is named in it."""

from __future__ import annotations

import pytest
from treasurer import done

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import MEMBERS, committee, paper
from zaoyuan_cli.reports import flows
from zaoyuan_cli.rules.money import Fen

EARLY, SPRING = "2021-11-20T09:00:00+08:00", "2022-04-20T09:00:00+08:00"


@pytest.fixture
@once
def office(zaoyuan: Runner) -> Runner:
    """A committee from 2020-01-01 to 2024-12-31; money of two years, a meeting of four, a vote, two opinions."""
    committee(zaoyuan)
    zaoyuan.now = EARLY
    done(
        zaoyuan,
        "household edit 3-2-501 --area 88.5 --area-source 登记",
        "account opening 现金 300 --fund 众筹专项",
        "project add 围墙 --fund 众筹专项 --budget 900 --goal 900 --yes",
        "pay 3-2-501 500 -p 围墙 --gift",
        "spend 420 砖 -p 围墙 --voucher 1 --yes",
    )
    zaoyuan.now = SPRING
    done(
        zaoyuan,
        "pay 3-2-501 100 -p 围墙 --gift",
        "spend 60 打印纸 --fund 众筹专项 --voucher 2 --yes",
        "opinion add 3-2-501 台阶太高",
        "opinion answer O1 已放缓 --by 韩梅",
        "opinion add 3-2-501 灯太暗",
        "ballot open 修围墙 --matter 7 --until 2022-05-20 --posted 2022-04-20 --single-entry 一户 --yes",
        "ballot cast B1 3-2-501 for",
    )
    zaoyuan.now = "2022-05-31T12:00:00+08:00"
    done(zaoyuan, "ballot close B1 --yes", f"minutes -f {paper(zaoyuan.folder)}")
    return zaoyuan


def test_a_term_is_told_whole(office: Runner) -> None:
    told = office("report term --json").ok.json
    assert (told["body"], told["since"], told["until"]) == ("业委会", "2020-01-01", "2022-05-31")
    assert told["totals"] == {"opening": "300.00", "in": "600.00", "out": "480.00", "closing": "420.00"}
    assert told["works"] == [
        {"project": "围墙", "raised": "600.00", "spent": "420.00", "returned": "0.00", "left": "180.00",
         "state": "open"}
    ]  # fmt: skip
    assert [(row["for"], row["amount"], row["share"]) for row in told["outlay"]] == [
        ("围墙", "420.00", "88%"), ("众筹专项", "60.00", "12%"),
    ]  # fmt: skip
    assert [row["body"] for row in told["decisions"]] == ["业委会", "业委会", "业主大会"]
    assert told["attendance"] == {"meetings": 1, "members": 5, "present": 4, "rate": "80%"}
    (vote,) = told["ballots"]
    assert (vote["turnout"], vote["yes"], vote["state"]) == ("1/1", 1, "passed")
    assert told["answers"] == [
        {"kind": "opinion", "received": 2, "answered": 1, "in_time": 1, "open": 1},
        {"kind": "letter", "received": 0, "answered": 0, "in_time": 0, "open": 0},
    ]
    assert {key: told["disclosed"][key] for key in ("quarters", "in_time", "late", "missing")} == {
        "quarters": 2, "in_time": 0, "late": 0, "missing": 2,
    }  # fmt: skip
    assert (told["term_until"], told["handover_by"]) == ("2024-12-31", "2025-01-10")


def test_a_year_of_it_and_other_days(office: Runner) -> None:
    """What a project raised and spent is that of the days; a year and a term of the same days tell the same."""
    year = office("report term 2022 --json").ok.json
    assert (year["since"], year["until"]) == ("2022-01-01", "2022-05-31")
    (wall,) = year["works"]
    assert (wall["raised"], wall["spent"], wall["left"]) == ("100.00", "0.00", "180.00")
    whole = office("report year --json").ok.json
    shared = ("funds", "totals", "months", "kinds", "outlay", "meetings", "attendance", "ballots", "answers")
    assert {key: year[key] for key in shared} == {key: whole[key] for key in shared}
    some = office("report 届期 业委会 --since 2021-11-01 --until 2021-12-31 --json").ok.json
    assert some["totals"]["closing"] == "380.00"
    assert (some["meetings"], some["ballots"], some["attendance"]["rate"]) == ([], [], None)


def test_many_months_are_shown_year_by_year() -> None:
    """R-70: an opening balance is in the opening of its year, so that each line adds up."""
    rows = [
        {"month": f"{2020 + n // 12}-{n % 12 + 1:02}", "opening": Fen(n + (n > 20) * 500), "in": Fen(3), "out": Fen(2),
         "closing": Fen(n + 1 + (n > 20) * 500)}
        for n in range(30)
    ]  # fmt: skip
    found = flows.years(rows)
    sums = [(row["month"], row["in"], row["out"]) for row in found]
    assert sums == [("2020", 36, 24), ("2021", 36, 24), ("2022", 18, 12)]
    assert all(row["opening"] + row["in"] - row["out"] == row["closing"] for row in found)
    assert found[-1]["closing"] == rows[-1]["closing"]


def test_nobody_is_named_in_it_but_what_was_written_for_all(office: Runner) -> None:
    for form in ("table", "md", "json"):
        told = office(f"report term --format {form}", lang="zh").ok.out
        assert "80%" in told
        assert not [name for name in MEMBERS if name in told]
        assert "3-2-501" not in told


def test_what_does_not_go_together_is_refused_in_a_sentence(office: Runner) -> None:
    for line, field in (
        ("report term 2022 --since 2022-01-01", "since"),
        ("report term --since 2022-05-01 --until 2022-04-01", "since"),
        ("report term 2030", "year"),
        ("report year --since 2022-01-01", "since"),
        ("report roster --until 2022-01-01", "until"),
        ("report project --since 2022-01-01", "since"),
        ("report meeting 2022", "name"),
    ):
        refused = office(f"{line} --json")
        assert (refused.code, refused.error["field"]) == (2, field), line
        assert "\n" not in refused.error["message"]
        assert refused.error["value"]
