"""Receipts: numbers without a gap, void ones kept, and what a paper receipt must carry."""

from __future__ import annotations

import pytest
from paper_reading import facts, pages, poppler

from tests.conftest import Runner
from tests.shed import begin
from tests.test_contributions import two
from zaoyuan_cli.rules import papers


def test_numbers_run_without_a_gap_whatever_became_of_them(zaoyuan: Runner) -> None:
    """R-57: A2022-0001 undone, A2022-0002 void: both are listed as void, the next is A2022-0003."""
    begin(
        zaoyuan,
        "pay 3-2-501 30", "undo --yes",
        "pay 3-2-501 40", "contribution void 2 --reason 错 --yes",
        "pay 3-2-501",
    )  # fmt: skip
    answer = zaoyuan("receipt list --json").ok.json
    assert [(row["receipt"], row["room"], row["amount"], row["state"]) for row in answer["rows"]] == [
        ("A2022-0001", "3-2-501", "30.00", "void"),
        ("A2022-0002", "3-2-501", "40.00", "void"),
        ("A2022-0003", "3-2-501", "100.00", "paid"),
    ]
    assert answer["totals"] == {"receipts": 3, "void": 2, "amount": "100.00", "refunded": "0.00"}
    assert "作废" in zaoyuan("收据 list", lang="zh").ok.out


def test_a_new_year_begins_at_one(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501 40")
    zaoyuan.now = "2023-01-02T09:00:00+08:00"
    assert zaoyuan("pay 3-2-501 30 --json").ok.json["receipt"] == "A2023-0001"
    short = zaoyuan("receipt show 1 --json")
    assert (short.code, short.error["code"]) == (1, "ambiguous")
    assert [one["key"] for one in short.error["candidates"]] == ["A2022-0001", "A2023-0001"]
    assert zaoyuan("receipt show A2023-1 --json").ok.json["amount"] == "30.00"


def test_what_was_undone_comes_back_with_redo(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "undo --yes", "redo --yes")
    answer = zaoyuan("receipt list --json").ok.json
    assert [(row["receipt"], row["state"]) for row in answer["rows"]] == [("A2022-0001", "paid")]


def test_a_receipt_carries_figures_and_capitals(zaoyuan: Runner) -> None:
    """R-58: amount in figures and capitals agree; who, for what, how, by whom, and that it is no invoice."""
    begin(zaoyuan, 'pay 3-2-501 107.53 -m 微信 --payer 王小明 --paper 0012 -n "微信单号 42" --yes')
    found = zaoyuan("receipt show 1 --json").ok.json
    expected = {
        "receipt": "A2022-0001", "date": "2022-05-31", "room": "3-2-501", "owner": "王桂兰", "amount": "107.53",
        "capitals": "壹佰零柒元伍角叁分", "method": "wechat", "account": "微信", "fund": "众筹专项",
        "project": "车棚改造", "state": "paid", "payer": "王小明", "paper": "0012", "note": "微信单号 42",
        "collector": "韩梅", "refunds": [], "void": None,
    }  # fmt: skip
    assert {key: found[key] for key in expected} == expected
    page = zaoyuan("receipt show 1", lang="zh").ok.out
    for words in ("A2022-0001", "壹佰零柒元伍角叁分", "107.53", "王桂兰", "韩梅", "不是税务发票"):
        assert words in page


def test_a_receipt_shows_what_became_of_it(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "contribution refund 1 40 --reason 退")
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["refunded"], found["paid"], found["refunds"][0]["refund"]) == ("40.00", "60.00", "A2022-0001-1")
    assert zaoyuan("contribution void A2022-0001-1 --reason 错 --yes").ok
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["refunded"], found["paid"], found["refunds"][0]["state"]) == ("0.00", "100.00", "void")


def test_an_undone_receipt_is_still_shown(zaoyuan: Runner) -> None:
    begin(zaoyuan, 'pay 3-2-501 -n "零钱"', "undo --yes")
    found = zaoyuan("receipt show 1 --json").ok.json
    assert (found["state"], found["amount"], found["note"]) == ("void", "100.00", "零钱")
    assert "VOID" in zaoyuan("receipt show 1").ok.out


