"""Bodies: committee, party branch, provisional committee, assembly."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact, Private


class BodyAdded(Fact, kind="bodies.added.v1"):
    """A body was formed; kind committee/branch/provisional/assembly/other, `after` its predecessor's name, `decision`
    the one that elected or appointed it. The first day of a committee's term is the day of its election."""

    body: str
    body_kind: str
    seats: int | None = None
    since: date | None = None
    until: date | None = None
    after: str = ""
    decision: str = ""


class BodyEdited(Fact, kind="bodies.edited.v1"):
    """Fields changed: seats, since, until, after, shown (its later name); `ended`, true: it is over with `until`."""

    body: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]


class BodyFiled(Fact, kind="bodies.filed.v1"):
    """The election or a change of members was reported to the authority; `paper` is the number of the receipt."""

    body: str
    on: date
    paper: str = ""
    note: Private[str] = ""


class BodyAudited(Fact, kind="bodies.audited.v1"):
    """The books of a body were audited, up to that day."""

    body: str
    on: date
    note: Private[str] = ""
