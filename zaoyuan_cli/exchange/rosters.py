"""Rosters: households or special spaces of a spreadsheet. Every line is judged, every fault told by its line, and what
is none (totals, notes, repeated headings) is left out and named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple

from zaoyuan_cli.book.comparing import Problem
from zaoyuan_cli.errors import Ambiguous, Unreadable
from zaoyuan_cli.i18n import _

from . import entries, headings
from .headings import Form, Layout
from .lines import Body, L, Left
from .sheets import Row, Sheet, text_of


class Roster(NamedTuple, Generic[L]):
    """A list as read: the columns (which heading was taken for what), the lines that are well, the faults, what else
    was left, the rows that are meant, the layout, the sheet's name and those of the sheets that were not read, and
    the columns that hold ID numbers."""

    columns: Mapping[str, str]
    lines: tuple[L, ...]
    problems: tuple[Problem, ...]
    left: tuple[Left, ...]
    rows: tuple[Row, ...]
    layout: Layout
    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    id_places: tuple[int, ...] = ()

    @property
    def not_taken(self) -> tuple[str, ...]:
        """The headings of the columns that the book has no place for."""
        return tuple(self.layout.heading[place] for place in self.layout.others if place not in self.id_places)

    @property
    def id_columns(self) -> tuple[str, ...]:
        """The headings of the columns that hold ID numbers."""
        return tuple(self.layout.name(place) for place in self.id_places)

    @property
    def wrong(self) -> int:
        """How many lines cannot be taken in."""
        return len({one.line for one in self.problems})


def read(
    found: Sequence[Sheet], form: Form, body: Callable[[Sequence[Row], Layout], Body[L]], mapping: Sequence[str] = (),
    sheet: str = "",
) -> Roster[L]:  # fmt: skip
    """The roster of the one sheet that has such a list, or of the sheet said. `mapping`: 房号=A, owner=户主.
    Raises Unreadable where none has, Ambiguous (field sheet) where several have."""
    wanted = headings.said(mapping, form)
    chosen = _named(found, sheet) if sheet else [one for one in found if not one.hidden]
    fitting = [(one, layout) for one in chosen if (layout := headings.find(one, wanted, form))]
    if not fitting:
        raise _none(found, wanted, form)
    one, layout = fitting[0]
    if any(other.rows != one.rows for other, _layout in fitting):
        raise Ambiguous(
            _(form.several).format(count=len(fitting)),
            field="sheet",
            candidates=[{"key": other.name, "label": other.name} for other, _layout in fitting],
            hint=_("One of them: {flag}").format(flag=f"--sheet {one.name}"),
        )
    judged = body(one.rows[layout.above :], layout)
    return Roster(
        layout.columns,
        tuple(judged.lines.values()),
        tuple(judged.problems),
        tuple(judged.left),
        tuple(judged.rows),
        layout,
        one.name,
        tuple(other.name for other in found if other is not one and other.rows and not other.hidden),
        tuple(other.name for other in found if other is not one and other.hidden),
        _id_places(one.rows[layout.above :], layout),
    )


def _named(found: Sequence[Sheet], name: str) -> list[Sheet]:
    exact = [one for one in found if one.name == name]
    part = [one for one in found if name.lower() in one.name.lower()]
    if not (exact or part):
        raise Unreadable(
            _("There is no sheet “{name}”.").format(name=name),
            field="sheet",
            value=name,
            candidates=[{"key": one.name, "label": one.name} for one in found],
            hint=_("There are: {choices}").format(choices=" ".join(one.name for one in found)),
        )
    return exact or part


def _none(found: Sequence[Sheet], wanted: Mapping[str, str], form: Form) -> Unreadable:
    hint = _("Say which one it is: {flag} (its letter or its heading).").format(
        flag=f"--map {form.names[form.key][0]}=A"
    )
    behind = [one.name for one in found if one.hidden and headings.find(one, wanted, form)]
    if behind:
        hint = _(form.hidden).format(flag=f"--sheet {behind[0]}")
    first = next((one.rows[0] for one in found if one.rows), None)
    seen = [entries.without_id(text_of(cell)) for cell in first.cells] if first else []
    return Unreadable(
        _(form.none),
        field="map",
        value=" ".join(text for text in seen if text),
        hint=hint,
    )


def _id_places(rows: Sequence[Row], layout: Layout) -> tuple[int, ...]:
    """The columns of ID numbers: by their headings, and untaken ones by what stands in them."""
    inside = {
        place
        for row in rows
        for place in layout.others
        if place < len(row.cells) and entries.has_id(text_of(row.cells[place]))
    }
    return tuple(sorted({*layout.id_numbers, *inside}))
