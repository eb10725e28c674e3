"""Vouchers: when two numbers, as two people typed them, are the same (R-60)."""

from __future__ import annotations

import re
import unicodedata


def key(text: str) -> str:
    """A voucher's number without what is written in one way or another: full width, case, blanks, dashes, a No. before
    it. 00 17, №0017 and No.００１７ are one number; 0017 and 17 are two. "" where there is none."""
    seen = unicodedata.normalize("NFKC", text).casefold()  # № becomes no
    seen = re.sub(r"[\W_]+", "", seen)
    return re.sub(r"^(?:no|号)(?=\d)", "", seen)
