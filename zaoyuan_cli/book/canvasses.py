"""Canvasses: topics taken from door to door, what each household answered, and who was not met yet (R-92)."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal, Unreadable
from zaoyuan_cli.facts.canvasses import CanvassClosed, CanvassOpened, HouseholdAnswered, HouseholdMissed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import levies
from zaoyuan_cli.rules.rooms import order
from zaoyuan_cli.rules.text import clean

from . import Book, households, naming, searching
from .ledger import Origin, derives
from .levies import as_levied

Day = date
_OF = " FOREIGN KEY (topic, room) REFERENCES canvass_door (topic, room)) STRICT"
TABLES = (
    "CREATE TABLE canvass (event INTEGER PRIMARY KEY, topic TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " until TEXT NOT NULL, condition TEXT NOT NULL, options TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE TABLE canvass_door (event INTEGER NOT NULL, topic TEXT NOT NULL REFERENCES canvass (topic),"
    " room TEXT NOT NULL REFERENCES household (room), PRIMARY KEY (topic, room)) STRICT",
    "CREATE INDEX canvass_door_event ON canvass_door (event)",
    "CREATE TABLE canvass_answer (event INTEGER PRIMARY KEY, lamport INTEGER NOT NULL, device TEXT NOT NULL,"
    " topic TEXT NOT NULL, room TEXT NOT NULL, day TEXT NOT NULL, answer TEXT NOT NULL, words TEXT NOT NULL," + _OF,
    "CREATE INDEX canvass_answer_of ON canvass_answer (topic, room)",
    "CREATE TABLE canvass_miss (event INTEGER PRIMARY KEY, topic TEXT NOT NULL, room TEXT NOT NULL, day TEXT NOT NULL,"
    + _OF,
    "CREATE INDEX canvass_miss_of ON canvass_miss (topic, room)",
    "CREATE TABLE canvass_close (event INTEGER PRIMARY KEY, topic TEXT NOT NULL REFERENCES canvass (topic),"
    " day TEXT NOT NULL) STRICT",
)
OPTIONS = ("同意", "不同意", "建议")
"""What may be answered where nothing else was said: agree, against, a suggestion."""


@derives(CanvassOpened)
def opened(db: sqlite3.Connection, origin: Origin, fact: CanvassOpened) -> None:
    until, options = fact.until.isoformat() if fact.until else "", json.dumps(fact.options)
    values = (origin.event, fact.topic, fact.on.isoformat(), until, fact.where, options, fact.text)
    db.execute("INSERT INTO canvass VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    db.executemany(
        "INSERT INTO canvass_door VALUES (?, ?, ?)", [(origin.event, fact.topic, room) for room in fact.rooms]
    )
    searching.put(db, origin, "canvass", fact.topic, fact.topic, fact.text)


@derives(HouseholdAnswered)
def answered(db: sqlite3.Connection, origin: Origin, fact: HouseholdAnswered) -> None:
    values = (*origin, fact.topic, fact.room, fact.on.isoformat(), fact.answer, fact.words)
    db.execute("INSERT INTO canvass_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    if fact.words:
        searching.put(db, origin, "canvass", fact.topic, fact.room, fact.words)


@derives(HouseholdMissed)
def missed(db: sqlite3.Connection, origin: Origin, fact: HouseholdMissed) -> None:
    values = (origin.event, fact.topic, fact.room, fact.on.isoformat())
    db.execute("INSERT INTO canvass_miss VALUES (?, ?, ?, ?)", values)


@derives(CanvassClosed)
def closed(db: sqlite3.Connection, origin: Origin, fact: CanvassClosed) -> None:
    db.execute("INSERT INTO canvass_close VALUES (?, ?, ?)", (origin.event, fact.topic, fact.on.isoformat()))


class Canvass(NamedTuple):
    """A topic taken to households: what is asked, by when (None: no day), which households (a condition as levies have
    it), what may be answered; how many households it goes to, have answered, and were visited in vain; the day it was
    closed."""

    topic: str
    date: Day
    until: Day | None
    where: str
    options: tuple[str, ...]
    text: str
    households: int
    met: int
    missed: int
    closed: Day | None

    @property
    def left(self) -> int:
        """How many were not met yet."""
        return self.households - self.met


class Door(NamedTuple):
    """A household of a canvass: its answer ("" for none), its words, the day; how often nobody was at home, and when
    last."""

    room: str
    answer: str
    words: str
    date: Day | None
    misses: int
    missed: Day | None


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Canvass]:
    """The canvasses opened until a day, as they stood on it, the first first."""
    rows = db.execute(
        "SELECT c.topic, c.day, until, condition, options, text,"
        " (SELECT count(*) FROM canvass_door AS d WHERE d.topic = c.topic),"
        " (SELECT count(DISTINCT room) FROM canvass_answer AS a WHERE a.topic = c.topic AND a.day <= :day),"
        " (SELECT count(DISTINCT room) FROM canvass_miss AS m WHERE m.topic = c.topic AND m.day <= :day AND room NOT IN"
        " (SELECT room FROM canvass_answer AS a WHERE a.topic = c.topic AND a.day <= :day)),"
        " (SELECT min(day) FROM canvass_close AS e WHERE e.topic = c.topic AND e.day <= :day)"
        " FROM canvass AS c WHERE c.day <= :day ORDER BY c.day, c.topic",
        {"day": (as_of or date.max).isoformat()},
    ).fetchall()
    return {
        topic: Canvass(
            topic, date.fromisoformat(day), _day(until), where, tuple(json.loads(options)), text, doors_, met, vain,
            _day(over),
        )
        for topic, day, until, where, options, text, doors_, met, vain, over in rows
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def doors(db: sqlite3.Connection, topic: str, as_of: date | None = None) -> dict[str, Door]:
    """The households of a canvass by room, in the order of doors, with what each said last."""
    asked = {"topic": topic, "day": (as_of or date.max).isoformat()}
    said = {
        room: (answer, words, day)
        for room, answer, words, day in db.execute(
            "SELECT room, answer, words, day FROM canvass_answer WHERE topic = :topic AND day <= :day"
            " ORDER BY lamport, device, event",
            asked,
        ).fetchall()
    }
    vain = {
        room: (count, last)
        for room, count, last in db.execute(
            "SELECT room, count(*), max(day) FROM canvass_miss WHERE topic = :topic AND day <= :day GROUP BY room",
            asked,
        ).fetchall()
    }
    rooms = [room for (room,) in db.execute("SELECT room FROM canvass_door WHERE topic = :topic", asked).fetchall()]
    found = {}
    for room in sorted(rooms, key=order):
        answer, words, day = said.get(room, ("", "", None))
        misses, last = vain.get(room, (0, None))
        found[room] = Door(room, answer, words, _day(day), misses, _day(last))
    return found


def pick(book: Book, text: str) -> str:
    """The topic of a name or a part that fits only one. NotFound, Ambiguous."""
    return naming.pick({topic: topic for topic in everyone(book.db)}, text, "topic", _missing)


def _missing(text: str) -> NotFound:
    return NotFound(
        _("There is no canvass “{topic}”.").format(topic=text),
        field="topic",
        value=text,
        hint=_("All of them: {command}").format(command="zaoyuan canvass list"),
    )


def start(
    book: Book, topic: str, where: str = "", until: date | None = None, options: Sequence[str] = (), text: str = ""
) -> Canvass:
    """Take a topic to all households, or to those of a condition. Refusal: the topic is taken, nobody meets the
    condition; Unreadable."""
    meets = levies.where(where)
    with book.writing("canvass open"):
        known = everyone(book.db)
        name = naming.new(
            topic, known, "topic", lambda one: _("There is a canvass “{topic}” already.").format(topic=one)
        )
        roll = households.everyone(book.db, book.today).values()
        rooms = tuple(one.room for one in roll if meets(as_levied(one)))
        if not rooms:
            raise Refusal(_("No household meets the condition: {condition}").format(condition=where or "-"),
                          field="where", value=where)  # fmt: skip
        book.record(
            CanvassOpened(
                topic=name, on=book.today, rooms=rooms, until=until, where=where, options=tuple(options) or OPTIONS,
                text=clean(text, field="text").strip(),
            )
        )  # fmt: skip
    return everyone(book.db)[name]


def option(of: Canvass, text: str) -> str:
    """The answer meant: by its number or its words. Unreadable."""
    if text.isdecimal() and 1 <= int(text) <= len(of.options):
        return of.options[int(text) - 1]
    folded = searching.fold(text).strip()
    fitting = [one for one in of.options if searching.fold(one) == folded]
    fitting = fitting or [one for one in of.options if folded and searching.fold(one).startswith(folded)]
    if len(fitting) == 1:
        return fitting[0]
    choices = " ".join(f"{n} {one}" for n, one in enumerate(of.options, 1))
    raise Unreadable(
        _("“{word}” is not one of the answers.").format(word=text), field="answer", value=text,
        candidates=[{"key": one, "label": one} for one in of.options],
        hint=_("There are: {choices}").format(choices=choices),
    )  # fmt: skip


def answer(book: Book, of: Canvass, room: str, said: str, words: str = "", on: date | None = None) -> Door:
    """Write down what a household answered. Refusal."""
    with book.writing("canvass answer"):
        return note(book, of, room, said, words, on)


def note(book: Book, of: Canvass, room: str, said: str, words: str = "", on: date | None = None) -> Door:
    """The same, inside a step being written."""
    _asked(book, of, room)
    words = clean(words, field="note").strip()
    book.record(HouseholdAnswered(topic=of.topic, room=room, on=on or book.today, answer=said, words=words))
    return Door(room, said, words, on or book.today, 0, None)


def miss(book: Book, of: Canvass, room: str) -> int:
    """Note that nobody was at home; how often that was so. Refusal."""
    with book.writing("canvass run"):
        _asked(book, of, room)
        book.record(HouseholdMissed(topic=of.topic, room=room, on=book.today))
        return doors(book.db, of.topic)[room].misses


def close(book: Book, of: Canvass) -> None:
    """Ask nobody else. Refusal: it is closed."""
    with book.writing("canvass close"):
        _running(book, of)
        book.record(CanvassClosed(topic=of.topic, on=book.today))


def _running(book: Book, of: Canvass) -> None:
    day = everyone(book.db)[of.topic].closed
    if day:
        raise Refusal(
            _("“{topic}” was closed on {day}.").format(topic=of.topic, day=day), field="topic", value=of.topic
        )


def _asked(book: Book, of: Canvass, room: str) -> None:
    _running(book, of)
    query = "SELECT EXISTS (SELECT 1 FROM canvass_door WHERE topic = ? AND room = ?)"
    if not book.db.execute(query, [of.topic, room]).fetchone()[0]:
        raise Refusal(
            _("{room} is not among the households of “{topic}”.").format(room=room, topic=of.topic),
            field="household",
            value=room,
            hint=_("Those not met yet: {command}").format(command=f"zaoyuan canvass left {of.topic}"),
        )
