"""The account of a project as the public reads it, as JSON has it: sums of households, donors by name where they are no
natural persons, each expense by its number, units as rates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.i18n import speaking
from zaoyuan_cli.reports.public import Said, Wall
from zaoyuan_cli.reports.wording import Wording
from zaoyuan_cli.rules import percent
from zaoyuan_cli.rules.money import Fen
from zaoyuan_cli.rules.rooms import order, unit_of

if TYPE_CHECKING:
    from zaoyuan_cli.book.dues import Claim
    from zaoyuan_cli.book.projects import Project
    from zaoyuan_cli.book.standings import ProjectStanding

FEWEST = 3  # a rate of fewer households tells of one of them
HIDDEN = ("settled", "paid", "waived", "owed", "credit")
SUMS = ("due", "paid", "waived", "owed", "credit", "income", "spent", "returned", "left", "promised")


def data(wall: Wall, project: str) -> dict[str, Any]:
    """A project on the wall's day, or on that of its beginning if that is later."""
    from zaoyuan_cli.book import projects, statements

    db, first = wall.book.db, projects.everyone(wall.book.db)[project].day
    day = max(wall.day, first)
    of, (stands,) = projects.everyone(db, day)[project], projects.standing(db, day, project)
    words, claims = Wording(wall), _claims(wall, project, day)
    rates, left_out = units(claims)
    goal = stands.goal
    return {
        "paper": Said("project"), "name": wall.text(wall.book.name), "project": wall.text(of.name),
        "fund": wall.text(of.fund), "date": day, "state": Said(stands.state), "since": of.day, "due_date": of.due,
        "decision": _decision(wall, of.decision), "levy": _levy(wall, of, stands), "goal": goal,
        "there": stands.there, "progress": Said(percent.written(int(stands.there), int(goal))) if goal else None,
        "budget": of.budget, "remaining": None if of.budget is None else Fen(of.budget - stands.spent),
        **told(stands.households, {key: getattr(stands, key) for key in SUMS}), "paid": stands.paid,
        "households_waived": statements.waived(db, day).get(project, (0, Fen()))[0],
        "raised": _raised(wall, words, project, day), "expenses": (spent := _spent(wall, words, project, day)),
        "pending": pending(wall, [one["number"] for one in spent]),
        "incomes": _received(wall, words, project, day),
        "units": [{"unit": wall.text(unit), "progress": rate} for unit, rate in rates], "units_left_out": left_out,
        "closing": _closing(wall, words, stands, day),
    }  # fmt: skip


def told(households: int, figures: dict[str, Any]) -> dict[str, Any]:
    """What a levy on so many households may tell: of a few, who is asked is known, and the sums would be somebody's."""
    return figures | dict.fromkeys(set(HIDDEN) & set(figures)) if 0 < households < FEWEST else figures


def units(claims: Iterable[tuple[str, Claim]]) -> tuple[list[tuple[str, int]], int]:
    """(unit, how much of what it was to pay it owes no longer, in whole percent) of every unit with enough households
    in the levy, and how many units are left out. What is left out together is of enough households too, or it could be
    reckoned from the sums: then the smallest unit shown is left out as well."""
    of: dict[str, list[Claim]] = {}
    for room, claim in claims:
        of.setdefault(unit_of(room), []).append(claim)
    shown = {unit: some for unit, some in of.items() if len(some) >= FEWEST and any(one.due for one in some)}
    while shown and 0 < sum(len(some) for unit, some in of.items() if unit not in shown) < FEWEST:
        del shown[min(shown, key=lambda unit: (len(shown[unit]), order(unit)))]
    rates = [
        (unit, percent.whole(sum(int(one.due - one.owed) for one in some), sum(int(one.due) for one in some)))
        for unit, some in sorted(shown.items(), key=lambda one: order(one[0]))
    ]
    return rates, len(of) - len(shown)


def _claims(wall: Wall, project: str, day: date) -> list[tuple[str, Claim]]:
    from zaoyuan_cli.book import dues

    return [(room, claim) for _of, room, claim in dues.claims(wall.book.db, project, as_of=day)]


