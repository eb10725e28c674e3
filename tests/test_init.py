"""Beginning a book: by flags or by five questions, whole or not at all."""

from __future__ import annotations

import json

import pytest

from zaoyuan_cli import i18n
from zaoyuan_cli.book import enrolling, founding, open_book, people
from zaoyuan_cli.commands.init import _openings


def test_by_flags_without_a_question(zaoyuan):
    answer = zaoyuan("init --name 枣园小区 --units 1-1..5-2 --who 韩梅 --json").ok.json
    assert (answer["name"], answer["device"]) == ("枣园小区", "A")
    assert len(answer["units"]) == 10
    assert zaoyuan.book.stat().st_mode & 0o777 == 0o600
    assert zaoyuan("check").ok.out == ""


def test_it_ends_with_what_was_made_and_three_next_commands(zaoyuan):
    done = zaoyuan("init --name 枣园小区 --units 1-1..5-2 --who 韩梅", screen=100).ok
    assert "√ A book for 枣园小区" in done.out
    assert "10 units, 0 households; you are 韩梅, this computer is A." in done.out
    commands = [line.strip() for line in done.err.splitlines() if line.strip().startswith("zaoyuan ")]
    assert len(commands) == 3
    assert commands[0].startswith("zaoyuan import households")


def test_the_first_step_holds_it_all_and_the_first_import_is_the_second(zaoyuan):
    """`init` is one command, A1."""
    zaoyuan("init --name 枣园小区 --units 1-1..2-2 --who 韩梅").ok  # noqa: B018
    (row,) = zaoyuan("log --json").ok.json["rows"]
    assert (row["step"], row["verb"], row["who"]) == ("A1", "init", "韩梅")
    assert row["facts"] == 3 + 4 + 6 + 1 + 4  # book, device, person; accounts, funds, the assembly, units


@pytest.mark.parametrize(("lang", "interface"), [("zh", "en"), ("zh", "zh"), ("en", "zh"), ("en", "en")])
def test_the_books_language_is_not_the_interfaces(zaoyuan, lang, interface):
    """Names are data, printed as stored in every interface."""
    flag = "" if lang == "zh" else "--book-lang en"
    zaoyuan(f"init --name 枣园小区 --who 韩梅 {flag}", lang=interface).ok  # noqa: B018
    book = open_book(zaoyuan.book, zaoyuan.home)
    accounts = [name for (name,) in book.db.execute("SELECT account FROM account ORDER BY event")]
    restricted = dict(book.db.execute("SELECT fund, restricted FROM fund").fetchall())
    assembly = book.db.execute("SELECT body, kind FROM body").fetchall()
    assert book.lang == lang
    book.close()
    if lang == "zh":
        assert accounts == ["现金", "微信", "支付宝", "银行"]
        assert restricted == {"众筹专项": 1, "惠民资金": 1, "公共收益": 1, "维修资金": 1, "工作经费": 0, "待认领": 0}
        assert assembly == [("业主大会", "assembly")]
    else:
        assert accounts == ["Cash", "WeChat", "Alipay", "Bank"]
        assert list(restricted.values()) == [1, 1, 1, 1, 0, 0]
    assert zaoyuan("init --name x --book-lang fr --json", book=zaoyuan.folder / "x.db").code == 2


def test_nothing_is_begun_over_a_file(zaoyuan):
    zaoyuan("init --name 枣园小区 --who 韩梅").ok  # noqa: B018
    before = zaoyuan.book.read_bytes()
    answer = zaoyuan("init --name 别的 --who 韩梅 --yes --json")
    assert (answer.code, answer.error["code"]) == (4, "book")
    assert "not touched" in answer.error["message"]
    assert zaoyuan.book.read_bytes() == before
    for strange in ("text", "folder", "link"):
        path = zaoyuan.folder / f"{strange}.db"
        if strange == "text":
            path.write_text("", encoding="utf-8")
        elif strange == "folder":
            path.mkdir()
        else:
            path.symlink_to(zaoyuan.folder / "nowhere.db")
        assert zaoyuan("init --name 别的 --who 韩梅", book=path).code == 4
    assert not (zaoyuan.folder / "nowhere.db").exists()


