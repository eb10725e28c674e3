"""Long work is shown while it lasts, to a person at a terminal, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import rich.progress
from conftest import Runner

from tests.prepared import once
from zaoyuan_cli import progress
from zaoyuan_cli.render import bars, pdf

HOUSEHOLDS = "房号,业主\n" + "".join(f"1-1-{floor}01,王桂兰\n" for floor in range(1, 21))
Drawn = list[tuple[str, float | None, float]]
SCREEN = {"TERM": "xterm"}
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
"""The cursor, while a bar stands and after it."""


class Lasts:
    """The clock of a piece of work that lasts: a second has passed as soon as it begins."""

    def __init__(self, seconds: float, begin: Callable[[], None]) -> None:
        assert seconds == bars.PATIENCE
        self.start, self.daemon = begin, False

    def cancel(self) -> None:
        pass

    def join(self) -> None:
        pass


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Everything lasts; the bars that were drawn, as (what was done, of how many, how far it came)."""
    found: Drawn = []
    stop = rich.progress.Progress.stop

    def stopped(bar: rich.progress.Progress) -> None:
        found.extend((task.description, task.total, task.completed) for task in bar.tasks)
        stop(bar)

    monkeypatch.setattr(bars, "Timer", Lasts)
    monkeypatch.setattr(rich.progress.Progress, "stop", stopped)
    return found


@pytest.fixture
@once
def estate(zaoyuan: Runner) -> Runner:
    """A book whose list of twenty households is still to be taken in."""
    assert zaoyuan("init --name 枣园 --who 李秀英 --units 1-1 --yes").ok
    (zaoyuan.folder / "list.csv").write_text(HOUSEHOLDS, encoding="utf-8")
    return zaoyuan


def test_a_bar_while_it_lasts_and_the_answer_as_ever(estate: Runner, drawn: Drawn) -> None:
    taken = estate("import households list.csv --yes", screen=80, env=SCREEN).ok
    assert ("Reading the lines", 20, 20) in drawn
    assert ("Taking in the households", 20, 20) in drawn
    assert taken.err.count(HIDDEN) == taken.err.count(SHOWN) == len(drawn), "the cursor is back"
    assert taken.err.rstrip("\n").rfind("\x1b[2K") > taken.err.rfind("%"), "the bar was wiped off"
    assert "%" not in taken.out
    assert HIDDEN not in taken.out
    drawn.clear()
    assert estate("rebuild", screen=80, lang="zh", env=SCREEN).ok
    (said, of, done), *_rest = drawn
    assert said == "重放日志"
    assert of == done != 0
    drawn.clear()
    assert estate("household list -o list.pdf", screen=80, env=SCREEN).ok
    assert drawn == [("Making list.pdf", None, 0)], "nobody knows how long it takes"


def test_nothing_where_nobody_looks_or_nothing_lasts(
    estate: Runner, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert estate("import households list.csv --yes").ok.err == ""
    assert estate("rebuild --quiet", screen=80, env=SCREEN).ok.err == ""
    monkeypatch.undo()
    assert estate("backup", screen=80, env=SCREEN).ok
    assert drawn == []


@pytest.mark.parametrize("how", ["accessible", "TERM"])
def test_lines_for_a_screen_reader_and_a_dumb_terminal(estate: Runner, drawn: Drawn, how: str) -> None:
    if how == "accessible":
        assert estate("config set accessible true").ok
    told = estate("import households list.csv --yes", screen=80, env={"TERM": "dumb" if how == "TERM" else "xterm"}).ok
    lines = told.err.splitlines()
    begun = lines.index("Taking in the households …")
    assert lines[begun + 1 : begun + 11] == [f"Taking in the households: {tenth}0 %" for tenth in range(1, 11)]
    assert "\x1b" not in told.err
    assert drawn == []


@pytest.mark.parametrize(("fault", "code"), [(KeyboardInterrupt(), 130), (OSError("no disk"), 5)])
def test_a_clean_terminal_whatever_ends_it(
    estate: Runner, drawn: Drawn, monkeypatch: pytest.MonkeyPatch,
    fault: BaseException, code: int,
) -> None:  # fmt: skip
    def failing(*_given: object) -> bytes:
        raise fault

    monkeypatch.setattr(pdf, "render", failing)
    ended = estate("household list -o list.pdf", screen=80, env=SCREEN)
    assert ended.code == code
    assert drawn == [("Making list.pdf", None, 0)]
    assert ended.err.count(HIDDEN) == ended.err.count(SHOWN) == 1
    assert ended.err.index(SHOWN) < ended.err.index("error: "), "said where the bar was"
    with progress.working("afterwards", 1) as step:
        step()
    assert len(drawn) == 1, "nobody listens any more"
