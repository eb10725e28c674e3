"""What no book takes in by a merge, each in its own words, the book left as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from laptops import Laptop, another, do, found, lines_of, merge, merge_lines, pair, pay, picture

from zaoyuan_cli.book import devices, journal, merging
from zaoyuan_cli.errors import FileUnreadable, Refusal


@pytest.fixture
def laptops(tmp_path: Path) -> list[Laptop]:
    return pair(tmp_path)


def test_another_estates_book_is_refused(laptops, tmp_path):
    (tmp_path / "other").mkdir()
    other = found(tmp_path / "other")
    before = picture(laptops[0])
    with pytest.raises(Refusal, match="another estate"):
        merge(laptops[0], other)
    assert picture(laptops[0]) == before


def test_a_gap_in_a_chain_is_refused_and_named(laptops):
    first, second = laptops
    for _time in range(3):
        do(second, pay, 0, "1-1-101")
    lines = lines_of(second)
    before = picture(first)
    with pytest.raises(Refusal, match=r"step B\d+.*missing"):
        merge_lines(first, [*lines[:-2], lines[-1]])
    assert picture(first) == before
    merge_lines(first, [lines[0], *reversed(lines[1:]), *lines[1:]])  # any order, twice over: all the same
    assert picture(first) == picture(second)


def test_a_fork_is_refused_and_named(laptops):
    """The same device on two machines: a copy of the settings folder went along with the book."""
    first, _second = laptops
    twin = Laptop(first.path.parent, "twin")
    shutil.copyfile(first.path, twin.path)
    shutil.copytree(first.home, twin.home)
    do(first, pay, 0, "1-1-101", 100)
    do(twin, pay, 0, "1-1-101", 200)
    with pytest.raises(Refusal, match=r"forks at A\d+") as refused:
        merge(first, twin)
    assert refused.value.code == "conflict"
    assert refused.value.hint


def test_one_letter_taken_by_two_laptops_is_refused_and_named(laptops):
    first, _second = laptops
    rival = Laptop(first.path.parent, "rival")
    shutil.copyfile(first.path, rival.path)
    third = another(first, "c")
    book = rival.open()
    devices.add(book)
    book.close()
    merge(first, third)
    with pytest.raises(Refusal, match="two computers took the letter C"):
        merge(first, rival)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"zaoyuan": 9, "book": "x"}', '{"zaoyuan": 1, "book": "x"}\n{"lamport": "one"}', "房号,户主\n"],
)
def test_a_file_that_is_no_journal_is_refused(laptops, tmp_path, text):
    file = tmp_path / "strange.events"
    file.write_text(text, encoding="utf-8")
    book = laptops[0].open()
    with pytest.raises(FileUnreadable):
        merging.merge(book, file)
    book.close()


def test_an_altered_events_file_is_refused(laptops):
    first, second = laptops
    do(second, pay, 0, "1-1-101")
    lines = lines_of(second)
    with pytest.raises(Refusal, match="altered at step B"):
        merge_lines(first, [*lines[:-1], lines[-1].replace("10000", "20000")])
    with pytest.raises(Refusal, match="not the ones committed to"):
        merge_lines(first, [*lines[:-1], lines[-1].replace("王桂兰", "李桂兰")])
    assert do(first, lambda book: book.db.execute("SELECT count(*) FROM contribution").fetchone()[0]) == 0


def test_an_entry_no_program_could_have_written_is_refused(laptops):
    """A chain is easily made: what is inside must still be readable."""
    first, second = laptops
    do(second, pay, 0, "1-1-101")
    lines = lines_of(second)
    device = json.loads(lines[-1])["device"]
    last = journal.head(second.open().db, device)
    body = '{"number":"X","fen":"many"}'
    header = (last.lamport + 1, device, "2022-05-31T04:00:00Z", "pA1", "pay")
    digest = journal.opened(last.hash, *header)
    digest.update(journal.line("contributions.received.v1", body, None))
    forged = dict(zip(("lamport", "device", "at", "who", "verb"), header, strict=True)) | {
        "hash": digest.hexdigest(), "events": [{"kind": "contributions.received.v1", "body": body}]
    }  # fmt: skip
    with pytest.raises(Refusal, match="cannot be read"):
        merge_lines(first, [*lines, json.dumps(forged)])
