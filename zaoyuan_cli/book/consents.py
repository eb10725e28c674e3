"""Consents: what of a person may be published, because they said so. What nobody agreed to is masked (R-82)."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.facts.consents import ConsentGiven, ConsentWithdrawn
from zaoyuan_cli.i18n import _

from . import Book, bodies, people
from .ledger import Origin, derives

WORDS = {
    "name": "name", "姓名": "name", "phone": "phone", "电话": "phone", "手机": "phone", "room": "room", "房号": "room",
    "payment": "payment", "缴款": "payment", "photo": "photo", "照片": "photo",
}  # fmt: skip
"""What may be published, as typed, and its code."""

TABLES = (
    "CREATE TABLE consent (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person),"
    " what TEXT NOT NULL, day TEXT NOT NULL, until TEXT, given INTEGER NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL) STRICT",
    "CREATE INDEX consent_person ON consent (person, what)",
)


class Consent(NamedTuple):
    """A person agreed to the publication of something from a day on, to a last day (None: none was said); `withdrawn`
    is the day from which that is over: they agree no more, or said so anew."""

    person: str
    what: str
    since: date
    until: date | None
    withdrawn: date | None

    def on(self, day: date) -> bool:
        """May it be published that day?"""
        over = (self.until and self.until < day) or (self.withdrawn and self.withdrawn <= day)
        return self.since <= day and not over


@derives(ConsentGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: ConsentGiven) -> None:
    until = fact.until.isoformat() if fact.until else None
    values = (origin.event, fact.person, fact.what, fact.on.isoformat(), until, True, *origin[1:])
    db.execute("INSERT INTO consent VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


@derives(ConsentWithdrawn)
def withdrawn(db: sqlite3.Connection, origin: Origin, fact: ConsentWithdrawn) -> None:
    values = (origin.event, fact.person, fact.what, fact.on.isoformat(), None, False, *origin[1:])
    db.execute("INSERT INTO consent VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def everyone(db: sqlite3.Connection, person: str = "") -> list[Consent]:
    """Every consent ever given, of a person (an id), first to last; the last word on a thing counts."""
    known_as = people.kept(db)
    rows = db.execute(
        "SELECT person, what, day, until, given FROM consent ORDER BY day, lamport, device, event"
    ).fetchall()
    found: dict[tuple[str, str], list[Consent]] = {}
    for of, what, day, until, is_given in rows:
        key, since = (known_as.get(of, of), what), date.fromisoformat(day)
        said = found.setdefault(key, [])
        if said and said[-1].on(since):
            said[-1] = said[-1]._replace(withdrawn=since)
        if is_given:
            said.append(Consent(*key, since, date.fromisoformat(until) if until else None, None))
    return [one for said in found.values() for one in said if person in ("", one.person)]


def may_publish(db: sqlite3.Connection, person: str, what: str, day: date) -> bool:
    """May a paper for the public show that of a person (an id): name, phone, room, payment, photo? The one question
    every such paper asks (PIPL 25; R-82)."""
    return any(one.what == what and one.on(day) for one in everyone(db, people.kept(db).get(person, person)))


def publishing(db: sqlite3.Connection, what: str, day: date) -> list[str]:
    """Everybody (ids) of whom that may be published on a day."""
    return list(dict.fromkeys(one.person for one in everyone(db) if one.what == what and one.on(day)))


def give(book: Book, person: str, what: str, on: date | None = None, until: date | None = None) -> None:
    """Record inside a step being written that a person agrees. Raises Refusal for days out of order, or somebody
    erased."""
    people.refuse_erased(book.db, person)
    since = on or book.today
    bodies.in_order(since, until)
    book.record(ConsentGiven(person=person, what=what, on=since, until=until))


def withdraw(book: Book, person: str, what: str, on: date | None = None) -> None:
    """Record inside a step being written that a person agrees no more, from a day on. Raises NotFound where they did
    not agree."""
    day = on or book.today
    if not may_publish(book.db, person, what, day):
        text = _("There is no consent of theirs to publish {what}.").format(what=_(what))
        raise NotFound(text, field="what", value=what)
    for id in people.same(book.db, person):
        if book.db.execute("SELECT 1 FROM consent WHERE person = ? AND what = ?", [id, what]).fetchone():
            book.record(ConsentWithdrawn(person=id, what=what, on=day))
