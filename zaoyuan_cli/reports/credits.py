"""Credit in words: what a household has over, what it would pay, what of the money of unknown payers is unclaimed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


def of_household(book: Book, room: str, as_of: date | None = None) -> dict[str, Any]:
    """`credit`: what it paid ahead or too much, by fund and project; `usable`: what of that would pay its dues now."""
    from zaoyuan_cli.book import credits

    found = credits.of(book.db, room, as_of)
    return {
        "credit": [{"fund": one.fund, "project": one.source or None, "amount": one.amount} for one in found],
        "usable": Fen(sum(credits.usable(book.db, room).values())) if found else Fen(0),
    }


def pairs(data: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Lines of a household's page; none where there is no credit."""
    if data["credit"]:
        said = (f"{one['amount'].yuan()} {one['project'] or one['fund']}" for one in data["credit"])
        yield _("Credit"), series(said)
    if data["usable"]:
        used = _("{amount} yuan: {command}")
        command = f"zaoyuan contribution apply {data['room']}"
        yield _("For what it owes"), used.format(amount=data["usable"].yuan(), command=command)


def could_be_used(room: str, fen: object) -> str:
    """That credit of a household would pay what it owes, and how."""
    said = _("It has {credit} yuan of credit for what it owes: {command}")
    return said.format(credit=fen, command=f"zaoyuan contribution apply {room}")


def todo(book: Book, as_of: date) -> Iterator[tuple[str, str, str]]:
    """(kind, message, command) of money nobody claimed, paper numbers used twice or missing (R-57, R-60)."""
    from zaoyuan_cli.book import gaps, receipts

    waiting = gaps.unclaimed(book, as_of)
    if waiting:
        said = _("Money of unknown payers: {amount} yuan ({numbers}).")
        numbers, fen = " ".join(number for number, _fen in waiting[:5]), Fen(sum(fen for _number, fen in waiting))
        command = f"zaoyuan contribution claim {waiting[0][0]} 3-2-501"
        yield "unclaimed", said.format(amount=fen.yuan(), numbers=numbers), command
    if twice := receipts.doubles(book.db):
        said = _("One paper number on several receipts: {numbers}.")
        yield "paper", said.format(numbers=" ".join(list(twice)[:6])), f"zaoyuan receipt show {next(iter(twice))}"
    if missing := receipts.gaps(book.db):
        said = _("Numbers missing in the pre-printed receipts: {count} ({numbers}).")
        shown = [gap.first if gap.sheets == 1 else f"{gap.first}..{gap.last}" for gap in missing[:5]]
        count = sum(gap.sheets for gap in missing)
        yield "paper", said.format(count=count, numbers=" ".join(shown)), "zaoyuan receipt list --gaps"
