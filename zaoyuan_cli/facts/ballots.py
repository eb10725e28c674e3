"""Ballots: the owners' vote, from its roll to its verdict."""

from collections.abc import Mapping
from datetime import date

from . import Fact, Private


class BallotOpened(Fact, kind="ballots.opened.v1", numbered="ballot", shown="text"):
    """A vote was opened on a matter (1…9 of 民法典 278) with its roll as of then (R-04): each voter as (id, their rooms
    joined by a blank, area in 0.01 m2); a voter's own paper is their place in the roll. `until` is the last day a slip
    counts, `posted` the day of the notice. `took_part` and `consent` are the shares it is judged by, `silent` whether
    who got a paper and says nothing follows the majority; `judged_by` the rule versions, by rule. `questions` counts
    the questions; `single` is set where slips are entered once only, `seats` where it is an election."""

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
    judged_by: Mapping[str, str] = {}
    text: Private[str] = ""
    asked: Private[tuple[str, ...]] = ()
    single_reason: Private[str] = ""


class PaperIssued(Fact, kind="ballots.issued.v1"):
    """A voter's paper went out; `via` is hand, mail, wechat or posted (which is no delivery). `paper` is its serial
    number: the voter's place in the roll, or beyond it one that replaces a spoiled paper."""

    ballot: str
    voter: str
    paper: int
    via: str
    on: date
    note: Private[str] = ""


class PaperReturned(Fact, kind="ballots.returned.v1"):
    """A paper came back, with its slip still to be entered; or `spoiled`, to be replaced."""

    ballot: str
    voter: str
    paper: int
    on: date
    spoiled: bool = False
    note: Private[str] = ""


class SlipCast(Fact, kind="ballots.cast.v1"):
    """A slip was entered: for each question for, against, abstain or "" (left blank). `entry` is 1, or 2 for the second
    pass; `received` the day it came in; `turn` counts the slips of this voter that were made void before."""

    ballot: str
    voter: str
    paper: int
    entry: int
    choices: tuple[str, ...]
    received: date
    on: date
    turn: int = 0
    proxy: Private[str] = ""
    note: Private[str] = ""


class SlipVoided(Fact, kind="ballots.slip_voided.v1"):
    """The slips of a voter, both passes, were entered wrongly or replaced: they count no more."""

    ballot: str
    voter: str
    turn: int
    on: date
    reason: Private[str] = ""


class BallotClosed(Fact, kind="ballots.closed.v1"):
    """A vote was closed. For each question: yes, no and abstain in voters and area (six numbers), whether it passed,
    and the decision made by it; `witnesses` are ids of those who counted."""

    ballot: str
    on: date
    counts: tuple[tuple[int, ...], ...]
    passed: tuple[bool, ...]
    decisions: tuple[str, ...]
    elected: tuple[int, ...] = ()
    witnesses: tuple[str, ...] = ()


class BallotVoided(Fact, kind="ballots.voided.v1"):
    """A vote was stopped or opened wrongly; its number stays."""

    ballot: str
    on: date
    reason: Private[str] = ""
