"""The life of a bylaw: draft, adopted, in force, amended, repealed; the rules it sets, and what is judged by them
(design, "Rules are data with a source"; R-90, R-97)."""

from __future__ import annotations

import pytest

from tests.bylaw_papers import LIMIT, NAME, TEXT, amend, begin, bylaw, limit, refused, states
from tests.conftest import Runner


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


@pytest.fixture
def amended(book: Runner) -> Runner:
    return amend(book)


# ---- a limit that changes on a day


def test_r63_the_day_before_is_judged_by_the_version_before(amended: Runner) -> None:
    """The treasurer's next expense is judged by the new limit, the one of the day before by the old."""
    assert limit(amended, "2022-01-31") == (None, None)
    assert limit(amended, "2022-05-19") == ("300.00", f"bylaw:{NAME}/1")
    assert limit(amended, "2022-05-20") == ("500.00", f"bylaw:{NAME}/2")
    refused = amended("spend 400 电线 --fund 工作经费 -d 2022-05-19 --json").error
    assert (refused["code"], refused["rule"], refused["limit"]) == ("decision_required", LIMIT, "300.00")
    spent = amended("spend 400 电线 --fund 工作经费 -d 2022-05-20 --json").ok.json
    assert amended(f"expense show {spent['expense']} --json").ok.json["judged_by"] == f"bylaw:{NAME}/2"


