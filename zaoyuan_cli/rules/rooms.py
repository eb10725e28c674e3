"""Rooms and areas: 3-2-501 is building, unit, door; 88.50 m² is 8850 hundredths.

A room's text is its parts joined by "-". An estate without units has A-501; whatever stands before the door is the unit
in the sense of this book (the staircase with a leader and a notice board).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice, product, takewhile
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import numerals
from zaoyuan_cli.rules.hundredths import Hundredths
from zaoyuan_cli.rules.text import normal


class Area(Hundredths):
    """An area in 0.01 m² (R-03)."""

    __slots__ = ()


class Room(NamedTuple):
    """What a text says of a room: parts in canonical form, None for what it leaves out.

    A座501 and 3-501 have no unit, 2单元501 has no building, 501 has neither: `complete` finds what they can mean.
    """

    building: str | None
    unit: str | None
    number: str

    @property
    def text(self) -> str:
        """The parts said, joined by "-": the room's key if all of them were said."""
        return "-".join(part for part in self if part)

    @property
    def whole(self) -> bool:
        """Are building, unit and door all said?"""
        return self.building is not None and self.unit is not None


_ASCII = "(?:[0-9]+[A-Z]?|[A-Z][0-9]{0,3})"  # A2022-0084 is a receipt
_PART = f"(?:{_ASCII}|[{numerals.ALPHABET}]+)"
_SEPARATOR = "[-/ ]"
_BUILDING = f"(?P<building>{_PART})(?:(?:号楼|栋|幢|座|楼|#楼?|号){_SEPARATOR}*|{_SEPARATOR}+)"
_UNIT = f"(?P<unit>{_PART})(?:(?:单元|门|#){_SEPARATOR}*|{_SEPARATOR}+)"
_DOOR = "(?P<number>{part})(?:号?室|号|房|户)?"
_ROOM = f"(?:{_BUILDING})?(?:{_UNIT})?" + _DOOR.format(part=_PART)
_BARE_DOOR = _DOOR.format(part=_ASCII)
_UNIT_ONLY = f"(?:{_BUILDING})?(?P<unit>{_PART})(?:单元|门)?|(?P<whole>{_PART})(?:号楼|栋|幢|座|楼)"
_MOST_UNITS = 999
_LONGEST_DOOR = 4  # 1201; 32501 is three parts run together


def parse(text: str, field: str = "household") -> Room:
    """The room of 3-2-501, 3栋2单元501室, 3号楼二单元501, A座501, 3#2-501, 3/2/501, "3 2 501", 2单元501, 501.

    Raises Unreadable (32501, 3-2-, words).
    """
    seen = normal(text).upper()
    match = re.fullmatch(_ROOM, seen)
    if match:
        building, unit, number = (_part(match.group(name)) for name in ("building", "unit", "number"))
        bare = building is None and unit is None
        if (
            number
            and len(re.sub("[A-Z]", "", number)) <= _LONGEST_DOOR
            and (not bare or re.fullmatch(_BARE_DOOR, seen))
        ):
            return Room(building, unit, number)
    raise Unreadable(
        _("This is no room: {value}").format(value=text),
        field=field,
        value=text,
        hint=_("Write building, unit and door: 3-2-501, or 3栋2单元501."),
    )


def _part(text: str | None) -> str | None:
    """A part without leading zeros and in Arabic figures: 02 → 2, 二 → 2, 五〇一 → 501, A stays."""
    if text is None:
        return None
    if re.fullmatch(_ASCII, text):
        return text.lstrip("0") or "0"
    number = numerals.value(text) or numerals.figures(text)
    return None if number is None else str(number)


def looks_like_room(text: str) -> bool:
    """May the text be meant as a room? Also true of a bare 501, which may as well be the end of a phone number."""
    try:
        parse(text)
    except Unreadable:
        return False
    return True


def odd(rooms: Sequence[str]) -> tuple[set[str], str]:
    """The rooms with more or fewer parts than nearly all of them (2-101 among 2-1-101), three in four at least, and one
    of the others; nothing where the estate has several kinds."""
    parts = Counter(room.count("-") for room in rooms)
    usual = max(parts, key=lambda count: parts[count], default=0)
    if 4 * (len(rooms) - parts[usual]) > len(rooms):
        return set(), ""
    return {room for room in rooms if room.count("-") != usual}, next(
        (room for room in rooms if room.count("-") == usual), ""
    )


def complete(room: Room, rooms: Iterable[str], unit: str = "") -> tuple[str, ...]:
    """The rooms of the estate that a room as typed can mean, in order; the exact one alone where there is one.

    unit: only rooms of that unit (door-to-door work names the unit once).
    """
    known = [other for other in rooms if not unit or unit_of(other) == unit]
    if room.text in known:
        return (room.text,)
    return tuple(sorted((other for other in known if _may_be(room, other)), key=order))


