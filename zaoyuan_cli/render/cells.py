"""Values to words: what one cell says, how wide it is on a screen, and a whole table as such cells.

No library is needed here, so a piped list costs no import.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from unicodedata import category, east_asian_width

from zaoyuan_cli.document import (
    Alias,
    Blank,
    Code,
    Column,
    Document,
    Heading,
    Kind,
    Loud,
    Signatures,
    State,
    Style,
    Table,
    Text,
)
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.render.states import TONES, WORDS
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.text import safe

RIGHT: frozenset[Kind] = frozenset(("money", "area", "number"))
"""Aligned on the right."""

FOLDED: frozenset[Kind] = frozenset(("text",))
"""May be broken over several lines; every other kind stays whole at any width."""

NOTHING = "-"
BOX = "[ ]"
"""A square to tick."""
LINE = "_" * 12
"""A line to write on."""
NOTHING_TO_SHOW = N_("Nothing to show.")

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


def line(text: str) -> str:
    """User text on one line: breaks and tabs are a blank, what could steer a terminal is U+FFFD."""
    return text if text.isprintable() else safe(_BREAKS.sub(" ", text).strip())


def lines(text: str) -> list[str]:
    """User text with its line breaks kept, each line safe."""
    return [line(part) for part in text.splitlines()] or [""]


def word(code: str) -> str:
    """A state ("paid") as a word of the language of the run; a code that is not known as it is."""
    code = code.replace("_", " ")
    return _(code) if code in WORDS else line(code)


def tone(value: object) -> Style:
    """How urgent a state is; the word says the same, so nothing is lost without colour."""
    return TONES.get(value, "") if isinstance(value, str) else ""


def look(value: object) -> str:
    """How a value of a record is set on paper."""
    return tone(value) if isinstance(value, State) else "loud" if isinstance(value, Loud) else ""


def money(value: object) -> str:
    """Fen as 1,000.50; what is no amount as any value."""
    return Fen(value).yuan() if isinstance(value, int) and not isinstance(value, bool) else shown(value)


def area(value: object) -> str:
    """0.01 m2 as 12,000.50; what is no area as any value."""
    return Area(value).grouped() if isinstance(value, int) and not isinstance(value, bool) else shown(value)


def shown(value: object) -> str:
    """Any value for eyes, by its type; nothing is "-"."""
    return _BY_TYPE.get(type(value), _other)(value)


def of_kind(kind: Kind) -> Callable[[object], str]:
    """What shows the values of a column."""
    return _OF_KIND.get(kind, shown)


def _other(value: object) -> str:
    if isinstance(value, str):
        return line(value)
    if isinstance(value, Mapping):
        return series(f"{line(str(key))} {shown(part)}" for key, part in value.items()) or NOTHING
    if isinstance(value, Iterable):
        return series(shown(part) for part in value) or NOTHING
    return line(str(value))


def _when(value: datetime) -> str:
    return value.isoformat(" ", "minutes")


_BY_TYPE: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: NOTHING,
    str: lambda text: line(text) or NOTHING,
    Alias: lambda name: line(name.said),
    State: lambda code: word(code) or NOTHING,
    Fen: Fen.yuan,
    Area: Area.grouped,
    bool: lambda value: _("yes") if value else _("no"),
    int: str,
    date: date.isoformat,
    datetime: _when,
    Blank: lambda _blank: LINE,
}

_OF_KIND: dict[Kind, Callable[[object], str]] = {
    "money": money,
    "area": area,
    "state": lambda value: word(value) if isinstance(value, str) and value else shown(value),
    "box": lambda _value: BOX,
}

_ALIKE: frozenset[type] = frozenset((str, State, Fen, Area, bool, int, date))
"""Types of which two equal values say the same."""

_widths: dict[str, int] = {}


def width(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese character two, a combining mark none."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        if (known := _widths.get(character)) is None:
            wide = east_asian_width(character) in "WF"
            known = 0 if category(character) in ("Mn", "Me", "Cf") else 2 if wide else 1
            _widths[character] = known
        total += known
    return total


class Grid(NamedTuple):
    """A table as words, column by column: `cells[column][row]`. `totals` is empty where there are none."""

    headings: list[str]
    cells: list[list[str]]
    totals: list[str]


def grid(table: Table) -> Grid:
    """Everything a table says."""
    cells = []
    for column in table.columns:
        key = column.key
        cells.append(_all([row.get(key) for row in table.rows], of_kind(column.kind)))
    return Grid([_(column.heading) for column in table.columns], cells, totals(table))


def _all(values: list[object], show: Callable[[object], str]) -> list[str]:
    """All values of a column; where one means the same wherever it stands, it is put into words once."""
    kinds = set(map(type, values)) - {type(None)}
    if len(kinds) > 1 or not kinds <= _ALIKE:
        return [show(value) for value in values]
    words = {value: show(value) for value in set(values)}
    return [words[value] for value in values]


def totals(table: Table) -> list[str]:
    """The last line: "Total" and how many in the first column, sums under theirs, the rest empty.

    How many = the first plain count among the totals that has no column of its own (households, receipts).
    """
    sums = table.totals
    if not sums:
        return []
    shown_sums = [of_kind(column.kind)(sums[column.key]) if column.key in sums else "" for column in table.columns]
    if not shown_sums[0]:
        keys = {column.key for column in table.columns}
        count = next((value for key, value in sums.items() if key not in keys and type(value) is int), None)
        shown_sums[0] = _("Total") if count is None else f"{_('Total')} {count}"
    return shown_sums


def signing(signatures: Signatures) -> list[str]:
    """Who signs, and the line to sign on; a line each."""
    day = f"  {_('Date')} {'_' * 12}" if signatures.dated else ""
    return [f"{' '.join(filter(None, (line(who), line(name))))} {'_' * 16}{day}" for who, name in signatures.pairs]


def cut(text: str) -> str:
    """What names the dashes where a paper is cut apart."""
    return f"- - - {line(text)} - - -"


def coded(code: Code) -> str:
    """What proves a paper, where there are no pictures."""
    return f"{line(code.label)} {line(code.text)}".strip()


def rightward(columns: Sequence[Column]) -> list[bool]:
    """Which columns are aligned on the right."""
    return [column.kind in RIGHT for column in columns]


def spaced(document: Document) -> list[bool]:
    """Which parts have a blank line before them: not the first, nor what follows a heading, nor Text after Text."""
    blanks = []
    before: type | None = None
    for part in document:
        kind = type(part)
        blanks.append(not (before is None or before is Heading or (before is Text and kind is Text)))
        before = kind
    return blanks


def stack(blocks: Iterable[str], blanks: Iterable[bool]) -> str:
    """Blocks of text under one another."""
    return "".join(("\n" if blank else "") + block + "\n" for block, blank in zip(blocks, blanks, strict=True))
