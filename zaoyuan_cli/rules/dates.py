"""Days as people say them, and periods of an account."""

from __future__ import annotations

import re
from datetime import date, timedelta

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numerals
from zaoyuan_cli.rules.text import normal

_AHEAD = 31  # days a month and day without a year may lie ahead
_YEARS = range(1900, 2200)

_NEAR = {
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "前日": -2, "大前天": -3,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6} | {
    str(n): n - 1 for n in range(1, 8)
}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS = {"上上": -2, "上": -1, "last ": -1, "": 0, "本": 0, "这": 0, "this ": 0, "下": 1, "next ": 1}

_FIGURE = "[0-9]+|[零〇一二两三四五六七八九十]+"
_COUNTED = rf"({_FIGURE}) ?(天前|天后|days? ago)"
_CHINESE_WEEKDAY = r"(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])"
_ENGLISH_WEEKDAY = r"(last |this |next )?(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_CHINESE_DAY = rf"(?:(?:({_FIGURE})年)?({_FIGURE})月)?({_FIGURE})[日号]"
_FULL = r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})"
_MONTH_DAY = r"([0-9]{1,2})[-/.]([0-9]{1,2})"


def parse(text: str, today: date, field: str = "date") -> date:
    """The day of 2022-05-31, 2022.5.31, 20220531, 2022年5月31日, 5-31, 5月31日, 31日, 昨天, 3天前, 上周三, 周一.

    A week runs from Monday to Sunday: 周一 is of this week, 上周三 of the last. 31日 is of this month. A month and day
    without a year is of this year, or of the last if that is more than 31 days ahead. The caller shows the full date.
    Raises Unreadable, saying of a day that does not exist that it does not.
    """
    seen = normal(text).lower()
    if seen in _NEAR:
        return today + timedelta(days=_NEAR[seen])
    if match := re.fullmatch(_COUNTED, seen):
        return _counted(match, text, today, field)
    weekday = _weekday(seen, today)
    if weekday:
        return weekday
    return _numbered(seen, text, today, field)


def deadline(text: str, today: date, field: str = "due") -> date:
    """A day that something is due: as `parse` reads it, but a month and day without a year is the next one to come."""
    day, seen = parse(text, today, field), normal(text).lower()
    chinese = re.fullmatch(_CHINESE_DAY, seen)
    if not re.fullmatch(_MONTH_DAY, seen) and not (chinese and chinese.group(2) and not chinese.group(1)):
        return day
    passed = (day.month, day.day) < (today.month, today.day)
    return _existing(today.year + passed, day.month, day.day, text, field)


def _counted(match: re.Match[str], text: str, today: date, field: str) -> date:
    """3天前, 十天后, 2 days ago."""
    number = _number(match.group(1))
    if number is None or number > 3660:
        raise _unreadable(text, field)
    return today + timedelta(days=number if match.group(2) == "天后" else -number)


def _weekday(seen: str, today: date) -> date | None:
    """上周三, 周一, 星期天, last wednesday; None if it is no day of the week."""
    if match := re.fullmatch(_CHINESE_WEEKDAY, seen):
        day = _WEEKDAYS[match.group(2)]
    elif match := re.fullmatch(_ENGLISH_WEEKDAY, seen):
        day = _ENGLISH_DAYS.index(match.group(2)[:3])
    else:
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * _WEEKS[match.group(1) or ""] + day)


def _numbered(seen: str, text: str, today: date, field: str) -> date:
    """A day given by figures, with or without its year and month."""
    year: int | None = None
    month: int | None = today.month
    day: int | None
    if match := re.fullmatch(_FULL, seen):
        year, month, day = (int(part) for part in (match.group(1, 3, 4) if match.group(1) else match.group(5, 6, 7)))
    elif match := re.fullmatch(_MONTH_DAY, seen):
        month, day = int(match.group(1)), int(match.group(2))
    elif match := re.fullmatch(_CHINESE_DAY, seen):
        day = _number(match.group(3))
        if match.group(2) is None:
            return _existing(today.year, today.month, day, text, field)
        month = _number(match.group(2))
        year = _number(match.group(1)) if match.group(1) else None
        if match.group(1) and year not in _YEARS:  # 22年 says no century
            raise _unreadable(text, field)
    else:
        raise _unreadable(text, field)
    if year is None and month is not None and day is not None:
        year = _nearest_year(month, day, today)
    return _existing(year, month, day, text, field)


def _nearest_year(month: int, day: int, today: date) -> int:
    """This year, or the last if the day of this year lies more than 31 days ahead."""
    limit = today + timedelta(days=_AHEAD)
    return today.year - 1 if (today.year, month, day) > (limit.year, limit.month, limit.day) else today.year


