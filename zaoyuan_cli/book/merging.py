"""Merging: the union of two books' commands, in any order, as often as wanted. Nothing of either is dropped."""

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from zaoyuan_cli.errors import FileUnreadable, Refusal
from zaoyuan_cli.i18n import _

from . import Book, exporting, journal, ledger, opening
from .journal import Head, Step


@dataclass(frozen=True)
class Secret:
    """Private values as a file carries them."""

    person: str
    salt: str
    body: str


@dataclass(frozen=True)
class Carried:
    """An event as a file carries it."""

    kind: str
    body: str
    commitment: str = ""
    private: Secret | None = None


@dataclass(frozen=True)
class Command:
    """A command as a file carries it; the door where what comes from outside is checked."""

    lamport: int
    device: str
    at: str
    who: str
    verb: str
    hash: str
    events: list[Carried] = field(default_factory=list)

    @property
    def step(self) -> Step:
        return Step(self.lamport, self.device)


class Merged(NamedTuple):
    """What a merge brought: commands, events, attachments."""

    commands: int
    events: int
    attachments: int


def read(path: Path) -> tuple[str, list[Command], dict[bytes, tuple[str, bytes]]]:
    """The book id, commands and attachments of another book (.db) or an events file. Raises FileUnreadable,
    BookUnreadable."""
    try:
        with path.open("rb") as file:
            is_database = file.read(15) == b"SQLite format 3"
        if is_database:
            db, _reason = opening.open_file(path)
            other = Book(db, path, path.parent)
            try:
                return _parse(exporting.lines(other), path)
            finally:
                db.close()
        with path.open(encoding="utf-8") as text:
            return _parse(text, path)
    except OSError as error:
        raise FileUnreadable(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror), value=str(path)
        ) from None
    except UnicodeDecodeError:
        raise _no_events(path, 1) from None


def _parse(lines: Iterable[str], path: Path) -> tuple[str, list[Command], dict[bytes, tuple[str, bytes]]]:
    from pydantic import TypeAdapter, ValidationError

    check = TypeAdapter(Command).validate_python
    book, commands, attachments, number = "", [], {}, 0
    try:
        for number, text in enumerate(lines, 1):
            values: dict[str, Any] = json.loads(text)
            if number == 1:
                if values.get("zaoyuan") != exporting.FORMAT:
                    raise _no_events(path, 1)
                book = str(values["book"])
            elif "attachment" in values:
                data = base64.b64decode(values["bytes"], validate=True)
                attachments[sha256(data).digest()] = (str(values["kind"]), data)
            else:
                commands.append(check(values))
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise _no_events(path, number) from None
    if not book:
        raise _no_events(path, 1)
    return book, commands, attachments


def _no_events(path: Path, line: int) -> FileUnreadable:
    return FileUnreadable(
        _("{path} is neither a book nor a file of `export events` (line {line}).").format(path=path, line=line),
        value=str(path),
        line=line,
    )


def merge(book: Book, path: Path, dry_run: bool = False) -> Merged:
    """Take in what another book of this estate holds and this one does not, and judge every rule again.
    Raises Refusal for another estate's book, a missing step, a step that differs (a fork)."""
    other, commands, attachments = read(path)
    if other != book.id:
        raise Refusal(_("{path} is the book of another estate.").format(path=path), field="file", value=str(path))
    done = Merged(0, 0, 0)
    if book.readonly == book.anchor.objection(book.db):
        book.readonly = ""  # a copy that is behind, or has no letter here, is just what a merge may complete
    try:
        with book.transaction():
            done = take_in(book.db, commands, attachments, book.today.isoformat())
            if done.commands:
                ledger.rebuild(book.db)
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        return done
    finally:
        book.readonly = book.readonly or book.anchor.objection(book.db)
    if done.commands and not book.readonly:
        book.anchor.keep(book.db)
    return done


class _Rehearsed(Exception):
    """Nothing is kept: it was only a rehearsal."""


def take_in(
    db: sqlite3.Connection, commands: Iterable[Command], attachments: dict[bytes, tuple[str, bytes]], day: str | None
) -> Merged:
    """Insert the commands that are new, chain by chain, and verify every chain they lengthen; `day` notes their
    arrival."""
    letters = {device[:1]: device for device in journal.heads(db)}
    new = sorted(_new(db, commands), key=lambda command: command.step)
    for command in new:
        if letters.setdefault(command.device[:1], command.device) != command.device:
            raise _forked(command.step, _("two computers took the letter {letter}").format(letter=command.device[:1]))
    before = {device: journal.head(db, device) for device in {command.device for command in new}}
    last = db.execute("SELECT ifnull(max(id), 0) FROM command").fetchone()[0]
    for id, command in enumerate(new, last + 1):
        _insert(db, id, command, day)
    for device, head in before.items():
        _verify(db, device, head, new)
    kept = [
        db.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)", (digest, *one)).rowcount
        for digest, one in attachments.items()
    ]
    return Merged(len(new), sum(len(command.events) for command in new), sum(kept))


def _new(db: sqlite3.Connection, commands: Iterable[Command]) -> Iterator[Command]:
    for command in commands:
        row = db.execute(
            "SELECT hash FROM command WHERE device = ? AND lamport = ?", [command.device, command.lamport]
        ).fetchone()
        if row is None:
            yield command
        elif row[0].hex() != command.hash:
            raise _forked(command.step, _("both books have such a step, and they differ"))


def _forked(step: Step, why: str) -> Refusal:
    return Refusal(
        _("The chain of device {letter} forks at {step}: {why}.").format(
            letter=step.device[:1], step=step.name, why=why
        ),
        code="conflict",
        field="device",
        value=step.name,
        hint=_("Keep both files. Go on in one of them, and enter the other's later entries anew."),
    )


def _insert(db: sqlite3.Connection, id: int, command: Command, day: str | None) -> None:
    values = (id, command.lamport, command.device, command.at, command.who, command.verb, bytes.fromhex(command.hash))
    db.execute("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    if day:
        db.execute("INSERT INTO arrival VALUES (?, ?)", (id, day))
    for event in command.events:
        commitment = bytes.fromhex(event.commitment) or None
        db.execute(
            "INSERT INTO event (command, kind, body, private) VALUES (?, ?, ?, ?)",
            (id, event.kind, event.body, commitment),
        )
        if event.private and commitment:
            salt = bytes.fromhex(event.private.salt)
            if journal.commit(salt, event.private.body) != commitment:
                raise Refusal(
                    _("The private values of step {step} are not the ones committed to.").format(step=command.step.name)
                )
            db.execute(
                "INSERT OR IGNORE INTO private VALUES (?, ?, ?, ?)",
                (commitment, event.private.person, salt, event.private.body),
            )


def _verify(db: sqlite3.Connection, device: str, before: Head, new: list[Command]) -> None:
    first = min(command.lamport for command in new if command.device == device)
    if first < before.lamport:
        raise _forked(Step(first, device), _("a step lies before what this book already has"))
    journal.verify(db, device, before)
