"""Rosters: the households of a spreadsheet. Every line is judged, every fault told by its line, and what is no
household (totals, notes, repeated headings) is left out and named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from zaoyuan_cli.book.rosters import Line
from zaoyuan_cli.errors import Ambiguous, Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import rooms

from . import entries, headings
from .entries import Problem, problem
from .headings import NAMES, Layout, cell_text
from .sheets import Row, Sheet, bare, text_of

TOTAL, NOTE, HEADING, JOINED, PHONES, PLUS = "total", "note", "heading", "joined", "phones", "plus"
"""Why something of a line was not taken: a total, no household, the heading again, an owner of the line before, more
telephones than owners, the + behind an area."""
_TOTAL = re.compile(".{0,12}(合计|小计|总计|共计|累计|总和)[:：]?.{0,16}|共\\d+[户套间]|total:?", re.IGNORECASE)
_REMARK = re.compile(
    r"[*※★（(\[【]*(注|说明|备注|填表|填写|制表|审核|复核|经办|制单|填报|统计|打印|日期|提示|示例说明|单位负责人|联系人)"
    r".*|\d+[、.．].{6,}",
    re.DOTALL,
)
_SUFFIX = re.compile("(?:号楼|栋|幢|座|楼|单元|门|号|#)+$")
_LONG = 12  # letters of a sentence that is no room


class Left(NamedTuple):
    """Something of a line that was not taken, and why (TOTAL …)."""

    line: int
    why: str


class Roster(NamedTuple):
    """A list as read: the columns (which heading was taken for what), the lines that are well, the faults, what else
    was left, the rows meant as households, the layout, the sheet's name and those of the sheets that were not read, and
    the columns that hold ID numbers."""

    columns: Mapping[str, str]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    left: tuple[Left, ...]
    rows: tuple[Row, ...]
    layout: Layout
    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    id_places: tuple[int, ...] = ()

    @property
    def not_taken(self) -> tuple[str, ...]:
        """The headings of the columns that the book has no place for."""
        return tuple(self.layout.heading[place] for place in self.layout.others if place not in self.id_places)

    @property
    def id_columns(self) -> tuple[str, ...]:
        """The headings of the columns that hold ID numbers."""
        return tuple(self.layout.name(place) for place in self.id_places)

    @property
    def wrong(self) -> int:
        """How many lines cannot be taken in."""
        return len({one.line for one in self.problems})


def read(found: Sequence[Sheet], mapping: Sequence[str] = (), sheet: str = "") -> Roster:
    """The roster of the one sheet that has rooms, or of the sheet said. `mapping`: 房号=A, owner=户主.
    Raises Unreadable where none has, Ambiguous (field sheet) where several have."""
    wanted = headings.said(mapping)
    chosen = _named(found, sheet) if sheet else [one for one in found if not one.hidden]
    fitting = [(one, layout) for one in chosen if (layout := headings.find(one, wanted))]
    if not fitting:
        raise _no_rooms(found, wanted)
    one, layout = fitting[0]
    if any(other.rows != one.rows for other, _layout in fitting):
        raise Ambiguous(
            _("{count} sheets have rooms; say which one is meant.").format(count=len(fitting)),
            field="sheet",
            candidates=[{"key": other.name, "label": other.name} for other, _layout in fitting],
            hint=_("One of them: {flag}").format(flag=f"--sheet {one.name}"),
        )
    body = _Body(one.rows[layout.above :], layout)
    return Roster(
        layout.columns,
        tuple(body.lines.values()),
        tuple(body.problems),
        tuple(body.left),
        tuple(body.rows),
        layout,
        one.name,
        tuple(other.name for other in found if other is not one and other.rows and not other.hidden),
        tuple(other.name for other in found if other is not one and other.hidden),
        _id_places(one.rows[layout.above :], layout),
    )


def _named(found: Sequence[Sheet], name: str) -> list[Sheet]:
    exact = [one for one in found if one.name == name]
    part = [one for one in found if name.lower() in one.name.lower()]
    if not (exact or part):
        raise Unreadable(
            _("There is no sheet “{name}”.").format(name=name),
            field="sheet",
            value=name,
            candidates=[{"key": one.name, "label": one.name} for one in found],
            hint=_("There are: {choices}").format(choices=" ".join(one.name for one in found)),
        )
    return exact or part


def _no_rooms(found: Sequence[Sheet], wanted: Mapping[str, str]) -> Unreadable:
    hint = _("Say which one it is: {flag} (its letter or its heading).").format(flag="--map 房号=A")
    behind = [one.name for one in found if one.hidden and headings.find(one, wanted)]
    if behind:
        hint = _("A hidden sheet has rooms: {flag}").format(flag=f"--sheet {behind[0]}")
    first = next((one.rows[0] for one in found if one.rows), None)
    seen = [entries.without_id(text_of(cell)) for cell in first.cells] if first else []
    return Unreadable(
        _("There is no column with rooms."),
        field="map",
        value=" ".join(text for text in seen if text),
        hint=hint,
    )


def _id_places(rows: Sequence[Row], layout: Layout) -> tuple[int, ...]:
    """The columns of ID numbers: by their headings, and untaken ones by what stands in them."""
    inside = {
        place
        for row in rows
        for place in layout.others
        if place < len(row.cells) and entries.has_id(text_of(row.cells[place]))
    }
    return tuple(sorted({*layout.id_numbers, *inside}))


class _Body:
    """The lines below the heading, judged one after the other. A door of several lines stands or falls with all."""

    def __init__(self, rows: Sequence[Row], layout: Layout) -> None:
        self.places = layout.places
        self.heading = layout.heading
        self.lines: dict[str, Line] = {}
        self.of: dict[str, list[int]] = {}  # room → its lines
        self.spoiled: dict[str, int] = {}  # room → a line of it that is wrong
        self.problems: list[Problem] = []
        self.left: list[Left] = []
        self.rows: list[Row] = []
        self.judge = entries.guard()
        self.last = ""
        for row, texts in self._households(rows):
            self._take(row.line, texts)
        self._drop_spoiled()
        self._refuse_short()
        self.problems.sort(key=lambda one: one.line)

    def _households(self, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[str, str]]]:
        """The rows that are meant as households, and their texts; building and unit hold until others are named."""
        building = unit = ""
        for row in rows:
            texts = {field: cell_text(row, self.places.get(field, ())) for field in NAMES}
            if why := self._no_household(row, texts):
                self.left.append(Left(row.line, why))
                continue
            if texts["building"]:
                unit = "" if texts["building"] != building else unit
                building = texts["building"]
            unit = texts["unit"] or unit
            if "building" in self.places or "unit" in self.places:
                whole = len(_parts(texts["room"])) > 2
                texts |= {} if whole else {"building": building, "unit": unit}
            self.rows.append(self._filled(row, texts))
            yield row, texts

    def _filled(self, row: Row, texts: Mapping[str, str]) -> Row:
        """A row with its building and unit, as a list of single lines needs it."""
        cells = list(row.cells)
        for field in ("building", "unit"):
            for place in self.places.get(field, ()):
                if place < len(cells) and texts[field]:
                    cells[place] = texts[field]
        return Row(row.line, tuple(cells))

    def _no_household(self, row: Row, texts: Mapping[str, str]) -> str:
        """Why a row is none: TOTAL, NOTE, HEADING; "" for a household."""
        cells = [text for text in map(text_of, row.cells) if text]
        has_room = rooms.looks_like_room(entries.spoken(texts["room"]))
        named = [field for field, text in texts.items() if text and field not in ("building", "unit")]
        is_count = texts["room"].endswith(("户", "套", "间"))
        if (is_count or not has_room) and any(_TOTAL.fullmatch(re.sub(r"\s", "", text)) for text in cells):
            return TOTAL
        if cells == [text for text in self.heading if text] or headings.field_of(texts["room"])[0]:
            return HEADING
        if not has_room and (_REMARK.match(cells[0]) or _REMARK.match(texts["room"])):
            return NOTE
        if not named or (named == ["room"] and not has_room and _is_sentence(texts["room"])):
            return NOTE
        return ""

    def _take(self, line: int, texts: dict[str, str]) -> None:
        building = texts.pop("building")
        door = texts["room"]
        texts["room"] = _whole(building, texts["unit"], door)
        found, faults = self.judge(line, texts)
        if _other_building(building, texts["room"]):
            said = _("The room is of another building than the line says: {building}").format(building=building)
            found, faults = None, [*faults, problem(line, "room", door, said)]
        room = _room_of(texts["room"])
        if found is None:
            self.problems += faults
            if room and not any(one.field == "room" for one in faults):
                self.spoiled.setdefault(room, line)
                self.of.setdefault(room, []).append(line)
        else:
            self.left += [Left(line, why) for why in found.left]
            self._add(found.line, door)
        self.last = room

    def _add(self, line: Line, door: str) -> None:
        first = self.lines.get(line.room)
        if first is None:
            self.lines[line.room] = line
        elif self._joins(first, line):
            self.lines[line.room] = first._replace(owners=(*first.owners, *line.owners))
            self.left.append(Left(line.line, JOINED))
        else:
            said = _("Room {room} stands in lines {first} and {line}.")
            self.problems.append(problem(line.line, "room", door, said.format(
                room=line.room, first=first.line, line=line.line)))  # fmt: skip
            return
        self.of.setdefault(line.room, []).append(line.line)

    def _joins(self, first: Line, line: Line) -> bool:
        """Does a second line of a door only add owners? It follows at once and says nothing else, or the same."""
        known = {name for name, _phone in first.owners}
        more = {name for name, _phone in line.owners}
        fresh = {field for field, value in line.fields.items() if first.fields.get(field) != value}
        return self.last == line.room and bool(known and more) and not known & more and not fresh

    def _drop_spoiled(self) -> None:
        wrong = {one.line for one in self.problems}
        for room, at in self.spoiled.items():
            self.lines.pop(room, None)
            for line in self.of[room]:
                if line not in wrong:
                    said = _("It belongs to line {line}, which cannot be taken in.").format(line=at)
                    self.problems.append(problem(line, "room", room, said))

    def _refuse_short(self) -> None:
        """A bare 501 among rooms with building and unit is a room that lost them."""
        bare_ones = [room for room in self.lines if "-" not in room]
        if 2 * len(bare_ones) < len(self.lines):
            for room in bare_ones:
                said = _("Building and unit are missing; the other rooms have them.")
                self.problems.append(problem(self.lines.pop(room).line, "room", room, said))


def _is_sentence(text: str) -> bool:
    return not entries.made_of_date(text) and (len(text) > _LONG or not re.search(r"\d", text))


def _parts(door: str) -> tuple[str, ...]:
    try:
        return tuple(part for part in rooms.parse(entries.spoken(door)) if part)
    except Unreadable:
        return ()


def _room_of(text: str) -> str:
    return "-".join(_parts(text))


def _stripped(part: str) -> str:
    """3号楼, 3#, 3.0, 枣园小区3栋 → 3."""
    text = re.sub(r"(?<=\d)\.0+$", "", entries.spoken(bare(part)))
    return _SUFFIX.sub("", text)


def _other_building(building: str, room: str) -> bool:
    said = () if entries.made_of_date(room) else _parts(room)
    return bool(building) and len(said) == 3 and _parts(f"{_stripped(building)}-1-1")[:1] not in ((), said[:1])


def _whole(building: str, unit: str, door: str) -> str:
    """The room of a list that keeps building, unit and door apart; what the door says itself is not said twice."""
    if not (building or unit) or entries.made_of_date(door):
        return door
    above = [_stripped(part) for part in (building, re.sub(r"^.*[-栋幢楼#](?=.)", "", unit)) if part]
    seen = _parts(door)
    if len(seen) == 2 and building:
        if seen[0] == _stripped(building) and unit:
            return "-".join((*seen[:1], _stripped(unit), seen[1]))
        return "-".join((*above[:1], *seen))
    if len(seen) > 1:
        return door
    return "-".join((*above, entries.spoken(door))) if door else door
