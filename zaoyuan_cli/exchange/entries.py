"""Entries of a list: what may stand in its cells, and what is wrong with what does. pydantic collects the faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import make_dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from zaoyuan_cli.book import households
from zaoyuan_cli.book.comparing import Problem
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import names, phones, rooms
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.text import clean, normal

SOURCES = households.SOURCES | {
    "产权证": "registered", "房产证": "registered", "不动产权证": "registered", "不动产证": "registered",
    "房本": "registered", "测绘": "measured", "购房合同": "contract",
}  # fmt: skip
_BLANK = re.compile("[-/—–_\\\\]*|暂?无|不详|未知|待定|n/?a|none|null", re.IGNORECASE)
_BETWEEN = "[、,，;；/／|&＆\r\n]+"
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # a telephone copied out of a phone has them
_DATE = re.compile(r"([12]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([T ]00:00(:00)?(\.0+)?)?")
_ID = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)")
_LONGEST_NAME = 60
_ENOUGH = 7  # figures of a telephone


def blank(text: str) -> bool:
    """Does a cell say nothing: -, /, 无?"""
    return not text or _BLANK.fullmatch(text) is not None


def has_id(text: str) -> bool:
    """Does an ID number stand there (18 or the old 15 figures)?"""
    return _ID.search(text) is not None


def without_id(text: str) -> str:
    """The text without its ID numbers."""
    return _ID.sub("*" * 18, text)


def problem(line: int, field: str, value: str, message: str) -> Problem:
    """A fault as it may be told."""
    value = without_id(value)
    if field == "phone":
        value = re.sub(r"\d[\d -]{5,}\d", lambda found: names.mask_phone(found[0]), value)
    return Problem(line, field, value, message)


Judge: TypeAlias = Callable[[int, Mapping[str, str]], tuple[dict[str, Any] | None, list[Problem]]]


def guard(readers: Mapping[str, Callable[[str], Any]], flags: Collection[str] = ()) -> Judge:
    """What judges one line by its texts, each column by its reader: the values, or all that is wrong. In a flag 无 is
    no; elsewhere it says nothing."""
    from pydantic import PlainValidator, TypeAdapter, ValidationError

    def by(field: str, reader: Callable[[str], Any]) -> Any:
        def read(value: Any) -> Any:
            try:
                _refuse(value)
                return reader("" if blank(value) and field not in flags else value)
            except Unreadable as fault:
                raise ValueError(fault.message) from None

        return PlainValidator(read)

    cells = make_dataclass("Cells", [(field, Annotated[Any, by(field, reader)]) for field, reader in readers.items()])
    adapter: TypeAdapter[Any] = TypeAdapter(cells)

    def judge(line: int, texts: Mapping[str, str]) -> tuple[dict[str, Any] | None, list[Problem]]:
        try:
            return dict(vars(adapter.validate_python(dict(texts)))), []
        except ValidationError as error:
            faults = [(str(one["loc"][0]), str(one.get("ctx", {}).get("error", one["msg"]))) for one in error.errors()]
            return None, [problem(line, field, texts[field], message) for field, message in faults]

    return judge


def _refuse(text: str) -> None:
    """Raise Unreadable for what no cell may hold."""
    if has_id(text):
        raise Unreadable(_("An ID number stands here; the book never keeps one."))
    if "\ufffd" in text or re.fullmatch(r"[?？]{2,}", text):
        raise Unreadable(_("A character was lost here when the file was written."))
    if re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", text):
        raise Unreadable(_("The spreadsheet shows an error here: {value}").format(value=text))


# ---- one reader for each column


def room(text: str) -> str:
    if not text:
        raise Unreadable(_("The room is missing."))
    if likely := made_of_date(text):
        raise Unreadable(
            _("The spreadsheet made a date of the room, probably {room}; format the column as text.").format(
                room=likely
            )
        )
    return rooms.parse(spoken(text)).text


def made_of_date(text: str) -> str:
    """What somebody typed where a spreadsheet now has a date: 2001-02-03 was 1-2-3; "" where there is none."""
    if not (found := _DATE.fullmatch(normal(text))):
        return ""
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    return f"{year % 100}-{month}-{day}" if 1900 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31 else ""


def spoken(text: str) -> str:
    """A room without the estate's name before it and a needless .0 behind: 枣园小区3号楼2单元501, 501.0."""
    text = re.sub(r"(?<=\d)\.0+$", "", normal(text))
    return re.sub(r"^\D*?(小区|社区|家园|花园|公寓|苑|院|村|里)(?=[0-9A-Za-z一二三四五六七八九十])", "", text)


def owners(text: str) -> tuple[str, ...]:
    parts = [_name(part) for part in re.split(_BETWEEN, text)]
    return tuple(dict.fromkeys(part for part in parts if not blank(part)))


def _name(text: str) -> str:
    name = re.sub(r"\s+", " ", clean(text.strip(" \t\u3000\xa0"))).strip()
    if re.fullmatch(r"[㐂-鿿](?: [㐂-鿿])+", name):  # 张　三, drawn apart to look as wide as 欧阳夏
        name = name.replace(" ", "")
    if re.search(r"[0-9０-９]{5}", name):
        raise Unreadable(_("A number stands in the name."))
    if len(name) > _LONGEST_NAME:
        raise Unreadable(_("This is too long for a name."))
    return name


def telephones(text: str) -> tuple[str, ...]:
    parts = [_UNSEEN.sub("", part).strip() for part in re.split(_BETWEEN, text)]
    several = [one for part in parts for one in _apart(part)]
    return tuple(dict.fromkeys(_phone(part) for part in several if not blank(part)))


def _apart(text: str) -> list[str]:
    """Telephones with only a blank between them; 029 8123 4567 is one."""
    words = text.split()
    return words if len(words) > 1 and all(len(word) >= _ENOUGH for word in words) else [text]


def _phone(text: str) -> str:
    seen = re.sub(r"(?<=\d)\.0+$", "", normal(text))
    if re.fullmatch(r"\d(\.\d+)?E\+?\d\d?", seen.upper()):
        digits, power = re.split("E", seen.upper())
        if len(digits.replace(".", "")) <= int(power):
            raise Unreadable(
                _("The spreadsheet cut figures off the telephone number: {value}; format the column as text.").format(
                    value=seen
                )
            )
        seen = str(int(Decimal(seen)))
    try:
        figures = phones.parse_phone(seen)
    except Unreadable:
        raise Unreadable(_("This is no telephone number.")) from None
    if re.match("1[3-9]", figures) and len(figures) not in (7, 8, 11):
        raise Unreadable(_("A mobile number has 11 figures, this one {n}.").format(n=len(figures)))
    return figures


def area(text: str) -> Area | None:
    seen = text.rstrip("+＋ ").replace("。", ".")
    seen = re.sub(r"(?<=\d)[,，](?=\d{3}(\D|$))", "", seen)
    return rooms.parse_area(seen) if seen else None


def choice(words: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if not text:
            return ""
        if (found := words.get(normal(text).lower())) is None:
            shown = " ".join(dict.fromkeys(words))
            raise Unreadable(_("“{word}” is not one of: {choices}").format(word=text, choices=shown))
        return found

    return read
