"""The electorate: who would vote now, and with what area. A voter's special spaces count where a bylaw of the owners
says so (业主大会和业主委员会指导规则, article 25); they make nobody a voter."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numbers

from . import Book, households, rulings, spaces
from .households import Household
from .rulings import Ruling

SPACES = "vote.special_spaces"


class Special(NamedTuple):
    """The special spaces that count on a day: by which rule, each as (voter, its number, its area in 0.01 m²); how many
    people own one and no door, and are no voters; which have no area, and count for nothing."""

    ruling: Ruling
    counted: tuple[tuple[str, str, int], ...] = ()
    apart: int = 0
    lacking: tuple[str, ...] = ()


class Roll(NamedTuple):
    """The roll as it would be frozen: each voter as (id, their rooms, area in 0.01 m² with their special spaces)."""

    voters: tuple[tuple[str, str, int], ...]
    special: Special


def roll_now(book: Book, counts: bool | None = None) -> Roll:
    """Each person of the law with their rooms and area, in the order of rooms. A door without an owner is a voter of
    its own, whom nobody can be. `counts`: whether special spaces do, in place of the rule in force. Refusal: the area
    of a door, or of a space that counts, is not known."""
    doors = households.everyone(book.db)
    if lacking := [one.room for one in doors.values() if one.area is None]:
        said = _("{count} households have no area, and a vote is by area too: {rooms}.")
        raise _unknown(said, lacking, {room: doors[room].owner for room in lacking}, "household")
    special = special_spaces(book, doors, book.today, counts)
    if special.lacking:
        said = _("{count} special spaces have no area, and by a bylaw they count: {rooms}.")
        raise _unknown(said, special.lacking, dict.fromkeys(special.lacking, ""), "space")
    found: dict[str, tuple[list[str], int]] = {}
    for one in doors.values():
        rooms, area = found.get(one.voter or one.room, ([], 0))
        found[one.voter or one.room] = ([*rooms, one.room], area + int(one.area or 0))
    for voter, _space, more in special.counted:
        found[voter] = (found[voter][0], found[voter][1] + more)
    return Roll(tuple((voter, " ".join(rooms), area) for voter, (rooms, area) in found.items()), special)


def special_spaces(book: Book, doors: Mapping[str, Household], on: date, counts: bool | None = None) -> Special:
    """Whose special spaces count on a day, among the owners of some doors. A space counts for the one of its owners who
    votes; else for the voter of a door that one of them owns with others, the first door."""
    ruling = rulings.in_force(book.db, SPACES, on)
    if not (ruling.value if counts is None else counts):
        return Special(ruling)
    voters, voter_of = {one.voter for one in doors.values()}, dict[str, str]()
    for door in doors.values():
        for person in door.owners:
            voter_of.setdefault(person, door.voter)
    counted, apart, lacking = [], set[str](), []
    for space in spaces.everyone(book.db, on).values():
        mine = sorted(space.owners, key=lambda id: (id not in voters, numbers.split(id)))
        voter = next((id if id in voters else voter_of[id] for id in mine if id in voter_of), "")
        if voter and space.area is None:
            lacking.append(space.space)
        elif voter:
            counted.append((voter, space.space, int(space.area or 0)))
        elif mine:
            apart.add(mine[0])
    return Special(ruling, tuple(counted), len(apart), tuple(lacking))


def _unknown(said: str, lacking: list[str] | tuple[str, ...], owners: dict[str, str], noun: str) -> Refusal:
    """The refusal of a roll in which areas are not known."""
    listed = " ".join(lacking[:6]) + (" …" if len(lacking) > 6 else "")
    return Refusal(
        said.format(count=len(lacking), rooms=listed),
        field=noun,
        value=lacking[0],
        candidates=[{"key": key, "label": owner} for key, owner in owners.items()],
        hint=f"zaoyuan {noun} edit {lacking[0]} --area {'12.5' if noun == 'space' else '88.5'}",
    )
