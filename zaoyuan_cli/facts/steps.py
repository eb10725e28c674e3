"""Steps taken back."""

from . import Fact


class StepUndone(Fact, kind="steps.undone.v1"):
    """A step (`A128`: device letter and lamport) does not count any more. A redo is the undoing of an undoing."""

    step: str
