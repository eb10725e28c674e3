"""Vouchers: the same paper under two expenses (R-60), by its number or by the very file; and expenses that look the
same."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from zaoyuan_cli.rules import numbers, vouchers
from zaoyuan_cli.rules.money import Fen

STANDING = "number NOT IN (SELECT number FROM void)"


class Double(NamedTuple):
    """One paper under several standing expenses: the voucher's number as the first has it, "" where it is the file."""

    voucher: str
    expenses: tuple[str, ...]


def same_number(db: sqlite3.Connection, voucher: str) -> str:
    """The first standing expense that has this voucher's number, however it was typed; "" for none."""
    key = vouchers.key(voucher)
    rows = db.execute(f"SELECT number FROM expense WHERE voucher_key = ? AND {STANDING}", [key]).fetchall()
    return _first(rows) if key else ""


def same_file(db: sqlite3.Connection, files: Iterable[bytes]) -> str:
    """The first standing expense that one of these files is kept with; "" for none."""
    rows = [
        row
        for data in files
        for row in db.execute(
            f"SELECT number FROM expense WHERE instr(attachments, ?) AND {STANDING}", [sha256(data).hexdigest()]
        ).fetchall()
    ]
    return _first(rows)


def twin(db: sqlite3.Connection, fen: Fen, on: date, payee: str) -> str:
    """The first standing expense of the same amount and day, paid to the same; "" for none, and for nobody named."""
    rows = db.execute(
        f"SELECT number FROM expense WHERE fen = ? AND day = ? AND payee = ? AND payee != '' AND {STANDING}",
        [int(fen), on.isoformat(), payee.strip()],
    ).fetchall()
    return _first(rows)


def doubles(db: sqlite3.Connection, as_of: date) -> list[Double]:
    """Every paper that stands under more than one expense, until one of them is void."""
    rows = db.execute(
        f"SELECT number, voucher, voucher_key, attachments FROM expense WHERE day <= ? AND {STANDING}",
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


def _first(rows: Iterable[tuple[str]]) -> str:
    return min((number for (number,) in rows), key=numbers.split, default="")
