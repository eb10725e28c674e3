"""Search: the words of every record, stored when it is written, found by any part of them, one Chinese character
included."""

import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules.money import Fen

from . import Book
from .ledger import Origin

TABLES = (
    "CREATE TABLE words (event INTEGER PRIMARY KEY, noun TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL,"
    " text TEXT NOT NULL, folded TEXT NOT NULL) STRICT",
)


ORDER = (
    "household", "person", "space", "donor", "body", "meeting", "motion", "decision", "task", "bylaw", "project",
    "contribution", "expense", "income", "handin", "opinion", "letter", "seal", "ballot", "canvass",
    "deliberation", "notice", "account", "handover", "inspection",
)  # fmt: skip


class Hit(NamedTuple):
    """A record found: its noun, what its `show` takes, a title, the words around the place."""

    noun: str
    ref: str
    title: str
    context: str


def put(db: sqlite3.Connection, origin: Origin, noun: str, ref: str, title: str, *texts: str) -> None:
    """Make a record findable by its title and texts; `noun` is the command that shows it."""
    text = "\n".join(one for one in (ref, title, *texts) if one)
    db.execute("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?)", (origin.event, noun, ref, title, text, fold(text)))


def fold(text: str) -> str:
    """Text as it is compared: width and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def find(book: Book, query: str) -> list[Hit]:
    """Records that hold every word of the query, as parts of words; equal to a plain scan. Each record once, by noun.
    A door is found by its owners' names as well, and a person comes with their rooms."""
    wanted = fold(query).split()
    if not wanted:
        return []
    rows = book.db.execute(
        "SELECT noun, ref, title, text FROM words WHERE "
        + " AND ".join(["instr(folded, ?)"] * len(wanted))
        + " ORDER BY event",
        wanted,
    ).fetchall()
    found: dict[tuple[str, str], Hit] = {}
    for noun, ref, title, text in rows:
        found.setdefault((noun, ref), Hit(noun, ref, title, around(text, wanted[0])))
    if any(not hit.title for hit in found.values()):  # found by what was said of it later
        for noun, ref, title in book.db.execute("SELECT noun, ref, title FROM words WHERE title != ''").fetchall():
            if (hit := found.get((noun, ref))) and not hit.title:
                found[noun, ref] = hit._replace(title=title)
        found |= {key: hit._replace(title=hit.title or hit.ref) for key, hit in found.items()}
    found |= {(noun, ref): hit for noun, ref, hit in list(_known_better(book, wanted, found))}
    last = len(ORDER)
    return sorted(found.values(), key=lambda hit: ORDER.index(hit.noun) if hit.noun in ORDER else last)


def _known_better(
    book: Book, wanted: list[str], found: Mapping[tuple[str, str], Hit]
) -> Iterator[tuple[str, str, Hit]]:
    """(noun, ref, hit) of what is told better than by the words found: people by name with their rooms, doors with
    their owners and by their owners' names, meetings by their own title, tasks by who does them."""
    from . import households, meetings, people, tasks

    roll = households.everyone(book.db).values()
    for home in roll:
        hit = found.get(("household", home.room))
        if hit or _fits(wanted, home.owner):
            said = hit.context if hit and hit.context != home.room else ""
            context = " · ".join(filter(None, (home.owner, said)))
            yield "household", home.room, Hit("household", home.room, home.room, context)
    known = people.everyone(book.db)
    names = [person.name for person in known.values() if not person.merged]
    for id, person in known.items():
        if ("person", id) in found:
            doors = " ".join(home.room for home in roll if id in home.owners)
            ref = person.name if names.count(person.name) == 1 and not person.merged else id
            yield "person", id, Hit("person", ref, person.name, doors)
    yield from (("ballot", one.ref, one) for one in _proxies(book.db, wanted) if ("ballot", one.ref) not in found)
    if len(wanted) == 1:
        yield from (("contribution", one.ref, one) for one in _receipts(book.db, wanted[0]))
    for task in tasks.listing(book.db, date.max):
        if ("task", task.task) not in found and _fits(wanted, task.by):
            yield "task", task.task, Hit("task", task.task, task.text, task.by)
    for meeting in meetings.listing(book.db):
        if hit := found.get(("meeting", meeting.meeting)):
            yield "meeting", meeting.meeting, hit._replace(title=f"{meeting.date} {meeting.title}")


def _proxies(db: sqlite3.Connection, wanted: list[str]) -> Iterator[Hit]:
    """The votes by who may sign in them by a written proxy, with the doors."""
    rows = db.execute(
        "SELECT ballot, text, holder, rooms FROM ballot_proxy AS p JOIN ballot ON number = ballot"
        " JOIN ballot_voter AS v USING (ballot, voter) ORDER BY ballot, paper, holder"
    ).fetchall()
    for ballot, text, holder, rooms in rows:
        if _fits(wanted, holder):
            yield Hit("ballot", ballot, text, f"{holder} · {rooms}")


def _receipts(db: sqlite3.Connection, word: str) -> Iterator[Hit]:
    """The receipts of a number or of a room, with or without words of their own."""
    rows = db.execute(
        "SELECT number, ifnull(room, payer), day, fen FROM contribution WHERE lower(number) = ?1 OR room = ?1"
        " ORDER BY day, number",
        [word],
    ).fetchall()
    for number, who, day, fen in rows:
        yield Hit("contribution", number, " ".join(filter(None, (number, who))), f"{day} {Fen(fen).yuan()}")


def _fits(wanted: list[str], text: str) -> bool:
    folded = fold(text)
    return bool(text) and all(word in folded for word in wanted)


def around(text: str, word: str, reach: int = 24) -> str:
    """The line of a text where a word stands, cut to its surroundings."""
    for line in text.splitlines():
        place = fold(line).find(word)
        if place >= 0:
            start, end = max(0, place - reach), place + len(word) + reach
            return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")
    return text.splitlines()[0]
