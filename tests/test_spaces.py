"""Parking places, stalls and storage rooms: the register of special spaces, and what they count for in a vote (GR25,
R-04, R-27)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

import pytest
from roster_files import counts, xlsx

from tests.conftest import Result, Runner
from tests.prepared import once

OPEN = "ballot open 换物业 --matter 4 --until 2022-06-20 --posted 2022-05-31 --single-entry 试 --yes --json"
RULES = (
    '+++\ntitle = "业主大会议事规则"\nby = "{by}"\n[[rule]]\nname = "vote.special_spaces"\nvalue = "on"\n'
    'article = "第十条"\n+++\n第十条 车位计入。\n'
)


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Five doors of 100 m2: 甲 owns two, 乙 one, 丙 and 丁 one together, 戊 one; four voters."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for n, owners in enumerate(["甲", "甲", "乙", "丙 --owner 丁", "戊"], 1):
        zaoyuan(f"household add 1-1-{n}01 --owner {owners} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    return zaoyuan


def by_bylaw(yard: Runner, by: str = "assembly") -> Result:
    """The owners' rules of procedure say that special spaces count."""
    paper = yard.folder / "规则.md"
    paper.write_text(RULES.format(by=by), encoding="utf-8")
    title, body = ("业主大会议事规则", "业主大会") if by == "assembly" else ("车位办法", "业委会")
    if by != "assembly":
        paper.write_text(RULES.format(by=by).replace("业主大会议事规则", title), encoding="utf-8")
        yard("body add 业委会 --kind committee --seats 5 --yes").ok  # noqa: B018
    yard(f"decision add 通过{title} --body {body} -d 2022-05-20").ok  # noqa: B018
    yard(["bylaw", "add", title, "-f", str(paper)]).ok  # noqa: B018
    return yard(f"bylaw adopt {title} --decision D1 --effective 2022-05-21 --yes --json")


def test_a_place_is_entered_sold_corrected_closed(yard: Runner) -> None:
    added = yard("车位 add b1-012 --owner 1-1-401 --area 12.5 --area-source 登记 --json").ok.json
    assert (added["space"], added["kind"], added["owner"], added["area"]) == ("B1-012", "parking", "丙、丁", "12.50")
    assert yard("space add B1-012 --json").error["value"] == "B1-012"
    yard("space add 摊3 --kind 摊位").ok  # noqa: B018
    yard("space edit 摊3 --area 8 --area-source 实测").ok  # noqa: B018
    yard.now = "2022-06-10T12:00:00+08:00"
    yard("space transfer 012 --to 乙 -d 2022-06-05").ok  # noqa: B018
    shown = yard("space show 12 --json").ok.json
    assert (shown["owner"], shown["doors"]) == ("乙", "1-1-301")
    assert shown["former"] == [{"owner": "丙、丁", "from": None, "until": "2022-06-05"}]
    assert yard("space show 12 --as-of 2022-06-04 --json").ok.json["owner"] == "丙、丁"
    assert yard("space transfer 12 --to 戊 -d 2022-06-04 --json").error["field"] == "date"
    assert [row["space"] for row in yard("household show 1-1-301 --json").ok.json["spaces"]] == ["B1-012"]
    assert yard("person show 乙 --json").ok.json["spaces"] == ["B1-012"]
    assert yard("find 摊3 --json").ok.json["rows"][0]["show"] == "zaoyuan space show 摊3"
    assert yard("space close 摊3 --json").error["field"] == "reason"
    yard("space close 摊3 --reason 拆除").ok  # noqa: B018
    assert yard("space transfer 摊3 --to 乙 --json").code == 1
    listed = yard("space list --json").ok.json
    assert (listed["totals"], [row["space"] for row in listed["rows"]]) == (
        {"spaces": 1, "owned": 1, "area": "12.50"}, ["B1-012"],
    )  # fmt: skip
    assert yard("undo --yes").ok  # the closing
    assert len(yard("space list --json").ok.json["rows"]) == 2


