"""Percentages for the eye: half up, never for judging (R-14)."""

from __future__ import annotations

from collections.abc import Sequence


def whole(part: int, of: int) -> int:
    """A part in whole percent, rounded half up; what falls short of all of it is not called 100."""
    rounded = (part * 200 + of) // (2 * of)
    return 99 if part < of and rounded >= 100 else rounded


def written(part: int, of: int) -> str:
    """A part in words: 86%, <1%; - of nothing."""
    if of <= 0:
        return "-"
    return "<1%" if 0 < part * 100 < of else f"{whole(part, of)}%"


def shares(parts: Sequence[int]) -> list[str]:
    """The parts of a whole in words: they add up to 100, what is rounded up being what was cut most; what would be
    rounded to nothing is <1%."""
    of = sum(parts)
    if of <= 0:
        return ["-"] * len(parts)
    cut = [part * 100 // of for part in parts]
    most = sorted(range(len(parts)), key=lambda at: -(parts[at] * 100 % of))
    for at in most[: 100 - sum(cut)]:
        cut[at] += 1
    return ["<1%" if part and not percent else f"{percent}%" for part, percent in zip(parts, cut, strict=True)]
