"""Accounts: where money is."""

from datetime import date

from . import Fact


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
