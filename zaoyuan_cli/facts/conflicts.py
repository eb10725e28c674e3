"""What a merge left open, settled by a person."""

from . import Fact, Private


class ConflictSettled(Fact, kind="conflicts.settled.v1"):
    """A listed conflict was looked at and needs no more attention; `conflict` is its key as listed."""

    conflict: str
    note: Private[str] = ""