@pytest.mark.parametrize(
    ("text", "code"), [("9", "not_found"), ("M3", "unreadable"), ("3-2-501", "unreadable"), ("A2021-1", "not_found")]
)
def test_no_such_receipt(zaoyuan: Runner, text: str, code: str) -> None:
    begin(zaoyuan, "pay 3-2-501")
    refused = zaoyuan(f"receipt show {text} --json")
    assert (refused.error["code"], refused.error["field"]) == (code, "receipt")


def test_lists_are_narrowed_sorted_and_cut(zaoyuan: Runner) -> None:
    begin(
        zaoyuan,
        "donor add 社区 --kind public",
        "pay 3-2-502 30 -d 5-20", "pay 3-2-501 100 -d 5-25", "pay 1-1-101 9 --gift", "pay 社区 500 --fund 惠民资金",
    )  # fmt: skip

    def rooms(options: str, noun: str = "receipt") -> list[str | None]:
        return [row["room"] for row in zaoyuan(f"{noun} list {options} --json").ok.json["rows"]]

    assert rooms("--unit 3-2") == ["3-2-502", "3-2-501"]
    assert rooms("--grid 1") == ["1-1-101"]
    assert rooms("--since 5-21 --until 5-30") == ["3-2-501"]
    assert rooms("-p 车棚 --sort -amount") == ["3-2-501", "3-2-502", "1-1-101"]
    assert rooms("--limit 1") == ["3-2-502"]
    assert rooms("--as-of 2022-05-24") == ["3-2-502"]
    assert rooms("--sort amount", "contribution") == ["1-1-101", "3-2-502", "3-2-501", None]
    assert zaoyuan("receipt list --json").ok.json["totals"]["amount"] == "639.00"
    assert [row["from"] for row in zaoyuan("contribution list --json").ok.json["rows"]][-1] == "社区"


def test_a_void_contribution_is_in_the_register_only(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "contribution void 1 --reason 错 --yes")
    assert zaoyuan("contribution list --json").ok.json == {
        "rows": [],
        "totals": {"contributions": 0, "amount": "0.00", "refunded": "0.00"},
    }
    assert "zaoyuan pay" in zaoyuan("contribution list").ok.out
    assert zaoyuan("receipt list --json").ok.json["totals"]["receipts"] == 1


# ---- the register


def test_the_register_tells_what_became_of_each(zaoyuan: Runner) -> None:
    """R-57: void with day and reason, refunds beneath, how often printed; a paper number twice is flagged (R-60)."""
    begin(
        zaoyuan,
        "pay 3-2-501 --paper 0012", "pay 3-2-502 --paper 0013", "pay 3-2-601 --paper 0013", "pay 1-1-101 5 --gift",
        "contribution void 1 --reason 记错户 --yes", "contribution refund 2 40 --reason 多收", "undo A7 --yes",
        "receipt print 2 -o r.html",
    )  # fmt: skip
    rows = {row["receipt"]: row for row in zaoyuan("receipt list --json").ok.json["rows"]}
    assert rows["A2022-0001"]["void"] == {"date": "2022-05-31", "reason": "记错户"}
    assert rows["A2022-0004"]["void"]["date"] is None
    (refund,) = rows["A2022-0002"]["refunds"]
    assert (refund["refund"], refund["amount"], refund["reason"]) == ("A2022-0002-1", "40.00", "多收")
    assert [rows[f"A2022-000{n}"]["printed"] for n in (1, 2)] == [0, 1]
    assert rows["A2022-0002"]["doubled"] == ["A2022-0003"]
    assert rows["A2022-0001"]["doubled"] == []
    said = zaoyuan("receipt list").ok.out
    for words in ("2022-05-31 记错户", "refund A2022-0002-1 2022-05-31 40.00 多收", "paper number also on A2022-0003"):
        assert words in said
    assert [row["receipt"] for row in zaoyuan("receipt list --device B --json").ok.json["rows"]] == []
    assert zaoyuan("receipt list --device a --json").ok.json["totals"]["receipts"] == 4


