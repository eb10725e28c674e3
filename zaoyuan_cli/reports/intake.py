"""What taking a roster in would do or did: what was understood, what was left, what is wrong, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.document import Column, Document, Heading, Part, State, Table, Text
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.rules.names import mask_phone

if TYPE_CHECKING:
    from zaoyuan_cli.book.comparing import Plan
    from zaoyuan_cli.book.rosters import Line as Household
    from zaoyuan_cli.exchange.lines import Line
    from zaoyuan_cli.exchange.rosters import Roster

SHOWN = 3  # lines that show what was understood
_MOST = 12  # line numbers in a sentence

NAMES = {
    "building": N_("Building"), "unit": N_("Unit"), "room": N_("Room"), "owner": N_("Owner"), "owners": N_("Owner"),
    "area": N_("Area (m²)"), "area_source": N_("Source of the area"), "grid": N_("Grid"), "state": N_("State"),
    "ebike": N_("E-bike"), "phone": N_("Phone"), "space": N_("No."), "kind": N_("Kind"), "since": N_("Since"),
}  # fmt: skip
_LEFT = {
    "total": N_("Totals, not taken: line {lines}"),
    "note": N_("Notes and empty lines, not taken: line {lines}"),
    "heading": N_("The heading again, not taken: line {lines}"),
    "joined": N_("Owners that came to the line before: line {lines}"),
    "phones": N_("One telephone a person; further ones were not taken: line {lines}"),
    "plus": N_("The + behind the area was not taken: line {lines}"),
}
_KEYS = {"room": Column("room", N_("Room"), "room"), "space": Column("space", N_("No."), "number_text")}
_DIFFERENCES = (
    Column("field", N_("Column")), Column("book", N_("In the book")), Column("file", N_("In the file")),
)  # fmt: skip
_PROBLEMS = (
    Column("line", N_("Line"), "number"), Column("field", N_("Column")), Column("value", N_("Value")),
    Column("message", N_("Why"), flex=True),
)  # fmt: skip
_LINE = Column("line", N_("Line"), "number")
_SAMPLE = (
    Column("kind", N_("Kind"), "state"), Column("owner", N_("Owner"), flex=True),
    Column("area", N_("Area (m²)"), "area"), Column("area_source", N_("Source of the area"), "state", 3),
    Column("unit", N_("Unit"), "text", 4), Column("grid", N_("Grid"), "text", 4), Column("state", N_("State"), "state"),
    Column("ebike", N_("E-bike"), "flag"), Column("phone", N_("Phone"), "text", 2),
    Column("since", N_("Since"), "date", 1),
)  # fmt: skip


class Intake:
    """A roster and what it means for the book. said: a sentence of what was done; understood: also show how the columns
    were read, with the first lines that say something new; every: with all of them."""

    def __init__(
        self, roster: Roster[Any], plan: Plan, said: str = "", *, understood: bool = False, every: bool = False
    ) -> None:  # fmt: skip
        self.roster, self.plan, self.said, self.understood = roster, plan, said, understood
        self.shown = self.telling if every else self.telling[:SHOWN]
        self.hint = ""  # how to see the others

    @property
    def telling(self) -> list[Any]:
        """The lines that say something new: new ones, then changes, then those that differ from the book."""
        plan, lines = self.plan, {line.line: line for line in self.roster.lines}
        numbers = (
            *(getattr(one.line, "line", one.line) for one in (*plan.new, *plan.changed)),
            *(one.line for one in plan.differs),
        )  # fmt: skip
        return [lines[number] for number in dict.fromkeys(numbers) if number in lines]

    def data(self) -> dict[str, Any]:
        """{new, changed, unchanged, differs, wrong, problems} and, beside them, how the file was read."""
        roster, plan = self.roster, self.plan
        return {
            "new": len(plan.new),
            "changed": self._changed,
            "unchanged": plan.unchanged,
            "differs": plan.differing,
            "wrong": roster.wrong,
            "problems": [one._asdict() for one in roster.problems],
            "differences": self._differences(),
            "columns": dict(roster.columns),
            "not_taken": list(roster.not_taken),
            "dropped": list(roster.id_columns),
            "left": [one._asdict() for one in roster.left],
            **({"sheet": roster.sheet} if roster.sheet else {}),
        }

    def document(self) -> Document:
        """The page of it."""
        parts: list[Part] = [Text(self.said, "good" if self.said.startswith("√") else "")] if self.said else []
        parts += [Text(self.counts), *(Text(note, "dim") for note in self.notes())]
        if self.understood:
            parts += [Text(self.mapping), *([self._sample()] if self.shown else [])]
            if more := len(self.telling) - len(self.shown):
                parts.append(Text(_("… and {count} more rows").format(count=more), "dim"))
        if differences := self._differences():
            rows = [
                {**one, "field": _(NAMES[field := one["field"]]), "book": _drawn(field, one["book"]),
                 "file": _drawn(field, one["file"])}
                for one in differences
            ]  # fmt: skip
            parts += [
                Heading(_("Changed by hand, and left so"), 2),
                Table((_LINE, _KEYS[self._key], *_DIFFERENCES), rows),
            ]
        if self.roster.problems:
            rows = [{**one._asdict(), "field": _(NAMES[one.field])} for one in self.roster.problems]
            parts += [Heading(_("Cannot be taken in"), 2), Table(_PROBLEMS, rows)]
        return parts

    @property
    def counts(self) -> str:
        """New, changed, unchanged, and what differs or is wrong, in one line."""
        plan, wrong = self.plan, self.roster.wrong
        return " · ".join(
            (
                _("{n} new").format(n=len(plan.new)),
                _("{n} changed").format(n=self._changed),
                _("{n} unchanged").format(n=plan.unchanged),
                *([_("{n} differ from what was changed by hand").format(n=plan.differing)] if plan.differing else []),
                *([_("{n} wrong").format(n=wrong)] if wrong else []),
            )
        )

    @property
    def mapping(self) -> str:
        """Which column was taken for what."""
        read = ((heading, _(NAMES[field])) for field, heading in self.roster.columns.items())
        return _("Columns: {columns}").format(
            columns=series(heading if heading == name else f"{heading} → {name}" for heading, name in read)
        )

    def notes(self) -> list[str]:
        """What was not taken, and why, in sentences."""
        roster = self.roster
        found = []
        if roster.not_taken:
            found.append(_("Columns not taken: {columns}").format(columns=series(map(_line, roster.not_taken))))
        for why, sentence in _LEFT.items():
            if lines := [one.line for one in roster.left if one.why == why]:
                found.append(_(sentence).format(lines=_lines(lines)))
        if roster.unread:
            found.append(_("Sheets not taken: {sheets}").format(sheets=series(roster.unread)))
        return found

    def wrong(self) -> list[str]:
        """Each wrong line with its reason, for the question before anything is written."""
        told = ((one.line, f"{_(NAMES[one.field])} {_line(one.value)}  {one.message}") for one in self.roster.problems)
        return [_("Line {line}: {why}").format(line=line, why=why) for line, why in told]

    @property
    def _changed(self) -> int:
        """Lines that change something and hold no difference: each line is counted once."""
        differing = {one.line for one in self.plan.differs}
        return sum(change.line.line not in differing for change in self.plan.changed)

    def _differences(self) -> list[dict[str, Any]]:
        told = [one._asdict() for one in self.plan.differs]
        return [{"line": one.pop("line"), self._key: one.pop("key"), **_masked(one)} for one in told]

    @property
    def _key(self) -> str:
        """The column that names the thing of a line."""
        return self.roster.layout.form.key

    def _sample(self) -> Table:
        """The first lines, in the columns this list may have."""
        names = self.roster.layout.form.names
        columns = (_LINE, _KEYS[self._key], *(one for one in _SAMPLE if one.key in names))
        return Table(columns, [{self._key: line.key, **_sample(line)} for line in self.shown])


def _masked(difference: dict[str, Any]) -> dict[str, Any]:
    """A difference as it may be shown: telephones are masked."""
    if difference["field"] != "phone":
        return difference
    return difference | {side: mask_phone(difference[side]) for side in ("book", "file")}


def _sample(line: Line) -> Mapping[str, object]:
    return {
        "line": line.line,
        "owner": series(name for name, *_more in line.owners),
        "phone": series(mask_phone(phone) for _name, phone, *_more in line.owners if phone),
        **{field: _drawn(field, value) for field, value in line.said.items()},
    }


def _drawn(field: str, value: Any) -> object:
    """A value as a table draws it: codes in the language of the run."""
    return State(value) if value and field in ("kind", "state", "area_source") else value


def _lines(numbers: Sequence[int]) -> str:
    return series(map(str, numbers[:_MOST])) + (" …" if len(numbers) > _MOST else "")


def _line(text: str) -> str:
    return " ".join(text.split())


def alike(lines: Iterable[Household]) -> dict[str, list[str]]:
    """The names that stand in a list with several telephones, or with and without one, and their rooms."""
    phones: dict[str, set[str]] = {}
    rooms: dict[str, list[str]] = {}
    for line in lines:
        for name, phone in line.owners:
            phones.setdefault(name, set()).add(phone)
            rooms.setdefault(name, []).append(line.room)
    return {name: rooms[name] for name, found in phones.items() if len(found) > 1}
