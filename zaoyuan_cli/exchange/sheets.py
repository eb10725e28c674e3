"""Sheets: rows of cells as a spreadsheet keeps them, and cells as somebody would have typed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import _

Cell: TypeAlias = str | float | int | bool | date | time | timedelta | None
Span: TypeAlias = tuple[int, int, int]
"""A cell merged downwards: its column, its first row and its last, from 0."""

MOST_ROWS = 100_000
MOST_CELLS = 5_000_000
_BLANKS = " \t\r\n\f\v\u3000\xa0"
_NOTHING = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff", ""))  # stand between letters and are never meant


class Row(NamedTuple):
    """The cells of a line, and its number in the file, from 1."""

    line: int
    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """A sheet without its empty lines; text files have one, without a name."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


def text_of(cell: Cell) -> str:
    """A cell as somebody would type it: a number without a needless .0, a day as ISO, no blanks around it, no
    apostrophe that says "this is text" before it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.10f}".rstrip("0")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return bare(cell) if isinstance(cell, str) else str(cell)


def bare(text: str) -> str:
    """A text without what is not seen of it: blanks at its ends, of zero width anywhere, the sign of a text cell."""
    text = text.translate(_NOTHING).replace("_x000D_", "\n").strip(_BLANKS)
    return text[1:].strip(_BLANKS) if text[:1] in ("'", "`", "＇") else text


def sheet(name: str, rows: Sequence[Sequence[Cell]], spans: Iterable[Span] = (), hidden: bool = False) -> Sheet:
    """A sheet of rows from the first line on; what is merged downwards stands in each of its lines, unless nothing
    else does. Raises FileUnreadable above MOST_ROWS."""
    if len(rows) > MOST_ROWS:
        raise too_large(name)
    full = [any(text_of(cell) for cell in row) for row in rows]
    found = [list(row) for row in rows]
    left = MOST_CELLS
    for place, first, last in spans:
        last = min(last, len(found) - 1)
        left -= max(0, last - first)
        if left < 0:
            raise too_large(name)
        for row in found[first + 1 : last + 1]:
            if place < len(row) and place < len(found[first]) and not text_of(row[place]):
                row[place] = found[first][place]
    lines = [Row(n, tuple(row)) for n, (row, is_full) in enumerate(zip(found, full, strict=True), 1) if is_full]
    return Sheet(name, tuple(lines), hidden)


def column(text: str) -> int | None:
    """The place of a column by its letters, A, B … AA, or None."""
    if not re.fullmatch("[A-Za-z]{1,3}", text):
        return None
    place = 0
    for letter in text.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def letters(place: int) -> str:
    """The letters of a column by its place: A, B … AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def too_large(name: str) -> FileUnreadable:
    """The refusal of what no estate's list can be."""
    return refused(
        _("{name} is too large for a list of households: more than {n} lines, or columns without end."),
        name,
        n=f"{MOST_ROWS:,}",
    )


def refused(said: str, name: str, hint: str = "", **more: object) -> FileUnreadable:
    """The refusal of a file in a sentence with its name."""
    return FileUnreadable(said.format(name=name or _("The file"), **more), field="file", value=name, hint=hint)
