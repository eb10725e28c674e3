"""Taking a step back and bringing it back: numbers stay, dependents are named, nothing is half undone."""

from __future__ import annotations

import sqlite3

import pytest
from laptops import (
    Laptop,
    add_household,
    add_person,
    another,
    edit_household,
    found,
    merge,
    pay,
    picture,
    spend,
    void,
)

from zaoyuan_cli.book import Book, journal, ledger, steps
from zaoyuan_cli.errors import Refusal


@pytest.fixture
def laptop(zaoyuan) -> Laptop:
    """A1 the book, A2 a door, A3 and A4 two payments of 100.00; it is the book `zaoyuan(...)` finds."""
    first = found(zaoyuan.folder)
    zaoyuan.book, zaoyuan.home = first.path, first.home
    book = first.open()
    add_household(book, 0, "1-1-101")
    pay(book, room="1-1-101")
    pay(book, room="1-1-101")
    book.close()
    return first


def do(laptop: Laptop, deed, *args):
    book = laptop.open()
    try:
        return deed(book, *args)
    finally:
        book.close()


def receipts(book: Book) -> list[str]:
    return [number for (number,) in book.db.execute("SELECT number FROM contribution ORDER BY number").fetchall()]


def test_a_wrong_payment_is_taken_back_and_its_number_is_void_for_ever(laptop, zaoyuan):
    answer = zaoyuan("undo --yes --json").ok.json
    assert answer["undone"] == {"step": "A4", "verb": "pay", "at": "2022-05-31 12:00"}
    assert answer["numbers"] == ["A2022-0002"]
    assert do(laptop, receipts) == ["A2022-0001"]
    assert do(laptop, lambda book: pay(book, room="1-1-101")) == "A2022-0003"
    assert zaoyuan("check").ok.out == ""  # no gap: the void number is still there


def test_numbers_are_not_given_again_after_any_number_of_undos(laptop, zaoyuan):
    given = {"A2022-0001", "A2022-0002"}
    for _time in range(3):
        zaoyuan("undo --yes").ok  # noqa: B018
        number = do(laptop, lambda book: pay(book, room="1-1-101"))
        assert number not in given
        given.add(number)


def test_undo_without_a_step_is_this_computers_last_that_stands(laptop, zaoyuan):
    assert [zaoyuan("undo -y --json").ok.json["undone"]["step"] for _time in range(3)] == ["A4", "A3", "A2"]
    answer = zaoyuan("undo -y --json")
    assert (answer.code, answer.error["code"]) == (1, "not_found")  # A1 began the book and lasts


def test_undo_by_step_takes_that_one_only(laptop, zaoyuan):
    zaoyuan("undo A3 --yes").ok  # noqa: B018
    assert do(laptop, receipts) == ["A2022-0002"]
    again = zaoyuan("undo a3 --yes --json")
    assert (again.code, again.error["value"]) == (1, "a3")
    assert "undone already" in again.error["message"]
    assert zaoyuan("undo A99 -y --json").error["code"] == "not_found"


