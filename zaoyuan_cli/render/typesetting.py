"""Typst, which sets a paper: its fonts, the template papers/paper.typ, what it is handed."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Running
from zaoyuan_cli.errors import FileUnreadable
from zaoyuan_cli.i18n import _, sample

if TYPE_CHECKING:
    from typst import Fonts


_READ = 100
"""Slips that somebody may have read out; more go to a printer, and need not say what is a heading or a cell, which
takes six times the room."""


def _fonts() -> Fonts:
    """The two fonts and no others: a paper looks the same on every machine."""
    try:
        import pylopdf_fonts_zh_cn
        import typst
    except ImportError as missing:
        raise FileUnreadable(
            _("A PDF needs what is not installed here: {name}").format(name=missing.name),
            field="output",
            hint=_("As a web page it prints as well: {option}").format(option=sample("-o FILE.html")),
        ) from missing
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _template() -> bytes:
    return files("zaoyuan_cli").joinpath("papers", "paper.typ").read_bytes()


def _given(paper: dict[str, Any]) -> dict[str, str]:
    return {"paper": json.dumps(paper, ensure_ascii=False)}


def compiled(paper: dict[str, Any], edge: Running) -> bytes:
    """Raises RuntimeError for a warning: an unknown font would be one."""
    fonts = _fonts()
    import typst

    stamp = int(edge.moment.timestamp()) if edge.moment else 0
    made, warnings = typst.compile_with_warnings(
        _template(), format="pdf", font_paths=fonts, sys_inputs=_given(paper), timestamp=stamp,
        pdf_tags=not paper["slips"] or len(paper["parts"]) <= _READ,
    )  # fmt: skip
    if warnings:
        raise RuntimeError(f"the paper was set with a warning: {warnings[0]}")
    return made


def pages(paper: dict[str, Any]) -> int:
    """How many pages it takes."""
    fonts = _fonts()
    import typst

    found = typst.query(_template(), "<pages>", field="value", one=True, font_paths=fonts, sys_inputs=_given(paper))
    return int(json.loads(found))
