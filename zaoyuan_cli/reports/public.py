"""Papers for the public: what hangs at a door carries no telephone and no owner's name (R-80, PIPL 25).

A paper is written on a Wall, which knows everything the book holds of people, and is a Public, which refuses to be
made where a text on it holds any of that. A name stands there for one of two grounds: an office held in public on the
paper's day, or a consent on file (R-82). A paper is in the language of the book, whatever language the program speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from zaoyuan_cli.document import Column, Document
from zaoyuan_cli.i18n import _, full_width, long_date, series, speaking, weekday
from zaoyuan_cli.reports import Page
from zaoyuan_cli.rules.names import mask_name, mask_phone

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.roles import Holding

PUBLIC_BODIES = ("committee", "provisional", "branch")
PUBLIC_OFFICES = ("unit-leader", "grid-worker")  # of no body; 党员中心户 tells of a membership and wants a consent
_MOBILE = r"1[3-9](?:[\s-]?\d){9}"  # of whomever, in the book or not
_BETWEEN = r"[\s·-]*"  # 张  三, 138 1234 1234 and 晋A·12345 are what they are without


class Leak(Exception):
    """A paper for the public would tell what is private: a fault of the program, never of who uses it."""


class Said(str):
    """Text that was looked at: words of the program, a name that has its ground, free text with the rest masked."""

    __slots__ = ()


class Ground(NamedTuple):
    """Why somebody (an id) is named on a paper: the office they hold, or "consent"."""

    person: str
    name: str
    why: str


class Hanging(NamedTuple):
    """A paper as it hangs: its number, from which to which day, where; the number of the one it replaces; who signs it
    (ids, "" for nobody)."""

    number: str
    since: date
    until: date
    place: str
    replaces: str = ""
    signers: tuple[str, ...] = ()


class Wall:
    """Where a paper for the public is written, on a day (today without one). Everything on it comes through here:
    `say` a sentence of the program, `text` of the book, a name by `office` or by `agreed`. `hangs` is how the paper is
    put up, None for a draft."""

    def __init__(self, book: Book, day: date | None = None, hangs: Hanging | None = None) -> None:
        self.book, self.day, self.lang, self.hangs = book, day or book.today, book.lang, hangs
        self.asked = day is not None
        self.grounds: list[Ground] = []

    def of(self, day: date) -> Wall:
        """The wall of the day on which what a paper tells was made known: an office signs a paper with that day, and it
        is judged by it. A paper that hangs, and one whose day was asked for, keep theirs."""
        return self if self.asked or self.hangs else Wall(self.book, day)

    def say(self, source: str, **values: object) -> Said:
        """A sentence of the program (English, marked N_) in the language of the book; what is filled in is masked
        unless it was said already. Raises Leak for a sentence that was filled in before."""
        if not source.isascii() or any(self.leaks(source)):
            raise Leak("a sentence of the program is English, and filled in by say")
        with speaking(self.lang):
            return Said(_(source).format(**{key: self.text(value) for key, value in values.items()}))

    def series(self, words: Iterable[object]) -> Said:
        """A、B、C, each masked unless it was said already."""
        with speaking(self.lang):
            return Said(series(map(self.text, words)))

    def day_of(self, day: date) -> Said:
        """A day in a sentence, in the language of the book: 2022年6月6日."""
        with speaking(self.lang):
            return Said(long_date(day))

    def time_of(self, day: date, time: str) -> Said:
        """A day in a sentence with that of the week, and a time (HH:MM, "" for none): 2022年6月6日（星期一）19:30."""
        with speaking(self.lang):
            said = _("{day} ({weekday}) {time}").format(day=long_date(day), weekday=weekday(day), time=time)
            return Said(said.rstrip())

    def text(self, value: object) -> Said:
        """Text of the book, such as what a unit is called, with what is private in it masked (R-81), and set as Chinese
        is in a Chinese book."""
        said = self.masked(value)
        return said if isinstance(value, Said) or self.lang != "zh" else Said(full_width(said))

    def masked(self, value: object) -> Said:
        """Text as it stands, with what is private in it masked (R-81)."""
        if isinstance(value, Said):
            return value
        text, end, parts = str(value), 0, []
        for start, stop in sorted(self.leaks(text)):
            if stop > end:
                parts += [text[end : max(start, end)], _masked(text[max(start, end) : stop])]
                end = stop
        return Said("".join([*parts, text[end:]]))

    def office(self, held: Holding) -> Said | None:
        """The name of who holds an office in public; None where they were erased. Raises Leak where the office is none,
        or is not held on the paper's day."""
        if not self.is_public(held):
            raise Leak(f"{held.person} holds no public office of {held.role} on {self.day}")
        return self._name(held.person, held.role)

    def is_public(self, held: Holding) -> bool:
        """Is it an office held in public on the paper's day?"""
        return held in self._offices

    def agreed(self, person: str) -> Said | None:
        """The name of a person (an id) who agreed to be named and still does, today, whatever day the paper is of; else
        None (R-82)."""
        from zaoyuan_cli.book import consents

        may = consents.may_publish(self.book.db, person, "name", self.book.today)
        return self._name(person, "consent") if may else None

    def signers(self) -> list[Said]:
        """Those who sign a paper that goes up, each by name for an office or a consent, else "": they sign by hand."""
        return [self._signer(person) or Said("") for person in (self.hangs.signers if self.hangs else ())]

    def _signer(self, person: str) -> Said | None:
        held = next((one for one in self._offices if one.person == person), None) if person else None
        return self.office(held) if held else self.agreed(person) if person else None

    def admit(self) -> None:
        """Everybody who has a ground on the paper's day may be named: a paper that hung names whom it named."""
        from zaoyuan_cli.book import consents

        for held in self._offices:
            self.office(held)
        for person in consents.publishing(self.book.db, "name", self.book.today):
            self.agreed(person)

    def _name(self, person: str, why: str) -> Said | None:
        from zaoyuan_cli.book import people

        one = people.everyone(self.book.db, self.day, [person])[person]
        if one.erased:
            return None
        self.grounds.append(Ground(person, one.name, why))
        return Said(one.name)

    # ---- what is private

    def leaks(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a text something private stands that has no ground: (first, after the last) of each place."""
        folded = _folded(text)
        allowed = {_folded(ground.name) for ground in self.grounds}
        found = [(at.start(), at.end(1)) for at in self._pattern.finditer(folded)]
        named = [(start, stop) for start, stop in found if folded[start:stop] in allowed]
        for start, stop in found:
            if not any(first <= start and stop <= last for first, last in named):
                yield start, stop

    @cached_property
    def _offices(self) -> frozenset[Holding]:
        """The offices held in public on the day."""
        from zaoyuan_cli.book import bodies, roles

        known = {key for key, one in bodies.everyone(self.book.db).items() if one.kind in PUBLIC_BODIES}
        held = roles.held(self.book.db, self.day)
        return frozenset(one for one in held if (one.body in known if one.body else one.role in PUBLIC_OFFICES))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """At every place, the longest value that begins there."""
        from zaoyuan_cli.book import private

        values = sorted(private.values(self.book), key=lambda value: (-len(value), value))
        either = "|".join([*map(_spelt, values), rf"(?<!\d){_MOBILE}(?!\d)"])
        return re.compile(f"(?=({either}))")


class Public(Page):
    """The type of every paper for the public. grounds: who is named on it, and why. Raises Leak, without the words,
    where a text of its data or parts, unless it came from the wall, holds something private that has no ground."""

    __slots__ = ("grounds", "lang")

    def __init__(self, wall: Wall, data: Mapping[str, Any], parts: Document) -> None:
        for place, text in (*_texts(data, "data"), *_texts(parts, "parts")):
            if not isinstance(text, Said) and (found := next(wall.leaks(text), None)):
                start, stop = found
                raise Leak(f"a paper for the public would show {_masked(text[start:stop])} in {place}")
        super().__init__(data, parts)
        self.grounds, self.lang = tuple(wall.grounds), wall.lang


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """(where, text) of every text in data or parts; columns are the program's."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _texts(key, f"{place} key")
            yield from _texts(one, f"{place}.{key if str(key).isascii() else '…'}")
    elif isinstance(value, Iterable) and not isinstance(value, Column):
        for n, one in enumerate(value):
            yield from _texts(one, f"{place}[{n}]")


def _folded(text: str) -> str:
    """Text as it is compared, of the same length: width and case do not matter."""
    return "".join(one if len(one := unicodedata.normalize("NFKC", char).casefold()) == 1 else char for char in text)


def _spelt(value: str) -> str:
    """What finds a value: no part of a longer Latin word or number, blanks between its signs or none."""
    signs = [sign for sign in _folded(value) if not re.fullmatch(_BETWEEN, sign)] or list(_folded(value))
    before, after = (r"(?<![a-z0-9])" if signs[0].isascii() else ""), (r"(?![a-z0-9])" if signs[-1].isascii() else "")
    return before + _BETWEEN.join(map(re.escape, signs)) + after


def _masked(found: str) -> str:
    return mask_phone(found) if re.search(r"\d", found) and not re.search(r"[^\W\d]", found) else mask_name(found)
