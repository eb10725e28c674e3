"""The papers of a unit leader and of the roster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Runner
from roll import begin

from tests.prepared import once


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    assert zaoyuan("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --due 2022-05-01 --yes").ok
    assert zaoyuan("pay 3-2-502 40").ok
    assert zaoyuan("role set 张建国 单元长 --scope 3-2 --from 2022-01-15").ok
    return zaoyuan


# ---- a unit


def test_a_leader_sees_the_doors_of_the_unit_and_what_each_owes(book: Runner) -> None:
    unit = book("report unit 3-2 --json").ok.json
    assert (unit["unit"], unit["leader"], unit["leader_from"]) == ("3-2", "张建国", "2022-01-15")
    assert (unit["households"], unit["let"], unit["vacant"], unit["ebikes"]) == (4, 1, 1, 2)
    assert (unit["due"], unit["paid"], unit["owed"], unit["owing"]) == ("200.00", "40.00", "160.00", 2)
    assert [(door["room"], door["owed"]) for door in unit["rooms"]] == [
        ("3-2-501", "100.00"), ("3-2-502", "60.00"), ("3-2-601", "0.00"), ("3-2-602", "0.00")
    ]  # fmt: skip
    assert unit["rooms"][1]["dues"][0]["state"] == "part"
    assert unit["rooms"][3]["missing"] == ["phone"]


def test_an_estate_without_grids_lacks_none(zaoyuan: Runner) -> None:
    """The column and the list of what is to be done name a grid only where the estate is drawn into grids."""
    begun = ("init --name 枣园 --who 韩梅 --yes", "household add 1-1-101 --owner 张三 --area 80 --area-source 登记",
             "household add 1-1-102")  # fmt: skip
    for line in begun:
        zaoyuan(line).ok  # noqa: B018

    def lacking() -> tuple[list[list[str]], bool]:
        doors = zaoyuan("report unit 1-1 --json").ok.json["rooms"]
        todo = {item["kind"] for item in zaoyuan("report --json").ok.json["todo"]}
        return [door["missing"] for door in doors], "grid" in todo

    assert lacking() == ([["phone"], ["owner", "area"]], False)
    assert "网格" not in zaoyuan("report unit 1-1", lang="zh").ok.out
    zaoyuan("household edit 1-1-101 --grid 1").ok  # noqa: B018
    assert lacking() == ([["phone"], ["owner", "area", "grid"]], True)


def test_it_ties_with_the_list_of_the_unpaid(book: Runner) -> None:
    assert book("report unit 3-2 --json").ok.json["owed"] == book("unpaid --unit 3-2 --json").ok.json["totals"]["owed"]


def test_nothing_of_another_unit_is_in_it(book: Runner) -> None:
    """王桂兰 owns in 3-2 alone, 李强 in 1-1; whoever else owes is not the leader's business."""
    for form in ("table", "json", "csv", "md", "html"):
        paper = book(f"report unit 3-2 --format {form}").ok.out
        assert "3-2-502" in paper
        for other in ("1-1-", "3-10-", "5-1-", "5-2-", "曾秀英", "吴晓燕", "李强"):
            assert other not in paper, (form, other)


def test_of_the_demo_no_other_door_owner_or_telephone_is_in_it(zaoyuan: Runner) -> None:
    """Every unit of the demo, with telephones in full: owners and doors of its own, and of no other unit."""
    doors = zaoyuan("--demo --fresh household list --json").ok.json["rows"]
    phones = {row["name"]: row["phone"] for row in zaoyuan("--demo person list --full --yes --json").ok.json["rows"]}
    for unit in dict.fromkeys(door["unit"] for door in doors):
        line = f"--demo report unit {unit} --full --yes --format"
        paper = "".join(zaoyuan(f"{line} {form}").ok.out for form in ("table", "json"))
        mine = [door for door in doors if door["unit"] == unit]
        names = {name for door in mine for name in (door["owner"] or "").split("、")}
        led = zaoyuan(f"--demo report unit {unit} --json").ok.json["leader"]
        for door in doors:
            if door["unit"] == unit:
                assert door["room"] in paper
                continue
            assert door["room"] not in paper
            for name in set((door["owner"] or "").split("、")) - names - {led, ""}:
                assert name not in paper, (unit, door["room"])
                assert not phones.get(name) or phones[name] not in paper


