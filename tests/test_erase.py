"""Erasing a person: their values leave the file for ever, and every chain, sum and number stays (design: Erase)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import Runner
from roll import HOUSES, begin, take_in

from tests.prepared import once

GONE = ("王桂兰", "13812341234", "晋A12345", '"initials":"wy g l"')


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    assert zaoyuan("household vehicle 3-2-501 晋A12345").ok
    return zaoyuan


def id_of(book: Runner, name: str, **where: Any) -> str:
    return str(book(f"person show {name} --json", **where).ok.json["person"])


def erase(book: Runner, name: str = "王桂兰", more: str = "", **where: Any) -> dict[str, Any]:
    answer: dict[str, Any] = book(f"person erase {name} --confirm {name} --json {more}", **where).ok.json
    return answer


def holds(path: Path, *words: str) -> list[str]:
    """The words that stand somewhere in a file."""
    data = path.read_bytes()
    return [word for word in words if word.encode() in data]


def chain(path: Path) -> list[Any]:
    db = sqlite3.connect(path)
    found = db.execute("SELECT lamport, device, hash FROM command ORDER BY lamport, device").fetchall()
    found += db.execute("SELECT kind, body, private FROM event ORDER BY id").fetchall()
    db.close()
    return found


def second(book: Runner) -> dict[str, Path]:
    """Another laptop with a copy and a letter of its own, which the first knows of."""
    other = {"home": book.folder / "home-b", "book": book.folder / "b.db"}
    shutil.copyfile(book.book, other["book"])
    assert book("--who 张建国 device add", **other).ok
    assert book(f"merge {other['book']}").ok
    return other


def test_nothing_of_the_person_is_left_in_the_file(book: Runner) -> None:
    assert holds(book.book, *GONE) == list(GONE)
    before = chain(book.book)
    answer = erase(book)
    assert (answer["what"], answer["values"], answer["person"]) == ("everything", 3, "pA5")
    assert holds(book.book, *GONE) == []
    assert [row for row in before if row not in chain(book.book)] == []
    assert (book("check").code, book("check").out) == (0, "")


def test_what_was_done_with_them_stays_and_shows_that_they_are_erased(book: Runner) -> None:
    assert book("pay 3-2-501 50 --fund 众筹专项 --gift").ok
    assert book("body add 业委会").ok
    assert book("role set 王桂兰 委员 --from 2021-01-01 --until 2022-01-01").ok
    before = book("fund list --json").ok.json
    id = id_of(book, "王桂兰")
    erase(book)
    assert book("fund list --json").ok.json == before
    shown = book(f"person show {id} --json").ok.json
    assert (shown["name"], shown["phone"], shown["rooms"]) == ("〔已删除〕", None, ["3-2-501", "3-2-601"])
    assert [one["role"] for one in shown["offices"]] == ["member"]
    assert book("household show 3-2-501 --json").ok.json["owner"] == "〔已删除〕"
    assert book("receipt list --json").ok.json["totals"]["amount"] == "50.00"
    assert book("household list --json").ok.json["totals"]["voters"] == 10
    assert "〔已删除〕" in book("household list").ok.out


@pytest.mark.parametrize("typed", ["王桂兰", "wgl", "1234", "桂兰"])
def test_they_are_found_by_nothing_any_more(book: Runner, typed: str) -> None:
    erase(book)
    assert book(f"person show {typed} --yes --json").error["code"] == "not_found"
    assert book(f"find {typed} --json").ok.json["rows"] == []


def test_it_is_grave_and_cannot_be_undone(book: Runner) -> None:
    refused = book("person erase 王桂兰 --yes --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "confirm")
    assert book("person erase 王桂兰 --confirm 王桂 --json").code == 2
    assert book("person erase 王桂兰", tty=True, input="不\n").code == 130
    assert holds(book.book, "王桂兰")
    assert book("person erase 王桂兰", tty=True, input="王桂兰\n").ok
    step = book("log --limit 1 --json").ok.json["rows"][0]
    assert (step["verb"], holds(book.book, *GONE)) == ("person erase", [])
    assert book(f"undo {step['step']} --yes --json").error["code"] == "refused"
    assert book("undo --yes --json").error["value"] == step["step"]
    assert book("check").code == 0


def test_a_rehearsal_tells_and_writes_nothing(book: Runner) -> None:
    assert book("pay 3-2-501 50 --fund 众筹专项 --gift -n 王桂兰的女儿交").ok
    before = book.book.read_bytes()
    told = book("person erase 王桂兰 --dry-run --json").ok.json
    assert (told["what"], told["values"], told["dry_run"]) == ("everything", 3, True)
    assert [(one["number"], one["field"], one["text"]) for one in told["mentions"]] == [
        ("A2022-0001", "note", "王桂兰的女儿交")
    ]
    assert book.book.read_bytes() == before


def test_an_erased_id_takes_nothing_new(book: Runner) -> None:
    erase(book)
    for line in (
        "person edit pA5 --phone 13811112222", "person edit pA5 --name 王桂兰", "person merge pA1 pA5 --yes",
        "person consent pA5 --what name", "household vehicle 3-2-501 晋B1", "person erase pA5 --confirm x",
    ):  # fmt: skip
        assert book(line + " --json").error["code"] == "erased", line
    assert book("person add 王桂兰 --phone 13812341234 --json").ok.json["person"] != "pA5"


def test_who_owes_or_holds_an_office_loses_the_telephone_only(book: Runner) -> None:
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes").ok
    assert book("body add 业委会").ok
    assert book("role set 张建国 主任").ok
    owing, officer = erase(book), erase(book, "张建国", "--lang zh")
    assert (owing["what"], officer["what"]) == ("contact", "contact")
    assert owing["why"] == ["3-2-501 owes 100.00 for 车棚."]
    assert officer["why"][-1] == "仍在担任主任（业委会）。"
    assert holds(book.book, "13812341234", "13700005678", "晋A12345") == []
    assert book("person show 王桂兰 --json").ok.json["phone"] is None
    assert book("person show wgl --yes --json").ok.json["name"] == "王桂兰"
    assert book("person erase 王桂兰 --confirm 王桂兰 --json").error["code"] == "refused"
    assert book("pay 3-2-501 -p 车棚").ok
    assert erase(book)["what"] == "everything"
    assert (book("check").code, holds(book.book, *GONE)) == (0, [])


def test_a_telephone_can_go_alone_and_another_come(book: Runner) -> None:
    assert erase(book, more="--contact")["what"] == "contact"
    assert holds(book.book, *GONE) == [GONE[0], GONE[3]]
    assert book("person edit 王桂兰 --phone 13911110000").ok
    assert book("person show 王桂兰 --full --yes --json").ok.json["phone"] == "13911110000"
    assert book("check").code == 0


# ---- texts that name them


MINUTES = """+++
date = 2022-05-20
body = "业委会"
title = "五月例会"
chair = "韩梅"
present = ["韩梅"]
+++
# 车棚
王桂兰说棚顶漏雨。
"""


def minutes(book: Runner) -> None:
    paper = book.folder / "minutes.md"
    paper.write_text(MINUTES, encoding="utf-8")
    assert book("body add 业委会 --from 2022-01-01").ok
    assert book(f"meeting add -f {paper} --yes").ok


def test_texts_that_name_them_are_redacted_on_a_yes(book: Runner) -> None:
    minutes(book)
    assert book("pay 3-2-502 10 --fund 众筹专项 --gift --payer 王桂兰").ok
    assert book("task add 给王桂兰送票 --by 韩梅 --due 6-10").ok
    found = book("person erase 王桂兰 --dry-run --json").ok.json["mentions"]
    assert [one["verb"] for one in found] == ["meeting add", "pay", "task add"]
    refused = book("person erase 王桂兰 --confirm 王桂兰 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "redact")
    answer = erase(book, more="--redact all")
    assert (len(answer["redacted"]), holds(book.book, *GONE)) == (3, [])
    assert book("check").code == 0
    assert book("task list --json").ok.json["rows"][0]["text"] == "〔已删除〕"
    assert "〔已删除〕" in book("meeting show MA2022-1").ok.out
    assert book("receipt show 1 --json").ok.json["amount"] == "10.00"
    assert book("find 漏雨 --json").ok.json["rows"] == []


def test_each_text_is_asked_about(book: Runner) -> None:
    assert book("task add 给王桂兰送票 --by 韩梅 --due 6-10").ok
    assert book("task add 请王桂兰看棚 --by 韩梅 --due 6-11").ok
    answer = book("person erase 王桂兰", tty=True, input="王桂兰\n好\nn\n").ok
    assert "1 text went" in answer.out
    assert [one["text"] for one in book("task list --json").ok.json["rows"]] == ["〔已删除〕", "请王桂兰看棚"]
    steps = [one["step"] for one in book("log --json").ok.json["rows"] if one["verb"] == "task add"]
    assert answer.err.splitlines()[-1].endswith(f"Texts that still name them: {steps[0]}")


def test_only_the_texts_named_go(book: Runner) -> None:
    assert book("task add 给王桂兰送票 --by 韩梅 --due 6-10").ok
    assert book("task add 请王桂兰看棚 --by 韩梅 --due 6-11").ok
    steps = [one["step"] for one in book("log --json").ok.json["rows"] if one["verb"] == "task add"]
    assert book("person erase 王桂兰 --confirm 王桂兰 --redact A999 --json").error["field"] == "redact"
    assert erase(book, more=f"--redact {steps[0].lower()}")["redacted"] == [steps[0]]
    assert [one["text"] for one in book("task list --json").ok.json["rows"]] == ["给王桂兰送票", "〔已删除〕"]


def test_what_was_undone_is_erased_as_well(book: Runner) -> None:
    assert book("person edit 王桂兰 --phone 13899990000").ok
    assert book("undo --yes").ok
    assert book("pay 3-2-501 50 --fund 众筹专项 --gift -n 王桂兰补交").ok
    assert book("undo --yes").ok
    erase(book, more="--yes")
    assert holds(book.book, *GONE, "13899990000", "补交") == []
    assert book("redo --yes").ok
    assert (book("receipt show 1 --json").ok.json["note"], book("check").code) == (None, 0)


def test_names_in_the_chain_itself_are_told(book: Runner) -> None:
    """A name of a thing is public and stands in the chain."""
    assert book("project add 王桂兰家门前 --fund 众筹专项").ok
    assert len(erase(book)["stays"]) == 1


def test_both_entries_of_one_person_go(book: Runner) -> None:
    other = book("person add 王桂花 --phone 13844445555 --json").ok.json["person"]
    assert book(f"person merge {other} pA5 --yes").ok
    erase(book)
    assert holds(book.book, *GONE, "王桂花", "13844445555") == []
    assert book("check").code == 0


# ---- copies


def test_copies_that_still_hold_them_are_listed(book: Runner) -> None:
    assert book("backup").ok
    assert book(f"backup {book.folder / 'stick'}").ok
    shutil.copyfile(book.book, book.folder / "zaoyuan-before-restore-2022-05-01-100000.db")
    book.home.mkdir(exist_ok=True)
    (book.home / "config.toml").write_text(f'backup_dir = "{book.folder / "stick"}"\n', encoding="utf-8")
    answer = erase(book)
    assert [Path(path).parent.name for path in answer["backups"]] == ["backups", "stick", book.folder.name]
    assert book("backup --json").ok.json["steps"] == len(book("log --json").ok.json["rows"])


def test_an_old_copy_merged_later_brings_nothing_back(book: Runner) -> None:
    other = second(book)
    erase(book)
    assert book("pay 3-2-601 20 --fund 众筹专项 --gift", **other).ok
    assert book(f"merge {other['book']} --json").ok.json["erased"] == []
    assert (holds(book.book, *GONE), book("check").code) == ([], 0)
    assert holds(other["book"], *GONE) == list(GONE)
    assert book(f"merge {book.book}", **other).ok
    assert (holds(other["book"], *GONE), book("check", **other).code) == ([], 0)
    assert book("person show pA5 --json", **other).ok.json["name"] == "〔已删除〕"


@pytest.mark.parametrize("more", ["", "--contact"])
def test_an_erasure_wins_over_a_concurrent_edit(book: Runner, more: str) -> None:
    """Sequence 6: one edited the phone, the other erased the person; nothing is stored, and it is said without it."""
    other = second(book)
    assert book("person edit 王桂兰 --phone 13866667777", **other).ok
    edited = book("log --limit 1 --json", **other).ok.json["rows"][0]["step"]
    erase(book, more=more)
    told = book(f"merge {other['book']} --json").ok
    assert told.json["erased"] == [edited]
    assert "13866667777" not in told.out
    assert edited in told.json["warnings"][0]
    assert book(f"merge {book.book} --json", **other).ok.json["erased"] == [edited]
    for where in ({}, other):
        assert holds(where.get("book", book.book), "13866667777", "13812341234") == []
        assert (book("check", **where).code, book("conflict list --json", **where).ok.json["rows"]) == (0, [])
    shown = [book("person show pA5 --json", **where).ok.json for where in ({}, other)]
    assert shown[0] == shown[1]
    assert shown[0]["phone"] is None


def test_a_telephone_entered_after_the_erasure_was_known_stays(book: Runner) -> None:
    other = second(book)
    erase(book, more="--contact")
    assert book(f"merge {book.book}", **other).ok
    assert book("person edit 王桂兰 --phone 13866667777", **other).ok
    assert book(f"merge {other['book']} --json").ok.json["erased"] == []
    assert book("person show 王桂兰 --full --yes --json").ok.json["phone"] == "13866667777"


def test_both_may_erase_the_same_person(book: Runner) -> None:
    other = second(book)
    erase(book)
    assert book("person erase 王桂兰 --confirm 王桂兰", **other).ok
    assert book(f"merge {other['book']}").ok
    assert book(f"merge {book.book}", **other).ok
    for where in ({}, other):
        assert (book("check", **where).code, holds(where.get("book", book.book), *GONE)) == (0, [])


def test_an_events_file_of_before_brings_nothing_back(book: Runner) -> None:
    other = second(book)
    assert book("pay 3-2-601 20 --fund 众筹专项 --gift", **other).ok
    file = book.folder / "b.events"
    assert book(f"export events -o {file}", **other).ok
    erase(book)
    assert book(f"merge {file}").ok
    assert (holds(book.book, *GONE), book("check").code) == ([], 0)
    after = book.folder / "after.events"
    assert book(f"export events -o {after}").ok
    assert holds(after, "王桂兰", "13812341234", "晋A12345") == []
    carried = [json.loads(line) for line in after.read_text(encoding="utf-8").splitlines()]
    assert any(event["kind"] == "people.erased.v1" for line in carried for event in line.get("events", []))


@pytest.mark.altered
def test_values_put_back_by_hand_are_found(book: Runner) -> None:
    shutil.copyfile(book.book, book.folder / "old.db")
    erase(book)
    db = sqlite3.connect(book.book)
    db.execute("ATTACH ? AS old", [str(book.folder / "old.db")])
    db.execute("INSERT OR IGNORE INTO private SELECT * FROM old.private")
    db.commit()
    db.close()
    codes = {one["code"] for one in book("check --json").json["problems"]}
    assert "erased" in codes


def test_the_book_as_known_before_shows_no_more_than_now(book: Runner) -> None:
    book.now = "2022-06-10T12:00:00+08:00"
    erase(book)
    before = book("household list --known-on 2022-06-01 --json").ok.json["rows"]
    assert [one["owner"] for one in before if one["room"] == "3-2-501"] == ["〔已删除〕"]


@pytest.mark.parametrize("more", ["", "--contact"])
def test_the_old_roster_brings_nobody_back(book: Runner, more: str) -> None:
    erase(book, more=more)
    answer = take_in(book, HOUSES)
    assert (answer["new"], answer["changed"], answer["differs"]) == (0, 0, 2)
    assert holds(book.book, "13812341234") == []
    assert book("person show pA5 --json").ok.json["phone"] is None
    assert len(book("person list --json").ok.json["rows"]) == 11


def test_a_door_that_left_the_roll_does_not_come_back_with_a_roster(book: Runner) -> None:
    assert book("household close 5-2-101 --reason 拆除").ok
    answer = take_in(book, HOUSES)
    assert (answer["new"], answer["changed"], answer["unchanged"], answer["differs"]) == (0, 0, 11, 1)


def test_a_laptop_that_comes_late_takes_in_what_was_erased_long_ago(book: Runner) -> None:
    """A step whose private values are gone is taken in whole: an edit of it has nothing left but what it saw."""
    other = second(book)
    assert book("person edit 王桂兰 --phone 13866667777").ok
    erase(book)
    assert book(f"merge {book.book}", **other).ok
    assert (holds(other["book"], *GONE, "13866667777"), book("check", **other).code) == ([], 0)
