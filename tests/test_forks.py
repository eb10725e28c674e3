"""A fork: a disk was put back, or settings were copied along, and two copies of one laptop went on as one computer. The
other's steps are taken in under a new letter (merge --adopt-fork)."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import (
    ACTS,
    ROOMS,
    Laptop,
    act,
    add_household,
    another,
    assert_replayed,
    conflicts_of,
    do,
    found,
    lines_of,
    merge,
    pay,
    picture,
)

from tests.conftest import Result, Runner
from tests.shed import begin
from zaoyuan_cli.book import Book, merging
from zaoyuan_cli.errors import Refusal


class Copies:
    """韩梅's laptop, and the machine her disk was put back on: the same letter, the same settings."""

    def __init__(self, zaoyuan: Runner) -> None:
        self.a = zaoyuan
        self.here = Laptop(zaoyuan.folder, "zaoyuan")
        self.here.home = zaoyuan.home
        self.there = Laptop(zaoyuan.folder, "twin")
        shutil.copyfile(self.here.path, self.there.path)
        shutil.copytree(self.here.home, self.there.home)

    def b(self, line: str, **how: Any) -> Result:
        return self.a(line, book=self.there.path, home=self.there.home, **how)

    def adopt(self) -> Any:
        return self.a(f"merge {self.there.path} --adopt-fork --yes --json").ok.json

    def rows(self, line: str) -> list[dict[str, Any]]:
        return list(self.a(f"{line} --json").ok.json["rows"])

    def go_on_there(self) -> None:
        """The other machine takes the book that has both, and a letter of its own."""
        assert self.b(f"restore {self.here.path} --confirm 枣园小区").ok
        assert self.b("device add --yes").ok


@pytest.fixture
def copies(zaoyuan: Runner) -> Copies:
    """A2022-0001 is in both; then each gives out A2022-0002."""
    return Copies(begin(zaoyuan, "pay 3-2-501"))


def test_a_fork_is_named_and_what_to_do(copies: Copies) -> None:
    assert copies.a("pay 3-2-502").ok
    assert copies.b("pay 3-2-601").ok
    refused = copies.a(f"merge {copies.there.path} --json")
    assert (refused.code, refused.error["code"], refused.error["value"]) == (1, "conflict", "A5")
    assert "merge FILE --adopt-fork --dry-run" in refused.error["hint"]


