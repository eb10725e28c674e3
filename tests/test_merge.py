"""Two laptops without a server: whatever was done on them, merged in any order, they hold one and the same book."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from laptops import (
    ACTS,
    DAY,
    Laptop,
    act,
    add_household,
    another,
    assert_replayed,
    committee,
    conflicts_of,
    do,
    edit_household,
    found,
    lines_of,
    merge,
    merge_lines,
    pair,
    pay,
    picture,
    spend,
)

from zaoyuan_cli.book import Book, checking, conflicts, journal, merging, steps
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.households import HouseholdEdited

deeds = st.tuples(st.integers(0, 2), st.sampled_from([*ACTS, "merge", "pay", "door"]), st.integers(0, 11))


@settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(deeds, min_size=4, max_size=28), st.permutations([(0, 1), (1, 2), (2, 0)]))
@example(  # one door added on two laptops, paid on both: the second is unsettled with all that rests on it
    [(0, "door", 0), (1, "door", 0), (0, "pay", 0), (1, "pay", 0), (0, "merge", 1), (0, "undo", 3)],
    [(0, 1), (1, 2), (2, 0)],
)
@example(  # undone here, paid there
    [(0, "door", 0), (1, "merge", 0), (0, "undo", 1), (1, "pay", 0), (1, "edit", 1), (0, "merge", 1), (0, "redo", 0)],
    [(2, 0), (0, 1), (1, 2)],
)
def test_three_laptops_merged_in_any_order_hold_one_ledger(days, order):
    with tempfile.TemporaryDirectory() as folder:
        laptops = committee(Path(folder))
        for who, what, pick in days:
            if what == "merge":
                merge(laptops[who], laptops[pick % 3])
            else:
                book = laptops[who].open()
                act(book, what, pick)
                book.close()
            assert_replayed(laptops[who])
        for here, there in [*order, *order, *order]:  # twice round is enough; the third time nothing may change
            merge(laptops[here], laptops[there])
            assert_replayed(laptops[here])
        one, *others = map(picture, laptops)
        for other in others:
            assert other == one
        said = conflicts_of(laptops[0])
        assert conflicts_of(laptops[1]) == said
        assert conflicts_of(laptops[2]) == said


@pytest.fixture
def laptops(tmp_path: Path) -> list[Laptop]:
    return pair(tmp_path)


def undo_step(book: Book, name: str = "") -> str:
    target = steps.find(book, name)
    steps.undo(book, target)
    return target.step


def test_a_merge_is_idempotent_and_a_rehearsal_writes_nothing(laptops):
    first, second = laptops
    do(second, pay, 0, "1-1-101")
    before = picture(first)
    book = first.open()
    assert merging.merge(book, second.path, dry_run=True).commands == 1
    assert picture(first) == before
    assert merging.merge(book, second.path).commands == 1
    assert merging.merge(book, second.path).commands == 0
    book.close()
    assert picture(first) != before


def test_numbers_of_two_laptops_never_clash(laptops):
    first, second = laptops
    assert do(first, pay, 0, "1-1-101") == "A2022-0001"
    assert do(second, pay, 0, "1-1-101") == "B2022-0001"
    merge(first, second)
    assert conflicts_of(first) == []
    assert do(first, pay, 0, "1-1-101") == "A2022-0002"


def test_money_wins_over_an_undo_made_elsewhere_which_lies_idle(laptops):
    """When things meet, 1: money wins, the undo lies idle as a conflict."""
    first, second = laptops
    undone = do(first, undo_step, "A2")
    number = do(second, pay, 0, "1-1-101")
    merge(first, second)
    merge(second, first)
    for laptop in laptops:
        book = laptop.open()
        assert book.db.execute("SELECT number FROM contribution").fetchall() == [(number,)]
        (conflict,) = conflicts.listing(book)
        assert (conflict.key, conflict.kind) == (undone, "idle")
        book.close()
        assert_replayed(laptop)
    # once the payment is taken back, the undo does its work and nothing is open
    do(second, undo_step)
    merge(first, second)
    assert do(first, lambda book: book.db.execute("SELECT room FROM household").fetchall()) == []
    assert conflicts_of(first) == []


def test_money_revives_what_it_rests_on_and_nothing_else(laptops):
    """Of three doors whose entering was undone only the one that paid elsewhere stands again."""
    first, second = laptops
    for room in ("1-1-103", "1-1-102", "1-1-104"):
        do(first, add_household, 0, room)
    merge(second, first)
    for _ in range(3):
        do(first, undo_step)
    do(second, pay, 0, "1-1-102")
    merge(first, second)
    merge(second, first)
    for laptop in laptops:
        book = laptop.open()
        rooms = {room for (room,) in book.db.execute("SELECT room FROM household").fetchall()}
        assert rooms == {"1-1-101", "1-1-102"}
        (conflict,) = conflicts.listing(book)
        assert conflict.kind == "idle"
        book.close()
        assert_replayed(laptop)


def test_one_door_entered_twice_is_unsettled_until_a_person_settles_it(laptops):
    first, second = laptops
    do(first, add_household, 0, "1-1-102")
    do(second, add_household, 0, "1-1-102")
    merge(first, second)
    book = first.open()
    (conflict,) = conflicts.listing(book)
    assert conflict.kind == "unsettled"
    assert "cannot stand" in conflict.message
    assert [one.code for one in checking.problems(book)] == ["unsettled"]
    conflicts.settle(book, conflict.key, "同一户")
    assert conflicts.listing(book) == []
    assert checking.problems(book) == []
    book.close()
    merge(second, first)
    assert do(second, conflicts.listing) == []
    assert picture(first) == picture(second)


def test_undoing_the_one_lets_the_other_stand(laptops):
    first, second = laptops
    do(first, add_household, 0, "1-1-102")
    do(second, add_household, 0, "1-1-102")
    merge(first, second)
    do(first, undo_step)
    assert conflicts_of(first) == []
    rooms = do(first, lambda book: book.db.execute("SELECT room FROM household ORDER BY room").fetchall())
    assert rooms == [("1-1-101",), ("1-1-102",)]
    assert_replayed(first)


def test_one_field_edited_on_both_is_a_conflict_and_two_fields_are_none(laptops):
    first, second = laptops
    do(first, edit_household, 1)  # the state
    do(second, edit_household, 2)  # the e-bike
    merge(first, second)
    assert conflicts_of(first) == []
    merge(second, first)
    do(first, edit_household, 2)
    do(second, edit_household, 4)  # the same, said twice
    merge(first, second)
    merge(second, first)
    assert conflicts_of(first) == []
    do(first, edit_household, 2)
    do(second, edit_household, 6)  # and here something else
    merge(first, second)
    merge(second, first)
    ((key, kind, _message),) = conflicts_of(first)
    assert kind == "edits"
    assert key.startswith("household/1-1-101/ebike/")
    assert conflicts_of(second) == conflicts_of(first)


def test_an_edit_made_after_seeing_the_other_is_no_conflict(laptops):
    first, second = laptops
    do(first, edit_household, 2)
    merge(second, first)

    def again(book: Book) -> None:
        with book.writing("household edit"):
            saw = {"ebike": book.db.execute("SELECT step FROM change").fetchone()[0]}
            book.record(HouseholdEdited(room="1-1-101", on=DAY, changes={"ebike": False}, saw=saw))

    do(second, again)
    merge(first, second)
    assert conflicts_of(first) == []


def test_two_laptops_spending_the_last_of_a_fund_is_a_breach_that_counts(laptops):
    """When things meet, 5: both stay, the fund shows −100.00, `check` names it; it goes only when cured."""
    first, second = laptops
    do(first, pay, 0, "1-1-101", 10_000)
    merge(second, first)
    do(first, spend, 0, 10_000)
    do(second, spend, 0, 10_000)
    merge(first, second)
    total = do(
        first, lambda book: book.db.execute("SELECT sum(fen) FROM movement WHERE fund = '众筹专项'").fetchone()[0]
    )
    assert total == -10_000
    (problem,) = do(first, checking.problems)
    assert (problem.code, "众筹专项" in problem.message) == ("breach", True)
    key = problem.where
    with pytest.raises(Refusal):
        do(first, conflicts.settle, key)
    do(first, undo_step)
    assert do(first, checking.problems) == []


def test_a_kind_of_a_later_program_is_kept_passed_on_and_stops_writing(laptops):
    first, second = laptops
    last = lines_of(first)
    device = json.loads(last[-1])["device"]
    book = second.open()
    head = journal.head(book.db, device)
    book.close()
    body = '{"what":"somebody keeps bees"}'
    header = (head.lamport + 1, device, "2022-05-31T04:00:00Z", "pA1", "bees keep")
    digest = journal.opened(head.hash, *header)
    digest.update(journal.line("bees.kept.v1", body, None))
    strange = dict(zip(("lamport", "device", "at", "who", "verb"), header, strict=True)) | {
        "hash": digest.hexdigest(), "events": [{"kind": "bees.kept.v1", "body": body}]
    }  # fmt: skip
    lines = lines_of(second)
    target = first if device.startswith("B") else second
    merge_lines(target, [*lines, json.dumps(strange)])
    book = target.open()
    assert "newer version" in book.readonly
    with pytest.raises(Refusal, match="newer version"):
        pay(book, 0, "1-1-101")
    book.close()
    assert "bees.kept.v1" in lines_of(target)[-1]


def test_merging_through_an_events_file_or_a_book_is_the_same(laptops, tmp_path):
    first, second = laptops
    do(second, pay, 0, "1-1-101")
    third = another(first, "c")
    lines = lines_of(second)
    merge(first, second)
    merge_lines(third, lines)
    merge(third, first)
    merge(first, third)
    assert picture(first) == picture(third)


def test_files_are_taken_in_any_order_by_a_laptop_that_only_reads(tmp_path):
    """An auditor's laptop has no letter, and merges all the same."""
    first = found(tmp_path)
    do(first, add_household, 0, "1-1-101")
    blank = tmp_path / "blank.db"
    shutil.copyfile(first.path, blank)
    second = another(first, "b")
    merge(first, second)
    third = another(first, "c")
    for laptop in (second, third):
        do(laptop, add_household, 0, "1-1-201")
        do(laptop, pay, 0, "1-1-201")
    pictures = []
    for n, order in enumerate(itertools.permutations((first, second, third))):
        reader = Laptop(tmp_path, f"reader{n}")
        shutil.copyfile(blank, reader.path)
        for other in order:
            merge(reader, other)
        pictures.append(picture(reader))
        assert "no letter" in do(reader, lambda book: book.readonly)
    assert len({repr(sorted(one.items())) for one in pictures}) == 1


