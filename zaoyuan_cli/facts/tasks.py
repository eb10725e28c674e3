"""Tasks: who does what until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import NOTHING, Fact, Private


class TaskGiven(Fact, kind="tasks.given.v1", numbered="task", shown="text"):
    """A task was given; `by` is a person id, `who` the name where the roll does not know them."""

    number: str
    on: date
    by: str = ""
    due: date | None = None
    meeting: str = ""
    text: Private[str] = ""
    who: Private[str] = ""


class TaskDone(Fact, kind="tasks.done.v1"):
    """A task was done."""

    number: str
    on: date
    note: Private[str] = ""


class TaskEdited(Fact, kind="tasks.edited.v1"):
    """Who does it, until when, or what it is changed; `saw` names for each field the step that set the value seen."""

    number: str
    on: date
    saw: Mapping[str, str]
    changes: Private[Mapping[str, Any]] = NOTHING
