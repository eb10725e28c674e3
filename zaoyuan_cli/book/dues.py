"""Dues: what each household has to pay to a project, what it has paid, what was waived, what it still owes.

The tables are those of projects.py. Always: due = paid + owed + waived - credit; paid is net of voids and refunds, and
has the credit that was used for the due (credits.py) or that was used elsewhere.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import levies
from zaoyuan_cli.rules.money import Fen

from . import changes
from .ledger import Problem, judges

ALWAYS = date.max.isoformat()
PAYS = "what IN ('contribution', 'refund', 'transfer')"  # of a project and a household: what changes what it has paid
_PAID = (
    "ifnull((SELECT sum(k.fen) FROM kept_room AS k WHERE k.room = {room} AND k.project = {project}"
    f" AND k.{PAYS}), 0)"
)
_LATER = (
    " - ifnull((SELECT sum(m.fen) FROM movement AS m WHERE m.project = {project} AND m.room = {room} AND m.day > :day"
    f" AND m.{PAYS}), 0)"
)
_WAIVED = (
    "ifnull((SELECT sum(w.fen) FROM waiver AS w WHERE w.project = {project} AND w.room = {room} AND w.day <= :day), 0)"
)

_LAST = (
    "(SELECT m.day FROM movement AS m WHERE m.project = due.project AND m.room = due.room AND m.what = 'contribution'"
    " AND m.fen > 0 AND m.day <= :day AND m.number NOT IN (SELECT number FROM void WHERE day <= :day)"
    " ORDER BY m.day DESC LIMIT 1)"
)


class Claim(NamedTuple):
    """How one household stands with one project, in fen; `levied` is whether it is in the levy at all."""

    due: Fen
    waived: Fen
    paid: Fen
    levied: bool = True

    @property
    def owed(self) -> Fen:
        """What is still to be paid; never below zero."""
        return Fen(max(0, self.due - self.waived - self.paid))

    @property
    def credit(self) -> Fen:
        """What was paid beyond the due (R-56); it stays in the project's fund."""
        return Fen(max(0, self.paid + self.waived - self.due))

    @property
    def state(self) -> str:
        """paid, part, unpaid or exempt."""
        return levies.state(self.due, self.paid, self.waived)

    def plus(self, amount: Fen) -> "Claim":
        """The same after one more payment."""
        return self._replace(paid=self.paid + amount)


class Owed(NamedTuple):
    """A household's due to a project. `owner` names the owners of the day of the levy, whose debt it is; `former` tells
    whether the door has other owners now; `name` is what the project is called now. `age` counts the days since
    `due_date`, where there is none since the levy.
    """

    room: str
    unit: str
    grid: str
    owner: str
    owners: tuple[str, ...]
    former: bool
    project: str
    due: Fen
    paid: Fen
    waived: Fen
    owed: Fen
    credit: Fen
    state: str
    due_date: date | None
    day: date
    age: int
    last: date | None
    name: str

    @property
    def open(self) -> "Open":
        """The due itself, for when it can be demanded."""
        return Open(self.project, self.room, max(self.due_date or self.day, self.day))


class Open(NamedTuple):
    """A due on which something is still owed, and the day since which it can be demanded."""

    project: str
    room: str
    since: date


def claim(db: sqlite3.Connection, project: str, room: str, as_of: date | None = None) -> Claim:
    """How a household stands with a project; a household that is not in the levy owes nothing."""
    values = {"project": project, "room": room, "day": as_of.isoformat() if as_of else ALWAYS}
    row = db.execute(
        "SELECT (SELECT fen FROM due WHERE project = :project AND room = :room AND day <= :day),"
        f" {_WAIVED.format(project=':project', room=':room')},"
        f" {_paid(db, as_of).format(project=':project', room=':room')}",
        values,
    ).fetchone()
    return Claim(Fen(row[0] or 0), Fen(row[1]), Fen(row[2]), row[0] is not None)


def claims(
    db: sqlite3.Connection, project: str | None = None, room: str | None = None, as_of: date | None = None
) -> list[tuple[str, str, Claim]]:
    """(project, room, claim) of every household of every levy, or of one project, one room."""
    query, values = _claims(db, project, room, as_of)
    rows = db.execute(query, values).fetchall()
    return [(of, door, Claim(Fen(due), Fen(waived), Fen(paid))) for of, door, due, waived, paid in rows]


