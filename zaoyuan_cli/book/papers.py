"""Papers: the register of a vote's papers as they went out and came back, with who has not got or returned theirs."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from . import slips
from .rolls import Voter, roll

OUT, RETURNED, ENTERED, SPOILED, NONE = "outstanding", "returned", "entered", "spoiled", "not issued"
Day = date
_TURN = (
    "(SELECT format('%010d', lamport) || {0}.device FROM event JOIN command ON command.id = command"
    " WHERE event.id = {0}.event)"
)
REACHED = (  # the papers that reached their voters by a day; one that was sent and then posted did not
    "SELECT voter, paper FROM ballot_paper AS p WHERE ballot = :ballot AND day <= :day AND (via = 'hand'"
    " OR (via != 'posted' AND NOT EXISTS (SELECT 1 FROM ballot_paper AS q WHERE q.ballot = p.ballot"
    " AND q.voter = p.voter AND q.paper = p.paper AND q.via = 'posted' AND q.day <= :day AND (q.day > p.day"
    f" OR q.day = p.day AND {_TURN.format('q')} > {_TURN.format('p')}))))"
)
"""Of one day, what was entered last was done last."""


class Has(NamedTuple):
    """A paper of a voter: its serial number, the ways it went out (hand, mail, wechat, posted; "back" where it was
    returned), whether it is spoiled."""

    paper: int
    ways: frozenset[str]
    spoiled: bool

    def may_go(self, via: str) -> bool:
        """Can it go out in a way? Posted reached nobody, and what was sent and did not arrive is posted (R-21)."""
        if via in self.ways or self.ways & {"hand", "back"}:
            return False
        return via == "posted" or "posted" in self.ways or not self.ways


def papers_of(db: sqlite3.Connection, ballot: str, voter: str) -> list[Has]:
    """The papers of a voter in their order."""
    rows = db.execute(
        "SELECT paper, group_concat(DISTINCT way), max(spoiled) FROM (SELECT paper, via AS way, 0 AS spoiled"
        " FROM ballot_paper WHERE ballot = ?1 AND voter = ?2 UNION ALL"
        " SELECT paper, 'back', spoiled FROM ballot_return WHERE ballot = ?1 AND voter = ?2)"
        " GROUP BY paper ORDER BY paper",
        [ballot, voter],
    ).fetchall()
    return [Has(paper, frozenset(ways.split(",")), bool(spoiled)) for paper, ways, spoiled in rows]


def with_paper(db: sqlite3.Connection, ballot: str) -> dict[str, bool]:
    """Who has or had a paper, as its issue, its return or a slip says; whether it is spoiled and no other given."""
    rows = db.execute(
        "SELECT voter, sum(good) = 0 FROM (SELECT voter, paper, NOT EXISTS (SELECT 1 FROM ballot_return AS r"
        " WHERE r.ballot = p.ballot AND r.voter = p.voter AND r.paper = p.paper AND spoiled) AS good"
        " FROM ballot_paper AS p WHERE ballot = ?1 UNION ALL SELECT voter, paper, NOT spoiled FROM ballot_return"
        " WHERE ballot = ?1 UNION ALL SELECT voter, paper, 1 FROM counted_slip WHERE ballot = ?1) GROUP BY voter",
        [ballot],
    ).fetchall()
    return {voter: bool(lost) for voter, lost in rows}


def next_paper(db: sqlite3.Connection, ballot: str) -> int:
    """The serial number of the next paper that replaces a spoiled one."""
    last = db.execute(
        "SELECT max((SELECT count(*) FROM ballot_voter WHERE ballot = ?1),"
        " (SELECT ifnull(max(paper), 0) FROM ballot_paper WHERE ballot = ?1))",
        [ballot],
    ).fetchone()[0]
    return int(last) + 1


class Paper(NamedTuple):
    """A paper of a voter: its serial number, how it went out ("" for not at all) and when, when it came back, its state
    (not issued, outstanding, returned, entered, spoiled; came too late, which was entered and does not count), what was
    noted of it, in how many passes it was entered, who may sign for the voter."""

    voter: Voter
    paper: int
    via: str
    issued: Day | None
    returned: Day | None
    state: str
    note: str
    passes: int = 0
    proxy: str = ""


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


class _Back(NamedTuple):
    """How a paper came back: its state then, the day, the note, in how many passes its slip was entered."""

    state: str
    day: str
    note: str
    passes: int = 0


def register(db: sqlite3.Connection, ballot: str) -> list[Paper]:
    """Every paper in the order of numbers; of a voter without one, the number that is theirs."""
    out: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for voter, paper, *way in db.execute(
        "SELECT voter, paper, via, day, note FROM ballot_paper AS p JOIN event ON event.id = event"
        " JOIN command ON command.id = command WHERE ballot = ? ORDER BY day, lamport, command.device, event",
        [ballot],
    ).fetchall():
        out[voter, paper].append(tuple(way))
    back = {
        (voter, paper): _Back(*rest)
        for voter, paper, _rank, *rest in db.execute(
            "SELECT voter, paper, 1 AS rank, CASE spoiled WHEN 1 THEN 'spoiled' ELSE 'returned' END, day, note, 0"
            " FROM ballot_return WHERE ballot = ?1 UNION ALL SELECT voter, paper, 2, iif(min(received) >"
            " (SELECT until FROM ballot WHERE number = ?1), 'came too late', 'entered'), min(received), max(note),"
            " count(DISTINCT entry) FROM counted_slip WHERE ballot = ?1 GROUP BY voter, paper ORDER BY rank, 5",
            [ballot],
        ).fetchall()
    }
    signs: dict[str, list[str]] = defaultdict(list)
    for one in slips.proxies(db, ballot):
        signs[one.voter].append(one.holder)
    mine: dict[str, set[int]] = defaultdict(set)
    for voter, paper in (*out, *back):
        mine[voter].add(paper)
    found = [
        _paper(one, paper, _way(out[one.voter, paper]), back.get((one.voter, paper)))._replace(
            proxy="、".join(dict.fromkeys(signs[one.voter])) if one.voter in signs else ""
        )
        for one in roll(db, ballot)
        for paper in mine.get(one.voter) or {one.paper}
    ]
    return sorted(found, key=lambda one: one.paper)


def _way(ways: Sequence[tuple[str, str, str]]) -> tuple[str, str, str] | None:
    """How a paper went out, when, and the note: the hand it came into, else what was done last."""
    by_hand = [way for way in ways if way[0] == "hand"]
    if by_hand or not ways:
        return by_hand[-1] if by_hand else None
    return ways[-1]


def _paper(voter: Voter, paper: int, out: tuple[str, str, str] | None, back: _Back | None) -> Paper:
    state = back.state if back else OUT if out else NONE
    notes = [note for note in (out and out[2], back and back.note) if note]
    return Paper(
        voter, paper, out[0] if out else "", date.fromisoformat(out[1]) if out else None,
        date.fromisoformat(back.day) if back else None, state, " · ".join(dict.fromkeys(notes)),
        back.passes if back else 0,
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
