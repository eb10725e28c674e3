"""Counts: what was found in an account when somebody looked (R-61). A count books nothing: what it differs from the
book is computed each time it is read, and stands until an entry explains it."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.facts.accounts import AccountCounted
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, entries

EVERY = timedelta(days=30)  # a cash box with money in it is counted at least so often

Day = date  # a field of Count is called date


class Count(NamedTuple):
    """A count, in fen: what the book says of that day, what was counted, by whom (ids of people). `open`: nothing
    entered since has explained the difference."""

    account: str
    date: Day
    book: Fen
    counted: Fen
    people: tuple[str, ...]
    note: str
    open: bool

    @property
    def difference(self) -> Fen:
        """Counted less book: below zero, money is missing."""
        return Fen(self.counted - self.book)


def record(book: Book, account: str, counted: Fen, on: date, people: tuple[str, ...], note: str = "") -> Count:
    """Write down a count; nothing is booked."""
    with book.writing("account count"):
        book.record(
            AccountCounted(account=account, counted=int(counted), by=people, on=on, note=clean(note, field="note"))
        )
    return everyone(book.db, account)[-1]


def everyone(db: sqlite3.Connection, account: str = "", as_of: date | None = None) -> list[Count]:
    """Every count, or those of one account, by day, in the order they were written."""
    rows = db.execute(
        "SELECT lamport, device, account, day, fen, people, note FROM tally JOIN event ON event.id = tally.event"
        " JOIN command ON command.id = command WHERE ?1 IN ('', account) AND day <= ?2"
        " ORDER BY day, lamport, device, event.id",
        [account, (as_of or date.max).isoformat()],
    ).fetchall()
    found = []
    for lamport, device, of, day, fen, people, note in rows:
        on = date.fromisoformat(day)
        has = entries.balance(db, "account", of, on)
        open = fen != has and not _explained(db, of, on, fen, (lamport, device))
        found.append(Count(of, on, has, Fen(fen), tuple(people.split()), note, open))
    return found


def _explained(db: sqlite3.Connection, account: str, on: date, counted: int, place: tuple[int, str]) -> bool:
    """Whether what was entered after a count made the book, at some moment, say what was counted."""
    rows = db.execute(
        "SELECT (lamport, device) > (?, ?), sum(fen) FROM movement JOIN event ON event.id = movement.event"
        " JOIN command ON command.id = command WHERE account = ? AND (day <= ? OR (lamport, device) > (?, ?))"
        " GROUP BY lamport, device ORDER BY lamport, device",
        [*place, account, on.isoformat(), *place],
    ).fetchall()
    stands = 0
    for since, fen in rows:
        stands += fen
        if since and stands == counted:
            return True
    return False


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
