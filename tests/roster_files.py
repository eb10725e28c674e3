"""Rosters as files: workbooks, pages and texts as other programs write them, made here."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from conftest import Runner

from tests.prepared import once

TYPES = "application/vnd.oasis.opendocument.spreadsheet"
COUNTS = ("new", "changed", "unchanged", "differs", "wrong")


@once
def book(zaoyuan: Runner) -> Runner:
    """A book without households, kept by 韩梅."""
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    return zaoyuan


def xlsx(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), hidden: Sequence[int] = (),
         merged: Mapping[str, str] | None = None) -> bytes:  # fmt: skip
    """A workbook: a sheet for each list of rows, some hidden; merged: cells of the first one ("A2:A4") and their text.
    A date is a cell that Excel takes for a day."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        for n, rows in enumerate(sheets):
            sheet = workbook.add_worksheet(names[n] if n < len(names) else None)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, day)  # type: ignore[arg-type]
                    elif isinstance(value, str) and value:
                        sheet.write_string(r, c, value)
                    elif isinstance(value, int | float):
                        sheet.write(r, c, value)
            for where, text in (merged or {}).items() if n == 0 else ():
                sheet.merge_range(where, text)
            if n in hidden:
                sheet.hide()
            else:
                sheet.activate()
    return file.getvalue()


def ods(rows: Sequence[Sequence[str]], spans: Mapping[tuple[int, int], int] | None = None, more: str = "") -> bytes:
    """A sheet of LibreOffice; spans: how many lines a cell (line, column) reaches over; more: XML behind the rows."""

    def cell(r: int, c: int, text: str) -> str:
        down = f' table:number-rows-spanned="{spans[r, c]}"' if spans and (r, c) in spans else ""
        if not text:
            return "<table:table-cell/>"
        return f'<table:table-cell office:value-type="string"{down}><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(
        "<table:table-row>" + "".join(cell(r, c, text) for c, text in enumerate(row)) + "</table:table-row>"
        for r, row in enumerate(rows)
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="住户">{lines}{more}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    entry = f'<manifest:file-entry manifest:media-type="{TYPES}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="urn:m">{entry}</manifest:manifest>'
    return zipped({"mimetype": TYPES, "content.xml": content, "META-INF/manifest.xml": manifest})


def html(rows: Sequence[Sequence[str]]) -> bytes:
    """The page that a management system calls 名册.xls."""
    lines = "".join("<tr>" + "".join(f"<td>{text}" for text in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset=gbk></head><body><table border=1>{lines}</table></body></html>".encode("gb18030")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def take_in(zaoyuan: Runner, content: bytes | str, name: str = "名册.csv", more: str = "--yes") -> dict[str, Any]:
    """The answer to an import of a file with this content."""
    answer: dict[str, Any] = run(zaoyuan, content, name, more).ok.json
    return answer


def run(zaoyuan: Runner, content: bytes | str, name: str = "名册.csv", more: str = "--yes") -> Any:
    """The import of a file with this content, whatever came of it."""
    file = zaoyuan.folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return zaoyuan(f"import households {file} --json {more}")


def wrong(zaoyuan: Runner, content: bytes | str, name: str = "名册.csv") -> list[tuple[int, str, str]]:
    """(line, column, sentence) of every fault; nothing was written."""
    result = run(zaoyuan, content, name)
    assert (result.code, json.loads(result.err)["error"]["code"]) == (3, "problems")
    assert zaoyuan("household list --json").ok.json["rows"] == []
    return [(one["line"], one["field"], one["message"]) for one in result.json["problems"]]


def roll(zaoyuan: Runner) -> dict[str, dict[str, Any]]:
    """The households by room."""
    return {row["room"]: row for row in zaoyuan("household list --json").ok.json["rows"]}


def owners(zaoyuan: Runner) -> dict[str, str]:
    """The owners by room."""
    return {room: row["owner"] or "" for room, row in roll(zaoyuan).items()}


def phones(zaoyuan: Runner, who: str) -> list[str]:
    """The whole telephones of a household's people."""
    shown = zaoyuan(f"household show {who} --full --yes --json").ok.json
    return [person.get("phone") or "" for person in shown["people"]]


def counts(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """New, changed, unchanged, differs, wrong."""
    return tuple(answer[key] for key in COUNTS)
