"""The noun `import`: households and the like from a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands.options import DryRun
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Heading, Part, State, Table, Text
from zaoyuan_cli.errors import ProblemsFound, Refusal, Unreadable
from zaoyuan_cli.i18n import N_, _, series
from zaoyuan_cli.render import cells
from zaoyuan_cli.reports import Page

if TYPE_CHECKING:
    from zaoyuan_cli.book.rosters import Plan
    from zaoyuan_cli.exchange.rosters import Roster

app = Typer()
SHOWN = 3  # lines of the file in the preview
DOUBLES = 10  # names in a warning

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
SkipBad = Annotated[
    str, Option("--skip-bad", metavar=N_("FILE"), help=N_("Take the good lines in, write the others into this file."))
]


@app.command()
def households(
    ctx: Context, file: Source, map: Map = [], dry_run: DryRun = False, skip_bad: SkipBad = "",  # noqa: B006
) -> None:  # fmt: skip
    """Take in households from a spreadsheet: all of it or nothing.

    Columns: 房号 业主 建筑面积 面积来源 微网格 状态 电动车 电话, or room owner area area_source grid state ebike phone.
    What the file does not say stays, what somebody changed by hand is listed and not overwritten, and the same file
    twice changes nothing.

    Example: zaoyuan import households households.csv --dry-run
    """
    from zaoyuan_cli.book import rosters

    desk: Desk = ctx.obj
    roster = _read(file, map)
    plan = rosters.plan(desk.book, roster.lines)
    if dry_run:
        desk.show(_answer(roster, plan, _("Nothing was written.")))
        if roster.problems:
            raise ProblemsFound("")
        return
    if roster.problems and not skip_bad:
        desk.show(_answer(roster, plan, ""))
        raise _refused(roster, file)
    if plan.new or plan.changed:
        _preview(desk, roster, plan)
        with desk.book.writing("import households") as book:
            plan = rosters.take_in(book, roster.lines)
        _name_doubles(desk, roster)
    if skip_bad:
        _write_bad(roster, skip_bad)
    done = _("√ {file} taken in: one step, {undo} takes it back.").format(file=file, undo="zaoyuan undo")
    desk.show(
        _answer(roster, plan, done if plan.new or plan.changed else _("√ Nothing new in {file}.").format(file=file))
    )


def take_in_roster(desk: Desk, file: str) -> dict[str, Any]:
    """Take in the good lines of a file without a question, for a book just begun: the counts and problems."""
    from zaoyuan_cli.book import rosters

    roster = _read(file, ())
    with desk.book.writing("import households") as book:
        plan = rosters.take_in(book, roster.lines)
    return _answer(roster, plan, "").data()


def _read(file: str, mapping: list[str] | tuple[str, ...]) -> Roster:
    from zaoyuan_cli.exchange import rosters, spreadsheets

    data = sys.stdin.buffer.read() if file == "-" and hasattr(sys.stdin, "buffer") else b""
    if file == "-" and not data:
        data = sys.stdin.read().encode()
    elif file != "-":
        data = Path(file).read_bytes()
    if not data.strip():
        raise Unreadable(_("{name} is empty.").format(name=file), field="file", value=file)
    return rosters.read(spreadsheets.read(data, file), mapping)


def _refused(roster: Roster, file: str) -> Refusal:
    wrong = len({one.line for one in roster.problems})
    return Refusal(
        _("{wrong} lines of {file} cannot be taken in, so nothing was.").format(wrong=wrong, file=file),
        code="problems",
        field="file",
        value=file,
        hint=_("Mend them, or take in the others: {command}").format(
            command=f"zaoyuan import households {file} --skip-bad bad.csv"
        ),
    )


def _preview(desk: Desk, roster: Roster, plan: Plan) -> None:
    """Ask before many households change; a person at the keyboard also sees what was understood."""
    question = _("{counts}. Take it in?").format(counts=_counts(plan, roster))
    if desk.can_ask:
        columns = series(_read_as(heading, _(_NAMES[field])) for field, heading in roster.columns.items())
        lines = [_("Columns: {columns}").format(columns=columns)]
        for line in roster.lines[:SHOWN]:
            owners = " ".join(name for name, _phone in line.owners)
            lines.append("  ".join(("", line.room, owners, *(_told(value) for value in line.fields.values()))))
        question = "\n".join((*lines, question))
    desk.confirm(question)


def _read_as(heading: str, name: str) -> str:
    return heading if heading == name else f"{heading} → {name}"


def _told(value: object) -> str:
    """A value of a line as a table would show it: what is a code as its word."""
    return cells.shown(State(value) if type(value) is str else value)


def _counts(plan: Plan, roster: Roster) -> str:
    wrong = len({one.line for one in roster.problems})
    said = (
        _("{n} new").format(n=len(plan.new)),
        _("{n} changed").format(n=_changed(plan)),
        _("{n} unchanged").format(n=plan.unchanged),
        *([_("{n} differ from what was changed by hand").format(n=plan.differing)] if plan.differing else []),
        *([_("{n} wrong").format(n=wrong)] if wrong else []),
    )
    return " · ".join(said)


def _changed(plan: Plan) -> int:
    """Lines that change something and hold no difference: each line is counted once."""
    differing = {one.line for one in plan.differs}
    return sum(change.line.line not in differing for change in plan.changed)


def _answer(roster: Roster, plan: Plan, said: str) -> Page:
    """{new, changed, unchanged, differs, wrong, problems} and, beside them, what the differences are."""
    problems = [one._asdict() for one in roster.problems]
    differences = [_masked(one._asdict()) for one in plan.differs]
    data = {
        "new": len(plan.new),
        "changed": _changed(plan),
        "unchanged": plan.unchanged,
        "differs": plan.differing,
        "wrong": len({one.line for one in roster.problems}),
        "problems": problems,
        "differences": differences,
    }
    parts: list[Part] = [Text(said, "good" if said.startswith("√") else "")] if said else []
    parts.append(Text(_counts(plan, roster)))
    if differences:
        rows = [{**one, "field": _(_NAMES.get(one["field"], "Owner"))} for one in differences]
        parts += [Heading(_("Changed by hand, and left so"), 2), Table(_DIFFERENCES, rows)]
    if problems:
        rows = [{**one, "field": _(_NAMES[one["field"]])} for one in problems]
        parts += [Heading(_("Cannot be taken in"), 2), Table(_PROBLEMS, rows)]
    return Page(data, parts)


def _masked(difference: dict[str, Any]) -> dict[str, Any]:
    """A difference as it may be shown: telephones are masked."""
    from zaoyuan_cli.rules.names import mask_phone

    if difference["field"] != "phone":
        return difference
    return difference | {side: mask_phone(difference[side]) for side in ("book", "file")}


def _name_doubles(desk: Desk, roster: Roster) -> None:
    from zaoyuan_cli.book import rosters

    doubles = rosters.namesakes(desk.book.db, roster.lines)
    if doubles:
        listed = [_("{name} ({ids})").format(name=name, ids=" ".join(ids)) for name, ids in doubles.items()]
        names = series(listed[:DOUBLES]) + (" …" if len(listed) > DOUBLES else "")
        desk.warn(_("One name and not one telephone, perhaps the same people: {names}").format(names=names))


def _write_bad(roster: Roster, file: str) -> None:
    """The lines that were left out, as they were, with why: to be mended and taken in."""
    from zaoyuan_cli.exchange import spreadsheets

    why: dict[int, list[str]] = {}
    for one in roster.problems:
        why.setdefault(one.line, []).append(one.message)
    width = max([len(roster.heading), *(len(row.cells) for row in roster.rows)])
    heading = [*roster.heading, *[""] * (width - len(roster.heading)), "原因"]
    rows = [
        [*map(spreadsheets.text_of, row.cells), *[""] * (width - len(row.cells)), " ".join(why[row.line])]
        for row in roster.rows
        if row.line in why
    ]
    Path(file).write_text(spreadsheets.write([heading, *rows]), encoding="utf-8-sig")


_NAMES = {
    "building": N_("Building"), "unit": N_("Unit"), "room": N_("Room"), "owner": N_("Owner"), "owners": N_("Owner"),
    "area": N_("Area (m²)"), "area_source": N_("Source of the area"), "grid": N_("Grid"), "state": N_("State"),
    "ebike": N_("E-bike"), "phone": N_("Phone"),
}  # fmt: skip
_DIFFERENCES = (
    Column("line", N_("Line"), "number"), Column("room", N_("Room"), "room"), Column("field", N_("Column")),
    Column("book", N_("In the book")), Column("file", N_("In the file")),
)  # fmt: skip
_PROBLEMS = (
    Column("line", N_("Line"), "number"), Column("field", N_("Column")), Column("value", N_("Value")),
    Column("message", N_("Why"), flex=True),
)  # fmt: skip
