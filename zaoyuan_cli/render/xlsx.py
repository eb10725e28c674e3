"""A workbook for people who go on reckoning: amounts are numbers, dates are dates, and text is never a formula.

A list is one sheet. A page has its words on the first sheet and each of its tables on one of its own. The only formulas
are the sums under a column, and only where the column adds up to the total that the report says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import (
    Alias,
    Blank,
    Code,
    Column,
    Document,
    Heading,
    Pairs,
    Part,
    Report,
    Running,
    Signatures,
    State,
    Table,
    Text,
    inside,
    merged,
    running,
)
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.render.cells import NOTHING_TO_SHOW, grid, line, lines, shown, width, word
from zaoyuan_cli.render.charts import without
from zaoyuan_cli.rules.hundredths import Hundredths

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

OVERVIEW = N_("Report")
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_WIDEST = 60
_EARLIEST = date(1900, 3, 1)  # before it, spreadsheets disagree on what day a number is
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def render(report: Report, edge: Running | None = None, boxes: bool = False) -> bytes:
    """The report as a workbook; the same bytes for the same report and moment. boxes: a spreadsheet has every font."""
    from xlsxwriter import Workbook

    document = report.document()
    at_edge = merged(running(document), edge)
    file = BytesIO()
    book = Workbook(file, dict(_OPTIONS))
    moment = at_edge.moment.replace(tzinfo=None) if at_edge.moment else datetime(2000, 1, 1)
    book.set_properties({"created": moment, "author": line(at_edge.head), "comments": line(at_edge.foot)})
    _Sheets(book, at_edge).fill(list(inside(without(document))))
    book.close()
    return file.getvalue()


class _Sheets:
    """The workbook while it is filled."""

    def __init__(self, book: Workbook, edge: Running) -> None:
        self.book, self.edge = book, edge
        self.names: set[str] = set()
        self.formats: dict[tuple[str, bool], Format] = {}

    def fill(self, parts: Document) -> None:
        if len(parts) == 1 and isinstance(parts[0], Table):
            self._table(parts[0], parts[0].title or self.edge.title)
        else:
            self._words(parts)

    def _sheet(self, name: str, or_else: str = "") -> Worksheet:
        sheet = self.book.add_worksheet(self._name(name, or_else))
        sheet.set_paper(9)  # A4
        sheet.set_footer("&L{}&R&P / &N".format(line(self.edge.foot).replace("&", "&&")[:200]))
        sheet.set_header("&L{}".format(line(self.edge.head).replace("&", "&&")[:200]))
        return sheet

    def _name(self, wanted: str, or_else: str) -> str:
        """A name a spreadsheet takes, and that no other sheet has; a second one says what its rows are."""
        plain = self._plain(wanted)
        if plain.casefold() in self.names and or_else:
            plain = self._plain(f"{wanted} {or_else}")
        name, count = plain, 1
        while name.casefold() in self.names:
            count += 1
            mark = f" ({count})"
            name = _cut(plain, _LONGEST - len(mark)) + mark
        self.names.add(name.casefold())
        return name

    def _plain(self, wanted: str) -> str:
        plain = _cut(_FORBIDDEN.sub(" ", line(wanted)).strip(" '"), _LONGEST) or _(OVERVIEW)
        if plain.casefold() == "history":  # reserved
            plain += "."
        return plain

    def _format(self, number: str = "", strong: bool = False) -> Format:
        if (number, strong) not in self.formats:
            look: dict[str, Any] = {"valign": "top"} | ({"num_format": number} if number else {})
            self.formats[number, strong] = self.book.add_format(look | ({"bold": True} if strong else {}))
        return self.formats[number, strong]

    # ---- words

    def _words(self, parts: Document) -> None:
        """Everything but the tables, each of which has a sheet of its own that is named where it stands."""
        title = next((part.text for part in parts if isinstance(part, Heading)), _(OVERVIEW))
        sheet, row, above = self._sheet(title), 0, ""
        first, second = 12, 12
        for part in parts:
            if isinstance(part, Table):
                name = self._table(part, part.title or above or self.edge.title)
                sheet.write_url(row, 0, "internal:'{}'!A1".format(name.replace("'", "''")), string=f"→ {name}")
                row += 1
                continue
            above = part.text if isinstance(part, Heading) else above
            for label, value in _pairs(part):
                sheet.write_string(row, 0, line(label), self._format())
                self._value(sheet, row, 1, value, "state" if isinstance(value, State) else "text")
                first, second, row = max(first, width(line(label))), max(second, width(shown(value))), row + 1
            for text in _said(part):
                sheet.write_string(row, 0, line(text), self._format(strong=isinstance(part, Heading)))
                row += 1
        sheet.set_column(0, 0, min(first + 2, _WIDEST))
        sheet.set_column(1, 1, min(second + 2, _WIDEST))

    # ---- tables

    def _table(self, table: Table, name: str) -> str:
        """The table on a sheet; the sheet's name."""
        words = grid(table)
        sheet = self._sheet(name, words.headings[0])
        head = self.book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE", "valign": "top"})
        for at, (heading, cells) in enumerate(zip(words.headings, words.cells, strict=True)):
            natural = max(map(width, (heading, *cells, *words.totals[at : at + 1])))
            sheet.set_column(at, at, min(natural + 2, _WIDEST))
            sheet.write_string(0, at, heading.strip(), head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        if len(table.columns) > 6:
            sheet.set_landscape()
        if not table.rows:
            sheet.write_string(1, 0, " ".join(lines(table.empty or _(NOTHING_TO_SHOW))), self._format())
            return str(sheet.name)
        for at, record in enumerate(table.rows, 1):
            for column, of in enumerate(table.columns):
                self._value(sheet, at, column, record.get(of.key), of.kind)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        if table.totals:
            self._totals(sheet, table, words.totals)
        return str(sheet.name)

    def _totals(self, sheet: Worksheet, table: Table, words: list[str]) -> None:
        from xlsxwriter.utility import xl_col_to_name

        last = len(table.rows)
        for at, column in enumerate(table.columns):
            total = (table.totals or {}).get(column.key)
            if isinstance(total, Hundredths) and total == _sum(table.rows, column):
                letters = xl_col_to_name(at)
                formula = f"=SUM({letters}2:{letters}{last + 1})"
                sheet.write_formula(last + 1, at, formula, self._format("#,##0.00", strong=True), float(total.plain()))
            elif column.key in (table.totals or {}):
                self._value(sheet, last + 1, at, total, column.kind, strong=True)
            elif words[at]:
                sheet.write_string(last + 1, at, words[at], self._format(strong=True))

    def _value(self, sheet: Worksheet, row: int, at: int, value: object, kind: str, strong: bool = False) -> None:
        """A cell of the value's own type; nothing is empty."""
        if value is None or value == "" or kind == "box" or isinstance(value, Blank):
            return
        if isinstance(value, bool):
            sheet.write_string(row, at, _("yes") if value else _("no"), self._format(strong=strong))
        elif isinstance(value, Hundredths):
            sheet.write_number(row, at, float(value.plain()), self._format("#,##0.00", strong))
        elif isinstance(value, int):
            number = value / 100 if kind in ("money", "area") else value
            sheet.write_number(row, at, number, self._format("#,##0.00" if kind in ("money", "area") else "0", strong))
        elif isinstance(value, datetime):
            sheet.write_string(row, at, shown(value), self._format(strong=strong))
        elif isinstance(value, date) and value >= _EARLIEST:
            sheet.write_datetime(
                row, at, datetime(value.year, value.month, value.day), self._format("yyyy-mm-dd", strong)
            )
        else:
            text = word(value) if kind == "state" and isinstance(value, str) else _text(value)
            sheet.write_string(row, at, text[:32767], self._format(strong=strong))


def _pairs(part: Part) -> tuple[tuple[str, object], ...]:
    if isinstance(part, Code):
        return ((part.label, part.text),)
    return part.rows if isinstance(part, Pairs) else ()


def _said(part: Part) -> Sequence[str]:
    if isinstance(part, Signatures):
        return [" ".join(filter(None, pair)) for pair in part.pairs]
    return lines(part.text) if isinstance(part, Text | Heading) else ()


def _text(value: object) -> str:
    return "\n".join(lines(value)) if isinstance(value, str) and not isinstance(value, Alias) else shown(value)


def _sum(rows: Any, column: Column) -> int | None:
    """What a column adds up to; None where something in it is no amount."""
    values = [row.get(column.key) for row in rows if isinstance(row, Mapping)]
    amounts = [value for value in values if isinstance(value, Hundredths)]
    return sum(amounts) if len(amounts) == sum(value is not None for value in values) else None


def _cut(text: str, most: int) -> str:
    """A text of at most so many of the units a spreadsheet counts: a rare character is two of them (UTF-16)."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text
