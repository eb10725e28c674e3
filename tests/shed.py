"""A small estate that gathers 100 yuan of every e-bike household for a shed: for the tests of money coming in."""

from __future__ import annotations

from typing import Any

from tests.conftest import Runner
from tests.prepared import once

ROLL = """房号,业主,建筑面积,面积来源,微网格,状态,电动车
1-1-101,张济,62.34,登记,1,自住,否
3-2-501,王桂兰,75.10,登记,2,自住,是
3-2-502,张建国,88.99,登记,2,自住,是
3-2-601,欧阳夏丹,102.50,登记,2,出租,是
3-2-602,,55.55,登记,2,空置,否
"""


@once
def begin(zaoyuan: Runner, *lines: str) -> Runner:
    """The book with its roll, the project 车棚改造 (three households, 300.00) and what the lines do."""
    zaoyuan.folder.joinpath("roll.csv").write_text(ROLL, encoding="utf-8")
    for line in (
        "init --name 枣园小区 --who 韩梅 --yes",
        f"import households {zaoyuan.folder / 'roll.csv'} --yes",
        "project add 车棚改造 --fund 众筹专项 --levy 100 --where ebike --due 2022-06-15 --yes",
        *lines,
    ):
        assert zaoyuan(line).ok
    return zaoyuan


@once
def spent(zaoyuan: Runner) -> Runner:
    """The three households paid 300.00, of which 290.00 were spent: 10.00 are left."""
    return begin(zaoyuan, "pay 3-2-501", "pay 3-2-502", "pay 3-2-601", "spend 290 立柱 -p 车棚 --voucher 1")


CLOSE = "project close 车棚 --return --yes"


def rows(zaoyuan: Runner, line: str) -> list[dict[str, Any]]:
    """The rows of a list."""
    found: list[dict[str, Any]] = zaoyuan(f"{line} --json").ok.json["rows"]
    return found


def back(zaoyuan: Runner) -> dict[str, str]:
    """Payer to share of what is left."""
    return {row["room"] or row["donor"]: row["share"] for row in rows(zaoyuan, "project shares 车棚")}
