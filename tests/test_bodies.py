"""Bodies and offices: who sits where, from when to when."""

from __future__ import annotations

import pytest
from conftest import Runner
from roll import begin

from tests.prepared import once


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    assert zaoyuan("body add 业委会 --seats 5 --from 2019-05-25 --until 2024-05-24").ok
    return zaoyuan


def offices(book: Runner, more: str = "") -> list[tuple[str, str, object]]:
    return [(row["name"], row["role"], row["scope"]) for row in book(f"role list --json {more}").ok.json["rows"]]


# ---- bodies


def test_the_assembly_is_in_every_book_and_its_members_are_the_voters(book: Runner) -> None:
    rows = {row["body"]: row for row in book("body list --json").ok.json["rows"]}
    assert (rows["业主大会"]["kind"], rows["业主大会"]["members"]) == ("assembly", 10)
    assert rows["业委会"] == {
        "body": "业委会", "kind": "committee", "members": 0, "seats": 5, "vacant": 5, "from": "2019-05-25",
        "until": "2024-05-24", "after": None, "followed_by": None, "decision": None, "state": "active",
        "term": "running",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "kind"), [("branch", "branch"), ("支部", "branch"), ("临时", "provisional"), ("其他", "other")]
)
def test_a_kind_is_said_in_either_language(book: Runner, word: str, kind: str) -> None:
    assert book(f"body add 新组织 --kind {word} --json").ok.json["kind"] == kind


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ("body add 业委会", "name", 1),
        ("body add 第二大会 --kind assembly", "kind", 2),
        ("body add 监督组 --seats -1", "seats", 2),
        ("body add 监督组 --from 2022-05-01 --until 2022-04-01", "until", 1),
        ("body add 监督组 --after 没有的", "body", 1),
        ("body show 没有的", "body", 1),
        ("body add ' '", "name", 2),
    ],
)
def test_what_cannot_be(book: Runner, line: str, field: str, code: int) -> None:
    refused = book(f"{line} --json")
    assert (refused.code, refused.error["field"]) == (code, field)


def test_a_body_is_renamed_and_found_by_either_name(book: Runner) -> None:
    assert book("body edit 业委会 --name 第二届业委会 --seats 7 --json").ok.json["changed"] == ["shown", "seats"]
    for name in ("业委会", "第二届", "第二届业委会", "committee"):
        assert book(f"body show {name} --json").ok.json["body"] == "第二届业委会"
    assert book("body edit 业委会 --seats 7 --json").ok.json["changed"] == []


def test_a_body_that_is_followed_takes_its_offices_along(book: Runner) -> None:
    """A term that merely ran out does not: the committee acts until the next is there."""
    assert book("role set 王桂兰 主任 --from 2019-05-25").ok
    assert offices(book, "--as-of 2025-01-01") == [("王桂兰", "chair", None)]
    assert book("body add 第三届业委会 --after 业委会 --from 2024-05-25").ok
    assert offices(book, "--as-of 2024-05-24") == [("王桂兰", "chair", None)]
    assert offices(book, "--as-of 2025-01-01") == []


def test_a_body_ends(book: Runner) -> None:
    assert book("body add 筹备组 --kind provisional --from 2019-01-01").ok
    assert book("role set 张建国 委员 --body 筹备组 --from 2019-01-01").ok
    assert book("body end 筹备组 -d 2019-05-25 --json").ok.json["until"] == "2019-05-25"
    assert offices(book) == []
    assert book("body list --json --as-of 2019-05-26").ok.json["rows"][1]["state"] == "ended"
    assert offices(book, "--as-of 2019-05-25") == [("张建国", "member", None)]


def test_a_provisional_committee_goes_before_and_a_branch_stands_beside(book: Runner) -> None:
    """S1, S3, S4: one person may sit in several bodies; contributions and decisions of all are in one book."""
    assert book("body add 临管会 --kind provisional --from 2019-01-12").ok
    assert book("body add 党支部 --kind branch --from 2019-06-10 --seats 3").ok
    assert book("body add 新业委会 --seats 5 --from 2022-05-25 --after 临管会").ok
    for body, role in (("临管会", "委员"), ("新业委会", "主任"), ("党支部", "书记")):
        assert book(f"role set 王桂兰 {role} --body {body} --from 2019-06-10").ok
    chain = {row["body"]: (row["after"], row["followed_by"]) for row in book("body list --json").ok.json["rows"]}
    assert chain["新业委会"] == ("临管会", None)
    assert chain["临管会"] == (None, "新业委会")
    shown = book("body show 党支部 --json").ok.json
    assert (shown["members"], shown["vacant"], shown["term"]) == (1, 2, None)


