"""CSV, TSV, JSON, Markdown and web pages: read back they are what was written, and harmless whatever was typed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render_samples import COLUMNS, HOSTILE, ROWS, Seen, listing, names, notes, page, rows

from zaoyuan_cli import render
from zaoyuan_cli.document import Column, Heading, State, Table
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import cells
from zaoyuan_cli.render.csv import guarded
from zaoyuan_cli.render.json import typed
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules.money import Fen


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


FORMATS = list(render.FORMATS)


# ---- CSV and TSV ---------------------------------------------------------------------------------------------------


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


@settings(deadline=None)
@given(rows)
def test_csv_read_back_is_what_was_written(records: list[dict[str, object]]) -> None:
    head, *body = read(render.render(listing(records, {"due": Fen(1)}), "csv"))
    assert head == [column.heading for column in COLUMNS]
    assert len(body) == len(records)  # no line of totals
    for cells_read, record in zip(body, records, strict=True):
        found = dict(zip((column.key for column in COLUMNS), cells_read, strict=True))
        assert found["room"] == record["room"]
        assert found["state"] == record["state"]
        assert found["date"] == str(record["date"] or "")
        for key in ("due", "owed", "area"):
            value = record[key]
            assert found[key] == ("" if value is None else value.plain())  # type: ignore[attr-defined]


@settings(deadline=None)
@given(names | notes | st.sampled_from(HOSTILE))
def test_a_spreadsheet_finds_no_formula_in_text(text: str) -> None:
    for name, read_back in (("csv", read), ("tsv", lambda sheet: [line.split("\t") for line in sheet.split("\n")])):
        for row in read_back(render.render(page(text), name)):
            for cell in row:
                number = re.fullmatch(r"\s*[+-]?[\d,.]+%?\s*", cell)
                assert number or not cell.strip().startswith(tuple("=+-@＝＋－＠")), (name, cell)
                assert not cell.startswith(("\t", "\r"))


def test_numbers_are_left_alone() -> None:
    assert [guarded(text) for text in ("-5.00", "+8613800000000", "-1,000.50", "3-2-501")] == [
        "-5.00",
        "+8613800000000",
        "-1,000.50",
        "3-2-501",
    ]
    refund = {"owed": Fen(-500), "note": "-5.00"}
    assert read(render.render(listing([refund]), "csv"))[1][4::3] == ["-5.00", "-5.00"]


def test_tsv_has_keys_and_codes_in_every_language() -> None:
    english = render.render(listing(), "tsv")
    set_language("zh")
    assert render.render(listing(), "tsv") == english
    assert english.split("\n")[0] == "\t".join(column.key for column in COLUMNS)


def test_a_report_of_two_tables_is_two_sheets_under_their_headings() -> None:
    two = Page(
        {},
        [
            Heading("Money"),
            Table((Column("fund", "Fund"),), [{"fund": "众筹专项"}]),
            Table((Column("unit", "Unit"),), [{"unit": "3-2"}], title="Arrears"),
        ],
    )
    assert render.render(two, "csv") == "Money\nFund\n众筹专项\n\nArrears\nUnit\n3-2\n"


# ---- JSON ----------------------------------------------------------------------------------------------------------


def test_json_has_every_key_and_types() -> None:
    report = Listing(ROWS[:1], COLUMNS, {"due": Fen(10000)}, as_of=date(2022, 5, 31), warnings=["late"])
    answer = json.loads(render.render(report, "json"))
    row = answer["rows"][0]
    assert (row["due"], row["area"], row["date"], row["person"]) == ("100.00", "88.50", "2022-05-31", "pA17")
    assert (answer["totals"], answer["as_of"], answer["warnings"]) == ({"due": "100.00"}, "2022-05-31", ["late"])
    assert "王桂兰" in render.render(report, "json")


@settings(deadline=None)
@given(rows)
def test_json_has_no_floats(records: list[dict[str, object]]) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(render.render(listing(records), "json"), parse_float=refuse, parse_constant=refuse)


def test_a_float_in_an_answer_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        typed({"amount": 1.5})
    assert typed({"doors": ("1-1-101",), "enough": False, "state": State("paid")}) == {
        "doors": ["1-1-101"],
        "enough": False,
        "state": "paid",
    }


# ---- Markdown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_text_and_makes_nothing_of_it(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(render.render(page(text), "md"))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "code_block"}
    assert not kinds & {"em_open", "s_open", "blockquote_open", "ordered_list_open", "hr"}
    assert sum(token.type == "heading_open" for token in tokens) == (1 if cells.line(text) else 0)
    assert sum(token.type == "bullet_list_open" for token in tokens) == 1
    body = [at for at, token in enumerate(tokens) if token.type == "td_open"]
    shown = ["".join(child.content for child in tokens[at + 1].children or ()) for at in body]
    assert len(shown) == 4
    assert shown[0].split() == cells.line(text).split()


# ---- HTML ----------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(rows)
def test_html_read_back_has_every_cell(records: list[dict[str, object]]) -> None:
    seen = Seen(render.render(listing(records), "html"))
    grid = cells.grid(Table(COLUMNS, records))
    assert seen.cells == [*grid.headings, *(cell for row in zip(*grid.cells, strict=True) for cell in row)]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_makes_nothing_of_what_was_typed(text: str) -> None:
    ordinary, hostile = Seen(render.render(page("王桂兰"), "html")), Seen(render.render(page(text), "html"))
    breaks = ("br",)
    assert [tag for tag, _attributes in hostile.tags if tag not in breaks] == [
        tag for tag, _attributes in ordinary.tags
    ]


def test_a_page_is_one_file_for_phone_print_and_screen_reader() -> None:
    source = render.render(listing(totals={"due": Fen(1)}), "html")
    seen = Seen(source)
    assert ("html", {"lang": "en"}) in seen.tags
    assert any(attributes.get("name") == "viewport" for _tag, attributes in seen.tags)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in seen.tags if tag == "th")
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _attributes in seen.tags}
    assert "://" not in source
    assert "url(" not in source
    assert "size: A4" in source
    assert "prefers-color-scheme: dark" in source
    set_language("zh")
    assert '<html lang="zh-CN">' in render.render(listing(), "html")
