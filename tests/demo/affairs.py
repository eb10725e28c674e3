"""2022: meetings to come, opinions and letters, seals."""

from __future__ import annotations

from tests.demo.script import DATA, say

PAPERS = DATA / "meetings"


def meetings() -> None:
    """A meeting held by the rules in April, with a motion that failed; one in May that somebody has not signed; one
    whose notice is up. Who was not there is named in none: real people hold an office and nothing else."""
    say("2022-04-12", "meeting plan 四月例会 --body 业委会 -d 2022-04-22 --time 19:00 --posted 2022-04-12"
        " --place 枣园议事亭 --agenda 修改存车棚管理办法：支出限额与审批 --agenda 门卫加班补贴")  # fmt: skip
    say("2022-04-22", "meeting attend MA2022-2 韩梅 王桂兰 张建国 欧阳夏丹", hour="19:00")
    say("2022-04-22", "motion add MA2022-2 修改存车棚管理办法：支出限额与审批 --mover 王桂兰", hour="19:20")
    for_it = "韩梅=赞成,王桂兰=赞成,张建国=赞成,欧阳夏丹=弃权"
    say("2022-04-22", f"motion vote {{motion}} --by {for_it}", hour="19:30")
    say("2022-04-22", "motion add MA2022-2 门卫加班补贴 --mover 张建国", hour="19:40")
    split = "韩梅=反对,王桂兰=赞成,张建国=赞成,欧阳夏丹=反对"
    say("2022-04-22", f"motion vote {{motion}} --by {split}", hour="19:50")
    say("2022-04-22", f"minutes MA2022-2 -f {PAPERS / '2022-04-22-四月例会.md'}", hour="21:00")
    say("2022-04-23", "meeting sign MA2022-2 韩梅 王桂兰 张建国 欧阳夏丹 李秀英", hour="18:00")
    say("2022-04-24", "meeting post MA2022-2 --place 公告栏", hour="18:00")
    say("2022-05-13", "meeting lock MA2022-2", hour="09:00")
    say("2022-05-13", "meeting plan 五月例会 --body 业委会 -d 2022-05-25 --time 19:30 --posted 2022-05-13"
        " --place 枣园议事亭 --agenda 夜间照明 --agenda 车棚完工验收")  # fmt: skip
    say("2022-05-25", "meeting attend MA2022-3 韩梅 王桂兰 张建国", hour="19:30")
    say("2022-05-25", "motion add MA2022-3 三单元门口加装夜间照明感应灯 --mover 王桂兰 --item 1", hour="19:40")
    say("2022-05-25", "motion vote {motion} --by 韩梅=赞成,王桂兰=赞成,张建国=赞成", hour="19:45")
    say("2022-05-25", f"minutes MA2022-3 -f {PAPERS / '2022-05-25-五月例会.md'}", hour="21:00")
    say("2022-05-26", "meeting sign MA2022-3 韩梅 王桂兰 李秀英", hour="18:00")
    say("2022-05-26", "meeting plan 六月例会 --body 业委会 -d 2022-06-06 --time 19:30 --posted 2022-05-26"
        " --place 枣园议事亭 --agenda 充电桩电价 --agenda 门卫值守排班 --agenda 防腐涂刷第二期")  # fmt: skip


def opinions() -> None:
    """What was said at the doors about the steps of the shed, and since."""
    about = "--topic 车棚台阶"
    for day, who, text, more in (
        ("2022-03-15", "3-2-501", "台阶太高,推车上不去", f"{about} --via 上门"),
        ("2022-03-15", "1-2-303", "坡道太陡,老人不敢走", f"{about} --via 上门"),
        ("2022-03-16", "4-1-203", "棚边的枣树要留", "--topic 枣树 --via 上门"),
        ("2022-04-28", "5-1-401", "充电桩电价是多少", "--topic 充电 --via 微信"),
        ("2022-05-12", "2-2-103", "施工中午别开电锯", "--topic 施工 --via 电话"),
        ("2022-05-14", "3-1-203", "门岗夜间照明太暗", "--topic 照明 --via 上门"),
        ("2022-05-26", "1-1-503", "希望早点公布车棚账目", "--topic 账目 --via 会议"),
    ):
        say(day, f"opinion add {who} {text} {more}", hour="16:00")
    for day, number, text, who in (
        ("2022-03-26", "OA2022-1", "台阶已改为按试走结果放缓", "韩梅"),
        ("2022-03-26", "OA2022-2", "坡道与台阶分开,中间加扶手", "韩梅"),
        ("2022-03-26", "OA2022-3", "柱子外挪半米,两棵枣树保留", "王桂兰"),
        ("2022-05-03", "OA2022-4", "按表计费,电价说明将贴到单元门口", "欧阳夏丹"),
        ("2022-05-13", "OA2022-5", "已与施工队约定,午休时间不施工", "张建国"),
    ):
        say(day, f"opinion answer {number} {text} --by {who}", hour="11:00")


def letters() -> None:
    say("2022-03-10", "letter add 存车棚改造方案送社区征求意见 --to 社区居委会 --due 2022-03-20")
    say("2022-03-17", "letter answer LA2022-1 社区同意,请注意消防通道")
    say("2022-05-23", "letter add 请求查看二〇二一年账目 --from 5-2单元业主")
    say("2022-04-02", "seal add 存车棚施工合同 --kind 合同 --copies 2 --by 韩梅 --decision 业决〔2022〕2号")
    say("2022-05-16", "seal add 夜间照明申请函 --kind 发函 --by 韩梅 --approved 王桂兰,张建国")


def deliberation() -> None:
    """The steps of the shed (S13): proposed, opinions asked, tried with boards, being built."""
    say("2022-03-13", "deliberation propose 台阶放缓,自行车与行人分道 --by 王桂兰 --topic 车棚台阶")
    say("2022-03-14", "deliberation accept {deliberation} --by 韩梅 -n 党支部与业委会一并受理")
    say("2022-03-14", "deliberation consult {deliberation} --topic 车棚台阶", hour="11:00")
    say("2022-03-26", "deliberation deliberate {deliberation} --meeting MA2022-1 --view 张建国:十八公分推不上去"
        " --trial 十五公分:推车吃力 --trial 十二公分:推车、走路都顺 -n 台阶定为十二公分,坡道另设,加扶手"
        " --minority 有两户希望保留原高")  # fmt: skip
    say("2022-03-27", "deliberation vote {deliberation} --none --reason 不改变共有部分用途,由业委会在改造方案内决定")
    say("2022-03-28", "deliberation publish {deliberation} --place 各单元门口")
    say("2022-04-02", "deliberation carry {deliberation} --by 张建国 --due 2022-06-15 -p 车棚改造")


def notices() -> None:
    say("2022-02-01", "notice post roster --place 各单元门口")
    for year, month, period in ((2021, 10, "2021-Q3"), (2022, 1, "2021-Q4"), (2022, 4, "2022-Q1")):
        say(f"{year}-{month:02}-10", f"notice post money {period} --place 公告栏 --prepared 刘志强"
            " --checked 王桂兰 --chair 韩梅")  # fmt: skip
    say("2022-05-02", "notice post bylaw 存车棚管理办法 --place 存车棚门口")
    say("2021-03-06", "notice post result BA2021-1 --place 各单元门口", hour="10:00")
    say("2021-10-16", "notice post result BA2021-2 --place 各单元门口", hour="18:00")
    say("2022-05-12", "notice post ballot BA2022-1 --place 各单元门口", hour="18:00")
