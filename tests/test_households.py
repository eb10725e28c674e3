"""The roll of households: entered, listed, found by whatever is typed, changed, sold."""

from __future__ import annotations

import pytest
from conftest import Runner
from hypothesis import given
from hypothesis import strategies as st
from roll import begin, take_in

from zaoyuan_cli.rules import rooms


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    return zaoyuan


def rows(book: Runner, more: str = "") -> dict[str, dict[str, object]]:
    return {row["room"]: row for row in book(f"household list --json {more}").ok.json["rows"]}


# ---- entering


def test_a_household_is_entered_in_one_line(book: Runner) -> None:
    line = "household add 4-1-201 --owner 马丽 --area 88.5 --area-source 登记 --grid 3 --ebike --state 出租 --json"
    answer = book(line).ok.json
    voter = answer.pop("voter")
    assert answer == {
        "room": "4-1-201", "owner": "马丽", "area": "88.50", "unit": "4-1", "grid": "3", "ebike": True, "state": "let",
    }  # fmt: skip
    assert rows(book)["4-1-201"]["voter"] == voter
    said = book("住户 add 4栋1单元202室 --owner 马丽", lang="zh").ok
    assert said.out.startswith("√ 住户 4-1-202 马丽")
    assert rows(book)["4-1-202"]["voter"] == voter  # no telephone either: the same person


def test_nothing_but_the_room_is_needed(book: Runner) -> None:
    answer = book("household add 4-1-201 --json").ok.json
    assert answer == {"room": "4-1-201", "owner": None, "area": None, "unit": "4-1", "grid": None, "ebike": False,
                      "state": "owner", "voter": None}  # fmt: skip


def test_owners_who_share_a_door_share_a_vote(book: Runner) -> None:
    answer = book(
        "household add 4-1-201 --owner 马丽 --owner 高飞 --phone 13100000001 --phone 13100000002 --json"
    ).ok.json
    assert answer["owner"] == "马丽、高飞"
    people = book("household show 4-1-201 --json").ok.json["people"]
    assert [(one["name"], one["phone"]) for one in people] == [("马丽", "131****0001"), ("高飞", "131****0002")]
    assert book("household list --json").ok.json["totals"]["voters"] == 11


def test_a_door_is_entered_once(book: Runner) -> None:
    refused = book("household add 3号楼2单元501 --json")
    assert (refused.code, refused.error["field"], refused.error["value"]) == (1, "household", "3-2-501")
    assert "household edit 3-2-501" in refused.error["hint"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("household add 32501", "household"),
        ("household add 4-1-201 --area 0", "area"),
        ("household add 4-1-201 --area-source 听说", "area-source"),
        ("household add 4-1-201 --state 有人", "state"),
        ("household add 4-1-201 --owner 马丽 --phone 12", "phone"),
        ("household add 4-1-201 --owner ''", "owner"),
        ("household add 4-1-201 --phone 13100000001", "phone"),
        ("household edit 3-2-501 --ebike --no-ebike", "ebike"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(book: Runner, line: str, field: str) -> None:
    before = book("log --json").ok.json
    refused = book(f"{line} --json")
    assert (refused.code, refused.error["field"]) == (2, field)
    assert book("log --json").ok.json == before


def test_a_room_with_fewer_parts_than_all_others_is_asked_about(book: Runner) -> None:
    assert book("household add 501 --json").error["code"] == "needs_yes"
    assert book("household add 501 --yes --json").ok.json["room"] == "501"


def test_same_name_alone_is_another_person_and_is_said(book: Runner) -> None:
    result = book("household add 4-1-201 --owner 王桂兰 --json").ok
    voter = rows(book)["3-2-501"]["voter"]
    assert result.json["voter"] != voter
    assert str(voter) in result.json["warnings"][0]
    assert book(f"household add 4-1-202 --owner {voter} --json").ok.json["voter"] == voter


# ---- listing


def test_the_list_is_in_the_order_of_rooms_and_counts_voters_by_person(book: Runner) -> None:
    answer = book("household list --json").ok.json
    listed = [row["room"] for row in answer["rows"]]
    assert listed == sorted(listed, key=rooms.order)
    assert listed[4:9] == ["3-2-501", "3-2-502", "3-2-601", "3-2-602", "3-10-101"]
    assert answer["totals"] == {"households": 12, "voters": 10, "area": "875.00"}


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ("--unit 3-2", {"3-2-501", "3-2-502", "3-2-601", "3-2-602"}),
        ("--unit 3栋2单元 --ebike", {"3-2-501", "3-2-502"}),
        ("--grid 3", {"5-1-101", "5-1-102", "5-2-101"}),
        ("--grid ３ --vacant", {"5-1-102"}),
        ("--let", {"1-1-201", "3-2-601"}),
        ("--let --vacant --grid 3", {"5-1-102"}),
        ("--unit 9-9", set()),
    ],
)
def test_the_list_can_be_narrowed(book: Runner, option: str, found: set[str]) -> None:
    answer = book(["household", "list", "--json", *option.split()]).ok.json
    assert {row["room"] for row in answer["rows"]} == found
    assert answer["totals"]["households"] == len(found)


