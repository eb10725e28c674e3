"""Hand-overs (R-43): what is due when, the pack that is read without the program, who signed."""

from __future__ import annotations

import csv
import hashlib
import stat
from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.secretary import PAPER, committee, paper

MAY = "2022-05-31T12:00:00+08:00"


@pytest.fixture
@once
def office(zaoyuan: Runner) -> Runner:
    """A committee of five with money, minutes, a bylaw, a voucher, a proposal, a phone."""
    committee(zaoyuan)
    voucher = zaoyuan.folder / "发票.txt"
    voucher.write_text("发票", encoding="utf-8")
    paper(zaoyuan.folder, PAPER)
    (zaoyuan.folder / "公约.md").write_text("第一条 和睦相处。\n", encoding="utf-8")
    for line in (
        "account opening 现金 200 --fund 工作经费 -d 2022-01-01",
        "project add 车棚改造 --fund 众筹专项 --levy 100 --yes",
        "pay 3-2-501 100 -m 微信 -p 车棚改造",
        f"spend 60 打印纸 --fund 工作经费 -f {voucher} --yes",
        "minutes -f 会议.md",
        "bylaw add 居民公约 -f 公约.md",
        "deliberation propose 种葡萄 --by 王桂兰",
    ):
        zaoyuan(line).ok  # noqa: B018
    zaoyuan("person edit 王桂兰 --phone", input="13800001234\n", tty=True)
    return zaoyuan


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


# ---- the pack


def test_r43_the_cash_on_the_list_is_the_cash_of_the_ledger(office: Runner) -> None:
    made = office("handover make -o 交接 --json").ok.json
    assert (made["handover"], made["total"], made["state"]) == ("JA2022-1", "240.00", "made")
    ledger = {one["account"]: one["balance"] for one in office("account list --json").ok.json["rows"]}
    assert {one["account"]: one["balance"] for one in made["accounts"]} == ledger
    assert (ledger["现金"], ledger["微信"]) == ("140.00", "100.00")
    funds = {one["fund"]: one["balance"] for one in office("fund list --json").ok.json["rows"]}
    assert {one["fund"]: one["balance"] for one in made["funds"]} == funds
    on_paper = (office.folder / "交接" / "交接清单.md").read_text(encoding="utf-8")
    assert "| 现金 | 140.00 |" in on_paper
    assert "各账户 240.00 元 = 各项资金 240.00 元" in on_paper
    assert {one["账户"]: one["余额"] for one in rows(office.folder / "交接" / "账户.csv")}["现金"] == "140.00"
    assert office("check").ok.out == ""


