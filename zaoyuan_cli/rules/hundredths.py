"""A whole number of hundredths: what money (fen) and areas (0.01 m²) have in common. No float ever (R-52)."""

from __future__ import annotations

from typing import Self


class Hundredths(int):
    """An int that stays what it is when added, subtracted, negated, summed or multiplied by a plain int.

    Raises TypeError where it meets a float, or fen meet square metres. Text of it is in the big unit: f"{Fen(10050)}"
    is "100.50", so that no message shows hundredths by mistake.
    """

    __slots__ = ()

    def __new__(cls, value: int = 0) -> Self:
        """Of an int only: int() would cut a float and read a text in the wrong unit."""
        if not isinstance(value, int):
            raise TypeError(f"{cls.__name__} is made of an int, not of {value!r}")
        return super().__new__(cls, value)

    def _of(self, other: object) -> int:
        if not isinstance(other, int) or (isinstance(other, Hundredths) and type(other) is not type(self)):
            raise TypeError(f"{type(self).__name__} does not go with {other!r}")
        return int(other)

    def __add__(self, other: int) -> Self:
        return type(self)(int(self) + self._of(other))

    def __radd__(self, other: int) -> Self:
        return type(self)(self._of(other) + int(self))

    def __sub__(self, other: int) -> Self:
        return type(self)(int(self) - self._of(other))

    def __rsub__(self, other: int) -> Self:
        return type(self)(self._of(other) - int(self))

    def __neg__(self) -> Self:
        return type(self)(-int(self))

    def __abs__(self) -> Self:
        return type(self)(abs(int(self)))

    def __mul__(self, times: int) -> Self:
        if isinstance(times, Hundredths):
            raise TypeError(f"{type(self).__name__} is not multiplied by {times!r}")
        return type(self)(int(self) * self._of(times))

    __rmul__ = __mul__

    def plain(self) -> str:
        """For JSON and CSV: "1000.50"."""
        return self._written("")

    def grouped(self) -> str:
        """For people: "1,000.50"."""
        return self._written(",")

    def _written(self, comma: str) -> str:
        whole, part = divmod(abs(int(self)), 100)
        return f"{'-' if self < 0 else ''}{whole:{comma}}.{part:02d}"

    def __str__(self) -> str:
        return self.grouped()

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec.endswith("d") else format(self.grouped(), spec.rstrip(","))
