"""Expenses: money paid out."""

import sqlite3

from zaoyuan_cli.facts.expenses import ExpensePaid, ExpenseVoided

from . import entries, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE expense (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE REFERENCES posting (number),"
    " fen INTEGER NOT NULL,"
    " fund TEXT NOT NULL REFERENCES fund (fund), account TEXT NOT NULL REFERENCES account (account), day TEXT NOT NULL,"
    " project TEXT REFERENCES project (project), voucher TEXT NOT NULL, decision TEXT REFERENCES decision (number),"
    " attachments TEXT NOT NULL, what TEXT NOT NULL, payee TEXT NOT NULL, note TEXT NOT NULL) STRICT",
)


@derives(ExpensePaid)
def paid(db: sqlite3.Connection, origin: Origin, fact: ExpensePaid) -> None:
    entries.post(db, origin, fact.number)
    db.execute(
        "INSERT INTO expense VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.fund, fact.account, fact.on.isoformat(), fact.project or None,
            fact.voucher, fact.decision or None, " ".join(fact.attachments), fact.what, fact.payee, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db,
        origin,
        1,
        "expense",
        fact.on,
        -fact.fen,
        account=fact.account,
        fund=fact.fund,
        project=fact.project,
        number=fact.number,
    )
    searching.put(db, origin, "expense", fact.number, fact.what, fact.payee, fact.note, fact.voucher)


@derives(ExpenseVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ExpenseVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)
