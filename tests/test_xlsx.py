"""A report as a workbook, read back by another library: amounts are numbers, days are days, text is never a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from conftest import Runner
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from render_samples import COLUMNS, HOSTILE, ROWS, listing, names, notes, page, rows
from roll import begin

from zaoyuan_cli.document import Bar, Chart, Column, Heading, Pairs, Running, Signatures, State, Table, Text
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import cells, xlsx
from zaoyuan_cli.reports import Listing, Page, Report
from zaoyuan_cli.rules.money import Fen

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


def read(report: Report) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(xlsx.render(report)))


def first(report: Report) -> list[list[object]]:
    return read(report).get_sheet_by_index(0).to_python()


def inside(report: Report) -> dict[str, str]:
    """The files of the workbook."""
    with zipfile.ZipFile(BytesIO(xlsx.render(report))) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def formulas(report: Report) -> list[str]:
    return [
        found for name, text in inside(report).items() if "sheet" in name for found in re.findall("<f>(.*?)</f>", text)
    ]


# ---- values


def test_a_list_is_one_sheet_with_typed_cells_under_a_frozen_head() -> None:
    head, *body = first(listing(ROWS))
    assert head == [column.heading for column in COLUMNS]
    paid = dict(zip((column.key for column in COLUMNS), body[0], strict=True))
    assert paid == {
        "room": "3-2-501", "owner": "王桂兰", "due": 100.0, "area": 88.5, "owed": 0.0, "state": "paid",
        "date": date(2022, 5, 31), "note": "现金",
    }  # fmt: skip
    assert body[2][1:5] == ["", "", "", ""], "nothing is an empty cell"
    sheet = inside(listing(ROWS))["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    assert 'topLeftCell="A2"' in sheet
    assert "<autoFilter" in sheet


@settings(deadline=None, max_examples=25)
@given(rows)
def test_every_amount_is_the_number_it_is(records: list[dict[str, object]]) -> None:
    body = first(listing(records))[1:]
    for found, record in zip(body, records, strict=True):
        for at, key in ((2, "due"), (3, "area"), (4, "owed")):
            value = record[key]
            assert found[at] == "" if value is None else Decimal(repr(found[at])) == Decimal(value.plain())  # type: ignore[attr-defined]
        assert found[0] == record["room"]
        assert found[6] == (record["date"] or "")


def test_numbers_people_read_out_stay_text() -> None:
    columns = (Column("room", "Room", "room"), Column("phone", "Phone"), Column("no", "No.", "number_text"))
    row = {"room": "1-1", "phone": "013800138000", "no": "2022-05"}
    assert first(Listing([row], columns))[1] == ["1-1", "013800138000", "2022-05"]


def test_columns_are_as_wide_as_chinese_needs() -> None:
    sheet = inside(listing(ROWS))["xl/worksheets/sheet1.xml"]
    wide = {int(at): float(width) for at, width in re.findall(r'<col min="(\d+)" max="\d+" width="([\d.]+)"', sheet)}
    assert wide[2] >= cells.width("欧阳夏丹·阿卜杜拉") + 1
    assert max(wide.values()) <= 62


def test_words_are_those_of_the_language() -> None:
    set_language("zh")
    assert first(listing(ROWS))[1][5] == "付清"


# ---- formulas


def test_a_total_is_a_sum_of_ours_where_the_column_adds_up_and_else_a_number() -> None:
    adds, other = Fen(123466789), Fen(5)
    report = listing(ROWS, {"households": 3, "due": adds, "owed": other})
    assert formulas(report) == ["SUM(C2:C4)"]
    assert first(report)[-1][:5] == ["Total 3", "", 1234667.89, "", 0.05]


@settings(deadline=None, max_examples=25)
@given(names | notes | st.sampled_from(HOSTILE))
def test_text_is_never_a_formula_or_a_link(text: str) -> None:
    report = page(text)
    assert formulas(report) == []
    assert not [name for name in inside(report) if "rels" in name and "hyperlink" in inside(report)[name]]
    assert all(isinstance(cell, str | float | date) for name in read(report).sheet_names
               for row in read(report).get_sheet_by_name(name).to_python() for cell in row)  # fmt: skip


@pytest.mark.parametrize("text", [one for one in HOSTILE if "\ud800" not in one])
def test_text_is_as_it_was_typed_less_what_steers(text: str) -> None:
    found = [cell for row in first(page(text)) for cell in row]
    assert cells.line(text) in found or not cells.line(text)


# ---- sheets


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=40) | st.sampled_from(["历史", "History", "a/b", "'x'", "收支", "收支"]), max_size=5))
def test_every_table_has_a_sheet_with_a_name_that_can_be(titles: list[str]) -> None:
    parts = [part for title in titles for part in (Heading(title, 2), *listing().document())]
    found = read(Page({}, [Heading("会前报告"), *parts])).sheet_names
    assert found[0] == "会前报告"
    assert len(found) == len({name.casefold() for name in found}) == 1 + len(titles)
    for name in found:
        assert 0 < len(name) <= 31
        assert not FORBIDDEN.search(name)
        assert name.casefold() != "history"
        assert name.strip("'") == name


def test_a_page_has_its_words_first_and_its_tables_after() -> None:
    chart = Chart("By unit", ("Paid",), (Bar("3-2", (86,)),), "percent", axis="Unit")
    book = read(Page({}, [
        Heading("Report"), Text("Books right", "good"), Pairs((("Cash", Fen(5)), ("State", State("paid")))),
        Heading("Money", 2), Table((Column("fund", "Fund"),), [{"fund": "众筹专项"}]),
        Table((Column("x", "X"),), [], title="Nothing"), chart, Chart("Again", ("a",), (), tabled=True),
        Signatures(("制表",)), Running("枣园"),
    ]))  # fmt: skip
    assert book.sheet_names == ["Report", "Money", "Nothing", "By unit"]
    said = book.get_sheet_by_index(0).to_python()
    kept = ["Report", "Books right", "Cash", "State", "Money", "→ Money", "→ Nothing", "→ By unit", "制表"]
    assert [row[0] for row in said] == kept
    assert [row[1] for row in said[2:4]] == [0.05, "paid"]
    assert book.get_sheet_by_name("Nothing").to_python() == [["X"], ["Nothing to show."]]
    assert book.get_sheet_by_name("By unit").to_python() == [["Unit", "Paid"], ["3-2", "86%"]]


def test_the_same_report_is_the_same_bytes() -> None:
    edge = Running("枣园小区", "2022-05-31", datetime(2022, 5, 31, 12))
    assert xlsx.render(listing(ROWS), edge) == xlsx.render(listing(ROWS), edge)
    assert xlsx.render(Page({}, []))[:2] == b"PK"


# ---- from the command line


def test_a_list_and_a_report_as_workbooks(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    for line in ("household list", "report", "receipt list", "unpaid"):
        assert zaoyuan(f"{line} -o a.xlsx").ok
        assert CalamineWorkbook.from_path(str(zaoyuan.folder / "a.xlsx")).sheet_names
    doors = zaoyuan("household list --json").ok.json
    assert zaoyuan("household list -o a.xlsx").ok
    body = CalamineWorkbook.from_path(str(zaoyuan.folder / "a.xlsx")).get_sheet_by_index(0).to_python()[1:]
    assert [row[0] for row in body[: len(doors["rows"])]] == [row["room"] for row in doors["rows"]]


def test_the_money_the_unpaid_and_the_year_as_a_treasurer_opens_them(zaoyuan: Runner) -> None:
    """Amounts and days are typed, heads stand still, columns have widths, and each formula is a sum of ours that is
    already reckoned."""
    zaoyuan("--demo --fresh book").ok  # noqa: B018
    for subject in ("report money", "unpaid", "report year"):
        assert zaoyuan(f"--demo {subject} -o a.xlsx").ok
        file = zaoyuan.folder / "a.xlsx"
        book, summed = CalamineWorkbook.from_path(str(file)), 0
        with zipfile.ZipFile(file) as parts:
            for at, name in enumerate(book.sheet_names):
                sheet, rows = (
                    parts.read(f"xl/worksheets/sheet{at + 1}.xml").decode(),
                    book.get_sheet_by_name(name).to_python(),
                )
                for cell, formula in re.findall(r'<c r="([A-Z]+)\d+"[^>]*><f>(.*?)</f>', sheet):
                    first, last = map(int, re.fullmatch(rf"SUM\({cell}(\d+):{cell}(\d+)\)", formula).groups())  # type: ignore[union-attr]
                    column = ord(cell) - ord("A")
                    values = [row[column] for row in rows[first - 1 : last]]
                    assert all(isinstance(value, float) for value in values)
                    assert sum(map(Decimal, map(str, values))) == Decimal(str(rows[last][column]))
                    summed += 1
                if at or subject == "unpaid":
                    assert 'state="frozen"' in sheet
                    assert "<cols>" in sheet
        assert summed, subject
    head, *body = book.get_sheet_by_name("Expenses").to_python()
    assert isinstance(body[0][head.index("Date")], date)
