"""Motions: what was moved at a meeting, and how it was voted on."""

from datetime import date

from . import Fact, Private


class MotionMade(Fact, kind="motions.made.v1", numbered="motion", shown="text"):
    """Something was moved; `mover` is a person's id, `announced` whether the notice had it."""

    number: str
    meeting: str
    on: date
    mover: str = ""
    announced: bool = True
    text: Private[str] = ""


class MotionVoted(Fact, kind="motions.voted.v1"):
    """A motion was voted on. `votes` are pairs of a person's id and for, against, abstain or aside, empty where only
    the counts are known. What it was judged by stays with it: members and present of that day, the votes `needed`, the
    share of the members asked for, whether there was a quorum; the versions of the rules committee.majority
    (`judged_by`) and committee.quorum (`quorum_by`), "" for a body that the law has none for."""

    motion: str
    on: date
    ayes: int
    noes: int
    abstain: int
    aside: int
    members: int
    present: int
    needed: int
    share: str
    quorum: bool
    passed: bool
    judged_by: str = ""
    quorum_by: str = ""
    decision: str = ""
    votes: tuple[tuple[str, str], ...] = ()
