"""Lines of a list below its heading, judged one after the other: a thing, or none and why."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar

from zaoyuan_cli.book.comparing import Problem
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working

from . import entries, headings
from .entries import problem
from .headings import Layout, cell_text
from .sheets import Row, text_of

TOTAL, NOTE, HEADING, JOINED, PHONES, PLUS = "total", "note", "heading", "joined", "phones", "plus"
"""Why something of a line was not taken: a total, no household, the heading again, an owner of the line before, more
telephones than owners, the + behind an area."""
_TOTAL = re.compile(".{0,12}(合计|小计|总计|共计|累计|总和)[:：]?.{0,16}|共\\d+[户套间个]|total:?", re.IGNORECASE)
_REMARK = re.compile(
    r"[*※★（(\[【]*(注|说明|备注|填表|填写|制表|审核|复核|经办|制单|填报|统计|打印|日期|提示|示例说明|单位负责人|联系人)"
    r".*|\d+[、.．].{6,}",
    re.DOTALL,
)
_LONG = 12  # letters of a sentence that is no room


class Left(NamedTuple):
    """Something of a line that was not taken, and why (TOTAL …)."""

    line: int
    why: str


class Line(Protocol):
    """What a line says: of which thing, whose it is (what is said of each, a name first), and what else."""

    @property
    def line(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def owners(self) -> tuple[tuple[Any, ...], ...]: ...
    @property
    def fields(self) -> Mapping[str, Any]: ...
    @property
    def said(self) -> Mapping[str, Any]: ...
    def _replace(self, *, owners: Any) -> Self: ...


L = TypeVar("L", bound=Line)


class Body(ABC, Generic[L]):
    """The lines below the heading, judged one after the other. A thing of several lines stands or falls with all."""

    readers: ClassVar[Mapping[str, Callable[[str], Any]]]
    flags: ClassVar[tuple[str, ...]] = ()

    def __init__(self, rows: Sequence[Row], layout: Layout) -> None:
        self.form, self.places, self.heading = layout.form, layout.places, layout.heading
        self.lines: dict[str, L] = {}
        self.of: dict[str, list[int]] = {}  # key → its lines
        self.spoiled: dict[str, int] = {}  # key → a line of it that is wrong
        self.problems: list[Problem] = []
        self.left: list[Left] = []
        self.rows: list[Row] = []
        self.judge = entries.guard(self.readers, self.flags)
        self.last = ""
        with working(_("Reading the lines"), len(rows)) as step:
            for row, texts in self._meant(rows):
                self.take(row.line, texts)
                step()
        self._drop_spoiled()
        self.end()
        self.problems.sort(key=lambda one: one.line)

    @abstractmethod
    def take(self, line: int, texts: dict[str, str]) -> None:
        """Judge a line and `add` or `spoil` it."""

    @abstractmethod
    def twice(self, first: L, line: L) -> str:
        """That a thing stands in two lines."""

    def filled(self, row: Row, texts: dict[str, str]) -> Row:
        """A row as it would stand alone, its texts too."""
        return row

    def end(self) -> None:
        """What is judged only when every line is read."""

    def _meant(self, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[str, str]]]:
        """The rows that are meant as things of the list, and their texts."""
        for row in rows:
            texts = {field: cell_text(row, self.places.get(field, ())) for field in self.form.names}
            if why := self._none(row, texts):
                self.left.append(Left(row.line, why))
                continue
            self.rows.append(self.filled(row, texts))
            yield row, texts

    def _none(self, row: Row, texts: Mapping[str, str]) -> str:
        """Why a row is none: TOTAL, NOTE, HEADING; "" for a thing of the list."""
        key = texts[self.form.key]
        cells = [text for text in map(text_of, row.cells) if text]
        has_key = self.form.looks(key)
        named = [field for field, text in texts.items() if text and field not in ("building", "unit")]
        is_count = key.endswith(("户", "套", "间", "个"))
        if (is_count or not has_key) and any(_TOTAL.fullmatch(re.sub(r"\s", "", text)) for text in cells):
            return TOTAL
        if cells == [text for text in self.heading if text] or headings.field_of(key, self.form)[0]:
            return HEADING
        if not has_key and (_REMARK.match(cells[0]) or _REMARK.match(key)):
            return NOTE
        if not named or (named == [self.form.key] and not has_key and _is_sentence(key)):
            return NOTE
        return ""

    def spoil(self, line: int, key: str, faults: Sequence[Problem]) -> None:
        """A line is wrong; where its thing is known, the other lines of that fall with it."""
        self.problems += faults
        if key and not any(one.field == self.form.key for one in faults):
            self.spoiled.setdefault(key, line)
            self.of.setdefault(key, []).append(line)

    def add(self, line: L, written: str) -> None:
        """A line is well: a thing, or more owners of the one before. `written`: how its key stands there."""
        first = self.lines.get(line.key)
        if first is None:
            self.lines[line.key] = line
        elif self._joins(first, line):
            self.lines[line.key] = first._replace(owners=(*first.owners, *line.owners))
            self.left.append(Left(line.line, JOINED))
        else:
            self.problems.append(problem(line.line, self.form.key, written, self.twice(first, line)))
            return
        self.of.setdefault(line.key, []).append(line.line)

    def _joins(self, first: L, line: L) -> bool:
        """Does a second line of a thing only add owners? It follows at once and says nothing else, or the same."""
        known, more = ({name for name, *_more in one.owners} for one in (first, line))
        fresh = {field for field, value in line.fields.items() if first.fields.get(field) != value}
        return self.last == line.key and bool(known and more) and not known & more and not fresh

    def _drop_spoiled(self) -> None:
        wrong = {one.line for one in self.problems}
        for key, at in self.spoiled.items():
            self.lines.pop(key, None)
            self.problems += [fallen(line, self.form.key, key, at) for line in self.of[key] if line not in wrong]


def fallen(line: int, field: str, key: str, at: int) -> Problem:
    """That a line falls with another of the same thing."""
    return problem(line, field, key, _("It belongs to line {line}, which cannot be taken in.").format(line=at))


def _is_sentence(text: str) -> bool:
    return not entries.made_of_date(text) and (len(text) > _LONG or not re.search(r"\d", text))


def not_taken(found: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """Why something of a line that is well is left: PHONES, PLUS."""
    more = [PHONES] if len(found["phone"]) > len(found["owner"]) else []
    return more + ([PLUS] if texts["area"].endswith(("+", "＋")) else [])
