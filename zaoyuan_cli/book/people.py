"""People: one person, many relations. A person is known by an id of device letter and count, given once, never used
again."""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import Ambiguous, NotFound, Refusal, Unreadable
from zaoyuan_cli.facts import ERASED
from zaoyuan_cli.facts.people import PersonAdded, PersonEdited, PersonErased, PersonMerged
from zaoyuan_cli.i18n import _, sample

from . import Book, changes, searching
from .ledger import Origin, derives

TABLES = (
    "CREATE TABLE person (event INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " initials TEXT NOT NULL, party INTEGER NOT NULL) STRICT",
    "CREATE INDEX person_name ON person (name)",
    "CREATE TABLE person_merge (event INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES person (person),"
    " kept TEXT NOT NULL REFERENCES person (person), lamport INTEGER NOT NULL, device TEXT NOT NULL) STRICT",
)


class Person(NamedTuple):
    """A person of the book: id, name, readings of the name's characters, phone, whether a member of the party, the
    id they are known by since two entries turned out to be one ("" otherwise), and whether they are the developer,
    who owns the flats not yet sold."""

    person: str
    name: str
    initials: str
    phone: str
    party: bool = False
    merged: str = ""
    developer: bool = False

    @property
    def erased(self) -> bool:
        """Is nothing known of them any more?"""
        return self.name == ERASED


@derives(PersonAdded)
def added(db: sqlite3.Connection, origin: Origin, fact: PersonAdded) -> None:
    db.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?)",
        (origin.event, fact.person, fact.name, fact.initials, fact.party),
    )
    searching.put(db, origin, "person", fact.person, fact.name)  # no phone: what is found is shown


@derives(PersonEdited)
def edited(db: sqlite3.Connection, origin: Origin, fact: PersonEdited) -> None:
    changes.put(db, origin, "person", fact.person, fact.on, fact.changes, fact.saw)
    if name := fact.changes.get("name"):
        searching.put(db, origin, "person", fact.person, name)


@derives(PersonMerged)
def merged(db: sqlite3.Connection, origin: Origin, fact: PersonMerged) -> None:
    values = (origin.event, fact.person, fact.kept, origin.lamport, origin.device)
    db.execute("INSERT INTO person_merge VALUES (?, ?, ?, ?, ?)", values)


@derives(PersonErased)
def erased(db: sqlite3.Connection, origin: Origin, fact: PersonErased) -> None:
    """What went is not there to be derived; a phone entered from now on has seen that the old one went."""
    changes.put(db, origin, "person", fact.person, fact.on, {"phone": ""}, fact.saw)


def kept(db: sqlite3.Connection) -> dict[str, str]:
    """For each id that turned out to be somebody known: the id they are known by."""
    known: dict[str, str] = {}

    def root(id: str) -> str:
        return root(known[id]) if id in known else id

    for gone, to in db.execute("SELECT person, kept FROM person_merge ORDER BY lamport, device, event").fetchall():
        if root(gone) != root(to):  # two laptops may have merged them either way round
            known[root(gone)] = root(to)
    return {id: root(id) for id in known}


def same(db: sqlite3.Connection, person: str) -> tuple[str, ...]:
    """Every id that is this person (an id nobody is known by instead), that one first."""
    return person, *(id for id, known_as in kept(db).items() if known_as == person)


def readings(name: str) -> str:
    """Every first letter each character of a name may be read with, by character: 曾 "cz". Stored when the name is
    saved."""
    from pypinyin import Style, pinyin

    from zaoyuan_cli.rules import names

    spoken = pinyin(name, style=Style.FIRST_LETTER, heteronym=True)  # of words it knows, 尉迟, only how they are said
    if len(spoken) == len(name):
        alone = (pinyin(char, style=Style.FIRST_LETTER, heteronym=True)[0] for char in name)
        spoken = [[*said, *read] for said, read in zip(spoken, alone, strict=True)]
    return names.initials(spoken)


MANY = 100  # people are quicker read with all the others


