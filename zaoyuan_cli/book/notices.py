"""Notices: papers that hung on a wall: what, where, how long, who saw it (R-71 to R-73)."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from zaoyuan_cli.facts.notices import NoticePosted, NoticeWithdrawn

from . import Book, correspondence, numbered, people, rulings, searching
from .correspondence import Item as Opinion
from .ledger import Origin, derives

Day = date  # a field of Notice is called date
SHOWN = "disclosure.shown_days"
TABLES = (
    "CREATE TABLE notice (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, item TEXT NOT NULL,"
    " day TEXT NOT NULL, until TEXT NOT NULL, period TEXT NOT NULL, about TEXT NOT NULL,"
    " person TEXT REFERENCES person (person),"
    " witness TEXT REFERENCES person (person), prepared TEXT REFERENCES person (person),"
    " checked TEXT REFERENCES person (person), signed TEXT REFERENCES person (person), judged_by TEXT NOT NULL,"
    " attachments TEXT NOT NULL, heads TEXT NOT NULL, program TEXT NOT NULL, replaces TEXT NOT NULL,"
    " place TEXT NOT NULL, title TEXT NOT NULL) STRICT",
    "CREATE TABLE notice_withdrawn (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES notice (number),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
)


@derives(NoticePosted)
def posted(db: sqlite3.Connection, origin: Origin, fact: NoticePosted) -> None:
    people_of = (fact.by, fact.witness, fact.prepared, fact.checked, fact.signed)
    db.execute(
        "INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.item, fact.on.isoformat(), fact.until.isoformat(), fact.period, fact.about,
            *(one or None for one in people_of), fact.judged_by, " ".join(fact.attachments),
            json.dumps(dict(fact.heads)) if fact.heads else "", fact.program, fact.replaces, fact.place,
            fact.title,
        ),
    )  # fmt: skip
    rulings.judged(db, origin, SHOWN, fact.judged_by)
    searching.put(db, origin, "notice", fact.number, fact.title, fact.place, fact.period, fact.about)


@derives(NoticeWithdrawn)
def withdrawn(db: sqlite3.Connection, origin: Origin, fact: NoticeWithdrawn) -> None:
    values = (origin.event, fact.number, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO notice_withdrawn VALUES (?, ?, ?, ?)", values)


class Signers(NamedTuple):
    """Who of a sheet of money drew it up, checked it, signed it as chair (ids; "" for nobody)."""

    prepared: str = ""
    checked: str = ""
    signed: str = ""


class Notice(NamedTuple):
    """A paper as it hangs on a day: `item` what it shows, `period` the month or quarter it is of, `about` the number of
    what it is about; names of who put it up, saw it, drew it up, checked and signed it; state posted, ended (its time
    is over) or withdrawn, with the day and the reason; the number of the one it replaces. Of one that was drawn, the
    last step of each device when it was (`heads`), and the version of the program."""

    notice: str
    item: str
    date: Day
    until: Day
    period: str
    about: str
    title: str
    place: str
    by: str
    witness: str
    prepared: str
    checked: str
    signed: str
    judged_by: str
    attachments: tuple[str, ...]
    state: str
    reason: str
    withdrawn: Day | None
    replaces: str
    heads: Mapping[str, int]
    program: str

    @property
    def days(self) -> int:
        """How many days it hangs."""
        return (self.until - self.date).days


def listing(db: sqlite3.Connection, as_of: date, number: str = "") -> list[Notice]:
    """The papers put up by a day as they stand on it, in the order they went up."""
    names = people.everyone(db)
    rows = db.execute(
        "SELECT notice.number, item, notice.day, until, period, about, title, place, ifnull(person, ''),"
        " ifnull(witness, ''), ifnull(prepared, ''), ifnull(checked, ''), ifnull(signed, ''), judged_by, attachments,"
        " replaces, heads, program, gone.day, gone.reason"
        " FROM notice LEFT JOIN (SELECT number, min(day) AS day, min(reason) AS reason FROM notice_withdrawn"
        "  WHERE day <= :day GROUP BY number) AS gone ON gone.number = notice.number"
        " WHERE notice.day <= :day AND :number IN ('', notice.number)"
        " ORDER BY notice.day, length(notice.number), notice.number",
        {"day": as_of.isoformat(), "number": number},
    ).fetchall()

    def read(row: tuple[Any, ...]) -> Notice:
        of, item, day, until, period, about, title, place, *ids, judged_by, files, replaces, heads = row[:-3]
        program, gone, reason = row[-3:]
        last, down = date.fromisoformat(until), date.fromisoformat(gone) if gone else None
        state = "withdrawn" if gone else "ended" if last < as_of else "posted"
        by, witness, prepared, checked, signed = (names[id].name if id in names else "" for id in ids)
        return Notice(
            of, item, date.fromisoformat(day), last, period, about, title, place, by, witness, prepared, checked,
            signed, judged_by, tuple(files.split()), state, reason or "", down, replaces, json.loads(heads or "{}"),
            program,
        )  # fmt: skip

    return [read(row) for row in rows]


def pick(book: Book, text: str) -> str:
    """The number of a paper as typed. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, "notice", text)


def one(book: Book, number: str, as_of: date | None = None) -> Notice:
    """The paper of a number that is known to be one, as it stands on a day."""
    day = as_of or book.today
    known = listing(book.db, day, number) or listing(book.db, date.max, number)
    return known[0]


def of_same(db: sqlite3.Connection, item: str, about: str, as_of: date) -> list[Notice]:
    """The papers of one thing, such as the sheets of one month, as they stand on a day."""
    return [one for one in listing(db, as_of) if one.item == item and (one.period or one.about) == about]


def objections(db: sqlite3.Connection, notice: str, as_of: date) -> list[Opinion]:
    """The opinions whose topic names a paper: objections to it, each with its answers (R-73), due as the rule on
    objections has it, where a bylaw set it."""
    named, said = searching.fold(notice), correspondence.listing(db, "opinion", as_of)
    return [_due(db, one, as_of) for one in said if named in searching.fold(one.topic)]


def _due(db: sqlite3.Connection, one: Opinion, as_of: date) -> Opinion:
    days = rulings.count(db, "objection.days", one.date)
    if days is None or one.state not in ("open", "overdue"):
        return one
    due = one.date + timedelta(days=days)
    return one._replace(due=due, state="overdue" if due < as_of else "open")


def too_short(book: Book, notice: Notice) -> rulings.Ruling | None:
    """The rule that a posting does not meet: it hangs less long than the rule of its day asks. A meeting's notice has
    done its work when the meeting is held."""
    if notice.item == "meeting":
        return None
    ruling = rulings.in_force(book.db, SHOWN, notice.date)
    return ruling if isinstance(ruling.value, int) and notice.days < ruling.value else None