def test_the_other_tail_is_taken_in_under_a_new_letter(copies: Copies) -> None:
    """Both receipts count; the one handed out by the other machine is found by the number on its paper."""
    assert copies.a("pay 3-2-502").ok
    assert copies.b("pay 3-2-601 -n 补交").ok
    before = picture(copies.here)
    line = f"merge {copies.there.path} --adopt-fork"
    shown = copies.a(f"{line} --dry-run").ok.out
    assert "1 step of A in the other copy, since A5, would become Z's." in shown
    assert "A2022-0002 is Z2022-0001 from now on" in shown
    asked = copies.a(f"{line} --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert "A2022-0002 is Z2022-0001" in asked.error["message"]
    assert picture(copies.here) == before
    answer = copies.a(f"{line} --yes --json").ok.json
    assert answer["forks"] == [
        {
            "step": "A5",
            "device": "A",
            "letter": "Z",
            "steps": 1,
            "numbers": [{"old": "A2022-0002", "new": "Z2022-0001"}],
        }
    ]
    receipts = {row["receipt"]: (row["room"], row["amount"]) for row in copies.rows("receipt list")}
    assert receipts == {
        "A2022-0001": ("3-2-501", "100.00"), "A2022-0002": ("3-2-502", "100.00"), "Z2022-0001": ("3-2-601", "100.00"),
    }  # fmt: skip
    assert copies.a("receipt show Z2022-0001 --json").ok.json["paper"] == "A2022-0002"
    assert "zaoyuan contribution show Z2022-0001" in {row["show"] for row in copies.rows("find A2022-0002")}
    assert copies.a("check").ok.out == ""
    assert_replayed(copies.here)


def test_adopting_twice_adds_nothing_and_later_only_what_is_new(copies: Copies) -> None:
    assert copies.a("pay 3-2-502").ok
    assert copies.b("pay 3-2-601").ok
    copies.adopt()
    before = picture(copies.here)
    again = copies.adopt()
    assert (again["steps"], again["forks"][0]["steps"], again["forks"][0]["letter"]) == (0, 0, "Z")
    assert picture(copies.here) == before
    assert "Nothing new" in copies.a(f"merge {copies.there.path} --adopt-fork").ok.out, "nothing to ask about"
    assert copies.b("pay 1-1-101 50 --gift -p 车棚").ok  # it went on without knowing
    assert copies.adopt()["steps"] == 1
    assert [row["receipt"] for row in copies.rows("receipt list")][-2:] == ["Z2022-0001", "Z2022-0002"]
    assert copies.a("check").ok.out == ""


def test_what_rests_on_the_other_tails_records_follows_them(copies: Copies) -> None:
    """A refund, a void, an undoing, a person and their door: inside the tail they mean the tail's own."""
    for deed in (copies.a, copies.b):
        assert deed("account opening 微信 1000 --fund 众筹专项 -d 5-1").ok
    assert copies.a("person add 甲").ok
    assert copies.a("pay 3-2-502").ok
    assert copies.a("pay 3-2-601").ok
    for line in (
        "household edit 3-2-602 --owner 乙",
        "pay 3-2-601 300 -p 车棚 --yes",
        "contribution refund A2022-0002 200 --reason 多交 --yes",
        "pay 3-2-502",
        "contribution void A2022-0003 --reason 写错 --yes",
        "spend 20 钉子 -p 车棚 --voucher 7 --advanced-by 乙",
        "task add 催款 --by 乙 --due 6-30",
        "pay 1-1-101 50 -p 车棚 --gift",
        "undo --yes",
        "household edit 3-2-602 --state vacant",
        "contribution refund A2022-0001 10 --reason 找零 --yes",
    ):
        assert copies.b(line).ok
    answer = copies.adopt()
    numbers = {one["old"]: one["new"] for one in answer["forks"][0]["numbers"]}
    assert numbers == {
        "A2022-0002": "Z2022-0001", "A2022-0002-1": "Z2022-0001-1", "A2022-0003": "Z2022-0002", "EA2022-1": "EZ2022-1",
        "TA2022-1": "TZ2022-1", "A2022-0004": "Z2022-0003",
    }  # fmt: skip
    fates = {row["receipt"]: (row["room"], row["amount"], row["state"]) for row in copies.rows("receipt list")}
    assert fates["A2022-0002"][0] == "3-2-502"
    assert fates["Z2022-0001"][:2] == ("3-2-601", "300.00")
    assert fates["Z2022-0002"][2] == fates["Z2022-0003"][2] == "void"
    assert copies.a("household show 3-2-602 --json").ok.json["owner"] == "乙"
    assert copies.rows("task list")[0]["by"] == "乙"
    assert {row["account"]: row["balance"] for row in copies.rows("account list")}["垫付pZ1"] == "-20.00"
    assert copies.a("conflict list --json").ok.json["rows"] == []
    assert copies.a("check").ok.out == ""
    assert_replayed(copies.here)


def test_both_machines_agree_afterwards(copies: Copies) -> None:
    """The machine that adopted keeps the letter; the other takes its book, and a new one."""
    assert copies.a("pay 3-2-502").ok
    assert copies.b("pay 3-2-601").ok
    copies.adopt()
    for flag in ("", "--adopt-fork --yes"):
        refused = copies.b(f"merge {copies.here.path} {flag} --json")
        assert refused.error["code"] == "conflict"
        assert "in the file already, as Z" in refused.error["message"]
        assert "restore FILE" in refused.error["hint"]
    copies.go_on_there()
    assert copies.b("pay 1-1-101 50 --gift -p 车棚 --json").ok.json["receipt"] == "B2022-0001"
    assert copies.a("pay 1-1-101 60 --gift -p 车棚 --json").ok.json["receipt"] == "A2022-0003"
    merge(copies.here, copies.there)
    merge(copies.there, copies.here)
    assert picture(copies.here) == picture(copies.there)
    assert conflicts_of(copies.here) == []


def test_two_computers_that_adopt_the_same_fork_write_the_same(copies: Copies) -> None:
    second = another(copies.here, "b")
    merge(copies.here, second)
    assert copies.b("pay 3-2-601").ok
    assert copies.a("pay 3-2-502").ok
    merge(second, copies.here)
    copies.adopt()
    do(second, merging.merge, copies.there.path, False, True)
    merge(second, copies.here)
    merge(copies.here, second)
    assert picture(second) == picture(copies.here)
    assert conflicts_of(second) == []


def test_a_third_computer_that_knew_only_the_other_copy_is_written_anew_with_it(copies: Copies) -> None:
    """B made a receipt of the other copy void: here that number is somebody else's."""
    second = another(copies.there, "b")
    assert copies.a("pay 3-2-502").ok
    merge(copies.there, second)
    assert copies.b("pay 3-2-601").ok
    merge(second, copies.there)
    where = {"book": second.path, "home": second.home}
    assert copies.a("pay 1-1-101 20 -p 车棚 --gift", **where).ok
    assert copies.a("contribution void A2022-0002 --reason 写错 --yes", **where).ok
    answer = copies.a(f"merge {second.path} --adopt-fork --yes --json").ok.json
    assert [(one["step"], one["letter"], one["steps"]) for one in answer["forks"]] == [("A6", "Z", 1), ("B8", "Y", 1)]
    states = {row["receipt"]: (row["room"], row["state"]) for row in copies.rows("receipt list")}
    assert {number: (room, state == "void") for number, (room, state) in states.items()} == {
        "A2022-0001": ("3-2-501", False), "A2022-0002": ("3-2-502", False), "Z2022-0001": ("3-2-601", True),
        "B2022-0001": ("1-1-101", False),
    }  # fmt: skip
    assert copies.a(f"merge {second.path} --adopt-fork --yes --json").ok.json["steps"] == 0
    assert copies.a("check").ok.out == ""
    refused = copies.a(f"merge {copies.here.path} --json", **where)
    assert "in the file already, as Z" in refused.error["message"]


def test_a_fork_where_the_two_went_on_at_different_ticks(copies: Copies) -> None:
    """The other copy merged first, so its next step is a later one: no step of the same name differs."""
    second = another(copies.here, "b")
    do(second, pay, 0, "1-1-101")
    merge(copies.there, second)
    assert copies.b("pay 3-2-601").ok
    assert copies.a("pay 3-2-502").ok
    with pytest.raises(Refusal, match="forks at A7"):
        merge(copies.here, copies.there)
    copies.adopt()
    assert copies.a("check").ok.out == ""


def test_a_tail_with_a_step_missing_is_not_adopted(copies: Copies, tmp_path: Path) -> None:
    assert copies.a("pay 3-2-502").ok
    for line in ("pay 3-2-601", "pay 3-2-502", "person add 甲"):
        assert copies.b(line).ok
    lines = lines_of(copies.there)
    file = tmp_path / "twin.events"
    file.write_text("\n".join([*lines[:-2], lines[-1]]), encoding="utf-8")
    before = picture(copies.here)
    answer = copies.a(f"merge {file} --adopt-fork --yes --json")
    assert answer.code != 0
    assert "missing" in answer.error["message"]
    assert picture(copies.here) == before


def test_a_closing_of_the_other_copy_froze_what_that_copy_knew(copies: Copies) -> None:
    """The heads of its cut are those of the shared part and of its own tail."""
    assert copies.a("pay 3-2-502").ok
    assert copies.b("pay 3-2-601 -d 5-20").ok
    assert copies.b("period close 2022-05 --yes", now="2022-06-02T12:00:00+08:00").ok
    copies.adopt()

    def heads(book: Book) -> Any:
        return json.loads(book.db.execute("SELECT heads FROM cut").fetchone()[0])

    assert do(copies.here, heads) == {"A": 4, "Z": 5}
    (late,) = copies.rows("conflict list")
    assert (late["kind"], "A2022-0002" in late["message"]) == ("late", True)
    assert_replayed(copies.here)


deeds = st.tuples(st.booleans(), st.sampled_from([*ACTS, "pay", "void"]), st.integers(0, 11))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(deeds, min_size=2, max_size=20))
def test_whatever_the_two_did_nothing_is_lost_and_each_money_is_where_it_was(days: list[tuple[bool, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = found(Path(folder))
        for room in ROOMS[:2]:
            do(here, add_household, 0, room)
        there = Laptop(here.path.parent, "twin")
        shutil.copyfile(here.path, there.path)
        shutil.copytree(here.home, there.home)
        for on_the_other, what, pick in days:
            do(there if on_the_other else here, act, what, pick)
        links = [do(laptop, links_of) for laptop in (here, there)]
        apart = [do(laptop, paid) for laptop in (here, there)]
        merged = do(here, merging.merge, there.path, False, True)
        assert_replayed(here)
        added = len(links[1] - links[0])  # one deed of one moment on both is one step
        if merged.adopted:
            assert (merged.adopted[0].steps, merged.commands) == (added, added + 1)
        together = do(here, paid)
        assert {room: together.get(room, 0) for room in ROOMS} == {
            room: apart[0].get(room, 0) + apart[1].get(room, 0) for room in ROOMS
        } or conflicts_of(here)
        assert do(here, merging.merge, there.path, False, True).commands == 0


def links_of(book: Book) -> set[tuple[int, bytes]]:
    """The links of its chains."""
    return set(book.db.execute("SELECT lamport, hash FROM command").fetchall())


def paid(book: Book) -> dict[str, int]:
    """What each door paid and still counts."""
    return dict(book.db.execute("SELECT room, sum(fen) FROM movement WHERE room IS NOT NULL GROUP BY room").fetchall())
