"""People: one person, however many doors and offices; found as themselves where a person is wanted."""

from __future__ import annotations

import pytest
from conftest import Runner
from roll import begin


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    return zaoyuan


def everyone(book: Runner) -> dict[str, dict[str, object]]:
    return {row["person"]: row for row in book("person list --json").ok.json["rows"]}


def test_the_list_names_doors_and_masks_telephones(book: Runner) -> None:
    found = [row for row in everyone(book).values() if row["name"] == "王桂兰"]
    assert [(one["phone"], one["rooms"]) for one in found] == [("138****1234", ["3-2-501", "3-2-601"])]
    line = next(line for line in book("person list").ok.out.splitlines() if "王桂兰" in line)
    assert line.split()[1:4] == ["138****1234", "3-2-501", "3-2-601"]


def test_a_person_is_entered_once(book: Runner) -> None:
    first = book("person add 何秀英 --phone '139 1234 1234' --json").ok.json
    again = book("person add 何秀英 --phone +86-13912341234 --json").ok.json
    assert first["person"] == again["person"]
    other = book("person add 何秀英 --json").ok
    assert other.json["person"] != first["person"]
    assert first["person"] in other.json["warnings"][0]


def test_the_telephone_is_asked_for_at_the_keyboard(book: Runner) -> None:
    asked = book("person add 何秀英", tty=True, input="13912341234\n").ok
    assert "Telephone" in asked.err
    assert book("person show 何秀英 --json").ok.json["phone"] == "139****1234"
    assert book("person add 朱一凡", tty=True, input="\n").ok
    assert book("person show 朱一凡 --json").ok.json["phone"] is None


@pytest.mark.parametrize(("word", "code"), [("租户", "tenant"), ("family", "family")])
def test_those_who_live_there_without_owning_it(book: Runner, word: str, code: str) -> None:
    assert book(f"person add 何秀英 --room 3-2-502 --relation {word}").ok
    people = book("household show 3-2-502 --json").ok.json["people"]
    assert [(one["name"], one["relation"]) for one in people] == [("张建国", "owner"), ("何秀英", code)]
    assert book("household list --json").ok.json["rows"][5]["owner"] == "张建国"


def test_a_person_entered_as_owner_owns_the_door_beside_the_others(book: Runner) -> None:
    assert book("person add 何秀英 --room 3-2-502 --relation 业主").ok
    assert book("household list --json").ok.json["rows"][5]["owner"] == "张建国、何秀英"


@pytest.mark.parametrize("who", ["王桂兰", "3-2-501", "3号楼2单元601"])
def test_a_name_means_the_person_and_a_room_its_only_owner(book: Runner, who: str) -> None:
    assert book(["person", "show", who, "--json"]).ok.json["rooms"] == ["3-2-501", "3-2-601"]


@pytest.mark.parametrize("who", ["wgl", "王桂", "桂兰", "1234"])
def test_a_guess_needs_a_yes(book: Runner, who: str) -> None:
    assert book(["person", "edit", who, "--party", "--json"]).error["code"] == "needs_yes"
    assert book(["person", "show", who, "--yes", "--json"]).ok.json["name"] == "王桂兰"


def test_two_of_one_name_are_told_apart_by_id_or_room(book: Runner) -> None:
    refused = book("person show 李强 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "ambiguous", "person")
    ids = [one["key"] for one in refused.error["candidates"]]
    assert [everyone(book)[id]["rooms"] for id in ids] == [["1-1-201"], ["1-1-202"]]
    assert book(f"person show {ids[1]} --json").ok.json["rooms"] == ["1-1-202"]
    assert book("person show 1-1-201 --json").ok.json["person"] == ids[0]


def test_a_door_of_two_owners_names_neither(book: Runner) -> None:
    refused = book("person show 3-10-101 --json")
    assert {one["label"] for one in refused.error["candidates"]} == {"赵小丽", "孙磊"}


def test_who_is_not_there(book: Runner) -> None:
    assert book("person show 赵四 --json").error["field"] == "person"
    assert book("household add 6-1-101").ok
    for who in ("6-1-101", "3-2-510"):
        refused = book(f"person show {who} --json")
        assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "person")


