"""Makes data/demo.events anew: the demo estate's history 2019 to 2022, typed through the real command line day by day.

    python tests/make_demo.py

Facts of the estate are those published; 赵卫平 and 张济 hold their offices and nothing else. All other names, payments
and words are invented. The journal's salts are random, so two runs differ in bytes and in nothing that is shown.
"""

import os
import random
import shlex
import sys
import tempfile
from pathlib import Path

from zaoyuan_cli import app

DATA = Path(__file__).parent.parent / "data"
FUND = "众筹专项"
LEADERS = ["韩梅", "陈玉芬", "欧阳夏丹", "曾月娥", "", "王桂兰", "", "李秀英", "刘志强", "尉迟文斌"]
SCRIPT: list[tuple[str, str]] = []


def say(day: str, line: str, hour: str = "10:00") -> None:
    """Have a line typed on a day of the past."""
    SCRIPT.append((f"{day}T{hour}:00+08:00", line))


def play() -> None:
    """Type all lines in the order of their moments; {last} is the receipt given last."""
    for moment, line in sorted(SCRIPT, key=lambda one: one[0]):
        os.environ["ZAOYUAN_NOW"] = moment
        typed = line.replace("{last}", last_receipt() if "{last}" in line else "")
        code = app.run([*shlex.split(typed), "--yes", "--quiet", "--lang", "zh"])
        if code:
            sys.exit(f"{moment}: zaoyuan {typed} → {code}")


