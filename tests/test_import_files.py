"""Files of every kind: known by what is in them, refused in words before they can do harm, and asked about when they
leave a choice (trust B3)."""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Runner
from roster_files import book, counts, html, ods, owners, run, take_in, xlsx, zipped

ROWS = [["房号", "业主"], ["3-2-501", "王桂兰"], ["3-2-502", "张建国"]]
CSV = "房号,业主\n3-2-501,王桂兰\n3-2-502,张建国\n"
BOTH = {"3-2-501": "王桂兰", "3-2-502": "张建国"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def estate(zaoyuan: Runner) -> Runner:
    return book(zaoyuan)


# ---- known by their content


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.et", "a.csv", "名册"])
@pytest.mark.parametrize(
    "content", [xlsx(ROWS), ods(ROWS), html(ROWS), CSV.encode("gb18030")], ids=["xlsx", "ods", "html", "csv"]
)
def test_a_file_is_what_is_in_it_whatever_its_name(estate: Runner, content: bytes, name: str) -> None:
    take_in(estate, content, name)
    assert owners(estate) == BOTH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_texts_of_any_encoding_and_separator(estate: Runner, encoding: str, between: str) -> None:
    take_in(estate, CSV.replace(",", between).replace("\n", "\r\n").encode(encoding))
    assert owners(estate) == BOTH


def test_excel_may_say_its_separator(estate: Runner) -> None:
    take_in(estate, "sep=;\n" + CSV.replace(",", ";"))
    assert owners(estate) == BOTH


def test_a_quotation_mark_without_end_swallows_no_household(estate: Runner) -> None:
    result = run(estate, '房号,业主\n3-2-501,"王桂兰\n3-2-502,张建国\n')
    assert (result.code, "line 2" in result.error["message"]) == (5, True)
    take_in(estate, '房号,业主,备注\n3-2-501,王桂兰,"住在底部"\n3-2-502,张建国,高 5" 的门\n')


def test_lines_are_numbered_as_excel_shows_them(estate: Runner) -> None:
    result = run(estate, xlsx([["名册"], [], ["房号", "业主"], [], ["3-2-501"], ["楼上", "王"]]), "a.xlsx")
    assert [one["line"] for one in result.json["problems"]] == [6]


# ---- sheets


def test_the_sheet_with_a_roster_is_taken_and_the_others_are_named(estate: Runner) -> None:
    answer = take_in(estate, xlsx([["说明"]], ROWS, [["车位", "车牌"]], names=["封面", "住户", "车位"]), "a.xlsx")
    assert (answer["sheet"], owners(estate)) == ("住户", BOTH)
    assert "Sheets not taken: 封面, 车位" in estate(f"import households {estate.folder / 'a.xlsx'} --yes").ok.out


def test_of_several_rosters_one_must_be_said(estate: Runner) -> None:
    content = xlsx([["房号"], ["1-1-101"]], ROWS, names=["1号楼", "3号楼"])
    result = run(estate, content, "a.xlsx")
    assert (result.code, result.error["code"], result.error["field"]) == (1, "ambiguous", "sheet")
    assert [one["key"] for one in result.error["candidates"]] == ["1号楼", "3号楼"]
    take_in(estate, content, "a.xlsx", more="--yes --sheet 3号楼")
    assert owners(estate) == BOTH
    assert run(estate, content, "a.xlsx", more="--yes --sheet 9号楼").error["candidates"][0]["key"] == "1号楼"


def test_a_person_is_asked_which_sheet(estate: Runner) -> None:
    file = estate.folder / "a.xlsx"
    file.write_bytes(xlsx([["房号"], ["1-1-101"]], ROWS, names=["1号楼", "3号楼"]))
    assert estate(f"import households {file}", input="2\ny\n", tty=True).ok
    assert owners(estate) == BOTH


def test_two_sheets_that_are_the_same_are_one(estate: Runner) -> None:
    take_in(estate, xlsx(ROWS, ROWS, names=["住户", "住户 (2)"]), "a.xlsx")
    assert owners(estate) == BOTH


def test_a_hidden_sheet_is_left_out_and_said_and_can_be_asked_for(estate: Runner) -> None:
    old = [["房号", "业主"], ["9-9-901", "旧人"]]
    content = xlsx(old, ROWS, names=["去年", "今年"], hidden=[0])
    assert "去年" in take_in(estate, content, "a.xlsx")["warnings"][0]
    assert owners(estate) == BOTH
    take_in(estate, content, "a.xlsx", more="--yes --sheet 去年")
    assert "9-9-901" in owners(estate)


# ---- refused in words


def refused(estate: Runner, content: bytes | str, name: str = "名册.xlsx") -> str:
    """The sentence with which a file is refused, within moments; the book is as it was."""
    start = time.monotonic()
    result = run(estate, content, name)
    assert time.monotonic() - start < 5
    assert (result.code, result.error["code"]) == (5, "file")
    return str(result.error["message"])


def test_a_bomb_is_not_opened(estate: Runner) -> None:
    workbook = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}
    assert "unfold" in refused(estate, zipped(workbook))
    assert "unfold" in refused(estate, zipped(workbook | {"xl/worksheets/sheet1.xml": b" " * 20_000_000}))  # 1 : 1000