def test_those_who_owe_can_be_listed(book: Runner) -> None:
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes --json").ok
    assert book("pay 3-2-501 --json").ok
    answer = book("household list --owing --json").ok.json
    assert {row["room"]: row["owed"] for row in answer["rows"]} == dict.fromkeys(
        ("1-1-102", "3-2-502", "5-2-101"), "100.00"
    )


def test_a_pipe_gets_every_row_whole(book: Runner) -> None:
    lines = book("household list --sort -area --limit 2").ok.out.splitlines()
    assert lines[1].split() == ["3-2-501", "王桂兰", "88.50", "3-2", "2", "yes", "owner"]
    assert lines[-1].split() == ["Total", "12", "875.00"]
    table = book("household list --format csv", lang="zh").ok.out.splitlines()
    assert table[0] == "房号,业主,面积（㎡）,单元,微网格,电动车,状态"


# ---- finding


@pytest.mark.parametrize(
    "who", ["3-2-502", "3号楼二单元502", "3栋2单元502室", "３-２-５０２", "3#2-502", "2单元502", "张建国"]
)
def test_what_is_exact_is_shown_at_once(book: Runner, who: str) -> None:
    assert book(["household", "show", who, "--json"]).ok.json["room"] == "3-2-502"


@pytest.mark.parametrize("who", ["zjg", "张", "建国", "5678"])
def test_what_is_guessed_needs_a_yes_where_nobody_can_answer(book: Runner, who: str) -> None:
    """Initials, the beginning of a name, a part, the end of the telephone."""
    refused = book(["household", "edit", who, "--grid", "1", "--json"])
    assert (refused.code, refused.error["code"]) == (2, "needs_yes")
    assert "3-2-502 张建国" in refused.error["message"]
    assert book(["household", "show", who, "--yes", "--json"]).ok.json["room"] == "3-2-502"


def test_the_id_of_an_owner_leads_to_the_door(book: Runner) -> None:
    voter = rows(book)["3-2-502"]["voter"]
    assert book(f"household show {voter} --json").ok.json["room"] == "3-2-502"


def test_a_person_at_the_keyboard_confirms_a_guess_with_enter(book: Runner) -> None:
    asked = book("household edit zjg --grid 1", tty=True, input="\n")
    assert "3-2-502 张建国" in asked.err
    assert rows(book)["3-2-502"]["grid"] == "1"
    assert book("household edit zjg --grid 2", tty=True, input="n\n").code == 130
    assert rows(book)["3-2-502"]["grid"] == "1"
    assert "3-2-502 张建国" in book("household show zjg", tty=True).ok.out  # looking harms nothing: not asked


@pytest.mark.parametrize("who", ["王桂兰", "wgl", "李强", "周建平", "101"])
def test_what_fits_several_is_never_guessed(book: Runner, who: str) -> None:
    refused = book(["household", "show", who, "--yes", "--json"])
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "ambiguous", "household")
    wanted = {"王桂兰": {"3-2-501", "3-2-601"}, "wgl": {"3-2-501", "3-2-601"}, "李强": {"1-1-201", "1-1-202"},
              "周建平": {"5-1-101", "5-1-102"}, "101": {"1-1-101", "3-10-101", "5-1-101", "5-2-101"}}  # fmt: skip
    assert {one["key"] for one in refused.error["candidates"]} == wanted[who]
    assert book(["household", "show", who], tty=True, input="2\n").ok.out.split()[0] in wanted[who]
    assert book(["household", "show", who], tty=True, input="\n").code == 130


