"""On a person's screen: any width keeps rooms, dates and money whole; narrow ones lose columns and say which."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_samples import COLUMNS, HOSTILE, ROWS, listing, page, rows
from rich.cells import cell_len

from zaoyuan_cli.document import Column, Pairs, Text
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import cells, show, terminal
from zaoyuan_cli.render.fit import fold, hanging, plan
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules.money import Fen

ROOT = Path(__file__).parent.parent
SCRIPT = (
    "import sys, unittest.mock\n"
    "sys.path.insert(0, 'tests')\n"
    "sys.modules['hypothesis'] = unittest.mock.MagicMock()\n"
    "from render_samples import HOSTILE, listing, page\n"
    "from zaoyuan_cli.render import show\n"
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language()


def whole(needle: str, text: str) -> bool:
    return re.search(rf"(?<![\w.,-]){re.escape(needle)}(?![\w.,-])", text) is not None


# ---- widths --------------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(rows, st.integers(20, 200))
def test_every_room_and_amount_is_whole_at_any_width(records: list[dict[str, object]], width: int) -> None:
    drawn = terminal.render(listing(records), width)
    for record in records:
        owed = record["owed"]
        assert isinstance(owed, Fen)
        assert whole(str(record["room"]), drawn)
        assert whole(owed.yuan(), drawn)
        for key, heading in (("due", "Due"), ("date", "Last payment")):
            value = record[key]
            shown = value.yuan() if isinstance(value, Fen) else str(value)
            assert (
                value is None
                or whole(shown, drawn)
                or re.search(rf"left out: [^)]*{heading}", drawn.replace("\n", " "))
            )
    assert all(min(cells.width(line), cell_len(line)) <= max(width, 22) for line in map(str.rstrip, drawn.split("\n")))
    assert "…" not in drawn.replace("…", "", str(records).count("…"))


@settings(deadline=None)
@given(rows)
def test_wide_enough_shows_everything_and_a_pipe_always_does(records: list[dict[str, object]]) -> None:
    drawn = terminal.render(listing(records), 400)
    assert "left out" not in drawn
    for record in records:
        assert all(whole(word, drawn) for word in (str(record["room"]), str(record["state"])))


def test_a_narrow_screen_drops_the_least_needed_column_whole_and_says_so() -> None:
    report = listing(ROWS[:2])
    at_98, at_50 = terminal.render(report, 98), terminal.render(report, 50)
    assert "left out: Area;" in at_98
    assert "Note" in at_98.splitlines()[0]
    assert at_50.splitlines()[0].split() == ["Room", "Owner", "Owed", "State"]
    assert "left out: Due, Area, Last payment, Note; --format csv" in at_50.replace("\n", " ")


def test_narrower_still_there_are_cards() -> None:
    drawn = terminal.render(listing(ROWS[1:2]), 20)
    assert "  12-10-2401\n" in drawn
    assert "1,234,567.89\n" in drawn
    assert "欧阳夏丹·阿卜杜拉" in drawn
    assert "left out" not in drawn  # a card has every field


def test_names_fold_and_are_not_cut() -> None:
    drawn = terminal.render(listing(ROWS[1:2]), 44)
    assert "…" not in drawn
    assert "12-10-2401  欧阳夏丹·" in drawn
    assert re.search(r"^ {12}阿卜杜拉", drawn, re.MULTILINE)


def test_totals_and_an_empty_list() -> None:
    assert "Total 2  " in terminal.render(listing(ROWS[:2], {"households": 2, "owed": Fen(1)}), 120)
    assert terminal.render(Listing([], COLUMNS, title="Arrears", empty="Nobody owes."), 60) == "Arrears\nNobody owes.\n"


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["王桂兰", "3-2-501", "1,234.50", "。", "，", " ", "DA2022-1", "收"]), max_size=30),
    st.integers(10, 60),
)
def test_a_line_is_never_broken_inside_a_room_or_an_amount(words: list[str], width: int) -> None:
    text = "".join(words)
    folded = fold(text, width)
    assert "".join(folded).replace(" ", "") == text.replace(" ", "")
    runs = re.findall("[!-~]+", text)
    assert [run for line in folded for run in re.findall("[!-~]+", line)] == runs
    assert all(cells.width(line) <= max(width, *map(len, runs), 12) for line in folded)


def test_a_column_of_priority_0_is_never_dropped() -> None:
    columns = [Column("a", "A", "room"), Column("b", "B", "money", 1), Column("c", "C", "money")]
    assert plan(columns, [8, 8, 8], 28) == ([0, 1, 2], [8, 8, 8], [])
    assert plan(columns, [8, 8, 8], 27) == ([0, 2], [8, 8], [1])
    assert plan(columns, [8, 8, 8], 17) is None


def test_a_record_on_a_narrow_screen() -> None:
    report = Page(
        {}, [Pairs((("Room", "12-10-2401"), ("Note", "另外楼道灯坏了，请尽快联系物业来修"), ("Owed", Fen(-100000))))]
    )
    drawn = terminal.render(report, 20)
    assert drawn.splitlines()[0] == "Room  12-10-2401"
    assert "-1,000.00" in drawn
    assert "".join(drawn.split()[3:-2]) == "另外楼道灯坏了，请尽快联系物业来修"


# ---- what was typed, and where it is shown -------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_user_text_is_no_markup_and_steers_nothing(text: str) -> None:
    for width in (20, 80):
        drawn = terminal.render(page(text), width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", drawn)
    kept = "".join(terminal.render(Page({}, [Text(text)]), 80).split())
    assert kept == "".join("".join(cells.lines(text)).split())


def test_a_gbk_screen_gets_ascii_rules() -> None:
    assert "─" in terminal.render(listing(), 100)
    drawn = terminal.render(listing(), 100, encoding="gbk")
    assert "─" not in drawn
    assert "----" in drawn


@pytest.mark.parametrize(
    "setting",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_no_locale_stops_an_answer(setting: dict[str, str]) -> None:
    script = (
        SCRIPT
        + "for text in HOSTILE:\n"
        + "    for name in ('table', 'csv', 'json', 'md', 'html'): show(page(text), name)\n"
        + "show(listing())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **setting}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"12-10-2401" in done.stdout


def test_json_on_a_pipe_is_utf8_under_gbk() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT + "show(listing(), 'json')"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert "王桂兰" in done.stdout.decode("utf-8")


def test_a_pipe_is_complete_whatever_the_environment_says() -> None:
    """FORCE_COLOR and TERM=dumb make rich take a pipe for a terminal of 80 columns (§0 finding 5)."""
    for setting in ({"FORCE_COLOR": "1", "TERM": "dumb"}, {"COLUMNS": "20"}, {"FORCE_COLOR": "0"}):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **setting}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT + "show(listing())"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
        )
        drawn = done.stdout.decode("utf-8")
        assert "\x1b" not in drawn
        assert all(whole(str(row["room"]), drawn) for row in ROWS)
        assert "请尽快联系物业来修。" in drawn


# ---- a real terminal -----------------------------------------------------------------------------------------------


def on_a_terminal(command: str, columns: int = 100, **setting: str) -> str:
    """What a pseudo-terminal of that width receives."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    own, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
    }
    environment = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **setting}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT + command], cwd=ROOT, env=environment, stdin=other, stdout=other, stderr=other
    )
    os.close(other)
    received = b""
    while True:
        try:
            chunk = os.read(own, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        received += chunk
    os.close(own)
    assert process.wait(30) == 0, received
    return received.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_a_table_with_colour_and_a_rule() -> None:
    drawn = on_a_terminal("show(listing())", 140)
    assert "─────" in drawn
    assert re.search("\x1b\\[33munpaid *\x1b\\[0m", drawn)  # yellow: somebody has to act
    assert all(whole(str(row["room"]), drawn) for row in ROWS)


def test_a_terminal_of_50_columns_drops_columns() -> None:
    drawn = re.sub("\x1b\\[[0-9;]*m", "", on_a_terminal("show(listing())", 50))
    assert "--format csv" in drawn
    assert all(cells.width(line.rstrip()) <= 50 for line in drawn.split("\n"))


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(setting: dict[str, str]) -> None:
    assert "\x1b[" not in on_a_terminal("show(listing())", 130, **setting)
    assert "\x1b[" not in on_a_terminal("show(listing(), colour=False)", 130)


def test_an_empty_no_color_does_not_count_and_a_dumb_terminal_keeps_its_width() -> None:
    assert "\x1b[" in on_a_terminal("show(listing())", NO_COLOR="")
    assert "left out" not in on_a_terminal("show(listing())", 180, TERM="dumb")


def test_show_to_a_stream_that_is_no_terminal_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    show(listing())
    assert capsys.readouterr().out.splitlines()[0].startswith("Room ")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("  本户还欠 60.00 元。项目 1/4 户", 21, ["  本户还欠 60.00 元。", "  项目 1/4 户"]),
        ("√ 收 3-2-501 王桂兰 100.00 元", 21, ["√ 收 3-2-501 王桂兰", "  100.00 元"]),
        ("  init   建立自己的账本：五个问题", 30, ["  init   建立自己的账本：五个", "         问题"]),
        ("没有标记的一行文字也折行", 21, ["没有标记的一行文字也", "折行"]),
    ],
)
def test_what_is_folded_hangs_below_its_beginning(text: str, width: int, lines: list[str]) -> None:
    assert hanging(text, width) == lines
