"""Periods: months and quarters whose sheet is closed."""

from collections.abc import Mapping
from datetime import date

from . import Fact


class PeriodClosed(Fact, kind="periods.closed.v1", lasting=True):
    """Everything up to the day `last` is closed as this book knew it: a cut (R-70). `heads` are the last step seen of
    each device; `after` is the step that closed the period before ("" for none); `first` the first day of the sheet.
    Figures in fen, opening, in, out, closing: in all, and under the name of each fund and account. `dues` is what was
    asked for and came in by then, of each project with a levy: households, how many of them settled, and in fen due,
    waived, paid, owed, credit."""

    period: str
    first: date
    last: date
    on: date
    after: str
    heads: Mapping[str, int]
    total: tuple[int, int, int, int]
    funds: tuple[tuple[str, int, int, int, int], ...]
    accounts: tuple[tuple[str, int, int, int, int], ...]
    dues: tuple[tuple[str, int, int, int, int, int, int, int], ...] = ()
