"""Funds: what money is for."""

import sqlite3

from zaoyuan_cli.facts.funds import FundAdded, FundTransferred

from . import entries
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE fund (event INTEGER PRIMARY KEY, fund TEXT NOT NULL UNIQUE, restricted INTEGER NOT NULL) STRICT",
    "CREATE TABLE fund_transfer (event INTEGER PRIMARY KEY, decision TEXT REFERENCES decision (number)) STRICT",
)


@derives(FundAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: FundAdded) -> None:
    db.execute("INSERT INTO fund VALUES (?, ?, ?)", (origin.event, fact.fund, fact.restricted))


@derives(FundTransferred)
def transferred(db: sqlite3.Connection, origin: Origin, fact: FundTransferred) -> None:
    db.execute("INSERT INTO fund_transfer VALUES (?, ?)", (origin.event, fact.decision or None))
    entries.post(db, origin)
    entries.leg(db, origin, 1, "transfer", fact.on, -fact.fen, fund=fact.source)
    entries.leg(db, origin, 2, "transfer", fact.on, fact.fen, fund=fact.target)
