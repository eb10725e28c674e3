"""Tallies: the papers and slips of a vote counted, and what is still missing. Never stored while it runs; what the
closing stored is shown as it was, and `moved` recounts it from the slips."""

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

from .ballots import Ballot, Voter, everyone, roll_sum
from .ledger import Problem
from .papers import REACHED
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


class Difference(NamedTuple):
    """A slip whose passes do not say the same (R-24): the choices, and who signed by proxy."""

    voter: Voter
    first: tuple[str, ...]
    second: tuple[str, ...]
    proxies: tuple[str, str] = ("", "")


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
    pile = _sorted(db, ballot, asked)
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
        ballot, whole, _papers(db, asked, pile), tuple(questions), silent, unchecked, tuple(pile.differing),
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


# ---- the slips, in sums: a city has a hundred thousand of them

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


class _Pile(NamedTuple):
    """The slips that count, with the area of each; whose came late, were entered once, differ, are out; whose say
    nothing that is valid."""

    slips: list[str]
    areas: list[int]
    late: list[Voter]
    once: list[Voter]
    differing: list[Difference]
    left: list[Voter]
    void: list[Voter]


def _sorted(db: sqlite3.Connection, ballot: Ballot, asked: dict[str, str | None]) -> _Pile:
    """Each voter of the roll put where they belong."""
    pile, until = _Pile([], [], [], [], [], [], []), ballot.until.isoformat()
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


# ---- the papers

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


def _papers(db: sqlite3.Connection, asked: dict[str, str | None], pile: _Pile) -> Papers:
    issued, returned, spoiled, posted = db.execute(_PAPERS, asked).fetchone()
    blank = sum(not choices.strip("-") for choices in pile.slips)
    invalid = sum(not choices.strip("-x") for choices in pile.slips) - blank
    count, late = len(pile.slips), len(pile.late)
    return Papers(
        issued, returned, spoiled, issued - returned - spoiled, late, posted, count - blank - invalid, blank, invalid,
        returned - count - late,
    )  # fmt: skip


def by_unit(db: sqlite3.Connection, found: Tally) -> dict[str, tuple[int, int]]:
    """Of each unit how many voters of the roll there are, and how many of them took part as a verdict counts them: by a
    slip in time that is valid for one question at least. A voter of several units is of that of their first door."""
    out, ballot = (*found.left, *found.apart), found.ballot
    if ballot.end:  # a stored tally names nobody
        pile = _sorted(db, ballot, {"ballot": ballot.ballot, "day": date.max.isoformat(), "heads": ballot.end.heads})
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
