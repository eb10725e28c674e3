"""Who owned a door or a special space before."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from zaoyuan_cli.book import Book, owning, people
from zaoyuan_cli.book.owning import Register
from zaoyuan_cli.document import Column
from zaoyuan_cli.i18n import N_

FORMER = (Column("owner", N_("Owner")), Column("from", N_("Since"), "date"), Column("until", N_("Until"), "date"))


def former(book: Book, register: Register, thing: str, as_of: date | None) -> list[dict[str, Any]]:
    """Who owned it before a day (now without one), until which."""
    times = owning.tenures(book.db, register, thing, as_of)
    known = people.everyone(book.db, only=[id for time in times for id in time.owners])
    return [
        {"owner": owning.JOIN.join(known[id].name for id in before.owners), "from": before.since, "until": after.since}
        for before, after in pairwise(times)
    ]
