"""Accounts: where money is."""

import sqlite3

from zaoyuan_cli.facts.accounts import AccountAdded, AccountOpened, AccountTransferred

from . import entries
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE account (event INTEGER PRIMARY KEY, account TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
    " holder TEXT REFERENCES person (person)) STRICT",
)


@derives(AccountAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: AccountAdded) -> None:
    db.execute(
        "INSERT INTO account VALUES (?, ?, ?, ?)", (origin.event, fact.account, fact.account_kind, fact.holder or None)
    )


@derives(AccountOpened)
def opened(db: sqlite3.Connection, origin: Origin, fact: AccountOpened) -> None:
    entries.post(db, origin)
    entries.leg(db, origin, 1, "opening", fact.on, fact.fen, account=fact.account, fund=fact.fund)


@derives(AccountTransferred)
def transferred(db: sqlite3.Connection, origin: Origin, fact: AccountTransferred) -> None:
    entries.post(db, origin)
    entries.leg(db, origin, 1, "transfer", fact.on, -fact.fen, account=fact.source)
    entries.leg(db, origin, 2, "transfer", fact.on, fact.fen, account=fact.target)
    if fact.fee:
        entries.leg(db, origin, 3, "fee", fact.on, -fact.fee, account=fact.source, fund=fact.fund)
