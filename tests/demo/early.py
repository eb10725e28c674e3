"""2019 to 2021: the beginning, the road, the committee, the lamps, the wall, the gate; the bylaws and the minutes."""

from __future__ import annotations

import random

from tests.demo.script import DATA, FUND, say

Doors = list[dict[str, str]]


def begin(doors: Doors) -> None:
    say("2019-01-06", "init --name 枣园小区 --who 李秀英 --book-lang zh")
    say("2019-01-06", f"person edit pA1 --phone {next(d['电话'] for d in doors if d['业主'] == '李秀英')}")
    say("2019-01-06", f"import households {DATA / 'households.csv'}")
    for name in ("赵卫平", "张济"):
        say("2019-01-06", f"person add {name}")
    say("2019-01-12", "body add 临管会 --kind provisional --from 2019-01-12")
    for name in ("韩梅", "王桂兰", "张建国"):
        say("2019-01-12", f"role set {name} 委员 --body 临管会 --from 2019-01-12")


def road(doors: Doors, chance: random.Random) -> None:
    say("2019-01-13", "decision add 向住户自愿筹款修补小区道路 --body 临管会 -d 2019-01-12")
    say("2019-01-13", f"project add 道路修补 --fund {FUND} --goal 9000 --decision 自愿筹款修补小区道路")
    for number, door in enumerate(chance.sample([d for d in doors if d["状态"] == "自住"], 64)):
        amount = chance.choice((50, 100, 100, 100, 200, 300))
        day = f"2019-{2 + number // 40:02}-{1 + number % 28:02}"
        say(day, f"pay {door['房号']} {amount} -p 道路修补 -m 现金 --gift")
    say("2019-03-28", "spend 6200 沥青与人工 -p 道路修补 -m 现金 --to 晋源道路队 --voucher 2019-07")
    say("2019-12-29", "decision add 道路修补结余留在众筹专项 --body 业委会 -d 2019-12-28")
    say("2019-12-29", "project close 道路修补 --keep --decision 道路修补结余", hour="10:05")
    say("2019-04-02", "spend 860 路沿石 -p 道路修补 -m 现金 --to 建材市场 --voucher 2019-09")


def committee() -> None:
    say(
        "2019-05-26",
        "decision add 选举业主委员会委员五名;实施小区整治改造 --body 业主大会 -d 2019-05-25 --paper 业大〔2019〕1号",
    )
    say("2019-05-26", "body edit 临管会 --until 2019-05-25")
    term = "--from 2019-05-25 --until 2024-05-24"
    say("2019-05-26", f"body add 业委会 --kind committee --seats 5 {term} --after 临管会 --decision 业大〔2019〕1号")
    say("2019-06-18", "body filed 业委会 -d 2019-06-18")
    say("2019-05-26", "body add 业委会党支部 --kind branch --from 2019-06-10")
    for name, role in (
        ("赵卫平", "主任"),
        ("韩梅", "副主任"),
        ("王桂兰", "委员"),
        ("张建国", "委员"),
        ("欧阳夏丹", "委员"),
    ):
        say("2019-05-28", f"role set {name} {role} --body 业委会 --from 2019-05-25 --decision 业大〔2019〕1号")
    say("2019-06-10", "role set 张济 书记 --body 业委会党支部 --from 2019-06-10")
    say("2019-06-10", "role set 李秀英 出纳 --body 业委会 --from 2019-06-10")
    say("2019-06-10", "role set 刘志强 会计 --body 业委会 --from 2019-06-10")


def public_money() -> None:
    say("2019-08-05", "donor add 社区居委会 --kind public")
    say("2019-08-05", "project add 路灯监控 --fund 惠民资金 --budget 18000", hour="10:05")
    say("2019-08-06", "pay 社区居委会 18000 -p 路灯监控 -m 银行 -n 路灯与监控")
    say("2019-10-15", "spend 11400 路灯十八盏 -p 路灯监控 -m 银行 --to 亮辉照明 --voucher 2019-21")
    say("2022-02-20", "project close 路灯监控 --return", hour="15:00")
    say("2019-10-28", "spend 6350 监控十二路 -p 路灯监控 -m 银行 --to 安通电子 --voucher 2019-23")


