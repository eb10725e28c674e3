"""Answers: one file a question. Here are the three shapes that most of them have.

A report is a value; its fields are its JSON (`data()`), and `document()` is its page.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.document import Column, Document, Report, Table, Text

__all__ = ["Done", "Listing", "Page", "Report"]


class Listing(NamedTuple):
    """A list. JSON has every key of a row; tables and CSV have the columns."""

    rows: Sequence[Mapping[str, object]]
    columns: tuple[Column, ...]
    totals: Mapping[str, object] | None = None
    title: str = ""
    empty: str = ""
    as_of: date | None = None
    warnings: Sequence[str] = ()

    def data(self) -> dict[str, Any]:
        """{"rows", "totals"} and, where there are any, "as_of" and "warnings"."""
        answer: dict[str, Any] = {"rows": [dict(row) for row in self.rows], "totals": dict(self.totals or {})}
        if self.as_of is not None:
            answer["as_of"] = self.as_of
        if self.warnings:
            answer["warnings"] = list(self.warnings)
        return answer

    def document(self) -> Document:
        """One table."""
        return [Table(self.columns, self.rows, self.totals, self.title, self.empty)]


class Done:
    """The answer to a write: one to three lines, the first of which starts with "√ ".

    hint: the next useful command; the desk puts it on stderr, and only for a person.
    """

    __slots__ = ("_data", "hint", "lines")

    def __init__(self, data: Mapping[str, Any], lines: Sequence[str], hint: str = "") -> None:
        self._data = dict(data)
        self.lines = tuple(lines)
        self.hint = hint

    def data(self) -> dict[str, Any]:
        """The record that was written."""
        return self._data

    def document(self) -> Document:
        """The lines; one that says "√" in the colour of success."""
        return [Text(line, "good" if line.startswith("√") else "") for line in self.lines]


class Page:
    """The record of one thing, or a report of several parts."""

    __slots__ = ("_data", "parts")

    def __init__(self, data: Mapping[str, Any], parts: Document) -> None:
        self._data = dict(data)
        self.parts = parts

    def data(self) -> dict[str, Any]:
        """The record."""
        return self._data

    def document(self) -> Document:
        """Its parts."""
        return self.parts