def test_undo_asks_and_shows_what_will_change(laptop, zaoyuan):
    before = picture(laptop)
    refused = zaoyuan("undo --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "yes")
    assert "A2022-0002" in refused.error["message"]
    assert "100.00" in refused.error["message"]
    assert zaoyuan("undo", input="n\n", tty=True).code == 130
    assert "A2022-0002" in zaoyuan("undo --dry-run").ok.out
    assert picture(laptop) == before
    zaoyuan("undo", input="y\n", tty=True).ok  # noqa: B018
    assert do(laptop, receipts) == ["A2022-0001"]


def test_what_later_steps_rest_on_stays_and_they_are_named(laptop, zaoyuan):
    """When things meet, 1: refused, the payments listed; there is no cascade."""
    before = picture(laptop)
    answer = zaoyuan("undo A2 --json")  # said before anybody is asked for a yes
    assert (answer.code, answer.error["code"]) == (1, "has_dependents")
    assert [one["key"] for one in answer.error["candidates"]] == ["A3", "A4"]
    assert "A2022-0001" in answer.error["candidates"][0]["label"]
    assert "household edit" in answer.error["hint"]
    assert "  A3  pay A2022-0001\n" in zaoyuan("undo A2").err
    assert picture(laptop) == before
    for step in ("A3", "A4", "A2"):
        zaoyuan(f"undo {step} -y").ok  # noqa: B018
    assert do(laptop, lambda book: book.db.execute("SELECT * FROM household").fetchall()) == []


def test_an_edit_rests_on_the_door(laptop, zaoyuan):
    do(laptop, edit_household, 1)
    keys = [one["key"] for one in zaoyuan("undo A2 --json").error["candidates"]]
    assert keys == ["A3", "A4", "A5"]


def test_a_void_rests_on_the_payment(laptop, zaoyuan):
    """When things meet, 13: first the later entry, then the earlier."""
    do(laptop, void, 0)
    assert [one["key"] for one in zaoyuan("undo A3 --json").error["candidates"]] == ["A5"]


def test_a_payment_whose_money_is_spent_is_not_taken_back(laptop, zaoyuan):
    """When things meet, 3: the fund would be below zero."""
    do(laptop, lambda book: spend(book, fen=15_000))
    answer = zaoyuan("undo A4 --json")
    assert (answer.code, answer.error["code"]) == (1, "fund_short")
    assert do(laptop, receipts) == ["A2022-0001", "A2022-0002"]
    zaoyuan("undo A5 --yes").ok  # noqa: B018
    zaoyuan("undo A4 --yes").ok  # noqa: B018


@pytest.mark.parametrize("step", ["A1", "B5"])
def test_what_lasts_is_not_undone(laptop, zaoyuan, step):
    """No undo of init, of a computer, of a merge."""
    second = another(laptop, "b")
    merge(laptop, second)
    answer = zaoyuan(f"undo {step} --yes --json")
    assert (answer.code, answer.error["code"]) == (1, "refused")


def test_undo_after_a_merge_is_still_this_computers_own_last(laptop, zaoyuan):
    """Spine, trap 13."""
    second = another(laptop, "b")
    do(second, lambda book: pay(book, room="1-1-101"))
    merge(laptop, second)
    assert zaoyuan("undo -y --json").ok.json["undone"]["step"] == "A4"
    assert zaoyuan("undo B6 -y --json").ok.json["numbers"] == ["B2022-0001"]  # by name it may be any


# ---- redo


def rows(laptop: Laptop) -> dict[str, list[str]]:
    """Everything the ledger says, apart from the log of undoings."""
    return {table: drawn for table, drawn in picture(laptop).items() if table != "number"}


def test_redo_restores_every_row(laptop, zaoyuan):
    do(laptop, add_person, 3)
    do(laptop, edit_household, 2)
    before, numbers = rows(laptop), picture(laptop)["number"]
    for _time in range(4):
        zaoyuan("undo --yes").ok  # noqa: B018
    assert rows(laptop) != before
    answers = [zaoyuan("redo --json").ok.json for _time in range(4)]
    assert [answer["undone"]["step"] for answer in answers] == ["A3", "A4", "A5", "A6"]
    assert answers[1]["numbers"] == ["A2022-0002"]
    assert rows(laptop) == before
    assert picture(laptop)["number"] == numbers
    assert zaoyuan("redo --json").error["code"] == "not_found"


def test_undo_and_redo_of_the_same_step_any_number_of_times(laptop, zaoyuan):
    before = picture(laptop)
    for _time in range(3):
        zaoyuan("undo -y").ok  # noqa: B018
        zaoyuan("redo").ok  # noqa: B018
    assert picture(laptop) == before
    assert zaoyuan("undo -y --json").ok.json["undone"]["step"] == "A4"


def test_a_step_undone_on_two_laptops_is_brought_back_by_one_redo(laptop, zaoyuan):
    second = another(laptop, "b")
    merge(laptop, second)
    for here in (laptop, second):
        do(here, lambda book: steps.undo(book, steps.find(book, "A4")))
    merge(laptop, second)
    zaoyuan("redo").ok  # noqa: B018
    assert do(laptop, receipts) == ["A2022-0001", "A2022-0002"]
    merge(second, laptop)
    assert do(second, receipts) == ["A2022-0001", "A2022-0002"]


def test_redo_of_what_something_else_has_taken_the_place_of_is_refused(laptop, zaoyuan):
    do(laptop, lambda book: add_household(book, 0, "1-1-201"))
    zaoyuan("undo -y").ok  # noqa: B018
    do(laptop, lambda book: add_household(book, 0, "1-1-201"))
    before = picture(laptop)
    answer = zaoyuan("redo --json")
    assert (answer.code, answer.error["code"]) == (1, "conflict")
    assert picture(laptop) == before


def test_redo_that_would_break_a_rule_is_refused(laptop, zaoyuan):
    do(laptop, lambda book: spend(book, fen=15_000))
    zaoyuan("undo -y").ok  # noqa: B018
    zaoyuan("undo -y").ok  # noqa: B018
    do(laptop, lambda book: steps.undo(book, steps.find(book, "A3")))
    redone = [zaoyuan("redo --json") for _time in range(2)]  # A3, then A4: the money is there again
    assert [one.code for one in redone] == [0, 0]
    zaoyuan("undo A3 -y").ok  # noqa: B018
    do(laptop, lambda book: steps.undo(book, steps.find(book, "A4")))
    with pytest.raises(Refusal, match="brought back") as refused:
        do(laptop, lambda book: steps.redo(book, steps.describe(book, _step(book, "A5"))))
    assert refused.value.code == "fund_short"


def _step(book: Book, name: str):
    found = journal.command_of(book.db, name)
    assert found
    return found[1]


def test_the_log_shows_it_all(laptop, zaoyuan):
    zaoyuan("undo -y").ok  # noqa: B018
    rows = zaoyuan("log --json").ok.json["rows"]
    assert [(one["step"], one["verb"], one["undone"]) for one in rows] == [
        ("A5", "undo", False), ("A4", "pay", True), ("A3", "pay", False), ("A2", "household add", False),
        ("A1", "init", False),
    ]  # fmt: skip
    assert rows[1]["numbers"] == ["A2022-0002"]
    assert {one["who"] for one in rows} == {"韩梅"}
    assert all(one["set_clock"] for one in rows)  # ZAOYUAN_NOW
    for about in ("hh:1-1-101", "1-1-101", "1栋1单元101", "A2022-0002", "2"):
        assert "A4" in [one["step"] for one in zaoyuan(["log", "--json", "--object", about]).ok.json["rows"]], about
    assert [one["step"] for one in zaoyuan("log --json --object 1-1-10").ok.json["rows"]] == []
    assert len(zaoyuan("log --limit 2 --json").ok.json["rows"]) == 2
    assert len(zaoyuan("log --by 韩梅 --json").ok.json["rows"]) == 5
    assert zaoyuan("log --by 韩梅梅 --json").error["code"] == "not_found"


def test_undo_redo_and_check_as_processes_of_their_own(laptop, zaoyuan_process):
    """Spine, trap 3: what is registered on import must be found in a process that imported nothing yet."""
    before = picture(laptop)
    assert zaoyuan_process("undo --yes --json").ok.json["numbers"] == ["A2022-0002"]
    numbers = do(
        laptop, lambda book: book.db.execute("SELECT text, stands FROM number WHERE series = 'receipt'").fetchall()
    )
    assert sorted(numbers) == [("A2022-0001", 1), ("A2022-0002", 0)]
    assert zaoyuan_process("check").ok.out == ""
    zaoyuan_process("redo").ok  # noqa: B018
    assert zaoyuan_process("check").ok.out == ""
    assert picture(laptop) == before


def test_an_undo_that_fails_half_way_leaves_the_book_as_it_was(laptop, monkeypatch):
    before = picture(laptop)

    def full(*_args, **_more):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "keep_number", full)
        with pytest.raises(sqlite3.OperationalError):
            do(laptop, lambda book: steps.undo(book, steps.find(book)))
    assert picture(laptop) == before


def test_every_command_named_instead_of_an_undo_is_one(zaoyuan):
    for command in sorted({one for those in steps.INSTEAD.values() for one in those}):
        assert zaoyuan(f"help {command}").code == 0, command
