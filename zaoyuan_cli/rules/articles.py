"""The articles of a bylaw: 第四条, 第十二条之一, Article 4. One goes on to the line where the next begins;
and two texts compared article by article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from zaoyuan_cli.rules.numerals import ALPHABET

_NUMBER = rf"[0-9{ALPHABET}]+"
_MARKS = r"[\s#>*_]*"  # of Markdown, before the words of a heading
_ARTICLE = re.compile(rf"{_MARKS}(第\s?{_NUMBER}\s?条(?:之{_NUMBER})?|Article [0-9]+)(?![0-9]|第|规定|、|和|至)")
ALIKE = 0.5
"""Two texts of which half is common are versions of one."""
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


class Change(NamedTuple):
    """What became of an article: changed, added, removed, or moved (the same words under another number). `before` and
    `after` are its texts, "" where there is none."""

    label: str
    change: str
    before: str
    after: str


def compare(old: str, new: str) -> list[Change]:
    """What two texts differ in, article by article, in the order of the new one. The same words under another number
    are one article that moved; else articles of the same number belong together, and those that are much alike."""
    before, after = split(old), split(new)
    found = []
    for kind, first, last, start, end in _matching(before, after).get_opcodes():
        if kind == "equal":
            pairs = zip(before[first:last], after[start:end], strict=True)
            found += [Change(b.label, "moved", a.text, b.text) for a, b in pairs if a.label != b.label]
        else:
            found += _pair(before[first:last], after[start:end])
    return found


def marked(before: str, after: str) -> tuple[str, str]:
    """Two texts with 【】 around what the one has and the other has not: by characters, a word or figure whole. As they
    are, where they have little in common."""
    words = [re.findall(r"[A-Za-z0-9.]+|.", text, re.DOTALL) for text in (before, after)]
    matching = SequenceMatcher(None, words[0], words[1], autojunk=False)
    if not before or not after or matching.ratio() < ALIKE:
        return before, after
    pieces: tuple[list[str], list[str]] = ([], [])
    for kind, first, last, start, end in matching.get_opcodes():
        for side, piece in zip(pieces, ("".join(words[0][first:last]), "".join(words[1][start:end])), strict=True):
            side.append(piece if kind == "equal" or not piece.strip() else f"【{piece}】")
    return "".join(pieces[0]), "".join(pieces[1])


def _matching(before: Sequence[Article], after: Sequence[Article]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [_words(one) for one in before], [_words(one) for one in after], autojunk=False)


def _words(article: Article) -> str:
    """Its text without its number, blanks and the marks of a heading."""
    text = article.text
    if article.label and (match := _ARTICLE.match(text)):
        text = text[match.end() :]
    return re.sub(r"[\s#>*_]", "", text)


def _pair(before: list[Article], after: list[Article]) -> list[Change]:
    """The changes between articles none of which is the same: the most alike belong together."""
    scores = sorted(
        ((_alike(old, new), -b, -a) for b, new in enumerate(after) for a, old in enumerate(before)), reverse=True
    )
    pairs: dict[int, int] = {}  # of the new → of the old
    for score, b, a in scores:
        if score >= ALIKE and -b not in pairs and -a not in pairs.values():
            pairs[-b] = -a
    changes = [
        Change(new.label, "changed", before[pairs[b]].text, new.text) if b in pairs
        else Change(new.label, "added", "", new.text)
        for b, new in enumerate(after)
    ]  # fmt: skip
    gone = (old for a, old in enumerate(before) if a not in pairs.values())
    return changes + [Change(old.label, "removed", old.text, "") for old in gone]


def _alike(one: Article, other: Article) -> float:
    """From 0 to more than 1; the same number makes articles alike enough, unless others are closer."""
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio() + ALIKE * (
        one.label == other.label
    )
