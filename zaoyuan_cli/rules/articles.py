"""The articles of a bylaw: 第四条, 第十二条之一, Article 4. One goes on to the line where the next begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from zaoyuan_cli.rules.numerals import ALPHABET

_NUMBER = rf"[0-9{ALPHABET}]+"
_MARKS = r"[\s#>*_]*"  # of Markdown, before the words of a heading
_ARTICLE = re.compile(rf"{_MARKS}(第\s?{_NUMBER}\s?条(?:之{_NUMBER})?|Article [0-9]+)(?![0-9]|第|规定|、|和|至)")
_PART = re.compile(rf"{_MARKS}(?:第\s?{_NUMBER}\s?[编章节]|Chapter [0-9]+)")


class Article(NamedTuple):
    """One article, or what stands before the first one (label ""); `text` is as written, the label included."""

    label: str
    text: str


def split(text: str) -> list[Article]:
    """A bylaw's text as its articles, in order. A chapter's heading belongs to no article."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if match := _ARTICLE.match(line):
            found.append((re.sub(r"\s", "", match.group(1)) if "条" in match.group(1) else match.group(1), [line]))
        elif _PART.match(line) and found[-1][0]:
            found.append(("", [line]))
        else:
            found[-1][1].append(line)
    return [Article(label, body) for label, lines in found if (body := "\n".join(lines).strip())]


def count(text: str) -> int:
    """How many articles a text has."""
    return sum(bool(article.label) for article in split(text))
