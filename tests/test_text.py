"""Full-width digits and long dashes of an input method; characters that would steer a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules.text import clean, nfc, normal, safe

ESCAPES = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x00",
    "\x7f",
    "\x9b31m",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u2028",
    "\ud800",
    "\ufeff",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("１００", "100"),
        ("3—2—501", "3-2-501"),
        ("３－２－５０１", "3-2-501"),
        ("3–2‐501", "3-2-501"),
        ("3−2ー501", "3-2-501"),
        ("5－31", "5-31"),
        ("A2022－0084", "A2022-0084"),
        ("——json", "--json"),
        ("－ｐ", "-p"),
        ("１，０００．５０", "1,000.50"),
        (" 今天 ", "今天"),
        ("一单元", "一单元"),  # the figure one is no dash
    ],
)
def test_a_word_of_the_input_method_is_the_word_of_the_keyboard(typed: str, meant: str) -> None:
    assert normal(typed) == meant


@pytest.mark.parametrize("char", ESCAPES)
def test_a_character_that_steers_the_screen_is_refused_by_name(char: str) -> None:
    with pytest.raises(Unreadable) as refused:
        clean(f"张{char}三", field="note")
    assert f"U+{ord(char[0]):04X}" in refused.value.message
    assert refused.value.field == "note"
    assert safe(str(refused.value.value)) == refused.value.value


@pytest.mark.parametrize("char", ESCAPES)
def test_the_same_character_in_an_old_record_is_shown_as_a_mark(char: str) -> None:
    assert safe(f"张{char}三").startswith("张\ufffd")


def test_lines_are_allowed_where_lines_are_asked() -> None:
    assert clean("第一条\r\n\t第二条", lines=True) == "第一条\n\t第二条"
    assert safe("a\nb", lines=True) == "a\nb"
    assert safe("a\nb") == "a\ufffdb"
    for text in ("a\rb", "a\x1bb"):
        with pytest.raises(Unreadable):
            clean(text, lines=True)
    with pytest.raises(Unreadable):
        clean("a\nb")


def test_names_stay_as_typed() -> None:
    for name in ("欧阳夏丹·阿依古丽", "１号楼—东", "Zoë O'Hara", "𠮷野家", "=1+1", "[/] 关闭"):
        assert clean(name) == safe(name) == name


def test_one_form_of_every_letter() -> None:
    assert clean("Zoe\u0308") == nfc("Zoe\u0308") == "Zo\u00eb"


@given(st.text())
def test_what_is_stored_is_what_is_shown(text: str) -> None:
    try:
        stored = clean(text)
    except Unreadable:
        assert safe(nfc(text)) != nfc(text)
    else:
        assert safe(stored) == stored == clean(stored)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text)
