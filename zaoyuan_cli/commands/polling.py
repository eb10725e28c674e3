"""Slips of a vote, and whose they are: `ballot cast`. Papers are in issuing.py, piles in piles.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Option

from zaoyuan_cli.commands import asking, scanning
from zaoyuan_cli.commands.options import Note, Who, day, one_of
from zaoyuan_cli.errors import NeedsYes, NotFound, Unreadable, WrongUsage
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done

if TYPE_CHECKING:
    from zaoyuan_cli.book.ballots import Ballot as Vote
    from zaoyuan_cli.book.casting import Cast, Slip
    from zaoyuan_cli.book.rolls import Voter
    from zaoyuan_cli.desk import Desk

Ballot = Annotated[
    str, Argument(metavar=N_("NO"), help=N_("The vote's number, short where one fits (B1), or a part of its words."))
]
Choices = Annotated[
    str, Argument(metavar=N_("CHOICE"), help=N_("for, against, abstain, blank, invalid; of several questions all."))
]
Question = Annotated[int, Option("--question", metavar=N_("N"), help=N_("Only this question; the others are blank."))]
PaperNo = Annotated[int, Option("--paper", metavar=N_("NO"), help=N_("The serial number, if not the voter's own."))]
Proxy = Annotated[str, Option("--proxy", metavar=N_("NAME"), help=N_("Who signed for the voter, by a written proxy."))]
Received = Annotated[str, Option("--received", metavar=N_("DATE"), help=N_("The day it came in; today if not given."))]
Second = Annotated[bool, Option("--second", help=N_("The second pass, by somebody else: it is compared."))]
WORDS = {
    "for": "for", "yes": "for", "y": "for", "1": "for", "同意": "for", "赞成": "for",
    "against": "against", "no": "against", "n": "against", "2": "against", "反对": "against", "不同意": "against",
    "abstain": "abstain", "3": "abstain", "弃权": "abstain", "blank": "", "空白": "", "-": "", "0": "",
    "invalid": "invalid", "x": "invalid", "无效": "invalid", "废票": "invalid",
}  # fmt: skip
_NUMBER = re.compile(r"(?:#|№|no\.?)?\s*([0-9]+)(?:号票?)?", re.IGNORECASE)


def is_paper(text: str) -> bool:
    """Is it the number of a paper, and no room: 12, #12, 12号票?"""
    return bool(_NUMBER.fullmatch(text.strip()))


def voter(desk: Desk, vote: Vote, who: str) -> Voter:
    """The voter of the frozen roll that is meant, by any of their doors, by name or by their paper.
    NotFound, Ambiguous, Refusal."""
    return of_paper(desk, vote, who)[0]


def of_paper(desk: Desk, vote: Vote, who: str, unit: str = "") -> tuple[Voter, int]:
    """(the voter, the number of the paper, 0 for their own): #12, a number or what a scanner reads is a paper, unless
    it is a door of the unit a pile is of; else a room or a name. NotFound, Ambiguous, Refusal."""
    from zaoyuan_cli.book import casting, finding, slips

    if scanned := scanning.paper(desk, vote, who):
        return scanning.holder(desk, vote, scanned, who), scanned
    doors = finding.doors(desk.book, who, unit) if unit else []
    number = _NUMBER.fullmatch(who.strip())
    if number and not (doors and who.isdecimal()):
        paper = int(number[1])
        known = slips.holder(desk.book.db, vote.ballot, paper)
        if known or not who.isdecimal() or not finding.doors(desk.book, who):
            return scanning.holder(desk, vote, paper, who), paper
    if doors:
        return casting.voter_of(desk.book, vote, doors[0]), 0
    return _voter(desk, vote, who), 0


def _voter(desk: Desk, vote: Vote, who: str) -> Voter:
    """The voter meant by a room or a name. NotFound, Ambiguous."""
    from zaoyuan_cli.book import casting, finding, people, rolls

    if not finding.reads_as_room(who) and finding.people(desk.book, who) and not finding.doors(desk.book, who):
        person = asking.person(desk, who)
        for id in people.same(desk.book.db, person.person):
            if found := rolls.voter(desk.book.db, vote.ballot, id):
                return found
        if len(rooms := _doors(desk, vote, person.person)) != 1:
            raise NotFound(
                _("{name} is no voter of {ballot}; name a door.").format(name=person.name, ballot=vote.ballot),
                field="person",
                value=who,
                candidates=[{"key": room, "label": room} for room in rooms],
            )
        who = rooms[0]  # owns it with others: the door has one voter
    return casting.voter_of(desk.book, vote, asking.household(desk, who))


def _doors(desk: Desk, vote: Vote, person: str) -> list[str]:
    """The doors of the roll that a person owns now."""
    from zaoyuan_cli.book import households, rolls

    doors = households.doors_of(desk.book.db, person)
    return [room for room in doors if rolls.voter_at(desk.book.db, vote.ballot, room)]


