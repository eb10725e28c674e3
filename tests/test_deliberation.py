"""Deliberation (协商议事): a proposal goes its way, forward only, from being made to being judged (R-91, S13)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import laptops
from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import committee, paper
from zaoyuan_cli.book import Book, deliberating, deliberations, steps
from zaoyuan_cli.rules import deliberations as rules

PROPOSE = "deliberation propose 台阶放缓,自行车与行人分道 --by 王桂兰 --topic 车棚台阶 -d 5-1"


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """A committee of five and its party branch; 王桂兰 proposed to make the steps of the shed lower."""
    committee(zaoyuan)
    zaoyuan("body add 党支部 --kind branch --from 2020-01-01").ok  # noqa: B018
    zaoyuan("household edit 3-2-501 --ebike --yes").ok  # noqa: B018
    assert zaoyuan(f"{PROPOSE} --json").ok.json["deliberation"] == "XA2022-1"
    return zaoyuan


def taken(yard: Runner, *lines: str) -> None:
    for line in lines:
        yard(f"deliberation {line}").ok  # noqa: B018


def refused(yard: Runner, line: str) -> str:
    """What a step out of its order is refused with, and that it left nothing behind."""
    before = yard("log --json").ok.json["totals"]
    error = yard(f"deliberation {line} --json").error
    assert yard("log --json").ok.json["totals"] == before
    return str(error["code"])


# ----


def test_r91_no_vote_before_a_proposal_was_taken_up_and_no_rejection_without_a_reason(yard: Runner) -> None:
    assert refused(yard, "vote X1 --none --reason 不必") == "deliberation_order"
    assert refused(yard, "reject X1") == "unreadable"
    taken(yard, "reject X1 --reason 与X2并案")
    shown = yard("deliberation show X1 --json").ok.json
    assert (shown["state"], shown["next"], shown["path"][-1]["note"]) == ("rejected", None, "与X2并案")
    for line in ("accept X1", "consult X1", "deliberate X1 -n 好", "review X1 好"):
        assert refused(yard, line) == "deliberation_order"


def test_r91_it_goes_forward_only_each_step_with_its_day_who_and_what(yard: Runner) -> None:
    taken(yard, "accept X1 -d 5-10 --by 韩梅", "consult X1 -d 5-12", "deliberate X1 -n 放缓 -d 5-20")
    assert refused(yard, "accept X1") == "deliberation_order"
    assert refused(yard, "consult X1") == "deliberation_order"
    assert refused(yard, "publish X1 --place 门口") == "deliberation_order"
    assert refused(yard, "carry X1 --by 张建国") == "deliberation_order"
    assert refused(yard, "vote X1 --none --reason 不必 -d 5-19") == "deliberation_order"
    path = yard("deliberation show X1 --json").ok.json["path"]
    assert [(one["step"], one["date"], one["by"]) for one in path] == [
        ("accepted", "2022-05-10", "韩梅"), ("consulted", "2022-05-12", "韩梅"), ("deliberated", "2022-05-20", "韩梅"),
    ]  # fmt: skip
    assert path[0]["bodies"] == ["党支部", "业委会"]
    before = yard("deliberation show X1 --as-of 5-15 --json").ok.json
    assert (before["state"], before["next"], len(before["path"])) == ("consulted", "deliberate", 2)


def test_without_opinions_asked_for_it_goes_on_with_a_warning(yard: Runner) -> None:
    taken(yard, "accept X1")
    assert "opinion" in yard("deliberation deliberate X1 -n 放缓").ok.err
    taken(yard, "deliberate X1 -n 再议一次 --view 王桂兰:同意 --view 张建国:也同意")
    path = yard("deliberation show X1 --json").ok.json["path"]
    assert [one["step"] for one in path] == ["accepted", "deliberated", "deliberated"]
    assert path[-1]["views"] == ["王桂兰:同意", "张建国:也同意"]


def test_a_step_back_is_taken_back_by_undo_from_its_end(yard: Runner) -> None:
    taken(yard, "accept X1", "consult X1", "deliberate X1 -n 放缓")
    accepted = next(one["step"] for one in yard("log --json").ok.json["rows"] if one["verb"] == "deliberation accept")
    assert yard(f"undo {accepted} --yes --json").error["code"] == "has_dependents"
    yard("undo --yes").ok  # noqa: B018
    assert yard("deliberation show X1 --json").ok.json["state"] == "consulted"
    yard("redo --yes").ok  # noqa: B018
    assert yard("deliberation show X1 --json").ok.json["state"] == "deliberated"
    assert yard("check").ok.out == ""


# ---- the vote


def voted_down(yard: Runner) -> None:
    """A committee's motion on it that failed."""
    yard("meeting plan 车棚 --body 业委会 -d 2022-05-31 --yes").ok  # noqa: B018
    yard("meeting attend M1 韩梅 王桂兰 张建国 欧阳夏丹").ok  # noqa: B018
    yard("motion add M1 台阶放缓 --yes").ok  # noqa: B018


