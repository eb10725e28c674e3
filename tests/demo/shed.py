"""2022: grids and leaders, the shed from levy to bills."""

from __future__ import annotations

import random

from tests.demo.script import FUND, say

Doors = list[dict[str, str]]
LEADERS = ["韩梅", "陈玉芬", "欧阳夏丹", "曾月娥", "", "王桂兰", "", "李秀英", "刘志强", "尉迟文斌"]


def grids_and_leaders(doors: Doors) -> None:
    units = [f"{building}-{unit}" for building in range(1, 6) for unit in (1, 2)]
    of_unit = {unit: [d for d in doors if d["房号"].startswith(unit + "-") and d["状态"] == "自住"] for unit in units}
    for unit, leader in zip(units, LEADERS, strict=True):
        say("2022-01-15", f"role set {leader or of_unit[unit][4]['业主']} 单元长 --scope {unit} --from 2022-01-15")
    for number in range(10):
        door = of_unit[units[number]][6]
        say("2022-01-20", f"role set {door['业主']} 党员中心户 --scope {door['微网格']} --from 2022-01-20")
        say("2022-01-20", f"person consent {door['业主']} --what 姓名 --until 2025-01-19", hour="10:30")


def tenants_and_vehicles() -> None:
    say("2022-02-26", "person add 沈秋月 --room 5-2-502 --relation 租户 --from 2022-02-26 --until 2023-02-25")
    say("2022-03-05", "person add 郝志远 --room 1-2-301 --relation 暂住 --from 2022-03-05 --until 2022-08-31")
    say("2022-03-06", "household vehicle 3-2-501 晋A00501")
    say("2022-03-06", "household vehicle 3-2-502 晋A00502")
    say("2022-03-06", "space add B1-012 --kind 储藏室 --owner 3-2-501 --area 6.8 --area-source 实测")
    say("2022-03-06", "space add B1-014 --kind 储藏室 --owner 5-1-103 --area 7.2 --area-source 实测")
    say("2022-03-06", "space add 院-01")


def shed(doors: Doors, chance: random.Random) -> None:
    say(
        "2022-03-12",
        "decision add 改造存车棚,有电动车住户每户一百元 --body 业委会 -d 2022-03-11 --paper 业决〔2022〕1号",
    )
    levy = "--levy 100 --where ebike --due 2022-04-30"
    say("2022-03-12", f"project add 车棚改造 --fund {FUND} {levy} --budget 6200 --decision 业决〔2022〕1号")
    say("2022-03-12", "project use 车棚改造")
    payers = [d["房号"] for d in doors if d["电动车"] == "是"]
    late = ["3-2-502", *[room for room in payers if room.startswith(("2-1", "4-1")) and room != "2-1-302"][:6]]
    exempt = [room for room in payers if room.startswith("5-2")][:2]
    keen = chance.sample(
        [room for room in payers if room not in late + exempt and room != "3-2-501"], 62 - len(late) - len(exempt) - 1
    )
    ahead, unknown = keen[0], keen[1]
    say("2022-01-16", "pay 2-2-303 20 -p 围墙众筹 -m 现金 --gift -n 补一株葡萄苗")
    say("2022-02-27", f"pay {ahead} 50 --fund {FUND} --ahead -m 微信 -n 先交一部分")
    say("2022-03-14", f"contribution apply {ahead} -p 车棚改造")
    say("2022-03-14", f"pay {ahead} -p 车棚改造 -m 微信", hour="10:05")
    say("2022-04-18", "pay 待认领 100 -m 微信 --ref 1000220418")
    say("2022-04-25", f"contribution claim {{unclaimed}} {unknown} -p 车棚改造")
    rounds(keen, unit="1-1", leader="韩梅", day="2022-04-09", slip="")
    rounds(keen, unit="2-2", leader="曾月娥", day="2022-04-10", slip="20")
    rest = [room for room in keen[2:] if not room.startswith(("1-1", "2-2"))]
    for number, room in enumerate(rest):
        method = chance.choice(("现金", "现金", "微信", "支付宝"))
        say(
            f"2022-{3 + number // 30:02}-{13 + number % 16:02}",
            f"pay {room} -m {method}",
            hour=f"{9 + number % 9:02}:30",
        )
    for room, reason in zip(exempt, ("hardship", "labour"), strict=True):
        say("2022-04-20", f"project exempt {room} --reason {reason} --decision 业决〔2022〕1号")
    say("2022-04-26", "pay 3-2-502 50 -m 现金")
    say("2022-05-06", f"pay {late[1]} 100 -m 微信")
    say("2022-05-06", "contribution void {receipt} --reason 房号记错了", hour="10:05")
    say("2022-05-07", f"pay {keen[3]} 20 -m 现金 -n 多付,次日退回")
    say("2022-05-08", "contribution refund {receipt} 20 --reason 多付退回")
    bills()
    reminders()


