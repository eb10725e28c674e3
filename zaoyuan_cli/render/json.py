"""JSON for programs: one object on one line. Money and areas are strings ("1000.50"), dates ISO, never a float."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zaoyuan_cli.document import Blank, Kind, Report
from zaoyuan_cli.rules.hundredths import Hundredths
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import Area
from zaoyuan_cli.rules.text import safe


def render(report: Report) -> str:
    """The data of the report."""
    return _text(report.data()) + "\n"


def _text(value: object) -> str:
    import json

    return json.dumps(typed(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def typed(value: object) -> Any:
    """A value as JSON has it; text of nothing is absent, hence null. Raises TypeError for a float or anything else that
    has no place in an answer."""
    kind = type(value)
    if value is None or kind is bool or kind is int:
        return value
    if isinstance(value, str):
        said = str(value) if value.isprintable() else safe(value, lines=True)  # JSON escapes breaks and tabs itself
        return said or None
    if isinstance(value, Hundredths):
        return value.plain()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {typed(key): typed(part) for key, part in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return typed(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [typed(part) for part in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"no JSON for {kind.__name__}: {value!r}")


def bare(value: object, kind: Kind = "text") -> str:
    """A value that is no text, as files for programs write it: 1000.50, 88.50, 2022-05-31, true; nothing is empty. A
    record inside a record has no place in one cell but as JSON."""
    if value is None or kind == "box" or isinstance(value, Blank):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Hundredths):
        return value.plain()
    if isinstance(value, int):
        return Fen(value).plain() if kind == "money" else Area(value).plain() if kind == "area" else str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, list | tuple) and not any(isinstance(part, Mapping) for part in value):
        return " ".join(bare(part) for part in value)
    if isinstance(value, list | tuple | Mapping):
        return _text(value)
    return safe(str(value))
