"""A report leaves the house as text, CSV, JSON, Markdown or a web page: complete, and harmless whatever was typed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from render_samples import COLUMNS, HOSTILE, ROWS, Seen, listing, page, rows

from zaoyuan_cli import render
from zaoyuan_cli.document import Bar, Chart, Heading, Pairs, Running, Signatures, State, Table, Text
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import cells, measures, terminal, xlsx
from zaoyuan_cli.render.charts import blocks, svg
from zaoyuan_cli.render.states import WORDS
from zaoyuan_cli.reports import Done, Listing, Page
from zaoyuan_cli.rules.money import Fen

ROOT = Path(__file__).parent.parent
FORMATS = list(render.FORMATS)
COMPLETE = [name for name in FORMATS if name != "json"]
SPACED = {"csv": str.maketrans(',"', "  "), "html": str.maketrans("<>", "  ")}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


def whole(needle: str, text: str) -> bool:
    """Does it stand there with nothing missing at either end?"""
    return re.search(rf"(?<![\w.,-]){re.escape(needle)}(?![\w.,-])", text) is not None


# ---- plain text ----------------------------------------------------------------------------------------------------


def test_a_piped_list_has_one_record_a_line_and_aligned_columns() -> None:
    report = listing(ROWS[:2], {"households": 2, "due": Fen(123466789), "owed": Fen(123456789)})
    first, *records, last = render.render(report).splitlines()
    assert first.split() == ["Room", "Owner", "Due", "Area", "Owed", "State", "Last", "payment", "Note"]
    assert len(records) == 2
    ends = [
        cells.width(line[: line.index(amount) + len(amount)])
        for line, amount in zip(records, ("100.00", "1,234,567.89"), strict=True)
    ]
    assert ends[0] == ends[1] == cells.width(last[: last.index("1,234,667.89") + 12])
    assert last.split() == ["Total", "2", "1,234,667.89", "1,234,567.89"]


def test_nothing_is_a_dash_and_zero_is_zero() -> None:
    record = render.render(listing(ROWS[2:])).splitlines()[1]
    assert record.split() == ["3-2-602", "-", "-", "-", "-", "exempt", "-", "-"]
    assert " 0.00 " in render.render(listing(ROWS[:1]))


def test_an_empty_list_says_so_and_how_to_add() -> None:
    empty = Listing([], COLUMNS, empty="No household yet: zaoyuan household add 3-2-501")
    assert render.render(empty) == "No household yet: zaoyuan household add 3-2-501\n"
    assert render.render(Listing([], COLUMNS)) == "Nothing to show.\n"


def test_a_write_is_answered_by_its_lines() -> None:
    done = Done({"receipt": "A2022-0084", "amount": Fen(10000)}, ("√ A2022-0084", "  paid in full"), "zy undo")
    assert render.render(done) == "√ A2022-0084\n  paid in full\n"
    assert json.loads(render.render(done, "json")) == {"receipt": "A2022-0084", "amount": "100.00"}
    assert render.render(done, "tsv") == "receipt\tamount\nA2022-0084\t100.00\n"


def test_parts_of_a_report_stand_apart() -> None:
    report = Page({}, [Heading("Money"), Text("May"), Text("2022"), Pairs((("cash", Fen(35000)), ("ok", True)))])
    assert render.render(report) == "Money\nMay\n2022\n\ncash  350.00\nok    yes\n"


@settings(deadline=None)
@given(rows)
def test_every_room_date_and_amount_is_whole_in_every_format(records: list[dict[str, object]]) -> None:
    for name in COMPLETE:
        text = render.render(listing(records), name).translate(SPACED.get(name, {}))
        for record in records:
            owed = record["owed"]
            assert isinstance(owed, Fen)
            assert whole(str(record["room"]), text), name
            assert whole(owed.plain() if name in ("csv", "tsv") else owed.yuan(), text), name
            assert record["date"] is None or whole(str(record["date"]), text), name


@settings(deadline=None)
@given(rows)
def test_a_pipe_never_gets_blanks_at_the_end_or_a_second_line_of_a_record(records: list[dict[str, object]]) -> None:
    drawn = render.render(listing(records))
    assert len(drawn.split("\n")) == len(records) + 2
    assert all(line == line.rstrip() for line in drawn.split("\n"))


# ---- what was typed ------------------------------------------------------------------------------------------------


def steers(text: str) -> list[str]:
    """Characters that move a cursor, ring, or turn a line round."""
    bidi = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return [
        each for each in text if (unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t") or each in bidi
    ]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_steers_no_screen(name: str, text: str) -> None:
    for report in (
        page(text),
        listing([{**ROWS[0], "owner": text, "note": text, "state": text}]),
        Done({text: text}, (text,)),
    ):
        assert steers(render.render(report, name)) == []


def test_the_text_itself_stays_as_typed() -> None:
    for text in ("[/x]", ":smile:", "=1+1", "a|b", "%s {x} {{ 7 * 7 }}", "👍🏽", "㛃𬭎𠮷"):
        assert text in render.render(page(text))


# ---- words and widths ----------------------------------------------------------------------------------------------


def test_states_are_words_of_the_language_and_codes_elsewhere() -> None:
    from zaoyuan_cli.i18n import _catalogue
    from zaoyuan_cli.i18n.build import compile_catalogue

    compile_catalogue()
    _catalogue.cache_clear()
    set_language("zh")
    assert [cells.word(code) for code in ("paid", "part", "unpaid", "exempt", "in_force")] == [
        "付清",
        "部分",
        "未缴",
        "免缴",
        "施行中",
    ]
    assert all(re.fullmatch(r"[一-鿿·]+|[0-9]+-[0-9]+ ?天", cells.word(code)) for code in WORDS)
    assert cells.word("no such code") == "no such code"
    assert "付清" in render.render(listing(), "csv")
    record = Page({}, [Pairs((("状态", State("paid")), ("备注", "paid")))])
    assert render.render(record, "csv") == "状态,付清\n备注,paid\n"
    assert render.render(record) == "状态  付清\n备注  paid\n"
    assert json.loads(render.render(listing(), "json"))["rows"][0]["state"] == "paid"


@settings(deadline=None)
@given(st.text(st.characters(codec="gbk", categories=("Lo", "Lu", "Ll", "Nd", "Po", "Ps", "Pe")), max_size=30))
def test_widths_are_those_of_the_terminal_library(text: str) -> None:
    """Of Chinese and Latin, letter by letter: rich joins some others into clusters."""
    from rich.cells import cell_len

    for character in text:
        if unicodedata.east_asian_width(character) != "N":
            assert cells.width(character) == cell_len(character), character


def test_a_count_without_a_column_says_how_many() -> None:
    table = Table(COLUMNS, ROWS, {"households": 3, "voters": 2, "due": Fen(1)})
    assert cells.totals(table)[:3] == ["Total 3", "", "0.01"]
    assert cells.totals(table._replace(totals={"due": 1}))[:3] == ["Total", "", "0.01"]
    assert cells.totals(table._replace(totals=None)) == []


# ---- every format ---------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(rows)
def test_the_totals_of_all_formats_are_one(records: list[dict[str, object]]) -> None:
    """On the screen, in text, on the web, on paper and in a workbook; what JSON says is what they are."""
    sums = {key: Fen(sum(record[key] or Fen(0) for record in records)) for key in ("due", "owed")}  # type: ignore[misc]
    report = listing(records, {"households": len(records), **sums})
    assert json.loads(render.render(report, "json"))["totals"] == {
        "households": len(records),
        **{key: total.plain() for key, total in sums.items()},
    }
    found = {
        "plain": re.split(r"\s{2,}", render.render(report).splitlines()[-1].strip()),
        "md": [cell.strip(" *") for cell in render.render(report, "md").splitlines()[-1].split("|") if cell.strip()],
        "html": [cell for cell in Seen(render.render(report, "html")).cells[-len(COLUMNS) :] if cell],
        "terminal": re.split(r"\s{2,}", terminal.render(report, width=400).rstrip().splitlines()[-1].strip()),
    }
    expected = [f"Total {len(records)}", *(total.yuan() for total in sums.values())]
    assert found == dict.fromkeys(found, expected)
    last = CalamineWorkbook.from_filelike(BytesIO(xlsx.render(report))).get_sheet_by_index(0).to_python()[-1]
    assert [last[0], *(Fen(round(Decimal(repr(last[at])) * 100)) for at in (2, 4))] == [expected[0], *sums.values()]
    sheet = measures.set_table(report.document()[0], measures.SHEETS[0])
    on_paper = sheet["totals"] or [cell["lines"][0] for _label, cell in sheet["rows"][-len(expected) :]]
    assert [cell for cell in on_paper if cell] == expected


CHART = Chart("By month", ("In", "Out"), (Bar("2022-04", (Fen(5000), None)), Bar("2022-05", (Fen(9999), Fen(1)))))


def test_a_chart_is_bars_where_there_are_pictures_and_else_a_table() -> None:
    report = Page({}, [CHART._replace(axis="Month")])
    assert terminal.render(report, 40).splitlines() == [
        "By month",
        "█ In  ▒ Out",
        "2022-04  ████████████ 50.00",
        "         -",
        f"2022-05  {'█' * 24} 99.99",
        "         ▒ 0.01",
    ]
    assert "#" * 20 in terminal.render(report, 40, encoding="ascii")
    assert render.render(report) == ("By month\nMonth       In   Out\n2022-04  50.00     -\n2022-05  99.99  0.01\n")
    assert render.render(report, "csv") == "Month,In,Out\n2022-04,50.00,\n2022-05,99.99,0.01\n"
    assert "| 2022-05 | 99.99 | 0.01 |" in render.render(report, "md")
    assert "<svg" in render.render(report, "html")


def test_a_chart_beside_its_table_is_for_pictures_only() -> None:
    report = Page({}, [*listing().document(), CHART._replace(tabled=True)])
    for name in ("table", "csv", "tsv", "md"):
        assert "By month" not in render.render(report, name)
    for text in (terminal.render(report), render.render(report, "html")):
        assert "By month" in text


def test_bars_are_as_long_as_their_values_and_what_is_not_nothing_is_seen() -> None:
    chart = Chart("", ("Paid",), (Bar("a", (50,)), Bar("b", (25,)), Bar("c", (0,)), Bar("d", (1,))), "percent")
    lines = [line.count("█") for line in blocks(chart, 113)]
    assert lines == [round(50 * 104 / 100), 26, 0, 1], "a full bar is the whole"
    drawn = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg(chart))]
    assert drawn[0] == pytest.approx(2 * drawn[1])
    assert len(drawn) == 3


def test_who_signs_has_a_line_to_sign_on_in_every_format() -> None:
    report = Page({}, [Signatures(("制表", "审核"), dated=True)])
    for name in COMPLETE:
        if name not in ("csv", "tsv"):
            text = render.render(report, name).replace("\\", "")
            assert "制表" in text, name
            assert "Date" in text, name
    assert "制表 ________" in terminal.render(report)


def test_the_edges_of_pages_are_on_no_screen() -> None:
    report = Page({}, [Running("head", "foot", number="NA2022-4"), Heading("Paper")])
    for text in (terminal.render(report), *(render.render(report, name) for name in ("table", "csv", "tsv", "md"))):
        assert not {"head", "foot", "NA2022-4"} & set(text.split())
    assert "NA2022-4" in render.render(report, "html")


# ---- the price -----------------------------------------------------------------------------------------------------


def test_text_for_a_pipe_loads_no_library() -> None:
    """§0 finding 8: rich, jinja2 and pydantic are not on the way of a piped list."""
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from render_samples import listing\n"
        "from zaoyuan_cli import render\n"
        "[render.render(listing(), name) for name in ('table', 'csv', 'tsv', 'json', 'md')]\n"
        "print([name for name in ('rich', 'jinja2', 'pydantic', 'typer', 'click') if name in sys.modules])"
    ).replace(
        "from render_samples",
        "sys.modules['hypothesis'] = __import__('unittest.mock').mock.MagicMock()\nfrom render_samples",
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json"])
def test_a_list_of_150_households_takes_no_time(name: str) -> None:
    report = listing([ROWS[at % 3] for at in range(150)])
    runs = []
    for _run in range(20):
        start = time.perf_counter()
        render.render(report, name)
        runs.append(time.perf_counter() - start)
    assert min(runs) < 0.012  # 1,200 cells at 10 µs


def test_a_format_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(WrongUsage) as refusal:
        render.render(listing(), "xls")
    assert "csv" in refusal.value.hint
