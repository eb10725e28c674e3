"""What is left of a project when it closes, shared among those who paid (R-66)."""

from collections.abc import Sequence

from zaoyuan_cli.rules.allotment import split
from zaoyuan_cli.rules.money import Fen


def shares(left: int, paid: Sequence[int]) -> tuple[Fen, ...]:
    """What of `left` fen goes back to each, in proportion to what it paid net, in fen, exact to the fen (R-55, R-66):
    a tie goes to the one that stands first. Nobody gets back more than it paid: of more than all paid together, the
    rest is of no payer. Nothing left, or below zero, shares nothing; nor does a payment of nothing get anything."""
    whole = sum(paid)
    back = max(0, min(int(left), whole))
    return tuple(map(Fen, split(back, paid))) if back else tuple(Fen(0) for _one in paid)
