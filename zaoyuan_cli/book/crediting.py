"""What is done with credit: it pays a due, money of an unknown payer is claimed, either is taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.contributions import ContributionVoided
from zaoyuan_cli.facts.credits import ContributionClaimed, CreditApplied
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.rules.money import Fen

from . import Book, credits, dues, funds, goals
from .credits import Applied, Credit
from .ledger import Problem

if TYPE_CHECKING:
    from .receipts import Receipt


def apply(book: Book, room: str, amount: Fen | None, on: date, project: str = "", source: str = "") -> list[Applied]:
    """Let credit of a household pay what it owes: the oldest due first, or the one named; all that fits, or so much.
    `source` names the project whose credit it is. Refusal: nothing owed, no credit there, not so much of it, or only in
    another fund (decision_required)."""
    with book.writing("contribution apply"):
        owed = [one for one in credits.owing(book.db, room) if project in ("", one[0][0])]
        then = {(one.fund, one.source): one.amount for one in credits.of(book.db, room, on)}
        found = [
            one._replace(amount=min(one.amount, then.get((one.fund, one.source), Fen(0))))
            for one in credits.of(book.db, room)
            if source in ("", one.source)
        ]
        pairs = credits.matched(found, owed, amount)
        possible = Fen(sum(fen for *_pair, fen in pairs))
        if not pairs or (amount is not None and amount > possible):
            raise _not_so(room, project, [one for one in found if one.amount], owed, possible, amount)
        numbers = []
        for credit, of_project, fen in pairs:
            numbers.append(book.number("credit"))
            book.record(
                CreditApplied(
                    number=numbers[-1], room=room, fund=credit.fund, source=credit.source, project=of_project,
                    fen=int(fen), on=on,
                )
            )  # fmt: skip
        for of_project in {credit.source for credit, _project, _fen in pairs}:
            goals.must_be_reached(book, of_project)
        return [credits.everyone(book.db, number=number)[0] for number in numbers]


def waiting(db: sqlite3.Connection, fund: str, rooms: Collection[str]) -> dict[str, Fen]:
    """Of these households those with credit in a fund that would pay a due of theirs, and how much, by room."""
    rows = db.execute(
        "SELECT DISTINCT room FROM contribution WHERE (ahead OR agreed) AND room IS NOT NULL ORDER BY room"
    ).fetchall()
    found = {room: credits.usable(db, room).get(fund, Fen(0)) for (room,) in rows if room in rooms}
    return {room: fen for room, fen in found.items() if fen}


def _not_so(
    room: str, project: str, found: Sequence[Credit], owed: Sequence[tuple[tuple[str, str], Fen]],
    possible: Fen, amount: Fen | None,
) -> Refusal:  # fmt: skip
    """Why credit cannot be used so."""
    show = _("How it stands: {command}").format(command=f"zaoyuan household show {room}")
    if not owed:
        said = _("{room} owes nothing, so there is nothing to use credit for.")
        if project:
            said = _("{room} owes {project} nothing.")
        return Refusal(said.format(room=room, project=project), field="household", value=room, hint=show)
    if not found:
        said = _("{room} has no credit there; it is used where money was paid ahead or too much.")
        return Refusal(said.format(room=room), code="not_found", field="credit", value=room, hint=show)
    if not possible:
        of_project, fund = owed[0][0]
        said = _("{room} has {credit} yuan of credit in {other}; {project} is of {fund}, and credit keeps its fund.")
        return funds.needs_decision(
            said.format(
                room=room, credit=Fen(sum(one.amount for one in found)), other=found[0].fund, project=of_project,
                fund=fund,
            ),
            _("Give it back and take it in anew: {refund}, or move it by a decision: {transfer}").format(
                refund=sample("zaoyuan contribution refund NO AMOUNT --reason TEXT"),
                transfer=sample("zaoyuan fund transfer AMOUNT FROM TO --decision NO"),
            ),
        )  # fmt: skip
    said = _("Of {amount} yuan only {limit} can be used: credit of {room}, for what it owes in the same fund.")
    return Refusal(
        said.format(amount=amount, limit=possible, room=room), field="amount", value=amount, limit=possible, hint=show
    )


def claim(book: Book, receipt: str, room: str, project: str, amount: Fen | None, on: date) -> Applied:
    """Money of a receipt whose payer was unknown is a household's: it pays what that owes a project, all that fits or
    so much. Refusal: the payer is known, nothing of it is left, the household owes less, a day before the receipt's."""
    from . import projects, receipts

    with book.writing("contribution claim"):
        one = receipts.standing(book, receipt)
        if one.room or one.donor or one.fund != funds.unclaimed(book):
            raise Refusal(
                _("Receipt {number} is not of an unknown payer.").format(number=receipt), field="receipt", value=receipt
            )
        left, owed = credits.refundable(book, one), dues.claim(book.db, project, room).owed
        fen = amount if amount is not None else min(left, owed)
        if not owed:
            said = _("{room} owes {project} nothing.").format(room=room, project=project)
            raise Refusal(said, field="household", value=room)
        if fen > left or not fen:
            said = _("Of receipt {number} only {limit} are unclaimed.").format(number=receipt, limit=left)
            raise Refusal(said, field="amount", value=fen, limit=left)
        if fen > owed:
            said = _("{room} owes {owed} only.").format(room=room, owed=owed)
            raise Refusal(said, field="amount", value=fen, limit=owed)
        if on < one.date:
            raise Refusal(
                _("The receipt is of {day}; a claim cannot be earlier.").format(day=one.date), field="date", value=on
            )
        number, fund = book.number("credit"), projects.fund_of(book, project)
        book.record(
            ContributionClaimed(
                number=number, receipt=receipt, room=room, fund=fund, project=project, fen=int(fen), on=on
            )
        )
        funds.must_cover(book, one.fund, fen)
        return credits.everyone(book.db, number=number)[0]


def void(book: Book, number: str, reason: str, rehearse: bool = False) -> None:
    """A use of credit or a claim was wrong: the due is owed again, the credit there again (R-59).
    Refusal: it is void already or undone; what it paid was used further; the fund would go below zero."""
    with book.writing("contribution void", rehearse):
        found = credits.everyone(book.db, number=number)
        if not found or found[0].state == "void":
            said = _("{number} is void already.") if found else _("{number} was undone: it is void already.")
            raise Refusal(said.format(number=number), field="credit", value=number)
        book.record(ContributionVoided(number=number, on=book.today, reason=reason))
        funds.must_cover(book, found[0].fund)
        _refuse(credits.short_of(book.db, found[0].room), number, credits.everyone(book.db, room=found[0].room))


def refuse_short(book: Book, one: Receipt) -> None:
    """After a receipt was made void, inside the step: refuse it where credit or money of it is used already."""
    uses = credits.of_receipt(book, one)
    if one.room:
        _refuse(credits.short_of(book.db, one.room), one.receipt, uses)
    elif uses:
        said = _("Of receipt {number} money was claimed.").format(number=one.receipt)
        _refuse(iter([Problem("credit_short", one.receipt, said)]), one.receipt, uses)


def _refuse(problems: Iterator[Problem], number: str, uses: Sequence[Applied]) -> None:
    standing = [use for use in uses if use.state != "void"]
    for problem in problems:
        raise Refusal(
            problem.message,
            code="has_dependents",
            field="receipt",
            value=number,
            candidates=[{"key": one.number, "label": f"{one.number} {one.project} {one.amount}"} for one in standing],
            hint=f"zaoyuan contribution void {standing[-1].number} --reason …" if standing else "",
        )
