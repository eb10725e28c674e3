"""What a statement says to the public, as JSON has it: the figures of a period, with nothing of who paid or owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zaoyuan_cli.reports import movements
from zaoyuan_cli.reports.public import Said, Wall
from zaoyuan_cli.reports.public_project import pending, told
from zaoyuan_cli.rules import dates
from zaoyuan_cli.rules.money import Fen

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.statements import Moved, Statement

HELD = ("hand", "advance")  # kinds of accounts that are called after people: in one sum each


def data(wall: Wall, period: str, found: Statement, last: date) -> dict[str, Any]:
    """The figures of a period; what it has of the days up to the wall's."""
    from zaoyuan_cli.book import accounts

    kinds = {one.account: one.kind for one in accounts.everyone(wall.book.db)}
    moved = movements.Movements(wall, found.legs)
    sheet = found.sheet if found.sheet and found.sheet.day <= wall.day else None
    state = "closed" if sheet else "open" if found.until == last else "running"
    return {
        "paper": Said("money"), "name": wall.text(wall.book.name), "period": Said(period), "since": found.first,
        "until": found.until, "state": Said(state), "closed": sheet.day if sheet else None, **found.total.row(),
        "funds": [{"fund": wall.text(one.name), **_figures(one)} for one in found.funds if any(one[1:])],
        "accounts": _accounts(wall, found.accounts, kinds), "lines": moved.lines(found.total.opening),
        "contributions": moved.contributions(),
        "months": _months(found), "transfers": _handed(wall, found, moved), "dues": _asked(wall, found),
        "counts": _counted(wall, found, kinds), "date": wall.day,
        "corrections": _corrected(wall, period, found) if sheet else [], **_gone(wall, found),
        "pending": pending(wall, [one.number for one in found.legs if one.what == "expense" and not one.correction]),
    }  # fmt: skip


def _figures(one: Moved) -> dict[str, Fen]:
    return {"opening": one.opening, "in": one.into, "out": one.out, "moved": one.moved, "closing": one.closing}


def _accounts(wall: Wall, moved: tuple[Moved, ...], kinds: dict[str, str]) -> list[dict[str, Any]]:
    """Every account with money; those that somebody holds in one sum a kind, for they are called after people."""
    found: list[dict[str, Any]] = []
    sums: dict[str, list[Moved]] = {}
    for one in moved:
        if kinds[one.name] in HELD:
            sums.setdefault(kinds[one.name], []).append(one)
        elif any(one[1:]):
            found.append({"account": wall.text(one.name), "kind": Said(kinds[one.name]), **_figures(one)})
    for kind, some in sums.items():
        rows = [_figures(one) for one in some]
        figures = {key: Fen(sum(row[key] for row in rows)) for key in rows[0]}
        if any(figures.values()):
            found.append({"account": None, "kind": Said(kind), **figures})
    return found


def _months(found: Statement) -> list[dict[str, Any]]:
    """What came and went in each month; what is late in the month of its own day."""
    legs = [one for one in found.legs if one.what != "transfer"]
    return [
        {"month": Said(month),
         "in": Fen(sum(max(one.fen, 0) for one in legs if f"{one.day:%Y-%m}" == month)),
         "out": Fen(-sum(min(one.fen, 0) for one in legs if f"{one.day:%Y-%m}" == month))}
        for month in sorted({f"{one.day:%Y-%m}" for one in legs})
    ]  # fmt: skip


def _handed(wall: Wall, found: Statement, moved: movements.Movements) -> list[dict[str, Any]]:
    """Transfers by a decision one by one; money whose payer became known in one sum a fund."""
    from zaoyuan_cli.book import statements

    rows: list[dict[str, Any]] = []
    claimed: dict[tuple[str, str], list[Any]] = {}
    for one in statements.handed(wall.book.db, found.legs):
        if one.decision:
            rows.append({"date": one.date, "source": wall.text(one.source), "target": wall.text(one.target),
                         "amount": one.amount, "decision": moved.words.decision(one.decision), "count": 1})  # fmt: skip
        else:
            claimed.setdefault((one.source, one.target), []).append(one)
    for (source, target), some in claimed.items():
        rows.append({"date": max(one.date for one in some), "source": wall.text(source), "target": wall.text(target),
                     "amount": Fen(sum(one.amount for one in some)), "decision": None, "count": len(some)})  # fmt: skip
    return rows


def _asked(wall: Wall, found: Statement) -> list[dict[str, Any]]:
    """What was asked for each project that still waits for money, or had any move: as the sheet kept it, if there is
    one."""
    from zaoyuan_cli.book import aftermath, projects, statements

    db, names = wall.book.db, projects.names(wall.book.db, wall.day)
    if found.sheet and found.sheet.last == found.until:
        asked: list[Any] = list(found.sheet.dues)
    else:
        asked = [one for one in projects.standing(db, found.until) if one.households]
    moved, waived = {one.project for one in found.legs}, statements.waived(db, found.until)
    credited = aftermath.credited(db, found.until)
    rows = []
    for one in asked:
        households, fen = waived.get(one.project, (0, Fen(0)))
        if one.owed or one.project in moved:
            keys = ("households", "settled", "due", "paid", "waived", "owed", "credit")
            figures = told(one.households, {key: getattr(one, key) for key in keys})
            used, claimed = (Fen(), Fen()) if figures["paid"] is None else credited.get(one.project, (Fen(), Fen()))
            rows.append({"project": wall.text(names[one.project]), **figures, "from_credit": used, "claimed": claimed,
                         "households_waived": households if fen == figures["waived"] else None})  # fmt: skip
    return rows


def _counted(wall: Wall, found: Statement, kinds: dict[str, str]) -> list[dict[str, Any]]:
    """The counts of these days (R-61), but of what somebody holds."""
    from zaoyuan_cli.book import counts

    return [
        {"date": one.date, "account": wall.text(one.account), "book": one.book, "counted": one.counted,
         "difference": one.difference,
         "state": Said("unexplained" if one.open else "explained" if one.difference else "agrees")}
        for one in counts.everyone(wall.book.db, as_of=found.until)
        if one.date >= found.first and kinds[one.account] not in HELD
    ]  # fmt: skip


def _corrected(wall: Wall, period: str, found: Statement) -> list[dict[str, Any]]:
    """What was made void or given back since the period was closed, and in which later one it is booked."""
    from zaoyuan_cli.book import aftermath

    return [
        {"number": wall.text(one.number), "what": Said(one.what), "date": one.date, "amount": one.amount,
         "booked": Said(dates.period_like(period, one.date))}
        for one in aftermath.corrections(wall.book.db, found.first, found.until, wall.day)
    ]  # fmt: skip


def _gone(wall: Wall, found: Statement) -> dict[str, list[Said]]:
    """The numbers of these days that are void: the series has no hole."""
    from zaoyuan_cli.book import aftermath

    numbers = aftermath.gone(wall.book.db, found.first, found.until, wall.day)
    return {f"void_{series}s": [wall.text(one) for one in numbers.get(series, ())] for series in ("receipt", "expense")}
