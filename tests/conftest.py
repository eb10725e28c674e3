"""The fixtures of a user's day: `zaoyuan("pay 3-2-501 100 --json")` runs one command line in this process."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from zaoyuan_cli import app, i18n, trouble
from zaoyuan_cli.i18n.build import compile_catalogue

NOW = "2022-05-31T12:00:00+08:00"
_CLEARED = ("ZAOYUAN_BOOK", "ZAOYUAN_WHO", "ZAOYUAN_EDITOR", "ZAOYUAN_PAGER", "ZAOYUAN_NO_INPUT", "NO_COLOR",
            "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_MESSAGES", "LANG", "VISUAL", "EDITOR", "PAGER")  # fmt: skip


settings.register_profile("suite", max_examples=40)
settings.load_profile("suite")  # the whole suite passes in ten minutes anywhere


def pytest_configure(config: pytest.Config) -> None:
    """The catalogue is never older than its sources."""
    if not hasattr(config, "workerinput"):
        compile_catalogue()
    i18n._catalogue.cache_clear()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything a test may need was installed (.ci/run), a test that skips is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("ZAOYUAN_NO_SKIP") and reporter and (skipped := reporter.stats.get("skipped")):
        print(f"\n{len(skipped)} tests skipped, and ZAOYUAN_NO_SKIP is set")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


class Result(NamedTuple):
    """What a command line left behind."""

    line: str
    code: int
    out: str
    err: str

    @property
    def ok(self) -> Result:
        """Itself, after asserting that it went well: `zaoyuan("…").ok.json`."""
        assert self.code == 0, f"$ {self.line}\nexit {self.code}\n{self.out}{self.err}"
        return self

    @property
    def json(self) -> Any:
        """The answer, parsed."""
        assert self.out, f"$ {self.line}\nexit {self.code}, no answer\n{self.err}"
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The "error" of a refusal with --json."""
        return json.loads(self.err)["error"]


class _Keyboard(io.StringIO):
    """Standard input; with tty, a person types it."""

    def __init__(self, text: str, tty: bool) -> None:
        super().__init__(text)
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


class _Screen(io.StringIO):
    """Standard output or error of a terminal."""

    def isatty(self) -> bool:
        return True


class Runner:
    """Runs command lines on one book. home, book: where they are; lang, now: what the next lines find."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch
        self.home, self.book = folder / "home", folder / "zaoyuan.db"
        self.lang, self.now = "en", NOW

    def __call__(
        self,
        line: str | Sequence[str],
        *,
        input: str | None = None,
        tty: bool = False,
        screen: int = 0,
        lang: str = "",
        now: str = "",
        home: Path | None = None,
        book: Path | None = None,
        env: dict[str, str] | None = None,
    ) -> Result:
        """Run one line.

        input: what is typed; tty: a person types it (else a pipe); screen: columns of a terminal that shows the
        answer (0: a pipe).
        """
        argv = shlex.split(line) if isinstance(line, str) else list(line)
        out, err = (_Screen(), _Screen()) if screen else (io.StringIO(), io.StringIO())
        with self.patch.context() as patch:
            for name, value in (self.environment(lang, now, home, book) | (env or {})).items():
                patch.setenv(name, value)
            if screen:
                patch.setenv("COLUMNS", str(screen))
            patch.setattr(sys, "stdin", _Keyboard(input or "", tty))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = app.run(argv)
        return Result(shlex.join(argv), code, out.getvalue(), err.getvalue())

    def environment(self, lang: str, now: str, home: Path | None, book: Path | None) -> dict[str, str]:
        """The variables a run finds."""
        return {
            "ZAOYUAN_HOME": str(home or self.home),
            "ZAOYUAN_BOOK": str(book or self.book),
            "ZAOYUAN_LANG": lang or self.lang,
            "ZAOYUAN_NOW": now or self.now,
        }


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings, books or language of the machine it runs on; a fault of the program is shown whole."""
    for name in _CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ZAOYUAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZAOYUAN_NOW", NOW)
    monkeypatch.setenv("ZAOYUAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    said = trouble.anonymous

    def aloud(error: BaseException) -> str:
        traceback.print_exception(error, file=sys.__stderr__)
        return said(error)

    monkeypatch.setattr(trouble, "anonymous", aloud)
    monkeypatch.setattr(i18n, "_chosen", "")


@pytest.fixture(autouse=True)
def _ledger_is_the_journal_replayed(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did: every book it leaves holds the ledger that its journal says."""
    yield
    if request.node.get_closest_marker("altered"):
        return
    from tests import replays
    from zaoyuan_cli.book import ledger

    for path in tmp_path.rglob("*.db"):
        if "cache" not in path.parts and _book_version(path) == ledger.VERSION:
            assert replays.differences(path) == [], f"{path.name}: the ledger is not the journal replayed"


def _book_version(path: Path) -> int:
    """The version of a book's ledger; 0 for a file that is no book."""
    head = path.read_bytes()[:100] if path.is_file() else b""
    return int.from_bytes(head[60:64], "big") if head[68:72] == b"zybk" else 0


@pytest.fixture
def zaoyuan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Run command lines in this process, on a book in tmp_path that `init` has yet to begin."""
    return Runner(tmp_path, monkeypatch)


@pytest.fixture
def zaoyuan_process(zaoyuan: Runner) -> Callable[..., Result]:
    """The same in a process of its own: for encodings, signals, start-up."""

    def run(line: str | Sequence[str], *, input: str | None = None, env: dict[str, str] | None = None,
            **where: Any) -> Result:  # fmt: skip
        argv = shlex.split(line) if isinstance(line, str) else list(line)
        found = zaoyuan.environment(where.get("lang", ""), where.get("now", ""), where.get("home"), where.get("book"))
        done = subprocess.run(
            [sys.executable, "-m", "zaoyuan_cli.app", *argv],
            input=input if input is not None else "",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[1]), **found, **(env or {})},
        )
        return Result(shlex.join(argv), done.returncode, done.stdout, done.stderr)

    return run
