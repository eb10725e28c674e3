"""Statements: what a month, a quarter or a year counts, closed or not. What a sheet froze counts where the sheet is,
what none froze on its own day; what came late counts in the first period still open, and what is made void after its
closing is turned round there. So the statement of a closed period is its sheet, and those of the months of a year add
up to that of the year."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen

from . import donors, entries, sheets
from .entries import By, Turnover
from .sheets import Sheet

_COUNTS = (  # legs of the statement; a sheet of a later period keeps what is late to itself
    " FROM movement LEFT JOIN frozen ON frozen.entry = movement.event AND frozen.leg = movement.leg"
    " LEFT JOIN period ON period.event = frozen.event WHERE CASE"
    " WHEN period.last <= :until THEN period.last >= :first"
    " WHEN period.last > :last THEN movement.day <= :until AND movement.day > :before"
    " ELSE movement.day <= :until AND (period.last IS NOT NULL OR NOT :closed) END"
)
_EARLY = "(what = 'opening' OR movement.day < :first AND movement.day > :before)"


BOTH: tuple[By, By] = ("fund", "account")


class Leg(NamedTuple):
    """A leg that counts in a statement, in fen; correction: it turns round what an earlier sheet has; late: its day is
    in a sheet closed before."""

    event: int
    number: str
    what: str
    day: date
    fen: Fen
    account: str
    fund: str
    project: str
    room: str
    correction: bool
    late: bool


class Moved(NamedTuple):
    """A fund or an account in a statement, in fen: opening + into - out + moved = closing. `moved` is what transfers
    brought, less what they took; all of them together bring nothing."""

    name: str
    opening: Fen
    into: Fen
    out: Fen
    moved: Fen
    closing: Fen


class Statement(NamedTuple):
    """What happened from a day to another; `sheet`: the closed one that ends it, if it is closed."""

    first: date
    until: date
    sheet: Sheet | None
    total: Turnover
    funds: tuple[Moved, ...]
    accounts: tuple[Moved, ...]
    legs: tuple[Leg, ...]


def of(db: sqlite3.Connection, first: date, last: date, day: date) -> Statement:
    """The statement of a period as far as it has gone by a day."""
    known, until = sheets.everyone(db), min(last, day)
    before = next((one for one in reversed(known) if one.last < first), None)
    sheet = next((one for one in known if one.last >= last), None) if until == last else None
    values = {
        "first": str(first), "last": str(last), "until": str(until), "before": str(before.last) if before else "",
        "closed": sheet is not None,
    }  # fmt: skip
    had = {"fund": before.funds, "account": before.accounts} if before else {}
    legs = _legs(db, values)
    sides = {by: _moved(db, by, {one.name: one.closing for one in had.get(by, ())}, legs, values) for by in BOTH}
    opening = Fen(sum(one.opening for one in sides["fund"]))
    real = [one.fen for one in legs if one.what != "transfer"]
    into, out = Fen(sum(max(fen, 0) for fen in real)), Fen(-sum(min(fen, 0) for fen in real))
    total = Turnover("", opening, into, out, Fen(opening + into - out))
    return Statement(first, until, sheet, total, sides["fund"], sides["account"], legs)


def _legs(db: sqlite3.Connection, values: Mapping[str, Any]) -> tuple[Leg, ...]:
    rows = db.execute(
        "SELECT movement.event, movement.number, what, movement.day, fen, ifnull(account, ''), ifnull(fund, ''),"
        " ifnull(project, ''), ifnull(room, ''), reversal.number IS NOT NULL, movement.day <= :before"
        + _COUNTS.replace(
            " WHERE CASE",
            " LEFT JOIN reversal ON reversal.event = movement.event AND reversal.number = movement.number"
            " JOIN event ON event.id = movement.event JOIN command ON command.id = command WHERE CASE",
        )
        + f" AND NOT {_EARLY} ORDER BY movement.day, lamport, device, movement.event, movement.leg",
        values,
    ).fetchall()
    return tuple(
        Leg._make((*row[:3], date.fromisoformat(row[3]), Fen(row[4]), *row[5:9], bool(row[9]), bool(row[10])))
        for row in rows
    )


def _moved(
    db: sqlite3.Connection, by: By, had: Mapping[str, Fen], legs: Iterable[Leg], values: Mapping[str, Any]
) -> tuple[Moved, ...]:
    """Every fund or account: what it had, and what the legs did to it."""
    early = dict(
        db.execute(f"SELECT {by}, sum(fen){_COUNTS} AND {_EARLY} AND {by} IS NOT NULL GROUP BY {by}", values).fetchall()
    )
    found = []
    for name in entries.names(db, by):
        of_it = [(one.what == "transfer", one.fen) for one in legs if getattr(one, by) == name]
        opening = Fen(had.get(name, 0) + early.get(name, 0))
        into = Fen(sum(fen for far, fen in of_it if not far and fen > 0))
        out = Fen(-sum(fen for far, fen in of_it if not far and fen < 0))
        moved = Fen(sum(fen for far, fen in of_it if far))
        found.append(Moved(name, opening, into, out, moved, Fen(opening + into - out + moved)))
    return tuple(found)


class Handed(NamedTuple):
    """Money given another purpose, in fen: from a fund to another, by a decision, or "" where a payer became known."""

    date: date
    source: str
    target: str
    amount: Fen
    decision: str


def handed(db: sqlite3.Connection, legs: Iterable[Leg]) -> list[Handed]:
    """The transfers between funds among the legs of a statement."""
    by_event: dict[int, list[Leg]] = {}
    for one in legs:
        if one.what == "transfer" and one.fund:
            by_event.setdefault(one.event, []).append(one)
    decided = dict(db.execute("SELECT event, decision FROM fund_transfer").fetchall())
    found = []
    for event, pair in by_event.items():
        out, into = (next((one for one in pair if one.fen * sign > 0), None) for sign in (-1, 1))
        if out and into and out.fund != into.fund:
            found.append(Handed(out.day, out.fund, into.fund, into.fen, decided.get(event, "")))
    return found


def givers(db: sqlite3.Connection, numbers: Iterable[str]) -> dict[str, str]:
    """The donor's id of each of these receipts that came from a donor."""
    wanted = set(numbers)
    rows = db.execute("SELECT number, donor FROM contribution WHERE donor IS NOT NULL").fetchall()
    return {number: donor for number, donor in rows if number in wanted}


