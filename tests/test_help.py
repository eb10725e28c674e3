"""What the program tells of itself: help in two languages, topics, examples that run, and the Tab key."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands_there import context, there
from conftest import NOW, Result, Runner

from zaoyuan_cli import app, data_folder, i18n
from zaoyuan_cli.commands import Command
from zaoyuan_cli.commands.localiser import docstring
from zaoyuan_cli.commands.topics import TOPICS
from zaoyuan_cli.commands.words import GLOBALS
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.render.cells import width
from zaoyuan_cli.rules import laws

HAN = r"[\u3400-\u9fff]"
THERE = list(there())
LATIN = {*TOPICS, *(g.name for g in GLOBALS), *(word for path, _command in THERE for word in path.split())}
CODES = {
    "all", "none", "wechat", "alipay", "bank", "hand", "advance", "cash", "committee", "branch", "provisional", "other",
    "public", "firm", "area", "ebike", "vacant", "let", "owner", "hardship", "unused", "labour", "for", "against",
    "abstain", "aside", "money", "year", "bylaws", "decisions", "contract", "maintenance", "common-income", "parking",
    "work-fund", "roster", "stall", "storage", "term", "zh", "en", "bash", "zsh", "fish", "powershell", "pwsh",
}  # fmt: skip
"""Words an option takes; a Chinese page names each with its Chinese beside it."""
NAMES = {"zaoyuan", "Enter", "Tab", "Ctrl-C", "ISO", "zgl", "CSV", "XLSX", "XLS", "ODS", "ZAOYUAN_BOOK", "ZAOYUAN_NOW",
         "backup_dir", "backups", "zaoyuan.db", *laws.everything()}  # fmt: skip
"""What is called so in every language: files, keys, variables, rules, settings."""


def english(line: str) -> list[str]:
    """The words of a line of a Chinese page that nobody meant to leave: no command, option, code, name, number."""
    line = re.sub(r"(?<![A-Za-z-])-{1,2}[a-z][a-z-]*", " ", line)
    words = re.findall(r"(?<![A-Za-z0-9_.-])\.?[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]", line)
    mine = {word for word in words if not re.search(r"\d|^\.[a-z]+$", word)}
    return sorted(mine - LATIN - CODES - NAMES)


@pytest.mark.parametrize("columns", [80, 60])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("path", "command"), THERE, ids=[path for path, _command in THERE])
def test_help_is_whole(monkeypatch: pytest.MonkeyPatch, path: str, command: Any, language: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    i18n.set_language(language)
    page = command.get_help(context(path, command))
    assert "…" not in page
    examples = docstring(command.help or "").examples
    assert all(example in page for example in examples)
    lines = [line for line in page.splitlines() if line.strip() not in examples]
    assert not [line for line in lines if width(line) > columns]
    if language == "zh":
        assert not [(english(line), line) for line in lines if english(line)]


def test_help_of_the_root_shows_every_command_in_its_panel(zaoyuan: Runner) -> None:
    page = zaoyuan("--help").ok.out
    panels = [panel for panel in app.TREE if panel]
    assert [page.index(f"\n{panel}\n") for panel in panels] == sorted(page.index(f"\n{panel}\n") for panel in panels)
    assert all(f"\n  {leaf.name} " in page for panel in panels for leaf in app.TREE[panel])
    assert "status" not in page
    assert zaoyuan("help").ok.out.split() == page.split()


@pytest.mark.parametrize("topic", TOPICS)
def test_topics(zaoyuan: Runner, topic: str) -> None:
    page = zaoyuan(f"help {topic}", lang="zh").ok.out
    assert all(re.search(HAN, line) or not english(line) for line in page.splitlines())
    assert zaoyuan(f"help {topic} --json").ok.json["topic"] == topic


def test_help_on_what_is_not_there(zaoyuan: Runner) -> None:
    assert zaoyuan("help confg --json").error["candidates"][0]["key"] == "config"
    assert "config set" in zaoyuan("help config set").ok.out


def test_an_option_letter_means_one_thing() -> None:
    meaning: dict[str, str] = {g.short: g.name for g in GLOBALS if g.short} | {"-h": "--help"}
    for path, command in THERE:
        for param in command.params:
            short, long = ([o for o in param.opts if o.startswith("--") is is_long] for is_long in (False, True))
            for letter in short if param.param_type_name == "option" else ():
                assert meaning.setdefault(letter, long[0]) == long[0], path


def test_the_verbs_of_all_nouns_are_known_words() -> None:
    """`remove`, `delete`, `create`, `new`, `update` are nowhere: nothing is deleted, and one word means one thing."""
    verbs = {path.split()[-1] for path, command in THERE if isinstance(command, Command)}
    assert not verbs & {"remove", "delete", "create", "new", "update"}


# ---- examples


@pytest.fixture(scope="session")
def demo_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings folder with the demo book made."""
    home = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZAOYUAN_HOME", str(home))
        patch.setenv("ZAOYUAN_NOW", NOW)
        assert Desk({"demo": "1"}).path.exists()
    return home


