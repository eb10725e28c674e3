"""Visits: a collector at the door."""

from datetime import date

from . import Fact


class NobodyHome(Fact, kind="visits.missed.v1"):
    """A collector for a project found nobody at home."""

    room: str
    project: str
    on: date
