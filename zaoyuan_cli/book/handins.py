"""Money in the hands of collectors: each has a hand account, and hands in to the cashier by slips (R-69)."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.facts.accounts import AccountAdded
from zaoyuan_cli.facts.handins import HandedIn, HandinVoided
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, accounts, entries, numbered, people, roles, searching, voiding
from .ledger import Origin, derives

Day = date  # a field of Handin is called date
HAND = {"zh": "在手", "en": "Hand"}  # how the program names a hand account, in the book's language

TABLES = (
    "CREATE TABLE handin (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " leader TEXT NOT NULL REFERENCES person (person), fen INTEGER NOT NULL, counted INTEGER NOT NULL,"
    " source TEXT NOT NULL REFERENCES account (account), target TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, note TEXT NOT NULL) STRICT",
)


@derives(HandedIn)
def made(db: sqlite3.Connection, origin: Origin, fact: HandedIn) -> None:
    db.execute(
        "INSERT INTO handin VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.leader, fact.fen, fact.counted, fact.source, fact.target,
            fact.on.isoformat(), fact.note,
        ),
    )  # fmt: skip
    entries.move(db, origin, "account", fact.on, fact.counted, fact.source, fact.target, fact.number)
    if fact.note:
        searching.put(db, origin, "handin", fact.number, fact.note)


@derives(HandinVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: HandinVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Handin(NamedTuple):
    """A slip, in fen: `amount` by the slip, `counted` there, `outstanding` what of its shortfall no entry has explained
    yet; `person` is the leader's id; state settled, short or void."""

    handin: str
    date: date
    person: str
    amount: Fen
    counted: Fen
    account: str
    to: str
    note: str
    state: str
    void_date: Day | None
    reason: str
    outstanding: Fen

    @property
    def shortfall(self) -> Fen:
        """What was missing; below zero where there was more than the slip says."""
        return self.amount - self.counted


def everyone(
    db: sqlite3.Connection, since: date | None = None, until: date | None = None, number: str = ""
) -> list[Handin]:
    """Slips between two days, void ones among them, in the order of days."""
    rows = db.execute(
        "SELECT number, handin.day, leader, fen, counted, source, target, note, void.day, ifnull(reason, '')"
        " FROM handin LEFT JOIN void USING (number) WHERE handin.day BETWEEN ? AND ? AND ? IN ('', number)",
        [(since or date.min).isoformat(), (until or date.max).isoformat(), number],
    ).fetchall()
    open_ = _outstanding(db, until) if any(counted < fen for _n, _day, _who, fen, counted, *_rest in rows) else {}
    return sorted((_read(row, open_) for row in rows), key=lambda one: (one.date, numbers.split(one.handin)))


def _outstanding(db: sqlite3.Connection, until: date | None) -> dict[str, Fen]:
    """Slip → what of its shortfall is not explained: what was handed in later makes good the oldest first."""
    rows = db.execute(
        "SELECT number, source, fen - counted, day FROM handin WHERE fen > counted AND day <= ?"
        " AND number NOT IN (SELECT number FROM void) ",
        [(until or date.max).isoformat()],
    ).fetchall()
    rows.sort(key=lambda row: (row[3], numbers.split(row[0])), reverse=True)
    left = {source: int(short(db, source, until)) for source in {source for _number, source, *_rest in rows}}
    found: dict[str, Fen] = {}
    for number, source, fen, _day in rows:
        found[number] = Fen(min(fen, left[source]))
        left[source] -= found[number]
    return found


def _read(row: tuple[Any, ...], open_: Mapping[str, Fen]) -> Handin:
    number, day, leader, fen, counted, source, target, note, voided, reason = row
    gone = date.fromisoformat(voided) if voided else None
    state = "void" if gone else "short" if open_.get(number) else "settled"
    return Handin(
        number, date.fromisoformat(day), leader, Fen(fen), Fen(counted), source, target, note, state, gone, reason,
        open_.get(number, Fen(0)),
    )  # fmt: skip