def test_a_bomb_that_lies_about_its_size_is_not_opened(estate: Runner) -> None:
    content = bytearray(zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}))
    size = (60_000_000).to_bytes(4, "little")
    assert bytes(size) in content
    assert "unfold" in refused(estate, bytes(content.replace(size, (60).to_bytes(4, "little"))))


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory(estate: Runner) -> None:
    content = dict(_parts(xlsx(ROWS)))
    sheet = content["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    assert "too large" in refused(estate, zipped(content))
    plain = b'<row r="1048576">' + b"<c><v>1</v></c>" * 20_000 + b"</row></sheetData>"
    content["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", plain)
    assert "too large" in refused(estate, zipped(content))
    more = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" ' \
           'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'  # fmt: skip
    assert "too large" in refused(estate, ods(ROWS, more=more))


def test_lines_formatted_to_the_end_of_the_sheet_do_no_harm(estate: Runner) -> None:
    content = dict(_parts(xlsx(ROWS)))
    far = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    content["xl/worksheets/sheet1.xml"] = content["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    take_in(estate, zipped(content), "a.xlsx")
    assert owners(estate) == BOTH
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    more = f'<table:table-row table:number-rows-repeated="1048573">{cell}</table:table-row>'
    assert counts(take_in(estate, ods(ROWS, more=more), "a.ods", more="")) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"\0" * 504 + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE + b"\0" * 2000, "workbook"),
        (zipped({"word/document.xml": "<w/>"}), "Word"),
        (zipped({"名册.xlsx": "x", "readme.txt": "x"}), "packed"),
        (zipped({"xl/workbook.bin": "x"}), "XLSX"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "packed"),
        (xlsx(ROWS)[:900], "workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "spreadsheet"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "spreadsheet"),
    ],
    ids=["locked", "doc", "ole", "docx", "zip", "xlsb", "odt", "cut", "pdf", "png", "jpeg"],
)
def test_what_is_no_roster_is_named(estate: Runner, content: bytes, word: str) -> None:
    assert word in refused(estate, content)


