"""The door of the book: what another copy or an events file brings, read and checked before it is taken in."""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from zaoyuan_cli.errors import FileUnreadable, Refusal
from zaoyuan_cli.facts import known
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.rules import numbers

from . import Book, exporting, opening
from .journal import Step

_DEVICE = re.compile(r"[A-Z][0-9a-f]{2,32}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[ZF]")


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
    """A command as a file carries it; no field may hold a line break, which parts them in the hash."""

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


class Brought(NamedTuple):
    """What a file brings: the id of its book, its commands, its attachments (kind, bytes) by their SHA-256."""

    book: str
    commands: list[Command]
    attachments: dict[bytes, tuple[str, bytes]]


def read(path: Path) -> Brought:
    """What another book (.db) or an events file brings. Raises FileUnreadable,
    BookUnreadable, OSError."""
    try:
        with path.open("rb") as file:
            is_database = file.read(15) == b"SQLite format 3"
        if is_database:
            db, _reason = opening.open_file(path)
            other = Book(db, path, path.parent)
            try:
                with working(_("Reading {path}").format(path=path.name)):
                    return _parse(exporting.lines(other), path)
            finally:
                db.close()
        with path.open(encoding="utf-8") as text, working(_("Reading {path}").format(path=path.name)):
            return _parse(text, path)
    except UnicodeDecodeError:
        raise _no_events(path, 1) from None


def _parse(lines: Iterable[str], path: Path) -> Brought:
    from pydantic import TypeAdapter, ValidationError

    check = TypeAdapter(Command).validate_python
    book, number = "", 0
    commands, attachments = list[Command](), dict[bytes, tuple[str, bytes]]()
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
                commands.append(_plain(check(values)))
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise _no_events(path, number) from None
    if not book:
        raise _no_events(path, 1)
    return Brought(book, commands, attachments)


def _no_events(path: Path, line: int) -> FileUnreadable:
    return FileUnreadable(
        _("{path} is neither a book nor a file of `export events` (line {line}).").format(path=path, line=line),
        value=str(path),
        line=line,
    )


def _plain(command: Command) -> Command:
    """The command, if its own fields can be what a book writes. Raises ValueError."""
    fine = _DEVICE.fullmatch(command.device) and _MOMENT.fullmatch(command.at) and command.events
    if not fine or not 0 < command.lamport < 2**53 or "\n" in command.who + command.verb:
        raise ValueError(command.step.name)
    bytes.fromhex(command.hash)
    for event in command.events:
        bytes.fromhex(event.commitment + (event.private.salt if event.private else ""))
        if "\n" in event.kind + event.body:
            raise ValueError(event.kind)
    return command


def refuse_strange(commands: Iterable[Command]) -> None:
    """Raise Refusal for an event that no program could have recorded: kinds that are known must load. Unknown kinds of
    a later program pass."""
    for command in commands:
        for event in command.events:
            try:
                _load(event)
            except (ValueError, TypeError, KeyError, IndexError):
                raise Refusal(
                    _("Step {step} holds an entry that cannot be read ({kind}).").format(
                        step=command.step.name, kind=event.kind
                    ),
                    field="file",
                    value=command.step.name,
                ) from None


def _load(event: Carried) -> None:
    of = known(event.kind)
    if of is None:
        json.loads(event.body)
        return
    values = {**json.loads(event.body), **(json.loads(event.private.body) if event.private else {})}
    _model(event.kind).model_validate(values, strict=False)
    fact = of.load(values)
    if fact.numbered:
        numbers.split(getattr(fact, fact.key))


@cache
def _model(kind: str) -> Any:
    """The guard of a kind: the types its class states for its fields."""
    from pydantic import create_model

    of = known(kind)
    assert of is not None
    fields: dict[str, Any] = {
        name: (type_, None if name in of.defaults else ...)  # what is absent (erased, or later than the file) may be
        for name, type_ in of.__annotations__.items()
    }
    return create_model(kind, **fields)
