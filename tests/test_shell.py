"""The command line as a whole: where options may stand, what a slip of the hand is told, and how a run ends."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from conftest import Result, Runner
from hypothesis import given
from hypothesis import strategies as st
from typer.models import CommandInfo

from zaoyuan_cli import app, commands, settings
from zaoyuan_cli.commands import Entry, Group, options
from zaoyuan_cli.commands.words import read
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.errors import Ambiguous, NotFound, ProblemsFound, Refusal
from zaoyuan_cli.reports import Done

# ---- a small tree to try things on


def pay(
    ctx: typer.Context,
    who: options.Who,
    amount: options.AmountWord = "",
    note: options.Note = "",
    limit: options.Limit = 0,
    names: Annotated[list[str] | None, typer.Option("--name")] = None,
    ebike: Annotated[bool | None, typer.Option("--ebike/--no-ebike")] = None,
) -> None:
    """Pay."""
    desk: Desk = ctx.obj
    if amount == "ask":
        desk.confirm("Go on?")
    if amount == "warn":
        desk.warn("look here")
    said = {"who": who, "amount": amount, "note": note, "limit": limit, "names": names, "ebike": ebike}
    desk.show(Done(said, ["√ done"], hint="zaoyuan undo"))


def small_tree(run: Callable[..., None] = pay) -> Group:
    """A root with `pay`, and a noun `hh` with the verb `list`."""
    verb: Any = partial(commands._verb, "pay", CommandInfo(callback=run))
    noun = typer.Typer()
    noun.command("list")(pay)
    entries = {"pay": Entry("Pay", verb), "household": Entry("Households", partial(commands._noun, "household", noun))}
    return Group("zaoyuan", entries, {"hh": "household", "收款": "pay"})


@pytest.fixture
def small(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setattr(app, "tree", small_tree)
    return zaoyuan


def failing(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Runner:
    """A program whose only command ends in an error."""

    def run(ctx: typer.Context) -> None:
        """Fail."""
        raise error

    monkeypatch.setattr(app, "tree", lambda: small_tree(run))
    return zaoyuan


# ---- options anywhere


@pytest.mark.parametrize(
    "line",
    ["--json pay 3-2-501 100", "pay --json 3-2-501 100", "pay 3-2-501 100 --json", "pay 3-2-501 --format=json 100",
     "pay 3-2-501 100 --format json", "-q pay 3-2-501 --json 100 -y"],
)  # fmt: skip
def test_global_options_stand_anywhere(small: Runner, line: str) -> None:
    answer = small(line).ok.json
    assert (answer["who"], answer["amount"]) == ("3-2-501", "100")


def test_the_value_of_an_option_is_never_taken_for_a_global_option(small: Runner) -> None:
    assert small("pay 3-2-501 -n --yes --json").ok.json["note"] == "--yes"
    assert small("pay 3-2-501 --note=--yes --json").ok.json["note"] == "--yes"


def test_after_two_dashes_everything_is_a_word(small: Runner) -> None:
    assert small(["pay", "--json", "--", "--yes"]).ok.json["who"] == "--yes"


def test_a_day_nobody_can_read_is_refused_by_every_command(small: Runner) -> None:
    for option in ("--as-of", "--known-on"):
        refused = small(f"pay 3-2-501 --json {option} 5月99日")
        assert (refused.code, refused.error["field"]) == (2, option[2:])


def test_short_options_together() -> None:
    assert read(["-yq", "pay", "3-2-501"], small_tree()).given == {"yes": "1", "quiet": "1"}
    assert read(["-b/tmp/a.db", "pay"], small_tree()).given == {"book": "/tmp/a.db"}


def test_a_global_option_without_its_value(small: Runner) -> None:
    refused = small("pay 3-2-501 --json --book")
    assert (refused.code, refused.error["field"]) == (2, "book")
    assert small("pay 3-2-501 --yes=no").code == 2
    assert small("pay 3-2-501 --format json --book").error["field"] == "book"


def test_parameters_arrive_as_they_were_typed(small: Runner) -> None:
    answer = small("pay 3-2-501 --limit 5 --name 甲 --name 乙 --no-ebike --json").ok.json
    assert (answer["limit"], answer["names"], answer["ebike"]) == (5, ["甲", "乙"], False)
    assert small("pay 3-2-501 --json").ok.json["ebike"] is None
    refused = small("pay 3-2-501 --limit viele --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "unreadable", "limit")


# ---- what an input method leaves behind


@pytest.mark.parametrize(
    "argv",
    [["pay", "3-2-501", "100", "——json"], ["pay", "3-2-501", "100", "—json"], ["pay", "3—2—501", "１００", "－－json"],
     ["ｐａｙ", "３－２－５０１", "１００", "--ｊｓｏｎ"], ["pay　3-2-501　100", "--json"],
     ["pay", "3-2-501　１００", "--json"], ["收款", "3-2-501", "100", "--format＝json"]],
)  # fmt: skip
def test_full_width_and_long_dashes(small: Runner, argv: list[str]) -> None:
    answer = small(argv).ok.json
    assert (answer["who"], answer["amount"]) == ("3-2-501", "100")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_notes_and_names_stay_as_typed(note: str) -> None:
    line = read(["pay", "3-2-501", "-n", note], small_tree())
    assert line.words == ["pay", "3-2-501", "-n", note]


@pytest.mark.parametrize("name", ["王桂兰", "—无—", "张三　李四", "第１次", "Ａ座"])
def test_words_that_are_no_number_stay_as_typed(name: str) -> None:
    assert read(["pay", name], small_tree()).words == ["pay", name]


# ---- slips of the hand


def test_aliases_work_and_are_not_listed(small: Runner) -> None:
    assert small("收款 3-2-501 --json").ok.json["who"] == "3-2-501"
    assert small("hh ls 3-2-501 --json").ok.json["who"] == "3-2-501"
    assert "收款" not in small("--help").ok.out


def test_an_unknown_command_names_the_nearest(zaoyuan: Runner) -> None:
    refused = zaoyuan("pya 3-2-501")
    assert refused.code == 2
    assert "“pya”" in refused.err
    assert "zaoyuan pay" in refused.err
    assert zaoyuan("pya --json").error["candidates"][0]["key"] == "pay"


def test_an_unknown_verb_lists_the_verbs(zaoyuan: Runner) -> None:
    assert "list, get, set, edit, path" in zaoyuan("config fly").err
    assert "list, get, set, edit, path" in zaoyuan("config").err


def test_an_unknown_option_names_the_nearest(small: Runner) -> None:
    refused = small("pay 3-2-501 --nots x")
    assert refused.code == 2
    assert "--note" in refused.err
    assert "--quiet" in small("pay 3-2-501 --quite").err, "global options are options too"


def test_a_missing_and_a_superfluous_word(small: Runner) -> None:
    missing = small("pay --json")
    assert (missing.code, missing.error["code"], missing.error["field"]) == (2, "usage", "who")
    more = small("pay 3-2-501 100 200 --json")
    assert (more.code, more.error["value"]) == (2, "200")
    assert small("pay 3-2-501 -n").code == 2


def test_a_negative_amount_is_told_of_refunds(small: Runner) -> None:
    refused = small("pay 3-2-501 -50 --json")
    assert (refused.code, refused.error["code"], refused.error["value"]) == (2, "unreadable", "-50")
    assert "contribution refund" in refused.error["hint"]


@pytest.mark.parametrize(
    "line", ["pya", "pay", "pay a b c", "pay a --nots", "pay a -n", "pay a -50", "pay a --limit x", "hh", "--lang fr",
             "pay a --format xml", "pay a --book", "--demo --book x pay a"],
)  # fmt: skip
def test_every_mistake_is_told_in_chinese(small: Runner, line: str) -> None:
    refused = small(line, lang="zh")
    assert refused.code == 2
    assert refused.err.startswith("错误：")
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", refused.err.replace("zaoyuan contribution refund", ""))


# ---- how a run ends


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (NotFound("x", field="household", value="9"), 1, "not_found"),
        (Ambiguous("x"), 1, "ambiguous"),
        (Refusal("x", code="fund_short"), 1, "fund_short"),
        (ProblemsFound("x"), 3, "problems"),
        (FileNotFoundError(2, "No such file", "a.csv"), 5, "file"),
        (PermissionError(13, "no", "a.csv"), 5, "file"),
        (KeyboardInterrupt(), 130, "cancelled"),
        (EOFError(), 130, "cancelled"),
    ],
)
def test_exit_codes(
    zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, word: str
) -> None:
    failing(zaoyuan, monkeypatch, error)
    assert zaoyuan("pay").code == code
    refused = zaoyuan("pay --json")
    assert (refused.code, refused.error["code"], refused.out) == (code, word, "")
    assert set(refused.error) >= {"code", "message", "field", "value", "candidates"}
    assert refused.err.count("\n") == 1


def test_a_book_that_is_none(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    zaoyuan.book.write_text("not a book at all, but long enough to be looked at" * 20)

    def run(ctx: typer.Context) -> None:
        """Fail."""
        sqlite3.connect(zaoyuan.book).execute("SELECT * FROM book")

    monkeypatch.setattr(app, "tree", lambda: small_tree(run))
    refused = zaoyuan("pay --json")
    assert (refused.code, refused.error["code"]) == (4, "book")


def test_a_fault_of_the_program_leaves_a_log_without_names(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(zaoyuan, monkeypatch, KeyError("王桂兰 13812345678"))
    failed = zaoyuan("pay")
    assert failed.code == 1
    assert "the book was not changed" in failed.err
    assert "Traceback" not in failed.err
    (log,) = (zaoyuan.home / "state").glob("error-*.log")
    assert "KeyError" in log.read_text()
    assert "王桂兰" not in log.read_text()
    assert "138" not in log.read_text()


def test_a_reader_that_has_enough_is_no_error(zaoyuan: Runner) -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m zaoyuan_cli.app --help | head -1"],
        capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(app.__file__).parents[1])},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_warnings_stand_in_the_json(small: Runner) -> None:
    told = small("pay 3-2-501 warn --json").ok
    assert (told.json["warnings"], told.err) == (["look here"], "")
    assert "look here" in small("pay 3-2-501 warn").ok.err


# ---- questions


def test_a_question_nobody_can_answer_names_the_flag(small: Runner) -> None:
    refused = small("pay 3-2-501 ask --json")
    assert (refused.code, refused.error["code"]) == (2, "needs_yes")
    assert "--yes" in refused.error["hint"]
    assert small("pay 3-2-501 ask --no-input", tty=True, input="y\n").code == 2
    assert small("pay 3-2-501 ask --yes").code == 0


@pytest.mark.parametrize(
    ("typed", "code"), [("y\n", 0), ("是\n", 0), ("?\nyes\n", 0), ("\n", 130), ("否\n", 130), ("", 130)]
)
def test_answers(small: Runner, typed: str, code: int) -> None:
    assert small("pay 3-2-501 ask", tty=True, input=typed).code == code


def test_hints_are_for_people_at_a_screen(small: Runner) -> None:
    assert "zaoyuan undo" not in small("pay 3-2-501").ok.err
    assert "zaoyuan undo" in small("pay 3-2-501", screen=80).ok.err
    assert "zaoyuan undo" not in small("pay 3-2-501 -q", screen=80).ok.err


# ---- settings and the place of the book


def test_settings_are_kept_and_checked(zaoyuan: Runner) -> None:
    assert zaoyuan("config set mask 否 --json").ok.json == {"key": "mask", "value": False}
    assert zaoyuan("config get mask --json").ok.json == {"key": "mask", "value": False}
    assert zaoyuan("config set lang fr --json").error["code"] == "unreadable"
    assert zaoyuan("config get lagn --json").error["candidates"][0]["key"] == "lang"
    assert zaoyuan('config set mask ""').code == 0
    assert zaoyuan("config get mask --json").ok.json["value"] is None


def test_the_language_of_the_settings(zaoyuan: Runner) -> None:
    zaoyuan("config set lang zh").ok  # noqa: B018
    zaoyuan.patch.delenv("ZAOYUAN_LANG")
    assert "用法" in zaoyuan("config path --help", env={"ZAOYUAN_LANG": ""}).ok.out
    assert "Usage" in zaoyuan("config path --help --lang en", env={"ZAOYUAN_LANG": ""}).ok.out


def test_an_unknown_setting_is_doubted(zaoyuan: Runner) -> None:
    zaoyuan.home.mkdir()
    (zaoyuan.home / "config.toml").write_text('editr = "nano"\nmask = 3\n')
    told = zaoyuan("config get lang").ok
    assert "Did you mean editor?" in told.err
    assert "mask cannot be 3" in told.err
    (zaoyuan.home / "config.toml").write_text("editr = ")
    assert zaoyuan("config get lang").code == 5


def test_where_a_book_is_looked_for(zaoyuan: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert [place.named_by for place in settings.places()] == [str(tmp_path / "home")]
    zaoyuan(["config", "set", "book", str(tmp_path / "c.db")]).ok  # noqa: B018
    (tmp_path / "zaoyuan.db").touch()
    monkeypatch.setenv("ZAOYUAN_BOOK", "e.db")
    found = settings.places("o.db")
    assert [place.named_by for place in found[:4]] == ["--book", "ZAOYUAN_BOOK", "./", "config.toml"]
    assert [place.path.name for place in found] == ["o.db", "e.db", "zaoyuan.db", "c.db", "zaoyuan.db"]


def test_book_says_where_it_is_also_when_there_is_none(zaoyuan: Runner) -> None:
    answer = zaoyuan("book --json").ok.json
    assert (answer["path"], answer["exists"]) == (str(zaoyuan.book), False)
    assert answer["candidates"][0] == {"named_by": "ZAOYUAN_BOOK", "path": str(zaoyuan.book), "exists": False}


# ---- weight

HEAVY = ("pydantic", "rich", "sqlite_utils", "click", "pypinyin", "jinja2", "python_calamine", "babel")


@pytest.mark.parametrize("line", ["--version", "config path --json", "help exit-codes", "pya", "config --help", "book"])
def test_light_commands_load_nothing_heavy(zaoyuan: Runner, line: str) -> None:
    code = (
        f"import sys; from zaoyuan_cli.app import run; run({shlex.split(line)!r}); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(app.__file__).parents[1])},
    )  # fmt: skip
    loaded = done.stderr.split()
    assert "typer" in loaded
    assert not [name for name in HEAVY if name in loaded]


def test_the_screen_may_have_any_encoding(zaoyuan_process: Callable[..., Result]) -> None:
    for env in ({"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        assert zaoyuan_process("help rooms", lang="zh", env=env).code == 0
        assert zaoyuan_process("pya", lang="zh", env=env).code == 2
    told = zaoyuan_process("help rooms --json", lang="zh", env={"PYTHONIOENCODING": "gbk"}).ok
    assert "3栋2单元501室" in told.out, "formats for programs are UTF-8 whatever the screen"
    assert json.loads(told.out)["topic"] == "rooms"