def test_a_new_name_is_found_by_its_own_initials(book: Runner) -> None:
    assert book("person edit 3-2-502 --name 张家口 --phone 13712340000 --json").ok.json["changed"] == [
        "name", "phone", "initials"]  # fmt: skip
    assert book("person show zjk --yes --json").ok.json["phone"] == "137****0000"
    assert book("household show 张家口 --json").ok.json["room"] == "3-2-502"
    assert book("person show 张建国 --json").error["code"] == "not_found"


def test_initials_guessed_wrong_are_mended(book: Runner) -> None:
    assert book("person add 覃一凡").ok
    assert book("person edit 覃一凡 --py wyf --json").ok.json["changed"] == ["initials"]
    assert book("person show wyf --yes --json").ok.json["name"] == "覃一凡"
    assert book("person edit 覃一凡 --py 覃 --json").error["field"] == "py"


def test_a_telephone_can_be_taken_off_and_what_is_so_records_nothing(book: Runner) -> None:
    assert book("person edit 张建国 --phone - --json").ok.json["phone"] is None
    steps = book("log --json").ok.json["rows"]
    assert book("person edit 张建国 --phone - --json").ok.json["changed"] == []
    assert book("log --json").ok.json["rows"] == steps


@pytest.mark.parametrize("phone", ["12", "1381234123x", "1" * 16])
def test_what_is_no_telephone_is_refused(book: Runner, phone: str) -> None:
    refused = book(f"person edit 张建国 --phone {phone} --json")
    assert (refused.code, refused.error["field"]) == (2, "phone")


def test_names_that_steer_a_screen_are_not_stored(book: Runner) -> None:
    refused = book(["person", "add", "张\x1b[31m三", "--json"])
    assert (refused.code, refused.error["code"]) == (2, "unreadable")


def test_no_telephone_and_no_name_in_the_bodies_of_the_journal(book: Runner) -> None:
    """What names a person is a private value, so that it can be erased."""
    import sqlite3

    assert book("person edit 张建国 --name 张家口 --phone 13712340000").ok
    db = sqlite3.connect(book.book)
    bodies = "".join(body for (body,) in db.execute("SELECT body FROM event"))
    db.close()
    assert not any(word in bodies for word in ("王桂兰", "张家口", "13712340000", "13812341234"))
    assert "3-2-502" in bodies


def test_the_day_before_a_new_name_shows_the_old_one(book: Runner) -> None:
    book.now = "2022-06-10T12:00:00+08:00"
    assert book("person edit 张建国 --name 张家口").ok
    before = book("household list --json --as-of 2022-06-09").ok.json["rows"][5]["owner"]
    assert (before, book("household list --json").ok.json["rows"][5]["owner"]) == ("张建国", "张家口")


def test_two_entries_that_turn_out_to_be_one_person_are_merged(book: Runner) -> None:
    """Design, 15: doors, offices and votes of the one become the other's; old dues are still theirs."""
    twins = {str(row["rooms"]): id for id, row in everyone(book).items() if row["name"] == "李强"}
    gone, stays = twins["['1-1-201']"], twins["['1-1-202']"]
    assert book("body add 业委会").ok
    assert book(f"role set {gone} 主任").ok
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --yes").ok
    before = book("unpaid --json").ok.json
    assert book(f"person merge {gone} {stays} --json").ok.json["rooms"] == ["1-1-201", "1-1-202"]
    assert gone not in everyone(book)
    assert book("household list --json").ok.json["totals"]["voters"] == 9
    assert book(f"person show {gone} --json").ok.json["person"] == stays  # old ids still lead to them
    assert book("role list --json").ok.json["rows"][0]["person"] == stays
    assert book("unpaid --json").ok.json == before
    assert book("role end 李强 主任").ok
    assert book("role list --json").ok.json["rows"] == []
    assert book("rebuild").ok
    assert book("check --json").ok.json == {"problems": []}
    assert book(f"person merge {gone} {stays} --json").code == 1
    assert book("household edit 1-1-201 --owner 李强 --json").ok.json["changed"] == []


