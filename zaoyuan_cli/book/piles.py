"""Piles: the slips of a vote sorted, each voter of the roll put where they belong, and its papers counted. In sums,
for a city has a hundred thousand of them."""

import sqlite3
from typing import NamedTuple

from zaoyuan_cli.rules.ballots import LETTERS

from .ballots import Ballot
from .papers import REACHED
from .rolls import Voter
from .slips import letters, words


class Papers(NamedTuple):
    """The papers of a vote: issued = returned + spoiled + outstanding, returned = valid + blank + invalid + late +
    unentered (R-26). `late` slips came after the last day and count for nothing; `posted` papers reached nobody by hand
    or mail; `blank` slips say nothing to any question, `unentered` ones came back and were not entered yet."""

    issued: int = 0
    returned: int = 0
    spoiled: int = 0
    outstanding: int = 0
    late: int = 0
    posted: int = 0
    valid: int = 0
    blank: int = 0
    invalid: int = 0
    unentered: int = 0


class Difference(NamedTuple):
    """A slip whose passes do not say the same (R-24): the choices, and who signed by proxy."""

    voter: Voter
    first: tuple[str, ...]
    second: tuple[str, ...]
    proxies: tuple[str, str] = ("", "")


_SEEN = (  # the slips that stand, of a voter the earliest first; of a closed vote, those its closing could see
    "SELECT slip.* FROM slip WHERE slip.ballot = :ballot AND received <= :day"
    " AND (:heads IS NULL OR lamport <= ifnull(json_extract(:heads, '$.' || substr(device, 1, 1)), 0))"
    " AND NOT EXISTS (SELECT 1 FROM slip_void AS v WHERE v.ballot = slip.ballot AND v.voter = slip.voter"
    " AND v.turn = slip.turn AND (:heads IS NULL"
    " OR v.lamport <= ifnull(json_extract(:heads, '$.' || substr(v.device, 1, 1)), 0)))"
)
_BY_VOTER = (
    "SELECT voter, choices, min(choices) != max(choices) OR min(proxy) != max(proxy), max(entry), min(received)"
    f" FROM ({_SEEN}) GROUP BY voter"
)  # fmt: skip


class Pile(NamedTuple):
    """The slips that count, with the area of each; whose came late, were entered once, differ, are out; whose say
    nothing that is valid."""

    slips: list[str]
    areas: list[int]
    late: list[Voter]
    once: list[Voter]
    differing: list[Difference]
    left: list[Voter]
    void: list[Voter]


def sort(db: sqlite3.Connection, ballot: Ballot, asked: dict[str, str | None]) -> Pile:
    """Each voter of the roll put where they belong."""
    pile, until = Pile([], [], [], [], [], [], []), ballot.until.isoformat()
    said = {voter: rest for voter, *rest in db.execute(_BY_VOTER, asked).fetchall()}
    for id, paper, rooms, area in db.execute(
        "SELECT voter, paper, rooms, area FROM ballot_voter WHERE ballot = ? ORDER BY paper", [ballot.ballot]
    ).fetchall():
        if id not in said:
            pile.left.append(Voter(id, paper, tuple(rooms.split()), area))
            continue
        choices, differs, passes, came = said[id]
        if came > until:
            pile.late.append(Voter(id, paper, tuple(rooms.split()), area))
            continue
        if differs or passes == 1:
            voter = Voter(id, paper, tuple(rooms.split()), area)
            if differs:
                pile.differing.append(_difference(db, asked, voter))
                choices = letters(pile.differing[-1].first)
            if passes == 1:
                pile.once.append(voter)
        if not choices.strip(LETTERS["invalid"]):
            pile.void.append(Voter(id, paper, tuple(rooms.split()), area))
        pile.slips.append(choices)
        pile.areas.append(area)
    return pile


def _difference(db: sqlite3.Connection, asked: dict[str, str | None], voter: Voter) -> Difference:
    """What the passes of a voter say: the first one that was entered counts until the other is mended."""
    first, *more = db.execute(
        f"SELECT choices, proxy FROM ({_SEEN}) WHERE voter = :voter ORDER BY entry, lamport, device",
        asked | {"voter": voter.voter},
    ).fetchall()
    other = next(one for one in more if one != first)
    return Difference(voter, words(first[0]), words(other[0]), (first[1], other[1]))


_PAPERS = (
    f"WITH slips AS (SELECT DISTINCT voter, paper FROM ({_SEEN})),"
    " came AS (SELECT * FROM ballot_return WHERE ballot = :ballot AND day <= :day),"
    " bad AS (SELECT voter, paper FROM came WHERE spoiled EXCEPT SELECT * FROM slips),"
    " back AS (SELECT voter, paper FROM (SELECT voter, paper FROM came WHERE NOT spoiled UNION SELECT * FROM slips)"
    " EXCEPT SELECT * FROM bad),"
    " out AS (SELECT voter, paper, via FROM ballot_paper WHERE ballot = :ballot AND day <= :day)"
    " SELECT (SELECT count(*) FROM (SELECT voter, paper FROM out UNION SELECT * FROM bad UNION SELECT * FROM back)),"
    " (SELECT count(*) FROM back), (SELECT count(*) FROM bad),"
    f" (SELECT count(*) FROM (SELECT voter, paper FROM out WHERE via = 'posted' EXCEPT {REACHED}))"
)


def papers(db: sqlite3.Connection, asked: dict[str, str | None], pile: Pile) -> Papers:
    """The papers of a vote as they stand, those that came back by what the sorted slips say."""
    issued, returned, spoiled, posted = db.execute(_PAPERS, asked).fetchone()
    blank = sum(not choices.strip("-") for choices in pile.slips)
    invalid = sum(not choices.strip("-x") for choices in pile.slips) - blank
    count, late = len(pile.slips), len(pile.late)
    return Papers(
        issued, returned, spoiled, issued - returned - spoiled, late, posted, count - blank - invalid, blank, invalid,
        returned - count - late,
    )  # fmt: skip
