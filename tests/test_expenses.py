"""Expenses: money paid out."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.conftest import Result, Runner
from tests.prepared import once
from tests.treasurer import balances, begun, done


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    """The treasurer's book with the project 车棚改造 of 众筹专项, budget 6,200.00."""
    begun(zaoyuan)
    done(zaoyuan, "project add 车棚改造 --fund 众筹专项 --budget 6200")
    return zaoyuan


def todo(book: Runner, kind: str) -> list[dict[str, str]]:
    return [item for item in book("status --json").ok.json["todo"] if item["kind"] == kind]


def code(result: Result) -> tuple[int, str, str]:
    return result.code, result.error["code"], result.error["field"]


def test_an_expense_of_a_project_comes_out_of_its_fund(book: Runner) -> None:
    answer = book("spend 1280 充电桩电费 -p 车棚 -m 微信 -d 5-28 --to 国网 --voucher 0017 -n 五月 --json").ok.json
    assert answer == {
        "expense": "EA2022-1", "date": "2022-05-28", "what": "充电桩电费", "payee": "国网", "amount": "1280.00",
        "fund": "众筹专项", "account": "微信", "method": "wechat", "project": "车棚改造", "voucher": "0017",
        "decision": None, "note": "五月", "attachments": [], "state": "spent", "void_date": None, "reason": None,
        "income": None, "handler": "韩梅", "advanced_by": None, "notice": None, "approval": None,
        "approvers_needed": 0, "approvers_missing": 0, "judged_by": None, "balance": "4920.00",
    }  # fmt: skip
    assert balances(book)["众筹专项"] == "4920.00"
    assert balances(book, "account list")["微信"] == "4920.00"


def test_the_answer_is_two_lines_with_number_and_balance(book: Runner) -> None:
    lines = book("spend 80 打印纸 --fund 工作经费").ok.out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("√ EA2022-1")
    assert "920.00" in lines[1]


def test_without_project_and_fund_it_is_the_project_in_use_or_the_only_one(book: Runner) -> None:
    assert book("spend 1 试 --json").ok.json["project"] == "车棚改造"
    done(book, "project add 围墙众筹 --fund 惠民资金")
    refused = book("spend 1 试 --json")
    assert code(refused) == (1, "ambiguous", "project")
    done(book, "project use 车棚")
    assert book("spend 1 试 --json").ok.json["fund"] == "众筹专项"


def test_where_there_is_no_project_the_fund_has_to_be_named(zaoyuan: Runner) -> None:
    begun(zaoyuan)
    refused = zaoyuan("spend 1 试 --json")
    assert code(refused) == (1, "ambiguous", "fund")
    assert "工作经费" in [one["key"] for one in refused.error["candidates"]]
    assert zaoyuan("spend 1 试 --fund 工作 --json").ok.json["project"] is None


def test_no_fund_goes_below_zero(book: Runner) -> None:
    """R-51: the shed's fund has 6,200.00; 6,200.01 is refused, to the fen."""
    refused = book("spend 6200.01 棚顶 -p 车棚 -m 微信 --json")
    assert code(refused) == (1, "fund_short", "fund")
    assert (refused.error["fund"], refused.error["balance"]) == ("众筹专项", "6200.00")
    assert refused.error["rule"] == "fund.not_below_zero"
    assert book("expense list --json").ok.json["totals"] == {"expenses": 0, "void": 0, "amount": "0.00"}
    assert book("spend 6200 棚顶 -p 车棚 -m 微信 --json").ok.json["balance"] == "0.00"
    assert book("log --json").ok.json["rows"][0]["numbers"] == ["EA2022-1"]


def test_below_zero_is_judged_on_all_entries_so_far_whatever_their_day(book: Runner) -> None:
    done(book, "spend 6000 棚顶 -p 车棚 -m 微信 -d 5-30")
    assert book("spend 300 护栏 -p 车棚 -m 微信 -d 5-02 --json").error["code"] == "fund_short"


def test_a_restricted_fund_pays_for_a_project_of_another_fund_only_by_decision(book: Runner) -> None:
    """R-50: the shed is not paid from 维修资金."""
    done(book, "account opening 银行 9000 --fund 维修资金", "account opening 银行 500 --fund 待认领")
    refused = book("spend 100 棚顶 -p 车棚 --fund 维修资金 -m 银行 --json")
    assert code(refused) == (1, "decision_required", "decision")
    assert refused.error["rule"] == "fund.own_purpose"
    assert balances(book)["维修资金"] == "9000.00"
    done(book, "decision add 动用维修资金 --body 业主大会 -d 5-20")
    answer = book("spend 100 棚顶 -p 车棚 --fund 维修资金 -m 银行 --decision D1 --json").ok.json
    assert (answer["fund"], answer["decision"], answer["balance"]) == ("维修资金", "DA2022-1", "8900.00")
    assert book("spend 1 棚顶 -p 车棚 --fund 待认领 -m 银行 --json").ok.json["decision"] is None


