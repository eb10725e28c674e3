"""Contributions: money received, its receipts, voids and refunds."""

import sqlite3

from zaoyuan_cli.facts.contributions import ContributionReceived, ContributionRefunded, ContributionVoided

from . import entries, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE contribution (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE REFERENCES posting (number),"
    " fen INTEGER NOT NULL,"
    " account TEXT NOT NULL REFERENCES account (account), fund TEXT NOT NULL REFERENCES fund (fund), day TEXT NOT NULL,"
    " room TEXT REFERENCES household (room), donor TEXT REFERENCES donor (donor),"
    " project TEXT REFERENCES project (project),"
    " agreed INTEGER NOT NULL, paper TEXT NOT NULL, payer TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE INDEX contribution_room ON contribution (room, project)",
    "CREATE TABLE refund (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE REFERENCES posting (number),"
    " receipt TEXT NOT NULL REFERENCES contribution (number), fen INTEGER NOT NULL,"
    " account TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE INDEX refund_receipt ON refund (receipt)",
)


@derives(ContributionReceived)
def received(db: sqlite3.Connection, origin: Origin, fact: ContributionReceived) -> None:
    entries.post(db, origin, fact.number)
    db.execute(
        "INSERT INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.account, fact.fund, fact.on.isoformat(), fact.room or None,
            fact.donor or None, fact.project or None, fact.agreed, fact.paper, fact.payer, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db, origin, 1, "contribution", fact.on, fact.fen,
        account=fact.account, fund=fact.fund, project=fact.project, room=fact.room, number=fact.number,
    )  # fmt: skip
    searching.put(db, origin, "contribution", fact.number, fact.room, fact.payer, fact.note, fact.paper)


@derives(ContributionRefunded)
def refunded(db: sqlite3.Connection, origin: Origin, fact: ContributionRefunded) -> None:
    entries.post(db, origin, fact.number)
    db.execute(
        "INSERT INTO refund VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.number, fact.receipt, fact.fen, fact.account, fact.on.isoformat(), fact.reason),
    )
    fund, project, room = db.execute(
        "SELECT fund, project, room FROM contribution WHERE number = ?", [fact.receipt]
    ).fetchone()
    entries.leg(
        db, origin, 1, "refund", fact.on, -fact.fen,
        account=fact.account, fund=fund, project=project or "", room=room or "", number=fact.number,
    )  # fmt: skip


@derives(ContributionVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ContributionVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)
