"""Seven faults planted in a clean book: an overrun, arrears, an overdue task, a vote seven heads short, a notice a day
late, minutes nobody signed, a broken chain. The report names each with its figures, and nothing else (R-17, R-20, R-36,
R-39, R-71)."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import pytest

from tests.conftest import Runner
from tests.paper_reading import pages, poppler
from tests.prepared import once

MONTH_AGO, TODAY = "2022-03-10T09:00:00+08:00", "2022-04-16T12:00:00+08:00"
OWNERS = ("韩梅", "王桂兰", "张建国", "欧阳夏丹", "李秀英", "甲", "乙", "丙", "丁", "戊", "己", "庚")
ROLL = "房号,业主,建筑面积,面积来源,微网格,状态,电动车\n" + "".join(
    f"1-1-{n}01,{owner},{1200 if n == 1 else 50},登记,1,自住,{'是' if n > 10 else '否'}\n"
    for n, owner in enumerate(OWNERS, 1)
)
CLEAN = (
    "init --name 枣园小区 --who 韩梅",
    "import households roll.csv",
    "body add 业委会 --seats 5 --from 2022-01-01",
    *(f"role set {name} {'委员' if n else '主任'} --from 2022-01-01" for n, name in enumerate(OWNERS[:5])),
    "body filed 业委会 -d 2022-01-20",
    "role set 丁 单元长 --scope 1-1",
    "role set 戊 党员中心户 --scope 1",
    "account opening 微信 5000 --fund 众筹专项",
    "account opening 银行 500 --fund 工作经费",
)
MINUTES = """\
+++
title = "四月例会"
date = 2022-04-08
chair = "韩梅"
recorder = "王桂兰"
present = ["韩梅", "王桂兰", "张建国", "欧阳夏丹"]
+++
## 北墙
王桂兰:先修北墙。
"""


def alter(zaoyuan: Runner) -> None:
    """A byte of the journal becomes another, by somebody who knows SQLite and takes away what guards it."""
    with sqlite3.connect(zaoyuan.book) as db:
        guards = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'").fetchall()
        kept = [db.execute("SELECT sql FROM sqlite_master WHERE name = ?", name).fetchone()[0] for name in guards]
        for (name,) in guards:
            db.execute(f"DROP TRIGGER {name}")
        changed = "UPDATE event SET body = replace(body, '500000', '600000') WHERE kind = 'accounts.opened.v1'"
        assert db.execute(changed).rowcount
        for sql in kept:
            db.execute(sql)
    db.close()


class Fault(NamedTuple):
    """What is planted, and how the report names it: its kind, what its sentence says, the day it is due."""

    lines: tuple[str, ...]
    kind: str
    says: tuple[str, ...]
    due: str | None


FAULTS = {
    "arrears": Fault(
        (
            "decision add 车棚每户收一百元 --body 业主大会 -d 2022-04-01",
            "project add '车棚 改造' --fund 众筹专项 --levy 100 --where ebike --due 2022-04-10 --decision 1",
            "pay 1-1-1101 100",
        ),
        "arrears", ("车棚 改造", "100.00", "2022-04-10", "households: 1"), "2022-04-10",
    ),
    "late notice": Fault(
        ("meeting plan 五月例会 --body 业委会 -d 2022-04-22 --posted 2022-04-16 --place 议事亭 --agenda 围墙",),
        "notice", ("2022-04-22", "6 days before", "7 are required", "2022-04-15"), "2022-04-22",
    ),
    "unapproved minutes": Fault(("minutes -f minutes.md",), "unsigned", ("四月例会", "unsigned: 4"), None),
    "short ballot": Fault(
        ("ballot open 改造存车棚 --matter 7 --until 2022-05-10 --posted 2022-04-16 --single-entry 只有十二户",
         "ballot cast B1 1-1-101 for"),
        "ballot", ("7 voters short", "24 days left"), "2022-05-10",
    ),
    "overdue action": Fault(
        ("task add 联系施工队 --by 王桂兰 --due 2022-04-12",), "task", ("联系施工队", "2022-04-12"), "2022-04-12"
    ),
    "overrun": Fault(
        ("project add '围墙 北段' --fund 众筹专项 --budget 1000",
         "spend 1050 砌墙 -p '围墙 北段' -m 微信 --voucher 2"),
        "budget", ("围墙 北段", "1,050.00", "1,000.00", "50.00 too much"), None,
    ),
    "accounts posted late": Fault(
        ("spend 5 邮费 --fund 工作经费 -m bank --voucher 1 -d 2022-03-20",),
        "disclosure", ("2022-Q1", "2022-04-15"), "2022-04-15",
    ),
}  # fmt: skip


@pytest.fixture
@once
def clean(zaoyuan: Runner) -> Runner:
    """A book with nothing to do and nothing wrong."""
    zaoyuan.folder.joinpath("roll.csv").write_text(ROLL, encoding="utf-8")
    zaoyuan.folder.joinpath("minutes.md").write_text(MINUTES, encoding="utf-8")
    for line in CLEAN:
        assert zaoyuan(f"{line} --yes", now=MONTH_AGO).ok
    zaoyuan.now = TODAY
    assert judged(zaoyuan) == ([], [])
    return zaoyuan


def judged(book: Runner) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(what is wrong with the books, what is to be done), as the report has them."""
    report = book("report --json").ok.json
    assert report["books"]["ok"] == (not report["books"]["problems"])
    return report["books"]["problems"], report["todo"]


