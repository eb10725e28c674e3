"""The people of one household: who lives there, who did or will, whose vehicles are registered there."""

from __future__ import annotations

from datetime import date
from typing import Any

from zaoyuan_cli.book import Book, households, occupants, owning, people, roles, vehicles
from zaoyuan_cli.rules.names import mask_phone


def there_now(book: Book, one: households.Household, full: bool, as_of: date | None) -> list[dict[str, Any]]:
    """Who owns it and who else lives there, with the offices they hold; telephones are masked unless `full`."""
    day = as_of or book.today
    spells = [
        spell for spell in occupants.everyone(book.db, one.room) if spell.on(day) and spell.person not in one.owners
    ]
    times = owning.tenures(book.db, households.ROLL, one.room)
    since = max((time.since for time in times if time.since and time.since <= day), default=None)
    related = [(id, "owner", since, None) for id in one.owners] + [spell[1:] for spell in spells]
    known = people.everyone(book.db, as_of, [id for id, *_rest in related])
    offices = roles.held(book.db, day)
    return [
        {
            "person": id,
            "name": known[id].name,
            "phone": (known[id].phone if full else mask_phone(known[id].phone)) or None,
            "relation": relation,
            "from": first,
            "until": last,
            "roles": [office.role for office in offices if office.person == id],
        }
        for id, relation, first, last in related
    ]


def at_another_time(book: Book, one: households.Household, day: date) -> list[dict[str, Any]]:
    """Who lived there before without owning it, or will."""
    spells = [spell for spell in occupants.everyone(book.db, one.room) if not spell.on(day)]
    known = people.everyone(book.db, only=[spell.person for spell in spells])
    return [
        {
            "person": spell.person, "name": known[spell.person].name, "relation": spell.relation,
            "from": spell.since, "until": spell.until,
        }
        for spell in spells
    ]  # fmt: skip


def vehicles_kept(book: Book, one: households.Household, day: date) -> list[dict[str, Any]]:
    """The vehicles registered at its door."""
    kept = [vehicle for vehicle in vehicles.everyone(book.db, one.room) if vehicle.on(day)]
    known = people.everyone(book.db, only=[vehicle.person for vehicle in kept])
    return [
        {
            "plate": vehicle.plate or None, "sort": vehicle.sort, "name": known[vehicle.person].name,
            "from": vehicle.since, "until": vehicle.until, "step": vehicle.step,
        }
        for vehicle in kept
    ]  # fmt: skip
