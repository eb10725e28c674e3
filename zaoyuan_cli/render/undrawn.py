"""What the fonts of the papers lack: told by name before anything is printed, or an empty box in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zaoyuan_cli.document import Code, Document, Pairs, Running, Table
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _, sample
from zaoyuan_cli.render.cells import line, shown
from zaoyuan_cli.rules.glyphs import undrawn

BOX = "□"


def refuse_undrawn(parts: Document, edge: Running) -> None:
    """Raise Refusal, naming each character and the text it stands in."""
    found: dict[str, str] = {}
    for text in (edge.head, edge.foot, edge.number, *(text for part in parts for text in _texts(part))):
        for char in undrawn(text.replace("\ufffd", "")):
            found.setdefault(char, line(text))
    if not found:
        return
    places = "\n".join(f"{char} (U+{ord(char):04X}): {text[:60]}" for char, text in found.items())
    raise Refusal(
        _("The fonts of the papers lack {characters}.").format(characters=" ".join(found)),
        field="output",
        value="".join(found),
        candidates=[{"key": char, "label": text} for char, text in found.items()],
        hint="\n".join([
            places,
            _("To print an empty box there, to be written into by hand: {option}").format(option="--yes"),
            _("As a web page it is shown in the fonts of whoever reads it: {option}").format(
                option=sample("-o FILE.html")
            ),
        ]),
    )  # fmt: skip


def _texts(part: Any) -> Iterator[str]:
    """Every text that a part would print, a row of a table as one."""
    if isinstance(part, Table):
        keys = [column.key for column in part.columns]
        yield from (part.title, part.empty if not part.rows else "")
        for row in part.rows:
            yield " ".join(shown(row[key]) for key in keys if row.get(key) is not None)
    elif isinstance(part, Pairs):
        yield from (f"{label} {shown(value)}" for label, value in part.rows)
    elif isinstance(part, Code):
        yield f"{part.label} {part.text}"
    elif isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)


def drawable(value: Any) -> Any:
    """The same with a box for what the fonts lack."""
    if isinstance(value, str):
        lacking = undrawn(value)
        return value.translate(dict.fromkeys(map(ord, lacking), BOX)) if lacking else value
    if isinstance(value, dict):
        return {key: one if key == "svg" else drawable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [drawable(one) for one in value]
    return value
