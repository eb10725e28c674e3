"""Lists of special spaces taken in at once, compared with the register first.

As of households: what the list does not say stays, what a person changed by hand is listed as a difference, the same
list twice records nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _
from zaoyuan_cli.progress import working

from . import Book, changes, comparing, enrolling, finding, households, owning, people, spaces
from .comparing import Difference, Plan, Problem
from .spaces import Space

Meant: TypeAlias = str | tuple[str, str]
"""The id of a person, or the name and telephone of somebody new."""


class Owner(NamedTuple):
    """Whose a space is by a line: a name or a room, the telephone and the room that tell people of one name apart."""

    name: str
    phone: str
    room: str
    line: int


class Line(NamedTuple):
    """One line of a list: where it stands, the number, its owners, what else it says of spaces.FIELDS, and the day from
    which they own it."""

    line: int
    space: str
    owners: tuple[Owner, ...] = ()
    fields: Mapping[str, Any] = {}
    since: date | None = None

    @property
    def key(self) -> str:
        """What names the space: its number."""
        return self.space

    @property
    def said(self) -> Mapping[str, Any]:
        """What else the line says, by the names JSON has for it."""
        told = {"kind" if field == "sort" else field: value for field, value in self.fields.items()}
        return told | ({"since": self.since} if self.since else {})


class Change(NamedTuple):
    """What a line enters or changes: fields, owners (None: none)."""

    line: Line
    fields: Mapping[str, Any]
    owners: tuple[Meant, ...] | None


def plan(book: Book, lines: Sequence[Line]) -> Plan:
    """Compare a list with the register; writes nothing."""
    register, known = spaces.everyone(book.db), _People(book)
    gone = {number for (number,) in book.db.execute("SELECT space FROM space").fetchall()} - register.keys()
    new, changed, unchanged = list[Change](), list[Change](), 0
    differs, problems = list[Difference](), list[Problem]()
    for line in lines:
        owners, faults = known.meant(line)
        if line.space in gone:
            differs.append(Difference(line.line, line.space, "state", households.CLOSED, None))
            continue
        if line.since and line.since > book.today:
            said = _("{day} is still to come.").format(day=line.since)
            faults = [*faults, Problem(line.line, "since", line.since.isoformat(), said)]
        change, found = Change(line, line.fields, owners), list[Difference]()
        if now := register.get(line.space):
            change, found = _compared(book, change, now)
            faults = faults or _too_early(book, change)
        if faults:
            problems += faults
        elif now is None:
            new.append(change)
        elif change.fields or change.owners is not None:
            changed.append(change)
        else:
            unchanged += not found
        differs += found
    return Plan(tuple(new), tuple(changed), unchanged, tuple(differs), tuple(problems))


def _compared(book: Book, said: Change, now: Space) -> tuple[Change, list[Difference]]:
    """What of a line is new for a space, and may be written; the differences."""
    line, found = said.line, list[Difference]()

    def may_replace(field: str, is_now: Any, value: Any) -> bool:
        other = comparing.difference(book.db, spaces.REGISTER, line.line, line.space, field, is_now, value)
        found.extend([other._replace(field="kind") if field == "sort" else other] if other else [])
        return other is None

    fields = {
        field: value
        for field, value in said.fields.items()
        if getattr(now, field) != value and may_replace(field, getattr(now, field), value)
    }
    owners = said.owners
    if owners is not None and (
        set(owners) == set(now.owners)
        or not (now.owners == () or may_replace("owners", now.owner, owning.JOIN.join(one.name for one in line.owners)))
    ):
        owners = None
    return Change(line, fields, owners), found


def _too_early(book: Book, change: Change) -> list[Problem]:
    """The fault of a day before the last change of the same."""
    line = change.line
    owned = ("owners",) if change.owners is not None else ()
    for fields, day in ((tuple(change.fields), book.today), (owned, line.since or book.today)):
        try:
            changes.refuse_earlier(book.db, "space", line.space, fields, day)
        except Refusal as refusal:
            return [Problem(line.line, "since", day.isoformat(), refusal.message)]
    return []


def take_in(book: Book, lines: Sequence[Line]) -> Plan:
    """Record a list inside a step being written: what it added and changed, and what it left alone. Raises Refusal
    where something of it cannot be."""
    found = plan(book, lines)
    for problem in found.problems:
        raise Refusal(problem.message, field=problem.field, value=problem.value)
    known = enrolling.index(book.db)

    def ids(owners: Sequence[Meant] | None) -> list[str]:
        return [one if isinstance(one, str) else enrolling.add(book, *one, known=known) for one in owners or ()]

    with working(_("Taking in the special spaces"), len(found.new) + len(found.changed)) as step:
        for line, fields, owners in found.new:
            spaces.add(book, line.space, owners=ids(owners), on=line.since, **{"sort": "parking", **fields})
            step()
        for line, fields, owners in found.changed:
            spaces.edit(book, line.space, fields)
            if owners is not None:
                spaces.transfer(book, line.space, ids(owners), line.since)
            step()
    return found


def strangers(found: Plan) -> list[str]:
    """The names of the owners whom the book does not know."""
    meant = (one for change in (*found.new, *found.changed) for one in change.owners or ())
    return list(dict.fromkeys(one[0] for one in meant if isinstance(one, tuple)))


class _People:
    """Who is meant by the names of a list."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.called: dict[str, list[people.Person]] = {}
        for one in people.everyone(book.db).values():
            if not one.merged and not one.erased:
                self.called.setdefault(one.name, []).append(one)

    def meant(self, line: Line) -> tuple[tuple[Meant, ...] | None, list[Problem]]:
        """The owners of a line (None: it names none), and what is wrong with them."""
        found, faults = list[Meant](), list[Problem]()
        for owner in line.owners:
            try:
                found += self._one(owner)
            except Refusal as refusal:
                field = "room" if refusal.field == "household" and owner.room else "owner"
                faults.append(Problem(owner.line, field, str(refusal.value or owner.name), refusal.message))
        if faults:
            wrong, at = {one.line for one in faults}, faults[0].line
            said = _("It belongs to line {line}, which cannot be taken in.").format(line=at)
            rest = dict.fromkeys(one for one in (line.line, *(owner.line for owner in line.owners)) if one not in wrong)
            faults += [Problem(one, "space", line.space, said) for one in rest]
        return tuple(dict.fromkeys(found)) if line.owners else None, faults

    def _one(self, owner: Owner) -> tuple[Meant, ...]:
        """A room is all its owners; a name is the owner of that name of the room said, else whom the telephone or the
        name alone tells. Raises NotFound, Ambiguous."""
        if owners := finding.owners_behind(self.book, owner.name):
            return owners
        same = self.called.get(owner.name, [])
        if owner.room:
            living = set(households.one(self.book, owner.room).owners)
            if at_home := [one.person for one in same if one.person in living]:
                return (at_home[0],)
        if owner.phone:
            fits = [one for one in same if one.phone == owner.phone] or [one for one in same if not one.phone]
            return (fits[0].person,) if len(fits) == 1 else ((owner.name, owner.phone),)
        if len(same) > 1:
            said = _("{count} people are called {name}; the room or the telephone tells which.")
            raise Refusal(said.format(count=len(same), name=owner.name), value=owner.name)
        return (same[0].person,) if same else ((owner.name, ""),)
