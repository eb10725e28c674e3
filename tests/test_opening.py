"""What is not a book gets its own words, exit code 4, and is not touched."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from laptops import Laptop, add_household, found, pay, picture

from zaoyuan_cli.book import opening
from zaoyuan_cli.errors import BookUnreadable

altered = pytest.mark.altered


@pytest.fixture
def laptop(zaoyuan) -> Laptop:
    """A book with a door and a payment, where `zaoyuan(...)` finds it."""
    first = found(zaoyuan.folder)
    zaoyuan.book, zaoyuan.home = first.path, first.home
    book = first.open()
    add_household(book, 0, "1-1-101")
    pay(book, room="1-1-101")
    book.close()
    return first


def refused(zaoyuan, words: str, line: str = "log") -> dict:
    """Both in words and in JSON; reading and writing alike."""
    for command in (line, "undo --yes", "check"):
        answer = zaoyuan(f"{command} --json")
        assert answer.code == 4, answer
        assert answer.error["code"] == "book"
        assert words in answer.error["message"]
    assert words in zaoyuan(line).err
    assert "Traceback" not in zaoyuan(line).err
    return answer.error


def content(path: Path) -> bytes:
    return path.read_bytes()


def test_no_book_there(zaoyuan):
    error = refused(zaoyuan, "There is no book at")
    assert "zaoyuan init" in error["hint"]
    assert "--demo" in error["hint"]
    assert not zaoyuan.book.exists()


def test_no_folder_there(zaoyuan):
    zaoyuan.book = zaoyuan.folder / "nowhere" / "zaoyuan.db"
    refused(zaoyuan, "There is no book at")
    assert not zaoyuan.book.parent.exists()


def test_a_folder(zaoyuan):
    zaoyuan.book.mkdir()
    refused(zaoyuan, "is a folder, not a book")


def test_an_empty_file(zaoyuan):
    """SQLite would take it for an empty book and write into it."""
    zaoyuan.book.touch()
    error = refused(zaoyuan, "is empty, not a book")
    assert "restore" in error["hint"]
    assert content(zaoyuan.book) == b""


def test_a_text(zaoyuan):
    zaoyuan.book.write_text("房号,户主\n3-2-501,王桂兰\n" * 100, encoding="utf-8")
    before = content(zaoyuan.book)
    refused(zaoyuan, "is not a database")
    assert content(zaoyuan.book) == before


def test_the_database_of_another_program(zaoyuan):
    db = sqlite3.connect(zaoyuan.book)
    db.execute("CREATE TABLE book (id TEXT)")
    db.commit()
    db.close()
    before = content(zaoyuan.book)
    refused(zaoyuan, "database of another program")
    assert content(zaoyuan.book) == before


@altered
@pytest.mark.parametrize("part", [0.02, 0.1, 0.37, 0.5, 0.75, 0.99])
def test_a_book_cut_short(laptop, zaoyuan, part):
    whole = content(laptop.path)
    laptop.path.write_bytes(whole[: int(len(whole) * part)])
    before = content(laptop.path)
    error = refused(zaoyuan, "is damaged or was cut short")
    assert "restore" in error["hint"]
    assert content(laptop.path) == before


@altered
def test_a_few_bytes(laptop, zaoyuan):
    laptop.path.write_bytes(content(laptop.path)[:10])
    refused(zaoyuan, "is not a database")


@altered
@pytest.mark.parametrize("page", range(2, 40, 3))
def test_a_page_of_rubbish_is_never_read_as_good(laptop, zaoyuan, page):
    """Each third page overwritten: every command refuses, or `check` names it; nothing crashes."""
    data = bytearray(content(laptop.path))
    data[page * 4096 : page * 4096 + 4096] = bytes(range(256)) * 16
    laptop.path.write_bytes(data)
    answer = zaoyuan("check --json")
    assert answer.code in (3, 4)
    if answer.code == 3:
        assert answer.json["problems"]
    assert zaoyuan("log").code in (0, 4)


@altered
def test_one_byte_changed_anywhere_is_named_or_does_no_harm(laptop, zaoyuan):
    """Forty places that hold something: never a traceback, never a wrong figure that passes for good."""
    whole, good = content(laptop.path), picture(laptop)
    chance = random.Random(7)
    found_out = 0
    for offset in chance.sample([place for place in range(100, len(whole)) if whole[place]], 40):
        data = bytearray(whole)
        data[offset] ^= 1 << chance.randrange(8)
        laptop.path.write_bytes(data)
        answer = zaoyuan("check --json")
        assert answer.code in (0, 3, 4), (offset, answer)
        if answer.code:
            found_out += 1
            laptop.path.write_bytes(whole)
            continue
        assert picture(laptop) == good, offset  # it was in a free place of a page
    assert found_out


@pytest.mark.altered
@pytest.mark.parametrize("words", [b"CREATE TABLE command", b"CREATE TABLE book", b"CREATE TABLE contribution"])
def test_a_damaged_schema_is_said_in_words(laptop, zaoyuan, words):
    """SQLite complains of it in bytes that are no text, which Python cannot even raise."""
    whole = content(laptop.path)
    at = whole.index(words)
    laptop.path.write_bytes(whole[: at + 3] + b"\xff" + whole[at + 4 :])
    answer = zaoyuan("check --json")
    assert answer.code == 4, answer
    assert answer.error["code"] == "book"


@pytest.mark.altered
def test_text_that_is_no_text_any_more_is_damage(laptop, zaoyuan):
    """Python cannot decode it: `check` names it, every other command says so with exit 4."""
    db = sqlite3.connect(laptop.path)
    db.execute("DROP TRIGGER command_UPDATE")
    db.execute("UPDATE command SET verb = CAST(x'ff41' AS TEXT) WHERE lamport = 2")
    db.commit()
    db.close()
    checked = zaoyuan("check --json")
    assert (checked.code, "file" in {one["code"] for one in checked.json["problems"]}) == (3, True)
    listed = zaoyuan("log --json")
    assert (listed.code, listed.error["code"]) == (4, "book")


def test_a_pipe(zaoyuan):
    os.mkfifo(zaoyuan.book)
    refused(zaoyuan, "is not an ordinary file")


def test_a_ledger_of_a_newer_program_can_be_read(laptop, zaoyuan):
    """The journal is the same; the ledger is derived anew, in memory."""
    db = sqlite3.connect(laptop.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = content(laptop.path)
    assert [one["step"] for one in zaoyuan("log --json").ok.json["rows"]] == ["A3", "A2", "A1"]
    answer = zaoyuan("undo --yes --json")
    assert (answer.code, "newer version" in answer.error["message"]) == (4, True)
    assert content(laptop.path) == before


def test_a_ledger_of_an_older_program_is_derived_anew(laptop, zaoyuan):
    db = sqlite3.connect(laptop.path)
    db.execute("PRAGMA user_version = 0")
    db.execute("DROP TABLE contribution")
    db.commit()
    db.close()
    zaoyuan("check").ok  # noqa: B018
    assert zaoyuan("undo --yes --json").ok.json["numbers"] == ["A2022-0001"]


def test_a_locked_book(laptop, zaoyuan, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    db = sqlite3.connect(laptop.path, isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    try:
        error = refused(zaoyuan, "is in use by another program")
        assert "try again" in error["hint"]
    finally:
        db.execute("ROLLBACK")
        db.close()
    assert zaoyuan("undo --yes").code == 0


def test_a_book_being_written_can_be_read_meanwhile(laptop, zaoyuan, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    db = sqlite3.connect(laptop.path, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    try:
        assert len(zaoyuan("log --json").ok.json["rows"]) == 3
        assert zaoyuan("undo --yes --json").error["code"] == "book"
    finally:
        db.execute("ROLLBACK")
        db.close()


def test_a_write_protected_book_can_be_read(laptop, zaoyuan, monkeypatch):
    """A stick with its switch pushed, a folder of somebody else: reports still work."""
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))  # also where root tests
    before = content(laptop.path)
    assert len(zaoyuan("log --json").ok.json["rows"]) == 3
    assert zaoyuan("check").ok.out == ""
    for line in ("undo --yes", "device add --yes", "rebuild", "conflict settle x", "device retire B --yes"):
        answer = zaoyuan(f"{line} --json")
        assert answer.code in (1, 4), line
        assert content(laptop.path) == before
    answer = zaoyuan("undo --yes")
    assert (answer.code, "write-protected" in answer.err) == (4, True)


def test_a_pulled_plug_is_rolled_back_at_the_next_opening(laptop, zaoyuan, tmp_path):
    """A writer killed within its transaction leaves a hot journal beside the book."""
    before = zaoyuan("log --json").ok.json
    killed = (
        "import sqlite3, sys, os\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA cache_size = 1')\n"
        "db.execute('BEGIN IMMEDIATE')\n"
        "db.execute('UPDATE entry SET fen = fen + 1')\n"
        "db.execute('CREATE TABLE much AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)"
        " SELECT i, hex(randomblob(40)) AS t FROM n')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(laptop.path)], check=False)
    assert laptop.path.with_name(laptop.path.name + "-journal").exists()
    assert zaoyuan("log --json").ok.json == before
    assert zaoyuan("check").ok.out == ""


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"])
def test_what_sqlite_says_has_words(name):
    error = sqlite3.OperationalError("something")
    error.sqlite_errorname = name
    refusal = opening.unreadable(error, Path("zaoyuan.db"))
    assert isinstance(refusal, BookUnreadable)
    assert "zaoyuan.db" in refusal.message
