"""Offices: who holds what, from when to when."""

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.roles import RoleEnded, RoleGiven
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import offices
from zaoyuan_cli.rules.rooms import order

from . import Book, bodies, people
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


def give(
    book: Book,
    person: str,
    role: str,
    *,
    body: str = "",
    scope: str = "",
    since: date | None = None,
    until: date | None = None,
    decision: str = "",
    reason: str = "",
) -> list[str]:
    """Record inside a step being written that a person (id) holds an office; warnings. Raises Refusal if they hold it
    already, or, without a reason, an office that is to be kept apart from it (R-62)."""
    since = since or book.today
    bodies.in_order(since, until)
    wanted = Holding(person, role, body, scope, since, until, None, decision)
    known = everyone(book.db)
    same = [one for one in known if one[1:4] == wanted[1:4] and meet(one, wanted)]
    name = people.name_of(book.db, person)
    if any(one.person == person for one in same):
        raise Refusal(
            _("{name} holds the office of {role} already.").format(name=name, role=_(role)), field="role", value=role
        )
    clash = both(known, wanted)
    if clash and not reason:
        raise _apart(name, wanted, clash)
    book.record(
        RoleGiven(
            person=person, role=role, since=since, body=body, scope=scope, until=until, decision=decision,
            reason=reason if clash else "",
        )
    )  # fmt: skip
    return _doubts(book, role, body, same, since)


def meet(one: Holding, other: Holding) -> bool:
    """Is there a day on which both are held?"""
    return max(one.since, other.since) < min(one.gone, other.gone)


def both(known: list[Holding], wanted: Holding) -> Holding | None:
    """The office a person has on some day of another that is to be kept apart from it."""
    others = offices.apart(wanted.role)
    return next(
        (one for one in known if one.person == wanted.person and one.role in others and meet(one, wanted)), None
    )


def _apart(name: str, wanted: Holding, has: Holding) -> Refusal:
    rule = offices.rule(offices.apart(wanted.role)[has.role])
    said = _("{name} is {role} since {day}; one person is never {role} and {other}.").format(
        name=name, role=_(has.role), other=_(wanted.role), day=has.since
    )
    end = f"zaoyuan role end {name} {has.role}" + (f" --body {has.body}" if has.body else "")
    return Refusal(
        said,
        field="role",
        value=wanted.role,
        hint="\n".join((
            rule.cited,
            _("End the other office first: {command}").format(command=end),
            _("Where it cannot be helped: {flags}; the reason is kept.").format(flags="--reason … --yes"),
        )),
        rule=rule.name,
        limit=None,
    )  # fmt: skip


def leaders(db: sqlite3.Connection, wanted: Holding) -> list[Holding]:
    """The others who lead a unit on some day on which one is to lead it: a unit has one leader (R-94)."""
    known = everyone(db)
    return [one for one in known if one[1:4] == wanted[1:4] and one.person != wanted.person and meet(one, wanted)]


def _doubts(book: Book, role: str, body: str, same: list[Holding], day: date) -> list[str]:
    """What is unusual, and yet written: two chairs, more members than seats."""
    found = []
    if same and role in SINGLE:
        holder = people.name_of(book.db, same[0].person)
        found.append(_("{name} still holds the office of {role} too.").format(name=holder, role=_(role)))
    seats = bodies.one(book, body).seats if body else None
    count = len(members(book.db, body, day)) if body else 0
    if seats and role in SEATED and count > seats:
        found.append(_("{body} now has {count} members and {seats} seats.").format(body=body, count=count, seats=seats))
    return found


def end(book: Book, person: str, role: str, on: date, body: str = "", scope: str = "") -> Holding:
    """Record inside a step being written that a person holds an office no more from a day on. Body and scope are only
    needed where the person holds it twice. Raises NotFound, Refusal."""
    found = [
        one
        for one in everyone(book.db)
        if one.person == person and one.role == role and not one.ended and one.since <= on
        and body in ("", one.body) and scope in ("", one.scope) and not (one.until and one.until < on)
    ]  # fmt: skip
    name = people.name_of(book.db, person)
    if not found:
        raise NotFound(
            _("{name} does not hold the office of {role} on {day}.").format(name=name, role=_(role), day=on),
            field="role",
            value=role,
            hint=_("All offices: {command}").format(command="zaoyuan role list"),
        )
    if len(found) > 1:
        raise Refusal(
            _("{name} holds the office of {role} more than once.").format(name=name, role=_(role)),
            code="ambiguous",
            field="body" if len({one.body for one in found}) > 1 else "scope",
            value=role,
            candidates=[{"key": one.scope or one.body, "label": f"{one.body} {one.scope}".strip()} for one in found],
        )
    one = found[0]
    book.record(RoleEnded(person=one.given_to, role=role, body=one.body, scope=one.scope, on=on))
    return one._replace(ended=on)
