"""Doors of a list that keeps building, unit and door in columns of their own, or in one."""

import re

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules import rooms

from . import entries
from .sheets import bare

_SUFFIX = re.compile("(?:号楼|栋|幢|座|楼|单元|门|号|#)+$")


def parts(door: str) -> tuple[str, ...]:
    """Building, unit, door, as far as it says them; nothing for what is no room."""
    try:
        return tuple(part for part in rooms.parse(entries.spoken(door)) if part)
    except Unreadable:
        return ()


def room_of(text: str) -> str:
    """The room as the book writes it, "" for what is none."""
    return "-".join(parts(text))


def _stripped(part: str) -> str:
    """3号楼, 3#, 3.0, 枣园小区3栋 → 3."""
    text = re.sub(r"(?<=\d)\.0+$", "", entries.spoken(bare(part)))
    return _SUFFIX.sub("", text)


def of_another(building: str, room: str) -> bool:
    """Is the room, said in full, of another building than the line's?"""
    said = () if entries.made_of_date(room) else parts(room)
    return bool(building) and len(said) == 3 and parts(f"{_stripped(building)}-1-1")[:1] not in ((), said[:1])


def whole(building: str, unit: str, door: str) -> str:
    """The room of a list that keeps building, unit and door apart; what the door says itself is not said twice."""
    if not (building or unit) or entries.made_of_date(door):
        return door
    above = [_stripped(part) for part in (building, re.sub(r"^.*[-栋幢楼#](?=.)", "", unit)) if part]
    seen = parts(door)
    if len(seen) == 2 and building:
        if seen[0] == _stripped(building) and unit:
            return "-".join((*seen[:1], _stripped(unit), seen[1]))
        return "-".join((*above[:1], *seen))
    if len(seen) > 1:
        return door
    return "-".join((*above, entries.spoken(door))) if door else door
