"""Projects and the levies fixed with them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import Fact, Private


class ProjectAdded(Fact, kind="projects.added.v1"):
    """A project of a fund. Its levy is fixed here: `dues` lists (room, owner ids joined by space, fen).
    `levy` is household/area/total or empty, `rate` fen per household, fen per m² or the total fen, `by` how a total is
    shared (area/household); goal and budget in fen. `whole`: nothing is spent before the goal is reached, and if it is
    not by `until`, the money goes back."""

    project: str
    fund: str
    on: date
    due: date | None = None
    goal: int | None = None
    budget: int | None = None
    decision: str = ""
    levy: str = ""
    rate: int = 0
    by: str = ""
    where: str = ""
    dues: tuple[tuple[str, str, int], ...] = ()
    whole: bool = False
    until: date | None = None


class ProjectEdited(Fact, kind="projects.edited.v1"):
    """Fields of a project changed from a day on: shown (its name), goal, budget, due, decision, until. `saw` names for
    each field the step that set the value seen."""

    project: str
    on: date
    changes: Mapping[str, Any]
    saw: Mapping[str, str]


class HouseholdIncluded(Fact, kind="projects.included.v1"):
    """A household was included in a levy later on."""

    project: str
    room: str
    owners: str
    fen: int
    on: date


class HouseholdExempted(Fact, kind="projects.exempted.v1"):
    """What a household still owed was waived, in fen; the class of reason is private (R-67)."""

    project: str
    room: str
    fen: int
    on: date
    decision: str = ""
    reason: Private[str] = ""
    note: Private[str] = ""


class ExemptionDecided(Fact, kind="projects.decided.v1"):
    """The decision on what was waived without one for a household up to a day (R-67)."""

    project: str
    room: str
    decision: str
    on: date
