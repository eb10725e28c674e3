"""Shapes of slips: those of one printing are mostly set alike, and how high each is need be measured once for all."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

_FIGURE, _HAN = re.compile("[0-9]"), re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_NO_SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"


def numbered(drawn: Sequence[dict[str, Any]]) -> list[Any]:
    """The shapes of the slips among the parts of a paper; each slip gets the number of its own as `shape`."""
    places: dict[str, int] = {}
    shapes: list[Any] = []
    for one in drawn:
        if one["part"] == "slip":
            shape = _shape(one["parts"])
            one["shape"] = places.setdefault(json.dumps(shape), len(shapes))
            if one["shape"] == len(shapes):
                shapes.append(shape)
    return shapes


def _shape(value: Any) -> Any:
    """The same with other words of the same widths, and any square."""
    if isinstance(value, str):
        return _HAN.sub("一", _FIGURE.sub("0", value))
    if isinstance(value, dict):
        return {key: _NO_SQUARE if key == "svg" and one else _shape(one) for key, one in value.items()}
    return list(map(_shape, value)) if isinstance(value, (list, tuple)) else value
