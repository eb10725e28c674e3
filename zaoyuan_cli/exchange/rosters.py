"""Rosters: the households of a spreadsheet. Its columns are guessed from their headings or said with --map; every cell
is judged, and every fault is told by its line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, NamedTuple

from zaoyuan_cli.book import households, rosters
from zaoyuan_cli.book.rosters import Line
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import phones, rooms
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.text import clean, normal

from .spreadsheets import Cell, Row, column, text_of

HEADINGS = {
    "building": ("楼号", "楼栋", "栋", "幢", "楼", "栋号", "building"),
    "unit": ("单元", "单元号", "unit"),
    "room": ("房号", "门牌号", "门牌", "房屋", "房间号", "室号", "户号", "room"),
    "owner": ("业主", "户主", "业主姓名", "户主姓名", "姓名", "产权人", "owner", "owners", "name"),
    "area": ("建筑面积", "面积", "产权面积", "area"),
    "area_source": ("面积来源", "area_source", "area-source"),
    "grid": ("微网格", "网格", "网格号", "grid"),
    "state": ("状态", "居住状态", "居住情况", "房屋状态", "使用情况", "state"),
    "ebike": ("电动车", "电瓶车", "有无电动车", "ebike"),
    "phone": ("电话", "手机", "手机号", "电话号码", "联系电话", "联系方式", "phone"),
}
STATES = households.STATES | {"自用": "owner", "租": "let", "空": "vacant", "空房": "vacant"}
SOURCES = households.SOURCES | {"产权证": "registered", "房产证": "registered"}
FLAGS = {"是": True, "有": True, "√": True, "yes": True, "y": True, "true": True, "1": True,
         "否": False, "无": False, "没有": False, "×": False, "no": False, "n": False, "false": False,
         "0": False}  # fmt: skip
SHEET_HEAD = 10  # a heading stands within so many lines


class Problem(NamedTuple):
    """A fault of a line: the column as JSON names it, what stands there, and a sentence."""

    line: int
    field: str
    value: str
    message: str


class Roster(NamedTuple):
    """A list as read: which heading was taken for what, the lines that are well, the faults, all rows, the heading."""

    columns: Mapping[str, str]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]
    heading: tuple[str, ...]


class Layout(NamedTuple):
    """Where a sheet keeps what: the place of each column, its heading, and how many rows stand above the first line."""

    places: Mapping[str, int]
    heading: tuple[str, ...]
    skip: int


def read(sheets: Sequence[Sequence[Row]], mapping: Sequence[str] = ()) -> Roster:
    """The roster of the first sheet that has rooms. `mapping`: 房号=A, owner=户主. Raises Unreadable where none has."""
    said = dict(_mapped(one) for text in mapping for one in re.split("[,\uff0c]", text) if one.strip())
    for rows in sheets:
        layout = _layout(rows, said)
        if layout is not None:
            body = rows[layout.skip :]
            lines, problems = _judged(body, layout.places)
            names = {field: _heading_at(layout.heading, place) for field, place in layout.places.items()}
            return Roster(names, tuple(lines), tuple(problems), tuple(body), layout.heading)
    first = [text_of(cell) for cell in sheets[0][0].cells] if sheets and sheets[0] else []
    raise Unreadable(
        _("There is no column with rooms."),
        field="map",
        value=" ".join(first),
        hint=_("Say which one it is: {flag} (its letter or its heading).").format(flag="--map 房号=A"),
    )


def _mapped(text: str) -> tuple[str, str]:
    name, equals, where = text.strip().replace("＝", "=").partition("=")
    field = _field(name)
    if not (field and equals and where.strip()):
        raise Unreadable(
            _("This says no column: {value}").format(value=text),
            field="map",
            value=text,
            hint=_("There are: {choices}").format(choices=" ".join(names[0] for names in HEADINGS.values())),
        )
    return field, where.strip()


def _field(heading: str) -> str:
    """The column a heading names, "" for none: 建筑面积(㎡) is the area."""
    bare = re.sub(r"[(（\[].*", "", heading.strip()).strip()
    bare = re.sub(r"\s+", "", normal(bare)).lower()
    return next((field for field, names in HEADINGS.items() if bare in names), "")


def _layout(rows: Sequence[Row], said: Mapping[str, str]) -> Layout | None:
    """The first row that holds headings; or, with letters said, the rows from the first room on."""
    for n, row in enumerate(rows[:SHEET_HEAD]):
        heading = tuple(text_of(cell) for cell in row.cells)
        places: dict[str, int] = {}
        for place, text in enumerate(heading):
            if field := _field(text):
                places.setdefault(field, place)
        letters = {field: column(where) for field, where in said.items() if where not in heading}
        found = {field: place for field, place in letters.items() if place is not None}
        if len(found) != len(letters):
            continue
        places |= {field: heading.index(where) for field, where in said.items() if where in heading} | found
        is_heading = any(_field(text) for text in heading) or any(where in heading for where in said.values())
        if "room" in places and is_heading:
            return Layout(places, heading, n + 1)
        if "room" in found and rooms.looks_like_room(text_of(_cell(row, found["room"]))):
            return Layout(found, (), n)
    return None


def _heading_at(heading: Sequence[str], place: int) -> str:
    letters = chr(ord("A") + place) if place < 26 else str(place + 1)
    return heading[place] if place < len(heading) and heading[place] else letters


def _cell(row: Row, place: int | None) -> Cell:
    return row.cells[place] if place is not None and place < len(row.cells) else None


def _judged(rows: Sequence[Row], places: Mapping[str, int]) -> tuple[list[Line], list[Problem]]:
    """Each line through the guard; a room that stands twice is a fault of the later line."""
    judge, lines, problems = guard(), list[Line](), list[Problem]()
    seen: dict[str, int] = {}
    for row in rows:
        texts = {field: text_of(_cell(row, places.get(field))) for field in HEADINGS}
        building, door = texts.pop("building"), texts["room"]
        texts["room"] = _whole(building, texts["unit"], door)
        found, faults = judge(row.line, texts)
        if found is not None and (first := seen.setdefault(found.room, row.line)) != row.line:
            message = _("The room stands in line {line} already.").format(line=first)
            found, faults = None, [Problem(row.line, "room", door, message)]
        problems += faults
        lines += [found] if found is not None else []
    return lines, problems


def _whole(building: str, unit: str, door: str) -> str:
    """The room of a list that keeps building, unit and door apart."""
    if not building or "-" in door:
        return door
    parts = [re.sub("(?:号楼|栋|幢|座|楼|单元|门|号|#)+$", "", normal(part)) for part in (building, unit)]
    return "-".join(part for part in (*parts, door) if part)


def guard() -> Callable[[int, Mapping[str, str]], tuple[Line | None, list[Problem]]]:
    """What judges one line: the line, or all its faults. pydantic collects them."""
    from pydantic import PlainValidator, TypeAdapter, ValidationError

    def by(reader: Callable[[str], Any]) -> Any:
        def read(value: Any) -> Any:
            try:
                return reader(value)
            except Unreadable as fault:
                raise ValueError(fault.message) from None

        return PlainValidator(read)

    @dataclass
    class Cells:
        room: Annotated[str, by(_room)]
        owner: Annotated[tuple[str, ...], by(_names)]
        phone: Annotated[tuple[str, ...], by(_phones)]
        area: Annotated[Area | None, by(_area)]
        area_source: Annotated[str, by(_choice(SOURCES))]
        unit: Annotated[str, by(_unit)]
        grid: Annotated[str, by(_plain)]
        state: Annotated[str, by(_choice(STATES))]
        ebike: Annotated[bool | None, by(_choice(FLAGS))]

    adapter = TypeAdapter(Cells)

    def judge(line: int, texts: Mapping[str, str]) -> tuple[Line | None, list[Problem]]:
        try:
            found = asdict(adapter.validate_python(dict(texts)))
        except ValidationError as error:
            faults = [(str(one["loc"][0]), str(one.get("ctx", {}).get("error", one["msg"]))) for one in error.errors()]
            return None, [Problem(line, field, texts[field], message) for field, message in faults]
        names, numbers = found.pop("owner"), found.pop("phone")
        if len(numbers) > max(1, len(names)):
            message = _("There are more telephone numbers than owners.")
            return None, [Problem(line, "phone", texts["phone"], message)]
        room = found.pop("room")
        found["unit"] = rosters.default_unit(found["unit"], room) if found["unit"] else ""
        owners = tuple(zip(names, (*numbers, *[""] * len(names)), strict=False))
        return Line(line, room, owners, {name: value for name, value in found.items() if value not in (None, "")}), []

    return judge


def _room(text: str) -> str:
    if not text:
        raise Unreadable(_("The room is missing."))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise Unreadable(_("The spreadsheet made a date of the room; format the column as text."))
    return rooms.parse(text).text


def _names(text: str) -> tuple[str, ...]:
    parts = (re.sub(r"\s+", " ", clean(part)).strip() for part in re.split("[、,\uff0c;\uff1b/]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _phones(text: str) -> tuple[str, ...]:
    return tuple(phones.parse_phone(part) for part in re.split("[、,\uff0c;\uff1b/]", text) if part.strip())


def _area(text: str) -> Area | None:
    return rooms.parse_area(text) if text else None


def _unit(text: str) -> str:
    return rooms.parse_unit(text) if text else ""


def _plain(text: str) -> str:
    return clean(normal(text))


def _choice(words: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if not text:
            return None if True in words.values() else ""
        if (found := words.get(normal(text).lower())) is None:
            shown = " ".join(dict.fromkeys(words))
            raise Unreadable(_("“{word}” is not one of: {choices}").format(word=text, choices=shown))
        return found

    return read
