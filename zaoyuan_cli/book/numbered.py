"""Finding a record by its number as typed: in full, or short where one fits (M3, D1, T7, 84)."""

from zaoyuan_cli.errors import Ambiguous, NotFound
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.numbers import Partial

from . import Book


def pick(book: Book, series: str, text: str) -> str:
    """The number in full of a record that stands. Raises Unreadable, NotFound (naming an undone one as such),
    Ambiguous."""
    asked = numbers.parse(text, series)
    rows = book.db.execute(
        "SELECT text, device, year, n, sub, stands FROM number WHERE series = ? AND n = ? ORDER BY text",
        [series, asked.n],
    ).fetchall()
    fitting = {row[0]: bool(row[5]) for row in rows if asked.fits(Partial(row[1], row[2], row[3], row[4] or None))}
    standing = [number for number, stands in fitting.items() if stands]
    if len(standing) == 1:
        return str(standing[0])
    if standing:
        raise Ambiguous(
            _("{value} could be several; write the number in full.").format(value=text),
            field=series,
            value=text,
            candidates=[{"key": number, "label": ""} for number in standing],
        )
    kind = numbers.kind_name(series)
    if fitting:
        raise NotFound(
            _("{number} ({kind}) was undone.").format(number=next(iter(fitting)), kind=kind), field=series, value=text
        )
    raise NotFound(
        _("There is no {value} ({kind}) in this book.").format(value=text, kind=kind), field=series, value=text
    )
