"""Accounts as lists and pages name them inside: 垫付·王桂兰 for 垫付pA87, whose holder the name of the book does not
say. On no paper for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaoyuan_cli.document import Alias

if TYPE_CHECKING:
    from zaoyuan_cli.book import Book


class Accounts(dict[str, Alias]):
    """Accounts that are read otherwise than they are called; any other name is its own."""

    def __missing__(self, name: str) -> str:
        return name


def named(book: Book) -> Accounts:
    """What to put in the place of the name of an account."""
    from zaoyuan_cli.book import accounts

    return Accounts({name: Alias(name, said) for name, said in accounts.shown(book.db).items() if said != name})
