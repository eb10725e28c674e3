"""Which characters the papers can draw: those of Noto Sans SC and Noto Serif SC, the fonts they are set in.

glyphs.txt holds what both have, as ranges of code points; tests/make_glyphs.py makes it from the fonts.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path
from unicodedata import category

_UNSEEN = range(0xFE00, 0xFE10)  # variation selectors: which form of the character before them, no sign of their own


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    words = Path(__file__).with_name("glyphs.txt").read_text(encoding="ascii").split()
    ends = (word.split("-") for word in words)
    return tuple((int(one[0], 16), int(one[-1], 16)) for one in ends)


def undrawn(text: str) -> str:
    """The characters of a text that would be an empty box on paper, each once: 𠮷 of 王𠮷."""
    return "" if text.isascii() else "".join(dict.fromkeys(char for char in text if not _is_drawn(char)))


@cache
def _is_drawn(char: str) -> bool:
    code = ord(char)
    place = bisect_right(_ranges(), (code, 0x10FFFF)) - 1
    if place >= 0 and code <= _ranges()[place][1]:
        return True
    return code in _UNSEEN or category(char) in ("Zs", "Zl", "Zp", "Cc", "Cf")
