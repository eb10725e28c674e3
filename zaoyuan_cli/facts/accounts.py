"""Accounts: where money is."""

from datetime import date

from . import Fact, Private


class AccountAdded(Fact, kind="accounts.added.v1"):
    """A place of money; kind cash/wechat/alipay/bank/hand/advance, `holder` a person id for hand and advance."""

    account: str
    account_kind: str
    on: date
    holder: str = ""


class AccountOpened(Fact, kind="accounts.opened.v1"):
    """An opening balance, in fen, of an account for a fund."""

    account: str
    fund: str
    fen: int
    on: date


class AccountTransferred(Fact, kind="accounts.transferred.v1"):
    """Money moved between places; `fee` (fen) left the first account besides, out of `fund`."""

    fen: int
    source: str
    target: str
    on: date
    fund: str
    fee: int = 0


class AccountCounted(Fact, kind="accounts.counted.v1"):
    """What was found in an account when it was counted, in fen, and the ids of those who counted (R-61). A count books
    nothing; `book` is what the book said of that day when it was written down."""

    account: str
    counted: int
    by: tuple[str, ...]
    on: date
    note: Private[str] = ""
    book: int | None = None
