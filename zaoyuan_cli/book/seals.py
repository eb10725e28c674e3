"""Seals: the log of what a seal was put on, and who allowed it (R-95)."""

import sqlite3
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.facts.seals import SealAllowed, SealUsed
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import clean

from . import Book, numbered, people, searching
from .ledger import Origin, derives

Day = date  # a field of Use is called date
SEALS = {
    "业主大会": "assembly", "业委会": "committee", "财务": "finance", "财务章": "finance", "党支部": "branch",
    "assembly": "assembly", "committee": "committee", "finance": "finance", "branch": "branch",
}  # fmt: skip
KINDS = {
    "合同": "contract", "公告": "notice", "公示": "notice", "发函": "letter", "函件": "letter", "其他": "other",
    "contract": "contract", "notice": "notice", "letter": "letter", "other": "other",
}  # fmt: skip
"""What may be typed for a seal, and for what it was put on."""

TABLES = (
    "CREATE TABLE seal (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, seal TEXT NOT NULL, day TEXT NOT NULL,"
    " copies INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT REFERENCES person (person),"
    " title TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE TABLE seal_allowed (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES seal (number),"
    " day TEXT NOT NULL, decision TEXT REFERENCES decision (number), approved TEXT NOT NULL) STRICT",
)


@derives(SealUsed)
def used(db: sqlite3.Connection, origin: Origin, fact: SealUsed) -> None:
    db.execute(
        "INSERT INTO seal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.seal, fact.on.isoformat(), fact.copies, fact.paper_kind, fact.by or None,
            fact.title, fact.note,
        ),
    )  # fmt: skip
    if fact.decision or fact.approved_by:
        _allow(db, origin, fact)
    searching.put(db, origin, "seal", fact.number, fact.title, fact.note)


@derives(SealAllowed)
def allowed(db: sqlite3.Connection, origin: Origin, fact: SealAllowed) -> None:
    _allow(db, origin, fact)


def _allow(db: sqlite3.Connection, origin: Origin, fact: SealUsed | SealAllowed) -> None:
    values = (origin.event, fact.number, fact.on.isoformat(), fact.decision or None, " ".join(fact.approved_by))
    db.execute("INSERT INTO seal_allowed VALUES (?, ?, ?, ?, ?)", values)


class Use(NamedTuple):
    """A seal put on a paper: by and approved_by are names; state approved, or open where nobody allowed it."""

    number: str
    date: Day
    seal: str
    title: str
    kind: str
    copies: int
    by: str
    decision: str
    approved_by: tuple[str, ...]
    note: str
    state: str


def listing(
    db: sqlite3.Connection, since: date | None = None, until: date | None = None, number: str = ""
) -> list[Use]:
    """The uses between two days, in their order, and who allowed them by the last of these days."""
    names = people.everyone(db)
    days = {"since": (since or date.min).isoformat(), "until": (until or date.max).isoformat(), "number": number}
    allowed: dict[str, tuple[str, list[str]]] = {}
    for of, decision, approved in db.execute(
        "SELECT number, ifnull(decision, ''), approved FROM seal_allowed WHERE day <= :until ORDER BY event", days
    ).fetchall():
        before = allowed.get(of, ("", []))
        allowed[of] = (before[0] or decision, [*before[1], *(id for id in approved.split() if id not in before[1])])
    rows = db.execute(
        "SELECT number, day, seal, title, kind, copies, ifnull(person, ''), note FROM seal"
        " WHERE day BETWEEN :since AND :until AND :number IN ('', number) ORDER BY day, event",
        days,
    ).fetchall()
    found = []
    for of, day, seal, title, kind, copies, by, note in rows:
        decision, people_of = allowed.get(of, ("", []))
        found.append(
            Use(
                of, date.fromisoformat(day), seal, title, kind, copies, names[by].name if by in names else "",
                decision, tuple(names[id].name for id in people_of if id in names), note,
                "approved" if of in allowed else "open",
            )
        )  # fmt: skip
    return found


def pick(book: Book, text: str) -> Use:
    """The use of a number as typed. Raises Unreadable, NotFound, Ambiguous."""
    return listing(book.db, number=numbered.pick(book, "seal", text))[0]


def allow(book: Book, number: str, on: date, decision: str = "", approved_by: tuple[str, ...] = ()) -> None:
    """Record who allowed a use afterwards."""
    with book.writing("seal approve"):
        book.record(SealAllowed(number=number, on=on, decision=decision, approved_by=approved_by))


def use(
    book: Book, title: str, seal: str, kind: str, copies: int, by: str, on: date, decision: str = "",
    approved_by: tuple[str, ...] = (), note: str = "",
) -> str:  # fmt: skip
    """Record that a seal was put on a paper; its number. Raises Unreadable."""
    title, note = clean(title, field="text").strip(), clean(note, field="note").strip()
    if not title:
        raise Unreadable(_("What was it put on? The text is empty."), field="text", value=title)
    if copies < 1:
        raise Unreadable(_("At least one copy: {n}").format(n=copies), field="copies", value=copies)
    with book.writing("seal add"):
        number = book.number("seal")
        book.record(
            SealUsed(
                number=number, seal=seal, on=on, copies=copies, paper_kind=kind, by=by, decision=decision,
                approved_by=approved_by, title=title, note=note,
            )
        )  # fmt: skip
    return number
