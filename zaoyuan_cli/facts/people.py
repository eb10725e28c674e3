"""People: one person, many relations (owner, office, task)."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from . import Fact, Private


class PersonAdded(Fact, kind="people.added.v1", numbered="person", key="person"):
    """A person became known; `initials` holds every reading of every character, stored because a later
    dictionary must not change the ledger."""

    person: str
    on: date
    name: Private[str] = ""
    initials: Private[str] = ""
    phone: Private[str] = ""
    party: Private[bool] = False


class PersonEdited(Fact, kind="people.edited.v1"):
    """Fields of a person changed; `saw` names for each field the step that set the value seen."""

    person: str
    on: date
    saw: Mapping[str, str]
    changes: Private[Mapping[str, str]] = field(default_factory=dict)


class PersonMerged(Fact, kind="people.merged.v1"):
    """Two entries turned out to be one person: `person` is from now on known as `kept`."""

    person: str
    kept: str
    on: date
