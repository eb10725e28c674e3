"""Find: any part of any word, one Chinese character included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import MEMBERS, PAPER, committee, paper
from zaoyuan_cli.book import Book, open_book, searching


@pytest.fixture
@once
def written(zaoyuan: Runner) -> Runner:
    """A book with a meeting and a bylaw."""
    committee(zaoyuan)
    zaoyuan(f"minutes -f {paper(zaoyuan.folder)}").ok  # noqa: B018
    zaoyuan(f"bylaw add 存车棚管理办法 -f {paper(zaoyuan.folder, '第一条 台阶 Ａ 处不得停车。', '办法.md')}").ok  # noqa: B018
    return zaoyuan


@pytest.fixture
def book(written: Runner) -> Iterator[Book]:
    book = open_book(written.book, home=written.home)
    yield book
    book.close()


def hits(zaoyuan: Runner, text: str) -> list[tuple[str, str]]:
    return [(row["noun"], row["ref"]) for row in zaoyuan(["find", text, "--json"]).ok.json["rows"]]


def test_one_character_is_enough(written: Runner) -> None:
    assert hits(written, "阶") == [("meeting", "MA2022-1"), ("decision", "DA2022-2"), ("bylaw", "存车棚管理办法")]
    assert hits(written, "台阶 停车") == [("bylaw", "存车棚管理办法")]
    assert hits(written, "a处") == []
    assert hits(written, "a 处") == [("bylaw", "存车棚管理办法")]


def test_a_name_finds_the_person_the_door_and_what_they_said(written: Runner) -> None:
    assert hits(written, "王桂兰")[:3] == [("household", "3-2-501"), ("person", "王桂兰"), ("meeting", "MA2022-1")]
    person = written("find 王桂兰 --json").ok.json["rows"][1]
    assert person["context"] == "3-2-501"


def test_every_hit_says_the_command_that_shows_it(written: Runner) -> None:
    shown = written("find 台").ok.out
    for command in ("zaoyuan meeting show MA2022-1", "zaoyuan bylaw show 存车棚管理办法"):
        assert command in shown
        written(command.removeprefix("zaoyuan ")).ok  # noqa: B018


def test_what_is_undone_is_not_found(written: Runner) -> None:
    written("undo --yes").ok  # noqa: B018
    assert ("bylaw", "存车棚管理办法") not in hits(written, "停车")


def test_nothing_found_is_said(written: Runner) -> None:
    assert "没有这样的话" in written("find 没有这样的话").ok.out
    assert written("find 没有这样的话 --json").ok.json == {"rows": [], "totals": {"hits": 0}}
    assert written(["find", " ", "--json"]).error["code"] == "unreadable"


def test_a_limit_leaves_the_total(written: Runner) -> None:
    cut = written("find 阶 --limit 1 --json").ok.json
    assert (len(cut["rows"]), cut["totals"]) == (1, {"hits": 3})


ALPHABET = sorted(set(PAPER + "".join(MEMBERS)) - set('\n"+=[] \taA'))  # Ａ is a: LIKE does not know


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=2))
def test_find_equals_a_plain_scan(book: Book, text: str) -> None:
    """One and two characters: every record whose words hold them, and no other."""
    asked = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    scanned: list[Any] = book.db.execute(
        "SELECT DISTINCT noun, ref FROM words WHERE text LIKE ? ESCAPE '\\'", [f"%{asked}%"]
    ).fetchall()
    names = {one[0]: one[1] for one in book.db.execute("SELECT name, person FROM person").fetchall()}
    found = {(hit.noun, names.get(hit.ref, hit.ref)) for hit in searching.find(book, text)}
    owned = {("household", "3-2-501"), ("task", "TA2022-1")} if text in "王桂兰" else set()
    owned |= {("task", "TA2022-2")} if text in "张建国" else set()
    assert found - owned == set(scanned) - owned
    assert owned <= found
