"""People: all of them, and one of them on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.book import Book, households, occupants, people, roles, spaces, vehicles
from zaoyuan_cli.book.people import Person
from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Listing, Page
from zaoyuan_cli.rules.names import mask_phone

COLUMNS = (
    Column("name", N_("Name")), Column("phone", N_("Phone"), "number_text"), Column("rooms", N_("Rooms"), "room"),
    Column("lives", N_("Lives in"), "room", 2), Column("roles", N_("Office"), "text", 1),
    Column("person", N_("Id"), "number_text"),
)  # fmt: skip


class People(Listing):
    """People, whose doors and offices are lists in JSON and words in a table."""

    def document(self) -> list[Part]:
        return [Table(self.columns, list(map(_in_words, self.rows)), self.totals, self.title, self.empty)]


def everyone(book: Book, *, full: bool = False, as_of: date | None = None, relation: str = "") -> list[dict[str, Any]]:
    """Everybody on a day (now without one); or only the owners, tenants, family, or those who stay for a time."""
    db, day = book.db, as_of or book.today
    doors, lives, offices = dict[str, list[str]](), dict[str, list[str]](), dict[str, list[str]]()
    ties: dict[str, set[str]] = {}
    roll = households.everyone(db, as_of)
    for home in roll.values():
        for id in home.owners:
            doors.setdefault(id, []).append(home.room)
            ties.setdefault(id, set()).add("owner")
    for spell in occupants.everyone(db):
        if spell.on(day) and spell.room in roll:
            lives.setdefault(spell.person, []).append(spell.room)
            ties.setdefault(spell.person, set()).add(spell.relation)
    for office in roles.held(db, day):
        offices.setdefault(office.person, []).append(office.role)
    return [
        _row(one, full, doors.get(one.person, []), lives.get(one.person, []), offices.get(one.person, []))
        for one in people.everyone(db, as_of).values()
        if not one.merged and (not relation or relation in ties.get(one.person, ()))
    ]


def record(book: Book, one: Person, *, full: bool = False, as_of: date | None = None) -> dict[str, Any]:
    """A person as JSON has it everywhere."""
    day = as_of or book.today
    doors = list(households.doors_of(book.db, one.person, as_of))
    lives = [spell.room for spell in occupants.everyone(book.db, only=(one.person,)) if spell.on(day)]
    offices = [office.role for office in roles.held(book.db, day, person=one.person)]
    return _row(one, full, doors, lives, offices)


def page(
    book: Book, person: str, agreed: Sequence[dict[str, Any]], *, full: bool = False, as_of: date | None = None
) -> Page:
    """One person (an id): doors, where they live and lived, vehicles, offices, what they agreed to be published."""
    one, day = people.everyone(book.db, as_of, (person,))[person], as_of or book.today
    data = record(book, one, full=full, as_of=as_of)
    lived = [
        {"room": spell.room, "relation": spell.relation, "from": spell.since, "until": spell.until,
         "state": "active" if spell.on(day) else "ended"}
        for spell in occupants.everyone(book.db, only=(person,))
        if spell.since <= day
    ]  # fmt: skip
    held = [
        {"role": each.role, "body": each.body or None, "scope": each.scope or None, "from": each.since,
         "until": each.ended or each.until, "state": "active" if each.on(day) else "ended"}
        for each in roles.everyone(book.db)
        if each.person == person and each.since <= day
    ]  # fmt: skip
    kept = [each for each in vehicles.everyone(book.db) if each.person == person and each.on(day)]
    places = spaces.of(book.db, (person,), day)
    plates = [{"plate": each.plate or None, "sort": each.sort, "room": each.room} for each in kept]
    known = (
        (_("Phone"), data["phone"]), (_("Rooms"), " ".join(data["rooms"]) or None),
        (_("Vehicles"), " ".join(each.plate or _(each.sort) for each in kept) or None),
        (_("Special spaces"), " ".join(each.space for each in places) or None), (_("Id"), one.person),
    )  # fmt: skip
    parts: list[Part] = [Heading(one.name), Pairs(known)]
    shown = [{**row, "role": _(str(row["role"]))} for row in held]
    for title, columns, rows in (
        (_("Lives in"), _LIVED, lived), (_("Offices"), _OFFICES, shown), (_("May be published"), _AGREED, agreed)
    ):  # fmt: skip
        if rows:
            parts += [Heading(title, 2), Table(columns, rows)]
    owns = {"vehicles": plates, "spaces": [each.space for each in places]}
    return Page({**data, "lived": lived, "offices": held, **owns, "consents": list(agreed)}, parts)


def _row(one: Person, full: bool, doors: list[str], lives: list[str], offices: list[str]) -> dict[str, Any]:
    phone = (one.phone if full else mask_phone(one.phone)) or None
    return {"person": one.person, "name": one.name, "phone": phone, "rooms": doors, "lives": lives, "roles": offices}


def _in_words(row: Any) -> dict[str, object]:
    joined = {name: " ".join(row[name]) or None for name in ("rooms", "lives")}
    return {**row, **joined, "roles": " ".join(map(_, row["roles"])) or None}


_LIVED = (
    Column("room", N_("Room"), "room"), Column("relation", N_("Relation"), "state"),
    Column("from", N_("Since"), "date"), Column("until", N_("Until"), "date"), Column("state", N_("State"), "state", 2),
)  # fmt: skip
_OFFICES = (
    Column("role", N_("Office")), Column("body", N_("Body")), Column("scope", N_("Where"), "room", 1),
    Column("from", N_("Since"), "date"), Column("until", N_("Until"), "date"), Column("state", N_("State"), "state", 2),
)  # fmt: skip
_AGREED = (
    Column("what", N_("May be published"), "state"), Column("from", N_("Since"), "date"),
    Column("until", N_("Until"), "date"), Column("withdrawn", N_("Withdrawn"), "date"),
    Column("state", N_("State"), "state", 2),
)  # fmt: skip
