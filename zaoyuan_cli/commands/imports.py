"""The noun `import`: households, special spaces and slips of a vote from a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option, Typer

from zaoyuan_cli.commands import piped
from zaoyuan_cli.commands.intakes import Taking
from zaoyuan_cli.commands.options import DryRun
from zaoyuan_cli.commands.polling import Ballot, Second
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.i18n import N_, _, series

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book, rosters, space_rosters
    from zaoyuan_cli.book.comparing import Plan
    from zaoyuan_cli.exchange.rosters import Roster
    from zaoyuan_cli.exchange.sheets import Sheet

app = Typer()
MOST = 10  # names in a warning

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
    str, Option("--sheet", metavar=N_("NAME"), help=N_("The sheet, where several would do, or a hidden one."))
]
SkipBad = Annotated[
    str, Option("--skip-bad", metavar=N_("FILE"), help=N_("Take the good lines in, write the others into this file."))
]
Every = Annotated[bool, Option("--all", help=N_("With --dry-run: show every line that says something new."))]


@app.command()
def households(
    ctx: Context, file: Source, map: Map = [], sheet: SheetName = "", dry_run: DryRun = False, all_: Every = False,  # noqa: B006
    skip_bad: SkipBad = "",
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
    Households(ctx.obj, file).run(map, sheet, dry_run, skip_bad, all_)


class Households(Taking["rosters.Line"]):
    """A list of households."""

    verb = "import households"

    def read(self, found: Sequence[Sheet], mapping: Sequence[str], sheet: str) -> Roster[rosters.Line]:
        from zaoyuan_cli.exchange import households

        return households.read(found, mapping, sheet)

    def plan(self, lines: Sequence[rosters.Line]) -> Plan:
        from zaoyuan_cli.book import rosters

        return rosters.plan(self.desk.book, lines)

    def write(self, book: Book, lines: Sequence[rosters.Line]) -> Plan:
        from zaoyuan_cli.book import rosters

        return rosters.take_in(book, lines)

    def odd(self, lines: Sequence[rosters.Line]) -> str:
        from zaoyuan_cli.book import households
        from zaoyuan_cli.rules import rooms

        known = households.all_rooms(self.desk.book.db) if lines and self.desk.path.exists() else []
        odd, usual = rooms.odd([*known, *(line.room for line in lines)])
        wrong = [line.room for line in lines if line.room in odd]
        said = _(
            "Nearly all rooms are like {example}, these are not: {rooms}. If a part is missing, mend the file first;"
            " taken in already, they go back with {command}."
        )
        return said.format(example=usual, rooms=_first(wrong), command="zaoyuan undo") if wrong else ""

    def doubts(self, roster: Roster[rosters.Line], plan: Plan, written: bool) -> None:
        from zaoyuan_cli.book import rosters
        from zaoyuan_cli.reports import intake

        if written:
            _name(self.desk, rosters.namesakes(self.desk.book.db, roster.lines))
        else:
            _name(self.desk, intake.alike(roster.lines))


@app.command()
def spaces(
    ctx: Context, file: Source, map: Map = [], sheet: SheetName = "", dry_run: DryRun = False, all_: Every = False,  # noqa: B006
    skip_bad: SkipBad = "",
) -> None:  # fmt: skip
    """Take in special spaces from a spreadsheet: all of it or nothing.

    The columns are found by their names, as those of households are:

    车位号 (车位编号 摊位号 储藏室号), 类别 (类型 车位类型: 车位 摊位 储藏室 其他), 业主 (姓名 产权人), 房号, 电话,
    面积, 面积来源 (登记 实测 合同), 起始日期 (取得日期 购买日期); or space kind owner room phone area
    area_source since.

    A room alone is all its owners. Beside a name, room and telephone tell which person of that name is meant; whoever
    the book does not know is entered, and named. Nobody, 全体业主 or 公共: it is everybody's.

    What the file does not say stays, what somebody changed by hand is listed and not overwritten, and the same file
    twice changes nothing.

    Example: zaoyuan import spaces 车位.csv --dry-run
    """
    Spaces(ctx.obj, file).run(map, sheet, dry_run, skip_bad, all_)


class Spaces(Taking["space_rosters.Line"]):
    """A list of special spaces."""

    verb = "import spaces"

    def read(self, found: Sequence[Sheet], mapping: Sequence[str], sheet: str) -> Roster[space_rosters.Line]:
        from zaoyuan_cli.exchange import spaces

        return spaces.read(found, mapping, sheet)

    def plan(self, lines: Sequence[space_rosters.Line]) -> Plan:
        from zaoyuan_cli.book import space_rosters

        return space_rosters.plan(self.desk.book, lines)

    def write(self, book: Book, lines: Sequence[space_rosters.Line]) -> Plan:
        from zaoyuan_cli.book import space_rosters

        return space_rosters.take_in(book, lines)

    def doubts(self, roster: Roster[space_rosters.Line], plan: Plan, written: bool) -> None:
        from zaoyuan_cli.book import space_rosters

        if strange := space_rosters.strangers(plan):
            said = _("Not in the book until now, perhaps misspelt: {names}")
            self.desk.warn(said.format(names=_first(strange)))


def _name(desk: Desk, doubles: Mapping[str, list[str]]) -> None:
    if doubles:
        listed = [_("{name} ({ids})").format(name=name, ids=" ".join(ids)) for name, ids in doubles.items()]
        said = _("One name and not one telephone, perhaps the same people: {names}")
        desk.warn(said.format(names=_first(listed)))


def _first(names: Sequence[str]) -> str:
    return series(names[:MOST]) + (" …" if len(names) > MOST else "")


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