def test_a_vote_is_one_that_was_taken_and_what_failed_is_not_carried_out(yard: Runner) -> None:
    voted_down(yard)
    taken(yard, "accept X1", "consult X1", "deliberate X1 --meeting M1 -n 放缓")
    error = yard("deliberation vote X1 --motion M1-1 --json").error
    assert (error["code"], error["field"]) == ("refused", "motion")
    yard("motion vote M1-1 --for 1 --against 3 --abstain 0 --yes").ok  # noqa: B018
    assert yard("deliberation vote X1 --motion M1-1 --json").ok.json["passed"] is False
    taken(yard, "publish X1 --place 各单元门口")
    assert refused(yard, "carry X1 --by 张建国") == "deliberation_order"
    assert yard("deliberation list --json").ok.json["rows"][0]["next"] == "review"
    taken(yard, "review X1 保持现状")
    shown = yard("deliberation show X1 --json").ok.json
    assert (shown["state"], shown["passed"], shown["satisfied"]) == ("closed", False, False)


def test_a_passed_motion_and_its_decision_stand_on_the_page_and_cannot_be_undone_under_it(yard: Runner) -> None:
    voted_down(yard)
    yard("motion vote M1-1 --for 4 --against 0 --abstain 0 --yes").ok  # noqa: B018
    taken(yard, "accept X1", "consult X1", "deliberate X1 --meeting M1 -n 放缓", "vote X1 --motion M1-1")
    shown = yard("deliberation show X1 --json").ok.json
    assert (shown["passed"], [one["decision"] for one in shown["decisions"]]) == (True, ["DA2022-1"])
    step = next(one["step"] for one in yard("log --json").ok.json["rows"] if one["verb"] == "motion vote")
    assert yard(f"undo {step} --yes --json").error["code"] == "has_dependents"


def test_what_was_deliberated_at_a_meeting_may_be_entered_when_its_minutes_are_locked(yard: Runner) -> None:
    paper(yard.folder)
    yard("minutes -f 会议.md").ok  # noqa: B018
    yard("meeting sign M1 韩梅 王桂兰 张建国 欧阳夏丹").ok  # noqa: B018
    yard("meeting lock M1 --yes").ok  # noqa: B018
    taken(yard, "accept X1 -d 5-10", "consult X1 -d 5-12", "deliberate X1 --meeting M1 -n 放缓")
    move = yard("deliberation show X1 --json").ok.json["path"][-1]
    assert (move["meeting"], move["date"]) == ("MA2022-1", "2022-05-28")


@pytest.mark.parametrize("line", ["vote X1", "vote X1 --none", "vote X1 --none --motion M1-1 --reason 不必"])
def test_a_vote_says_one_thing(yard: Runner, line: str) -> None:
    taken(yard, "accept X1", "deliberate X1 -n 放缓")
    assert yard(f"deliberation {line}").code in (1, 2)


# ---- S13: the shed


