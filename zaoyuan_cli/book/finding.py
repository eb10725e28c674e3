"""Finding a household, person or donor by what is typed: a room, a name or part of it, pinyin initials, the end of a
phone. Each answer is all matches of the best rank, and says how it was found: "exact" may act, the rest is a guess."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from zaoyuan_cli.errors import NotFound, Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import names, rooms

from . import Book
from . import households as roll
from . import people as register
from .households import Household
from .people import Person

T = TypeVar("T")
EXACT = "exact"


class Match(NamedTuple):
    """What fits: kind "household" (key: the room), "person" or "donor" (key: the id); label is what it is called;
    how is exact, prefix, initials, part or phone."""

    kind: str
    key: str
    label: str
    how: str

    @property
    def exact(self) -> bool:
        """Was it named, or guessed from a part?"""
        return self.how == EXACT

    @property
    def typed(self) -> str:
        """What names it without doubt: the room, the id, a donor's name."""
        return self.label if self.kind == "donor" else self.key


def reads_as_room(text: str) -> bool:
    """Is the text a room of building, unit and door, so that nothing but a household can be meant?"""
    try:
        return rooms.parse(text).whole
    except Unreadable:
        return False


def doors(book: Book, text: str, unit: str = "") -> tuple[str, ...]:
    """The rooms of the roll that the text can mean as a room: 3-2-501, 3号楼二单元501, 501; () for none."""
    try:
        seen = rooms.parse(text)
    except Unreadable:
        return ()
    if not unit and book.db.execute("SELECT 1 FROM household WHERE room = ?", [seen.text]).fetchone():
        return (seen.text,)
    return rooms.complete(seen, roll.all_rooms(book.db), unit)


def owners_behind(book: Book, text: str) -> tuple[str, ...]:
    """The ids of all who own the room that is said; () where the text is no room. Raises NotFound: there is no such
    room, or it has no owner in the book."""
    rooms_meant = doors(book, text) or ((text,) if reads_as_room(text) else ())
    if not rooms_meant:
        return ()
    home = roll.one(book, rooms_meant[0])
    if not home.owners:
        raise NotFound(_("{room} has no owner in the book.").format(room=home.room), field="owner", value=text)
    return home.owners


def in_unit(book: Book, text: str) -> tuple[str, ...]:
    """The rooms of the unit the text names: 3-2, 3栋2单元; () where it names none."""
    try:
        unit = rooms.parse_unit(text)
    except Unreadable:
        return ()
    every = roll.everyone(book.db).values()
    return tuple(one.room for one in every if unit in (one.unit, rooms.unit_of(one.room)))


def _best(query: str, found: Iterable[tuple[T, str, str, str]]) -> tuple[names.Match, list[T]]:
    """The things of the best rank, of (thing, name, readings, phone)."""
    best, things = names.Match.NONE, list[T]()
    for thing, name, readings, phone in found:
        rank = names.rank(query, name, readings, phone)
        if rank > best:
            best, things = rank, [thing]
        elif rank and rank is best:
            things.append(thing)
    return best, list(dict.fromkeys(things))


def _as_rooms(book: Book, text: str, unit: str = "") -> list[Match] | None:
    """The households the text means as a room; None where it must be read as a name."""
    found = doors(book, text, unit)
    if not found:
        return [] if reads_as_room(text) else None
    return [Match("household", room, roll.one(book, room).owner, EXACT) for room in found]


def named(book: Book, text: str) -> tuple[names.Match, list[Household]]:
    """The households whose owners fit best, and how well; an id fits exactly."""
    known = register.everyone(book.db)
    if text in known:
        id = known[text].merged or text
        return names.Match.EXACT, [one for one in roll.everyone(book.db).values() if id in one.owners]
    pairs = ((one, known[id]) for one in roll.everyone(book.db).values() for id in one.owners)
    return _best(text, ((one, who.name, who.initials, who.phone) for one, who in pairs))


def households(book: Book, text: str, unit: str = "") -> list[Match]:
    """The households a text can mean; several of one owner are several."""
    as_rooms = _as_rooms(book, text, unit)
    if as_rooms is not None:
        return as_rooms
    rank, found = named(book, text)
    return [Match("household", one.room, one.owner, rank.name.lower()) for one in found]


def people(book: Book, text: str) -> list[Match]:
    """The people a text can mean: a name means the person, however many doors they own; a room means its owners."""
    known = register.everyone(book.db)
    if text in known:
        id = known[text].merged or text
        return [Match("person", id, known[id].name, EXACT)]
    if reads_as_room(text) or doors(book, text):
        ids = [id for room in doors(book, text) for id in roll.one(book, room).owners]
        return [Match("person", id, known[id].name, EXACT) for id in dict.fromkeys(ids)]
    found: list[Person]
    rank, found = _best(text, ((one, one.name, one.initials, one.phone) for one in known.values() if not one.merged))
    return [Match("person", one.person, one.name, rank.name.lower()) for one in found]


def payers(book: Book, text: str) -> list[Match]:
    """The households and donors a text can mean, the better of the two kinds, or both where they fit as well."""
    as_rooms = _as_rooms(book, text)
    if as_rooms is not None:
        return as_rooms
    from . import donors

    rank, homes = named(book, text)
    known = donors.everyone(book.db)
    other, givers = _best(text, ((id, one.name, one.initials, "") for id, one in known.items()))
    matches = [Match("household", one.room, one.owner, rank.name.lower()) for one in homes if rank >= other]
    return matches + [Match("donor", id, known[id].name, other.name.lower()) for id in givers if other >= rank]
