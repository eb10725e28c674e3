"""Periods: a month or a quarter whose sheet is closed (R-70). The closing is a cut: every movement it knew of, dated up
to the period's last day, is frozen by it; what arrives later by merge, or is made void later, is in the next sheet.
Opening + in - out = closing, and the closing of one sheet is the opening of the next."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zaoyuan_cli.facts import Fact
from zaoyuan_cli.facts.periods import PeriodClosed
from zaoyuan_cli.i18n import _

from . import cuts, entries, journal
from .journal import Event
from .ledger import Origin, derives, keeps

TABLES = (
    "CREATE TABLE period (event INTEGER PRIMARY KEY, period TEXT NOT NULL, step TEXT NOT NULL UNIQUE,"
    " after TEXT NOT NULL UNIQUE, first TEXT NOT NULL, before TEXT NOT NULL, last TEXT NOT NULL UNIQUE,"
    " day TEXT NOT NULL) STRICT",
    "CREATE TABLE frozen (event INTEGER NOT NULL, entry INTEGER NOT NULL, leg INTEGER NOT NULL,"
    " PRIMARY KEY (entry, leg)) STRICT",
    "CREATE INDEX frozen_event ON frozen (event)",
)
_KNOWN = (  # the command of a leg, or of the void that it turns round, is inside the cut and stood then
    "lamport <= ifnull(:heads ->> ('$.' || substr(device, 1, 1)), 0)"
    " AND substr(device, 1, 1) || lamport NOT IN (SELECT value FROM json_each(:gone))"
)
FRESH = (  # the legs that a closing freezes
    "SELECT entry.event AS entry, entry.leg FROM entry LEFT JOIN reversal USING (event, number)"
    " LEFT JOIN void ON void.number = reversal.number JOIN event ON event.id = ifnull(void.event, entry.event)"
    " JOIN command ON command.id = command"
    f" WHERE entry.day <= :last AND {_KNOWN}"
    " AND NOT EXISTS (SELECT 1 FROM frozen WHERE frozen.entry = entry.event AND frozen.leg = entry.leg)"
    " AND (reversal.number IS NOT NULL OR entry.number NOT IN (SELECT number FROM void"
    f" JOIN event ON event.id = void.event JOIN command ON command.id = command WHERE {_KNOWN}))"
)


@derives(PeriodClosed)
def closed(db: sqlite3.Connection, origin: Origin, fact: PeriodClosed) -> None:
    db.execute(
        "INSERT INTO period VALUES (?, ?, ?, (SELECT step FROM period WHERE step = ?4 UNION SELECT '' WHERE ?4 = ''),"
        " ?5, ifnull((SELECT last FROM period WHERE step = ?4), ''), ?6, ?7)",
        (origin.event, fact.period, origin.step, fact.after, str(fact.first), str(fact.last), str(fact.on)),
    )
    cuts.put(db, origin, PeriodClosed.kind, fact.period, fact.heads)
    values = values_of(db, fact.heads, fact.last)
    db.execute(f"INSERT INTO frozen SELECT :event, entry, leg FROM ({FRESH})", values | {"event": origin.event})
    late = db.execute(
        "SELECT void.number, void.day FROM frozen JOIN number ON number.event = entry JOIN void ON void.number = text"
        " WHERE frozen.event = ? AND stands AND void.number NOT IN (SELECT number FROM reversal) GROUP BY void.number"
        " ORDER BY void.number",
        [origin.event],
    ).fetchall()
    for number, day in late:  # made void on a laptop that did not know of the closing
        entries.reverse(db, origin, number, date.fromisoformat(day))


def values_of(db: sqlite3.Connection, heads: Mapping[str, int], last: date) -> dict[str, Any]:
    """What FRESH asks for: of a cut with these heads, closing everything up to a day."""
    gone = journal.canonical(sorted(journal.undone(db, heads)))
    return {"heads": journal.canonical(dict(heads)), "gone": gone, "last": last.isoformat()}


# ---- what a closing froze


def moved_on(db: sqlite3.Connection, fact: Fact, counted: bool) -> date | None:
    """The day whose sheet a fact changes, or to whose money it bears witness, as a count of cash does (R-61); None for
    what moves no money (a due is no movement). `counted`: it does or did count, so that a void is of the day of what
    it took out of the sums."""
    noun, what, _version = fact.kind.split(".")
    if noun in ("projects", "pledges", "reminders"):
        return None
    if what == "voided" and "number" in fact.fields:
        number = fact.number  # type: ignore[attr-defined]
        row = db.execute("SELECT min(day) FROM number JOIN entry USING (event) WHERE standing = ?", [number]).fetchone()
        if counted and row[0] and not entries.frozen(db, number):
            return date.fromisoformat(row[0])
    elif not {"fen", "counted"} & fact.fields:
        return None
    on: date = fact.on  # type: ignore[attr-defined]
    return on


@cuts.freezes(PeriodClosed)
def freezes(db: sqlite3.Connection, cut: cuts.Cut, fact: Fact) -> str:
    """Money dated or counted up to the last day of the period."""
    noun, what, _version = fact.kind.split(".")
    number = str(getattr(fact, "number", ""))
    there = "void WHERE number" if what == "voided" else "number WHERE standing"
    row = db.execute(
        f"SELECT last, EXISTS (SELECT 1 FROM {there} = ?) FROM period WHERE event = ?", [number, cut.event]
    ).fetchone()
    day = moved_on(db, fact, bool(row[1]))
    if day is None or day.isoformat() > row[0]:
        return ""
    noun = {"credits": "contributions", "returns": "projects", "advances": "expenses"}.get(noun, noun)
    if row[1] and what != "voided" and noun in ("contributions", "expenses", "incomes", "handins", "projects"):
        return f"zaoyuan {noun[:-1]} void {number} --reason …"
    if "counted" in fact.fields and noun == "accounts":
        return _("a new count, of today: {command}").format(command="zaoyuan account count")
    return _("an entry dated today (without -d), and the true day in the note")


@keeps(PeriodClosed)
def kept(db: sqlite3.Connection, fact: PeriodClosed, taken_back: Mapping[str, Sequence[Event]]) -> list[str]:
    """The undone steps that stood when the period was closed: the sheet has their money."""
    follows = db.execute(
        "SELECT count(*) FROM period WHERE step = ?1 OR after = ?1", [fact.after]
    ).fetchone()[0] == bool(fact.after)  # fmt: skip
    if not follows:  # it will not stand itself
        return []
    then = journal.undone(db, fact.heads)
    found = []
    for name, events in taken_back.items():
        step = events[0].step
        if step.lamport <= fact.heads.get(step.device[:1], 0) and name not in then:
            days = [moved_on(db, one.fact, True) for one in events if one.fact is not None]
            if any(day is not None and day <= fact.last for day in days):
                found.append(name)
    return found
