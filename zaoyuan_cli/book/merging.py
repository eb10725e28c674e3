"""Merging: the union of two books' commands, in any order, as often as wanted. Nothing of either is dropped."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _

from . import Book, conflicts, door, erasing, journal, replaying
from .conflicts import Conflict
from .door import Brought, Command
from .journal import Head, Step


class Merged(NamedTuple):
    """What a merge brought: commands, events, attachments; every conflict that is open after it; and the steps that
    said something of a person erased, which was not kept."""

    commands: int
    events: int
    attachments: int
    conflicts: tuple[Conflict, ...] = ()
    erased: tuple[str, ...] = ()


def merge(book: Book, path: Path, dry_run: bool = False) -> Merged:
    """Take in what another book of this estate holds and this one does not, and judge every rule again.
    Raises Refusal for another estate's book, a missing step, a step that differs (a fork)."""
    brought = door.read(path)
    if brought.book != book.id:
        raise Refusal(_("{path} is the book of another estate.").format(path=path), field="file", value=str(path))
    if book.readonly == book.anchor.objection(book.db):
        book.readonly = ""  # a copy that is behind, or has no letter here, is just what a merge may complete
    try:
        with book.transaction(rehearse=dry_run):
            done = take_in(book.db, brought, book.today.isoformat())
            if done.commands:
                replaying.rebuild(book.db)
            done = done._replace(conflicts=tuple(conflicts.listing(book)))
    finally:
        book.readonly = book.readonly or book.anchor.objection(book.db)
    if not done.commands or dry_run:
        return done
    if erasing.forbidden(book.db):
        erasing.sweep(book.db)
    if not book.readonly:
        book.anchor.keep(book.db)
    return done


def take_in(db: sqlite3.Connection, brought: Brought, day: str | None) -> Merged:
    """Insert the commands that are new, chain by chain, and verify every chain they lengthen; `day` notes their
    arrival."""
    letters = {device[:1]: device for device in journal.heads(db)}
    new = sorted(_new(db, brought.commands), key=lambda command: command.step)
    door.refuse_strange(new)
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
        for digest, one in brought.attachments.items()
    ]
    erased = erasing.purge(db) if new else []
    return Merged(len(new), sum(len(command.events) for command in new), sum(kept), erased=tuple(erased))


def _new(db: sqlite3.Connection, commands: Iterable[Command]) -> Iterator[Command]:
    seen: dict[Step, str] = {}
    for command in commands:
        if command.step in seen:
            if seen[command.step] != command.hash:
                raise _forked(command.step, _("the file holds such a step twice, and they differ"))
            continue
        seen[command.step] = command.hash
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
