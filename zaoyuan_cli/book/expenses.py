"""Expenses: money paid out."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Refusal, Unreadable
from zaoyuan_cli.facts.expenses import ExpensePaid, ExpenseVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, entries, funds, numbered, searching
from .ledger import Origin, derives

Day = date  # a field of Expense is called date

TABLES = (
    "CREATE TABLE expense (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, fen INTEGER NOT NULL,"
    " fund TEXT NOT NULL REFERENCES fund (fund), account TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, project TEXT REFERENCES project (project), voucher TEXT NOT NULL,"
    " decision TEXT REFERENCES decision (number), attachments TEXT NOT NULL,"
    " what TEXT NOT NULL, payee TEXT NOT NULL, note TEXT NOT NULL) STRICT",
)


@derives(ExpensePaid)
def paid(db: sqlite3.Connection, origin: Origin, fact: ExpensePaid) -> None:
    db.execute(
        "INSERT INTO expense VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.fund, fact.account, fact.on.isoformat(), fact.project or None,
            fact.voucher, fact.decision or None, " ".join(fact.attachments), fact.what, fact.payee, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db, origin, 1, "expense", fact.on, -fact.fen,
        account=fact.account, fund=fact.fund, project=fact.project, number=fact.number,
    )  # fmt: skip
    if fact.income:
        from . import incomes

        incomes.cost(db, origin, fact.income, fact.number)
    searching.put(db, origin, "expense", fact.number, fact.what, fact.payee, fact.note, fact.voucher)


@derives(ExpenseVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ExpenseVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Expense(NamedTuple):
    """Money paid out, in fen; state spent or void, with the day and reason of the void. `attachments` are SHA-256,
    `income` the number of the income it is the cost of."""

    expense: str
    date: date
    what: str
    payee: str
    amount: Fen
    fund: str
    account: str
    project: str
    voucher: str
    decision: str
    note: str
    income: str
    attachments: tuple[str, ...]
    state: str
    void_date: Day | None
    reason: str


def everyone(
    db: sqlite3.Connection,
    since: date | None = None,
    until: date | None = None,
    project: str = "",
    fund: str = "",
    number: str = "",
) -> list[Expense]:
    """Expenses between two days, void ones among them, in the order of days."""
    rows = db.execute(
        "SELECT number, expense.day, what, payee, fen, fund, account, ifnull(project, ''), voucher,"
        " ifnull(decision, ''), note,"
        " ifnull((SELECT min(income) FROM income_cost WHERE income_cost.expense = expense.number), ''),"
        " attachments, void.day, ifnull(reason, '')"
        " FROM expense LEFT JOIN void USING (number)"
        " WHERE expense.day BETWEEN :since AND :until AND (:project = '' OR project = :project)"
        " AND (:fund = '' OR fund = :fund) AND (:number = '' OR number = :number)",
        {
            "since": (since or date.min).isoformat(), "until": (until or date.max).isoformat(),
            "project": project, "fund": fund, "number": number,
        },
    ).fetchall()  # fmt: skip
    return sorted(map(_read, rows), key=lambda one: (one.date, numbers.split(one.expense)))


def _read(row: tuple[Any, ...]) -> Expense:
    number, day, what, payee, fen, *names, files, voided, reason = row
    gone = date.fromisoformat(voided) if voided else None
    fund, account, project, voucher, decision, note, income = names
    return Expense(
        number, date.fromisoformat(day), what, payee, Fen(fen), fund, account, project, voucher, decision, note,
        income, tuple(files.split()), "void" if gone else "spent", gone, reason,
    )  # fmt: skip


def undone(db: sqlite3.Connection) -> list[str]:
    """Numbers of expenses that were undone or could not stand: they are never used again, and stand as void."""
    rows = db.execute(
        "SELECT text FROM number WHERE series = 'expense' AND NOT stands ORDER BY device, year, n"
    ).fetchall()
    standing = {one.expense for one in everyone(db)}
    return [text for (text,) in rows if text not in standing]


def one(db: sqlite3.Connection, number: str) -> Expense:
    """The expense of a number that is known to be one, in full."""
    return everyone(db, number=number)[0]


def pick(book: Book, text: str) -> Expense:
    """The expense of a number, in full or where one fits (E12, 12). Raises NotFound, Ambiguous, Unreadable."""

    def label(number: str) -> str:
        seen = one(book.db, number)
        return f"{seen.date} {seen.what} {seen.amount}"

    return one(book.db, numbered.pick(book, "expense", text, label=label))


def needs_decision(db: sqlite3.Connection, fund: str, project: str) -> bool:
    """R-50: whether a restricted fund would pay for another purpose than its own: a project of another fund."""
    of = db.execute("SELECT fund FROM project WHERE project = ?", [project]).fetchone()
    return of is not None and of[0] != fund and funds.is_restricted(db, fund)


def over_budget(db: sqlite3.Connection, project: str) -> Fen:
    """What was spent on a project beyond its budget, in fen; 0 within it and where there is none."""
    row = db.execute(
        "SELECT budget, (SELECT -ifnull(sum(fen), 0) FROM movement WHERE what = 'expense' AND project = :project)"
        " FROM project WHERE project = :project",
        {"project": project},
    ).fetchone()
    return Fen(max(0, row[1] - row[0])) if row and row[0] is not None else Fen(0)


def same_voucher(db: sqlite3.Connection, voucher: str) -> str:
    """The standing expense that has this voucher already (R-60), "" for none."""
    row = db.execute(
        "SELECT number FROM expense WHERE voucher = ? AND voucher != '' AND number NOT IN (SELECT number FROM void)"
        " ORDER BY day, number LIMIT 1",
        [voucher],
    ).fetchone()
    return str(row[0]) if row else ""


def pay(
    book: Book, fen: Fen, what: str, fund: str, account: str, on: date, *, project: str = "", payee: str = "",
    voucher: str = "", decision: str = "", note: str = "", income: str = "", files: Sequence[tuple[bytes, str]] = (),
) -> str:  # fmt: skip
    """Pay money out; the expense's number. `files` are (bytes, kind), already free of places.
    Raises Refusal: decision_required (R-50), fund_short (R-51); Unreadable for a text that cannot be kept."""
    what, payee, voucher, note = (
        clean(text, field=field).strip()
        for text, field in ((what, "what"), (payee, "to"), (voucher, "voucher"), (note, "note"))
    )
    if not what:
        raise Unreadable(_("What was it spent on? The text is empty."), field="what", value=what)
    with book.writing("spend"):
        if not decision and needs_decision(book.db, fund, project):
            said = _("Fund {fund} is restricted: for {project}, a project of another fund, it pays by decision only.")
            raise funds.needs_decision(
                said.format(fund=fund, project=project),
                _("Name the decision with --decision, or leave out --fund: then the project's own fund pays."),
            )  # fmt: skip
        kept = tuple(book.attach(data, kind) for data, kind in files)
        number = book.number("expense")
        book.record(
            ExpensePaid(
                number=number, fen=fen, fund=fund, account=account, on=on, project=project, voucher=voucher,
                decision=decision, attachments=kept, income=income, what=what, payee=payee, note=note,
            )
        )  # fmt: skip
        funds.must_cover(book, fund, fen)
    return number


def void(book: Book, expense: Expense, reason: str) -> None:
    """Take an expense that was entered wrongly out of all sums; its number stays (R-57, R-59). Raises Refusal."""
    reason = clean(reason, field="reason").strip()
    if not reason:
        raise Unreadable(_("The reason is empty."), field="reason", value=reason)
    with book.writing("expense void"):
        if one(book.db, expense.expense).state == "void":
            raise Refusal(
                _("Expense {expense} is void already.").format(expense=expense.expense),
                field="expense",
                value=expense.expense,
            )
        book.record(ExpenseVoided(number=expense.expense, on=book.today, reason=reason))


def attachment(db: sqlite3.Connection, digest: str) -> tuple[str, bytes] | None:
    """(kind, bytes) of an attachment by its SHA-256 in hex; None where its bytes were erased."""
    row = db.execute("SELECT kind, bytes FROM attachment WHERE hash = ?", [bytes.fromhex(digest)]).fetchone()
    return (str(row[0]), bytes(row[1])) if row else None
