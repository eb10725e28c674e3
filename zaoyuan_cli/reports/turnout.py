"""How many of each unit took part in a vote: never what they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Bar, Chart, Part
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.rooms import order

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.tallies import Tally

MANY = 40  # units: more are no picture


def by_unit(book: Book, found: Tally) -> list[dict[str, Any]]:
    """The voters of each unit, by the first door of each, and how many of them took part."""
    from zaoyuan_cli.book import tallies

    of = tallies.by_unit(book.db, found)
    return [{"unit": unit, "voters": of[unit][0], "took_part": of[unit][1]} for unit in sorted(of, key=order)]


def chart(rows: list[dict[str, Any]]) -> list[Part]:
    """Them as bars; nothing of one unit, or of a whole quarter of a city."""
    bars = tuple(Bar(row["unit"], (percent.whole(row["took_part"], row["voters"]),)) for row in rows)
    title = _("Turnout by unit")
    return [Chart(title, (_("Took part"),), bars, "percent", axis=_("Unit"))] if 1 < len(bars) <= MANY else []
