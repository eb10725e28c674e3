"""Receipts: every number ever given out for money received, what became of it, the refunds under it (R-57), how often
it was printed.

A receipt whose step was undone has no ledger row any more: all that is left is its number and its journal entry.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.contributions import ContributionReceived
from zaoyuan_cli.facts.receipts import ReceiptPrinted
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers, papers
from zaoyuan_cli.rules.money import Fen

from . import Book, journal, numbered
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE printed (event INTEGER PRIMARY KEY, number TEXT NOT NULL, day TEXT NOT NULL) STRICT",
    "CREATE INDEX printed_number ON printed (number)",
)


@derives(ReceiptPrinted)
def printed(db: sqlite3.Connection, origin: Origin, fact: ReceiptPrinted) -> None:
    db.execute("INSERT INTO printed VALUES (?, ?, ?)", (origin.event, fact.number, fact.on.isoformat()))


class Receipt(NamedTuple):
    """A receipt; amounts in fen. `state` is paid or void; `undone` is void because its step was taken back or could not
    stand; `ahead` paid before anything was due; `refunded` what went back of it; `donor` a donor's id; `paper` the
    number of a pre-printed one, `ref` that of the transfer."""

    receipt: str
    date: date
    room: str
    donor: str
    amount: Fen
    state: str
    account: str
    fund: str
    project: str
    ahead: bool
    refunded: Fen
    undone: bool
    paper: str
    ref: str
    payer: str
    note: str
    event: int

    @property
    def standing(self) -> Fen:
        """What of it still counts."""
        return Fen(0) if self.state == "void" else self.amount - self.refunded

    @property
    def stands(self) -> str:
        """valid, refunded in part or wholly, or void; whether the due is settled is another matter."""
        if self.state == "void" or not self.refunded:
            return _stands(self.state)
        return "part_refunded" if self.standing else "refunded"


class Refund(NamedTuple):
    """Money that went back of a receipt; `state` is paid or void."""

    refund: str
    receipt: str
    date: date
    amount: Fen
    account: str
    state: str
    reason: str

    @property
    def stands(self) -> str:
        """valid or void."""
        return _stands(self.state)


def _stands(state: str) -> str:
    return "valid" if state == "paid" else state


_STANDING = (
    "SELECT c.number, c.day, ifnull(c.room, ''), ifnull(c.donor, ''), c.fen,"
    " iif(v.number IS NULL, 'paid', 'void'), c.account, c.fund, ifnull(c.project, ''), c.ahead,"
    " ifnull((SELECT sum(fen) FROM refund WHERE receipt = c.number AND number NOT IN (SELECT number FROM void)), 0),"
    " 0, c.paper, c.ref, c.payer, c.note, c.event"
    " FROM contribution AS c LEFT JOIN void AS v ON v.number = c.number"
)
_GONE = (
    "SELECT number.event, kind, event.body, private.body FROM number JOIN event ON event.id = number.event"
    " LEFT JOIN private ON commitment = event.private WHERE series = 'receipt' AND NOT stands"
)


def register(db: sqlite3.Connection) -> list[Receipt]:
    """Every receipt by its number, void and undone ones too."""
    found = [_read(row) for row in db.execute(_STANDING).fetchall()]
    return sorted((*found, *_gone(db)), key=lambda one: numbers.split(one.receipt))


def _read(row: tuple[object, ...]) -> Receipt:
    one = Receipt._make(row)
    return one._replace(
        date=date.fromisoformat(str(one.date)),
        amount=Fen(one.amount),
        refunded=Fen(one.refunded),
        undone=bool(one.undone),
        ahead=bool(one.ahead),
    )


def _gone(db: sqlite3.Connection, number: str = "") -> Iterator[Receipt]:
    """The receipts that are only numbers now."""
    rows = db.execute(_GONE + (" AND number.text = ?" if number else ""), [number] if number else []).fetchall()
    for event, kind, body, secret in rows:
        fact = journal.load(kind, body, secret)
        if isinstance(fact, ContributionReceived):
            yield Receipt(
                fact.number, fact.on, fact.room, fact.donor, Fen(fact.fen), "void", fact.account, fact.fund,
                fact.project, fact.ahead, Fen(0), True, fact.paper, fact.ref, fact.payer, fact.note, event,
            )  # fmt: skip


def pick(book: Book, text: str, series: str = "receipt") -> str:
    """The number of a receipt (or a refund) as typed, an undone one's too: A2022-0084, or 84 where one fits.
    NotFound, Ambiguous, Unreadable."""
    return numbered.pick(book, series, text, undone=True)


def pick_any(book: Book, text: str) -> tuple[str, str]:
    """(series, number) of a receipt or, where the text has a number under a receipt, of a refund; of a use of credit.
    As `pick`."""
    if numbers.series_of(text) == "credit":
        return "credit", pick(book, text, "credit")
    try:
        numbers.parse(text, "receipt")
    except Unreadable as unreadable:
        try:
            return "refund", pick(book, text, "refund")
        except Unreadable:
            raise unreadable from None
    return "receipt", pick(book, text)


def one(book: Book, number: str) -> Receipt:
    """The receipt of a number in full, as `pick` gives it."""
    row = book.db.execute(_STANDING + " WHERE c.number = ?", [number]).fetchone()
    return _read(row) if row else next(_gone(book.db, number))


def standing(book: Book, number: str) -> Receipt:
    """The receipt, if it has not been undone. Refusal."""
    found = one(book, number)
    if found.undone:
        raise _undone(number)
    return found


def of_refund(book: Book, number: str) -> str:
    """The receipt of a refund that has not been undone. Refusal."""
    row = book.db.execute("SELECT receipt FROM refund WHERE number = ?", [number]).fetchone()
    if row is None:
        raise _undone(number)
    return str(row[0])


def _undone(number: str) -> Refusal:
    return Refusal(_("{number} was undone: it is void already.").format(number=number), field="receipt", value=number)


def refunds(db: sqlite3.Connection, receipt: str) -> list[Refund]:
    """The refunds recorded under a receipt, void ones too, in the order of their numbers."""
    rows = db.execute(
        "SELECT refund.number, receipt, refund.day, fen, account, iif(void.number IS NULL, 'paid', 'void'),"
        " refund.reason FROM refund LEFT JOIN void ON void.number = refund.number WHERE receipt = ?",
        [receipt],
    ).fetchall()
    found = [
        Refund(n, of, date.fromisoformat(day), Fen(fen), account, state, why)
        for n, of, day, fen, account, state, why in rows
    ]
    return sorted(found, key=lambda one: numbers.split(one.refund))


def voided(db: sqlite3.Connection, number: str) -> tuple[date, str] | None:
    """The day a number was made void, and why; None if it was not."""
    row = db.execute("SELECT day, reason FROM void WHERE number = ?", [number]).fetchone()
    return (date.fromisoformat(row[0]), row[1]) if row else None


def prints(db: sqlite3.Connection, number: str) -> int:
    """How often a receipt was printed into a file."""
    return int(db.execute("SELECT count(*) FROM printed WHERE number = ?", [number]).fetchone()[0])


def print_into(book: Book, numbers: Sequence[str], draw: Callable[[], None]) -> None:
    """Draw receipts into a file and note that they were printed, both or neither. What `draw` raises."""
    with book.writing("receipt print"):
        draw()
        for number in numbers:
            book.record(ReceiptPrinted(number=number, on=book.today))


class Fates(NamedTuple):
    """What became of all receipts, by number: day and reason of a void, refunds, how often printed."""

    voids: dict[str, tuple[date, str]]
    refunds: dict[str, list[Refund]]
    prints: dict[str, int]


def fates(db: sqlite3.Connection) -> Fates:
    """What became of every receipt."""
    voids = {number: (date.fromisoformat(day), why) for number, day, why in db.execute(
        "SELECT number, day, reason FROM void").fetchall()}  # fmt: skip
    back: dict[str, list[Refund]] = {}
    for (of,) in db.execute("SELECT DISTINCT receipt FROM refund").fetchall():
        back[of] = refunds(db, of)
    return Fates(voids, back, dict(db.execute("SELECT number, count(*) FROM printed GROUP BY number").fetchall()))


def doubles(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Receipt → the others that count and bear the same paper number; one payment for several doors is on one paper."""
    rows = db.execute(
        "SELECT paper, number, event.command FROM contribution AS c JOIN event ON event.id = c.event WHERE paper != ''"
        " AND number NOT IN (SELECT number FROM void) ORDER BY number"
    ).fetchall()
    alike: dict[str, list[tuple[str, int]]] = {}
    for paper, number, command in rows:
        alike.setdefault(paper, []).append((number, command))
    found = {
        number: tuple(other for other, step in those if step != command)
        for those in alike.values()
        for number, command in those
    }
    return {number: others for number, others in found.items() if others}


def gaps(db: sqlite3.Connection) -> list[papers.Gap]:
    """Numbers missing between those of the pre-printed receipts that were used, void and undone ones too. A receipt of
    ours under its former number (an adopted fork's) is of no book of sheets."""
    used = {paper for (paper,) in db.execute("SELECT DISTINCT paper FROM contribution WHERE paper != ''").fetchall()}
    used |= {one.paper for one in _gone(db) if one.paper}
    return papers.gaps(one for one in used if numbers.series_of(one) != "receipt")


def collector(db: sqlite3.Connection, receipt: Receipt) -> str:
    """The id of the person who recorded it; "" for nobody known."""
    row = db.execute(
        "SELECT who FROM command JOIN event ON command.id = event.command WHERE event.id = ?", [receipt.event]
    ).fetchone()
    return str(row[0]) if row else ""
