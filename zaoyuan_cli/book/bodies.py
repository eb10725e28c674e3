"""Bodies: who meets and decides."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.bodies import BodyAdded, BodyEdited
from zaoyuan_cli.i18n import _

from . import Book, changes, naming, searching
from .ledger import Origin, derives

KINDS = {
    "committee": "committee", "业委会": "committee", "业主委员会": "committee", "管委会": "committee",
    "branch": "branch", "支部": "branch", "党支部": "branch",
    "provisional": "provisional", "临时": "provisional", "临管委": "provisional", "筹备组": "provisional",
    "assembly": "assembly", "业主大会": "assembly",
    "other": "other", "其他": "other",
}  # fmt: skip
"""What may be typed for a kind of body, and for the only body of that kind."""
TERM = ("since", "until")

TABLES = (
    "CREATE TABLE body (event INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seats INTEGER,"
    " since TEXT, until TEXT, after TEXT NOT NULL) STRICT",
    "CREATE TABLE body_edit (event INTEGER PRIMARY KEY, body TEXT NOT NULL REFERENCES body (body)) STRICT",
)


class Body(NamedTuple):
    """A body: the name it was first given (its key), the name shown, kind, seats, first and last day of its term, and
    the body it follows."""

    body: str
    name: str
    kind: str
    seats: int | None
    since: date | None
    until: date | None
    after: str

    def state(self, day: date) -> str:
        """planned, active or ended."""
        if self.since and day < self.since:
            return "planned"
        return "ended" if self.until and self.until < day else "active"


@derives(BodyAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: BodyAdded) -> None:
    days = (day.isoformat() if day else None for day in (fact.since, fact.until))
    db.execute(
        "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.body, fact.body_kind, fact.seats, *days, fact.after),
    )
    searching.put(db, origin, "body", fact.body, fact.body)


@derives(BodyEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: BodyEdited) -> None:
    db.execute("INSERT INTO body_edit VALUES (?, ?)", (origin.event, fact.body))
    changes.put(db, origin, "body", fact.body, fact.on, fact.changes, fact.saw)
    if name := fact.changes.get("shown"):
        searching.put(db, origin, "body", fact.body, name)


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Body]:
    """All bodies by the name first given, in the order of their terms."""
    rows = db.execute("SELECT body, kind, seats, since, until, after FROM body").fetchall()
    edits, said = changes.latest(db, "body", as_of), changes.latest(db, "body")
    found = {}
    for body, kind, seats, since, until, after in sorted(rows, key=lambda row: (row[3] or "", row[0])):
        term = {
            field: day for field, day in said.get(body, {}).items() if field in TERM
        }  # days, whenever they were said
        now = {"shown": body, "seats": seats, "since": since, "until": until, **edits.get(body, {}), **term}
        found[body] = Body(body, now["shown"], kind, now["seats"], _day(now["since"]), _day(now["until"]), after)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def over(db: sqlite3.Connection) -> dict[str, date]:
    """The bodies that are over, and their last day: another follows, or somebody said so. A term that merely
    ran out is not enough: such a committee acts until the next is there."""
    known = everyone(db)
    followed = {body.after for body in known.values()} | set(changes.latest(db, "body"))
    return {key: one.until for key, one in known.items() if one.until and key in followed}


def one(book: Book, body: str, as_of: date | None = None) -> Body:
    """A body by its key. Raises NotFound."""
    found = everyone(book.db, as_of).get(body)
    if found is None:
        raise _no_body(body)
    return found


def pick(book: Book, text: str = "", kind: str = "committee", field: str = "body") -> str:
    """The key of a body: its name or unique part, or its kind (业委会, assembly) where there is one of it; without
    a text the only one of `kind`. Where one of several is active it is meant. Raises NotFound, Ambiguous."""
    known = everyone(book.db)
    names = {key: body.name for key, body in known.items()}
    exact = [key for key, name in names.items() if text and text in (key, name)]
    asked = KINDS.get(text.strip().lower(), "") if text else kind
    if exact or not asked:
        return exact[0] if exact else naming.pick(names, text, field, _no_body)
    of_kind = [body for body in known.values() if body.kind == asked]
    keys = [body.body for body in of_kind if body.state(book.today) == "active"] or [body.body for body in of_kind]
    if len(keys) > 1:
        raise naming.several(text or _(asked), field, naming.candidates(names, keys))
    return keys[0] if keys else naming.pick(names, text or asked, field, _no_body)


def _no_body(text: str) -> NotFound:
    return NotFound(
        _("There is no body “{name}”.").format(name=text),
        field="body",
        value=text,
        hint=_("A new one is entered first: {command}").format(command="zaoyuan body add 业委会 --seats 5"),
    )


def add(
    book: Book,
    name: str,
    kind: str = "committee",
    seats: int | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str = "",
) -> str:
    """Record a new body inside a step being written; the name as stored. Raises Refusal where the name is taken."""
    known = everyone(book.db)
    name = naming.new(name, [body.name for body in known.values()] + list(known), "name", _taken)
    in_order(since, until)
    book.record(BodyAdded(body=name, body_kind=kind, seats=seats, since=since, until=until, after=after))
    return name


def _taken(name: str) -> str:
    return _("There is a body “{name}” already.").format(name=name)


def in_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Refusal(
            _("The last day {until} is before the first, {since}.").format(until=until, since=since),
            field="until",
            value=until,
        )


def edit(book: Book, body: str, wanted: Mapping[str, Any], on: date | None = None) -> tuple[str, ...]:
    """Record inside a step being written what differs of shown, seats, since, until. The fields that changed."""
    now = one(book, body)
    in_order(wanted.get("since", now.since), wanted.get("until", now.until))
    is_now = now._asdict() | {"shown": now.name}
    changed = {field: value for field, value in wanted.items() if is_now[field] != value}
    if "shown" in changed:
        others = [other.name for key, other in everyone(book.db).items() if key != body]
        changed["shown"] = naming.new(changed["shown"], others, "name", _taken)
    if changed:
        saw = changes.seen(book.db, "body", body, changed)
        stored = {field: value.isoformat() if isinstance(value, date) else value for field, value in changed.items()}
        book.record(BodyEdited(body=body, on=on or book.today, changes=stored, saw=saw))
    return tuple(changed)
