"""When things meet: what two laptops wrote against each other, what rests on what, an old copy taken back; each as its
people type it, on two laptops with a settings folder and a book of their own."""

from __future__ import annotations

import shutil
from typing import Any, NamedTuple

import pytest

from tests.conftest import Result, Runner


class Laptop(NamedTuple):
    zaoyuan: Runner
    name: str

    @property
    def book(self) -> str:
        return str(self.zaoyuan.folder / f"{self.name}.db")

    def __call__(self, line: str | list[str], lang: str = "") -> Result:
        folder = self.zaoyuan.folder
        return self.zaoyuan(line, home=folder / f"home-{self.name}", book=folder / f"{self.name}.db", lang=lang)

    def conflicts(self) -> list[tuple[str, str]]:
        """The key and kind of what is open."""
        return [(row["key"], row["kind"]) for row in self("conflict list --json").ok.json["rows"]]

    def problems(self) -> set[str]:
        told = self("check --json")
        found = {problem["where"] for problem in told.json["problems"]}
        assert told.code == (3 if found else 0)
        return found


Pair = tuple[Laptop, Laptop]


@pytest.fixture
def two(zaoyuan: Runner) -> Pair:
    """The treasurer's laptop A, and B, which took a copy and a letter; 500.00 in 工作经费, 车棚 levied on two doors."""
    a, b = Laptop(zaoyuan, "a"), Laptop(zaoyuan, "b")
    for line in ("init --name 枣园小区 --who 韩梅 --yes", "household add 3-2-501 --owner 王桂兰 --ebike",
                 "household add 3-2-502 --owner 张建国 --ebike", "household add 3-2-601 --owner 李四",
                 "project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes",
                 "account opening 现金 500 --fund 工作经费 -d 2022-05-01"):  # fmt: skip
        assert a(line).ok
    shutil.copyfile(a.book, b.book)
    assert b("device add --who 张建国").ok
    return a, b


def meet(a: Laptop, b: Laptop) -> None:
    """Each takes in what the other wrote; they then hold the same."""
    assert a(f"merge {b.book}").ok
    assert b(f"merge {a.book}").ok
    for line in ("household list", "receipt list", "fund list", "unpaid", "conflict list", "log"):
        assert a(f"{line} --json").json == b(f"{line} --json").json, line


def test_a_copy_is_read_only_until_it_takes_a_letter(two: Pair) -> None:
    """10: no letter ever gives a number twice."""
    a, _b = two
    c = Laptop(a.zaoyuan, "c")
    shutil.copyfile(a.book, c.book)
    assert c("household list").ok
    refused = c("pay 3-2-501 --json")
    assert (refused.code, refused.error["code"]) == (4, "book")
    assert "device add" in refused.error["message"] + refused.error.get("hint", "")


