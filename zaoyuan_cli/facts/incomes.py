"""Incomes: money that came in and is no household's contribution: rent of common parts, interest, sales."""

from datetime import date

from . import Fact, Private


class IncomeReceived(Fact, kind="incomes.received.v1", numbered="income", shown="what"):
    """Money came into a fund, in fen; `donor` is the id of who paid it, if known; `costs` are the numbers of the
    expenses it took to get it (R-74)."""

    number: str
    fen: int
    fund: str
    account: str
    on: date
    project: str = ""
    donor: str = ""
    costs: tuple[str, ...] = ()
    what: Private[str] = ""
    note: Private[str] = ""


class IncomeVoided(Fact, kind="incomes.voided.v1"):
    """An income was entered wrongly; its number stays, its money does not count."""

    number: str
    on: date
    reason: Private[str] = ""