def roll() -> list[dict[str, str]]:
    import csv

    with (DATA / "households.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def begin(doors: list[dict[str, str]]) -> None:
    say("2019-01-06", "init --name 枣园小区 --who 李秀英 --book-lang zh")
    say("2019-01-06", f"person edit pA1 --phone {next(d['电话'] for d in doors if d['业主'] == '李秀英')}")
    say("2019-01-06", f"import households {DATA / 'households.csv'}")
    for name in ("赵卫平", "张济"):
        say("2019-01-06", f"person add {name}")
    say("2019-01-12", "body add 临管会 --kind provisional --from 2019-01-12")
    for name in ("韩梅", "王桂兰", "张建国"):
        say("2019-01-12", f"role set {name} 委员 --body 临管会 --from 2019-01-12")


def road(doors: list[dict[str, str]], chance: random.Random) -> None:
    say("2019-01-13", "decision add 向住户自愿筹款修补小区道路 --body 临管会 -d 2019-01-12")
    say("2019-01-13", f"project add 道路修补 --fund {FUND} --goal 9000 --decision D1")
    for number, door in enumerate(chance.sample([d for d in doors if d["状态"] == "自住"], 64)):
        amount = chance.choice((50, 100, 100, 100, 200, 300))
        day = f"2019-{2 + number // 40:02}-{1 + number % 28:02}"
        say(day, f"pay {door['房号']} {amount} -p 道路修补 -m 现金 --gift")
    say("2019-03-28", "spend 6200 沥青与人工 -p 道路修补 -m 现金 --to 晋源道路队 --voucher 2019-07")
    say("2019-04-02", "spend 860 路沿石 -p 道路修补 -m 现金 --to 建材市场 --voucher 2019-09")


def committee() -> None:
    say("2019-05-26", "decision add 选举业主委员会委员五名;实施小区整治改造 --body 业主大会 -d 2019-05-25")
    say("2019-05-26", "body edit 临管会 --until 2019-05-25")
    term = "--from 2019-05-25 --until 2024-05-24"
    say("2019-05-26", f"body add 业委会 --kind committee --seats 5 {term} --after 临管会 --decision D2")
    say("2019-06-18", "body filed 业委会 -d 2019-06-18")
    say("2019-05-26", "body add 业委会党支部 --kind branch --from 2019-06-10")
    for name, role in (
        ("赵卫平", "主任"),
        ("韩梅", "副主任"),
        ("王桂兰", "委员"),
        ("张建国", "委员"),
        ("欧阳夏丹", "委员"),
    ):
        say("2019-05-28", f"role set {name} {role} --body 业委会 --from 2019-05-25 --decision D2")
    say("2019-06-10", "role set 张济 书记 --body 业委会党支部 --from 2019-06-10")
    say("2019-06-10", "role set 李秀英 出纳 --body 业委会 --from 2019-06-10")
    say("2019-06-10", "role set 刘志强 会计 --body 业委会 --from 2019-06-10")


def public_money() -> None:
    say("2019-08-05", "donor add 社区居委会 --kind public")
    say("2019-08-05", "project add 路灯监控 --fund 惠民资金 --budget 18000", hour="10:05")
    say("2019-08-06", "pay 社区居委会 18000 -p 路灯监控 -m 银行 -n 路灯与监控")
    say("2019-10-15", "spend 11400 路灯十八盏 -p 路灯监控 -m 银行 --to 亮辉照明 --voucher 2019-21")
    say("2019-10-28", "spend 6350 监控十二路 -p 路灯监控 -m 银行 --to 安通电子 --voucher 2019-23")


def wall(doors: list[dict[str, str]], chance: random.Random) -> None:
    say("2020-04-11", "decision add 自愿众筹重砌东围墙并栽葡萄 --body 业委会 -d 2020-04-10 --paper 业决〔2020〕2号")
    say("2020-04-11", f"project add 围墙众筹 --fund {FUND} --goal 12000 --budget 12500 --decision DA2020-1")
    for number, door in enumerate(chance.sample([d for d in doors if d["状态"] != "空置"], 61)):
        amount = chance.choice((100, 100, 200, 200, 200, 300, 500))
        method = chance.choice(("现金", "微信", "微信"))
        say(
            f"2020-{4 + number // 30:02}-{12 + number % 18:02}",
            f"pay {door['房号']} {amount} -p 围墙众筹 -m {method} --gift",
        )
    say("2020-06-30", "spend 4800 砖与水泥 -p 围墙众筹 -m 微信 --to 建材市场 --voucher 2020-11")
    say("2020-07-12", "spend 5200 砌墙人工 -p 围墙众筹 -m 现金 --to 李师傅施工队 --voucher 2020-14")
    say("2020-07-20", "spend 780 葡萄苗与花架 -p 围墙众筹 -m 微信 --to 花木市场 --voucher 2020-15")


def gate(doors: list[dict[str, str]], chance: random.Random) -> None:
    say(
        "2021-03-07", "decision add 大门由人工改为自动,每户四十元 --body 业主大会 -d 2021-03-06 --paper 业大〔2021〕1号"
    )
    say(
        "2021-03-07",
        f"project add 大门自动化 --fund {FUND} --levy 40 --due 2021-05-31 --budget 6000 --decision DA2021-1",
    )
    for number, door in enumerate(chance.sample(doors, len(doors))):
        method = chance.choice(("现金", "微信", "微信"))
        say(f"2021-{3 + number // 60:02}-{8 + number % 20:02}", f"pay {door['房号']} -p 大门自动化 -m {method}")
    say(
        "2021-06-18",
        "spend 5880 平移门与电机 -p 大门自动化 -m 微信 --to 安通电子 --voucher 2021-08 --decision DA2021-1",
    )


def shed(doors: list[dict[str, str]], chance: random.Random) -> None:
    say(
        "2022-03-12",
        "decision add 改造存车棚,有电动车住户每户一百元 --body 业委会 -d 2022-03-11 --paper 业决〔2022〕1号",
    )
    levy = "--levy 100 --where ebike --due 2022-04-30"
    say("2022-03-12", f"project add 车棚改造 --fund {FUND} {levy} --budget 6200 --decision DA2022-1")
    say("2022-03-12", "project use 车棚改造")
    payers = [d["房号"] for d in doors if d["电动车"] == "是"]
    late = ["3-2-502", *[room for room in payers if room.startswith(("2-1", "4-1")) and room != "2-1-302"][:6]]
    exempt = [room for room in payers if room.startswith("5-2")][:2]
    keen = chance.sample(
        [room for room in payers if room not in late + exempt and room != "3-2-501"], 62 - len(late) - len(exempt) - 1
    )
    for number, room in enumerate(keen):
        method = chance.choice(("现金", "现金", "微信", "支付宝"))
        say(
            f"2022-{3 + number // 30:02}-{13 + number % 16:02}",
            f"pay {room} -m {method}",
            hour=f"{9 + number % 9:02}:30",
        )
    for room, reason in zip(exempt, ("hardship", "labour"), strict=True):
        say("2022-04-20", f"project exempt {room} --reason {reason} --decision DA2022-1")
    say("2022-04-26", "pay 3-2-502 50 -m 现金")
    say("2022-05-06", f"pay {late[1]} 100 -m 微信")
    say("2022-05-06", "contribution void {last} --reason 房号记错了", hour="10:05")
    say("2022-05-07", f"pay {keen[3]} 20 -m 现金 -n 多付,次日退回")
    say("2022-05-08", "contribution refund {last} 20 --reason 多付退回")
    say(
        "2022-05-20",
        "spend 3260 棚顶与护栏 -p 车棚改造 -m 现金 --to 李师傅施工队 --voucher 2022-06 --decision DA2022-1",
    )
    say("2022-05-24", "spend 1180 摄像头与照明 -p 车棚改造 -m 微信 --to 安通电子 --voucher 2022-07")
    say("2022-05-27", "spend 640 充电桩电费押金 -p 车棚改造 -m 支付宝 --to 国网 --voucher 2022-08")


def last_receipt() -> str:
    from zaoyuan_cli import book

    opened = book.open_book(Path(os.environ["ZAOYUAN_BOOK"]), Path(os.environ["ZAOYUAN_HOME"]))
    number = opened.db.execute("SELECT number FROM contribution ORDER BY event DESC LIMIT 1").fetchone()[0]
    opened.close()
    return str(number)


def grids_and_leaders(doors: list[dict[str, str]]) -> None:
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


def texts() -> None:
    for path in sorted((DATA / "bylaws").glob("*.md")):
        say("2019-12-01" if "协商" not in path.name else "2022-02-20", f"bylaw add {path.stem} -f {path}")
    for path in sorted((DATA / "minutes").glob("*.md")):
        say(f"{path.stem[:10]}", f"meeting add -f {path}", hour="21:00")
    say("2022-05-18", "task done T1 -n 已约好五月二十一日上午试走")


def main() -> None:
    doors, chance = roll(), random.Random(2019)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ZAOYUAN_HOME=folder, ZAOYUAN_BOOK=f"{folder}/demo.db")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        begin(doors)
        road(doors, chance)
        committee()
        public_money()
        texts()
        wall(doors, chance)
        gate(doors, chance)
        grids_and_leaders(doors)
        tenants_and_vehicles()
        shed(doors, chance)
        say("2022-05-30", f"export events -o {DATA / 'demo.events'}")
        play()


if __name__ == "__main__":
    main()
