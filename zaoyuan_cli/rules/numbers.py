"""The numbers people see: kind, device letter, year of issue, number (A2022-0084, EA2022-12, MA2022-3-2).

Gapless for each device letter and year. One letter before the year is a receipt's device, two are kind and device.
"""

import re
from collections.abc import Iterable
from string import ascii_uppercase
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal

_LETTERS = {
    "receipt": "", "refund": "", "expense": "E", "income": "I", "meeting": "M", "motion": "M", "decision": "D",
    "ballot": "B", "task": "T", "notice": "N", "handin": "H", "opinion": "O", "letter": "L",
    "seal": "S",
    "pledge": "G", "return": "K", "credit": "C",
    "repayment": "R",
    "deliberation": "X", "handover": "J",
}  # fmt: skip
UNDER = {"refund": "receipt", "motion": "meeting"}
"""Series that are numbered under the number of another."""


SERIES = tuple(_LETTERS)
"""Every series that gives out numbers."""

_YEAR = "(?:19|20|21)[0-9]{2}"
_COUNT = "[0-9]{1,6}"
_MISREAD = range(1900, 2200)  # a count in this range, without a year before it, is a year someone left alone


class Partial(NamedTuple):
    """A number as typed: None for what was left out. `sub` counts refunds of a receipt, motions of a meeting; `by` is
    the letter of the device that numbered a motion under another's meeting."""

    device: str | None
    year: int | None
    n: int
    sub: int | None = None
    by: str | None = None

    def fits(self, whole: "Partial") -> bool:
        """Does nothing of what was typed speak against that number?"""
        return (
            self.device in (None, whole.device)
            and self.year in (None, whole.year)
            and (self.n, self.sub) == (whole.n, whole.sub)
            and self.by in (None, whole.by)
        )


def format(series: str, device: str, year: int, n: int, sub: int | None = None, by: str = "") -> str:
    """The number in full; only receipts (and their refunds) are padded, to four digits. `by` is the device that numbers
    a motion under another's meeting, MA2022-3-B2, so that two laptops in one meeting never give the same number.

    Raises ValueError if a sub-number is missing or one too many, KeyError for no series.
    """
    letter = _LETTERS[series]
    if (series in UNDER) != (sub is not None):
        raise ValueError(f"{series}: sub-number {sub}")
    text = f"{letter}{device}{year}-{n}" if letter else f"{device}{year}-{n:04d}"
    return text if sub is None else f"{text}-{by}{sub}"


def split(number: str) -> tuple[str, int, int, int]:
    """(device letter, year, n, sub) of a number as recorded, by which numbers are put in order: A2022-0084-1,
    EA2022-12; sub is 0 where there is none, and so is the year of a person's id (pA17)."""
    if number.startswith("p"):
        return number[1], 0, int(number[2:]), 0
    label, n, *sub = number.split("-")
    return label[-5], int(label[-4:]), int(n), int(sub[0].lstrip(ascii_uppercase)) if sub else 0


def runs(texts: Iterable[str]) -> list[str]:
    """Numbers as people read them: three and more that follow each other are one word, KA2022-60…116 (57)."""
    found: list[list[str]] = []
    for text in texts:
        before = found[-1][-1] if found else ""
        head, _dash, n = text.rpartition("-")
        last = before.rpartition("-")
        follows = before.count("-") == text.count("-") == 1 and last[0] == head and int(n) == int(last[2]) + 1
        if follows:
            found[-1].append(text)
        else:
            found.append([text])
    return [
        word
        for run in found
        for word in (run if len(run) < 3 else [f"{run[0]}…{run[-1].rpartition('-')[2]} ({len(run)})"])
    ]


def numbered_by(number: str) -> str:
    """The letter of the device that numbered a motion under another's meeting; "" for every other number."""
    last = number.rpartition("-")[2]
    return last[:1] if last[:1].isalpha() else ""


def parse(text: str, series: str) -> Partial:
    """The number of a text of a known series: in full, or with letter and year left out.

    Meetings: MA2022-3, MA3, M3, 3; motions with their -2; receipts: A2022-0084, A2022-84, 84 (letter and year are left
    out together). Lower case and full width are read. Raises Unreadable; a number of another series is named as such.
    """
    seen = normal(text).upper()
    found = _read(seen, series)
    if found:
        return found
    other = series_of(text)
    name = kind_name(series)
    if other and other != series:
        message = _("{value} is the number of another kind ({other}), not of this one ({kind})").format(
            value=text, other=kind_name(other), kind=name
        )
    else:
        message = _("This is no number ({kind}): {value}").format(value=text, kind=name)
    raise Unreadable(
        message, field=series, value=text, hint=_("It is written {example}.").format(example=_example(series))
    )


def _read(seen: str, series: str) -> Partial | None:
    letter = _LETTERS[series]
    head = (
        f"(?:{letter}(?:(?P<device>[A-Z])(?:(?P<year>{_YEAR})-)?)?)?"
        if letter
        else f"(?:(?P<device>[A-Z])(?P<year>{_YEAR})-)?"
    )
    tail = f"-{'(?P<by>[A-Z])?' if series == 'motion' else ''}(?P<sub>{_COUNT})" if series in UNDER else ""
    match = re.fullmatch(f"{head}(?P<n>{_COUNT}){tail}", seen)
    if not match:
        return None
    device, year, n = match.group("device", "year", "n")
    sub = match.group("sub") if tail else None
    if not int(n) or (sub is not None and not int(sub)) or (sub is not None and not year and int(n) in _MISREAD):
        return None
    by = match.groupdict().get("by")
    return Partial(device, int(year) if year else None, int(n), int(sub) if sub is not None else None, by)


def series_of(text: str) -> str | None:
    """The series a text names, in full or short: A2022-0084 receipt, M3 meeting, M3-2 motion; None for a bare 84."""
    seen = normal(text).upper()
    if not seen[:1].isalpha():
        return None
    return next((series for series in SERIES if _read(seen, series)), None)


def kind_name(series: str) -> str:
    """The noun of a series in the language of the run."""
    return {
        "receipt": _("receipt"), "refund": _("refund"), "expense": _("expense"), "income": _("income"),
        "meeting": _("meeting"), "motion": _("motion"), "decision": _("decision"), "ballot": _("ballot"),
        "task": _("task"), "notice": _("notice"), "handin": _("hand-in"), "opinion": _("opinion"),
        "letter": _("letter"), "seal": _("seal"),
        "pledge": _("pledge"), "return": _("return"),
        "credit": _("use of credit"),
        "repayment": _("repayment"),
        "deliberation": _("deliberation"), "handover": _("hand-over"),
    }[series]  # fmt: skip


def _example(series: str) -> str:
    return format(series, "A", 2022, 84 if not _LETTERS[series] else 3, 1 if series in UNDER else None)
