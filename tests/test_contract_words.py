"""The words people type, all the way through the command line: amounts, days, rooms, names, options, aliases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Runner
from tests.shed import begin


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return begin(zaoyuan)


AMOUNTS = {
    "100": "100.00", "100元": "100.00", "100块": "100.00", "1,000.50": "1000.50", "￥100": "100.00",
    "¥1,000": "1000.00", "１００": "100.00", "1.5万": "15000.00", "3元5角": "3.50", "壹佰元整": "100.00",
    "一千二百元": "1200.00",
}  # fmt: skip
DAYS = {
    "今天": "2022-05-31", "昨天": "2022-05-30", "前天": "2022-05-29", "3天前": "2022-05-28", "上周三": "2022-05-25",
    "周一": "2022-05-30", "31日": "2022-05-31", "5月31日": "2022-05-31", "5-31": "2022-05-31", "5/31": "2022-05-31",
    "2022.5.31": "2022-05-31", "20220531": "2022-05-31", "2022年5月31日": "2022-05-31", "today": "2022-05-31",
    "yesterday": "2022-05-30", "7-5": "2021-07-05",
}  # fmt: skip
ROOMS = (
    "3-2-501", "3栋2单元501室", "3号楼二单元501", "3幢2门501", "3#2-501", "3/2/501", "2单元501", "501", "3—2—501",
    "３－２－５０１",
)  # fmt: skip


def test_amounts(shed: Runner) -> None:
    for typed, amount in AMOUNTS.items():
        assert shed(["pay", "3-2-501", typed, "--yes", "--json"]).ok.json["amount"] == amount, typed


@pytest.mark.parametrize(
    ("typed", "hint"), [("-50", "contribution refund"), ("1,00", "1,000"), ("100.555", ""), ("0", "")]
)
def test_amounts_nobody_can_read(shed: Runner, typed: str, hint: str) -> None:
    refused = shed(["pay", "3-2-501", typed, "--json"])
    assert (refused.code, refused.error["code"], refused.error["value"]) == (2, "unreadable", typed)
    assert hint in refused.error["hint"]


def test_days(shed: Runner) -> None:
    for typed, day in DAYS.items():
        assert shed(["pay", "3-2-501", "5", "-d", typed, "--json"]).ok.json["date"] == day, typed


def test_days_that_are_none_or_still_to_come(shed: Runner) -> None:
    assert shed("pay 3-2-501 5 -d 2022-02-30 --json").error["code"] == "unreadable"
    ahead = shed("pay 3-2-501 5 -d 2022-06-30 --json")
    assert (ahead.code, ahead.error["code"]) == (2, "needs_yes")
    assert "2022-06-30" in ahead.error["message"]
    assert shed("pay 3-2-501 5 -d 6-30 --yes --json").ok.json["date"] == "2022-06-30"


def test_rooms(shed: Runner) -> None:
    for typed in ROOMS:
        assert shed(["pay", typed, "5", "--json"]).ok.json["room"] == "3-2-501", typed


def test_a_building_named_by_a_letter(shed: Runner) -> None:
    assert shed("household add A座501 --owner 丁一 --yes").ok
    assert shed("household show A座501 --json").ok.json["owner"] == "丁一"
    assert shed("household show 501 --json").error["code"] == "ambiguous", "there are two now"


@pytest.mark.parametrize("typed", ["32501", "3-2-5"])
def test_a_room_that_is_none_shows_the_nearest(shed: Runner, typed: str) -> None:
    refused = shed(f"pay {typed} --json")
    assert (refused.code, refused.error["code"]) == (1, "not_found")
    nearest = [one["key"] for one in refused.error["candidates"]]
    assert len(nearest) == 3
    assert nearest[0].startswith("3-2-50")


# ---- who


def test_a_full_name_is_exact_and_a_guess_is_asked_about(shed: Runner) -> None:
    assert shed("person edit 王桂兰 --phone 13800001234").ok
    assert shed("household show 王桂兰 --json").ok.json["room"] == "3-2-501"
    for guess in ("桂兰", "wgl", "1234"):
        asked = shed(f"household show {guess} --json")
        assert (asked.code, asked.error["code"]) == (2, "needs_yes"), guess
        assert shed(f"household show {guess} --yes --json").ok.json["room"] == "3-2-501"


def test_several_that_fit_are_never_guessed(shed: Runner) -> None:
    refused = shed("pay 张 5 --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "ambiguous")
    assert [one["key"] for one in refused.error["candidates"]] == ["1-1-101", "3-2-502"]


def test_a_person_at_a_terminal_chooses(shed: Runner) -> None:
    chosen = shed("pay 张 5 -p 车棚", input="2\n", tty=True, screen=80).ok
    assert "3-2-502 张建国 5.00" in chosen.out
    assert shed("pay 张 5", input="\n", tty=True, screen=80).code == 130
    assert shed("pay wgl 5", input="n\n", tty=True, screen=80).code == 130
    assert shed("receipt list --json").ok.json["totals"]["receipts"] == 1, "only what was chosen is written"


def test_a_name_is_the_person_and_several_doors_are_ambiguous_as_a_household(shed: Runner) -> None:
    assert shed("household add 3-2-701 --owner pA3 --area 60").ok
    assert shed("role set 王桂兰 单元长 --scope 3-2 --json").ok.json["person"] == "pA3"
    assert shed("role set 3-2-502 网格员 --scope 2 --json").ok.json["name"] == "张建国"
    refused = shed("pay 王桂兰 5 --json").error
    assert (refused["code"], refused["field"]) == ("ambiguous", "household")
    assert [one["key"] for one in refused["candidates"]] == ["3-2-501", "3-2-701"]


def test_several_rooms_share_their_front(shed: Runner) -> None:
    assert shed("project add 围墙 --fund 众筹专项 --levy 10 --yes").ok
    line = "project exempt 3-2-501,502,601 -p 围墙 --reason 困难"
    assert shed(f"{line} --json").error["code"] == "needs_yes", "three households at once"
    assert shed(f"{line} --yes --json").ok.json["waived"] == "30.00"


# ---- options and commands


GLOBAL = ("--json hh list", "hh --json list", "hh list --json", "——json hh list", "hh list －－json",
          "--format json hh list", "hh list --format=JSON")  # fmt: skip


def test_global_options_before_between_and_after(shed: Runner) -> None:
    for line in GLOBAL:
        assert shed(line).ok.json["totals"]["households"] == 5


def test_what_follows_two_dashes_is_a_word(shed: Runner) -> None:
    assert shed("pay --json -- 3-2-501 5").ok.json["amount"] == "5.00"
    assert shed("pay 3-2-501 5 -n=--json --json").ok.json["amount"] == "5.00"
    assert "--json" in shed("pay 3-2-501 -- 5 --json").err


ALIASES = {
    "住户 list": "household list", "住户 列表": "household list", "hh ls": "household list",
    "欠缴": "unpaid", "缴款 list": "contribution list", "收据 list": "receipt list",
    "资金 list": "fund list", "账户 list": "account list", "项目 list": "project list",
    "pj list": "project list", "会议 list": "meeting list", "mt list": "meeting list",
    "决议 list": "decision list", "制度 list": "bylaw list", "待办 list": "task list",
    "查找 王": "find 王", "人员 list": "person list", "单元 list": "unit list",
    "组织 list": "body list", "职务 list": "role list", "捐助方 list": "donor list", "检查": "check",
    "日志": "log", "设备 list": "device list", "冲突 list": "conflict list",
    "设置 list": "config list", "账本": "book", "报告": "report", "状态": "",
}  # fmt: skip


def test_chinese_names_of_commands(shed: Runner) -> None:
    for alias, line in ALIASES.items():
        assert shed(f"{alias} --json").ok.json == shed(f"{line} --json").ok.json


def test_chinese_names_of_commands_that_write(shed: Runner) -> None:
    assert shed("收款 3-2-501 --json").ok.json["receipt"] == "A2022-0001"
    assert shed("支出 5 电 -p 车棚 --json").ok.json["expense"] == "EA2022-1"
    assert shed("撤销 --yes --json").ok.json["numbers"] == ["EA2022-1"]
    assert shed("重做 --json").ok.json["numbers"] == ["EA2022-1"]


# ---- the same list in every format


LISTS: dict[str, tuple[str, ...]] = {  # each with the totals that stand under its table
    "household list": ("area",), "unit list": ("households", "vacant", "area"), "account list": ("balance",),
    "fund list": ("balance",), "project list": ("due", "paid", "owed", "spent", "left"),
    "contribution list": ("amount",), "receipt list": ("amount",), "unpaid": ("due", "paid", "owed"),
    "unpaid --by unit": ("due", "paid", "owed"), "expense list": ("amount",), "donor list": ("amount",),
    "fund ledger 众筹专项": ("in", "out"), "account ledger 现金": ("in", "out"),
}  # fmt: skip


@pytest.fixture
def busy(shed: Runner) -> Runner:
    for line in ("pay 3-2-501 40", "pay 3-2-502 -m 微信", "donor add 社区", "pay 社区 500 -p 车棚",
                 "spend 30 电 -p 车棚", "contribution void 2 --reason 错 --yes"):  # fmt: skip
        assert shed(line).ok
    return shed


def test_every_format_holds_the_same_rows_and_totals(busy: Runner) -> None:
    for line, sums in LISTS.items():
        same_in_every_format(busy, line, sums)


def same_in_every_format(busy: Runner, line: str, sums: tuple[str, ...]) -> None:
    found = busy(f"{line} --json").ok.json
    rows, totals = found["rows"], found["totals"]
    tsv = [record.split("\t") for record in busy(f"{line} --format tsv").ok.out.splitlines()]
    records = [dict(zip(tsv[0], record, strict=True)) for record in tsv[1:]]
    assert records == [{key: _word(row[key]) for key in tsv[0]} for row in rows]
    assert len(busy(f"{line} --format csv").ok.out.splitlines()) == len(rows) + 1
    for format in ("table", "md", "html"):
        text = busy(f"{line} --format {format}").ok.out
        for key in sums:
            assert f"{_grouped(totals[key])}" in text, f"{format}: {key}"
    for key in sums:
        if key not in {"amount"}:  # a void receipt is listed and not counted
            assert sum(_fen(row[key]) for row in rows) == _fen(totals[key]), key


def _word(value: Any) -> str:
    """A value as TSV has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _fen(value: Any) -> int:
    return 0 if value is None else value if isinstance(value, int) else round(float(value) * 100)