def test_s13_the_whole_way_of_the_steps_of_the_shed(yard: Runner) -> None:
    """Opinions asked for, views and a minority's view kept, height and slope set by trials, carried out as a project
    with its expense, judged by those it was made for."""
    yard("opinion add 3-2-501 台阶太高,推车上不去 --topic 车棚台阶 --via 上门").ok  # noqa: B018
    yard("opinion add 张建国 保留原来的高度 --topic X1").ok  # noqa: B018
    yard("opinion add 张建国 保留枣树 --topic XA2022-1").ok  # noqa: B018
    yard("opinion add 李秀英 门岗太吵 --topic 门岗").ok  # noqa: B018
    taken(yard, "accept X1")
    assert yard("deliberation consult X1 --json").ok.json["opinions"] == 2
    taken(
        yard,
        "deliberate X1 -n 每级12厘米,坡度1:12 --minority 保留原来的高度 --view 王桂兰:台阶太高"
        " --trial 15厘米:推车吃力 --trial 12厘米:老人和车都好走",
        "vote X1 --none --reason 不改变共有部分用途,由受益户自愿出资",
    )
    published = yard("deliberation publish X1 --place 各单元门口 --json").ok.json
    assert (published["notice"], published["until"]) == ("NA2022-1", "2022-06-15")
    yard("project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike --yes").ok  # noqa: B018
    yard("pay 3-2-501 100").ok  # noqa: B018
    yard("spend 60 台阶施工 -p 车棚改造 --yes").ok  # noqa: B018
    carried = yard(
        "deliberation carry X1 --by 张建国 --due 8-1 -p 车棚改造 --expense E1 --trial 复测坡度1:12 --json"
    ).ok
    assert carried.json["task"] == "TA2022-1"
    assert yard("task list --json").ok.json["rows"][0]["by"] == "张建国"
    assert yard("deliberation review X1 走访30户,都说推车省力 --satisfied --json").ok.json["satisfied"] is True
    shown = yard("deliberation show X1 --json").ok.json
    assert [one["step"] for one in shown["path"]] == [step for step in rules.STEPS if step != "proposed"]
    assert shown["path"][2]["trials"] == ["15厘米:推车吃力", "12厘米:老人和车都好走"]
    assert shown["path"][2]["minority"] == "保留原来的高度"
    assert [(one["opinion"], one["who"]) for one in shown["opinions"]] == [
        ("OA2022-1", "3-2-501"), ("OA2022-3", "张建国"),
    ]  # fmt: skip
    assert [(one["expense"], one["amount"]) for one in shown["expenses"]] == [("EA2022-1", "60.00")]
    assert [(one["project"], one["paid"], one["left"]) for one in shown["projects"]] == [
        ("车棚改造", "100.00", "40.00")
    ]
    page = yard("协商 show X1", lang="zh").ok.out
    for words in (
        "每级12厘米",
        "少数意见：保留原来的高度",
        "试验：15厘米:推车吃力",
        "协商结果不等于业主表决",
        "满意",
        "台阶施工",
    ):
        assert words in page
    assert yard("check").ok.out == ""


def test_the_doors_that_were_asked_are_counted_on_its_page(yard: Runner) -> None:
    yard("canvass open 车棚台阶 --options 放缓,保留 --yes").ok  # noqa: B018
    yard("canvass answer 车棚台阶 3-2-501 放缓").ok  # noqa: B018
    taken(yard, "accept X1")
    assert yard("deliberation consult X1 --json").ok.json["answered"] == 1
    assert yard("deliberation show X1 --json").ok.json["canvasses"] == [
        {"topic": "车棚台阶", "households": 1, "met": 1, "left": 0, "answers": {"放缓": 1}}
    ]
    assert "1 户中 1 户已答复（放缓 1）" in yard("协商 show X1", lang="zh").ok.out


# ---- in the house


def test_the_report_shows_those_on_their_way_and_find_reaches_them(yard: Runner) -> None:
    yard("deliberation propose 门岗夜间照明 --by 3-2-501").ok  # noqa: B018
    taken(yard, "reject X2 --reason 已列入维修")
    found = yard("report --json").ok.json["deliberations"]
    assert [(one["deliberation"], one["state"], one["next"]) for one in found] == [("XA2022-1", "proposed", "accept")]
    assert "分道" in yard("report").ok.out
    hits = yard("find 已列入维修 --json").ok.json["rows"]
    assert [(one["noun"], one["ref"]) for one in hits] == [("deliberation", "XA2022-2")]
    rows = yard("deliberation list --running --json").ok.json
    assert rows["totals"] == {"deliberations": 1, "running": 1}
    assert yard("deliberation list --json").ok.json["rows"][1]["by"] == "3-2-501"


