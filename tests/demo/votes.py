"""Votes of the owners: the gate passed, hiring a manager failed on area alone, the shed's steps run seven heads short;
and what was asked from door to door before the renovation."""

from __future__ import annotations

from collections.abc import Callable

from tests.demo.script import say
from zaoyuan_cli.book import Book, ballots, rolls

Doors = list[dict[str, str]]
AGAINST, ABSTAIN = (5, 17, 42, 61, 77, 90, 113), (8, 33, 58, 101)


def renovation(doors: Doors) -> None:
    """138 of 150 doors were met (R-92)."""
    met = [door["房号"] for number, door in enumerate(doors) if number % 13 != 7]
    words = {5: "先修路", 20: "留住枣树", 44: "楼道灯也要修", 71: "费用要公开", 99: "施工避开午休"}
    typed = "".join(
        f"{room}\t{'建议' if n in words else '不同意' if n % 31 == 3 else '同意'}\t{words.get(n, '')}\n"
        for n, room in enumerate(met)
    )
    say("2019-06-15", "canvass open 整治改造 --options 同意,不同意,建议 --until 2019-06-30")
    say("2019-06-29", "canvass run 整治改造", typed=typed)
    say("2019-07-01", "canvass close 整治改造")
    say("2022-05-28", "canvass open 充电桩电价 --where ebike --options 同意,不同意 --until 2022-06-05"
        " --text 充电桩电价定为每度一元,含电损与维护,您是否同意")  # fmt: skip


def gate() -> None:
    say("2021-02-06", "ballot open 大门由人工改为自动,每户四十元 --matter 7 --until 2021-03-05 --posted 2021-02-06"
        " --single-entry 两人当场唱票、核对")  # fmt: skip
    say("2021-02-07", "ballot issue {ballot} --via 当面")
    say(
        "2021-03-05",
        "ballot run {ballot}",
        hour="19:00",
        typed=_slips(lambda n, _area: "" if n % 10 == 4 else _said(n)),
    )
    say("2021-03-06", "ballot close {ballot} --witness 韩梅 --caller 陈玉芬 --teller 李秀英", hour="09:00")


def manager() -> None:
    """Small flats for it, large ones against: enough heads, too little area."""
    say("2021-09-18", "ballot open 聘请物业服务企业 --matter 4 --until 2021-10-15 --posted 2021-09-18"
        " --single-entry 两人当场唱票、核对")  # fmt: skip
    say("2021-09-19", "ballot issue {ballot} --via 当面")
    say("2021-10-15", "ballot run {ballot}", hour="19:00", typed=_slips(_by_size))
    say("2021-10-16", "ballot close {ballot} --witness 韩梅 --caller 陈玉芬 --teller 李秀英")


def steps() -> None:
    say("2022-05-12", "ballot open 车棚台阶放缓并加装雨棚 --matter 7 --until 2022-06-20 --posted 2022-05-12")
    say("2022-05-13", "ballot issue {ballot} --via 当面")
    for more, hour in (("", "19:00"), (" --second --who 韩梅", "20:00")):
        say("2022-05-29", f"ballot run {{ballot}}{more}", hour=hour, typed=_slips(_seven_short))


def _slips(choose: Callable[[int, int], str]) -> Callable[[Book], str]:
    """Lines for `ballot run` of the vote opened last: paper and choice of each voter that has one."""

    def typed(opened: Book) -> str:
        last = ballots.everyone(opened.db)[-1].ballot
        said = [(one.paper, choose(one.paper, one.area)) for one in rolls.roll(opened.db, last)]
        return "".join(f"{paper}\t{choice}\n" for paper, choice in said if choice)

    return typed


def _said(n: int) -> str:
    return "反对" if n in AGAINST else "弃权" if n in ABSTAIN else "同意"


def _nine_of_ten(n: int, area: int) -> str:
    return "" if n % 10 == 4 else _said(n)


def _by_size(n: int, area: int) -> str:
    if area < 80_00:
        return "同意"
    if area > 100_00:
        return "反对"
    return ("同意", "同意", "", "反对", "")[n % 5]


def _seven_short(n: int, area: int) -> str:
    return _said(n) if n <= 91 else ""
