"""Canvasses: households asked or visited one by one, until none is missed (征求意见, 走访)."""

from datetime import date

from . import Fact, Private


class CanvassOpened(Fact, kind="canvasses.opened.v1"):
    """A topic was taken to households: `rooms` are those it goes to, by the condition `where` as the roll was that day;
    `options` what may be answered, `text` what is asked, `until` the day it should be done by."""

    topic: str
    on: date
    rooms: tuple[str, ...]
    until: date | None = None
    where: str = ""
    options: tuple[str, ...] = ()
    text: Private[str] = ""


class HouseholdAnswered(Fact, kind="canvasses.answered.v1"):
    """A household answered, or was visited; a later answer stands for an earlier one."""

    topic: str
    room: str
    on: date
    answer: str
    words: Private[str] = ""


class HouseholdMissed(Fact, kind="canvasses.missed.v1"):
    """Nobody was at home."""

    topic: str
    room: str
    on: date


class CanvassClosed(Fact, kind="canvasses.closed.v1"):
    """Nobody else is to be asked."""

    topic: str
    on: date