def test_a_committee_rests_on_the_decision_that_elected_it(book: Runner) -> None:
    number = book("decision add 选举第二届业委会 --body 业主大会 -d 2022-05-25 --json").ok.json["decision"]
    added = book("body add 第二届业委会 --seats 5 --from 2022-05-25 --after 业委会 --decision 选举 --json").ok.json
    assert (added["decision"], added["after"]) == (number, "业委会")
    assert book("role set 王桂兰 主任 --body 第二届 --from 2022-05-26 --decision D1").ok
    shown = book("body show 第二届 --json").ok.json
    assert [(one["decision"], one["text"]) for one in shown["decisions"]] == [(number, "选举第二届业委会")]
    kinds = [row["kind"] for row in book("decision show D1 --json").ok.json["rests"]]
    assert kinds == ["body", "role"]
    undone = book("undo A4 --yes --json")
    assert (undone.code, undone.error["code"]) == (1, "has_dependents")
    assert book("rebuild").ok
    assert book("body show 第二届 --json").ok.json == shown


def test_the_page_of_a_body_has_its_past(book: Runner) -> None:
    assert book("role set 王桂兰 主任 --from 2019-05-25 --until 2021-05-24").ok
    assert book("role set 张建国 主任 --from 2021-05-25").ok
    shown = book("body show 业委会 --json").ok.json
    assert [one["name"] for one in shown["offices"]] == ["张建国"]
    assert [(one["name"], one["until"]) for one in shown["former"]] == [("王桂兰", "2021-05-24")]
    assert book("body show 业委会 --json --as-of 2020-01-01").ok.json["offices"][0]["name"] == "王桂兰"
    page = book("body show 业委会", lang="zh").ok.out
    assert all(word in page for word in ("5 名，已有 1 名", "以前的职务", "任期", "备案日期"))


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md", "html"])
def test_a_body_in_every_format(book: Runner, form: str) -> None:
    assert "业委会" in book(f"body list --format {form}").ok.out
    assert "2019-05-25" in book(f"body show 业委会 --format {form}").ok.out


def test_a_change_of_seats_or_term_is_no_end(book: Runner) -> None:
    """Only who follows, or `body end`, ends a committee; its term running out does not."""
    assert book("role set 王桂兰 主任 --from 2019-05-25").ok
    assert book("body edit 业委会 --seats 7").ok
    assert offices(book, "--as-of 2025-01-01") == [("王桂兰", "chair", None)]
    row = next(row for row in book("body list --as-of 2025-01-01 --json").ok.json["rows"] if row["body"] == "业委会")
    assert (row["state"], row["term"]) == ("active", "over")
    assert book("body end 业委会 -d 2022-05-01").ok
    assert offices(book) == []


def test_what_a_body_follows_can_be_said_later(book: Runner) -> None:
    assert book("body add 临管会 --kind provisional --from 2019-01-12").ok
    assert book("body edit 业委会 --after 临管会 --json").ok.json["changed"] == ["after"]
    assert book("body show 临管会 --json").ok.json["followed_by"] == "业委会"
    assert book("body show 临管会 --json").ok.json["state"] == "ended"  # the day before the next began
    assert book("body edit 业委会 --after 业委会 --json").error["field"] == "after"


def test_what_is_noted_of_a_body_is_undone_and_replayed(book: Runner) -> None:
    assert book("body filed 业委会 -d 2019-06-18 --paper 迎备〔2019〕3号").ok
    assert book("body audited 业委会 -d 2022-05-20 -n 社区会计").ok
    shown = book("body show 业委会 --json").ok.json
    assert (shown["filed"], shown["audited"]) == ("2019-06-18", "2022-05-20")
    assert book("undo --yes").ok
    assert book("body show 业委会 --json").ok.json["audited"] is None
    assert book("rebuild").ok
    assert book("check --json").ok.json == {"problems": []}


# ---- offices


def test_a_committee_is_seated_and_shown(book: Runner) -> None:
    for who, role in (
        ("王桂兰", "主任"),
        ("张建国", "副主任"),
        ("3-2-602", "委员"),
        ("韩梅", "出纳"),
        ("吴晓燕", "会计"),
    ):
        assert book(f"role set {who} {role} --from 2019-05-25").ok
    assert offices(book) == [
        ("王桂兰", "chair", None), ("张建国", "vice-chair", None), ("欧阳夏丹", "member", None),
        ("韩梅", "cashier", None), ("吴晓燕", "bookkeeper", None),
    ]  # fmt: skip
    shown = book("body show 业委会 --json").ok.json
    assert (shown["members"], len(shown["offices"])) == (3, 5)  # 主任 副主任 委员 are the members
    listed = book("role list", lang="zh").ok.out
    assert all(word in listed for word in ("主任", "副主任", "委员", "出纳", "会计", "业委会"))
    assert book("person show 王桂兰 --json").ok.json["roles"] == ["chair"]


@pytest.mark.parametrize(
    ("word", "code"),
    [("主任", "chair"), ("vice-chair", "vice-chair"), ("文书", "clerk"), ("党员中心户", "party-household")],
)
def test_an_office_is_said_in_either_language_and_stored_as_a_code(book: Runner, word: str, code: str) -> None:
    assert book(f"role set 王桂兰 {word} --json").ok.json["role"] == code


