"""Levies: who owes what to a project, fixed when it is made; households included later; what is waived.

Rules R-53 to R-55 and R-67.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.errors import Refusal, WrongUsage
from zaoyuan_cli.facts.projects import ExemptionDecided, HouseholdExempted, HouseholdIncluded, ProjectAdded
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import levies
from zaoyuan_cli.rules.levies import Due
from zaoyuan_cli.rules.money import Fen

from . import Book, dues, gaps, households, naming, projects
from .households import Household


class Draft(NamedTuple):
    """A project about to be made; the fields of projects.Project. `levy` is household, area, total or ""; `whole`:
    all or nothing."""

    project: str
    fund: str
    due: date | None = None
    goal: Fen | None = None
    budget: Fen | None = None
    decision: str = ""
    levy: str = ""
    rate: Fen = Fen(0)
    by: str = ""
    where: str = ""
    whole: bool = False
    until: date | None = None


class Waived(NamedTuple):
    """What a household was let off: its room, the amount, how it stands now; `decided`: earlier, and only the decision
    on it is new."""

    room: str
    waived: Fen
    claim: dues.Claim
    decided: bool = False


def plan(book: Book, draft: Draft) -> tuple[Due, ...]:
    """What the levy of a draft would ask of whom today. Refusal, Unreadable (see rules/levies.py)."""
    if not draft.levy:
        return ()
    by = draft.by or ("household" if draft.levy == "household" else "area")
    roll = map(as_levied, households.everyone(book.db, book.today).values())
    return levies.levy(roll, draft.levy, draft.rate, by=by, condition=draft.where)


def add(book: Book, draft: Draft, agreed: Sequence[Due]) -> Draft:
    """Make a project with the dues that were shown and agreed to; the draft as written.
    Refusal: the name is taken, or the roll has changed since `plan`."""
    with book.writing("project add"):
        taken = [name for pair in projects.names(book.db).items() for name in pair if name]
        name = naming.new(draft.project, taken, "project", _taken)
        _expect(tuple(agreed) == plan(book, draft))
        book.record(
            ProjectAdded(
                project=name, fund=draft.fund, on=book.today, due=draft.due, goal=draft.goal, budget=draft.budget,
                decision=draft.decision, levy=draft.levy, rate=draft.rate, by=draft.by, where=draft.where,
                dues=tuple((one.room, one.owners, int(one.amount)) for one in agreed),
                whole=draft.whole, until=draft.until,
            )
        )  # fmt: skip
    return draft._replace(project=name)


def plan_inclusion(book: Book, project: str, rooms: Sequence[str], rate: Fen | None = None) -> tuple[Due, ...]:
    """What the households would owe that are to be included: each `rate`, else by the project's own rate.
    Refusal: a household is in the levy already, or the levy has no rate for a later one."""
    of = projects.everyone(book.db)[project]
    for room in rooms:
        if dues.claim(book.db, project, room).levied:
            raise Refusal(
                _("{room} is in the levy of {project} already.").format(room=room, project=project),
                field="household",
                value=room,
            )
    if rate is None and of.levy not in ("household", "area"):
        raise Refusal(
            _("{project} has no rate that says what a further household owes.").format(project=project),
            field="levy",
            hint=_("Say the amount: {command}").format(command=f"zaoyuan project include {rooms[0]} --levy 100"),
        )
    kind, each = ("household", rate) if rate is not None else (of.levy, of.rate)
    return tuple(levies.levy([as_levied(households.one(book, room, book.today))], kind, each)[0] for room in rooms)


def include(book: Book, project: str, agreed: Sequence[Due], rate: Fen | None = None) -> None:
    """Take households into a levy from today on, with the dues that were shown. Refusal: see plan_inclusion."""
    with book.writing("project include"):
        _expect(tuple(agreed) == plan_inclusion(book, project, [one.room for one in agreed], rate))
        for one in agreed:
            book.record(
                HouseholdIncluded(project=project, room=one.room, owners=one.owners, fen=int(one.amount), on=book.today)
            )


def exempt(
    book: Book, project: str, rooms: Sequence[str], reason: str, decision: str = "", note: str = ""
) -> list[Waived]:
    """Waive what households still owe (R-67); `reason` is a class. Where one owes nothing and was let off without a
    decision, the decision is that of its waiver. Refusal where one owes nothing else, or has no reason."""
    found = []
    with book.writing("project exempt"):
        for room in rooms:
            before = dues.claim(book.db, project, room)
            if not before.owed and decision and gaps.undecided_waivers(book.db, project=project, room=room):
                book.record(ExemptionDecided(project=project, room=room, decision=decision, on=book.today))
                found.append(Waived(room, before.waived, before, decided=True))
                continue
            if not before.owed:
                raise Refusal(
                    _("{room} owes nothing to {project}: there is nothing to waive.").format(
                        room=room, project=project
                    ),
                    field="household",
                    value=room,
                    hint=_("Who owes what: {command}").format(command=f"zaoyuan unpaid {project}"),
                )
            if not reason:
                raise WrongUsage(_("Say why, with {option}.").format(option="--reason"), field="reason")
            book.record(
                HouseholdExempted(
                    project=project, room=room, fen=int(before.owed), on=book.today, decision=decision, reason=reason,
                    note=note,
                )
            )  # fmt: skip
            found.append(Waived(room, before.owed, before._replace(waived=before.waived + before.owed)))
    return found


def as_levied(one: Household) -> levies.Household:
    """A household as a levy and its condition see it."""
    return levies.Household(one.room, " ".join(one.owners), one.area, one.ebike, one.state, one.grid, one.unit)


def _taken(name: str) -> str:
    return _("There is a project “{name}” already.").format(name=name)


def _expect(same: bool) -> None:
    if not same:
        raise Refusal(_("The roll was changed in the meantime; nothing was written. Try again."), field="household")
