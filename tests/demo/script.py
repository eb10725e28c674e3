"""Lines of the story and their moments, and the playing of them through the real command line."""

from __future__ import annotations

import csv
import io
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli import app, book
from zaoyuan_cli.book import Book, entries

DATA = Path(__file__).parent.parent.parent / "data"
FUND = "众筹专项"


class Said(NamedTuple):
    """A line, when it was typed, and what was given on standard input."""

    moment: str
    line: str
    typed: str | Callable[[Book], str]


SCRIPT: list[Said] = []


def say(day: str, line: str, hour: str = "10:00", typed: str | Callable[[Book], str] = "") -> None:
    """Have a line typed on a day of the past."""
    SCRIPT.append(Said(f"{day}T{hour}:00+08:00", line, typed))


def play() -> None:
    """Type all lines in the order of their moments, those of one moment as they were said. {receipt}, {expense} … are
    the number given last, {cash} what is in the cash box less ten yuan."""
    for one in sorted(SCRIPT, key=lambda said: said.moment):
        os.environ["ZAOYUAN_NOW"] = one.moment
        line = one.line
        for name, find in PLACES.items():
            if f"{{{name}}}" in line:
                line = line.replace(f"{{{name}}}", _asked(find))
        sys.stdin = io.StringIO(one.typed if isinstance(one.typed, str) else _asked(one.typed))
        code = app.run([*shlex.split(line), "--yes", "--quiet", "--lang", "zh"])
        if code:
            sys.exit(f"{one.moment}: zaoyuan {line} → {code}")


def _asked(find: Callable[[Book], str]) -> str:
    opened = book.open_book(Path(os.environ["ZAOYUAN_BOOK"]), Path(os.environ["ZAOYUAN_HOME"]))
    found = find(opened)
    opened.close()
    return found


def _first(query: str) -> Callable[[Book], str]:
    return lambda opened: str(opened.db.execute(query).fetchone()[0])


SERIES = ("receipt", "expense", "income", "meeting", "motion", "decision", "opinion", "ballot", "deliberation")
PLACES: dict[str, Callable[[Book], str]] = {
    **{one: _first(f"SELECT text FROM number WHERE series = '{one}' ORDER BY event DESC LIMIT 1") for one in SERIES},
    "unclaimed": _first("SELECT number FROM contribution WHERE fund = '待认领' ORDER BY event DESC LIMIT 1"),
    "cash": lambda opened: (entries.balance(opened.db, "account", "现金") - 1000).plain(),
}


def roll() -> list[dict[str, str]]:
    """The doors of the estate, as its roster has them."""
    with (DATA / "households.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
