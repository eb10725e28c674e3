"""A bylaw's next version in the editor, what it changes, and where its words are found."""

from __future__ import annotations

import sys

import pytest

from tests.bylaw_papers import LIMIT, NAME, amend, begin, bylaw, refused, states
from tests.conftest import Runner


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


@pytest.fixture
def amended(book: Runner) -> Runner:
    return amend(book)


EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
pathlib.Path(sys.argv[0]).with_name("seen.txt").write_text(text, encoding="utf-8")
{act}
"""


def editor(book: Runner, act: str) -> dict[str, str]:
    script = book.folder / "editor.py"
    script.write_text(EDITOR.format(act=act), encoding="utf-8")
    return {"EDITOR": f"{sys.executable} {script}"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_editor_begins_with_the_last_version(amended: Runner, lang: str) -> None:
    act = 'path.write_text(text.replace("500.00", "450").replace("五百", "四百五十"), encoding="utf-8")'
    amended("bylaw edit 存车棚", env=editor(amended, act), tty=True, lang=lang).ok  # noqa: B018
    seen = (amended.folder / "seen.txt").read_text(encoding="utf-8")
    assert ("[[规则]]" if lang == "zh" else "[[rule]]") in seen
    assert states(amended) == [(2, "in_force"), (3, "draft")]
    shown = amended("bylaw show 存车棚 --version 3 --json").ok.json
    assert (shown["by"], shown["rules"]) == ("committee", [{"name": LIMIT, "value": "450.00", "article": "第二条"}])


def test_a_text_left_as_it_was_makes_no_version(amended: Runner) -> None:
    given_up = amended("bylaw edit 存车棚", env=editor(amended, "pass"), tty=True, input="\n")
    assert given_up.code == 130
    assert "zaoyuan bylaw edit" in given_up.err
    assert amended("bylaw edit 存车棚 --json").error["code"] == "needs_yes"
    assert states(amended) == [(2, "in_force")]


def test_the_diff_goes_article_by_article(amended: Runner) -> None:
    found = amended("bylaw diff 存车棚 --json").ok.json
    assert (found["from"], found["to"]) == (1, 2)
    assert [(one["article"], one["change"]) for one in found["changes"]] == [
        ("第二条", "changed"), ("第三条", "added"), ("第四条", "moved")
    ]  # fmt: skip
    assert found["rules"] == [{"rule": LIMIT, "before": "300.00", "after": "500.00", "article": "第二条"}]
    page = amended("bylaw diff 存车棚", lang="zh").ok.out
    assert "- 第二条 单笔支出超过【三】百元的，由业主委员会决定。" in page
    assert "+ 第二条 单笔支出超过【五】百元的，由业主委员会决定。" in page
    assert "第四条：原为第三条" in page
    assert "不得私拉电线" not in page  # what only moved is not said again
    narrow = amended("bylaw diff 存车棚", screen=40).ok.out
    assert "第三条: new" in narrow
    assert amended("bylaw diff 存车棚 --from 2 --to 2").ok.out.endswith("word for word.\n")


def test_the_only_version_has_no_diff(book: Runner) -> None:
    book(f"bylaw add {NAME} -f {bylaw(book.folder)}").ok  # noqa: B018
    assert refused(book, "bylaw diff 存车棚").error["code"] == "not_found"


def test_find_and_search_reach_the_texts(amended: Runner) -> None:
    hits = amended("bylaw search 登记后 --json").ok.json["rows"]
    assert [(hit["version"], hit["state"], hit["article"]) for hit in hits] == [(2, "in_force", "第三条")]
    assert amended("bylaw search 三百元 --json").ok.json["rows"] == []  # replaced
    assert amended("bylaw search 三百元 --json --as-of 2022-03-01").ok.json["rows"]
    assert [one["noun"] for one in amended("find 登记后进棚 --json").ok.json["rows"]] == ["bylaw"]
