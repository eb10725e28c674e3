"""Inspections: who saw which record of the committee (R-85)."""

from datetime import date

from . import Fact, Private


class RecordInspected(Fact, kind="inspections.made.v1", shown="what"):
    """A person (an id) saw a record, why, and who of the committee (`by`, an id) allowed it."""

    person: str
    on: date
    by: str = ""
    what: Private[str] = ""
    reason: Private[str] = ""
