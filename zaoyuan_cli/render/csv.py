"""CSV for people's spreadsheets, TSV for scripts.

CSV has headings and states in the language of the run; TSV has the English keys and codes, and a record is one row of
its data. Neither has a line of totals: the file can be read back. Several tables stand under their headings with a
blank line between. Text that a spreadsheet would take for a formula is written with a ' before it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from itertools import chain

from zaoyuan_cli.document import (
    Alias,
    Code,
    Document,
    Heading,
    Kind,
    Pairs,
    Report,
    Signatures,
    State,
    Table,
    Text,
    each,
    inside,
)
from zaoyuan_cli.i18n import _
from zaoyuan_cli.render.cells import line, lines, of_kind, spaced
from zaoyuan_cli.render.charts import without
from zaoyuan_cli.render.json import bare

Row = list[str]
Cell = Callable[[object], str]

_FORMULA = re.compile("[\\s\ufeff\u200b]*[=+\\-@＝＋－＠]|[\t\r]")
_NUMBER = re.compile(r"\s*[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?\s*")


def render(report: Report, end: str = "\n") -> str:
    """Comma separated; a cell may hold line breaks, in quotes."""
    file = StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows(_sheet(report, _for_people, (Table, Pairs)))
    return file.getvalue()


def render_tsv(report: Report) -> str:
    """Tab separated, one record a line; no quotes and no escapes, breaks and tabs inside a cell are blanks."""
    return "".join("\t".join(row) + "\n" for row in _sheet(report, _for_scripts, (Table,)))


def guarded(text: str) -> str:
    """The text as a spreadsheet must take it: as text. A plain number (-5.00, +8613800000000) is left alone."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _for_people(kind: Kind) -> Cell:
    word = of_kind("state")

    def cell(value: object) -> str:
        if kind == "box":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Alias):
            return guarded(line(value.said))
        if isinstance(value, str):
            return guarded(
                word(value) if value and (kind == "state" or isinstance(value, State)) else "\n".join(lines(value))
            )
        return bare(value, kind)

    return cell


def _for_scripts(kind: Kind) -> Cell:
    def cell(value: object) -> str:
        if kind == "box":
            return ""
        return guarded(line(value)) if isinstance(value, str) else bare(value, kind)

    return cell


def _sheet(report: Report, cells: Callable[[Kind], Cell], tabular: tuple[type, ...]) -> Iterator[Row]:
    document = list(inside(without(report.document())))
    if not any(isinstance(part, tabular) for part in document):
        return _record(report, cells("text"))
    return _parts(document, cells, alone=len(document) == 1)


def _record(report: Report, cell: Cell) -> Iterator[Row]:
    """One thing: its keys, and one row."""
    fields = dict(_flat(report.data()))
    return iter(([cell(key) for key in fields], [cell(value) for value in fields.values()]))


def _flat(fields: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in fields.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def _parts(document: Document, cells: Callable[[Kind], Cell], alone: bool) -> Iterator[Row]:
    text = cells("text")
    headings = cells is _for_people

    def table(part: Table) -> list[Row]:
        title = [[text(part.title)]] if part.title and not alone else []
        names = [_(column.heading) if headings else column.key for column in part.columns]
        shows = [(cells(column.kind), column.key) for column in part.columns]
        return [*title, names, *([show(row.get(key)) for show, key in shows] for row in part.rows)]

    blocks = each(
        document,
        {
            Heading: lambda part: [[text(part.text)]],
            Text: lambda part: [[text(one)] for one in lines(part.text)],
            Pairs: lambda part: [[text(label), cells("text")(value)] for label, value in part.rows],
            Code: lambda part: [[text(part.label), text(part.text)]],
            Signatures: lambda part: [[text(who), text(name)] for who, name in part.pairs],
            Table: table,
        },
    )
    return chain.from_iterable(
        [[], *block] if blank else block for blank, block in zip(spaced(document), blocks, strict=True)
    )
