"""Approval of expenses: when as many members as have to have said yes (R-63), and who may not say it (R-62)."""

from __future__ import annotations

import re

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
NOTICE_DAYS = 7  # as committees do it: an expense above the limit is posted so many days before
OPEN, APPROVED, REJECTED = "open", "approved", "rejected"


def state(needed: int, approving: int, against: int) -> str:
    """The state of an expense: approved by as many different members as are needed and more than are against;
    rejected by as many as are needed and not fewer than are for. An abstention is neither. Whoever spoke first makes no
    difference, so that two laptops come to the same."""
    if approving >= needed and approving > against:
        return APPROVED
    return REJECTED if against >= max(1, needed) and against >= approving else OPEN


def missing(needed: int, approving: int, against: int) -> int:
    """How many more have to say yes: at least as many as are needed, and more than are against."""
    return max(0, needed - approving, against + 1 - approving)


def names(payee: str, name: str) -> bool:
    """Does the text of who was paid name that person? Whole words only: 张济 is not in 张济仁诊所."""
    return bool(name) and name in re.split(r"[\s,，、;；:：/()（）]+", payee)
