"""Shares that a count is measured by: 2/3, and more than a half. Whole numbers only, no percentage (R-14)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Self

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import normal

_WRITTEN = re.compile(r"(>|≥|>=|)\s*([0-9]{1,4})\s*/\s*([0-9]{1,4})")


class Share(Fraction):
    """A share of a whole, above nothing and not above all of it; a `strict` one must be exceeded (过半数), any other is
    met by equality too (民法典 1259). Its text is "2/3" or ">1/2"."""

    __slots__ = ("strict",)
    strict: bool

    def __new__(cls, text: str) -> Self:
        match = _WRITTEN.fullmatch("> 1/2" if normal(text) == "过半数" else normal(text))
        part, whole = (int(match.group(2)), int(match.group(3))) if match else (0, 0)
        strict = match is not None and match.group(1) == ">"
        if not match or not 0 < part <= whole or (strict and part == whole):
            raise Unreadable(
                _("This is no share: {value}").format(value=text), value=text, hint=_("Write 2/3, or >1/2.")
            )
        share = super().__new__(cls, part, whole)
        share.strict = strict
        return share

    def met(self, part: int, whole: int) -> bool:
        """Is a part (persons, members, 0.01 m2) enough of a whole? Of nothing, nothing is."""
        reached, wanted = part * self.denominator, whole * self.numerator
        return whole > 0 and (reached > wanted if self.strict else reached >= wanted)

    def least(self, whole: int) -> int:
        """The smallest part that is enough: of 5, >1/2 takes 3; of 100, 3/4 takes 75. More than there is where
        nothing suffices."""
        wanted = whole * self.numerator
        return max(1, wanted // self.denominator + 1 if self.strict else -(-wanted // self.denominator))

    @property
    def rank(self) -> tuple[Fraction, bool]:
        """Greater for what is harder to meet."""
        return Fraction(self.numerator, self.denominator), self.strict

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.strict == getattr(other, "strict", False)

    def __hash__(self) -> int:  # type: ignore[override]
        return super().__hash__()

    def __str__(self) -> str:
        return f"{'>' if self.strict else ''}{self.numerator}/{self.denominator}"

    def __repr__(self) -> str:
        return f"Share({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Share, (str(self),)
