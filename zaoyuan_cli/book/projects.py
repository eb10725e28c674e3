"""Projects, their levies, and what each household owes."""

import sqlite3

from zaoyuan_cli.facts.projects import HouseholdExempted, HouseholdIncluded, ProjectAdded

from . import searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE project (event INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE,"
    " fund TEXT NOT NULL REFERENCES fund (fund),"
    " day TEXT NOT NULL, due TEXT, goal INTEGER, budget INTEGER, decision TEXT REFERENCES decision (number),"
    " levy TEXT NOT NULL,"
    " rate INTEGER NOT NULL, condition TEXT NOT NULL) STRICT",
    "CREATE TABLE due (event INTEGER NOT NULL, project TEXT NOT NULL REFERENCES project (project),"
    " room TEXT NOT NULL REFERENCES household (room), owners TEXT NOT NULL, fen INTEGER NOT NULL, day TEXT NOT NULL,"
    " UNIQUE (project, room)) STRICT",
    "CREATE INDEX due_room ON due (room)",
    "CREATE INDEX due_event ON due (event)",
    "CREATE TABLE waiver (event INTEGER PRIMARY KEY, project TEXT NOT NULL, room TEXT NOT NULL,"
    " fen INTEGER NOT NULL, day TEXT NOT NULL,"
    " decision TEXT REFERENCES decision (number), reason TEXT NOT NULL, note TEXT NOT NULL,"
    " FOREIGN KEY (project, room) REFERENCES due (project, room)) STRICT",
    "CREATE INDEX waiver_of ON waiver (project, room)",
)


@derives(ProjectAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: ProjectAdded) -> None:
    db.execute(
        "INSERT INTO project VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.project, fact.fund, fact.on.isoformat(), fact.due.isoformat() if fact.due else None,
            fact.goal, fact.budget, fact.decision or None, fact.levy, fact.rate, fact.where,
        ),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO due VALUES (?, ?, ?, ?, ?, ?)",
        [(origin.event, fact.project, room, owners, fen, fact.on.isoformat()) for room, owners, fen in fact.dues],
    )
    searching.put(db, origin, "project", fact.project, fact.project)


@derives(HouseholdIncluded)
def included(db: sqlite3.Connection, origin: Origin, fact: HouseholdIncluded) -> None:
    values = (origin.event, fact.project, fact.room, fact.owners, fact.fen, fact.on.isoformat())
    db.execute("INSERT INTO due VALUES (?, ?, ?, ?, ?, ?)", values)


@derives(HouseholdExempted)
def exempted(db: sqlite3.Connection, origin: Origin, fact: HouseholdExempted) -> None:
    db.execute(
        "INSERT INTO waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event,
            fact.project,
            fact.room,
            fact.fen,
            fact.on.isoformat(),
            fact.decision or None,
            fact.reason,
            fact.note,
        ),
    )
