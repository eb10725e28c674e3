"""A PDF for the printer: A4, the fonts inside, the same bytes whenever the same document is set.

Typst does the setting, by the template papers/paper.typ. What a document says reaches it as data, so nothing anybody
typed is markup. The fonts come with a package; a character they lack would be an empty box that nobody notices, so it
is told by name before anything is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zaoyuan_cli.document import (
    Blank,
    Chart,
    Code,
    Document,
    Heading,
    Pairs,
    Part,
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
from zaoyuan_cli.i18n import N_, _, language
from zaoyuan_cli.render import qr, shapes
from zaoyuan_cli.render.cells import line, lines, look, shown
from zaoyuan_cli.render.charts import svg
from zaoyuan_cli.render.measures import Sheet, across, alike, enlarged, fitting, set_table
from zaoyuan_cli.render.typesetting import compiled, pages
from zaoyuan_cli.render.undrawn import drawable, refuse_undrawn

BODY = 10.5
"""The size of the text, in points; 五号."""
SMALLER = (10.0, 9.5, 9.0)
"""What is tried when a paper is to take no more than so many pages."""
LITTLE = 10.0
"""A paper of several pages is set so much smaller where that saves a page, a last one of a few lines."""
LARGER = (16.0, 14.0, 12.0)
"""What is tried first for one that is to take a page: what hangs on a wall is read standing. 16 is 三号."""
_MANY, _LABEL, _SHORT = 6, 6.0, 15.0
"""A record of more lines than this stands in two columns, where its labels and values are no wider."""
_FOOT = 3
"""So many parts before the code stand beside it at most."""
PAGE = N_("page {n} of {m}")


def render(report: Report, edge: Running | None = None, boxes: bool = False) -> bytes:
    """The report as a PDF. edge: what stands at the edge of its pages where the document says nothing of it; boxes: an
    empty box, to be written into by hand, in place of each character the fonts lack. Raises Refusal for those without
    it, FileUnreadable where the setter or its fonts are not installed."""
    document = report.document()
    at_edge = merged(running(document), edge)
    parts = _printed(named(on_screen(document), at_edge.title), at_edge)
    if not boxes:
        refuse_undrawn(parts, at_edge)
    return compiled(_sized(parts, at_edge), at_edge)


def _printed(parts: Document, edge: Running) -> list[Part]:
    """What paper shows: not what is typed, nor once more what stands at its foot."""
    return [
        part._replace(columns=tuple(one for one in part.columns if not one.screen)) if isinstance(part, Table) else part
        for part in parts
        if not (isinstance(part, Text) and part.text == edge.foot)
    ]


def _sized(parts: Document, edge: Running) -> dict[str, Any]:
    """The paper in the largest letters in which it takes no more pages than it should."""
    if edge.pages == 1:
        for size in LARGER:
            if sheet := enlarged(parts, size - 1):
                paper = _paper(parts, edge, sheet) | {"size": size}
                if pages(paper) == 1:
                    return paper
    paper, most = _paper(parts, edge, fitting(parts)), edge.pages or _without_code(parts, edge)
    if not most:
        return paper | {"size": BODY}
    counts: dict[float, int] = {}
    for size in (BODY, *SMALLER):
        counts[size] = pages(paper | {"size": size})
        if counts[size] <= most and (counts[size] == 1 or counts[size] < counts[BODY] or size <= LITTLE):
            break
    fewest = min(counts.values())
    return paper | {"size": next(size for size, count in counts.items() if count == fewest)}


def _without_code(parts: Document, edge: Running) -> int:
    """How many pages a paper takes as far as its code, which is to add none; 0 for one that has none."""
    at = next((at for at, part in enumerate(parts) if isinstance(part, Code)), 0)
    return pages(_paper(parts[:at], edge, fitting(parts)) | {"size": BODY}) if at else 0


# ---- the parts as data for the template


def _paper(parts: Document, edge: Running, sheet: Sheet) -> dict[str, Any]:
    like = alike(parts)
    painters = {**PAINTERS, Table: lambda table: set_table(table, sheet, like.get(table.columns, ()))}
    drawn = [drawable(one) for one in each(parts, painters)]
    _subtitles(drawn)
    title = next((line(part.text) for part in inside(parts) if isinstance(part, Heading)), edge.head)
    return {
        "lang": language(), "title": drawable(title), "page": _(PAGE), "landscape": sheet.landscape,
        "head": drawable(line(edge.head)), "foot": drawable(line(edge.foot)), "number": line(edge.number),
        "slips": bool(parts) and all(isinstance(part, Slip) for part in parts), "parts": _feet(drawn),
        "shapes": shapes.numbered(drawn),
    }  # fmt: skip


def _feet(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The code of a paper beside what it ends with, whose paper it is and whom to tell: one part, that stays whole."""
    at = next((at for at, one in enumerate(drawn) if one["part"] == "code"), -1)
    if at < 0 or not all(map(_ends, drawn[at + 1 :])):
        return drawn
    first = at
    while first and at - first < _FOOT and _ends(drawn[first - 1]):
        first -= 1
    beside = [*drawn[first:at], *drawn[at + 1 :]]
    return [*drawn[:first], {"part": "foot", "parts": beside, "code": drawn[at]}] if beside else drawn


