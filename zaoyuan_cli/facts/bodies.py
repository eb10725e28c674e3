"""Bodies: committee, party branch, provisional committee, assembly."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact


class BodyAdded(Fact, kind="bodies.added.v1"):
    """A body was formed; kind committee/branch/provisional/assembly/other, `after` its predecessor's name."""

    body: str
    body_kind: str
    seats: int | None = None
    since: date | None = None
    until: date | None = None
    after: str = ""


class BodyEdited(Fact, kind="bodies.edited.v1"):
    """Fields changed: seats, since, until, shown (its later name)."""

    body: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]
