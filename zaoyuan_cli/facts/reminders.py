"""Reminders: a household was asked for what it owes."""

from datetime import date

from . import Fact, Private


class ReminderSent(Fact, kind="reminders.sent.v1"):
    """A household was asked for what it owed a project that day, in fen (CC 195: a demand). `channel` is visit, phone,
    wechat or letter, `by` the id of who asked; `agreed`: they said that they will pay."""

    room: str
    project: str
    fen: int
    channel: str
    on: date
    by: str = ""
    agreed: bool = False
    note: Private[str] = ""
