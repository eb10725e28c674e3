"""Spreadsheets as rows of cells: CSV in UTF-8, UTF-16 or GB18030, and what Excel and LibreOffice write."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import _

Cell: TypeAlias = str | float | int | bool | date | None
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls


class Row(NamedTuple):
    """The cells of a line, and its number in the file, from 1."""

    line: int
    cells: tuple[Cell, ...]


def read(data: bytes, name: str = "") -> list[list[Row]]:
    """The sheets of a file, each without its empty lines; text files have one. Raises FileUnreadable."""
    if data.startswith(_WORKBOOK):
        return _workbook(data, name)
    return [_text(_decoded(data, name))]


def text_of(cell: Cell) -> str:
    """A cell as somebody would type it: a number without a needless .0, a day as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.10f}".rstrip("0")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.strip() if isinstance(cell, str) else str(cell)


def column(text: str) -> int | None:
    """The place of a column by its letters, A, B … AA, or None."""
    if not re.fullmatch("[A-Za-z]{1,2}", text):
        return None
    place = 0
    for letter in text.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def write(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _decoded(data: bytes, name: str) -> str:
    codes = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileUnreadable(
        _("{name} is no spreadsheet and no text in UTF-8 or GBK.").format(name=name or _("The file")),
        field="file",
        value=name,
    )


def _text(text: str) -> list[Row]:
    head = text[:4096]
    delimiter = max("\t,;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, last = [], 0
    for cells in reader:
        rows.append(Row(last + 1, tuple(cells)))
        last = reader.line_num
    return _filled(rows)


def _workbook(data: bytes, name: str) -> list[list[Row]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _filled([Row(n, tuple(cells)) for n, cells in enumerate(_cells(book, sheet), 1)])
            for sheet in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        said = (
            _("{name} is locked with a password; save a copy without.")
            if isinstance(error, PasswordError)
            else _("{name} cannot be read as a workbook.")
        )
        raise FileUnreadable(said.format(name=name or _("The file")), field="file", value=name) from None


def _cells(book: object, sheet: str) -> list[list[Cell]]:
    """All cells of a sheet from A1 on, so that line numbers are those Excel shows."""
    found: list[list[Cell]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    return found


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(text_of(cell) for cell in row.cells)]
