"""Bylaws: the estate's own rules."""

from datetime import date

from . import Fact, Private


class BylawDrafted(Fact, kind="bylaws.drafted.v1", shown="text"):
    """A version of a bylaw's text was entered; `by` is who may adopt it: committee or assembly; `rules` are the rules
    it would set, each as (name, value, article)."""

    bylaw: str
    version: int
    on: date
    by: str = "committee"
    rules: tuple[tuple[str, str, str], ...] = ()
    text: Private[str] = ""
