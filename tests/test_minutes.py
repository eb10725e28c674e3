"""The secretary's evening: minutes from a file or in an editor, kept whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.secretary import PAPER, committee, paper

NUMBERS = {"meeting": "MA2022-1", "decisions": ["DA2022-1", "DA2022-2"], "tasks": ["TA2022-1", "TA2022-2"]}


def faults(result: object) -> list[tuple[int, str]]:
    return [(one["line"], one["message"]) for one in result.error["problems"]]  # type: ignore[attr-defined]


def test_one_paper_is_one_step_with_all_its_numbers(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    kept = zaoyuan(f"minutes -f {paper(zaoyuan.folder)} --json").ok.json
    assert kept | NUMBERS == kept
    assert (kept["present"], kept["members"], kept["items"]) == (4, 5, 2)
    steps = [row["verb"] for row in zaoyuan("log --json").ok.json["rows"]]
    assert steps.count("minutes") == 1
    zaoyuan("undo --yes").ok  # noqa: B018
    for line in ("meeting list", "task list", "decision list"):
        assert zaoyuan(f"{line} --json").ok.json["rows"] == []


def test_a_paper_comes_through_a_pipe(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    assert zaoyuan("meeting add -f - --json", input=PAPER).ok.json["meeting"] == "MA2022-1"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_what_a_windows_editor_saves_is_read(zaoyuan: Runner, encoding: str) -> None:
    committee(zaoyuan)
    text = PAPER.replace("\n", "\r\n").replace("小周", "小𠮷")
    zaoyuan(f"minutes -f {paper(zaoyuan.folder, text, encoding=encoding)}").ok  # noqa: B018
    shown = zaoyuan("meeting show M1 --json").ok.json
    assert (shown["title"], shown["guests"]) == ("存车棚改造", ["社区网格员小𠮷"])
    assert shown["items"][0] == {
        "item": 1, "title": "台阶高度", "text": "王桂兰:台阶太高,推车上不去。\n\n张建国:可以做成缓坡。",
    }  # fmt: skip


def test_chinese_keys_and_the_marks_of_an_input_method(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    text = """+++
// 这一行不读
标题 ＝ “值班安排”
日期 = "昨天"
主持 = "韩梅"
出席 = “韩梅、王桂兰”
决议 = [“夜间两人一班”]
待办 = [{负责人 = "张建国", 期限 = "8月1日", 内容 = "排班表"}]
+++
## 值班
照旧。
"""
    zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)}").ok  # noqa: B018
    shown = zaoyuan("meeting show M1 --json").ok.json
    assert (shown["title"], shown["date"], shown["attended"]) == ("值班安排", "2022-05-30", ["韩梅", "王桂兰"])
    assert (shown["decisions"][0]["text"], shown["tasks"][0]["due"]) == ("夜间两人一班", "2022-08-01")


def test_a_deadline_without_a_year_comes_after_its_meeting(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    text = PAPER.replace("2022-05-28", "2021-12-20").replace("6月10日", "1-15").replace('"5-30"', "2022-01-05")
    zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)}").ok  # noqa: B018
    assert {row["due"] for row in zaoyuan("task list --json").ok.json["rows"]} == {"2022-01-15", "2022-01-05"}


def test_names_the_roll_does_not_know_are_guests(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    text = PAPER.replace('"欧阳夏丹"]', '"陈玉芬"]').replace('by = "王桂兰"', 'by = "李师傅"')
    kept = zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)} --json").ok.json
    assert kept["guests"] == ["陈玉芬", "社区网格员小周"]
    assert [word for word in kept["warnings"] if "陈玉芬" in word]
    assert zaoyuan("task list --json").ok.json["rows"][1]["by"] == "李师傅"


def test_a_name_of_two_people_is_asked_for_by_its_line(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    from zaoyuan_cli.book import enrolling, open_book

    book = open_book(zaoyuan.book, home=zaoyuan.home)
    with book.writing("person add"):
        for phone in ("13900000000", "13900000001"):  # of him, and of another
            enrolling.add(book, "张建国", phone)
    book.close()
    text = PAPER.replace('by = "张建国"', 'by = "韩梅"')
    refused = zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)} --json")
    assert (refused.code, refused.error["code"], refused.error["line"]) == (1, "ambiguous", 7)
    assert len(refused.error["candidates"]) == 2
    assert zaoyuan("meeting list --json").ok.json["rows"] == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('title = "存车棚改造"', "title = 存车棚改造", 2, "quotation marks"),
        ('place = "枣园议事亭"', 'place = "枣园议事亭', 4, "quotation mark"),
        ('place = "枣园议事亭"', 'titel = "枣园议事亭"', 4, "Did you mean title?"),
        ('by = "王桂兰"', 'bye = "王桂兰"', 18, "Did you mean by?"),
        ('due = "6月10日"', 'due = "6月31日"', 19, "no such day"),
        ("date = 2022-05-28", "date = 20220528", 3, "text in quotation marks"),
        ("date = 2022-05-28\n", "", 1, "is missing"),
        ('title = "存车棚改造"', 'title = " "', 2, "is empty"),
        ('title = "存车棚改造"', 'title = "存车棚\\u202e改造"', 2, "U+202E"),
        ("## 台阶高度", "## 台阶\x1b高度", 27, "U+001B"),
        ("+++\ntitle", "title", 1, "+++"),
    ],
)
def test_a_fault_is_named_by_its_line(zaoyuan: Runner, old: str, new: str, line: int, said: str) -> None:
    committee(zaoyuan)
    refused = zaoyuan(f"minutes -f {paper(zaoyuan.folder, PAPER.replace(old, new))} --json")
    assert refused.code in (1, 2)
    assert [at for at, message in faults(refused) if said in message] == [line]
    assert zaoyuan("meeting list --json").ok.json["rows"] == []


def test_every_fault_is_named_at_once(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    text = (
        PAPER.replace('place = "', 'palce = "')
        .replace('present = ["韩', 'present = [1, "韩')
        .replace("text = ", "txet = ")
    )
    refused = zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)}")
    assert refused.code == 2
    for line in (4, 7, 11, 15, 20, 25):
        assert f"line {line}: " in refused.err


def test_a_name_is_one_line(zaoyuan: Runner) -> None:
    """Names are told apart by their lines in the ledger."""
    committee(zaoyuan)
    text = PAPER.replace("社区网格员小周", "社区\\n网格员\u3000小周").replace('text = "台阶', 'text = "一\\n台阶')
    zaoyuan(f"minutes -f {paper(zaoyuan.folder, text)}").ok  # noqa: B018
    shown = zaoyuan("meeting show M1 --json").ok.json
    assert shown["guests"] == ["社区 网格员 小周"]
    assert shown["decisions"][1]["text"] == "一\n台阶按试走结果放缓"


def test_a_word_document_is_no_text(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    (zaoyuan.folder / "会议.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64)
    assert zaoyuan("minutes -f 会议.doc").code == 5
    assert zaoyuan("minutes -f nowhere.md").code == 5


def test_the_same_paper_twice_asks(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    line = f"minutes -f {paper(zaoyuan.folder, PAPER.replace('paper = ', '# '))} --json"
    zaoyuan(line).ok  # noqa: B018
    assert (zaoyuan(line).code, zaoyuan(line).error["code"]) == (2, "needs_yes")
    assert zaoyuan(line + " --yes").ok.json["meeting"] == "MA2022-2"


def test_a_number_on_paper_is_given_once_and_nothing_half_is_kept(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    zaoyuan(f"minutes -f {paper(zaoyuan.folder)}").ok  # noqa: B018
    refused = zaoyuan(f"minutes -f {paper(zaoyuan.folder, PAPER.replace('改造', '二期'))} --json")
    assert (refused.code, refused.error["field"]) == (1, "paper")
    assert len(zaoyuan("meeting list --json").ok.json["rows"]) == 1


def test_a_meeting_to_come_asks(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    later = paper(zaoyuan.folder, PAPER.replace("2022-05-28", "2022-06-28"))
    assert zaoyuan(f"minutes -f {later} --json").error["code"] == "needs_yes"


def test_minutes_say_how_they_are_written(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    refused = zaoyuan("minutes")
    assert refused.code == 2
    assert "-f FILE" in refused.err
    assert "--edit" in refused.err


# ---- in the editor

EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
runs = pathlib.Path(sys.argv[0]).with_name("runs.txt")
seen = runs.read_text(encoding="utf-8").split("\\f") if runs.exists() else []
runs.write_text("\\f".join([*seen, text]), encoding="utf-8")
{act}
"""


