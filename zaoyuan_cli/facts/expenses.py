"""Expenses: money paid out."""

from datetime import date

from . import Fact, Private


class ExpensePaid(Fact, kind="expenses.paid.v1", numbered="expense", shown="what"):
    """Money went out of a fund, in fen; `voucher` its paper's number, `attachments` SHA-256 of the files kept with
    it; `income` the number of the income it is the cost of (R-74); `handler` who paid it (a person id); `notice` the
    number of the posting that told of it before; `judged` the rules it was judged by: name, version, and the limit in
    force (fen, or a count)."""

    number: str
    fen: int
    fund: str
    account: str
    on: date
    project: str = ""
    voucher: str = ""
    decision: str = ""
    attachments: tuple[str, ...] = ()
    income: str = ""
    handler: str = ""
    notice: str = ""
    judged: tuple[tuple[str, str, int], ...] = ()
    what: Private[str] = ""
    payee: Private[str] = ""
    note: Private[str] = ""


class ExpenseVouched(Fact, kind="expenses.vouched.v1"):
    """A paper of an expense that was brought later: its number, or the SHA-256 of the files kept of it, or both."""

    number: str
    on: date
    voucher: str = ""
    attachments: tuple[str, ...] = ()


class ExpenseVoided(Fact, kind="expenses.voided.v1"):
    """An expense was entered wrongly; its number stays, its money does not count."""

    number: str
    on: date
    reason: Private[str] = ""
