"""Correspondence: opinions of residents and letters, their answers, and what is still open (R-96)."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.correspondence import Answered, Closed, LetterLogged, OpinionGiven
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book, households, numbered, people, searching
from .ledger import Origin, derives

Day = date  # a field of Item is called date
ANSWER_DAYS = 15  # without a day of its own: no law says how many
VIA = {
    "上门": "visit", "走访": "visit", "电话": "phone", "微信": "wechat", "书面": "letter", "信": "letter",
    "会议": "meeting", "会上": "meeting", "其他": "other",
}  # fmt: skip
"""The Chinese words for the ways an opinion comes in."""

TABLES = (
    "CREATE TABLE correspondence (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, series TEXT NOT NULL,"
    " day TEXT NOT NULL, way TEXT NOT NULL, due TEXT, room TEXT REFERENCES household (room),"
    " person TEXT REFERENCES person (person), via TEXT NOT NULL, paper TEXT NOT NULL, attachments TEXT NOT NULL,"
    " party TEXT NOT NULL, topic TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE TABLE answer (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES correspondence (number),"
    " day TEXT NOT NULL, person TEXT REFERENCES person (person), text TEXT NOT NULL) STRICT",
    "CREATE TABLE closing (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES correspondence (number),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
)


@derives(OpinionGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: OpinionGiven) -> None:
    db.execute(
        "INSERT INTO correspondence VALUES (?, ?, 'opinion', ?, 'in', NULL, ?, ?, ?, '', '', '', ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.room or None, fact.person or None, fact.via,
            fact.topic, fact.text,
        ),
    )  # fmt: skip
    searching.put(db, origin, "opinion", fact.number, fact.topic or fact.text, fact.text, fact.room)


@derives(LetterLogged)
def logged(db: sqlite3.Connection, origin: Origin, fact: LetterLogged) -> None:
    db.execute(
        "INSERT INTO correspondence VALUES (?, ?, 'letter', ?, ?, ?, NULL, NULL, 'letter', ?, ?, ?, '', ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.way, fact.due.isoformat() if fact.due else None,
            fact.paper, " ".join(fact.attachments), fact.party, fact.text,
        ),
    )  # fmt: skip
    searching.put(db, origin, "letter", fact.number, fact.text, fact.party, fact.paper)


@derives(Answered)
def answered(db: sqlite3.Connection, origin: Origin, fact: Answered) -> None:
    values = (origin.event, fact.number, fact.on.isoformat(), fact.by or None, fact.text)
    db.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?)", values)


@derives(Closed)
def closed(db: sqlite3.Connection, origin: Origin, fact: Closed) -> None:
    db.execute("INSERT INTO closing VALUES (?, ?, ?, ?)", (origin.event, fact.number, fact.on.isoformat(), fact.reason))


class Answer(NamedTuple):
    """An answer: when, by whom (a name), what."""

    date: Day
    by: str
    text: str


class Item(NamedTuple):
    """An opinion or a letter on a day. `way` in or out; `who` is who said or wrote it, or whom it was for; `due` the
    day an answer is due (None where none is); state open, overdue, answered, closed, or done for a letter out that
    asks for nothing; `days` since it came."""

    number: str
    date: Day
    way: str
    room: str
    who: str
    via: str
    topic: str
    text: str
    paper: str
    due: Day | None
    state: str
    days: int
    answers: tuple[Answer, ...]
    reason: str
    attachments: tuple[str, ...]


def listing(db: sqlite3.Connection, series: str, today: date, number: str = "") -> list[Item]:
    """The opinions or letters until a day as they stood on it, in the order they came."""
    names = people.everyone(db)
    answers: dict[str, list[Answer]] = {}
    for of, day, by, text in db.execute(
        "SELECT number, day, person, text FROM answer WHERE day <= ? ORDER BY day, event", [today.isoformat()]
    ).fetchall():
        answers.setdefault(of, []).append(Answer(date.fromisoformat(day), names[by].name if by in names else "", text))
    rows = db.execute(
        "SELECT c.number, c.day, way, ifnull(room, ''), ifnull(person, ''), party, via, topic, text, paper, due,"
        " attachments, (SELECT min(reason) FROM closing WHERE closing.number = c.number AND closing.day <= :today)"
        " FROM correspondence AS c WHERE series = :series AND c.day <= :today AND :number IN ('', c.number)"
        " ORDER BY c.day, c.event",
        {"series": series, "today": today.isoformat(), "number": number},
    ).fetchall()
    found = []
    for of, day, way, room, person, party, via, topic, text, paper, due, files, reason in rows:
        came, until = date.fromisoformat(day), date.fromisoformat(due) if due else None
        if until is None and way == "in":
            until = came + timedelta(days=ANSWER_DAYS)
        said = tuple(answers.get(of, ()))
        who = names[person].name if person in names else party
        state = _state(way, until, said, reason, today)
        found.append(
            Item(
                of, came, way, room, who, via, topic, text, paper, until, state, (today - came).days, said,
                reason or "", tuple(files.split()),
            )
        )  # fmt: skip
    return found


def _state(way: str, due: date | None, answers: tuple[Answer, ...], reason: str | None, today: date) -> str:
    if reason is not None:
        return "closed"
    if answers:
        return "answered"
    if due is None:
        return "done"
    return "overdue" if due < today else "open"


def pick(book: Book, series: str, text: str) -> str:
    """The number of an opinion or a letter as typed. Raises Unreadable, NotFound, Ambiguous."""
    return numbered.pick(book, series, text)


def one(book: Book, series: str, number: str, today: date) -> Item:
    """The opinion or letter of a number that is known to be one, as it stands on a day."""
    return listing(book.db, series, max(today, book.today), number)[0]


# ---- verbs


def say(book: Book, text: str, on: date, room: str = "", person: str = "", topic: str = "", via: str = "") -> str:
    """Record what a resident said; its number. Raises Unreadable where nothing was."""
    text, topic = _words(text), clean(topic, field="topic").strip()
    with book.writing("opinion add"):
        if room:
            households.one(book, room)
        number = book.number("opinion")
        book.record(OpinionGiven(number=number, on=on, room=room, person=person, via=via, topic=topic, text=text))
    return number


def log(
    book: Book, text: str, way: str, party: str, on: date, due: date | None = None, paper: str = "",
    file: tuple[bytes, str] | None = None,
) -> str:  # fmt: skip
    """Record a letter that came in or went out, its scan with it; its number. Raises Unreadable."""
    text, party, paper = _words(text), clean(party, field="party").strip(), clean(paper, field="paper").strip()
    if due and due < on:
        raise Unreadable(_("{due} is before the letter's day {day}.").format(due=due, day=on), field="due", value=due)
    with book.writing("letter add"):
        kept = (book.attach(*file),) if file else ()
        number = book.number("letter")
        book.record(
            LetterLogged(number=number, way=way, on=on, due=due, paper=paper, attachments=kept, party=party, text=text)
        )
    return number


def answer(book: Book, series: str, number: str, text: str, on: date, by: str = "") -> Item:
    """Record an answer to an opinion or a letter. Raises Unreadable; Refusal: it is closed, or came later."""
    text = _words(text)
    with book.writing(f"{series} answer"):
        before = one(book, series, number, on)
        if before.state == "closed":
            raise _refused(_("{number} is closed already.").format(number=number), series, number)
        if on < before.date:
            raise _refused(_("{number} is of {day}.").format(number=number, day=before.date), series, number)
        book.record(Answered(number=number, on=on, by=by, text=text))
        return one(book, series, number, on)


def close(book: Book, series: str, number: str, on: date, reason: str = "") -> Item:
    """Say that nothing more is to be done; without an answer there must be a reason. Raises Refusal, Unreadable."""
    reason = clean(reason, field="reason").strip()
    with book.writing(f"{series} close"):
        before = one(book, series, number, on)
        if before.state == "closed":
            raise _refused(_("{number} is closed already.").format(number=number), series, number)
        if not before.answers and not reason:
            raise Unreadable(
                _("{number} has no answer: say why it is closed.").format(number=number),
                field="reason",
                value=number,
                hint=_("Answer it: {command}").format(command=f"zaoyuan {series} answer {number} …"),
            )
        book.record(Closed(number=number, on=on, reason=reason))
        return one(book, series, number, on)


def _words(text: str) -> str:
    text = clean(text, field="text", lines=True).strip()
    if not text:
        raise Unreadable(_("The text is empty."), field="text", value=text)
    return text


def _refused(said: str, series: str, number: str) -> Refusal:
    return Refusal(said, field=series, value=number)