def test_a_restricted_fund_spent_without_project_or_decision_is_written_and_said(book: Runner) -> None:
    answer = book("spend 100 某事 --fund 众筹专项 -m 微信 --json").ok.json
    assert any("众筹专项" in warning for warning in answer["warnings"])
    assert "warnings" not in book("spend 1 某事 --fund 工作经费 --json").ok.json
    assert "warnings" not in book("spend 1 某事 -p 车棚 -m 微信 --json").ok.json


def test_beyond_the_budget_is_asked_before_it_happens(book: Runner) -> None:
    """With the figures: what is spent, what it would be over, the budget. A pipe is warned and written."""
    done(book, "account opening 微信 1000 --fund 众筹专项", "spend 6200 棚顶 -p 车棚 -m 微信")
    stopped = book("spend 0.01 钉子 -p 车棚 -m 微信", input="n\n", tty=True)
    assert stopped.code == 130
    for figure in ("6,200.00", "0.01"):
        assert figure in stopped.err
    assert book("expense list --json").ok.json["totals"]["expenses"] == 1
    assert book("spend 0.01 钉子 -p 车棚 -m 微信", input="y\n", tty=True).code == 0
    answer = book("spend 0.01 螺丝 -p 车棚 -m 微信 --json").ok.json
    assert len(answer["warnings"]) == 1
    assert "0.02" in answer["warnings"][0]
    agreed = book("spend 0.01 垫片 -p 车棚 -m 微信 --yes", tty=True).ok
    assert "0.03" in agreed.err, "--yes asks nothing, and says it all the same"


def test_up_to_the_budget_asks_nothing(book: Runner) -> None:
    done(book, "spend 6000 棚顶 -p 车棚 -m 微信")
    assert book("spend 200 钉子 -p 车棚 -m 微信", tty=True).ok.err == ""


@pytest.mark.parametrize("typed", ["0017", "00 17", "No.0017", "№ 0017", "００１７", "00-17"])
def test_the_same_voucher_twice_is_asked_about(book: Runner, typed: str) -> None:
    """R-60: however it was typed; on a terminal before it is written, in a pipe as a warning, then in what to do."""
    done(book, "spend 10 打印纸 --fund 工作经费 --voucher 0017 --to 甲店")
    line = ["spend", "12", "打印纸", "--fund", "工作经费", "--voucher", typed]
    stopped = book(line, input="n\n", tty=True)
    assert stopped.code == 130
    assert "EA2022-1" in stopped.err
    assert "EA2022-1" in book([*line, "--json"]).ok.json["warnings"][0]
    (item,) = todo(book, "voucher_twice")
    assert "EA2022-1 EA2022-2" in item["message"]
    done(book, "expense void E2 --reason 重复 --yes")
    assert todo(book, "voucher_twice") == []
    done(book, "expense void E1 --reason 重复 --yes")
    assert "warnings" not in book([*line, "--json"]).ok.json


@pytest.mark.parametrize("other", ["017", "17", "0018", "A0017", ""])
def test_another_voucher_is_another(book: Runner, other: str) -> None:
    done(book, "spend 10 打印纸 --fund 工作经费 --voucher 0017", "spend 11 茶叶 --fund 工作经费")
    assert "warnings" not in book(["spend", "12", "纸", "--fund", "工作经费", "--voucher", other, "--json"]).ok.json
    assert todo(book, "voucher_twice") == []


def test_the_same_file_twice_is_asked_about(book: Runner, tmp_path: Path) -> None:
    """R-60: the very photo, also where its Exif says another place."""
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 invoice")
    done(book, f"spend 10 电费 --fund 工作经费 -f {tmp_path / '甲.pdf'}")
    line = f"spend 20 电费 --fund 工作经费 -f {tmp_path / '乙.pdf'}"
    assert book(line, input="n\n", tty=True).code == 130
    assert "EA2022-1" in book(f"{line} --json").ok.json["warnings"][0]
    assert len(todo(book, "voucher_twice")) == 1
    done(book, "expense void E1 --reason 重复 --yes")
    assert todo(book, "voucher_twice") == []


