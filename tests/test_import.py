"""A roster is taken in: as a whole or not at all, as often as wanted, without losing what was mended by hand."""

from __future__ import annotations

import time

import pytest
import xlsxwriter
from conftest import Runner
from hypothesis import given, settings
from hypothesis import strategies as st
from roll import HOUSES, take_in

from tests.prepared import once
from zaoyuan_cli.exchange import households, spreadsheets

HEAD = "房号,业主,建筑面积,面积来源,微网格,状态,电动车,电话\n"


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    return zaoyuan


def counts(answer: dict[str, object]) -> tuple[object, ...]:
    return tuple(answer[key] for key in ("new", "changed", "unchanged", "differs", "wrong"))


def test_a_new_estate_is_taken_in_as_one_step(book: Runner) -> None:
    assert counts(take_in(book, HOUSES)) == (12, 0, 0, 0, 0)
    totals = book("household list --json").ok.json["totals"]
    assert totals == {"households": 12, "voters": 10, "area": "875.00"}
    assert book("log --json").ok.json["rows"][0]["step"] == "A2"
    assert book("undo --yes").ok
    assert book("household list --json").ok.json["totals"]["households"] == 0


def test_one_owner_of_two_flats_is_one_voter(book: Runner) -> None:
    """Same name and same telephone, or both without one, is one person; same name alone is two (design, 15)."""
    take_in(book, HOUSES)
    voters = {row["room"]: row["voter"] for row in book("household list --json").ok.json["rows"]}
    assert voters["3-2-501"] == voters["3-2-601"]
    assert voters["5-1-101"] == voters["5-1-102"]
    assert voters["1-1-201"] != voters["1-1-202"]
    assert voters["1-1-101"] == "pA1"  # 韩梅, who keeps the book


def test_the_same_file_twice_records_nothing(book: Runner) -> None:
    take_in(book, HOUSES)
    steps = book("log --json").ok.json["rows"]
    assert counts(take_in(book, HOUSES, more="")) == (0, 0, 12, 0, 0)  # and needs no yes
    assert book("log --json").ok.json["rows"] == steps


def test_what_the_file_says_anew_is_changed(book: Runner) -> None:
    take_in(book, HOUSES)
    newer = HOUSES.replace("周建平,70,登记,3,空置", "周建平,70,登记,3,出租").replace("吴晓燕,70", "马丽,70")
    assert counts(take_in(book, newer)) == (0, 2, 10, 0, 0)
    rows = {row["room"]: row for row in book("household list --json").ok.json["rows"]}
    assert (rows["5-1-102"]["state"], rows["5-2-101"]["owner"]) == ("let", "马丽")
    assert counts(take_in(book, newer, more="")) == (0, 0, 12, 0, 0)


def test_what_was_changed_by_hand_is_never_overwritten(book: Runner) -> None:
    take_in(book, HOUSES)
    assert book("household edit 3-2-501 --area 90 --phone 13800000000").ok
    answer = take_in(book, HOUSES, more="")
    assert counts(answer) == (0, 0, 10, 2, 0)
    assert answer["differences"] == [
        {"line": 6, "room": "3-2-501", "field": "area", "book": "90.00", "file": "88.50"},
        {"line": 6, "room": "3-2-501", "field": "phone", "book": "138****0000", "file": "138****1234"},
        {"line": 8, "room": "3-2-601", "field": "phone", "book": "138****0000", "file": "138****1234"},
    ]
    assert book("household list --json").ok.json["rows"][4]["area"] == "90.00"


def test_what_nobody_said_yet_is_filled_in(book: Runner) -> None:
    assert book("household add 3-2-501").ok
    assert counts(take_in(book, HEAD + "3-2-501,王桂兰,88.5,登记,2,出租,是,13812341234\n")) == (0, 1, 0, 0, 0)
    row = book("household list --json").ok.json["rows"][0]
    assert (row["owner"], row["area"], row["state"], row["ebike"]) == ("王桂兰", "88.50", "let", True)


def test_an_empty_cell_says_nothing(book: Runner) -> None:
    take_in(book, HOUSES)
    assert counts(take_in(book, HEAD + "3-2-501,王桂兰,,,,,,\n", more="")) == (0, 0, 1, 0, 0)


BAD = HEAD + "1-1-101,钱一,60,登记,1,自住,是,\n32501,钱二,x,登记,1,自住,大概,12\n1-1-101,钱三,,,,,,\n"


def test_every_fault_is_told_by_its_line_and_nothing_is_written(book: Runner) -> None:
    file = book.folder / "bad.csv"
    file.write_text(BAD, encoding="utf-8")
    result = book(f"import households {file} --yes --json")
    assert (result.code, result.error["code"], result.json["wrong"]) == (3, "problems", 2)
    where = [(one["line"], one["field"], one["value"]) for one in result.json["problems"]]
    assert where == [(3, "room", "32501"), (3, "phone", "12"), (3, "area", "x"), (3, "ebike", "大概"),
                     (4, "room", "1-1-101")]  # fmt: skip
    assert all(one["message"] for one in result.json["problems"])
    assert book("household list --json").ok.json["rows"] == []


