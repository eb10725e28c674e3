"""Text for a pipe: complete, one record a line, columns aligned, nothing cut and no blanks at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zaoyuan_cli.document import Code, Heading, Pairs, Report, Signatures, Slip, Table, Text, each
from zaoyuan_cli.i18n import _
from zaoyuan_cli.render.cells import (
    NOTHING_TO_SHOW,
    coded,
    cut,
    grid,
    line,
    lines,
    rightward,
    shown,
    signing,
    spaced,
    stack,
    width,
)
from zaoyuan_cli.render.charts import without

GAP = "  "
MOST = 72
"""A cell wider than this pushes what follows it aside, and not that of every other row."""
EDGE = 60
"""How wide the edge of a slip is drawn."""


def render(report: Report) -> str:
    """The whole report as text."""
    document = without(report.document())
    return stack(each(document, PAINTERS), spaced(document))


def aligned(columns: list[list[str]], right: list[bool]) -> list[str]:
    """Columns of equal length side by side, one line a row."""
    padded = []
    for column, to_right in zip(columns, right, strict=True):
        widths = {cell: width(cell) for cell in set(column)}
        usual = max((taken for taken in widths.values() if taken <= MOST), default=MOST)
        blanks = {cell: " " * (usual - taken) for cell, taken in widths.items()}
        wide = {cell: blank + cell if to_right else cell + blank for cell, blank in blanks.items()}
        padded.append([wide[cell] for cell in column])
    return [GAP.join(cells).rstrip() for cells in zip(*padded, strict=True)]


def _table(table: Table) -> str:
    above = [line(table.title)] if table.title else []
    if not table.rows:
        return "\n".join([*above, *lines(table.empty or _(NOTHING_TO_SHOW))])
    words = grid(table)
    columns = [[heading, *cells] for heading, cells in zip(words.headings, words.cells, strict=True)]
    for column, total in zip(columns, words.totals, strict=False):
        column.append(total)
    return "\n".join(above + aligned(columns, rightward(table.columns)))


def _pairs(pairs: Pairs) -> str:
    labels = [line(label) for label, _value in pairs.rows]
    return "\n".join(aligned([labels, [shown(value) for _label, value in pairs.rows]], [False, False]))


def _text(text: Text) -> str:
    return cut(text.text) if text.style == "cut" else "\n".join(part.rstrip() for part in lines(text.text))


def _slip(slip: Slip) -> str:
    stamp = [f"[{line(slip.stamp)}]"] if slip.stamp else []
    body = stack(each(slip.parts, PAINTERS), spaced(slip.parts))
    return "\n".join(["-" * EDGE, *stamp, body.rstrip("\n"), "-" * EDGE])


PAINTERS: dict[type, Callable[[Any], str]] = {
    Heading: lambda heading: line(heading.text),
    Text: _text,
    Table: _table,
    Pairs: _pairs,
    Slip: _slip,
    Code: coded,
    Signatures: lambda signatures: "\n".join(signing(signatures)),
}