def test_a_later_version_changes_nothing_that_was_judged(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300.00'))}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-01").ok  # noqa: B018
    number = book("spend 250 电线 --fund 工作经费 -d 2022-05-19 --json").ok.json["expense"]
    book(f"bylaw edit 存车棚 -f {bylaw(book.folder, (LIMIT, '200'))}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D2 --effective 2022-05-15").ok  # noqa: B018
    assert limit(book, "2022-05-19") == ("200.00", f"bylaw:{NAME}/2")
    assert book(f"expense show {number} --json").ok.json["judged_by"] == f"bylaw:{NAME}/1"
    assert book("check").ok.out == ""


def test_a_rule_says_where_it_comes_from_and_what_it_was(amended: Runner) -> None:
    """R-97."""
    said = amended(f"rule show {LIMIT} --json").ok.json
    assert said | {
        "rule": LIMIT, "value": "500.00", "unit": "yuan", "source": NAME, "article": "第二条", "status": "local",
        "from": "2022-05-20",
    } == said  # fmt: skip
    assert [(one["from"], one["value"]) for one in said["history"]] == [
        (None, None), ("2022-02-01", "300.00"), ("2022-05-20", "500.00")
    ]  # fmt: skip
    assert "《存车棚管理办法》第二条（第 2 版）" in amended("规则 show 须有决议", lang="zh").ok.out
    listed = {one["rule"]: one for one in amended("rule list --json --as-of 2022-05-19").ok.json["rows"]}
    assert (listed[LIMIT]["value"], listed["expense.notice_above"]["value"]) == ("300.00", None)
    assert (listed["vote.ordinary"]["value"], listed["vote.silent_follow"]["value"]) == (">1/2", False)


# ---- states and texts


def test_r90_the_text_in_force_that_day_is_shown(amended: Runner) -> None:
    for day, version, state in (
        ("2022-01-31", 1, "adopted"), ("2022-02-01", 1, "in_force"), ("2022-05-20", 2, "in_force")
    ):  # fmt: skip
        shown = amended(f"bylaw show 存车棚 --as-of {day} --json").ok.json
        assert (shown["version"], shown["state"]) == (version, state)
        assert ("五百元" in shown["text"]) is (version == 2)
    old = amended("bylaw show 存车棚 --version 1 --json").ok.json
    assert (old["state"], old["decision"], old["until"]) == ("superseded", "DA2022-1", "2022-05-20")
    assert "业委会 · 2022-05-10" in amended("bylaw show 存车棚").ok.out
    rests = amended("decision show D2 --json").ok.json["rests"]
    assert [(one["kind"], one["ref"]) for one in rests] == [("bylaw", f"{NAME}/2")]


def test_a_bylaw_from_draft_to_repeal(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300'))}").ok  # noqa: B018
    assert states(book) == [(1, "draft")]
    assert limit(book, "2022-12-31") == (None, None)  # a draft sets nothing
    adopted = book("bylaw adopt 存车棚 --decision D1 --effective 2022-06-10 --json").ok.json
    assert adopted | {"bylaw": NAME, "state": "adopted", "version": 1, "effective": "2022-06-10"} == adopted
    assert states(book) == [(1, "adopted")]
    assert states(book, "--as-of 2022-06-10") == [(1, "in_force")]
    assert book("bylaw repeal 存车棚 --decision D2 -d 2022-06-10 --json").error["code"] == "refused"  # not yet in force
    repealed = book("bylaw repeal 存车棚 --decision D2 -d 2022-07-01 --json").ok.json
    assert (repealed["state"], repealed["until"]) == ("repealed", "2022-07-01")
    assert limit(book, "2022-06-30") == ("300.00", f"bylaw:{NAME}/1")
    assert limit(book, "2022-07-01") == (None, None)
    assert states(book, "--as-of 2022-07-01") == [(1, "repealed")]
    assert "三百元" in book("bylaw show 存车棚 --as-of 2022-08-01").ok.out  # its text stays
    book("undo --yes").ok  # noqa: B018
    assert limit(book, "2022-07-01") == ("300.00", f"bylaw:{NAME}/1")


def test_the_report_shows_what_is_in_force_and_what_is_a_draft(amended: Runner) -> None:
    amended(f"bylaw edit 存车棚 -f {bylaw(amended.folder, (LIMIT, '600'))}").ok  # noqa: B018
    rows = amended("report --json").ok.json["bylaws"]
    assert [(one["version"], one["state"], one["effective"]) for one in rows] == [
        (2, "in_force", "2022-05-20"), (3, "draft", None)
    ]  # fmt: skip
    page = amended("report", lang="zh").ok.out
    assert "施行中" in page
    assert "草案" in page


def test_who_adopted_it_and_with_which_vote(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder)}").ok  # noqa: B018
    for line in (
        "meeting plan 例会 --body 业委会 -d 2022-05-31 --posted 2022-05-20 --agenda 通过办法",
        "meeting attend M1 韩梅 王桂兰 张建国 欧阳夏丹", "motion add M1 通过办法",
        "motion vote M1-1 --by 韩梅=for,王桂兰=for,张建国=for,欧阳夏丹=abstain",
        "bylaw adopt 存车棚 --decision D4 --effective 2022-05-31",
    ):  # fmt: skip
        book(f"{line} --yes").ok  # noqa: B018
    shown = book("bylaw show 存车棚 --json").ok.json
    assert (shown["meeting"], shown["body"], shown["vote"]["motion"]) == ("MA2022-1", "业委会", "MA2022-1-1")
    assert shown["vote"]["result"] in book("bylaw show 存车棚").ok.out


# ---- who decides, and no laxer than the law


@pytest.mark.parametrize(
    ("by", "decision"), [("committee", "D3"), ("assembly", "D1")], ids=["the committee's", "the owners'"]
)
def test_r90_each_body_adopts_what_is_its_own(book: Runner, by: str, decision: str) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder, by=by)}").ok  # noqa: B018
    wrong = refused(book, f"bylaw adopt 存车棚 --decision {decision} --effective 2022-06-01")
    assert wrong.error["field"] == "decision"
    right = "D1" if by == "committee" else "D3"
    book(f"bylaw adopt 存车棚 --decision {right} --effective 2022-06-01").ok  # noqa: B018


def test_r90_the_covenant_is_the_owners_whatever_its_head_says(book: Runner) -> None:
    book(f"bylaw add 管理规约 -f {bylaw(book.folder)}").ok  # noqa: B018
    assert refused(book, "bylaw adopt 管理规约 --decision D1 --effective 2022-06-01").error["field"] == "decision"
    book("bylaw adopt 管理规约 --decision D3 --effective 2022-06-01").ok  # noqa: B018


