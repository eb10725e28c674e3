"""Writing: all or nothing, whoever pulls the plug and however many write at once."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from laptops import Laptop, add_household, another, found, pay

from zaoyuan_cli.book import backups, checking, journal

ROWS = 60
SCRIPT = f"""
import os, sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[1])]!r}
from pathlib import Path
from laptops import DAY, pay
from zaoyuan_cli.book import open_book
from zaoyuan_cli.facts.households import HouseholdAdded

book = open_book(Path(sys.argv[1]), Path(sys.argv[2]))
what, die_at = sys.argv[3], int(sys.argv[4])
seen = 0

def count(statement):
    global seen
    seen += 1
    if seen == die_at:
        os.kill(os.getpid(), 9)

if die_at:
    book.db.set_trace_callback(count)
if what == "import":
    with book.writing("import households"):
        for n in range({ROWS}):
            book.record(HouseholdAdded(room=f"2-1-{{100 + n}}", unit="2-1", on=DAY))
elif what == "undo":
    from zaoyuan_cli.book import steps
    steps.undo(book, steps.find(book))
elif what == "redo":
    from zaoyuan_cli.book import steps
    steps.redo(book, steps.find_undone(book))
elif what == "merge":
    from zaoyuan_cli.book import merging
    merging.merge(book, Path(sys.argv[5]))
elif what == "many":
    for _time in range(10):
        print(pay(book, room="1-1-101"), flush=True)
else:
    print(pay(book, room="1-1-101"))
print("done", seen)
"""


@pytest.fixture
def laptop(tmp_path) -> Laptop:
    first = found(tmp_path)
    book = first.open()
    add_household(book, 0, "1-1-101")
    pay(book, room="1-1-101")
    book.close()
    return first


def start(laptop: Laptop, what: str, die_at: int = 0, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(laptop.path), str(laptop.home), what, str(die_at), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(laptop: Laptop, what: str, die_at: int = 0, *more: str) -> tuple[int, str]:
    process = start(laptop, what, die_at, *more)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err, err
    return process.returncode, out


def state(laptop: Laptop) -> tuple[int, int, list[str]]:
    """Steps, facts, and what `check` says; the ledger is compared with the journal within it."""
    book = laptop.open()
    try:
        steps, facts = book.db.execute("SELECT (SELECT count(*) FROM command), (SELECT count(*) FROM event)").fetchone()
        return steps, facts, [one.message for one in checking.problems(book)]
    finally:
        book.close()


def killed_everywhere(laptop: Laptop, tmp_path: Path, what: str, points: int, *more: str) -> None:
    """Kill a writer at several of its statements, the last ones among them; then let it finish."""
    whole = Laptop(tmp_path, "whole")
    keep(laptop, whole)
    _code, out = run(whole, what, 10**9, *more)
    statements, before, after = int(out.split()[-1]), state(laptop), state(whole)
    assert after[2] == []
    assert after[:2] != before[:2]
    places = sorted({1 + n * statements // points for n in range(points)} | {statements - 1, statements})
    for place in places:
        tried = Laptop(tmp_path, "tried")
        keep(laptop, tried)
        code, _out = run(tried, what, place, *more)
        assert code == -signal.SIGKILL
        assert state(tried) in (before, after), f"{what}, killed at statement {place} of {statements}"
        if state(tried) == before:
            assert run(tried, what, 0, *more)[0] == 0
        assert state(tried) == after


def keep(laptop: Laptop, other: Laptop) -> None:
    """The same machine's book under another name: a fresh try."""
    shutil.rmtree(other.home, ignore_errors=True)
    for path in other.path.parent.glob(f"{other.path.name}*"):
        path.unlink()
    shutil.copyfile(laptop.path, other.path)
    shutil.copytree(laptop.home, other.home)


@pytest.mark.parametrize(("what", "points"), [("import", 4), ("pay", 4), ("undo", 3)])
def test_kill_9_at_any_statement_leaves_all_or_nothing(laptop, tmp_path, what, points):
    killed_everywhere(laptop, tmp_path, what, points)


def test_kill_9_within_a_redo_and_a_merge(laptop, tmp_path):
    """Both derive the whole ledger anew within their transaction."""
    run(laptop, "undo")
    killed_everywhere(laptop, tmp_path, "redo", 3)
    second = another(laptop, "b")
    book = second.open()
    pay(book, room="1-1-101")
    book.close()
    killed_everywhere(laptop, tmp_path, "merge", 3, str(second.path))


def test_kill_9_at_random_moments(laptop, tmp_path):
    """Also between the statements, and while the anchor is written: a soak of ten imports."""
    chance, before = random.Random(1), state(laptop)
    for _time in range(10):
        tried = Laptop(tmp_path, "tried")
        keep(laptop, tried)
        process = start(tried, "import")
        time.sleep(chance.uniform(0.05, 0.35))
        process.kill()
        process.communicate()
        steps, facts, problems = state(tried)
        assert problems == []
        assert (steps, facts) in (before[:2], (before[0] + 1, before[1] + ROWS))


def test_eight_writers_at_once_lose_nothing(laptop):
    writers = [start(laptop, "many") for _n in range(8)]
    given: list[str] = []
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        given += [word for word in out.split() if word.startswith("A2022-")]
    assert sorted(given) == [f"A2022-{n:04d}" for n in range(2, 82)]
    steps, _facts, problems = state(laptop)
    assert (steps, problems) == (3 + 80, [])
    book = laptop.open()
    assert book.readonly == ""
    assert book.anchor.heads()[book.device] == journal.head(book.db, book.device)
    assert pay(book, room="1-1-101") == "A2022-0082"
    book.close()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix's")
def test_a_disk_that_fills_leaves_the_book_as_it_was(laptop):
    """RLIMIT_FSIZE stands for a full disk: SQLite says IOERR or FULL, and the book is whole."""
    size, before = laptop.path.stat().st_size, state(laptop)
    for room in (0, 4096, 20_000):
        limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size + room},) * 2)\n"
        done = subprocess.run(
            [sys.executable, "-c", limited + SCRIPT, str(laptop.path), str(laptop.home), "import", "0"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode != 0
        assert "disk" in done.stderr
        assert state(laptop) == before
    assert run(laptop, "import")[0] == 0


def test_a_backup_made_while_others_write_is_whole(laptop, tmp_path):
    writer = start(laptop, "many")
    book = laptop.open()
    made = [backups.make(book, tmp_path / "backups") for _time in range(3)]
    book.close()
    assert writer.wait(timeout=60) == 0
    writer.communicate()
    for one in made:
        assert backups.verify(one.path).steps == one.steps
    assert os.listdir(tmp_path / "backups") != []


def test_check_and_reports_are_right_while_others_write(laptop):
    """What is compared is one moment of the book, not two."""
    writers = [start(laptop, "many") for _n in range(2)]
    while any(writer.poll() is None for writer in writers):
        assert state(laptop)[2] == []
    for writer in writers:
        _out, err = writer.communicate()
        assert writer.returncode == 0, err
