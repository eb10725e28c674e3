"""What of people stands in the book, whatever it is kept for: names, telephones, plates, people who gave. Papers for
the public are searched for all of it (R-80)."""

import json
import sqlite3
from collections.abc import Iterator

from zaoyuan_cli.facts import ERASED
from zaoyuan_cli.rules.names import is_firm

from . import Book, bodies, donors, founding

FIELDS = {
    "people": ("name", "phone"), "donors": ("name",), "vehicles": ("plate",), "contributions": ("payer",),
    "expenses": ("payee",), "meetings": ("chair_name", "recorder_name", "guests", "absent"), "tasks": ("who",),
    "correspondence": ("party",),
}  # fmt: skip
"""The private fields of facts that name people, by the file of the fact."""
_FIRMS_TOO = ("expenses", "correspondence")  # whose field names a firm as often as a person
_BEGUN_WITH = {name for accounts, funds, _body in founding.NAMES.values() for name in (*dict(accounts), *dict(funds))}
SHORTEST = 2  # a surname alone names nobody


def values(book: Book) -> frozenset[str]:
    """Every such value the book ever held and still has, former names and undone steps included; without what is called
    like the estate, one of its bodies, an account or fund every book begins with, or a firm or authority that gave."""
    public = {book.name, *donors_of_no_person(book.db).values(), *_BEGUN_WITH}
    for key, body in bodies.everyone(book.db).items():
        public |= {key, body.name}
    return frozenset(one for one in _all(book.db) if len(one) >= SHORTEST and one != ERASED) - public


def donors_of_no_person(db: sqlite3.Connection) -> dict[str, str]:
    """The names of donors who are no natural person, by id."""
    return {id: one.name for id, one in donors.everyone(db).items() if one.kind != "person"}


def _all(db: sqlite3.Connection) -> Iterator[str]:
    no_person = donors_of_no_person(db)
    rows = db.execute(
        "SELECT kind, event.body ->> 'person', private.body FROM event"
        " JOIN private ON private.commitment = event.private"
    ).fetchall()
    for kind, person, body in rows:
        noun = kind.partition(".")[0]
        if noun not in FIELDS or (noun == "donors" and person in no_person):
            continue
        held = json.loads(body)
        held |= held.get("changes") or {}
        for field in FIELDS[noun]:
            value = held.get(field) or ()
            found = (value,) if isinstance(value, str) else value
            yield from (one for one in found if noun not in _FIRMS_TOO or not is_firm(one))
