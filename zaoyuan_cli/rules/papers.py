"""Pre-printed papers: books of numbered sheets, of which every sheet is accounted for (R-57)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

SHEETS = 100
"""A book has at most so many sheets: numbers further apart are of two books."""


class Gap(NamedTuple):
    """Sheets that are missing, from `first` to `last`, between the used ones `before` and `after`."""

    first: str
    last: str
    sheets: int
    before: str
    after: str


def gaps(used: Iterable[str]) -> list[Gap]:
    """The numbers missing between used ones of one book: same letters before, same count of digits, not further apart
    than a book is thick. What does not end in digits is of no book."""
    books: dict[tuple[str, int], set[int]] = {}
    for text in used:
        if match := re.fullmatch(r"(.*?)([0-9]{1,12})", text.strip()):
            books.setdefault((match.group(1), len(match.group(2))), set()).add(int(match.group(2)))
    found = []
    for (head, digits), sheets in sorted(books.items()):
        for one, other in pairwise(sorted(sheets)):
            if 1 < other - one <= SHEETS:
                names = [f"{head}{n:0{digits}d}" for n in (one + 1, other - 1, one, other)]
                found.append(Gap(names[0], names[1], other - one - 1, names[2], names[3]))
    return found
