"""Occupants: who lives behind a door without owning it."""

from datetime import date

from . import Fact


class OccupantJoined(Fact, kind="occupants.joined.v1"):
    """A person lives behind a door, up to a last day where one is known; relation tenant/family/temporary."""

    room: str
    person: str
    relation: str
    on: date
    until: date | None = None


class OccupantLeft(Fact, kind="occupants.left.v1"):
    """A person lives behind that door no more, from that day on."""

    room: str
    person: str
    on: date