def test_who_is_not_in_the_book_is_entered_and_said_and_keeps_a_telephone_while_owning_a_place(yard: Runner) -> None:
    assert "外人" in yard("space add B1-01 --owner 外人").ok.err
    assert yard("space add B1-02 --owner 乙").ok.err == ""
    yard("household add 1-1-701").ok  # noqa: B018
    for nobody in ("1-1-701", "9-9-999"):
        assert yard(["space", "add", "B1-09", "--owner", nobody, "--json"]).error["value"] == nobody
    yard("household edit 1-1-301 --phone 13900001111").ok  # noqa: B018
    assert yard("space add B1-03 --owner 乙").ok.err == ""  # a telephone makes nobody somebody else
    sold = yard("household close 1-1-301 --reason 打通 --yes --json").ok.json
    assert sold["untied"] == []
    yard("person merge 外人 乙 --yes").ok  # noqa: B018
    assert yard("space list --owner 乙 --json").ok.json["totals"]["spaces"] == 3


def test_gr25_special_spaces_do_not_count_unless_the_owners_say_so(yard: Runner) -> None:
    yard("space add B1-01 --owner 甲 --area 12.5").ok  # noqa: B018
    opened = yard(OPEN).ok.json
    assert (opened["roll"], opened["special_spaces"]["counted"]) == ({"voters": 4, "area": "500.00"}, False)
    assert "第二十五条" in opened["special_spaces"]["source"]
    assert by_bylaw(yard, "committee").error["rule"] == "vote.special_spaces"


def test_gr25_by_bylaw_their_area_is_their_owners_and_nobody_becomes_a_voter(yard: Runner) -> None:
    """A place of a co-owner who does not vote counts for the door's voter; who has no door has no vote."""
    for number, owner in (("B1-01", "甲"), ("B1-02", "甲"), ("B1-03", "丁"), ("B1-04", "外人"), ("B1-06", "乙")):
        yard(f"space add {number} --owner {owner} --area 12.5").ok  # noqa: B018
    yard("space add B1-05 --area 12.5").ok  # noqa: B018  # everybody's
    yard("space close B1-06 --reason 改作通道").ok  # noqa: B018
    assert by_bylaw(yard).code == 0
    opened = yard(OPEN).ok.json
    assert opened["roll"] == {"voters": 4, "area": "537.50"}
    assert opened["special_spaces"] == {
        "counted": True, "spaces": 3, "area": "37.50", "no_door": 1, "source": "《业主大会议事规则》第十条 (version 1)",
    }  # fmt: skip
    assert opened["judged_by"]["vote.special_spaces"] == "bylaw:业主大会议事规则/1"
    cast = yard("ballot cast B1 1-1-401 for --json").ok.json
    assert (cast["area"], cast["doors"]) == ("112.50", ["1-1-401"])
    tally = yard("ballot tally B1 --json").ok.json
    assert (tally["took_part"]["area"], tally["special_spaces"]["area"]) == ("112.50", "37.50")
    assert "37.50" in yard("ballot show B1").ok.out
    papers = {row["doors"]: row["area"] for row in yard("ballot papers B1 --json").ok.json["rows"]}
    assert papers["1-1-101 1-1-201"] == "225.00"
    wall = yard("notice ballot B1 --format md").ok.out
    assert "37.50" in wall
    assert "第十条" in wall
    for more in ("", " --proxy --paper 1"):
        assert "1-1-101 1-1-201 B1-01 B1-02" in yard(f"ballot print B1 --format md{more}").ok.out
    yard("space add B1-07 --owner 戊").ok  # noqa: B018
    lacking = yard(OPEN)
    assert (lacking.code, lacking.error["field"], lacking.error["value"]) == (1, "space", "B1-07")


def test_r04_a_sold_place_moves_the_weight_of_later_votes_only(yard: Runner) -> None:
    """Nor does switching the rule on touch what was opened before."""
    yard("space add B1-01 --owner 甲 --area 50").ok  # noqa: B018
    yard(OPEN).ok  # noqa: B018
    by_bylaw(yard)
    yard(OPEN).ok  # noqa: B018
    yard("space transfer B1-01 --to 乙").ok  # noqa: B018
    yard(OPEN).ok  # noqa: B018
    adopting = next(row["step"] for row in yard("log --json").ok.json["rows"] if row["verb"] == "bylaw adopt")
    assert yard(f"undo {adopting} --yes --json").error["code"] == "has_dependents"
    adding = next(row["step"] for row in yard("log --json").ok.json["rows"] if row["verb"] == "space add")
    assert yard(f"undo {adding} --yes --json").error["code"] == "has_dependents"  # it was sold since
    yard("undo --yes").ok  # noqa: B018  # the last opening
    yard("undo --yes").ok  # noqa: B018  # the sale
    assert yard("space show B1-01 --json").ok.json["owner"] == "甲"
    for _n in range(2):
        yard("redo --yes").ok  # noqa: B018
    areas = [
        [row["area"] for row in yard(f"ballot papers {ballot} --json").ok.json["rows"]] for ballot in ("B1", "B2", "B3")
    ]
    assert areas == [
        ["200.00", "100.00", "100.00", "100.00"], ["250.00", "100.00", "100.00", "100.00"],
        ["200.00", "150.00", "100.00", "100.00"],
    ]  # fmt: skip


