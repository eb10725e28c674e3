"""The file of a bylaw, as a treasurer writes it who has only the help: in Chinese words, with a limit that counts
(R-63, R-97)."""

from __future__ import annotations

import pytest

from tests.bylaw_papers import LIMIT, begin, limit
from tests.conftest import Result, Runner
from tests.prepared import once
from tests.secretary import paper
from zaoyuan_cli.i18n import speaking
from zaoyuan_cli.rules import laws

HEAD = '+++\n标题 = "财务管理制度"\n通过 = {by}\n{rules}+++\n'
RULE = '[[规则]]\n规则名 = "{name}"\n数值 = {value}\n条款 = "第二条"\n'
TEXT = "第一条 为规范收支，制定本制度。\n第二条 单笔支出超过一千元的，须有决议。\n"


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    zaoyuan.lang = "zh"
    return zaoyuan


def add(book: Runner, text: str, more: str = "") -> Result:
    return book(f"bylaw add 财务管理制度 -f {paper(book.folder, text, name='制度.md')} {more}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_of_the_help_is_a_file_that_works(book: Runner, lang: str) -> None:
    """What `help bylaw-file` shows is copied as it is, adopted, and the limit counts."""
    book.lang = lang
    example = book("help bylaw-file --json").ok.json["example"]
    assert example in book("help bylaw-file").ok.out
    said = add(book, example).ok.out
    assert "2 条规则" in said if lang == "zh" else "2 rules" in said
    adopted = book("bylaw adopt 财务 --decision D1 --effective 2022-02-01").ok.out
    assert LIMIT in adopted
    assert limit(book, "2022-02-01")[0] == "1000.00"


def test_the_topic_is_named_where_somebody_would_look(book: Runner) -> None:
    for line in ("help bylaw add", "help bylaw adopt", f"rule show {LIMIT}", "help help"):
        assert "bylaw-file" in book(line).ok.out, line


def test_a_plain_text_sets_no_rule_and_says_so(book: Runner) -> None:
    for answer in (add(book, TEXT), book("bylaw adopt 财务 --decision D1 --effective 2022-02-01")):
        assert "没有设定任何规则" in answer.ok.out
        assert "zaoyuan help bylaw-file" in answer.out
    assert limit(book, "2022-02-01") == (None, None)


@pytest.mark.parametrize("by", ["业委会", "业主委员会", "committee"])
@pytest.mark.parametrize(
    "name", ["超过此数的支出须有决议", "支出须有决议", LIMIT, "An expense above it needs a decision"]
)
def test_names_are_taken_in_chinese_and_a_whole_number_is_yuan(book: Runner, by: str, name: str) -> None:
    added = add(book, HEAD.format(by=f'"{by}"', rules=RULE.format(name=name, value=1000)) + TEXT, "--json").ok.json
    assert (added["by"], added["rules"]) == (
        "committee",
        [{"name": LIMIT, "value": "1000.00", "article": "第二条"}],
    )


def test_every_rule_is_found_by_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in laws.everything():
        for lang in ("en", "zh"):
            with speaking(lang):
                assert laws.named(laws._(laws.MEANINGS[name])) == name


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD.format(by='"居委会"', rules="") + TEXT, 3, '"业委会"'),
        (HEAD.format(by='"业委会"', rules='规则 = ["expense.approvers"]\n') + TEXT, 4, "[[规则]]"),
        (HEAD.format(by='"业委会"', rules="规则 = 2\n") + TEXT, 4, "[[规则]]"),
        (HEAD.format(by='"业委会"', rules=RULE.format(name="支出", value=2)) + TEXT, 5, LIMIT),
        ('---\n通过 = "业委会"\n---\n' + TEXT, 1, "+++"),
        (HEAD.format(by='"业委会"', rules="expense.approvers = 2\n") + TEXT, 4, "expense"),
    ],
)
def test_every_fault_of_a_head_names_its_line_and_the_help(book: Runner, text: str, line: int, said: str) -> None:
    error = add(book, text, "--json").error
    assert [fault["line"] for fault in error["problems"]] == [line]
    assert said in error["message"]
    assert "zaoyuan help bylaw-file" in add(book, text).err
    assert book("bylaw list --json").ok.json["rows"] == []


def test_the_draft_in_the_editor_names_the_help_and_is_in_the_words_of_the_language(book: Runner) -> None:
    add(book, HEAD.format(by='"业主大会"', rules="") + TEXT).ok  # noqa: B018
    seen = book.folder / "seen.md"
    book("bylaw edit 财务", tty=True, input="\n", env={"ZAOYUAN_EDITOR": f"cp --no-preserve=all -t {book.folder}"})
    draft = next(book.folder.rglob("财务管理制度.md"))
    seen.write_text(draft.read_text(encoding="utf-8"), encoding="utf-8")
    assert "// 制度文件的写法：zaoyuan help bylaw-file" in seen.read_text(encoding="utf-8")
    assert '通过 = "业主大会"' in seen.read_text(encoding="utf-8")
