"""Two laptops in one meeting: both note who came, both move something, both vote."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.secretary import MEMBERS, with_a_motion


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    return with_a_motion(zaoyuan)


def vote(book: Runner, line: str) -> Any:
    return book(f"motion vote {line} --json").ok.json


Laptops = tuple[Callable[[str], Result], Callable[[str], Result], Callable[[], None]]


@pytest.fixture
def two(book: Runner) -> Laptops:
    """Laptop A, laptop B with a copy and a letter, and how they meet."""
    copy = book.folder / "b.db"
    shutil.copyfile(book.book, copy)
    other: dict[str, Any] = {"home": book.folder / "home-b", "book": copy}
    assert book("--who 王桂兰 device add", **other).ok

    def meet() -> None:
        assert book(f"merge {copy}").ok
        assert book(f"merge {book.book}", **other).ok
        for line in ("meeting show M1", "motion list", "decision list", "conflict list"):
            assert book(f"{line} --json").json == book(f"{line} --json", **other).json, line

    return book, lambda line: book(line, **other), meet


def test_both_note_who_came(two: Laptops) -> None:
    a, b, meet = two
    assert a("meeting attend M1 欧阳夏丹 张建国 --late 19:30").ok
    assert b("meeting attend M1 李秀英 张建国").ok
    meet()
    shown = a("meeting show M1 --json").ok.json
    assert (shown["present"], shown["absent"]) == (5, [])
    assert a("check").code == 0


def test_both_move_something(two: Laptops) -> None:
    """No number twice: B's motion under A's meeting bears B's letter, and a vote stays with its motion."""
    a, b, meet = two
    assert a("motion add M1 门卫排班 --json").ok.json["motion"] == "MA2022-1-2"
    assert b("motion add M1 门卫排班改为三班 --json").ok.json["motion"] == "MA2022-1-B2"
    assert b("motion vote M1-B2 --for 3 --json").ok.json["decision"] == "DB2022-1"
    meet()
    states = {row["motion"]: row["state"] for row in a("motion list --json").ok.json["rows"]}
    assert states == {"MA2022-1-1": "open", "MA2022-1-2": "open", "MA2022-1-B2": "passed"}
    assert a("motion show M1-2 --json").error["code"] == "ambiguous"
    assert a("motion show MA2022-1-2 --json").ok.json["text"] == "门卫排班"
    assert a("motion add M1 第三项 --json").ok.json["motion"] == "MA2022-1-3"
    assert a("check").code == 0


def test_both_vote_on_one_motion(two: Laptops) -> None:
    """Both votes stand and are named until one step is undone; which one counts meanwhile is the same on both."""
    a, b, meet = two
    assert a("motion vote M1-1 --for 2 --against 1").ok
    assert b("motion vote M1-1 --for 3").ok
    meet()
    found = a("check --json")
    assert (found.code, [one["where"] for one in found.json["problems"]]) == (3, ["voted_twice/MA2022-1-1"])
    assert a("motion show M1-1 --json").ok.json["passed"] is False
    ((key, kind),) = [(row["key"], row["kind"]) for row in a("conflict list --json").ok.json["rows"]]
    assert kind == "breach"
    assert "undo" in a(f"conflict settle {key} --json").error["hint"]
    step = next(row["step"] for row in a("log --json").ok.json["rows"] if row["verb"] == "motion vote")
    assert a(f"undo {step} --yes").ok
    meet()
    assert a("check").code == 0
    assert (a("motion show M1-1 --json").ok.json["state"], a("decision list --json").ok.json["rows"]) == ("failed", [])


def test_set_words_in_chinese(book: Runner) -> None:
    """R-38's page: 一致同意通过, X名委员同意, 未获通过, 未形成决议."""
    book.lang = "zh"
    assert "一致同意通过" in book("议案 vote M1-1 --for 3").ok.out
    assert book("motion add M1 门卫排班").ok
    said = book("motion vote M1-2 --by 韩梅=赞成，王桂兰=反对，张建国=弃权").ok.out
    for words in ("未获通过", "1名委员同意", "1名委员不同意", "1名委员弃权", "全体委员"):
        assert words in said
    for line in ("motion list", "motion show M1-2", "meeting show M1", "decision show DA2022-1"):
        page = book(line, screen=80).ok.out
        for word in ("Motion", "members", "passed", "failed", "Adopted"):
            assert word not in page, line
    assert MEMBERS[2] in book("motion show M1-2").ok.out
