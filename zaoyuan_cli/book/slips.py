"""Slips: the papers of the owners' vote as they go out and come back, and what is entered from them."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.facts.slips import PaperIssued, PaperReturned, ProxyFiled, SlipCast, SlipVoided
from zaoyuan_cli.rules.ballots import LETTERS

from .ledger import Origin, derives

Day = date
_VOTER = " FOREIGN KEY (ballot, voter) REFERENCES ballot_voter (ballot, voter)) STRICT"
TABLES = (  # the same paper or slip entered on two laptops stands twice, and is counted once
    "CREATE TABLE ballot_paper (event INTEGER PRIMARY KEY, device TEXT NOT NULL, ballot TEXT NOT NULL,"
    " voter TEXT NOT NULL, paper INTEGER NOT NULL, via TEXT NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL,"
    " UNIQUE (ballot, voter, paper, via, device)," + _VOTER,
    "CREATE TABLE ballot_return (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL,"
    " paper INTEGER NOT NULL, spoiled INTEGER NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL," + _VOTER,
    "CREATE INDEX ballot_return_of ON ballot_return (ballot, voter)",
    "CREATE TABLE slip (event INTEGER PRIMARY KEY, lamport INTEGER NOT NULL, device TEXT NOT NULL,"
    " ballot TEXT NOT NULL, voter TEXT NOT NULL, entry INTEGER NOT NULL, turn INTEGER NOT NULL,"
    " paper INTEGER NOT NULL, received TEXT NOT NULL, choices TEXT NOT NULL, proxy TEXT NOT NULL, note TEXT NOT NULL,"
    " UNIQUE (ballot, voter, entry, turn, device)," + _VOTER,
    "CREATE TABLE slip_void (event INTEGER PRIMARY KEY, lamport INTEGER NOT NULL, device TEXT NOT NULL,"
    " ballot TEXT NOT NULL, voter TEXT NOT NULL, turn INTEGER NOT NULL, day TEXT NOT NULL, reason TEXT NOT NULL,"
    + _VOTER,
    "CREATE INDEX slip_void_of ON slip_void (ballot, voter, turn)",
    "CREATE TABLE ballot_proxy (event INTEGER PRIMARY KEY, ballot TEXT NOT NULL, voter TEXT NOT NULL,"
    " day TEXT NOT NULL, until TEXT NOT NULL, holder TEXT NOT NULL, note TEXT NOT NULL," + _VOTER,
    "CREATE INDEX ballot_proxy_of ON ballot_proxy (ballot, voter)",
    "CREATE VIEW counted_slip AS SELECT * FROM slip WHERE NOT EXISTS (SELECT 1 FROM slip_void WHERE"
    " slip_void.ballot = slip.ballot AND slip_void.voter = slip.voter AND slip_void.turn = slip.turn)",
)
_CAST = (  # whether the voter of a door has cast
    "EXISTS (SELECT 1 FROM counted_slip AS s WHERE s.ballot = door.ballot AND s.voter = door.voter"
    " AND s.received <= :day)"
)
_WORDS = {letter: word for word, letter in LETTERS.items()}


@derives(PaperIssued)
def issued(db: sqlite3.Connection, origin: Origin, fact: PaperIssued) -> None:
    values = (
        origin.event, origin.device, fact.ballot, fact.voter, fact.paper, fact.via, fact.on.isoformat(), fact.note,
    )  # fmt: skip
    db.execute("INSERT INTO ballot_paper VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


@derives(PaperReturned)
def returned(db: sqlite3.Connection, origin: Origin, fact: PaperReturned) -> None:
    values = (origin.event, fact.ballot, fact.voter, fact.paper, fact.spoiled, fact.on.isoformat(), fact.note)
    db.execute("INSERT INTO ballot_return VALUES (?, ?, ?, ?, ?, ?, ?)", values)


@derives(SlipCast)
def cast(db: sqlite3.Connection, origin: Origin, fact: SlipCast) -> None:
    db.execute(
        "INSERT INTO slip VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *origin, fact.ballot, fact.voter, fact.entry, fact.turn, fact.paper, fact.received.isoformat(),
            letters(fact.choices), fact.proxy, fact.note,
        ),
    )  # fmt: skip


@derives(SlipVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: SlipVoided) -> None:
    values = (*origin, fact.ballot, fact.voter, fact.turn, fact.on.isoformat(), fact.reason)
    db.execute("INSERT INTO slip_void VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


@derives(ProxyFiled)
def filed(db: sqlite3.Connection, origin: Origin, fact: ProxyFiled) -> None:
    until = fact.until.isoformat() if fact.until else ""
    values = (origin.event, fact.ballot, fact.voter, fact.on.isoformat(), until, fact.holder, fact.note)
    db.execute("INSERT INTO ballot_proxy VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def letters(choices: tuple[str, ...]) -> str:
    """The choices of a slip as it is kept: one letter a question."""
    return "".join(LETTERS[choice] for choice in choices)


def words(letters: str) -> tuple[str, ...]:
    """The choices of a slip as kept: for, against, abstain, invalid or "" (blank)."""
    return tuple(_WORDS[letter] for letter in letters)


class Pass(NamedTuple):
    """What a pass says of a slip: the choices, the paper, who signed by proxy, and who entered it (a person's id)."""

    choices: tuple[str, ...]
    paper: int
    proxy: str
    who: str


class Slips(NamedTuple):
    """What stands of a voter's slips: how many were made void before, and what each pass (1, 2) says."""

    turn: int
    passes: dict[int, Pass]


def entered(db: sqlite3.Connection, ballot: str, voter: str) -> Slips:
    """The slips of a voter that count, of each pass the first that was entered."""
    turn = db.execute(
        "SELECT ifnull(max(turn) + 1, 0) FROM slip_void WHERE ballot = ? AND voter = ?", [ballot, voter]
    ).fetchone()[0]
    rows = db.execute(
        "SELECT entry, choices, paper, proxy, ifnull(command.who, '') FROM counted_slip AS s"
        " LEFT JOIN event ON event.id = s.event LEFT JOIN command ON command.id = event.command"
        " WHERE ballot = ? AND voter = ? ORDER BY s.lamport DESC, s.device DESC",
        [ballot, voter],
    ).fetchall()
    return Slips(turn, {entry: Pass(words(choices), *rest) for entry, choices, *rest in rows})


def received(db: sqlite3.Connection, ballot: str, voter: str) -> date | None:
    """The day the paper of a voter came in, as its first pass or its return says; None while it is out."""
    day = db.execute(
        "SELECT ifnull((SELECT min(received) FROM counted_slip WHERE ballot = ?1 AND voter = ?2),"
        " (SELECT max(day) FROM ballot_return WHERE ballot = ?1 AND voter = ?2 AND NOT spoiled))",
        [ballot, voter],
    ).fetchone()[0]
    return date.fromisoformat(day) if day else None


def count(db: sqlite3.Connection, ballot: str, entry: int) -> int:
    """How many voters have a slip in a pass."""
    row = db.execute(
        "SELECT count(DISTINCT voter) FROM counted_slip WHERE ballot = ? AND entry = ?", [ballot, entry]
    ).fetchone()
    return int(row[0])


def holder(db: sqlite3.Connection, ballot: str, paper: int) -> str:
    """The id of the voter whose a paper is, "" for a number nobody has."""
    row = db.execute(
        "SELECT ifnull((SELECT voter FROM ballot_voter WHERE ballot = ?1 AND paper = ?2),"
        " (SELECT voter FROM ballot_paper WHERE ballot = ?1 AND paper = ?2))",
        [ballot, paper],
    ).fetchone()
    return row[0] or ""


class Proxy(NamedTuple):
    """A written proxy on file: of which voter, who may sign, from its day until a day (None: the last of the vote)."""

    voter: str
    holder: str
    date: Day
    until: Day | None


def proxies(db: sqlite3.Connection, ballot: str, voter: str = "") -> list[Proxy]:
    """The proxies of a voter or of all, the first filed first."""
    rows = db.execute(
        "SELECT voter, holder, day, until FROM ballot_proxy WHERE ballot = ? AND ? IN ('', voter)"
        " ORDER BY day, holder, voter",
        [ballot, voter],
    ).fetchall()
    return [
        Proxy(voter, holder, date.fromisoformat(day), date.fromisoformat(until) if until else None)
        for voter, holder, day, until in rows
    ]


def unwritten(db: sqlite3.Connection, ballot: str) -> int:
    """How many voters have a slip signed by a proxy of whom no letter is on file that holds on its day (R-22)."""
    row = db.execute(
        "SELECT count(DISTINCT voter) FROM counted_slip AS s JOIN ballot ON number = s.ballot WHERE s.ballot = ?"
        " AND proxy != '' AND NOT EXISTS (SELECT 1 FROM ballot_proxy AS p WHERE p.ballot = s.ballot"
        " AND p.voter = s.voter AND holder = proxy AND p.day <= received"
        " AND received <= iif(p.until = '', ballot.until, p.until))",
        [ballot],
    ).fetchone()
    return int(row[0])


def voted(db: sqlite3.Connection, room: str, as_of: date | None = None) -> dict[str, bool]:
    """The votes whose roll has a door, and whether its voter has cast: never what."""
    rows = db.execute(
        f"SELECT door.ballot, {_CAST} FROM ballot_door AS door JOIN ballot ON number = door.ballot"
        " WHERE room = :room AND ballot.day <= :day ORDER BY ballot.day, door.ballot",
        {"room": room, "day": (as_of or date.max).isoformat()},
    ).fetchall()
    return {ballot: bool(cast) for ballot, cast in rows}


def uncast(db: sqlite3.Connection, ballot: str, as_of: date | None = None) -> set[str]:
    """The doors of a vote whose voters have not cast yet."""
    rows = db.execute(
        f"SELECT room FROM ballot_door AS door WHERE ballot = :ballot AND NOT {_CAST}",
        {"ballot": ballot, "day": (as_of or date.max).isoformat()},
    ).fetchall()
    return {room for (room,) in rows}


def by_one_person(db: sqlite3.Connection, ballot: str) -> int:
    """How many slips were entered in both passes by the same person, as each step says who wrote it."""
    row = db.execute(
        "SELECT count(*) FROM counted_slip AS first JOIN counted_slip AS second USING (ballot, voter, turn)"
        " JOIN event AS of_first ON of_first.id = first.event JOIN command AS one ON one.id = of_first.command"
        " JOIN event AS of_second ON of_second.id = second.event JOIN command AS other ON other.id = of_second.command"
        " WHERE ballot = ? AND first.entry = 1 AND second.entry = 2 AND one.who = other.who",
        [ballot],
    ).fetchone()
    return int(row[0])


def entered_by(db: sqlite3.Connection, ballot: str, who: str) -> int:
    """How many slips of the first pass a person entered, of those with no second one yet."""
    row = db.execute(
        "SELECT count(DISTINCT voter) FROM counted_slip AS s JOIN event ON event.id = s.event"
        " JOIN command ON command.id = event.command WHERE s.ballot = ?1 AND entry = 1 AND command.who = ?2"
        " AND NOT EXISTS (SELECT 1 FROM counted_slip AS t WHERE t.ballot = s.ballot AND t.voter = s.voter"
        " AND t.entry = 2)",
        [ballot, who],
    ).fetchone()
    return int(row[0])