def test_the_same_amount_day_and_payee_is_said_and_no_more(book: Runner) -> None:
    done(book, "spend 10 打印纸 --fund 工作经费 --to 甲店 -d 5-20")
    said = book("spend 10 墨盒 --fund 工作经费 --to 甲店 -d 5-20", tty=True).ok
    assert "EA2022-1" in said.err
    assert todo(book, "voucher_twice") == []
    for other in ("--to 乙店 -d 5-20", "--to 甲店 -d 5-21", "-d 5-20"):
        assert book(f"spend 10 墨盒 --fund 工作经费 {other}").ok.err == ""
    assert book("spend 11 墨盒 --fund 工作经费 --to 甲店 -d 5-20").ok.err == ""


def test_who_handled_it_is_kept(book: Runner) -> None:
    """经办人: the device's person unless said."""
    done(book, "person add 李强")
    assert book("spend 10 打印纸 --fund 工作经费 --by 李强 --json").ok.json["handler"] == "李强"
    assert book("spend 11 打印纸 --fund 工作经费 --json").ok.json["handler"] == "韩梅"
    assert "李强" in book("expense show E1").ok.out


def test_a_void_keeps_the_number_and_gives_the_money_back(book: Runner) -> None:
    """R-57, R-59: nothing is deleted; the next number goes on."""
    done(book, "spend 100 打印纸 --fund 工作经费", "spend 60 茶叶 --fund 工作经费")
    asked = book("expense void EA2022-1 --reason 记错 --json")
    assert code(asked) == (2, "needs_yes", "yes")
    assert balances(book)["工作经费"] == "840.00"
    answer = book("expense void EA2022-1 --reason 记错 --yes --json").ok.json
    assert (answer["expense"], answer["state"], answer["reason"], answer["balance"]) == (
        "EA2022-1", "void", "记错", "940.00",
    )  # fmt: skip
    assert book("expense void EA2022-1 --reason 再来 --yes").code == 1
    done(book, "spend 1 茶杯 --fund 工作经费")
    listed = book("expense list --json").ok.json
    assert [(row["expense"], row["amount"], row["state"]) for row in listed["rows"]] == [
        ("EA2022-1", "100.00", "void"),
        ("EA2022-2", "60.00", "spent"),
        ("EA2022-3", "1.00", "spent"),
    ]
    assert listed["totals"] == {"expenses": 3, "void": 1, "amount": "61.00"}


def test_a_void_wants_a_reason_and_a_no_leaves_all_as_it_was(book: Runner) -> None:
    done(book, "spend 100 打印纸 --fund 工作经费")
    assert book("expense void E1 --yes").code == 2
    assert book(["expense", "void", "E1", "--reason", " ", "--yes"]).code == 2
    assert book("expense void E1 --reason 记错", input="n\n", tty=True).code == 130
    assert balances(book)["工作经费"] == "900.00"
    assert book("expense void E1 --reason 记错", input="y\n", tty=True).code == 0
    assert balances(book)["工作经费"] == "1000.00"


def test_an_undone_expense_keeps_its_number_as_void(book: Runner) -> None:
    """R-57."""
    done(book, "spend 100 打印纸 --fund 工作经费", "undo --yes", "spend 7 茶叶 --fund 工作经费")
    listed = book("expense list --sort expense --json").ok.json
    assert [(row["expense"], row["state"], row["amount"]) for row in listed["rows"]] == [
        ("EA2022-1", "void", None),
        ("EA2022-2", "spent", "7.00"),
    ]
    assert listed["totals"] == {"expenses": 2, "void": 1, "amount": "7.00"}
    assert book("expense show EA2022-1 --json").error["code"] == "not_found"
    assert book("check").code == 0


def test_the_list_chooses_by_project_fund_and_days(book: Runner) -> None:
    done(
        book,
        "spend 10 甲 --fund 工作经费 -d 5-02",
        "spend 20 乙 -p 车棚 -m 微信 -d 5-10",
        "spend 30 丙 --fund 工作经费 -d 5-20",
    )

    def whats(options: str) -> list[str]:
        return [row["what"] for row in book(f"expense list {options} --json").ok.json["rows"]]

    assert whats("") == ["甲", "乙", "丙"]
    assert whats("-p 车棚") == ["乙"]
    assert whats("--fund 工作") == ["甲", "丙"]
    assert whats("--since 5-10 --until 5-10") == ["乙"]
    assert whats("--as-of 5-10") == ["甲", "乙"]
    assert whats("--sort=-amount --limit 2") == ["丙", "乙"]
    assert whats("--sort -金额 --limit 1 --lang zh") == whats("--sort -Amount --limit 1 --lang en") == ["丙"]
    refused = book("expense list --sort 价钱 --lang zh --json").error
    assert (refused["field"], refused["candidates"][0]) == ("sort", {"key": "expense", "label": "支出"})


