"""Bars: one SVG for the web page and the PDF, blocks for the screen, a table for whoever has no pictures.

The series of a chart differ by how they are filled (solid, outline, tint), every bar has its figure beside it, and the
picture says all of it in words: nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterator

from zaoyuan_cli.document import Chart, Column, Document, Kind, Part, Table, on_screen
from zaoyuan_cli.render.cells import line, of_kind, width

BLOCKS = "█▒░"
ASCII_BLOCKS = "#=-"
NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

_WIDE = 400
"""How wide the picture is, in its own units: those of a telephone, so that its letters stay readable there."""
_LETTER = 12
_HALF = 6.8
"""A narrow letter of that size; a Chinese one takes 12, and so does a percent sign."""
_THICK, _GAP, _BETWEEN = 11, 3, 9
_LOOKS = (
    'fill="currentColor"',
    'fill="none" stroke="currentColor"',
    'fill="currentColor" fill-opacity=".35" stroke="currentColor"',
)


def without(document: Document) -> list[Part]:
    """The document for formats without pictures: a chart is a table, or left out where there is one."""
    parts = on_screen(document)
    return [
        as_table(part) if isinstance(part, Chart) else part
        for part in parts
        if not (isinstance(part, Chart) and part.tabled)
    ]


def as_table(chart: Chart) -> Table:
    """A bar a row, a series a column."""
    kind: Kind = "number_text" if chart.kind == "percent" else chart.kind
    series = [Column(f"value{at}", name, kind) for at, name in enumerate(chart.series)]
    rows: list[dict[str, object]] = []
    for bar in chart.bars:
        row: dict[str, object] = {"label": bar.label}
        for column, value in zip(series, bar.values, strict=True):
            row[column.key] = f"{value}%" if chart.kind == "percent" and value is not None else value
        rows.append(row)
    return Table((Column("label", chart.axis or " "), *series), rows, title=chart.title)


def said(chart: Chart) -> list[list[str]]:
    """The figure of every bar as words, bar by bar, series by series."""
    if chart.kind == "percent":
        return [["-" if value is None else f"{value}%" for value in bar.values] for bar in chart.bars]
    show = of_kind(chart.kind)
    return [[show(value) for value in bar.values] for bar in chart.bars]


def full(chart: Chart) -> int:
    """What a bar of full length stands for."""
    highest = max((value or 0 for bar in chart.bars for value in bar.values), default=0)
    return max(highest, 100 if chart.kind == "percent" else 1)


def blocks(chart: Chart, screen: int, ascii_only: bool = False) -> Iterator[str]:
    """The bars as lines of blocks, each no wider than the screen where that can be."""
    signs = ASCII_BLOCKS if ascii_only else BLOCKS
    if len(chart.series) > 1:
        yield "  ".join(f"{sign} {line(name)}" for sign, name in zip(signs, chart.series, strict=False))
    figures, most = said(chart), full(chart)
    labels = [line(bar.label) for bar in chart.bars]
    before = max(map(width, labels), default=0)
    behind = max((width(figure) for row in figures for figure in row), default=0)
    room = max(screen - before - behind - 4, 8)
    for label, bar, row in zip(labels, chart.bars, figures, strict=True):
        for at, (value, figure) in enumerate(zip(bar.values, row, strict=True)):
            name = label if at == 0 else ""
            long = _length(value, most, room)
            yield f"{name}{' ' * (before - width(name))}  {signs[at] * round(long)}{' ' if long else ''}{figure}"


def svg(chart: Chart) -> str:
    """The picture; its letters take the colour of what is around it."""
    figures, labels = said(chart), [line(bar.label) for bar in chart.bars]
    before = min(max(map(_across, labels), default=0), _WIDE * 0.36) + 8
    behind = max((_across(figure) for row in figures for figure in row), default=0) + 6
    room, most, y = _WIDE - before - behind, full(chart), 4.0
    drawn = []
    if len(chart.series) > 1:
        drawn, y = _legend(chart), 4.0 + _LETTER + _BETWEEN
    for label, bar, row in zip(labels, chart.bars, figures, strict=True):
        tall = len(row) * (_THICK + _GAP) - _GAP
        drawn.append(_words(0, y + tall / 2 + 4, label, before - 8))
        for at, (value, figure) in enumerate(zip(bar.values, row, strict=True)):
            top, long = y + at * (_THICK + _GAP), _length(value, most, room)
            if long:
                drawn.append(_rect(before, top, long, at))
            drawn.append(_words(before + long + 4, top + _THICK - 1.5, figure))
        y += tall + _BETWEEN
    return (
        f'<svg xmlns="{NAMESPACE}" class="chart" viewBox="0 0 {_WIDE} {y:g}" width="{_WIDE}" '
        f'height="{y:g}" role="img" font-family="{FONTS}" font-size="{_LETTER}" color="#1d1d1f">'
        f"<title>{_escaped(_aloud(chart, figures))}</title>{''.join(drawn)}</svg>"
    )


def _aloud(chart: Chart, figures: list[list[str]]) -> str:
    """The whole picture as a sentence, for who hears it."""
    bars = "; ".join(
        f"{line(bar.label)} "
        + ", ".join(f"{line(name)} {figure}" for name, figure in zip(chart.series, row, strict=True))
        for bar, row in zip(chart.bars, figures, strict=True)
    )
    return f"{line(chart.title)}: {bars}" if chart.title else bars


def _legend(chart: Chart) -> list[str]:
    drawn, x = [], 0.0
    for at, name in enumerate(chart.series):
        drawn += [_rect(x + 0.5, 4, 14, at), _words(x + 20, 4 + _THICK - 1, line(name))]
        x += 36 + _across(line(name))
    return drawn


def _rect(x: float, y: float, long: float, at: int) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{long:.4g}" height="{_THICK}" {_LOOKS[at]}/>'


def _words(x: float, y: float, text: str, room: float = 0) -> str:
    squeezed = f' textLength="{room:g}" lengthAdjust="spacingAndGlyphs"' if room and _across(text) > room else ""
    return f'<text x="{x:g}" y="{y:g}" fill="currentColor"{squeezed}>{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    from html import escape  # its table of entities is no part of the start of every list

    return escape(text)


def _length(value: int | None, most: int, room: float) -> float:
    """How long a bar is; what is not nothing is to be seen."""
    return max(int(value) * room / int(most), 1.0) if value and value > 0 else 0.0


def _across(text: str) -> float:
    return sum(_LETTER if width(char) == 2 or char == "%" else _HALF for char in text)
