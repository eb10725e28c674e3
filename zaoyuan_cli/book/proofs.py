"""What a code on paper proves: the papers that were posted with one, the chains up to them, what changed since.

A code is over the heads of all chains as they were, so whatever was altered up to then gives another code (trust,
Codes). The book as it was is replayed from what those heads had seen.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from zaoyuan_cli.errors import BookUnreadable
from zaoyuan_cli.facts.notices import NoticePosted
from zaoyuan_cli.facts.signings import MinutesPosted
from zaoyuan_cli.rules import codes, numbers
from zaoyuan_cli.rules.money import Fen

from . import Book, clock, journal
from .receipts import Receipt

Day = date  # a field of Paper is called date
MONEY = ("receipt", "refund", "expense", "income", "credit", "return", "repayment", "handin")
"""The series of numbers of what moves money."""


class Paper(NamedTuple):
    """A paper that was posted as this program drew it: a notice, or minutes in an edition (`number` is the meeting's).
    `step` and `moment` are of its posting, `heads` the last step of each device before it."""

    number: str
    item: str
    edition: int
    about: str
    date: Day
    until: Day | None
    place: str
    event: int
    step: str
    moment: datetime
    heads: Mapping[str, int]
    program: str
    replaces: str
    code: str


class Change(NamedTuple):
    """A movement of money in days a paper is of: `what` became of it since (void, added, changed), in fen."""

    number: str
    date: Day
    what: str
    amount: Fen


def posted(book: Book) -> list[Paper]:
    """Every paper with a code, the first first; withdrawn ones too, for a code stays true."""
    rows = book.db.execute(
        "SELECT event.id, kind, event.body, private.body, device, lamport, at FROM event"
        " JOIN command ON command.id = command LEFT JOIN private ON commitment = event.private"
        " WHERE event.id IN (SELECT event FROM notice UNION ALL SELECT event FROM edition)"
        " ORDER BY lamport, device, event.id"
    ).fetchall()
    devices = {device[:1]: device for device in journal.heads(book.db)}
    found = []
    for event, kind, body, secret, device, lamport, at in rows:
        fact = journal.load(kind, body, secret, erased=secret is None)
        assert isinstance(fact, NoticePosted | MinutesPosted)
        if not fact.heads:
            continue
        step = journal.Step(lamport, device)
        common = (event, step.name, clock.local(at), fact.heads)
        code = _code(book, fact.heads, step, devices)
        if isinstance(fact, NoticePosted):
            about = fact.about or fact.period
            found.append(Paper(fact.number, fact.item, 0, about, fact.on, fact.until, fact.place, *common,
                               fact.program, fact.replaces, code))  # fmt: skip
        else:
            found.append(Paper(fact.meeting, "minutes", fact.edition, fact.meeting, fact.on, None, fact.place, *common,
                               "", "", code))  # fmt: skip
    return found


def _code(book: Book, heads: Mapping[str, int], step: journal.Step, devices: Mapping[str, str]) -> str:
    """The code over what the heads had seen, with the posting's own step in its device's place."""
    at = {devices.get(letter, letter): lamport for letter, lamport in heads.items()} | {step.device: step.lamport}
    query = "SELECT hash FROM command WHERE device = ? AND lamport = ?"
    links = [
        (device, lamport, row[0] if (row := book.db.execute(query, [device, lamport]).fetchone()) else b"")
        for device, lamport in at.items()
    ]
    return codes.of_paper(book.id, links)


def document(book: Book, paper: Paper) -> tuple[str, bool]:
    """The paper as it was kept ("" where it was erased), and whether it is what its posting committed to."""
    row = book.db.execute(
        "SELECT kind, event.body, event.private, salt, private.body FROM event"
        " LEFT JOIN private ON commitment = event.private WHERE event.id = ?",
        [paper.event],
    ).fetchone()
    kind, body, commitment, salt, secret = row
    if secret is None:
        return "", True
    fact = journal.load(kind, body, secret)
    assert isinstance(fact, NoticePosted | MinutesPosted)
    said = fact.document if isinstance(fact, NoticePosted) else fact.summary
    return said, journal.commit(salt, secret) == commitment


def altered(db: sqlite3.Connection, heads: Mapping[str, int]) -> str:
    """The first step of any device, up to these, at which a chain is not what it says; "" where all are sound."""
    for device in journal.heads(db):
        try:
            journal.verify(db, device)
        except BookUnreadable as fault:
            if fault.value and int(str(fault.value)[1:]) <= heads.get(device[:1], 0):
                return str(fault.value)
    return ""


def changes(then: sqlite3.Connection, now: sqlite3.Connection, first: date, last: date) -> list[Change]:
    """What of the money of some days, as one ledger had it, another has no more, anew, or otherwise."""
    was, is_now = _moved(then, first, last), _moved(now, first, last)
    gone = _void(now) - _void(then)
    found = [
        Change(number, day, "void" if number in gone or number not in is_now else "changed", amount)
        for number, (day, amount) in was.items()
        if number in gone or is_now.get(number) != (day, amount)
    ]
    found += [Change(number, *moved[:1], "added", moved[1]) for number, moved in is_now.items() if number not in was]
    return sorted(found, key=lambda one: (one.date, one.number))


def _moved(db: sqlite3.Connection, first: date, last: date) -> dict[str, tuple[date, Fen]]:
    rows = db.execute(
        "SELECT number, day, sum(fen), max(abs(fen)) FROM movement WHERE number != '' AND day BETWEEN ? AND ?"
        " AND event NOT IN (SELECT event FROM reversal) GROUP BY number, day",
        [first.isoformat(), last.isoformat()],
    ).fetchall()
    return {number: (date.fromisoformat(day), Fen(fen or most)) for number, day, fen, most in rows}


def _void(db: sqlite3.Connection) -> set[str]:
    return {str(number) for (number,) in db.execute("SELECT number FROM void").fetchall()}


def outdated(db: sqlite3.Connection, heads: Mapping[str, int], first: date, last: date) -> list[str]:
    """The numbers of what was entered, made void, undone or brought back since some heads, of the money of some days:
    what makes a sheet that hangs untrue. Quicker than `changes`: nothing is replayed."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    rows = db.execute(
        "SELECT DISTINCT entry.number FROM entry LEFT JOIN void ON void.number = entry.number"
        " JOIN event ON event.id IN (entry.event, void.event) JOIN command ON command.id = command"
        " WHERE entry.number != '' AND entry.day BETWEEN :first AND :last"
        " AND lamport > ifnull(:heads ->> substr(device, 1, 1), 0)",
        days | {"heads": json.dumps(dict(heads))},
    ).fetchall()
    return sorted({str(number) for (number,) in rows} | _turned(db, heads, days))