def _paid(db: sqlite3.Connection, as_of: date | None) -> str:
    """What was paid up to a day: what is kept of all days, without what came later, if anything did."""
    day = as_of.isoformat() if as_of else ALWAYS
    later = db.execute("SELECT EXISTS (SELECT 1 FROM entry WHERE day > ?)", [day]).fetchone()[0]
    return _PAID + _LATER if later else _PAID


def _claims(
    db: sqlite3.Connection, project: str | None, room: str | None, as_of: date | None, more: str = ""
) -> tuple[str, dict[str, str | None]]:
    """A query of the claims, and its values: project, room, due, waived, paid, and whatever `more` names."""
    of = {"project": "due.project", "room": "due.room"}
    query = (
        f"SELECT due.project, due.room, due.fen AS due, {_WAIVED.format(**of)} AS waived,"
        f" {_paid(db, as_of).format(**of)} AS paid{more} FROM due WHERE day <= :day{_only(project, room)}"
    )
    return query, {"project": project, "room": room, "day": as_of.isoformat() if as_of else ALWAYS}


class Levied(NamedTuple):
    """What the households of a levy owe together, in fen; `settled` is how many of them owe nothing."""

    households: int = 0
    settled: int = 0
    due: Fen = Fen(0)
    waived: Fen = Fen(0)
    owed: Fen = Fen(0)


def levied(db: sqlite3.Connection, project: str | None = None, as_of: date | None = None) -> dict[str, Levied]:
    """Every levy in sums by project, or one."""
    query, values = _claims(db, project, None, as_of)
    rows = db.execute(
        f"WITH claim AS MATERIALIZED ({query}) SELECT project, count(*), sum(due - waived - paid <= 0), sum(due),"
        " sum(waived), sum(max(0, due - waived - paid)) FROM claim GROUP BY project",
        values,
    ).fetchall()
    return {name: Levied(households, settled, *map(Fen, sums)) for name, households, settled, *sums in rows}


def _only(project: str | None, room: str | None) -> str:
    return (" AND due.project = :project" if project else "") + (" AND due.room = :room" if room else "")


def owing(db: sqlite3.Connection, room: str) -> list[tuple[str, Fen]]:
    """The projects a household still owes, the oldest due first, with what it owes each."""
    order = since(db, room)
    found = [(project, claim.owed) for project, _room, claim in claims(db, room=room) if claim.owed]
    return sorted(found, key=lambda one: order[one[0]])


def since(db: sqlite3.Connection, room: str) -> dict[str, tuple[str, str, str]]:
    """Project → how old the due of a household is: its last day to pay, else that of the levy; the levy's; the name."""
    rows = db.execute(
        "SELECT due.project, project.due, due.day FROM due JOIN project USING (project) WHERE room = ?", [room]
    ).fetchall()
    edits = changes.latest(db, "project")
    return {project: (edits.get(project, {}).get("due", until) or day, day, project) for project, until, day in rows}


def owed(
    db: sqlite3.Connection, project: str | None = None, room: str | None = None, as_of: date | None = None
) -> list[Owed]:
    """Every due of the levies asked for, settled or not, in the order of rooms, then of levies."""
    from zaoyuan_cli.rules.rooms import order

    from . import clock, projects

    query, values = _claims(db, project, room, as_of, f", due.day, {_LAST}, owners")
    rows = db.execute(query, values).fetchall()
    place = {door: n for n, door in enumerate(sorted({row[1] for row in rows}, key=order))}
    rows.sort(key=lambda row: (place[row[1]], row[5], row[0]))
    known, today, debtor = projects.everyone(db, as_of), as_of or clock.now().date(), _debtors(db, as_of)
    stands, on = cache(_stands), cache(date.fromisoformat)  # many dues are alike

    found = []
    for of, door, due, waived, paid, since, last, owners in rows:
        claim, owes, credit, state = stands(due, waived, paid)
        day, levy = on(since), known[of]
        age = max(0, (today - (levy.due or day)).days)
        found.append(
            Owed(
                door, *debtor(door, owners), of, claim.due, claim.paid, claim.waived, owes, credit, state, levy.due,
                day, age, on(last) if last else None, levy.name,
            )
        )  # fmt: skip
    return found


