"""The journal: the append-only truth of the book, its hash chains, its private values.

A command is one transaction, one tick of the Lamport clock, one link of its device's chain; events are what it
recorded. Order is (lamport, device, event id), never the clock. Ids are local and never leave the file.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from zaoyuan_cli.errors import BookUnreadable
from zaoyuan_cli.facts import ERASED, Fact, known
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.rules.text import refuse_identity

APPLICATION_ID = 0x7A79626B  # "zybk"
GUARDS = {
    f"{table}_{verb}": f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for table in ("command", "event")
    for verb in ("UPDATE", "DELETE")
}
SCHEMA = (
    "CREATE TABLE book (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE command (id INTEGER PRIMARY KEY, lamport INTEGER NOT NULL, device TEXT NOT NULL, at TEXT NOT NULL,"
    " who TEXT NOT NULL, verb TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (device, lamport)) STRICT",
    "CREATE TABLE event (id INTEGER PRIMARY KEY,"
    " command INTEGER NOT NULL REFERENCES command DEFERRABLE INITIALLY DEFERRED,"
    " kind TEXT NOT NULL, body TEXT NOT NULL, private BLOB) STRICT",
    "CREATE INDEX event_command ON event (command)",
    "CREATE TABLE private (commitment BLOB PRIMARY KEY, person TEXT NOT NULL, salt BLOB NOT NULL,"
    " body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE attachment (hash BLOB PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE arrival (command INTEGER PRIMARY KEY REFERENCES command, day TEXT NOT NULL) STRICT",
    *GUARDS.values(),
)
TABLES = ("book", "command", "event", "private", "attachment", "arrival")
NEVER = "9"  # sorts after any day and any moment

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class Step(NamedTuple):
    """A command by its place: the tick and the device (letter and random digits). People read `A128`."""

    lamport: int
    device: str

    @property
    def name(self) -> str:
        return f"{self.device[:1]}{self.lamport}"


class Head(NamedTuple):
    """How far a chain goes, and its last link."""

    lamport: int = 0
    hash: bytes = b""


class Event(NamedTuple):
    """One event as replay reads it; fact is None for a kind this program does not know."""

    id: int
    step: Step
    kind: str
    fact: Fact | None


def opened(previous: bytes, lamport: int, device: str, at: str, who: str, verb: str) -> Any:
    """The running SHA-256 of a command before its events. No field may hold a line break."""
    for text in (device, at, who, verb):
        if "\n" in text:
            raise ValueError("a line break in the header of a command")
    return sha256(previous + f"{lamport}\n{device}\n{at}\n{who}\n{verb}".encode())


def line(kind: str, body: str, commitment: bytes | None) -> bytes:
    """What one event adds to its command's hash: the text as stored, nobody re-encodes it."""
    return f"\n{kind}\n{body}\n{commitment.hex() if commitment else ''}".encode()


def commit(salt: bytes, body: str) -> bytes:
    """The commitment to private values: it stays in the event when they are erased."""
    return sha256(salt + body.encode()).digest()


def guard(db: sqlite3.Connection) -> None:
    """Put back the triggers that keep the journal append-only, if some tool took them away."""
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}
    for name, statement in GUARDS.items():
        if name not in there:
            db.execute(statement)


class Pending:
    """The step being written: what it records, and the link of the chain it will be."""

    def __init__(self, db: sqlite3.Connection, device: str, at: str, who: str, verb: str) -> None:
        self.db, self.before, self.count, self.sealed = db, head(db, device), 0, False
        self.command, lamport = db.execute(
            "SELECT ifnull(max(id), 0) + 1, ifnull(max(lamport), 0) + 1 FROM command"
        ).fetchone()
        self.step = Step(lamport, device)
        self.header = (lamport, device, at, who, verb)
        self.digest = opened(self.before.hash, *self.header)

    def append(self, fact: Fact) -> Event:
        """Write one event with its private values; the event as it reads back, so that what is derived now is what any
        replay will derive. Raises Unreadable for the number of an identity card in it (R-83)."""
        values, commitment = fact.values(), None
        fact = fact.load(dict(values))
        hidden = {name: values.pop(name) for name in fact.private}
        if any(hidden.values()):  # nothing said is nothing to hide: an erased fact reads the same
            secret, salt = canonical(hidden), os.urandom(16)
            refuse_identity(secret)
            commitment = commit(salt, secret)
            self.db.execute(
                "INSERT INTO private VALUES (?, ?, ?, ?)", (commitment, values.get("person", ""), salt, secret)
            )
        body = canonical(values)
        self.digest.update(line(fact.kind, body, commitment))
        id = self.db.execute(
            "INSERT INTO event (command, kind, body, private) VALUES (?, ?, ?, ?)",
            (self.command, fact.kind, body, commitment),
        ).lastrowid
        self.count += 1
        return Event(id or 0, self.step, fact.kind, fact)

    def seal(self) -> None:
        """Write the command's own row, once, if anything was recorded; then read all back.
        Raises BookUnreadable if it does not read back the same."""
        if self.sealed or not self.count:
            return
        self.sealed = True
        now = Head(self.step.lamport, self.digest.digest())
        self.db.execute("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?, ?)", (self.command, *self.header, now.hash))
        if verify(self.db, self.step.device, self.before) != now:
            raise BookUnreadable(_("What was just written does not read back the same; nothing was kept."))


