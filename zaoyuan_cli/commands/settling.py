"""`pay` for several doors or projects at once: one step, the oldest due first, one receipt a door and project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.commands import asking, options, payers, paying, picking
from zaoyuan_cli.errors import Ambiguous, Refusal, WrongUsage
from zaoyuan_cli.i18n import _
from zaoyuan_cli.reports import Done
from zaoyuan_cli.rules import settling
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.contributions import Payment
    from zaoyuan_cli.book.dues import Claim
    from zaoyuan_cli.desk import Desk

Due = tuple[str, str]  # a door and the project it owes


class Wanted(NamedTuple):
    """What was typed: project, fund, method and date as words; `all` is --all, `given` is --gift or --ahead."""

    project: str
    fund: str
    method: str
    date: str
    all: bool
    given: bool


def settle(desk: Desk, who: str, amount: str, wanted: Wanted, said: paying.Said) -> None:
    """Take in one payment for several dues, asked for where it is more than is owed (R-56)."""
    from zaoyuan_cli.book import contributions

    rooms = _rooms(desk, who)
    if wanted.given:
        raise WrongUsage(
            _("Money that is not owed is of one household: record it for each by itself."),
            field="household",
            value=who,
            hint=f"zaoyuan pay {rooms[0]} 100 --gift",
        )
    owed = _owed(desk, rooms, wanted)
    total = Fen(sum(fen for _due, fen in owed))
    if not total:
        raise _nothing(rooms, wanted)
    fen = options.amount(amount) if amount else total
    shares = _shares(desk, rooms[0], owed, fen, total)
    on, account = options.day(desk, wanted.date), picking.account(desk, wanted.method)
    before = dict(owed)
    payments = [_payment(desk, due, share, account, on, before.get(due, Fen(0)), said) for due, share in shares.items()]
    paying.seen_before(desk, *payments)
    _show(desk, payments, contributions.receive_all(desk.book, payments))


def _rooms(desk: Desk, who: str) -> list[str]:
    """The doors meant, in the order given."""
    if any(mark in who for mark in payers.SEVERAL):
        return asking.households(desk, who)
    try:
        return [asking.household(desk, who)]
    except Ambiguous as several:
        doors = ",".join(str(one["key"]) for one in several.candidates)
        several.hint = _("One door, or several at once: {command}").format(command=f"zaoyuan pay {doors} --all")
        raise


def _owed(desk: Desk, rooms: Sequence[str], wanted: Wanted) -> list[tuple[Due, Fen]]:
    """The open dues meant, the oldest first; of the same age in the order of the doors."""
    from zaoyuan_cli.book import dues, funds, projects

    every = {room: dict(dues.owing(desk.book.db, room)) for room in rooms}
    fund = funds.pick(desk.book, wanted.fund) if wanted.fund else ""
    if wanted.all:
        only = {of for its in every.values() for of in its if fund in ("", projects.fund_of(desk.book, of))}
    else:
        only = {_project(desk, rooms, every, wanted, fund)}
    found = [
        (age[:2], place, age[2], (room, of), every[room][of])
        for place, room in enumerate(rooms)
        for of, age in dues.since(desk.book.db, room).items()
        if of in only and of in every[room]
    ]
    return [(due, fen) for *_age, due, fen in sorted(found)]


def _project(
    desk: Desk, rooms: Sequence[str], every: Mapping[str, Mapping[str, Fen]], wanted: Wanted, fund: str
) -> str:
    """The one project of all the doors: named, or as for one door. Ambiguous, Refusal."""
    from zaoyuan_cli.book import projects

    if fund and not wanted.project:
        raise WrongUsage(
            _("Several doors pay what they owe: name the project with -p, or all of the fund with --all."), field="fund"
        )
    owing = [room for room in rooms if every[room]] or list(rooms[:1])
    found = list(dict.fromkeys(picking.project(desk, wanted.project, room) for room in owing))
    if len(found) > 1:
        raise Ambiguous(
            _("Which project? There are {count}.").format(count=len(found)),
            field="project",
            candidates=[{"key": one, "label": one} for one in found],
            hint=_("All they owe, the oldest first: {flag}").format(flag="--all"),
        )
    if fund and fund != (own := projects.fund_of(desk.book, found[0])):
        raise Refusal(
            _("{project} belongs to the fund {fund}.").format(project=found[0], fund=own), field="fund", value=fund
        )
    return found[0]


def _nothing(rooms: Sequence[str], wanted: Wanted) -> Refusal:
    said = _("{rooms}: nothing is owed.").format(rooms=" ".join(rooms))
    how = f"zaoyuan pay {rooms[0]} 100 --gift"
    if wanted.all:
        how = f"zaoyuan pay {rooms[0]} 100 --fund 众筹专项 --ahead"
    return Refusal(
        said, field="household", value=rooms[0], hint=_("Recorded all the same: {command}").format(command=how)
    )


def _shares(desk: Desk, first: str, owed: Sequence[tuple[Due, Fen]], fen: Fen, total: Fen) -> dict[Due, Fen]:
    """What each due gets; what is too much is credit of the first door, once somebody agreed. NeedsYes, Cancelled."""
    found, rest = settling.shared(owed, fen)
    shares = dict(found)
    if rest:
        said = _("{owed} yuan are owed; {more} of {amount} are too much and stay as credit of {room}. Go on?")
        desk.confirm(said.format(owed=total, more=rest, amount=fen, room=first))
        due = next((one for one, _fen in reversed(found) if one[0] == first), (first, found[-1][0][1]))
        shares[due] = Fen(shares.get(due, 0) + rest)
    return shares


def _payment(
    desk: Desk, due: Due, fen: Fen, account: str, on: date, owed: Fen, said: paying.Said
) -> Payment:  # fmt: skip
    from zaoyuan_cli.book import contributions, projects

    room, project = due
    fund = projects.fund_of(desk.book, project)
    return said.of(contributions.Payment(fen, account, fund, on, room, project=project, agreed=fen > owed))


def _show(desk: Desk, payments: Sequence[Payment], done: Sequence[tuple[str, Claim]]) -> None:
    pairs = list(zip(payments, done, strict=True))
    rows = [paying.record(desk, "", payment, number, claim) for payment, (number, claim) in pairs]
    totals: dict[str, Any] = {"receipts": len(rows)}
    for key in ("amount", "owed", "credit"):
        totals[key] = Fen(sum(row[key] for row in rows))
    said = _("√ Received {amount} yuan of {doors} · {account} · {day}   receipts: {count}")
    doors = " ".join(dict.fromkeys(one.room for one in payments))
    lines = [
        said.format(
            amount=totals["amount"], doors=doors, account=payments[0].account, day=payments[0].on, count=len(rows)
        ),
        *(_line(row) for row in rows),
        *_unused(desk, list(dict.fromkeys(one.room for one in payments))),
    ]
    desk.show(
        Done({"rows": rows, "totals": totals}, lines, _("If that was wrong: {command}").format(command="zaoyuan undo"))
    )


def _unused(desk: Desk, rooms: Sequence[str]) -> list[str]:
    """Credit of these doors that would pay what they still owe, a line each."""
    from zaoyuan_cli.book import credits
    from zaoyuan_cli.reports.credits import could_be_used

    found = ((room, Fen(sum(credits.usable(desk.book.db, room).values()))) for room in rooms)
    return [f"  {room}  {could_be_used(room, fen)}" for room, fen in found if fen]


def _line(row: Mapping[str, Any]) -> str:
    """A receipt in one line: what it paid, what is still owed."""
    said = _("  {receipt}  {room}  {project}  {amount} yuan")
    if row["owed"]:
        said = _("  {receipt}  {room}  {project}  {amount} yuan, {owed} still owed")
    elif row["credit"]:
        said = _("  {receipt}  {room}  {project}  {amount} yuan, {credit} of credit")
    return said.format(**row)