def _grouped(value: Any) -> str:
    return str(value) if isinstance(value, int) else f"{float(value):,.2f}"


@pytest.mark.parametrize("format", ["csv", "tsv", "md", "html", "table"])
def test_no_format_shows_how_the_program_keeps_things(busy: Runner, format: str) -> None:
    for line in (
        "",
        "household show 3-2-501",
        "project show 车棚",
        "report",
        "book",
        "merge zaoyuan.db",
        "pay 3-2-601",
    ):
        shown = busy(f"{line} --format {format}").ok.out
        assert shown, line
        assert not any(mark in shown for mark in ("{'", "Fen(", "None", "datetime.date")), shown


# ---- days gone by


def test_as_of_a_day_and_as_known_on_a_day(zaoyuan: Runner) -> None:
    """As of: what had happened by that day. As known on: what this file held at the end of that day."""
    early = "2022-05-01T12:00:00+08:00"
    for line in ("init --name 枣园小区 --who 韩梅 --yes", "household add 3-2-501 --owner 王桂兰",
                 "project add 车棚 --fund 众筹专项 --levy 100 --yes"):  # fmt: skip
        assert zaoyuan(line, now=early).ok
    assert zaoyuan("pay 3-2-501 60 -d 2022-05-10").ok
    owed = {"2022-05-09": "100.00", "2022-05-10": "40.00", "2022-05-31": "40.00"}
    for day, amount in owed.items():
        told = zaoyuan(f"unpaid --as-of {day} --json").ok.json
        assert (told["as_of"], told["totals"]["owed"]) == (day, amount)
    assert zaoyuan("unpaid --known-on 2022-05-30 --json").ok.json["totals"]["owed"] == "100.00"
    assert zaoyuan("unpaid --known-on 2022-05-31 --json").ok.json["totals"]["owed"] == "40.00"
    both = zaoyuan("unpaid --known-on 2022-05-31 --as-of 2022-05-09 --json").ok.json
    assert both["totals"]["owed"] == "100.00"
    assert zaoyuan("report --known-on 2022-05-30 --json").ok.json["totals"]["in"] == "0.00"
    refused = zaoyuan("pay 3-2-501 --known-on 2022-05-30 --json")
    assert (refused.code, refused.error["code"]) == (4, "book")
    assert zaoyuan("household list --known-on 2022-04-30 --json").code == 1, "nothing was held then"


def test_days_the_wrong_way_round_are_refused_by_every_list(busy: Runner) -> None:
    for line in ("unpaid", "receipt list", "contribution list", "expense list", "fund ledger 众筹专项", "meeting list",
                 "task list", "account ledger 现金", "report"):  # fmt: skip
        refused = busy(f"{line} --since 2022-06-01 --until 2022-05-01 --json")
        assert (refused.code, refused.error["code"], refused.error["field"]) == (2, "usage", "since"), line


def test_choices_are_words_that_can_be_typed(busy: Runner) -> None:
    refused = busy("unpaid --by 楼 --json").error
    assert (refused["code"], refused["field"]) == ("unreadable", "by")
    for choice in refused["candidates"]:
        assert busy(f"unpaid --by {choice['key']}").ok
