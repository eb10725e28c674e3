"""A book with a committee of five, for the tests of meetings, minutes, tasks and bylaws."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Runner
from tests.prepared import once

MEMBERS = ("韩梅", "王桂兰", "张建国", "欧阳夏丹", "李秀英")
PAPER = """\
+++
title = "存车棚改造"
date = 2022-05-28
place = "枣园议事亭"
chair = "韩梅"
recorder = "王桂兰"
present = ["韩梅", "王桂兰", "张建国", "欧阳夏丹"]
guests = ["社区网格员小周"]

[[decisions]]
text = "每户一百元,六月十日前收齐"
paper = "业决〔2022〕3号"

[[decisions]]
text = "台阶按试走结果放缓"

[[tasks]]
by = "王桂兰"
due = "6月10日"
text = "联系施工队"

[[tasks]]
by = "张建国"
due = "5-30"
text = "张贴缴款名单"
+++
## 台阶高度
王桂兰:台阶太高,推车上不去。

张建国:可以做成缓坡。
## 充电桩电价
欧阳夏丹:按表计费。
"""


@once
def committee(zaoyuan: Runner) -> None:
    """Begin a book; the committee is of 2020, 韩梅 its chair, and 王桂兰 owns 3-2-501."""
    for line in (
        "init --name 枣园小区 --who 韩梅",
        "body add 业委会 --seats 5 --from 2020-01-01",
        *(f"person add {name}" for name in MEMBERS[1:]),
        *(f"role set {name} {'委员' if n else '主任'} --from 2020-01-01" for n, name in enumerate(MEMBERS)),
        "household add 3-2-501 --owner 王桂兰",
    ):
        zaoyuan(f"{line} --yes").ok  # noqa: B018


def paper(folder: Path, text: str = PAPER, name: str = "会议.md", encoding: str = "utf-8") -> Path:
    """A paper in a file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def with_a_motion(zaoyuan: Runner) -> Runner:
    """A committee, its meeting of today with three of five members, and one motion of its notice."""
    committee(zaoyuan)
    for line in ("meeting plan 例会 -d 5-31 --posted 5-20 --agenda 充电桩电价 --agenda 门卫排班",
                 "meeting attend M1 韩梅 王桂兰 张建国",
                 "motion add M1 充电桩电价每度一元 --mover 王桂兰"):  # fmt: skip
        assert zaoyuan(line).ok
    return zaoyuan
