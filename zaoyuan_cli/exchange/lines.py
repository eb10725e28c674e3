"""Lines of a roster below its heading, judged one after the other: a household, or what is none and why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from zaoyuan_cli.book.rosters import Line
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working
from zaoyuan_cli.rules import rooms

from . import doors, entries, headings
from .entries import Problem, problem
from .headings import NAMES, Layout, cell_text
from .sheets import Row, text_of

TOTAL, NOTE, HEADING, JOINED, PHONES, PLUS = "total", "note", "heading", "joined", "phones", "plus"
"""Why something of a line was not taken: a total, no household, the heading again, an owner of the line before, more
telephones than owners, the + behind an area."""
_TOTAL = re.compile(".{0,12}(合计|小计|总计|共计|累计|总和)[:：]?.{0,16}|共\\d+[户套间]|total:?", re.IGNORECASE)
_REMARK = re.compile(
    r"[*※★（(\[【]*(注|说明|备注|填表|填写|制表|审核|复核|经办|制单|填报|统计|打印|日期|提示|示例说明|单位负责人|联系人)"
    r".*|\d+[、.．].{6,}",
    re.DOTALL,
)
_LONG = 12  # letters of a sentence that is no room


class Left(NamedTuple):
    """Something of a line that was not taken, and why (TOTAL …)."""

    line: int
    why: str


class Body:
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
        with working(_("Reading the lines"), len(rows)) as step:
            for row, texts in self._households(rows):
                self._take(row.line, texts)
                step()
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
                whole = len(doors.parts(texts["room"])) > 2
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
        texts["room"] = doors.whole(building, texts["unit"], door)
        found, faults = self.judge(line, texts)
        if doors.of_another(building, texts["room"]):
            said = _("The room is of another building than the line says: {building}").format(building=building)
            found, faults = None, [*faults, problem(line, "room", door, said)]
        room = doors.room_of(texts["room"])
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