def test_telephones_are_masked_unless_asked_for(book: Runner) -> None:
    assert "137****5678" in book("report unit 3-2").ok.out
    assert "13700005678" not in book("report unit 3-2 --json").ok.out
    assert book("report unit 3-2 --full --json").error["code"] == "needs_yes"
    assert "13700005678" in book("report unit 3-2 --full --yes").ok.out


def test_the_debt_of_an_owner_before_is_said_to_be_theirs(book: Runner) -> None:
    assert book("household transfer 3-2-501 --to 何秀英").ok
    paper = book("report unit 3-2").ok.out
    assert "何秀英" in paper
    assert "owner before 王桂兰" in paper


def test_what_the_leader_has_promised_is_in_it(book: Runner) -> None:
    assert book("task add 贴通知 --by 张建国 --due 2022-06-10").ok
    assert book("task add 对账 --by 韩梅 --due 2022-06-10").ok
    assert [task["text"] for task in book("report unit 3-2 --json").ok.json["tasks"]] == ["贴通知"]


def test_as_it_was_on_a_day(book: Runner) -> None:
    assert book("role set 王桂兰 单元长 --scope 3-2 --from 2022-05-31 --yes").ok
    assert book("report unit 3-2 --json --as-of 2022-05-30").ok.json["leader"] == "张建国"
    assert book("report unit 3-2 --json").ok.json["leader"] == "王桂兰"


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("report unit", 2, "name"),
        ("report unit 9-9", 1, "unit"),
        ("report roster 3-2", 2, "name"),
        ("report weather", 2, "subject"),
        ("report unit 3-2 --since 2022-05-01", 2, "since"),
    ],
)
def test_what_cannot_be(book: Runner, line: str, code: int, field: str) -> None:
    refused = book(f"{line} --json")
    assert (refused.code, refused.error["field"]) == (code, field)


@pytest.mark.parametrize("ending", ["md", "html", "csv", "json", "txt"])
def test_papers_are_written_into_files(book: Runner, ending: str) -> None:
    for line in ("report unit 3-2", "report roster", "报告 单元 3-2", "报告 名册"):
        paper = book.folder / f"paper.{ending}"
        assert book(f"{line} -o {paper}").ok
        assert "3-2" in Path(paper).read_text(encoding="utf-8-sig")


# ---- the roster


def test_the_roster_ties_with_the_households(book: Runner) -> None:
    roster = book("report roster --json").ok.json
    totals = book("household list --json").ok.json["totals"]
    assert {key: roster["totals"][key] for key in totals} == totals
    for part in ("units", "grids"):
        assert sum(row["households"] for row in roster[part]) == totals["households"]
        for key in ("let", "vacant", "ebikes"):
            assert sum(row[key] for row in roster[part]) == roster["totals"][key]
    for flag, key in (("--vacant", "vacant"), ("--ebike", "ebikes")):
        found = book(f"household list {flag} --json").ok.json["totals"]["households"]
        assert found == roster["totals"][key]


def test_the_roster_names_no_owner_and_no_telephone(book: Runner) -> None:
    page = json.dumps(book("report roster --json").ok.json, ensure_ascii=False)
    assert "张建国" in page  # a leader
    assert not [word for word in ("欧阳夏丹", "曾秀英", "139", "137") if word in page]


def test_the_roster_of_a_day_before_anything_was_entered_is_empty(book: Runner) -> None:
    assert book("report roster --json --as-of 2022-05-01").ok.json["totals"]["households"] == 0


def test_both_papers_in_chinese(book: Runner) -> None:
    assert "单元长工作单" in book("report 单元 3-2", lang="zh").ok.out
    assert "枣园小区名册" in book("report 名册", lang="zh").ok.out
    assert "会前报告" in book("report 会前", lang="zh").ok.out
