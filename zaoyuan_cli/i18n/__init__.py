"""The words of the interface: English in the source, Chinese from the catalogue.

`_("…{name}…").format(name=…)` looks a sentence up when it is said, in the language of the run; `N_("…")` only marks it.
The catalogue zh.mo is compiled from zh/*.po by build.py. The lowest layer: standard library only.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("en", "zh")
_chosen = ""


def set_language(option: str = "", configured: str = "") -> None:
    """Decide the language of the run: the option, else ZAOYUAN_LANG, else the settings', else the system's."""
    global _chosen
    _chosen = _known(option) or _known(os.environ.get("ZAOYUAN_LANG", "")) or _known(configured)


def language() -> str:
    """The language of the run: "en" or "zh"."""
    return _chosen or _known(os.environ.get("ZAOYUAN_LANG", "")) or _of_system()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Meanwhile speak another language ("" for the same): a paper of the book is in the language of the book."""
    global _chosen
    before, _chosen = _chosen, _known(lang) or _chosen
    try:
        yield
    finally:
        _chosen = before


def _(text: str) -> str:
    """The sentence in the language of the run."""
    return _catalogue(language()).find(text.encode()) or text if text else ""


def _n(one: str, many: str, count: int) -> str:
    """The sentence for one or for many, in the language of the run; the count is filled in by the caller."""
    found = _catalogue(language()).find(f"{one}\0{many}".encode())
    return found or (one if count == 1 else many)


def N_(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated when shown."""
    return text


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other: with a blank between them, in Chinese without."""
    return ("" if language() == "zh" else " ").join(sentences)


def series(words: Iterable[str]) -> str:
    """A, B, C; in Chinese A、B、C."""
    return ("、" if language() == "zh" else ", ").join(words)


def full_width(text: str) -> str:
    """Text as Chinese is set: a half-width mark between two Chinese signs is full-width, every other one as it was, so
    that 1,000.50 and A,B stay."""
    return re.sub(_MARKED, lambda found: chr(ord(found[0]) + 0xFEE0), text)


_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u2018-\u201d\uff08\uff09\uff0c"
_MARKED = f"(?<=[{_HAN}])[,;:?!](?=[{_HAN}])"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: "date") -> str:
    """A day as an office writes it in a sentence: 6 June 2022, 2022年6月6日."""
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(day: "date") -> str:
    """Monday, 星期一."""
    if language() == "zh":
        return f"星期{'一二三四五六日'[day.weekday()]}"
    return _DAYS[day.weekday()]


def sample(line: str) -> str:
    """A command line to be filled in by a person: its words in capitals (NAME, FILE) in the language of the run."""
    return re.sub(r"\b[A-Z]{2,}\b", lambda found: _(found[0]), line)


def _known(name: str) -> str:
    """zh for zh, zh_CN.UTF-8, zh-Hans …; en likewise; "" for no statement."""
    return next((known for known in LANGUAGES if name.lower().startswith(known)), "")


def _of_system() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return _known(value) or "en"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04:  # the primary language Chinese
            return "zh"
    return "en"


class Catalogue:
    """A compiled catalogue (gettext's .mo), searched where it lies: reading it whole costs more than a run's few words.
    Chinese has one plural form, so what is found is the sentence for every count."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.count, self.sources, self.targets = unpack_from("<3I", data, 8) if data else (0, 0, 0)

    def find(self, source: bytes) -> str:
        """The sentence of a source sentence; "" where there is none. The sources stand sorted."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            here = self._at(self.sources, middle)
            if here == source:
                return self._at(self.targets, middle).decode()
            low, high = (middle + 1, high) if here < source else (low, middle)
        return ""

    def _at(self, table: int, n: int) -> bytes:
        length, place = unpack_from("<2I", self.data, table + 8 * n)
        return self.data[place : place + length]


@cache
def _catalogue(language: str) -> Catalogue:
    compiled = Path(__file__).with_name(f"{language}.mo")
    return Catalogue(compiled.read_bytes() if language != "en" and compiled.is_file() else b"")