def test_sheets_missing_in_a_pre_printed_book_are_named(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501 10 --paper 0010", "pay 3-2-501 20 --paper 0014", "pay 3-2-501 30 --paper 0016")
    answer = zaoyuan("receipt list --gaps --json").ok.json
    assert [(row["first"], row["last"], row["count"]) for row in answer["rows"]] == [
        ("0011", "0013", 3), ("0015", "0015", 1),
    ]  # fmt: skip
    todo = [item["message"] for item in zaoyuan("report --json").ok.json["todo"] if item["kind"] == "paper"]
    assert todo == ["Numbers missing in the pre-printed receipts: 4 (0011..0013 0015)."]
    assert zaoyuan("pay 3-2-502 --paper 0011").ok
    assert zaoyuan("contribution void 4 --reason 写坏 --yes").ok
    assert zaoyuan("receipt list --gaps --json").ok.json["totals"]["count"] == 3, "a spoilt sheet is accounted for"


@pytest.mark.parametrize(
    ("used", "missing"),
    [
        (("NO 001", "NO 003", "x"), [("NO 002", "NO 002")]),
        (("09", "011"), []),  # another count of digits is another book
        (("0001", "0102"), []),  # more than a book apart
        (("0001", "0101"), [("0002", "0100")]),
        ((), []),
    ],
)
def test_what_is_one_book(used: tuple[str, ...], missing: list[tuple[str, str]]) -> None:
    assert [(gap.first, gap.last) for gap in papers.gaps(used)] == missing


# ---- prints


def test_the_first_print_is_the_original_and_each_later_one_a_copy(zaoyuan: Runner) -> None:
    """A print is a file to be read; a look on the screen and a file of data are none."""
    begin(zaoyuan, "pay 3-2-501")
    assert "预览" in zaoyuan("receipt print 1", lang="en").ok.out, "the paper is in the language of the book"
    assert zaoyuan("receipt print 1 -o r.csv").ok
    assert zaoyuan("receipt print 1 --json").ok.json["rows"][0]["capitals"] == "壹佰元整"
    file = zaoyuan.folder / "r.md"
    printed = zaoyuan("receipt print 1 -o r.md --json").ok.json
    assert (printed["rows"], printed["totals"]["copies"]) == ([{"receipt": "A2022-0001", "printed": 1}], 0)
    assert "副本" not in file.read_text("utf-8")
    assert "A2022-0001" in zaoyuan("receipt print 1 -o r.md").ok.out
    assert "副本（第 2 次打印）" in file.read_text("utf-8")
    assert zaoyuan("receipt show 1 --json").ok.json["printed"] == 2
    log = zaoyuan("log --json").ok.json["rows"]
    assert [row["verb"] for row in log[:3]] == ["receipt print", "receipt print", "pay"]
    assert zaoyuan("undo A5 --yes").code == 1, "or there would be a second original"
    assert "zaoyuan undo A4" in zaoyuan("undo --yes --json").error["hint"]
    assert zaoyuan("undo A4 --yes --json").ok.json["undone"]["verb"] == "pay"
    assert zaoyuan("receipt print 1 -o r.txt").ok
    assert "[作废]" in (zaoyuan.folder / "r.txt").read_text("utf-8")


def test_a_print_that_cannot_be_written_does_not_count(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    assert zaoyuan("receipt print 1 -o nowhere/r.html").code == 5
    assert zaoyuan("receipt print 1 -o r.xyz").code == 2
    assert zaoyuan("receipt print 1 9 -o r.html").code == 1
    assert zaoyuan("receipt show 1 --json").ok.json["printed"] == 0


def test_a_printed_receipt_carries_what_a_receipt_must(zaoyuan: Runner) -> None:
    """R-58, rules §5: estate, number, date, room, payer, purpose, decision, figures and capitals, method, collector,
    paper number, refund, seal, and that it is no invoice; user text is text on the page."""
    begin(zaoyuan, "body add 业委会 --seats 5", "decision add 建车棚 --body 业委会 -d 2022-05-01",
          "project add 充电桩 --fund 惠民资金 --levy 30 --decision D1 --yes")  # fmt: skip
    assert zaoyuan(["pay", "3-2-501", "-p", "充电桩", "-m", "微信", "--ref", "4200001", "--payer", "<b>王小明",
                    "--paper", "0012"]).ok  # fmt: skip
    assert zaoyuan("pay 3-2-502 -p 充电桩").ok
    assert zaoyuan("contribution refund 1 5 --reason 多收").ok
    assert zaoyuan("contribution void 2 --reason 记错户 --yes").ok
    assert zaoyuan("receipt print 1 2 1 -o r.html").ok
    page = (zaoyuan.folder / "r.html").read_text("utf-8")
    for words in ("枣园小区收款收据", "A2022-0001", "2022-05-31", "3-2-501 王桂兰", "&lt;b&gt;王小明",
                  "充电桩 · 惠民资金", "DA2022-1", "30.00 元", "叁拾元整", "微信 4200001", "盖章",
                  "<dt>收款人</dt><dd>韩梅</dd>", "0012", "A2022-0001-1",
                  "不是税务发票", "作废：记错户"):  # fmt: skip
        assert words in page, words
    assert page.count('<section class="slip">') == 2
    assert page.count('<div class="stamp">作废</div>') == 1


def test_each_receipt_in_three_sheets(zaoyuan: Runner) -> None:
    """Rules, Receipt: 存根联, 客户联, 记账联 of one number; a print of three sheets is one print."""
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502")
    file = zaoyuan.folder / "r.txt"
    assert zaoyuan(f"receipt print 1 2 --sheets -o {file}").ok
    page = file.read_text(encoding="utf-8")
    for sheet in ("第一联 存根联", "第二联 客户联", "第三联 记账联"):
        assert page.count(sheet) == 2
    assert (page.count("A2022-0001 · "), page.count("A2022-0002 · ")) == (3, 3)
    assert zaoyuan("receipt show 1 --json").ok.json["printed"] == 1


def test_the_receipts_of_a_unit_or_a_time_are_printed_at_once(zaoyuan: Runner) -> None:
    """Void ones are not handed out; what was named by number is, whatever became of it."""
    begin(zaoyuan, "pay 3-2-501 -d 5-20", "pay 3-2-502", "pay 3-2-601", "contribution void 3 --reason 错 --yes",
          "pay 1-1-101 9 --gift")  # fmt: skip

    def printed(words: str) -> list[str]:
        return [row["receipt"][-1] for row in zaoyuan(f"receipt print {words} --json").ok.json["rows"]]

    assert printed("--unit 3-2") == ["1", "2"]
    assert printed("--since 5-21") == ["2", "4"]
    assert printed("-p 车棚 --until 5-20") == ["1"]
    assert printed("3-2-502 3") == ["3", "2"]
    assert printed("王桂兰") == ["1"]
    assert zaoyuan("receipt print --unit 3-2 -o r.html --json").ok.json["totals"]["receipts"] == 2
    assert zaoyuan("receipt print --json").error["code"] == "usage"
    assert zaoyuan("receipt print 3-2-601 --json").error["code"] == "not_found"


def test_the_state_of_a_receipt_is_not_that_of_the_due(zaoyuan: Runner) -> None:
    """50.00 of 100.00 were paid: the receipt is valid, the due is paid in part."""
    begin(zaoyuan, "pay 3-2-501 50", "pay 3-2-502", "contribution refund 2 40 --reason 退")
    rows = zaoyuan("receipt list --json").ok.json["rows"]
    assert [row["stands"] for row in rows] == ["valid", "part_refunded"]
    listed = zaoyuan("receipt list", lang="zh").ok.out
    for word, there in (("有效", True), ("部分退款", True), ("付清", False)):
        assert (word in listed) == there, word
    assert zaoyuan("contribution refund 2 60 --reason 退").ok
    assert zaoyuan("receipt show 2 --json").ok.json["stands"] == "refunded"
    assert "付清" not in zaoyuan("receipt show 1", lang="zh").ok.out


def test_prints_of_two_laptops_are_counted_together(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501")
    home, book = two(zaoyuan)
    assert zaoyuan("receipt print 1 -o a.html").ok
    assert zaoyuan("receipt print 1 -o b.html", home=home, book=book).ok
    assert zaoyuan(f"merge {book}").ok
    assert zaoyuan("receipt show 1 --json").ok.json["printed"] == 2
    assert zaoyuan("check --json").ok.json == {"problems": []}


@poppler
def test_r58_the_three_sheets_of_a_receipt_have_one_page_and_a_look_at_them_asks_nothing(zaoyuan: Runner) -> None:
    begin(zaoyuan, "pay 3-2-501", "pay 3-2-502", "pay 3-2-601 --yes")
    assert zaoyuan("receipt print 3-2 --sheets", lang="zh").ok.out.count("存根联") == 3
    zaoyuan("receipt print 3-2 --sheets -o r.pdf --yes").ok  # noqa: B018
    said = pages(zaoyuan.folder / "r.pdf", "-raw")
    assert [[text.count(sheet) for sheet in ("存根联", "客户联", "记账联")] for text in said] == [[1, 1, 1]] * 3
    assert facts(zaoyuan.folder / "r.pdf")["Title"] == "枣园小区收款收据"
