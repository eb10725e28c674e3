"""The beginning of a book."""

from . import Fact


class BookBegun(Fact, kind="books.begun.v1", lasting=True):
    """A book was begun for an estate; `lang` is the language of its papers and of the names it was given (zh, en)."""

    book: str
    name: str
    lang: str