def _existing(year: int | None, month: int | None, day: int | None, text: str, field: str) -> date:
    if year is None or month is None or day is None or year not in _YEARS:
        raise _unreadable(text, field)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(
            _("There is no such day: {value} ({year}-{month:02d}-{day:02d})").format(
                value=text, year=year, month=month, day=day
            ),
            field=field,
            value=text,
            hint=_("Write for example 2022-05-31, 5-31, 31日, 昨天 or 上周三."),
        ) from None


def _number(text: str) -> int | None:
    """5, 五, 三十一, 二〇二二."""
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    number = numerals.value(text)
    return numerals.figures(text) if number is None else number


def _unreadable(text: str, field: str) -> Unreadable:
    return Unreadable(
        _("This is no date: {value}").format(value=text),
        field=field,
        value=text,
        hint=_("Write for example 2022-05-31, 5-31, 31日, 昨天 or 上周三."),
    )


def years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


# ---- periods -------------------------------------------------------------------------------------------------------

_PERIOD = (
    rf"(?:(?P<year>[0-9]{{4}})年?|(?P<written>{_FIGURE})年)?"
    rf"(?:[-/. ]?(?:q(?P<q>[1-4])|第?(?P<quarter>[一二三四1-4])季度?)|[-/.]?(?P<month>{_FIGURE})(?P<mark>月份?)?)?"
)
_RELATIVE = {"今年": (12, 0), "本年": (12, 0), "去年": (12, -1)} | {
    before + between + called: (months, ago)
    for called, months in (("月", 1), ("季", 3), ("季度", 3))
    for before, ago in (("本", 0), ("这", 0), ("上", -1))
    for between in ("", "个")
}
"""How many months, and how many such periods from the one that runs."""


def period(text: str, today: date | None = None, field: str = "period") -> tuple[date, date]:
    """The first and last day of 2022, 2022-05 (2022年5月), 2022-Q2 (2022年第二季度); on a day also of 五月, 二季度,
    上月, 本季度: without a year it is the last that has begun. Raises Unreadable."""
    seen = normal(text).lower()
    if today and (near := _RELATIVE.get(seen)):
        months, ago = near
        return _months((today.year * 12 + today.month - 1) // months * months + ago * months, months)
    match = re.fullmatch(_PERIOD, seen)
    if not match or not seen:
        raise _no_period(text, field)
    year, months, nth = _parts(match)
    if year is None and today and (match.group("mark") or not match.group("month")):
        year = today.year - ((nth - 1) * months >= today.month)
    if year is None or year not in _YEARS or not 1 <= nth <= 12 // months:
        raise _no_period(text, field)
    return _months(year * 12 + (nth - 1) * months, months)


def _parts(match: re.Match[str]) -> tuple[int | None, int, int]:
    """Of a period as written the year, how many months it has, and which of the year it is (0: unreadable)."""
    written = match.group("year") or match.group("written")
    year = _number(written) if written else None
    if quarter := match.group("q") or match.group("quarter"):
        return year, 3, _number(quarter) or 0
    if month := match.group("month"):
        return year, 1, _number(month) or 0
    return year, 12, 1


def _months(first: int, count: int) -> tuple[date, date]:
    """The first and last day of so many months; `first` counts them from the year 0."""
    after = first + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def period_text(first: date, last: date) -> str:
    """How a period is written: 2022, 2022-Q2, 2022-05; the key of a closed one. Raises ValueError for other spans."""
    for text in (f"{first:%Y}", f"{first:%Y}-Q{(first.month + 2) // 3}", f"{first:%Y-%m}"):
        if period(text) == (first, last):
            return text
    raise ValueError(f"{first} to {last} is no year, quarter or month")


def period_like(period: str, day: date) -> str:
    """The year, quarter or month that a day is in, whichever the period is: of 2022-Q1 and 2022-05-31, 2022-Q2."""
    if "Q" in period:
        return f"{day:%Y}-Q{(day.month + 2) // 3}"
    return f"{day:%Y-%m}" if "-" in period else f"{day:%Y}"


def _no_period(text: str, field: str) -> Unreadable:
    return Unreadable(
        _("This is no period: {value}").format(value=text),
        field=field,
        value=text,
        hint=_("Write a year, a quarter or a month: 2022, 2022-Q2, 2022-05."),
    )


def months(first: str, last: str) -> list[str]:
    """Every month from one to another, both included: 2021-12, 2022-01."""
    (year, month), end = map(int, first.split("-")), tuple(map(int, last.split("-")))
    found = []
    while (year, month) <= end:
        found.append(f"{year}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
