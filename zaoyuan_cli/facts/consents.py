"""Consents: what of a person may be published, because they said so (PIPL 25)."""

from datetime import date

from . import Fact


class ConsentGiven(Fact, kind="consents.given.v1"):
    """A person agreed that something of theirs is published (name, phone, room, payment, photo), up to a day where one
    was said."""

    person: str
    what: str
    on: date
    until: date | None = None


class ConsentWithdrawn(Fact, kind="consents.withdrawn.v1"):
    """A person agrees no more, from that day on (PIPL 15)."""

    person: str
    what: str
    on: date
