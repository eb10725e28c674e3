"""Sheets of closed periods: read, recomputed, and what came late for them (R-70). They are made in period_ends.py.

Opening + in - out = closing, in all, by fund and by account; the closing of one sheet is the opening of the next, but
for what is dated in days that no sheet is of.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from zaoyuan_cli.errors import NotFound
from zaoyuan_cli.facts.periods import PeriodClosed
from zaoyuan_cli.i18n import _, series
from zaoyuan_cli.rules import periods as rule
from zaoyuan_cli.rules.money import Fen

from . import entries, journal
from .entries import Turnover
from .ledger import Problem
from .periods import FRESH, values_of

FLOW = (  # of legs with the first day of their sheet and the last day of the sheet before
    "ifnull(sum(iif({opening}, fen, 0)), 0), ifnull(sum(iif(fen > 0 AND NOT {opening}, fen, 0)), 0),"
    " ifnull(sum(iif(fen < 0 AND NOT {opening}, -fen, 0)), 0)"
).format(opening="(what = 'opening' OR day < first AND day > before)")


class Dues(NamedTuple):
    """What was asked for a project by the closing, and what came in, in fen: due = paid + owed + waived - credit."""

    project: str
    households: int
    settled: int
    due: Fen
    waived: Fen
    paid: Fen
    owed: Fen
    credit: Fen


class Sheet(NamedTuple):
    """A closed period as it was closed, gross: its name, first and last day, the day and the step of its closing."""

    period: str
    first: date
    last: date
    day: date
    step: str
    event: int
    total: Turnover
    funds: tuple[Turnover, ...]
    accounts: tuple[Turnover, ...]
    dues: tuple[Dues, ...]


class Late(NamedTuple):
    """A movement in a sheet or yet to come into one, whose day is in a sheet closed before: late, or a correction of
    what was made void since. In fen, negative for what went out."""

    step: str
    number: str
    what: str
    date: date
    amount: Fen
    voided: bool

    @property
    def key(self) -> str:
        """Its name in `conflict list`."""
        return f"late/{self.number or self.step}" + ("/void" if self.voided else "")


def everyone(db: sqlite3.Connection) -> list[Sheet]:
    """Every closed period, the first first."""
    rows = db.execute(
        "SELECT period, period.first, last, day, step, period.event, body, after FROM period"
        " JOIN event ON event.id = period.event ORDER BY last"
    ).fetchall()
    found = []
    for period, first, last, day, step, event, body, _after in rows:
        fact = journal.load(PeriodClosed.kind, body, None)
        assert isinstance(fact, PeriodClosed)
        found.append(
            Sheet(
                period, date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(day), step, event,
                _turnover("", *fact.total), tuple(_turnover(*one) for one in fact.funds),
                tuple(_turnover(*one) for one in fact.accounts),
                tuple(Dues(*one[:3], *map(Fen, one[3:])) for one in fact.dues),
            )
        )  # fmt: skip
    return found


def _turnover(name: str, *figures: int) -> Turnover:
    return Turnover(name, *map(Fen, figures))


def latest(db: sqlite3.Connection) -> Sheet | None:
    """The period closed last."""
    return found[-1] if (found := everyone(db)) else None


def pick(db: sqlite3.Connection, text: str, today: date) -> Sheet:
    """The sheet of a closed period, as it is called today; the latest one without a name, if any is. NotFound,
    Unreadable."""
    span = rule.parse(text, today) if text else None
    every = everyone(db)
    found = [one for one in every if not span or one.period == span.name]
    if span and not found:
        raise _without(every, span, text)
    return found[-1]


def _without(every: Sequence[Sheet], span: rule.Span, text: str) -> NotFound:
    """A period that has no sheet of its own: its months have one each, it is in that of its quarter, or it is open."""
    inside = [one for one in every if span.first <= one.first and one.last <= span.last]
    around = next((one for one in every if one.first <= span.first and span.last <= one.last), None)
    if around:
        said = _("{period} is closed; it is in the sheet of {other}.").format(period=span.name, other=around.period)
    elif inside and inside[-1].last == span.last:
        said = _("{period} is closed, by its months: {months}.").format(
            period=span.name, months=series(one.period for one in inside)
        )
    else:
        return NotFound(
            _("{period} is not closed.").format(period=span.name),
            field="period",
            value=text,
            hint=_("All closed ones: {list}\nClose one: {close}").format(
                list="zaoyuan period list", close=f"zaoyuan period close {span.name}"
            ),
        )
    there = [around] if around else inside
    return NotFound(
        said,
        field="period",
        value=text,
        hint="\n".join(f"zaoyuan period show {one.period}" for one in there),
    )


def figures(
    db: sqlite3.Connection, heads: Mapping[str, int], first: date, last: date, before: Sheet | None
) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
    """What a sheet says when it is closed: (name, opening, in, out, closing) in all, by fund, by account."""
    values = values_of(db, heads, last) | {"first": str(first), "before": str(before.last) if before else ""}
    kept = {"": (before.total,), "fund": before.funds, "account": before.accounts} if before else {}
    answer = []
    for by in ("", "fund", "account"):
        flows = _flows(db, by, f"SELECT 0 AS sheet, entry, leg, :first AS first, :before AS before FROM ({FRESH})",
                       values)[0]  # fmt: skip
        had = {one.name: one.closing for one in kept.get(by, ())}
        names = entries.names(db, by) if by else [""]  # type: ignore[arg-type]
        answer.append(tuple(_row(name, had.get(name, 0), flows.get(name, (0, 0, 0))) for name in names))
    return answer[0], answer[1], answer[2]


def _row(name: str, had: int, flow: tuple[int, int, int]) -> tuple[str, int, int, int, int]:
    opening = int(had) + flow[0]
    return name, opening, flow[1], flow[2], opening + flow[1] - flow[2]


def _flows(
    db: sqlite3.Connection, by: str, legs: str, values: Mapping[str, Any]
) -> dict[int, dict[str, tuple[int, int, int]]]:
    """For each sheet and each fund or account (or in all): what came to its opening, in, out. In the sums of all,
    transfers are in none."""
    rows = db.execute(
        f"SELECT sheet, {by or repr('')} AS name, {FLOW} FROM ({legs}) AS legs"
        " JOIN entry ON entry.event = legs.entry AND entry.leg = legs.leg"
        f" WHERE {f'{by} IS NOT NULL' if by else 'what != ' + repr('transfer')} GROUP BY sheet, name",
        values,
    ).fetchall()
    found: dict[int, dict[str, tuple[int, int, int]]] = {0: {}}
    for sheet, name, *flow in rows:
        found.setdefault(sheet, {})[name] = (flow[0], flow[1], flow[2])
    return found


def moved(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every sheet recomputed from what its closing froze: it is what was closed."""
    legs = (
        "SELECT period.event AS sheet, entry, leg, first, before FROM period JOIN frozen ON frozen.event = period.event"
    )
    sheets = everyone(db)
    parts: tuple[tuple[str, Any], ...] = (
        ("", lambda sheet: (sheet.total,)), ("fund", lambda sheet: sheet.funds), ("account", lambda one: one.accounts)
    )  # fmt: skip
    wrong: dict[str, Sheet] = {}
    for by, part in parts:
        flows, had = _flows(db, by, legs, {}), dict[str, int]()
        for sheet in sheets:
            for name in {*had, *flows.get(sheet.event, {}), *(one.name for one in part(sheet))}:
                said = next((tuple(one) for one in part(sheet) if one.name == name), _row(name, 0, (0, 0, 0)))
                row = _row(name, had.get(name, 0), flows.get(sheet.event, {}).get(name, (0, 0, 0)))
                had[name] = row[4]
                if tuple(said) != row:
                    wrong[sheet.period] = sheet
    for period in wrong:
        yield Problem("period", period, _("The sheet of {period} is not what was closed.").format(period=period))


