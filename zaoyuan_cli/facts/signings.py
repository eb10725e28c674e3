"""Signings: what becomes of the minutes of a meeting as a paper: signed, posted, withdrawn, locked, added to."""

from collections.abc import Mapping
from datetime import date

from . import Fact, Private


class MinutesSigned(Fact, kind="signings.signed.v1"):
    """Somebody who was there signed the minutes on a day: a statement of who enters it, and no proof."""

    meeting: str
    person: str
    on: date


class MinutesPosted(Fact, kind="signings.posted.v1", lasting=True):
    """The minutes went up, in their `edition`, the first or one after a withdrawal; `heads` is the last step seen of
    each device, `unsigned` who had not signed (ids), `override` why they went up all the same. The days were judged by
    `rule` in the version `judged_by`. `record` and `summary` are the papers as they were, the one signed and the one on
    the wall."""

    meeting: str
    on: date
    edition: int
    heads: Mapping[str, int]
    unsigned: tuple[str, ...] = ()
    rule: str = ""
    judged_by: str = ""
    place: Private[str] = ""
    override: Private[str] = ""
    record: Private[str] = ""
    summary: Private[str] = ""


class MinutesWithdrawn(Fact, kind="signings.withdrawn.v1"):
    """An edition was taken down; it stays in the book, and a new one may be written."""

    meeting: str
    on: date
    edition: int
    reason: Private[str] = ""


class MinutesLocked(Fact, kind="signings.locked.v1"):
    """The minutes take no change any more, only dated addenda; `heads` is the last step seen of each device, `unsigned`
    who had not signed (ids), `override` why they were locked all the same."""

    meeting: str
    on: date
    heads: Mapping[str, int]
    unsigned: tuple[str, ...] = ()
    override: Private[str] = ""


class MinutesAdded(Fact, kind="signings.added.v1", shown="text"):
    """An addendum to minutes that take no change."""

    meeting: str
    on: date
    text: Private[str] = ""