# ---- as people type it


def test_two_laptops_by_the_line(laptops, zaoyuan, tmp_path):
    """An evening: B sends its journal by WeChat, A rehearses, merges, and settles what two people entered."""
    first, second = laptops
    here, there = ({"book": one.path, "home": one.home} for one in laptops)
    do(first, add_household, 0, "1-1-102")
    do(second, add_household, 0, "1-1-102")
    file = tmp_path / "b.events"
    answer = zaoyuan(["export", "events", "-o", str(file), "--json"], **there).ok.json
    assert answer["lines"] == len(file.read_text(encoding="utf-8").splitlines()) == 5
    assert file.stat().st_mode & 0o777 == 0o600
    assert zaoyuan("export events", **there).ok.out == file.read_text(encoding="utf-8")
    rehearsed = zaoyuan(["merge", str(file), "--dry-run", "--json"], **here).ok.json
    assert (rehearsed["steps"], rehearsed["dry_run"], len(rehearsed["conflicts"])) == (1, True, 1)
    assert zaoyuan("conflict list --json", **here).ok.json["rows"] == []
    merged = zaoyuan(["merge", str(file), "--json"], **here).ok.json
    assert merged["conflicts"] == rehearsed["conflicts"]
    assert "√ Nothing new" in zaoyuan(["merge", str(file)], **here).ok.out
    assert zaoyuan("check --json", **here).json["problems"][0]["code"] == "unsettled"
    (row,) = zaoyuan("conflict list --json", **here).ok.json["rows"]
    assert zaoyuan("conflict settle nothing --json", **here).error["code"] == "not_found"
    assert zaoyuan(["conflict", "settle", row["key"], "-n", "同一户", "--json"], **here).ok.json["open"] == 0
    assert zaoyuan("check", **here).ok.out == ""
    assert "Nothing new" not in zaoyuan(["merge", str(first.path)], **there).ok.out
    assert picture(first) == picture(second)