def _may_be(room: Room, other: str) -> bool:
    """Does nothing of what was said speak against this room? A lone 3 of 3-501 may be the building or the unit."""
    *above, number = other.split("-")
    if number != room.number:
        return False
    if room.whole:
        return above == [room.building, room.unit]
    if room.building is not None:
        return room.building in above
    return room.unit is None or above[-1:] == [room.unit]


def unit_of(room: str) -> str:
    """The unit of a room: 3-2-501 → 3-2, A-501 → A, 501 → ""."""
    return room.rpartition("-")[0]


def parse_unit(text: str, field: str = "unit") -> str:
    """The unit of 3-2, 3栋2单元, 3号楼二单元, 3/2, A座, 2单元 ("2", with one building). Raises Unreadable."""
    match = re.fullmatch(_UNIT_ONLY, normal(text).upper())
    parts = [_part(part) for part in match.group("building", "unit", "whole") if part] if match else []
    if not parts or None in parts:
        raise Unreadable(
            _("This is no unit: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("Write building and unit: 3-2, or 3栋2单元."),
        )
    return "-".join(part for part in parts if part)


def expand(text: str, field: str = "household") -> tuple[Room, ...]:
    """Several rooms in one word; what a later one leaves out it takes from the one before: 3-2-501,502,601.

    Raises Unreadable.
    """
    rooms: list[Room] = []
    for piece in re.split("[,、;]", normal(text)):
        if not piece.strip():
            continue
        room = parse(piece, field)
        if rooms:
            room = _after(rooms[-1], room)
        rooms.append(room)
    return tuple(rooms) or (parse(text, field),)


def _after(before: Room, room: Room) -> Room:
    if room.building is None:
        return Room(before.building, room.unit or before.unit, room.number)
    if room.unit is None and before.whole:  # 3-2-501,1-601: the lone part is the unit
        return Room(before.building, room.building, room.number)
    return room


def expand_units(text: str, field: str = "units") -> tuple[str, ...]:
    """The units from the first to the last: 1-1..5-2 are 1-1 1-2 2-1 … 5-2; commas join. Raises Unreadable."""
    units: list[str] = []
    for piece in re.split("[,、;]", normal(text)):
        first, dots, last = piece.partition("..")
        low, high = parse_unit(first, field), parse_unit(last or first, field)
        ends = list(zip(low.split("-"), high.split("-"), strict=False))
        if not dots:
            units.append(low)
        elif low.count("-") == high.count("-") and all(a.isdecimal() and b.isdecimal() for a, b in ends):
            every = product(*(range(int(a), int(b) + 1) for a, b in ends))
            units += ["-".join(map(str, parts)) for parts in islice(every, _MOST_UNITS + 1)]
        else:
            parse_unit(piece, field)  # raises: A..5-2 is no unit
    if len(units) > _MOST_UNITS:
        raise Unreadable(_("Too many units: {value}").format(value=text), field=field, value=text)
    return tuple(units)


@cache
def order(room: str) -> tuple[tuple[int, str], ...]:
    """The sort key of a room or unit: 3-2-501 before 3-10-101, 2-1-1202 after 2-1-301, figures before letters."""
    key = []
    for part in room.split("-"):
        digits = re.match("[0-9]+", part)
        key.append((int(digits.group()) if digits else 10**9, part))
    return tuple(key)


def nearest(text: str, rooms: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """The rooms that differ least from what was typed, for "did you mean": 32501 → 3-2-501 first."""
    try:
        seen = parse(text).text
    except Unreadable:
        seen = normal(text).upper()
    bare = re.sub("[^0-9A-Z]", "", seen)

    def distance(room: str) -> tuple[int, int, int, tuple[tuple[int, str], ...]]:
        same = takewhile(lambda two: two[0] == two[1], zip(seen, room, strict=False))
        alike = len(list(same))  # the same floor before another one
        return _edits(bare, room.replace("-", "")), _edits(seen, room), -alike, order(room)

    return tuple(sorted(rooms, key=distance)[:n])


def _edits(one: str, other: str) -> int:
    """How many letters to add, drop or replace to come from one text to the other."""
    row: Sequence[int] = range(len(other) + 1)
    for i, char in enumerate(one, 1):
        last, new = row, [i]
        for j, against in enumerate(other, 1):
            new.append(min(last[j] + 1, new[-1] + 1, last[j - 1] + (char != against)))
        row = new
    return row[-1]


_AREA = r"(?i)([0-9]{1,6})(?:\.([0-9]{1,2})0*)?\s*(?:㎡|m2|m²|平方米|平米|平方|平)?"


def parse_area(text: str, field: str = "area") -> Area:
    """The area of 88.5, 88.50㎡, 88.5 m2, 88.5平方米. Raises Unreadable, also for none and for parts of 0.01 m²."""
    match = re.fullmatch(_AREA, normal(text.replace("²", "2")))
    area = int(match.group(1)) * 100 + int((match.group(2) or "").ljust(2, "0")) if match else 0
    if not area:
        raise Unreadable(
            _("This is no area: {value}").format(value=text),
            field=field,
            value=text,
            hint=_("Write square metres with at most two digits after the point: 88.5"),
        )
    return Area(area)
