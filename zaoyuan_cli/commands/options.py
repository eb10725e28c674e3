"""Options and arguments that mean the same everywhere, and how their words become values.

    @app.command("list")
    def list_(ctx: typer.Context, project: Project = "", since: Since = "", limit: Limit = 0) -> None:

One letter means one thing in the whole program; a letter not here is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeAlias

from typer import Argument, Option

from zaoyuan_cli.commands import completing
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import N_, _, language, series

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.rules.money import Fen
    from zaoyuan_cli.rules.rooms import Area, Room

# ---- arguments

Who: TypeAlias = Annotated[
    str,
    Argument(
        metavar=N_("WHO"),
        help=N_("A room, a name or part of it, its pinyin initials, or the last four digits of the phone."),
        autocompletion=completing.who,
    ),
]
Whos: TypeAlias = Annotated[
    list[str], Argument(metavar=N_("WHO"), help=N_("Rooms or names."), autocompletion=completing.who)
]
RoomWord: TypeAlias = Annotated[
    str, Argument(metavar=N_("ROOM"), help=N_("A room: 3-2-501."), autocompletion=completing.who)
]
AmountWord: TypeAlias = Annotated[str, Argument(metavar=N_("AMOUNT"), help=N_("Yuan: 100, 1,000.50, 1.5万."))]
Number: TypeAlias = Annotated[
    str, Argument(metavar=N_("NO"), help=N_("A number: A2022-0084, or short where one fits."))
]
Numbers: TypeAlias = Annotated[
    list[str], Argument(metavar=N_("NO"), help=N_("Numbers: A2022-0084, or short where one fits."))
]
Name: TypeAlias = Annotated[str, Argument(metavar=N_("NAME"), help=N_("The name, or a part that fits only one."))]
DonorName: TypeAlias = Annotated[str, Argument(metavar=N_("NAME"), help=N_("The donor, or a part of the name."))]
NewName: TypeAlias = Annotated[str, Argument(metavar=N_("NAME"), help=N_("The name."))]
TextWord: TypeAlias = Annotated[str, Argument(metavar=N_("TEXT"), help=N_("The text, in quotation marks."))]

Meeting: TypeAlias = Annotated[
    str,
    Argument(
        metavar=N_("NO"),
        help=N_("The meeting's number: MA2022-3, or M3 where one fits."),
        autocompletion=completing.meetings,
    ),
]

# ---- options with a letter

Project: TypeAlias = Annotated[
    str,
    Option(
        "--project",
        "-p",
        metavar=N_("NAME"),
        help=N_("The project, or a part of its name."),
        autocompletion=completing.projects,
    ),
]
Day: TypeAlias = Annotated[
    str, Option("--date", "-d", metavar=N_("DATE"), help=N_("The day it happened: 5-31, 昨天. Today if not given."))
]
Method: TypeAlias = Annotated[
    str,
    Option(
        "--method",
        "-m",
        metavar=N_("HOW"),
        help=N_("How it was paid: cash, wechat, alipay, bank, or an account's name."),
        autocompletion=completing.methods,
    ),
]
Note: TypeAlias = Annotated[str, Option("--note", "-n", metavar=N_("TEXT"), help=N_("A note, kept as typed."))]
File: TypeAlias = Annotated[
    str, Option("--file", "-f", metavar=N_("FILE"), help=N_("Read from this file; - is standard input."))
]
Output: TypeAlias = Annotated[
    str,
    Option("--output", "-o", metavar=N_("FILE"), help=N_("Write into this file; its ending names the format.")),
]

# ---- options without

Fund: TypeAlias = Annotated[
    str, Option("--fund", metavar=N_("NAME"), help=N_("The fund."), autocompletion=completing.funds)
]
Account: TypeAlias = Annotated[
    str, Option("--account", metavar=N_("NAME"), help=N_("The account."), autocompletion=completing.accounts)
]
Reason: TypeAlias = Annotated[str, Option("--reason", metavar=N_("TEXT"), help=N_("Why."))]
Decision: TypeAlias = Annotated[
    str,
    Option(
        "--decision",
        metavar=N_("NO"),
        help=N_("The decision that allows it."),
        autocompletion=completing.decisions,
    ),
]
Body: TypeAlias = Annotated[
    str,
    Option("--body", metavar=N_("NAME"), help=N_("The body: committee, assembly."), autocompletion=completing.bodies),
]
Paper: TypeAlias = Annotated[str, Option("--paper", metavar=N_("NO"), help=N_("The number printed on the paper."))]
Since: TypeAlias = Annotated[str, Option("--since", metavar=N_("DATE"), help=N_("From this day on."))]
Until: TypeAlias = Annotated[str, Option("--until", metavar=N_("DATE"), help=N_("Up to this day."))]
Limit: TypeAlias = Annotated[int, Option("--limit", metavar=N_("N"), help=N_("At most so many rows."))]
Sort: TypeAlias = Annotated[
    str,
    Option(
        "--sort",
        metavar=N_("KEY"),
        help=N_("Sort by this column, as it is headed or by its key; with - before it the other way round."),
    ),
]
Unit: TypeAlias = Annotated[
    str, Option("--unit", metavar=N_("UNIT"), help=N_("Only this unit: 3-2."), autocompletion=completing.units)
]
Grid: TypeAlias = Annotated[
    str, Option("--grid", metavar=N_("GRID"), help=N_("Only this grid."), autocompletion=completing.grids)
]
DryRun: TypeAlias = Annotated[bool, Option("--dry-run", help=N_("Show what would be done, write nothing."))]
Confirm: TypeAlias = Annotated[
    str, Option("--confirm", metavar=N_("NAME"), help=N_("The estate's name, in place of typing it when asked."))
]

# ---- words to values


def amount(text: str, field: str = "amount") -> Fen:
    """An amount above zero. Unreadable."""
    from zaoyuan_cli.rules import money

    return money.positive(text, field)


def area(text: str, field: str = "area") -> Area:
    """An area. Unreadable."""
    from zaoyuan_cli.rules import rooms

    return rooms.parse_area(text, field)


def room(text: str, field: str = "household") -> Room:
    """A room. Unreadable."""
    from zaoyuan_cli.rules import rooms

    return rooms.parse(text, field)


def day(desk: Desk, text: str, field: str = "date") -> date:
    """The day something happened; today where nothing was said. A day to come needs a yes. Unreadable, NeedsYes."""
    if not text:
        return desk.today
    from zaoyuan_cli.rules import dates

    found = dates.parse(text, desk.today, field)
    if found > desk.today:
        desk.confirm(_("{day} is still to come. Go on?").format(day=found))
    return found


def day_or_none(desk: Desk, text: str, field: str) -> date | None:
    """A day, past or to come, where one was said (--since, --from). Unreadable."""
    from zaoyuan_cli.rules import dates

    return dates.parse(text, desk.today, field) if text else None


def last_day(desk: Desk, text: str, field: str = "due") -> date | None:
    """The day by which something is due or a term ends, where one was said: 8-1 is the next one to come. Unreadable."""
    from zaoyuan_cli.rules import dates

    return dates.deadline(text, desk.today, field) if text else None


def one_of(text: str, words: Mapping[str, str], field: str) -> str:
    """The code a word stands for; `words` maps what may be typed (English codes and Chinese) to codes. Unreadable."""
    code = words.get(text.strip().lower())
    if code is None:
        codes = list(dict.fromkeys(words.values()))
        raise Unreadable(
            _("“{word}” is not one of the choices.").format(word=text),
            field=field,
            value=text,
            candidates=[{"key": code, "label": code} for code in codes],
            hint=_("There are: {choices}").format(choices=series(_of_language(words))),
        )
    return code


def _of_language(words: Mapping[str, str]) -> list[str]:
    """The words of the language of the run; all, where a choice has none in it."""
    shown = [word for word in words if word.isascii() == (language() == "en")]
    return shown if {words[word] for word in shown} == set(words.values()) else list(words)