def rounds(keen: list[str], unit: str, leader: str, day: str, slip: str) -> None:
    """A leader's evening from door to door: the cash stays in their hand until the slip, which may be short."""
    doors = [room for room in keen[2:] if room.startswith(unit)]
    typed = "".join(f"{room}\t100\t现金\n" for room in doors)
    say(day, f"collect 车棚改造 --hand {leader}", hour="20:30", typed=typed)
    there = len(doors) * 100 - int(slip or 0)
    counted = f" --counted {there}" if slip else ""
    say(day, f"handin add {leader} {len(doors) * 100}{counted}", hour="21:00")


def bills() -> None:
    """What the shed cost: two bills above the bylaw's limit, one approved by two, one by one so far."""
    say(
        "2022-05-20",
        "spend 3260 棚顶与护栏 -p 车棚改造 -m 现金 --to 李师傅施工队 --voucher 2022-06 --decision 业决〔2022〕1号"
        " --by 李秀英",
    )
    say("2022-05-21", "expense approve {expense} --by 韩梅")
    say("2022-05-21", "expense approve {expense} --by 王桂兰", hour="10:05")
    say("2022-05-22", "account count 现金 {cash} --by 李秀英,刘志强 -n 盘点少十元，待查")
    say(
        "2022-05-24",
        "spend 1180 摄像头与照明 -p 车棚改造 -m 微信 --to 安通电子 --voucher 2022-07 --decision 业决〔2022〕3号"
        " --by 李秀英",
    )
    say("2022-05-25", "expense approve {expense} --by 韩梅")
    say("2022-05-25", "expense approve {expense} --by 张建国", hour="10:05")
    say("2022-05-27", "spend 640 充电桩电费押金 -p 车棚改造 -m 支付宝 --to 国网 --voucher 2022-08 --by 李秀英")
    say("2022-05-28", "expense approve {expense} --by 王桂兰")


def reminders() -> None:
    say("2022-05-08", "reminder add 2-1 -p 车棚改造 --via 上门 --by 欧阳夏丹", hour="19:00")
    say("2022-05-15", "reminder add 3-2-502 -p 车棚改造 --via 电话 --by 王桂兰 --agreed -n 月底前缴清")


def running_costs() -> None:
    """The committee's own money: rent of common parts, a transfer by decision, an advance half repaid."""
    say("2021-08-15", "donor add 便民超市 --kind firm", hour="09:00")
    say("2021-08-15", "income add 3000 门前场地租赁 --fund 公共收益 -m 银行 --from 便民超市")
    say("2021-08-20", "spend 400 场地清理 --fund 公共收益 -m 银行 --to 保洁队 --voucher 2021-11 --cost-of {income}")
    say("2022-01-09", "decision add 从公共收益中拨八百元作工作经费 --body 业委会 -d 2022-01-08")
    say("2022-01-09", "fund transfer 800 公共收益 工作经费 --decision 从公共收益中拨八百元作工作经费", hour="10:05")
    say("2022-04-12", "spend 96 打印纸与张贴栏 --fund 工作经费 -m 银行 --to 文具店 --voucher 2022-03 --by 李秀英")
    say("2022-05-10", "spend 80 门卫室灯泡 --fund 工作经费 --advanced-by 王桂兰 --to 五金店 --voucher 2022-05")
    say("2022-05-18", "expense repay 王桂兰 50 -m 银行")
