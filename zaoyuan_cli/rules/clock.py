"""Times of day as they are typed: 19:30, 19点半, 晚上7点半, 7:30pm. Kept as 19:30."""

from __future__ import annotations

import re

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numerals
from zaoyuan_cli.rules.text import normal

_PARTS = {
    "凌晨": (0, 6), "清晨": (4, 10), "早晨": (5, 10), "早上": (5, 10), "上午": (6, 13), "中午": (11, 14),
    "下午": (12, 19), "傍晚": (16, 21), "晚上": (17, 24), "晚": (17, 24), "夜里": (18, 24), "am": (0, 12),
    "pm": (12, 24),
}  # fmt: skip
"""A part of the day: the hours it may mean, from the first to before the last."""
_NUMBER = f"[0-9]{{1,2}}|[{numerals.ALPHABET}]{{1,3}}"
_CLOCK = re.compile(
    rf"(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})?"
    rf"(?P<hour>{_NUMBER})(?:[:时点](?:(?P<minute>{_NUMBER})分?|(?P<quarter>半|一刻|三刻)|整|钟)?)?"
    r"(?P<end>am|pm)?"
)
_QUARTERS = {"半": 30, "一刻": 15, "三刻": 45}


def read(text: str, field: str) -> str:
    """A time of day as HH:MM: 19:30, 20点, 8时5分, 19点半, 晚上7点半, 下午3点, 7:30pm. An hour whose part of the day is
    not said is one of 24. Raises Unreadable for what is none, such as 25:00, 晚上9 or 上午8点pm."""
    found = _CLOCK.fullmatch(re.sub(r"\s|(?<=[ap])\.(?=m)|(?<=m)\.$", "", normal(text).lower()))
    if found and bool(found["part"]) + bool(found["end"]) < 2:
        part = found["part"] or found["end"]
        hour = _hour(_figure(found["hour"]), part)
        minute = _QUARTERS[found["quarter"]] if found["quarter"] else _figure(found["minute"] or "0")
        if hour is not None and minute is not None and minute < 60 and (found["end"] or not _bare(found)):
            return f"{hour:02d}:{minute:02d}"
    said = _("This is no time of day: {value}")
    raise Unreadable(said.format(value=text), field=field, value=text, hint=_("Write for example 19:30."))


def _bare(found: re.Match[str]) -> bool:
    """Is it a number with nothing behind it, which could be anything?"""
    return found.end("hour") == found.end()


def _figure(text: str) -> int | None:
    return int(text) if text.isdecimal() else numerals.value(text.lstrip("零〇") or "零")


def _hour(said: int | None, part: str | None) -> int | None:
    """The hour of 24 that is meant; None where a part of the day has none of that number."""
    if said is None or said > 23:
        return None
    if not part:
        return said
    first, last = _PARTS[part]
    meant = {said % 12, said % 12 + 12} if said <= 12 else {said}
    return next((hour for hour in sorted(meant) if first <= hour < last), None)
