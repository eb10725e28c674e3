"""Ten thousand random years of a treasurer, and the outputs of each, against the oracle of tests/ties.py:

    python tests/benchmarks/ties.py 10000 [first seed]

After every line that wrote, what the book reckons is compared with what the oracle does, so that each beginning of a
year is a sequence of its own; at its end every output is. A year that does not tie is printed line by line. JOBS is how
many processes there are.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests import test_ties
from tests.conftest import Runner
from zaoyuan_cli import app

FORMATS, HLEDGER = 1, 25  # a format besides JSON now and then; every which year hledger is asked
JOBS = int(os.environ.get("JOBS") or os.cpu_count() or 1)
FAST = Path("/dev/shm")
_began: list[Runner] = []
_patch = pytest.MonkeyPatch()


def begin(folder: str) -> None:
    """In each process: the book that its years begin with."""
    app.tree = cache(app.tree)  # a command is built once, not once a line
    home = Path(folder) / f"began-{os.getpid()}"
    home.mkdir()
    _began.append(test_ties.template(Runner(home, _patch)))


def year(seed: int) -> tuple[int, int, int, int, str]:
    """(lines typed, lines that wrote, answers compared, hledger asked, what is wrong)."""
    folder = _began[0].folder / str(seed)
    folder.mkdir()
    zaoyuan = Counting(folder, _patch)
    try:
        lived = test_ties.sequence(zaoyuan, _began[0], seed, FORMATS)
        asked = seed % HLEDGER == 0 and bool(shutil.which("hledger"))
        if asked:
            test_ties.agrees(zaoyuan, lived)
        return len(lived.typed), lived.wrote, zaoyuan.answers - len(lived.typed), asked, ""
    except Exception as error:  # whatever it was, it is told with its seed, and the other years go on
        return 0, 0, 0, 0, f"seed {seed}: {type(error).__name__} {error}"
    finally:
        shutil.rmtree(folder)


class Counting(Runner):
    """A runner that knows how many lines it ran."""

    answers = 0

    def __call__(self, *words, **more):  # type: ignore[no-untyped-def, override]
        self.answers += 1
        return super().__call__(*words, **more)


def main() -> None:
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    start, sums, wrong = time.monotonic(), [0, 0, 0, 0], 0
    text = "{} years, {} lines typed, {} wrote and tied, {} answers compared, {} asked of hledger, {} wrong, {:.0f} s"
    with (
        tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as folder,
        multiprocessing.Pool(JOBS, initializer=begin, initargs=(folder,)) as pool,
    ):
        for done, (*figures, said) in enumerate(pool.imap_unordered(year, range(first, first + count)), 1):
            sums = [one + more for one, more in zip(sums, figures, strict=True)]
            if said:
                wrong += 1
                print(said, flush=True)
            if done % 250 == 0 or done == count or wrong > 5:
                print(text.format(done, *sums, wrong, time.monotonic() - start), flush=True)
            if wrong > 5:
                break
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