def test_a_dry_run_writes_nothing_and_exits_3_on_problems(book: Runner) -> None:
    file = book.folder / "bad.csv"
    file.write_text(BAD, encoding="utf-8")
    result = book(f"import households {file} --dry-run --json")
    assert (result.code, counts(result.json), result.err) == (3, (1, 0, 0, 0, 2), "")
    file.write_text(HOUSES, encoding="utf-8")
    assert counts(book(f"import households {file} --dry-run --json").ok.json) == (12, 0, 0, 0, 0)
    assert book("household list --json").ok.json["rows"] == []


def test_bad_lines_go_into_a_file_that_can_be_mended(book: Runner) -> None:
    file, bad = book.folder / "in.csv", book.folder / "out.csv"
    file.write_text(BAD, encoding="utf-8")
    assert counts(book(f"import households {file} --skip-bad {bad} --yes --json").ok.json) == (1, 0, 0, 0, 2)
    text = bad.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == HEAD.strip() + ",原因"
    assert text.splitlines()[2].startswith("1-1-101,钱三,")
    bad.write_text(text.replace("32501", "3-2-501").replace(",x,", ",60,").replace("大概", "是").replace(",12,", ",,")
                   .replace("1-1-101", "1-1-102"), encoding="utf-8-sig")  # fmt: skip
    assert counts(book(f"import households {bad} --yes --json").ok.json) == (2, 0, 0, 0, 0)


def test_a_trial_shows_what_is_new_and_a_room_that_lost_its_unit(book: Runner) -> None:
    """2-101 among 1-1-101 would be a unit of its own; what is taken in so goes back with an undo. And 面积来源 of all
    doors is one column, taken in again."""
    file, rooms = book.folder / "houses.csv", [f"1-1-{floor}0{door}" for floor in range(1, 6) for door in range(1, 5)]
    lines = [f"{room},90\n" for room in rooms]
    file.write_text("房号,面积\n" + "".join(lines), encoding="utf-8")
    assert "warnings" not in book(f"import households {file} --yes --json").ok.json
    more = ["2-101,90\n", *(f"1-2-{door},90\n" for door in range(101, 105))]
    file.write_text("房号,面积\n" + "".join((*lines, *more)), encoding="utf-8")
    tried = book(f"import households {file} --dry-run").ok
    assert ("2-101" in tried.err, "1-1-101 " in tried.out, "1-2-102" in tried.out) == (True, False, True)
    assert ("1-2-104" in tried.out, "1-2-104" in book(f"import households {file} --dry-run --all").ok.out) == (
        False,
        True,
    )
    assert "2-101" in book(f"import households {file} --yes --json").ok.json["warnings"][0]
    assert "3-2" not in book("undo --yes").ok.out
    assert [row["unit"] for row in book("unit list --json").ok.json["rows"]] == ["1-1"]
    assert "area_source" in {item["kind"] for item in book("report --json").ok.json["todo"]}
    take_in(book, "房号,面积来源\n" + "".join(f"{room},登记\n" for room in rooms))
    assert "area_source" not in {item["kind"] for item in book("report --json").ok.json["todo"]}


def test_without_a_person_a_yes_is_needed_and_a_person_sees_what_is_asked(book: Runner) -> None:
    file = book.folder / "houses.csv"
    file.write_text(HOUSES, encoding="utf-8")
    refused = book(f"import households {file} --json")
    assert (refused.code, refused.error["code"]) == (2, "needs_yes")
    answered = book(f"import households {file}", input="n\n", tty=True)
    assert answered.code == 130
    assert "房号 → Room" in answered.err
    assert "12 new" in answered.err
    assert book("household list --json").ok.json["rows"] == []
    assert book(f"import households {file}", input="y\n", tty=True).ok
    assert book("household list --json").ok.json["totals"]["households"] == 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_of_any_chinese_computer_is_read(book: Runner, encoding: str) -> None:
    file = book.folder / "houses.csv"
    file.write_text(HOUSES.replace("\n", "\r\n"), encoding=encoding, newline="")
    assert book(f"import households {file} --yes --json").ok.json["new"] == 12
    assert book("household list --json").ok.json["rows"][4]["owner"] == "王桂兰"


def test_a_workbook_is_read_with_titles_above_and_numbers_as_numbers(book: Runner) -> None:
    file = book.folder / "houses.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        workbook.add_worksheet("说明").write(0, 0, "枣园小区")
        sheet = workbook.add_worksheet("住户")
        sheet.write(0, 0, "枣园小区住户登记表")
        sheet.write_row(2, 0, ["楼号", "单元", "房号", "户主", "建筑面积(㎡)", "联系电话", "电动车"])
        sheet.write_row(3, 0, ["3号楼", 2, 501, "王桂兰", 88.5, 13812341234, "有"])
        sheet.write_row(4, 0, [3, "2单元", "502室", "张建国", 88.5, None, ""])
        sheet.write_row(5, 0, [3, 2, "x", "李", 0, None, ""])
    problems = book(f"import households {file} --dry-run --json").json["problems"]
    assert {one["line"] for one in problems} == {6}  # as Excel counts
    assert book(f"import households {file} --yes --json --skip-bad {book.folder / 'bad.csv'}").ok.json["new"] == 2
    rows = book("household list --json").ok.json["rows"]
    assert [(row["room"], row["unit"], row["area"], row["ebike"]) for row in rows] == [
        ("3-2-501", "3-2", "88.50", True), ("3-2-502", "3-2", "88.50", False)]  # fmt: skip
    assert book("household show 3-2-501 --full --yes --json").ok.json["people"][0]["phone"] == "13812341234"


