"""Markdown with a head of TOML between two lines `+++`, as a person writes it: in Chinese or English words, with the
marks an input method leaves behind. Every fault is found at once and named by its line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from zaoyuan_cli.errors import FileUnreadable, Unreadable
from zaoyuan_cli.exchange import typed_toml
from zaoyuan_cli.exchange.typed_toml import Where
from zaoyuan_cli.i18n import _, joined, language
from zaoyuan_cli.rules.text import clean, normal

T = TypeVar("T")
HELP = "//"
"""Lines that begin so are for the writer and are not read."""
_FENCE = "+++"


class Fault(NamedTuple):
    """What is wrong on a line (1 is the first of the file)."""

    line: int
    message: str
    field: str = ""
    value: str | None = None


class Faulty(Unreadable):
    """A paper with faults, all of them."""

    def __init__(self, faults: Sequence[Fault], hint: str = "") -> None:
        self.faults = sorted(faults)
        said = [_("line {line}: {message}").format(line=fault.line, message=fault.message) for fault in self.faults]
        first = said[0] if len(said) == 1 else _("{count} places cannot be read.").format(count=len(said))
        super().__init__(
            first,
            field=self.faults[0].field or "file",
            value=self.faults[0].value,
            hint="\n".join([*(said if len(said) > 1 else ()), *([hint] if hint else ())]),
            problems=[fault._asdict() for fault in self.faults],
        )


class Lines(NamedTuple):
    """Where the values of a head stand: their path → the line."""

    at: Mapping[Where, int]
    first: int

    def of(self, *path: str | int) -> int:
        """The line of a value, of the nearest thing it is part of, or the first of the head."""
        return next((self.at[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.at), self.first)


class Sheet(NamedTuple):
    """A paper taken apart: the head's values, where they stand, and what follows the head."""

    head: dict[str, Any]
    lines: Lines
    body: str


def read_file(name: str) -> str:
    """The text of a file, of standard input for "-": UTF-8 with or without a mark, else GB18030. FileUnreadable."""
    if name == "-":
        stream = getattr(sys.stdin, "buffer", None)
        return decode(stream.read() if stream else sys.stdin.read().encode(), _("standard input"))
    return decode(Path(name).expanduser().read_bytes(), name)


def decode(data: bytes, name: str) -> str:
    """Bytes as text, line ends as "\\n". FileUnreadable: it is no text."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise FileUnreadable(
        _("{name} is no text file.").format(name=name),
        field="file",
        value=name,
        hint=_("Save it as text (UTF-8 or GB18030), .md or .txt; not as .doc or .docx."),
    )


def take_apart(text: str, keys: Mapping[str, str], head_needed: bool = True) -> Sheet:
    """A paper as head and body. keys: other words → the English keys. Raises Faulty: no head, or none that is TOML."""
    _refuse_hidden({(n,): line for n, line in enumerate(text.split("\n"), 1)}, lambda path: int(path[0]))
    lines = ["" if line.startswith(HELP) else line for line in text.split("\n")]
    fences = [n for n, line in enumerate(lines) if normal(line) == _FENCE][:2]
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not fences or fences[0] != start:
        _refuse_other_fence(lines[start], start + 1)
        if not head_needed:
            return Sheet({}, Lines({}, 1), _body(text.split("\n")))
        raise Faulty(
            [Fault(start + 1, _("The paper begins with a line {fence}.").format(fence=_FENCE))], hint=_example_head()
        )
    if len(fences) < 2:
        raise Faulty([Fault(len(lines), _("The line {fence} that ends the head is missing.").format(fence=_FENCE))])
    front = lines[start + 1 : fences[1]]
    toml, skeleton = typed_toml.proper("\n".join(front), keys)
    head = _parse(toml, front, offset=start + 2)
    where = Lines(dict(typed_toml.places(skeleton, start + 2)), start + 1)
    _refuse_hidden(dict(_texts(head)), lambda path: where.of(*path))
    return Sheet(head, where, _body(text.split("\n")[fences[1] + 1 :]))


def guard(kind: type[T], sheet: Sheet, keys: Mapping[str, str]) -> T:
    """The head as a dataclass, every value looked at. Raises Faulty with everything that is wrong."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(sheet.head)
    except ValidationError as wrong:
        faults = [
            _fault(kind, error["type"], error["loc"], error.get("input"), sheet, keys) for error in wrong.errors()
        ]
        raise Faulty(list(dict.fromkeys(faults))) from None


