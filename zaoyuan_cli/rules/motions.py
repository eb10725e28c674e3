"""Motions: what a vote of a committee comes to. A decision takes a share of all members, not of those who came (R-32);
who steps aside is not counted as a yes (R-40); without a quorum nothing is decided (R-31)."""

from __future__ import annotations

from typing import NamedTuple

from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.shares import Share

FOR, AGAINST, ABSTAIN, ASIDE = "for", "against", "abstain", "aside"
CHOICES = (FOR, AGAINST, ABSTAIN, ASIDE)
WORDS = {
    "for": FOR, "yes": FOR, "赞成": FOR, "同意": FOR, "赞同": FOR,
    "against": AGAINST, "no": AGAINST, "反对": AGAINST, "不同意": AGAINST,
    "abstain": ABSTAIN, "弃权": ABSTAIN,
    "aside": ASIDE, "回避": ASIDE,
}  # fmt: skip
"""What may be typed for a vote, and its code."""


class Tally(NamedTuple):
    """Votes by what they say."""

    ayes: int = 0
    noes: int = 0
    abstain: int = 0
    aside: int = 0

    @property
    def cast(self) -> int:
        """How many there are, those who stepped aside among them."""
        return sum(self)


class Outcome(NamedTuple):
    """What a vote comes to: the votes needed of all members, whether there was a quorum, whether it passed."""

    tally: Tally
    members: int
    present: int
    needed: int
    quorum: bool
    passed: bool


def outcome(tally: Tally, members: int, present: int, majority: Share, quorum: Share) -> Outcome:
    """Judge a vote by the shares that the rules in force ask of all members."""
    quorate = quorum.met(present, members)
    return Outcome(
        tally, members, present, majority.least(members), quorate, quorate and majority.met(tally.ayes, members)
    )


def words(one: Outcome) -> str:
    """The result in set words, as minutes and papers for the wall have it."""
    if one.passed and one.tally.ayes == one.present:
        return _("Adopted unanimously.")
    counts = _counts(one.tally)
    if one.passed:
        return _("Adopted: {counts}.").format(counts=counts)
    if not one.quorum:
        said = _("No decision: {present} of {members} members were there, no quorum ({counts}).")
        return said.format(present=one.present, members=one.members, counts=counts)
    if one.tally.ayes == one.tally.noes:
        said = _("Not adopted, a tie: {counts}; {needed} of all {members} members are needed.")
    else:
        said = _("Not adopted: {counts}; {needed} of all {members} members are needed.")
    return said.format(counts=counts, needed=one.needed, members=one.members)


def _counts(tally: Tally) -> str:
    """4 for, 1 against; in Chinese 4名委员同意，1名委员不同意."""
    said = (
        (tally.ayes, _("{count} for")), (tally.noes, _("{count} against")), (tally.abstain, _("{count} abstained")),
        (tally.aside, _("{count} stepped aside")),
    )  # fmt: skip
    return _(", ").join(text.format(count=count) for count, text in said if count) or _("no votes")
