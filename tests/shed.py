"""A small estate that gathers 100 yuan of every e-bike household for a shed: for the tests of money coming in."""

from __future__ import annotations

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
