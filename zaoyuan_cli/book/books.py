"""The estate a book is about."""

import sqlite3

from zaoyuan_cli.facts.books import BookBegun

from .ledger import Origin, derives

TABLES = ("CREATE TABLE estate (event INTEGER PRIMARY KEY, name TEXT NOT NULL, lang TEXT NOT NULL) STRICT",)


@derives(BookBegun)
def begun(db: sqlite3.Connection, origin: Origin, fact: BookBegun) -> None:
    db.execute("INSERT INTO estate VALUES (?, ?, ?)", (origin.event, fact.name, fact.lang))