def undone(db: sqlite3.Connection) -> list[str]:
    """Numbers of slips that were undone or could not stand: they are never used again, and stand as void."""
    rows = db.execute(
        "SELECT text FROM number WHERE series = 'handin' AND NOT stands AND text NOT IN (SELECT number FROM handin)"
        " ORDER BY device, year, n"
    ).fetchall()
    return [text for (text,) in rows]


def one(db: sqlite3.Connection, number: str) -> Handin:
    """The slip of a number that is known to be one, in full."""
    return everyone(db, number=number)[0]


def pick(book: Book, text: str) -> Handin:
    """The slip of a number, in full or where one fits (H3, 3). Raises NotFound, Ambiguous, Unreadable."""
    return one(book.db, numbered.pick(book, "handin", text))


# ---- hand accounts


def account_of(db: sqlite3.Connection, person: str) -> str:
    """The hand account of a person (an id, also one merged into it), "" where there is none; of several the one with
    most in it."""
    found = accounts.held_by(db, "hand", people.same(db, person))
    return max(found, key=lambda name: entries.balance(db, "account", name), default="")


def hand(book: Book, person: str) -> str:
    """The hand account of a person, made where there is none. It is named after the unit they lead, else their id:
    a name of theirs would stand in the book for ever."""
    if known := account_of(book.db, person):
        return known
    prefix = HAND[book.lang]
    with book.writing("account add"):
        led = roles.held(book.db, book.today, role="unit-leader", person=person)
        wanted = [f"{prefix}{one.scope}" for one in led if one.scope] + [f"{prefix}{person}"]
        taken = entries.names(book.db, "account")
        name = next((name for name in wanted if name not in taken), wanted[-1])
        book.record(AccountAdded(account=name, account_kind="hand", on=book.today, holder=person))
    return name


def short(db: sqlite3.Connection, account: str, as_of: date | None = None) -> Fen:
    """What of the shortfalls of a hand account no entry has explained yet: a hand-in of the rest, a void, an expense
    paid out of it brings what is in the account below the shortfall, and so makes it good."""
    rows = db.execute(
        "SELECT movement.fen, ifnull(handin.fen - counted, 0) FROM movement"
        " JOIN event ON event.id = movement.event JOIN command ON command.id = command"
        " LEFT JOIN handin ON handin.event = movement.event WHERE movement.account = ? AND movement.day <= ?"
        " ORDER BY movement.day, lamport, device, event.id, leg",
        [account, (as_of or date.max).isoformat()],
    ).fetchall()
    missing = has = 0
    for fen, lacking in rows:
        has += fen
        missing = max(0, missing + lacking)
        if fen < 0 <= has:
            missing = min(missing, has)
    return Fen(min(missing, has) if has >= 0 else missing)


def shortfalls(db: sqlite3.Connection, as_of: date | None = None) -> list[tuple[str, str, Fen]]:
    """(account, the holder's id, fen) of every hand account with a shortfall no entry has explained."""
    holders = dict(db.execute("SELECT account, holder FROM account WHERE kind = 'hand'").fetchall())
    found = [
        (name, holders[name] or "", short(db, name, as_of)) for name in entries.names(db, "account") if name in holders
    ]
    return [one for one in found if one[2]]


# ---- verbs


def add(book: Book, leader: str, source: str, target: str, amount: Fen, counted: Fen, on: date, note: str = "") -> str:
    """Record a slip; its number. What was counted moves; what is missing stays in the leader's account (R-69)."""
    note = clean(note, field="note").strip()
    with book.writing("handin add"):
        number = book.number("handin")
        book.record(
            HandedIn(
                number=number, leader=leader, fen=int(amount), counted=int(counted), source=source, target=target,
                on=on, note=note,
            )
        )  # fmt: skip
    return number


def void(book: Book, slip: Handin, reason: str) -> None:
    """A slip was entered wrongly. Raises Refusal, Unreadable (see voiding)."""
    voiding.void(book, "handin void", HandinVoided, slip.handin, reason)
