"""Credit: money a household paid ahead or beyond its due, what of it is used, and money whose payer became known.

Its verbs are in crediting.py. A use of credit moves neither an account nor a fund: its two legs only say which due the
money pays. It is numbered (CA2022-3), so that `contribution void` takes it back like a receipt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.facts.credits import ContributionClaimed, CreditApplied
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import settling
from zaoyuan_cli.rules.money import Fen

from . import Book, dues, entries
from .dues import ALWAYS
from .ledger import Origin, Problem, derives, judges

if TYPE_CHECKING:
    from .receipts import Receipt

TABLES = (
    "CREATE TABLE applied (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, fen INTEGER NOT NULL,"
    " room TEXT NOT NULL REFERENCES household (room), fund TEXT NOT NULL REFERENCES fund (fund),"
    " source TEXT REFERENCES project (project), project TEXT NOT NULL REFERENCES project (project),"
    " receipt TEXT REFERENCES contribution (number), day TEXT NOT NULL) STRICT",
    "CREATE INDEX applied_room ON applied (room)",
    "CREATE INDEX applied_receipt ON applied (receipt) WHERE receipt IS NOT NULL",
)
AHEAD = ""  # the source of credit that is in no project


@derives(CreditApplied)
def applied(db: sqlite3.Connection, origin: Origin, fact: CreditApplied) -> None:
    db.execute(
        "INSERT INTO applied VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)",
        (
            origin.event, fact.number, fact.fen, fact.room, fact.fund, fact.source or None, fact.project,
            fact.on.isoformat(),
        ),
    )  # fmt: skip
    for leg, fen, project in ((1, -fact.fen, fact.source), (2, fact.fen, fact.project)):
        entries.leg(db, origin, leg, "transfer", fact.on, fen, project=project, room=fact.room, number=fact.number)


@derives(ContributionClaimed)
def claimed(db: sqlite3.Connection, origin: Origin, fact: ContributionClaimed) -> None:
    db.execute(
        "INSERT INTO applied VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.room, fact.fund, fact.project, fact.receipt, fact.on.isoformat(),
        ),
    )  # fmt: skip
    (came_into,) = db.execute("SELECT fund FROM contribution WHERE number = ?", [fact.receipt]).fetchone()
    entries.leg(db, origin, 1, "transfer", fact.on, -fact.fen, fund=came_into, number=fact.number)
    entries.leg(
        db, origin, 2, "transfer", fact.on, fact.fen,
        fund=fact.fund, project=fact.project, room=fact.room, number=fact.number,
    )  # fmt: skip


class Credit(NamedTuple):
    """What a household has over in a fund, in fen: `source` is the project it paid too much to, "" for paid ahead."""

    fund: str
    source: str
    amount: Fen


class Applied(NamedTuple):
    """Credit that pays a due, in fen, or money of an unknown payer that was claimed (of `receipt`); state applied or
    void."""

    number: str
    date: date
    room: str
    fund: str
    source: str
    project: str
    receipt: str
    amount: Fen
    state: str


# ---- what there is

_COUNTS = (  # a numbered row is not void, or was not yet on the day
    "NOT EXISTS (SELECT 1 FROM void WHERE void.number = {table}.number"
    " AND (void.day <= :day OR void.number NOT IN (SELECT number FROM reversal)))"
)
_GIVEN = (  # receipts of a sort, what was given back of them taken off
    "SELECT c.{key} AS name, c.fen AS fen FROM contribution AS c WHERE c.room = :room AND c.{sort} AND c.day <= :day"
    f" AND {_COUNTS.format(table='c')}"
    " UNION ALL SELECT c.{key}, -r.fen FROM contribution AS c JOIN refund AS r ON r.receipt = c.number"
    f" WHERE c.room = :room AND c.{{sort}} AND r.day <= :day AND {_COUNTS.format(table='r')}"
)
_USED = (
    " UNION ALL SELECT a.fund, -a.fen FROM applied AS a WHERE a.room = :room AND a.source IS NULL"
    f" AND a.receipt IS NULL AND a.day <= :day AND {_COUNTS.format(table='a')}"
)


def _sums(db: sqlite3.Connection, query: str, room: str, as_of: date | None) -> dict[str, int]:
    values = {"room": room, "day": as_of.isoformat() if as_of else ALWAYS}
    rows = db.execute(f"SELECT name, sum(fen) FROM ({query}) WHERE name IS NOT NULL GROUP BY name", values).fetchall()
    return dict(rows)


def ahead(db: sqlite3.Connection, room: str, as_of: date | None = None) -> dict[str, int]:
    """Fund → fen that a household paid ahead, less what was given back or used of it."""
    return _sums(db, _GIVEN.format(key="fund", sort="ahead") + _USED, room, as_of)


def of(db: sqlite3.Connection, room: str, as_of: date | None = None) -> list[Credit]:
    """The credit of a household that could be used: what was paid ahead, then what is too much in a project, the oldest
    levy first. A gift is none: it was meant for its project; nor is what a closed project has, which is shared out."""
    found = [Credit(fund, AHEAD, Fen(fen)) for fund, fen in sorted(ahead(db, room, as_of).items()) if fen > 0]
    over = {project: claim.credit for project, _room, claim in dues.claims(db, room=room, as_of=as_of) if claim.credit}
    if not over:
        return found
    gifts = _sums(db, _GIVEN.format(key="project", sort="gift"), room, as_of)
    open_ = db.execute(
        "SELECT project, fund FROM project WHERE project NOT IN (SELECT project FROM closure) ORDER BY day, project"
    ).fetchall()
    for project, fund in open_:
        if (left := over.get(project, 0) - gifts.get(project, 0)) > 0:
            found.append(Credit(fund, project, Fen(left)))
    return found


def usable(db: sqlite3.Connection, room: str) -> dict[str, Fen]:
    """Fund → fen of credit that would pay a due of the household in the same fund now."""
    credits = of(db, room)
    if not credits:
        return {}
    owed = owing(db, room)
    found: dict[str, Fen] = {}
    for credit, _due, fen in matched(credits, owed, None):
        found[credit.fund] = Fen(found.get(credit.fund, 0) + fen)
    return found


def everyone(db: sqlite3.Connection, room: str = "", receipt: str = "", number: str = "") -> list[Applied]:
    """Every use of credit and every claim, of a household, a receipt or a number, in the order of days; void ones
    too."""
    rows = db.execute(
        "SELECT number, applied.day, room, fund, ifnull(source, ''), project, ifnull(receipt, ''), fen,"
        " iif(void.number IS NULL, 'applied', 'void') FROM applied LEFT JOIN void USING (number)"
        " WHERE ?1 IN ('', room) AND (?2 = '' OR receipt = ?2) AND ?3 IN ('', number) ORDER BY applied.day, number",
        [room, receipt, number],
    ).fetchall()
    return [
        Applied(n, date.fromisoformat(day), door, fund, source, project, of, Fen(fen), state)
        for n, day, door, fund, source, project, of, fen, state in rows
    ]


def of_receipt(book: Book, one: Receipt) -> list[Applied]:
    """What stands of the uses of a receipt's money: its claims, or the uses of the credit it went into."""
    if not one.room:
        found = everyone(book.db, receipt=one.receipt)
    else:
        uses = everyone(book.db, room=one.room)
        found = [use for use in uses if not use.receipt and (use.fund, use.source) == (one.fund, one.project)]
    return [use for use in found if use.state != "void"]


