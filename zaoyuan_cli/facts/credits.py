"""Credits: money that is there already settles a due. Neither an account nor, but for a claim, a fund changes."""

from datetime import date

from . import Fact


class CreditApplied(Fact, kind="credits.applied.v1", numbered="credit"):
    """Credit of a household in a fund, in fen, pays its due to a project of that fund (R-56). `source` is the project
    in which it was paid too much; "" where it was paid ahead."""

    number: str
    room: str
    fund: str
    project: str
    fen: int
    on: date
    source: str = ""


class ContributionClaimed(Fact, kind="credits.claimed.v1", numbered="credit"):
    """Money of a receipt whose payer was unknown, in fen, turned out to be a household's: it leaves the fund of
    unclaimed money for `fund` and pays the household's due to the project."""

    number: str
    receipt: str
    room: str
    fund: str
    project: str
    fen: int
    on: date
