"""A cut freezes what was known when it was made, and nothing else: tried with a noun that exists only here, a year's
book of payments closed by hand. What a period, minutes or a project freeze is tested with them."""

import sqlite3
from collections.abc import Mapping
from datetime import date

import pytest
from laptops import Laptop, add_household, another, assert_replayed, conflicts_of, found, merge, picture

from zaoyuan_cli.book import Book, cuts, ledger, steps
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts import Fact
from zaoyuan_cli.facts.contributions import ContributionReceived


class YearClosed(Fact, kind="closings.made.v1", lasting=True):
    """The payments dated in a year are closed as this book knew them."""

    year: int
    on: date
    heads: Mapping[str, int]


@ledger.derives(YearClosed)
def made(db: sqlite3.Connection, origin: ledger.Origin, fact: YearClosed) -> None:
    cuts.put(db, origin, YearClosed.kind, str(fact.year), fact.heads)


@cuts.freezes(YearClosed)
def freezes_payments(db: sqlite3.Connection, cut: cuts.Cut, fact: Fact) -> str:
    """Payments dated in the year, whoever received them."""
    inside = isinstance(fact, ContributionReceived) and str(fact.on.year) == cut.name
    return f"zaoyuan contribution void {fact.number}" if inside else ""


def close(book: Book, year: int = 2022) -> None:
    with book.writing("year close"):
        book.record(YearClosed(year=year, on=book.today, heads=cuts.heads(book.db)))


def pay_in(book: Book, year: int) -> str:
    with book.writing("pay"):
        number = book.number("receipt")
        book.record(
            ContributionReceived(
                number=number,
                fen=100,
                account="现金",
                fund="众筹专项",
                on=date(year, 5, 1),
                room="1-1-101",
                agreed=True,
            )
        )
    return number


def do(laptop: Laptop, deed, *args):
    book = laptop.open()
    try:
        return deed(book, *args)
    finally:
        book.close()


def undo(laptop: Laptop, step: str) -> None:
    do(laptop, lambda book: steps.undo(book, steps.find(book, step)))


@pytest.fixture
def laptop(tmp_path) -> Laptop:
    """A2 a door, A3 a payment of 2022, A4 one of 2021."""
    first = found(tmp_path)
    do(first, add_household, 0, "1-1-101")
    do(first, pay_in, 2022)
    do(first, pay_in, 2021)
    return first


def test_a_cut_stores_the_last_step_it_had_seen_of_each_device(laptop):
    second = another(laptop, "b")
    merge(laptop, second)
    do(laptop, close)
    ((cut),) = do(laptop, lambda book: cuts.standing(book.db))
    assert (cut.kind, cut.name, cut.heads) == (YearClosed.kind, "2022", {"A": 4, "B": 5})


def test_undo_inside_is_refused_and_the_verb_to_use_instead_is_named(laptop):
    do(laptop, close)
    before = picture(laptop)
    with pytest.raises(Refusal, match="2022 is closed") as refused:
        undo(laptop, "A3")
    assert refused.value.code == "period_closed"
    assert "zaoyuan contribution void A2022-0001" in refused.value.hint
    assert picture(laptop) == before


def test_what_the_cut_does_not_freeze_is_free(laptop):
    """Money of another year, and anything that is no money."""
    do(laptop, close)
    undo(laptop, "A4")
    do(laptop, pay_in, 2021)
    do(laptop, add_household, 0, "1-1-102")
    assert_replayed(laptop)


def test_a_new_entry_dated_inside_is_refused(laptop):
    do(laptop, close)
    with pytest.raises(Refusal, match="2022 is closed"):
        do(laptop, pay_in, 2022)
    assert do(laptop, lambda book: pay_in(book, 2023)) == "A2022-0003"


def test_a_late_step_is_outside_whatever_its_date(laptop):
    """Another laptop did not know of the closing: its entry counts, and may be taken back."""
    second = another(laptop, "b")
    merge(laptop, second)
    number = do(second, pay_in, 2022)
    do(laptop, close)
    merge(laptop, second)
    assert conflicts_of(laptop) == []
    assert number in str(picture(laptop)["contribution"])
    undo(laptop, "B6")
    with pytest.raises(Refusal, match="2022 is closed"):
        undo(laptop, "A3")
    merge(second, laptop)
    assert picture(second) == picture(laptop)


def test_what_was_merged_before_the_cut_is_inside(laptop):
    second = another(laptop, "b")
    merge(laptop, second)
    do(second, pay_in, 2022)
    merge(laptop, second)
    do(laptop, close)
    with pytest.raises(Refusal, match="2022 is closed"):
        undo(laptop, "B6")
    merge(second, laptop)
    with pytest.raises(Refusal, match="2022 is closed"):  # on the other laptop too, once it knows of the cut
        undo(second, "B6")


def test_inside_is_decided_by_the_cut_not_by_the_clock(laptop, monkeypatch):
    monkeypatch.setenv("ZAOYUAN_NOW", "2001-01-01T00:00:00+08:00")
    do(laptop, close)
    monkeypatch.setenv("ZAOYUAN_NOW", "2022-06-01T00:00:00+08:00")
    with pytest.raises(Refusal, match="2022 is closed"):
        undo(laptop, "A3")


def test_redo_inside_is_refused_too(laptop):
    """Undone before the closing: the closed sheet does not have it, and may not get it back."""
    undo(laptop, "A3")
    do(laptop, close)
    with pytest.raises(Refusal, match="2022 is closed"):
        do(laptop, lambda book: steps.redo(book, steps.find_undone(book)))
    undo_of_2021 = do(laptop, lambda book: steps.find(book, "A4"))
    do(laptop, steps.undo, undo_of_2021)
    do(laptop, lambda book: steps.redo(book, steps.find_undone(book)))
    assert_replayed(laptop)


def test_undo_that_comes_late_by_merge_takes_effect(laptop):
    """It was made without knowing of the cut; the cut says what was, and `check` stays silent."""
    second = another(laptop, "b")
    merge(laptop, second)
    undo(second, "A3")
    do(laptop, close)
    merge(laptop, second)
    merge(second, laptop)
    assert picture(second) == picture(laptop)
    assert "A2022-0001" not in str(picture(laptop)["contribution"])


def test_the_cut_itself_lasts(laptop):
    do(laptop, close)
    with pytest.raises(Refusal, match="cannot be undone"):
        undo(laptop, "A5")


def test_two_cuts_each_hold_their_own(laptop):
    do(laptop, close, 2021)
    do(laptop, pay_in, 2022)
    do(laptop, close, 2022)
    for step, year in (("A4", "2021"), ("A3", "2022"), ("A6", "2022")):
        with pytest.raises(Refusal, match=f"{year} is closed"):
            undo(laptop, step)
