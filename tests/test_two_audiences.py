"""Two audiences (R-67, R-80, R-82): every paper for the wall of a book full of secrets, in every text format, tells
none of them: no name but by office or consent, no telephone, plate, door, note, reason, payer, opinion, vote, nor what
was said at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest

from tests.conftest import Runner
from tests.secretary import paper as written
from zaoyuan_cli import render
from zaoyuan_cli.book import Book, ballots, bylaws, decisions, meetings, open_book, projects, units
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.render import terminal
from zaoyuan_cli.reports import notices
from zaoyuan_cli.reports.notices import PAPERS, minutes
from zaoyuan_cli.reports.public import Public, Wall

RARE = "芃珺祺翊霖琬珩玥珈珞琰琮璟璠瑀瑗"
DOORS = [f"7-3-{floor}1{n}" for floor in range(11, 14) for n in (1, 2)] + ["7-4-1101", "7-4-1102"]
UNTIL = "2022-05-27"
MINUTES = """\
+++
title = "棚子"
date = 2022-05-28
place = "{P2}家楼下"
chair = "{P0}"
recorder = "{P1}"
present = ["{P0}", "{P1}", "{P2}"]
guests = ["{P8}", "网格员{S}"]

[[decisions]]
text = "由{P7}看管钥匙,电话{T}"

