"""Filled sheets: a list of slips as somebody typed it into a spreadsheet, one voter a line: 编号 or 房号, 意见."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal

from .sheets import Row, Sheet, text_of

NAMES = {
    "paper": ("编号", "票号", "票编号", "表决票编号", "序列号", "paper", "no", "no."),
    "room": ("房号", "房间号", "坐落", "房屋坐落", "门牌号", "户号", "room"),
    "choice": ("意见", "表决意见", "表决", "选择", "投票", "choice", "vote"),
    "for": ("赞成", "同意", "for"), "against": ("反对", "不同意", "against"), "abstain": ("弃权", "abstain"),
    "proxy": ("代理人", "受托人", "代签人", "proxy"), "received": ("收回日期", "收回时间", "日期", "received"),
    "note": ("备注", "说明", "note"),
}  # fmt: skip
_ABOVE = 30  # a heading stands within so many lines
_MARKED = re.compile(r"[-—\s0×✗xX否]*")  # an empty box


class Line(NamedTuple):
    """A line: its number in the file, who by paper number or room, a choice a question as typed ("" where nothing
    stands), who signed, when it came, a note."""

    line: int
    paper: str
    room: str
    choices: tuple[str, ...]
    proxy: str
    received: str
    note: str


class Filled(NamedTuple):
    """What a sheet holds: which heading was taken for what (of boxes: all of them), its lines, and those without any
    choice (not returned)."""

    columns: dict[str, str]
    lines: tuple[Line, ...]
    empty: tuple[int, ...]


def read(found: Sequence[Sheet], asked: Sequence[str]) -> Filled:
    """The slips of the first sheet that has them. Raises Unreadable: no sheet names papers or rooms and choices."""
    for one in found:
        for n, row in enumerate(one.rows[:_ABOVE]):
            places = _places(tuple(text_of(cell) for cell in row.cells), asked)
            if places:
                return _read(one.rows[n + 1 :], tuple(map(text_of, row.cells)), *places)
    raise Unreadable(
        _("No line names the columns: a paper number or a room, and a choice for each question."), field="file",
        hint=_("Headings may be: {choices}").format(choices=" ".join(("编号", "房号", "意见", *asked))),
    )  # fmt: skip


def _places(heading: Sequence[str], asked: Sequence[str]) -> tuple[dict[str, int], list[dict[str, int]]] | None:
    """(the columns of a voter, for each question those of its choice: "choice", or one for each box)."""
    folded = [re.sub(r"[\s:：*]", "", normal(text)).lower() for text in heading]
    who = {
        field: place
        for field in ("paper", "room", "proxy", "received", "note")
        for place, text in enumerate(folded)
        if text in NAMES[field]
    }
    if "paper" not in who and "room" not in who:
        return None
    questions = [_choice(folded, n, text, len(asked)) for n, text in enumerate(asked, 1)]
    return (who, questions) if all(questions) else None


def _choice(folded: Sequence[str], n: int, text: str, count: int) -> dict[str, int]:
    names = {re.sub(r"\s", "", normal(text)).lower(), f"问题{n}", f"议题{n}", f"意见{n}", f"第{n}项", f"question{n}"}
    if count == 1:
        names |= set(NAMES["choice"])
    for place, one in enumerate(folded):
        if one in names:
            return {"choice": place}
    boxes = {
        choice: place
        for choice in ("for", "against", "abstain")
        for place, one in enumerate(folded)
        if count == 1 and one in NAMES[choice]
    }
    return boxes if {"for", "against"} <= boxes.keys() else {}


def _read(
    rows: Sequence[Row], heading: Sequence[str], who: dict[str, int], questions: list[dict[str, int]]
) -> Filled:  # fmt: skip
    lines, empty = [], []
    for row in rows:
        texts = [text_of(cell) for cell in row.cells]

        def cell(place: int | None, texts: list[str] = texts) -> str:
            return texts[place] if place is not None and place < len(texts) else ""

        paper, room = cell(who.get("paper")), cell(who.get("room"))
        choices = tuple(_said({choice: cell(place) for choice, place in of.items()}) for of in questions)
        if not (paper or room):
            continue
        if not any(choices):
            empty.append(row.line)
            continue
        lines.append(
            Line(row.line, paper, room, choices, cell(who.get("proxy")), cell(who.get("received")),
                 cell(who.get("note")))
        )  # fmt: skip
    taken = {field: heading[place] for field, place in who.items()}
    for n, of in enumerate(questions, 1):
        taken[f"question{n}"] = "、".join(heading[place] for place in of.values())
    return Filled(taken, tuple(lines), tuple(empty))


def _said(boxes: dict[str, str]) -> str:
    """The choice in a cell, or of the box that is marked; two marks are none that counts."""
    if "choice" in boxes:
        return boxes["choice"]
    marked = [choice for choice, text in boxes.items() if not _MARKED.fullmatch(text)]
    return "invalid" if len(marked) > 1 else marked[0] if marked else ""
