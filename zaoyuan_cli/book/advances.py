"""Advances: members pay out of their own pocket. Each has an advance account; what is below zero in it is owed to them,
until it is repaid."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.accounts import AccountAdded
from zaoyuan_cli.facts.advances import AdvanceRepaid, RepaymentVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, accounts, entries, people, searching, voiding
from .ledger import Origin, Problem, derives, judges

Day: TypeAlias = date  # a field of Repayment is called date
ADVANCE = {"zh": "垫付", "en": "Advance"}  # how the program names an advance account, in the book's language
NOT_ABOVE_OWED = "advance.not_above_owed"
DAYS = 14  # within which a claim is settled, as committees do it; no law says so

TABLES = (
    "CREATE TABLE repayment (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " person TEXT NOT NULL REFERENCES person (person), fen INTEGER NOT NULL,"
    " source TEXT NOT NULL REFERENCES account (account), target TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, note TEXT NOT NULL) STRICT",
)


@derives(AdvanceRepaid)
def repaid(db: sqlite3.Connection, origin: Origin, fact: AdvanceRepaid) -> None:
    db.execute(
        "INSERT INTO repayment VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.person, fact.fen, fact.source, fact.target, fact.on.isoformat(), fact.note,
        ),
    )  # fmt: skip
    entries.move(db, origin, "account", fact.on, fact.fen, fact.source, fact.target, fact.number)
    if fact.note:
        searching.put(db, origin, "expense", fact.number, fact.note)


@derives(RepaymentVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: RepaymentVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Repayment(NamedTuple):
    """Money given back to a member (an id), in fen, out of `account` and into their advance account `to`; state repaid
    or void, with the day and reason of the void."""

    repayment: str
    date: date
    person: str
    amount: Fen
    account: str
    to: str
    note: str
    state: str
    void_date: Day | None
    reason: str


def everyone(
    db: sqlite3.Connection, since: date | None = None, until: date | None = None, number: str = ""
) -> list[Repayment]:
    """Repayments between two days, void ones among them, in the order of days."""
    rows = db.execute(
        "SELECT number, repayment.day, person, fen, source, target, note, void.day, ifnull(reason, '')"
        " FROM repayment LEFT JOIN void USING (number) WHERE repayment.day BETWEEN ? AND ? AND ? IN ('', number)",
        [(since or date.min).isoformat(), (until or date.max).isoformat(), number],
    ).fetchall()
    return sorted(map(_read, rows), key=lambda one: (one.date, numbers.split(one.repayment)))


def _read(row: tuple[Any, ...]) -> Repayment:
    number, day, person, fen, source, target, note, voided, reason = row
    gone = date.fromisoformat(voided) if voided else None
    state = "void" if gone else "repaid"
    return Repayment(number, date.fromisoformat(day), person, Fen(fen), source, target, note, state, gone, reason)


def undone(db: sqlite3.Connection) -> list[str]:
    """Numbers of repayments that were undone or could not stand: they are never used again, and stand as void."""
    rows = db.execute(
        "SELECT text FROM number WHERE series = 'repayment' AND NOT stands"
        " AND text NOT IN (SELECT number FROM repayment) ORDER BY device, year, n"
    ).fetchall()
    return [text for (text,) in rows]


def one(db: sqlite3.Connection, number: str) -> Repayment:
    """The repayment of a number that is known to be one, in full."""
    return everyone(db, number=number)[0]


# ---- advance accounts


class Owed(NamedTuple):
    """What is owed to a member (an id) by their advance account, in fen, and the day of the first expense of it that is
    not repaid yet."""

    account: str
    person: str
    owed: Fen
    since: Day


def account_of(db: sqlite3.Connection, person: str) -> str:
    """The advance account of a person (an id, also one merged into it), "" where there is none; of several the one by
    which most is owed."""
    found = accounts.held_by(db, "advance", people.same(db, person))
    return min(found, key=lambda name: entries.balance(db, "account", name), default="")


def advance(book: Book, person: str) -> str:
    """The advance account of a person, recorded inside a step being written where there is none. It is named after
    their id: a name of theirs would stand in the book for ever."""
    if known := account_of(book.db, person):
        return known
    name = f"{ADVANCE[book.lang]}{person}"
    book.record(AccountAdded(account=name, account_kind="advance", on=book.today, holder=person))
    return name


def owed(db: sqlite3.Connection, as_of: date | None = None, person: str = "") -> list[Owed]:
    """What is owed to members at the end of a day (now without one), of all or of one (an id). What they got settles
    the oldest expense first."""
    known = people.kept(db)
    rows = db.execute("SELECT account, holder FROM account WHERE kind = 'advance'").fetchall()
    found = []
    for account, holder in sorted(rows):
        who = known.get(holder, holder)
        if person in ("", who) and (line := _open_since(db, account, as_of)):
            found.append(Owed(account, who, *line))
    return found


def _open_since(db: sqlite3.Connection, account: str, as_of: date | None) -> tuple[Fen, Day] | None:
    rows = db.execute(
        "SELECT day, fen FROM movement WHERE account = ? AND day <= ? ORDER BY day, fen",
        [account, (as_of or date.max).isoformat()],
    ).fetchall()
    got = sum(fen for _day, fen in rows if fen > 0)
    for day, fen in rows:
        got += min(fen, 0)
        if got < 0:
            return Fen(-sum(fen for _day, fen in rows)), date.fromisoformat(day)
    return None


# ---- verbs


def repay(book: Book, person: str, fen: Fen, source: str, on: date, note: str = "") -> str:
    """Give a member (an id) back what they advanced; the number. Never more than is owed.
    Raises Refusal repay_above_owed, Unreadable for a note that cannot be kept."""
    note = clean(note, field="note").strip()
    with book.writing("expense repay"):
        target = account_of(book.db, person)
        limit = Fen(max(0, -entries.balance(book.db, "account", target))) if target else Fen()
        if fen > limit:
            name = people.name_of(book.db, person)
            said = _("{name} is owed {limit} yuan, not {amount}.") if limit else _("Nothing is owed to {name}.")
            raise Refusal(
                said.format(name=name, limit=limit, amount=fen), code="repay_above_owed", field="amount",
                value=str(fen), rule=NOT_ABOVE_OWED, limit=limit,
                hint=_("What is owed to whom: {command}").format(command="zaoyuan account list"),
            )  # fmt: skip
        if source == target:
            said = _("From and to are the same account: {name}.")
            raise Refusal(said.format(name=source), field="method", value=source)
        number = book.number("repayment")
        book.record(
            AdvanceRepaid(number=number, person=person, fen=int(fen), source=source, target=target, on=on, note=note)
        )
    return number


def void(book: Book, repayment: str, reason: str) -> None:
    """A repayment was entered wrongly. Raises Refusal, Unreadable (see voiding)."""
    voiding.void(book, "expense void", RepaymentVoided, repayment, reason)


def must_not_exceed(book: Book, account: str) -> None:
    """After recording, inside the step: refuse it if more was repaid than is owed now. Raises Refusal."""
    for code, where, message, _size in above_owed(book.db):
        if where == account:
            numbers = [one.repayment for one in everyone(book.db) if one.to == account and one.state != "void"]
            raise Refusal(
                message, code=code, field="expense", rule=NOT_ABOVE_OWED,
                candidates=[{"key": number, "label": number} for number in numbers],
                hint=_("Make the repayment void first: {command}").format(
                    command=f"zaoyuan expense void {numbers[-1]} --reason …"
                ),
            )  # fmt: skip


@judges
def above_owed(db: sqlite3.Connection) -> Iterator[Problem]:
    """Nobody got back more than they advanced. After a merge of two books that repaid the same money somebody may have:
    then one of the repayments is made void."""
    rows = db.execute(
        "SELECT account, sum(fen) FROM movement JOIN account USING (account) WHERE kind = 'advance'"
        " AND account IN (SELECT target FROM repayment WHERE number NOT IN (SELECT number FROM void))"
        " GROUP BY account HAVING sum(fen) > 0 ORDER BY account"
    ).fetchall()
    for account, fen in rows:
        last = [one.repayment for one in everyone(db) if one.to == account and one.state != "void"]
        said = _("{account}: {more} yuan more were repaid than were advanced ({numbers}).")
        yield Problem(
            "repay_above_owed", account, said.format(account=account, more=Fen(fen), numbers=", ".join(last)), fen
        )
