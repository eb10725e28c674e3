"""Ballot papers as they are handed out and come back (rules, papers: 表决票+存根, 授权委托书, 登记册; R-22 to R-24):
one a voter with its stub, a square on both halves that a scanner types, no name on them; the register to sign."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import segno
from conftest import Runner
from paper_reading import facts, pages, poppler, squeezed

from tests.prepared import once

VOTE = "BA2022-1"
CODE = re.compile(r"BA2022-\d+/\d+")


@pytest.fixture
@once
def yard(zaoyuan: Runner) -> Runner:
    """Six doors of six voters, and two votes that run: B1 on one question, B2 on three."""
    zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok  # noqa: B018
    for n, owner in enumerate("甲乙丙丁戊己"):
        zaoyuan(f"household add 1-1-{n + 1}01 --owner {owner} --area 100 --area-source 登记 --yes").ok  # noqa: B018
    zaoyuan("ballot open 改造存车棚 --matter 7 --until 2022-06-20 --posted 2022-06-01 --yes").ok  # noqa: B018
    asked = " ".join(f"--question 议题{n}" for n in "一二三")
    zaoyuan(f"ballot open 年度事项 --matter 9 --until 2022-06-20 --posted 2022-06-01 {asked} --yes").ok  # noqa: B018
    return zaoyuan


def yes(yard: Runner, ballot: str = "B1") -> int:
    return int(yard(f"ballot tally {ballot} --json").ok.json["slips"]["for"]["voters"])


# ---- the papers


def test_every_voter_of_the_frozen_roll_has_one_paper_and_no_name(zaoyuan: Runner, tmp_path: Path) -> None:
    papers = zaoyuan(f"--demo ballot print {VOTE} --json").ok.json
    roll = zaoyuan(f"--demo ballot tally {VOTE} --json").ok.json["roll"]
    assert [row["paper"] for row in papers["rows"]] == list(range(1, roll["voters"] + 1)) == list(range(1, 148))
    assert papers["totals"] == {"papers": 147, "area": roll["area"]}

    zaoyuan(f"--demo ballot print {VOTE} -o {tmp_path / 'all.html'}").ok  # noqa: B018
    page = (tmp_path / "all.html").read_text("utf-8")
    slips = page.split('<section class="slip">')[1:]
    assert len(slips) == 147
    for row, slip in zip(papers["rows"], slips, strict=True):
        assert Counter(CODE.findall(re.sub("<title>.*?</title>", "", slip))) == {row["code"]: 2}
        assert f"<dd>{row['doors']}</dd>" in slip
        assert slip.count(row["area"]) == 3  # on the stub, of the rooms, of the right to vote
        assert slip.count('<span class="box"') == 3
        assert "2022-06-20" in slip
    names = {row["name"] for row in zaoyuan(f"--demo ballot papers {VOTE} --json").ok.json["rows"]}
    assert len(names) > 100
    assert not [name for name in names if name in page]
    assert zaoyuan("--demo check").code == 0


def test_the_square_says_the_number_of_the_paper(zaoyuan: Runner, tmp_path: Path) -> None:
    """Read back from the page as the squares it draws, and compared with a code made without us."""
    zaoyuan(f"--demo ballot print {VOTE} --paper 147 -o {tmp_path / 'one.html'}").ok  # noqa: B018
    page = (tmp_path / "one.html").read_text("utf-8")
    found = re.findall(r'<svg role="img"[^>]*class="qr">.*?</svg>', page)
    assert len(found) == 2
    assert "二维码：BA2022-1/147" in found[0]
    dark = {(x, y) for y, row in enumerate(segno.make("BA2022-1/147", error="m", micro=False).matrix, 2)
            for x, on in enumerate(row, 2) if on}  # fmt: skip
    for square in found:
        assert _dark(square) == dark


def _dark(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a drawn square: lines to the right, with moves between."""
    path = re.search(r'stroke="#000" d="([^"]*)"', svg)
    assert path
    x, y, found = 0, 0.0, set()
    for letter, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(one) for one in numbers.split()]
        if letter == "h":
            found |= {(x + n, int(y)) for n in range(int(values[0]))}
            x += int(values[0])
        else:
            x, y = (int(values[0]), values[1]) if letter == "M" else (x + int(values[0]), y + values[1])
    return found


@poppler
def test_two_are_on_a_page_and_a_long_one_goes_on_over_it(yard: Runner, tmp_path: Path) -> None:
    file = tmp_path / "papers.pdf"
    yard(f"ballot print B1 --place 物业办公室门口票箱 -o {file}").ok  # noqa: B018
    said = [squeezed(one) for one in pages(file, "-raw")]
    assert facts(file)["Page size"].endswith("(A4)")
    assert [Counter(CODE.findall(one)) for one in said] == [
        {f"{VOTE}/{n}": 2, f"{VOTE}/{n + 1}": 2} for n in (1, 3, 5)
    ]  # fmt: skip
    for words in ("表决票存根", "领票业主签字", "沿虚线裁开", "枣园小区业主大会表决票", "同意反对弃权", "改造存车棚",
                  "业主签名", "代理人签名", "物业办公室门口票箱", "未填的，该项按弃权计"):  # fmt: skip
        assert said[0].count(words) >= 2, words

    asked = " ".join(f"--question 第{n}号事项" for n in range(1, 46))
    yard(f"ballot open 多项 --matter 9 --until 2022-06-20 --posted 2022-06-01 {asked} --yes").ok  # noqa: B018
    yard(f"ballot print B3 --paper 1 --paper 2 -o {file}").ok  # noqa: B018
    said = [squeezed(one) for one in pages(file, "-raw")]
    assert len(said) == 4
    for paper, (first, second) in enumerate((said[:2], said[2:]), 1):
        assert re.findall(r"第(\d+)号事项", first + second) == [str(n) for n in range(1, 46)]
        assert set(CODE.findall(first)) == set(CODE.findall(second)) == {f"BA2022-3/{paper}"}
        assert "逾期交回的不计票" in second


