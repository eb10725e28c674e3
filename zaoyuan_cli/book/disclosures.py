"""Disclosure: what of the accounts is due to be published and what was, read off the notices (R-71); what of the lists
of the law was published last, and what is kept (R-72)."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules import disclosure
from zaoyuan_cli.rules.disclosure import ARCHIVE, ITEMS

from . import notices, rulings
from .notices import Notice
from .rulings import Ruling

AFTER = "disclosure.days_after_quarter"


class Quarter(NamedTuple):
    """A quarter whose accounts are to be published: by `due`; `posted` when they were, with the notice's number;
    state posted, late (posted after the day), open, overdue."""

    period: str
    due: date
    posted: date | None
    notice: str
    state: str
    rule: Ruling


class Shown(NamedTuple):
    """One thing of the list: when it was published last (None: never), by which notice or minutes (their number)."""

    item: str
    last: date | None
    until: date | None
    notice: str
    state: str


class Kept(NamedTuple):
    """One thing of the archive: how much (`held`) of it the book holds, and of which day the last."""

    item: str
    held: int
    last: date | None


def calendar(db: sqlite3.Connection, as_of: date) -> list[Quarter]:
    """The quarters in which money moved and that are over, the first first."""
    first = first_movement(db, as_of)
    if not first:
        return []
    hung = [one for one in notices.listing(db, as_of) if one.item == "money" and one.state != "withdrawn"]
    found = []
    for span in disclosure.quarters(first, as_of):
        ruling = rulings.in_force(db, AFTER, span.last)
        due = disclosure.due(span, ruling.value if isinstance(ruling.value, int) else 0)
        done = _of(hung, span.name) or _whole(hung, disclosure.months(span))
        state = "overdue" if due < as_of else "open"
        if done:
            state = "late" if done.date > due else "posted"
        found.append(Quarter(span.name, due, done and done.date, done.notice if done else "", state, ruling))
    return found


def first_movement(db: sqlite3.Connection, as_of: date) -> date | None:
    """The day money moved first, up to a day; openings are no movement."""
    query = "SELECT day FROM movement WHERE what != 'opening' AND day <= ? ORDER BY day LIMIT 1"
    row = db.execute(query, [as_of.isoformat()]).fetchone()
    return date.fromisoformat(row[0]) if row else None


def _of(hung: list[Notice], period: str) -> Notice | None:
    """The first paper of a period."""
    return next((one for one in hung if one.period == period), None)


def _whole(hung: list[Notice], months: tuple[str, ...]) -> Notice | None:
    """The last of three papers of one month each: with it the quarter is published."""
    found = [_of(hung, month) for month in months]
    there = [one for one in found if one]
    return max(there, key=lambda one: one.date) if len(there) == len(months) else None


def shown(db: sqlite3.Connection, as_of: date) -> list[Shown]:
    """The eight things to be published, each with the last paper that shows it; decisions by posted minutes too."""
    hung = [one for one in notices.listing(db, as_of) if one.state != "withdrawn"]
    found = []
    for item in ITEMS:
        papers = [one for one in hung if item in disclosure.shows(one.item, one.about)]
        last = max(papers, key=lambda one: (one.date, one.until), default=None)
        one = Shown(item, last.date, last.until, last.notice, last.state) if last else None
        minutes = _minutes(db, as_of) if item == "decisions" else None
        if minutes and (last is None or minutes[0] > last.date):
            one = Shown(item, minutes[0], None, minutes[1], "posted")
        found.append(one or Shown(item, None, None, "", "missing"))
    return found


def _minutes(db: sqlite3.Connection, as_of: date) -> tuple[date, str] | None:
    """The last minutes with a decision that went up by a day and hang: their day, their meeting."""
    row = db.execute(
        "SELECT edition.day, edition.meeting FROM edition JOIN decision ON decision.meeting = edition.meeting"
        " LEFT JOIN edition_end AS gone ON gone.meeting = edition.meeting AND gone.edition = edition.edition"
        " AND gone.day <= :day WHERE edition.day <= :day AND gone.event IS NULL"
        " ORDER BY edition.day DESC, edition.meeting LIMIT 1",
        {"day": as_of.isoformat()},
    ).fetchone()
    return (date.fromisoformat(row[0]), str(row[1])) if row else None


_KEPT = {
    "minutes": "SELECT count(DISTINCT meeting), max(m.day) FROM meeting_record JOIN meeting AS m ON m.number = meeting"
    " WHERE m.day <= ?",
    "decisions": "SELECT count(*), max(day) FROM decision WHERE day <= ?",
    "bylaws": "SELECT count(*), max(day) FROM adoption WHERE day <= ?",
    "elections": "SELECT count(*), max(day) FROM body_mark WHERE what = 'filed' AND day <= ?",
    "accounts": "SELECT count(*), max(day) FROM period WHERE day <= ?",
    "roster": "SELECT count(*), NULL FROM household WHERE ? != ''",
    "opinions": "SELECT count(*), max(day) FROM correspondence WHERE day <= ?",
    "other": "SELECT count(*), max(day) FROM (SELECT day FROM seal UNION ALL SELECT day FROM inspection"
    " UNION ALL SELECT day FROM deliberation UNION ALL SELECT day FROM handover) WHERE day <= ?",
}


def kept(db: sqlite3.Connection, as_of: date) -> list[Kept]:
    """The eight things to be kept, each with how much of it the book has by a day."""
    found = []
    for item in ARCHIVE:
        count, last = db.execute(_KEPT[item], [as_of.isoformat()]).fetchone()
        found.append(Kept(item, count, date.fromisoformat(last) if last else None))
    return found
