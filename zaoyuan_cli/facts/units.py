"""Units: the staircases of the estate's buildings."""

from datetime import date

from . import Fact


class UnitAdded(Fact, kind="units.added.v1"):
    """A unit of a building (3-2) is there, before any of its households is entered."""

    unit: str
    on: date
