"""Spreadsheets as sheets of cells, whatever their name says they are: CSV in UTF-8, UTF-16 or GB18030, what Excel, WPS
and LibreOffice write, and the HTML and XML that management systems call .xls."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Sequence

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

from . import streams
from .sheets import Sheet, refused

MOST_BYTES = 20_000_000
_MARKUP = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<\?mso[^>]*>\s*)?(<!--.*?-->\s*|<!doctype[^>]*>\s*)*<(html|head|body|meta|table|style"
    rb"|div|(\w+:)?workbook)\b",
    re.IGNORECASE | re.DOTALL,
)


def load(path: str) -> bytes:
    """The bytes of an ordinary file of a size that a list of households can have, of standard input for "-".
    Raises FileUnreadable, OSError."""
    if path == "-":
        return streams.piped(MOST_BYTES + 1)
    found = os.stat(path)
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise refused(
            _("{name} is not an ordinary file."), path, _("Standard input is read by: {flag}").format(flag="-")
        )
    if found.st_size > MOST_BYTES:
        raise refused(_("{name} is larger than {n} MB; no list of households is."), path, n=MOST_BYTES // 1_000_000)
    with open(path, "rb") as file:  # of a folder: IsADirectoryError, which has its words
        return file.read(MOST_BYTES + 1)


def read(data: bytes, name: str = "") -> list[Sheet]:
    """The sheets of a file, each without its empty lines; hidden ones are marked. Raises FileUnreadable, and Unreadable
    where there is nothing in it."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(_("{name} is empty.").format(name=name or _("The file")), field="file", value=name)
    if len(data) > MOST_BYTES:
        raise refused(_("{name} is larger than {n} MB; no list of households is."), name, n=MOST_BYTES // 1_000_000)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        from . import workbooks

        return workbooks.read(data, name)
    if data.startswith(b"%PDF"):
        raise refused(_("{name} is a PDF; ask for the table it was printed from."), name)
    from . import delimited

    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        from . import markup

        return markup.read(delimited.decoded(data, name), name)
    return [delimited.read(data, name)]


def write(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