def test_a_locked_zip_is_named(estate: Runner) -> None:
    content = bytearray(xlsx(ROWS))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "password" in refused(estate, bytes(content))
    locked = zipped({"mimetype": "x", "content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert "password" in refused(estate, locked)


def test_size_has_an_end(estate: Runner) -> None:
    assert "20 MB" in refused(estate, b"\xe6\x88\xbf" * 7_000_000)
    assert "too large" in refused(estate, "房号\n" + "1-1-101\n" * 100_001)
    assert "cannot be read" in refused(estate, '房号\n"' + "王" * 200_000 + '"\n')


def test_what_is_no_file_is_refused_at_once(estate: Runner) -> None:
    os.mkfifo(estate.folder / "pipe")
    for name in ("pipe", ".", "nowhere.csv"):
        start = time.monotonic()
        assert estate(f"import households {estate.folder / name} --yes --json").code == 5
        assert time.monotonic() - start < 5


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", "，，\n".encode()])
def test_nothing_is_said_to_be_nothing(estate: Runner, content: bytes) -> None:
    assert run(estate, content).code == 2


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_workbook_is_refused_and_nothing_worse(estate: Runner, seed: int) -> None:
    """Each tenth byte beginning with one of the first twelve is turned round."""
    content = bytearray(xlsx(ROWS))
    for at in range(seed * 37 % len(content), len(content), 400 + seed):
        content[at] ^= 0xFF
    assert run(estate, bytes(content), "a.xlsx").code in (0, 1, 2, 5)


# ---- the bad lines


def test_the_bad_lines_keep_their_building_and_come_in_once_mended(estate: Runner) -> None:
    bad = estate.folder / "bad.csv"
    lines = "楼栋,单元,房号,业主,电话\n3号楼,2单元,501,王桂兰,\n,,502,张建国,12\n,,503,=李,13\n"
    assert counts(take_in(estate, lines, more=f"--yes --skip-bad {bad}")) == (1, 0, 0, 0, 2)
    text = bad.read_text("utf-8-sig")
    assert text.splitlines()[0] == "楼栋,单元,房号,业主,电话,原因"
    assert ",'=李," in text  # a spreadsheet takes it for text
    assert os.stat(bad).st_mode & 0o077 == 0
    assert counts(take_in(estate, text.replace(",12,", ",,").replace(",13,", ",,"))) == (2, 0, 0, 0, 0)
    assert owners(estate) == BOTH | {"3-2-503": "=李"}


def test_where_the_bad_lines_cannot_be_written_nothing_is_taken_in(estate: Runner) -> None:
    result = run(estate, CSV + "x,王\n", more=f"--yes --skip-bad {estate.folder / 'no' / 'bad.csv'}")
    assert (result.code, owners(estate)) == (5, {})
    result = run(estate, CSV + "x,王\n", more=f"--yes --skip-bad {estate.folder / '名册.csv'}")
    assert (result.code, result.error["field"], owners(estate)) == (2, "skip-bad", {})


def test_no_file_of_bad_lines_where_all_are_well(estate: Runner) -> None:
    take_in(estate, CSV, more=f"--yes --skip-bad {estate.folder / 'bad.csv'}")
    assert not (estate.folder / "bad.csv").exists()


def test_a_person_sees_every_wrong_line_before_saying_yes(estate: Runner) -> None:
    file = estate.folder / "a.csv"
    file.write_text("房号,业主,电话,备注\n3-2-501,王桂兰,\n3-2-502,张,12\n32501,李,\n", encoding="utf-8")
    asked = estate(f"import households {file} --skip-bad {estate.folder / 'bad.csv'}", input="n\n", tty=True)
    assert asked.code == 130
    for words in (
        "房号 → Room",
        "3-2-501  王桂兰",
        "Line 3: Phone 12",
        "Line 4: Room 32501",
        "1 new",
        "2 wrong",
        "Columns not taken: 备注",
    ):
        assert words in asked.err
    assert owners(estate) == {}


def test_ten_thousand_households_take_seconds(estate: Runner) -> None:
    lines = "房号,业主,面积,电话\n" + "".join(
        f"{n // 500 + 1}-{n // 100 % 5 + 1}-{n // 10 % 10 + 1}0{n % 10},王{chr(0x4E00 + n)},88.5,138{n:08d}\n"
        for n in range(10_000)
    )
    start = time.monotonic()
    assert run(estate, lines, more="--dry-run").ok.json["new"] == 10_000
    assert time.monotonic() - start < 8


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_demo_has_the_roster_that_the_readme_takes_in(estate: Runner) -> None:
    file = Path(__file__).parents[1] / "data" / "roster.csv"
    assert counts(estate(f"import households {file} --yes --json").ok.json)[3:] == (0, 0)
