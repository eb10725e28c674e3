"""Reminders: when a household was asked for what it owes, by which way, and until when it can be demanded (R-68)."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.reminders import ReminderSent
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import arrears
from zaoyuan_cli.rules.arrears import Asked
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, clock, dues, people, rulings
from .dues import ALWAYS, Open, Owed
from .ledger import Origin, derives
from .rulings import Ruling

CHANNELS = {
    "visit": "visit", "上门": "visit", "当面": "visit", "phone": "phone", "电话": "phone",
    "wechat": "wechat", "微信": "wechat", "letter": "letter", "书面": "letter", "信函": "letter",
}  # fmt: skip
"""What may be typed for how a household was asked, and its code."""
WORDS = {
    "visit": N_("at the door"), "phone": N_("by phone"), "wechat": N_("by WeChat"), "letter": N_("in writing"),
}  # fmt: skip

TABLES = (
    "CREATE TABLE reminder (event INTEGER PRIMARY KEY, room TEXT NOT NULL, project TEXT NOT NULL, fen INTEGER NOT NULL,"
    " channel TEXT NOT NULL, day TEXT NOT NULL, by TEXT REFERENCES person (person), agreed INTEGER NOT NULL,"
    " note TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL,"
    " FOREIGN KEY (project, room) REFERENCES due (project, room)) STRICT",
    "CREATE INDEX reminder_of ON reminder (project, room)",
    "CREATE INDEX reminder_by ON reminder (by)",
)


class Reminder(NamedTuple):
    """A household was asked for what it owed a project that day, in fen. `by` is the id of who asked ("" for nobody
    named); `agreed`: they said that they will pay; `step` is the step that noted it."""

    room: str
    project: str
    owed: Fen
    channel: str
    date: date
    by: str
    agreed: bool
    note: str
    step: str


class Asking(NamedTuple):
    """How and when households are asked: the channel's code, the day, by whom (an id), whether they agreed, a note."""

    channel: str
    on: date
    by: str = ""
    agreed: bool = False
    note: str = ""


@derives(ReminderSent)
def sent(db: sqlite3.Connection, origin: Origin, fact: ReminderSent) -> None:
    db.execute(
        "INSERT INTO reminder VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.room, fact.project, fact.fen, fact.channel, fact.on.isoformat(), fact.by or None,
            fact.agreed, fact.note, origin.lamport, origin.device,
        ),
    )  # fmt: skip


# ---- reading


def everyone(db: sqlite3.Connection, project: str = "", room: str = "", until: date | None = None) -> list[Reminder]:
    """The reminders up to a day, first to last: all, those of a project, of a household."""
    known_as = people.kept(db)
    rows = db.execute(
        "SELECT room, project, fen, channel, day, ifnull(by, ''), agreed, note, lamport, device FROM reminder"
        " WHERE day <= :day AND :project IN ('', project) AND :room IN ('', room)"
        " ORDER BY day, lamport, device, event",
        {"day": until.isoformat() if until else ALWAYS, "project": project, "room": room},
    ).fetchall()
    return [
        Reminder(
            of, what, Fen(fen), channel, date.fromisoformat(day), known_as.get(by, by), bool(agreed), note,
            Origin(0, lamport, device).step,
        )
        for of, what, fen, channel, day, by, agreed, note, lamport, device in rows
    ]  # fmt: skip


def times(reminders: Iterable[Reminder]) -> list[tuple[date, str]]:
    """When and how somebody was asked, first to last. What one person noted of one day and channel is one asking,
    whether for one project or several, on one laptop or two."""
    return [(day, channel) for day, channel, _by in sorted({(one.date, one.channel, one.by) for one in reminders})]


def count(db: sqlite3.Connection, room: str, project: str, as_of: date | None = None) -> int:
    """How often a household was asked for what it owes a project. Nobody is named on any paper for the public; were a
    posting ever allowed, it would ask here first, and be refused at 0 (R-68)."""
    return len(times(everyone(db, project, room, as_of)))


def by_due(db: sqlite3.Connection, as_of: date | None = None) -> dict[tuple[str, str], list[Reminder]]:
    """The reminders of each (project, room)."""
    found: dict[tuple[str, str], list[Reminder]] = defaultdict(list)
    for one in everyone(db, until=as_of):
        found[one.project, one.room].append(one)
    return found


