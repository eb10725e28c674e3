"""Accounts: where money is."""

import sqlite3
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.accounts import AccountAdded, AccountCounted, AccountOpened, AccountTransferred
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen

from . import Book, entries, funds, naming
from .ledger import Origin, derives

KINDS = {
    "cash": "cash", "现金": "cash",
    "wechat": "wechat", "微信": "wechat",
    "alipay": "alipay", "支付宝": "alipay",
    "bank": "bank", "银行": "bank", "转账": "bank",
    "hand": "hand", "在手": "hand",
    "advance": "advance", "垫付": "advance",
}  # fmt: skip
"""What may be typed for a kind of account."""

FLOAT = "expense.cash_float"

TABLES = (
    "CREATE TABLE account (event INTEGER PRIMARY KEY, account TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
    " holder TEXT REFERENCES person (person)) STRICT",
    "CREATE TABLE account_again (event INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (account)) STRICT",
    "CREATE TABLE tally (event INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (account),"
    " fen INTEGER NOT NULL, people TEXT NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL, book INTEGER) STRICT",
)


@derives(AccountAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: AccountAdded) -> None:
    """Two laptops that each make the account of one kind of one person make the same account."""
    row = (fact.account, fact.account_kind, fact.holder or None)
    if fact.holder and db.execute("SELECT 1 FROM account WHERE (account, kind, holder) = (?, ?, ?)", row).fetchone():
        db.execute("INSERT INTO account_again VALUES (?, ?)", (origin.event, fact.account))
    else:
        db.execute("INSERT INTO account VALUES (?, ?, ?, ?)", (origin.event, *row))


@derives(AccountOpened)
def begun(db: sqlite3.Connection, origin: Origin, fact: AccountOpened) -> None:
    entries.leg(db, origin, 1, "opening", fact.on, fact.fen, account=fact.account, fund=fact.fund)


@derives(AccountTransferred)
def moved(db: sqlite3.Connection, origin: Origin, fact: AccountTransferred) -> None:
    entries.move(db, origin, "account", fact.on, fact.fen, fact.source, fact.target)
    if fact.fee:
        entries.leg(db, origin, 3, "fee", fact.on, -fact.fee, account=fact.source, fund=fact.fund)


@derives(AccountCounted)
def counted(db: sqlite3.Connection, origin: Origin, fact: AccountCounted) -> None:
    db.execute(
        "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.account, fact.counted, " ".join(fact.by), fact.on.isoformat(), fact.note, fact.book),
    )


class Account(NamedTuple):
    """A place of money: its name, its kind, the person who holds it ("" for most), what is in it, in fen."""

    account: str
    kind: str
    holder: str
    balance: Fen


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> list[Account]:
    """Every account with what is in it at the end of a day (now without one)."""
    rows = db.execute("SELECT account, kind, ifnull(holder, '') FROM account").fetchall()
    known = {account: (kind, holder) for account, kind, holder in rows}
    return [Account(name, *known[name], has) for name, has in entries.balances(db, "account", as_of).items()]


def shown(db: sqlite3.Connection) -> dict[str, str]:
    """Every account as those inside read it: 垫付·王桂兰 for 垫付pA87, 在手1-1·韩梅 for 在手1-1; the others as they are
    called. Never on a paper for the wall, where no name of a resident stands."""
    from . import people

    held = dict(
        db.execute("SELECT account, holder FROM account WHERE kind IN ('hand', 'advance') AND holder != ''").fetchall()
    )
    known = people.everyone(db, only=set(held.values()))
    names = {name: name for name in entries.names(db, "account")}
    for account, holder in held.items():
        if holder in known and (name := known[holder].name) not in account:
            names[account] = f"{account.removesuffix(holder)}·{name}"
    return names


def balance(db: sqlite3.Connection, account: str, as_of: date | None = None) -> Fen:
    """What is in an account at the end of a day (now without one), in fen."""
    return entries.balance(db, "account", account, as_of)


def kind_of(db: sqlite3.Connection, account: str) -> str:
    """The kind of an account: what JSON calls the method."""
    row = db.execute("SELECT kind FROM account WHERE account = ?", [account]).fetchone()
    return str(row[0]) if row else ""


