"""A line of minutes as it is typed in the meeting: a word at its start makes a record, anything else is speech."""

from __future__ import annotations

import re
from typing import NamedTuple

from zaoyuan_cli.rules.text import normal

WORDS = {
    "到": "present", "present": "present", "走": "left", "left": "left", "题": "item", "item": "item",
    "动": "motion", "motion": "motion", "决": "vote", "vote": "vote", "办": "task", "task": "task",
    "休": "break", "break": "break", "复": "resume", "resume": "resume", "改": "change", "change": "change",
    "撤": "undo", "undo": "undo", "看": "show", "show": "show", "完": "end", "end": "end",
}  # fmt: skip
"""What a line may begin with, and what it makes."""
ALONE = ("break", "resume", "undo", "show", "end")
"""Records that need nothing behind the word."""
_START = re.compile(r"([^\W\d_]+)(?:\s*[:：]\s*|\s+|$)(.*)", re.DOTALL)
_SPEECH = re.compile(r"([^:：,，。;；!！?？\d/]{1,16}?)\s*[:：]\s*(\S.*)", re.DOTALL)


class Typed(NamedTuple):
    """A line read: what it makes, who is named before the colon of a speech, the rest."""

    what: str
    who: str
    rest: str


def read(line: str) -> Typed:
    """Read a line: 到 王桂兰, 题 台阶高度, 王桂兰：台阶太高. A word that wants something behind it and stands alone
    makes its record all the same, with nothing behind it; a line without a colon is a note that nobody spoke."""
    text = " ".join(line.split())
    found = _START.fullmatch(text)
    word = normal(found.group(1)).lower() if found else ""
    if found and word in WORDS and not (WORDS[word] in ALONE and found.group(2)):
        return Typed(WORDS[word], "", found.group(2))
    spoken = _SPEECH.fullmatch(text)
    return Typed("speech", spoken.group(1), spoken.group(2)) if spoken else Typed("speech", "", text)


def counts(text: str) -> tuple[int, ...] | None:
    """The votes of 4 0 1: for, against, abstained, stepped aside; None where it is no such line."""
    pieces = re.split(r"[\s,，、/]+", normal(text))
    if not 1 <= len(pieces) <= 4 or not all(re.fullmatch("[0-9]{1,4}", piece) for piece in pieces):
        return None
    return tuple(int(piece) for piece in pieces) + (0,) * (4 - len(pieces))


def shared(text: str) -> bool:
    """Does it say that all were for it?"""
    return normal(text).lower() in ("一致", "一致同意", "全票", "all", "unanimous")
