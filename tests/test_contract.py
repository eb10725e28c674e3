"""The answers other programs rely on: keys, types and values of each command's JSON, typed as a script types them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.conftest import Runner
from tests.secretary import committee
from tests.shed import begin

DAY = "2022-05-31"
PAID = {
    "receipt": "A2022-0001", "room": "3-2-501", "amount": "100.00", "method": "cash", "account": "现金",
    "fund": "众筹专项", "project": "车棚改造", "date": DAY, "due": "100.00", "paid": "100.00", "owed": "0.00",
    "credit": "0.00", "state": "paid",
}  # fmt: skip


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


def has(answer: Any, expected: Any) -> bool:
    """Whether every key of the contract is there with its value and type; more keys may stand beside them."""
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(key in answer and has(answer[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return isinstance(answer, list) and len(answer) == len(expected) and all(map(has, answer, expected))
    return type(answer) is type(expected) and answer == expected


def answers(zaoyuan: Runner, line: str, expected: Any) -> None:
    found = zaoyuan(f"{line} --json").ok.json
    assert has(found, expected), f"$ {line}\n{json.dumps(found, ensure_ascii=False, indent=1)}"


# ---- the book and the roll


def test_init(zaoyuan: Runner) -> None:
    answers(zaoyuan, "init --name 枣园小区 --units 1-1..5-2 --who 韩梅 --yes", {"name": "枣园小区", "device": "A"})


def test_import_households(zaoyuan: Runner) -> None:
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes").ok
    roll = zaoyuan.folder / "roll.csv"
    roll.write_text("房号,业主,建筑面积\n3-2-501,王桂兰,75.10\n3-2-502,张建国,八十\n", encoding="utf-8")
    counts = {"new": 1, "changed": 0, "unchanged": 0, "differs": 0, "wrong": 1}
    tried = zaoyuan(f"import households {roll} --dry-run --json")
    assert tried.code == 3, "a trial that found problems"
    assert has(tried.json, counts | {"problems": [{"line": 3, "field": "area", "value": "八十"}]})
    assert tried.json["problems"][0]["message"]
    roll.write_text("房号,业主,建筑面积\n3-2-501,王桂兰,75.10\n", encoding="utf-8")
    answers(zaoyuan, f"import households {roll} --yes", {"new": 1, "problems": []})
    answers(zaoyuan, f"import households {roll} --yes", {"new": 0, "unchanged": 1})


def test_household_list(shed: Runner) -> None:
    wang = {"room": "3-2-501", "owner": "王桂兰", "area": "75.10", "unit": "3-2", "grid": "2", "ebike": True}
    none = {"room": "3-2-602", "owner": None, "area": "55.55", "ebike": False, "state": "vacant", "voter": None}
    answers(
        shed,
        "household list --unit 3-2",
        {
            "rows": [wang | {"state": "owner", "voter": "pA3"}, {"room": "3-2-502"}, {"state": "let"}, none],
            "totals": {"households": 4, "voters": 3, "area": "322.14"},
        },
    )


def test_one_voter_for_all_doors_of_an_owner(shed: Runner) -> None:
    assert shed("household add 3-2-701 --owner pA3 --area 60").ok
    rows = shed("household list --json").ok.json
    voters = {row["room"]: row["voter"] for row in rows["rows"]}
    assert voters["3-2-701"] == voters["3-2-501"]
    assert rows["totals"]["voters"] == 4


# ---- money


def test_project_add_and_exempt(zaoyuan: Runner) -> None:
    begin(zaoyuan)
    levy = {"project": "粉刷", "fund": "众筹专项", "levy": {"households": 3, "due": "10.00"}}
    answers(zaoyuan, "project add 粉刷 --fund 众筹专项 --levy-total 10 --by area --where ebike --yes", levy)
    answers(zaoyuan, "project add 围墙 --fund 众筹专项", {"project": "围墙", "fund": "众筹专项", "levy": None})
    answers(zaoyuan, "project exempt 3-2-601 -p 车棚 --reason 困难", {"room": "3-2-601", "waived": "100.00"})


def test_pay(shed: Runner) -> None:
    answers(shed, "pay 3-2-501", PAID)
    part = {"receipt": "A2022-0002", "amount": "50.00", "method": "wechat", "account": "微信", "date": "2022-05-30"}
    answers(shed, "pay 3-2-502 50 -m 微信 -d 昨天", part | {"paid": "50.00", "owed": "50.00", "state": "part"})
    answers(shed, "pay 3-2-502 80 --yes", {"paid": "130.00", "owed": "0.00", "credit": "30.00", "state": "paid"})


def test_pay_of_a_donor(shed: Runner) -> None:
    assert shed("donor add 社区 --kind public").ok
    paid = shed("pay 社区 500 --fund 惠民资金 --json").ok.json
    assert has(paid, {"donor": "社区", "amount": "500.00", "fund": "惠民资金", "project": None})
    assert "room" not in paid


def test_void_and_refund(shed: Runner) -> None:
    assert shed("pay 3-2-501 150 --yes").ok
    first = {"receipt": "A2022-0001", "refunded": "30.00", "paid": "120.00", "credit": "20.00", "owed": "0.00"}
    answers(shed, "contribution refund 1 30 --reason 多收", first)
    again = {"refunded": "40.00", "paid": "80.00", "credit": "0.00", "owed": "20.00"}
    answers(shed, "contribution refund 1 40 --reason 多收", again)
    assert shed("pay 3-2-502").ok
    answers(shed, "contribution void 2 --reason 记错 --yes", {"receipt": "A2022-0002", "state": "void"})


def test_receipt_list_counts_void_ones_and_not_their_money(shed: Runner) -> None:
    for line in ("pay 3-2-501", "pay 3-2-502 50", "pay 3-2-601", "contribution void 2 --reason 错 --yes"):
        assert shed(line).ok
    row = {"date": DAY, "state": "paid"}
    answers(
        shed,
        "receipt list",
        {
            "rows": [
                row | {"receipt": "A2022-0001", "room": "3-2-501", "amount": "100.00"},
                row | {"receipt": "A2022-0002", "room": "3-2-502", "amount": "50.00", "state": "void"},
                row | {"receipt": "A2022-0003", "room": "3-2-601", "amount": "100.00"},
            ],
            "totals": {"receipts": 3, "void": 1, "amount": "200.00"},
        },
    )


def test_an_undone_receipt_is_listed_as_void(shed: Runner) -> None:
    assert shed("pay 3-2-501").ok
    undone = shed("undo --yes --json").ok.json
    assert has(undone, {"undone": {"step": "A4", "verb": "pay"}, "numbers": ["A2022-0001"]})
    assert re.fullmatch(r"2022-05-31.12:00", undone["undone"]["at"])
    totals = {"receipts": 1, "void": 1, "amount": "0.00"}
    answers(shed, "receipt list", {"rows": [{"receipt": "A2022-0001", "state": "void"}], "totals": totals})
    answers(shed, "redo", {"undone": {"step": "A4", "verb": "pay"}, "numbers": ["A2022-0001"]})
    answers(shed, "receipt list", {"totals": {"receipts": 1, "void": 0, "amount": "100.00"}})


def test_unpaid(shed: Runner) -> None:
    assert shed("pay 3-2-501").ok
    assert shed("pay 3-2-502 50").ok
    owes = {"project": "车棚改造", "due": "100.00", "waived": "0.00", "age": 0}
    answers(
        shed,
        "unpaid",
        {
            "rows": [
                owes | {"room": "3-2-502", "owner": "张建国", "paid": "50.00", "owed": "50.00", "state": "part"},
                owes | {"room": "3-2-601", "owner": "欧阳夏丹", "paid": "0.00", "owed": "100.00", "state": "unpaid"},
            ],
            "totals": {"households": 2, "due": "200.00", "paid": "50.00", "owed": "150.00"},
        },
    )


def test_spend_and_balances(shed: Runner) -> None:
    assert shed("pay 3-2-501").ok
    spent = {"expense": "EA2022-1", "amount": "30.00", "fund": "众筹专项", "account": "现金", "project": "车棚改造"}
    answers(shed, "spend 30 电费 -p 车棚", spent | {"balance": "70.00"})
    answers(shed, "account opening 现金 200 --fund 工作经费", {"account": "现金", "balance": "270.00"})
    accounts = shed("account list --json").ok.json
    assert has(accounts["rows"][0], {"account": "现金", "balance": "270.00"})
    assert accounts["totals"]["balance"] == "270.00"
    funds = shed("fund list --json").ok.json
    assert {row["fund"]: row["balance"] for row in funds["rows"]}["众筹专项"] == "70.00"
    assert funds["totals"]["balance"] == "270.00"


# ---- what is asked of the book


def test_report(shed: Runner) -> None:
    for line in ("account opening 现金 200 --fund 工作经费 -d 2022-05-01", "pay 3-2-501", "spend 30 电费 -p 车棚"):
        assert shed(line).ok
    told = shed("report --since 2022-05-01 --until 2022-05-31 --json").ok.json
    flow = {"opening": "200.00", "in": "100.00", "out": "30.00", "closing": "270.00"}
    assert has(told, {"books": {"ok": True, "problems": []}, "totals": flow})
    assert has(told["accounts"][0], {"account": "现金"} | flow)
    assert has(told["funds"][0], {"fund": "众筹专项", "opening": "0.00", "closing": "70.00"})
    stands = {"project": "车棚改造", "due": "300.00", "paid": "100.00", "waived": "0.00", "owed": "200.00"}
    assert has(told["projects"], [stands | {"spent": "30.00", "left": "70.00"}])
    assert has(told["arrears"], [{"unit": "3-2", "households": 2, "owed": "200.00"}])
    (voucher,) = [one for one in told["todo"] if one["kind"] == "voucher"]
    assert set(voucher) == {"kind", "message", "due", "command"}
    assert all(type(part) is list for key, part in told.items() if key in {"accounts", "funds", "todo", "tasks"})


def test_a_report_written_to_a_file_is_the_same(shed: Runner) -> None:
    shown = shed("report --json").ok.json
    assert shed("report -o bericht.json").ok
    assert json.loads((shed.folder / "bericht.json").read_text(encoding="utf-8")) == shown


def test_check(shed: Runner) -> None:
    assert shed("check").ok.out == ""
    assert shed("check --json").ok.json == {"problems": []}


def test_absent_is_null_and_nothing_is_a_number(shed: Runner) -> None:
    """Money and areas are text with two digits, days are ISO, what is not there is null, in every answer."""
    shed.folder.joinpath("法.md").write_text("第一条 车头朝外。\n", encoding="utf-8")
    for line in ("pay 3-2-501", "spend 10 电 -p 车棚", "donor add 社区", f"bylaw add 存车 -f {shed.folder / '法.md'}",
                 "body add 业委会 --seats 3", "role set 王桂兰 主任", "task add 修门 --by 王桂兰 --due 6-10",
                 "decision add 同意 --body 业委会 -d 2022-05-01"):  # fmt: skip
        assert shed(line).ok
    for line in ("", "household list", "household show 3-2-602", "person list", "person show 王桂兰", "unit list",
                 "unit show 3-2", "body list", "role list", "donor list", "donor show 社区", "account list",
                 "account ledger 现金", "fund list", "fund ledger 众筹专项", "project list", "project show 车棚",
                 "contribution list", "contribution show 1", "receipt list", "receipt show 1", "unpaid",
                 "unpaid --by unit", "expense list", "expense show 1", "decision list", "decision show 1", "task list",
                 "bylaw list", "bylaw show 存车", "bylaw search 车", "find 王", "report", "log", "device list", "book",
                 "conflict list", "config list", "check"):  # fmt: skip
        for key, value in _leaves(shed(f"{line} --json").ok.json):
            assert value != "", f"{line}: {key} is empty, not null"
            assert not isinstance(value, float), f"{line}: {key}"
            if key in {"due", "paid", "waived", "owed", "credit", "amount", "balance", "in", "out", "closing", "area"}:
                assert value is None or re.fullmatch(r"-?\d+\.\d\d|\d{4}-\d\d-\d\d", value), f"{line}: {key} {value!r}"


def _leaves(value: Any, key: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for name, part in value.items() for leaf in _leaves(part, name)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part, key)]
    return [(key, value)]


# ---- refusals


ERRORS = (
    ("pay 3-2-510", 1, "not_found", "household", "3-2-510"),
    ("pay nobody 5", 1, "not_found", "household", "nobody"),
    ("pay 3-2-501 5 -p 没有", 1, "not_found", "project", "没有"),
    ("pay 3-2-501 5 --fund 没有", 1, "not_found", "fund", "没有"),
    ("pay 3-2-501 5 -m 没有", 1, "not_found", "account", "没有"),
    ("person show nobody", 1, "not_found", "person", "nobody"),
    ("donor show nobody", 1, "not_found", "donor", "nobody"),
    ("receipt show 99", 1, "not_found", "receipt", "99"),
    ("expense show EA2022-9", 1, "not_found", "expense", "EA2022-9"),
    ("decision show D9", 1, "not_found", "decision", "D9"),
    ("bylaw show 没有", 1, "not_found", "bylaw", "没有"),
    ("body show 没有", 1, "not_found", "body", "没有"),
    ("conflict settle X1", 1, "not_found", "conflict", "X1"),
    ("undo A99 --yes", 1, "not_found", "step", "A99"),
    ("household show 建 --as-of 2022-05-31", 2, "needs_yes", "yes", None),
    ("household show z", 1, "ambiguous", "household", "z"),
    ("pay 3-2-501 300", 2, "needs_yes", "yes", None),
    ("pay 1-1-101 300", 2, "needs_yes", "gift", None),
    ("pay 3-2-501 -d 2022-06-30", 2, "needs_yes", "yes", None),
    ("pay 3-2-501 1,00", 2, "unreadable", "amount", "1,00"),
    ("pay 3-2-501 -d 2022-02-30", 2, "unreadable", "date", "2022-02-30"),
    ("household add 3栋", 2, "unreadable", "household", "3栋"),
    ("spend 5 电 -p 车棚", 1, "fund_short", "fund", "众筹专项"),
    ("fund transfer 5 众筹专项 工作经费", 1, "decision_required", "decision", None),
    ("undo A2 --yes", 1, "has_dependents", "step", "A2"),
    ("import households no.csv", 5, "file", "file", "no.csv"),
    ("merge no.db", 5, "file", "file", "no.db"),
    ("spend 5 电 --fund 工作经费 -f no.jpg", 5, "file", "file", "no.jpg"),
    ("pay", 2, "usage", "who", None),
)


def test_errors(shed: Runner) -> None:
    for line, code, error, field, value in ERRORS:
        refused = shed(f"{line} --json")
        assert (refused.code, refused.out, len(refused.err.splitlines())) == (code, "", 1), refused
        told = refused.error
        assert set(told) >= {"code", "message", "field", "value", "candidates"}
        assert (told["code"], told["field"], told["value"]) == (error, field, value), refused
        assert all({"key", "label"} <= set(one) for one in told["candidates"])


def test_errors_in_chinese_hold_no_english_sentence(shed: Runner) -> None:
    """Commands, options, codes and file names are English in every language; two English words in a row are not."""
    for line, *_rest in ERRORS:
        refused = shed(line, lang="zh")
        sentences = re.sub(r"zaoyuan [^\n，。；：]*|(?<=用法：)[^\n]*|--?[a-z-]+", "", refused.err)
        assert "错误" in sentences or "需要确认" in sentences
        assert not re.search(r"[A-Za-z]{2,} +[a-z]{2,}", sentences), refused.err


def test_a_refusal_by_a_rule_names_it(shed: Runner) -> None:
    short = shed("spend 5 电 -p 车棚 --json").error
    assert (short["rule"], short["limit"]) == ("fund.not_below_zero", "0.00")
    other = shed("fund transfer 5 众筹专项 工作经费 --json").error
    assert (other["rule"], other["limit"]) == ("fund.own_purpose", None)
    assert shed("pay 3-2-501").ok
    above = shed("contribution refund 1 500 --reason 错 --json").error
    assert (above["code"], above["limit"]) == ("refund_above_paid", "100.00")


# ---- meetings


def test_meetings_and_motions(zaoyuan: Runner) -> None:
    committee(zaoyuan)
    notice = {"lawful": True, "days": 10, "required": 7, "last_lawful_posting": "2022-06-03",
              "earliest_lawful_meeting": "2022-06-07"}  # fmt: skip
    answers(zaoyuan, "meeting plan 例会 --body 业委会 -d 2022-06-10", {"meeting": "MA2022-1", "notice": notice})
    late = {"lawful": False, "days": 6, "last_lawful_posting": "2022-06-03", "earliest_lawful_meeting": "2022-06-11"}
    answers(zaoyuan, "meeting plan 加会 --body 业委会 -d 2022-06-10 --posted 2022-06-04",
            {"meeting": "MA2022-2", "notice": late})  # fmt: skip
    answers(zaoyuan, "meeting attend M1 韩梅 王桂兰", {"present": 2, "members": 5, "quorum": False})
    answers(zaoyuan, "meeting attend M1 张建国", {"present": 3, "members": 5, "quorum": True})
    answers(zaoyuan, "motion add M1 换门锁 --mover 韩梅", {"motion": "MA2022-1-1"})
    failed = {"for": 2, "against": 1, "abstain": 0, "aside": 0, "members": 5, "needed": 3, "passed": False}
    answers(zaoyuan, "motion vote M1-1 --by 韩梅=for,王桂兰=for,张建国=against", failed | {"decision": None})
    answers(zaoyuan, "motion add M1 装路灯", {"motion": "MA2022-1-2"})
    answers(zaoyuan, "motion vote M1-2 --for 3 --against 0 --abstain 0", {"passed": True, "decision": "DA2022-1"})