def test_an_expense_is_shown_by_a_short_number(book: Runner) -> None:
    done(book, "spend 10 甲 --fund 工作经费", "spend 20 乙 --fund 工作经费")
    for typed in ("EA2022-2", "E2", "2", "ea2022-2"):
        assert book(f"expense show {typed} --json").ok.json["what"] == "乙"
    assert book("expense show E3 --json").error["field"] == "expense"
    assert book("expense show M3 --json").code == 2
    assert "乙" in book("expense show E2").ok.out


def test_expense_add_is_spend_and_both_have_chinese_names(book: Runner) -> None:
    assert book("expense add 10 甲 --fund 工作经费 --json").ok.json["expense"] == "EA2022-1"
    assert book("支出 10 乙 --fund 工作经费", lang="zh").ok.out.startswith("√ EA2022-2  乙 10.00 元")


@pytest.mark.parametrize("what", ["", " ", "a\x1b[31mb"])
def test_a_text_that_cannot_be_kept_is_refused(book: Runner, what: str) -> None:
    assert book(["spend", "10", what, "--fund", "工作经费"]).code == 2
    assert balances(book)["工作经费"] == "1000.00"


def test_a_day_to_come_asks(book: Runner) -> None:
    assert book("spend 10 甲 --fund 工作经费 -d 2022-06-30 --json").error["code"] == "needs_yes"
    assert book("spend 10 甲 --fund 工作经费 -d 2022-06-30 --yes --json").ok.json["date"] == "2022-06-30"


# ---- the files kept with an expense


def jpeg(side: int = 6) -> bytes:
    """A JPEG as a phone writes it: JFIF, Exif with a place and which side is up, XMP, comment, one scan, and a film."""
    place = b"GPSLatitude 37.7235N"
    ifd = struct.pack(">HHHLHH", 1, 0x0112, 3, 1, side, 0) + struct.pack(">L", 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">L", 8) + ifd + place
    segments = [
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xE1, exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + place),
        (0xE2, b"ICC_PROFILE\0\1\1colours"), (0xE2, b"MPF\0" + place), (0xED, b"Photoshop 3.0\0" + place),
        (0xFE, place), (0xDB, bytes(65)), (0xC0, b"\x08\0\1\0\1\1\1\x11\0"),
    ]  # fmt: skip
    head = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return b"\xff\xd8" + head + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x12\xff\0\x34\xff\xd0\x56" + b"\xff\xd9" + place


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)),
            chunk(b"tEXt", b"Comment\0GPSLatitude 37.7235N"),
            chunk(b"eXIf", b"GPSLatitude 37.7235N"),
            chunk(b"IDAT", zlib.compress(b"\0\0")),
            chunk(b"IEND", b""),
        )
    )


def webp() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<L", len(body)) + body + b"\0" * (len(body) % 2)

    body = b"WEBP" + b"".join(
        (
            chunk(b"VP8X", b"\x0c" + bytes(9)),
            chunk(b"VP8 ", b"picture"),
            chunk(b"EXIF", b"GPSLatitude 37.7235N"),
            chunk(b"XMP ", b"GPSLatitude 37.7235N!"),
        )
    )
    return b"RIFF" + struct.pack("<L", len(body)) + body


@pytest.mark.parametrize("photo", [jpeg(), png(), webp()], ids=["jpeg", "png", "webp"])
def test_the_photo_of_a_voucher_is_kept_without_its_place(book: Runner, photo: bytes, tmp_path: Path) -> None:
    """Design, Attachments: place data stripped; nothing of it is anywhere in the file of the book."""
    (tmp_path / "发票.jpg").write_bytes(photo)
    answer = book(["spend", "10", "电费", "--fund", "工作经费", "-f", str(tmp_path / "发票.jpg"), "--json"]).ok.json
    assert len(answer["attachments"]) == 1
    assert b"GPS" in photo
    assert b"GPS" not in book.book.read_bytes()
    out = tmp_path / "out"
    out.mkdir()
    shown = book(["expense", "show", "E1", "--files", str(out), "--json"]).ok.json["attachments"][0]
    kept = Path(shown["file"]).read_bytes()
    assert kept.startswith(photo[:4])
    assert b"GPS" not in kept
    assert len(kept) == shown["size"]
    assert book("check").code == 0


