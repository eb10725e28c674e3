"""Decisions: what a body decided, and what rests on it."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.prepared import once
from tests.treasurer import begun, done


@pytest.fixture
@once
def book(zaoyuan: Runner) -> Runner:
    begun(zaoyuan)
    done(zaoyuan, "body add 业委会 --seats 5 --from 2020-06-01")
    return zaoyuan


def test_a_decision_made_outside_the_book_gets_a_number(book: Runner) -> None:
    answer = book("decision add 同意更换门锁 --body 业委会 -d 5-20 --paper 业决〔2022〕3号 --json").ok.json
    assert answer == {
        "decision": "DA2022-1", "date": "2022-05-20", "body": "业委会", "meeting": None, "motion": None, "ballot": None,
        "paper": "业决〔2022〕3号",
        "text": "同意更换门锁",
    }  # fmt: skip
    assert book("decision show DA2022-1 --json").ok.json == answer | {"result": None, "rests": []}


def test_without_a_body_it_is_the_committees(book: Runner) -> None:
    assert book("decision add 同意 --json").ok.json["body"] == "业委会"
    assert book("decision add 同意二 --body 业主大会 --json").ok.json["body"] == "业主大会"
    assert book("decision add 同意三 --body 党支部 --json").error["field"] == "body"


@pytest.mark.parametrize("typed", ["DA2022-2", "D2", "d2", "2", "业决〔2022〕4号", "刷漆"])
def test_a_decision_is_found_by_number_paper_or_text(book: Runner, typed: str) -> None:
    done(
        book,
        "decision add 同意更换门锁 --body 业委会 --paper 业决〔2022〕3号",
        "decision add 同意楼道刷漆 --body 业委会 --paper 业决〔2022〕4号",
    )
    assert book(["decision", "show", typed, "--json"]).ok.json["decision"] == "DA2022-2"


def test_a_text_that_fits_two_lists_them(book: Runner) -> None:
    done(book, "decision add 同意更换门锁", "decision add 同意楼道刷漆")
    refused = book("decision show 同意 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "ambiguous", "decision")
    assert [one["key"] for one in refused.error["candidates"]] == ["DA2022-1", "DA2022-2"]
    assert book("decision show 围墙 --json").error["code"] == "not_found"


def test_a_short_number_of_two_years_is_ambiguous(book: Runner) -> None:
    done(book, "decision add 旧年的", now="2021-05-31T12:00:00+08:00")
    done(book, "decision add 今年的")
    assert book("decision show D1 --json").error["code"] == "ambiguous"
    assert book("decision show DA2021-1 --json").ok.json["text"] == "旧年的"


def test_a_number_on_paper_belongs_to_one_decision(book: Runner) -> None:
    done(book, "decision add 同意更换门锁 --paper 业决〔2022〕3号")
    refused = book("decision add 另一件 --paper 业决〔2022〕3号 --json")
    assert (refused.code, refused.error["field"]) == (1, "paper")
    assert "DA2022-1" in refused.error["message"]
    assert book("decision list --json").ok.json["totals"] == {"decisions": 1}
    assert book("decision add ''").code == 2


def test_the_list_is_by_day_and_chooses_body_and_year(book: Runner) -> None:
    done(
        book,
        "decision add 甲 --body 业委会 -d 2022-05-20",
        "decision add 乙 --body 业主大会 -d 2021-12-31",
        "decision add 丙 --body 业委会 -d 2022-01-01",
    )

    def texts(line: str) -> list[str]:
        return [row["text"] for row in book(f"decision list {line} --json").ok.json["rows"]]

    assert texts("") == ["乙", "丙", "甲"]
    assert texts("--body 业委会") == ["丙", "甲"]
    assert texts("--year 2021") == ["乙"]
    assert texts("--year 2022 --limit 1") == ["丙"]
    assert texts("--as-of 2022-01-01") == ["乙", "丙"]
    assert book("decision list --year 2022-05").code == 2


def test_all_that_rests_on_a_decision(book: Runner) -> None:
    """R-50: money given another purpose, projects, offices and expenses cite it."""
    done(
        book,
        "decision add 实施改造 --body 业委会 -d 2022-05-02",
        "fund transfer 100 工作经费 惠民资金 --decision D1 -d 2022-05-03",
        "project add 车棚改造 --fund 众筹专项 --budget 6200 --decision D1",
        "role set 韩梅 主任 --body 业委会 --from 2022-05-04 --decision D1",
        "spend 60 打印纸 --fund 工作经费 --decision D1 -d 2022-05-05",
        "spend 70 误记 --fund 工作经费 --decision D1 -d 2022-05-06",
        "expense void E2 --reason 误记 --yes",
    )
    rests = book("decision show D1 --json").ok.json["rests"]
    assert [(one["kind"], one["date"], one["ref"], one["amount"]) for one in rests] == [
        ("transfer", "2022-05-03", "惠民资金", "100.00"),
        ("role", "2022-05-04", "pA1", None),
        ("expense", "2022-05-05", "EA2022-1", "60.00"),
        ("project", "2022-05-31", "车棚改造", "6200.00"),
    ]
    assert "韩梅" in next(one["text"] for one in rests if one["kind"] == "role")
    early = book("decision show D1 --as-of 2022-05-04 --json").ok.json["rests"]
    assert [one["kind"] for one in early] == ["transfer", "role"]


def test_a_decision_that_is_cited_cannot_be_undone(book: Runner) -> None:
    """Design, When things meet, 12."""
    done(book, "decision add 同意", "spend 60 打印纸 --fund 工作经费 --decision D1")
    step = book("log --json").ok.json["rows"][1]["step"]
    refused = book(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert book("decision show D1 --json").ok.json["text"] == "同意"


def test_in_chinese(book: Runner) -> None:
    assert "决议 DA2022-1" in book("决议 添加 同意更换门锁", lang="zh").ok.out
    assert "没有依据它的事项" in book("决议 查看 D1", lang="zh").ok.out
