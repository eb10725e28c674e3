"""Headings: where a list keeps what. Columns are known by their names, wherever they stand and whatever stands above
them, or are said by letter or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal

from .sheets import Row, Sheet, column, letters, text_of

HOUSEHOLDS: Mapping[str, tuple[str, ...]] = {
    "building": ("楼号", "楼栋", "楼栋号", "栋号", "楼幢号", "幢号", "座号", "栋", "幢", "座", "楼", "building"),
    "unit": ("单元", "单元号", "门栋", "unit"),
    "room": ("房号", "房间号", "门牌号", "室号", "房屋编号", "房屋号", "房间", "房屋", "门牌", "房室号", "户室号",
             "房屋坐落", "专有部分坐落", "专有部门座落", "房产", "房屋地址", "住址", "地址", "户号", "room"),
    "owner": ("业主姓名", "业主名称", "业主", "产权人", "产权人姓名", "房主", "户主姓名", "户主", "姓名", "owner",
              "owners", "name"),
    "area": ("专有部分面积", "建筑面积", "产权面积", "房屋面积", "房屋建筑面积", "面积", "area"),
    "area_source": ("面积来源", "area_source", "area-source"),
    "grid": ("微网格", "微网格号", "所属微网格", "网格", "网格号", "所属网格", "grid"),
    "state": ("房屋状态", "状态", "居住状态", "居住情况", "使用情况", "使用状态", "入住情况", "state"),
    "ebike": ("电动车", "电瓶车", "电动自行车", "有无电动车", "是否有电动车", "电动车数量", "ebike"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系手机", "移动电话",
              "业主电话", "业主手机", "业主手机号", "业主联系电话", "phone"),
}  # fmt: skip
SPACES: Mapping[str, tuple[str, ...]] = {
    "space": ("车位号", "车位编号", "停车位号", "停车位编号", "泊位号", "摊位号", "摊位编号", "储藏室号", "储藏室编号",
              "储藏间号", "特定空间编号", "特定空间", "空间编号", "车位", "停车位", "泊位", "摊位", "储藏室", "储藏间",
              "space"),
    "kind": ("类别", "类型", "种类", "车位类型", "车位类别", "空间类型", "空间类别", "kind"),
    "owner": HOUSEHOLDS["owner"],
    "room": ("业主房号", "所属房号", "对应房号", "所在房号", *HOUSEHOLDS["room"]),
    "phone": HOUSEHOLDS["phone"],
    "area": ("车位面积", *HOUSEHOLDS["area"]),
    "area_source": HOUSEHOLDS["area_source"],
    "since": ("起始日期", "取得日期", "购买日期", "购入日期", "过户日期", "登记日期", "日期", "since"),
}  # fmt: skip
"""What a column may be called; where a sheet has two of one meaning, the one that stands first here is taken."""
_ID_NUMBER = re.compile("身份证|证件号|身份号|公民身份|护照号|idcard|idnumber|id_number", re.IGNORECASE)
_OWN = ("序号", "编号", "原因", "no", "no.", "#")  # ours, or a counter: nobody misses them
_ABOVE = 30  # a heading stands within so many lines


class Form(NamedTuple):
    """A list of a kind: what its columns may be called, which of them names the thing of a line, whether a text looks
    like such a name; what is said where no sheet has that column, where several have, and where a hidden one has."""

    names: Mapping[str, tuple[str, ...]]
    key: str
    looks: Callable[[str], bool]
    none: str
    several: str
    hidden: str


class Layout(NamedTuple):
    """Where a sheet keeps what: the places of each column (telephones may have several), all headings, and how many
    rows stand above the first line."""

    form: Form
    places: Mapping[str, tuple[int, ...]]
    heading: tuple[str, ...]
    above: int

    def name(self, place: int) -> str:
        """A column's heading, or its letters."""
        return (self.heading[place] if place < len(self.heading) else "") or letters(place)

    def headings(self, width: int) -> list[str]:
        """So many headings for a list of the same columns; one without a name that was taken has ours."""
        ours = {place: self.form.names[field][0] for field, places in self.places.items() for place in places}
        texts = [*self.heading, *[""] * (width - len(self.heading))][:width]
        return [text or ours.get(place, "") for place, text in enumerate(texts)]

    @property
    def columns(self) -> dict[str, str]:
        """Which heading was taken for what."""
        return {field: " ".join(self.name(place) for place in places) for field, places in self.places.items()}

    @property
    def id_numbers(self) -> tuple[int, ...]:
        """The columns that hold ID numbers, by their headings."""
        return tuple(place for place, text in enumerate(self.heading) if _ID_NUMBER.search(text))

    @property
    def others(self) -> tuple[int, ...]:
        """The columns that were not taken for anything and hold no ID numbers."""
        used = {place for places in self.places.values() for place in places} | set(self.id_numbers)
        return tuple(
            place for place, text in enumerate(self.heading) if text and place not in used and _folded(text) not in _OWN
        )


def said(mapping: Sequence[str], form: Form) -> dict[str, str]:
    """What --map says: 房号=A, owner=户主; several with commas. Raises Unreadable."""
    return dict(_said(one, form) for text in mapping for one in re.split("[,\uff0c]", text) if one.strip())


