"""An amount shared out so that the shares add up to it exactly (R-55)."""

from __future__ import annotations

from collections.abc import Sequence


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Shares of `total` in proportion to whole `weights`, in their order, by largest remainder.

    Each gets its share rounded down; what is left goes, one each, to the largest remainders, and of equal remainders to
    the one that stands first. A negative total is shared as its positive, with the sign put back.
    Raises ValueError if a weight is negative or none is above zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("an amount is shared by weights, of which none is negative and one above zero")
    if total < 0:
        return tuple(-share for share in split(-total, weights))
    parts = [divmod(int(total) * weight, whole) for weight in weights]
    left = total - sum(share for share, _ in parts)
    first = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))[:left]
    shares = [share for share, _ in parts]
    for i in first:
        shares[i] += 1
    return tuple(shares)
