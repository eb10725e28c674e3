"""TOML as people type it: with Chinese keys, with the quotation marks, brackets and equals signs of an input method."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Where: TypeAlias = tuple[str | int, ...]
"""The path of a value: keys, and places in a list."""
_ENDS = {'"': '"', "'": "'", "“": "”“", "”": "”“", "「": "」", "『": "』"}
_TO_ASCII = str.maketrans("＝［］｛｝，、", "=[]{},,")


def proper(front: str, keys: Mapping[str, str]) -> tuple[str, str]:
    """The head as TOML, and its skeleton: the same lines with every text taken out (\\x00 in its place)."""
    toml, skeleton, at = [], [], 0
    while at < len(front):
        piece, bare, at = _next(front, at, keys)
        toml.append(piece)
        skeleton.append(bare)
    return "".join(toml), "".join(skeleton)


def _next(front: str, at: int, keys: Mapping[str, str]) -> tuple[str, str, int]:
    """The next piece of a head: as TOML, in the skeleton, and where the one after it begins."""
    rest = front[at:]
    if match := re.match(r'("""|\'\'\').*?(?:\1|\Z)', rest, re.DOTALL):
        return match.group(), "\0" + "\n" * match.group().count("\n"), at + match.end()
    if rest[0] == "#":
        comment = rest.partition("\n")[0]
        return comment, "", at + len(comment)
    if rest[0] in _ENDS:
        return _quoted(rest, at, keys)
    if match := re.match(r"[^\W\d][\w-]*", rest):
        key = keys.get(match.group(), match.group())
        is_key = re.match(r"\s*[=＝]", rest[match.end() :])
        return key if key.isascii() or not is_key else json.dumps(key, ensure_ascii=False), key, at + match.end()
    return rest[0].translate(_TO_ASCII), rest[0].translate(_TO_ASCII), at + 1


def _quoted(rest: str, at: int, keys: Mapping[str, str]) -> tuple[str, str, int]:
    ends = _ENDS[rest[0]]
    pattern = r'"((?:[^"\\\n]|\\.)*)"' if rest[0] == '"' else f"{rest[0]}([^{ends}\n]*)[{ends}]"
    match = re.match(pattern, rest)
    if not match:
        line = rest.partition("\n")[0]
        return '"' + line[1:].replace('"', ""), "\0", at + len(line)
    text = match.group() if rest[0] in "\"'" else json.dumps(match.group(1), ensure_ascii=False)
    if re.match(r"\s*[=＝]", rest[match.end() :]):
        key = keys.get(match.group(1), match.group(1))
        return json.dumps(key, ensure_ascii=False), re.sub(r"\W", "_", key), at + match.end()
    return text, "\0", at + match.end()


_TOKEN = re.compile(r"(\n)|^[ \t]*\[\[?[ \t]*([\w-]+)[ \t]*\]?\]|([\w.-]+)[ \t]*=|([\[\]{},\0])", re.MULTILINE)


def places(skeleton: str, line: int) -> Iterator[tuple[Where, int]]:
    """(path, line) of every key and every item of a list in a skeleton whose first line has that number."""
    base: Where = ()
    count: dict[str, int] = {}
    stack: list[list[Any]] = []  # [path, index of the item or None for a table] of what is open
    path: Where = ()
    for newline, table, key, mark in _TOKEN.findall(skeleton):
        if newline:
            line += 1
        elif table:
            base = (table, count.get(table, 0))
            count[table] = count.get(table, 0) + 1
            yield base, line
        elif key:
            path = stack[-1][0] if stack else base
            for part in key.split("."):
                path = (*path, part)
                yield path, line
        elif mark == "," and stack and stack[-1][1] is not None:
            stack[-1][1] += 1
        elif mark in "\0{" and stack and stack[-1][1] is not None:
            path = (*stack[-1][0], stack[-1][1])
            yield path, line
        if mark in ("[", "{"):
            stack.append([path, 0 if mark == "[" else None])
        elif mark in ("]", "}") and stack:
            stack.pop()
