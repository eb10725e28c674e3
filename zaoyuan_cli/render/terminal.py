"""A person's screen: a table by rich, without columns where it is narrow, and as cards where it is narrower still.

What people typed is handed to rich as Text: no markup, no emoji, no highlighting.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from shutil import get_terminal_size
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text as Words

from zaoyuan_cli.document import (
    Chart,
    Code,
    Column,
    Heading,
    Pairs,
    Part,
    Report,
    Signatures,
    Slip,
    State,
    Style,
    Table,
    Text,
    each,
    on_screen,
)
from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.render.cells import (
    FOLDED,
    NOTHING_TO_SHOW,
    RIGHT,
    Grid,
    coded,
    cut,
    grid,
    line,
    lines,
    shown,
    signing,
    spaced,
    tone,
)
from zaoyuan_cli.render.charts import blocks
from zaoyuan_cli.render.fit import GAP, NAME, Plan, fold, hanging, longest_word, plan

COLOURS: dict[Style, str] = {
    "": "",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "dim": "dim",
    "prose": "",
    "right": "",
    "cut": "dim",
}
ASCII_HEAD = Box(str(SIMPLE_HEAD).replace("─", "-"), ascii=True)


def show(report: Report, stream: TextIO, colour: bool = True) -> None:
    """Draw the report on the terminal behind the stream, in its width."""
    size = get_terminal_size()
    coloured = colour and wants_colour(stream)
    _draw(
        report,
        _console(stream, size.columns, size.lines, force_terminal=True, color_system="auto" if coloured else None),
    )


def render(report: Report, width: int = 80, encoding: str = "utf-8") -> str:
    """The same without a terminal: what a screen of that width and encoding shows, without colour."""
    paper = _Paper(newline="\n")
    paper.encoding = encoding
    _draw(report, _console(paper, width, 25, color_system=None, legacy_windows=False))
    return paper.getvalue()


def wants_colour(stream: TextIO) -> bool:
    """Is there a terminal, and nobody who asked for none (NO_COLOR not empty, TERM=dumb)?"""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Paper(StringIO):
    encoding = "utf-8"  # rich asks a file for it


def _console(stream: TextIO, width: int, height: int, **more: Any) -> Console:
    # width and height both: else rich takes 80 columns where TERM is dumb
    return Console(file=stream, width=width, height=height, markup=False, emoji=False, highlight=False, **more)


def _draw(report: Report, console: Console) -> None:
    document = [inner for part in on_screen(report.document()) for inner in _opened(part, console.width)]
    painters: dict[type, Callable[[Any], Iterable[Drawn | Words]]] = {
        Heading: partial(_heading, screen=console.width),
        Text: partial(_text, screen=console.width),
        Table: partial(_table, screen=console.width, box=ASCII_HEAD if console.options.ascii_only else SIMPLE_HEAD),
        Pairs: partial(_pairs, screen=console.width),
        Chart: partial(_chart, screen=console.width, ascii_only=console.options.ascii_only),
        Code: lambda part: _lines(coded(part), console.width),
        Signatures: lambda part: [Words(row) for row in signing(part)],
    }
    for blank, block in zip(spaced(document), each(document, painters), strict=True):
        if blank:
            console.print()
        for piece in block:
            console.print(piece, soft_wrap=isinstance(piece, Words))  # lines are folded here, where nothing is torn


def _opened(part: Part, screen: int) -> Sequence[Part]:
    """A slip as what is on it, its edges and its stamp."""
    if not isinstance(part, Slip):
        return (part,)
    edge = Text("-" * min(screen, 60), "dim")
    return (edge, *((Text(part.stamp, "bad"),) if part.stamp else ()), *part.parts, edge)


def _lines(text: str, screen: int, style: str = "") -> list[Words]:
    return [Words(part, style) for whole in lines(text) for part in hanging(whole, screen)]


def _heading(heading: Heading, screen: int) -> list[Words]:
    return _lines(line(heading.text), screen, "bold")


def _text(text: Text, screen: int) -> list[Words]:
    return _lines(cut(text.text) if text.style == "cut" else text.text, screen, COLOURS[text.style])


def _pairs(pairs: Pairs, screen: int) -> list[Words]:
    fields = []
    for label, value in pairs.rows:
        style = COLOURS[tone(value)] if isinstance(value, State) else ""
        fields.append((line(label), shown(value), style, isinstance(value, str)))
    return _fields(fields, screen)


def _chart(chart: Chart, screen: int, ascii_only: bool) -> list[Words]:
    title = _lines(line(chart.title), screen, "bold") if chart.title else []
    return [*title, *(Words(row) for row in blocks(chart, screen, ascii_only))]


def _table(table: Table, screen: int, box: Box) -> Iterator[Drawn | Words]:
    if table.title:
        yield from _lines(line(table.title), screen, "bold")
    if not table.rows:
        yield from _lines(table.empty or _(NOTHING_TO_SHOW), screen, "dim")
        return
    words = grid(table)
    natural = [
        max(map(cell_len, (heading, *cells, *words.totals[at : at + 1])))
        for at, (heading, cells) in enumerate(zip(words.headings, words.cells, strict=True))
    ]
    letters = [max(map(longest_word, cells), default=0) for cells in words.cells]
    fitting = plan(table.columns, natural, screen, letters)
    if fitting is None:
        yield from _cards(table, words, screen)
        return
    yield _grid(table, words, fitting, box)
    if fitting.dropped:
        names = series(words.headings[at] for at in fitting.dropped)
        note = _("(narrow screen, left out: {columns}; --format csv shows all)").format(columns=names)
        yield from _lines(note, screen, "dim")


def _grid(table: Table, words: Grid, fitting: Plan, box: Box) -> Drawn:
    drawn = Drawn(box=box, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold")
    columns = []
    for at, width in zip(fitting.kept, fitting.widths, strict=True):
        column = table.columns[at]
        folds = column.kind in FOLDED

        def cell(text: str, style: str = "", folds: bool = folds, width: int = width) -> Words:
            return Words("\n".join(fold(text, width, tear=True)) if folds else text, style)

        drawn.add_column(
            cell(words.headings[at]),
            width=width,
            no_wrap=not folds,
            overflow="fold",
            justify="right" if column.kind in RIGHT else "left",
        )
        cells = [cell(text, _style(column, row)) for text, row in zip(words.cells[at], table.rows, strict=True)]
        columns.append([*cells, *(cell(text, "bold") for text in words.totals[at : at + 1])])
    for row in zip(*columns, strict=True):
        drawn.add_row(*row)
    return drawn


def _style(column: Column, row: Mapping[str, object]) -> str:
    return COLOURS[tone(row.get(column.key))] if column.kind == "state" else ""


def _cards(table: Table, words: Grid, screen: int) -> Iterator[Words]:
    """Every record on its own, one field a line."""
    folds = [column.kind in FOLDED for column in table.columns]
    for at, row in enumerate(table.rows):
        if at:
            yield Words("")
        styles = [_style(column, row) for column in table.columns]
        yield from _fields(
            list(zip(words.headings, (cells[at] for cells in words.cells), styles, folds, strict=True)), screen
        )
    if words.totals:
        yield Words("")
        sums = zip(words.headings, words.totals, folds, strict=True)
        yield from _fields([(heading, total, "bold", fold) for heading, total, fold in sums if total], screen)


def _fields(fields: Sequence[tuple[str, str, str, bool]], screen: int) -> list[Words]:
    """Label, value, style, and may it be folded: beside its label where the value fits, else below."""
    indent = max((cell_len(label) for label, *_rest in fields), default=0) + GAP
    drawn = []
    for label, value, style, folds in fields:
        beside = screen - indent
        label_first = f"{label}{' ' * (indent - cell_len(label))}"
        if cell_len(value) <= beside:
            drawn.append(Words.assemble(label_first, (value, style)))
        elif cell_len(label) + GAP + cell_len(value) <= screen:
            drawn.append(Words.assemble(label + " " * GAP, (value, style)))
        elif folds and beside >= 2 * NAME:
            first, *rest = fold(value, beside, tear=True)
            drawn.append(Words.assemble(label_first, (first, style)))
            drawn += [Words(" " * indent + part, style) for part in rest]
        else:
            below = fold(value, max(screen - GAP, NAME), tear=True) if folds else [value]
            drawn += [Words(label), *(Words(" " * GAP + part, style) for part in below)]
    return drawn
