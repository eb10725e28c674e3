"""Finding a neighbour by a few keys, and hiding one on what goes to the wall (R-81)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.rules.names import Match, initials, is_firm, mask_name, mask_phone, rank


@pytest.mark.parametrize(
    ("typed", "name", "readings", "match"),
    [
        ("王桂兰", "王桂兰", "w g l", Match.EXACT),
        ("王桂", "王桂兰", "w g l", Match.PREFIX),
        ("wgl", "王桂兰", "w g l", Match.INITIALS),
        ("WGL", "王桂兰", "w g l", Match.INITIALS),
        ("ｗｇｌ", "王桂兰", "w g l", Match.INITIALS),
        ("wg", "王桂兰", "w g l", Match.INITIALS),
        ("桂兰", "王桂兰", "w g l", Match.PART),
        ("1234", "王桂兰", "w g l", Match.PHONE),
        ("zgl", "曾桂兰", "cz g l", Match.INITIALS),
        ("cgl", "曾桂兰", "cz g l", Match.INITIALS),
        ("xx", "解晓", "jx x", Match.INITIALS),
        ("zoe", "Zoe Smith", "z s", Match.PREFIX),
        ("smith", "Zoe Smith", "z s", Match.PART),
        ("gl", "王桂兰", "w g l", Match.NONE),
        ("wglx", "王桂兰", "w g l", Match.NONE),
        ("李", "王桂兰", "w g l", Match.NONE),
        ("234", "王桂兰", "w g l", Match.NONE),
        ("", "王桂兰", "w g l", Match.NONE),
        ("wgl", "", "", Match.NONE),
    ],
)
def test_a_neighbour_is_found_by_a_few_keys(typed: str, name: str, readings: str, match: Match) -> None:
    assert rank(typed, name, readings, "1234") is match


def test_the_better_hit_stands_first() -> None:
    people = [("赵王伟", "z w w"), ("王伟", "w w"), ("吴伟", "w w"), ("王伟民", "w w m")]
    found = sorted(people, key=lambda person: rank("王伟", *person), reverse=True)
    assert [name for name, _ in found] == ["王伟", "王伟民", "赵王伟", "吴伟"]


def test_an_erased_person_is_found_by_nothing() -> None:
    assert not rank("1234", "", "", "")


def test_initials_keep_every_reading() -> None:
    assert initials([["zēng", "céng"], ["guì"], ["lán"]]) == "cz g l"
    assert initials([["ōu"], ["yáng"], ["·"], ["ā"]]) == "o y a"
    assert initials([["Zoe Smith"]]) == "z"
    assert initials([["ńg", "ň"], ["𠮷"]]) == "n"
    assert initials([]) == ""


def test_initials_of_the_dictionary() -> None:
    """Surnames whose first reading is wrong in the dictionary are found by the right one."""
    pypinyin = pytest.importorskip("pypinyin")
    for name, typed in [
        ("曾桂兰", "zgl"),
        ("单伟", "sw"),
        ("解晓", "xx"),
        ("仇英", "qy"),
        ("区明", "om"),
        ("覃丽", "ql"),
    ]:
        readings = initials(pypinyin.pinyin(name, heteronym=True))
        assert rank(typed, name, readings) is Match.INITIALS


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("欧阳小明", "欧阳**"),
        ("欧阳明", "欧阳*"),
        ("王桂兰", "王**"),
        ("司马", "司*"),
        ("马阳", "马*"),
        ("张", "*"),
        ("", ""),
        ("John Smith", "J*** S***"),
        ("买买提·艾力", "买**·**"),
    ],
)
def test_a_name_on_the_wall(name: str, masked: str) -> None:
    """R-81."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138****1234"),
        ("+86 13812341234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("7654321", "*****21"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_phone_number_on_the_screen(phone: str, masked: str) -> None:
    """R-81."""
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "firm"),
    [("太原安通电子有限公司", True), ("广告店", True), ("国网", True), ("存车棚五金店", True), ("Shop Ltd.", True),
     ("王师傅施工队", False), ("李国网红", False), ("店小二", False), ("陈行", False), ("张店主", False), ("", False)],
)  # fmt: skip
def test_what_is_plainly_no_person(name: str, firm: bool) -> None:
    """R-80: a firm's name hides nothing; in doubt a name is a person's."""
    assert is_firm(name) is firm


@given(st.text(alphabet="张王李赵三四小明欧阳", min_size=1, max_size=6))
def test_a_masked_name_says_no_given_name(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert masked.endswith("*")
    assert rank(name, masked) is Match.NONE
