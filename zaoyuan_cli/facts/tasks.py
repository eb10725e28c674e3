"""Tasks: who does what until when."""

from datetime import date

from . import Fact, Private


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
