"""Two laptops that enter, adopt and undo versions of one bylaw, and what is in force after they met (design, "When
things meet" 12)."""

from __future__ import annotations

import shutil

import pytest

from tests.bylaw_papers import LIMIT, TEXT, amend, begin, bylaw
from tests.conftest import Result, Runner


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


@pytest.fixture
def amended(book: Runner) -> Runner:
    return amend(book)


class Desk:
    """A laptop by its name: home and book of its own."""

    def __init__(self, runner: Runner, name: str) -> None:
        self.runner, self.home = runner, runner.folder / f"home-{name}"
        self.book = runner.folder / f"{name}.db"

    def __call__(self, line: str) -> Result:
        return self.runner(line, home=self.home, book=self.book)


@pytest.fixture
def two(amended: Runner) -> tuple[Desk, Desk]:
    """A and B, both with the two versions; A's is the book that was."""
    a, b = Desk(amended, "a"), Desk(amended, "b")
    for one in (a, b):
        shutil.copyfile(amended.book, one.book)
    shutil.copytree(amended.home, a.home)
    assert b("device add --letter B --who 张建国").ok
    assert a(f"merge {b.book}").ok
    return a, b


def meet(a: Desk, b: Desk) -> None:
    assert a(f"merge {b.book}").ok
    assert b(f"merge {a.book}").ok
    for line in ("bylaw list --all", f"rule show {LIMIT} --as-of 2022-12-31", "conflict list", "expense list"):
        assert a(f"{line} --json").json == b(f"{line} --json").json, line


def revised(desk: Desk, value: str, day: str) -> str:
    """A laptop enters a version 3 of its own and adopts it from a day on; the step of the adoption."""
    file = bylaw(desk.runner.folder, (LIMIT, value), text=TEXT.replace("三百", value))
    desk(f"bylaw edit 存车棚 -f {file}").ok  # noqa: B018
    desk(f"bylaw adopt 存车棚 --decision D2 --effective {day}").ok  # noqa: B018
    rows = desk("log --json").ok.json["rows"]
    return str(next(one["step"] for one in rows if one["verb"] == "bylaw adopt"))


def test_two_texts_of_one_number_are_a_conflict_and_one_stands(two: tuple[Desk, Desk]) -> None:
    """The earlier draft stands; of the other laptop neither text nor adoption counts, and no text is in force that
    nobody adopted. Entered again under the next number, it may be adopted."""
    a, b = two
    revised(a, "600", "2022-06-01")
    lost = revised(b, "700", "2022-07-01")
    b("spend 650 电线 --fund 工作经费 -d 2022-07-02 --yes").ok  # noqa: B018
    meet(a, b)
    assert a(f"rule show {LIMIT} --as-of 2022-07-02 --json").json["value"] == "600.00"
    open_ = [row["key"] for row in a("conflict list --json").json["rows"]]
    assert any(key.startswith(lost) for key in open_), open_
    assert a("fund list --json").json["totals"]["balance"] == "4350.00"  # the expense counts all the same
    file = bylaw(a.runner.folder, (LIMIT, "700"), text=TEXT.replace("三百", "700"))
    assert a(f"bylaw edit 存车棚 -f {file} --json").json["version"] == 4
    a("bylaw adopt 存车棚 --decision D2 --effective 2022-07-01").ok  # noqa: B018
    assert a(f"rule show {LIMIT} --as-of 2022-07-02 --json").json["value"] == "700.00"


def test_versions_of_two_days_follow_each_other_and_of_one_day_are_a_conflict(two: tuple[Desk, Desk]) -> None:
    a, b = two
    for value in ("600", "700"):  # both know versions 3 and 4
        file = bylaw(a.runner.folder, (LIMIT, value), text=TEXT.replace("三百", value))
        a(f"bylaw edit 存车棚 -f {file}").ok  # noqa: B018
    assert b(f"merge {a.book}").ok
    a("bylaw adopt 存车棚 --version 3 --decision D2 --effective 2022-06-01").ok  # noqa: B018
    b("bylaw adopt 存车棚 --version 4 --decision D2 --effective 2022-06-15").ok  # noqa: B018
    meet(a, b)
    assert a("conflict list --json").json["rows"] == []
    assert [limit_of(a, day) for day in ("2022-06-14", "2022-06-15")] == ["600.00", "700.00"]
    for value in ("800", "900"):
        a(f"bylaw edit 存车棚 -f {bylaw(a.runner.folder, (LIMIT, value))}").ok  # noqa: B018
    assert b(f"merge {a.book}").ok
    a("bylaw adopt 存车棚 --version 5 --decision D2 --effective 2022-08-01").ok  # noqa: B018
    b("bylaw adopt 存车棚 --version 6 --decision D2 --effective 2022-08-01").ok  # noqa: B018
    meet(a, b)
    assert [row["kind"] for row in a("conflict list --json").json["rows"]] == ["unsettled"]
    assert limit_of(a, "2022-08-01") == "800.00"


def limit_of(desk: Desk, day: str) -> str | None:
    return desk(f"rule show {LIMIT} --as-of {day} --json").ok.json["value"]


def test_an_adoption_undone_on_one_laptop_and_used_on_the_other_stands(two: tuple[Desk, Desk]) -> None:
    """The record wins: the undoing lies idle and is listed."""
    a, b = two
    rows = a("log --json").ok.json["rows"]
    adopted = next(one["step"] for one in rows if one["verb"] == "bylaw adopt")
    a(f"undo {adopted} --yes").ok  # noqa: B018
    b("spend 400 电线 --fund 工作经费 -d 2022-05-21").ok  # noqa: B018
    meet(a, b)
    assert limit_of(a, "2022-05-21") == "500.00"
    assert [row["kind"] for row in a("conflict list --json").json["rows"]] == ["idle"]