def everyone(db: sqlite3.Connection, as_of: date | None = None, only: Iterable[str] | None = None) -> dict[str, Person]:
    """All people by id, or some (ids), with name and phone as they are on a day (now without one)."""
    columns = "SELECT person, name, initials, party FROM person"
    if only is not None and len(some := set(only)) > MANY:
        return {id: one for id, one in everyone(db, as_of).items() if id in some}
    if only is None:
        rows = db.execute(columns + " ORDER BY event").fetchall()
        edits = changes.latest(db, "person", as_of)
    else:
        ids = sorted(some)
        rows = [row for id in ids for row in db.execute(columns + " WHERE person = ?", [id]).fetchall()]
        edits = {id: fields for id in ids for fields in changes.latest(db, "person", as_of, id).values()}
    found = {id: Person(id, name, initials, "", bool(party)) for id, name, initials, party in rows}
    for id, fields in edits.items():
        if id in found:
            found[id] = found[id]._replace(**_read(fields))
    for id, known_as in kept(db).items():
        if id in found:
            found[id] = found[id]._replace(merged=known_as)
    return found


def _read(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Edited fields as a Person has them."""
    texts: dict[str, Any] = {name: fields[name] for name in ("name", "initials", "phone") if name in fields}
    return texts | {name: fields[name] == "yes" for name in ("party", "developer") if name in fields}


def name_of(db: sqlite3.Connection, person: str) -> str:
    """The name of a person's id; "" for none."""
    found = everyone(db, only=(person,)).get(person) if person else None
    return found.name if found else ""


def find_one(book: Book, text: str) -> Person:
    """The person of an id or a full name. Raises NotFound, Ambiguous."""
    people = everyone(book.db)
    if text in people:
        return people[people[text].merged or text]
    same = [one for one in people.values() if one.name == text and not one.merged]
    if len(same) == 1:
        return same[0]
    if same:
        raise Ambiguous(
            _("{count} people are called {name}.").format(count=len(same), name=text),
            field="person",
            value=text,
            candidates=[{"key": one.person, "label": f"{one.name} {one.person}"} for one in same],
        )
    raise NotFound(_("There is no person {name} in this book.").format(name=text), field="person", value=text)


def read_name(text: str, field: str = "owner") -> str:
    """A name as it is stored: single blanks, nothing invisible. Raises Unreadable."""
    from zaoyuan_cli.rules.text import clean

    name = re.sub(r"\s+", " ", clean(text, field=field)).strip()
    if not name:
        raise Unreadable(_("The name is empty."), field=field, value=text)
    return name


def edit(book: Book, person: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Record inside a step being written what differs of name, initials, phone, party, developer ("yes" or ""); a new
    name brings its readings along. The fields that changed."""
    now = everyone(book.db, only=(person,))[person]
    is_now = now._asdict() | {
        name: "yes" if is_so else "" for name, is_so in (("party", now.party), ("developer", now.developer))
    }
    changed = {field: value for field, value in wanted.items() if is_now[field] != value}
    if "name" in changed and "initials" not in wanted:
        changed["initials"] = readings(changed["name"])
    phone = {name: changed[name] for name in changed if name == "phone"}
    for part in (phone, {name: changed[name] for name in changed if name not in phone}):  # a phone is erased alone
        if part:
            saw = changes.seen(book.db, "person", person, part)
            book.record(PersonEdited(person=person, on=book.today, saw=saw, changes=part))
    return tuple(changed)


def refuse_erased(db: sqlite3.Connection, person: str) -> None:
    """Raise Refusal where a person or a donor (an id) was erased: an erased id takes no new value."""
    row = db.execute(
        "SELECT 'person' FROM person WHERE (person, name) = (?1, ?2)"
        " UNION ALL SELECT 'donor' FROM donor WHERE (donor, name) = (?1, ?2)",
        [person, ERASED],
    ).fetchone()
    if row:
        raise Refusal(
            _("{id} was erased and takes nothing new.").format(id=person),
            code="erased",
            field=row[0],
            value=person,
            hint=_("Enter them anew: {command}").format(command=sample(f"zaoyuan {row[0]} add NAME")),
        )


def merge(book: Book, person: str, into: str) -> None:
    """Record inside a step being written that two ids are one person, known as `into` from now on; a telephone only the
    other has comes along. Raises Refusal if they are the same id."""
    known = everyone(book.db, only=(person, into))
    if known[person].person == known[into].person:
        raise Refusal(_("That is one person already."), field="person", value=person)
    refuse_erased(book.db, into)
    if known[person].phone and not known[into].phone:
        edit(book, into, {"phone": known[person].phone})
    book.record(PersonMerged(person=person, kept=into, on=book.today))
