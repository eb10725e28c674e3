"""Who lives behind a door without owning it, what is kept in the yard, doors not sold yet and doors that are gone."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import NOW, Runner
from roll import begin

from tests.prepared import once


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    zaoyuan.now = "2021-06-01T12:00:00+08:00"
    begin(zaoyuan)
    zaoyuan.now = NOW
    return zaoyuan


def living(book: Runner, room: str, more: str = "") -> list[tuple[str, str]]:
    people = book(f"household show {room} --json {more}").ok.json["people"]
    return [(one["name"], one["relation"]) for one in people]


def roll(book: Runner, more: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = book(f"household list --json {more}").ok.json
    return answer


# ---- tenants, family, those who stay for a time (S1: scattered owners, tenants, floating population)


def test_a_tenant_lives_there_from_a_day_to_a_day(book: Runner) -> None:
    assert book("person add 何秀英 --room 1-1-201 --relation 租户 --from 2022-01-01 --until 2022-12-31").ok
    assert living(book, "1-1-201") == [("李强", "owner"), ("何秀英", "tenant")]
    row = book("household show 1-1-201 --json").ok.json["people"][1]
    assert (row["from"], row["until"]) == ("2022-01-01", "2022-12-31")
    for day in ("2021-12-31", "2023-01-01"):
        assert living(book, "1-1-201", f"--as-of {day}") == [("李强", "owner")]
    later = book("household show 1-1-201 --as-of 2023-01-01 --json").ok.json["lived"]
    assert [(one["name"], one["relation"], one["until"]) for one in later] == [("何秀英", "tenant", "2022-12-31")]


def test_the_floating_population_is_listed_apart(book: Runner) -> None:
    assert book("person add 何秀英 --room 1-1-201 --relation 租户").ok
    assert book("person add 钱一 --room 1-1-201 --relation 流动人口 --until 2022-08-31").ok
    assert book("person add 何小宝 --room 1-1-202").ok
    for relation, names in (("temporary", ["钱一"]), ("租户", ["何秀英"]), ("family", ["何小宝"])):
        rows = book(f"person list --relation {relation} --json").ok.json["rows"]
        assert [(one["name"], len(one["lives"])) for one in rows] == [(name, 1) for name in names]
    assert len(book("person list --relation owner --json").ok.json["rows"]) == 11
    assert book("person list --relation temporary --as-of 2022-09-01 --json").ok.json["rows"] == []
    assert "租户" in book("household show 1-1-201", lang="zh").ok.out


def test_who_moves_out_is_kept_as_having_lived_there(book: Runner) -> None:
    assert book("person add 何秀英 --room 1-1-201 --relation tenant --from 2022-01-01 --phone 13612340000").ok
    assert book("person end 何秀英 -d 5-20 --json").ok.json["rooms"] == ["1-1-201"]
    assert living(book, "1-1-201") == [("李强", "owner")]
    assert living(book, "1-1-201", "--as-of 2022-05-19") == [("李强", "owner"), ("何秀英", "tenant")]
    shown = book("person show 何秀英 --json").ok.json
    assert [(one["room"], one["until"], one["state"]) for one in shown["lived"]] == [("1-1-201", "2022-05-19", "ended")]
    refused = book("person end 何秀英 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "person")
    assert book("undo --yes").ok
    assert book("person show 何秀英 --json").ok.json["lives"] == ["1-1-201"]


def test_a_tenant_who_becomes_family_is_one_occupant(book: Runner) -> None:
    id = book("person add 何秀英 --room 1-1-201 --relation tenant --json").ok.json["person"]
    assert book("person add 何秀英 --room 1-1-201 --relation family --json").ok.json["person"] == id
    assert living(book, "1-1-201") == [("李强", "owner"), ("何秀英", "family")]


@pytest.mark.parametrize(
    ("more", "field"),
    [("--relation 房客", "relation"), ("--relation owner --until 2023-01-01", "until"),
     ("--relation tenant --from 2022-05-01 --until 2022-04-01", "until")],
)  # fmt: skip
def test_what_is_no_relation(book: Runner, more: str, field: str) -> None:
    assert book(f"person add 何秀英 --room 1-1-201 {more} --json").error["field"] == field


# ---- vehicles


def test_a_car_is_known_by_its_plate(book: Runner) -> None:
    assert book("household vehicle 3-2-501 晋Ａ·12345 --json").ok.json["plate"] == "晋A·12345"
    assert book("household vehicle 3-2-502 晋ad12345 --of 张建国 -d 5-1").ok
    kept = book("household show 3-2-502 --json").ok.json["vehicles"]
    assert [(one["plate"], one["sort"], one["name"]) for one in kept] == [("晋AD12345", "car", "张建国")]
    refused = book("household vehicle 3-2-501 晋AD12345 --json")
    assert (refused.code, refused.error["field"]) == (1, "plate")
    assert book("household vehicle 3-2-502 晋AD12345 --gone -d 4-20 --json").error["code"] == "refused"
    assert book("household vehicle 3-2-502 晋AD12345 --gone -d 5-20").ok
    assert book("household show 3-2-502 --json").ok.json["vehicles"] == []
    assert len(book("household show 3-2-502 --as-of 5-19 --json").ok.json["vehicles"]) == 1
    assert book("household vehicle 3-2-501 晋AD12345").ok
    assert book("household vehicle 3-2-502 晋C1 --gone --json").error["code"] == "not_found"


def test_an_ebike_makes_the_household_one_that_has_one(book: Runner) -> None:
    """S13: the levy asks for households with an e-bike."""
    assert book("household show 3-2-602 --json").ok.json["ebike"] is False
    assert book("household vehicle 3-2-602 --kind 电动车").ok
    shown = book("household show 3-2-602 --json").ok.json
    assert (shown["ebike"], [one["sort"] for one in shown["vehicles"]]) == (True, ["ebike"])
    assert book(f"household vehicle 3-2-602 {shown['vehicles'][0]['step']} --gone").ok
    assert book("household show 3-2-602 --json").ok.json["vehicles"] == []


# ---- flats, owners, voters


def test_flats_owners_and_the_developer_are_counted_apart(book: Runner) -> None:
    """R-01: 150 flats, 3 of one owner and 2 unsold ones of the developer: 147 persons vote."""
    lines = ["房号,业主,电话", *(f"{n // 30 + 1}-1-{n % 30 + 101},业主{n},1390000{n:04d}" for n in range(145))]
    lines += [f"9-1-{n},周大户,13811110000" for n in (101, 102, 103)]
    file = book.folder / "150.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    home, other = book.folder / "home-150", book.folder / "150.db"
    where = {"home": home, "book": other}
    assert book("init --name 百五 --who 业主0 --yes", **where).ok
    assert book(f"import households {file} --yes", **where).ok
    assert book("household add 9-2-101 --unsold --area 80", **where).ok
    assert book("household add 9-2-102 --unsold --area 80", **where).ok
    answer = book("household list --json", **where).ok.json
    assert (answer["totals"]["households"], answer["totals"]["voters"]) == (150, 147)
    unsold = [one for one in answer["rows"] if one.get("unsold")]
    assert [(one["room"], one["owner"], one["state"]) for one in unsold] == [
        ("9-2-101", "开发商", "vacant"), ("9-2-102", "开发商", "vacant"),
    ]  # fmt: skip
    assert len({one["voter"] for one in unsold}) == 1


def test_a_flat_that_is_sold_has_a_voter_of_its_own(book: Runner) -> None:
    assert book("household add 9-1-101 --unsold --owner 枣园置业").ok
    assert book("household edit 3-2-602 --unsold --json").ok.json["owner"] == "枣园置业"
    before = roll(book)["totals"]["voters"]
    assert book("household transfer 9-1-101 --to 新业主 -d 5-31").ok
    assert roll(book)["totals"]["voters"] == before + 1
    assert "unsold" not in book("household show 9-1-101 --json").ok.json
    assert book("household show 3-2-602").ok.out.count("Not sold yet") == 1


def test_those_who_own_a_door_together_are_one_voter(book: Runner) -> None:
    """R-02."""
    row = next(one for one in roll(book)["rows"] if one["room"] == "3-10-101")
    assert row["owner"] == "赵小丽、孙磊"
    assert isinstance(row["voter"], str)
    assert roll(book, "--unit 3-10")["totals"]["voters"] == 1


# ---- transfers and closed doors


def test_a_transfer_keeps_the_history_and_the_old_dues(book: Runner) -> None:
    """Design, 7: old dues stay with the old owner, new ones are the new owner's."""
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes", now="2022-05-01T12:00:00+08:00").ok
    assert book("household transfer 3-2-501 --to 李思源 --phone 13812340009 -d 5-20").ok
    assert book("project add 大门 --fund 众筹专项 --levy 40 --yes").ok
    dues = book("household show 3-2-501 --json").ok.json
    assert [(one["project"], one["owner"]) for one in dues["dues"]] == [("车棚", "王桂兰"), ("大门", "李思源")]
    assert [(one["owner"], one["until"]) for one in dues["former"]] == [("王桂兰", "2022-05-20")]
    assert book("household show 3-2-501 --as-of 5-19 --json").ok.json["owner"] == "王桂兰"
    assert book("unpaid 车棚 --json").ok.json["rows"][1]["owner"] == "王桂兰"


