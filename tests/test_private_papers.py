"""Papers for one household or for insiders (rules §6): letters with their delivery slip (R-68), lists to take from door
to door (R-69, R-92), the sheet to count cash with (R-61), the claim form of an expense. What they say is the book's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Runner
from tests.paper_reading import facts, pages, poppler, squeezed, words
from tests.prepared import once
from tests.shed import begin
from tests.test_reminders import THREATS
from zaoyuan_cli.document import Heading, Slip, Text
from zaoyuan_cli.i18n import set_language
from zaoyuan_cli.render import write
from zaoyuan_cli.reports import Page

NAMES = ("王桂兰", "张建国", "欧阳夏丹", "张济", "韩梅")


@pytest.fixture
@once
def shed(zaoyuan: Runner) -> Runner:
    """3-2-501 owes 100, 3-2-502 60 of it, 3-2-601 100; a unit leader, a cashier."""
    return begin(
        zaoyuan, "pay 3-2-502 40", "body add 业委会", "role set 韩梅 出纳 --body 业委会 --from 2022-01-01",
        "role set 王桂兰 单元长 --scope 3-2 --from 2022-01-01",
    )  # fmt: skip


# ---- letters


@poppler
def test_r68_a_letter_says_what_the_text_says_and_has_a_slip_to_come_back(shed: Runner) -> None:
    texts = shed("reminder text --via 书面 --json").ok.json
    assert shed("reminder text -o letters.pdf --json").ok
    paper = shed.folder / "letters.pdf"
    assert facts(paper)["Pages"] == "2"  # two on a page
    said = words(paper)
    for row in texts["rows"]:
        title, _to, *lines, _brought = row["text"].splitlines()
        assert all(squeezed(line) in said for line in lines if "枣园小区业委会" not in line)
        assert f"{row['room']}业主：2022-05-31的《{title.rpartition('】')[2]}》，欠缴{row['owed']}元。" in said
    assert said.count("送达回执") == said.count("送达人") == said.count("签收人") == 3
    assert said.count("壹佰元整") == 2
    assert "陆拾元整" in said
    assert not [name for name in NAMES if name in said]
    assert not [word for word in THREATS if word in said.replace("送达方式", "")]


def test_a_letter_is_a_page_for_the_browser_too_and_the_chat_keeps_its_text(shed: Runner) -> None:
    assert shed("reminder text --to 3-2-501 -o letter.html").ok
    page = (shed.folder / "letter.html").read_text(encoding="utf-8")
    assert page.count('<section class="slip">') == 1
    assert '<p class="cut">' in page
    assert "大写" in page
    assert shed("reminder text --to 3-2-501 -o chat.txt").ok
    chat = (shed.folder / "chat.txt").read_text(encoding="utf-8")
    assert chat == shed("reminder text --to 3-2-501").ok.out
    assert "大写" not in chat


@poppler
def test_what_is_too_long_for_half_a_page_takes_a_whole_one(tmp_path: Path) -> None:
    set_language("zh")
    slips = [Slip((Heading(f"信{n}"), Text("款项\n" * n, "prose"), Text(f"落款{n}", "right"))) for n in (3, 30, 4, 5)]
    write(Page({}, slips), tmp_path / "slips.pdf")
    assert [re.findall(r"落款\d+", squeezed(page)) for page in pages(tmp_path / "slips.pdf")] == [
        ["落款3"], ["落款30"], ["落款4", "落款5"],
    ]  # fmt: skip
    set_language()


# ---- from door to door


@poppler
def test_r92_a_page_a_unit_lists_who_was_not_met_and_no_answer(shed: Runner) -> None:
    for line in (
        "canvass open 加装电梯 --text 是否同意在3号楼加装电梯",
        "canvass answer 加装电梯 3-2-502 不同意 -n 太吵",
    ):
        assert shed(line).ok
    assert shed("canvass run 电梯", input="s 601\n.\n", tty=True).ok
    sheet = shed("canvass sheet 电梯 --json").ok.json
    assert sheet["totals"] == {"households": 5, "met": 1, "left": 4}
    assert [(one["unit"], one["leader"], one["left"]) for one in sheet["units"]] == [
        ("1-1", None, 1), ("3-2", "王桂兰", 3),
    ]  # fmt: skip
    assert {one["room"]: one["calls"] for one in sheet["units"][1]["doors"]} == {
        "3-2-501": None, "3-2-601": 1, "3-2-602": None,
    }  # fmt: skip
    assert shed("征求意见 征求意见表 电梯 --all -o sheet.pdf").ok
    first, second = map(squeezed, pages(shed.folder / "sheet.pdf"))
    assert ("1-1-101" in first, "3-2-501" in first, "3-2-502" in second) == (True, False, True)
    for word in (
        "同意",
        "不同意",
        "建议",
        "签名",
        "日期",
        "联系次数",
        "入户人",
        "是否同意在3号楼加装电梯",
        "枣园小区业委会",
    ):
        assert word in second
    assert "太吵" not in second
    assert not [name for name in ("张建国", "欧阳夏丹") if name in first + second]
    assert "[ ]" in shed("canvass sheet 电梯 --unit 3-2").ok.out
    assert shed("canvass sheet 电梯 --unit 1-1 --json").ok.json["totals"]["households"] == 1


def test_r69_what_is_to_be_collected_is_what_is_owed(shed: Runner) -> None:
    """What a former owner owes is counted, not asked for at the door."""
    assert shed("household transfer 3-2-601 --to 李新 --yes").ok
    owed, sheet = shed("unpaid --json").ok.json["totals"], shed("unpaid --sheet --json").ok.json
    assert (owed["owed"], sheet["totals"]) == ("260.00", {"households": 2, "owed": "160.00", "former": "100.00"})
    (unit,) = sheet["units"]
    assert [(row["room"], row["owed"]) for row in unit["rows"]] == [("3-2-501", "100.00"), ("3-2-502", "60.00")]
    page = shed("欠缴 --unit 3-2 --sheet", lang="zh").ok.out
    assert "另有原业主欠缴 100.00 元，不向现住户收取。" in page
    for word in ("3-2 单元收款表", "实收", "现金", "微信", "收据", "签名", "收款人", "160.00"):
        assert word in page
    assert "3-2-601" not in page
    assert shed("unpaid --sheet --by unit --json").error["field"] == "by"


# ---- cash and claims


def test_r61_the_sheet_to_count_with_shows_the_balance_of_the_book(shed: Runner) -> None:
    for line in ("account opening 银行 500 --fund 工作经费 -d 2022-05-01", "account count 现金 30 --by 韩梅,王桂兰"):
        assert shed(line).ok
    held = {row["account"]: row["balance"] for row in shed("account list --json").ok.json["rows"]}
    sheet = shed("account sheet 现金 --json").ok.json
    assert (sheet["book"], sheet["kind"]) == (held["现金"], "cash") == ("40.00", "cash")
    assert sheet["last_count"] == {"date": "2022-05-31", "counted": "30.00", "difference": "-10.00"}
    assert sheet["last_entry"] == {"number": "A2022-0001", "date": "2022-05-31"}
    cash, bank = (shed(f"账户 盘点表 {name}", lang="zh").ok.out for name in ("现金", "银行"))
    for word in ("现金盘点表", "100 元", "1 角", "账面余额", "40.00", "差额", "监盘人", "出纳"):
        assert word in cash
    for word in ("余额调节表", "对账单余额", "未达账项", "500.00", "调节后余额"):
        assert word in bank
    assert shed("account sheet 现金 --as-of 2022-05-30 --json").ok.json["book"] == "0.00"


@poppler
def test_the_paper_of_an_expense_says_who_what_and_how_much_twice(shed: Runner) -> None:
    for line in (
        "account opening 现金 500 --fund 工作经费 -d 2022-05-01",
        "spend 107 打印纸 --fund 工作经费 --to 文具店 --voucher 2022-09",
        "spend 80.53 灯泡 --fund 工作经费 --advanced-by 王桂兰",
        "expense void E1 --reason 重复 --yes",
    ):
        assert shed(line).ok
    answer = shed("expense print E1 E2 --json").ok.json
    assert answer["totals"] == {"expenses": 2, "amount": "80.53"}  # a void one counts no more
    assert [row["claimant"] for row in answer["rows"]] == [None, "王桂兰"]
    assert shed("expense 打印 EA2022-1 EA2022-2 -o claims.pdf").ok
    said = words(shed.folder / "claims.pdf")
    voucher, claim = map(squeezed, pages(shed.folder / "claims.pdf"))
    assert ("付款凭单" in voucher, "报销" in voucher, "领款人" in voucher, "经办人韩梅" in voucher) == (
        True,
        False,
        True,
        True,
    )
    assert [claim.count(word) for word in ("费用报销单", "报销人存", "·记账", "报销人王桂兰")] == [2, 1, 1, 2]
    for word in ("EA2022-1", "作废", "文具店", "垫付·王桂兰", "经办", "审核", "审批"):
        assert word in said
    assert all(f"{row['amount']}元（大写：{row['capitals']}）" in said for row in answer["rows"])
