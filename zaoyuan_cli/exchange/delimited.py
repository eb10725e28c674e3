"""Delimited text: cells between commas, semicolons or tabs, in any encoding of a Chinese computer."""

from __future__ import annotations

import csv
import io
import re

from zaoyuan_cli.i18n import _

from .sheets import MOST_ROWS, Row, Sheet, refused, text_of, too_large

_LONGEST_CELL = 100_000


def read(data: bytes, name: str = "") -> Sheet:
    """The one sheet of a text. Raises FileUnreadable."""
    text = decoded(data, name)
    delimiter = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    open_quote = text.count('"') % 2 == 1
    rows: list[Row] = []
    last = 0
    try:
        for cells in reader:
            if len(rows) > MOST_ROWS:
                raise too_large(name)
            if open_quote and any(delimiter in cell and "\n" in cell for cell in cells):
                raise refused(_("{name}: a quotation mark of line {line} has no end."), name, line=last + 1)
            if any(text_of(cell) for cell in cells):
                rows.append(Row(last + 1, tuple(cells)))
            last = reader.line_num
    except csv.Error:
        raise refused(_("{name} cannot be read from line {line} on."), name, line=last + 1) from None
    return Sheet("", tuple(rows))


def decoded(data: bytes, name: str = "") -> str:
    """The text of bytes in UTF-8, UTF-16 or GB18030. Raises FileUnreadable."""
    for code in _codes(data):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refused(_("{name} is no spreadsheet and no text in UTF-8 or GBK."), name)


def _codes(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    high, low = data[0::2].count(0), data[1::2].count(0)  # no byte order mark, but every blank and digit has a zero
    if max(high, low) > 10 * min(high, low) + 3:
        return ("utf-16-be",) if high > low else ("utf-16-le",)
    return ("utf-8-sig", "gb18030")


def _delimiter(text: str) -> str:
    """What stands between the cells: what the first lines have most of, or what Excel's first line says."""
    if said := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return said[1]
    head = text[:4096]
    return max("\t,;", key=head.count)
