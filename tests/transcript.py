"""Documents whose console blocks are run: the `$ zaoyuan …` lines of each ```console block are typed in order, and what
they print must stand below them. A line of `...` stands for any lines, `...` at a line's end for its rest.

```console zh is a block in Chinese, ```console en B one typed on a second laptop, whose book began as a copy of the
first's. A block ```md NAME.md is a file of that name, there from the beginning. All blocks of one document share one
folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r"^```console(?: (\S+))?(?: (\S+))?\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"^```\w+ (\S+\.\w+)\n(.*?)^```$", re.M | re.S)


class Exchange(NamedTuple):
    """A command line, what must come, the line of the document it stands on, its language, the laptop."""

    line: str
    expected: list[str]
    place: int
    lang: str
    laptop: str


def exchanges(document: Path) -> Iterator[Exchange]:
    """The exchanges of a document, in order."""
    text = document.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        place = text.count("\n", 0, block.start(3)) + 1
        lines = block[3].splitlines()
        starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield Exchange(lines[start][2:], lines[start + 1 : end], place + start, block[1] or "en", block[2] or "")


def files(document: Path) -> Iterator[tuple[str, str]]:
    """Name and text of the files a document shows."""
    for block in FILE.finditer(document.read_text(encoding="utf-8")):
        yield block[1], block[2]


def fits(expected: list[str], shown: list[str]) -> bool:
    """Whether what came is what was expected; `...` stands for any lines, trailing blanks do not matter."""
    if not expected:
        return not shown
    if expected[0].strip() == "...":
        return any(fits(expected[1:], shown[skipped:]) for skipped in range(len(shown) + 1))
    return bool(shown) and _same(expected[0].rstrip(), shown[0].rstrip()) and fits(expected[1:], shown[1:])


def _same(expected: str, shown: str) -> bool:
    return shown.startswith(expected[:-3]) if expected.endswith("...") else shown == expected
