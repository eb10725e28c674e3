"""Special spaces of a spreadsheet: its columns, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.book import spaces
from zaoyuan_cli.book.space_rosters import Line, Owner
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.rules import dates
from zaoyuan_cli.rules.text import normal

from . import entries, headings
from .headings import Form
from .lines import Body, Left, not_taken
from .rosters import Roster
from .rosters import read as read_list
from .sheets import Sheet

EVERYBODY = ("全体业主", "全体", "业主共有", "共有", "公共", "公用")
"""Who is nobody in particular."""


def _looks(text: str) -> bool:
    return re.fullmatch(r"[^\s,，。;；:：]{0,12}\d[^\s,，。;；:：]{0,12}", text) is not None


def _number(text: str) -> str:
    if not text:
        raise Unreadable(_("The number is missing."))
    if entries.made_of_date(text):
        raise Unreadable(_("The spreadsheet made a date of the number; format the column as text."))
    return spaces.read_number(re.sub(r"(?<=\d)\.0+$", "", text))


def _kind(text: str) -> str:
    """车位, 地下车位 and 产权车位 are parking places."""
    seen = normal(text).lower()
    fits = [sort for word, sort in spaces.SORTS.items() if not word.isascii() and seen.endswith(word)]
    return fits[0] if fits else str(entries.choice(spaces.SORTS)(text))


def _door(text: str) -> str:
    return entries.room(text) if text else ""


def _since(text: str) -> date | None:
    if text and not re.match(r"(19|20)\d\d([-/.年]|\d{4}$)", normal(text)):
        raise Unreadable(_("The day needs its year: {value}").format(value=text))
    return dates.parse(text, date.min) if text else None


READERS: Mapping[str, Callable[[str], Any]] = {
    "space": _number, "kind": _kind, "owner": entries.owners, "room": _door, "phone": entries.telephones,
    "area": entries.area, "area_source": entries.choice(entries.SOURCES), "since": _since,
}  # fmt: skip
FORM = Form(
    headings.SPACES, "space", _looks, N_("There is no column with numbers of special spaces."),
    N_("{count} sheets have special spaces; say which one is meant."),
    N_("A hidden sheet has special spaces: {flag}"),
)  # fmt: skip


def read(found: Sequence[Sheet], mapping: Sequence[str] = (), sheet: str = "") -> Roster[Line]:
    """The special spaces of a file. Raises Unreadable, Ambiguous."""
    return read_list(found, FORM, Spaces, mapping, sheet)


class Spaces(Body[Line]):
    """Special spaces below the heading."""

    readers = READERS

    def take(self, line: int, texts: dict[str, str]) -> None:
        found, faults = self.judge(line, texts)
        key = str(found["space"]) if found else _key(texts["space"])
        if found is None:
            self.spoil(line, key, faults)
        else:
            self.left += [Left(line, why) for why in not_taken(found, texts)]
            self.add(_line(line, found), texts["space"])
        self.last = key

    def twice(self, first: Line, line: Line) -> str:
        said = _("Special space {number} stands in lines {first} and {line}.")
        return said.format(number=line.space, first=first.line, line=line.line)


def _key(text: str) -> str:
    """The number of a line that is wrong, "" where that is."""
    try:
        return _number(text)
    except Unreadable:
        return ""


def _line(line: int, found: Mapping[str, Any]) -> Line:
    names = [name for name in found["owner"] if name not in EVERYBODY]
    numbers = (*found["phone"], *[""] * len(names))
    owners = [Owner(name, phone, found["room"], line) for name, phone in zip(names, numbers, strict=False)]
    if found["room"] and not found["owner"]:
        owners = [Owner(found["room"], "", "", line)]
    fields = {"sort": found["kind"], "area": found["area"], "area_source": found["area_source"]}
    said = {field: value for field, value in fields.items() if value not in (None, "")}
    return Line(line, found["space"], tuple(owners), said, found["since"])
