"""Laptops of one committee, each with its own settings folder and its own copy of the book; and the random days they
have. Facts go straight through `book.record`: it is the journal that is tried here, not the verbs."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from tests import replays
from tests.prepared import filled
from zaoyuan_cli.book import (
    Book,
    conflicts,
    devices,
    exporting,
    founding,
    journal,
    ledger,
    merging,
    open_book,
    steps,
)
from zaoyuan_cli.book.changes import seen
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.contributions import ContributionReceived, ContributionVoided
from zaoyuan_cli.facts.expenses import ExpensePaid
from zaoyuan_cli.facts.households import HouseholdAdded, HouseholdEdited
from zaoyuan_cli.facts.people import PersonAdded, PersonEdited

T = TypeVar("T")
DAY = date(2022, 5, 31)
ROOMS = ("1-1-101", "1-1-102", "1-1-201")


class Laptop:
    """One machine: where its book and its settings are."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.path, self.home = name, folder / f"{name}.db", folder / f"home-{name}"

    def open(self) -> Book:
        return open_book(self.path, self.home)


def found(folder: Path, name: str = "a") -> Laptop:
    """The first laptop, which begins a book of its own."""
    laptop = Laptop(folder, name)
    founding.found(laptop.path, laptop.home, "枣园小区", "韩梅").close()
    return laptop


def another(first: Laptop, name: str) -> Laptop:
    """A laptop that took a copy and a letter of its own."""
    laptop = Laptop(first.path.parent, name)
    shutil.copyfile(first.path, laptop.path)
    book = laptop.open()
    devices.add(book)
    book.close()
    return laptop


def committee(folder: Path) -> list[Laptop]:
    """Three laptops that know of each other, A, B and C."""

    def begin() -> None:
        first = found(folder)
        second = another(first, "b")
        third = another(second, "c")
        for one, other in ((first, third), (second, third)):
            merge(one, other)

    filled(folder, "three laptops", begin)
    return [Laptop(folder, name) for name in "abc"]


def pair(folder: Path) -> list[Laptop]:
    """A and B, each knowing the other, with the door 1-1-101 entered."""

    def begin() -> None:
        first = found(folder)
        do(first, add_household, 0, "1-1-101")
        merge(first, another(first, "b"))

    filled(folder, "two laptops", begin)
    return [Laptop(folder, name) for name in "ab"]


def do(laptop: Laptop, deed: Callable[..., T], *args: Any) -> T:
    """Something done with the book of a laptop."""
    book = laptop.open()
    try:
        return deed(book, *args)
    finally:
        book.close()


def merge(into: Laptop, other: Laptop) -> None:
    do(into, merging.merge, other.path)


def lines_of(laptop: Laptop) -> list[str]:
    """Its journal as it gives it out."""
    return do(laptop, lambda book: list(exporting.lines(book)))


def merge_lines(laptop: Laptop, lines: list[str]) -> None:
    """Lines of some journal taken in from a file."""
    file = laptop.path.with_suffix(".events")
    file.write_text("\n".join(lines), encoding="utf-8")
    do(laptop, merging.merge, file)


# ---- what is done on a day; `pick` chooses, what cannot be is refused and leaves nothing behind


def act(book: Book, what: str, pick: int) -> None:
    """One step of a random day."""
    with suppress(Refusal, sqlite3.IntegrityError):
        ACTS[what](book, pick)


def add_person(book: Book, pick: int) -> None:
    with book.writing("person add"):
        book.record(PersonAdded(person=book.person_id(), on=DAY, name=f"王{pick % 7}", initials="w"))


def edit_person(book: Book, pick: int) -> None:
    person = chosen(book, "SELECT person FROM person ORDER BY person", pick)
    values = {"phone": f"1380000{pick:04d}"}
    with book.writing("person edit"):
        book.record(PersonEdited(person=person, on=DAY, saw=seen(book.db, "person", person, values), changes=values))


def add_household(book: Book, pick: int, room: str = "") -> None:
    owner = chosen(book, "SELECT person FROM person ORDER BY person", pick)
    with book.writing("household add"):
        book.record(HouseholdAdded(room=room or ROOMS[pick % len(ROOMS)], unit="1-1", on=DAY, owners=(owner,)))


