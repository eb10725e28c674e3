"""Appointing: offices given and ended, inside a step being written."""

import sqlite3
from datetime import date

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.facts.roles import RoleEnded, RoleGiven
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import laws, offices

from . import Book, bodies, people
from .roles import SEATED, SINGLE, Holding, everyone, members


def give(
    book: Book,
    person: str,
    role: str,
    *,
    body: str = "",
    scope: str = "",
    since: date | None = None,
    until: date | None = None,
    decision: str = "",
    reason: str = "",
) -> list[str]:
    """Record inside a step being written that a person (id) holds an office; warnings. Raises Refusal if they hold it
    already, or, without a reason, an office that is to be kept apart from it (R-62)."""
    since = since or book.today
    bodies.in_order(since, until)
    wanted = Holding(person, role, body, scope, since, until, None, decision)
    known = everyone(book.db)
    same = [one for one in known if one[1:4] == wanted[1:4] and meet(one, wanted)]
    name = people.name_of(book.db, person)
    if any(one.person == person for one in same):
        raise Refusal(
            _("{name} holds the office of {role} already.").format(name=name, role=_(role)), field="role", value=role
        )
    clash = both(known, wanted)
    if clash and not reason:
        raise _apart(name, wanted, clash)
    book.record(
        RoleGiven(
            person=person, role=role, since=since, body=body, scope=scope, until=until, decision=decision,
            reason=reason if clash else "",
        )
    )  # fmt: skip
    return _doubts(book, role, body, same, since)


def meet(one: Holding, other: Holding) -> bool:
    """Is there a day on which both are held?"""
    return max(one.since, other.since) < min(one.gone, other.gone)


def both(known: list[Holding], wanted: Holding) -> Holding | None:
    """The office a person has on some day of another that is to be kept apart from it."""
    others = offices.apart(wanted.role)
    return next(
        (one for one in known if one.person == wanted.person and one.role in others and meet(one, wanted)), None
    )


def _apart(name: str, wanted: Holding, has: Holding) -> Refusal:
    rule = laws.law(offices.apart(wanted.role)[has.role])
    said = _("{name} is {role} since {day}; one person is never {role} and {other}.").format(
        name=name, role=_(has.role), other=_(wanted.role), day=has.since
    )
    end = f"zaoyuan role end {name} {_(has.role)}" + (f" --body {has.body}" if has.body else "")
    return Refusal(
        said,
        field="role",
        value=wanted.role,
        hint="\n".join((
            rule.cited,
            _("End the other office first: {command}").format(command=end),
            _("Where it cannot be helped: {flags}; the reason is kept.").format(flags="--reason … --yes"),
        )),
        rule=rule.name,
        limit=None,
    )  # fmt: skip


def leaders(db: sqlite3.Connection, wanted: Holding) -> list[Holding]:
    """The others who lead a unit on some day on which one is to lead it: a unit has one leader (R-94)."""
    known = everyone(db)
    return [one for one in known if one[1:4] == wanted[1:4] and one.person != wanted.person and meet(one, wanted)]


def _doubts(book: Book, role: str, body: str, same: list[Holding], day: date) -> list[str]:
    """What is unusual, and yet written: two chairs, more members than seats."""
    found = []
    if same and role in SINGLE:
        holder = people.name_of(book.db, same[0].person)
        found.append(_("{name} still holds the office of {role} too.").format(name=holder, role=_(role)))
    seats = bodies.one(book, body).seats if body else None
    count = len(members(book.db, body, day)) if body else 0
    if seats and role in SEATED and count > seats:
        found.append(_("{body} now has {count} members and {seats} seats.").format(body=body, count=count, seats=seats))
    return found


def end(book: Book, person: str, role: str, on: date, body: str = "", scope: str = "") -> Holding:
    """Record inside a step being written that a person holds an office no more from a day on. Body and scope are only
    needed where the person holds it twice. Raises NotFound, Refusal."""
    found = [
        one
        for one in everyone(book.db)
        if one.person == person and one.role == role and not one.ended and one.since <= on
        and body in ("", one.body) and scope in ("", one.scope) and not (one.until and one.until < on)
    ]  # fmt: skip
    name = people.name_of(book.db, person)
    if not found:
        raise NotFound(
            _("{name} does not hold the office of {role} on {day}.").format(name=name, role=_(role), day=on),
            field="role",
            value=role,
            hint=_("All offices: {command}").format(command="zaoyuan role list"),
        )
    if len(found) > 1:
        raise Refusal(
            _("{name} holds the office of {role} more than once.").format(name=name, role=_(role)),
            code="ambiguous",
            field="body" if len({one.body for one in found}) > 1 else "scope",
            value=role,
            candidates=[{"key": one.scope or one.body, "label": f"{one.body} {one.scope}".strip()} for one in found],
        )
    one = found[0]
    book.record(RoleEnded(person=one.given_to, role=role, body=one.body, scope=one.scope, on=on))
    return one._replace(ended=on)
