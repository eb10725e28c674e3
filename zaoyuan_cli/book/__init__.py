"""The book: one SQLite file whose truth is its journal. All SQL of the program lives in this folder.

Every write goes through `with book.writing(verb): book.record(fact)`: one transaction, one step, one link of the
chain."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zaoyuan_cli.errors import BookUnreadable, Refusal
from zaoyuan_cli.facts import Fact
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers

from . import clock, journal, ledger, opening
from .anchor import Anchor
from .journal import Event, Head, Step

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["Book", "Event", "Head", "Step", "open_book"]


class Book:
    """An open book. `readonly` says why it can only be read ("" when it can be written); `who` is a person's id."""

    def __init__(self, db: sqlite3.Connection, path: Path, home: Path, readonly: str = "", who: str = "") -> None:
        self.db, self.path, self.home = db, path, home
        self.id: str = db.execute("SELECT id FROM book").fetchone()[0]
        self.anchor = Anchor(home, self.id)
        self.device = self.anchor.device
        self.readonly = readonly
        self.said_who = who
        self.now: datetime = clock.now()
        self.pending: journal.Pending | None = None

    @property
    def today(self) -> date:
        """The day in the book's zone."""
        return self.now.date()

    @property
    def letter(self) -> str:
        """This machine's letter in this book; "" before `device add`."""
        return self.device[:1]

    @cached_property
    def in_memory(self) -> bool:
        """Whether this is a replay of the file: as known on a day, or of a file of another version."""
        return not self.db.execute("PRAGMA database_list").fetchone()[2]

    @cached_property
    def name(self) -> str:
        """The estate's name."""
        return str(self.db.execute("SELECT name FROM estate").fetchone()[0])

    @cached_property
    def lang(self) -> str:
        """The language of the book's papers and of the names it was made with: zh or en."""
        return str(self.db.execute("SELECT lang FROM estate").fetchone()[0])

    @cached_property
    def tables(self) -> "Database":
        """The same connection dressed as sqlite-utils: schema, search, exports, bulk readers. Writes only inside
        `writing()`."""
        from sqlite_utils import Database

        return Database(self.db, execute_plugins=False)

    @cached_property
    def who(self) -> str:
        """The id of the person who acts: as said, else this device's person. Raises NotFound, Ambiguous."""
        if self.said_who:
            from .people import find_one

            return find_one(self, self.said_who).person
        row = self.db.execute("SELECT person FROM device WHERE device = ?", [self.device]).fetchone()
        return str(row[0]) if row else ""

    def refusal(self) -> BookUnreadable:
        """Why nothing can be written here, as an error."""
        text = _("This book can only be read here: {reason}").format(reason=self.readonly)
        return BookUnreadable(text, value=str(self.path), readonly=True)

    @contextmanager
    def transaction(self, rehearse: bool = False) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; what raises inside leaves nothing behind, nor does a rehearsal.
        Raises BookUnreadable where it can only be read."""
        if self.readonly:
            raise self.refusal()
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            if not rehearse:
                self.db.execute("COMMIT")
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")

    @contextmanager
    def writing(self, verb: str, rehearse: bool = False) -> Iterator["Book"]:
        """One step: what is recorded inside is read again, its chain recomputed, and only then kept.
        A step that records nothing writes no row. `verb` is the English words of the command."""
        who = self.who
        with self.transaction(rehearse):
            self.pending = journal.Pending(self.db, self.device, clock.stamp(self.now), who, verb)
            yield self
            self.pending.seal()
        if self.pending.count and not rehearse:
            self.anchor.keep(self.db)

    def record(self, fact: Fact) -> int:
        """Write one fact into the step being written, and its ledger rows; the event's id in this file.
        Raises Refusal if a cut froze what it would change or a person was erased, sqlite3.IntegrityError if its rows
        cannot stand."""
        assert self.pending is not None, "record() belongs inside writing()"
        if self.db.execute("SELECT EXISTS (SELECT 1 FROM cut)").fetchone()[0]:
            from . import cuts

            cuts.refuse_frozen(self.db, fact)
        if fact.private and (person := getattr(fact, "person", "")):
            from . import people

            people.refuse_erased(self.db, person)
        event = self.pending.append(fact)
        ledger.derive(self.db, event)
        return event.id

    def number(self, series: str, under: str = "") -> str:
        """The next number this device gives in a series, in the year of today; `under` is the number it hangs on
        (a refund under its receipt). The same number is never given twice, not even after an undo."""
        if under:
            device, year, n, _sub = numbers.split(under)
            sub = self._next("sub", series=series, device=device, year=year, n=n)
            by = self.letter if series == "motion" and self.letter != device else ""
            return numbers.format(series, device, year, n, sub, by)
        year = self.today.year
        return numbers.format(series, self.letter, year, self._next("n", series=series, device=self.letter, year=year))

    def person_id(self) -> str:
        """The next id of a person or donor: letter and count, never used again."""
        return f"p{self.letter}{self._next('n', series='person', device=self.letter, year=0)}"

    def _next(self, count: str, **given: str | int) -> int:
        """One more than the greatest count among the numbers given out that are so."""
        alike = " AND ".join(f"{column} = :{column}" for column in given)
        row = self.db.execute(f"SELECT ifnull(max({count}), 0) + 1 FROM number WHERE {alike}", given).fetchone()
        return int(row[0])

    def attach(self, data: bytes, kind: str) -> str:
        """Keep a file's bytes beside the journal; its SHA-256 as hex, to stand in a fact. Raises Refusal above 4 MB."""
        from hashlib import sha256

        if len(data) > 4 * 1024 * 1024:
            raise Refusal(_("The file is larger than 4 MB; make it smaller first."), field="file", value=str(len(data)))
        digest = sha256(data).digest()
        self.db.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?)", (digest, kind, data))
        return digest.hex()

    def known_on(self, day: date) -> "Book":
        """This book as this file held it at the end of a day: own steps by their moment, others by the day they
        were merged in."""
        from . import replaying

        db = replaying.into_memory(self.path, day)
        if not db.execute("SELECT EXISTS (SELECT 1 FROM estate)").fetchone()[0]:
            db.close()
            raise Refusal(_("On {day} this file held nothing yet.").format(day=day), field="known-on", value=str(day))
        return Book(db, self.path, self.home, _("this is the book as known on {day}").format(day=day))

    def at(self, seen: Mapping[str, int], now: datetime) -> "Book":
        """This book as it was at a moment: of each device (by letter) what it had written up to a step."""
        from . import replaying

        book = Book(replaying.into_memory(self.path, seen=seen), self.path, self.home, _("this is the book as it was"))
        book.now = now
        return book

    def close(self) -> None:
        self.db.close()


def open_book(path: Path, home: Path, who: str = "") -> Book:
    """The book at a path; `home` is the settings folder, `who` a person's id or name. What stands against writing is in
    `readonly`, and reading works all the same. Raises BookUnreadable naming what the file is instead."""
    db, reason = opening.open_file(path)
    with opening.in_words(path):
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > ledger.VERSION:
            reason = _("A newer version of the program wrote it; upgrade to write.")
        if version != ledger.VERSION and reason:
            from . import replaying

            db.close()
            db = replaying.into_memory(path)  # its own ledger is of another version, and may not be rebuilt
        elif version < ledger.VERSION:
            from . import replaying

            db.execute("BEGIN IMMEDIATE")
            replaying.rebuild(db)  # at once, or every reading until the next write would replay the journal
            db.execute("COMMIT")
        book = Book(db, path, home, reason, who)
        if db.execute("SELECT EXISTS (SELECT 1 FROM unknown)").fetchone()[0]:
            book.readonly = book.readonly or _("It holds entries of a newer version of the program; upgrade to write.")
        book.readonly = book.readonly or book.anchor.objection(db)
    return book
