"""Voids: a numbered record was wrong. It does not count any more, and its number stays (R-57, R-59)."""

from collections.abc import Callable
from typing import Any

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts import Fact
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book


def void(
    book: Book, verb: str, of: type[Fact], number: str, reason: str, field: str = "",
    then: Callable[[], Any] = lambda: None,
) -> None:  # fmt: skip
    """Record the void (a fact of number, day and reason) in a step of its own; `then` judges what the sums are without
    it. `field` is the noun of the number, that of the verb if not said. Unreadable: no reason. Refusal: it is void
    already, and what `then` raises."""
    reason = clean(reason, field="reason").strip()
    if not reason:
        raise Unreadable(_("The reason is empty."), field="reason", value=reason)
    with book.writing(verb):
        if book.db.execute("SELECT 1 FROM void WHERE number = ?", [number]).fetchone():
            said = _("{number} is void already.")
            raise Refusal(said.format(number=number), field=field or verb.split()[0], value=number)
        book.record(of(number=number, on=book.today, reason=reason))
        then()
