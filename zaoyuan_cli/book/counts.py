"""Counts: what was found in an account when somebody looked (R-61). A count books nothing: it keeps what the book said
then, and its difference stands until an entry explains it."""

import sqlite3
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from zaoyuan_cli.facts.accounts import AccountCounted
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, entries

EVERY = timedelta(days=30)  # a cash box with money in it is counted at least so often

Day = date  # a field of Count is called date


class Count(NamedTuple):
    """A count, in fen: what the book said of that day when it was made (`book`), what it says of it by now (`now`),
    what was counted, by whom (ids of people), in which step. `open`: nothing entered since has explained what is
    missing; else `explained` are the numbers of what did, a step where an entry has no number."""

    account: str
    date: Day
    book: Fen
    counted: Fen
    people: tuple[str, ...]
    note: str
    step: str
    now: Fen
    open: bool
    explained: tuple[str, ...]

    @property
    def difference(self) -> Fen:
        """Counted less book, as it was found: below zero, money was missing."""
        return Fen(self.counted - self.book)


def record(book: Book, account: str, counted: Fen, on: date, people: tuple[str, ...], note: str = "") -> Count:
    """Write down a count; nothing is booked."""
    with book.writing("account count"):
        has = entries.balance(book.db, "account", account, on)
        note = clean(note, field="note")
        book.record(
            AccountCounted(account=account, counted=int(counted), by=people, on=on, note=note, book=int(has))
        )  # fmt: skip
    (event,) = book.db.execute("SELECT max(event) FROM tally").fetchone()
    return _read(book.db, "tally.event = ?", [event])[0]


def everyone(db: sqlite3.Connection, account: str = "", as_of: date | None = None) -> list[Count]:
    """Every count, or those of one account, by day, in the order they were written."""
    return _read(db, "?1 IN ('', account) AND day <= ?2", [account, (as_of or date.max).isoformat()])


def _read(db: sqlite3.Connection, which: str, values: list[object]) -> list[Count]:
    rows = db.execute(
        "SELECT lamport, device, account, day, fen, people, note, book FROM tally JOIN event ON event.id = tally.event"
        f" JOIN command ON command.id = command WHERE {which} ORDER BY day, lamport, device, event.id",
        values,
    ).fetchall()
    found = []
    for lamport, device, of, day, fen, people, note, book in rows:
        on = date.fromisoformat(day)
        now = entries.balance(db, "account", of, on)
        then = Fen(now if book is None else book)
        why = () if fen == now == then else _explained(db, of, on, fen, now, (lamport, device))
        found.append(
            Count(of, on, then, Fen(fen), tuple(people.split()), note, f"{device[0]}{lamport}", now, why is None,
                  why or ())
        )  # fmt: skip
    return found


def _explained(
    db: sqlite3.Connection, account: str, on: date, counted: int, now: Fen, place: tuple[int, str]
) -> tuple[str, ...] | None:
    """The numbers of what was entered or made void after a count until the book, at some moment, said what was counted;
    None where it never did."""
    if now == counted:  # the entry that was missing, dated on the day or before
        rows = db.execute(
            "SELECT number, step FROM (SELECT number, substr(device, 1, 1) || lamport AS step, lamport, device"
            " FROM movement JOIN event ON event.id = movement.event JOIN command ON command.id = command"
            " WHERE account = ?1 AND day <= ?2 UNION SELECT number, '', lamport, device FROM void"
            " JOIN event ON event.id = void.event JOIN command ON command.id = command"
            " WHERE number IN (SELECT number FROM entry WHERE account = ?1 AND day <= ?2))"
            " WHERE (lamport, device) > (?3, ?4) ORDER BY lamport, device, number",
            [account, on.isoformat(), *place],
        ).fetchall()
        return tuple(dict.fromkeys(number or step for number, step in rows))
    rows = db.execute(
        "SELECT substr(device, 1, 1) || lamport, (lamport, device) > (?, ?), number, fen FROM movement"
        " JOIN event ON event.id = movement.event JOIN command ON command.id = command"
        " WHERE account = ? AND (day <= ? OR (lamport, device) > (?, ?)) ORDER BY lamport, device, event.id",
        [*place, account, on.isoformat(), *place],
    ).fetchall()
    stands, found = 0, dict[str, None]()
    for (step, since), legs in groupby(rows, key=lambda row: row[:2]):
        for *_step, number, fen in legs:
            stands += fen
            if since:
                found[number or step] = None
        if since and stands == counted:
            return tuple(found)
    return None


def last(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Count]:
    """The last count of each account that was ever counted."""
    return {one.account: one for one in everyone(db, as_of=as_of)}


def due(db: sqlite3.Connection, as_of: date) -> list[tuple[str, Fen, date | None]]:
    """The cash accounts with money in them that nobody counted for too long: (account, balance, day of the last
    count). One that was never counted is due so many days after its first movement."""
    counts, found = last(db, as_of), []
    for account, has in entries.balances(db, "account", as_of).items():
        row = db.execute(
            "SELECT kind, (SELECT min(day) FROM movement WHERE movement.account = account.account)"
            " FROM account WHERE account.account = ?",
            [account],
        ).fetchone()
        if row[0] == "cash" and has > 0 and row[1]:
            since = counts[account].date if account in counts else date.fromisoformat(row[1])
            if as_of - since > EVERY:
                found.append((account, has, counts[account].date if account in counts else None))
    return found
