"""The book as known on a day: own steps by their moment, others by the day they came, the day
ending at local midnight."""

from __future__ import annotations

from datetime import date

import pytest
from laptops import Laptop, add_household, another, found, merge, paid, pay

from zaoyuan_cli.book import Book, clock, open_book


@pytest.fixture
def laptop(tmp_path) -> Laptop:
    return paid(tmp_path)


def at(book: Book, moment: str, monkeypatch: pytest.MonkeyPatch) -> Book:
    monkeypatch.setenv("ZAOYUAN_NOW", moment)
    return open_book(book.path, book.home)


def receipts(book: Book, day: str) -> list[str]:
    known = book.known_on(date.fromisoformat(day))
    rows = known.db.execute("SELECT number FROM contribution ORDER BY number").fetchall()
    known.close()
    return [number for (number,) in rows]


def test_known_on_cuts_own_steps_at_local_midnight(tmp_path, monkeypatch):
    monkeypatch.setenv("ZAOYUAN_NOW", "2022-05-30T12:00:00+08:00")
    laptop = found(tmp_path)
    book = laptop.open()
    add_household(book, 0, "1-1-101")
    book.close()
    for moment in ("2022-05-31T23:59:59+08:00", "2022-06-01T00:00:00+08:00"):  # 15:59:59 and 16:00 in Greenwich
        monkeypatch.setenv("ZAOYUAN_NOW", moment)
        book = laptop.open()
        pay(book, room="1-1-101")
        book.close()
    book = laptop.open()
    assert receipts(book, "2022-05-30") == []
    assert receipts(book, "2022-05-31") == ["A2022-0001"]
    assert receipts(book, "2022-06-01") == ["A2022-0001", "A2022-0002"]
    book.close()


def test_known_on_counts_merged_steps_from_the_day_they_came(tmp_path, monkeypatch):
    monkeypatch.setenv("ZAOYUAN_NOW", "2022-05-01T12:00:00+08:00")
    first = found(tmp_path)
    book = first.open()
    add_household(book, 0, "1-1-101")
    book.close()
    second = another(first, "b")
    monkeypatch.setenv("ZAOYUAN_NOW", "2022-05-10T12:00:00+08:00")
    book = second.open()
    pay(book, room="1-1-101")
    assert receipts(book, "2022-05-10") == ["B2022-0001"]  # the laptop that wrote it knew at once
    book.close()
    monkeypatch.setenv("ZAOYUAN_NOW", "2022-05-20T12:00:00+08:00")
    merge(first, second)
    book = first.open()
    assert receipts(book, "2022-05-19") == []
    assert receipts(book, "2022-05-20") == ["B2022-0001"]
    book.close()


def test_a_clock_set_by_hand_is_marked_and_order_does_not_follow_it(laptop, monkeypatch):
    monkeypatch.setenv("ZAOYUAN_NOW", "2001-01-01T00:00:00+08:00")
    book = laptop.open()
    assert pay(book, room="1-1-101") == "A2001-0001"
    assert book.db.execute("SELECT lamport, at FROM command ORDER BY lamport DESC").fetchone() == (
        6, "2000-12-31T16:00:00F",
    )  # fmt: skip
    monkeypatch.delenv("ZAOYUAN_NOW")
    assert clock.stamp(clock.now()).endswith("Z")
    book.close()
