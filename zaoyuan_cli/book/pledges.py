"""Pledges: what households and donors promised to give to a project. A promise is no due: nothing is owed for it."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts.pledges import PledgeMade, PledgeVoided
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, donors, dues, entries, searching, voiding
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE pledge (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " project TEXT NOT NULL REFERENCES project (project), room TEXT REFERENCES household (room),"
    " donor TEXT REFERENCES donor (donor), fen INTEGER NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE INDEX pledge_project ON pledge (project, room)",
)


@derives(PledgeMade)
def made(db: sqlite3.Connection, origin: Origin, fact: PledgeMade) -> None:
    db.execute(
        "INSERT INTO pledge VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.project, fact.room or None, fact.donor or None, fact.fen,
            fact.on.isoformat(), fact.note,
        ),
    )  # fmt: skip
    if fact.note:
        searching.put(db, origin, "project", fact.project, fact.project, fact.room, fact.note)


@derives(PledgeVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: PledgeVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Pledge(NamedTuple):
    """One promise, in fen, of a household (`room`) or a donor (its id)."""

    number: str
    project: str
    room: str
    donor: str
    amount: Fen
    date: date
    note: str


class Promise(NamedTuple):
    """What a household or a donor promised a project in all, in fen, and what it gave: of its payments, those beyond
    its due."""

    project: str
    room: str
    donor: str
    promised: Fen
    paid: Fen
    since: date
    pledges: tuple[str, ...]

    @property
    def open(self) -> Fen:
        """What is promised and not given yet."""
        return Fen(max(0, self.promised - self.paid))

    @property
    def state(self) -> str:
        """paid, part or unpaid."""
        return "paid" if not self.open else "part" if self.paid > 0 else "unpaid"


def standing(
    db: sqlite3.Connection, project: str = "", *, room: str = "", donor: str = "", as_of: date | None = None
) -> list[Pledge]:
    """The pledges that count, in the order of days: of all, one project, one household, one donor."""
    rows = db.execute(
        "SELECT number, project, ifnull(room, ''), ifnull(donor, ''), fen, day, note FROM pledge"
        " WHERE :project IN ('', project) AND :room IN ('', room) AND :donor IN ('', donor) AND day <= :until"
        " AND number NOT IN (SELECT number FROM void)",
        {"project": project, "room": room, "donor": donor, "until": (as_of or date.max).isoformat()},
    ).fetchall()
    found = [
        Pledge(number, of, door, giver, Fen(fen), date.fromisoformat(day), note)
        for number, of, door, giver, fen, day, note in rows
    ]
    return sorted(found, key=lambda one: (one.date, numbers.split(one.number)))


def promises(
    db: sqlite3.Connection, project: str = "", *, room: str = "", donor: str = "", as_of: date | None = None
) -> list[Promise]:
    """What was promised against what was given, by project and payer: households in the order of rooms, then donors."""
    from zaoyuan_cli.rules.rooms import order

    found: dict[tuple[str, str, str], Promise] = {}
    for one in standing(db, project, room=room, donor=donor, as_of=as_of):
        key = (one.project, one.room, one.donor)
        before = found.get(key) or Promise(*key, Fen(0), _given(db, *key, as_of), one.date, ())
        found[key] = before._replace(promised=Fen(before.promised + one.amount), pledges=(*before.pledges, one.number))
    return sorted(found.values(), key=lambda one: (one.project, not one.room, one.room and order(one.room), one.donor))


def _given(db: sqlite3.Connection, project: str, room: str, donor: str, as_of: date | None) -> Fen:
    """What a payer gave beyond its due, net of refunds: a due is settled first."""
    if room:
        claim = dues.claim(db, project, room, as_of)
        return Fen(max(0, claim.paid - max(0, claim.due - claim.waived)))
    return donors.given(db, project, as_of).get(donor, Fen(0))


def open_of(db: sqlite3.Connection, project: str, room: str) -> Fen:
    """What a household promised a project and has not given yet."""
    return Fen(sum(one.open for one in promises(db, project, room=room)))


def add(
    book: Book, project: str, fen: Fen, on: date, *, room: str = "", donor: str = "", note: str = ""
) -> tuple[str, Promise]:
    """Record a promise: its number, and what the payer promised in all. Refusal: the project is closed."""
    note = clean(note, field="note").strip()
    with book.writing("project pledge"):
        number = book.number("pledge")
        book.record(PledgeMade(number=number, project=project, fen=int(fen), on=on, room=room, donor=donor, note=note))
        (promise,) = promises(book.db, project, room=room, donor=donor)
    return number, promise


def amount_of(db: sqlite3.Connection, number: str) -> Fen:
    """What a pledge that stands, or is void, promised, in fen."""
    return Fen(db.execute("SELECT fen FROM pledge WHERE number = ?", [number]).fetchone()[0])


def void(book: Book, number: str, reason: str) -> None:
    """A pledge was wrong, or is not kept. Raises Refusal, Unreadable (see voiding), where its project is closed too."""
    voiding.void(book, "project void", PledgeVoided, number, reason, "pledge")
