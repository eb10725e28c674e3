"""Documents as the book keeps them: a paper that was posted, part by part, its values with their types.

It is JSON. A part or a column is an object that names its type under "="; a value that JSON has no type for is an
object of one key, such as {"=fen": 10000}. Headings of columns are kept in the language of the paper, so that a later
program, which words them otherwise, draws the paper as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, get_args

from zaoyuan_cli import document
from zaoyuan_cli.document import BLANK, Bar, Blank, Column, Document, Part, State
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area

_TYPES: dict[str, Any] = {of.__name__.lower(): of for of in (*get_args(Part), Column, Bar)}
_NAMES = {of: name for name, of in _TYPES.items()}
_VALUES: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "fen": (Fen, int, Fen), "area": (Area, int, Area), "state": (State, str, State),
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "date": (date, date.isoformat, date.fromisoformat), "blank": (Blank, lambda _blank: 1, lambda _one: BLANK),
}  # fmt: skip
"""The name of a type of value, how it is written, how it is read; a datetime is a date too, so it comes first."""


def packed(paper: Document) -> str:
    """The document as one text. Call it while the language is the paper's."""
    return json.dumps(_packed(list(paper)), ensure_ascii=False, separators=(",", ":"))


def _packed(value: Any) -> Any:
    if (of := _NAMES.get(type(value))) is not None:
        fields = {name: one for name, one in value._asdict().items() if one != value._field_defaults.get(name, ...)}
        if isinstance(value, Column):
            fields["heading"] = _(value.heading)
        return {"=": of} | {name: _packed(one) for name, one in fields.items()}
    for name, (kind, write, _read) in _VALUES.items():
        if isinstance(value, kind):
            return {f"={name}": write(value)}
    if isinstance(value, Mapping):
        return {str(key): _packed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_packed(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def unpacked(text: str) -> list[Part]:
    """The document that was packed; an empty one for nothing, which is what is left of an erased one."""
    return list(_unpacked(json.loads(text))) if text else []


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_unpacked, value))
    if not isinstance(value, dict):
        return value
    fields = {key: _unpacked(one) for key, one in value.items()}
    if (of := fields.pop("=", None)) is not None:
        return _TYPES[of](**fields)
    if len(fields) == 1 and (key := next(iter(fields))).startswith("="):
        return _VALUES[key[1:]][2](fields[key])
    return fields


def changed(paper: Document, by: Callable[[str], str]) -> list[Part]:
    """The document with every text of its parts put through a function; what columns are called stays."""
    return [_changed(part, by) for part in paper]


def _changed(value: Any, by: Callable[[str], str]) -> Any:
    if isinstance(value, Column) or type(value) is document.Running:
        return value
    if type(value) in _NAMES:
        kept = {"kind", "style", "axis"}
        return value._replace(**{
            name: _changed(one, by) for name, one in value._asdict().items() if name not in kept
        })  # fmt: skip
    if isinstance(value, Mapping):
        return {key: _changed(one, by) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_changed(one, by) for one in value)
    return by(value) if type(value) is str else value


def lines(paper: Document) -> list[str]:
    """What a document says, a line for each heading, sentence, pair and row: for comparing two of them."""
    return [line for part in paper for line in _lines(part) if line]


def _lines(part: Any) -> Iterator[str]:
    if isinstance(part, document.Pairs):
        yield from (f"{label} {_word(value)}" for label, value in part.rows)
    elif isinstance(part, document.Table):
        yield part.title
        for row in (*part.rows, *([part.totals] if part.totals else ())):
            said = [f"{one.heading} {_word(row[one.key], one.kind)}" for one in part.columns if row.get(one.key)]
            yield " · ".join(said)
        if not part.rows:
            yield part.empty
    elif isinstance(part, document.Heading | document.Text):
        yield from part.text.split("\n")
    elif isinstance(part, document.Slip):
        yield from lines(part.parts)


def _word(value: Any, kind: str = "") -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, State) or kind == "state":
        return _(str(value).replace("_", " "))
    return str(value)
