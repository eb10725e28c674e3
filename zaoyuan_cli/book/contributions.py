"""Contributions: money received, its receipts, voids and refunds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.errors import NeedsYes, Refusal
from zaoyuan_cli.facts.contributions import ContributionReceived, ContributionRefunded, ContributionVoided
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen

from . import Book, dues, entries, searching
from .dues import Claim
from .ledger import Origin, Problem, derives, judges

if TYPE_CHECKING:
    from .receipts import Receipt

TABLES = (
    "CREATE TABLE contribution (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, fen INTEGER NOT NULL,"
    " account TEXT NOT NULL REFERENCES account (account), fund TEXT NOT NULL REFERENCES fund (fund),"
    " day TEXT NOT NULL, room TEXT REFERENCES household (room), donor TEXT REFERENCES donor (donor),"
    " project TEXT REFERENCES project (project), agreed INTEGER NOT NULL, gift INTEGER NOT NULL,"
    " ahead INTEGER NOT NULL,"
    " paper TEXT NOT NULL, ref TEXT NOT NULL, payer TEXT NOT NULL, note TEXT NOT NULL) STRICT",
    "CREATE INDEX contribution_room ON contribution (room, project)",
    "CREATE INDEX contribution_paper ON contribution (paper) WHERE paper != ''",
    "CREATE INDEX contribution_ref ON contribution (ref) WHERE ref != ''",
    "CREATE TABLE refund (event INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
    " receipt TEXT NOT NULL REFERENCES contribution (number), fen INTEGER NOT NULL,"
    " account TEXT NOT NULL REFERENCES account (account), day TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
    "CREATE INDEX refund_receipt ON refund (receipt)",
)


@derives(ContributionReceived)
def received(db: sqlite3.Connection, origin: Origin, fact: ContributionReceived) -> None:
    db.execute(
        "INSERT INTO contribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            origin.event, fact.number, fact.fen, fact.account, fact.fund, fact.on.isoformat(), fact.room or None,
            fact.donor or None, fact.project or None, fact.agreed, fact.gift, fact.ahead, fact.paper, fact.ref,
            fact.payer, fact.note,
        ),
    )  # fmt: skip
    entries.leg(
        db, origin, 1, "contribution", fact.on, fact.fen,
        account=fact.account, fund=fact.fund, project=fact.project, room=fact.room, number=fact.number,
    )  # fmt: skip
    if fact.payer or fact.note or fact.paper or fact.ref:
        searching.put(db, origin, "contribution", fact.number, fact.room, fact.payer, fact.note, fact.paper, fact.ref)


@derives(ContributionRefunded)
def refunded(db: sqlite3.Connection, origin: Origin, fact: ContributionRefunded) -> None:
    db.execute(
        "INSERT INTO refund VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin.event, fact.number, fact.receipt, fact.fen, fact.account, fact.on.isoformat(), fact.reason),
    )
    fund, project, room = db.execute(
        "SELECT fund, project, room FROM contribution WHERE number = ?", [fact.receipt]
    ).fetchone()
    entries.leg(
        db, origin, 1, "refund", fact.on, -fact.fen,
        account=fact.account, fund=fund, project=project or "", room=room or "", number=fact.number,
    )  # fmt: skip


@derives(ContributionVoided)
def voided(db: sqlite3.Connection, origin: Origin, fact: ContributionVoided) -> None:
    entries.void(db, origin, fact.number, fact.on, fact.reason)


class Payment(NamedTuple):
    """Money about to be received, in fen, from a household (`room`) or a donor (its id), for a project or only a fund.

    agreed: somebody said yes to more than is owed; gift: where nothing is; ahead: before anything is due. payer: who
    paid in the household's stead. paper: the number of a pre-printed receipt. ref: that of the transfer in WeChat,
    Alipay or the bank.
    """

    amount: Fen
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
    ref: str = ""
    payer: str = ""
    note: str = ""


class Refunded(NamedTuple):
    """A refund written, in fen: `stands` is what of the receipt still counts, `claim` how the household stands now."""

    refund: str
    receipt: str
    amount: Fen
    stands: Fen
    claim: Claim


def claim_of(book: Book, project: str, room: str) -> Claim:
    """How a household stands with a project; who gives to no project, or is no household, owes nothing."""
    return dues.claim(book.db, project, room) if project and room else Claim(Fen(0), Fen(0), Fen(0), False)


def receive(book: Book, payment: Payment) -> tuple[str, Claim]:
    """Record a payment: its receipt's number, and how the household now stands with the project.
    NeedsYes: it is more than the household owes and nobody agreed (R-56)."""
    with book.writing("pay"):
        return _take(book, payment)


def receive_all(book: Book, payments: Iterable[Payment]) -> list[tuple[str, Claim]]:
    """Record several payments as one step, all or none; as `receive`."""
    with book.writing("pay"):
        return [_take(book, payment) for payment in payments]


def _take(book: Book, payment: Payment) -> tuple[str, Claim]:
    before = claim_of(book, payment.project, payment.room)
    if payment.room and payment.amount > before.owed and not payment.agreed:
        raise NeedsYes(
            _("{room} owes {owed} only.").format(room=payment.room, owed=before.owed),
            field="yes",
            value=payment.room,
        )
    number = book.number("receipt")
    book.record(
        ContributionReceived(
            number=number, fen=int(payment.amount), account=payment.account, fund=payment.fund, on=payment.on,
            room=payment.room, donor=payment.donor, project=payment.project, agreed=payment.agreed,
            gift=payment.gift, ahead=payment.ahead, paper=payment.paper, ref=payment.ref, payer=payment.payer,
            note=payment.note,
        )
    )  # fmt: skip
    return number, before.plus(payment.amount)


def twins(book: Book, payment: Payment) -> list[str]:
    """The receipts this payment looks like: same payer, purpose, amount and day, or the same number on paper or of the
    transfer (R-60)."""
    rows = book.db.execute(
        "SELECT number FROM (SELECT number FROM contribution"
        " WHERE room IS ?1 AND project IS ?2 AND fen = ?3 AND day = ?4 AND donor IS ?5"
        " UNION SELECT number FROM contribution WHERE paper = ?6 AND paper != ''"
        " UNION SELECT number FROM contribution WHERE ref = ?7 AND ref != '')"
        " WHERE number NOT IN (SELECT number FROM void) ORDER BY number",
        [
            payment.room or None, payment.project or None, int(payment.amount), payment.on.isoformat(),
            payment.donor or None, payment.paper, payment.ref,
        ],
    ).fetchall()  # fmt: skip
    return [number for (number,) in rows]


def same_transfer(book: Book, payment: Payment) -> list[str]:
    """The receipts that stand, of the same account and number of a transfer (R-60)."""
    rows = book.db.execute(
        "SELECT number FROM contribution WHERE ref = ? AND ref != '' AND account = ?"
        " AND number NOT IN (SELECT number FROM void) ORDER BY event",
        [payment.ref, payment.account],
    ).fetchall()
    return [number for (number,) in rows]


def void(book: Book, number: str, reason: str, rehearse: bool = False) -> None:
    """A receipt or a refund was wrong: it does not count any more, its number stays (R-57, R-59).
    Refusal: it is void already; refunds stand under it; credit of it is used; the fund would go below zero; a household
    would be overpaid."""
    from . import crediting, funds, goals, receipts

    with book.writing("contribution void", rehearse):
        if receipts.voided(book.db, number):
            raise Refusal(_("{number} is void already.").format(number=number), field="receipt", value=number)
        of = receipts.of_refund(book, number) if number.count("-") == 2 else ""
        receipt = receipts.standing(book, of or number)
        if not of:
            _refuse_refunded(book, receipt)
        book.record(ContributionVoided(number=number, on=book.today, reason=reason))
        if not of:
            crediting.refuse_short(book, receipt)
        funds.must_cover(book, receipt.fund)
        goals.must_be_reached(book, receipt.project)
        if of and receipt.room and receipt.project:
            _refuse_overpaid(book, receipt.project, receipt.room, number)


def refund(book: Book, number: str, amount: Fen, on: date, reason: str, account: str = "") -> Refunded:
    """Give money of a receipt back, out of the account it came into unless another is named; not more than still stands
    of it and pays no due elsewhere (R-65). Refusal: refund_above_paid, fund_short, a day before the receipt's."""
    from . import credits, funds, goals, receipts

    with book.writing("contribution refund"):
        receipt = receipts.standing(book, number)
        limit = credits.refundable(book, receipt)
        if amount > limit:
            raise Refusal(
                _("Of receipt {number} only {limit} can be refunded.").format(number=number, limit=limit),
                code="refund_above_paid",
                field="amount",
                value=amount,
                hint=credits.used_of(book, receipt),
                limit=limit,
            )
        if on < receipt.date:
            raise Refusal(
                _("The receipt is of {day}; a refund cannot be earlier.").format(day=receipt.date),
                field="date",
                value=on,
            )
        refund = book.number("refund", under=number)
        book.record(
            ContributionRefunded(
                number=refund, receipt=number, fen=int(amount), account=account or receipt.account, on=on, reason=reason
            )
        )
        funds.must_cover(book, receipt.fund, amount)
        goals.must_be_reached(book, receipt.project)
        claim = claim_of(book, receipt.project, receipt.room)
    return Refunded(refund, number, amount, receipt.standing - amount, claim)


