"""Taking in a list: shown, asked about, all of it or nothing."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zaoyuan_cli.commands import glyphs
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Ambiguous, ProblemsFound, WrongUsage
from zaoyuan_cli.i18n import _, joined, series
from zaoyuan_cli.render import cells

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.comparing import Plan
    from zaoyuan_cli.exchange.rosters import Roster
    from zaoyuan_cli.exchange.sheets import Row, Sheet
    from zaoyuan_cli.reports.intake import Intake

WHY = "原因"  # the column of --skip-bad that says what is wrong
Line = TypeVar("Line", bound=Any)


class Taking(ABC, Generic[Line]):
    """A list of one kind that is taken in; `verb` names the step."""

    verb: str

    def __init__(self, desk: Desk, file: str) -> None:
        self.desk, self.file = desk, file

    @abstractmethod
    def read(self, found: Sequence[Sheet], mapping: Sequence[str], sheet: str) -> Roster[Line]:
        """The list of a file. Raises Unreadable, Ambiguous (field sheet)."""

    @abstractmethod
    def plan(self, lines: Sequence[Line]) -> Plan:
        """What it would do."""

    @abstractmethod
    def write(self, book: Book, lines: Sequence[Line]) -> Plan:
        """Record it inside a step being written."""

    def doubts(self, roster: Roster[Line], plan: Plan, written: bool) -> None:
        """Warn of people who may be others than they seem."""

    def odd(self, lines: Sequence[Any]) -> str:
        """What is to be said of new things that are named unlike all others, before anything is written."""
        return ""

    def run(self, mapping: Sequence[str], sheet: str, dry_run: bool, skip_bad: str, every: bool) -> None:
        """Show it, ask, write it. Raises ProblemsFound, Refusal, Cancelled."""
        from zaoyuan_cli.reports.intake import Intake

        _refuse_same(self.file, skip_bad)
        roster, plan = self.look(mapping, sheet)
        if odd := self.odd(plan.new):
            self.desk.warn(odd)
        if dry_run:
            self.doubts(roster, plan, False)
            intake = Intake(roster, plan, _("Nothing was written."), understood=True, every=every)
            if len(intake.telling) > len(intake.shown):
                intake.hint = _("Every line: {flag}").format(flag="--dry-run --all")
            self.desk.show(intake)
            if roster.problems:
                raise ProblemsFound("")
            return
        if roster.problems and not skip_bad:
            self.desk.show(Intake(roster, plan, understood=True))
            raise self._refused(roster)
        if plan.new or plan.changed:
            self._confirm(Intake(roster, plan))
            with self.desk.book.writing(self.verb) as book:
                plan = self.write(book, roster.lines)
                _write_bad(roster, skip_bad)  # what cannot be written takes the step back
            self.doubts(roster, plan, True)
            said = _("√ {file} taken in: one step, {undo} takes it back.").format(file=self.file, undo="zaoyuan undo")
        else:
            _write_bad(roster, skip_bad)
            said = _("√ Nothing new in {file}.").format(file=self.file)
        self.desk.show(Intake(roster, plan, said))
        if roster.problems and not roster.lines:  # every line was left out
            raise ProblemsFound("")

    def begin(self) -> Roster[Line]:
        """The list for a book that is still to be begun; lines that are wrong are left out where somebody agrees.
        ProblemsFound, Cancelled."""
        from zaoyuan_cli.book.comparing import Plan
        from zaoyuan_cli.reports.intake import Intake

        roster = self.found()
        if odd := self.odd(roster.lines):
            if self.desk.can_ask and not self.desk.yes:
                self.desk.confirm(joined((odd, _("Begin with them?"))))
            else:
                self.desk.warn(odd)
        if roster.problems:
            intake = Intake(roster, Plan(roster.lines, (), 0, ()), understood=True)
            if self.desk.yes or not self.desk.can_ask:
                self.desk.show(intake)
                refusal = self._refused(roster)
                refusal.hint = (
                    _("No book was begun. Mend the file, or begin the book without it.") + "\n" + refusal.hint
                )
                raise refusal
            said = _("{wrong} lines of {file} cannot be taken in. Begin without them?")
            self.desk.confirm("\n".join((*intake.wrong(), said.format(wrong=roster.wrong, file=self.file))))
        return roster

    def take(self, roster: Roster[Line]) -> dict[str, Any]:
        """Take in a list into the book just begun: the counts and problems."""
        from zaoyuan_cli.reports.intake import Intake

        with self.desk.book.writing(self.verb) as book:
            plan = self.write(book, roster.lines)
        return Intake(roster, plan).data()

    def look(self, mapping: Sequence[str] = (), sheet: str = "") -> tuple[Roster[Line], Plan]:
        """The list, without the lines that are wrong, and what it would do; what is to be known of it is warned of."""
        roster = self.found(mapping, sheet)
        plan = self.plan(roster.lines)
        wrong = {one.line for one in plan.problems}
        lines = tuple(line for line in roster.lines if line.line not in wrong)
        problems = sorted((*roster.problems, *plan.problems), key=lambda one: one.line)
        return roster._replace(lines=lines, problems=tuple(problems)), plan

    def found(self, mapping: Sequence[str] = (), sheet: str = "") -> Roster[Line]:
        """The list as the file has it; what is to be known of it is warned of."""
        from zaoyuan_cli.exchange import spreadsheets

        found = spreadsheets.read(spreadsheets.load(self.file), self.file)
        try:
            roster = self.read(found, mapping, sheet)
        except Ambiguous as doubt:
            if not self.desk.can_ask:
                raise
            meant = self.desk.choose(doubt.message, doubt.candidates, field="sheet")
            roster = self.read(found, mapping, meant["key"])
        _warn(self.desk, roster)
        return roster

    def _refused(self, roster: Roster[Line]) -> ProblemsFound:
        beside = "bad.csv" if self.file != "bad.csv" else "bad-lines.csv"
        return ProblemsFound(
            _("{wrong} lines of {file} cannot be taken in, so nothing was.").format(wrong=roster.wrong, file=self.file),
            field="file",
            value=self.file,
            hint=_("Mend them, or take in the others: {command}").format(
                command=f"zaoyuan {self.verb} {self.file} --skip-bad {beside}"
            ),
        )

    def _confirm(self, intake: Intake) -> None:
        """Ask before much changes; a person at the keyboard also sees what was understood, and what is wrong."""
        question = _("{counts}. Take it in?").format(counts=intake.counts)
        if self.desk.can_ask:
            samples = ("  ".join(("", *_shown(line))) for line in intake.shown)
            question = "\n".join((intake.mapping, *samples, *intake.notes(), *intake.wrong(), question))
        self.desk.confirm(question)


def _refuse_same(file: str, skip_bad: str) -> None:
    if skip_bad and os.path.exists(skip_bad) and os.path.exists(file) and os.path.samefile(file, skip_bad):
        raise WrongUsage(_("--skip-bad would write over the file that is read."), field="skip-bad", value=skip_bad)


def _warn(desk: Desk, roster: Roster[Any]) -> None:
    if roster.id_columns:
        said = _("ID numbers are not kept; not taken: {columns}")
        desk.warn(said.format(columns=series(" ".join(name.split()) for name in roster.id_columns)))
    glyphs.warn(desk, [name for line in roster.lines for name, *_more in line.owners])
    if roster.hidden:
        desk.warn(_("Hidden sheets, not taken: {sheets}").format(sheets=series(roster.hidden)))


def _shown(line: Any) -> list[str]:
    from zaoyuan_cli.document import State

    values = (State(value) if type(value) is str else value for value in line.said.values())
    return [line.key, series(name for name, *_more in line.owners), *map(cells.shown, values)]


def _write_bad(roster: Roster[Any], file: str) -> None:
    """The lines that were left out, as they were but for ID numbers, with why: to be mended and taken in."""
    if not (file and roster.problems):
        return
    from zaoyuan_cli.exchange import spreadsheets
    from zaoyuan_cli.render import saving

    why: dict[int, list[str]] = {}
    for one in roster.problems:
        why.setdefault(one.line, []).append(one.message)
    bad = [row for row in roster.rows if row.line in why]
    width = max([len(roster.layout.heading), *(len(row.cells) for row in bad)])
    heading = roster.layout.headings(width)
    table = [[*heading, WHY], *([*_texts(roster, row, width), " · ".join(why[row.line])] for row in bad)]
    saving.save(spreadsheets.write(table).encode("utf-8-sig", "replace"), file)


def _texts(roster: Roster[Any], row: Row, width: int) -> list[str]:
    from zaoyuan_cli.exchange import entries, sheets
    from zaoyuan_cli.render import csv

    texts = [sheets.text_of(cell) for cell in row.cells] + [""] * (width - len(row.cells))
    kept = ("" if place in roster.id_places or entries.has_id(text) else text for place, text in enumerate(texts))
    return [csv.guarded(text) for text in kept]
