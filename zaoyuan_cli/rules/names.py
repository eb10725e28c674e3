"""Finding a person by what the treasurer types, and hiding one from what the wall shows (R-81).

`initials` of a person are stored with the name: for each character the first letters of all its readings, joined by
spaces: 曾桂兰 → "cz g l". A reading that a later dictionary drops stays findable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum

# 单于 and 第五 are left out: 单 and 第 are surnames too, and a mask rather hides too much.
_COMPOUND = (
    "欧阳 上官 司马 诸葛 司徒 司空 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 东方 西门 南宫 独孤 端木 轩辕 百里 呼延 "
    "澹台 申屠 太史 公冶 宗政 濮阳 淳于 鲜于 钟离 闾丘 万俟 闻人 赫连 纳兰 拓跋 完颜 耶律 东郭 公羊 左丘"
)

_FIRM = re.compile(
    r".*(公司|集团|店|厂|局|银行|中心|超市|市场|商行|经营部|门市部|服务部|服务站|供电所|派出所|事务所|合作社|"
    r"协会|学校|大学|医院|委员会|办事处|街道办|居委会|社区|物业)|.*(国网|电网|电信|移动|联通|铁塔)"
    r"|.*\b(co|ltd|llc|inc|gmbh|company|shop|bank|bureau)\.?",
    re.IGNORECASE,
)
"""Endings that no person's name has."""


class Match(IntEnum):
    """How well a person fits what was typed; the greater the better, NONE is false."""

    NONE = 0
    PHONE = 1
    PART = 2
    INITIALS = 3
    PREFIX = 4
    EXACT = 5


def initials(readings: Iterable[Iterable[str]]) -> str:
    """The stored initials of the readings of each character, as pypinyin's `pinyin(name, heteronym=True)` gives them.

    Accents fall away; what has no letter or digit (·, spaces) falls out.
    """
    letters = ("".join(sorted({_first(reading) for reading in character})) for character in readings)
    return " ".join(filter(None, letters))


def _first(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading.strip()).casefold()
    return plain[0] if plain and plain[0].isascii() and plain[0].isalnum() else ""


def rank(query: str, name: str, readings: str = "", phone_tail: str = "") -> Match:
    """How a query finds a person: exact name > start of the name > initials > part of the name > end of the phone.

    readings: as `initials` stored them; a query of letters fits if each is among the readings of its character, from
    the first on (wg and wgl find 王桂兰). phone_tail: the last four digits, and the query must be all four.
    """
    asked, called = _folded(query), _folded(name)
    if not asked:
        return Match.NONE
    if asked == called:
        return Match.EXACT
    if called.startswith(asked):
        return Match.PREFIX
    if _fits_initials(asked, readings):
        return Match.INITIALS
    if asked in called:
        return Match.PART
    if len(asked) == 4 and asked.isdecimal() and asked == phone_tail[-4:]:
        return Match.PHONE
    return Match.NONE


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _fits_initials(asked: str, readings: str) -> bool:
    characters = readings.split()
    return len(asked) <= len(characters) and all(
        letter in letters for letter, letters in zip(asked, characters, strict=False)
    )


def is_firm(name: str) -> bool:
    """Does a name say that it is a firm, shop or authority, which no law hides? In doubt it is a person."""
    return bool(_FIRM.fullmatch(name.strip()))


def mask_name(name: str) -> str:
    """R-81: surname, then a star for each character: 张三 → 张*, 欧阳小明 → 欧阳**; Latin words one letter."""
    name = name.strip()
    if not name:
        return ""
    if name[0].isascii():
        return " ".join(word[0] + "***" for word in name.split())
    kept = 2 if len(name) > 2 and name[:2] in _COMPOUND.split() else 1
    return "*" if len(name) == 1 else name[:kept] + "".join(char if char == "·" else "*" for char in name[kept:])


def mask_phone(phone: str) -> str:
    """R-81: 13812341234 → 138****1234; a shorter number shows its last two digits, a very short one nothing."""
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", phone))
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * (len(digits) - 2) + digits[-2:] if len(digits) >= 7 else "*" * len(digits)