def cast(
    ctx: Context, ballot: Ballot, who: Who, choice: Choices, question: Question = 0, paper: PaperNo = 0,
    proxy: Proxy = "", received: Received = "", second: Second = False, note: Note = "",
) -> None:  # fmt: skip
    """Enter a slip, by any door of the voter. Each is entered twice, by two people (--second).

    Example: zaoyuan ballot cast BA2022-1 5-2-501 for

    Example: zaoyuan ballot cast BA2022-1 王桂兰 for,against --second
    """
    from zaoyuan_cli.book import ballots, casting

    desk: Desk = ctx.obj
    vote = ballots.pick(desk.book, ballot, running=True)
    one, named = of_paper(desk, vote, who)
    came = day(desk, received, "received") if received else None
    slip = casting.Slip(one, tuple(read(vote, choice, question)), came, paper or named, proxy, note)
    done = sure(desk, slip, lambda made: casting.cast(desk.book, vote, made, second))
    warn(desk, vote, done)
    lines = [f"√ {vote.ballot}  {shown(done)}" + (f" · {issued_with(done.paper)}" if done.issued else "")]
    hint = _("The tally: {command}").format(command=f"zaoyuan ballot tally {vote.ballot}")
    desk.show(Done(row(vote, done), lines, hint))


def sure(desk: Desk, slip: Slip, enter: Callable[[Slip], Cast]) -> Cast:
    """Enter a slip; where a proxy signed it of whom no letter is on file, after a yes. NeedsYes, Cancelled."""
    try:
        return enter(slip._replace(unwritten=desk.yes))
    except NeedsYes as question:
        if not desk.can_ask:
            raise
        desk.confirm(question.message)
    return enter(slip._replace(unwritten=True))


def issued_with(paper: int) -> str:
    """That a paper nobody had noted as issued is so now."""
    return _("paper {n} issued with it").format(n=paper)


def warn(desk: Desk, vote: Vote, done: Cast) -> None:
    """What is to be looked at of a slip just entered."""
    if done.late:
        desk.warn(_("It came after {until} and does not count.").format(until=vote.until))
    if done.alone:
        desk.warn(alone(desk, 1))
    if done.unwritten:
        desk.warn(_("Signed by proxy without a letter on file; the result says so."))
    if done.first is not None:
        said = _("The first pass says {first}: {command}")
        command = f"zaoyuan ballot tally {vote.ballot}"
        desk.warn(said.format(first=in_words(done.first.choices, done.first.proxy), command=command))
    for doubt in done.doubts:
        desk.warn(doubt)


def alone(desk: Desk, count: int) -> str:
    """That one person enters both passes, which proves nothing (R-24)."""
    from zaoyuan_cli.book import people

    said = _("{name} entered the first pass too, of {count} slips; the result says so. Somebody else enters: {flag}")
    name = people.name_of(desk.book.db, desk.book.who)
    return said.format(name=name, count=count, flag=f"--who {_('NAME')}")


def row(vote: Vote, done: Cast) -> dict[str, Any]:
    """A slip as `ballot cast` answers; the choice of several questions is a list, blank is null."""
    from zaoyuan_cli.rules.rooms import Area

    said = [one or None for one in done.choices]
    return {
        "ballot": vote.ballot, "voter": done.voter.voter, "doors": list(done.voter.rooms),
        "area": Area(done.voter.area), "choice": said[0] if len(said) == 1 else said, "paper": done.paper,
        "entry": done.entry, "late": done.late, "differs": done.differs, "proxy": done.proxy or None,
        "unwritten": done.unwritten, "issued_with_it": done.issued, "same_person": done.alone,
    }  # fmt: skip


def shown(done: Cast) -> str:
    """A slip in one line."""
    from zaoyuan_cli.rules.rooms import Area

    return f"{' '.join(done.voter.rooms)} · {Area(done.voter.area)} m² · {in_words(done.choices, done.proxy)}"


def in_words(choices: Sequence[str], proxy: str = "") -> str:
    """Choices for eyes, and who signed by proxy."""
    said = "、".join(_(one) if one else _("blank") for one in choices)
    return said + (_(" (proxy {name})").format(name=proxy) if proxy else "")


def read(vote: Vote, text: str, question: int = 0) -> list[str]:
    """The choices of a slip as typed: one a question. Unreadable, WrongUsage."""
    words = [word for word in re.split("[,\uff0c、/ ]+", text.strip()) if word]
    choices = [one_of(word, WORDS, "choice") for word in words]
    count = len(vote.asked)
    if question:
        refuse_question(vote, question)
        if len(choices) != 1:
            raise WrongUsage(_("One choice for one question."), field="choice", value=text)
        return [choices[0] if n == question else "" for n in range(1, count + 1)]
    if not choices:
        raise Unreadable(_("For, against or abstain?"), field="choice", value=text)
    return choices


def refuse_question(vote: Vote, question: int) -> None:
    """Refuse the number of a question that is not asked; 0 is none. WrongUsage."""
    count = len(vote.asked)
    if question and not 1 <= question <= count:
        raise WrongUsage(
            _("There is no question {n}; {count} are asked.").format(n=question, count=count), field="question",
            value=question,
        )  # fmt: skip
