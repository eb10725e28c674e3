"""Twelve doors of a small estate, all names invented: 王桂兰 owns two flats, two people are called 李强."""

from __future__ import annotations

from conftest import Runner

from tests.prepared import once

HOUSES = """房号,业主,建筑面积,面积来源,微网格,状态,电动车,电话
1-1-101,韩梅,60.00,登记,1,自住,否,
1-1-102,曾秀英,60.00,登记,1,自住,是,13900001111
1-1-201,李强,60.5,登记,1,出租,否,13900002222
1-1-202,李强,60.5,登记,1,自住,否,13900003333
3-2-501,王桂兰,88.50,登记,2,自住,是,13812341234
3-2-502,张建国,88.50㎡,实测,2,自住,是,13700005678
3-2-601,王桂兰,88.50,登记,2,出租,否,13812341234
3-2-602,欧阳夏丹,88.50,登记,2,空置,否,
3-10-101,赵小丽、孙磊,70,合同,2,自住,否,13600001111、13600002222
5-1-101,周建平,70,登记,3,自住,否,
5-1-102,周建平,70,登记,3,空置,否,
5-2-101,吴晓燕,70,登记,3,自住,是,13500009999
"""


@once
def begin(zaoyuan: Runner, houses: str = HOUSES) -> None:
    """A book kept by 韩梅, with the twelve doors taken in."""
    assert zaoyuan("init --name 枣园小区 --who 韩梅 --yes --lang zh").ok
    take_in(zaoyuan, houses)


def take_in(zaoyuan: Runner, houses: str, more: str = "--yes") -> dict[str, object]:
    """The answer to an import of these lines, given as a file."""
    file = zaoyuan.folder / "houses.csv"
    file.write_text(houses, encoding="utf-8")
    answer: dict[str, object] = zaoyuan(f"import households {file} --json {more}").ok.json
    return answer
