"""Telephone numbers as they are stored: figures only, so that the same number is the same however it was typed."""

from __future__ import annotations

import re

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal, refuse_identity

_BETWEEN = re.compile(r"[\s\-()/.]+")
_SHORTEST, _LONGEST = 7, 15  # a local number; the longest there is (E.164)


def parse_phone(text: str, field: str = "phone") -> str:
    """The figures of 138 1234 1234, +86-13812341234, 029-8123 4567; "" of nothing. Raises Unreadable."""
    seen = _BETWEEN.sub("", normal(text))
    if not seen:
        return ""
    refuse_identity(text, field)
    figures = seen.removeprefix("+")
    if figures.startswith("86") and len(figures) == 13:
        figures = figures[2:]
    if not (figures.isascii() and figures.isdecimal() and _SHORTEST <= len(figures) <= _LONGEST):
        raise Unreadable(
            _("This is no telephone number: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("Write it like 13812341234 or 029-81234567."),
        )
    return figures
