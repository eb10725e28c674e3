"""Letters: each machine has its own, no number is ever given twice, and an old copy can only be read."""

from __future__ import annotations

import json
import shutil

import pytest
from laptops import Laptop, add_household, another, assert_replayed, conflicts_of, found, merge, pay, picture

from zaoyuan_cli.book import anchor, devices
from zaoyuan_cli.errors import BookUnreadable, Refusal


@pytest.fixture
def laptop(zaoyuan) -> Laptop:
    first = found(zaoyuan.folder)
    zaoyuan.book, zaoyuan.home = first.path, first.home
    book = first.open()
    add_household(book, 0, "1-1-101")
    book.close()
    return first


def on(laptop: Laptop) -> dict:
    return {"book": laptop.path, "home": laptop.home}


def pay_on(laptop: Laptop) -> str:
    book = laptop.open()
    try:
        return pay(book, room="1-1-101")
    finally:
        book.close()


def copy(laptop: Laptop, name: str, home: str = "") -> Laptop:
    """The file on a stick; with `home` it is used on another machine."""
    other = Laptop(laptop.path.parent, name)
    shutil.copyfile(laptop.path, other.path)
    other.home = laptop.home.parent / home if home else laptop.home
    return other


def test_a_second_machine_reads_until_it_has_a_letter(laptop, zaoyuan):
    second = copy(laptop, "b", "home-b")
    assert len(zaoyuan("log --json", **on(second)).ok.json["rows"]) == 2
    answer = zaoyuan("undo --yes --json", **on(second))
    assert (answer.code, answer.error["code"]) == (4, "book")
    assert "no letter" in answer.error["message"]
    assert "zaoyuan device add" in answer.error["message"]
    answer = zaoyuan("--who 李敏 device add --json", **on(second)).ok.json
    assert answer["device"] == "B"
    assert pay_on(second) == "B2022-0001"
    merge(laptop, second)
    rows = zaoyuan("device list --json").ok.json["rows"]
    assert [(one["letter"], one["person"], one["steps"], one["here"]) for one in rows] == [
        ("A", "韩梅", 2, True), ("B", "李敏", 2, False),
    ]  # fmt: skip


def test_one_who_is_known_is_not_entered_again(laptop, zaoyuan):
    second = copy(laptop, "b", "home-b")
    zaoyuan("device add --who 韩梅", **on(second)).ok  # noqa: B018
    book = second.open()
    assert book.who == "pA1"
    assert book.db.execute("SELECT count(*) FROM person").fetchone() == (1,)
    book.close()


def test_letters_are_asked_for_or_the_next_free_one(laptop, zaoyuan):
    second = copy(laptop, "b", "home-b")
    assert zaoyuan("device add --letter z --json", **on(second)).ok.json["device"] == "Z"
    merge(laptop, second)
    third = copy(laptop, "c", "home-c")
    answer = zaoyuan("device add --letter A --json", **on(third))
    assert (answer.code, answer.error["field"]) == (1, "letter")
    assert "B C D" in answer.error["hint"]
    assert zaoyuan("device add --json", **on(third)).ok.json["device"] == "B"


def test_a_second_letter_for_the_same_machine_wants_a_yes(laptop, zaoyuan):
    assert zaoyuan("device add").code == 2
    assert zaoyuan("device add --yes --json").ok.json["device"] == "B"
    assert pay_on(laptop) == "B2022-0001"


def test_an_older_copy_can_only_be_read_and_says_what_it_lacks(laptop, zaoyuan):
    """When things meet, 11."""
    old = copy(laptop, "old")
    pay_on(laptop)
    pay_on(laptop)
    answer = zaoyuan("undo --yes --json", **on(old))
    assert answer.code == 4
    assert "A had 4 steps, this copy ends at 2" in answer.error["message"]
    assert "zaoyuan merge FILE" in answer.error["message"]
    with pytest.raises(BookUnreadable, match="older than"):
        pay_on(old)
    assert len(zaoyuan("log --json", **on(old)).ok.json["rows"]) == 2


def test_an_older_copy_is_cured_by_merging_the_newer(laptop, zaoyuan):
    old = copy(laptop, "old")
    assert pay_on(laptop) == "A2022-0001"
    zaoyuan(["merge", str(laptop.path)], **on(old)).ok  # noqa: B018
    assert pay_on(old) == "A2022-0002"
    assert picture(old) != picture(laptop)
    merge(laptop, old)
    assert picture(old) == picture(laptop)


