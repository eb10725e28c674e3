"""Vouchers: those brought after the expense; the same paper under two expenses (R-60), by its number or by the very
file; and expenses that look the same."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.expenses import ExpenseVouched
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers, vouchers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, searching
from .ledger import Origin, derives

STANDING = "number NOT IN (SELECT number FROM void)"
TABLES = (
    "CREATE TABLE voucher (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES expense (number),"
    " day TEXT NOT NULL, voucher TEXT NOT NULL, voucher_key TEXT NOT NULL, attachments TEXT NOT NULL) STRICT",
    "CREATE INDEX voucher_of ON voucher (number)",
    "CREATE INDEX voucher_key ON voucher (voucher_key)",
)
_OF = "SELECT number, voucher, voucher_key, attachments, day FROM"


@derives(ExpenseVouched)
def vouched(db: sqlite3.Connection, origin: Origin, fact: ExpenseVouched) -> None:
    db.execute(
        "INSERT INTO voucher VALUES (?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.voucher, vouchers.key(fact.voucher),
            " ".join(fact.attachments),
        ),
    )  # fmt: skip
    if fact.voucher:
        (what,) = db.execute("SELECT what FROM expense WHERE number = ?", [fact.number]).fetchone()
        searching.put(db, origin, "expense", fact.number, what, fact.voucher)


def later(db: sqlite3.Connection, expense: str = "") -> dict[str, list[tuple[str, str]]]:
    """The papers brought after an expense, or after each: (its number or "", SHA-256 joined by a space), the first
    first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for number, voucher, files in db.execute(
        "SELECT number, voucher, attachments FROM voucher JOIN event ON event.id = voucher.event"
        " JOIN command ON command.id = command WHERE :one IN ('', number) ORDER BY lamport, device, event.id",
        {"one": expense},
    ).fetchall():
        found.setdefault(number, []).append((voucher, files))
    return found


def bring(
    book: Book, expense: str, voucher: str, files: Sequence[tuple[bytes, str]], on: date
) -> None:  # fmt: skip
    """A paper of an expense was brought later: its number, files (bytes, kind), or both. Raises Refusal: the expense is
    void, or has this paper; Unreadable for a number that cannot be kept, and where nothing is brought."""
    text = clean(voucher, field="voucher").strip()
    if not (text or files):
        raise Unreadable(_("The number of the voucher is empty."), field="voucher", value=voucher)
    with book.writing("expense voucher"):
        if book.db.execute("SELECT 1 FROM void WHERE number = ?", [expense]).fetchone():
            said = _("Expense {expense} is void already.").format(expense=expense)
            raise Refusal(said, field="expense", value=expense)
        if text and expense in _with_number(book.db, text):
            said = _("{expense} has the voucher {voucher} already.").format(expense=expense, voucher=text)
            raise Refusal(said, field="voucher", value=text)
        kept = tuple(book.attach(data, kind) for data, kind in files)
        if any(expense in _with_file(book.db, digest) for digest in kept):
            raise Refusal(_("The file is kept with {expense} already.").format(expense=expense), field="file")
        book.record(ExpenseVouched(number=expense, on=on, voucher=text, attachments=kept))


class Double(NamedTuple):
    """One paper under several standing expenses: the voucher's number as the first has it, "" where it is the file."""

    voucher: str
    expenses: tuple[str, ...]


def same_number(db: sqlite3.Connection, voucher: str) -> str:
    """The first standing expense that has this voucher's number, however it was typed; "" for none."""
    return _first(_with_number(db, voucher))


def _with_number(db: sqlite3.Connection, voucher: str) -> list[str]:
    query = " UNION ".join(
        f"SELECT number FROM {table} WHERE voucher_key = :key AND {STANDING}" for table in ("expense", "voucher")
    )
    key = vouchers.key(voucher)
    return [number for (number,) in db.execute(query, {"key": key})] if key else []


def same_file(db: sqlite3.Connection, files: Iterable[bytes]) -> str:
    """The first standing expense that one of these files is kept with; "" for none."""
    return _first(number for data in files for number in _with_file(db, sha256(data).hexdigest()))


def _with_file(db: sqlite3.Connection, digest: str) -> list[str]:
    query = " UNION ".join(
        f"SELECT number FROM {table} WHERE instr(attachments, :digest) AND {STANDING}"
        for table in ("expense", "voucher")
    )
    return [number for (number,) in db.execute(query, {"digest": digest})]


def twin(db: sqlite3.Connection, fen: Fen, on: date, payee: str) -> str:
    """The first standing expense of the same amount and day, paid to the same; "" for none, and for nobody named."""
    rows = db.execute(
        f"SELECT number FROM expense WHERE fen = ? AND day = ? AND payee = ? AND payee != '' AND {STANDING}",
        [int(fen), on.isoformat(), payee.strip()],
    ).fetchall()
    return _first(number for (number,) in rows)


def doubles(db: sqlite3.Connection, as_of: date) -> list[Double]:
    """Every paper that stands under more than one expense, until one of them is void."""
    rows = db.execute(
        f"SELECT number, voucher, voucher_key, attachments FROM ({_OF} expense UNION ALL {_OF} voucher)"
        f" WHERE day <= ? AND {STANDING}",
        [as_of.isoformat()],
    ).fetchall()
    papers: dict[str, dict[str, str]] = {}
    for number, voucher, key, attachments in sorted(rows, key=lambda row: numbers.split(row[0])):
        for paper in filter(None, (key and f"#{key}", *attachments.split())):
            papers.setdefault(paper, {})[number] = voucher
    found: dict[tuple[str, ...], str] = {}
    for paper, under in papers.items():
        if len(under) > 1:
            found.setdefault(tuple(under), next(iter(under.values())) if paper[0] == "#" else "")
    return [Double(voucher, expenses) for expenses, voucher in found.items()]


def _first(found: Iterable[str]) -> str:
    return min(found, key=numbers.split, default="")
