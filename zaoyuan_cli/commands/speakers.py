"""Who is meant in live minutes: somebody on the roll, or a guest, who is asked about once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from zaoyuan_cli.commands.loops import Loop
from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.book.meetings import Meeting
    from zaoyuan_cli.book.people import Person
    from zaoyuan_cli.desk import Desk


class Room(Loop[str]):
    """The meeting, whoever types, and who is spoken of; `asks` where a person types. `problems` are the lines that
    were not kept."""

    def __init__(self, desk: Desk, number: str, lines: Iterator[tuple[int, str]]) -> None:
        super().__init__(desk)
        self.number, self.lines, self.asks = number, lines, desk.can_ask
        self.problems: list[dict[str, Any]] = []
        self.known: dict[str, tuple[str, str]] = {}
        self.at = 0
        self.typed = ""
        self.missing: list[str] = []
        self.ended = False

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands."""
        from zaoyuan_cli.book import meetings

        return meetings.one(self.book, self.number)

    def say(self, text: str) -> None:
        """A line to the person who types; a pipe is not talked to."""
        if self.asks:
            self.desk.tell("  " + text)

    def question(self, text: str) -> str:
        """An answer to a question of the program; "" where nobody answers."""
        return (self.desk.line(f"  {text}> ") or "").strip() if self.asks else ""

    def known_person(self, word: str) -> str:
        """The id of somebody on the roll; "" for nobody. NeedsYes, Ambiguous, Cancelled."""
        from zaoyuan_cli.commands import asking

        if word in self.known:
            return self.known[word][0]
        try:
            found: Person = asking.person(self.desk, word, field="person")
        except NotFound:
            return ""
        self.known[word] = (found.person, "")
        return found.person

    def person(self, word: str) -> tuple[str, str]:
        """(id, "") of somebody on the roll, ("", name) of a guest, who is asked about once."""
        from zaoyuan_cli.book import sittings

        if person := self.known_person(word):
            return person, ""
        if word in self.known:
            return self.known[word]
        if word not in (*self.meeting.guests, *sittings.guests(self.book.db, self.number)):
            if self.asks:
                said = _("{name} is not on the roll: a guest? Enter = yes, or the right name")
                if answer := self.question(said.format(name=word)):
                    self.known[word] = self.person(answer)
                    return self.known[word]
            else:
                self.desk.warn(_("{name} is not on the roll: kept by name.").format(name=word))
        self.known[word] = ("", word)
        return "", word

    def name(self, person: str) -> str:
        from zaoyuan_cli.book import people

        return people.name_of(self.book.db, person)

    def doer(self, text: str) -> tuple[str, str, Any, str]:
        """(person, name, day, what) of a task as typed; a first word that is on no roll names somebody where a day
        follows it."""
        from zaoyuan_cli.rules import dates

        def day(word: str) -> Any:
            try:
                return dates.deadline(word, self.meeting.date)
            except Refusal:
                return None

        first, _blank, rest = text.partition(" ")
        second, _blank, more = rest.partition(" ")
        if due := day(first):
            return "", "", due, rest
        due = day(second)
        person = self.known_person(first)
        if not person and not due:
            return "", "", None, text
        return person, "" if person else first, due, more if due else rest


def piped() -> Iterator[tuple[int, str]]:
    """The lines of standard input that are not empty, with their numbers, each as it comes."""
    stream = getattr(sys.stdin, "buffer", None) or sys.stdin or ()
    for n, raw in enumerate(stream, 1):
        line = _decoded(raw) if isinstance(raw, bytes) else raw
        if line.strip():
            yield n, line


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
