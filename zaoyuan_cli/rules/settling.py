"""What an amount settles: the oldest due first, and of several sources the first first. All in fen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from zaoyuan_cli.rules.money import Fen

T = TypeVar("T")
S = TypeVar("S")


def shared(owed: Iterable[tuple[T, Fen]], amount: Fen) -> tuple[list[tuple[T, Fen]], Fen]:
    """An amount over dues in their order, each settled before the next: (due, its share) of those that get something,
    and what is left over (R-56)."""
    shares, left = [], int(amount)
    for due, fen in owed:
        if share := min(int(fen), left):
            shares.append((due, Fen(share)))
            left -= share
    return shares, Fen(left)


def matched(
    credits: Sequence[tuple[S, Fen]], owed: Iterable[tuple[T, Fen]], most: Fen | None = None
) -> list[tuple[S, T, Fen]]:
    """Credits used up for dues, both in their order, up to `most` in all: (credit, due, amount)."""
    left, found = [int(fen) for _credit, fen in credits], []
    limit = sum(left) if most is None else int(most)
    for due, fen in owed:
        open_ = int(fen)
        for at, (credit, _fen) in enumerate(credits):
            if used := min(left[at], open_, limit):
                found.append((credit, due, Fen(used)))
                left[at], open_, limit = left[at] - used, open_ - used, limit - used
    return found
