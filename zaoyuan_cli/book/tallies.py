"""Tallies: the slips of a vote, sorted in piles.py, are counted; what is still missing. Never stored while it runs;
what the closing stored is shown as it was, and `moved` recounts it from the slips."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import compress
from typing import NamedTuple

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.ballots import LETTERS, Count, Queue, Sum, Verdict
from zaoyuan_cli.rules.rooms import unit_of

from .ballots import Ballot, everyone
from .ledger import Problem
from .papers import REACHED
from .piles import Difference, Papers, papers, sort
from .rolls import Voter, roll_sum


class Question(NamedTuple):
    """One question counted: the slips, of them how many were blank (they abstain, R-24) and how many more invalid (they
    take no part); the verdict if it were closed now, the same with the silent ones following the majority (None where
    no bylaw says so); a smallest set of voters whose yes makes it pass (None: not even all), one whose papers settle
    the turnout alone; and whether the rest can still turn it."""

    text: str
    slips: Count
    blank: int
    invalid: int
    verdict: Verdict
    followed: Verdict | None
    forecast: tuple[Voter, ...] | None = ()
    turnout: tuple[Voter, ...] | None = ()
    settled: str = ""

    @property
    def decides(self) -> Verdict:
        """The verdict that counts."""
        return self.followed or self.verdict


class Tally(NamedTuple):
    """A vote counted on a day; `unchecked` voters were entered in the first pass only, `left` have not cast, `apart`
    cast and took no part: too late, or invalid to every question."""

    ballot: Ballot
    roll: Sum
    papers: Papers
    questions: tuple[Question, ...]
    silent: Sum | None = None
    unchecked: tuple[Voter, ...] = ()
    differences: tuple[Difference, ...] = ()
    left: tuple[Voter, ...] = ()
    apart: tuple[Voter, ...] = ()


def tally(db: sqlite3.Connection, ballot: Ballot, as_of: date | None = None) -> Tally:
    """A vote as it stands at the end of a day; a closed one as its closing stored it."""
    if (end := ballot.end) is None:
        return count(db, ballot, as_of)
    whole, silent = roll_sum(db, ballot.ballot), Sum(*end.silent) if end.silent else None
    questions = tuple(
        _judged(ballot, n, whole, _of_eight(eight), silent, *eight[6:8]) for n, eight in enumerate(end.counts)
    )
    return Tally(ballot, whole, Papers(*end.papers), questions, silent)


def eight(one: Question) -> tuple[int, ...]:
    """A counted question as a closing stores it."""
    return (*(number for part in one.slips for number in part), one.blank, one.invalid)


def _of_eight(numbers: Sequence[int]) -> Count:
    return Count(*(Sum(*numbers[at : at + 2]) for at in (0, 2, 4)))


def count(db: sqlite3.Connection, ballot: Ballot, as_of: date | None = None, heads: str | None = None) -> Tally:
    """Count the slips as they stand at the end of a day; with `heads` (JSON), only what a closing could see."""
    asked = {"ballot": ballot.ballot, "day": (as_of or date.max).isoformat(), "heads": heads}
    pile = sort(db, ballot, asked)
    whole, queue = roll_sum(db, ballot.ballot), Queue([one.sum for one in pile.left])
    silent = _silent(db, asked, pile.left) if ballot.silent else None
    queued = tuple(pile.left[place] for place in queue.order)  # every smallest set is a beginning of it
    questions = []
    for n, column in enumerate(_columns(pile.slips, len(ballot.asked))):
        counted, blank, invalid = _counted(column, pile.areas)
        fewest = rule.forecast(whole, counted, ballot.law, queue)
        returns = rule.returns(whole, counted, ballot.law, queue)
        questions.append(
            _judged(ballot, n, whole, counted, silent, blank, invalid)._replace(
                forecast=None if fewest is None else queued[: len(fewest)],
                turnout=None if returns is None else queued[: len(returns)],
                settled=rule.settled(whole, counted, ballot.law, queue),
            )
        )
    unchecked = () if ballot.single else tuple(pile.once)
    return Tally(
        ballot, whole, papers(db, asked, pile), tuple(questions), silent, unchecked, tuple(pile.differing),
        tuple(pile.left), (*pile.late, *pile.void),
    )  # fmt: skip


def _judged(
    ballot: Ballot, n: int, whole: Sum, counted: Count, silent: Sum | None, blank: int, invalid: int
) -> Question:  # fmt: skip
    followed = None
    if silent is not None:
        followed = rule.judge(whole, rule.following(counted, silent), ballot.law)
    return Question(
        ballot.asked[n], counted, blank, invalid, rule.judge(whole, counted, ballot.law), followed
    )  # fmt: skip


def _columns(slips: Sequence[str], questions: int) -> list[bytes]:
    """The letters of all slips, question by question."""
    if not slips:
        return [b""] * questions
    return ["".join(column).encode() for column in zip(*slips, strict=True)]


_MARKS = {letter: bytes(byte == ord(letter) for byte in range(256)) for letter in LETTERS.values()}  # 1 for it, else 0


def _counted(column: bytes, areas: Sequence[int]) -> tuple[Count, int, int]:
    """(the slips of one question, how many are blank, how many invalid)."""
    of = {
        letter: Sum(column.count(letter.encode()), sum(compress(areas, column.translate(marks))))
        for letter, marks in _MARKS.items()
    }
    blank, invalid = of[LETTERS[""]], of[LETTERS["invalid"]]
    yes, no, abstain = (of[LETTERS[choice]] for choice in rule.CHOICES)
    return Count(yes, no, abstain.plus(blank)), blank.voters, invalid.voters


def _silent(db: sqlite3.Connection, asked: dict[str, str | None], left: Sequence[Voter]) -> Sum:
    """Those who were delivered their paper and returned none (R-18)."""
    reached = {voter for voter, _paper in db.execute(REACHED, asked).fetchall()}
    return rule.total(one.sum for one in left if one.voter in reached)


def by_unit(db: sqlite3.Connection, found: Tally) -> dict[str, tuple[int, int]]:
    """Of each unit how many voters of the roll there are, and how many of them took part as a verdict counts them: by a
    slip in time that is valid for one question at least. A voter of several units is of that of their first door."""
    out, ballot = (*found.left, *found.apart), found.ballot
    if ballot.end:  # a stored tally names nobody
        pile = sort(db, ballot, {"ballot": ballot.ballot, "day": date.max.isoformat(), "heads": ballot.end.heads})
        out = (*pile.left, *pile.late, *pile.void)
    rows = db.execute("SELECT rooms FROM ballot_voter WHERE ballot = ? ORDER BY paper", [ballot.ballot]).fetchall()
    voters = Counter(unit_of(rooms.partition(" ")[0]) for (rooms,) in rows)
    missing = Counter(unit_of(one.rooms[0]) for one in out)
    return {unit: (count, count - missing[unit]) for unit, count in voters.items()}


# ---- the recount


def moved(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every closed vote whose slips, counted anew, are not what its closing stored (R-26)."""
    for one in everyone(db):
        if one.end and tuple(map(eight, count(db, one, heads=one.end.heads).questions)) != one.end.counts:
            text = _("The slips of {ballot}, counted anew, are not what was counted when it was closed.")
            yield Problem("ballot", one.ballot, text.format(ballot=one.ballot))
