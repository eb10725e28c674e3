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


class BylawAdopted(Fact, kind="bylaws.adopted.v1"):
    """A version was adopted by a decision and is in force from a day on, in the place of what was in force before;
    `drafted` is the step that entered its text, which no other laptop's text of the same number is."""

    bylaw: str
    version: int
    drafted: str
    decision: str
    on: date
    effective: date


class BylawRepealed(Fact, kind="bylaws.repealed.v1"):
    """A bylaw, of which this version was in force, is in force no more from a day on, by a decision."""

    bylaw: str
    version: int
    decision: str
    on: date