def _refuse_refunded(book: Book, receipt: Receipt) -> None:
    from . import receipts

    standing = [one for one in receipts.refunds(book.db, receipt.receipt) if one.state != "void"]
    if standing:
        raise Refusal(
            _("Money of receipt {number} was refunded: void the refund first.").format(number=receipt.receipt),
            code="has_dependents",
            field="receipt",
            value=receipt.receipt,
            candidates=[{"key": one.refund, "label": f"{one.refund} {one.amount}"} for one in standing],
            hint=f"zaoyuan contribution void {standing[-1].refund} --reason …",
        )


def _refuse_overpaid(book: Book, project: str, room: str, number: str) -> None:
    for problem in dues.too_much(book.db, project, room):
        raise Refusal(
            problem.message,
            code=problem.code,
            field="receipt",
            value=number,
            hint=_("Its later payment settled the due; void or refund that one first."),
        )


@judges
def refunded_above(db: sqlite3.Connection) -> Iterator[Problem]:
    """Receipts of which more was given back than they stand for (R-65)."""
    rows = db.execute(
        "SELECT c.number FROM refund JOIN contribution AS c ON c.number = refund.receipt"
        " LEFT JOIN void ON void.number = c.number WHERE refund.number NOT IN (SELECT number FROM void)"
        " GROUP BY c.number HAVING sum(refund.fen) > CASE WHEN void.number IS NULL THEN c.fen ELSE 0 END"
        " ORDER BY c.number"
    ).fetchall()
    for (number,) in rows:
        yield Problem(
            "refund_above_paid",
            number,
            _("Of receipt {number} more was refunded than it stands for.").format(number=number),
        )