def test_undo_of_what_others_rest_on_names_them(two: Pair) -> None:
    """1: the payments of a household that was entered here; there is no cascade."""
    a, _b = two
    assert a("pay 3-2-501").ok
    refused = a("undo A2 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "pay A2022-0001" in {one["label"] for one in refused.error["candidates"]}
    assert "household edit" in refused.error["hint"]


def test_undo_here_and_a_payment_there(two: Pair) -> None:
    """1: money wins, the undo lies idle until a person has seen it."""
    a, b = two
    assert a("undo A4 --yes").ok
    assert b("pay 3-2-601 10 --fund 工作经费 --gift").ok
    meet(a, b)
    assert a("household show 3-2-601").ok
    assert a.conflicts() == [("A4", "idle")]
    assert a.problems() == {"A4"}
    assert a("conflict settle A4 --json").ok.json == {"conflict": "A4", "kind": "idle", "open": 0}
    assert a.problems() == set()
    meet(a, b)
    assert b.conflicts() == []


def test_money_that_is_spent_is_neither_undone_nor_voided_nor_refunded(two: Pair) -> None:
    """3: the expense is named."""
    a, _b = two
    assert a("pay 3-2-501").ok
    assert a("spend 60 电 -p 车棚").ok
    for line in ("undo A7 --yes", "contribution void 1 --reason 错 --yes", "contribution refund 1 100 --reason 错"):
        refused = a(f"{line} --json")
        assert (refused.code, refused.error["code"]) == (1, "fund_short"), line
        told = refused.error["message"] + refused.error.get("hint", "")
        assert "EA2022-1" in told or "fund ledger 众筹专项" in told, line
    assert a("receipt list --json").ok.json["totals"]["amount"] == "100.00"


def test_two_books_spent_the_last_of_a_fund(two: Pair) -> None:
    """5: both stay, the fund is below zero, check names both; a decision's transfer or a void cures it."""
    a, b = two
    assert a("spend 400 电 --fund 工作经费").ok
    assert b("spend 300 水 --fund 工作经费").ok
    meet(a, b)
    assert _fund(a, "工作经费") == "-200.00"
    assert a.problems() == {"fund_short/工作经费"}
    message = a("check --json").json["problems"][0]["message"]
    assert "EA2022-1" in message
    assert "EB2022-1" in message
    refused = a("conflict settle fund_short/工作经费 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "refused", "conflict")
    assert "fund transfer" in refused.error["hint"]
    assert b("expense void EB2022-1 --reason 重复 --yes").ok
    meet(a, b)
    assert _fund(a, "工作经费") == "100.00"
    assert a.problems() == set()


def test_one_household_paid_on_both(two: Pair) -> None:
    """Nobody agreed to more than is owed: named until one receipt is void or given back."""
    a, b = two
    assert a("pay 3-2-501").ok
    assert b("pay 3-2-501").ok
    meet(a, b)
    assert [row["receipt"] for row in a("receipt list --json").ok.json["rows"]] == ["A2022-0001", "B2022-0001"]
    assert [kind for _key, kind in a.conflicts()] == ["breach"]
    (where,) = a.problems()
    assert "3-2-501" in where
    refused = a("conflict settle 'overpaid/车棚 3-2-501' --json").error
    assert (refused["field"], "contribution refund" in refused["hint"]) == ("conflict", True)
    assert a.problems() == {where}
    assert a("contribution void B2022-0001 --reason 重复 --yes").ok
    meet(a, b)
    assert a.problems() == set()
    assert _paid(a, "3-2-501") == "100.00"


def test_one_field_edited_on_both(two: Pair) -> None:
    """The last one counts on both, and a person looks at it; edits of two fields are no conflict."""
    a, b = two
    assert a("household edit 3-2-501 --grid 1").ok
    assert b("household edit 3-2-501 --grid 2 --area 75").ok
    assert a("person edit 王桂兰 --phone 13800000001").ok
    assert b("person edit 张建国 --phone 13800000002").ok
    meet(a, b)
    ((key, kind),) = a.conflicts()
    assert (kind, key.split("/")[:3]) == ("edits", ["household", "3-2-501", "grid"])
    assert a(f"conflict settle {key} -n 问过了 --json").ok.json["open"] == 0
    meet(a, b)
    assert b.conflicts() == []
    again = a(f"conflict settle {key} --json")
    assert (again.code, again.error["code"], again.error["field"]) == (1, "not_found", "conflict")


def test_open_conflicts_are_told_in_chinese(two: Pair) -> None:
    a, b = two
    for laptop, number in ((a, 1), (b, 2)):
        assert laptop(f"household edit 3-2-501 --grid {number}").ok
        assert laptop(f"spend {number + 1}50 电 --fund 工作经费").ok
        assert laptop("pay 3-2-502").ok
    assert a(f"merge {b.book}").ok
    rows = a("conflict list --json", lang="zh").ok.json["rows"]
    assert {row["kind"] for row in rows} == {"edits", "breach"}
    assert len(rows) == 3
    for row in rows:
        assert not any(word in row["message"].lower() for word in ("edited", "household", "fund ", "paid")), row


def test_merging_again_and_a_rehearsal_write_nothing(two: Pair) -> None:
    a, b = two
    assert b("pay 3-2-501").ok
    tried = a(f"merge {b.book} --dry-run --json").ok.json
    assert (tried["steps"], tried["dry_run"]) == (2, True)
    assert a("receipt list --json").ok.json["totals"]["receipts"] == 0
    assert a(f"merge {b.book} --json").ok.json["steps"] == 2
    assert a(f"merge {b.book} --json").ok.json["steps"] == 0
    assert b(f"export events -o {a.zaoyuan.folder / 'b.events'}").ok
    assert a(f"merge {a.zaoyuan.folder / 'b.events'} --json").ok.json["steps"] == 0


def test_an_older_copy_taken_back_is_read_only(two: Pair) -> None:
    """11: what this computer knew of its own chain is named; a merge of the newer file or a new letter goes on."""
    a, _b = two
    copy = a.zaoyuan.folder / "copy.db"
    shutil.copyfile(a.book, copy)
    assert a("pay 3-2-501").ok
    shutil.copyfile(a.book, a.zaoyuan.folder / "newer.db")
    shutil.copyfile(copy, a.book)
    refused = a("pay 3-2-502 --json")
    assert (refused.code, refused.error["code"]) == (4, "book")
    assert "A7" in refused.error["message"] or "7" in refused.error["message"]
    assert a(f"merge {a.zaoyuan.folder / 'newer.db'}").ok
    assert a("pay 3-2-502 --json").ok.json["receipt"] == "A2022-0002"


def test_refund_and_void_of_one_receipt(two: Pair) -> None:
    """13: the refund is voided first; after a void nothing is left to refund."""
    a, _b = two
    assert a("pay 3-2-501").ok
    assert a("contribution refund 1 40 --reason 多收 --json").ok.json["refund"] == "A2022-0001-1"
    refused = a("contribution void 1 --reason 错 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert [one["key"] for one in refused.error["candidates"]] == ["A2022-0001-1"]
    assert a("contribution void A2022-0001-1 --reason 错 --yes").ok
    assert a("contribution void 1 --reason 错 --yes").ok
    left = a("contribution refund 1 5 --reason 错 --json")
    assert (left.error["code"], left.error["limit"]) == ("refund_above_paid", "0.00")


def test_the_same_person_at_import(two: Pair) -> None:
    """15: the same name and phone are one, the name alone two; what was edited by hand is never overwritten."""
    a, _b = two
    roll = a.zaoyuan.folder / "roll.csv"
    head = "房号,业主,电话\n"
    roll.write_text(head + "1-1-101,刘洋,13900000001\n1-1-102,刘洋,13900000001\n1-1-103,刘洋,\n", encoding="utf-8")
    assert a(f"import households {roll} --yes").ok
    voters = {row["room"]: row["voter"] for row in a("household list --unit 1-1 --json").ok.json["rows"]}
    assert voters["1-1-101"] == voters["1-1-102"] != voters["1-1-103"]
    assert a("household edit 1-1-101 --grid 2").ok
    roll.write_text("房号,业主,微网格\n1-1-101,刘洋,1\n", encoding="utf-8")
    told = a(f"import households {roll} --yes --json").ok.json
    assert (told["changed"], told["differs"]) == (0, 1)
    assert a("household show 1-1-101 --json").ok.json["grid"] == "2"


def _fund(laptop: Laptop, name: str) -> Any:
    return {row["fund"]: row["balance"] for row in laptop("fund list --json").ok.json["rows"]}[name]


def _paid(laptop: Laptop, room: str) -> Any:
    return laptop(f"household show {room} --json").ok.json["dues"][0]["paid"]
