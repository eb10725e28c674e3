"""The log: what was done, step by step."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Unreadable

from . import Book, clock, journal, numbered, people
from .journal import Step


class Entry(NamedTuple):
    """A line of the log; `numbers` it gave out, `concerns` are those it made void and the steps it took back; `undone`
    tells that it does not count, `set_clock` that its moment was set by hand."""

    step: str
    at: str
    who: str
    verb: str
    facts: int
    numbers: tuple[str, ...]
    concerns: tuple[str, ...]
    undone: bool
    set_clock: bool


def entries(book: Book, limit: int = 0, who: str = "", about: str = "", own: bool = False) -> list[Entry]:
    """The steps, latest first: all, those of a person (an id), those about a thing (a room, number, name, step); `own`:
    of their numbers only those of the thing."""
    gone = journal.undone(book.db)
    names = {id: one.name for id, one in people.everyone(book.db).items()}
    matching, values = _matching(book, who, about)
    rows = book.db.execute(
        f"SELECT command.id, lamport, device, at, who, verb {matching} ORDER BY lamport DESC, device DESC LIMIT ?",
        [*values, limit or -1],
    ).fetchall()
    of = _about(book, about) if own else ("1", [])
    return [_entry(book, row, gone, names, *of) for row in rows]


def count(book: Book, who: str = "", about: str = "") -> int:
    """How many steps `entries` has without a limit."""
    matching, values = _matching(book, who, about)
    found: int = book.db.execute(f"SELECT count(*) {matching}", values).fetchone()[0]
    return found


def _matching(book: Book, who: str, about: str) -> tuple[str, list[str]]:
    marks, words = _about(book, about)
    return (
        "FROM command WHERE (? = '' OR who = ?)"
        f" AND (? = '' OR EXISTS (SELECT 1 FROM event WHERE command = command.id AND ({marks})))",
        [who, who, about, *words],
    )


def _about(book: Book, text: str) -> tuple[str, list[str]]:
    """Whether an event is about a thing, as SQL and its values."""
    words = _meanings(book, text)
    return " OR ".join([*["instr(body, ?)"] * len(words), _OF_ROOM]), [*words, _room(text)]


_OF_ROOM = (  # what took back or gave back money of a room tells of its number alone
    "kind IN ('contributions.voided.v1', 'contributions.refunded.v1')"
    " AND coalesce(body ->> 'receipt', body ->> 'number') IN (SELECT number FROM entry WHERE room = ?)"
)


def _room(text: str) -> str:
    from zaoyuan_cli.rules import rooms

    return rooms.parse(text).text if rooms.looks_like_room(text) else ""


def _meanings(book: Book, text: str) -> list[str]:
    """What a body may hold of a thing: its name in quotes, a short number in full, a person's id."""
    from zaoyuan_cli.rules import numbers
    from zaoyuan_cli.rules.text import nfc

    if not text:
        return []
    found = {nfc(text), text.upper()}
    found |= {_room(text)} - {""}
    with suppress(Unreadable):
        found |= numbered.fitting(book.db, numbers.series_of(text) or "receipt", text).keys()
    found |= {id for id, one in people.everyone(book.db).items() if one.name == text}
    return [journal.canonical(one) for one in sorted(found)]


def _entry(
    book: Book, row: tuple[Any, ...], gone: set[str], names: dict[str, str], own: str, words: Sequence[str]
) -> Entry:  # fmt: skip
    command, lamport, device, at, who, verb = row
    numbers = book.db.execute(
        "SELECT text FROM number JOIN event ON event.id = number.event WHERE event.command = ? AND series != 'person'"
        f" AND ({own}) ORDER BY event.id",
        [command, *words],
    ).fetchall()
    facts = book.db.execute("SELECT count(*) FROM event WHERE command = ?", [command]).fetchone()[0]
    concerned = book.db.execute(
        "SELECT coalesce(body ->> 'number', body ->> 'ballot', body ->> 'step') FROM event WHERE command = ?"
        " AND (kind LIKE '%.voided.v1' OR kind = 'steps.undone.v1') ORDER BY id",
        [command],
    ).fetchall()
    step = Step(lamport, device).name
    moment = f"{clock.local(at):%Y-%m-%d %H:%M}"
    given = tuple(number for (number,) in numbers)
    concerns = tuple(dict.fromkeys(number for (number,) in concerned if number))
    return Entry(step, moment, names.get(who, who), verb, facts, given, concerns, step in gone, at.endswith("F"))
