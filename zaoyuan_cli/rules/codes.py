"""Codes on paper: what a posted paper and a receipt carry, so that whoever holds one can have the book prove itself.

A code is the beginning of a SHA-256 in Crockford's base 32 (no I, L, O, U): 26 characters (130 bits) over the heads of
all chains for a paper on the wall, 12 (60 bits) for a receipt (trust, Codes). Nothing secret is in it.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.i18n import _

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAPER, RECEIPT = 26, 12
"""How many characters the code of a posted paper and of a receipt have."""
_MEANT = str.maketrans("ILO", "110")
_GROUP = {PAPER: (5, 5, 5, 5, 6), RECEIPT: (4, 4, 4)}


def of_paper(book: str, heads: Iterable[tuple[str, int, bytes]]) -> str:
    """The code over all chains as (device, lamport, hash) of their last links, of a book (its id)."""
    lines = [f"{device} {lamport} {hash.hex()}" for device, lamport, hash in sorted(heads)]
    return _of("\n".join(["paper", book, *lines]), PAPER)


def of_receipt(number: str, step: bytes) -> str:
    """The code of a receipt: over its number and the hash of the step that issued it."""
    return _of(f"receipt\n{number}\n{step.hex()}", RECEIPT)


def _of(text: str, length: int) -> str:
    bits = int.from_bytes(sha256(text.encode()).digest(), "big") >> (256 - 5 * length)
    return "".join(SIGNS[bits >> 5 * at & 31] for at in reversed(range(length)))


def grouped(code: str) -> str:
    """A code as it is printed and read out: 7K3M9-QTX2H-…, in groups."""
    parts, at = [], 0
    for size in _GROUP[len(code)]:
        parts.append(code[at : at + size])
        at += size
    return "-".join(parts)


def read(text: str, length: int) -> str:
    """A code as typed: small letters, full width, blanks and hyphens do not matter; O is 0, I and L are 1.
    Raises Unreadable."""
    plain = re.sub(r"[\s\-‐-―−·]", "", unicodedata.normalize("NFKC", text)).upper().translate(_MEANT)
    wrong = "".join(dict.fromkeys(sign for sign in plain if sign not in SIGNS))
    if wrong:
        said = _("“{text}” is no code: {signs} stands in none.").format(text=text, signs=wrong)
        raise Unreadable(said, field="code", value=text)
    if len(plain) != length:
        said = _("A code has {wanted} letters and digits; “{text}” has {count}.")
        raise Unreadable(said.format(wanted=length, text=text, count=len(plain)), field="code", value=text)
    return plain


def looks(text: str, length: int) -> bool:
    """Could it be a code of that length?"""
    try:
        return len(read(text, length)) == length
    except Unreadable:
        return False


def apart(one: str, other: str) -> int:
    """In how many places two codes of one length differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))