def test_merging_something_else_into_an_older_copy_does_not_free_it(laptop, zaoyuan):
    """Or A would give out a number that it gave out already."""
    second = another(laptop, "b")
    merge(laptop, second)
    old = copy(laptop, "old")
    pay_on(laptop)
    pay_on(second)
    answer = zaoyuan(["merge", str(second.path), "--json"], **on(old)).ok.json
    assert answer["steps"] == 1
    assert "this copy ends at" in answer["warnings"][0]
    with pytest.raises(BookUnreadable, match="older than"):
        pay_on(old)
    merge(old, laptop)
    assert pay_on(old) == "A2022-0002"


def test_an_older_copy_goes_on_under_a_new_letter(laptop, zaoyuan):
    old = copy(laptop, "old")
    lost = pay_on(laptop)
    assert zaoyuan("device add --json", **on(old)).ok.json["device"] == "B"
    assert pay_on(old) == "B2022-0001"
    # the newer file turns up after all: nothing clashes
    newer = Laptop(laptop.path.parent, "newer")
    shutil.copyfile(laptop.path, newer.path)
    merge(old, newer)
    book = old.open()
    assert [n for (n,) in book.db.execute("SELECT number FROM contribution ORDER BY number")] == [lost, "B2022-0001"]
    book.close()
    assert conflicts_of(old) == []
    assert_replayed(old)


def test_settings_copied_to_another_machine_do_not_give_it_the_letter(laptop, zaoyuan, monkeypatch):
    monkeypatch.setattr(anchor, "machine", lambda: "another machine")
    answer = zaoyuan("undo --yes --json")
    assert (answer.code, "another computer" in answer.error["message"]) == (4, True)
    second = another(laptop, "b")
    merge(laptop, second)  # a merge does not make it this machine's either
    assert zaoyuan("undo --yes").code == 4
    zaoyuan("device add --yes").ok  # noqa: B018
    assert pay_on(laptop)[0] == "C"


def test_settings_lost_make_the_book_readable_only(laptop, zaoyuan):
    shutil.rmtree(laptop.home)
    assert "no letter" in zaoyuan("undo -y --json").error["message"]
    assert zaoyuan("device add --json").ok.json["device"] == "B"


def test_a_retired_letter_is_never_given_again(laptop, zaoyuan):
    second = another(laptop, "b")
    pay_on(second)
    merge(laptop, second)
    assert zaoyuan("device retire B").code == 2
    zaoyuan("device retire B --yes").ok  # noqa: B018
    row = zaoyuan("device list --json").ok.json["rows"][1]
    assert (row["letter"], row["retired"]) == ("B", True)
    for line in ("device retire B --yes", "device retire A --yes", "device retire Q --yes"):
        assert zaoyuan(line).code == 1
    third = copy(laptop, "c", "home-c")
    assert zaoyuan("device add --letter B --json", **on(third)).error["field"] == "letter"
    assert zaoyuan("device add --json", **on(third)).ok.json["device"] == "C"
    assert zaoyuan("undo A3 --yes --json").code == 1  # it lasts


def test_a_retired_machine_used_again_by_mistake_loses_nothing(laptop, zaoyuan):
    """When things meet, 10."""
    second = another(laptop, "b")
    merge(laptop, second)
    zaoyuan("device retire B --yes").ok  # noqa: B018
    number = pay_on(second)
    merge(laptop, second)
    merge(second, laptop)
    assert picture(laptop) == picture(second)
    assert number in str(picture(laptop)["contribution"])
    assert conflicts_of(laptop) == []


def test_the_anchor_never_knows_less_than_before(laptop):
    """Two windows on one machine: the one that was opened first does not make the other's steps forgotten."""
    first, second = laptop.open(), laptop.open()
    pay(first, room="1-1-101")
    pay(second, room="1-1-101")
    first.anchor.keep(first.db)
    kept = json.loads(first.anchor.path.read_text(encoding="utf-8"))
    assert kept["heads"][first.device][0] == 4
    first.anchor.write({"project": "车棚"})
    pay(second, room="1-1-101")
    assert second.anchor.kept["project"] == "车棚"
    for book in (first, second):
        book.close()


def test_heads_are_compared_with_every_chain_not_only_ones_own(laptop, zaoyuan):
    second = another(laptop, "b")
    pay_on(second)
    merge(laptop, second)
    old = copy(laptop, "old")
    pay_on(second)
    merge(laptop, second)
    assert "B had" in zaoyuan("undo -y --json", **on(old)).error["message"]


def test_no_letter_is_left_after_z(laptop, monkeypatch):
    monkeypatch.setattr(devices, "LETTERS", "AB")
    second = another(laptop, "b")
    third = copy(second, "c", "home-c")
    book = third.open()
    with pytest.raises(Refusal, match="none is left"):
        devices.add(book)
    book.close()
