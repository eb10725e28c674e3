"""Money coming in: paid, overpaid, given, voided, given back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Runner
from tests.shed import begin
from zaoyuan_cli import app


def balance(zaoyuan: Runner, fund: str = "众筹专项") -> str:
    rows = zaoyuan("fund list --json").ok.json["rows"]
    return str(next(row["balance"] for row in rows if row["fund"] == fund))


# ---- pay


def test_pay_takes_what_is_owed_in_cash_today(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("pay 3-2-501 --json").ok.json == {
        "receipt": "A2022-0001", "room": "3-2-501", "amount": "100.00", "method": "cash", "account": "现金",
        "fund": "众筹专项", "project": "车棚改造", "date": "2022-05-31", "due": "100.00", "paid": "100.00",
        "owed": "0.00", "credit": "0.00", "state": "paid",
    }  # fmt: skip


def test_pay_says_what_it_wrote_and_how_to_take_it_back(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    said = zaoyuan("收款 3-2-501 60 -m 微信 -d 昨天", lang="zh", screen=100).ok
    assert "√ 收 3-2-501 王桂兰 60.00 元 · 车棚改造 · 微信 · 2022-05-30" in said.out
    assert "收据 A2022-0001" in said.out
    assert "本户还欠 40.00 元" in said.out
    assert "项目 0/3 户，60.00 元" in said.out
    assert "zaoyuan undo" in said.err
    assert "项目 1/3 户，100.00 元" in zaoyuan("pay 3-2-501", lang="zh").ok.out


def test_part_payments_and_credit(zaoyuan: Runner) -> None:
    """R-56: 100 due, 60 and 50 paid: paid, with 10 of credit, which stays in the project's fund."""
    begin(zaoyuan)
    first = zaoyuan("pay 3-2-501 60 --json").ok.json
    assert (first["paid"], first["owed"], first["state"]) == ("60.00", "40.00", "part")
    refused = zaoyuan("pay 3-2-501 50 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "yes")
    assert zaoyuan("pay 3-2-501 50 --gift --json").code == 2, "a gift is for a household that owes nothing"
    second = zaoyuan("pay 3-2-501 50 --yes --json").ok.json
    assert (second["paid"], second["owed"], second["credit"], second["state"]) == ("110.00", "0.00", "10.00", "paid")
    assert balance(zaoyuan) == "110.00"
    assert zaoyuan("check --json").ok.json == {"problems": []}


def test_no_fen_is_lost(zaoyuan: Runner) -> None:
    """R-52: 0.10 and 0.20 are 0.30."""
    begin(zaoyuan, "pay 3-2-501 0.10")
    assert zaoyuan("pay 3-2-501 0.20 --json").ok.json["paid"] == "0.30"


def test_who_owes_nothing_gives_by_a_yes(zaoyuan: Runner) -> None:
    """R-53: somebody outside the levy is a giver, and has to be meant."""
    begin(zaoyuan)
    refused = zaoyuan("pay 1-1-101 50 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "needs_yes", "gift")
    found = zaoyuan("pay 1-1-101 50 --gift --json").ok.json
    assert (found["due"], found["paid"], found["credit"], found["state"]) == ("0.00", "50.00", "50.00", "paid")
    assert zaoyuan("pay 1-1-101 20 --yes --json").ok
    assert zaoyuan("pay 1-1-101 30", input="y\n", tty=True).ok
    assert zaoyuan("pay 1-1-101 40", input="n\n", tty=True).code == 130


def test_nothing_owed_and_no_amount_is_refused_with_words(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    refused = zaoyuan("pay 3-2-501")
    assert refused.code == 1
    assert "3-2-501 owes 车棚改造 nothing" in refused.err
    assert "--gift" in refused.err


def test_a_donor_owes_nothing_and_needs_no_yes(zaoyuan: Runner) -> None:
    begin(zaoyuan, "donor add 社区 --kind public")
    unclear = zaoyuan("pay 社区 500 --json")
    assert (unclear.code, unclear.error["field"]) == (2, "fund")
    found = zaoyuan("pay 社区 500 --fund 惠民 --json").ok.json
    assert (found["donor"], found["fund"], found["project"], found["owed"]) == ("社区", "惠民资金", None, "0.00")
    assert "room" not in found
    assert zaoyuan("pay 社区 80 -p 车棚 --json").ok.json["fund"] == "众筹专项"
    assert zaoyuan("pay 社区 -p 车棚 --json").error["field"] == "amount"
    assert balance(zaoyuan, "惠民资金") == "500.00"


def test_a_gift_to_a_fund_alone(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    found = zaoyuan("pay 3-2-501 30 --fund 工作经费 --gift --json").ok.json
    assert (found["project"], found["fund"], found["owed"]) == (None, "工作经费", "0.00")
    assert zaoyuan("unpaid --json").ok.json["rows"][0]["owed"] == "100.00"
    assert zaoyuan("pay 3-2-501 --fund 工作经费 --json").error["field"] == "amount"


def test_which_project_is_meant(zaoyuan: Runner) -> None:
    """The one in use; else the one the household still owes; else the only one; several are listed."""
    begin(zaoyuan, "project add 围墙 --fund 众筹专项 --levy 10 --where vacant --yes")
    assert zaoyuan("pay 3-2-602 --json").ok.json["project"] == "围墙"
    several = zaoyuan("pay 1-1-101 5 --json")
    assert (several.code, several.error["code"], several.error["field"]) == (1, "ambiguous", "project")
    assert [one["key"] for one in several.error["candidates"]] == ["围墙", "车棚改造"]
    assert zaoyuan("pay 1-1-101 5 --gift", input="2\n", tty=True, screen=90).ok.out.count("车棚改造") == 1
    assert zaoyuan("pay 3-2-501 -p 车 --json").ok.json["project"] == "车棚改造"
    assert zaoyuan("pay 3-2-502 -p 没有 --json").error["field"] == "project"
    assert zaoyuan("pay 3-2-502 -p 车棚 --fund 惠民资金 --json").error["field"] == "fund"


def test_no_project_at_all(zaoyuan: Runner) -> None:
    for line in ("init --name 枣园 --yes", "household add 3-2-501 --owner 王桂兰"):
        assert zaoyuan(line).ok
    refused = zaoyuan("pay 3-2-501 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "project")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("pay 3-2-501 1,00", "amount"),
        ("pay 3-2-501 100.555", "amount"),
        ("pay 3-2-501 0", "amount"),
        ("pay 100 3-2-501", "amount"),
        ("pay 3-2-501 -d 5月32日", "date"),
        ("pay 3-2-501 -m 支票", "account"),
        ("pay 3-2-510", "household"),
        ("pay 3-2-501 -d 2022-06-30", "yes"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_writes_nothing(zaoyuan: Runner, line: str, field: str) -> None:
    begin(zaoyuan)
    refused = zaoyuan([*shlex.split(line), "--json"])
    assert refused.code in (1, 2)
    assert refused.error["field"] == field
    assert zaoyuan("receipt list --json").ok.json["totals"]["receipts"] == 0


def test_a_day_to_come_is_asked_about(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("pay 3-2-501 -d 2022-06-30 --yes --json").ok.json["date"] == "2022-06-30"


def test_the_same_twice_is_noticed(zaoyuan: Runner) -> None:
    """R-60: same household, project, amount and day; or one number on two papers."""
    begin(zaoyuan, "pay 3-2-501 20 --paper 0012")
    assert "A2022-0001" in zaoyuan("pay 3-2-501 20 --json").ok.json["warnings"][0]
    assert zaoyuan("pay 3-2-501 20", input="n\n", tty=True).code == 130
    assert "warnings" not in zaoyuan("pay 3-2-501 20 -d 昨天 --json").ok.json
    assert zaoyuan("pay 3-2-502 30 --paper 0012 --json").ok.json["warnings"]


def test_the_setting_names_the_usual_way_of_paying(zaoyuan: Runner) -> None:
    begin(zaoyuan, "config set default_method wechat")
    assert zaoyuan("pay 3-2-501 10 --json").ok.json["account"] == "微信"
    assert zaoyuan("pay 3-2-501 10 -m 现金 --json").ok.json["method"] == "cash"


def test_pay_loads_nothing_it_does_not_need(zaoyuan: Runner) -> None:
    """A line typed a hundred times a day: no library, and none of the program's rarer ways to pay."""
    begin(zaoyuan)
    code = "import sys; from zaoyuan_cli.app import run; run(['pay', '3-2-501', '20']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True,
        env=os.environ | zaoyuan.environment("", "", None, None) | {"PYTHONPATH": str(Path(app.__file__).parents[1])},
    )  # fmt: skip
    loaded = done.stdout.splitlines()[-1].split()
    assert "A2022-0001" in done.stdout, done.stderr
    heavy = ("pydantic", "rich", "sqlite_utils", "click", "pypinyin", "jinja2", "babel")
    rare = [
        f"zaoyuan_cli.{name}" for name in ("book.founding", "book.crediting", "commands.settling", "reports.credits")
    ]
    assert not {*heavy, *rare} & {*loaded}


def test_contribution_add_is_pay(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    assert zaoyuan("contribution add 3-2-501 --json").ok.json["receipt"] == "A2022-0001"
    assert zaoyuan("log --json").ok.json["rows"][0]["verb"] == "pay"


# ---- the property


AMOUNTS = st.integers(1, 15_000)
DEEDS = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(("3-2-501", "3-2-502", "3-2-601", "1-1-101")), AMOUNTS),
    st.tuples(st.just("void"), st.integers(1, 8), st.just(0)),
    st.tuples(st.just("refund"), st.integers(1, 8), AMOUNTS),
    st.tuples(st.just("exempt"), st.sampled_from(("3-2-501", "3-2-502", "3-2-601")), st.just(0)),
    st.tuples(st.just("undo"), st.integers(4, 12), st.just(0)),
)


def line_of(deed: tuple[str, Any, int]) -> str:
    verb, what, fen = deed
    yuan = f"{fen // 100}.{fen % 100:02d}"
    return {
        "pay": f"pay {what} {yuan} --yes",
        "void": f"contribution void {what} --reason 错 --yes",
        "refund": f"contribution refund {what} {yuan} --reason 退",
        "exempt": f"project exempt {what} --reason 困难",
        "undo": f"undo A{what} --yes",
    }[verb]


def fen(text: str) -> int:
    return int(text.replace(".", ""))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=10))
def test_what_is_due_is_paid_owed_or_waived(zaoyuan: Runner, deeds: list[tuple[str, Any, int]]) -> None:
    """R-56, R-65: after any history due = paid net + owed + waived - credit, for every household and for the project;
    nothing is below zero, the fund holds what was paid, table and CSV and JSON say the same, and the book is sound."""
    zaoyuan.book.unlink(missing_ok=True)
    begin(zaoyuan)
    for deed in deeds:
        done = zaoyuan(line_of(deed) + " --json")
        assert done.code in (0, 1, 2), done
        assert done.code == 0 or done.error["code"] != "fault", done
    answer = zaoyuan("unpaid --all --json").ok.json
    keys = ("due", "paid", "waived", "owed", "credit")
    for row in answer["rows"]:
        due, paid, waived, owed, credit = (fen(row[key]) for key in keys)
        assert due == paid + owed + waived - credit
        assert min(due, paid, waived, owed, credit) >= 0
    (project,) = zaoyuan("project list --json").ok.json["rows"]
    due, paid, waived, owed, credit = (fen(project[key]) for key in keys)
    assert due == paid + owed + waived - credit
    assert balance(zaoyuan) == project["paid"]
    assert fen(answer["totals"]["owed"]) == owed == sum(fen(row["owed"]) for row in answer["rows"])
    table = zaoyuan("unpaid --all").ok.out.splitlines()[-1]
    assert f"{owed // 100}.{owed % 100:02d}" in table
    csv = [line.split(",") for line in zaoyuan("unpaid --all --format csv").ok.out.splitlines()]
    column = csv[0].index("Owed")
    assert sum(fen(line[column]) for line in csv[1:]) == owed
    register = zaoyuan("receipt list --json").ok.json
    counted = [row for row in register["rows"] if row["state"] != "void"]
    assert fen(register["totals"]["amount"]) == sum(fen(row["amount"]) for row in counted)
    assert fen(register["totals"]["amount"]) - fen(register["totals"]["refunded"]) == paid
    assert [row["receipt"] for row in register["rows"]] == [
        f"A2022-{n:04d}" for n in range(1, len(register["rows"]) + 1)
    ]
    assert zaoyuan("check --json").ok.json == {"problems": []}


# ---- two laptops


def two(zaoyuan: Runner) -> tuple[Path, Path]:
    """A second laptop with a letter of its own, known to the first: its settings folder and its book."""
    home, book = zaoyuan.folder / "other", zaoyuan.folder / "other.db"
    shutil.copyfile(zaoyuan.book, book)
    assert zaoyuan("device add", home=home, book=book).ok
    assert zaoyuan(f"merge {book}").ok
    return home, book


def problems(zaoyuan: Runner) -> list[str]:
    return [one["code"] for one in zaoyuan("check --json").json["problems"]]


def test_a_household_paid_on_two_laptops_is_named_until_somebody_settles_it(zaoyuan: Runner) -> None:
    """R-56: both payments stand and count, `check` names the household; a refund cures it."""
    begin(zaoyuan)
    home, book = two(zaoyuan)
    assert zaoyuan("pay 3-2-501").ok
    assert zaoyuan("pay 3-2-501", home=home, book=book).ok.out.count("B2022-0001") == 1
    assert zaoyuan(f"merge {book}").code in (0, 3)
    assert problems(zaoyuan) == ["breach"]
    assert balance(zaoyuan) == "200.00"
    assert zaoyuan("contribution refund B2022-0001 100 --reason 收了两次").ok
    assert problems(zaoyuan) == []


def test_a_household_paid_on_two_laptops_may_agree_to_leave_it_there(zaoyuan: Runner) -> None:
    """R-56: what over-payment lacks is a yes; said afterwards, the credit stays."""
    begin(zaoyuan)
    home, book = two(zaoyuan)
    assert zaoyuan("pay 3-2-501").ok
    assert zaoyuan("pay 3-2-501", home=home, book=book).ok
    zaoyuan(f"merge {book}")
    (open_one,) = zaoyuan("conflict list --json").ok.json["rows"]
    assert zaoyuan(["conflict", "settle", open_one["key"], "-n", "留作下次"]).ok
    assert problems(zaoyuan) == []
    assert balance(zaoyuan) == "200.00"


def test_voided_here_and_refunded_there(zaoyuan: Runner) -> None:
    """R-65: what was given back of a receipt that is void stands against the rule."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502")
    home, book = two(zaoyuan)
    assert zaoyuan("contribution void 1 --reason 错 --yes").ok
    assert zaoyuan("contribution refund 1 40 --reason 退", home=home, book=book).ok
    assert zaoyuan(f"merge {book}").code in (0, 3)
    assert len(problems(zaoyuan)) == 1
    assert zaoyuan("contribution void A2022-0001-1 --reason 错 --yes").ok
    assert problems(zaoyuan) == []


def test_a_receipt_is_found_by_its_number_and_by_its_room(zaoyuan: Runner) -> None:
    """With or without a note; a step of many receipts shows each household its own."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-501,3-2-502,3-2-601 --yes")
    hits = zaoyuan("find a2022-0001 --json").ok.json["rows"]
    assert [(hit["noun"], hit["show"]) for hit in hits] == [("contribution", "zaoyuan contribution show A2022-0001")]
    shown = [hit["ref"] for hit in zaoyuan("find 3-2-502 --json").ok.json["rows"]]
    assert shown == ["3-2-502", "A2022-0002"]
    step = zaoyuan("household show 3-2-601 --json").ok.json["history"][0]
    assert step["numbers"] == ["A2022-0003"]