def test_r27_owners_who_call_an_assembly_are_weighed_with_their_places(yard: Runner) -> None:
    yard("space add B1-01 --owner 乙 --area 50").ok  # noqa: B018
    by_bylaw(yard)
    line = "meeting plan 临时会议 --body 业主大会 -d 2022-06-30 --posted 2022-05-31 --called-by 乙 --yes --json"
    called = yard(line).ok.json["called"]
    assert (called["area"], called["of_area"], called["members"]) == ("150.00", "550.00", 4)


def test_two_laptops_enter_the_same_number_and_sell_the_same_place(yard: Runner) -> None:
    """The second number cannot stand beside the first; two sales of one place are listed, on both alike."""
    home, book = yard.folder / "home-b", yard.folder / "b.db"
    yard("space add B1-01 --owner 甲 --area 12").ok  # noqa: B018
    shutil.copyfile(yard.book, book)
    yard("device add --who 韩梅", home=home, book=book).ok  # noqa: B018
    for more, to in ({}, "乙"), ({"home": home, "book": book}, "戊"):
        yard(f"space transfer B1-01 --to {to}", **more).ok  # type: ignore[arg-type] # noqa: B018
        yard(f"space add B1-02 --owner {to} --area 12", **more).ok  # type: ignore[arg-type] # noqa: B018
    yard(f"merge {book}").ok  # noqa: B018
    yard(f"merge {yard.book}", home=home, book=book).ok  # noqa: B018
    for more in ({}, {"home": home, "book": book}):
        rows = yard("conflict list --json", **more).ok.json["rows"]  # type: ignore[arg-type]
        assert sorted(row["kind"] for row in rows) == ["edits", "unsettled"]
        listed = yard("space list --json", **more).ok.json["rows"]  # type: ignore[arg-type]
        assert [(row["space"], row["owner"]) for row in listed] == [("B1-01", "戊"), ("B1-02", "乙")]


HEAD = ["序号", "车位号", "车位类型", "业主姓名", "房号", "联系电话", "面积(㎡)", "取得日期"]
PLACES = [
    ["枣园小区地下车位登记表"], HEAD,
    [1, "b1-001", "产权车位", "甲", "1-1-101", "", 12.5, date(2021, 3, 5)],
    [2, "B1-002", "", "", "1-1-401", "", 12, "2022.1.8"],
    [3, "B1-003", "地下车位", "外人", "", "13912341234", 11.9, ""],
    [4, "B1-003", "地下车位", "乙", "", "", 11.9, ""],
    [5, "B1-004", "人防车位", "全体业主", "", "", "", ""],
    [6, "摊3", "摊位", "", "", "", 8, ""],
    ["合计", "5个", "", "", "", "", 44.4, ""],
]  # fmt: skip


def taken_in(yard: Runner, rows: list[list[object]], more: str = "--yes") -> Result:
    """What came of the import of a workbook with these rows."""
    (yard.folder / "车位.xlsx").write_bytes(xlsx(rows))
    return yard(f"import spaces 车位.xlsx --json {more}")


