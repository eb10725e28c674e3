"""Closings of projects: the money is counted for the last time, and what is left goes back or stays."""

from collections.abc import Mapping
from datetime import date

from . import Fact


class ProjectClosed(Fact, kind="closures.made.v1"):
    """A project is closed as this book knew it: a cut (R-66). `heads` are the last step seen of each device; `plan` is
    what becomes of a surplus: return, keep, or "" where nothing is left, by `decision`, which what is kept needs.
    `totals` in fen: promised, due, paid, waived, owed, income, spent, left. `shares` of those who paid, in the order of
    rooms, then of donors: (room, donor, owners of then joined by space, fen paid net, fen to give back)."""

    project: str
    on: date
    plan: str
    heads: Mapping[str, int]
    totals: Mapping[str, int]
    decision: str = ""
    shares: tuple[tuple[str, str, str, int, int], ...] = ()