def plant(book: Runner, fault: Fault) -> None:
    for line in fault.lines:
        assert book(f"{line} --yes").ok


@poppler
@pytest.mark.altered
def test_seven_faults_are_named_each_and_nothing_else(clean: Runner) -> None:
    """One after the other: each time the report says one thing more. A quarter's accounts a day late stand beside the
    meeting's notice; the chain breaks last."""
    planted: list[Fault] = []
    for fault in FAULTS.values():
        plant(clean, fault)
        planted.append(fault)
        wrong, todo = judged(clean)
        assert wrong == []
        assert sorted(item["kind"] for item in todo) == sorted(one.kind for one in planted)
    for fault in planted:
        (item,) = (item for item in todo if item["kind"] == fault.kind)
        assert item["due"] == fault.due
        assert all(words in item["message"] for words in fault.says), item["message"]
        assert clean(item["command"].partition(" ")[2]).ok
    alter(clean)
    wrong, after = judged(clean)
    assert after == todo
    assert {one["code"] for one in wrong} == {"chain", "ledger"}
    assert [one["where"] for one in wrong if one["code"] == "chain"] == ["A12"]
    assert not any("rebuild" in one["message"] for one in wrong)
    first = [line for line in clean("report", lang="zh").ok.out.splitlines() if line][3:5]
    assert first[0].startswith("× 账本有")
    assert first[1].split()[0] == "A12"
    assert clean("check").code == 3
    assert clean("report -o report.pdf --lang zh").ok
    first_page, *more = pages(clean.folder / "report.pdf")
    assert len(more) <= 1
    assert all(word in first_page for word in ("A12", "微信", "众筹专项", "围墙", "五月例会"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_alone_is_named_alone(clean: Runner, name: str) -> None:
    plant(clean, FAULTS[name])
    wrong, todo = judged(clean)
    assert (wrong, [item["kind"] for item in todo]) == ([], [FAULTS[name].kind])


def test_a_vote_announced_a_day_late_is_named_beside_what_it_lacks(clean: Runner) -> None:
    """R-20: the last day is the 30th, its notice hangs fourteen days before."""
    short = FAULTS["short ballot"]
    plant(clean, short._replace(lines=tuple(line.replace("2022-05-10", "2022-04-30") for line in short.lines)))
    _wrong, todo = judged(clean)
    assert [item["kind"] for item in todo] == ["ballot", "notice"]
    assert "14 days before the last day; 15 are asked for" in todo[1]["message"]
    assert clean(todo[1]["command"].partition(" ")[2]).ok


@pytest.mark.altered
def test_a_broken_chain_alone_leaves_nothing_to_do(clean: Runner) -> None:
    alter(clean)
    wrong, todo = judged(clean)
    assert wrong
    assert todo == []
