"""Households: a door, its area, who owns it, how it is lived in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact, Private


class HouseholdAdded(Fact, kind="households.added.v1"):
    """A door entered the roll; area in 0.01 m², state owner/let/vacant, owners are person ids."""

    room: str
    unit: str
    on: date
    grid: str = ""
    area: int | None = None
    area_source: str = ""
    ebike: bool = False
    state: str = "owner"
    owners: tuple[str, ...] = ()


class HouseholdEdited(Fact, kind="households.edited.v1"):
    """Fields changed from a day on; `saw` names for each field the step that set the value seen."""

    room: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]


class HouseholdTransferred(Fact, kind="households.transferred.v1"):
    """The door has other owners from a day on; earlier dues stay with the owners of their day."""

    room: str
    on: date
    owners: tuple[str, ...]
    saw: str


class HouseholdClosed(Fact, kind="households.closed.v1"):
    """The door left the roll from a day on: two flats became one, a house was pulled down. Its dues stay."""

    room: str
    on: date
    reason: Private[str] = ""