def editor(zaoyuan: Runner, act: str) -> dict[str, str]:
    """An EDITOR that does this with `text`, the draft; `seen` is what it was shown before."""
    script = zaoyuan.folder / "my editor.py"
    script.write_text(EDITOR.format(act=act), encoding="utf-8")
    return {"EDITOR": f'{sys.executable} "{script}"'}


def shown(zaoyuan: Runner) -> list[str]:
    return (zaoyuan.folder / "runs.txt").read_text(encoding="utf-8").split("\f")


def drafts(zaoyuan: Runner) -> list[Path]:
    return sorted((zaoyuan.folder / "drafts").glob("*"))


FILL = 'path.write_text(text.replace("\\n## ", "\\n## 值班\\n照旧。"), encoding="utf-8")'


def test_the_form_has_the_committee_on_it(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    kept = zaoyuan("minutes 值班安排 --edit", env=editor(zaoyuan, FILL), tty=True).ok
    assert "MA2022-1" in kept.out
    form = shown(zaoyuan)[0]
    assert 'present = ["韩梅", "王桂兰", "张建国", "欧阳夏丹", "李秀英"]' in form
    assert 'chair = "韩梅"' in form
    meeting = zaoyuan("meeting show M1 --json").ok.json
    assert (meeting["title"], meeting["date"], meeting["present"]) == ("值班安排", "2022-05-31", 5)
    assert meeting["items"] == [{"item": 1, "title": "值班", "text": "照旧。"}]
    assert drafts(zaoyuan) == []


def test_the_form_of_a_planned_meeting(zaoyuan: Runner) -> None:
    """By its number: title, day and body stand on the form, and what is kept is that meeting's."""
    committee(zaoyuan)
    assert zaoyuan("meeting plan 五月例会 -d 2022-05-30").ok
    assert zaoyuan("minutes M1 --edit", env=editor(zaoyuan, FILL), tty=True).ok
    shown_now = zaoyuan("meeting show M1 --json").ok.json
    assert (shown_now["title"], shown_now["date"], shown_now["state"]) == ("五月例会", "2022-05-30", "held")


def test_the_form_is_in_the_language_of_the_writer(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    zaoyuan("minutes 值班安排 --edit", env=editor(zaoyuan, FILL), tty=True, lang="zh").ok  # noqa: B018
    assert '出席 = ["韩梅"' in shown(zaoyuan)[0]


def test_what_is_wrong_stands_above_its_line_when_the_draft_comes_back(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    act = """
fixed = text.replace("plaace", "place")
path.write_text(fixed if seen else text.replace("place", "plaace").replace("\\n## ", "\\n## 值班"), encoding="utf-8")
"""
    zaoyuan("minutes 值班 --edit", env=editor(zaoyuan, act), tty=True).ok  # noqa: B018
    lines = shown(zaoyuan)[1].split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("plaace"))
    assert lines[place - 1] == f"// error line {place + 1}: There is no “plaace” here. Did you mean place?"
    assert zaoyuan("meeting list --json").ok.json["totals"]["meetings"] == 1


@pytest.mark.parametrize("act", ["pass", 'path.write_text("", encoding="utf-8")'], ids=["unchanged", "empty"])
def test_a_form_left_as_it_is_keeps_nothing(zaoyuan: Runner, act: str) -> None:
    committee(zaoyuan)
    given_up = zaoyuan("minutes 值班 --edit", env=editor(zaoyuan, act), tty=True, input="\n")
    assert given_up.code == 130
    assert str(drafts(zaoyuan)[0]) in given_up.err
    assert zaoyuan("meeting list --json").ok.json["rows"] == []


def test_faults_not_mended_give_up_and_the_draft_is_there_next_time(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    broken = (
        'if not seen: path.write_text(text.replace("date", "dte").replace("\\n## ", "\\n## 值班"), encoding="utf-8")'
    )
    given_up = zaoyuan("minutes 值班 --edit", env=editor(zaoyuan, broken), tty=True, input="\n")
    assert given_up.code == 130
    assert "## 值班" in drafts(zaoyuan)[0].read_text(encoding="utf-8")
    mended = editor(zaoyuan, 'path.write_text(text.replace("dte", "date"), encoding="utf-8")')
    zaoyuan("minutes 值班 --edit", env=mended, tty=True).ok  # noqa: B018
    assert drafts(zaoyuan) == []


def test_what_hangs_is_not_rewritten(zaoyuan: Runner) -> None:
    """R-38: while it hangs the paper stays; before that a new one stands for it."""
    committee(zaoyuan)
    zaoyuan(f"minutes -f {paper(zaoyuan.folder)}").ok  # noqa: B018
    anew = editor(zaoyuan, 'path.write_text(text.replace("做成缓坡", "做成直梯"), encoding="utf-8")')
    zaoyuan("minutes M1 --edit", env=anew, tty=True).ok  # noqa: B018
    items = zaoyuan("meeting show M1 --json").ok.json["items"]
    assert ([one["title"] for one in items], "做成直梯" in items[0]["text"]) == (["台阶高度", "充电桩电价"], True)
    assert len(zaoyuan("decision list --json").ok.json["rows"]) == 2
    zaoyuan("meeting post M1 --override 补登").ok  # noqa: B018
    refused = zaoyuan("minutes M1 --edit", env=editor(zaoyuan, FILL), tty=True)
    assert (refused.code, drafts(zaoyuan)) == (1, [])
    assert "zaoyuan meeting addendum MA2022-1" in refused.err


def test_an_editor_needs_somebody(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    refused = zaoyuan("minutes 值班 --edit --json", env=editor(zaoyuan, FILL))
    assert (refused.code, refused.error["code"]) == (2, "needs_yes")
    assert drafts(zaoyuan) == []
