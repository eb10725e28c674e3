"""What fits a narrow screen: which columns stay and how wide, and where a text may be broken.

Rooms, dates, amounts and numbers are never cut: 12-10-240 is another household than 12-10-2401. So columns go whole,
the highest priority first, and when even the others do not fit there is no table but cards.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from zaoyuan_cli.document import Column
from zaoyuan_cli.render.cells import FOLDED, width

GAP = 2
NAME = 8
"""A name or a word is not folded narrower than this: four characters."""
NOTE = 16
"""Nor a note than this, while a column of lower worth can go."""

_PIECES = re.compile(r"[!-~]+|\s+|[（《「『【〔]*.[，。、；：！？）》」』】〕…—]*", re.DOTALL)
"""What is not torn apart: a run of letters and digits, a character with the punctuation that belongs to it."""


_WORDS = re.compile("[A-Za-z]+")
_MARKS = ("√ ", "! ")
_NAMED = re.compile(r"  +\S.*?   +(?=\S)")
"""In a list: a name, three blanks, and what it means follows."""


class Plan(NamedTuple):
    """The columns that stay (by place) with their widths, and those left out."""

    kept: list[int]
    widths: list[int]
    dropped: list[int]


def plan(columns: Sequence[Column], natural: Sequence[int], screen: int, words: Sequence[int] = ()) -> Plan | None:
    """How a table fits the screen; None: it does not. natural: what each column needs to stand unbroken; words: the
    longest of its words."""
    kept = list(range(len(columns)))
    longest = words or [0] * len(columns)
    least = [_least(*of) for of in zip(columns, natural, longest, strict=True)]
    dropped: list[int] = []
    while sum(least[at] for at in kept) + GAP * (len(kept) - 1) > screen:
        worst = max(kept, key=lambda at: (columns[at].priority, at), default=None)
        if worst is None or columns[worst].priority == 0:
            return None
        kept.remove(worst)
        dropped.append(worst)
    spare = screen - GAP * (len(kept) - 1) - sum(least[at] for at in kept)
    widths = dict(zip(kept, (least[at] for at in kept), strict=True))
    for at in sorted(kept, key=lambda at: columns[at].flex):  # names get their room before notes do
        more = min(spare, natural[at] - least[at])
        widths[at] += more
        spare -= more
    return Plan(kept, [widths[at] for at in kept], sorted(dropped))


def _least(column: Column, natural: int, word: int) -> int:
    if column.kind not in FOLDED:
        return natural
    return min(natural, NOTE if column.flex else max(NAME, min(word, NOTE)))


def longest_word(text: str) -> int:
    """The cells of the longest run of letters: of a text that may be folded, but not torn."""
    return max((len(word) for word in _WORDS.findall(text)), default=0)


def fold(text: str, columns: int, tear: bool = False) -> list[str]:
    """The text in lines of that width. A single piece that is longer stays whole, unless it may be torn (in a cell)."""
    folded: list[str] = []
    current, taken = "", 0
    for piece in _PIECES.findall(text):
        size = width(piece)
        if taken and taken + size > columns:
            folded.append(current.rstrip())
            current, taken = "", 0
            if piece.isspace():
                continue
        while tear and taken + size > columns:
            head = _head(piece, columns)
            folded.append(head)
            piece = piece[len(head) :]
            size = width(piece)
        current, taken = current + piece, taken + size
    return [*folded, current.rstrip()] if current.strip() or not folded else folded


def hanging(text: str, columns: int) -> list[str]:
    """A line of text in lines of that width, the later ones below the beginning of the first: below what a name of a
    list means, below the words after a mark."""
    named = _NAMED.match(text)
    indent = width(named[0]) if named else 0
    if not indent or indent > columns // 2:
        indent = 2 if text.startswith(_MARKS) else len(text) - len(text.lstrip(" "))
        named = None
    if not indent or columns - indent < 2 * NAME:
        return fold(text, columns)
    head = named[0] if named else text[:indent]
    first, *others = fold(text[len(head) :], columns - indent)
    return [head + first, *(" " * indent + other for other in others)]


def _head(piece: str, columns: int) -> str:
    """As much of a piece as fits, at least one character."""
    end = 1
    while end < len(piece) and width(piece[: end + 1]) <= columns:
        end += 1
    return piece[:end]