def test_merging_people_of_two_names_asks(book: Runner) -> None:
    assert book("person merge 3-2-501 3-2-502 --json").error["code"] == "needs_yes"
    assert book("person merge 3-2-501 3-2-502 --yes --json").ok.json["name"] == "张建国"
    assert book("undo --yes").ok
    assert book("person show 3-2-501 --json").ok.json["name"] == "王桂兰"


def test_who_begins_the_book_is_in_the_roster_too(zaoyuan: Runner) -> None:
    """init knows no telephone, the roster does: who has neither phone nor door gets it, in the same step."""
    begin(zaoyuan, "房号,业主,电话\n1-1-101,韩梅,13800001234\n1-1-102,韩梅,13800001234\n")
    shown = zaoyuan("person show 韩梅 --json").ok.json
    assert (shown["person"], shown["phone"], shown["rooms"]) == ("pA1", "138****1234", ["1-1-101", "1-1-102"])
    again = zaoyuan(["import", "households", str(zaoyuan.folder / "houses.csv"), "--json"]).ok.json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert zaoyuan("undo --yes").ok
    assert zaoyuan("person show 韩梅 --json").ok.json["phone"] in ("", None)
    assert zaoyuan("household add 1-1-101 --owner 韩梅 --phone 13800001234").ok
    assert zaoyuan("person show 韩梅 --json").ok.json["person"] == "pA1"


@pytest.mark.parametrize(
    "roster",
    [
        "1-1-101,韩梅,\n1-1-102,韩梅,13800001234\n",  # has a door by then
        "1-1-101,韩梅,13800001234\n1-1-102,韩梅,13800005678\n",  # has another phone by then
    ],
)
def test_somebody_with_a_door_or_a_phone_is_not_taken_for_a_namesake(zaoyuan: Runner, roster: str) -> None:
    """Same name alone is two people, until somebody says that they are one (design, 15)."""
    begin(zaoyuan, f"房号,业主,电话\n{roster}")
    assert zaoyuan("person show 韩梅 --json").error["code"] == "ambiguous"
    assert zaoyuan("person merge 1-1-102 1-1-101 --json").ok.json["phone"] == "138****1234"
    assert zaoyuan("person show 韩梅 --json").ok.json["rooms"] == ["1-1-101", "1-1-102"]


def test_a_name_that_two_have_means_neither(zaoyuan: Runner) -> None:
    """Nor is somebody without phone or door meant where another of the name is known: nobody can tell."""
    begin(zaoyuan, "房号,业主,电话\n1-1-101,赵小丽,13800001234\n")
    assert zaoyuan("household add 1-1-102 --owner 韩梅 --phone 13800009999").ok
    assert zaoyuan("person add 韩梅").ok
    assert zaoyuan("household add 1-1-103 --owner 韩梅 --phone 13800008888").ok
    assert len(zaoyuan("person show 韩梅 --json").error["candidates"]) == 3


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单小红", "cxh dxh sxh"), ("解小红", "jxh xxh"), ("查小红", "cxh zxh"), ("覃小红", "qxh txh"),
        ("曾小红", "zxh cxh"), ("区小红", "oxh qxh"), ("仇小红", "qxh cxh"), ("朴小红", "pxh"), ("翟小红", "zxh dxh"),
        ("尉迟小红", "ycxh wcxh"), ("万俟小红", "mqxh wqxh"), ("盖小红", "gxh"), ("缪小红", "mxh"), ("冼小红", "xxh"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_every_reading(zaoyuan: Runner, name: str, typed: str) -> None:
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    id = zaoyuan(f"person add {name} --json").ok.json["person"]
    for letters in typed.split():
        assert zaoyuan(f"person show {letters} --yes --json").ok.json["person"] == id
