"""Deliberations (协商议事): a proposal on its way from being made to being judged by those it is for (R-91)."""

from datetime import date

from . import Fact, Private


class DeliberationProposed(Fact, kind="deliberations.proposed.v1", numbered="deliberation", shown="text"):
    """Somebody (an id), or a household (`room`), proposed something; opinions on the `topic` belong to it."""

    number: str
    on: date
    by: str = ""
    room: str = ""
    topic: Private[str] = ""
    text: Private[str] = ""


class DeliberationMoved(Fact, kind="deliberations.moved.v1", shown="note"):
    """It went a step further: accepted (by `bodies`), rejected (`note`: why), consulted (on a `topic`), deliberated
    (at a `meeting`: `views`, `note` the consensus, `minority` the view that remained), voted (a motion or ballot that
    `passed` or not, and the decision it made; neither: `note` says why no law asks for a vote), published (`notice`),
    carried (out by `by`, as a `task`; with a project, decision, expenses), reviewed (`note`: how it is judged;
    `satisfied`). `by` is an id; `after` the step of the journal that took it so far ("" for its proposal); `trials`
    are what was tried, with its result."""

    number: str
    step: str
    on: date
    after: str = ""
    by: str = ""
    bodies: tuple[str, ...] = ()
    meeting: str = ""
    motion: str = ""
    ballot: str = ""
    passed: bool | None = None
    decision: str = ""
    notice: str = ""
    task: str = ""
    project: str = ""
    expenses: tuple[str, ...] = ()
    satisfied: bool | None = None
    topic: Private[str] = ""
    views: Private[tuple[str, ...]] = ()
    minority: Private[str] = ""
    trials: Private[tuple[str, ...]] = ()
    note: Private[str] = ""
