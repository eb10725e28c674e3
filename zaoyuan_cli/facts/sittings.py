"""Sittings: the minutes of a meeting as they are typed while it goes on, line by line."""

from datetime import date

from . import Fact, Private


class SittingBegun(Fact, kind="sittings.begun.v1"):
    """The minutes of a meeting are being typed from now on; begun again after an interruption or an end. `at` is HH:MM
    of that day, "" where they are typed on another."""

    meeting: str
    on: date
    at: str = ""


class LineNoted(Fact, kind="sittings.noted.v1", shown="text"):
    """A line: `what` is item, speech, break or resume; `speaker` is a person's id, `name` one the roll does not know,
    both empty for a line nobody is named for. Not called `person`: the line stays when its speaker is erased."""

    meeting: str
    on: date
    what: str
    at: str = ""
    speaker: str = ""
    name: Private[str] = ""
    text: Private[str] = ""


class LineCorrected(Fact, kind="sittings.corrected.v1", shown="text"):
    """A line (the step that noted it) says something else now; what it said stays in the journal."""

    line: str
    what: str
    speaker: str = ""
    name: Private[str] = ""
    text: Private[str] = ""


class SittingEnded(Fact, kind="sittings.ended.v1"):
    """The minutes are complete. `replaces` are the steps whose lines and items a paper written since stands for."""

    meeting: str
    on: date
    at: str = ""
    replaces: tuple[str, ...] = ()
