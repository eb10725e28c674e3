"""Reports to text: one file a format, loaded when it is asked for."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import TextIO

from zaoyuan_cli.document import Report, Running
from zaoyuan_cli.errors import WrongUsage
from zaoyuan_cli.i18n import _, speaking
from zaoyuan_cli.progress import working

FORMATS: dict[str, tuple[str, str]] = {
    "table": ("plain", "render"),
    "csv": ("csv", "render"),
    "tsv": ("csv", "render_tsv"),
    "json": ("json", "render"),
    "md": ("markdown", "render"),
    "html": ("html", "render"),
}
"""Name → the module here and its function, `(report) -> str`."""

PRINTED = ("pdf", "html", "xlsx")
"""Formats with pages, at whose edges something stands."""
FILES = ("pdf", "xlsx")
"""Formats that are no text, for a file only: a module here each, its function `(report, edge, boxes) -> bytes`."""

ENDINGS: dict[str, str] = {".txt": "table", ".htm": "html", ".markdown": "md"} | {
    f".{name}": name for name in ("csv", "tsv", "json", "md", "html", *FILES)
}
"""Ending of a file → name of its format."""


def render(report: Report, format: str = "table") -> str:
    """The report in a format, complete whatever the screen. Raises WrongUsage for a format that does not exist."""
    function = _function(format)
    with speaking(_language(report)):
        return function(report)


def show(report: Report, format: str = "table", stream: TextIO | None = None, colour: bool = True) -> None:
    """Print the report: a table drawn for the screen if there is one, else text, complete.

    stream: standard output if not given. Formats for programs are UTF-8 on a pipe whatever the locale; a character that
    the screen's encoding lacks becomes "?" and never stops the command.
    """
    import sys

    stream = stream or sys.stdout
    screen = stream.isatty()
    if isinstance(stream, io.TextIOWrapper):
        if format == "table" or screen:
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
    if format == "table" and screen:
        from zaoyuan_cli.render import terminal

        with speaking(_language(report)):
            terminal.show(report, stream, colour)
    else:
        stream.write(render(report, format))


def to_fit(text: str, stream: TextIO) -> str:
    """Text in lines of the screen's width, broken where nothing is torn; as it is where there is no screen."""
    if not stream.isatty():
        return text
    from shutil import get_terminal_size

    from zaoyuan_cli.render.fit import hanging

    columns = get_terminal_size().columns
    return "\n".join(part for line in text.split("\n") for part in hanging(line, columns))


def format_of(path: str | os.PathLike[str]) -> str:
    """The format that a file's name asks for. Raises WrongUsage for an ending nobody knows."""
    name = PurePath(path).name
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise WrongUsage(
            _("Cannot tell the format from the file name {name}").format(name=name),
            field="output",
            value=str(path),
            hint=_("End the name with one of: {endings}").format(endings=" ".join(sorted(ENDINGS))),
        )
    return ENDINGS[ending]


def check(path: str | os.PathLike[str]) -> None:
    """Refuse a file that `write` would refuse for its name, before any work is done. WrongUsage, FileUnreadable."""
    from zaoyuan_cli.render import saving

    format_of(path)
    saving.check(path)


def write(report: Report, path: str | os.PathLike[str], edge: Running | None = None, boxes: bool = False) -> None:
    """The report as a file, in the format of its name; all of it or, with the old file left as it was, nothing.

    edge: what stands at the edge of every printed page; boxes: see pdf.render. Raises WrongUsage (ending),
    FileUnreadable, Refusal (a character that the fonts of a PDF lack).
    """
    from zaoyuan_cli.render.saving import save

    check(path)
    format = format_of(path)
    with working(_("Making {file}").format(file=PurePath(path).name)), speaking(_language(report)):
        content = _content(report, format, edge, boxes)
    save(content, path)


def _content(report: Report, format: str, edge: Running | None, boxes: bool) -> bytes:
    """CSV is for spreadsheets: with a byte order mark and CR LF."""
    if format in FILES:
        made: bytes = import_module(f"zaoyuan_cli.render.{format}").render(report, edge, boxes)
        return made
    if format == "csv":
        from zaoyuan_cli.render import csv

        return csv.render(report, end="\r\n").encode("utf-8-sig", "replace")
    if format == "html":
        from zaoyuan_cli.render import html

        return html.render(report, edge).encode("utf-8", "replace")
    return _function(format)(report).encode("utf-8", "replace")


def _language(report: Report) -> str:
    """The language a report is in; "" for that of the run."""
    return str(getattr(report, "lang", ""))


def _function(format: str) -> Callable[[Report], str]:
    if format not in FORMATS:
        raise WrongUsage(
            _("There is no format {name}").format(name=format),
            field="format",
            value=format,
            hint=_("Formats: {names}").format(names=" ".join(FORMATS)),
        )
    module, function = FORMATS[format]
    found: Callable[[Report], str] = getattr(import_module(f"zaoyuan_cli.render.{module}"), function)
    return found
