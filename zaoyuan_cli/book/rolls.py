"""The roll a vote was opened with: its voters, their doors and areas, the special spaces that count. Its tables are
those of ballots.py."""

import json
import sqlite3
from typing import NamedTuple

from zaoyuan_cli.rules.ballots import Sum


class Voter(NamedTuple):
    """A voter of a roll: their paper's serial number, the rooms and their area together in 0.01 m2."""

    voter: str
    paper: int
    rooms: tuple[str, ...]
    area: int

    @property
    def sum(self) -> Sum:
        """One person and their area."""
        return Sum(1, self.area)


def roll(db: sqlite3.Connection, ballot: str) -> list[Voter]:
    """The voters of a vote in the order of their papers."""
    rows = db.execute(
        "SELECT voter, paper, rooms, area FROM ballot_voter WHERE ballot = ? ORDER BY paper", [ballot]
    ).fetchall()
    return [Voter(voter, paper, tuple(rooms.split()), area) for voter, paper, rooms, area in rows]


def roll_sum(db: sqlite3.Connection, ballot: str) -> Sum:
    """All persons and all area of a vote's roll."""
    row = db.execute("SELECT count(*), sum(area) FROM ballot_voter WHERE ballot = ?", [ballot]).fetchone()
    return Sum(row[0], row[1] or 0)


def special_sum(db: sqlite3.Connection, ballot: str) -> tuple[int, int]:
    """How many special spaces are in the areas of a roll, and their area in 0.01 m2."""
    row = db.execute(
        "SELECT count(*), sum(value ->> 2) FROM ballot, json_each(spaces) WHERE number = ?", [ballot]
    ).fetchone()
    return row[0], row[1] or 0


def special_of(db: sqlite3.Connection, ballot: str) -> dict[str, list[str]]:
    """The numbers of the special spaces that count for each voter of a roll."""
    (text,) = db.execute("SELECT spaces FROM ballot WHERE number = ?", [ballot]).fetchone()
    found: dict[str, list[str]] = {}
    for voter, space, _area in json.loads(text):
        found.setdefault(voter, []).append(space)
    return found


def voter_at(db: sqlite3.Connection, ballot: str, room: str) -> Voter | None:
    """Whose a door is in a roll; None for a door it does not have."""
    row = db.execute("SELECT voter FROM ballot_door WHERE ballot = ? AND room = ?", [ballot, room]).fetchone()
    return voter(db, ballot, row[0]) if row else None


def voter(db: sqlite3.Connection, ballot: str, id: str) -> Voter | None:
    """A voter of a roll by id; None for somebody it does not have."""
    row = db.execute(
        "SELECT voter, paper, rooms, area FROM ballot_voter WHERE ballot = ? AND voter = ?", [ballot, id]
    ).fetchone()
    return Voter(row[0], row[1], tuple(row[2].split()), row[3]) if row else None
