"""Meetings."""

from datetime import date

from . import Fact, Private


class MeetingHeld(Fact, kind="meetings.held.v1", numbered="meeting", shown="title"):
    """A body met; chair, recorder and those present are person ids. `chair_name`, `recorder_name` and `guests` are
    names the roll does not know; `absent` is who was missing and why, in words, None where the paper does not say."""

    number: str
    body: str
    on: date
    chair: str = ""
    recorder: str = ""
    present: tuple[str, ...] = ()
    title: Private[str] = ""
    place: Private[str] = ""
    chair_name: Private[str] = ""
    recorder_name: Private[str] = ""
    guests: Private[tuple[str, ...]] = ()
    absent: Private[tuple[str, ...] | None] = None
