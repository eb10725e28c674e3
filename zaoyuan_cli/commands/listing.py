"""--since, --until, --sort and --limit, the same for every list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from zaoyuan_cli.commands import options
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

Row = TypeVar("Row", bound=Mapping[str, object])


def days(desk: Desk, since: str, until: str) -> tuple[date | None, date | None]:
    """The first and last day of what is listed: nothing after --as-of ever is. Unreadable, WrongUsage."""
    first, last = span(desk, since, until)
    return first, min((day for day in (last, desk.as_of) if day), default=None)


def span(desk: Desk, since: str, until: str) -> tuple[date | None, date | None]:
    """The days of --since and --until. Unreadable; WrongUsage where the first is after the last."""
    first, last = options.day_or_none(desk, since, "since"), options.day_or_none(desk, until, "until")
    if first and last and first > last:
        raise WrongUsage(_("{since} is after {until}.").format(since=first, until=last), field="since", value=since)
    return first, last


def arranged(rows: Sequence[Row], sort: str = "", limit: int = 0) -> list[Row]:
    """The rows sorted by a key ("-key" the other way round) and cut to the first so many; totals stay those of all.
    What has no value comes last. Unreadable: there is no such key, or the limit is below zero."""
    if limit < 0:
        raise Unreadable(_("A limit is not below zero: {n}").format(n=limit), field="limit", value=limit)
    key = sort.lstrip("-")
    if sort and rows and key not in rows[0]:
        raise Unreadable(
            _("The list cannot be sorted by “{key}”.").format(key=sort),
            field="sort",
            value=sort,
            candidates=[{"key": name, "label": name} for name in rows[0]],
            hint=_("There are: {choices}").format(choices=" ".join(rows[0])),
        )
    if sort:
        empty = [row for row in rows if row[key] in (None, "")]
        full = [row for row in rows if row[key] not in (None, "")]
        rows = sorted(full, key=lambda row: _rank(row[key]), reverse=sort.startswith("-")) + empty
    return list(rows[:limit] if limit else rows)


def _rank(value: object) -> tuple[tuple[bool, int, str], ...]:
    """Text with its figures as numbers, so that 3-2-501 comes before 3-10-101; amounts by size."""
    if isinstance(value, int):
        return ((False, int(value), ""),)
    parts = re.findall(r"([0-9]+)|([^0-9]+)", str(value))
    return tuple((not figures, int(figures or 0), text) for figures, text in parts)