def edit_household(book: Book, pick: int) -> None:
    room = chosen(book, "SELECT room FROM household ORDER BY room", pick)
    values: dict[str, Any] = {"state": "vacant"} if pick % 2 else {"ebike": bool(pick % 3)}
    with book.writing("household edit"):
        saw = seen(book.db, "household", room, values)
        book.record(HouseholdEdited(room=room, on=DAY, changes=values, saw=saw))


def pay(book: Book, pick: int = 0, room: str = "", fen: int = 10_000) -> str:
    room = room or chosen(book, "SELECT room FROM household ORDER BY room", pick)
    with book.writing("pay"):
        number = book.number("receipt")
        book.record(
            ContributionReceived(
                number=number, fen=fen, account="现金", fund="众筹专项", on=DAY, room=room, payer="王桂兰", agreed=True
            )
        )
    return number


def spend(book: Book, pick: int = 0, fen: int = 5_000) -> str:
    with book.writing("spend"):
        number = book.number("expense")
        book.record(ExpensePaid(number=number, fen=fen, fund="众筹专项", account="现金", on=DAY, what="电费"))
    return number


def void(book: Book, pick: int) -> None:
    number = chosen(book, "SELECT number FROM contribution ORDER BY number", pick)
    with book.writing("contribution void"):
        book.record(ContributionVoided(number=number, on=DAY, reason="写错"))


def undo(book: Book, pick: int) -> None:
    """Most of the time this laptop's own last step, now and then any step at all."""
    rows = book.db.execute("SELECT lamport, device FROM command ORDER BY lamport DESC, device").fetchall()
    name = journal.Step(*rows[pick % len(rows)]).name if pick % 3 == 0 else ""
    steps.undo(book, steps.find(book, name))


def redo(book: Book, pick: int) -> None:
    steps.redo(book, steps.find_undone(book))


ACTS = {
    "person": add_person, "rename": edit_person, "door": add_household, "edit": edit_household, "pay": pay,
    "spend": spend, "void": void, "undo": undo, "redo": redo,
}  # fmt: skip


def chosen(book: Book, query: str, pick: int) -> Any:
    rows = book.db.execute(query).fetchall()
    if not rows:
        raise Refusal("nothing to choose from")
    return rows[pick % len(rows)][0]


# ---- what two laptops must agree on


def picture(laptop: Laptop) -> dict[str, list[Any]]:
    """The whole ledger, rows named by the step and place of their event, because event ids are each file's own."""
    db = laptop.open().db
    places = {
        event: (lamport, device, place)
        for event, lamport, device, place in db.execute(
            "SELECT event.id, lamport, device, event.id - min(event.id) OVER (PARTITION BY command)"
            " FROM event JOIN command ON command = command.id"
        ).fetchall()
    }
    drawn = {}
    for table in ledger.tables(db):
        columns = [row[1] for row in db.execute(f"PRAGMA table_xinfo({table})").fetchall()]
        rows = [dict(zip(columns, row, strict=True)) for row in db.execute(f"SELECT * FROM {table}").fetchall()]
        for row in rows:
            row.update({key: places[row[key]] for key in ("event", "entry") if key in row})
        drawn[table] = sorted(map(repr, rows))
    db.close()
    return drawn


def conflicts_of(laptop: Laptop) -> list[tuple[str, str, str]]:
    book = laptop.open()
    ledger.load_all()
    found = [tuple(one) for one in conflicts.found(book.db)]
    book.close()
    return found  # type: ignore[return-value]


def assert_replayed(laptop: Laptop) -> None:
    """The ledger as it stands is the ledger the journal says."""
    assert replays.differences(laptop.path) == []


def paid(folder: Path) -> Laptop:
    """A laptop with one household that paid three times."""
    first = found(folder)
    book = first.open()
    add_household(book, 0, "1-1-101")
    for fen in (10_000, 20_000, 30_000):
        pay(book, room="1-1-101", fen=fen)
    book.close()
    return first
