"""Slips as they are typed one after the other: whose it is, what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from zaoyuan_cli.commands import polling
from zaoyuan_cli.commands.loops import Back, Loop
from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from zaoyuan_cli.book.ballots import Ballot
    from zaoyuan_cli.book.casting import Cast, Slip
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.desk import Desk

_PROXY = re.compile(r"(.*\S)\s+(?:代(?:理|签)?|proxy\s)\s*(\S+)", re.IGNORECASE)


class Entered(NamedTuple):
    """A slip of this pile, and the step that wrote it."""

    cast: Cast
    step: str


class Where:
    """Whose a slip is, by what is typed, and what it says; `unit` is that of the pile, "" for none."""

    def __init__(self, desk: Desk, vote: Ballot, unit: str) -> None:
        self.desk, self.vote, self.unit = desk, vote, unit

    def voter(self, text: str) -> tuple[Voter, int]:
        """(the voter, the number of the paper, 0 for their own). NotFound, Ambiguous, Refusal."""
        return polling.of_paper(self.desk, self.vote, text, self.unit)

    def slip(self, words: Sequence[str], came: date | None) -> Slip:
        """A slip of a line: who, then the choices. Unreadable, NotFound, Ambiguous."""
        from zaoyuan_cli.book import casting

        if len(words) < 2:
            raise Unreadable(_("For, against or abstain?"), field="choice", value=" ".join(words))
        of, paper = self.voter(words[0])
        said, proxy = self.signed(" ".join(words[1:]))
        return casting.Slip(of, self.choices(said), came, paper, proxy)

    def signed(self, text: str) -> tuple[str, str]:
        """(the choices, who signed by proxy): 1 代李强, 1 proxy 李强."""
        found = _PROXY.fullmatch(text)
        return (found[1], found[2]) if found else (text, "")

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
        """What is voted on, how many are entered, by whom, and the keys."""
        from zaoyuan_cli.book import people, rolls, slips
        from zaoyuan_cli.book import polling as poll

        poll.running(self.book, self.vote)
        which = _("second pass") if self.second else _("first pass")
        roll = rolls.roll_sum(self.book.db, self.vote.ballot).voters
        said = _("{ballot} {text} · {which} · {count} of {roll} entered")
        self.desk.tell(
            said.format(ballot=self.vote.ballot, text=self.vote.text, which=which, count=self.before, roll=roll)
        )
        name = people.name_of(self.book.db, self.book.who)
        self.desk.tell(_("Entered by: {name}; somebody else: {flag}").format(name=name, flag=f"--who {_('NAME')}"))
        if self.second and (count := slips.entered_by(self.book.db, self.vote.ballot, self.book.who)):
            self.desk.warn(polling.alone(self.desk, count))
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
            choices, proxy = self.read_slip(rest) if rest else self.asked(of)
        except Back:
            return
        self.tick()
        slip = casting.Slip(of, choices, self.came, paper, proxy)
        done = polling.sure(self.desk, slip, lambda made: casting.cast(self.book, self.vote, made, self.second))
        self.done.append(Entered(done, self.last_step()))
        self.say(done)

    def read_slip(self, text: str) -> tuple[tuple[str, ...], str]:
        """The choices as typed, and who signed by proxy. Unreadable."""
        said, proxy = self.where.signed(text)
        return self.where.choices(said), proxy

    def asked(self, of: Voter) -> tuple[tuple[str, ...], str]:
        """The same of a voter, asked for. Back, Over."""
        from zaoyuan_cli.errors import Refusal

        while True:
            text = self.read(f"  {' '.join(of.rooms)}: ")
            if text == "<":
                raise Back
            try:
                return self.read_slip(text)
            except Refusal as refusal:
                self.desk.tell("  ! " + refusal.message)

    def say(self, done: Cast) -> None:
        """What was entered, and how many by now; a bell where the first pass says otherwise."""
        count = self.before + len(self.done)
        self.desk.tell(f"  √ {done.paper}  {polling.shown(done)}   [{count}]")
        if done.first is not None:
            first = polling.in_words(done.first.choices, done.first.proxy)
            self.desk.ring("  ! " + _("The first pass says {first}. u takes this one back.").format(first=first))
        if done.late:
            self.desk.tell("  ! " + _("It came after {until} and does not count.").format(until=self.vote.until))
        for doubt in done.doubts:
            self.desk.tell("  ! " + doubt)