def test_a_closed_household_leaves_the_roll_and_keeps_its_dues(book: Runner) -> None:
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes").ok
    assert book("pay 5-2-101 60 -p 车棚").ok
    before = book("fund list --json").ok.json
    answer = book("household close 5-2-101 --reason 拆除 -d 5-31 --json").ok.json
    assert (answer["closed"], answer["reason"]) == ("2022-05-31", "拆除")
    assert "5-2-101" not in [one["room"] for one in roll(book)["rows"]]
    assert "5-2-101" in [one["room"] for one in roll(book, "--as-of 5-30")["rows"]]
    shown = book("household show 5-2-101 --json").ok.json
    assert (shown["state"], shown["closed"], shown["owed"]) == ("closed", "2022-05-31", "40.00")
    assert "拆除" in book("household show 5-2-101").ok.out
    assert "5-2-101" in [one["room"] for one in book("unpaid --json").ok.json["rows"]]
    assert book("pay 5-2-101 -p 车棚 --json").ok.json["state"] == "paid"
    assert book("project add 大门 --fund 众筹专项 --levy 40 --yes --json").ok.json["levy"]["households"] == 11
    assert before != book("fund list --json").ok.json
    assert book("household close 5-2-101 --reason 又 --json").error["code"] == "refused"
    assert book("household close 5-1-101 --json").error["field"] == "reason"
    assert book("check").code == 0