def word(key: str, keys: Mapping[str, str]) -> str:
    """A key in the language of the run."""
    chinese = {english: other for other, english in reversed(list(keys.items()))}
    return chinese.get(key, key) if language() == "zh" else key


def _refuse_other_fence(first: str, line: int) -> None:
    """Raise Faulty where a head begins as other programs have it: it would be taken for text."""
    if (mark := normal(first)) in ("---", "```", "==="):
        said = _("A head stands between two lines {fence}; here is {mark}.").format(fence=_FENCE, mark=mark)
        raise Faulty([Fault(line, said, value=mark)])


def _refuse_hidden(texts: Mapping[Where, str], line_of: Callable[[Where], int]) -> None:
    """Raise Faulty where a text holds a character that steers a screen."""
    faults = []
    for path, text in texts.items():
        try:
            clean(text, lines=True)
        except Unreadable as refusal:
            faults.append(Fault(line_of(path), refusal.message))
    if faults:
        raise Faulty(faults)


def _texts(value: Any, path: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text of a head, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def _body(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if not line.startswith(HELP)).strip("\n")


def _example_head() -> str:
    return _("An example:") + '\n+++\ntitle = "…"\ndate = 2022-05-31\n+++\n## …'


def _parse(toml: str, front: list[str], offset: int) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        at = int(found.group(1)) - 1 if found else len(front) - 1
        seen = front[at] if 0 <= at < len(front) else ""
        raise Faulty([Fault(at + offset, _toml_words(str(error), seen), value=seen.strip())]) from None


_DAY = re.compile(r"[=＝]\s*\d{4}-\d\d?-\d\d?\s*$")


def _toml_words(error: str, seen: str) -> str:
    """What is wrong with a line of TOML, for somebody who has never heard of it."""
    if _DAY.search(seen):
        return _("There is no such day: {text}").format(text=seen.strip())
    if "overwrite" in error or "twice" in error or "already" in error:
        return _("This is said a second time: {text}").format(text=seen.strip())
    if "Illegal character" in error or "Unterminated" in error:
        return _("A quotation mark is missing: {text}").format(text=seen.strip())
    if "nclosed" in error or "end of document" in error:
        return _("A bracket or quotation mark is not closed: {text}").format(text=seen.strip())
    if "=" not in seen and "＝" not in seen:
        return _('Here stands name = "text": {text}').format(text=seen.strip())
    return _(
        'A text stands in quotation marks, a list in brackets: name = "text", name = ["one", "two"]; here: {text}'
    ).format(text=seen.strip())


# ---- what pydantic found, in the words of the user


def _fault(kind: type, error: str, loc: Where, value: object, sheet: Sheet, keys: Mapping[str, str]) -> Fault:
    names = [part for part in loc if isinstance(part, str)]
    key = names[-1] if names else ""
    line, shown = sheet.lines.of(*loc), word(key, keys)
    match error:
        case "missing":
            said = _("“{key}” is missing.").format(key=shown)
        case "extra_forbidden" | "unexpected_keyword_argument":
            said = _("There is no “{key}” here.").format(key=shown)
            known = _keys_of(kind, names[:-1])
            close = get_close_matches(key, [*known, *(other for other, one in keys.items() if one in known)], 1, 0.5)
            said = joined((said, _("Did you mean {key}?").format(key=word(close[0], keys)))) if close else said
        case "list_type":
            said = _('“{key}” is a list: {key} = ["…", "…"].').format(key=shown)
        case "string_type":
            said = _('“{key}” is a text in quotation marks: {key} = "…".').format(key=shown)
        case _:
            said = _("“{key}” cannot be read.").format(key=shown)
    return Fault(line, said, key, None if error == "missing" or isinstance(value, dict) else str(value))


def _keys_of(kind: Any, names: list[str]) -> list[str]:
    """The keys that may stand at a place of a head."""
    for name in names:
        hint = get_type_hints(kind).get(name)
        kind = next((part for part in (hint, *get_args(hint)) if is_dataclass(part)), None)
    return [field.name for field in fields(kind)] if kind and is_dataclass(kind) else []
