"""Workbooks of Excel, WPS and LibreOffice, read by calamine once it is sure that what they unfold into has a size."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import _

from . import sheets
from .sheets import Sheet, Span, refused

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_UNPACKED = 50_000_000
MOST_RATIO = 100
_SMALL = 1_000_000  # so little may be packed as tightly as it likes
_MOST_MEMBERS = 2_000
_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
_XLSX = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _ATTRIBUTES + b">")
_AT = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]*)(\d+)["']""")
_ODS = re.compile(rb"<(/?)(?:\w+:)(table|table-row|table-cell|covered-table-cell)(?=[\s/>])" + _ATTRIBUTES + b">")
_TIMES = re.compile(rb"""number-(rows-repeated|columns-repeated|rows-spanned)\s*=\s*["'](\d{1,9})["']""")


def read(data: bytes, name: str = "") -> list[Sheet]:
    """The sheets of a workbook. Raises FileUnreadable: locked, damaged, no workbook, or larger than it looks."""
    spans: list[list[Span]] = []
    if data.startswith(b"PK"):
        spans = _unpacked(data, name)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked(name)
    elif "WordDocument".encode("utf-16-le") in data:
        raise refused(_("{name} is a Word document; copy its table into a spreadsheet."), name)
    return _by_calamine(data, name, spans)


def _by_calamine(data: bytes, name: str, spans: list[list[Span]]) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book, meta.name, spans[n] if n < len(spans) else [], meta.visible != SheetVisibleEnum.Visible)
            for n, meta in enumerate(book.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise _locked(name) from None
    except (CalamineError, OSError, ValueError):
        raise _damaged(name) from None
    except BaseException as error:  # a panic of Rust is no Exception, and its class cannot be imported
        if type(error).__name__ == "PanicException":
            raise _damaged(name) from None
        raise


def _sheet(book: CalamineWorkbook, name: str, spans: list[Span], hidden: bool) -> Sheet:
    found = book.get_sheet_by_name(name)
    if found.end is None:
        return Sheet(name, (), hidden)
    height, width = found.end[0] + 1, found.end[1] + 1
    if height > sheets.MOST_ROWS or height * width > sheets.MOST_CELLS:
        raise sheets.too_large(name)
    merged = [(left, top, bottom) for (top, left), (bottom, _r) in found.merged_cell_ranges or () if bottom > top]
    return sheets.sheet(name, found.to_python(skip_empty_area=False), spans or merged, hidden)


# ---- what is in the zip, before anybody unfolds it


def _unpacked(data: bytes, name: str) -> list[list[Span]]:
    """Look through a zip: what it is, how large it becomes, where its last cell stands; for ODS the merged cells of
    each sheet. Raises FileUnreadable."""
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
        _judge(archive, members, name)
        names = {member.filename for member in members}
        if "xl/workbook.xml" in names:
            for _file, content in _contents(archive, members, len(data), name):
                _measure(content, name)
            return []
        kind = archive.read("mimetype") if "mimetype" in names else b""
        found = {file: list(_tables(xml, name)) for file, xml in _contents(archive, members, len(data), name)}
    except (BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        raise _damaged(name) from None
    if b"spreadsheet" not in kind or "content.xml" not in found:
        raise _no_workbook(names, name)
    return found["content.xml"]


def _judge(archive: ZipFile, members: list[ZipInfo], name: str) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise _locked(name)
    manifest = next((one for one in members if one.filename == "META-INF/manifest.xml"), None)
    if manifest and manifest.file_size < _SMALL and b"encryption-data" in archive.read(manifest):
        raise _locked(name)
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _bomb(name)


def _contents(archive: ZipFile, members: list[ZipInfo], packed: int, name: str) -> Iterator[tuple[str, bytes]]:
    """The XML of a zip, each part as long as it really is, whatever its entry says."""
    total = 0
    for member in members:
        if member.is_dir():
            continue
        member.file_size = MOST_UNPACKED + 1  # read to the end of the stream
        parts = []
        with archive.open(member) as stream:
            while chunk := stream.read(1 << 20):
                total += len(chunk)
                if total > MOST_UNPACKED or total > max(_SMALL, packed * MOST_RATIO):
                    raise _bomb(name)
                parts.append(chunk)
        if member.filename.endswith(".xml"):
            yield member.filename, b"".join(parts)


def _measure(content: bytes, name: str) -> None:
    """Refuse a sheet whose last cell stands where its rectangle would fill the memory."""
    line = place = high = wide = 0
    for found in _XLSX.finditer(content):
        tag, attributes = found.groups()
        at = _AT.search(attributes)
        if tag == b"row":
            line, place = (int(at[2][:8]) if at else line + 1), 0
            continue
        row = line
        if at and at[1]:
            place, row = (sheets.column(at[1].decode()) or 0) + 1, int(at[2][:8])
        else:
            place += 1
        if not attributes.endswith(b"/"):
            high, wide = max(high, row), max(wide, place)
    if high > sheets.MOST_ROWS or high * wide > sheets.MOST_CELLS:
        raise sheets.too_large(name)


def _tables(content: bytes, name: str) -> Iterator[list[Span]]:
    """For each table of an ODS the cells merged downwards. Raises FileUnreadable for a table without end."""
    spans: list[Span] = []
    line = place = times = high = wide = 0
    for found in _ODS.finditer(content):
        end, tag, attributes = found.groups()
        said = {key: int(value) for key, value in _TIMES.findall(attributes)}
        if tag == b"table":
            if end:
                yield spans
            spans, line, place, times, high, wide = [], 0, 0, 0, 0, 0
        elif tag == b"table-row" and not end:
            line, place, times = line + times, 0, said.get(b"rows-repeated", 1)
            if attributes.endswith(b"/"):
                continue
        elif not end:
            if (down := said.get(b"rows-spanned", 1)) > 1:
                spans.append((place, line, line + down - 1))
            place += said.get(b"columns-repeated", 1)
            if b"value-type" in attributes or not attributes.endswith(b"/"):
                high, wide = max(high, line + times), max(wide, place)
        if high > sheets.MOST_ROWS or high * wide > sheets.MOST_CELLS:
            raise sheets.too_large(name)


def _no_workbook(names: set[str], name: str) -> FileUnreadable:
    if "word/document.xml" in names:
        return refused(_("{name} is a Word document; copy its table into a spreadsheet."), name)
    if "xl/workbook.bin" in names:
        return refused(_("{name} is a binary workbook; save it as XLSX."), name)
    return refused(_("{name} is a packed folder; unpack it and take the spreadsheet inside."), name)


def _locked(name: str) -> FileUnreadable:
    return refused(_("{name} is locked with a password; save a copy without."), name)


def _damaged(name: str) -> FileUnreadable:
    return refused(_("{name} cannot be read as a workbook."), name)


def _bomb(name: str) -> FileUnreadable:
    return refused(_("{name} would unfold to more than {n} MB; it was not opened."), name, n=MOST_UNPACKED // 1_000_000)
