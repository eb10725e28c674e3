"""Finding a record by its number as typed: in full, or short where one fits (M3, D1, T7, 84)."""

import sqlite3
from collections.abc import Callable

from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.numbers import Partial
from zaoyuan_cli.rules.text import normal

from . import Book, naming

_LISTS = {
    "credit": "zaoyuan contribution uses",
    "pledge": "zaoyuan project pledges",
    "return": "zaoyuan project shares",
    "repayment": "zaoyuan expense repayments",
}  # where it is no NOUN list


def fitting(db: sqlite3.Connection, series: str, text: str) -> dict[str, bool]:
    """The numbers in full that a text can mean, and whether the record of each stands. Raises Unreadable."""
    asked = numbers.parse(text, series)
    rows = db.execute(
        "SELECT text, device, year, n, sub, max(stands) FROM number WHERE series = ? AND n = ?"
        " GROUP BY text ORDER BY year, device",
        [series, asked.n],
    ).fetchall()
    found = {row[0]: bool(row[5]) for row in rows if asked.fits(_whole(*row[:5]))}
    exact = normal(text).upper()
    return {exact: found[exact]} if exact in found else found


def _whole(text: str, device: str, year: int, n: int, sub: int) -> Partial:
    return Partial(device, year, n, sub or None, numbers.numbered_by(text) or None)


def pick(
    book: Book, series: str, text: str, *, undone: bool = False, label: Callable[[str], str] = lambda number: ""
) -> str:
    """The number in full of a record that stands, or of an undone one too; `label` tells several apart.
    Raises Unreadable, NotFound (naming an undone one as such), Ambiguous."""
    known = fitting(book.db, series, text)
    found = [number for number, stands in known.items() if stands or undone]
    if len(found) == 1:
        return found[0]
    if found:
        raise naming.several(text, series, [{"key": number, "label": label(number)} for number in found])
    kind = numbers.kind_name(series)
    said = _("There is no {kind} {number}.")
    if known:
        said, text = _("{kind} {number} was undone."), next(iter(known))
    raise NotFound(
        said.format(kind=kind, number=text),
        field=series,
        value=text,
        hint=_("See the list: {command}").format(command=_LISTS.get(series) or _list(series)),
    )


def _list(series: str) -> str:
    return f"zaoyuan {numbers.UNDER.get(series, series)} list"