@pytest.mark.parametrize(
    ("rule", "laxer", "stricter", "law"),
    [
        ("committee.notice_days", "6", "10", 7), ("committee.posting_days", "4", "2", 3),
        ("committee.quorum", '1/2', '2/3', ">1/2"), ("committee.majority", '1/3', '1/2', "1/2"),
        ("committee.term_years", "6", "3", 5),
    ],
)  # fmt: skip
def test_laxer_than_the_law_is_refused(book: Runner, rule: str, laxer: str, stricter: str, law: object) -> None:
    """R-30, R-31, R-32, R-35, R-37: the refusal names the rule and the limit; a stricter one is taken."""
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (rule, laxer))}").ok  # noqa: B018
    error = refused(book, "bylaw adopt 存车棚 --decision D1 --effective 2022-06-01").error
    assert (error["rule"], error["limit"]) == (rule, law)
    book(f"bylaw edit 存车棚 -f {bylaw(book.folder, (rule, stricter))}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D1 --effective 2022-06-01").ok  # noqa: B018
    said = book(f"rule show {rule} --as-of 2022-06-01 --json").ok.json
    assert (str(said["value"]), said["source"]) == (stricter, NAME)


def test_only_the_owners_set_how_the_owners_vote(book: Runner) -> None:
    """R-18: who returned no ballot follows the majority only where the owners said so."""
    rule = ("vote.silent_follow", "true")
    book(f"bylaw add {NAME} -f {bylaw(book.folder, rule)}").ok  # noqa: B018
    error = refused(book, "bylaw adopt 存车棚 --decision D1 --effective 2022-06-01").error
    assert error["rule"] == "vote.silent_follow"
    book(f"bylaw add 议事规则 -f {bylaw(book.folder, rule, by='assembly')}").ok  # noqa: B018
    book("bylaw adopt 议事规则 --decision D3 --effective 2022-06-01").ok  # noqa: B018
    said = [book(f"rule show silent --as-of {day} --json").ok.json for day in ("2022-05-31", "2022-06-01")]
    assert [one["value"] for one in said] == [False, True]


def test_r30_a_shorter_term_by_bylaw_ends_the_next_committee_sooner(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder, ('committee.term_years', '3'))}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-01").ok  # noqa: B018
    book("body add 第二届业委会 --seats 5 --from 2022-03-01 --yes").ok  # noqa: B018
    later = {"now": "2025-03-02T12:00:00+08:00"}
    assert book("body show 第二届业委会 --json", **later).ok.json["term"] == "over"
    due = {one["due"] for one in book("report --json", **later).ok.json["todo"] if one["kind"] == "term"}
    assert due == {"2024-12-31", "2025-02-28"}  # the first was elected before the bylaw: five years


@pytest.mark.parametrize(
    ("rule", "value", "field"),
    [("expense.decision", '300', "rule"), (LIMIT, 'many', "value"), ("committee.notice_days", '7.5', "value"),
     ("committee.quorum", '66%', "value"), ("role.cashier_apart", 'chair', "rule")],
)  # fmt: skip
def test_a_rule_nobody_knows_or_a_value_that_is_none_is_refused_at_once(
    book: Runner, rule: str, value: str, field: str
) -> None:
    """By its line, and nothing is kept."""
    error = book(f"bylaw add {NAME} -f {bylaw(book.folder, (rule, value))} --json").error
    assert (error["code"], error["field"], error["problems"][0]["line"]) == (
        "unreadable",
        field,
        5 + (field == "value"),
    )
    assert states(book) == []


def test_adoptions_that_cannot_be(amended: Runner) -> None:
    """A decision of a later day, a version adopted already, two versions of one day, no decision at all."""
    assert refused(amended, "bylaw adopt 存车棚 --decision D2 --effective 2022-07-01").error["field"] == "version"
    amended(f"bylaw edit 存车棚 -f {bylaw(amended.folder, (LIMIT, '600'))}").ok  # noqa: B018
    adopt = "bylaw adopt 存车棚 --decision D2 --effective"
    assert refused(amended, f"{adopt} 2022-05-20").error["field"] == "effective"
    assert refused(amended, f"{adopt} 2022-05-01").error["field"] == "effective"
    assert amended("bylaw adopt 存车棚 --effective 2022-06-01 --json").error["code"] == "usage"
    assert states(amended) == [(2, "in_force"), (3, "draft")]


