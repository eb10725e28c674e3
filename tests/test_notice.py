"""What hangs at the door (S5, S16): the offices with their names, and nothing else of anybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

import pytest
from conftest import Runner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roll import begin

from tests.prepared import once
from zaoyuan_cli import render
from zaoyuan_cli.book import (
    Book,
    appointing,
    bodies,
    consents,
    enrolling,
    founding,
    open_book,
    registering,
    roles,
    units,
)
from zaoyuan_cli.document import Column, Heading, Pairs, Part, Table, Text
from zaoyuan_cli.i18n import language
from zaoyuan_cli.render import terminal
from zaoyuan_cli.reports import notices
from zaoyuan_cli.reports.notices import PAPERS, roster
from zaoyuan_cli.reports.public import Leak, Public, Wall

OWNERS = ("韩梅", "曾秀英", "李强", "王桂兰", "张建国", "欧阳夏丹", "赵小丽", "孙磊", "周建平", "吴晓燕")
PHONES = ("13900001111", "13900002222", "13812341234", "13700005678", "13600001111", "13500009999")
ENDINGS = ("md", "html", "csv", "json", "tsv", "txt")
CHINESE = ("枣园小区公示", "组织与任职名册", "主任", "姓名", "户数", "枣园小区业委会（盖章）", "如有异议")
NAMED = ("张建国", "曾秀英")  # who hold an office in public


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    """The twelve doors; 张建国 leads the committee, 曾秀英 unit 3-2, 吴晓燕 and 孙磊 keep the party households."""
    begin(zaoyuan)
    for line in (
        "body add 业委会 --seats 5 --from 2022-01-01", "role set 张建国 主任", "role set 韩梅 委员 --until 2022-03-01 "
        "--from 2022-01-01", "role set 曾秀英 单元长 --scope 3-2", "role set 吴晓燕 党员中心户 --scope 2",
        "role set 孙磊 党员中心户 --scope 3-2", "household vehicle 3-2-501 晋A12345", "donor add 何秀英 --kind person",
    ):  # fmt: skip
        assert zaoyuan(line).ok
    return zaoyuan


@pytest.fixture
def opened(book: Runner) -> Iterator[Book]:
    found = open_book(book.book, book.home)
    yield found
    found.close()


def on(paper: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in paper]


def printed(paper: Public) -> Iterator[str]:
    """The paper in every format, and as a screen of two widths draws it."""
    yield from (render.render(paper, format) for format in render.FORMATS)
    yield from (terminal.render(paper, width) for width in (100, 40))


# ---- the roster


@pytest.mark.parametrize("line", ["notice roster", "notice roster --unit 3-2", "公示 名册"])
def test_the_roster_names_offices_and_nobody_else(book: Runner, line: str) -> None:
    """R-80, in every file it is written to."""
    private = tuple(name for name in (*OWNERS, "何秀英", "晋A12345", *PHONES) if name not in NAMED)
    for ending in ENDINGS:
        file = book.folder / f"paper.{ending}"
        assert book(f"{line} -o {file}").ok
        text = file.read_text(encoding="utf-8-sig")
        assert on(text, NAMED) == list(NAMED), ending
        assert on(text, private) == [], ending


def test_what_stands_on_it(book: Runner) -> None:
    answer = book("notice roster --unit 3-2 --json").ok.json
    assert (answer["name"], answer["unit"], answer["date"], answer["issued_by"]) == (
        "枣园小区", "3-2", "2022-05-31", "业委会",
    )  # fmt: skip
    assert [(one["unit"], one["households"], one["leaders"]) for one in answer["units"]] == [("3-2", 4, ["曾秀英"])]
    [grid] = answer["grids"]
    assert (grid["grid"], grid["households"], grid["party_households"], grid["party_households_unnamed"]) == (
        "2", 5, [], 2,
    )  # fmt: skip
    [body] = answer["bodies"]
    assert (body["body"], body["seats"], body["vacant"], body["until"]) == ("业委会", 5, 4, "2026-12-31")
    assert body["offices"] == [{"role": "chair", "name": "张建国", "from": "2022-05-31"}]
    whole = book("notice roster --json").ok.json
    assert (len(whole["units"]), whole["totals"]) == (5, {"households": 12})


def test_the_paper_is_in_the_language_of_the_book(book: Runner) -> None:
    for more, shown in (("", 0), ("--format html", 0), ("--format csv", 0), ("", 80)):
        page = book(f"notice roster --lang en {more}", screen=shown).ok.out
        assert on(page, CHINESE) == list(CHINESE)
        assert on(page, ("Office", "Name", "Households", "chair", "public notice", "Total", 'lang="en"')) == []
    written = book(f"notice roster --lang en -o {book.folder / 'a.txt'}").ok.out
    assert "Written" in written, "what the program says itself stays in the language of the run"
    assert "Households" in book("report roster --lang en").ok.out


def test_a_party_household_is_named_with_consent_only(book: Runner) -> None:
    """R-82: withdrawn, the name is gone from the next print, also from one of a day before."""
    page = book("notice roster").ok.out
    assert "2 户（未同意公示姓名）" in page
    assert "吴晓燕" not in page
    assert book("person consent 吴晓燕 --what 姓名 -d 2022-05-01").ok
    assert "吴晓燕、1 户（未同意公示姓名）" in book("notice roster").ok.out
    assert book("person consent 吴晓燕 --what 姓名 --withdraw").ok
    for line in ("notice roster", "notice roster --as-of 2022-05-31", "notice roster --unit 3-2"):
        assert "吴晓燕" not in book(line).ok.out
    refused = book("notice roster --known-on 2022-05-30 --json")
    assert (refused.code, refused.error["field"]) == (2, "known_on")


def test_an_office_is_no_consent_to_tell_of_a_membership(book: Runner) -> None:
    """曾秀英 leads a unit in public; that hers is a party household stands nowhere."""
    assert book("role set 曾秀英 党员中心户 --scope 2").ok
    answer = book("notice roster --json").ok.json
    assert [(one["party_households"], one["party_households_unnamed"]) for one in answer["grids"]][1] == ([], 3)
    assert book("notice roster").ok.out.count("曾秀英") == 1


def test_another_consent_is_none_to_be_named(book: Runner) -> None:
    assert book("person consent 吴晓燕 --what 电话 --what 房号").ok
    assert on(book("notice roster").ok.out, ("吴晓燕", "13500009999")) == []


def test_who_left_office_or_was_erased_is_gone(book: Runner) -> None:
    assert "韩梅" in book("notice roster --as-of 2022-02-01").ok.out
    assert book("role end 曾秀英 单元长 --yes").ok
    assert "曾秀英" not in book("notice roster").ok.out


def test_a_unit_called_after_somebody_is_masked(book: Runner) -> None:
    """A user is never refused a paper for what a thing is called."""
    assert book("unit edit 3-2 --name 王桂兰楼13812341234").ok
    page = book("notice roster --unit 3-2").ok.out
    assert "王**楼138****1234" in page
    assert on(page, ("王桂兰", "13812341234")) == []


def test_what_can_be_drawn(book: Runner) -> None:
    assert [row["paper"] for row in book("notice --json").ok.json["rows"]] == list(PAPERS)
    assert "名册" in book("公示", lang="zh").ok.out
    assert book("notice nothing --json").error["code"] == "usage"
    assert book("notice roster --unit 9-9 --json").error["code"] == "not_found"


# ---- the type


@pytest.mark.parametrize("text", ["王桂兰", "王 桂　兰的家", "138 1234 1234", "１３８１２３４１２３４", "晋a·12345",
                                  "18899990000", "捐款人何秀英", "孙磊"])  # fmt: skip
def test_the_type_refuses_what_is_private(opened: Book, text: str) -> None:
    """R-80 by the type: wherever on the paper it stands, and without telling it in the fault."""
    table = (Column("a", "Name"),)
    places: tuple[Part, ...] = (
        Heading(text), Text(f"见{text}。"), Pairs(((text, 1),)), Pairs((("a", text),)), Table(table, [{"a": text}]),
        Table(table, [], {"a": text}), Table(table, [], title=text), Table(table, [], empty=text),
    )  # fmt: skip
    for part in places:
        with pytest.raises(Leak) as fault:
            Public(Wall(opened), {}, [part])
        assert text not in str(fault.value)
    for data in ({"rows": [{"who": text}]}, {text: 1}, {"who": (text,)}):
        with pytest.raises(Leak):
            Public(Wall(opened), data, [])
    shown = Wall(opened).text(text)
    assert shown != text
    assert Public(Wall(opened), {"a": shown}, [Text(shown)]).data() == {"a": shown}


@pytest.mark.parametrize("text", ["枣园小区", "业委会", "3-2", "A2022-0084", "2022-05-31", "王桂", "413812341234"])
def test_the_type_lets_pass_what_is_not(opened: Book, text: str) -> None:
    assert Public(Wall(opened), {"a": text}, [Text(text)]).data() == {"a": text}


def test_a_name_wants_a_ground(opened: Book) -> None:
    wall, held = Wall(opened), {one.role: one for one in roles.everyone(opened.db)}
    assert wall.office(held["chair"]) == "张建国"
    assert Public(wall, {"a": "张建国主任"}, []).grounds == (wall.grounds[0],)
    for role in ("party-household", "member"):  # a membership, and an office that is over
        with pytest.raises(Leak):
            wall.office(held[role])
    with pytest.raises(Leak):
        wall.office(held["chair"]._replace(person=held["unit-leader"].person))
    with pytest.raises(Leak):
        Wall(opened, date(2022, 5, 30)).office(held["chair"])
    assert wall.agreed(held["chair"].person) is None
    with pytest.raises(Leak):
        wall.say("王桂兰")


def test_every_paper_is_of_the_type() -> None:
    """One file a paper, and in it one function of its name, which returns a Public."""
    files = sorted(module.name for module in iter_modules(notices.__path__))
    makers = dict.fromkeys(PAPERS, "draw") | {"minutes": "summary"}
    assert files == sorted(makers)
    for name, made_by in makers.items():
        maker = getattr(import_module(f"{notices.__name__}.{name}"), made_by)
        assert maker.__annotations__["return"] == "Public", name


# ---- any book


class Somebody(NamedTuple):
    name: str
    phone: int | None
    office: str
    said: str
    calls: bool  # a unit is called after them


NAMES = st.builds("{}{}".format, st.sampled_from("赵钱孙李"), st.text("芃珺祺翊霖琬", min_size=1, max_size=3))
PEOPLE = st.lists(
    st.builds(
        Somebody, NAMES, st.none() | st.integers(13000000000, 19999999999),
        st.sampled_from(["", "chair", "secretary", "cashier", "unit-leader", "grid-worker", "party-household", "past"]),
        st.sampled_from(["", "agreed", "withdrawn", "over"]), st.booleans(),
    ),
    max_size=6, unique_by=lambda one: one.name,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everybody=PEOPLE)
def test_no_paper_of_any_book_names_somebody_without_a_ground(tmp_path: Path, everybody: list[Somebody]) -> None:
    """R-80, R-82: whoever is named on it holds a public office or agreed; all such are named; no telephone stands."""
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    book = founding.found(folder / "any.db", folder, "枣园小区", "周枣", "zh")
    book = open_book(folder / "any.db", folder)
    try:
        may = write(book, everybody)
        for unit in ("", "1-1"):
            paper = roster.draw(Wall(book), unit)
            for text in printed(paper):
                flat = text.replace("\n", "").replace(" ", "")
                assert {one.name for one in everybody if one.name in flat and one.name not in "、".join(may)} == set()
                assert {one.phone for one in everybody if str(one.phone) in text} == set()
            assert {name for name in may if name not in render.render(paper, "md")} == set()
            assert {ground.name for ground in paper.grounds} == may
            assert "周枣" not in str(paper.data())
        assert language() == "en"
    finally:
        book.close()


def write(book: Book, everybody: list[Somebody]) -> set[str]:
    """The book of these people, one a door of unit 1-1; the names that may stand on its papers."""
    may, first = set(), date(2022, 1, 1)
    with book.writing("init"):
        body, branch = bodies.add(book, "业委会", since=first), bodies.add(book, "党支部", "branch", since=first)
        units.add(book, "1-1")
        for n, one in enumerate(everybody):
            id = enrolling.add(book, one.name, str(one.phone or ""))
            registering.add(book, f"1-1-{n + 1}01", owners=[id], grid="1", on=first)
            where = {"secretary": branch, "chair": body, "cashier": body, "past": body}.get(one.office, "")
            scope = {"unit-leader": "1-1", "grid-worker": "1", "party-household": "1"}.get(one.office, "")
            if one.office == "past":
                appointing.give(book, id, "member", body=body, since=first, until=date(2022, 5, 30))
            elif one.office:
                appointing.give(book, id, one.office, body=where, scope=scope, since=first)
            if one.said:
                until = date(2022, 5, 30) if one.said == "over" else None
                consents.give(book, id, "name", first, until)
            if one.said == "withdrawn":
                consents.withdraw(book, id, "name")
            if one.calls:
                units.rename(book, "1-1", f"{one.name}单元{one.phone or ''}")
            is_public = one.office not in ("", "past", "party-household")
            if is_public or (one.office == "party-household" and one.said == "agreed"):
                may.add(one.name)
    return may
