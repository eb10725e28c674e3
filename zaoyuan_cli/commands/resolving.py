"""The words of the paper of a meeting become days and people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from zaoyuan_cli.errors import NotFound, Refusal
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from zaoyuan_cli.book.minutes import Given, Paper
    from zaoyuan_cli.desk import Desk
    from zaoyuan_cli.exchange.front_matter import Fault
    from zaoyuan_cli.exchange.minutes import Sheet

T = TypeVar("T")


class Resolving:
    """The words of a paper become days and people; what is odd is collected, what is wrong is said all at once.

    A name the roll does not know stays as a name, with a doubt; a name of two people is wrong.
    """

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self.desk, self.head, self.lines, self.items = desk, sheet.head, sheet.lines, sheet.items
        self.doubts: list[str] = []
        self.faults: list[Fault] = []
        self.refusals: list[Refusal] = []

    def paper(self) -> Paper:
        """The paper as the book keeps it. Raises the one refusal there was, or Faulty with all."""
        from zaoyuan_cli.book import bodies
        from zaoyuan_cli.book.minutes import Decided, Item, Paper
        from zaoyuan_cli.rules import dates

        head, desk = self.head, self.desk
        on = self._try(lambda: dates.parse(head.date, desk.today), desk.today, "date")
        body = self._try(lambda: bodies.pick(desk.book, head.body), "", "body")
        chair, chair_name = self._person(head.chair, "chair")
        recorder, recorder_name = self._person(head.recorder, "recorder")
        came = [self._person(name, "present", n) for n, name in enumerate(head.present)]
        there = [person for person in (chair, *(person for person, _name in came), recorder) if person]
        guests = [name for _person, name in came if name]
        for name in filter(None, map(str.strip, head.guests)):
            if member := self._member(name, body, on):
                there.append(member)
            else:
                guests.append(name)
        tasks = tuple(self._task(n, on) for n in range(len(head.tasks)))
        self._say_what_is_wrong()
        return Paper(
            body, on, head.title.strip(), head.place.strip(), chair, recorder, chair_name, recorder_name,
            tuple(dict.fromkeys(there)), tuple(dict.fromkeys(guests)),
            None if head.absent is None else tuple(filter(None, map(str.strip, head.absent))),
            tuple(Item(*item) for item in self.items),
            tuple(Decided(one.text.strip(), one.paper.strip()) for one in head.decisions),
            tasks,
        )  # fmt: skip

    def _try(self, read: Callable[[], T], otherwise: T, *path: str | int) -> T:
        from zaoyuan_cli.exchange.front_matter import Fault

        try:
            return read()
        except Refusal as refusal:
            self.refusals.append(refusal)
            value = refusal.value if isinstance(refusal.value, str) else None
            self.faults.append(Fault(self.lines.of(*path), refusal.message, refusal.field or "", value))
            return otherwise

    def _person(self, name: str, *path: str | int) -> tuple[str, str]:
        """(id, "") of a person of the roll, ("", name) of another one, ("", "") of nobody."""
        from zaoyuan_cli.book import people

        name = name.strip()
        if not name:
            return "", ""

        def find() -> tuple[str, str]:
            try:
                return people.find_one(self.desk.book, name).person, ""
            except NotFound:
                self.doubts.append(_("{name} is not on the roll: kept by name.").format(name=name))
                return "", name

        return self._try(find, ("", ""), *path)

    def _member(self, name: str, body: str, on: date) -> str:
        """The id of a member of the body by that name, who is no guest; else ""."""
        from zaoyuan_cli.book import people, roles

        members = roles.members(self.desk.book.db, body, on)
        known = people.everyone(self.desk.book.db, only=members)
        found = next((id for id, person in known.items() if person.name == name), "")
        if found:
            self.doubts.append(_("{name} is a member, and counted as present.").format(name=name))
        return found

    def _task(self, n: int, on: date) -> Given:
        from zaoyuan_cli.book.minutes import Given
        from zaoyuan_cli.rules import dates

        task = self.head.tasks[n]
        by, who = self._person(task.by, "tasks", n, "by")
        due = self._try(lambda: dates.deadline(task.due, on), None, "tasks", n, "due") if task.due.strip() else None
        if due and due < on:
            self.doubts.append(_("“{text}” is due on {day}, before the meeting.").format(text=task.text, day=due))
        return Given(task.text.strip(), by, who, due)

    def _say_what_is_wrong(self) -> None:
        from zaoyuan_cli.exchange.front_matter import Faulty

        if len(self.faults) == 1:
            fault, refusal = self.faults[0], self.refusals[0]
            refusal.more |= {"line": fault.line, "problems": [fault._asdict()]}
            refusal.message = _("line {line}: {message}").format(line=fault.line, message=refusal.message)
            raise refusal
        if self.faults:
            raise Faulty(self.faults)
