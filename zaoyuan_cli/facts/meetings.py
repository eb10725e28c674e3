"""Meetings: planned, announced, held."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import NOTHING, Fact, Private


class MeetingHeld(Fact, kind="meetings.held.v1", numbered="meeting", shown="title"):
    """A body met, and it was entered only then; chair, recorder and those present are person ids. `chair_name`,
    `recorder_name` and `guests` are names the roll does not know; `absent` is who was missing and why, in words, None
    where the paper does not say."""

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


class MeetingPlanned(Fact, kind="meetings.planned.v1", numbered="meeting", shown="title"):
    """A body is to meet `on` a day, at `time` (HH:MM, "" where none was said); `made` is the day this was planned.
    `posted` is the day the notice went up with the agenda, None where it is still to; the days before the meeting are
    judged by `rule` in the version `judged_by`. `called_by` are the members (ids) who asked for it, on the day
    `called`. `emergency` is why it could not be announced in time."""

    number: str
    body: str
    on: date
    made: date
    posted: date | None = None
    called_by: tuple[str, ...] = ()
    called: date | None = None
    rule: str = ""
    judged_by: str = ""
    time: str = ""
    title: Private[str] = ""
    place: Private[str] = ""
    agenda: Private[tuple[str, ...]] = ()
    emergency: Private[str] = ""


class MeetingPosted(Fact, kind="meetings.posted.v1"):
    """The notice of a planned meeting went up: `for_day` is the day of the meeting it names, `agenda` the items on it,
    `place` where it hangs; judged by `rule` in the version `judged_by`."""

    number: str
    on: date
    for_day: date
    rule: str = ""
    judged_by: str = ""
    place: Private[str] = ""
    agenda: Private[tuple[str, ...]] = ()


class MeetingEdited(Fact, kind="meetings.edited.v1"):
    """Title, day, time, place, agenda or the reason of an emergency changed; `saw` names for each field the step that
    set the value seen."""

    number: str
    on: date
    saw: Mapping[str, str]
    changes: Private[Mapping[str, Any]] = NOTHING


class MeetingCancelled(Fact, kind="meetings.cancelled.v1"):
    """A planned meeting will not be held."""

    number: str
    on: date
    reason: Private[str] = ""


class MeetingRecorded(Fact, kind="meetings.recorded.v1"):
    """A planned meeting was held: what MeetingHeld says of one that was not planned."""

    number: str
    chair: str = ""
    recorder: str = ""
    present: tuple[str, ...] = ()
    place: Private[str] = ""
    chair_name: Private[str] = ""
    recorder_name: Private[str] = ""
    guests: Private[tuple[str, ...]] = ()
    absent: Private[tuple[str, ...] | None] = None
