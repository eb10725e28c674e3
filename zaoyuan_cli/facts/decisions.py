"""Decisions of a body."""

from datetime import date

from . import Fact, Private


class DecisionMade(Fact, kind="decisions.made.v1", numbered="decision", shown="text"):
    """A body decided; `meeting` is where, empty when made outside the book, `motion` what was voted on, `ballot` the
    owners' vote; `paper` the number on paper."""

    number: str
    body: str
    on: date
    meeting: str = ""
    motion: str = ""
    ballot: str = ""
    paper: str = ""
    text: Private[str] = ""