def test_a_unit_leader_leads_a_unit_of_the_estate(book: Runner) -> None:
    assert book("role set 张建国 单元长 --json").ok.json["scope"] == "3-2"  # the unit of the only door they own
    assert book("role set 李强 单元长 --json").error["code"] == "ambiguous"
    assert book("role set 1-1-201 单元长 --scope 1栋1单元 --json").ok.json["scope"] == "1-1"
    refused = book("role set 吴晓燕 单元长 --scope 9-9 --json")
    assert (refused.code, refused.error["field"]) == (1, "scope")
    nobody = book("person add 何秀英 --json").ok.json["person"]
    assert book(f"role set {nobody} 单元长 --json").error["field"] == "scope"
    assert offices(book) == [("李强", "unit-leader", "1-1"), ("张建国", "unit-leader", "3-2")]


def test_cashier_and_bookkeeper_are_never_one_person(book: Runner) -> None:
    """R-62."""
    assert book("role set 韩梅 出纳 --from 2022-01-01").ok
    refused = book("role set 韩梅 会计 --json")
    assert (refused.code, refused.error["rule"], refused.error["field"]) == (1, "role.cashier_apart", "role")
    assert book("role end 韩梅 出纳 -d 2022-05-01").ok
    assert book("role set 韩梅 会计 --from 2022-05-01").ok


def test_an_office_is_held_once_and_from_its_day_to_its_day(book: Runner) -> None:
    assert book("role set 王桂兰 主任 --from 2022-03-01 --until 2022-04-30").ok
    assert book("role set 王桂兰 主任 --from 2022-04-01 --json").code == 1
    held = {
        day: bool(offices(book, f"--as-of {day}")) for day in ("2022-02-28", "2022-03-01", "2022-04-30", "2022-05-01")
    }
    assert list(held.values()) == [False, True, True, False]
    assert book("role set 王桂兰 主任 --from 2022-05-01").ok
    assert [row["until"] for row in book("role list --all --json").ok.json["rows"]] == ["2022-04-30", None]


def test_an_office_that_ended_may_be_given_again_the_same_day(book: Runner) -> None:
    assert book("role set 王桂兰 主任 --from 2022-03-01").ok
    ended = book("role end 王桂兰 主任 -d 2022-05-20 --json").ok.json
    assert (ended["until"], ended["state"]) == ("2022-05-20", "ended")
    assert offices(book, "--as-of 2022-05-19") == [("王桂兰", "chair", None)]
    assert offices(book, "--as-of 2022-05-20") == []
    assert book("role set 王桂兰 主任 --from 2022-05-20").ok
    assert offices(book, "--as-of 2022-05-20") == [("王桂兰", "chair", None)]


def test_what_is_unusual_is_written_with_a_warning(book: Runner) -> None:
    assert book("role set 王桂兰 主任").ok
    assert "王桂兰" in book("role set 张建国 主任 --json").ok.json["warnings"][0]
    assert book("body edit 业委会 --seats 2").ok
    assert "3" in book("role set 吴晓燕 委员 --json").ok.json["warnings"][0]


def test_who_holds_nothing_cannot_lose_it(book: Runner) -> None:
    refused = book("role end 王桂兰 主任 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "role")
    assert book("role set 王桂兰 村长 --json").error["field"] == "role"


def test_an_office_needs_its_body(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    refused = zaoyuan("role set 王桂兰 主任 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "body")
    assert "body add" in refused.error["hint"]
    assert zaoyuan("role set 王桂兰 网格员 --scope 2 --json").ok.json["body"] is None


def test_the_secretary_belongs_to_the_branch_where_there_is_one(book: Runner) -> None:
    assert book("body add 业委会党支部 --kind branch").ok
    assert book("role set 王桂兰 书记 --json").ok.json["body"] == "业委会党支部"
    assert book("role set 王桂兰 主任 --json").ok.json["body"] == "业委会"
    assert book("body show 支部 --json").ok.json["members"] == 1


def test_an_office_rests_on_its_decision(book: Runner) -> None:
    number = book("decision add 选举业委会委员 --body 业主大会 -d 2022-05-25 --json").ok.json["decision"]
    assert book("role set 王桂兰 委员 --decision D1 --json").ok.json["decision"] == number
    assert book("role set 张建国 委员 --decision D7 --json").error["code"] == "not_found"
    undone = book("undo A4 --yes --json")
    assert (undone.code, undone.error["code"]) == (1, "has_dependents")


def test_roles_come_back_the_same_from_the_journal(book: Runner) -> None:
    for line in ("role set 王桂兰 主任", "role end 王桂兰 主任", "role set 王桂兰 主任", "body edit 业委会 --seats 6"):
        assert book(line).ok
    before = book("role list --all --json").ok.json
    assert book("rebuild").ok
    assert book("role list --all --json").ok.json == before
    assert book("check --json").ok.json == {"problems": []}