def test_a_jpeg_keeps_picture_colours_and_which_side_is_up() -> None:
    from zaoyuan_cli.rules import photos

    kept = photos.without_place(jpeg(side=6))
    assert b"ICC_PROFILE" in kept
    assert kept.endswith(b"\x12\xff\0\x34\xff\xd0\x56\xff\xd9")
    assert photos.without_place(kept) == kept
    assert kept.index(b"JFIF") < kept.index(b"Exif\0\0MM") < kept.index(b"ICC_PROFILE")
    assert b"Exif" not in photos.without_place(jpeg(side=1))


@pytest.mark.parametrize("photo", [jpeg(), png(), webp()], ids=["jpeg", "png", "webp"])
def test_a_photo_cut_short_anywhere_is_refused_or_has_no_place(photo: bytes) -> None:
    from zaoyuan_cli.rules import photos

    for length in range(16, len(photo)):
        try:
            kept = photos.without_place(photo[:length])
        except ValueError:
            continue
        assert b"GPS" not in kept


def test_several_files_and_other_papers_are_kept_as_they_are(book: Runner, tmp_path: Path) -> None:
    pdf, ofd = tmp_path / "发票.pdf", tmp_path / "发票.ofd"
    pdf.write_bytes(b"%PDF-1.7 invoice")
    ofd.write_bytes(b"PK invoice")
    done(book, f"spend 10 电费 --fund 工作经费 -f {pdf} --file {ofd}")
    shown = book("expense show E1 --json").ok.json["attachments"]
    assert [(one["kind"], one["size"]) for one in shown] == [("pdf", 16), ("ofd", 10)]
    assert "pdf" in book("expense show E1").ok.out


def test_files_that_cannot_be_kept_write_nothing(book: Runner, tmp_path: Path) -> None:
    """≤ 4 MB; a format whose place cannot be taken out is refused with what to do."""
    heic, big, empty, cut = (tmp_path / name for name in ("a.heic", "b.pdf", "c.pdf", "d.jpg"))
    heic.write_bytes(b"\0\0\0\x18ftypheic" + bytes(20))
    big.write_bytes(b"%PDF-" + bytes(4 * 1024 * 1024))
    empty.write_bytes(b"")
    cut.write_bytes(jpeg()[:60])
    for file, expected in ((heic, 1), (big, 1), (empty, 1), (cut, 5), (tmp_path / "no.jpg", 5)):
        refused = book(["spend", "10", "电费", "--fund", "工作经费", "-f", str(file), "--json"])
        assert (refused.code, refused.error["field"]) == (expected, "file"), file
    assert balances(book)["工作经费"] == "1000.00"
    assert book("expense list --json").ok.json["rows"] == []


def test_a_voucher_that_is_brought_later_stands_with_its_expense_though_the_month_is_closed(
    book: Runner, tmp_path: Path
) -> None:
    done(book, "spend 800 工钱 -p 车棚 -d 3-20", "spend 8 电费 -p 车棚 --voucher 77", "period close 2022-03 --yes")
    (open_,) = todo(book, "voucher")
    assert open_["command"].startswith("zaoyuan expense voucher EA2022-1 ")
    slip = tmp_path / "slip.pdf"
    slip.write_bytes(b"%PDF-1.4 slip")
    done(book, "expense voucher E1 0042")
    assert not todo(book, "voucher")
    assert book("expense voucher E1 №0042 --json").error["field"] == "voucher", "it has that one"
    answer = book(["expense", "voucher", "E1", "78", "-f", str(slip), "--json"]).ok.json
    assert (answer["voucher"], len(answer["attachments"])) == ("0042、78", 1)
    assert book("spend 5 纸 -p 车棚 --voucher 0042 --json").ok.json["warnings"], "R-60"
    assert "EA2022-1" in book("find 0042").ok.out
    assert book("expense voucher E1 --json").error["code"] == "unreadable"
    done(book, "undo --yes", "undo --yes", "undo --yes")
    assert book("expense show E1 --json").ok.json["voucher"] is None
    done(book, "redo --yes", "expense void E2 --reason 记错 --yes")
    assert book("expense show E1 --json").ok.json["voucher"] == "0042"
    assert book("expense voucher E2 9 --json").error["field"] == "expense", "it is void"