def above_float(db: sqlite3.Connection, as_of: date) -> list[tuple[str, Fen, Fen]]:
    """(account, what is in it, the float) of every cash account with more in it than the float of that day (R-64)."""
    from . import rulings

    limit = rulings.in_force(db, FLOAT, as_of).value
    if not isinstance(limit, Fen):
        return []
    cash = [one for one in everyone(db, as_of) if one.kind == "cash"]
    return [(one.account, one.balance, limit) for one in cash if one.balance > limit]


def _must_fit_float(db: sqlite3.Connection, fen: Fen, source: str, target: str, on: date) -> None:
    """R-64: cash is topped up to the float of that day and no further; what collectors hand in is no top-up."""
    from . import rulings

    if kind_of(db, target) != "cash" or kind_of(db, source) == "hand":
        return
    ruling = rulings.in_force(db, FLOAT, on)
    has = balance(db, target)
    if isinstance(ruling.value, Fen) and fen > (limit := Fen(max(0, ruling.value - has))):
        said = _("{account} has {has} yuan and may hold {float} ({rule}: {source}): at most {limit} may be added.")
        raise Refusal(
            said.format(account=target, has=has, float=ruling.value, rule=FLOAT, source=ruling.cited, limit=limit),
            code="above_float", field="amount", value=str(fen), rule=FLOAT, limit=limit,
        )  # fmt: skip


def held_by(db: sqlite3.Connection, kind: str, ids: Collection[str]) -> list[str]:
    """The accounts of a kind that a person holds (every id of theirs), in the order they came to be known."""
    marks = ", ".join("?" * len(ids))
    rows = db.execute(f"SELECT account FROM account WHERE kind = ? AND holder IN ({marks})", [kind, *ids]).fetchall()
    return [name for name in entries.names(db, "account") if (name,) in rows]


def pick(book: Book, text: str) -> str:
    """The account of a name, of a kind that only one has, or of a name's unique part. Raises NotFound, Ambiguous."""
    known = {name: name for name in entries.names(book.db, "account")}
    kind = KINDS.get(text.strip().lower())
    if kind and text not in known:
        rows = book.db.execute("SELECT account FROM account WHERE kind = ?", [kind]).fetchall()
        of_kind = [name for name in known if (name,) in rows]
        if len(of_kind) == 1:
            return of_kind[0]
        if of_kind:
            raise naming.several(text, "account", naming.candidates(known, of_kind))
    read = [name for name, of in shown(book.db).items() if of == text.strip()]
    return read[0] if len(read) == 1 else naming.pick(known, text, "account", _no_account)


def _no_account(text: str) -> NotFound:
    return NotFound(
        _("There is no account {name}.").format(name=text),
        field="account",
        value=text,
        hint=_("All accounts: {command}").format(command="zaoyuan account list"),
    )


def add(book: Book, name: str, kind: str, holder: str = "") -> str:
    """Make an account; its name. Raises Refusal if there is one of that name."""
    with book.writing("account add"):
        taken = _("There is an account {name} already.")
        name = naming.new(name, entries.names(book.db, "account"), "account", lambda one: taken.format(name=one))
        book.record(AccountAdded(account=name, account_kind=kind, on=book.today, holder=holder))
    return name


def opened(db: sqlite3.Connection, account: str, fund: str) -> Fen:
    """The opening balance an account has for a fund already, in fen."""
    row = db.execute(
        "SELECT ifnull(sum(fen), 0) FROM movement WHERE what = 'opening' AND account = ? AND fund = ?", [account, fund]
    ).fetchone()
    return Fen(row[0])


def opening(book: Book, account: str, fund: str, fen: Fen, on: date) -> None:
    """Record what was in an account for a fund when the book began."""
    with book.writing("account opening"):
        book.record(AccountOpened(account=account, fund=fund, fen=fen, on=on))


def transfer(book: Book, fen: Fen, source: str, target: str, on: date, fee: Fen, fund: str) -> None:
    """Move money from one account to another; the fee leaves the first besides, out of a fund.
    Raises Refusal: above_float (R-64); fund_short where the fund has not the fee."""
    if source == target:
        raise Refusal(_("From and to are the same account: {name}.").format(name=source), field="account", value=source)
    with book.writing("account transfer"):
        _must_fit_float(book.db, fen, source, target, on)
        book.record(AccountTransferred(fen=fen, source=source, target=target, on=on, fund=fund if fee else "", fee=fee))
        if fee:
            funds.must_cover(book, fund, fee)