def wall(doors: Doors, chance: random.Random) -> None:
    say("2020-04-11", "decision add 自愿众筹重砌东围墙并栽葡萄 --body 业委会 -d 2020-04-10 --paper 业决〔2020〕2号")
    say("2020-04-11", f"project add 围墙众筹 --fund {FUND} --goal 16000 --budget 16500 --decision 业决〔2020〕2号")
    say("2020-04-12", "project pledge 社区居委会 2000 -p 围墙众筹 -n 支持一部分砖款")
    for door in chance.sample([d for d in doors if d["状态"] == "自住"], 5):
        say("2020-04-12", f"project pledge {door['房号']} 300 -p 围墙众筹", hour="11:00")
    say("2020-05-20", "pay 社区居委会 1500 -p 围墙众筹 -m 银行")
    for number, door in enumerate(chance.sample([d for d in doors if d["状态"] != "空置"], 61)):
        amount = chance.choice((100, 100, 200, 200, 200, 300, 500))
        method = chance.choice(("现金", "微信", "微信"))
        say(
            f"2020-{4 + number // 30:02}-{12 + number % 18:02}",
            f"pay {door['房号']} {amount} -p 围墙众筹 -m {method} --gift",
        )
    say("2020-06-30", "spend 4800 砖与水泥 -p 围墙众筹 -m 微信 --to 建材市场 --voucher 2020-11")
    say("2020-09-12", "spend 1500 议事亭木料 -p 围墙众筹 -m 现金 --to 建材市场 --voucher 2020-18")
    say("2020-09-19", "spend 1500 议事亭人工 -p 围墙众筹 -m 微信 --to 李师傅施工队 --voucher 2020-19")
    say("2021-05-08", "spend 1400 花架围栏防腐涂刷第一期 -p 围墙众筹 -m 微信 --to 刷新涂装 --voucher 2021-06")
    say("2020-07-12", "spend 5200 砌墙人工 -p 围墙众筹 -m 现金 --to 李师傅施工队 --voucher 2020-14")
    say("2020-07-20", "spend 780 葡萄苗与花架 -p 围墙众筹 -m 微信 --to 花木市场 --voucher 2020-15")


def gate(doors: Doors, chance: random.Random) -> None:
    say(
        "2021-03-07",
        f"project add 大门自动化 --fund {FUND} --levy 40 --due 2021-05-31 --budget 6000 --decision 大门由人工改为自动",
    )
    for number, door in enumerate(chance.sample(doors, len(doors))):
        method = chance.choice(("现金", "微信", "微信"))
        say(f"2021-{3 + number // 60:02}-{8 + number % 20:02}", f"pay {door['房号']} -p 大门自动化 -m {method}")
    say("2021-07-17", "decision add 大门自动化结余留作大门维护 --body 业委会 -d 2021-07-16")
    say("2021-07-17", "project close 大门自动化 --keep --decision 大门自动化结余", hour="10:05")
    say(
        "2021-06-18",
        "spend 5880 平移门与电机 -p 大门自动化 -m 微信 --to 安通电子 --voucher 2021-08 --decision 大门由人工改为自动",
    )


def periods() -> None:
    """Every quarter is closed after its end, of this year the months."""
    for year in (2019, 2020, 2021):
        for quarter in range(1, 5):
            month = quarter * 3 + 1
            day = f"{year}-{month:02}-08" if month < 13 else f"{year + 1}-01-08"
            say(day, f"period close {year}-Q{quarter}", hour="18:00")
    for month in range(1, 5):
        say(f"2022-{month + 1:02}-08", f"period close 2022-{month:02}", hour="18:00")


def texts() -> None:
    for path in sorted((DATA / "bylaws").glob("*.md")):
        say("2019-12-01" if "协商" not in path.name else "2022-02-18", f"bylaw add {path.stem} -f {path}")
    say("2019-12-14", "decision add 通过居民公约 --body 业主大会 -d 2019-12-14 --paper 业大〔2019〕2号")
    say("2019-12-14", "bylaw adopt 居民公约 --decision 业大〔2019〕2号 --effective 2020-01-01", hour="10:05")
    say(
        "2019-12-21",
        "decision add 通过存车棚管理办法、公共区域管理办法、规范机动车停放管理办法、门卫值守人员管理制度"
        " --body 业委会 -d 2019-12-20",
    )
    for name in ("存车棚管理办法", "公共区域管理办法", "规范机动车停放管理办法", "门卫值守人员管理制度"):
        say("2019-12-21", f"bylaw adopt {name} --decision 通过存车棚管理办法 --effective 2020-01-01", hour="10:05")
    say("2022-02-25", "decision add 通过协商议事制度 --body 业委会 -d 2022-02-24")
    say("2022-02-25", "bylaw adopt 协商议事制度 --decision 通过协商议事制度 --effective 2022-03-01", hour="10:05")
    say("2022-04-22", f"bylaw edit 存车棚管理办法 -f {DATA / 'amendments' / '存车棚管理办法.md'}")
    say("2022-04-23", "bylaw adopt 存车棚管理办法 --decision 修改存车棚管理办法 --effective 2022-05-01", hour="10:05")
    for path in sorted((DATA / "minutes").glob("*.md")):
        say(f"{path.stem[:10]}", f"meeting add -f {path}", hour="21:00")
    say("2022-05-18", "task done T1 -n 已约好五月二十一日上午试走")
