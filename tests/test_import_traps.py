"""What stands in rosters that people really keep: each trap by its name (formats §4, R-03, R-83)."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Runner
from roster_files import book, counts, html, ods, owners, phones, roll, run, take_in, wrong, xlsx


@pytest.fixture
def estate(zaoyuan: Runner) -> Runner:
    return book(zaoyuan)


# ---- the heading


@pytest.mark.parametrize(
    "name", ["房号", "房间号", "房屋", "门牌", "户号", " 房 号 ", "*房号", "房号（例 1-1-101）", "Room"]
)
def test_rooms_are_found_by_any_of_their_names(estate: Runner, name: str) -> None:
    take_in(estate, f"{name},业主\n3-2-501,王桂兰\n")
    assert owners(estate) == {"3-2-501": "王桂兰"}


@pytest.mark.parametrize("name", ["业主", "户主", "姓名", "业主姓名", "业主名称", "产权人"])
def test_owners_are_found_by_any_of_their_names(estate: Runner, name: str) -> None:
    take_in(estate, f"{name},房号\n王桂兰,3-2-501\n")
    assert owners(estate) == {"3-2-501": "王桂兰"}


@pytest.mark.parametrize("name", ["面积", "建筑面积", "专有部分面积", "建筑面积(㎡)", "面积㎡", "建筑面积\n（平方米）"])
def test_areas_are_found_by_any_of_their_names(estate: Runner, name: str) -> None:
    take_in(estate, xlsx([["房号", name], ["3-2-501", 88.5]]), "a.xlsx")
    assert roll(estate)["3-2-501"]["area"] == "88.50"


def test_the_better_of_two_columns_of_one_meaning_is_taken(estate: Runner) -> None:
    answer = take_in(estate, "户号,姓名,业主姓名,房间号\n0001,租客甲,王桂兰,3-2-501\n")
    assert answer["columns"] == {"room": "房间号", "owner": "业主姓名"}
    assert answer["not_taken"] == ["户号", "姓名"]


def test_titles_stand_above_the_heading(estate: Runner) -> None:
    lines = "枣园小区业主名册,,\n填表人：韩梅,,2022年5月31日\n说明：房号请写全,,\n房号,业主,备注\n3-2-501,王桂兰,好人\n"
    answer = take_in(estate, lines)
    assert (counts(answer), answer["not_taken"]) == ((1, 0, 0, 0, 0), ["备注"])


def test_two_rows_of_headings_are_read_together(estate: Runner) -> None:
    rows = [["序号", "房屋", "", "", "业主", "", "", "面积"], ["", "楼号", "单元", "房号", "姓名", "联系电话", "", ""],
            [1, 3, 2, 501, "王桂兰", "13812341234", "", 88.5]]  # fmt: skip
    file = xlsx(rows, merged={"A1:A2": "序号", "B1:D1": "房屋", "E1:G1": "业主", "H1:H2": "面积"})
    take_in(estate, file, "a.xlsx")
    assert (owners(estate), roll(estate)["3-2-501"]["area"]) == ({"3-2-501": "王桂兰"}, "88.50")
    assert phones(estate, "3-2-501") == ["13812341234"]


def test_the_heading_on_every_printed_page_is_left_out(estate: Runner) -> None:
    answer = take_in(estate, "房号,业主\n3-2-501,王桂兰\n房号,业主\n3-2-502,张建国\n")
    assert (counts(answer), answer["left"]) == ((2, 0, 0, 0, 0), [{"line": 3, "why": "heading"}])


def test_what_a_column_is_can_be_said_by_letter_or_by_heading(estate: Runner) -> None:
    lines = "门,谁,房号\n3-2-501,王桂兰,旧号7\n"
    take_in(estate, lines, more="--yes --map 房号=A --map 业主=谁")
    assert owners(estate) == {"3-2-501": "王桂兰"}


# ---- lines that are no households


def test_totals_are_left_out_and_said(estate: Runner) -> None:
    lines = "楼号,单元,房号,业主,面积\n3,2,501,王桂兰,88.5\n3号楼小计,,,,88.5\n5,1,101,周建平,70\n合 计,,2户,,158.5\n"
    answer = take_in(estate, lines)
    assert counts(answer) == (2, 0, 0, 0, 0)
    assert answer["left"] == [{"line": 3, "why": "total"}, {"line": 5, "why": "total"}]
    file = estate.folder / "名册.csv"
    assert "Totals, not taken: line 3, 5" in estate(f"import households {file} --yes").ok.out


def test_help_text_under_and_beside_the_data_is_no_household(estate: Runner) -> None:
    rows = [["房号", "业主", "", "填表说明"], ["3-2-501", "王桂兰", "", "1、房号写成 楼-单元-室"],
            ["", "", "", "2、面积写两位小数"], ["3-2-502", "张建国"], [],
            ["注：空置房屋也要登记，姓名写产权人"], ["制表人：韩梅", "审核："]]  # fmt: skip
    answer = take_in(estate, xlsx(rows), "a.xlsx")
    assert (counts(answer), list(owners(estate))) == ((2, 0, 0, 0, 0), ["3-2-501", "3-2-502"])
    assert [one["line"] for one in answer["left"]] == [3, 6, 7]


def test_a_line_that_wants_to_be_a_household_is_not_left_out(estate: Runner) -> None:
    problems = wrong(estate, "房号,业主,面积\n,王桂兰,88.5\n32501,,\n楼上,张,60\n")
    assert [(line, field) for line, field, _why in problems] == [(2, "room"), (3, "room"), (4, "room")]


# ---- merged cells


def test_merged_buildings_and_units_hold_for_all_their_lines(estate: Runner) -> None:
    rows = [
        ["楼栋", "单元", "房号", "业主"],
        ["", "", 101, "甲"],
        ["", "", 102, "乙"],
        ["", 2, 101, "丙"],
        [5, 1, 101, "丁"],
    ]
    take_in(estate, xlsx(rows, merged={"A2:A4": "3号楼", "B2:B3": "1单元"}), "a.xlsx")
    assert list(owners(estate)) == ["3-1-101", "3-1-102", "3-2-101", "5-1-101"]


def test_what_was_merged_before_it_became_csv_holds_as_well(estate: Runner) -> None:
    take_in(estate, "楼栋,单元,房号,业主\n3号楼,1单元,101,甲\n,,102,乙\n,2单元,101,丙\n5号楼,1单元,101,丁\n,,102,戊\n")
    assert list(owners(estate)) == ["3-1-101", "3-1-102", "3-2-101", "5-1-101", "5-1-102"]


def test_a_new_building_does_not_inherit_the_unit(estate: Runner) -> None:
    assert [line for line, *_ in wrong(estate, "楼栋,单元,房号\n3,1,101\n3,1,102\n5,,x101y\n")] == [4]


def test_a_room_merged_over_two_lines_has_two_owners(estate: Runner) -> None:
    rows = [["房号", "业主", "面积", "电话"], ["", "赵小丽", "", 13600001111], ["", "孙磊", "", 13600002222]]
    answer = take_in(estate, xlsx(rows, merged={"A2:A3": "3-10-101", "C2:C3": "70"}), "a.xlsx")
    assert (counts(answer), answer["left"]) == ((1, 0, 0, 0, 0), [{"line": 3, "why": "joined"}])
    assert owners(estate) == {"3-10-101": "赵小丽、孙磊"}
    assert phones(estate, "3-10-101") == ["13600001111", "13600002222"]


def test_merged_cells_of_libreoffice_hold_too(estate: Runner) -> None:
    rows = [["网格", "房号", "业主"], ["2", "3-2-501", "甲"], ["", "3-2-502", "乙"], ["", "3-2-503", "丙"]]
    take_in(estate, ods(rows, spans={(1, 0): 2}), "a.ods")
    assert [row["grid"] or "" for row in roll(estate).values()] == ["2", "2", ""]


# ---- owners


@pytest.mark.parametrize(
    "cell", ["张三/李四", "张三、李四", '"张三,李四"', "张三，李四", '"张三\n李四"', "张三；李四", "张三&李四"]
)
def test_two_owners_in_a_cell_own_it_together_and_have_one_ballot(estate: Runner, cell: str) -> None:
    take_in(estate, f"房号,业主\n3-2-501,{cell}\n3-2-502,王桂兰\n")
    assert owners(estate)["3-2-501"] == "张三、李四"
    assert estate("household list --json").ok.json["totals"]["voters"] == 2


def test_an_owner_of_several_rooms_counts_once(estate: Runner) -> None:
    take_in(
        estate,
        "房号,业主,面积,电话\n3-2-501,王桂兰,88.5,13812341234\n3-2-601,王桂兰,60,13812341234\n3-2-602,王桂兰,60,\n",
    )
    totals = estate("household list --json").ok.json["totals"]
    assert totals == {"households": 3, "voters": 2, "area": "208.50"}  # without a telephone: perhaps somebody else


def test_a_room_twice_is_wrong_with_both_lines(estate: Runner) -> None:
    problems = wrong(estate, "房号,业主,面积\n3-2-501,王桂兰,88.5\n3-2-502,张,60\n3#2-501,王桂花,60\n3-2-502,张,60\n")
    assert [(line, why) for line, _field, why in problems] == [
        (4, "Room 3-2-501 stands in lines 2 and 4."), (5, "Room 3-2-502 stands in lines 3 and 5.")]  # fmt: skip


def test_a_door_of_two_lines_stands_or_falls_with_both(estate: Runner) -> None:
    """Else the second owner, mended later, would come as the only one."""
    lines = "房号,业主,电话\n3-2-501,赵小丽,13600001111\n3-2-501,孙磊,136\n3-2-502,张,\n"
    answer = take_in(estate, lines, more=f"--yes --skip-bad {estate.folder / 'bad.csv'}")
    assert (counts(answer), list(owners(estate))) == ((1, 0, 0, 0, 2), ["3-2-502"])
    mended = (estate.folder / "bad.csv").read_text("utf-8-sig").replace(",136,", ",13600002222,")
    assert counts(take_in(estate, mended)) == (1, 0, 0, 0, 0)
    assert owners(estate)["3-2-501"] == "赵小丽、孙磊"


def test_a_second_owner_who_comes_later_leaves_the_first_who_he_is(estate: Runner) -> None:
    take_in(estate, "房号,业主,电话\n3-2-501,赵小丽,13600001111\n3-2-502,赵小丽,13600001111\n")
    voter = roll(estate)["3-2-501"]["voter"]
    assert counts(take_in(estate, "房号,业主\n3-2-501,赵小丽、孙磊\n")) == (0, 1, 0, 0, 0)
    assert (roll(estate)["3-2-501"]["voter"], owners(estate)["3-2-501"]) == (voter, "赵小丽、孙磊")


def test_names_drawn_apart_are_drawn_together(estate: Runner) -> None:
    take_in(estate, "房号,业主\n3-2-501,张　三\n3-2-502, 王\xa0桂 兰 \n3-2-503,阿依 古丽\n3-2-504,李\u200b四\n")
    assert list(owners(estate).values()) == ["张三", "王桂兰", "阿依 古丽", "李四"]


@pytest.mark.parametrize("cell", ["-", "/", "——", "无", "不详", "　"])
def test_a_dash_is_no_owner(estate: Runner, cell: str) -> None:
    take_in(estate, f"房号,业主\n3-2-501,{cell}\n")
    assert owners(estate)["3-2-501"] == ""


@pytest.mark.parametrize("cell", ["王\x1b[2J", "王\u202e桂", "王\x07", "王\ufffd", "????", "王桂兰13812341234"])
def test_names_with_what_is_no_name_are_refused_by_their_line(estate: Runner, cell: str) -> None:
    problems = wrong(estate, f"房号,业主\n3-2-501,{cell}\n3-2-502,王\n")
    assert [(line, field) for line, field, _why in problems] == [(2, "owner")]


def test_one_name_and_two_telephones_is_perhaps_one_person(estate: Runner) -> None:
    lines = "房号,业主,电话\n3-2-501,李强,13600001111\n3-2-502,李强,13600002222\n3-2-503,王,\n3-2-504,王,\n"
    assert "李强 (3-2-501 3-2-502)" in take_in(estate, lines, more="--dry-run")["warnings"][0]
    [said] = take_in(estate, lines)["warnings"]
    assert "李强 (pA" in said
    assert "王" not in said


# ---- rooms


@pytest.mark.parametrize(
    "room",
    ["1-2-301", "1#2-301", "1号楼2单元301室", "01-02-0301", "1栋2单元301", "１－２－３０１", "1/2/301",
     " 1-2-301\u3000", "'1-2-301", "枣园小区1号楼2单元301室", "1—2—301", "一号楼二单元301"],
)  # fmt: skip
def test_a_room_is_read_however_it_is_written(estate: Runner, room: str) -> None:
    take_in(estate, f"房号,业主\n{room},王桂兰\n")
    assert list(owners(estate)) == ["1-2-301"]


@pytest.mark.parametrize(
    "row", [[1, 2, 301], ["1号楼", "2单元", "301室"], ["1#", "二单元", "0301"], ["1", "2", "1-2-301"],
            ["01", "02", "2-301"], ["枣园小区1栋", "1栋2单元", 301.0], ["1.0", "2.0", "301.0"]]
)  # fmt: skip
def test_building_unit_and_door_may_stand_apart(estate: Runner, row: list[object]) -> None:
    take_in(estate, xlsx([["楼号", "单元", "房间", "业主"], [*row, "王桂兰"]]), "a.xlsx")
    assert [(room, one["unit"]) for room, one in roll(estate).items()] == [("1-2-301", "1-2")]


def test_a_room_against_its_building_is_wrong(estate: Runner) -> None:
    assert [(line, field) for line, field, _why in wrong(estate, "楼号,房号\n3,3-2-501\n3,5-2-501\n")] == [(3, "room")]


def test_a_bare_number_among_whole_rooms_is_wrong(estate: Runner) -> None:
    assert [line for line, *_ in wrong(estate, "房号\n3-2-501\n3-2-502\n503\n")] == [4]
    take_in(estate, "房号\n501\n502\n")
    assert list(owners(estate)) == ["501", "502"]  # an estate of one staircase


def test_a_room_that_excel_made_a_date_is_refused_and_the_likely_one_named(estate: Runner) -> None:
    rows = [["房号", "业主"], [date(2001, 2, 3), "王"], ["1-2-4", "张"]]
    [(line, field, why)] = wrong(estate, xlsx(rows), "a.xlsx")
    assert (line, field, "probably 1-2-3;" in why) == (2, "room", True)


@pytest.mark.parametrize("text", ["2001-02-03", "2001/2/3", "2001年2月3日", "2001-02-03 00:00:00"])
def test_a_date_saved_as_text_is_no_room_either(estate: Runner, text: str) -> None:
    [(_line, _field, why)] = wrong(estate, f"房号,业主\n{text},王\n")
    assert "probably 1-2-3;" in why
    [(_line, field, why)] = wrong(estate, f"楼号,房号\n3,{text}\n")
    assert (field, "probably 1-2-3;" in why) == ("room", True)


# ---- web pages that call themselves .xls


def test_html_called_xls_is_read_by_what_it_is(estate: Runner) -> None:
    rows = [
        ["业主名册"],
        ["房号", "业主", "电话"],
        ["3-2-501", "王桂兰&nbsp;", "13812341234"],
        ["3-2-502", "张三<br>李四", ""],
    ]
    take_in(estate, html(rows), "名册.xls")
    assert owners(estate) == {"3-2-501": "王桂兰", "3-2-502": "张三、李四"}


def test_cells_of_a_page_that_reach_down_hold(estate: Runner) -> None:
    page = ("<table><tr><th>楼号<th>单元<th>房号<th>业主<tr><td rowspan=2>3<td rowspan=2>2<td>501<td>甲"
            "<tr><td>502<td>乙<tr><td>5<td>1<td>101<td>丙</table>")  # fmt: skip
    take_in(estate, page, "a.xls")
    assert owners(estate) == {"3-2-501": "甲", "3-2-502": "乙", "5-1-101": "丙"}


def test_the_xml_of_old_excel_is_read(estate: Runner) -> None:
    def row(*texts: str) -> str:
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts) + "</Row>"

    page = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="住户"><Table>'
        f"{row('房号', '业主', '面积')}<Row><Cell><Data>3-2-501</Data></Cell>"
        '<Cell ss:Index="3"><Data>88.5</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    assert take_in(estate, page, "a.xls")["sheet"] == "住户"
    assert roll(estate)["3-2-501"]["area"] == "88.50"


def test_a_page_without_a_table_is_refused(estate: Runner) -> None:
    result = run(estate, "<html><body>请先登录</body></html>", "名册.xls")
    assert (result.code, "web page" in result.error["message"]) == (5, True)
