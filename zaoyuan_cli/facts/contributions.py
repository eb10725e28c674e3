"""Contributions: money received from households and donors."""

from datetime import date

from . import Fact, Private


class ContributionReceived(Fact, kind="contributions.received.v1", numbered="receipt"):
    """Money came in, in fen, from a household (`room`), a donor (a person id), or nobody yet known. `agreed`: more than
    owed, by a yes; then `gift`: nothing was owed, it is given; `ahead`: paid before anything is due, the household's
    credit in the fund. `paper` is the number of a pre-printed receipt, `ref` that of the transfer in WeChat, Alipay or
    the bank (R-60)."""

    number: str
    fen: int
    account: str
    fund: str
    on: date
    room: str = ""
    donor: str = ""
    project: str = ""
    agreed: bool = False
    gift: bool = False
    ahead: bool = False
    paper: str = ""
    payer: Private[str] = ""
    note: Private[str] = ""
    ref: Private[str] = ""


class ContributionVoided(Fact, kind="contributions.voided.v1"):
    """A receipt, a refund or a use of credit was wrong; its number stays, its money does not count."""

    number: str
    on: date
    reason: Private[str] = ""


class ContributionRefunded(Fact, kind="contributions.refunded.v1", numbered="refund"):
    """Money of a receipt went back, in fen, out of an account; numbered under its receipt (R-65)."""

    number: str
    receipt: str
    fen: int
    account: str
    on: date
    reason: Private[str] = ""