[[tasks]]
by = "{P2}"
due = "6月10日"
text = "请{P8}报价"
+++
## {P3}提出的台阶
{P1}:{S}台阶太高。
{P2}:{S}可以做成缓坡。
"""
BYLAW = '+++\ntitle = "看棚办法"\nby = "committee"\n+++\n# 看棚办法\n第一条 钥匙由{P7}保管。\n第二条 有事打{T}。\n'
BEFORE = (  # who there is, what is raised
    "init --name 枣园小区 --who {P0} --lang zh --yes", "import households {roll} --yes",
    "person add {P8}", "person edit {P3} --party", "body add 业委会 --seats 5 --from 2022-01-01 --yes",
    "role set {P0} 主任 --from 2022-01-01 --yes", "role set {P1} 委员 --from 2022-01-01 --yes",
    "role set {P2} 委员 --from 2022-01-01 --yes", "role set {P3} 单元长 --scope 7-3 --yes",
    "role set {P4} 党员中心户 --scope 1 --yes", "donor add 便民超市 --kind firm", "donor add {P9} --kind person",
    "decision add 由{P2}牵头改造存车棚 --body 业委会 -d 2022-04-01",
    "project add 车棚改造 --fund 众筹专项 --levy 100 --budget 700 --decision D1 --yes",
    "ballot open {P6}门前改造存车棚 --matter 7 --until 2022-05-27 --posted 2022-05-11 --single-entry 人手不足 --yes",
)  # fmt: skip
SOME = (  # each of them, or not
    "household vehicle {D3} {PLATE}", "household contact {D2} {P8} --phone {T}",
    "account add 在{P5}手 --kind hand --holder {P5}", "account add 支付宝{P6} --kind alipay",
    "pay {D4} 100 --payer {P8} -n {S} --yes", "pay {D1} 60 -m 微信 --ref {S} --yes", "pay {D2} 100 -m 在{P5}手 --yes",
    "pay {D3} 120 -m 支付宝{P6} -n {S} --yes", "pay {P9} 50 -p 车棚改造 -n {S} --yes",
    "pay 便民超市 500 -p 车棚改造 -m 银行 --yes",
    "pay 待认领 30 --payer {P6} -n {S} --yes", "project exempt {D5} -p 车棚改造 --reason 其他 -n {S} --yes",
    "project pledge {D6} 88 -p 车棚改造 -n {S} --yes", "contribution refund A2022-0001 10 --reason {S} --yes",
    "contribution void A2022-0002 --reason {S} --yes", "spend 120 {P8}修棚 --to {P8} -p 车棚改造 -n {S} -m 银行 --yes",
    "spend 30 {P5}垫的灯 --fund 众筹专项 --advanced-by {P2} --yes",
    "spend 15 钥匙 --to 便民超市 -p 车棚改造 --voucher {P7}-3 -m 银行 --yes",
    "income add 40 {P7}处废品{T} --fund 公共收益 -n {S} --yes", "account count 现金 50 --by {P1},{P2} -n {S} --yes",
    "opinion add {D6} {S} --topic {S}", "canvass open {P6}家加装 --until 2022-06-20",
    "canvass answer {P6} {D1} 同意 -n {S}",
    "deliberation propose {S} --by {P4} --topic {S}", "letter add {S} --from {P8}",
    "seal add {P8}合同 -n {S} --by {P1}",
    "unit edit 7-3 --name {P4}楼{T}", "project edit 车棚改造 --name {P6}车棚", "task add {S} --by {P8}",
    "ballot cast B1 {D1} for --yes", "ballot cast B1 {D2} against --yes", "ballot cast B1 {D3} for -n {S} --yes",
    "person consent {P4} --what 姓名", "expense void EA2022-2 --reason {S} --yes",
    "household transfer {D4} --to {P8} --yes",
)  # fmt: skip
AFTER = (  # the day on which the papers are drawn
    "ballot close B1 --yes",
    "ballot open 换届 --matter 3 --until 2022-06-30 --seats 2 --question {P1} --question {P5} --yes",
    "meeting add -f {minutes}",
    "meeting plan {P6}门前的事 --body 业委会 -d 2022-06-20 --place {P2}家 --agenda {P7}的钥匙{T}",
    "motion add M1 由{P8}修棚 --mover {P1}", "motion vote M1-1 --by {P0}=for,{P1}=for,{P2}=for",
    "bylaw add 看棚办法 -f {bylaw}", "bylaw adopt 看棚办法 --decision D1 --effective 2022-05-01 --yes",
    "meeting post M1 --place {P2}家门口 --override {S}",
    "meeting addendum M1 {P8}补记 --yes",
)  # fmt: skip


class Secrets:
    """What is private in a book, and the words that a line is filled with."""

    def __init__(self, rng: Random) -> None:
        given = ["".join(rng.sample(RARE, 2)) for _ in range(40)]
        names = dict.fromkeys(f"{'赵钱孙李周吴郑王冯陈'[n % 10]}{one}" for n, one in enumerate(given))
        self.people = list(names)[:10]
        self.phones = [f"139{rng.randrange(10**8):08}" for _n in DOORS]
        self.plate, self.rng, self.said = f"晋A{rng.randrange(10**5):05}", rng, list[str]()

    def fill(self, line: str, **more: str) -> str:
        """A line, with a new secret at each {S}."""
        while "{S}" in line:
            self.said.append("密" + "".join(self.rng.choices(RARE, k=4)))
            line = line.replace("{S}", self.said[-1], 1)
        who = {f"P{n}": name for n, name in enumerate(self.people)}
        doors = {f"D{n}": door for n, door in enumerate(DOORS)}
        return line.format(**who, **doors, T=self.rng.choice(self.phones), PLATE=self.plate, **more)

    def told(self, text: str) -> list[str]:
        """Those that stand in a text."""
        flat = re.sub(r"[\s\\]", "", text)
        return [one for one in (*self.said, *self.people, *self.phones, self.plate, *DOORS) if one in flat]


def fill(zaoyuan: Runner, rng: Random) -> Secrets:
    """A book with some of it all; who may be named on its papers are the first four and the fifth."""
    secrets = Secrets(rng)
    roll = "".join(
        f"{door},{secrets.people[n]},88.50,登记,1,自住,是,{secrets.phones[n]}\n" for n, door in enumerate(DOORS)
    )
    files = {"roll": "roll.csv", "minutes": "m.md", "bylaw": "b.md"}
    texts = ("房号,业主,建筑面积,面积来源,微网格,状态,电动车,电话\n" + roll, MINUTES, BYLAW)
    where = {
        key: str(written(zaoyuan.folder, text if key == "roll" else secrets.fill(text), name))
        for (key, name), text in zip(files.items(), texts, strict=True)
    }
    for line in BEFORE:
        zaoyuan(secrets.fill(line, **where), now="2022-05-11T12:00:00+08:00").ok  # noqa: B018
    went = [zaoyuan(secrets.fill(line), now=f"{UNTIL}T12:00:00+08:00").code for line in SOME if rng.random() < 0.85]
    assert went.count(0) > len(went) * 3 // 4, "most lines do something"
    for line in AFTER:
        zaoyuan(secrets.fill(line, **where)).ok  # noqa: B018
    return secrets


def subjects(book: Book) -> Iterator[tuple[str, str]]:
    """(paper, key) of every paper that there could be."""
    db = book.db
    known = {
        "money": ("2022-05", "2022"), "project": projects.names(db),
        "decision": decisions.everyone(db), "ballot": [one.ballot for one in ballots.everyone(db)],
        "result": [one.ballot for one in ballots.everyone(db)],
        "meeting": [one.meeting for one in meetings.listing(db)],
        "bylaw": [f"{one.bylaw}/{one.version}" for one in bylaws.versions(db, book.today)],
        "roster": ("", *units.everyone(db)),
    }  # fmt: skip
    for paper in PAPERS:
        yield from ((paper, key) for key in known[paper] if key or paper == "roster")


def drawn(book: Book) -> Iterator[tuple[str, Public]]:
    for paper, key in subjects(book):
        try:
            yield paper, notices.draw(Wall(book), paper, key)
        except Refusal:  # a vote that runs has no result, a meeting that was held no notice
            continue
    for one in meetings.listing(book.db):
        yield "minutes", minutes.summary(book, one)


def printed(paper: Public, rng: Random) -> Iterator[str]:
    """The paper as JSON, on a screen, and in two more formats: together the papers have seen all."""
    for format in ("json", *rng.sample(sorted(set(render.FORMATS) - {"json"}), 2)):
        yield render.render(paper, format)
    yield terminal.render(paper, 60)


@pytest.mark.parametrize("seed", range(2))
def test_no_paper_for_the_wall_tells_what_is_private(zaoyuan: Runner, seed: int) -> None:
    secrets = fill(zaoyuan, Random(seed))
    may = {secrets.people[n] for n in (0, 1, 2, 3, 4)}
    book, seen = open_book(zaoyuan.book, zaoyuan.home), dict[str, int]()
    try:
        for name, paper in drawn(book):
            seen[name] = seen.get(name, 0) + 1
            named = {ground.name for ground in paper.grounds}
            assert named <= may, name
            for text in printed(paper, secrets.rng):
                assert set(secrets.told(text)) <= named, (name, text)
    finally:
        book.close()
    assert seen.keys() == {*PAPERS, "minutes"}, "every paper was drawn"
    inside = zaoyuan("contribution list").ok.out + zaoyuan("person list --full --yes").ok.out
    assert {*secrets.people[:4], secrets.phones[0], DOORS[1]} <= set(secrets.told(inside)), "those inside read them"
