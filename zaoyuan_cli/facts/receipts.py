"""Receipts: the papers that are handed out."""

from datetime import date

from . import Fact


class ReceiptPrinted(Fact, kind="receipts.printed.v1", lasting=True):
    """A receipt was printed into a file: the first time is the original, each later one a copy. Taking that back would
    make a second original."""

    number: str
    on: date