ELSEWHERE = (*app.NOT_ON_THE_DEMO, "motion vote", "meeting withdraw", "meeting lock", "meeting addendum",
             "zaoyuan minutes", "redo", "conflict settle", "income void", "contribution apply", "contribution claim",
             "project return", "bylaw adopt", "handin show", "handin void", "handover sign", "donor erase",
             "import ballot", "import spaces", "period close", "verify",
             "zaoyuan ballot cast BA2022-1 王桂兰 for,against --second",
             *(f"ballot {verb}" for verb in ("import", "issue", "close")),
             *(f"canvass {verb}" for verb in ("answer", "run", "close")),
             *(f"deliberation {verb}" for verb in ("accept", "reject", "consult", "deliberate", "vote",
                                                   "publish")))  # fmt: skip
"""Tried in the tests of their command: they refuse the demo, or the demo has nothing undone, no conflict, no income,
no credit, no month that can be closed, no money in a collector's hand; a code is on paper."""
SHORTCUTS = {"expense": "spend", "contribution": "pay"}
EXAMPLES = [
    (path, example)
    for path, command in THERE
    for example in docstring(command.help or "").examples
    if not {path, path.split()[0], example} & {*ELSEWHERE}
]


@pytest.mark.skipif(not (data_folder() / "demo.events").exists(), reason="the demo is not made yet")
@pytest.mark.parametrize(("path", "example"), EXAMPLES, ids=[example for _path, example in EXAMPLES])
def test_examples_work_on_the_demo_book(
    zaoyuan: Runner, demo_cache: Path, tmp_path: Path, path: str, example: str
) -> None:
    program, *words = shlex.split(example)
    assert program in ("zaoyuan", "zy")
    noun = path.split()[0]
    assert (words or ["status"])[0] in (noun, SHORTCUTS.get(noun))
    shutil.copytree(demo_cache, tmp_path / "home")
    shutil.copytree(data_folder(), tmp_path, dirs_exist_ok=True)
    ran = zaoyuan([*words, "--demo", "--yes"])
    assert ran.code == 0, ran.err


# ---- completion


def completed(zaoyuan_process: Callable[..., Result], line: str) -> list[str]:
    words = line.split(" ")
    found = zaoyuan_process(
        [], env={"_ZAOYUAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    )
    assert (found.code, found.err) == (0, "")
    return found.out.split()


def test_the_tab_key(zaoyuan_process: Callable[..., Result]) -> None:
    assert completed(zaoyuan_process, "zaoyuan conf") == ["conflict", "config"]
    assert completed(zaoyuan_process, "zaoyuan --lang zh config s") == ["set"]
    assert "--known-on" in completed(zaoyuan_process, "zaoyuan config list --k")
    assert completed(zaoyuan_process, "zaoyuan --book /nowhere.db help --json conf") == []


def test_completion_scripts(zaoyuan: Runner) -> None:
    script = zaoyuan("completion bash").ok.out
    assert "_ZAOYUAN_COMPLETE=complete_bash" in script
    assert "_ZY_COMPLETE=complete_bash" in script
    assert zaoyuan("completion tcsh").code == 2
