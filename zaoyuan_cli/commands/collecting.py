"""The command `collect`: money from door to door, typed at the doors, or taken in line by line from a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import completing, options, picking, piped
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Refusal, WrongUsage
from zaoyuan_cli.i18n import N_, _, joined
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.contributions import Payment
    from zaoyuan_cli.commands.rounds import Taken
    from zaoyuan_cli.rules.money import Fen

_COMMA = re.compile("[,，]")
Of = Annotated[
    str,
    Argument(
        metavar=N_("PROJECT"),
        help=N_("The project, or a part of its name; the one in use if not given."),
        autocompletion=completing.projects,
        show_default=False,
    ),
]
Hand = Annotated[
    str,
    Option("--hand", metavar=N_("WHO"), help=N_("Cash stays in this collector's hand, until `handin add`.")),
]


def collect(
    ctx: Context, of: Of = "", unit: options.Unit = "", method: options.Method = "", hand: Hand = "",
    date: options.Day = "", skip_bad: piped.SkipBad = False,
) -> None:  # fmt: skip
    """Collect from door to door: a room, the amount, Enter; every payment is kept at once.

    Enter alone goes to the next household that owes, and means what is owed, in cash. u takes the last one back, s
    notes that nobody is at home, < goes back, . ends. A door can be one line: 502 50 微信.

    Without a person at the keyboard a list is read from standard input: room, amount, method, a tab between them; no
    amount is what is owed. It is one step, all or nothing.

    Example: zaoyuan collect 车棚改造 --unit 3-2
    """
    desk: Desk = ctx.obj
    project = picking.project(desk, of)
    within = _unit(unit)
    on = options.day(desk, date) if date else None
    person = _collector(desk, hand)
    usual = method or str(desk.settings.get("default_method") or "cash")
    if not desk.can_ask:
        _take_in(desk, project, within, usual, person, on, skip_bad)
        return
    if desk.book.readonly:
        raise desk.book.refusal()
    account = _accounts(desk, person)
    from zaoyuan_cli.commands.rounds import Round

    account(usual)
    walk = Round(desk, project, within, usual, asks=not method, account=account, on=on)
    try:
        walk.run()
    finally:  # also after Ctrl-C: what was typed is kept, and said
        desk.show(_summary(desk, project, walk.taken, walk.missed, person))


def _unit(text: str) -> str:
    from zaoyuan_cli.rules import rooms

    return rooms.parse_unit(text) if text else ""


def _collector(desk: Desk, who: str) -> str:
    """The id of whose hand the cash stays in, "" for nobody's."""
    if not who:
        return ""
    from zaoyuan_cli.commands import asking

    return asking.person(desk, who, field="hand").person


def _accounts(desk: Desk, person: str, make: bool = True) -> Callable[[str], str]:
    """Where money goes by how it is paid: cash into the hand account of the collector, if there is one; where that is
    not to be made yet it is "". NotFound, Ambiguous."""
    from zaoyuan_cli.book import accounts, handins

    def account(word: str) -> str:
        if person and accounts.KINDS.get(word.strip().lower()) in ("cash", "hand"):
            return handins.hand(desk.book, person) if make else ""
        return accounts.pick(desk.book, word)

    return account


def _summary(desk: Desk, project: str, taken: Sequence[Taken], missed: Sequence[str], person: str) -> Done:
    """What the round brought, by account, and what to do with the cash."""
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.commands.rounds import by_account, in_words
    from zaoyuan_cli.rules.money import Fen
    from zaoyuan_cli.rules.numbers import runs

    db = desk.book.db
    sums = by_account(list(taken))
    rooms = len({one.room for one in taken})
    data: dict[str, Any] = {
        "project": project, "households": rooms, "amount": Fen(sum(sums.values())),
        "methods": [
            {"method": accounts.kind_of(db, name), "account": name, "amount": fen} for name, fen in sums.items()
        ],
        "payments": [
            {"receipt": one.receipt, "room": one.room, "amount": one.amount, "account": one.account} for one in taken
        ],
        "missed": list(missed),
    }  # fmt: skip
    lines = [("√ " if sums else "") + in_words(sums, rooms)]
    if taken:
        lines.append("  " + _("Receipts: {numbers}").format(numbers=" ".join(runs(one.receipt for one in taken))))
    if missed:
        lines.append("  " + _("Not at home: {rooms}").format(rooms=" ".join(missed)))
    return Done(data, lines, _cash(desk, sums, person))


def _cash(desk: Desk, sums: Mapping[str, Fen], person: str) -> str:
    """What to do with the cash of the round, "" where there is none."""
    from zaoyuan_cli.book import accounts, people
    from zaoyuan_cli.rules.text import quoted

    for name, fen in sums.items():
        kind = accounts.kind_of(desk.book.db, name)
        if kind == "hand":
            who = quoted(people.name_of(desk.book.db, person)) if person else name
            return _("Count {amount} in cash, then hand it in: {command}").format(
                amount=fen, command=f"zaoyuan handin add {who} {fen.plain()}"
            )
        if kind == "cash":
            return _("Count {amount} in cash; {account} should now hold {balance}.").format(
                amount=fen, account=name, balance=accounts.balance(desk.book.db, name)
            )
    return ""


