"""When the books are to be audited: every year, at the end of a term, when the cashier changes (R-75). No national law
asks for the first two; they are the practice of other cities, and the mark is made with `body audited`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from zaoyuan_cli.i18n import _, joined
from zaoyuan_cli.reports.bodies import ending
from zaoyuan_cli.reports.todo import Item
from zaoyuan_cli.rules import laws, offices
from zaoyuan_cli.rules.text import quoted

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.bodies import Body
    from zaoyuan_cli.book.roles import Holding
    from zaoyuan_cli.book.rulings import Ruling

EVERY = "audit.every_years"


def items(book: Book, as_of: date) -> Iterator[Item]:
    """What is due by a day, body by body."""
    from zaoyuan_cli.book import bodies, disclosures, roles

    ever = [one for one in roles.everyone(book.db) if one.since <= as_of]
    marks = [mark for mark in bodies.marks(book.db, as_of) if mark.what == "audited"]
    moved = disclosures.first_movement(book.db, as_of)
    for one in bodies.everyone(book.db, as_of).values():
        if one.kind == "assembly" or one.state(as_of) != "active":
            continue
        audits = [mark.date for mark in marks if mark.body == one.body]
        yield from _cashier(one, [each for each in ever if each.body == one.body], audits, as_of)
        if one.kind == "committee" and moved:
            yield from _term(book, one, audits, as_of) or _yearly(book, one, audits, moved, as_of)


def _cashier(one: Body, of: list[Holding], audits: list[date], day: date) -> Iterator[Item]:
    """The cashier changed since the last audit."""
    cashiers = sorted((each for each in of if each.role == offices.CASHIER), key=lambda each: each.since)
    days = {
        each.gone
        for each in cashiers
        if each.gone <= day and not any(other.on(each.gone) for other in cashiers if other.person == each.person)
    }
    days |= {new.since for old, new in pairwise(cashiers) if old.person != new.person}
    if days and max(days) > max(audits, default=date.min):
        said = _("The cashier of {body} changed on {day}: have the books audited and handed over.")
        yield _item("audit", said.format(body=one.name, day=max(days)), laws.law("role.cashier_audit").cited, None, one)


def _term(book: Book, one: Body, audits: list[date], day: date) -> list[Item]:
    """The term is over, or in its last months, and the books of these months were not audited."""
    ends = ending(book, one)
    if not ends or offices.term(ends, day) == "running" or any(offices.term(ends, at) != "running" for at in audits):
        return []
    said = _("The term of {body} ends with {day}: have the books audited.")
    return [_item("audit_term", said.format(body=one.name, day=ends), _rule(book, day).cited, ends, one)]


def _yearly(book: Book, one: Body, audits: list[date], moved: date, day: date) -> list[Item]:
    """The last audit, or the first movement of money, is longer ago than the rule has it."""
    rule, last = _rule(book, day), max(audits, default=max(moved, one.since or moved))
    if not isinstance(rule.value, int):
        return []
    due = offices.lawful_end(last, rule.value)
    if due >= day:
        return []
    said = (
        _("The books of {body} were audited last on {day}.")
        if audits
        else _("The books of {body} were never audited; they begin on {day}.")
    )
    return [_item("audit_year", said.format(body=one.name, day=last), rule.cited, due, one)]


def _rule(book: Book, day: date) -> Ruling:
    from zaoyuan_cli.book import rulings

    return rulings.in_force(book.db, EVERY, day)


def _item(kind: str, message: str, why: str, due: date | None, one: Body) -> Item:
    return Item(kind, joined((message, why)) if why else message, due, f"zaoyuan body show {quoted(one.name)}")
