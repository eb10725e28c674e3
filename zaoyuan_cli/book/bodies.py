"""Bodies: who meets and decides."""

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.bodies import BodyAdded, BodyAudited, BodyEdited, BodyFiled
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
TERM = ("since", "until", "ended", "after")

TABLES = (
    "CREATE TABLE body (event INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, seats INTEGER,"
    " since TEXT, until TEXT, after TEXT NOT NULL, decision TEXT REFERENCES decision (number)) STRICT",
    "CREATE TABLE body_edit (event INTEGER PRIMARY KEY, body TEXT NOT NULL REFERENCES body (body)) STRICT",
    "CREATE TABLE body_mark (event INTEGER PRIMARY KEY, body TEXT NOT NULL REFERENCES body (body), what TEXT NOT NULL,"
    " day TEXT NOT NULL, paper TEXT NOT NULL, note TEXT NOT NULL) STRICT",
)


class Body(NamedTuple):
    """A body: the name it was first given (its key), the name shown, kind, seats, first and last day of its term, the
    body it follows, the decision that elected it. `last` is the day it is over, where another follows or somebody
    ended it: a committee whose term merely ran out acts until the next is there."""

    body: str
    name: str
    kind: str
    seats: int | None
    since: date | None
    until: date | None
    after: str
    decision: str = ""
    last: date | None = None

    def state(self, day: date) -> str:
        """planned, active or ended."""
        if self.since and day < self.since:
            return "planned"
        return "ended" if self.last and self.last < day else "active"


class Mark(NamedTuple):
    """Something noted about a body: "filed" with the authority, or "audited", on a day."""

    body: str
    what: str
    date: date
    paper: str
    note: str


@derives(BodyAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: BodyAdded) -> None:
    days = (day.isoformat() if day else None for day in (fact.since, fact.until))
    db.execute(
        "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.body, fact.body_kind, fact.seats, *days, fact.after, fact.decision or None),
    )
    searching.put(db, origin, "body", fact.body, fact.body)


@derives(BodyEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: BodyEdited) -> None:
    db.execute("INSERT INTO body_edit VALUES (?, ?)", (origin.event, fact.body))
    changes.put(db, origin, "body", fact.body, fact.on, fact.changes, fact.saw)
    if name := fact.changes.get("shown"):
        searching.put(db, origin, "body", fact.body, name)


@derives(BodyFiled)
def filed(db: sqlite3.Connection, origin: Origin, fact: BodyFiled) -> None:
    values = (origin.event, fact.body, "filed", fact.on.isoformat(), fact.paper, fact.note)
    db.execute("INSERT INTO body_mark VALUES (?, ?, ?, ?, ?, ?)", values)


@derives(BodyAudited)
def audited(db: sqlite3.Connection, origin: Origin, fact: BodyAudited) -> None:
    values = (origin.event, fact.body, "audited", fact.on.isoformat(), "", fact.note)
    db.execute("INSERT INTO body_mark VALUES (?, ?, ?, ?, ?, ?)", values)


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Body]:
    """All bodies by the name first given, in the order of their terms."""
    rows = db.execute("SELECT body, kind, seats, since, until, after, ifnull(decision, '') FROM body").fetchall()
    edits, said = changes.latest(db, "body", as_of), changes.latest(db, "body")
    found, closed = {}, set()
    for body, kind, seats, since, until, after, decision in sorted(rows, key=lambda row: (row[3] or "", row[0])):
        days = {field: day for field, day in said.get(body, {}).items() if field in TERM}  # whenever they were said
        first = {"shown": body, "seats": seats, "since": since, "until": until, "after": after}
        now = {**first, **edits.get(body, {}), **days}
        term = _day(now["since"]), _day(now["until"])
        found[body] = Body(body, now["shown"], kind, now["seats"], *term, now["after"], decision)
        closed |= {body} if now.get("ended") else set()
    followed = {one.after: one.since for one in found.values() if one.after}
    return {key: one._replace(last=_last(one, key in closed, followed)) for key, one in found.items()}


def _last(one: Body, closed: bool, followed: Mapping[str, date | None]) -> date | None:
    """The day a body is over: as somebody said; else its own last day or the day before the next one begins."""
    if closed or one.body not in followed:
        return one.until if closed else None
    begins = followed[one.body]
    return one.until if not begins or (one.until and one.until <= begins) else begins - timedelta(days=1)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def over(db: sqlite3.Connection) -> dict[str, date]:
    """The bodies that are over, and their last day."""
    return {key: one.last for key, one in everyone(db).items() if one.last}


def marks(db: sqlite3.Connection, as_of: date | None = None) -> list[Mark]:
    """What was noted about bodies up to a day (now without one), in the order of days."""
    rows = db.execute(
        "SELECT body, what, day, paper, note FROM body_mark WHERE day <= ? ORDER BY day, body, what, paper, note",
        [(as_of or date.max).isoformat()],
    ).fetchall()
    return [Mark(body, what, date.fromisoformat(day), paper, note) for body, what, day, paper, note in rows]


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
    return keys[0] if keys else naming.pick(names, text or _(asked), field, _no_body)


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
    decision: str = "",
) -> str:
    """Record a new body inside a step being written; the name as stored. Raises Refusal where the name is taken."""
    known = everyone(book.db)
    name = naming.new(name, [body.name for body in known.values()] + list(known), "name", _taken)
    in_order(since, until)
    book.record(
        BodyAdded(body=name, body_kind=kind, seats=seats, since=since, until=until, after=after, decision=decision)
    )
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
    """Record inside a step being written what differs of shown, seats, since, until, after, ended. The fields that
    changed."""
    now = one(book, body)
    in_order(wanted.get("since", now.since), wanted.get("until", now.until))
    if wanted.get("after") == body:
        raise Refusal(_("A body does not follow itself: {name}").format(name=now.name), field="after", value=now.name)
    is_now = now._asdict() | {"shown": now.name, "ended": now.last is not None and now.last == now.until}
    changed = {field: value for field, value in wanted.items() if is_now[field] != value}
    if "shown" in changed:
        others = [other.name for key, other in everyone(book.db).items() if key != body]
        changed["shown"] = naming.new(changed["shown"], others, "name", _taken)
    if changed:
        saw = changes.seen(book.db, "body", body, changed)
        stored = {field: value.isoformat() if isinstance(value, date) else value for field, value in changed.items()}
        book.record(BodyEdited(body=body, on=on or book.today, changes=stored, saw=saw))
    return tuple(changed)


def note(book: Book, body: str, what: str, on: date, paper: str = "", note: str = "") -> Mark:
    """Record inside a step being written that a body was "filed" with the authority or "audited". Raises Refusal for
    a day before it began."""
    first = one(book, body).since
    if first and on < first:
        raise Refusal(
            _("{name} began on {day}, after that.").format(name=one(book, body).name, day=first), field="date", value=on
        )
    if what == "filed":
        book.record(BodyFiled(body=body, on=on, paper=paper, note=note))
    else:
        book.record(BodyAudited(body=body, on=on, note=note))
    return Mark(body, what, on, paper, note)
