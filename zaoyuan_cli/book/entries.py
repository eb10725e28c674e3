"""Entries: the legs of every movement of money, in fen. Each says where (an account) and what for (a fund), so that
the sum over accounts is the sum over funds by construction; a transfer between funds has no account, one between
accounts no net fund."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen

from . import kept
from .ledger import Origin, Problem, judges

By: TypeAlias = Literal["fund", "account"]
Side: TypeAlias = Literal["fund", "account", "project", "room"]  # what a ledger can be of

TABLES = (
    "CREATE TABLE void (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE REFERENCES number (standing),"
    " day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE TABLE entry (event INTEGER NOT NULL, leg INTEGER NOT NULL, number TEXT NOT NULL, what TEXT NOT NULL,"
    " day TEXT NOT NULL, fen INTEGER NOT NULL, account TEXT REFERENCES account (account),"
    " fund TEXT REFERENCES fund (fund), project TEXT REFERENCES project (project),"
    " room TEXT REFERENCES household (room), PRIMARY KEY (event, leg)) STRICT",
    "CREATE INDEX entry_day ON entry (day)",
    "CREATE INDEX entry_number ON entry (number)",
    "CREATE INDEX entry_account ON entry (account, day)",
    "CREATE INDEX entry_project ON entry (project, room, day)",
    "CREATE TABLE reversal (event INTEGER NOT NULL, number TEXT PRIMARY KEY) STRICT",
    "CREATE VIEW movement AS SELECT * FROM entry"
    " WHERE number NOT IN (SELECT number FROM void WHERE number NOT IN (SELECT number FROM reversal))",
)


def leg(
    db: sqlite3.Connection, origin: Origin, leg: int, what: str, day: date, fen: int, *,
    account: str | None = None, fund: str | None = None, project: str = "", room: str = "", number: str = "",
) -> None:  # fmt: skip
    """One leg: fen into (or, negative, out of) an account and a fund. `what` is opening, contribution, refund, expense,
    income, transfer or fee."""
    db.execute(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (origin.event, leg, number, what, day.isoformat(), fen, account, fund, project or None, room or None),
    )


def move(
    db: sqlite3.Connection, origin: Origin, by: By, day: date, fen: int, source: str, target: str, number: str = ""
) -> None:  # fmt: skip
    """The two legs of a transfer between two accounts or two funds."""
    leg(db, origin, 1, "transfer", day, -fen, **{by: source}, number=number)
    leg(db, origin, 2, "transfer", day, fen, **{by: target}, number=number)


def void(db: sqlite3.Connection, origin: Origin, number: str, day: date, reason: str) -> None:
    """A numbered posting does not count any more; its number stays. It leaves the sums, or, where a closed period has
    it, is turned round by legs of this day: its sheet does not move."""
    db.execute("INSERT INTO void VALUES (?, ?, ?, ?)", (origin.event, number, day.isoformat(), reason))
    if frozen(db, number):
        reverse(db, origin, number, day)


def frozen(db: sqlite3.Connection, number: str) -> bool:
    """Whether a numbered posting stands in the sheet of a closed period."""
    row = db.execute(
        "SELECT 1 FROM number JOIN frozen ON frozen.entry = number.event WHERE standing = ?", [number]
    ).fetchone()
    return row is not None


def reverse(db: sqlite3.Connection, origin: Origin, number: str, day: date) -> None:
    """The legs of a posting once more, with the other sign and another day."""
    db.execute("INSERT INTO reversal VALUES (?, ?)", (origin.event, number))
    db.execute(
        "INSERT INTO entry SELECT ?1, leg + (SELECT ifnull(max(leg), 0) FROM entry WHERE event = ?1), number, what, ?2,"
        " -fen, account, fund, project, room FROM entry"
        " WHERE event = (SELECT event FROM number WHERE standing = ?3)",
        (origin.event, day.isoformat(), number),
    )


# ---- reading


class Turnover(NamedTuple):
    """What happened to a fund or an account between two days, gross: a refund is `out`, a void is in neither, and an
    opening balance is `opening` even where it is dated between them. In fen; opening + into - out = closing."""

    name: str
    opening: Fen
    into: Fen
    out: Fen
    closing: Fen

    def row(self, by: str = "") -> dict[str, Any]:
        """As an answer has it, the name under the key `by`."""
        figures = {"opening": self.opening, "in": self.into, "out": self.out, "closing": self.closing}
        return {by: self.name, **figures} if by else figures


class Line(NamedTuple):
    """One movement in a ledger, in fen; `other` is the account or fund on its other side (of a project or a household
    the account), `text` what an expense or income was for, who paid, why it was given back; `balance` stands after it.
    An opening balance is neither `into` nor `out`, as in the Turnover."""

    date: date
    number: str
    what: str
    text: str
    other: str
    project: str
    room: str
    into: Fen | None
    out: Fen | None
    balance: Fen


_SUMS = (
    "ifnull(sum(CASE WHEN day < :since OR what = 'opening' THEN came - went END), 0),"
    " ifnull(sum(CASE WHEN day >= :since AND what != 'opening' THEN came END), 0),"
    " ifnull(sum(CASE WHEN day >= :since AND what != 'opening' THEN went END), 0), ifnull(sum(came - went), 0)"
)
_OF_ROOM = (
    "SELECT day, room, what, max(fen, 0) AS came, max(-fen, 0) AS went FROM movement"
    " WHERE room = :name AND day <= :until AND NOT (what = 'transfer' AND fund IS NULL)"  # a use of its own credit
)


def _days(since: date | None, until: date | None) -> dict[str, str]:
    return {"since": (since or date.min).isoformat(), "until": (until or date.max).isoformat()}


def names(db: sqlite3.Connection, by: By) -> list[str]:
    """Every fund or account, in the order they came to be known, which is the same on every laptop."""
    rows = db.execute(
        f"SELECT {by} FROM {by} CROSS JOIN event ON event.id = {by}.event CROSS JOIN command ON command.id = command"
        " ORDER BY lamport, device, event.id"
    ).fetchall()
    return [name for (name,) in rows]


def balances(db: sqlite3.Connection, by: By, as_of: date | None = None) -> dict[str, Fen]:
    """What every fund has, or what is in every account, at the end of a day (now without one)."""
    flows, days = kept.flows(until=as_of)
    found = dict(db.execute(f"SELECT {by}, sum(came - went) FROM ({flows}) GROUP BY {by}", days).fetchall())
    return {name: Fen(found.get(name, 0)) for name in names(db, by)}


def balance(db: sqlite3.Connection, by: By, name: str, as_of: date | None = None) -> Fen:
    """What one fund has, or what is in one account, at the end of a day (now without one)."""
    flows, days = kept.flows(until=as_of)
    row = db.execute(
        f"SELECT ifnull(sum(came - went), 0) FROM ({flows}) WHERE {by} = :name", {"name": name, **days}
    ).fetchone()
    return Fen(row[0])


def turnover(db: sqlite3.Connection, by: By, since: date | None = None, until: date | None = None) -> list[Turnover]:
    """Every fund or account between two days, both included. Transfers and fees are in its `into` and `out`."""
    flows, days = kept.flows(since, until)
    rows = db.execute(f"SELECT {by}, {_SUMS} FROM ({flows}) GROUP BY {by}", days).fetchall()
    found = {name: Turnover(name, *map(Fen, figures)) for name, *figures in rows}
    return [found.get(name, Turnover(name, Fen(), Fen(), Fen(), Fen())) for name in names(db, by)]


def totals(db: sqlite3.Connection, since: date | None = None, until: date | None = None) -> Turnover:
    """All money between two days. Transfers between funds or accounts are in neither `into` nor `out`."""
    flows, days = kept.flows(since, until)
    row = db.execute(f"SELECT {_SUMS} FROM ({flows}) WHERE what != 'transfer'", days).fetchone()
    return Turnover("", *map(Fen, row))


def turnover_of(
    db: sqlite3.Connection, by: Side, name: str, since: date | None = None, until: date | None = None
) -> Turnover:
    """One fund, account, project or household (`room`) between two days: the sums of its ledger."""
    flows, days = (_OF_ROOM, _days(since, until)) if by == "room" else kept.flows(since, until)
    row = db.execute(f"SELECT {_SUMS} FROM ({flows}) WHERE {by} = :name", {"name": name, **days}).fetchone()
    return Turnover(name, *map(Fen, row))


def ledger(
    db: sqlite3.Connection, by: Side, name: str, since: date | None = None, until: date | None = None
) -> list[Line]:
    """The movements of a fund, an account, a project or a household (`room`) between two days, each with the balance
    after it, in an order that is the same on every laptop."""
    other: By = "fund" if by == "account" else "account"
    running = Fen(
        db.execute(
            f"SELECT ifnull(sum(fen), 0) FROM movement WHERE {by} = ? AND day < ?",
            [name, (since or date.min).isoformat()],
        ).fetchone()[0]
    )
    rows = db.execute(
        "SELECT movement.day, movement.number, CASE WHEN void.number IS NOT NULL THEN 'correction'"
        " WHEN applied.receipt IS NOT NULL THEN 'claim' ELSE movement.what END,"
        " coalesce(void.reason, expense.what, income.what, payer, refund.reason, applied.receipt, ''),"
        f" movement.{other},"
        f" (SELECT nullif(far.{by}, movement.{by}) FROM entry far WHERE far.event = movement.event"
        f" AND far.leg != movement.leg AND movement.what = 'transfer' AND far.what = 'transfer'),"
        " movement.project, movement.room, movement.fen FROM movement"
        " JOIN event ON event.id = movement.event JOIN command ON command.id = command"
        " LEFT JOIN expense USING (number) LEFT JOIN contribution USING (number) LEFT JOIN refund USING (number)"
        " LEFT JOIN income USING (number) LEFT JOIN applied USING (number)"
        " LEFT JOIN reversal ON reversal.event = movement.event AND reversal.number = movement.number"
        " LEFT JOIN void ON void.number = reversal.number"
        f" WHERE movement.{by} = :name AND movement.day BETWEEN :since AND :until"
        " ORDER BY movement.day, lamport, device, event.id, leg",
        {"name": name, **_days(since, until)},
    ).fetchall()
    found = []
    for day, number, what, text, beside, far, project, room, fen in rows:
        running += fen
        into = Fen(fen) if fen > 0 and what != "opening" else None
        out = Fen(-fen) if fen < 0 and what != "opening" else None
        found.append(
            Line(
                date.fromisoformat(day),
                number,
                what,
                text,
                beside or far or "",
                project or "",
                room or "",
                into,
                out,
                running,
            )
        )
    return found


@judges
def untied(db: sqlite3.Connection) -> Iterator[Problem]:
    """The sum over accounts is the sum over funds: every leg but a transfer's says both, a transfer is zero."""
    row = db.execute(
        "SELECT ifnull(sum(CASE WHEN account != '' THEN came - went END), 0),"
        " ifnull(sum(CASE WHEN fund != '' THEN came - went END), 0) FROM kept_month"
    ).fetchone()
    accounts, funds = map(Fen, row)
    if accounts != funds:
        yield Problem(
            "sums",
            "entries",
            _("The accounts hold {accounts} yuan and the funds {funds}; the two must be the same.").format(
                accounts=accounts, funds=funds
            ),
        )
