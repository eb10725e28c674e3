"""Entering people: who is somebody known already, and who is new (same name and phone is one person)."""

import re
import sqlite3
from collections.abc import Mapping

from zaoyuan_cli.facts.people import PersonAdded, PersonEdited

from . import Book
from .people import edit, everyone, kept, read_name, readings, same


def index(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """The id of each name and phone: same name and phone is one person (the first), same name alone is two."""
    found: dict[tuple[str, str], str] = {}
    for one in everyone(db).values():
        if not one.erased:
            found.setdefault((one.name, one.phone), one.merged or one.person)
    return found


def namesakes(db: sqlite3.Connection, name: str, but: str = "") -> list[str]:
    """The ids of people of that name, perhaps the same person."""
    return [
        one.person
        for one in everyone(db).values()
        if one.name == name and one.person != but and not one.merged and not one.erased
    ]


def add(
    book: Book,
    name: str,
    phone: str = "",
    party: bool = False,
    known: dict[tuple[str, str], str] | None = None,
) -> str:
    """Record a person inside a step being written, unless one of the same name and phone is known; the id.
    Somebody known by the name alone (`_only_named`) is that person, and gets the phone.
    `known`: an `index` to ask and to keep, where many are added."""
    if known is None:
        known = index(book.db)
    if (name, phone) in known:
        return known[name, phone]
    if phone and (id := _only_named(book.db, name, known)):
        edit(book, id, {"phone": phone})
        del known[name, ""]
    else:
        id = book.person_id()
        book.record(PersonAdded(person=id, on=book.today, name=name, initials=readings(name), party=party))
        if phone:
            book.record(PersonEdited(person=id, on=book.today, saw={"phone": ""}, changes={"phone": phone}))
    known[name, phone] = id
    return id


def _only_named(db: sqlite3.Connection, name: str, known: Mapping[tuple[str, str], str]) -> str:
    """The one person of a name who has neither phone nor door, as who begins a book before its roster is there; else
    ""."""
    id = known.get((name, ""), "")
    if not id or {one for (called, _phone), one in known.items() if called == name} != {id}:
        return ""
    ids = same(db, id)
    marks = ", ".join("?" for _id in ids)
    door = db.execute(
        f"SELECT 1 FROM ownership WHERE person IN ({marks})"
        f" UNION ALL SELECT 1 FROM occupant WHERE person IN ({marks}) LIMIT 1",
        [*ids, *ids],
    ).fetchone()
    return "" if door else id


def meant(book: Book, text: str, phone: str = "") -> str:
    """The id of somebody named for the book inside a step being written: an id is that person, a name (and phone) the
    one of that name and phone, or somebody new. Raises Unreadable."""
    from zaoyuan_cli.rules.phones import parse_phone

    if re.fullmatch(r"p[A-Z]\d+", text) and text in everyone(book.db, only=(text,)):
        return kept(book.db).get(text, text)
    return add(book, read_name(text), parse_phone(phone))
