"""Telephones, areas, states and ID numbers as spreadsheets leave them; and the whole of it in one roster."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import Runner
from roster_files import book, counts, owners, phones, roll, run, take_in, wrong, xlsx

HEAD = ["房号", "业主", "建筑面积", "面积来源", "微网格", "状态", "电动车", "电话"]


@pytest.fixture
def estate(zaoyuan: Runner) -> Runner:
    return book(zaoyuan)


# ---- telephones


@pytest.mark.parametrize(
    "cell",
    [13812341234, 13812341234.0, "13812341234.0", "138 1234 1234", "138-1234-1234", "１３８１２３４１２３４",
     "\u202d13812341234\u202c", "\xa013812341234\u3000", "'13812341234", "+86 13812341234",
     "1.3812341234E+10", "13812341234\t"],
)  # fmt: skip
def test_a_telephone_is_read_however_a_spreadsheet_left_it(estate: Runner, cell: Any) -> None:
    take_in(estate, xlsx([["房号", "业主", "电话"], ["3-2-501", "王", cell]]), "a.xlsx")
    assert phones(estate, "3-2-501") == ["13812341234"]


@pytest.mark.parametrize("cell", ["1.38E+10", "1.38001E+10", "1381234123", "138123412341", "138****1234", "没装"])
def test_a_telephone_that_lost_figures_is_wrong_and_said(estate: Runner, cell: str) -> None:
    [(line, field, why)] = wrong(estate, f"房号,业主,电话\n3-2-501,王,{cell}\n")
    assert (line, field) == (2, "phone")
    assert ("cut figures off" in why) == ("E+" in cell)


def test_a_wrong_telephone_is_not_repeated_whole(estate: Runner) -> None:
    result = run(estate, "房号,业主,电话\n3-2-501,王,1381234567890123\n")
    assert "1381234567890123" not in result.out + result.err


def test_telephones_of_several_columns_go_to_the_owners_in_order(estate: Runner) -> None:
    lines = ("房间号,姓名,联系电话1,联系电话2,联系电话3\n3-2-501,赵小丽/孙磊,13600001111,,13600002222\n"
             "3-2-502,王,13800000001,0351-4567890,\n3-2-503,,13800000002,,\n")  # fmt: skip
    answer = take_in(estate, lines)
    assert phones(estate, "3-2-501") == ["13600001111", "13600002222"]
    assert phones(estate, "3-2-502") == ["13800000001"]
    assert answer["left"] == [{"line": 3, "why": "phones"}, {"line": 4, "why": "phones"}]


# ---- areas, states, flags


@pytest.mark.parametrize(
    "cell",
    [88.5, "88.5", "88.50㎡", "88.5m²", "88.5 平方米", "８８．５", "88.5+", " 88.5\u3000", 88.50000000000001, "'88.5"],
)
def test_an_area_is_read_however_it_is_written(estate: Runner, cell: Any) -> None:
    """R-03: whole hundredths of a square metre."""
    answer = take_in(estate, xlsx([["房号", "面积"], ["3-2-501", cell]]), "a.xlsx")
    assert roll(estate)["3-2-501"]["area"] == "88.50"
    assert [one["why"] for one in answer["left"]] == (["plus"] if cell == "88.5+" else [])


@pytest.mark.parametrize("cell", ["88.555", "0", "-3", "约80", "#REF!", "88.5.1"])
def test_what_is_no_area_is_wrong(estate: Runner, cell: str) -> None:
    assert [(line, field) for line, field, _why in wrong(estate, f"房号,面积\n3-2-501,{cell}\n")] == [(2, "area")]


@pytest.mark.parametrize(
    ("cell", "state"),
    [("自住", "owner"), ("租户", "let"), ("出租", "let"), ("空置", "vacant"), ("未入住", "vacant"), ("/", "owner")],
)
def test_states_are_those_of_real_rosters(estate: Runner, cell: str, state: str) -> None:
    take_in(estate, f"房间号,房屋状态\n3-2-501,{cell}\n")
    assert roll(estate)["3-2-501"]["state"] == state


def test_what_is_not_sold_is_the_developers_who_is_one_voter(estate: Runner) -> None:
    """R-01; the developer need not be named."""
    lines = "房号,业主,状态\n3-2-501,,未售\n3-2-502,,未售\n3-2-503,王桂兰,自住\n"
    take_in(estate, lines)
    assert estate("household list --json").ok.json["totals"]["voters"] == 2
    assert roll(estate)["3-2-501"]["state"] == "vacant"
    assert counts(take_in(estate, lines, more="")) == (0, 0, 3, 0, 0)


@pytest.mark.parametrize(
    ("has", "cell"), [*((True, cell) for cell in ("是", "有", "√", "2辆", 1)),
                      *((False, cell) for cell in ("无", 0, "×", "否", "", "-"))]
)  # fmt: skip
def test_an_e_bike_is_there_or_not(estate: Runner, cell: Any, has: bool) -> None:
    take_in(estate, xlsx([["房号", "是否有电动车"], ["3-2-501", cell]]), "a.xlsx")
    assert roll(estate)["3-2-501"]["ebike"] is has


def test_grids_are_their_numbers(estate: Runner) -> None:
    take_in(
        estate,
        xlsx(
            [
                ["房号", "微网格"],
                ["1-1-101", 1.0],
                ["1-1-102", "第2微网格"],
                ["1-1-103", "3号网格"],
                ["1-1-104", "东院"],
            ]
        ),
        "a",
    )
    assert [row["grid"] for row in roll(estate).values()] == ["1", "2", "3", "东院"]


# ---- ID numbers

ID = "140105197001011234"


@pytest.mark.parametrize("name", ["身份证号", "证件号码", "业主身份证", "公民身份号码", "ID Number"])
def test_a_column_of_id_numbers_is_dropped_and_said(estate: Runner, name: str) -> None:
    answer = take_in(estate, f"房号,业主,{name},电话\n3-2-501,王桂兰,{ID},13812341234\n")
    assert (counts(answer), answer["dropped"], answer["not_taken"]) == ((1, 0, 0, 0, 0), [name], [])
    assert name in answer["warnings"][0]
    assert ID.encode() not in estate.book.read_bytes()
    said = estate(f"import households {estate.folder / '名册.csv'} --yes")
    assert (name in said.err, ID in said.out + said.err) == (True, False)


def test_id_numbers_under_another_heading_are_known_by_what_they_are(estate: Runner) -> None:
    answer = take_in(estate, f"房号,业主,备用\n3-2-501,王桂兰,14010519700101123X\n3-2-502,张,\n3-2-503,李,{ID}\n")
    assert answer["dropped"] == ["备用"]


@pytest.mark.parametrize("field", ["业主", "电话", "微网格", "面积", "房号"])
def test_an_id_number_in_a_column_that_is_taken_is_wrong_and_not_repeated(estate: Runner, field: str) -> None:
    columns = {"房号": "3-2-501", "业主": "王桂兰", "面积": "88.5", "微网格": "1", "电话": "13812341234"} | {field: ID}
    result = run(estate, ",".join(columns) + "\n" + ",".join(columns.values()) + "\n3-2-502,,,,\n")
    assert (result.code, result.json["wrong"], ID in result.out + result.err) == (3, 1, False)


def test_id_numbers_are_not_written_beside_the_bad_lines(estate: Runner) -> None:
    bad = estate.folder / "bad.csv"
    take_in(estate, f"房号,业主,身份证号\n32501,王{ID},{ID}\n3-2-502,张,{ID}\n", more=f"--yes --skip-bad {bad}")
    assert (ID in bad.read_text("utf-8-sig"), "32501" in bad.read_text("utf-8-sig")) == (False, True)


def test_nobody_can_ask_for_the_id_numbers(estate: Runner) -> None:
    result = run(estate, f"房号,业主,身份证号\n3-2-501,王,{ID}\n", more="--yes --map 电话=身份证号")
    assert (result.code, result.error["field"]) == (2, "map")


# ---- all at once


def everything() -> bytes:
    """150 flats in 10 units. 王桂兰 has three, the developer two that are not sold: 147 owners (R-01);
    every trap of this file and the other one stands in it somewhere."""
    doors = [(b, u, f, d) for b in range(1, 6) for u in (1, 2) for f in range(1, 6) for d in range(1, 4)]
    rows: list[list[Any]] = [
        ["枣园小区业主名册"], ["填表人：韩梅", "", "", "2022年5月31日"],
        ["序号", "房屋", "", "", "业主", "", "", "", "专有部分面积(㎡)", "面积来源", "微网格", "房屋状态",
         "电动车", "备注"],
        ["", "楼栋", "单元", "房号", "姓名", "联系电话1", "联系电话2", "身份证号"],
    ]  # fmt: skip
    merged = {"A3:A4": "序号", "B3:D3": "房屋", "E3:H3": "业主"}
    for n, (b, u, f, d) in enumerate(doors):
        name = "赵钱孙李周吴郑冯陈褚"[n % 10] + "甲乙丙丁戊己庚辛壬癸"[n // 10 % 10] + "子丑寅卯辰巳午未申酉"[n // 100]
        rows.append([n + 1, "", "", f * 100 + d, name, 13800000000 + n, "", f"1401051970010{n:05d}", 88.5, "登记",
                     (b + 1) // 2, "自住", "否", ""])  # fmt: skip
        if (f, d) == (1, 1):
            rows[-1][2] = f"{u}单元"
        if (u, f, d) == (1, 1, 1):
            rows[-1][1] = f"{b}号楼"
        if (u, f, d) == (2, 5, 3):
            rows.append(["", f"{b}号楼小计", "", "", "", "", "", "", 2655.0])
    flats = [row for row in rows if isinstance(row[0], int)]
    for row in flats[:3]:
        row[4], row[5] = "王桂兰", "138 1234 1234"
    for row in flats[3:5]:
        row[4], row[5], row[11] = "枣园房地产开发公司", "0351-4567890", "未售"
    spellings = {
        10: "'1#1-402",
        11: "1号楼1单元403室",
        12: "01-01-0501",
        13: "１－１－５０２",
        14: "503.0",
        20: "203室",
    }
    for n, text in spellings.items():
        flats[n][3] = text
    flats[30][4], flats[30][5], flats[30][6] = "赵小丽、孙磊", "13600001111", "13600002222"
    flats[31][4], flats[32][4], flats[33][4] = "张　三", "\xa0李 四\u3000", "阿依 古丽"
    flats[34][5], flats[35][5], flats[36][5], flats[37][5] = (
        "１３９００００１１１１",
        "\u202d13900001112\u202c",
        "/",
        "13900001113.0",
    )
    flats[40][8], flats[41][8], flats[42][8] = "88.5+", "８８．５㎡", "88.50 平方米"
    flats[43][10], flats[44][11], flats[45][12], flats[46][13] = "第1微网格", "租户", "2辆", "有狗"
    second = rows.index(flats[50]) + 1
    rows.insert(second, ["", "", "", flats[50][3], "吴小二", 13600003333])
    rows += [["", "合计", "", "150户", "", "", "", "", 13275.0], [], ["注：1、房号请写全；2、面积以登记为准"], rows[3]]
    for first in range(len(rows)):
        if rows[first][1:3] and str(rows[first][1]).endswith("号楼"):
            merged[f"B{first + 1}:B{first + 20}"] = rows[first][1]
    cover, last_year = [["枣园小区业委会"], ["2022年"]], [["房号", "业主"], ["9-9-909", "旧人"]]
    return xlsx(rows, cover, last_year, names=["名册", "封面", "去年"], hidden=[2], merged=merged)


def test_a_roster_with_every_trap_comes_in_as_it_was_meant(estate: Runner) -> None:
    answer = take_in(estate, everything(), "业主名册（最终版）.xls")
    assert counts(answer) == (150, 0, 0, 0, 0)
    totals = estate("household list --json").ok.json["totals"]
    assert totals == {"households": 150, "voters": 147, "area": "13275.00"}
    rows = roll(estate)
    assert len({row["unit"] for row in rows.values()}) == 10
    assert {row["grid"] for row in rows.values()} == {"1", "2", "3"}
    assert (answer["sheet"], answer["dropped"], answer["not_taken"]) == ("名册", ["身份证号"], ["备注"])
    assert {one["why"] for one in answer["left"]} == {"total", "note", "heading", "joined", "plus"}
    assert any("去年" in said for said in answer["warnings"])
    who = owners(estate)
    assert [who["1-1-101"], who["2-1-101"], who["2-1-102"], who["2-1-103"]] == [
        "王桂兰",
        "赵小丽、孙磊",
        "张三",
        "李四",
    ]
    assert counts(take_in(estate, everything(), "业主名册（最终版）.xls", more="")) == (0, 0, 150, 0, 0)
    assert estate("undo --yes").ok
    assert counts(take_in(estate, everything(), "业主名册（最终版）.xls")) == (150, 0, 0, 0, 0)
    assert estate("check --json").ok.json["problems"] == []
    assert b"1401051970010" not in estate.book.read_bytes()


def test_in_the_same_roster_every_damage_is_told_by_its_line(estate: Runner) -> None:
    rows = [HEAD, [date(2001, 2, 3), "王", 60], ["1-1-102", "张\x07三", 60],
            ["1-1-103", "李", "x", "登记", 1, "自住", "是", "1.38E+10"],
            ["1-1-104", "赵", 60], ["1-1-104", "钱", 70], ["", "孙", 60],
            ["1-1-105", "周", 60, "", "", "", "", "12"]]  # fmt: skip
    result = run(estate, xlsx(rows), "a.xlsx", more="--dry-run")
    where = [(one["line"], one["field"]) for one in result.json["problems"]]
    assert where == [(2, "room"), (3, "owner"), (4, "phone"), (4, "area"), (6, "room"), (7, "room"), (8, "phone")]
    assert (result.code, result.json["new"], result.json["wrong"]) == (3, 1, 6)
    assert json.loads(result.out)["new"] == 1
