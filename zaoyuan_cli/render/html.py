"""One web page in one file: nothing is fetched, it reads on a phone, in the dark and on A4."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import (
    BLANK,
    Blank,
    Chart,
    Code,
    Column,
    Document,
    Heading,
    Pairs,
    Report,
    Running,
    Signatures,
    Slip,
    Table,
    Text,
    each,
    inside,
    merged,
    named,
    on_screen,
    running,
)
from zaoyuan_cli.i18n import _, language
from zaoyuan_cli.render import qr
from zaoyuan_cli.render.cells import NOTHING_TO_SHOW, grid, line, lines, look, rightward, shown, tone
from zaoyuan_cli.render.charts import NAMESPACE, svg
from zaoyuan_cli.render.measures import by_hand

if TYPE_CHECKING:
    from jinja2 import Template

FEW = 3
"""A table of so many columns stays a table on a phone; a wider one becomes cards."""


def render(report: Report, edge: Running | None = None) -> str:
    """The whole report as a page. edge: what stands at the edges of a printed page, unless it says so itself."""
    document = report.document()
    at_edge = merged(running(document), edge)
    parts = named(on_screen(document), at_edge.title)
    languages = {"zh": "zh-CN"}
    page = _template().render(
        language=languages.get(language(), language()),
        title=_title(parts),
        parts=[_at_edge(one, at_edge) for one in each(parts, PAINTERS)],
        running=_running(at_edge),
    )
    return page.rstrip("\n") + "\n"


def _at_edge(drawn: dict[str, Any], edge: Running) -> dict[str, Any]:
    """What stands at the foot of every printed page is read on a screen only."""
    again = edge.foot and drawn["part"] == "text" and drawn["lines"] == lines(edge.foot)
    return {**drawn, "style": f"{drawn['style']} screen".strip()} if again else drawn


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = files("zaoyuan_cli").joinpath("papers", "report.html").read_text("utf-8")
    return environment.from_string(source)


def _title(document: Document) -> str:
    names = (
        getattr(part, "title", "") or (part.text if isinstance(part, Heading) else "") for part in inside(document)
    )
    return next((line(name) for name in names if isinstance(name, str) and name), "zaoyuan")


def _heading(heading: Heading) -> dict[str, Any]:
    return {"part": "heading", "text": line(heading.text), "level": min(max(heading.level, 1), 6)}


def _text(text: Text) -> dict[str, Any]:
    return {"part": "text", "lines": lines(text.text), "style": text.style}


def _pairs(pairs: Pairs) -> dict[str, Any]:
    rows = [
        {
            "label": line(label),
            "value": shown(value),
            "style": look(value),
            "blank": isinstance(value, Blank),
        }
        for label, value in pairs.rows
    ]
    return {"part": "pairs", "rows": rows, "abreast": pairs.abreast}


def _cell(value: object, column: Column, said: str) -> dict[str, Any]:
    if value is BLANK:
        return {"text": "", "by_hand": True, "style": "pen"}
    return {"text": said, "by_hand": False, "style": tone(value) if column.kind == "state" else ""}


def _table(table: Table) -> dict[str, Any]:
    words = grid(table)
    columns = [
        {
            "heading": heading,
            "right": right,
            "whole": column.kind not in ("text", "state"),
            "screen": column.screen,
            "note": column.flex,
            "box": column.kind == "box",
        }
        for heading, right, column in zip(words.headings, rightward(table.columns), table.columns, strict=True)
    ]
    rows = [
        [
            _cell(row.get(column.key), column, cells[at])
            for cells, column in zip(words.cells, table.columns, strict=True)
        ]
        for at, row in enumerate(table.rows)
    ]
    return {
        "part": "table",
        "title": line(table.title),
        "empty": lines(table.empty or _(NOTHING_TO_SHOW)),
        "columns": columns,
        "rows": rows,
        "totals": words.totals,
        "few": len(columns) <= FEW,
        "by_hand": by_hand(table),
    }


def _slip(slip: Slip) -> dict[str, Any]:
    parts = list(each(slip.parts, PAINTERS))
    qr.in_corners(parts)
    return {"part": "slip", "stamp": line(slip.stamp), "share": slip.share, "parts": parts}


def _chart(chart: Chart) -> dict[str, Any]:
    return {"part": "chart", "title": line(chart.title), "svg": _inline(svg(chart))}


def _code(code: Code) -> dict[str, Any]:
    return {
        "part": "code",
        "label": line(code.label),
        "text": line(code.text),
        "svg": _inline(qr.svg(code.qr)) if code.qr else "",
        "corner": False,
    }


def _inline(picture: str) -> str:
    """A picture inside a page needs no name of its language."""
    return picture.replace(f' xmlns="{NAMESPACE}"', "")


def _signatures(signatures: Signatures) -> dict[str, Any]:
    who = [" ".join(filter(None, map(line, one))) for one in signatures.pairs]
    return {"part": "signatures", "who": who, "day": _("Date") if signatures.dated else ""}


def _running(edge: Running) -> dict[str, str]:
    """The edges of the pages as strings of CSS."""
    return {"head": _css(edge.head), "foot": _css(edge.foot), "number": _css(edge.number), "said": line(edge.head)}


def _css(text: str) -> str:
    """Words as a string in a style sheet, which can end neither it nor the page."""
    return "".join(char if char.isalnum() or char in " .,:-·/" else f"\\{ord(char):x} " for char in line(text))


PAINTERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Heading: _heading,
    Text: _text,
    Table: _table,
    Pairs: _pairs,
    Slip: _slip,
    Chart: _chart,
    Signatures: _signatures,
    Code: _code,
}
