"""Chinese numerals, everyday and capital: 十二, 一千二百, 壹佰, 二〇二二."""

from __future__ import annotations

_DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("零〇○", "一壹", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = (("亿", 10**8), ("億", 10**8), ("万", 10**4), ("萬", 10**4))

ALPHABET = "".join(_DIGITS) + "".join(_UNITS)
"""The characters of a numeral below ten thousand, for patterns."""


def value(text: str) -> int | None:
    """The whole number a numeral says, or None where it says none or could say two (一千二: 1200 or 1002?)."""
    return _DIGITS.get(text) if text[:1] in ("零", "〇") else _value(text)


def _value(text: str) -> int | None:
    for sign, size in _SECTIONS:
        if sign in text:
            high, _, low = text.rpartition(sign)
            above = _value(high)
            below = _below_section(low, size)
            return above * size + below if above and below is not None else None
    return _below_ten_thousand(text)


def _below_section(low: str, size: int) -> int | None:
    """The part after 万 or 亿: nothing, or a numeral smaller than it whose place is said."""
    if not low:
        return 0
    if len(low) == 1:  # 一万二 may be 12000 or 10002
        return None
    rest = _value(low)
    return rest if rest and rest < size else None


def _below_ten_thousand(text: str) -> int | None:
    """一千零五, 二百一十, 十五, 零: units must fall, and a gap before the last digit must be said with 零."""
    if text in _DIGITS:
        return _DIGITS[text]
    total, previous, digit, gap = 0, 10_000, -1, False
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= previous or (digit < 0 and unit != 10):
                return None
            total += (digit if digit > 0 else 1) * unit
            previous, digit, gap = unit, -1, False
        elif char in _DIGITS and digit < 0:
            if _DIGITS[char]:
                digit = _DIGITS[char]
            elif gap:
                return None
            else:
                gap = True
        else:
            return None
    if digit < 0:
        return total if total and not gap else None
    return total + digit if gap or previous == 10 else None


def figures(text: str) -> int | None:
    """The number of figures read one by one, as in years and doors: 二〇二二, 五〇一; None if any is no figure."""
    if not text or any(char not in _DIGITS for char in text):
        return None
    return int("".join(str(_DIGITS[char]) for char in text))


def written(number: int) -> str:
    """A number from 1 to 99 as it stands before an item or in a share: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones or not tens else "")