def test_what_goes_wrong_on_the_way_leaves_no_file(zaoyuan, monkeypatch):
    def fails(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(enrolling, "add", fails)
        assert zaoyuan("init --name 枣园小区 --who 韩梅").code == 5
    assert [path.name for path in zaoyuan.folder.iterdir() if path.is_file()] == []
    zaoyuan("init --name 枣园小区 --who 韩梅").ok  # noqa: B018


def test_the_default_place_is_made(zaoyuan, monkeypatch):
    monkeypatch.setattr(zaoyuan, "environment", lambda *_args: {"ZAOYUAN_HOME": str(zaoyuan.home)})
    answer = zaoyuan("init --name 枣园小区 --who 韩梅 --json").ok.json
    assert answer["path"] == str(zaoyuan.home / "zaoyuan.db")


def test_nobody_to_ask_and_nothing_said(zaoyuan):
    answer = zaoyuan("init --json")
    assert (answer.code, answer.error["code"], answer.error["field"]) == (2, "needs_yes", "name")
    assert not zaoyuan.book.exists()
    assert zaoyuan("init --yes --json").ok.json["name"] == "我的小区"


@pytest.mark.parametrize("line", ["init --demo", "--demo restore x.db", "merge x.db --demo", "device add --demo"])
def test_the_demo_refuses_what_would_change_whose_book_it_is(zaoyuan, line):
    assert zaoyuan(line).code == 2
    assert zaoyuan(f"{line} --json").error["field"] == "demo"


# ---- the wizard


def wizard(zaoyuan, *answers: str, line: str = "init --json"):
    return zaoyuan(line, input="".join(f"{answer}\n" for answer in answers), tty=True)


def test_five_questions_each_with_an_answer(zaoyuan, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "hanmei")
    done = wizard(zaoyuan, "", "", "", "", "").ok
    assert [f"{n}/5" in done.err for n in range(1, 6)] == [True] * 5
    assert done.json["name"] == "我的小区"
    assert len(done.json["units"]) == 10


def test_the_answers_are_taken(zaoyuan):
    done = wizard(zaoyuan, "枣园小区", "1-1..2-2", "5x3", "现金 350，银行 1,200.50 众筹专项", "韩梅").ok.json
    assert (done["name"], len(done["units"]), done["households"]) == ("枣园小区", 4, 60)
    book = open_book(zaoyuan.book, zaoyuan.home)
    assert book.db.execute("SELECT account, fund, fen FROM movement ORDER BY event").fetchall() == [
        ("现金", "工作经费", 35_000), ("银行", "众筹专项", 120_050),
    ]  # fmt: skip
    assert book.db.execute("SELECT room FROM household ORDER BY event DESC").fetchone() == ("2-2-503",)
    assert people.find_one(book, "韩梅").person == book.who
    book.close()
    assert [one["step"] for one in zaoyuan("log --json").ok.json["rows"]] == ["A4", "A3", "A2", "A1"]


def test_a_step_back(zaoyuan):
    done = wizard(
        zaoyuan, "枣圆", "<", "枣园小区", "1-1", "《", "1-1..1-2", "0", "0", "<", "<", "2x2", "0", "韩梅"
    ).ok.json
    assert (done["name"], done["units"], done["households"]) == ("枣园小区", ["1-1", "1-2"], 8)


def test_what_cannot_be_read_is_asked_again(zaoyuan):
    done = wizard(
        zaoyuan, "枣园小区", "nonsense", "1-1", "many", "3x2", "现金 lots", "银子 3", "现金 0", "0", "韩梅"
    ).ok
    assert done.json["households"] == 6
    assert "This is no opening balance: 银子 3" in done.err


def test_stopping_leaves_nothing(zaoyuan):
    assert wizard(zaoyuan, "枣园小区", "1-1").code == 130
    assert not zaoyuan.book.exists()


def test_the_wizard_in_chinese(zaoyuan):
    done = wizard(zaoyuan, "枣园小区", "1-1", "0", "0", "韩梅", line="init").ok
    assert done.out.startswith("√ A book")
    i18n._catalogue.cache_clear()
    said = zaoyuan("init", input="枣园小区\n1-1\n0\n0\n韩梅\n", tty=True, lang="zh", book=zaoyuan.folder / "b.db").ok
    assert "小区名称" in said.err
    assert "账本" in said.out


# ---- a roster


def roster(zaoyuan, text: str) -> str:
    path = zaoyuan.folder / "houses.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_roster_is_the_second_step(zaoyuan):
    file = roster(zaoyuan, "房号,业主,建筑面积\n3-2-501,王桂兰,88.50\n3-2-502,张建国,90\n")
    answer = zaoyuan(["init", "--name", "枣园小区", "--from", file, "--who", "韩梅", "--json"]).ok.json
    assert answer["households"] == 2
    assert answer["import"]["new"] == 2
    rows = zaoyuan("log --json").ok.json["rows"]
    assert [(one["step"], one["verb"]) for one in rows] == [("A2", "import households"), ("A1", "init")]


def test_in_the_wizard_a_file_stands_for_the_units(zaoyuan):
    file = roster(zaoyuan, "房号,业主\n3-2-501,王桂兰\n")
    done = wizard(zaoyuan, "枣园小区", file, "<", file, "0", "韩梅").ok.json
    assert (done["households"], done["units"]) == (1, ["3-2"])


def test_a_file_that_is_not_there_is_said_before_anything_is_made(zaoyuan):
    answer = zaoyuan("init --name 枣园小区 --from nowhere.csv --who 韩梅 --json")
    assert (answer.code, answer.error["field"]) == (5, "from")
    assert not zaoyuan.book.exists()


def test_a_roster_with_faults_begins_no_book(zaoyuan):
    """All or nothing, as an import is; only a person may say that the bad lines are left out."""
    begin = ["init", "--name", "枣园小区", "--who", "韩梅", "--from"]
    assert zaoyuan([*begin, roster(zaoyuan, "天气,心情\n晴,好\n")]).code == 2
    file = roster(zaoyuan, "房号,业主,建筑面积\n3-2-501,王桂兰,88.50\n3-2-502,张建国,八十\n")
    refused = zaoyuan([*begin, file, "--yes", "--json"])
    assert (refused.code, refused.error["code"], refused.json["problems"][0]["line"]) == (3, "problems", 3)
    answers = ("枣园小区", "nowhere.csv", file, "0", "韩梅")
    stopped = wizard(zaoyuan, *answers, "n")
    assert (stopped.code, "nowhere.csv" in stopped.err) == (130, True)
    assert not zaoyuan.book.exists()
    assert wizard(zaoyuan, *answers, "y").ok.json["households"] == 1


def test_openings_of_both_languages():
    assert [one.fen for one in _openings("zh")("现金 1,000.50; 微信 3")] == [100_050, 300]
    assert _openings("en")("Cash 5 Common income")[0] == founding.Opening("Cash", 500, "Common income")
    assert _openings("zh")("cash 5")[0].account == "现金"
    assert _openings("zh")("0") == ()
    assert json.dumps([one.fund for one in _openings("zh")("现金 1、银行 2 公共收益")], ensure_ascii=False) == (
        '["工作经费", "公共收益"]'
    )
