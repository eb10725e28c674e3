"""Bylaws: the estate's own rules."""

from datetime import date

from . import Fact, Private


class BylawDrafted(Fact, kind="bylaws.drafted.v1"):
    """A version of a bylaw's text was entered; `by` is who may adopt it: committee or assembly."""

    bylaw: str
    version: int
    on: date
    by: str = "committee"
    text: Private[str] = ""