def by_room(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, list[tuple[date, str]]]:
    """When and how each household was asked."""
    found: dict[str, list[Reminder]] = defaultdict(list)
    for one in everyone(db, until=as_of):
        found[one.room].append(one)
    return {room: times(of) for room, of in found.items()}


def limits(db: sqlite3.Connection, owed: Iterable[Owed], as_of: date | None = None) -> dict[tuple[str, str], date]:
    """The last day on which each of these dues that is still open can be demanded in court, by (project, room)."""
    return _limits(db, (one.open for one in owed if one.owed), as_of)


def _limits(db: sqlite3.Connection, open_: Iterable[Open], as_of: date | None) -> dict[tuple[str, str], date]:
    """A demand, an agreement or a part payment makes the years count anew (CC 188, 195)."""
    years = years_to_demand(db, as_of).value
    if not isinstance(years, int):
        return {}
    asked, limit = _asked(db, as_of), cache(arrears.limit)
    return {(of, room): limit(since, years, asked.get((of, room), ())) for of, room, since in open_}


def running_out(db: sqlite3.Connection, day: date) -> dict[tuple[str, str], date]:
    """Of all dues still open on a day those whose limit is at most half a year away, or past."""
    near = day + timedelta(days=arrears.EXPIRING_DAYS)
    return {due: last for due, last in _limits(db, dues.still_open(db, day), day).items() if last <= near}


def years_to_demand(db: sqlite3.Connection, as_of: date | None) -> Ruling:
    """How many years what is owed can be demanded, as in force on a day."""
    return rulings.in_force(db, "arrears.limit_years", as_of or clock.now().date())


def _asked(db: sqlite3.Connection, as_of: date | None) -> dict[tuple[str, str], tuple[Asked, ...]]:
    """Demands, agreements and part payments of each (project, room); what was voided is none."""
    found: dict[tuple[str, str], tuple[Asked, ...]] = {}
    rows = db.execute(
        "SELECT project, room, day, agreed FROM reminder WHERE day <= :day UNION ALL"
        f" SELECT project, room, day, 1 FROM movement WHERE {dues.PAYS} AND fen > 0 AND day <= :day"
        " AND project IS NOT NULL AND room IS NOT NULL AND number NOT IN (SELECT number FROM void)",
        {"day": as_of.isoformat() if as_of else ALWAYS},
    ).fetchall()
    for project, room, day, agreed in rows:
        found[project, room] = (*found.get((project, room), ()), Asked(date.fromisoformat(day), bool(agreed)))
    return found


# ---- writing


def add(book: Book, doors: Sequence[tuple[str, str]], asking: Asking) -> list[Reminder]:
    """Record in one step that households were asked, by (room, project), each for what it owed that day. Raises Refusal
    where one of them owed nothing that day: it gets no reminder."""
    with book.writing("reminder add"):
        return record(book, doors, asking)


def record(book: Book, doors: Sequence[tuple[str, str]], asking: Asking) -> list[Reminder]:
    """The same inside a step being written."""
    note = clean(asking.note, field="note").strip()
    found = []
    for room, project in doors:
        owes = dues.claim(book.db, project, room, asking.on).owed
        if not owes:
            raise owes_nothing(room, project, asking.on)
        book.record(
            ReminderSent(
                room=room, project=project, fen=owes, channel=asking.channel, on=asking.on, by=asking.by,
                agreed=asking.agreed, note=note,
            )
        )  # fmt: skip
        assert book.pending is not None
        found.append(
            Reminder(
                room, project, owes, asking.channel, asking.on, asking.by, asking.agreed, note, book.pending.step.name
            )
        )
    return found


def owes_nothing(room: str, project: str = "", on: date | None = None) -> Refusal:
    """The refusal for a household that owes nothing, or owed nothing on a day."""
    if project:
        said = _("{room} owed {project} nothing on {day}: there is nothing to remind it of.")
        text = said.format(room=room, project=project, day=on)
    else:
        text = _("{room} owes nothing: there is nothing to remind it of.").format(room=room)
    hint = _("Who owes what: {command}").format(command="zaoyuan unpaid")
    return Refusal(text, field="household", value=room, hint=hint)
