"""Expenses: money paid out."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.facts.expenses import ExpensePaid, ExpenseVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers, vouchers
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import clean

from . import Book, entries, funds, numbered, projects, searching, voiding
from . import vouchers as papers
from .ledger import Origin, derives

Day = date  # a field of Expense is called date

TABLES = (
    "CREATE TABLE expense (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, fen INTEGER NOT NULL,"
    " fund TEXT NOT NULL REFERENCES fund (fund), account TEXT NOT NULL REFERENCES account (account),"
    " day TEXT NOT NULL, project TEXT REFERENCES project (project), voucher TEXT NOT NULL,"
    " voucher_key TEXT NOT NULL, decision TEXT REFERENCES decision (number), attachments TEXT NOT NULL,"
    " handler TEXT REFERENCES person (person), notice TEXT NOT NULL,"
    " what TEXT NOT NULL, payee TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE INDEX expense_voucher ON expense (voucher_key)",
)


@derives(ExpensePaid)
def paid(db: sqlite3.Connection, origin: Origin, fact: ExpensePaid) -> None:
    db.execute(
        "INSERT INTO expense VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.fund, fact.account, fact.on.isoformat(), fact.project or None,
            fact.voucher, vouchers.key(fact.voucher), fact.decision or None, " ".join(fact.attachments),
            fact.handler or None, fact.notice, fact.what, fact.payee, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db, origin, 1, "expense", fact.on, -fact.fen,
        account=fact.account, fund=fact.fund, project=fact.project, number=fact.number,
    )  # fmt: skip
    if fact.income:
        from . import incomes

        incomes.cost(db, origin, fact.income, fact.number)
    if fact.judged:
        from . import approvals

        approvals.judged(db, origin, fact.number, fact.judged)
    searching.put(db, origin, "expense", fact.number, fact.what, fact.payee, fact.note, fact.voucher)


@derives(ExpenseVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ExpenseVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Expense(NamedTuple):
    """Money paid out, in fen; state spent or void, with the day and reason of the void. `attachments` are SHA-256,
    `income` the number of the income it is the cost of, `handler` who paid it, `advanced_by` whose own money it was
    (ids), `notice` the number of the posting that told of it before."""

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
    handler: str
    advanced_by: str
    notice: str
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
        " ifnull(handler, ''), ifnull((SELECT holder FROM account WHERE account.account = expense.account"
        " AND account.kind = 'advance'), ''), notice, attachments, void.day, ifnull(reason, '')"
        " FROM expense LEFT JOIN void USING (number)"
        " WHERE expense.day BETWEEN :since AND :until AND (:project = '' OR project = :project)"
        " AND (:fund = '' OR fund = :fund) AND (:number = '' OR number = :number)",
        {
            "since": (since or date.min).isoformat(), "until": (until or date.max).isoformat(),
            "project": project, "fund": fund, "number": number,
        },
    ).fetchall()  # fmt: skip
    brought = papers.later(db, number)
    found = (_with(_read(row), brought.get(row[0], ())) for row in rows)
    return sorted(found, key=lambda one: (one.date, numbers.split(one.expense)))


def _with(one: Expense, brought: Sequence[tuple[str, str]]) -> Expense:
    """An expense with the papers that were brought later."""
    if not brought:
        return one
    said = "、".join(filter(None, (one.voucher, *(voucher for voucher, _files in brought))))
    files = " ".join((*one.attachments, *(kept for _voucher, kept in brought))).split()
    return one._replace(voucher=said, attachments=tuple(files))


def _read(row: tuple[Any, ...]) -> Expense:
    number, day, what, payee, fen, *names, files, voided, reason = row
    fund, account, project, voucher, decision, note, income, handler, advanced_by, notice = names
    gone = date.fromisoformat(voided) if voided else None
    return Expense(
        number, date.fromisoformat(day), what, payee, Fen(fen), fund, account, project, voucher, decision, note,
        income, handler, advanced_by, notice, tuple(files.split()), "void" if gone else "spent", gone, reason,
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


def budget(db: sqlite3.Connection, project: str) -> tuple[Fen | None, Fen]:
    """(the budget of a project, None where it has none; what was spent on it so far), in fen."""
    for one in projects.standing(db, project=project) if project else ():
        return one.budget, one.spent
    return None, Fen()


class Outlay(NamedTuple):
    """Money to be paid out, in fen. `handler` and `advanced_by` are ids; an advance goes out of that member's advance
    account, whatever `account` says. `files` are (bytes, kind), already free of places."""

    fen: Fen
    what: str
    fund: str
    account: str
    on: date
    project: str = ""
    payee: str = ""
    voucher: str = ""
    decision: str = ""
    note: str = ""
    income: str = ""
    handler: str = ""
    advanced_by: str = ""
    notice: str = ""
    files: Sequence[tuple[bytes, str]] = ()

    def cleaned(self) -> "Outlay":
        """With its texts as they are stored. Unreadable."""
        names = {"what": "what", "payee": "to", "voucher": "voucher", "note": "note", "notice": "notice"}
        texts: dict[str, Any] = {name: clean(getattr(self, name), field=to).strip() for name, to in names.items()}
        if not texts["what"]:
            raise Unreadable(_("What was it spent on? The text is empty."), field="what", value=self.what)
        return self._replace(**texts)


def pay(book: Book, outlay: Outlay) -> str:
    """Pay money out; the expense's number. Raises Refusal: decision_required (R-50, R-63), fund_short (R-51);
    Unreadable for a text that cannot be kept."""
    from . import advances, approvals, goals

    one = outlay.cleaned()
    with book.writing("spend"):
        _refuse_other_purpose(book.db, one)
        judged = approvals.judge(book.db, one.fen, one.on, one.decision)
        account = advances.advance(book, one.advanced_by) if one.advanced_by else one.account
        kept = tuple(book.attach(data, kind) for data, kind in one.files)
        number = book.number("expense")
        book.record(
            ExpensePaid(
                number=number, fen=int(one.fen), fund=one.fund, account=account, on=one.on, project=one.project,
                voucher=one.voucher, decision=one.decision, attachments=kept, income=one.income, handler=one.handler,
                notice=one.notice, judged=judged, what=one.what, payee=one.payee, note=one.note,
            )
        )  # fmt: skip
        funds.must_cover(book, one.fund, one.fen)
        goals.must_be_reached(book, one.project)
    return number


def _refuse_other_purpose(db: sqlite3.Connection, one: Outlay) -> None:
    if not one.decision and needs_decision(db, one.fund, one.project):
        said = _("Fund {fund} is restricted: for {project}, a project of another fund, it pays by decision only.")
        raise funds.needs_decision(
            said.format(fund=one.fund, project=one.project),
            _("Name the decision with --decision, or leave out --fund: then the project's own fund pays."),
        )


def void(book: Book, expense: Expense, reason: str) -> None:
    """An expense was entered wrongly. Raises Refusal, Unreadable (see voiding); no more may be repaid than is owed
    then."""
    from . import advances

    def judge() -> None:
        if expense.advanced_by:
            advances.must_not_exceed(book, expense.account)

    voiding.void(book, "expense void", ExpenseVoided, expense.expense, reason, then=judge)


def attachment(db: sqlite3.Connection, digest: str) -> tuple[str, bytes] | None:
    """(kind, bytes) of an attachment by its SHA-256 in hex; None where its bytes were erased."""
    row = db.execute("SELECT kind, bytes FROM attachment WHERE hash = ?", [bytes.fromhex(digest)]).fetchone()
    return (str(row[0]), bytes(row[1])) if row else None