def test_columns_can_be_said(book: Runner) -> None:
    file = book.folder / "houses.tsv"
    file.write_text("编号\t谁\t多大\n3-2-501\t王桂兰\t88.5\n", encoding="utf-8")
    unknown = book(f"import households {file} --yes --json")
    assert (unknown.code, unknown.error["field"]) == (2, "map")
    assert book(f"import households {file} --map 房号=A --map owner=谁 --yes --json").ok.json["new"] == 1
    assert book("household list --json").ok.json["rows"][0]["owner"] == "王桂兰"
    file.write_text("3-2-502\t张建国\t88.5\n", encoding="utf-8")  # no headings at all
    assert book(f"import households {file} --map 房号=A,业主=B,建筑面积=C --yes --json").ok.json["new"] == 1
    assert book(f"import households {file} --map 大小=C --yes --json").error["field"] == "map"


def test_lines_may_come_from_a_pipe_in_the_keys_of_json(book: Runner) -> None:
    lines = "room,owner,area,state,ebike\n3-2-501,王桂兰,88.5,let,true\n"
    assert book("import households - --yes --json", input=lines).ok.json["new"] == 1
    assert book("household list --json").ok.json["rows"][0]["state"] == "let"


@pytest.mark.parametrize(("content", "code"), [(b"", 2), (b"\x89PNG\r\n\x1a\n\0\0", 5), (b"PK\x03\x04rubbish", 5)])
def test_what_is_no_roster_is_refused_in_words(book: Runner, content: bytes, code: int) -> None:
    file = book.folder / "odd.xlsx"
    file.write_bytes(content)
    result = book(f"import households {file} --yes --json")
    assert (result.code, result.error["code"] != "fault") == (code, True)
    assert book("import households nowhere.csv --yes --json").code == 5


def test_a_room_that_became_a_date_is_named() -> None:
    rows = spreadsheets.read(HEAD.encode() + "2003-02-05,王,,,,,,\n".encode())
    assert "date" in households.read(rows).problems[0].message


def test_an_estate_of_150_households_takes_well_under_a_second(book: Runner) -> None:
    rooms = [f"{b}-{u}-{f}0{d}" for b in range(1, 6) for u in (1, 2) for f in range(1, 6) for d in range(1, 4)]
    names = ["王李张刘陈杨黄赵周吴"[n % 10] + "桂建秀志丽"[n % 5] + "兰国英强华平"[n % 6] for n in range(150)]
    lines = "".join(f"{room},{name},88.50,登记,1,自住,否,13{n:09d}\n" for n, (room, name) in
                    enumerate(zip(rooms, names, strict=True)))  # fmt: skip
    file = book.folder / "houses.csv"
    file.write_text(HEAD + lines, encoding="utf-8")
    assert book(f"import households {file} --dry-run").ok  # imports what is to be imported
    start = time.perf_counter()
    assert book(f"import households {file} --yes --json").ok.json["new"] == 150
    assert time.perf_counter() - start < 2
    assert book("check --json").ok.json["problems"] == []


NAMES = st.text(alphabet="王李张欧阳·贾ab 曾", min_size=1, max_size=5).filter(lambda text: text.strip(" ·"))
ROWS = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9999)).map("{0[0]}-{0[1]}-{0[2]}".format),
    st.tuples(NAMES, st.integers(1, 999999), st.sampled_from(["自住", "出租", "空置"]), st.booleans()),
    min_size=1,
    max_size=12,
)


def drawn_together(name: str) -> str:
    """张　三 is drawn apart to look as wide as 欧阳夏; other names keep one blank where they have several."""
    words = name.split()
    drawn_apart = all(len(word) == 1 and "一" <= word <= "鿿" for word in words)
    return ("" if drawn_apart else " ").join(words)


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read(rows: dict[str, tuple[str, int, str, bool]]) -> None:
    """Any roster comes through the spreadsheet unchanged."""
    table = [["房号", "业主", "面积", "状态", "电动车"]]
    for room, (name, area, state, ebike) in rows.items():
        table.append([room, name, f"{area // 100}.{area % 100:02d}", state, "是" if ebike else "否"])
    found = households.read(spreadsheets.read(spreadsheets.write(table).encode("gb18030")))
    assert not found.problems
    states = {"自住": "owner", "出租": "let", "空置": "vacant"}
    assert {line.room: (line.owners[0][0], line.fields) for line in found.lines} == {
        room: (drawn_together(name), {"area": area, "state": states[state], "ebike": ebike})
        for room, (name, area, state, ebike) in rows.items()
    }
