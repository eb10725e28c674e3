"""Offices: who holds what, from when to when. They are given and ended in appointing.py."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.facts.roles import RoleEnded, RoleGiven
from zaoyuan_cli.i18n import N_
from zaoyuan_cli.rules.rooms import order

from . import bodies, people
from .ledger import Origin, derives

WORDS = {
    "chair": "chair", "主任": "chair",
    "vice-chair": "vice-chair", "副主任": "vice-chair",
    "member": "member", "委员": "member",
    "secretary": "secretary", "书记": "secretary",
    "unit-leader": "unit-leader", "单元长": "unit-leader", "楼长": "unit-leader",
    "grid-worker": "grid-worker", "网格员": "grid-worker",
    "party-household": "party-household", "党员中心户": "party-household",
    "cashier": "cashier", "出纳": "cashier",
    "bookkeeper": "bookkeeper", "会计": "bookkeeper",
    "clerk": "clerk", "文书": "clerk",
}  # fmt: skip
"""What may be typed for an office, and its code."""

CODES = tuple(dict.fromkeys(WORDS.values()))
SEATED = ("chair", "vice-chair", "member")  # they are the members of a body
OUTSIDE = ("unit-leader", "grid-worker", "party-household")  # offices of no body
SINGLE = ("chair", "secretary")  # one at a time
_OFFICES = (  # the codes as words
    N_("chair"), N_("vice-chair"), N_("member"), N_("secretary"), N_("unit-leader"), N_("grid-worker"),
    N_("party-household"), N_("cashier"), N_("bookkeeper"), N_("clerk"),
)  # fmt: skip

TABLES = (
    "CREATE TABLE role (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person), role TEXT NOT NULL,"
    " body TEXT REFERENCES body (body), scope TEXT NOT NULL, since TEXT NOT NULL, until TEXT,"
    " decision TEXT REFERENCES decision (number), reason TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL) STRICT",
    "CREATE INDEX role_person ON role (person)",
    "CREATE TABLE role_end (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person),"
    " role TEXT NOT NULL, body TEXT, scope TEXT NOT NULL, day TEXT NOT NULL, lamport INTEGER NOT NULL,"
    " device TEXT NOT NULL) STRICT",
)


class Holding(NamedTuple):
    """An office held: by whom, of which body ("" for none), for which unit or grid; `until` is the last day agreed,
    `ended` the day from which it is held no more; `given_to` is the id it was given to, before a merge; `reason`
    why it is held beside one that is to be kept apart from it."""

    person: str
    role: str
    body: str
    scope: str
    since: date
    until: date | None
    ended: date | None
    decision: str
    given_to: str = ""
    reason: str = ""

    def on(self, day: date) -> bool:
        """Is it held on that day?"""
        return self.since <= day < self.gone

    @property
    def gone(self) -> date:
        """The first day on which it is held no more; date.max where none is known."""
        after = [self.until + timedelta(days=1)] if self.until and self.until < date.max else []
        return min([*after, *filter(None, (self.ended,))], default=date.max)


@derives(RoleGiven)
def given(db: sqlite3.Connection, origin: Origin, fact: RoleGiven) -> None:
    until = fact.until.isoformat() if fact.until else None
    db.execute(
        "INSERT INTO role VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.person, fact.role, fact.body or None, fact.scope, fact.since.isoformat(), until,
            fact.decision or None, fact.reason, origin.lamport, origin.device,
        ),
    )  # fmt: skip


@derives(RoleEnded)
def ended(db: sqlite3.Connection, origin: Origin, fact: RoleEnded) -> None:
    day = fact.on.isoformat()
    db.execute(
        "INSERT INTO role_end VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.person, fact.role, fact.body or None, fact.scope, day, origin.lamport, origin.device),
    )


def everyone(db: sqlite3.Connection) -> list[Holding]:
    """Every office ever given, by body, office and day. An end ends what was given before it; a body that is
    over takes its offices along."""
    rows = db.execute(
        "SELECT person, role, ifnull(body, ''), scope, since, until, ifnull(decision, ''), reason,"
        " (SELECT min(day) FROM role_end WHERE role_end.person = role.person AND role_end.role = role.role"
        " AND role_end.body IS role.body AND role_end.scope = role.scope AND role_end.day >= role.since"
        " AND (role_end.lamport, role_end.device) > (role.lamport, role.device))"
        " FROM role ORDER BY lamport, device, event"
    ).fetchall()
    over, known_as = bodies.over(db), people.kept(db)
    found = []
    for person, role, body, scope, since, until, decision, reason, end in rows:
        days = [day for day in (until and date.fromisoformat(until), over.get(body)) if day]
        ended = date.fromisoformat(end) if end else None
        now = known_as.get(person, person)
        first, last = date.fromisoformat(since), min(days, default=None)
        found.append(Holding(now, role, body, scope, first, last, ended, decision, person, reason))
    return sorted(found, key=_order)


def _order(one: Holding) -> tuple[object, ...]:
    """By body, office, unit or grid (3-2 before 3-10), day."""
    return one.body == "", one.body, CODES.index(one.role), order(one.scope), one.since


def held(
    db: sqlite3.Connection, day: date, *, body: str | None = None, role: str = "", person: str = "", scope: str = ""
) -> list[Holding]:
    """The offices held on a day: of a body, of a kind, by a person, for a unit or grid."""
    return [
        one
        for one in everyone(db)
        if one.on(day)
        and (body is None or one.body == body)
        and role in ("", one.role)
        and person in ("", one.person)
        and scope in ("", one.scope)
    ]


def members(db: sqlite3.Connection, body: str, day: date) -> list[str]:
    """The ids of the members of a body on a day, each once: 主任 副主任 委员, in a party branch 书记 too."""
    seated = SEATED if body != _branch(db, body) else (*SEATED, "secretary")
    return list(dict.fromkeys(one.person for one in held(db, day, body=body) if one.role in seated))


def _branch(db: sqlite3.Connection, body: str) -> str:
    row = db.execute("SELECT body FROM body WHERE body = ? AND kind = 'branch'", [body]).fetchone()
    return str(row[0]) if row else ""