def head(db: sqlite3.Connection, device: str) -> Head:
    """The last link of a device's chain; Head() before its first."""
    row = db.execute(
        "SELECT lamport, hash FROM command WHERE device = ? ORDER BY lamport DESC LIMIT 1", [device]
    ).fetchone()
    return Head(*row) if row else Head()


def heads(db: sqlite3.Connection) -> dict[str, Head]:
    """The last link of every device's chain."""
    rows = db.execute("SELECT device, max(lamport), hash FROM command GROUP BY device").fetchall()
    return {device: Head(lamport, hash) for device, lamport, hash in rows}


def count(db: sqlite3.Connection) -> int:
    """How many steps the journal holds, of all devices."""
    return int(db.execute("SELECT count(*) FROM command").fetchone()[0])


def verify(db: sqlite3.Connection, device: str, after: Head = Head()) -> Head:  # noqa: B008
    """Recompute one device's chain, from its start or from a head already trusted; the head reached.
    Raises BookUnreadable naming the first step that was altered."""
    rows = db.execute(
        "SELECT lamport, hash, lamport||char(10)||device||char(10)||at||char(10)||who||char(10)||verb,"
        " char(10)||kind||char(10)||body||char(10)||ifnull(lower(hex(private)), '')"
        " FROM command CROSS JOIN event ON command = command.id"
        " WHERE device = ? AND lamport > ? ORDER BY lamport, event.id",
        [device, after.lamport],
    )
    now, digest = after, None
    with working(_("Checking the chain of {device}").format(device=device[:1]), _length(db, device, after)) as step:
        for lamport, hash, header, text in rows:
            if lamport != now.lamport:
                _expect(digest, now, device)
                digest, now = sha256(now.hash + header.encode()), Head(lamport, hash)
            digest.update(text.encode())  # type: ignore[union-attr]
            step()
    _expect(digest, now, device)
    last = head(db, device)
    if last.lamport > now.lamport:
        _expect(sha256(), last, device)
    return now


def _length(db: sqlite3.Connection, device: str, after: Head) -> int:
    """How many events a chain has; 0 from a head already trusted, after which there are few."""
    query = "SELECT count(*) FROM command JOIN event ON command = command.id WHERE device = ?"
    return 0 if after.lamport else int(db.execute(query, [device]).fetchone()[0])


def _expect(digest: Any, now: Head, device: str) -> None:
    if digest is not None and digest.digest() != now.hash:
        raise altered(Step(now.lamport, device))


def altered(step: Step) -> BookUnreadable:
    """What is wrong with a chain whose link at a step is not the one computed."""
    return BookUnreadable(
        _("The journal was altered at step {step}, or a step before it is missing.").format(step=step.name),
        value=step.name,
        where=step.name,
    )


def events(db: sqlite3.Connection, command: int | None = None) -> Iterator[Event]:
    """Every event, or those of one command, in the one order all laptops agree on."""
    rows = db.execute(
        "SELECT event.id, lamport, device, kind, event.body, private.body, event.private"
        " FROM command CROSS JOIN event ON command = command.id LEFT JOIN private ON commitment = event.private"
        + (" WHERE command.id = ?" if command else "")
        + " ORDER BY lamport, device, event.id",
        [command] if command else [],
    )
    for id, lamport, device, kind, body, secret, commitment in rows:
        try:
            fact = load(kind, body, secret, erased=secret is None and commitment is not None)
        except (ValueError, TypeError):
            raise altered(Step(lamport, device)) from None
        yield Event(id, Step(lamport, device), kind, fact)


def load(kind: str, body: str, secret: str | None, erased: bool = False) -> Fact | None:
    """The fact of stored texts; None for an unknown kind. `erased`: it had private values once."""
    of = known(kind)
    if of is None:
        return None
    values = json.loads(body)
    if erased and of.shown:
        values[of.shown] = ERASED
    return of.load(values | json.loads(secret) if secret else values)


def undone(db: sqlite3.Connection, seen: Mapping[str, int] | None = None) -> set[str]:
    """The names of the steps that do not count; with the heads a cut had seen, of those that did not count then. Latest
    first, because an undo that was itself undone does nothing."""
    gone: set[str] = set()
    rows = db.execute(
        "SELECT lamport, device, body ->> 'step' FROM command JOIN event ON command = command.id"
        " WHERE verb IN ('undo', 'redo') AND kind = 'steps.undone.v1' ORDER BY lamport DESC, device DESC"
    )
    for lamport, device, step in rows:
        known = seen is None or lamport <= seen.get(device[:1], 0)
        if known and Step(lamport, device).name not in gone:
            gone.add(step)
    return gone


def command_of(db: sqlite3.Connection, name: str) -> tuple[int, Step, str] | None:
    """The (id, step, verb) of a step by its name, or None."""
    letter, lamport = name[:1], name[1:]
    if not lamport.isdecimal():
        return None
    row = db.execute(
        "SELECT id, lamport, device, verb FROM command WHERE lamport = ? AND substr(device, 1, 1) = ?",
        [int(lamport), letter],
    ).fetchone()
    return (row[0], Step(row[1], row[2]), row[3]) if row else None