def test_who_proposed_it_may_be_erased_and_the_proposal_stays(yard: Runner) -> None:
    yard("person add 何秀英").ok  # noqa: B018
    yard("deliberation propose 种葡萄 --by 何秀英").ok  # noqa: B018
    yard("person erase 何秀英 --confirm 何秀英 --yes").ok  # noqa: B018
    shown = yard("deliberation show X2 --json").ok.json
    assert (shown["text"], shown["by"]) == ("种葡萄", "〔已删除〕")
    assert yard("check").ok.out == ""


def test_two_laptops_one_rejects_what_the_other_takes_further(tmp_path: Path) -> None:
    first, second = laptops.pair(tmp_path)
    day = date(2022, 5, 31)
    one = laptops.do(first, lambda book: deliberating.propose(book, "放缓台阶", day)).deliberation
    laptops.merge(second, first)
    laptops.do(first, lambda book: deliberating.move(book, one, "rejected", day, "", note="不办"))

    def further(book: Book) -> None:
        deliberating.move(book, one, "accepted", day, "")
        deliberating.move(book, one, "deliberated", day, "", note="放缓")

    laptops.do(second, further)
    laptops.merge(first, second)
    laptops.merge(second, first)
    assert laptops.picture(first) == laptops.picture(second)
    assert [kind for _key, kind, _text in laptops.conflicts_of(first)] == ["breach"]
    laptops.do(first, lambda book: steps.undo(book, steps.find(book, "")))
    assert laptops.conflicts_of(first) == []


def test_two_laptops_undo_of_what_the_other_went_on_from_lies_idle(tmp_path: Path) -> None:
    first, second = laptops.pair(tmp_path)
    day = date(2022, 5, 31)
    one = laptops.do(first, lambda book: deliberating.propose(book, "放缓台阶", day)).deliberation
    laptops.do(first, lambda book: deliberating.move(book, one, "accepted", day, ""))
    laptops.merge(second, first)
    laptops.do(first, lambda book: steps.undo(book, steps.find(book, "")))
    laptops.do(second, lambda book: deliberating.move(book, one, "consulted", day, ""))
    laptops.merge(first, second)
    assert [kind for _key, kind, _text in laptops.conflicts_of(first)] == ["idle"]
    assert laptops.do(first, lambda book: deliberations.one(book, one).state) == "consulted"
    laptops.assert_replayed(first)


@given(st.lists(st.sampled_from([*rules.VERBS]), max_size=14))
def test_whatever_is_tried_the_way_only_goes_forward(tried: list[str]) -> None:
    """Of steps tried at random those that are let through never go back, and a vote follows a taking up."""
    way: list[str] = []
    for step in tried:
        over = rules.state(way) in (rules.REJECTED, rules.CLOSED)
        if not over and not rules.lacking(way, step) and not rules.backwards(way, step):
            way.append(step)
    ranks = [rules.rank(step) for step in way]
    assert ranks == sorted(ranks)
    assert "voted" not in way or way.index("accepted") < way.index("voted")
    assert all(way.count(step) <= 1 or step in rules.AGAIN for step in way)
    assert rules.REJECTED not in way or way == [rules.REJECTED]


def test_its_steps_have_chinese_names(yard: Runner) -> None:
    for line in (
        "受理 X1",
        "征求意见 X1",
        "协商 X1 -n 放缓",
        "表决 X1 --none --reason 不必",
        "公示 X1 --place 门口",
        "评议 X1 好",
    ):
        yard(f"协商 {line}").ok  # noqa: B018
    assert yard("协商 查看 X1 --json").ok.json["state"] == "closed"


def test_a_refusal_names_a_command_that_works(yard: Runner) -> None:
    said = yard("deliberation vote X1 --none --reason 不必").err
    assert "zaoyuan deliberation accept XA2022-1" in said
    taken(yard, "accept XA2022-1")
    assert "zaoyuan deliberation deliberate XA2022-1" in yard("deliberation vote X1 --none --reason 不必").err
