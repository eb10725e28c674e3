"""Households of a spreadsheet: its columns, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zaoyuan_cli.book import households, rosters
from zaoyuan_cli.book.rosters import Line
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import rooms
from zaoyuan_cli.rules.text import clean, normal

from . import doors, entries, headings
from .entries import choice, made_of_date, problem
from .headings import Form
from .lines import Body, Left, not_taken
from .rosters import Roster
from .rosters import read as read_list
from .sheets import Row, Sheet

STATES = households.STATES | {
    "自用": "owner", "业主自住": "owner", "入住": "owner", "已入住": "owner", "租户": "let", "租": "let",
    "已出租": "let", "租住": "let", "租赁": "let", "空": "vacant", "空房": "vacant", "空关": "vacant", "闲置": "vacant",
    "未入住": "vacant", "无人": "vacant", "无人居住": "vacant", "未售": "vacant", "未出售": "vacant",
}  # fmt: skip
UNSOLD = ("未售", "未出售")
FLAGS = {"是": True, "有": True, "√": True, "✓": True, "✔": True, "yes": True, "y": True, "true": True,
         "否": False, "无": False, "没有": False, "×": False, "✗": False, "x": False, "no": False, "n": False,
         "false": False}  # fmt: skip


def _looks(text: str) -> bool:
    return rooms.looks_like_room(entries.spoken(text))


def _unit(text: str) -> str:
    if not text:
        return ""
    if likely := made_of_date(text):
        raise Unreadable(
            _("The spreadsheet made a date of the unit, probably {unit}; format the column as text.").format(
                unit=likely.partition("-")[2]
            )
        )
    return rooms.parse_unit(re.sub(r"(?<=\d)\.0+$", "", text))


def _grid(text: str) -> str:
    """第1微网格, 1号网格 and 1.0 are the grid 1."""
    seen = clean(re.sub(r"(?<=\d)\.0+$", "", normal(text)))
    if found := re.fullmatch(r"第?(\d+)(号|#)?(微?网格)?|微?网格(\d+)", re.sub(r"\s", "", seen)):
        return found[1] or found[4]
    return seen


def _flag(text: str) -> bool | None:
    if found := re.fullmatch(r"有?(\d+)(?:\.0)?[辆台]?", normal(text)):
        return int(found[1]) > 0
    if entries.blank(text) and normal(text).lower() not in FLAGS:
        return None
    return bool(choice(FLAGS)(text))


READERS: Mapping[str, Callable[[str], Any]] = {
    "room": entries.room, "owner": entries.owners, "phone": entries.telephones, "area": entries.area,
    "area_source": choice(entries.SOURCES), "unit": _unit, "grid": _grid, "state": choice(STATES), "ebike": _flag,
}  # fmt: skip
FORM = Form(
    headings.HOUSEHOLDS, "room", _looks, N_("There is no column with rooms."),
    N_("{count} sheets have rooms; say which one is meant."), N_("A hidden sheet has rooms: {flag}"),
)  # fmt: skip


def read(found: Sequence[Sheet], mapping: Sequence[str] = (), sheet: str = "") -> Roster[Line]:
    """The households of a file. Raises Unreadable, Ambiguous."""
    return read_list(found, FORM, Households, mapping, sheet)


class Households(Body[Line]):
    """Households below the heading; building and unit may stand in columns of their own."""

    readers = READERS
    flags = ("ebike",)
    building = unit = ""

    def filled(self, row: Row, texts: dict[str, str]) -> Row:
        """Building and unit hold until others are named, as a list of single lines needs them."""
        if texts["building"]:
            self.unit = "" if texts["building"] != self.building else self.unit
            self.building = texts["building"]
        self.unit = texts["unit"] or self.unit
        if ("building" in self.places or "unit" in self.places) and len(doors.parts(texts["room"])) <= 2:
            texts |= {"building": self.building, "unit": self.unit}
        cells = list(row.cells)
        for field in ("building", "unit"):
            for place in self.places.get(field, ()):
                if place < len(cells) and texts[field]:
                    cells[place] = texts[field]
        return Row(row.line, tuple(cells))

    def take(self, line: int, texts: dict[str, str]) -> None:
        building = texts.pop("building")
        door = texts["room"]
        texts["room"] = doors.whole(building, texts["unit"], door)
        found, faults = self.judge(line, texts)
        if doors.of_another(building, texts["room"]):
            said = _("The room is of another building than the line says: {building}").format(building=building)
            found, faults = None, [*faults, problem(line, "room", door, said)]
        room = doors.room_of(texts["room"])
        if found is None:
            self.spoil(line, room, faults)
        else:
            self.left += [Left(line, why) for why in not_taken(found, texts)]
            self.add(_line(line, found, texts), door)
        self.last = room

    def twice(self, first: Line, line: Line) -> str:
        said = _("Room {room} stands in lines {first} and {line}.")
        return said.format(room=line.room, first=first.line, line=line.line)

    def end(self) -> None:
        """A bare 501 among rooms with building and unit is a room that lost them."""
        bare_ones = [room for room in self.lines if "-" not in room]
        if 2 * len(bare_ones) < len(self.lines):
            for room in bare_ones:
                said = _("Building and unit are missing; the other rooms have them.")
                self.problems.append(problem(self.lines.pop(room).line, "room", room, said))


def _line(line: int, found: dict[str, Any], texts: Mapping[str, str]) -> Line:
    of, numbers, room = found.pop("owner"), found.pop("phone"), found.pop("room")
    found["unit"] = rosters.default_unit(found["unit"], room) if found["unit"] else ""
    owners = tuple(zip(of, (*numbers, *[""] * len(of)), strict=False))
    fields = {name: value for name, value in found.items() if value not in (None, "")}
    return Line(line, room, owners, fields, normal(texts["state"]) in UNSOLD)
