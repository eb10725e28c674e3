"""Bylaws: their versions and their articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import committee, paper
from zaoyuan_cli.rules import articles

TEXT = """\
# 存车棚管理办法

## 第一章 总则
第一条 为了充电安全,制定本办法。

## 第二章 使用
第二条 电动车应当停放在存车棚内。
第三条规定以外的车辆不得停放。
第十二条之一 充电应当使用智能充电桩,
不得私拉电线。
"""
MARKS = str.maketrans("", "", "【】")


@pytest.fixture
@once
def drafted(zaoyuan: Runner) -> Runner:
    """A book with one bylaw."""
    committee(zaoyuan)
    zaoyuan(f"bylaw add 《存车棚管理办法》 -f {paper(zaoyuan.folder, TEXT)}").ok  # noqa: B018
    return zaoyuan


def test_a_text_is_split_into_its_articles() -> None:
    """A chapter's heading belongs to none, and a sentence about an article begins none."""
    assert [(one.label, one.text.split("\n")[-1]) for one in articles.split(TEXT) if one.label] == [
        ("第一条", "第一条 为了充电安全,制定本办法。"),
        ("第二条", "第三条规定以外的车辆不得停放。"),
        ("第十二条之一", "不得私拉电线。"),
    ]
    assert articles.count("Article 1 Bikes stand in the shed.\n**Article 2** No cables.") == 2


ARTICLES = st.lists(
    st.text(alphabet="电车棚 充桩安全,登记", min_size=1, max_size=12).filter(lambda text: bool(text.strip())),
    max_size=6,
)


def numbered(bodies: list[str]) -> str:
    return "\n".join(f"第{n}条 {body.strip()}" for n, body in enumerate(bodies, 1))


@given(ARTICLES, ARTICLES)
def test_a_diff_tells_the_whole_of_both_texts(old: list[str], new: list[str]) -> None:
    """Every article that is gone, new or changed is told once; what is not told is in both word for word."""
    changes = articles.compare(numbered(old), numbered(new))
    for side, text in (("before", old), ("after", new)):
        told = [getattr(one, side) for one in changes if getattr(one, side)]
        every = [one.text for one in articles.split(numbered(text))]
        assert len(told) == len(set(told))
        assert set(told) <= set(every)
        assert set(every) - set(told) <= {one.text for one in articles.split(numbered(new if text is old else old))}
    assert articles.compare(numbered(old), numbered(old)) == []
    for one in changes:
        before, after = articles.marked(one.before, one.after)
        assert (before.translate(MARKS), after.translate(MARKS)) == (one.before, one.after)


def test_an_article_put_in_moves_the_others_and_changes_none() -> None:
    before = "第一条 车辆停放整齐。\n第二条 不得私拉电线。\n第三条 自通过之日起施行。"
    after = "第一条 车辆停放整齐。\n第二条 车辆先登记后进棚。\n第三条 不得私拉电线。\n第四条 自六月一日起施行。"
    assert [(one.label, one.change) for one in articles.compare(before, after)] == [
        ("第二条", "added"), ("第三条", "moved"), ("第四条", "changed")
    ]  # fmt: skip


def test_a_changed_text_is_the_next_version_and_the_same_one_is_nothing_new(drafted: Runner) -> None:
    line = f"bylaw add 存车棚管理办法 -f {drafted.folder / '会议.md'} --json"
    same = drafted(line).ok.json
    assert same | {"version": 1, "new": False, "articles": 3} == same
    paper(drafted.folder, TEXT.replace("智能充电桩", "本小区的充电桩"))
    changed = drafted(line).ok.json
    assert changed | {"bylaw": "存车棚管理办法", "state": "draft", "version": 2, "new": True} == changed
    assert "智能" in drafted("bylaw show 存车棚 --version 1").ok.out
    assert "智能" not in drafted("bylaw show 存车棚").ok.out
    listed = drafted("bylaw list --json").ok.json
    assert [(row["bylaw"], row["version"], row["state"]) for row in listed["rows"]] == [("存车棚管理办法", 2, "draft")]


def test_the_text_is_shown_as_it_is_written(drafted: Runner) -> None:
    assert TEXT.strip() in drafted("bylaw show 存车棚").ok.out
    assert "第十二条之一 充电应当使用智能充电桩," in drafted("bylaw show 存车棚", screen=100).ok.out
    shown = drafted("bylaw show 存车棚 --json").ok.json
    assert shown["text"] == TEXT.strip()
    assert shown["articles"][-1]["label"] == "第十二条之一"


def test_search_names_the_article(drafted: Runner) -> None:
    found = drafted("bylaw search 电线 --json").ok.json["rows"]
    assert [(hit["bylaw"], hit["article"], hit["text"]) for hit in found] == [
        ("存车棚管理办法", "第十二条之一", "不得私拉电线。")
    ]
    assert drafted("bylaw search 无此话 --json").ok.json == {"rows": [], "totals": {"hits": 0}}


def test_a_head_says_who_adopts_it_and_which_rules_it_sets(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    head = '+++\ntitle = "居民公约"\nby = "assembly"\n[[rule]]\nname = "expense.decision_above"\nvalue = "300.00"\n' \
        'article = "第二条"\n+++\n'  # fmt: skip
    zaoyuan(f"bylaw add 居民公约 -f {paper(zaoyuan.folder, head + TEXT)}").ok  # noqa: B018
    shown = zaoyuan("bylaw show 居民公约 --json").ok.json
    assert shown["by"] == "assembly"
    assert shown["rules"] == [{"name": "expense.decision_above", "value": "300.00", "article": "第二条"}]
    assert shown["text"] == TEXT.strip()
    wrong = paper(zaoyuan.folder, head.replace("assembly", "nobody") + TEXT)
    assert zaoyuan(f"bylaw add 居民公约 -f {wrong} --json").error["problems"][0]["line"] == 3


def test_what_is_no_bylaw_is_refused(drafted: Runner) -> None:
    assert drafted("bylaw show 停车 --json").error["code"] == "not_found"
    assert drafted("bylaw show 存车棚 --version 9 --json").error["field"] == "version"
    assert drafted("bylaw add 停车办法 --json").error["code"] == "usage"
    assert drafted(f"bylaw add 停车办法 -f {paper(drafted.folder, '  ')} --json").error["code"] == "unreadable"
    assert len(drafted("bylaw list --json").ok.json["rows"]) == 1