def _said(text: str, form: Form) -> tuple[str, str]:
    name, equals, where = text.strip().replace("＝", "=").partition("=")
    field, _rank = field_of(name, form)
    if not (field and equals and where.strip()):
        raise Unreadable(
            _("This says no column: {value}").format(value=text),
            field="map",
            value=text,
            hint=_("There are: {choices}").format(choices=" ".join(names[0] for names in form.names.values())),
        )
    if _ID_NUMBER.search(where):
        raise Unreadable(
            _("ID numbers are never taken in: {value}").format(value=where.strip()), field="map", value=text
        )
    return field, where.strip()


def field_of(heading: str, form: Form) -> tuple[str, int]:
    """The column a heading names and its rank among the names of it; ("", 0) for none: 建筑面积(㎡)* is the area."""
    name = _folded(heading)
    numberless = re.sub("[0-9一二三]+$", "", name)
    for field, names in form.names.items():
        for one in (name, numberless) if field == "phone" else (name,):
            if one in names:
                return field, names.index(one)
    return "", 0


def _folded(heading: str) -> str:
    """A heading without what is only said about it: brackets, stars, colons, units."""
    bare = re.sub(r"[(（\[【].*?([)）\]】]|$)", "", heading)
    bare = re.sub(r"[\s*＊:：]+", "", normal(bare.replace("²", "2"))).lower()
    return re.sub("(㎡|m2|平方米|平米)$", "", bare)


def find(sheet: Sheet, wanted: Mapping[str, str], form: Form) -> Layout | None:
    """The layout of a sheet: the row, or two rows, that name the most columns, the form's key among them; or, with
    letters said, the rows from the first key on."""
    best: Layout | None = None
    for n in range(min(_ABOVE, len(sheet.rows))):
        for deep in (1, 2):
            found = _at(sheet.rows, n, deep, wanted, form)
            if found and (best is None or len(found.places) > len(best.places)):
                best = found
    if best is None and (places := _lettered(wanted, ())) and form.key in places and len(places) == len(wanted):
        for n, row in enumerate(sheet.rows):
            if form.looks(cell_text(row, places[form.key])):
                return Layout(form, places, (), n)
    return best


def _at(rows: Sequence[Row], n: int, deep: int, wanted: Mapping[str, str], form: Form) -> Layout | None:
    heading = tuple(text_of(cell) for cell in rows[n].cells)
    if deep == 2:
        if n + 1 >= len(rows) or not any(field_of(text_of(cell), form)[0] for cell in rows[n + 1].cells):
            return None
        heading = _under(heading, tuple(text_of(cell) for cell in rows[n + 1].cells), form)
    lettered = _lettered(wanted, heading)
    named = {field: _find(heading, where) for field, where in wanted.items() if field not in lettered}
    if any(place is None for place in named.values()):
        return None
    chosen = {field: (place,) for field, place in named.items() if place is not None} | lettered
    guessed = _guessed(heading, form)
    if not (guessed or named):
        return None
    used = {place for places in chosen.values() for place in places}
    rest = {field: tuple(place for place in places if place not in used) for field, places in guessed.items()}
    places = {field: places for field, places in rest.items() if places} | chosen
    return Layout(form, places, heading, n + deep) if form.key in places else None


def _under(above: tuple[str, ...], below: tuple[str, ...], form: Form) -> tuple[str, ...]:
    """Two rows of headings as one: the lower where it names a column, else both together, else the one there is."""
    found, group = [], ""
    width = max(len(above), len(below))
    for upper, lower in zip(_wide(above, width), _wide(below, width), strict=True):
        group = upper or group
        both = group + lower if lower else upper
        names = [name for name in (lower, both, upper) if field_of(name, form)[0] or _ID_NUMBER.search(name)]
        found.append((names or [lower or upper])[0])
    return tuple(found)


def _wide(texts: tuple[str, ...], width: int) -> tuple[str, ...]:
    return texts + ("",) * (width - len(texts))


def _guessed(heading: Sequence[str], form: Form) -> dict[str, tuple[int, ...]]:
    ranked: dict[str, list[tuple[int, int]]] = {}
    for place, text in enumerate(heading):
        field, rank = field_of(text, form)
        if field and not _ID_NUMBER.search(text):
            ranked.setdefault(field, []).append((rank, place))
    return {
        field: tuple(place for _rank, place in found) if field == "phone" else (min(found)[1],)
        for field, found in ranked.items()
    }


def _lettered(wanted: Mapping[str, str], heading: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns said by letters that are no heading."""
    places = {field: column(where) for field, where in wanted.items() if _find(heading, where) is None}
    return {field: (place,) for field, place in places.items() if place is not None}


def _find(heading: Sequence[str], where: str) -> int | None:
    texts = [text.strip() for text in heading]
    if where in texts:
        return texts.index(where)
    folded = [_folded(text) for text in heading]
    return folded.index(_folded(where)) if _folded(where) in folded else None


def cell_text(row: Row, places: Sequence[int]) -> str:
    """What a row has in the places of a column; several telephones stand one after the other."""
    texts = [text_of(row.cells[place]) for place in places if place < len(row.cells)]
    return "、".join(text for text in texts if text)