# ---- what comes late

_LATE = (
    "SELECT substr(device, 1, 1) || lamport, entry.number, max(what), entry.day,"
    " iif(max(what) = 'transfer', max(fen), sum(fen)), reversal.number IS NOT NULL"
    " FROM entry LEFT JOIN reversal USING (event, number) LEFT JOIN void ON void.number = reversal.number"
    " JOIN event ON event.id = ifnull(void.event, entry.event) JOIN command ON command.id = command"
    " LEFT JOIN frozen ON frozen.entry = entry.event AND frozen.leg = entry.leg"
    " LEFT JOIN period ON period.event = frozen.event"
    " WHERE {which}"
    " GROUP BY entry.event, entry.number ORDER BY lamport, device, entry.event"
)


def late(db: sqlite3.Connection) -> list[Late]:
    """Every movement dated in a closed period outside its cut, whichever sheet it stands in."""
    if not db.execute("SELECT 1 FROM period").fetchone():
        return []
    which = "entry.day <= ifnull(before, (SELECT max(last) FROM period))"
    return _late(db, which, [])


def brought(db: sqlite3.Connection, sheet: Sheet) -> list[Late]:
    """The late entries and the corrections that stand in a sheet."""
    return _late(db, "period.event = ? AND (entry.day <= before OR reversal.number IS NOT NULL)", [sheet.event])


def _late(db: sqlite3.Connection, which: str, values: list[Any]) -> list[Late]:
    rows = db.execute(_LATE.format(which=which), values).fetchall()
    gone = {number for (number,) in db.execute(
        "SELECT number FROM void WHERE number NOT IN (SELECT number FROM reversal)").fetchall()}  # fmt: skip
    return [
        Late(step, number, what, date.fromisoformat(day), Fen(fen), bool(voided))
        for step, number, what, day, fen, voided in rows
        if number not in gone
    ]


def uncovered(db: sqlite3.Connection, sheet: Sheet) -> tuple[date, date] | None:
    """The first and last day of what moved in days that no sheet is of, and was counted in the opening of this one."""
    return _days(db.execute(
        "SELECT min(entry.day), max(entry.day) FROM frozen JOIN period USING (event)"
        " JOIN entry ON entry.event = frozen.entry AND entry.leg = frozen.leg"
        " WHERE frozen.event = ? AND what != 'opening' AND entry.day > before AND entry.day < first",
        [sheet.event],
    ).fetchone())  # fmt: skip


def uncounted(db: sqlite3.Connection, first: date) -> tuple[date, date] | None:
    """The same of a sheet that would begin on a day."""
    return _days(db.execute(
        "SELECT min(day), max(day) FROM movement WHERE what != 'opening' AND day < ?"
        " AND day > (SELECT ifnull(max(last), '') FROM period)",
        [first.isoformat()],
    ).fetchone())  # fmt: skip


def _days(row: tuple[str | None, str | None]) -> tuple[date, date] | None:
    return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row[0] and row[1] else None


def unclosed(db: sqlite3.Connection, today: date) -> rule.Span | None:
    """The month before last, if money moved up to its end that is in no sheet."""
    span = rule.month_before_last(today)
    closed = db.execute("SELECT ifnull(max(last), '') FROM period").fetchone()[0]
    if closed >= span.last.isoformat():
        return None
    found = db.execute(
        "SELECT 1 FROM movement WHERE day <= ? AND what != 'opening' LIMIT 1", [span.last.isoformat()]
    ).fetchone()
    return span if found else None
