"""Special spaces: parking places, stalls, storage rooms, each with its number, its area, who owns it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact, Private


class SpaceAdded(Fact, kind="spaces.added.v1"):
    """A special space entered the register under the number people call it by: sort parking/stall/storage/other, area
    in 0.01 m², where the area is from, owners are person ids (none: it belongs to all, or nobody knows)."""

    space: str
    sort: str
    on: date
    area: int | None = None
    area_source: str = ""
    owners: tuple[str, ...] = ()


class SpaceEdited(Fact, kind="spaces.edited.v1"):
    """Fields (sort, area, area_source) changed from a day on; `saw` names for each the step that set the value seen."""

    space: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]


class SpaceTransferred(Fact, kind="spaces.transferred.v1"):
    """The space has other owners from a day on."""

    space: str
    on: date
    owners: tuple[str, ...]
    saw: str


class SpaceClosed(Fact, kind="spaces.closed.v1"):
    """The space is none any more from a day on: two became one, it was built over. Its number is not given again."""

    space: str
    on: date
    reason: Private[str] = ""