def _stands(due: int, waived: int, paid: int) -> tuple[Claim, Fen, Fen, str]:
    """A claim and what follows from it: owed, credit, state."""
    one = Claim(Fen(due), Fen(waived), Fen(paid))
    return one, one.owed, one.credit, one.state


def _debtors(
    db: sqlite3.Connection, as_of: date | None
) -> Callable[[str, str], tuple[str, str, str, tuple[str, ...], bool]]:
    """What tells the fields of Owed from `unit` to `former`, of a door and the ids of its owners when it was levied."""
    from zaoyuan_cli.rules.rooms import unit_of

    from . import households, people

    names, doors, known_as = people.everyone(db), households.everyone(db, as_of), people.kept(db)

    @cache
    def debtor(door: str, ids: str) -> tuple[str, str, str, tuple[str, ...], bool]:
        owners, now = tuple(ids.split()), doors.get(door)
        return (
            now.unit if now else unit_of(door),
            now.grid if now else "",
            "、".join(names[one].name for one in owners if one in names),
            owners,
            now is not None and set(now.owners) != {known_as.get(one, one) for one in owners},
        )

    return debtor


def by_household(db: sqlite3.Connection, as_of: date | None = None) -> dict[str, Fen]:
    """What each household that owes anything owes in all, by room."""
    query, values = _claims(db, None, None, as_of)
    rows = db.execute(
        f"SELECT room, sum(max(0, due - waived - paid)) AS owes FROM ({query}) GROUP BY room HAVING owes > 0", values
    ).fetchall()
    return {room: Fen(owes) for room, owes in rows}


def still_open(db: sqlite3.Connection, as_of: date | None = None) -> list[Open]:
    """Every due on which something is still owed."""
    from . import projects

    query, values = _claims(db, None, None, as_of, ", due.day")
    rows = db.execute(f"SELECT project, room, day FROM ({query}) WHERE due > waived + paid", values).fetchall()
    known, on = projects.everyone(db, as_of), cache(date.fromisoformat)
    return [Open(of, room, max(known[of].due or on(day), on(day))) for of, room, day in rows]


def asked(db: sqlite3.Connection, room: str) -> list[tuple[date, str, str, Fen]]:
    """(day, project, levy or waiver, fen) of all that was ever asked of a household, waivers below zero, by day."""
    rows = db.execute(
        "SELECT day, project, 'levy', fen FROM due WHERE room = ?1"
        " UNION ALL SELECT day, project, 'waiver', -fen FROM waiver WHERE room = ?1 ORDER BY 1, 2, 3",
        [room],
    ).fetchall()
    return [(date.fromisoformat(day), project, what, Fen(fen)) for day, project, what, fen in rows]


@judges
def overpaid(db: sqlite3.Connection) -> Iterator[Problem]:
    """Households that paid a project more than they owe it, by no payment that somebody agreed to (R-56)."""
    return too_much(db)


def too_much(db: sqlite3.Connection, project: str = "", room: str = "") -> Iterator[Problem]:
    """The same of one household and project, or of all. The sentence holds no amount: undo compares problems."""
    only = " AND project = ? AND room = ?" if room else ""
    rows = db.execute(
        "SELECT project, room FROM (SELECT project, room, sum(fen) AS paid FROM kept_room WHERE project != ''"
        f" AND {PAYS}{only} GROUP BY project, room) AS got"
        " WHERE paid > max(0, ifnull((SELECT fen FROM due WHERE due.project = got.project AND due.room = got.room), 0)"
        " - ifnull((SELECT sum(fen) FROM waiver WHERE waiver.project = got.project AND waiver.room = got.room), 0))"
        " AND NOT EXISTS (SELECT 1 FROM contribution AS c WHERE c.room = got.room AND c.project = got.project"
        " AND agreed AND number NOT IN (SELECT number FROM void)) ORDER BY project, room",
        [project, room] if room else [],
    ).fetchall()
    for of, door in rows:
        yield Problem(
            "overpaid",
            f"{of} {door}",
            _("{room} has paid {project} more than it owes, and nobody agreed to that.").format(room=door, project=of),
        )
