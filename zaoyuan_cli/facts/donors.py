"""Donors: those who give and owe nothing."""

from collections.abc import Mapping
from datetime import date

from . import NOTHING, Fact, Private


class DonorAdded(Fact, kind="donors.added.v1", numbered="person", key="person", shown="name"):
    """A donor became known; kind public/firm/person; the id is of the series of persons."""

    person: str
    donor_kind: str
    on: date
    name: Private[str] = ""
    initials: Private[str] = ""


class DonorEdited(Fact, kind="donors.edited.v1"):
    """Fields of a donor changed: name, initials, kind."""

    person: str
    on: date
    saw: Mapping[str, str]
    changes: Private[Mapping[str, str]] = NOTHING
