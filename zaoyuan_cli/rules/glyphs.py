"""Which characters of a name the papers can draw: those of Noto Sans SC and Noto Serif SC, the fonts they are set in.

glyphs.txt holds the ideographs both have, as ranges of code points; tests/make_glyphs.py makes it from the fonts.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

_BLOCKS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))  # the ideographs; what else there is, is not judged


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    words = Path(__file__).with_name("glyphs.txt").read_text(encoding="ascii").split()
    ends = (word.split("-") for word in words)
    return tuple((int(one[0], 16), int(one[-1], 16)) for one in ends)


def undrawn(text: str) -> str:
    """The characters of a text that would be an empty box on paper, each once: 𠮷 of 王𠮷."""
    return "".join(dict.fromkeys(char for char in text if not _is_drawn(ord(char))))


def _is_drawn(code: int) -> bool:
    if not any(first <= code <= last for first, last in _BLOCKS):
        return True
    place = bisect_right(_ranges(), (code, 0x10FFFF)) - 1
    return place >= 0 and code <= _ranges()[place][1]