def waived(db: sqlite3.Connection, as_of: date) -> dict[str, tuple[int, Fen]]:
    """Of each project, how many households were let off something by the end of a day, and how much in all (R-67)."""
    rows = db.execute(
        "SELECT project, count(DISTINCT room), sum(fen) FROM waiver WHERE day <= ? GROUP BY project",
        [as_of.isoformat()],
    ).fetchall()
    return {project: (households, Fen(fen)) for project, households, fen in rows}


class Raised(NamedTuple):
    """Where the money of a project came from, net, in fen: how many households and what they paid, what each donor (by
    id) gave; `unknown`: of payers nobody knows yet."""

    households: int
    paid: Fen
    donors: dict[str, Fen]
    unknown: Fen


def raised(db: sqlite3.Connection, project: str, as_of: date) -> Raised:
    """All of it is what the project's standing has as paid."""
    rows = dict(
        db.execute(
            "SELECT ifnull(room, ''), sum(fen) FROM movement WHERE project = ? AND day <= ?"
            " AND what IN ('contribution', 'refund', 'transfer') GROUP BY room",
            [project, as_of.isoformat()],
        ).fetchall()
    )
    nobody = rows.pop("", 0)
    gave = {id: fen for id, fen in donors.given(db, project, as_of).items() if fen}
    paid = Fen(sum(rows.values()))
    return Raised(sum(fen > 0 for fen in rows.values()), paid, gave, Fen(nobody - sum(gave.values())))


def by_number(db: sqlite3.Connection, project: str, what: str, as_of: date) -> list[tuple[date, str, Fen]]:
    """(day, number, fen) of each expense or income of a project that counts on a day, by day."""
    rows = db.execute(
        "SELECT min(day), number, abs(sum(fen)) FROM movement WHERE project = ? AND what = ? AND day <= ?"
        " GROUP BY number HAVING sum(fen) != 0",
        [project, what, as_of.isoformat()],
    ).fetchall()
    found = [(date.fromisoformat(day), number, Fen(fen)) for day, number, fen in rows]
    return sorted(found, key=lambda one: (one[0], numbers.split(one[1])))
