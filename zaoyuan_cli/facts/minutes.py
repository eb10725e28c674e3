"""Minutes: what was said at a meeting, line by line."""

from datetime import date

from . import Fact, Private


class MinutesWritten(Fact, kind="minutes.written.v1", shown="title"):
    """One item of the minutes of a meeting, in order; a title and what was said, as Markdown."""

    meeting: str
    item: int
    on: date
    title: Private[str] = ""
    text: Private[str] = ""
