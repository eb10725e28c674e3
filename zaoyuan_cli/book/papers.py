"""Papers: the register of a vote's papers as they went out and came back, with who has not got or returned theirs."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .ballots import Voter, roll

OUT, RETURNED, ENTERED, SPOILED, NONE = "outstanding", "returned", "entered", "spoiled", "not issued"
Day = date


class Paper(NamedTuple):
    """A paper of a voter: its serial number, how it went out ("" for not at all) and when, when it came back, its state
    (not issued, outstanding, returned, entered, spoiled), and what was noted of it."""

    voter: Voter
    paper: int
    via: str
    issued: Day | None
    returned: Day | None
    state: str
    note: str


class Delivery(NamedTuple):
    """How far the papers got (R-21): complete where each voter was delivered theirs, or it was posted for them."""

    voters: int
    delivered: int
    posted: int
    undelivered: int

    @property
    def complete(self) -> bool:
        """Is nobody left?"""
        return not self.undelivered


def register(db: sqlite3.Connection, ballot: str) -> list[Paper]:
    """Every paper in the order of numbers; of a voter without one, the number that is theirs."""
    issued: dict[tuple[str, int], tuple[str, str, str]] = {}
    for voter, paper, via, day, note in db.execute(
        "SELECT voter, paper, via, day, note FROM ballot_paper WHERE ballot = ? ORDER BY via = 'posted' DESC, day",
        [ballot],
    ).fetchall():
        issued[voter, paper] = (via, day, note)
    back: dict[tuple[str, int], tuple[str, str, str]] = {}
    for voter, paper, state, day, note, _rank in db.execute(
        "SELECT voter, paper, CASE spoiled WHEN 1 THEN 'spoiled' ELSE 'returned' END, day, note, 1 AS rank"
        " FROM ballot_return WHERE ballot = ?1"
        " UNION ALL SELECT voter, paper, 'entered', min(received), max(note), 2 FROM counted_slip WHERE ballot = ?1"
        " GROUP BY voter, paper ORDER BY rank, day",
        [ballot],
    ).fetchall():
        back[voter, paper] = (state, day, note)
    mine: dict[str, set[int]] = defaultdict(set)
    for voter, paper in (*issued, *back):
        mine[voter].add(paper)
    found = [
        _paper(one, paper, issued.get((one.voter, paper)), back.get((one.voter, paper)))
        for one in roll(db, ballot)
        for paper in mine.get(one.voter) or {one.paper}
    ]
    return sorted(found, key=lambda one: one.paper)


def _paper(
    voter: Voter, paper: int, out: tuple[str, str, str] | None, back: tuple[str, str, str] | None
) -> Paper:  # fmt: skip
    state = back[0] if back else OUT if out else NONE
    notes = [one[2] for one in (out, back) if one and one[2]]
    return Paper(
        voter, paper, out[0] if out else "", date.fromisoformat(out[1]) if out else None,
        date.fromisoformat(back[1]) if back else None, state, " · ".join(dict.fromkeys(notes)),
    )  # fmt: skip


def delivery(papers: Sequence[Paper]) -> Delivery:
    """How far the papers of a register got; whoever returned one was reached."""
    reached, posted = set(), set()
    everyone = {one.voter.voter for one in papers}
    for one in papers:
        if one.via == "posted" and one.state == OUT:
            posted.add(one.voter.voter)
        elif one.state != NONE:
            reached.add(one.voter.voter)
    return Delivery(len(everyone), len(reached), len(posted - reached), len(everyone - posted - reached))


def outstanding(papers: Sequence[Paper]) -> list[Paper]:
    """The papers that are still out, or never went out."""
    return [one for one in papers if one.state in (OUT, NONE)]
