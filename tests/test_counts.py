"""The cash box is counted by two; a count books nothing, and what it differs stands until an entry explains it
(R-61)."""

from __future__ import annotations

import pytest
from conftest import Runner
from treasurer import done

from tests.prepared import once

COUNT = "account count 现金 1520 --by 韩梅,周启明"


@pytest.fixture
@once
def box(zaoyuan: Runner) -> Runner:
    """1,530.00 in the cash box."""
    done(
        zaoyuan,
        "init --name 枣园小区 --who 韩梅 --yes",
        "person add 周启明",
        "account opening 现金 1530 --fund 工作经费 -d 2022-05-20",
    )
    return zaoyuan


def kinds(zaoyuan: Runner, now: str = "") -> list[str]:
    return [item["kind"] for item in zaoyuan("report --json", now=now).ok.json["todo"]]


def test_the_difference_is_recorded_and_nothing_is_booked(box: Runner) -> None:
    counted = box(f"{COUNT} --json").ok.json
    assert {key: counted[key] for key in ("account", "book", "counted", "difference")} == {
        "account": "现金",
        "book": "1530.00",
        "counted": "1520.00",
        "difference": "-10.00",
    }
    assert box("account list --json").ok.json["totals"]["balance"] == "1530.00"
    assert "difference" in kinds(box)
    assert box("check").code == 0


def test_one_person_alone_is_warned(box: Runner) -> None:
    alone = box("account count 现金 1530").ok
    assert "two people" in alone.err
    assert "No difference" in alone.out
    assert box(COUNT).ok.err == ""
    assert box("account count 现金 1530 --by 谁也不是 --json").error["code"] == "not_found"


def test_nothing_is_a_count_too(box: Runner) -> None:
    assert box("account count 微信 0 --json").ok.json["difference"] == "0.00"
    assert box("account count 现金 -5").code == 2


def test_a_later_count_without_a_difference_explains_it(box: Runner) -> None:
    done(box, COUNT, "account count 现金 1530 --by 韩梅,周启明 -n 找到了")
    assert "difference" not in kinds(box)
    assert [row["difference"] for row in box("account counts --json").ok.json["rows"]] == ["-10.00", "0.00"]


@pytest.mark.parametrize("day", ["5-31", "5-25"])
def test_the_entry_that_was_missing_explains_it(box: Runner, day: str) -> None:
    """Dated on the day of the count, or before it, or later."""
    done(box, f"{COUNT} -d 5-30", f"spend 10 电池 --fund 工作经费 -m 现金 -d {day}")
    assert "difference" not in kinds(box)
    done(box, "spend 20 灯泡 --fund 工作经费 -m 现金")
    assert "difference" not in kinds(box)


def test_the_difference_stays_as_it_was_found(box: Runner) -> None:
    """What the auditor asks: 10 yuan were missing then, and EA2022-1 says why, whatever day it is dated."""
    done(box, COUNT)
    (row,) = box("account counts --json").ok.json["rows"]
    assert (row["state"], row["explained"], row["step"]) == ("unexplained", None, "A4")
    done(box, "spend 10 电池 --fund 工作经费 -m 现金 -d 5-25")
    (row,) = box("account counts --json").ok.json["rows"]
    assert (row["book"], row["counted"], row["difference"]) == ("1530.00", "1520.00", "-10.00")
    assert (row["state"], row["explained"]) == ("explained", "EA2022-1")
    (count,) = box("report money --json").ok.json["counts"]
    assert (count["difference"], count["open"], count["explained"]) == ("-10.00", False, "EA2022-1")
    shown = box("account counts", lang="zh", screen=80).ok.out
    for words in ("-10.00", "已说明", "EA2022-1"):
        assert words in shown, words


def test_what_was_made_void_explains_too(box: Runner) -> None:
    done(box, "spend 15 重复 --fund 工作经费 -m 现金", "account count 现金 1530 --by 韩梅,周启明",
         "expense void 1 --reason 重复 --yes")  # fmt: skip
    (row,) = box("account counts --json").ok.json["rows"]
    assert (row["difference"], row["state"], row["explained"]) == ("15.00", "explained", "EA2022-1")


def test_an_entry_dated_before_a_count_that_agreed_is_asked_about(box: Runner) -> None:
    """The count said 1,530.00 were there; the book of that day says less by now."""
    done(box, "account count 现金 1530 --by 韩梅,周启明")
    assert box("account counts --json").ok.json["rows"][0]["state"] == "agrees"
    done(box, "spend 10 电池 --fund 工作经费 -m 现金 -d 5-25")
    (row,) = box("account counts --json").ok.json["rows"]
    assert (row["difference"], row["state"]) == ("0.00", "unexplained")
    (item,) = [one for one in box("report --json").ok.json["todo"] if one["kind"] == "difference"]
    assert "10.00" in item["message"]


def test_a_wrong_count_is_taken_back(box: Runner) -> None:
    done(box, COUNT, "undo A4 --yes")
    assert box("account counts --json").ok.json["rows"] == []
    assert "difference" not in kinds(box)


def test_an_entry_of_another_amount_or_account_does_not(box: Runner) -> None:
    done(box, COUNT, "spend 8 电池 --fund 工作经费 -m 现金", "account transfer 5 现金 微信")
    assert "difference" in kinds(box)


def test_undoing_the_explanation_brings_the_difference_back(box: Runner) -> None:
    done(box, COUNT, "spend 10 电池 --fund 工作经费 -m 现金", "undo --yes")
    assert "difference" in kinds(box)


def test_the_last_count_stands_on_the_screen_and_in_the_list(box: Runner) -> None:
    assert box("account list --json").ok.json["rows"][0]["counted"] is None
    done(box, COUNT)
    row = box("account list --json").ok.json["rows"][0]
    assert (row["account"], row["counted"], row["difference"]) == ("现金", "2022-05-31", "-10.00")
    assert "最近盘点" in box("status", lang="zh").ok.out
    assert box("status --json").ok.json["counts"][0]["counted"] == "1520.00"


def test_cash_that_nobody_counts_for_a_month_is_to_do(box: Runner) -> None:
    assert "count" not in kinds(box)
    assert "count" in kinds(box, now="2022-06-20T12:00:00+08:00")
    done(box, "account count 现金 1530 --by 韩梅,周启明")
    assert "count" not in kinds(box, now="2022-06-30T12:00:00+08:00")
    assert "count" in kinds(box, now="2022-07-01T12:00:00+08:00")


def test_a_count_on_another_laptop_counts_the_same_book(box: Runner) -> None:
    """Both write a count; the later day's is the last."""
    import shutil

    other = {"book": box.folder / "b.db", "home": box.folder / "home-b"}
    shutil.copyfile(box.book, other["book"])
    assert box("device add --who 周启明 --yes", **other).code == 0
    assert box("account count 现金 1530 --by 韩梅,周启明 -d 5-30", **other).code == 0
    done(box, COUNT, f"merge {other['book']}")
    assert box(f"merge {box.book}", **other).code == 0
    assert box("account counts --json").ok.json["rows"][-1] == box("account counts --json", **other).ok.json["rows"][-1]
    assert "difference" in kinds(box)
