"""How wide a table is on paper, and so in which size and which way round the page it is set.

Rooms, dates, amounts and numbers stay whole; names and notes share what is left. What is too wide for a page on its
long side is set as records, one field a line: nothing is ever cut or left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from zaoyuan_cli.document import BLANK, Column, Kind, Part, Table
from zaoyuan_cli.i18n import _
from zaoyuan_cli.render.cells import FOLDED, NOTHING_TO_SHOW, RIGHT, Grid, grid, line, lines, tone, width

_POINTS = {False: 482.0, True: 728.0}
"""Between the margins of A4, upright and on its side."""
_NARROW = 0.58
"""A letter or figure, in the size of the text; a Chinese character takes 1."""
_PADDING = 0.9
_NAME, _NOTE = 4.2, 9.0
"""A name, a note is not folded narrower than this."""
_WRITTEN: dict[Kind, float] = {"number": 4.0, "money": 6.5}
_SIGNATURE, _OPINION = 7.5, 18.0
"""What is written by hand takes so much: a number, an amount, a name or date, a sentence."""
_LONG = 16
"""A run of letters longer than this may be broken anywhere."""
_RUN = re.compile(rf"[!-~]{{{_LONG}}}")
_MIDDLE = ("date", "state", "flag", "room", "number_text", "box")
_SHORT = 5.0
"""A column whose longest text is no wider stands in the middle; not where it says what the amounts beside it are."""


class Sheet(NamedTuple):
    """Which way round the page is, and how large its tables are set, in points."""

    landscape: bool
    size: float


SHEETS = (
    Sheet(False, 9.5), Sheet(False, 9.0), Sheet(False, 8.5),
    Sheet(True, 9.5), Sheet(True, 9.0), Sheet(True, 8.0), Sheet(True, 7.0),
)  # fmt: skip


class Measure(NamedTuple):
    """What a column takes, in the size of the text: the least, and to stand unbroken; is something to be written into
    it by hand?"""

    least: float
    natural: float
    by_hand: bool


def fitting(parts: Sequence[Part]) -> Sheet:
    """The first sheet on which all tables of a document can stand, else the widest."""
    widest = _widest(parts)
    return next((sheet for sheet in SHEETS if widest * sheet.size <= _POINTS[sheet.landscape]), SHEETS[-1])


def enlarged(parts: Sequence[Part], size: float) -> Sheet | None:
    """An upright sheet with tables of that size, where they can stand on it."""
    return Sheet(False, size) if _widest(parts) * size <= _POINTS[False] else None


def _widest(parts: Sequence[Part]) -> float:
    least = [sum(one.least for one in measures(part, grid(part))) for part in parts if isinstance(part, Table)]
    return max(least, default=0.0)


def measures(table: Table, words: Grid) -> list[Measure]:
    """What each column of a table takes."""
    found = []
    for at, column in enumerate(table.columns):
        by_hand = [row.get(column.key) is BLANK for row in table.rows]
        cells = [cell for cell, blank in zip(words.cells[at], by_hand, strict=True) if not blank]
        cells += words.totals[at : at + 1]
        natural = max(map(across, cells), default=0.0) + _PADDING
        heading = across(words.headings[at]) + _PADDING
        if column.kind in FOLDED:
            word = max((max(map(across, cell.split()), default=0.0) for cell in cells if cell.isascii()), default=0.0)
            least = min(natural, max(_NOTE if column.flex else _NAME, min(word, _LONG * _NARROW)) + _PADDING)
        else:
            least = natural
        if any(by_hand):
            written = _OPINION if column.flex else _WRITTEN.get(column.kind, _SIGNATURE)
            least, natural = max(least, min(written, _SIGNATURE)), max(natural, written)
        found.append(Measure(max(least, min(heading, _NAME)), max(natural, heading), any(by_hand)))
    return found


def alike(parts: Sequence[Part]) -> dict[tuple[Column, ...], list[Measure]]:
    """What each column takes where several tables of a document have the same ones: they stand under one another."""
    found: dict[tuple[Column, ...], list[Table]] = {}
    for part in parts:
        if isinstance(part, Table):
            found.setdefault(part.columns, []).append(part)
    return {
        columns: [
            Measure(max(m.least for m in of), max(m.natural for m in of), any(m.by_hand for m in of))
            for of in zip(*(measures(one, grid(one)) for one in tables), strict=True)
        ]
        for columns, tables in found.items()
        if len(tables) > 1
    }


def set_table(table: Table, sheet: Sheet, like: Sequence[Measure] = ()) -> dict[str, Any]:
    """A table as data for the template: on this sheet, or as records where it is too wide for it. Its columns are as
    wide as those of the tables it is like, where these have room."""
    words = grid(table)
    room = _POINTS[sheet.landscape] / sheet.size
    taken = like if like and sum(one.least for one in like) <= room else measures(table, words)
    if sum(one.least for one in taken) > room:
        return _records(table, words)
    loose = sum(one.natural for one in taken) <= room
    named = bool(like) or any(column.kind == "money" for column in table.columns)
    columns = [
        {
            "heading": heading,
            "right": column.kind in RIGHT,
            "middle": column.kind in _MIDDLE or (not named and max(map(across, cells), default=0) <= _SHORT),
            "digits": column.kind not in ("text", "state", "flag"),
            "whole": column.kind not in FOLDED,
            "box": column.kind == "box",
            "share": round(min(one.natural, room / 2), 2) if loose or one.by_hand or one.natural > one.least else 0,
        }
        for heading, cells, column, one in zip(words.headings, words.cells, table.columns, taken, strict=True)
    ]
    rows = [
        [
            {
                "lines": [""] if row.get(column.key) is BLANK else _breakable(cells[at], column),
                "style": tone(row.get(column.key)) if column.kind == "state" else "",
            }
            for cells, column in zip(words.cells, table.columns, strict=True)
        ]
        for at, row in enumerate(table.rows)
    ]
    return {
        "part": "table", "title": line(table.title), "empty": lines(table.empty or _(NOTHING_TO_SHOW)),
        "size": sheet.size, "columns": columns, "rows": rows, "totals": words.totals, "by_hand": by_hand(table),
    }  # fmt: skip


def _records(table: Table, words: Grid) -> dict[str, Any]:
    """The table as two columns: a record after the other, an empty line between."""
    rows = []
    for at in range(len(table.rows)):
        rows += [(heading, cells[at]) for heading, cells in zip(words.headings, words.cells, strict=True)]
        rows.append(("", ""))
    rows += [(heading, total) for heading, total in zip(words.headings, words.totals, strict=False) if total]
    plain = {"right": False, "middle": False, "digits": False, "whole": False, "box": False, "heading": ""}
    return {
        "part": "table", "title": line(table.title), "empty": [""], "size": SHEETS[0].size, "totals": [],
        "by_hand": False, "columns": [{**plain, "share": 1}, {**plain, "share": 3}],
        "rows": [[{"lines": [label], "style": ""}, {"lines": [value], "style": ""}] for label, value in rows],
    }  # fmt: skip


def by_hand(table: Table) -> bool:
    """Is something to be written into it?"""
    return any(column.kind == "box" for column in table.columns) or any(BLANK in row.values() for row in table.rows)


def _breakable(cell: str, column: Column) -> list[str]:
    """A run of letters without a blank would stand out of its column: it may be broken."""
    return [_RUN.sub("\\g<0>\u200b", cell) if column.kind in FOLDED else cell]


def across(text: str) -> float:
    """How wide a text is, in its own size."""
    cells = width(text)
    wide = max(cells - len(text), 0)
    return wide + (cells - 2 * wide) * _NARROW
