"""Tallies: the papers and slips of a vote counted, and what is still missing. Never stored while it runs."""

import sqlite3
from collections import Counter
from datetime import date
from typing import NamedTuple

from zaoyuan_cli.rules import ballots as rule
from zaoyuan_cli.rules.ballots import Count, Sum, Verdict

from .ballots import Ballot, Voter, roll

BLANK = "abstain"  # a question left blank on a valid slip


class Papers(NamedTuple):
    """The papers of a vote: issued = returned + spoiled + outstanding (R-26); `late` slips came after the last day and
    count for nothing; `posted` papers reached nobody by hand or mail."""

    issued: int
    returned: int
    spoiled: int
    outstanding: int
    late: int
    posted: int


class Question(NamedTuple):
    """One question counted: the slips, the verdict if it were closed now, the same with the silent ones following the
    majority (None where no bylaw says so), a smallest set of voters whose yes makes it pass (None: not even all), and
    whether the rest can still turn it."""

    text: str
    slips: Count
    verdict: Verdict
    followed: Verdict | None
    forecast: tuple[Voter, ...] | None
    settled: str

    @property
    def decides(self) -> Verdict:
        """The verdict that counts."""
        return self.followed or self.verdict


class Difference(NamedTuple):
    """A slip whose two passes do not say the same (R-24)."""

    voter: Voter
    first: tuple[str, ...]
    second: tuple[str, ...]


class Tally(NamedTuple):
    """A vote counted on a day."""

    ballot: Ballot
    roll: Sum
    papers: Papers
    questions: tuple[Question, ...]
    unchecked: tuple[Voter, ...]
    differences: tuple[Difference, ...]
    left: tuple[Voter, ...]


def tally(db: sqlite3.Connection, ballot: Ballot, as_of: date | None = None) -> Tally:
    """Count a vote as it stands at the end of a day."""
    day = (as_of or date.max).isoformat()
    voters = {one.voter: one for one in roll(db, ballot.ballot)}
    slips: dict[int, dict[str, tuple[str, ...]]] = {1: {}, 2: {}}
    late = set()
    for voter, entry, received, choices in db.execute(
        "SELECT voter, entry, received, choices FROM counted_slip WHERE ballot = ? AND received <= ?",
        [ballot.ballot, day],
    ).fetchall():
        if received > ballot.until.isoformat():
            late.add(voter)
        else:
            slips[entry][voter] = tuple(choices.split(","))
    first = slips[1]
    differences = tuple(
        Difference(voters[one], first[one], second) for one, second in slips[2].items()
        if one in first and first[one] != second
    )  # fmt: skip
    left = tuple(one for id, one in voters.items() if id not in first and id not in late)
    unchecked = () if ballot.single else tuple(voters[one] for one in first if one not in slips[2])
    whole = rule.total(one.sum for one in voters.values())
    silent = _silent(db, ballot, left, day) if ballot.silent else None
    questions = tuple(
        _question(ballot, n, whole, _count(first, voters, n), left, silent) for n in range(len(ballot.asked))
    )
    papers = _papers(db, ballot.ballot, day, {*first, *late}, len(late))
    return Tally(ballot, whole, papers, questions, unchecked, differences, left)


def _count(slips: dict[str, tuple[str, ...]], voters: dict[str, Voter], n: int) -> Count:
    persons: Counter[str] = Counter()
    area: Counter[str] = Counter()
    for voter, choices in slips.items():
        choice = choices[n] or BLANK
        persons[choice] += 1
        area[choice] += voters[voter].area
    return Count(*(Sum(persons[choice], area[choice]) for choice in rule.CHOICES))


def _question(
    ballot: Ballot, n: int, whole: Sum, count: Count, left: tuple[Voter, ...], silent: Sum | None
) -> Question:  # fmt: skip
    sums = [one.sum for one in left]
    chosen = rule.forecast(whole, count, ballot.law, sums)
    return Question(
        ballot.asked[n], count, rule.judge(whole, count, ballot.law),
        rule.judge(whole, rule.following(count, silent), ballot.law) if silent is not None else None,
        None if chosen is None else tuple(left[place] for place in chosen),
        rule.settled(whole, count, ballot.law, sums),
    )  # fmt: skip


def _silent(db: sqlite3.Connection, ballot: Ballot, left: tuple[Voter, ...], day: str) -> Sum:
    """Those who were delivered their paper and returned none (R-18)."""
    reached = {
        voter
        for (voter,) in db.execute(
            "SELECT voter FROM ballot_paper WHERE ballot = ? AND via != 'posted' AND day <= ?", [ballot.ballot, day]
        ).fetchall()
    }
    return rule.total(one.sum for one in left if one.voter in reached)


def _papers(db: sqlite3.Connection, ballot: str, day: str, cast: set[str], late: int) -> Papers:
    issued = db.execute(
        "SELECT paper, voter, via FROM ballot_paper WHERE ballot = ? AND day <= ?", [ballot, day]
    ).fetchall()
    came = db.execute(
        "SELECT paper, spoiled FROM ballot_return WHERE ballot = ? AND day <= ?", [ballot, day]
    ).fetchall()
    slips = {paper for (paper,) in db.execute(
        "SELECT paper FROM counted_slip WHERE ballot = ? AND received <= ?", [ballot, day]).fetchall()}  # fmt: skip
    spoiled = {paper for paper, bad in came if bad} - slips
    back = ({paper for paper, bad in came if not bad} | slips) - spoiled
    everything = {paper for paper, _voter, _via in issued} | back | spoiled
    posted = sum(via == "posted" for _paper, _voter, via in issued)
    return Papers(
        len(everything), len(back), len(spoiled), len(everything) - len(back) - len(spoiled), late, posted
    )  # fmt: skip
