"""Attendances: who came to a meeting, and for whom; noted and judged in attending.py."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts.attendances import AttendanceNoted, ProxyGiven

from . import people
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE attendance (event INTEGER NOT NULL, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " person TEXT NOT NULL REFERENCES person (person), late TEXT NOT NULL, left_at TEXT NOT NULL,"
    " lamport INTEGER NOT NULL, device TEXT NOT NULL, PRIMARY KEY (event, person)) STRICT",
    "CREATE INDEX attendance_meeting ON attendance (meeting)",
    "CREATE TABLE proxy (event INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (number),"
    " owner TEXT NOT NULL REFERENCES person (person), holder TEXT NOT NULL REFERENCES person (person),"
    " signed TEXT NOT NULL, until TEXT, scope TEXT NOT NULL, lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
    "CREATE INDEX proxy_meeting ON proxy (meeting)",
)


class Presence(NamedTuple):
    """A person (an id) at a meeting: came late at HH:MM, left at HH:MM, "" for there from the start, to the end."""

    person: str
    late: str
    left: str


class Proxy(NamedTuple):
    """An owner's written proxy to a holder (ids), signed on a day, good until one (None: for this meeting only)."""

    owner: str
    holder: str
    signed: date
    until: date | None
    scope: str


@derives(AttendanceNoted)
def noted(db: sqlite3.Connection, origin: Origin, fact: AttendanceNoted) -> None:
    put(db, origin, fact.number, (fact.person,), fact.late, fact.left)


@derives(ProxyGiven)
def proxied(db: sqlite3.Connection, origin: Origin, fact: ProxyGiven) -> None:
    until = fact.until.isoformat() if fact.until else None
    values = (fact.number, fact.person, fact.holder, fact.signed.isoformat(), until, fact.scope)
    db.execute("INSERT INTO proxy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (origin.event, *values, *origin[1:]))


def put(
    db: sqlite3.Connection, origin: Origin, meeting: str, came: Iterable[str], late: str = "", left: str = ""
) -> None:
    """Write that people came to a meeting."""
    rows = [(origin.event, meeting, person, late, left, *origin[1:]) for person in dict.fromkeys(came)]
    db.executemany("INSERT INTO attendance VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def there(db: sqlite3.Connection, meeting: str) -> dict[str, Presence]:
    """Who came to a meeting, by the id they are known as now, in the order the roll has them; noted again, the last
    note counts."""
    known_as = people.kept(db)
    rows = db.execute(
        "SELECT person, late, left_at FROM attendance JOIN person USING (person) WHERE meeting = ?"
        " ORDER BY attendance.lamport, attendance.device, person.event",
        [meeting],
    ).fetchall()
    found = {known_as.get(person, person): Presence(known_as.get(person, person), *rest) for person, *rest in rows}
    places = [person for (person,) in db.execute("SELECT person FROM person ORDER BY event").fetchall()]
    return {person: found[person] for person in places if person in found}


def proxies(db: sqlite3.Connection, meeting: str) -> dict[str, Proxy]:
    """The proxies at a meeting, by the owner; of several of one owner the first counts."""
    known_as = people.kept(db)
    rows = db.execute(
        "SELECT owner, holder, signed, until, scope FROM proxy WHERE meeting = ? ORDER BY lamport, device, event",
        [meeting],
    ).fetchall()
    found: dict[str, Proxy] = {}
    for owner, holder, signed, until, scope in rows:
        who = known_as.get(owner, owner)
        last = date.fromisoformat(until) if until else None
        found.setdefault(who, Proxy(who, known_as.get(holder, holder), date.fromisoformat(signed), last, scope))
    return found
