"""Funds: what money is for."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.funds import FundAdded, FundTransferred
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.text import quoted

from . import Book, entries, naming
from .ledger import Origin, Problem, derives, judges

NOT_BELOW_ZERO = "fund.not_below_zero"
OWN_PURPOSE = "fund.own_purpose"

TABLES = (
    "CREATE TABLE fund (event INTEGER PRIMARY KEY, fund TEXT NOT NULL UNIQUE, restricted INTEGER NOT NULL) STRICT",
    "CREATE TABLE fund_transfer (event INTEGER PRIMARY KEY, decision TEXT REFERENCES decision (number)) STRICT",
)


@derives(FundAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: FundAdded) -> None:
    db.execute("INSERT INTO fund VALUES (?, ?, ?)", (origin.event, fact.fund, fact.restricted))


@derives(FundTransferred)
def transferred(db: sqlite3.Connection, origin: Origin, fact: FundTransferred) -> None:
    db.execute("INSERT INTO fund_transfer VALUES (?, ?)", (origin.event, fact.decision or None))
    entries.move(db, origin, "fund", fact.on, fact.fen, fact.source, fact.target)


class Fund(NamedTuple):
    """A purpose of money, whether it is restricted to it, and what it has, in fen."""

    fund: str
    restricted: bool
    balance: Fen


def everyone(db: sqlite3.Connection, as_of: date | None = None) -> list[Fund]:
    """Every fund with what it has at the end of a day (now without one)."""
    restricted = dict(db.execute("SELECT fund, restricted FROM fund").fetchall())
    return [Fund(name, bool(restricted[name]), has) for name, has in entries.balances(db, "fund", as_of).items()]


def balance(db: sqlite3.Connection, fund: str, as_of: date | None = None) -> Fen:
    """What a fund has at the end of a day (now without one), in fen."""
    return entries.balance(db, "fund", fund, as_of)


def is_restricted(db: sqlite3.Connection, fund: str) -> bool:
    """Whether a fund pays for another purpose only by a decision."""
    row = db.execute("SELECT restricted FROM fund WHERE fund = ?", [fund]).fetchone()
    return bool(row and row[0])


def working_budget(book: Book) -> str:
    """The fund that pays what the committee itself costs (a bank's fee): as `init` named it, "" where there is none."""
    from . import founding

    name = founding.NAMES[book.lang][1][4][0]
    return name if name in entries.names(book.db, "fund") else ""


def unclaimed(book: Book) -> str:
    """The fund of money whose payer is unknown: as `init` named it, "" where there is none."""
    from . import founding

    name = founding.NAMES[book.lang][1][5][0]
    return name if name in entries.names(book.db, "fund") else ""


def pick(book: Book, text: str) -> str:
    """The fund of a name or its unique part. Raises NotFound, Ambiguous."""
    known = entries.names(book.db, "fund")
    return naming.pick(dict(zip(known, known, strict=True)), text, "fund", _no_fund)


def _no_fund(text: str) -> NotFound:
    return NotFound(
        _("There is no fund {name}.").format(name=text),
        field="fund",
        value=text,
        hint=_("All funds: {command}").format(command="zaoyuan fund list"),
    )


def must_cover(book: Book, fund: str, wanted: Fen | None = None) -> None:
    """After recording, inside the step: refuse it if the fund went below zero, judged on all entries so far (R-51).
    `wanted` is what was taken, for the words. Raises Refusal fund_short."""
    left = balance(book.db, fund)
    if left >= 0:
        return
    if wanted is None:
        said = _("Fund {fund} would stand at {balance} yuan; a fund does not go below zero.")
        message = said.format(fund=fund, balance=left)
    else:
        said = _("Fund {fund} has {balance} yuan, and {wanted} are wanted: {short} are missing.")
        message = said.format(fund=fund, balance=left + wanted, wanted=wanted, short=-left)
    raise Refusal(
        message,
        code="fund_short",
        field="fund",
        value=fund,
        hint=_("What it was spent on: {ledger}\nAnother fund may help out by a decision: {transfer}").format(
            ledger=f"zaoyuan fund ledger {quoted(fund)}",
            transfer=sample("zaoyuan fund transfer {amount} FROM {fund} --decision NO").format(
                amount=(-left).plain(), fund=quoted(fund)
            ),
        ),
        fund=fund,
        balance=left if wanted is None else left + wanted,
        rule=NOT_BELOW_ZERO,
        limit=Fen(0),
    )


def needs_decision(message: str, hint: str) -> Refusal:
    """The refusal of what only a decision allows (R-50)."""
    return Refusal(message, code="decision_required", field="decision", rule=OWN_PURPOSE, limit=None, hint=hint)


def add(book: Book, name: str, restricted: bool) -> str:
    """Make a fund; its name. Raises Refusal if there is one of that name."""
    with book.writing("fund add"):
        taken = _("There is a fund {name} already.")
        name = naming.new(name, entries.names(book.db, "fund"), "fund", lambda one: taken.format(name=one))
        book.record(FundAdded(fund=name, restricted=restricted, on=book.today))
    return name


def transfer(book: Book, fen: Fen, source: str, target: str, on: date, decision: str) -> None:
    """Give money of one fund to another, by a decision (R-50). Raises Refusal: decision_required, fund_short."""
    if source == target:
        raise Refusal(_("From and to are the same fund: {name}.").format(name=source), field="fund", value=source)
    if not decision:
        raise needs_decision(
            _("Money of fund {source} goes to fund {target} only by a decision.").format(source=source, target=target),
            _("Name it with --decision. Decisions: {list}\nOne made outside this book: {add}").format(
                list="zaoyuan decision list", add=sample("zaoyuan decision add TEXT --body NAME --date DATE")
            ),
        )
    with book.writing("fund transfer"):
        book.record(FundTransferred(fen=fen, source=source, target=target, on=on, decision=decision))
        must_cover(book, source, fen)


@judges
def below_zero(db: sqlite3.Connection) -> Iterator[Problem]:
    """R-51: no fund is below zero. After a merge of two books that spent the same money one may be: then the last
    entry of each is named, of which one is made void, unless a transfer by decision makes up for it."""
    for fund, has in entries.balances(db, "fund").items():
        if has < 0:
            said = _("Fund {fund} stands at {balance} yuan.").format(fund=fund, balance=has)
            if numbers := ", ".join(_last_out(db, fund)):
                said += " " + _("Last paid out of it: {numbers}.").format(numbers=numbers)
            yield Problem("fund_short", fund, said, -int(has))


def _last_out(db: sqlite3.Connection, fund: str) -> list[str]:
    """The last expense or refund that each device paid out of a fund."""
    rows = db.execute(
        "SELECT device, number FROM movement JOIN event ON event.id = movement.event"
        " JOIN command ON command.id = command WHERE fund = ? AND fen < 0 AND number != ''"
        " ORDER BY lamport, device, event.id",
        [fund],
    ).fetchall()
    return sorted(dict(rows).values())
