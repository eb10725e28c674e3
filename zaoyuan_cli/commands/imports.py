"""The noun `import`: households and the like from a spreadsheet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import glyphs, piped
from zaoyuan_cli.commands.options import DryRun
from zaoyuan_cli.commands.polling import Ballot, Second
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Ambiguous, ProblemsFound, Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.render import cells

if TYPE_CHECKING:
    from zaoyuan_cli.book.rosters import Line
    from zaoyuan_cli.exchange.rosters import Roster
    from zaoyuan_cli.exchange.sheets import Row
    from zaoyuan_cli.reports.intake import Intake

app = Typer()
DOUBLES = 10  # names in a warning
WHY = "原因"  # the column of --skip-bad that says what is wrong

Source = Annotated[str, Argument(metavar=N_("FILE"), help=N_("A CSV, XLSX, XLS or ODS file; - is standard input."))]
Map = Annotated[
    list[str],
    Option(
        "--map",
        show_default=False,
        metavar=N_("COLUMN"),
        help=N_("Which column is which: 房号=A, or by its heading: 业主=产权人."),
    ),
]
SheetName = Annotated[
    str, Option("--sheet", metavar=N_("NAME"), help=N_("The sheet, where several have households, or a hidden one."))
]
SkipBad = Annotated[
    str, Option("--skip-bad", metavar=N_("FILE"), help=N_("Take the good lines in, write the others into this file."))
]


@app.command()
def households(
    ctx: Context, file: Source, map: Map = [], sheet: SheetName = "", dry_run: DryRun = False, skip_bad: SkipBad = "",  # noqa: B006
) -> None:  # fmt: skip
    """Take in households from a spreadsheet: all of it or nothing.

    The columns are found by their names, in any order, below titles and under two rows of headings:

    房号 (房间号 房屋 门牌 户号, or 楼号 单元 房间 apart), 业主 (户主 姓名 产权人 业主姓名 业主名称), 建筑面积 (面积
    专有部分面积), 面积来源 (登记 实测 合同), 微网格 (网格), 状态 (自住 租户 出租 空置), 电动车, 电话 (手机 联系电话
    联系电话1 2 3); or room owner area area_source grid state ebike phone.

    Several owners of a room stand in one cell (张三、李四) or in lines of their own. Totals, notes, hidden sheets and
    other columns are left out and named; ID numbers are never kept.

    What the file does not say stays, what somebody changed by hand is listed and not overwritten, and the same file
    twice changes nothing.

    Example: zaoyuan import households households.csv --dry-run
    """
    from zaoyuan_cli.book import rosters
    from zaoyuan_cli.reports.intake import Intake

    desk: Desk = ctx.obj
    _refuse_same(file, skip_bad)
    roster = _read(desk, file, map, sheet)
    _warn(desk, roster)
    plan = rosters.plan(desk.book, roster.lines)
    if dry_run:
        _name_alike(desk, roster.lines)
        desk.show(Intake(roster, plan, _("Nothing was written."), understood=True))
        if roster.problems:
            raise ProblemsFound("")
        return
    if roster.problems and not skip_bad:
        desk.show(Intake(roster, plan, understood=True))
        raise _refused(roster, file)
    if plan.new or plan.changed:
        _confirm(desk, Intake(roster, plan))
        with desk.book.writing("import households") as book:
            plan = rosters.take_in(book, roster.lines)
            _write_bad(roster, skip_bad)  # what cannot be written takes the step back
        _name_doubles(desk, roster)
        said = _("√ {file} taken in: one step, {undo} takes it back.").format(file=file, undo="zaoyuan undo")
    else:
        _write_bad(roster, skip_bad)
        said = _("√ Nothing new in {file}.").format(file=file)
    desk.show(Intake(roster, plan, said))


def take_in_roster(desk: Desk, file: str) -> dict[str, Any]:
    """Take in the good lines of a file without a question, for a book just begun: the counts and problems."""
    from zaoyuan_cli.book import rosters
    from zaoyuan_cli.reports.intake import Intake

    roster = _read(desk, file)
    _warn(desk, roster)
    with desk.book.writing("import households") as book:
        plan = rosters.take_in(book, roster.lines)
    return Intake(roster, plan).data()


def _read(desk: Desk, file: str, mapping: list[str] | tuple[str, ...] = (), sheet: str = "") -> Roster:
    """The roster of a file or of standard input; a person is asked which sheet is meant where several could be."""
    from zaoyuan_cli.exchange import rosters, spreadsheets

    found = spreadsheets.read(spreadsheets.load(file), file)
    try:
        return rosters.read(found, mapping, sheet)
    except Ambiguous as doubt:
        if not desk.can_ask:
            raise
        meant = desk.choose(doubt.message, doubt.candidates, field="sheet")
        return rosters.read(found, mapping, meant["key"])


def _refuse_same(file: str, skip_bad: str) -> None:
    if skip_bad and os.path.exists(skip_bad) and os.path.exists(file) and os.path.samefile(file, skip_bad):
        raise WrongUsage(_("--skip-bad would write over the file that is read."), field="skip-bad", value=skip_bad)


def _refused(roster: Roster, file: str) -> Refusal:
    return Refusal(
        _("{wrong} lines of {file} cannot be taken in, so nothing was.").format(wrong=roster.wrong, file=file),
        code="problems",
        field="file",
        value=file,
        hint=_("Mend them, or take in the others: {command}").format(
            command=f"zaoyuan import households {file} --skip-bad bad.csv"
        ),
    )


def _warn(desk: Desk, roster: Roster) -> None:
    if roster.id_columns:
        said = _("ID numbers are not kept; not taken: {columns}")
        desk.warn(said.format(columns=series(" ".join(name.split()) for name in roster.id_columns)))
    glyphs.warn(desk, [name for line in roster.lines for name, _phone in line.owners])
    if roster.hidden:
        desk.warn(_("Hidden sheets, not taken: {sheets}").format(sheets=series(roster.hidden)))


def _confirm(desk: Desk, intake: Intake) -> None:
    """Ask before many households change; a person at the keyboard also sees what was understood, and what is wrong."""
    question = _("{counts}. Take it in?").format(counts=intake.counts)
    if desk.can_ask:
        samples = ("  ".join(("", *_shown(line))) for line in intake.roster.lines[:3])
        question = "\n".join((intake.mapping, *samples, *intake.notes(), *intake.wrong(), question))
    desk.confirm(question)


def _shown(line: Line) -> list[str]:
    from zaoyuan_cli.document import State

    values = (State(value) if type(value) is str else value for value in line.fields.values())
    return [line.room, series(name for name, _phone in line.owners), *map(cells.shown, values)]


def _name_alike(desk: Desk, lines: tuple[Line, ...]) -> None:
    from zaoyuan_cli.reports import intake

    _name(desk, intake.alike(lines))


def _name_doubles(desk: Desk, roster: Roster) -> None:
    from zaoyuan_cli.book import rosters

    _name(desk, rosters.namesakes(desk.book.db, roster.lines))


def _name(desk: Desk, doubles: dict[str, list[str]]) -> None:
    if doubles:
        listed = [_("{name} ({ids})").format(name=name, ids=" ".join(ids)) for name, ids in doubles.items()]
        names = series(listed[:DOUBLES]) + (" …" if len(listed) > DOUBLES else "")
        desk.warn(_("One name and not one telephone, perhaps the same people: {names}").format(names=names))


def _write_bad(roster: Roster, file: str) -> None:
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


def _texts(roster: Roster, row: Row, width: int) -> list[str]:
    from zaoyuan_cli.exchange import entries, sheets
    from zaoyuan_cli.render import csv

    texts = [sheets.text_of(cell) for cell in row.cells] + [""] * (width - len(row.cells))
    kept = ("" if place in roster.id_places or entries.has_id(text) else text for place, text in enumerate(texts))
    return [csv.guarded(text) for text in kept]


@app.command()
def ballot(
    ctx: Context, ballot: Ballot, file: Source, second: Second = False, dry_run: DryRun = False,
    skip_bad: piped.SkipBad = False,
) -> None:  # fmt: skip
    """Take in the slips of a vote from a spreadsheet that was filled in: the same as `zaoyuan ballot import`.

    Example: zaoyuan import ballot BA2022-1 票.xlsx --dry-run
    """
    from zaoyuan_cli.commands import piles

    piles.import_(ctx, ballot, file, second, dry_run, skip_bad)
