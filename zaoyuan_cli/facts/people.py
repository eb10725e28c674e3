"""People: one person, many relations (owner, office, task)."""

from collections.abc import Mapping
from datetime import date

from . import NOTHING, Fact, Private


class PersonAdded(Fact, kind="people.added.v1", numbered="person", key="person", shown="name"):
    """A person became known; `initials` holds every reading of every character, stored because a later
    dictionary must not change the ledger. The phone is an edit of its own, so that it can be erased alone."""

    person: str
    on: date
    name: Private[str] = ""
    initials: Private[str] = ""
    party: Private[bool] = False


class PersonEdited(Fact, kind="people.edited.v1"):
    """Fields of a person changed; `saw` names for each field the step that set the value seen."""

    person: str
    on: date
    saw: Mapping[str, str]
    changes: Private[Mapping[str, str]] = NOTHING


class PersonMerged(Fact, kind="people.merged.v1"):
    """Two entries turned out to be one person: `person` is from now on known as `kept`."""

    person: str
    kept: str
    on: date


class PersonErased(Fact, kind="people.erased.v1", lasting=True):
    """What the book knew of a person was erased: `what` is everything or contact. `commitments` (hex) are those of the
    private values that went, of texts that named the person too; `saw` names the step that set the phone seen."""

    person: str
    on: date
    what: str
    commitments: tuple[str, ...]
    saw: Mapping[str, str]
