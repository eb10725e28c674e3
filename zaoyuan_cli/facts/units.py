"""Units: the staircases of the estate's buildings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact


class UnitAdded(Fact, kind="units.added.v1"):
    """A unit of a building (3-2) is there, before any of its households is entered."""

    unit: str
    on: date


class UnitEdited(Fact, kind="units.edited.v1"):
    """Fields changed: shown (what it is called)."""

    unit: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]
