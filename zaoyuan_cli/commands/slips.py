"""Slips as they are typed one after the other: whose it is, what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.commands import polling, scanning
from zaoyuan_cli.commands.loops import Back, Loop
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.ballots import Ballot, Voter
    from zaoyuan_cli.book.casting import Cast, Slip
    from zaoyuan_cli.desk import Desk

_NUMBER = re.compile(r"(?:#|№|no\.?)?\s*([0-9]+)号?", re.IGNORECASE)


class Entered(NamedTuple):
    """A slip of this pile, and the step that wrote it."""

    cast: Cast
    step: str


class Where:
    """Whose a slip is, by what is typed: #12, a number or what a scanner reads is a paper, unless it is a door of the
    unit the pile is of; else a room or a name."""

    def __init__(self, desk: Desk, vote: Ballot, unit: str) -> None:
        self.desk, self.vote, self.unit = desk, vote, unit

    def voter(self, text: str) -> tuple[Voter, int]:
        """(the voter, the number of the paper, 0 for their own). NotFound, Ambiguous, Refusal."""
        from zaoyuan_cli.book import finding, slips

        if scanned := scanning.paper(self.desk, self.vote, text):
            return scanning.holder(self.desk, self.vote, scanned, text), scanned
        number = _NUMBER.fullmatch(text)
        if number and not (self.unit and text.isdecimal() and finding.doors(self.desk.book, text, self.unit)):
            paper = int(number[1])
            known = slips.holder(self.desk.book.db, self.vote.ballot, paper)
            if known or not text.isdecimal() or not finding.doors(self.desk.book, text):
                return scanning.holder(self.desk, self.vote, paper, text), paper
        if self.unit and (doors := finding.doors(self.desk.book, text, self.unit)):
            from zaoyuan_cli.book import casting

            return casting.voter_of(self.desk.book, self.vote, doors[0]), 0
        return polling.voter(self.desk, self.vote, text), 0

    def slip(self, words: Sequence[str], came: date | None) -> Slip:
        """A slip of a line: who, then the choices. Unreadable, NotFound, Ambiguous."""
        from zaoyuan_cli.book import casting

        if len(words) < 2:
            raise Unreadable(_("For, against, or abstain?"), field="choice", value=" ".join(words))
        of, paper = self.voter(words[0])
        return casting.Slip(of, self.choices(" ".join(words[1:])), came, paper)

    def choices(self, text: str) -> tuple[str, ...]:
        """The choices as typed; 121 for three questions is 1 2 1. Unreadable."""
        bare = text.replace(" ", "")
        if len(self.vote.asked) > 1 and re.fullmatch("[0-3xX-]+", bare) and len(bare) == len(self.vote.asked):
            text = " ".join(bare)
        return tuple(polling.read(self.vote, text))


class Pile(Loop[Entered]):
    """A pile of slips at the keyboard; `before` were entered in this pass before it began."""

    def __init__(self, desk: Desk, vote: Ballot, where: Where, second: bool, came: date | None) -> None:
        from zaoyuan_cli.book import slips

        super().__init__(desk)
        self.vote, self.where, self.second, self.came = vote, where, second, came
        self.before = slips.count(self.book.db, vote.ballot, 2 if second else 1)

    def greet(self) -> None:
        """What is voted on, how many are entered, and the keys."""
        from zaoyuan_cli.book import ballots, polling

        polling.running(self.book, self.vote)
        which = _("second pass") if self.second else _("first pass")
        roll = ballots.roll_sum(self.book.db, self.vote.ballot).voters
        said = _("{ballot} {text} · {which} · {count} of {roll} entered")
        self.desk.tell(
            said.format(ballot=self.vote.ballot, text=self.vote.text, which=which, count=self.before, roll=roll)
        )
        for n, text in enumerate(self.vote.asked, 1):
            if len(self.vote.asked) > 1:
                self.desk.tell(f"  {n} {text}")
        self.desk.tell(_("Paper or room, then the choice: 1 for  2 against  3 abstain  0 blank  x invalid"))
        self.desk.tell(_("u = undo the last  < = back  . = end"))

    def turn(self) -> None:
        """One slip. Over, Refusal."""
        text = self.read(f"{self.where.unit}> ")
        if text == "u":
            last = self.take_back().cast
            self.desk.tell("  " + _("√ Undone: {slip}").format(slip=polling.shown(last)))
        elif text == "<":
            last_ = self.done[-1].cast if self.done else None
            self.desk.tell("  " + (_("The last: {slip}; u takes it back.").format(slip=polling.shown(last_))
                                   if last_ else _("There is nothing to take back in this round.")))  # fmt: skip
        elif text:
            self.enter(text)

    def enter(self, text: str) -> None:
        """Enter the slip of a line; ask for its choice where it says whose it is only. Refusal."""
        from zaoyuan_cli.book import casting

        who, _blank, rest = text.partition(" ")
        of, paper = self.where.voter(who)
        try:
            choices = self.where.choices(rest) if rest else self.asked(of)
        except Back:
            return
        self.tick()
        done = casting.cast(self.book, self.vote, casting.Slip(of, choices, self.came, paper), self.second)
        self.done.append(Entered(done, self.last_step()))
        self.say(done)

    def asked(self, of: Voter) -> tuple[str, ...]:
        """The choice of a voter, asked for. Back, Over."""
        from zaoyuan_cli.errors import Refusal

        while True:
            text = self.read(f"  {' '.join(of.rooms)}: ")
            if text == "<":
                raise Back
            try:
                return self.where.choices(text)
            except Refusal as refusal:
                self.desk.tell("  ! " + refusal.message)

    def say(self, done: Cast) -> None:
        """What was entered, and how many by now; a bell where the first pass says otherwise."""
        count = self.before + len(self.done)
        self.desk.tell(f"  √ {done.paper}  {polling.shown(done)}   [{count}]")
        if done.first is not None:
            said = _("The first pass says {first}. u takes this one back.").format(first=polling.in_words(done.first))
            self.desk.ring("  ! " + said)
        if done.late:
            self.desk.tell("  ! " + _("It came after {until} and does not count.").format(until=self.vote.until))
        for doubt in done.doubts:
            self.desk.tell("  ! " + doubt)