def _decision(wall: Wall, number: str) -> dict[str, Any] | None:
    from zaoyuan_cli.book import decisions

    one = decisions.everyone(wall.book.db).get(number)
    return one and {
        "decision": wall.text(one.decision), "paper": wall.text(one.paper) if one.paper else None, "date": one.date,
        "body": wall.text(one.body), "text": wall.text(one.text),
    }  # fmt: skip


def _levy(wall: Wall, of: Project, stands: ProjectStanding) -> dict[str, Any] | None:
    from zaoyuan_cli.reports import projects

    if not (of.levy or stands.households):
        return None
    with speaking(wall.lang):
        words = wall.text(projects.levy_words(of))
    return {"kind": Said(of.levy) if of.levy else None, "rate": of.rate if of.levy else None, "words": words,
            "households": stands.households, "due": stands.due,
            **told(stands.households, {"settled": stands.settled})}  # fmt: skip


def _raised(wall: Wall, words: Wording, project: str, day: date) -> list[dict[str, Any]]:
    """Households and persons in one sum each, firms and public bodies one by one."""
    from zaoyuan_cli.book import statements

    found = statements.raised(wall.book.db, project, day)
    firms = {id: fen for id, fen in found.donors.items() if id in words.firms}
    people = [fen for id, fen in found.donors.items() if id not in firms]
    rows: list[tuple[str, Said | None, int | None, Fen]] = [
        ("household", None, found.households, found.paid),
        *(("donor", wall.text(words.firms[id]), None, fen) for id, fen in firms.items()),
        ("person", None, len(people), Fen(sum(people))), ("unknown", None, None, found.unknown),
    ]  # fmt: skip
    return [
        {"kind": Said(kind), "donor": donor, "count": count, "amount": fen} for kind, donor, count, fen in rows if fen
    ]


def _spent(wall: Wall, words: Wording, project: str, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import statements

    found = []
    for on, number, fen in statements.by_number(wall.book.db, project, "expense", day):
        one = words.expenses[number]
        found.append({
            "date": on, "number": wall.text(number), "what": words.spent(one), "amount": fen,
            "voucher": wall.text(one.voucher) if one.voucher else None,
            "decision": words.decision(one.decision) if one.decision else None,
        })  # fmt: skip
    return found


def _received(wall: Wall, words: Wording, project: str, day: date) -> list[dict[str, Any]]:
    from zaoyuan_cli.book import statements

    return [
        {"date": on, "number": wall.text(number), "what": words.received(words.incomes[number]), "amount": fen}
        for on, number, fen in statements.by_number(wall.book.db, project, "income", day)
    ]


def _closing(wall: Wall, words: Wording, stands: ProjectStanding, day: date) -> dict[str, Any] | None:
    """How it was closed, its shares in sums; `each`: what every payer gets, where all get the same (R-66)."""
    from zaoyuan_cli.book import closures, returns

    closed = closures.of(wall.book.db, stands.project, day)
    if closed is None:
        return None
    shares = [one for one in returns.shares(wall.book.db, stands.project, day) if one.share]
    amounts = {one.share for one in shares}
    return {
        "date": closed.date, "left": closed.totals["left"], "plan": Said(closed.plan) if closed.plan else None,
        "decision": words.decision(closed.decision) if closed.decision else None, "shares": len(shares),
        "share": Fen(sum(one.share for one in shares)), "each": amounts.pop() if len(amounts) == 1 else None,
        "returned": Fen(sum(one.returned for one in shares)), "open": Fen(sum(one.open for one in shares)),
        "late": stands.late,
    }  # fmt: skip


def pending(wall: Wall, numbers: Iterable[str]) -> list[dict[str, Any]]:
    """Expenses among these that members have not approved yet, or have rejected (R-63)."""
    from zaoyuan_cli.book import approvals, expenses
    from zaoyuan_cli.rules.approvals import OPEN, REJECTED

    wanted, how = set(numbers), approvals.standing(wall.book.db, wall.day)
    if not wanted & how.keys():
        return []
    return [
        {"number": wall.text(one.expense), "amount": one.amount, "state": Said(how[one.expense].state)}
        for one in expenses.everyone(wall.book.db)
        if one.expense in wanted & how.keys() and how[one.expense].state in (OPEN, REJECTED)
    ]