def test_the_list_has_four_groups_every_file_and_the_lines_to_sign(office: Runner) -> None:
    office("handover make -o 交接").ok  # noqa: B018
    folder = office.folder / "交接"
    on_paper = (folder / "交接清单.md").read_text(encoding="utf-8")
    for words in ("会议材料、档案、印章", "财务会计资料", "保管的共有财物", "其他", "移交人", "接收人", "监交人"):
        assert words in on_paper
    for file in folder.rglob("*"):
        named = f"{file.relative_to(folder).parts[0]}/" if file.parent != folder else file.name
        assert file.is_dir() or named in on_paper or file.name.startswith(("交接清单", "SHA256SUMS"))
    page = (folder / "交接清单.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page
    assert "移交人" in page


def test_the_pack_is_read_without_the_program(office: Runner) -> None:
    """Registers as tables, minutes, bylaws and deliberations as texts, the voucher as it was, the journal to merge."""
    office("handover make -o 交接").ok  # noqa: B018
    folder = office.folder / "交接"
    assert [one["房号"] for one in rows(folder / "住户.csv")] == ["3-2-501"]
    assert [one["收据"] for one in rows(folder / "收据.csv")] == ["A2022-0001"]
    assert "台阶太高" in (folder / "会议记录" / "MA2022-1.md").read_text(encoding="utf-8")
    assert "和睦相处" in (folder / "制度全文" / "居民公约-1.md").read_text(encoding="utf-8")
    assert "种葡萄" in (folder / "协商经过" / "XA2022-1.md").read_text(encoding="utf-8")
    assert (folder / "凭证和扫描件" / "EA2022-1-1.txt").read_text(encoding="utf-8") == "发票"
    before = [one["step"] for one in office("log --json").ok.json["rows"]][1:]
    assert len(before) == len((folder / "journal.events").read_text(encoding="utf-8").splitlines()) - 2
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_r43_what_is_counted_promised_asked_and_posted_is_in_it(office: Runner) -> None:
    """No answer of a household and no debt beyond the lists; a posted paper with its number and code; a vote with its
    result."""
    for line in (
        "account count 现金 140 --by 韩梅,王桂兰",
        "project pledge 3-2-501 50 -p 车棚改造",
        "canvass open 加装电梯/3号楼",
        "canvass answer 加装电梯/3号楼 3-2-501 不同意 -n 太吵",
        "space add B1-001 --kind 储藏室 --owner 王桂兰 --area 6 --yes",
        "notice post decision D1 --place 公告栏 --yes",
        "household edit 3-2-501 --area 88.5 --yes",
        "ballot open 加装电梯 --matter 7 --until 2022-07-10 --posted 2022-05-31 --yes",
    ):
        office(line).ok  # noqa: B018
    office("handover make -o 交接").ok  # noqa: B018
    folder = office.folder / "交接"
    assert [(one["账户"], one["实点"]) for one in rows(folder / "盘点.csv")] == [("现金", "140.00")]
    assert [one["认捐"] for one in rows(folder / "认捐.csv")] == ["50.00"]
    assert [one["编号"] for one in rows(folder / "特定空间.csv")] == ["B1-001"]
    assert [one["主题"] for one in rows(folder / "征求意见.csv")] == ["加装电梯/3号楼"]
    tally = (folder / "征求意见统计" / "1-加装电梯-3号楼.md").read_text(encoding="utf-8")
    assert ("| 不同意 | 1 |" in tally, "太吵" in tally, "王桂兰" in tally) == (True, False, False)
    posted = (folder / "公示原文" / "NA2022-1.md").read_text(encoding="utf-8")
    assert ("NA2022-1" in posted, "核对码" in posted) == (True, True)
    assert "BA2022-1" in (folder / "表决结果" / "BA2022-1.md").read_text(encoding="utf-8")
    counts = office("handover list --json").ok.json["made"][0]["counts"]
    assert [counts[key] for key in ("account", "account counts", "project", "project pledges")] == [4, 1, 1, 1]


def test_what_is_private_in_it_is_its_owners_alone(office: Runner) -> None:
    office("handover make -o 交接").ok  # noqa: B018
    folder = office.folder / "交接"
    for path in (folder, *folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_that_holds_something_is_left_alone_and_nothing_is_recorded(office: Runner) -> None:
    (office.folder / "旧").mkdir()
    (office.folder / "旧" / "信.txt").write_text("信", encoding="utf-8")
    steps = office("log --json").ok.json["totals"]
    refused = office("handover make -o 旧 --json")
    assert (refused.code, refused.error["field"]) == (2, "output")
    assert [file.name for file in (office.folder / "旧").iterdir()] == ["信.txt"]
    assert office("log --json").ok.json["totals"] == steps
    assert office("handover make --json").ok.json["handover"] == "JA2022-1"
    assert (office.folder / "handover-JA2022-1" / "交接清单.html").exists()


def test_it_is_in_the_language_of_the_book_whoever_makes_it(office: Runner) -> None:
    for lang in ("en", "zh"):
        office(f"handover make -o {lang}", lang=lang).ok  # noqa: B018
    names = [sorted(str(file.relative_to(office.folder / lang)) for file in (office.folder / lang).rglob("*"))
             for lang in ("en", "zh")]  # fmt: skip
    assert names[0] == names[1]


def test_it_is_signed_by_three_persons_once(office: Runner) -> None:
    office("handover make -o 交接").ok  # noqa: B018
    assert office("handover sign --from 韩梅 --json").code == 2
    assert office("handover sign --from 韩梅 --to 韩梅 --json").error["code"] == "refused"
    assert "--witness" in office("handover sign --from 韩梅 --to 王桂兰").ok.err
    office("undo --yes").ok  # noqa: B018
    signed = office("handover sign --from 韩梅 --to 王桂兰 --witness 张建国 --json").ok.json
    assert [signed[key] for key in ("giver", "taker", "witness", "signed", "state")] == [
        "韩梅", "王桂兰", "张建国", "2022-05-31", "signed",
    ]  # fmt: skip
    assert office("handover sign J1 --from 韩梅 --to 王桂兰 --json").error["field"] == "handover"
    office("undo --yes").ok  # noqa: B018
    assert office("handover list --json").ok.json["made"][0]["state"] == "made"
    office("redo --yes").ok  # noqa: B018
    assert office("交接 list --json").ok.json["made"][0]["state"] == "signed"


# ---- what is due


def due(office: Runner, now: str) -> list[tuple[str, str, str, str]]:
    found = office("handover list --json", now=now).ok.json["rows"]
    return [(one["why"], one["who"] or "", one["due"], one["state"]) for one in found]


def todo(office: Runner, now: str) -> list[str]:
    return [one["due"] for one in office("report --json", now=now).ok.json["todo"] if one["kind"] == "handover"]


def test_r43_a_member_who_left_hands_over_within_three_days(office: Runner) -> None:
    assert due(office, MAY) == []
    office("role end 李秀英 委员 -d 2022-05-31").ok  # noqa: B018
    assert due(office, MAY) == [("member", "李秀英", "2022-06-03", "open")]
    assert due(office, "2022-06-04T09:00:00+08:00") == [("member", "李秀英", "2022-06-03", "overdue")]
    assert todo(office, MAY) == ["2022-06-03"]
    assert "未核对" in next(
        one["message"] for one in office("report --json", lang="zh").ok.json["todo"] if one["kind"] == "handover"
    )
    office("handover make -o 交接").ok  # noqa: B018
    assert due(office, MAY) == [("member", "李秀英", "2022-06-03", "made")]
    office("handover sign --from 李秀英 --to 王桂兰").ok  # noqa: B018
    assert due(office, MAY) == [("member", "李秀英", "2022-06-03", "signed")]
    assert todo(office, MAY) == []


def test_r43_at_the_end_of_a_term_everything_is_handed_over_within_ten_days(office: Runner) -> None:
    office("body edit 业委会 --until 2022-06-30 --yes").ok  # noqa: B018
    office("body add 第二届业委会 --seats 5 --from 2022-07-01 --after 业委会 --yes").ok  # noqa: B018
    found = due(office, "2022-07-05T09:00:00+08:00")
    assert found == [("term", "", "2022-07-10", "open")]
    assert due(office, "2022-07-11T09:00:00+08:00") == [("term", "", "2022-07-10", "overdue")]
    assert todo(office, "2022-07-11T09:00:00+08:00") == ["2022-07-10"]


def test_r75_a_new_cashier_takes_over_and_the_books_are_audited(office: Runner) -> None:
    office("role set 王桂兰 出纳 --from 2022-01-01 --yes").ok  # noqa: B018
    office("role end 王桂兰 出纳 -d 2022-05-20").ok  # noqa: B018
    office("role set 李秀英 出纳 --from 2022-05-20 --yes").ok  # noqa: B018
    kinds = [one["kind"] for one in office("report --json").ok.json["todo"]]
    assert "audit" in kinds
    office("body audited 业委会 -d 2022-05-31").ok  # noqa: B018
    assert "audit" not in [one["kind"] for one in office("report --json").ok.json["todo"]]


def test_what_was_due_before_the_book_began_is_on_paper(office: Runner) -> None:
    office("role set 李秀英 出纳 --from 2021-01-01 --until 2021-12-31 --yes").ok  # noqa: B018
    assert due(office, MAY) == []