def test_only_what_can_still_be_cast_is_printed(yard: Runner, tmp_path: Path) -> None:
    yard("ballot issue B1 1-1-101").ok  # noqa: B018
    yard("ballot return B1 BA2022-1/1 --spoiled").ok  # noqa: B018
    assert [row["paper"] for row in yard("ballot print B1 --json").ok.json["rows"]] == [2, 3, 4, 5, 6]
    refused = yard("ballot print B1 --paper 1 --json")
    assert (refused.code, "ballot issue BA2022-1 1-1-101" in refused.error["hint"]) == (1, True)
    yard("ballot issue B1 1-1-101").ok  # noqa: B018
    again = yard("ballot print B1 --paper 7 --json").ok.json["rows"]
    assert [(row["code"], row["doors"]) for row in again] == [("BA2022-1/7", "1-1-101")]
    assert [row["paper"] for row in yard("ballot print B1 --paper 1-3 --json").ok.json["rows"]] == [2, 3]
    assert yard("ballot print B1 --paper 99 --json").error["code"] == "not_found"
    yard("ballot void B1 --reason 另行组织 --yes").ok  # noqa: B018
    assert "作废" in yard("ballot print B1", lang="zh").err
    assert not list(tmp_path.glob("*.pdf"))


# ---- they come back


def test_a_scanner_types_the_square(yard: Runner) -> None:
    typed = [
        "BA2022-1/1 1",
        "ba2022-1/2",
        "2",
        "ＢＡ２０２２－１、３ １",
        "BA2022-2/4 1 1 1",
        "B1/4 1",
        "BA2022-1/88 1",
        ".",
    ]
    answer = yard("ballot run B1 --json", input="".join(f"{one}\n" for one in typed), tty=True, lang="zh").ok
    assert answer.json["entered"] == 4
    assert "这是 BA2022-2“年度事项”的 4 号票" in answer.err
    assert "88" in answer.err
    assert yard("ballot run B2 --json", input="BA2022-2/4\t1 1 1\nBA2022-2/5\t121\n").ok.json["entered"] == 2
    assert (yes(yard), yes(yard, "B2")) == (3, 2)
    assert yard("ballot cast B1 BA2022-1/5 for --json").ok.json["paper"] == 5
    refused = yard("ballot cast B2 BA2022-1/6 for,for,for --json")
    assert refused.error["code"] == "other_ballot"
    assert "ballot run BA2022-1" in refused.error["hint"]


# ---- proxies and the register


def test_r22_a_written_proxy_says_who_for_what_and_until_when(yard: Runner, tmp_path: Path) -> None:
    blank = yard("ballot print B2 --proxy --format md", lang="en").ok.out
    assert blank.startswith("# 授权委托书")
    for words in ("委托人", "受托人", "专有部分面积", "议题一", "议题三", "由受托人决定", "2022-06-20"):
        assert words in blank
    yard(f"ballot print B2 --proxy --paper 2 --paper 3 -o {tmp_path / 'proxy.html'}").ok  # noqa: B018
    page = (tmp_path / "proxy.html").read_text("utf-8")
    assert page.count("<h1>授权委托书</h1>") == 2
    assert "<dd>1-1-201</dd>" in page
    assert page.count('<span class="box"') == 2 * 3 * 4


@poppler
def test_the_register_has_room_to_sign_twice(yard: Runner, tmp_path: Path) -> None:
    yard("ballot issue B1 1-1-101 -d 2022-05-30").ok  # noqa: B018
    file = tmp_path / "register.pdf"
    yard(f"ballot papers B1 -o {file}").ok  # noqa: B018
    (said,) = pages(file, "-layout")
    assert facts(file)["Page size"].startswith("841.89")  # on its side
    for words in ("枣园小区表决票发放、回收登记册", "领票签名", "交回签名", "2022-05-30", "发放人：", "监票人："):
        assert words in squeezed(said)
    assert [len(re.findall(rf"\b1-1-{n}01\b", said)) for n in range(1, 7)] == [1] * 6


def test_a_list_on_paper_has_a_name(yard: Runner, tmp_path: Path) -> None:
    def heading(line: str, lang: str) -> str:
        yard(f"{line} -o {tmp_path / 'list.html'}", lang=lang).ok  # noqa: B018
        return re.findall("<h1>(.*?)</h1>", (tmp_path / "list.html").read_text("utf-8"))[0]

    assert heading("household list", "zh") == "住户"
    assert heading("ballot list", "en") == "Votes of all owners"
    assert heading("unpaid", "en") == "Who still owes what"
    assert heading("contribution uses", "en") == "Every use of credit and every claim by its number"
