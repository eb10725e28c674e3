"""The command `init`: begin a book."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Context, Option

from zaoyuan_cli import settings
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import FileUnreadable, NeedsSomebody, Refusal, Unreadable
from zaoyuan_cli.i18n import N_, _, sample
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book
    from zaoyuan_cli.book.founding import Opening

Name = Annotated[str, Option("--name", metavar=N_("NAME"), help=N_("The estate's name."))]
Units = Annotated[str, Option("--units", metavar=N_("UNITS"), help=N_("The units: 1-1..5-2, or several with commas."))]
Doors = Annotated[str, Option("--doors", metavar=N_("NxM"), help=N_("Floors and doors on a floor of each unit: 5x3."))]
From = Annotated[str, Option("--from", metavar=N_("FILE"), help=N_("Take in the households of this spreadsheet."))]
Balances = Annotated[
    str,
    Option("--opening", metavar=N_("TEXT"), help=N_("What is there already: 现金 350 工作经费, several with commas.")),
]
BookLang = Annotated[
    str,
    Option(
        "--book-lang",
        metavar="zh|en",
        show_default=False,
        help=N_("The language of the book's papers and names. Chinese if not given."),
    ),
]
BACK = ("<", "《", "＜")
NAME = {"zh": "我的小区", "en": "My estate"}  # data, like the names of accounts


class Plan(NamedTuple):
    """What the book is begun with: words already read."""

    name: str
    units: tuple[str, ...] = ()
    roster: str = ""
    doors: tuple[int, int] = (0, 0)
    openings: tuple[Opening, ...] = ()
    who: str = ""


def init(
    ctx: Context, name: Name = "", units: Units = "", doors: Doors = "", from_: From = "", opening: Balances = "",
    book_lang: BookLang = "zh",
) -> None:  # fmt: skip
    """Begin a book for an estate.

    Without options it asks five questions, each with an answer to take by Enter; < goes back. With --name it asks
    nothing. The file is the one of --book, else the one `zaoyuan book` shows; nothing is ever begun over another file.

    Example: zaoyuan init --name 枣园小区 --units 1-1..5-2 --who 韩梅
    """
    from zaoyuan_cli.book import founding
    from zaoyuan_cli.book import opening as opens

    desk: Desk = ctx.obj
    lang = _language(book_lang)
    opens.refuse_taken(desk.path)
    if name or desk.yes or any((units, doors, from_, opening)):
        plan = _said(desk, lang, name, units, doors, from_, opening)
    elif desk.can_ask:
        plan = _asked(desk, lang)
    else:
        raise NeedsSomebody(
            _("Which estate is the book for?"), field="name", hint=_("Say it: {flag}").format(flag="--name")
        )
    take_in = _households(desk, plan.roster) if plan.roster else None
    if desk.path.parent == settings.data_home():
        desk.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    founding.found(desk.path, desk.home, plan.name, plan.who, lang, plan.units).close()
    desk.who = ""  # the name has become the person of this computer
    founding.furnish(desk.book, plan.doors, plan.openings)
    taken = take_in() if take_in else {}
    desk.show(_answer(desk.book, plan, taken))


def _language(text: str) -> str:
    if text.lower() not in ("zh", "en"):
        raise Unreadable(_("A book is in zh or in en."), field="book-lang", value=text)
    return text.lower()


def _said(desk: Desk, lang: str, name: str, units: str, doors: str, roster: str, opening: str) -> Plan:
    return Plan(
        _name(name or NAME[lang]),
        _units(units),
        roster,
        _doors(doors),
        _openings(lang)(opening),
        _name(desk.who or _me()),
    )


def _asked(desk: Desk, lang: str) -> Plan:
    """The five questions; an answer that cannot be read is asked for again."""
    questions: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        (_("Name of the estate"), NAME[lang], _name),
        (_("Units (1-1..5-2), or a spreadsheet of the households"), "1-1..5-2", _units_or_file),
        (_("Floors and doors on a floor of each unit (5x3), 0 to enter them later"), "0", _doors),
        (_("What is there already (现金 350 工作经费), several with commas; 0 for nothing"), "0", _openings(lang)),
        (_("Your name"), desk.who or _me(), _name),
    )
    answers: list[object] = []
    wrong = ""
    while len(answers) < len(questions):
        place = len(answers)
        question, default, read = questions[place]
        if place == 2 and isinstance(answers[1], str):
            answers.append((0, 0))  # the spreadsheet says which doors there are
            continue
        said = desk.ask(f"{wrong}{place + 1}/5 {question}", default)
        wrong = ""
        if said in BACK:
            del answers[-1 if place != 3 or not isinstance(answers[1], str) else -2 :]
            continue
        try:
            answers.append(read(said))
        except Refusal as refusal:
            wrong = f"{refusal.message}  {refusal.hint}\n"
    name, units, doors, openings, who = answers
    roster = units if isinstance(units, str) else ""
    return Plan(name, () if roster else units, roster, doors, openings, who)  # type: ignore[arg-type]


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _name(text: str) -> str:
    from zaoyuan_cli.rules.text import clean

    name = clean(text, field="name").strip()
    if not name:
        raise Unreadable(_("A name is wanted."), field="name", value=text)
    return name


def _units(text: str) -> tuple[str, ...]:
    from zaoyuan_cli.rules.rooms import expand_units

    return expand_units(text) if text.strip() not in ("", "0") else ()


def _units_or_file(text: str) -> tuple[str, ...] | str:
    if Path(text).suffix.lower() not in (".csv", ".xlsx", ".xls", ".ods"):
        return _units(text)
    _must_be_there(text)
    return text


def _must_be_there(file: str) -> None:
    if not Path(file).is_file():
        raise FileUnreadable(_("There is no file {path}.").format(path=file), field="from", value=file)


def _doors(text: str) -> tuple[int, int]:
    if text.strip() in ("", "0"):
        return (0, 0)
    found = re.fullmatch(r"\s*(\d{1,2})\s*[x×*，,X]\s*(\d{1,2})\s*", text)
    if not found or "0" in found.groups():
        raise Unreadable(
            _("These are no floors and doors: {value}").format(value=text),
            field="doors",
            value=text,
            hint=_("Write 5x3."),
        )
    return int(found[1]), int(found[2])


def _openings(lang: str) -> Callable[[str], tuple[Opening, ...]]:
    """A reader of opening balances for the accounts and funds every book of that language has."""

    def read(text: str) -> tuple[Opening, ...]:
        parts = [part.split() for part in re.split(r"[;；，、]|,(?!\d{3})", text)]
        return tuple(_opening(lang, words) for words in parts if words and words != ["0"])

    return read


def _opening(lang: str, words: list[str]) -> Opening:
    from zaoyuan_cli.book.founding import NAMES, Opening
    from zaoyuan_cli.rules import money

    accounts = {account: account for account, _kind in NAMES[lang][0]} | {kind: name for name, kind in NAMES[lang][0]}
    funds = [fund for fund, _restricted in NAMES[lang][1]]
    account, fund = accounts.get(words[0]), " ".join(words[2:]) or funds[-2]
    if account is None or len(words) < 2 or fund not in funds:
        raise Unreadable(
            _("This is no opening balance: {value}").format(value=" ".join(words)),
            field="opening",
            value=" ".join(words),
            hint=_("Write account, amount, fund. Accounts: {accounts}. Funds: {funds}.").format(
                accounts=" ".join(account for account, _kind in NAMES[lang][0]), funds=" ".join(funds)
            ),
        )
    return Opening(account, money.positive(words[1], "opening"), fund)


def _households(desk: Desk, file: str) -> Callable[[], dict[str, object]]:
    """What takes in the households of a spreadsheet, once the book is there: read before it is, so that a file with
    faults begins no book. FileUnreadable, Unreadable, ProblemsFound, Cancelled."""
    from zaoyuan_cli.commands.imports import Households

    _must_be_there(file)
    taking = Households(desk, file)
    roster = taking.begin()
    return lambda: taking.take(roster)


def _answer(book: Book, plan: Plan, taken: dict[str, object]) -> Done:
    from zaoyuan_cli.book import households, units
    from zaoyuan_cli.book.founding import NAMES

    of, doors = units.everyone(book.db), len(households.everyone(book.db))
    lines = [
        _("√ A book for {name}: {path}").format(name=book.name, path=book.path),
        _("{units} units, {doors} households; you are {who}, this computer is {letter}.").format(
            units=len(of), doors=doors, who=plan.who, letter=book.letter
        ),
    ]
    openings = [{"account": one.account, "fund": one.fund, "amount": one.fen} for one in plan.openings]
    lines += [_("  Opening: {account} {amount} yuan, fund {fund}").format(**one) for one in openings]
    if wrong := taken.get("wrong"):
        lines.append(_("{count} lines of the spreadsheet could not be read; see {command}").format(
            count=wrong, command=f"zaoyuan import households {plan.roster} --dry-run"))  # fmt: skip
    fund = NAMES[book.lang][1][0][0]
    hint = "\n".join(
        (
            "zaoyuan import households houses.csv" if not doors else "zaoyuan household list",
            sample(f"zaoyuan project add NAME --fund {fund} --levy 100"),
            "zaoyuan pay 3-2-501" if not of else f"zaoyuan pay {of[0]}-101",
        )
    )
    data = {"name": book.name, "device": book.letter, "path": str(book.path), "units": list(of), "households": doors}
    data |= {"opening": openings} if openings else {}
    return Done({**data, **({"import": taken} if taken else {})}, lines, _("Next:") + "\n" + hint)
