"""Ballots: the owners' vote, from its roll to its verdict."""

from collections.abc import Mapping
from datetime import date

from . import Fact, Private


class BallotOpened(Fact, kind="ballots.opened.v1", numbered="ballot", shown="text"):
    """A vote was opened on a matter (1…9 of 民法典 278) with its roll as of then (R-04): each voter as (id, their rooms
    joined by a blank, area in 0.01 m2); a voter's own paper is their place in the roll. `until` is the last day a slip
    counts, `posted` the day of the notice. `took_part` and `consent` are the shares it is judged by, `silent` whether
    who got a paper and says nothing follows the majority; `judged_by` the rule versions, by rule. `questions` counts
    the questions; `single` is set where slips are entered once only, `seats` where it is an election. `special` is set
    where special spaces count (指导规则, article 25); `spaces` are those in the areas of the roll, each as (voter, its
    number, area), `apart` how many people own one and no door, and have no vote."""

    number: str
    on: date
    matter: int
    until: date
    posted: date
    took_part: str
    consent: str
    roll: tuple[tuple[str, str, int], ...]
    questions: int = 1
    silent: bool = False
    single: bool = False
    seats: int = 0
    special: bool = False
    spaces: tuple[tuple[str, str, int], ...] = ()
    apart: int = 0
    judged_by: Mapping[str, str] = {}
    text: Private[str] = ""
    asked: Private[tuple[str, ...]] = ()
    single_reason: Private[str] = ""


class BallotClosed(Fact, kind="ballots.closed.v1"):
    """A vote was closed: a cut, `heads` is the last step of each device that it counted. For each question: yes, no
    and abstain in voters and area, then how many left it blank or were invalid (eight numbers); whether it passed, and
    the decision made by it. `silent` are the voters and area that followed the majority; `papers` how many were issued,
    returned, spoiled, outstanding, late, posted, valid, blank, invalid, not entered. `elected` and `level` are places
    of candidates, level those who are equal across the last seat; `staff` is who witnessed, called and
    counted (R-25): each as (witness, caller or teller; a person's id)."""

    ballot: str
    on: date
    counts: tuple[tuple[int, ...], ...]
    passed: tuple[bool, ...]
    decisions: tuple[str, ...]
    heads: Mapping[str, int] = {}
    silent: tuple[int, ...] = ()
    papers: tuple[int, ...] = ()
    elected: tuple[int, ...] = ()
    level: tuple[int, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()


class BallotVoided(Fact, kind="ballots.voided.v1"):
    """A vote was stopped or opened wrongly; its number stays."""

    ballot: str
    on: date
    reason: Private[str] = ""
