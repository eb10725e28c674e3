"""Copies of the book: dated, verified, and put back without ever leaving half a book."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest
from laptops import Laptop, add_household, another, found, merge, pay, picture

from zaoyuan_cli.book import backups, opening

altered = pytest.mark.altered


@pytest.fixture
def laptop(zaoyuan) -> Laptop:
    first = found(zaoyuan.folder)
    zaoyuan.book, zaoyuan.home = first.path, first.home
    book = first.open()
    add_household(book, 0, "1-1-101")
    pay(book, room="1-1-101")
    book.close()
    return first


def pay_on(laptop: Laptop) -> str:
    book = laptop.open()
    try:
        return pay(book, room="1-1-101")
    finally:
        book.close()


def backup(zaoyuan, *words: str) -> Path:
    return Path(zaoyuan(["backup", *words, "--json"]).ok.json["path"])


def left_over(folder: Path) -> list[str]:
    """Unfinished files."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".") or path.name.endswith("-journal")]


# ---- backup


def test_a_backup_is_a_dated_copy_for_its_owner_only(laptop, zaoyuan):
    copy = backup(zaoyuan)
    assert copy.parent == laptop.path.parent / "backups"
    assert copy.name.startswith("枣园小区-")
    assert copy.name.endswith("-2022-05-31-120000.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert picture(at_path(copy, laptop)) == picture(laptop)
    assert left_over(copy.parent) == []
    again = backup(zaoyuan)
    assert again != copy  # never over another


def at_path(path: Path, laptop: Laptop) -> Laptop:
    other = Laptop(path.parent, path.stem)
    other.home = laptop.home
    return other


def test_where_backups_go_is_said_or_set(laptop, zaoyuan, tmp_path):
    assert backup(zaoyuan, str(tmp_path / "stick")).parent == tmp_path / "stick"
    zaoyuan(["config", "set", "backup_dir", str(tmp_path / "set")]).ok  # noqa: B018
    assert backup(zaoyuan).parent == tmp_path / "set"


def test_the_newest_thirty_are_kept_and_nothing_else_is_touched(laptop, zaoyuan, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    mine = folder / "照片.jpg"
    mine.write_bytes(b"x")
    other = folder / "别的小区-abcdef-2020-01-01-120000.db"
    other.write_bytes(b"x")
    book = laptop.open()
    made = [backups.make(book, folder, keep=3) for _time in range(5)]
    book.close()
    kept = sorted(path.name for path in folder.glob("枣园小区-*.db"))
    assert len(kept) == 3
    assert kept == sorted(one.path.name for one in made[-3:])
    assert [len(one.removed) for one in made] == [0, 0, 0, 1, 1]
    assert mine.exists()
    assert other.exists()
    assert backups.KEPT == 30


def test_a_read_only_book_is_backed_up_all_the_same(laptop, zaoyuan):
    shutil.rmtree(laptop.home)
    assert backup(zaoyuan).exists()


@altered
def test_a_damaged_book_gives_no_backup(laptop, zaoyuan):
    """A copy that cannot be trusted is worse than the words that say so."""
    db = sqlite3.connect(laptop.path)
    db.execute("DROP TRIGGER event_UPDATE")
    db.execute("UPDATE event SET body = replace(body, '10000', '90000')")
    db.commit()
    db.close()
    answer = zaoyuan("backup --json")
    assert answer.code == 4
    assert "altered at step A3" in answer.error["message"]
    assert list((laptop.path.parent / "backups").iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(laptop, zaoyuan, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**6, 10**6, 1000))
    answer = zaoyuan("backup --json")
    assert (answer.code, answer.error["code"]) == (5, "file")
    assert "no room on the disk" in answer.error["message"]
    assert list((laptop.path.parent / "backups").iterdir()) == []


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_WRITE"])
def test_a_disk_that_fills_while_copying_leaves_nothing(laptop, zaoyuan, monkeypatch, name):
    def full(*_args):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = name
        raise error

    monkeypatch.setattr(backups, "_copy", full)
    answer = zaoyuan("backup --json")
    assert (answer.code, "no room on the disk" in answer.error["message"]) == (5, True)
    assert list((laptop.path.parent / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(laptop, zaoyuan, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    answer = zaoyuan(["backup", str(tmp_path / "file" / "in it"), "--json"])
    assert (answer.code, answer.error["code"]) == (5, "file")


# ---- restore


def test_restoring_keeps_the_present_book_beside(laptop, zaoyuan):
    copy = backup(zaoyuan)
    then = picture(laptop)
    pay_on(laptop)
    now = picture(laptop)
    answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json
    assert picture(laptop) == then
    saved = Path(answer["saved"])
    assert saved.name == "a-before-restore-2022-05-31-120000.db"
    assert picture(at_path(saved, laptop)) == now
    assert laptop.path.stat().st_mode & 0o777 == 0o600
    assert left_over(laptop.path.parent) == []


def test_an_older_copy_opens_read_only_until_it_is_merged(laptop, zaoyuan):
    """When things meet, 11."""
    copy = backup(zaoyuan)
    assert pay_on(laptop) == "A2022-0002"
    answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json
    assert "A had 4 steps, this copy ends at 3" in answer["readonly"]
    assert zaoyuan("undo --yes").code == 4
    zaoyuan(["merge", answer["saved"]]).ok  # noqa: B018
    assert pay_on(laptop) == "A2022-0003"


def test_the_same_copy_put_back_can_be_written(laptop, zaoyuan):
    copy = backup(zaoyuan)
    assert zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json["readonly"] is None
    assert pay_on(laptop) == "A2022-0002"


def test_the_estates_name_has_to_be_typed(laptop, zaoyuan):
    copy = str(backup(zaoyuan))
    pay_on(laptop)
    before = picture(laptop)
    for words in ([], ["--yes"], ["--confirm", "别的小区"]):
        answer = zaoyuan(["restore", copy, *words, "--json"])
        assert (answer.code, answer.error["code"], answer.error["field"]) == (2, "needs_yes", "confirm")
        assert "--confirm 枣园小区" in answer.error["hint"]
    assert zaoyuan(["restore", copy], input="枣园\n", tty=True).code == 130
    assert zaoyuan(["restore", copy, "--dry-run"]).ok.out.startswith("Sound")
    assert picture(laptop) == before
    assert zaoyuan(["restore", copy], input="枣园小区\n", tty=True).code == 0
    assert picture(laptop) != before


def test_a_lost_book_is_restored_where_nothing_is(laptop, zaoyuan):
    copy = backup(zaoyuan)
    laptop.path.unlink()
    answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json
    assert answer["saved"] is None
    assert zaoyuan("check").ok.out == ""


@altered
@pytest.mark.parametrize("damage", [b"", b"not a book at all", None])
def test_a_damaged_book_is_replaced_and_kept(laptop, zaoyuan, damage):
    copy = backup(zaoyuan)
    whole = laptop.path.read_bytes()
    damage = whole[: len(whole) // 3] if damage is None else damage
    laptop.path.write_bytes(damage)
    saved = Path(zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json["saved"])
    assert saved.read_bytes() == damage
    assert zaoyuan("check").ok.out == ""


@altered
def test_the_journal_of_a_damaged_book_is_not_played_into_the_restored_one(laptop, zaoyuan):
    """A hot journal left beside the path would be rolled back into whatever file has that name."""
    copy = backup(zaoyuan)
    good = picture(laptop)
    laptop.path.write_bytes(b"")
    beside = laptop.path.with_name(laptop.path.name + "-journal")
    beside.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000))
    saved = Path(zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"]).ok.json["saved"])
    assert not beside.exists()
    assert saved.with_name(saved.name + "-journal").exists()
    assert picture(laptop) == good


def test_another_estates_copy_is_refused(laptop, zaoyuan, tmp_path):
    (tmp_path / "other").mkdir()
    other = found(tmp_path / "other")
    answer = zaoyuan(["restore", str(other.path), "--confirm", "枣园小区", "--json"])
    assert (answer.code, "another book" in answer.error["message"]) == (1, True)


@altered
@pytest.mark.parametrize("how", ["cut", "altered", "ledger", "private", "text", "missing"])
def test_a_copy_that_is_not_sound_is_refused_before_anything_is_touched(laptop, zaoyuan, how):
    copy = backup(zaoyuan)
    pay_on(laptop)
    before = laptop.path.read_bytes()
    if how == "missing":
        copy.unlink()
    elif how == "text":
        copy.write_text("not a book", encoding="utf-8")
    elif how == "cut":
        copy.write_bytes(copy.read_bytes()[:-5000])
    else:
        db = sqlite3.connect(copy)
        db.execute("DROP TRIGGER event_UPDATE")
        db.execute({
            "altered": "UPDATE event SET body = replace(body, '10000', '90000')",
            "ledger": "UPDATE entry SET fen = 1",
            "private": "UPDATE private SET body = replace(body, '王桂兰', '李桂兰')",
        }[how])  # fmt: skip
        db.commit()
        db.close()
    answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"])
    assert answer.code in (4, 5)
    assert laptop.path.read_bytes() == before
    assert left_over(laptop.path.parent) == []
    assert not list(laptop.path.parent.glob("*before-restore*"))


def test_a_restore_that_fails_at_the_last_moment_leaves_the_book(laptop, zaoyuan, monkeypatch):
    copy = backup(zaoyuan)
    pay_on(laptop)
    before = picture(laptop)
    real = os.replace

    def fails(source, target):
        if Path(target) == laptop.path:
            raise OSError(28, "No space left on device")
        return real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fails)
        answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"])
    assert (answer.code, answer.error["code"]) == (5, "file")
    assert picture(laptop) == before
    assert left_over(laptop.path.parent) == []


def test_a_book_in_use_is_not_restored_over(laptop, zaoyuan, monkeypatch):
    copy = backup(zaoyuan)
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    db = sqlite3.connect(laptop.path, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    answer = zaoyuan(["restore", str(copy), "--confirm", "枣园小区", "--json"])
    db.execute("ROLLBACK")
    db.close()
    assert (answer.code, "in use" in answer.error["message"]) == (4, True)


def test_a_backup_is_a_book_to_merge_from(laptop, zaoyuan):
    """Any copy will do to bring a laptop up to date."""
    second = another(laptop, "b")
    pay_on(laptop)
    copy = backup(zaoyuan)
    merge(second, at_path(copy, laptop))
    assert "A2022-0002" in str(picture(second)["contribution"])
