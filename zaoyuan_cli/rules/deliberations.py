"""The way of a proposal (协商议事): proposed, accepted by branch and committee or rejected, opinions asked for,
deliberated, voted on where the law asks for it, published, carried out, reviewed. Forward only; what a deliberation
comes to is not a vote of the owners (民法典 278)."""

from __future__ import annotations

from collections.abc import Sequence

PROPOSED, REJECTED, CLOSED = "proposed", "rejected", "closed"
STEPS = (PROPOSED, "accepted", "consulted", "deliberated", "voted", "published", "carried", "reviewed")
"""The steps in their order; rejected is in the place of accepted."""
AGAIN = ("consulted", "deliberated", "voted", "published", "carried")
"""What may be done more than once before the next step."""
BEFORE = {
    "accepted": PROPOSED, REJECTED: PROPOSED, "consulted": "accepted", "deliberated": "accepted",
    "voted": "deliberated", "published": "voted", "carried": "published", "reviewed": "published",
}  # fmt: skip
"""What each step cannot do without. Opinions are asked for where there is time; without them the next step warns."""
VERBS = {
    "accepted": "accept", REJECTED: "reject", "consulted": "consult", "deliberated": "deliberate", "voted": "vote",
    "published": "publish", "carried": "carry", "reviewed": "review",
}  # fmt: skip
"""The command that takes each step."""


def rank(step: str) -> int:
    """How far a step is on the way."""
    return STEPS.index("accepted" if step == REJECTED else step)


def state(taken: Sequence[str]) -> str:
    """How far a proposal came with these steps: the furthest; rejected, or closed by its review, whatever else."""
    if REJECTED in taken:
        return REJECTED
    furthest = max((PROPOSED, *taken), key=rank)
    return CLOSED if furthest == "reviewed" else furthest


def lacking(taken: Sequence[str], step: str) -> str:
    """The first step that is missing before this one; "" where it can be taken."""
    missing = ""
    while (step := BEFORE.get(step, PROPOSED)) != PROPOSED:
        missing = missing if step in taken else step
    return missing


def backwards(taken: Sequence[str], step: str) -> bool:
    """Would it be a step back, or one taken twice that is taken once?"""
    far = max(map(rank, taken), default=0)
    return rank(step) < far or (rank(step) == far and (step not in AGAIN or step not in taken))


def following(state: str, passed: bool | None) -> str:
    """The step that comes next; "" where the way is over. What was voted down is published and reviewed only."""
    if state in (REJECTED, CLOSED):
        return ""
    step = STEPS[STEPS.index(state) + 1]
    return "reviewed" if step == "carried" and passed is False else step
