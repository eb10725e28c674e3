"""What is said to a household that owes, once, and two ways to say it: lines to be pasted into a chat, and a letter on
half a page with a delivery slip to be cut off (送达回执). Whoever composes the words has masked them (reminders)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.document import Heading, Signatures, Slip, Text
from zaoyuan_cli.i18n import _, joined
from zaoyuan_cli.rules.money import Fen

THIRD = 3  # from this notice on the former ones are named


class Words(NamedTuple):
    """The sentences of a reminder; "" for what is not said. `notice` is its number, `dues` the lines about each due."""

    body: str
    day: date
    room: str
    notice: int
    total: Fen
    to: str
    thanks: str
    owes: str
    dues: tuple[tuple[str, ...], ...]
    together: str
    ways: str
    paid: str
    ask: str
    before: str

    def lines(self, via: str) -> Iterator[str]:
        """The text, in lines short enough for the screen of a telephone; by letter with a line for who brings it."""
        yield _("{body}: {title}").format(body=self.body, title=self.title)
        yield from (self.to, self.thanks, self.owes, *(line for due in self.dues for line in due))
        yield from filter(None, (self.together, self.ways, self.paid, self.ask, self.before))
        yield _("{body}, {day}").format(body=self.body, day=self.day)
        if via == "letter":
            yield _("Brought by: ________   Day: ________   Received by: ________")

    @property
    def title(self) -> str:
        """What it is called: never the same twice."""
        if self.notice == 1:
            return _("a friendly note")
        return _("a second note") if self.notice < THIRD else _("note no. {notice}").format(notice=self.notice)

    def slip(self) -> Slip:
        """The letter: who it is for, what is asked, who writes; below the dashes what comes back to the committee."""
        said = [joined((self.thanks, self.owes)), *(line for due in self.dues for line in due), self.together]
        said += [self.ways, joined((self.paid, self.ask)), self.before]
        got = _("{room}: {title} of {day}, {amount} yuan").format(
            room=self.room, title=self.title, day=self.day, amount=self.total.yuan()
        )
        return Slip((
            Heading(self.title), Text(self.to), *(Text(line.strip(), "prose") for line in said if line),
            Text(f"{self.body}\n{self.day}", "right"), Text(_("Delivery slip"), "cut"), Text(got),
            Text(_("Delivered: □ handed over   □ into the letter box   □ otherwise: ________________")),
            Signatures((_("Brought by"), _("Received by")), dated=True),
        ))  # fmt: skip