def test_a_list_of_places_is_taken_in_as_one_step_and_never_writes_over_what_a_hand_changed(yard: Runner) -> None:
    """A room is its owners; room and telephone tell people of one name apart; who is new is named."""
    for more in ("household add 1-1-601 --owner 甲 --phone 13700000000", "person add 甲"):
        yard(more).ok  # noqa: B018
    tried = taken_in(yard, PLACES, "--dry-run").ok
    assert counts(tried.json) == (5, 0, 0, 0, 0)
    assert [left["why"] for left in tried.json["left"]] == ["joined", "total"]
    assert ["外人" in said for said in tried.json["warnings"]] == [True]
    assert taken_in(yard, PLACES, "").error["code"] == "needs_yes"
    asked = yard("import spaces 车位.xlsx", input="n\n", tty=True)
    assert asked.code == 130
    assert all(said in asked.err for said in ("车位号 → No.", "B1-001  甲  parking  12.50  2021-03-05"))
    assert counts(taken_in(yard, PLACES).ok.json) == (5, 0, 0, 0, 0)
    rows = {row["space"]: row for row in yard("space list --json").ok.json["rows"]}
    assert {number: (row["kind"], row["owner"], row["area"]) for number, row in rows.items()} == {
        "B1-001": ("parking", "甲", "12.50"), "B1-002": ("parking", "丙、丁", "12.00"),
        "B1-003": ("parking", "外人、乙", "11.90"), "B1-004": ("parking", None, None), "摊3": ("stall", None, "8.00"),
    }  # fmt: skip
    assert (rows["B1-001"]["doors"], rows["B1-003"]["doors"]) == ("1-1-101 1-1-201", "1-1-301")
    assert yard("space show B1-001 --json").ok.json["from"] == "2021-03-05"
    steps = yard("log --json").ok.json["rows"]
    assert steps[0]["verb"] == "import spaces"
    assert counts(taken_in(yard, PLACES, "").ok.json) == (0, 0, 5, 0, 0)  # needs no yes
    assert yard("log --json").ok.json["rows"] == steps
    yard("space edit B1-001 --area 13").ok  # noqa: B018
    newer = [HEAD, [1, "B1-001", "储藏室", "", "", "", 12.5, ""], [2, "B1-002", "", "乙", "", "", "", "2022-05-20"]]
    told = taken_in(yard, newer).ok.json
    assert counts(told) == (0, 1, 0, 1, 0)
    assert told["differences"] == [
        {"line": 2, "space": "B1-001", "field": "area", "book": "13.00", "file": "12.50"},
    ]
    assert yard("space show B1-001 --json").ok.json["kind"] == "storage"
    shown = yard("space show B1-002 --json").ok.json
    assert (shown["owner"], shown["former"][0]["until"]) == ("乙", "2022-05-20")
    early = taken_in(yard, [HEAD, [1, "B1-002", "", "丁", "", "", "", "2022-05-01"]])
    assert [(one["line"], one["field"]) for one in early.json["problems"]] == [(2, "since")]
    yard("undo --yes").ok  # noqa: B018
    assert yard("space show B1-002 --json").ok.json["owner"] == "丙、丁"


def test_every_fault_of_a_list_of_places_is_told_by_its_line_and_the_others_can_be_taken_in(yard: Runner) -> None:
    yard("person add 甲 --phone 13700000000").ok  # noqa: B018
    bad: list[list[object]] = [
        HEAD,
        [1, "B1-001", "飞机位", "", "", "", "x", "5-20"], [2, "", "", "乙", "", "", "", ""],
        [3, "B1-002", "", "甲", "", "", "", ""], [4, "B1-003", "", "乙", "9-9-999", "", "", ""],
        [5, "B1-004", "", "乙", "", "", "", ""], [6, "B1-004", "", "9-9-901", "", "", "", ""],
        [7, "B1-005", "", "乙", "", "", "", "2023-01-01"], [8, "B1-005", "", "", "", "", 9, ""],
        [9, "B1-006", "", "乙", "", "", "", ""],
    ]  # fmt: skip
    refused = taken_in(yard, bad)
    assert (refused.code, refused.error["code"]) == (3, "problems")
    assert [(one["line"], one["field"]) for one in refused.json["problems"]] == [
        (2, "kind"), (2, "area"), (2, "since"), (3, "space"), (4, "owner"), (5, "room"), (6, "space"), (7, "owner"),
        (8, "since"), (9, "space"),
    ]  # fmt: skip
    assert yard("space list --json").ok.json["rows"] == []
    assert counts(taken_in(yard, bad, "--yes --skip-bad bad.csv").ok.json) == (1, 0, 0, 0, 8)
    assert [row["space"] for row in yard("space list --json").ok.json["rows"]] == ["B1-006"]
    lines = (yard.folder / "bad.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (lines[0].endswith(",原因"), len(lines)) == (True, 9)


def test_the_tab_key_offers_places_by_number_and_owner(yard: Runner, zaoyuan_process: Callable[..., Result]) -> None:
    yard("space add B1-001 --owner 乙").ok  # noqa: B018
    yard("space add B1-002 --owner 戊").ok  # noqa: B018
    for typed, offered in (("b1", ["B1-001", "B1-002"]), ("乙", ["B1-001"])):
        line = f"zaoyuan --book {yard.book} space show {typed}"
        told = zaoyuan_process([], env={"_ZAOYUAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "5"})
        assert told.ok.out.split() == offered