def _turned(db: sqlite3.Connection, heads: Mapping[str, int], days: Mapping[str, str]) -> set[str]:
    """The numbers of the money of some days in steps that some heads had seen, and that count now if they did not then,
    or do not if they did. The ledger has no rows of an undone step, so its facts are asked."""
    turned = journal.undone(db) ^ journal.undone(db, heads)
    found = [journal.command_of(db, step) for step in turned if int(step[1:]) <= heads.get(step[:1], 0)]
    if not found:
        return set()
    rows = db.execute(
        "SELECT body ->> 'number' FROM event WHERE command IN (SELECT value FROM json_each(:commands))"
        " AND (body ->> 'on' BETWEEN :first AND :last AND id IN (SELECT event FROM number WHERE series IN"
        " (SELECT value FROM json_each(:series))) OR kind LIKE '%.voided.v1' AND body ->> 'number' IN"
        " (SELECT number FROM entry WHERE day BETWEEN :first AND :last))",
        {**days, "commands": json.dumps([one[0] for one in found if one]), "series": json.dumps(MONEY)},
    ).fetchall()
    return {str(number) for (number,) in rows}


# ---- receipts


def receipt_code(db: sqlite3.Connection, receipt: Receipt) -> str:
    """The code of a receipt, over the step that issued it."""
    row = db.execute(
        "SELECT hash FROM command JOIN event ON command.id = command WHERE event.id = ?", [receipt.event]
    ).fetchone()
    return codes.of_receipt(receipt.receipt, row[0])


def receipt_with(db: sqlite3.Connection, code: str) -> str:
    """The number of the receipt that has a code, void and undone ones too; "" for none."""
    rows = db.execute(
        "SELECT number.text, hash FROM number JOIN event ON event.id = number.event"
        " JOIN command ON command.id = command WHERE series = 'receipt'"
    ).fetchall()
    return next((str(number) for number, step in rows if codes.of_receipt(number, step) == code), "")


def issuing(db: sqlite3.Connection, receipt: Receipt) -> tuple[str, datetime]:
    """The step that issued a receipt, and when."""
    device, lamport, at = db.execute(
        "SELECT device, lamport, at FROM command JOIN event ON command.id = command WHERE event.id = ?",
        [receipt.event],
    ).fetchone()
    return journal.Step(lamport, device).name, clock.local(at)


def last_receipt(db: sqlite3.Connection, number: str) -> str:
    """The last receipt that this file holds of a number's letter and year; "" for none."""
    asked = numbers.parse(number, "receipt")
    row = db.execute(
        "SELECT text FROM number WHERE series = 'receipt' AND device = ? AND year = ? ORDER BY n DESC LIMIT 1",
        [asked.device, asked.year],
    ).fetchone()
    return str(row[0]) if row else ""
