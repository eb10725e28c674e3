"""--since, --until, --sort and --limit, the same for every list."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.commands import options
from zaoyuan_cli.errors import Unreadable, WrongUsage
from zaoyuan_cli.i18n import _, series

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.reports import Listing


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


def arranged(listing: Listing, sort: str = "", limit: int = 0) -> Listing:
    """The list sorted by a column, as headed or by its key ("-" before it: the other way round), and cut to the first
    so many rows; totals stay those of all. What has no value comes last. Unreadable: there is no such column, or the
    limit is below zero."""
    if limit < 0:
        raise Unreadable(_("A limit is not below zero: {n}").format(n=limit), field="limit", value=limit)
    rows = listing.rows
    if sort and rows:
        key = _key(listing, sort)
        empty = [row for row in rows if row[key] in (None, "")]
        full = [row for row in rows if row[key] not in (None, "")]
        rows = sorted(full, key=lambda row: _rank(row[key]), reverse=sort.startswith("-")) + empty
    return listing._replace(rows=rows[:limit] if limit else rows)


def _key(listing: Listing, sort: str) -> str:
    """The key of what is sorted by: of a row, or of the column so headed in the language of the run."""
    first, wanted = listing.rows[0], _folded(sort.removeprefix("-"))
    columns = [column for column in listing.columns if column.key in first]
    if wanted in first:
        return wanted
    for heading in (lambda column: _(column.heading), lambda column: column.heading):
        for column in columns:
            if wanted in (_folded(heading(column)), _folded(re.split(r"[(（]", heading(column))[0])):
                return column.key
    headings = [_(column.heading) for column in columns]
    raise Unreadable(
        _("The list cannot be sorted by “{key}”.").format(key=sort),
        field="sort",
        value=sort,
        candidates=[{"key": column.key, "label": name} for column, name in zip(columns, headings, strict=True)],
        hint=_("There are: {choices}").format(choices=series(headings)),
    )


def _folded(text: str) -> str:
    """A heading as it is compared: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _rank(value: object) -> tuple[tuple[bool, int, str], ...]:
    """Text with its figures as numbers, so that 3-2-501 comes before 3-10-101; amounts by size."""
    if isinstance(value, int):
        return ((False, int(value), ""),)
    parts = re.findall(r"([0-9]+)|([^0-9]+)", str(value))
    return tuple((not figures, int(figures or 0), text) for figures, text in parts)
