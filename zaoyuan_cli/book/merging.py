"""Merging: the union of two books' commands, in any order, as often as wanted. Nothing of either is dropped."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working

from . import Book, conflicts, door, erasing, forks, journal, replaying
from .conflicts import Conflict
from .door import Brought, Command
from .journal import Head, Step


class Merged(NamedTuple):
    """What a merge brought: commands, events, attachments; every conflict that is open after it; the steps that said
    something of a person erased, which was not kept; and the forks that were adopted."""

    commands: int
    events: int
    attachments: int
    conflicts: tuple[Conflict, ...] = ()
    erased: tuple[str, ...] = ()
    adopted: tuple[forks.Adopted, ...] = ()


def merge(book: Book, path: Path, dry_run: bool = False, adopt_fork: bool = False) -> Merged:
    """Take in what another book of this estate holds and this one does not, and judge every rule again; with
    `adopt_fork` the other tail of a chain that forked too, under a new letter. Raises Refusal for another estate's
    book, a missing step, a step that differs (a fork)."""
    brought = door.read(path)
    if brought.book != book.id:
        raise Refusal(_("{path} is the book of another estate.").format(path=path), field="file", value=str(path))
    if book.readonly == book.anchor.objection(book.db):
        book.readonly = ""  # a copy that is behind, or has no letter here, is just what a merge may complete
    try:
        with book.transaction(rehearse=dry_run):
            done = take_in(book.db, brought, book.today.isoformat(), adopt_fork)
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


def take_in(db: sqlite3.Connection, brought: Brought, day: str | None, adopt_fork: bool = False) -> Merged:
    """Insert the commands that are new, chain by chain, and verify every chain they lengthen; `day` notes their
    arrival."""
    commands, adopted = brought.commands, list[forks.Adopted]()
    if forked := forks.found(db, commands):
        if not adopt_fork:
            raise forks.refusal(forked[0], commands)
        commands, adopted = forks.adopt(db, forked, commands)
    new = sorted(_new(db, commands), key=lambda command: command.step)
    door.refuse_strange(new)
    _refuse_double(db, new)
    before = {device: journal.head(db, device) for device in {command.device for command in new}}
    last = db.execute("SELECT ifnull(max(id), 0) FROM command").fetchone()[0]
    with working(_("Taking in the steps"), len(new)) as step:
        for id, command in enumerate(new, last + 1):
            _insert(db, id, command, day)
            step()
    for device, head in before.items():
        _verify(db, device, head, new)
    kept = [
        db.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)", (digest, *one)).rowcount
        for digest, one in brought.attachments.items()
    ]
    erased = erasing.purge(db) if new else []
    facts = sum(len(command.events) for command in new)
    return Merged(len(new), facts, sum(kept), erased=tuple(erased), adopted=tuple(adopted))


def _refuse_double(db: sqlite3.Connection, new: Iterable[Command]) -> None:
    """Raise Refusal where two devices have one letter, or one fork was adopted under two letters."""
    devices = journal.heads(db)
    letters, marks = {device[:1]: device for device in devices}, {device[1:]: device for device in devices}
    for command in new:
        device = command.device
        if letters.setdefault(device[:1], device) != device:
            raise _forked(command.step, _("two computers took the letter {letter}").format(letter=device[:1]))
        if (other := marks.setdefault(device[1:], device)) != device:
            raise _forked(command.step, _("it was adopted as {letter} elsewhere").format(letter=other[:1]))


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