# ---- a list instead of a person


def _take_in(desk: Desk, project: str, unit: str, usual: str, person: str, on: date | None, skip_bad: bool) -> None:
    """Take in a list from standard input: one step, all or nothing but for what --skip-bad leaves out."""
    from zaoyuan_cli.book import contributions, handins
    from zaoyuan_cli.commands import paying
    from zaoyuan_cli.commands.rounds import Taken

    lines = piped.lines(_line())
    payments, problems = _read(desk, lines, project, unit, usual, _accounts(desk, person, make=False), on)
    if problems and not skip_bad:
        raise piped.refused(problems, len(lines))
    hand = handins.hand(desk.book, person) if any(not one.account for one in payments) else ""
    payments = [one._replace(account=one.account or hand) for one in payments]
    paying.seen_before(desk, *payments)
    taken: list[Taken] = []
    if payments:
        numbers = contributions.receive_all(desk.book, payments)
        assert desk.book.pending is not None
        step = desk.book.pending.step.name
        taken = [
            Taken(number, one.room, one.amount, one.account, step)
            for (number, _claim), one in zip(numbers, payments, strict=True)
        ]
    for problem in problems:
        desk.warn(_("line {line} left out: {message}").format(**problem))
    done = _summary(desk, project, taken, (), person)
    desk.show(Done(done.data() | {"skipped": problems}, done.lines, done.hint if payments else ""))
    piped.none_taken(problems, payments)


def _line() -> str:
    return _("A line is: room, amount, method, a tab between them.")


def _read(
    desk: Desk, lines: Sequence[tuple[int, list[str]]], project: str, unit: str, usual: str,
    account: Callable[[str], str], on: date | None,
) -> tuple[list[Payment], list[dict[str, Any]]]:  # fmt: skip
    """The payments of a list, and of what line something is wrong, with why."""
    from zaoyuan_cli.book import projects

    fund, day = projects.fund_of(desk.book, project), on or desk.book.today
    payments: list[Payment] = []
    problems: list[dict[str, Any]] = []
    before: dict[str, int] = {}
    for n, raw in lines:
        cells = _fields(raw)
        try:
            of_line = [_payment(desk, door, project, fund, unit, usual, account, day, before) for door in _doors(cells)]
        except Refusal as refusal:
            if len(cells) == 1 and _COMMA.search(cells[0]):
                refusal.message = joined((refusal.message, _line()))
            problems.append(piped.problem(n, cells, refusal))
            continue
        for one in of_line:
            before[one.room] = before.get(one.room, 0) + one.amount
        payments += of_line
    return payments, problems


def _fields(cells: list[str]) -> list[str]:
    """Room, amount and method of a line that has commas where tabs should be (2-1-501,200,银行): only where what ends
    it is no room, else it is several doors."""
    if not all(_COMMA.fullmatch(cell[-1:]) for cell in cells[:-1]):
        return cells
    fields = _COMMA.split("".join(cells))
    return cells if len(fields) != 3 or not fields[2] or any(map(str.isdigit, fields[2])) else fields


def _doors(cells: Sequence[str]) -> list[Sequence[str]]:
    """A line a door: several doors in one line (2-1-202,203) each pay what they owe. WrongUsage where an amount is
    said, which would be whose?"""
    from zaoyuan_cli.commands.payers import SEVERAL
    from zaoyuan_cli.rules import rooms

    who, *rest = cells
    if not any(mark in who for mark in SEVERAL):
        return [cells]
    if rest and rest[0]:
        raise WrongUsage(
            _("An amount is of one door: give each a line of its own, or leave the amount out."), field="amount"
        )
    return [[room.text, *rest] for room in dict.fromkeys(rooms.expand(who))]


def _payment(
    desk: Desk, cells: Sequence[str], project: str, fund: str, unit: str, usual: str, account: Callable[[str], str],
    day: date, before: dict[str, int],
) -> Payment:  # fmt: skip
    """The payment of one line, after what earlier lines paid (fen by room). Refusal."""
    from zaoyuan_cli.book import contributions
    from zaoyuan_cli.commands import asking
    from zaoyuan_cli.commands.rounds import within
    from zaoyuan_cli.rules.money import Fen

    who, amount, how, *more = [*cells, "", ""]
    if any(more):
        raise WrongUsage(_line(), field="input")
    room = asking.household(desk, who, unit=within(unit, who))
    owed = contributions.claim_of(desk.book, project, room).plus(Fen(before.get(room, 0))).owed
    fen = options.amount(amount) if amount else owed
    if not fen:
        raise Refusal(_("{room} owes {project} nothing.").format(room=room, project=project), field="household")
    if fen > owed and not desk.yes:
        raise Refusal(_("{room} owes {owed} only.").format(room=room, owed=owed), field="yes", value=room)
    return contributions.Payment(fen, account(how or usual), fund, day, room, project=project, agreed=fen > owed)
