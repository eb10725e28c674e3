"""Grids: the parts into which an estate is drawn, each of some households."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact


class GridAdded(Fact, kind="grids.added.v1"):
    """A grid is there, before any household is put into it."""

    grid: str
    on: date


class GridEdited(Fact, kind="grids.edited.v1"):
    """Fields changed: shown (what it is called)."""

    grid: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]
