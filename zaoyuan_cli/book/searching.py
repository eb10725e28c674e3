"""Search: the words of every record, stored when it is written, found by any part of them, one Chinese character
included."""

import sqlite3
import unicodedata
from typing import NamedTuple

from . import Book
from .ledger import Origin

TABLES = (
    "CREATE TABLE words (event INTEGER PRIMARY KEY, noun TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " folded TEXT NOT NULL) STRICT",
)


class Hit(NamedTuple):
    """A record found: its noun, the reference its `show` takes, a title, the words around the place."""

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


def find(book: Book, query: str, limit: int = 200) -> list[Hit]:
    """Records that hold every word of the query, as parts of words; equal to a plain scan."""
    wanted = fold(query).split()
    if not wanted:
        return []
    rows = book.db.execute(
        "SELECT noun, ref, title, text FROM words WHERE "
        + " AND ".join(["instr(folded, ?)"] * len(wanted))
        + " ORDER BY noun, event LIMIT ?",
        [*wanted, limit],
    ).fetchall()
    return [Hit(noun, ref, title, around(text, wanted[0])) for noun, ref, title, text in rows]


def around(text: str, word: str, reach: int = 24) -> str:
    """The line of a text where a word stands, cut to its surroundings."""
    for line in text.splitlines():
        place = fold(line).find(word)
        if place >= 0:
            start, end = max(0, place - reach), place + len(word) + reach
            return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")
    return text.splitlines()[0]
