"""From door to door (R-56): what is typed at each door, what an input method makes of the keys, what a dead battery
leaves, and a list instead of a person."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Result, Runner
from tests.shed import begin


def test_several_doors_in_a_line_each_pay_what_they_owe(zaoyuan: Runner) -> None:
    """As `pay` reads them; the answer names the receipts."""
    begin(zaoyuan)
    done = zaoyuan("collect 车棚 --yes", input="3-2-501,502\n3-2-601\t100\n").ok
    assert "A2022-0001…0003 (3)" in done.out
    rooms = [row["room"] for row in zaoyuan("receipt list --json").ok.json["rows"]]
    assert rooms == ["3-2-501", "3-2-502", "3-2-601"]
    assert zaoyuan("collect 车棚", input="3-2-501,502\t50\n").code != 0


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


def walk(zaoyuan: Runner, *typed: str, line: str = "collect --unit 3-2 --json", lang: str = "") -> Result:
    """A round with these lines typed."""
    return zaoyuan(line, input="".join(f"{one}\n" for one in typed), tty=True, lang=lang).ok


def paid(zaoyuan: Runner) -> dict[str, str]:
    return {row["room"]: row["amount"] for row in zaoyuan("contribution list --json").ok.json["rows"]}


# ---- at the doors


def test_two_doors_and_the_end(shed: Runner) -> None:
    """R-56: what is owed on Enter, a part where a part is given, cash unless said."""
    answer = walk(shed, "501", "", "", "502", "50", "2", ".").json
    assert answer["payments"] == [
        {"receipt": "A2022-0001", "room": "3-2-501", "amount": "100.00", "account": "现金"},
        {"receipt": "A2022-0002", "room": "3-2-502", "amount": "50.00", "account": "微信"},
    ]
    assert [(one["method"], one["amount"]) for one in answer["methods"]] == [("cash", "100.00"), ("wechat", "50.00")]
    assert (answer["households"], answer["amount"]) == (2, "150.00")
    assert shed("unpaid --json").ok.json["totals"]["owed"] == "150.00"


def test_the_keys_hold_at_every_question(shed: Runner) -> None:
    """u takes the last one back and asks the door anew, s notes nobody at home, another door is no amount."""
    done = walk(shed, "501", "", "", "502", "501 50", "u", "40", "u", "40", "s", "501", "3-2-502", "<", ".")
    assert "3-2-501 100.00; receipt A2022-0001 is void" in done.err
    assert done.err.count("nothing to take back") == 1
    assert done.err.count("This asks for the amount of") == 2
    assert (done.json["payments"], done.json["missed"]) == ([], ["3-2-502"])


def test_each_payment_is_a_step_of_its_own_like_that_of_pay(shed: Runner) -> None:
    walk(shed, "501", "", "", "502", "", "", ".")
    verbs = [row["verb"] for row in shed("log --json").ok.json["rows"][:2]]
    assert verbs == ["pay", "pay"]
    shed("undo --yes").ok  # noqa: B018
    assert paid(shed)["3-2-501"] == "100.00"


def test_enter_goes_from_one_who_owes_to_the_next(shed: Runner) -> None:
    """Whoever was not at home comes again after the others."""
    said = walk(shed, "", "s", "", "", "", "", "", "", "", "", "", "", ".")
    assert said.json["missed"] == ["3-2-501"]
    assert [one["room"] for one in said.json["payments"]] == ["3-2-502", "3-2-601", "3-2-501"]
    assert "not at home: 1" in said.err
    assert "Nobody here owes anything more" in said.err


def test_not_at_home_is_counted(shed: Runner) -> None:
    walk(shed, "s 601", ".")
    assert "(第 2 次)".replace("(", "（").replace(")", "）") in walk(shed, "s601", ".", lang="zh").err


def test_undo_takes_back_the_last(shed: Runner) -> None:
    answer = walk(shed, "501", "", "", "502", "50", "", "u", "s 601", "u", "u", "u", ".")
    assert (answer.json["payments"], answer.json["missed"]) == ([], [])
    assert "nothing to take back" in answer.err
    assert [row["state"] for row in shed("receipt list --json").ok.json["rows"]] == ["void", "void"]


def test_back_leaves_the_door_as_it_is(shed: Runner) -> None:
    """< at the method asks the amount again, < at the amount leaves the door, < at the door shows the one before."""
    answer = walk(shed, "501", "60", "<", "70", "", "502", "<", "<", "30", "", ".")
    assert [(one["room"], one["amount"]) for one in answer.json["payments"]] == [
        ("3-2-501", "70.00"), ("3-2-501", "30.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("end", [".", "。", "．"])
def test_keys_of_an_input_method(shed: Runner, end: str) -> None:
    answer = walk(shed, "５０１", "《", "５０１", "１００", "２", "ｓ ６０１", "ｕ", end)
    assert [(one["amount"], one["account"]) for one in answer.json["payments"]] == [("100.00", "微信")]
    assert answer.json["missed"] == []


def test_a_door_in_one_line(shed: Runner) -> None:
    answer = walk(shed, "502 50 微信", "王桂兰 40 1", "601 支付宝", ".").json
    assert [(one["room"], one["amount"], one["account"]) for one in answer["payments"]] == [
        ("3-2-502", "50.00", "微信"), ("3-2-501", "40.00", "现金"), ("3-2-601", "100.00", "支付宝"),
    ]  # fmt: skip


def test_the_next_room_at_the_question_how(shed: Runner) -> None:
    """501 Enter Enter 502: who forgets the method goes on, and the money was cash."""
    answer = walk(shed, "501", "", "502", "50", "", ".").json
    assert [(one["room"], one["amount"]) for one in answer["payments"]] == [("3-2-501", "100.00"), ("3-2-502", "50.00")]


def test_the_method_of_the_line_is_not_asked(shed: Runner) -> None:
    answer = walk(shed, "501", "", "502", "", ".", line="collect 车棚 --unit 3-2 -m 微信 --json").json
    assert [one["account"] for one in answer["payments"]] == ["微信", "微信"]


def test_too_much_and_the_same_again_are_asked(shed: Runner) -> None:
    """R-56, R-60: no is no, and the round goes on."""
    answer = walk(shed, "501", "120", "", "n", "501", "50", "", "501", "50", "", "n", "501", "50", "", "y", ".").json
    assert [one["amount"] for one in answer["payments"]] == ["50.00", "50.00"]


def test_a_mistake_does_not_end_the_round(shed: Runner) -> None:
    answer = walk(shed, "909", "谁谁", "501", "abc", "100", "支票", "", "1-1-101", "<", ".")
    assert [one["amount"] for one in answer.json["payments"]] == ["100.00"]
    assert answer.err.count("  ! ") == 4


def test_a_room_outside_the_unit(shed: Runner) -> None:
    assert "1-1-101 张济   no levy" in walk(shed, "1-1-101", "<", ".").err


def test_the_end_of_input_is_the_end(shed: Runner) -> None:
    assert walk(shed, "501", "", "").json["amount"] == "100.00"
    assert walk(shed, "502", "100").json["amount"] == "0.00", "how was not answered: nothing is recorded"


def test_the_screen(shed: Runner) -> None:
    said = walk(shed, "502 50", "", "", "", "", "s 601", ".", line="上门收款 车棚 --unit 3-2", lang="zh")
    assert "上门收款 · 车棚改造 · 已收 0/3 户，0.00 元   收款人 韩梅" in said.err
    assert "3-2-502 张建国   已缴 0.00   欠 100.00" in said.err
    assert "√ 收据 A2022-0001  50.00   欠 50.00" in said.err
    assert "本次" in said.out
    assert "不在家：3-2-601" in said.out


def test_who_sold_still_owes(shed: Runner) -> None:
    shed("household transfer 3-2-501 --to 赵六 -d 今天 --yes").ok  # noqa: B018
    assert "owed by the former owner 王桂兰" in walk(shed, "501", "<", ".").err


def test_the_moment_of_each_payment_is_its_own(shed: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round may last past midnight."""
    from zaoyuan_cli import asking

    read = asking.Asking._read

    def late(desk: asking.Asking, prompt: str) -> str:
        typed = read(desk, prompt)
        if typed == "502":
            os.environ["ZAOYUAN_NOW"] = "2022-06-01T00:10:00+08:00"
        return typed

    monkeypatch.setattr(asking.Asking, "_read", late)
    walk(shed, "501", "", "", "502", "", "", ".")
    rows = shed("receipt list --json").ok.json["rows"]
    assert [row["date"] for row in rows] == ["2022-05-31", "2022-06-01"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_dead_battery_loses_nothing(shed: Runner) -> None:
    """kill -9 in the middle of the third door: two payments are in the book, and it is sound."""
    keyboard, line = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zaoyuan_cli.app", "collect", "--unit", "3-2"], stdin=line, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, **shed.environment("", "", None, None), "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    try:
        assert process.stderr
        os.write(keyboard, b"501\n\n\n502\n50\n\n601\n")
        seen = ""
        while "3-2-601" not in seen:
            piece = process.stderr.readline()
            assert piece, seen
            seen += piece
        process.send_signal(signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    finally:
        process.kill()
        process.communicate()
        os.close(keyboard)
        os.close(line)
    assert paid(shed) == {"3-2-501": "100.00", "3-2-502": "50.00"}
    assert shed("check").code == 0


# ---- a list


def test_a_list_is_one_step(shed: Runner) -> None:
    answer = shed("collect --json", input="3-2-501\t\t\n3-2-502\t50\t微信\n\n3-2-502\t\n").ok.json
    assert [(one["room"], one["amount"]) for one in answer["payments"]] == [
        ("3-2-501", "100.00"), ("3-2-502", "50.00"), ("3-2-502", "50.00"),
    ]  # fmt: skip
    shed("undo --yes").ok  # noqa: B018
    assert paid(shed) == {}


BAD = "3-2-501\t100\n9-9-901\t100\n3-2-502\tabc\n3-2-601\t100\t支票\n3-2-502\t250\n3-2-501\t\n"


def test_all_or_nothing(shed: Runner) -> None:
    refused = shed("collect --json", input=BAD)
    assert (refused.code, refused.error["code"]) == (3, "problems")
    assert [problem["line"] for problem in refused.error["problems"]] == [2, 3, 4, 5, 6]
    assert paid(shed) == {}
    assert "line 4" in shed("collect", input=BAD).err


def test_the_good_lines_only(shed: Runner) -> None:
    answer = shed("collect --skip-bad --json", input=BAD).ok.json
    assert [one["room"] for one in answer["payments"]] == ["3-2-501"]
    assert [problem["line"] for problem in answer["skipped"]] == [2, 3, 4, 5, 6]


def test_the_same_list_twice_takes_nothing(shed: Runner) -> None:
    listed = "3-2-501\t100\t现金\n3-2-502\t100\t现金\n"
    shed("collect", input=listed).ok  # noqa: B018
    assert shed("collect", input=listed).code == 3
    assert shed("collect --skip-bad", input=listed).code == 3, "no line was taken"
    assert paid(shed) == {"3-2-501": "100.00", "3-2-502": "100.00"}


def test_commas_are_tabs_where_they_can_be_nothing_else(shed: Runner) -> None:
    """3-2-501,50,银行 is a payment; 3-2-501,502 are two doors; 3-2-501,50 is neither, and what a line is is said."""
    shed("collect", input="3-2-501,50,银行\n3-2-502， ，微信\n").ok  # noqa: B018
    assert paid(shed) == {"3-2-501": "50.00", "3-2-502": "100.00"}
    assert "a tab between them" in shed("collect", input="3-2-501,50\n").err


def test_too_much_in_a_list_needs_a_yes(shed: Runner) -> None:
    """R-56: 100 due, 60 and 50 paid: 10 of credit."""
    listed = "3-2-501\t60\n3-2-501\t50\n"
    assert shed("collect", input=listed).code == 3
    shed("collect --yes", input=listed).ok  # noqa: B018
    assert shed("project show 车棚改造 --json").ok.json["credit"] == "10.00"


def test_an_empty_list(shed: Runner) -> None:
    assert shed("collect --json").ok.json["payments"] == []
    assert "√" not in shed("collect").ok.out
    assert shed("collect --no-input", tty=True).code == 2
    assert shed("collect 没有", input="").code == 1


# ---- the number of a transfer


def test_the_same_transfer_twice_is_asked_about(shed: Runner) -> None:
    """R-60: the same 微信单号 twice, of this door or another; after a void it is free, and another account's is another
    transfer."""
    shed("pay 3-2-501 100 -m 微信 --ref 4200001234").ok  # noqa: B018
    for line in ("pay 3-2-502 50 -m 微信 --ref 4200001234", "pay 3-2-502,601 -m 微信 --ref 4200001234"):
        refused = shed(line + " --json")
        assert (refused.code, refused.error["code"]) == (2, "needs_yes")
        assert "A2022-0001" in refused.error["message"]
    assert "A2022-0001" in shed("pay 3-2-502 50 -m 银行 --ref 4200001234").ok.err
    assert "A2022-0001" in shed("pay 3-2-502 10 -m 微信 --ref 4200001234 --yes").ok.err
    assert shed("receipt show 1 --json").ok.json["ref"] == "4200001234"
    assert shed("find 4200001234 --json").ok.json["rows"]
    assert not shed("pay 3-2-601 -m 微信 --ref 4200009999").ok.err