def _ends(drawn: dict[str, Any]) -> bool:
    """Is it of what a paper ends with?"""
    return drawn["part"] == "pairs" or (drawn.get("style") == "dim" and not drawn["under"])


def _subtitles(drawn: list[dict[str, Any]]) -> None:
    """What stands right under the name of a paper is set in its middle, as that is; a second paper begins a page."""
    titled = papers = False
    for one in drawn:
        one["fresh"] = papers and one.get("level") == 1
        papers = papers or one.get("level") == 1
        one["under"] = titled and (one.get("level", 0) > 1 or one.get("style") == "dim")
        titled = one.get("level") == 1 or (one["under"] and one["part"] == "heading")


def _heading(heading: Heading) -> dict[str, Any]:
    return {"part": "heading", "text": line(heading.text), "level": heading.level}


def _pairs(pairs: Pairs) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {
            "label": line(label),
            "lines": lines(value) if type(value) is str and value else [shown(value)],
            "style": look(value),
            "blank": isinstance(value, Blank),
        }
        for label, value in pairs.rows
    ]
    short = all(
        len(row["lines"]) == 1 and across(row["lines"][0]) <= _SHORT and across(row["label"]) <= _LABEL for row in rows
    )
    for row in rows:
        row["wide"] = row["style"] == "loud" or max(map(across, row["lines"])) > _SHORT
    return {"part": "pairs", "rows": rows, "beside": short and len(rows) > _MANY, "abreast": pairs.abreast}


def _code(code: Code) -> dict[str, Any]:
    return {
        "part": "code", "label": line(code.label), "text": line(code.text),
        "alt": qr.alt(line(code.qr)), "svg": qr.svg(code.qr) if code.qr else "",
    }  # fmt: skip


def _slip(slip: Slip) -> dict[str, Any]:
    sheet = Sheet(False, 9.0)
    parts = list(each(slip.parts, {**PAINTERS, Table: lambda table: set_table(table, sheet)}))
    _subtitles(parts)
    qr.in_corners(parts)
    return {"part": "slip", "stamp": line(slip.stamp), "share": slip.share, "parts": parts}


PAINTERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Heading: _heading,
    Text: lambda text: {"part": "text", "lines": lines(text.text), "style": text.style},
    Pairs: _pairs,
    Slip: _slip,
    Code: _code,
    Chart: lambda chart: {"part": "chart", "title": line(chart.title), "svg": svg(chart)},
    Signatures: lambda signed: {
        "part": "signatures", "who": [list(map(line, one)) for one in signed.pairs],
        "day": _("Date") if signed.dated else "",
    },
}  # fmt: skip