def test_an_export_never_leaves_half_a_file(laptops, zaoyuan, tmp_path):
    here = {"book": laptops[0].path, "home": laptops[0].home}
    old = tmp_path / "a.events"
    old.write_text("as it was", encoding="utf-8")
    folder = tmp_path / "folder.events"
    folder.mkdir()
    (tmp_path / "link.events").symlink_to(old)
    for place in (folder, tmp_path / "nowhere" / "a.events", tmp_path / "link.events"):
        answer = zaoyuan(["export", "events", "-o", str(place), "--json"], **here)
        assert (answer.code, answer.error["code"]) == (5, "file")
    assert old.read_text(encoding="utf-8") == "as it was"


def test_what_cannot_be_merged_has_its_exit_code(laptops, zaoyuan, tmp_path):
    here = {"book": laptops[0].path, "home": laptops[0].home}
    text = tmp_path / "houses.csv"
    text.write_text("房号,户主\n", encoding="utf-8")
    (tmp_path / "gbk.csv").write_bytes("房号".encode("gbk"))
    for file, code in ((text, 5), (tmp_path / "gbk.csv", 5), (tmp_path / "nowhere.db", 5), (tmp_path, 5)):
        answer = zaoyuan(["merge", str(file), "--json"], **here)
        assert answer.code == code, answer
    cut = tmp_path / "cut.db"
    cut.write_bytes(laptops[1].path.read_bytes()[:9000])
    assert zaoyuan(["merge", str(cut), "--json"], **here).code == 4
    cut.unlink()