def test_either_reading_of_a_name_finds_it(book: Runner) -> None:
    for letters in ("zxy", "cxy"):  # 曾 is zeng or ceng
        assert book(f"household show {letters} --yes --json").ok.json["room"] == "1-1-102"


@pytest.mark.parametrize("who", ["3-2-510", "3栋2单元510", "9-9-901"])
def test_an_unknown_room_names_the_three_nearest(book: Runner, who: str) -> None:
    refused = book(["household", "show", who, "--json"])
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "household")
    assert len(refused.error["candidates"]) == 3
    if who != "9-9-901":
        assert refused.error["candidates"][0]["key"] in ("3-2-501", "3-2-601")


def test_an_unknown_name_says_where_to_look(book: Runner) -> None:
    refused = book("household show 赵四 --json")
    assert (refused.code, refused.error["code"], refused.error["value"]) == (1, "not_found", "赵四")
    assert "household list" in refused.error["hint"]


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_rooms(text: str) -> None:
    from zaoyuan_cli.book import finding

    assert finding.reads_as_room(text) in (True, False)


# ---- changing


def test_a_change_holds_from_its_day_on(book: Runner) -> None:
    assert book("household edit 3-2-501 --no-ebike --grid 1 -d 5-20 --json").ok.json["changed"] == ["ebike", "grid"]
    assert rows(book)["3-2-501"]["ebike"] is False
    book.now = "2022-06-15T12:00:00+08:00"
    assert book("household edit 3-2-501 --ebike -d 6-10").ok
    assert rows(book, "--as-of 2022-06-09")["3-2-501"]["ebike"] is False
    assert rows(book)["3-2-501"]["ebike"] is True
    assert rows(book, "--known-on 2022-06-14")["3-2-501"]["ebike"] is False  # the second is not written yet


def test_an_earlier_day_than_the_last_change_is_refused(book: Runner) -> None:
    assert book("household edit 3-2-501 --grid 1 -d 5-20").ok
    refused = book("household edit 3-2-501 --grid 3 -d 5-10 --json")
    assert (refused.code, refused.error["field"]) == (1, "date")
    assert "-d 2022-05-20" in refused.error["hint"]


def test_what_is_so_already_records_nothing(book: Runner) -> None:
    steps = book("log --json").ok.json["rows"]
    assert book("household edit 3-2-501 --area 88.50 --state 自住 --json").ok.json["changed"] == []
    assert book("log --json").ok.json["rows"] == steps


def test_a_flat_is_sold_and_remembers_its_owners(book: Runner) -> None:
    assert book("household transfer 3-2-502 --to 马丽 --phone 13100000001 -d 5-20").ok
    assert rows(book)["3-2-502"]["owner"] == "马丽"
    shown = book("household show 3-2-502 --json").ok.json
    assert shown["former"] == [{"owner": "张建国", "from": None, "until": "2022-05-20"}]
    assert [step["verb"] for step in shown["history"]] == ["household transfer", "import households"]
    assert book("household show 3-2-502 --as-of 2022-05-19 --json").code == 1  # not in the roll yet
    assert book("undo --yes").ok
    assert rows(book)["3-2-502"]["owner"] == "张建国"


def test_an_owner_can_be_added_to_a_door_by_edit(book: Runner) -> None:
    before = rows(book)["3-2-502"]["voter"]
    assert book("household edit 3-2-502 --owner 张建国 --owner 马丽 --json").ok.json["owner"] == "张建国、马丽"
    assert rows(book)["3-2-502"]["voter"] == before  # the same 张建国, whose telephone need not be said again


def test_two_laptops_that_edit_one_field_are_found_out(book: Runner) -> None:
    """Each edit names the step it saw, so that a merge can tell a conflict from a sequence."""
    assert book("household edit 3-2-501 --grid 1").ok
    assert book("household edit 3-2-501 --grid 3").ok
    import sqlite3

    with sqlite3.connect(book.book) as db:
        saw = db.execute("SELECT step, saw FROM change WHERE noun = 'household' AND field = 'grid'").fetchall()
    db.close()
    assert saw == [("A3", ""), ("A4", "A3")]


# ---- showing