def test_a_closed_household_is_back_after_undo(book: Runner) -> None:
    assert book("household close 5-2-101 --reason 误 -d 5-31").ok
    assert book("undo --yes").ok
    assert "5-2-101" in [one["room"] for one in roll(book)["rows"]]


def test_contact_of_people_left_without_a_door_is_offered_for_erasing(book: Runner) -> None:
    """R-84: the telephone goes on a yes, the money stays."""
    assert book("pay 5-2-101 60 --fund 众筹专项 --gift").ok
    before = book("fund list --json").ok.json
    answer = book("household close 5-2-101 --reason 拆除 --json").ok.json
    assert (len(answer["untied"]), answer["erased"]) == (1, [])
    assert book("undo --yes").ok
    answer = book("household close 5-2-101 --reason 拆除 --yes --json").ok.json
    assert answer["erased"] == answer["untied"]
    assert book("person show 吴晓燕 --json").ok.json["phone"] is None
    assert b"13500009999" not in book.book.read_bytes()
    assert book("fund list --json").ok.json == before
    assert book("check").code == 0
    kept = book("household close 3-2-501 --reason 打通 --yes --json").ok.json  # 王桂兰 still owns 3-2-601
    assert kept["untied"] == []


def test_it_is_asked_at_the_keyboard(book: Runner) -> None:
    asked = book("household close 5-2-101 --reason 拆除", tty=True, input="n\n").ok
    assert "吴晓燕" in asked.err
    assert b"13500009999" in book.book.read_bytes()
    assert "person erase" in book("household transfer 3-2-502 --to 李思源", tty=True, screen=80).ok.err
