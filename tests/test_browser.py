"""A page in a real browser: it fits a telephone, prints on A4, says nothing to the console and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import pytest
from conftest import Runner
from paper_reading import browse, chromium, facts, pages, poppler, squeezed
from render_samples import COLUMNS, HOSTILE, ROWS, listing

from tests.shed import begin
from zaoyuan_cli.document import Bar, Chart, Heading, Pairs, Running, Signatures, Slip, Table, Text
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import html
from zaoyuan_cli.render.charts import svg
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules.money import Fen

EDGE = Running("枣园小区 · 示范", 'made "2022-05-31" </style>', datetime(2022, 5, 31, 12))
CHART = Chart("By month", ("In", "Out"), (Bar("2022-04", (Fen(5000), Fen(1))), Bar("2022-05", (Fen(999999), None))))
EVERYTHING = Page({}, [
    Heading("枣园小区会前报告"), Text("2022-05-31", "dim"), Pairs((("电话" * 20, "x" * 300), ("State", "字" * 300))),
    *listing([*ROWS, *({**ROWS[0], "owner": text, "note": text} for text in HOSTILE)], {"due": Fen(1)}).document(),
    CHART, Text("正文。" * 60, "prose"), Text("业委会", "right"), Signatures(("制表", "审核", "主任"), dated=True),
    Slip((Heading("收款收据"), Pairs((("金额", Fen(5)),))), "作废"),
])  # fmt: skip
LOOK = """<!DOCTYPE html><iframe style="border: 0; width: {width}px; height: 2000px" srcdoc="{page}"></iframe><script>
addEventListener("load", () => {{ const page = frames[0], root = page.document.documentElement;
const parts = [...page.document.querySelectorAll("main *:not(thead *)")];
document.documentElement.dataset.found = [page.innerWidth, root.scrollWidth,
  parts.filter(one => one.getBoundingClientRect().right > page.innerWidth + 1).length,
  page.getComputedStyle(page.document.body).backgroundColor.replaceAll(" ", ""),
  page.performance.getEntriesByType("resource").length].join(" "); }})</script></html>"""
"""A page in a frame as wide as a telephone, which a window cannot be, and what there is to see of it."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


def written(source: str, folder: Path) -> Path:
    file = folder / "page.html"
    file.write_text(source, "utf-8")
    return file


def asked(source: str, folder: Path, width: int = 390, *options: str) -> tuple[list[str], str]:
    """[width of the frame, of what is in it, parts that stand out, background, files fetched], and the console."""
    seen = browse(written(LOOK.format(width=width, page=escape(source)), folder), "--dump-dom", *options)
    found = re.search(r'data-found="([^"]*)"', seen.stdout)
    assert found
    return found[1].split(), console(seen.stderr)


def console(said: str) -> str:
    return "\n".join(line for line in said.splitlines() if "CONSOLE" in line)


@chromium
@pytest.mark.parametrize("width", [390, 1200])
def test_a_page_fits_a_telephone_and_a_screen(width: int, tmp_path: Path) -> None:
    found, said = asked(html.render(EVERYTHING, EDGE), tmp_path, width)
    assert found[:3] == [str(width), str(width), "0"], "nothing is to be scrolled sideways"
    assert found[4] == "0", "nothing is fetched"
    assert said == ""


@chromium
def test_a_script_or_a_picture_from_elsewhere_would_be_refused_by_the_page_itself(tmp_path: Path) -> None:
    """So a page that says nothing to the console has asked for nothing."""
    stranger = html.render(listing()).replace("</main>", '<img src="https://x.example/x.png"><script>1</script></main>')
    said = console(browse(written(stranger, tmp_path), "--dump-dom").stderr)
    assert said.count("Content Security Policy") == 2
    quiet = browse(written(html.render(EVERYTHING, EDGE), tmp_path), "--dump-dom")
    assert console(quiet.stderr) == ""


@chromium
def test_it_is_dark_in_the_dark(tmp_path: Path) -> None:
    by_day, _said = asked(html.render(listing()), tmp_path)
    by_night, _said = asked(
        html.render(listing()), tmp_path, "--force-dark-mode", "--blink-settings=preferredColorScheme=0"
    )
    assert by_day[3] == "rgb(255,255,255)"
    assert by_night[3] != by_day[3]


@chromium
@poppler
def test_it_prints_on_a4_with_its_edges_and_the_head_of_a_table_on_every_page(tmp_path: Path) -> None:
    doors = [{**ROWS[0], "room": f"3-2-{number}"} for number in range(101, 251)]
    page = written(html.render(Page({}, [Heading("Roster"), Table(COLUMNS, doors)]), EDGE), tmp_path)
    sheet = tmp_path / "page.pdf"
    browse(page, f"--print-to-pdf={sheet}", "--no-pdf-header-footer")
    said = pages(sheet, "-layout")
    assert len(said) > 2
    assert "(A4)" in facts(sheet)["Page size"]
    for number, text in enumerate(said, 1):
        for expected in ("枣园小区 · 示范", 'made "2022-05-31" </style>', f"{number} / {len(said)}", "Last payment"):
            assert squeezed(expected) in squeezed(text), (number, expected)
    assert [room for text in said for room in text.split() if room.startswith("3-2-")] == [row["room"] for row in doors]


@chromium
@poppler
def test_receipts_print_two_on_a_page(tmp_path: Path) -> None:
    slips = [Slip((Heading(f"Receipt {at}"), Pairs((("Amount", Fen(5)),)))) for at in range(5)]
    sheet = tmp_path / "page.pdf"
    browse(written(html.render(Page({}, slips), EDGE), tmp_path), f"--print-to-pdf={sheet}", "--no-pdf-header-footer")
    assert [text.count("Receipt") for text in pages(sheet)] == [2, 2, 1]
    assert "(A4)" in facts(sheet)["Page size"]


@chromium
def test_the_report_and_papers_of_a_book_fit_a_telephone(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    for line in ("report", "notice post roster --place 北门", "notice post money 2022-05 --place 北门",
                 "household list", "status", "receipt print A2022-0001"):  # fmt: skip
        assert zaoyuan(f"{line} -o page.html", lang="zh").ok
        source = (zaoyuan.folder / "page.html").read_text("utf-8")
        found, said = asked(source, zaoyuan.folder)
        assert (found[:3], said) == (["390", "390", "0"], ""), line


def test_a_chart_says_in_words_what_it_shows() -> None:
    drawn = svg(CHART)
    assert "<title>By month: 2022-04 In 50.00, Out 0.01; 2022-05 In 9,999.99, Out -</title>" in drawn
    assert 'role="img"' in drawn
    for figure in ("50.00", "0.01", "9,999.99", "2022-04", "In", "Out"):
        assert f">{figure}</text>" in drawn
    assert "url(" not in drawn
    assert 'fill="none" stroke="currentColor"' in drawn, "series differ by their filling, not by colour"