def used_of(book: Book, one: Receipt) -> str:
    """Which uses stand against giving money of a receipt back, and how one is taken back; "" for none."""
    uses = of_receipt(book, one)
    return _("It pays {project}: {command}").format(
        project=uses[-1].project, command=f"zaoyuan contribution void {uses[-1].number} --reason …"
    ) if uses else ""  # fmt: skip


def refundable(book: Book, one: Receipt) -> Fen:
    """What of a receipt could be given back: what still stands of it, and not what pays a due elsewhere (R-65)."""
    if one.ahead:
        left = ahead(book.db, one.room).get(one.fund, 0)
    elif one.room and one.project:
        left = dues.claim(book.db, one.project, one.room).paid
    else:
        left = one.standing - sum(use.amount for use in of_receipt(book, one))
    return Fen(max(0, min(one.standing, left)))


def owing(db: sqlite3.Connection, room: str) -> list[tuple[tuple[str, str], Fen]]:
    """((project, fund), owed) of a household, the oldest due first."""
    fund_of = dict(db.execute("SELECT project, fund FROM project").fetchall())
    return [((project, fund_of[project]), fen) for project, fen in dues.owing(db, room)]


def matched(
    credits: Sequence[Credit], owed: Sequence[tuple[tuple[str, str], Fen]], most: Fen | None
) -> list[tuple[Credit, str, Fen]]:
    """(credit, project, fen): the credit of each fund used up for the dues of that fund, at most so much in all."""
    found: list[tuple[Credit, str, Fen]] = []
    left = most
    for fund in dict.fromkeys(credit.fund for credit in credits):
        mine = [(credit, credit.amount) for credit in credits if credit.fund == fund]
        its = [(project, fen) for (project, of_fund), fen in owed if of_fund == fund]
        used = settling.matched(mine, its, left)
        found += used
        left = left if left is None else Fen(left - sum(fen for _credit, _project, fen in used))
    return found


# ---- judging


@judges
def short(db: sqlite3.Connection) -> Iterator[Problem]:
    """Households whose credit was used and is not there any more; receipts of which more was claimed than stands."""
    rooms = db.execute("SELECT DISTINCT room FROM applied ORDER BY room").fetchall()
    for (room,) in rooms:
        yield from short_of(db, room)
    rows = db.execute(
        "SELECT receipt, sum(fen) FROM applied WHERE receipt IS NOT NULL AND number NOT IN (SELECT number FROM void)"
        " GROUP BY receipt ORDER BY receipt"
    ).fetchall()
    for receipt, fen in rows:
        (has,) = db.execute(
            "SELECT iif(number IN (SELECT number FROM void), 0, fen) - ifnull((SELECT sum(fen) FROM refund"
            " WHERE receipt = c.number AND number NOT IN (SELECT number FROM void)), 0)"
            " FROM contribution AS c WHERE number = ?",
            [receipt],
        ).fetchone()
        if fen > has:
            said = _("Of receipt {number} more was claimed than it stands for.").format(number=receipt)
            yield Problem("credit_short", receipt, said, int(fen - has))


def short_of(db: sqlite3.Connection, room: str) -> Iterator[Problem]:
    said = _("{room}: credit of {what} is used that is not there any more.")
    for fund, fen in sorted(ahead(db, room).items()):
        if fen < 0:
            yield Problem("credit_short", f"{room} {fund}", said.format(room=room, what=fund), -fen)
    rows = db.execute(
        f"SELECT project, sum(fen) FROM kept_room WHERE room = ? AND project != '' AND {dues.PAYS}"
        " GROUP BY project HAVING sum(fen) < 0 ORDER BY project",
        [room],
    ).fetchall()
    for project, fen in rows:
        yield Problem("credit_short", f"{room} {project}", said.format(room=room, what=project), -fen)
