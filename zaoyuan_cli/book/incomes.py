"""Incomes: money from common parts and other sources, with what it cost to get it (R-74)."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.incomes import IncomeReceived, IncomeVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, entries, funds, goals, numbered, searching, voiding
from .ledger import Origin, derives

Day = date  # a field of Income is called date

TABLES = (
    "CREATE TABLE income (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, fen INTEGER NOT NULL,"
    " fund TEXT NOT NULL REFERENCES fund (fund), account TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, project TEXT REFERENCES project (project), donor TEXT REFERENCES donor (donor),"
    " what TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE TABLE income_cost (event INTEGER NOT NULL, income TEXT NOT NULL REFERENCES income (number),"
    " expense TEXT NOT NULL REFERENCES expense (number), PRIMARY KEY (event, expense)) STRICT",
    "CREATE INDEX income_cost_income ON income_cost (income)",
    "CREATE INDEX income_cost_expense ON income_cost (expense)",
)


@derives(IncomeReceived)
def received(db: sqlite3.Connection, origin: Origin, fact: IncomeReceived) -> None:
    db.execute(
        "INSERT INTO income VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.fund, fact.account, fact.on.isoformat(), fact.project or None,
            fact.donor or None, fact.what, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db, origin, 1, "income", fact.on, fact.fen,
        account=fact.account, fund=fact.fund, project=fact.project, number=fact.number,
    )  # fmt: skip
    for expense in fact.costs:
        cost(db, origin, fact.number, expense)
    searching.put(db, origin, "income", fact.number, fact.what, fact.note)


@derives(IncomeVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: IncomeVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


def cost(db: sqlite3.Connection, origin: Origin, income: str, expense: str) -> None:
    """The row that says an expense is the cost of an income; to be called when either of them is derived."""
    db.execute("INSERT INTO income_cost VALUES (?, ?, ?)", (origin.event, income, expense))


class Income(NamedTuple):
    """Money that came in, in fen; `cost` is what the expenses `costs` (numbers) that still count add up to. `donor` is
    an id; state received or void, with the day and reason of the void."""

    income: str
    date: date
    what: str
    donor: str
    amount: Fen
    cost: Fen
    fund: str
    account: str
    project: str
    note: str
    costs: tuple[str, ...]
    state: str
    void_date: Day | None
    reason: str

    @property
    def net(self) -> Fen:
        """What is left of it after its cost, and may be shared (R-74); below zero where it cost more."""
        return self.amount - self.cost


def everyone(
    db: sqlite3.Connection, since: date | None = None, until: date | None = None, *, project: str = "", fund: str = "",
    number: str = "", as_of: date | None = None,
) -> list[Income]:  # fmt: skip
    """Incomes between two days, void ones among them, in the order of days; costs up to `as_of`."""
    rows = db.execute(
        "SELECT number, income.day, what, ifnull(donor, ''), fen,"
        " ifnull((SELECT -sum(m.fen) FROM movement AS m JOIN income_cost AS c ON m.number = c.expense"
        " WHERE c.income = income.number AND m.day <= :as_of), 0), fund, account, ifnull(project, ''), note,"
        " ifnull((SELECT group_concat(expense, ' ') FROM income_cost WHERE income = income.number), ''),"
        " void.day, ifnull(reason, '') FROM income LEFT JOIN void USING (number)"
        " WHERE income.day BETWEEN :since AND :until AND (:project = '' OR project = :project)"
        " AND (:fund = '' OR fund = :fund) AND (:number = '' OR number = :number)",
        {
            "since": (since or date.min).isoformat(), "until": (until or date.max).isoformat(), "project": project,
            "fund": fund, "number": number, "as_of": (as_of or date.max).isoformat(),
        },
    ).fetchall()  # fmt: skip
    return sorted(map(_read, rows), key=lambda one: (one.date, numbers.split(one.income)))


def _read(row: tuple[Any, ...]) -> Income:
    number, day, what, donor, fen, spent, fund, account, project, note, costs, voided, reason = row
    gone = date.fromisoformat(voided) if voided else None
    return Income(
        number, date.fromisoformat(day), what, donor, Fen(fen), Fen(spent), fund, account, project, note,
        tuple(sorted(costs.split(), key=numbers.split)), "void" if gone else "received", gone, reason,
    )  # fmt: skip


def undone(db: sqlite3.Connection) -> list[str]:
    """Numbers of incomes that were undone or could not stand: they are never used again, and stand as void."""
    rows = db.execute(
        "SELECT text FROM number WHERE series = 'income' AND NOT stands AND text NOT IN (SELECT number FROM income)"
        " ORDER BY device, year, n"
    ).fetchall()
    return [text for (text,) in rows]


def one(db: sqlite3.Connection, number: str) -> Income:
    """The income of a number that is known to be one, in full."""
    return everyone(db, number=number)[0]


def pick(book: Book, text: str) -> Income:
    """The income of a number, in full or where one fits (I3, 3). Raises NotFound, Ambiguous, Unreadable."""

    def label(number: str) -> str:
        seen = one(book.db, number)
        return f"{seen.date} {seen.what} {seen.amount}"

    return one(book.db, numbered.pick(book, "income", text, label=label))


def twin(db: sqlite3.Connection, fen: Fen, what: str, fund: str, on: date) -> str:
    """The standing income of the same amount, words, fund and day, "" for none."""
    row = db.execute(
        "SELECT number FROM income WHERE fen = ? AND what = ? AND fund = ? AND day = ?"
        " AND number NOT IN (SELECT number FROM void) ORDER BY number LIMIT 1",
        [int(fen), what, fund, on.isoformat()],
    ).fetchone()
    return str(row[0]) if row else ""


def add(
    book: Book, fen: Fen, what: str, fund: str, account: str, on: date, *, project: str = "", donor: str = "",
    costs: Sequence[str] = (), note: str = "",
) -> str:  # fmt: skip
    """Record money that came in; its number. Raises Unreadable for a text that cannot be kept, Refusal for an expense
    that is the cost of another income already."""
    what, note = clean(what, field="what").strip(), clean(note, field="note").strip()
    if not what:
        raise Unreadable(_("What was it received for? The text is empty."), field="what", value=what)
    with book.writing("income add"):
        for expense in costs:
            _refuse_taken(book, expense)
        number = book.number("income")
        book.record(
            IncomeReceived(
                number=number, fen=int(fen), fund=fund, account=account, on=on, project=project, donor=donor,
                costs=tuple(dict.fromkeys(costs)), what=what, note=note,
            )
        )  # fmt: skip
    return number


def _refuse_taken(book: Book, expense: str) -> None:
    row = book.db.execute(
        "SELECT income FROM income_cost WHERE expense = ? AND income NOT IN (SELECT number FROM void)", [expense]
    ).fetchone()
    if row:
        raise Refusal(
            _("{expense} is the cost of {income} already.").format(expense=expense, income=row[0]),
            field="expense",
            value=expense,
        )


def void(book: Book, income: Income, reason: str) -> None:
    """An income was entered wrongly. Raises Refusal, Unreadable (see voiding), fund_short."""

    def judge() -> None:
        funds.must_cover(book, income.fund)
        goals.must_be_reached(book, income.project)

    voiding.void(book, "income void", IncomeVoided, income.income, reason, then=judge)
