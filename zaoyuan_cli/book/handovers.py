"""Hand-overs: what a committee gives to the next, a member or the cashier to who follows (R-43). What is due is read
off terms and offices; what was written out is kept in counts and balances."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.handovers import HandoverMade, HandoverSigned
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import offices
from zaoyuan_cli.rules.money import Fen

from . import Book, bodies, clock, cuts, entries, numbered, people, roles, rulings
from .bodies import Body
from .ledger import Origin, derives
from .roles import SEATED, Holding
from .rulings import Ruling

Day = date  # a field of Handover is called date
DAYS, MEMBER_DAYS = "handover.days", "handover.member_days"
TERM, MEMBER, CASHIER = "term", "member", "cashier"
TABLES = (
    "CREATE TABLE handover (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, day TEXT NOT NULL,"
    " body TEXT NOT NULL REFERENCES body (body), total INTEGER NOT NULL, accounts TEXT NOT NULL, funds TEXT NOT NULL,"
    " counts TEXT NOT NULL, heads TEXT NOT NULL, seal TEXT NOT NULL) STRICT",
    "CREATE TABLE handover_sign (event INTEGER PRIMARY KEY, number TEXT NOT NULL REFERENCES handover (number),"
    " day TEXT NOT NULL, giver TEXT NOT NULL REFERENCES person (person),"
    " taker TEXT NOT NULL REFERENCES person (person), witness TEXT REFERENCES person (person), note TEXT NOT NULL)"
    " STRICT",
)


@derives(HandoverMade)
def made(db: sqlite3.Connection, origin: Origin, fact: HandoverMade) -> None:
    lists = (fact.accounts, fact.funds, dict(fact.counts), dict(fact.heads))
    db.execute(
        "INSERT INTO handover VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.on.isoformat(), fact.body, fact.total,
            *(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in lists), fact.seal,
        ),
    )  # fmt: skip


@derives(HandoverSigned)
def signed(db: sqlite3.Connection, origin: Origin, fact: HandoverSigned) -> None:
    values = (fact.number, fact.on.isoformat(), fact.giver, fact.taker, fact.witness or None, fact.note)
    db.execute("INSERT INTO handover_sign VALUES (?, ?, ?, ?, ?, ?, ?)", (origin.event, *values))


class Handover(NamedTuple):
    """What was written out on a day: of a body, how much money by account and fund and in all, how much there was of
    each kind of record, the SHA-256 of the list of files; the names of who gave, took and watched, the day they signed
    (None: not yet)."""

    handover: str
    date: Day
    body: str
    total: Fen
    accounts: dict[str, Fen]
    funds: dict[str, Fen]
    counts: dict[str, int]
    seal: str
    signed: Day | None
    giver: str
    taker: str
    witness: str

    @property
    def state(self) -> str:
        """signed, or made."""
        return "signed" if self.signed else "made"


class Due(NamedTuple):
    """A hand-over that a body owes since a day, and by when: at the end of its term, when a member (`who`, a name)
    left, when the cashier changed; `handover` the number of the one made since; state open, overdue, made, signed."""

    body: str
    why: str
    who: str
    since: Day
    due: Day
    rule: Ruling
    handover: str
    state: str


def listing(db: sqlite3.Connection, as_of: date | None = None) -> list[Handover]:
    """The hand-overs made by a day, the first first."""
    until, names = (as_of or date.max).isoformat(), people.everyone(db)
    rows = db.execute(
        "SELECT h.number, h.day, body, total, accounts, funds, counts, seal, s.day, ifnull(giver, ''),"
        " ifnull(taker, ''), ifnull(witness, '') FROM handover AS h"
        " LEFT JOIN handover_sign AS s ON s.event = (SELECT event FROM handover_sign"
        " WHERE number = h.number AND day <= ?1 ORDER BY day, giver, taker LIMIT 1) WHERE h.day <= ?1"
        " ORDER BY h.day, h.number",
        [until],
    ).fetchall()

    def money(text: str) -> dict[str, Fen]:
        return {name: Fen(fen) for name, fen in json.loads(text)}

    return [
        Handover(
            number, date.fromisoformat(day), body, Fen(total), money(accounts), money(funds), json.loads(counts), seal,
            date.fromisoformat(on) if on else None, *(names[id].name if id in names else "" for id in ids),
        )
        for number, day, body, total, accounts, funds, counts, seal, on, *ids in rows
    ]  # fmt: skip


def due(book: Book, as_of: date) -> list[Due]:
    """Every hand-over of a committee that fell due since the book was begun: what was before is on paper."""
    first = clock.local(book.db.execute("SELECT min(at) FROM command").fetchone()[0]).date()
    held = [one for one in roles.everyone(book.db) if one.since <= as_of]
    given, found = listing(book.db, as_of), []
    for one in bodies.everyone(book.db, as_of).values():
        if one.kind == "committee":
            of = [each for each in held if each.body == one.body]
            found += [
                _due(book, one, *each, given, as_of) for each in _events(book, one, of, as_of) if each[2] >= first
            ]
    return sorted(found, key=lambda each: (each.since, each.body, each.why))


def _events(book: Book, one: Body, of: list[Holding], day: date) -> list[tuple[str, str, date]]:
    """(why, who, the day from which it is due) of all that asks for a hand-over."""
    found = []
    over = one.last or (one.until if one.until and one.until < day else None)
    if over and over < day:
        found.append((TERM, "", over))
    for each in of:
        left = each.role in SEATED and each.gone <= day and not _holds(of, each.person, each.gone, SEATED)
        if left and not (over and each.gone > over):
            found.append((MEMBER, people.name_of(book.db, each.person), each.gone))
    cashiers = sorted((each for each in of if each.role == offices.CASHIER), key=lambda each: each.since)
    changed = {new.since for old, new in pairwise(cashiers) if old.person != new.person}
    gone = {each.gone: each for each in cashiers if each.gone <= day and not (over and each.gone > over)}
    found += [(CASHIER, people.name_of(book.db, each.person), at) for at, each in gone.items()]
    return found + [(CASHIER, "", at) for at in changed - gone.keys() if at <= day]


def _holds(of: list[Holding], person: str, day: date, seats: tuple[str, ...]) -> bool:
    return any(each.on(day) for each in of if each.person == person and each.role in seats)


def _due(book: Book, one: Body, why: str, who: str, since: date, given: list[Handover], day: date) -> Due:
    rule = rulings.in_force(book.db, DAYS if why == TERM else MEMBER_DAYS, since)
    until = since + timedelta(days=rule.value if isinstance(rule.value, int) else 0)
    later = [each for each in given if each.body == one.body and each.date >= since]
    best = next((each for each in later if each.signed), later[-1] if later else None)
    state = ("signed" if best.signed else "made") if best else "overdue" if until < day else "open"
    return Due(one.body, why, who, since, until, rule, best.handover if best else "", state)


def pick(book: Book, text: str = "") -> Handover:
    """The hand-over of a number as typed; without one the last. Raises Unreadable, NotFound, Ambiguous."""
    known = listing(book.db)
    if not text and not known:
        raise NotFound(
            _("Nothing was made ready to be handed over."), field="handover",
            hint=_("Make it: {command}").format(command="zaoyuan handover make"),
        )  # fmt: skip
    number = numbered.pick(book, "handover", text) if text else known[-1].handover
    return next(one for one in known if one.handover == number)


class Balances(NamedTuple):
    """Money where it is and what it is for; `total` of either: they agree by construction, and are asked to."""

    accounts: dict[str, Fen]
    funds: dict[str, Fen]
    total: Fen


def balances(db: sqlite3.Connection) -> Balances:
    """The balances of everything so far. Raises Refusal where accounts and funds do not agree."""
    accounts, funds = entries.balances(db, "account"), entries.balances(db, "fund")
    total, other = Fen(sum(accounts.values())), Fen(sum(funds.values()))
    if total != other:
        said = _("The accounts hold {total} yuan, the funds {other}: {command}").format(
            total=total.yuan(), other=other.yuan(), command="zaoyuan check"
        )
        raise Refusal(said, field="book", value=str(total))
    return Balances(accounts, funds, total)


def record(book: Book, number: str, body: str, held: Balances, counts: Mapping[str, int], seal: str) -> None:
    """Record inside a step being written that everything was listed and written out."""
    book.record(
        HandoverMade(
            number=number, on=book.today, body=body, total=int(held.total), counts=counts, heads=cuts.heads(book.db),
            accounts=tuple((name, int(fen)) for name, fen in held.accounts.items()),
            funds=tuple((name, int(fen)) for name, fen in held.funds.items()), seal=seal,
        )
    )  # fmt: skip


def sign(book: Book, number: str, on: date, giver: str, taker: str, witness: str = "", note: str = "") -> Handover:
    """Record that a hand-over was signed (ids). Raises Refusal where it is, or one person would sign for two sides."""
    with book.writing("handover sign"):
        before = next(one for one in listing(book.db) if one.handover == number)
        if before.signed:
            said = _("{number} was signed on {day} already.").format(number=number, day=before.signed)
            raise Refusal(said, field="handover", value=number)
        if on < before.date:
            said = _("{number} is of {day}.").format(number=number, day=before.date)
            raise Refusal(said, field="date", value=on.isoformat())
        sides = [one for one in (giver, taker, witness) if one]
        if len(set(sides)) < len(sides):
            raise Refusal(_("Who gives, who takes and who watches are three persons."), field="to", value=number)
        book.record(HandoverSigned(number=number, on=on, giver=giver, taker=taker, witness=witness, note=note))
    return next(one for one in listing(book.db) if one.handover == number)
