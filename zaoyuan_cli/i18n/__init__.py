"""The words of the interface: English in the source, Chinese from the catalogue.

`_("…{name}…").format(name=…)` looks a sentence up when it is said, in the language of the run; `N_("…")` only marks it.
The catalogue zh.mo is compiled from zh/*.po by build.py. The lowest layer: standard library only.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LANGUAGES = ("en", "zh")
_chosen = ""


def set_language(option: str = "", configured: str = "") -> None:
    """Decide the language of the run: the option, else ZAOYUAN_LANG, else the settings', else the system's."""
    global _chosen
    _chosen = _known(option) or _known(os.environ.get("ZAOYUAN_LANG", "")) or _known(configured)


def language() -> str:
    """The language of the run: "en" or "zh"."""
    return _chosen or _known(os.environ.get("ZAOYUAN_LANG", "")) or _of_system()


def _(text: str) -> str:
    """The sentence in the language of the run."""
    return _catalogue(language()).gettext(text) if text else ""


def _n(one: str, many: str, count: int) -> str:
    """The sentence for one or for many, in the language of the run; the count is filled in by the caller."""
    return _catalogue(language()).ngettext(one, many, count)


def N_(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated when shown."""
    return text


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


@cache
def _catalogue(language: str) -> NullTranslations:
    compiled = Path(__file__).with_name(f"{language}.mo")
    if language == "en" or not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)
