"""Markdown (GitHub's tables). What people typed is text on the page too, never a heading, link, image or HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from zaoyuan_cli.document import Code, Heading, Pairs, Report, Signatures, Slip, Style, Table, Text, each
from zaoyuan_cli.i18n import _
from zaoyuan_cli.render.cells import NOTHING_TO_SHOW, grid, line, lines, rightward, shown, signing
from zaoyuan_cli.render.charts import without

_MARKS = re.compile(r"[\\`*_\[\]<>|~&#$@!^{}]")
_LINKS = re.compile(r":(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)  # https://, :smile:, www.
_LIST = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+=](?!\d)))")  # "1. ", "- ", "---", but not -5.00
_FRAMES: dict[Style, tuple[str, str]] = {"bad": ("**", "**"), "warn": ("**", "**"), "dim": ("*", "*")}


def render(report: Report) -> str:
    """The whole report as Markdown."""
    return "\n\n".join(each(without(report.document()), PAINTERS)) + "\n"


def escaped(text: str) -> str:
    """Text inside a line or a cell."""
    return _LINKS.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", line(text)))


def _start(text: str) -> str:
    """Text that begins a line: no list, no underline, no number of a list."""
    return _LIST.sub(r"\1\\", escaped(text).strip())


def _heading(heading: Heading) -> str:
    return f"{'#' * min(max(heading.level, 1), 6)} {_start(heading.text)}"


def _text(text: Text) -> str:
    before, after = _FRAMES.get(text.style, ("", ""))
    kept = [_start(part) for part in lines(text.text) if part.strip()]
    return "\\\n".join(f"{before}{part}{after}" for part in kept)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(table: Table) -> str:
    title = f"**{escaped(table.title)}**\n\n" if table.title else ""
    if not table.rows:
        return title + "\n".join(_start(part) for part in lines(table.empty or _(NOTHING_TO_SHOW)))
    words = grid(table)
    rows = [words.headings, ["---:" if right else "---" for right in rightward(table.columns)]]
    body = [list(map(escaped, row)) for row in zip(*words.cells, strict=True)]
    total = [[f"**{escaped(cell)}**" if cell else "" for cell in words.totals]] if words.totals else []
    return title + "\n".join(map(_row, [list(map(escaped, rows[0])), rows[1], *body, *total]))


def _pairs(pairs: Pairs) -> str:
    return "\n".join(f"- **{escaped(label)}**: {escaped(shown(value))}" for label, value in pairs.rows)


def _slip(slip: Slip) -> str:
    stamp = [f"**{escaped(slip.stamp)}**"] if slip.stamp else []
    return "\n\n".join(["---", *stamp, *each(slip.parts, PAINTERS)])


PAINTERS: dict[type, Callable[[Any], str]] = {
    Heading: _heading,
    Text: _text,
    Table: _table,
    Pairs: _pairs,
    Slip: _slip,
    Code: lambda code: f"**{escaped(code.label)}** {escaped(code.text)}" if code.label else escaped(code.text),
    Signatures: lambda signatures: "\\\n".join(map(escaped, signing(signatures))),
}