def test_one_screen_holds_a_household(book: Runner) -> None:
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where ebike --yes --json").ok
    assert book("pay 3-2-501 60 --json").ok
    assert book("person add 何秀英 --room 3-2-501 --relation 家属").ok
    assert book("body add 业委会 --seats 5").ok
    assert book("role set 3-2-501 主任").ok
    shown = book("household show 3-2-501 --json").ok.json
    assert (shown["room"], shown["owed"]) == ("3-2-501", "40.00")
    assert [(one["name"], one["relation"], one["roles"]) for one in shown["people"]] == [
        ("王桂兰", "owner", ["chair"]), ("何秀英", "family", [])]  # fmt: skip
    assert [(due["project"], due["due"], due["paid"], due["state"]) for due in shown["dues"]] == [
        ("车棚", "100.00", "60.00", "part")]  # fmt: skip
    assert [(one["receipt"], one["amount"]) for one in shown["payments"]] == [("A2022-0001", "60.00")]
    assert "pay" in [step["verb"] for step in shown["history"]]
    page = book("household show 3-2-501", lang="zh").ok.out
    assert all(word in page for word in ("王桂兰", "138****1234", "主任", "车棚", "A2022-0001", "40.00"))


def test_telephones_are_masked_unless_asked_for(book: Runner) -> None:
    for line in ("household show 3-2-501", "person list", "person show 3-2-501", "household list"):
        for form in ("table", "json", "csv"):
            assert "13812341234" not in book(f"{line} --format {form}").ok.out
    assert book("household show 3-2-501 --full --json").error["code"] == "needs_yes"
    assert "13812341234" in book("household show 3-2-501 --full --yes").ok.out
    assert "13812341234" in book("household show 3-2-501 --full", screen=100).ok.out


def test_units_are_listed_with_what_they_hold(book: Runner) -> None:
    assert book("unit add 6-1..6-2 --json").ok.json["units"] == ["6-1", "6-2"]
    assert book("role set 3-2-502 单元长").ok
    units = {row["unit"]: row for row in book("unit list --json").ok.json["rows"]}
    assert (units["3-2"]["households"], units["3-2"]["vacant"], units["3-2"]["leader"]) == (4, 1, "张建国")
    assert units["6-2"]["households"] == 0
    shown = book("unit show 3栋2单元 --json").ok.json
    assert [door["room"] for door in shown["rooms"]] == ["3-2-501", "3-2-502", "3-2-601", "3-2-602"]
    assert book("unit show 9-9 --json").error["code"] == "not_found"


def test_an_import_after_an_edit_keeps_the_edit(book: Runner) -> None:
    assert book("household edit 5-2-101 --state 出租").ok
    assert take_in(book, "房号,状态\n5-2-101,自住\n", more="")["differs"] == 1
    assert rows(book)["5-2-101"]["state"] == "let"


# ---- several at once, and those who give


def test_several_households_share_what_the_first_one_says(book: Runner) -> None:
    assert book("project add 车棚 --fund 众筹专项 --levy 100 --where 'unit 5-2' --yes").ok
    assert book("project include 3-2-501,502 -p 车棚").ok
    assert book("project include 1-1-101、张建国 -p 车棚 --json").code == 1  # 张建国 is in it already
    assert book("project include 5-1 -p 车棚").ok  # a unit of two doors
    asked = book("project include 1-1 -p 车棚 --json")
    assert (asked.code, asked.error["code"]) == (2, "needs_yes")
    assert "4" in asked.error["message"]
    assert book("project include 1-1 -p 车棚 --yes").ok
    assert book("unpaid --json").ok.json["totals"]["households"] == 9


@pytest.mark.parametrize("who", ["枣园社区", "社区"])
def test_a_donor_is_one_who_pays_too(book: Runner, who: str) -> None:
    assert book("donor add 枣园社区 --kind public").ok
    answer = book(f"pay {who} 500 --fund 惠民资金 --yes --json").ok.json
    assert (answer["donor"], answer["amount"]) == ("枣园社区", "500.00")


def test_a_donor_named_like_an_owner_is_told_apart(book: Runner) -> None:
    assert book("donor add 张建国 --kind person").ok
    refused = book("pay 张建国 10 --fund 工作经费 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "ambiguous")
    assert [(one["kind"], one["key"]) for one in refused.error["candidates"]] == [
        ("household", "3-2-502"), ("donor", "张建国")]  # fmt: skip
