"""Loops at the keyboard: one line after the other, each kept before the next is asked for, in one process."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.desk import Desk

_KEYS = {"。": ".", "．": ".", "《": "<", "〈": "<", "＜": "<"}  # what an input method makes of them
Written = TypeVar("Written")


class Over(Exception):
    """The loop is over."""


class Back(Exception):
    """One question back."""


def next_door(doors: Sequence[str], here: str, waiting: Collection[str]) -> str:
    """The next of the doors that waits; from the top again after the last, so that whoever was not at home is offered
    again. "" where none waits."""
    place = doors.index(here) if here in doors else -1
    after = [room for room in doors[place + 1 :] if room in waiting]
    return (after or [room for room in doors if room in waiting] or [""])[0]


class Loop(ABC, Generic[Written]):
    """Lines until the person ends it. `done` is what it wrote and stands, each with the `step` that wrote it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.book = desk, desk.book
        self.done: list[Written] = []

    def run(self) -> None:
        """Ask until the person ends it, or nothing more comes."""
        self.greet()
        try:
            while True:
                try:
                    self.turn()
                except Refusal as refusal:
                    self.refused(refusal)
        except Over:
            return

    @abstractmethod
    def greet(self) -> None:
        """Where things stand, and the keys."""

    @abstractmethod
    def turn(self) -> None:
        """One line at the prompt. Over, Refusal."""

    def refused(self, refusal: Refusal) -> None:
        """Say why a line was not kept."""
        self.desk.tell("  ! " + refusal.message + ("\n    " + refusal.hint if refusal.hint else ""))

    def tick(self) -> None:
        """What is written next is written now, not when the loop began."""
        from zaoyuan_cli.book import clock

        self.book.now = clock.now()

    def last_step(self) -> str:
        """The name of the step just written."""
        assert self.book.pending is not None
        return self.book.pending.step.name

    def take_back(self) -> Written:
        """Undo the last thing this loop wrote; what it was. Refusal."""
        from zaoyuan_cli.book import steps

        if not self.done:
            raise Refusal(_("There is nothing to take back in this round."))
        self.tick()
        last: Any = self.done[-1]
        steps.undo(self.book, steps.find(self.book, last.step))
        return self.done.pop()

    def read(self, prompt: str) -> str:
        """A line as typed, keys in their plain form. Over: it was the end."""
        from zaoyuan_cli.rules.text import normal

        line = self.desk.line(prompt)
        if line is None:
            raise Over
        text = " ".join(line.split())
        plain = _KEYS.get(text) or normal(text)
        if plain == ".":
            raise Over
        if re.fullmatch("[uUsS]|[sS] ?[0-9].*", plain):
            return f"{plain[0].lower()} {plain[1:].strip()}".strip()
        return plain