def test_two_versions_of_one_day_the_hint_names_the_day_after_and_works(book: Runner) -> None:
    for value in ("300", "500"):
        book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, value))}").ok  # noqa: B018
        answer = book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-28", lang="zh")
    assert answer.code == 1
    assert "2022-03-01" in answer.err
    book(answer.err[answer.err.index("zaoyuan bylaw adopt") :].removeprefix("zaoyuan ").strip()).ok  # noqa: B018
    assert [limit(book, day)[0] for day in ("2022-02-28", "2022-03-01")] == ["300.00", "500.00"]


@pytest.mark.parametrize(
    ("text", "warned"),
    [("通过《存车棚管理办法》", False), ("通过办法", False), ("通过五项制度", False), ("存车棚的事照此办理", False),
     ("换门锁二百元", True)],
)  # fmt: skip
def test_a_decision_about_something_else_is_pointed_out(book: Runner, text: str, warned: bool) -> None:
    """It is adopted all the same: how a decision is worded is the committee's own affair."""
    number = book(f"decision add {text} --body 业委会 -d 2022-01-11 --json").ok.json["decision"]
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300'))}").ok  # noqa: B018
    adopted = book(f"bylaw adopt 存车棚 --decision {number} --effective 2022-02-01 --json").ok.json
    assert [text in warning for warning in adopted.get("warnings", [])] == [True] * warned
    assert adopted["state"] == "in_force"


# ---- undo, and what was judged


def test_undo_of_an_adoption_by_which_something_was_judged(amended: Runner) -> None:
    """When things meet, 12: refused while the expense stands; its own undo frees it."""
    amended("spend 400 电线 --fund 工作经费 -d 2022-05-21").ok  # noqa: B018
    steps = {one["verb"]: one["step"] for one in amended("log --json").ok.json["rows"][::-1]}
    kept = refused(amended, f"undo {steps['bylaw adopt']} --yes")
    assert kept.error["code"] == "has_dependents"
    assert [one["key"] for one in kept.error["candidates"]] == [steps["spend"]]
    assert "zaoyuan bylaw repeal" in amended(f"undo {steps['bylaw adopt']} --yes").err
    amended("undo --yes").ok  # noqa: B018
    amended(f"undo {steps['bylaw adopt']} --yes").ok  # noqa: B018
    assert limit(amended, "2022-05-21") == ("300.00", f"bylaw:{NAME}/1")
    amended("redo --yes").ok  # noqa: B018
    assert limit(amended, "2022-05-21") == ("500.00", f"bylaw:{NAME}/2")


def test_r97_a_text_that_is_erased_leaves_the_rules_it_set(book: Runner) -> None:
    """The text named somebody: it goes with them, and what was judged by the version stays."""
    book("person add 李四").ok  # noqa: B018
    text = TEXT.replace("不得私拉", "李四等人不得私拉")
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300'), text=text)}").ok  # noqa: B018
    book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-01").ok  # noqa: B018
    number = book("spend 250 电线 --fund 工作经费 --json").ok.json["expense"]
    book("person erase 李四 --confirm 李四 --yes").ok  # noqa: B018
    shown = book("bylaw show 存车棚 --json").ok.json
    assert (shown["text"], shown["state"], shown["rules"][0]["value"]) == ("〔已删除〕", "in_force", "300.00")
    assert limit(book, "2022-05-31") == ("300.00", f"bylaw:{NAME}/1")
    assert book(f"expense show {number} --json").ok.json["judged_by"] == f"bylaw:{NAME}/1"
    assert book("check").ok.out == ""


def test_a_decision_that_adopted_another_version_is_pointed_out(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder, (LIMIT, '300.00'))}").ok  # noqa: B018
    assert "version 1 already" not in book("bylaw adopt 存车棚 --decision D1 --effective 2022-02-01").ok.err
    book(f"bylaw edit 存车棚 -f {bylaw(book.folder, (LIMIT, '500'))}").ok  # noqa: B018
    assert (
        "DA2022-1 adopted version 1 already" in book("bylaw adopt 存车棚 --decision D1 --effective 2022-05-20").ok.err
    )
