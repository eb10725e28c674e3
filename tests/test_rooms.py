"""Rooms as the neighbours say them, areas of the deeds, and "did you mean"."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaoyuan_cli.errors import Unreadable
from zaoyuan_cli.rules.rooms import (
    Area,
    Room,
    complete,
    expand,
    expand_units,
    looks_like_room,
    nearest,
    order,
    parse,
    parse_area,
    parse_unit,
    unit_of,
)

ESTATE = [
    f"{building}-{unit}-{floor}0{door}"
    for building in range(1, 6)
    for unit in (1, 2)
    for floor in range(1, 6)
    for door in (1, 2, 3)
]


@pytest.mark.parametrize(
    "typed",
    [
        "3-2-501",
        "3栋2单元501室",
        "3栋2单元501",
        "3号楼二单元501",
        "三号楼二单元501室",
        "三号楼二单元五〇一",
        "3幢2门501",
        "3座2单元501号",
        "3#2-501",
        "3#-2-501",
        "3#楼2-501",
        "3/2/501",
        "3 2 501",
        "３－２－５０１",
        "3—2—501",
        "3——2——501",
        "03-02-0501",
        " 3-2-501 ",
        "3-2单元501",
        "3栋 2单元 501",
    ],
)
def test_one_door_has_many_spellings(typed: str) -> None:
    assert parse(typed) == Room("3", "2", "501")
    assert parse(typed).text == "3-2-501"
    assert parse(typed).whole


@pytest.mark.parametrize(
    ("typed", "room", "text"),
    [
        ("2单元501", Room(None, "2", "501"), "2-501"),
        ("501", Room(None, None, "501"), "501"),
        ("501室", Room(None, None, "501"), "501"),
        ("0501", Room(None, None, "501"), "501"),
        ("A座501", Room("A", None, "501"), "A-501"),
        ("a座501", Room("A", None, "501"), "A-501"),
        ("A-501", Room("A", None, "501"), "A-501"),
        ("3栋501", Room("3", None, "501"), "3-501"),
        ("3-501", Room("3", None, "501"), "3-501"),
        ("12-10-2401", Room("12", "10", "2401"), "12-10-2401"),
        ("十二栋10单元2401", Room("12", "10", "2401"), "12-10-2401"),
        ("3-2-501A", Room("3", "2", "501A"), "3-2-501A"),
        ("B1-2-101", Room("B1", "2", "101"), "B1-2-101"),
    ],
)
def test_a_room_may_leave_parts_out(typed: str, room: Room, text: str) -> None:
    assert parse(typed) == room
    assert parse(typed).text == text


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "32501",
        "3-2-",
        "-501",
        "3-2-32501",
        "王桂兰",
        "一",
        "五〇一",
        "3.2.501",
        "3-2-501-1",
        "A2022-0084",
        "13812341234",
    ],
)
def test_what_is_no_room_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(typed)
    assert (refused.value.field, refused.value.value) == ("household", typed)
    assert "3-2-501" in refused.value.hint
    assert not looks_like_room(typed)


def test_a_partial_room_is_completed_by_the_estate() -> None:
    small = ["3-2-501", "3-1-501", "4-2-501", "3-2-502"]
    assert complete(parse("3-2-501"), small) == ("3-2-501",)
    assert complete(parse("502"), small) == ("3-2-502",)
    assert complete(parse("2单元501"), small) == ("3-2-501", "4-2-501")
    assert complete(parse("3栋501"), small) == ("3-1-501", "3-2-501")
    assert complete(parse("501"), small, unit="3-1") == ("3-1-501",)
    assert complete(parse("3-2-601"), small) == ()
    assert complete(parse("601"), small) == ()


def test_an_estate_without_units_or_buildings() -> None:
    assert complete(parse("A座501"), ["A-501", "B-501"]) == ("A-501",)
    assert complete(parse("2单元501"), ["1-501", "2-501"]) == ("2-501",)
    assert complete(parse("501"), ["501", "502"]) == ("501",)
    assert unit_of("A-501") == "A"
    assert unit_of("501") == ""


def test_the_unit_of_a_room() -> None:
    assert unit_of("3-2-501") == "3-2"
    for typed in ("3-2", "3栋2单元", "3号楼二单元", "3/2", "３－２", "03-02", "3#2", "3幢2门"):
        assert parse_unit(typed) == "3-2"
    assert parse_unit("2单元") == "2"
    assert parse_unit("A座") == "A"
    for typed in ("", "单元", "3-2-501", "一楼道"):
        with pytest.raises(Unreadable):
            parse_unit(typed)


@pytest.mark.parametrize(
    ("typed", "rooms"),
    [
        ("3-2-501,502,601", ["3-2-501", "3-2-502", "3-2-601"]),
        ("3-2-501，502、601", ["3-2-501", "3-2-502", "3-2-601"]),
        ("3-2-501,1-601,602", ["3-2-501", "3-1-601", "3-1-602"]),
        ("3-2-501,1单元601", ["3-2-501", "3-1-601"]),
        ("3-2-501,4-1-101,102", ["3-2-501", "4-1-101", "4-1-102"]),
        ("A-501,502", ["A-501", "A-502"]),
        ("501,502", ["501", "502"]),
        ("3-2-501,", ["3-2-501"]),
    ],
)
def test_several_rooms_share_what_the_first_says(typed: str, rooms: list[str]) -> None:
    assert [room.text for room in expand(typed)] == rooms


@pytest.mark.parametrize("typed", ["", ",", "3-2-501,张三"])
def test_several_rooms_are_all_rooms(typed: str) -> None:
    with pytest.raises(Unreadable):
        expand(typed)


def test_the_units_of_an_estate() -> None:
    assert expand_units("1-1..5-2") == ("1-1", "1-2", "2-1", "2-2", "3-1", "3-2", "4-1", "4-2", "5-1", "5-2")
    assert expand_units("1-1..1-2,A") == ("1-1", "1-2", "A")
    assert expand_units("1..3") == ("1", "2", "3")
    for typed in ("1-1..5", "A..C", "..", "1-1..1-9999999"):
        with pytest.raises(Unreadable):
            expand_units(typed)


@pytest.mark.parametrize(
    ("typed", "first"), [("32501", "3-2-501"), ("3-2-5011", "3-2-501"), ("3栋2单元5O1", "3-2-501")]
)
def test_a_slip_finds_its_neighbours(typed: str, first: str) -> None:
    found = nearest(typed, ESTATE)
    assert len(found) == 3
    assert found[0] == first


def test_an_unfinished_room_finds_doors_of_its_floor() -> None:
    assert nearest("3-2-5", ESTATE) == ("3-2-501", "3-2-502", "3-2-503")


def test_a_room_that_is_not_there_finds_doors_of_its_floor() -> None:
    doors = [f"3-2-{floor}0{door}" for floor in range(1, 6) for door in (1, 2)]
    assert nearest("3-2-510", doors)[:2] == ("3-2-501", "3-2-502")


def test_rooms_are_listed_as_one_walks() -> None:
    rooms = ["3-10-101", "3-2-501", "3-2-1201", "10-1-101", "A-101", "3-2-501A"]
    wanted = ["3-2-501", "3-2-501A", "3-2-1201", "3-10-101", "10-1-101", "A-101"]
    random.Random(1).shuffle(rooms)
    assert sorted(rooms, key=order) == wanted


parts = st.integers(1, 40).map(str) | st.sampled_from("ABC")


@given(st.builds(Room, parts, st.none() | parts, st.integers(1, 9999).map(str)))
def test_a_written_room_is_read_back(room: Room) -> None:
    assert parse(room.text) == room
    assert complete(room, [room.text, "9-9-9999"]) == (room.text,)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("88.5", 8850),
        ("88.50㎡", 8850),
        ("88.5 m2", 8850),
        ("88.5m²", 8850),
        ("88平方米", 8800),
        ("８８．５平", 8850),
        ("0.01", 1),
    ],
)
def test_an_area_of_the_deed(typed: str, area: int) -> None:
    """R-03: hundredths of a square metre."""
    assert parse_area(typed) == Area(area)
    assert parse_area(Area(area).plain()) == area


@pytest.mark.parametrize("typed", ["", "0", "-88", "88.555", "大", "1e3", "1234567"])
def test_what_is_no_area(typed: str) -> None:
    with pytest.raises(Unreadable):
        parse_area(typed)


def test_areas_are_shown_in_square_metres() -> None:
    assert Area(8850).plain() == "88.50"
    assert sum([Area(580_000), Area(580_000)], Area(0)).grouped() == "11,600.00"
