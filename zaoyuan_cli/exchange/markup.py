"""Markup: the tables of HTML and of Excel's old XML, which management systems save under the name .xls."""

from __future__ import annotations

from html.parser import HTMLParser

from zaoyuan_cli.i18n import _

from . import sheets
from .sheets import Cell, Sheet, Span, refused

_MOST_LETTERS = 5_000_000
_WIDEST = 256
_CELLS = ("td", "th", "cell", "ss:cell")
_ROWS = ("tr", "row", "ss:row")
_TABLES = ("table", "ss:table")


def read(text: str, name: str = "") -> list[Sheet]:
    """The tables of a page, each a sheet. Raises FileUnreadable."""
    if len(text) > _MOST_LETTERS:
        raise sheets.too_large(name)
    page = _Page()
    page.feed(text)
    page.close()
    found = [
        sheets.sheet(table.name or str(n), table.rows, table.spans)
        for n, table in enumerate(page.tables, 1)
        if table.rows
    ]
    if not found:
        raise refused(_("{name} is a web page without a table."), name)
    return found


class _Table:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[Cell]] = []
        self.spans: list[Span] = []
        self.taken: dict[int, int] = {}  # column → how many more rows a cell from above reaches into


class _Page(HTMLParser):
    """Collects the tables; a cell ends where the next begins, whether or not anybody closed it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.sheet = ""
        self.words: list[str] | None = None  # of the cell being read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key.removeprefix("ss:"): value or "" for key, value in attrs}
        if tag in ("worksheet", "ss:worksheet"):
            self.sheet = said.get("name", "")
        elif tag in _TABLES:
            self._end_cell()
            self.open.append(_Table(self.sheet))
            self.tables.append(self.open[-1])
        elif tag in _ROWS and self.open:
            self._end_cell()
            self._begin_row(self.open[-1], _number(said.get("index"), 0, sheets.MOST_ROWS + 1))
        elif tag in _CELLS and self.open and self.open[-1].rows:
            self._end_cell()
            self._begin_cell(self.open[-1], said)
        elif tag == "br" and self.words is not None:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in (*_CELLS, *_ROWS):
            self._end_cell()
        elif tag in _TABLES and self.open:
            self._end_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def _begin_row(self, table: _Table, index: int) -> None:
        while len(table.rows) < index - 1:
            table.rows.append([])
        table.rows.append([])
        table.taken = {place: left - 1 for place, left in table.taken.items() if left > 0}

    def _begin_cell(self, table: _Table, said: dict[str, str]) -> None:
        row = table.rows[-1]
        while table.taken.get(len(row), 0) > 0 or len(row) < _number(said.get("index"), 1, _WIDEST) - 1:
            row.append("")
        down = _number(said.get("rowspan"), 1, sheets.MOST_ROWS) - 1 or _number(
            said.get("mergedown"), 0, sheets.MOST_ROWS
        )
        wide = _number(said.get("colspan"), 1, _WIDEST) - 1 or _number(said.get("mergeacross"), 0, _WIDEST)
        if down:
            here = len(table.rows) - 1
            table.spans.append((len(row), here, here + down))
            table.taken |= dict.fromkeys(range(len(row), len(row) + wide + 1), down + 1)
        row += [""] * (wide + 1)
        self.words, self.place = [], (row, len(row) - wide - 1)

    def _end_cell(self) -> None:
        if self.words is not None:
            row, place = self.place
            row[place] = "".join(self.words)
            self.words = None


def _number(text: str | None, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text and text.isascii() and text.isdecimal() and len(text) < 9 else least
