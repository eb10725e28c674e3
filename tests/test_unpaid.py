"""Who still owes what."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.shed import begin
from zaoyuan_cli.rules.arrears import BUCKETS, bucket


def test_only_those_who_still_owe(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502 40")
    answer = zaoyuan("unpaid --json").ok.json
    shown = ("room", "owner", "project", "due", "paid", "waived", "owed", "state", "age")
    assert [tuple(row[key] for key in shown) for row in answer["rows"]] == [
        ("3-2-502", "张建国", "车棚改造", "100.00", "40.00", "0.00", "60.00", "part", 0),
        ("3-2-601", "欧阳夏丹", "车棚改造", "100.00", "0.00", "0.00", "100.00", "unpaid", 0),
    ]
    assert answer["totals"] == {
        "households": 2, "due": "200.00", "paid": "40.00", "waived": "0.00", "owed": "160.00",
    }  # fmt: skip
    assert [row["room"] for row in zaoyuan("欠缴 --all --json").ok.json["rows"]] == ["3-2-501", "3-2-502", "3-2-601"]


def test_it_reads_well_in_both_languages(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-502 40")
    chinese, english = zaoyuan("unpaid", lang="zh").ok.out, zaoyuan("unpaid").ok.out
    for word in ("房号", "业主", "欠缴", "部分", "未缴", "260.00"):
        assert word in chinese
    for word in ("Room", "Owner", "Owed", "part", "unpaid", "260.00"):
        assert word in english


def test_nobody_owes(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502", "pay 3-2-601")
    assert zaoyuan("unpaid --json").ok.json["rows"] == []
    assert "Nobody owes anything" in zaoyuan("unpaid").ok.out


def test_days_are_counted_from_the_day_it_was_due(zaoyuan: Runner) -> None:
    """Where no day was set, from the day of the levy."""
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy 10 --where vacant --yes")
    zaoyuan.now = "2022-06-20T09:00:00+08:00"
    ages = {row["room"]: row["age"] for row in zaoyuan("unpaid --json").ok.json["rows"]}
    assert (ages["3-2-501"], ages["3-2-602"]) == (5, 20)
    before = {row["room"]: row["age"] for row in zaoyuan("unpaid --json --as-of 2022-06-16").ok.json["rows"]}
    assert before["3-2-501"] == 1


def test_by_unit_and_of_one_unit(zaoyuan: Runner) -> None:
    begin(zaoyuan, "project include 1-1-101", "pay 3-2-501 40")
    answer = zaoyuan("unpaid 车棚 --by unit --json").ok.json
    assert [(row["unit"], row["households"], row["owed"]) for row in answer["rows"]] == [
        ("1-1", 1, "100.00"),
        ("3-2", 3, "260.00"),
    ]
    assert answer["totals"]["owed"] == "360.00"
    assert zaoyuan("unpaid --unit 3-2 --json").ok.json["totals"]["owed"] == "260.00"
    assert zaoyuan("unpaid --unit 3号楼二单元 --json").ok.json["totals"]["households"] == 3
    assert zaoyuan("unpaid --grid 1 --json").ok.json["totals"]["owed"] == "100.00"
    assert [row["room"] for row in zaoyuan("unpaid --sort owed --limit 1 --json").ok.json["rows"]] == ["3-2-501"]


def test_of_one_project(zaoyuan: Runner) -> None:
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy-total 1000 --by area --yes")
    assert zaoyuan("unpaid 围墙 --json").ok.json["totals"]["owed"] == "1000.00"
    assert zaoyuan("unpaid -p 车棚 --json").ok.json["totals"]["owed"] == "300.00"
    assert zaoyuan("unpaid --json").ok.json["totals"] == {
        "households": 5, "due": "1300.00", "paid": "0.00", "waived": "0.00", "owed": "1300.00",
    }  # fmt: skip
    assert zaoyuan("unpaid 没有 --json").error["field"] == "project"


def test_as_of_a_day(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    zaoyuan.now = "2022-06-03T09:00:00+08:00"
    assert zaoyuan("pay 3-2-501").ok
    assert zaoyuan("project exempt 3-2-601 --reason 困难").ok
    assert zaoyuan("unpaid --json --as-of 2022-06-02").ok.json["totals"]["owed"] == "300.00"
    assert zaoyuan("unpaid --json").ok.json["totals"]["owed"] == "100.00"
    assert zaoyuan("unpaid --json --as-of 2022-05-30").ok.json["rows"] == []
    assert zaoyuan("unpaid --json --known-on 2022-06-02").ok.json["totals"]["owed"] == "300.00"


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
def test_room_and_amount_stand_whole_on_any_screen(zaoyuan: Runner, columns: int) -> None:
    begin(zaoyuan, "pay 3-2-502 40")
    shown = zaoyuan("unpaid", screen=columns).ok.out
    for word in ("3-2-501", "3-2-502", "60.00", "100.00"):
        assert word in shown


# ---- how long overdue


def test_arrears_by_age(zaoyuan: Runner) -> None:
    """Not due yet, 1-30, 31-90, 91-365 days, over a year: the buckets of every project, the youngest first."""
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy 10 --due 2022-06-01 --yes", "pay 3-2-502 40 -p 车棚改造")
    zaoyuan.now = "2022-07-15T09:00:00+08:00"  # 车棚改造 was due 30 days ago, 围墙 44
    answer = zaoyuan("unpaid --by age --json").ok.json
    assert [(row["bucket"], row["households"], row["owed"]) for row in answer["rows"]] == [
        ("1-30", 3, "260.00"), ("31-90", 5, "50.00"),
    ]  # fmt: skip
    zaoyuan.now = "2022-07-16T09:00:00+08:00"
    assert [row["bucket"] for row in zaoyuan("unpaid --by 账龄 --json").ok.json["rows"]] == ["31-90"]
    before = zaoyuan("unpaid --by age --json --as-of 2022-06-01").ok.json["rows"]
    assert [(row["bucket"], row["owed"]) for row in before] == [("not_due", "310.00")]
    late = zaoyuan("unpaid --by age --json", now="2023-06-16T09:00:00+08:00").ok.json["rows"]
    assert [row["bucket"] for row in late] == ["over_365"]
    assert {row["bucket"] for row in zaoyuan("unpaid --json").ok.json["rows"]} == {"31-90"}
    assert "31-90 天" in zaoyuan("unpaid --by age", lang="zh").ok.out


@pytest.mark.parametrize(("days", "code"), [(0, "not_due"), (1, "1-30"), (30, "1-30"), (31, "31-90"), (90, "31-90"),
                                            (91, "91-365"), (365, "91-365"), (366, "over_365")])  # fmt: skip
def test_the_edges_of_the_ages(days: int, code: str) -> None:
    assert bucket(days) == code


def test_the_totals_are_the_same_in_every_form(zaoyuan: Runner) -> None:
    """By household, unit, grid, project and age; in JSON and CSV; of what is overdue and of one unit."""
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy-total 1000 --by area --yes", "pay 3-2-502 40 -p 车棚改造",
          "pay 1-1-101 33.33 -p 围墙", "project exempt 3-2-601 -p 车棚改造 --reason 困难")  # fmt: skip
    zaoyuan.now = "2022-07-20T09:00:00+08:00"
    for more in ("", "--overdue", "--unit 3-2", "--grid 2", "--as-of 2022-06-10", "--all", "--since 2022-05-31"):
        whole = zaoyuan(f"unpaid {more} --json").ok.json
        for by in ("household", "unit", "grid", "project", "age"):
            answer = zaoyuan(f"unpaid --by {by} {more} --json").ok.json
            assert {key: answer["totals"][key] for key in whole["totals"]} == whole["totals"], (by, more)
            for key in ("due", "paid", "waived", "owed"):
                assert sum(fen(row[key]) for row in answer["rows"]) == fen(whole["totals"][key]), (by, more, key)
            if by in ("unit", "grid", "project"):
                for row in [*answer["rows"], answer["totals"]]:
                    assert sum(fen(row[code]) for code in BUCKETS) == fen(row["owed"])
            lines = zaoyuan(f"unpaid --by {by} {more} --format tsv").ok.out.splitlines()
            place = lines[0].split("\t").index("owed")
            assert sum(fen(line.split("\t")[place]) for line in lines[1:]) == fen(whole["totals"]["owed"])


def fen(text: str) -> int:
    return round(float(text) * 100)


def test_only_what_is_overdue(zaoyuan: Runner) -> None:
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy 10 --due 2022-08-01 --yes")
    assert zaoyuan("unpaid --overdue --json").ok.json["rows"] == []
    zaoyuan.now = "2022-06-16T09:00:00+08:00"
    answer = zaoyuan("unpaid --overdue --json").ok.json
    assert {row["project"] for row in answer["rows"]} == {"车棚改造"}
    assert answer["totals"]["owed"] == "300.00"
    assert zaoyuan("unpaid --by nonsense --json").error["field"] == "by"


def test_narrow_screens_lose_the_reminders_first(zaoyuan: Runner) -> None:
    begin(zaoyuan, "reminder add 3-2-501 --via phone")
    wide, usual = zaoyuan("unpaid", screen=200).ok.out, zaoyuan("unpaid", screen=80).ok.out
    assert "Last reminder" in wide.splitlines()[0]
    assert "2022-05-31" in wide
    assert "Last reminder" not in usual.splitlines()[0]
    assert "300.00" in usual
