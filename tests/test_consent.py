"""Consent to be named in public: given, until a day, withdrawn (R-82); without it everything personal is masked."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Runner
from roll import begin

from zaoyuan_cli.book import consents, open_book

NAME, PHONE = "name", "phone"


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    begin(zaoyuan)
    return zaoyuan


def may(book: Runner, what: str, day: str, person: str = "pA1") -> bool:
    opened = open_book(book.book, book.home)
    try:
        return consents.may_publish(opened.db, person, what, date.fromisoformat(day))
    finally:
        opened.close()


def test_nobody_is_published_who_did_not_agree(book: Runner) -> None:
    assert not may(book, NAME, "2022-05-31")
    assert book("person consent --json").ok.json == {"rows": [], "totals": {"consents": 0}}
    assert "zaoyuan person consent" in book("person consent").ok.out


def test_consent_counts_from_its_day_to_its_last(book: Runner) -> None:
    answer = book("person consent 韩梅 --what 姓名 --until 2022-12-31 --json").ok.json["consents"]
    assert [(one["what"], one["from"], one["until"], one["state"]) for one in answer] == [
        ("name", "2022-05-31", "2022-12-31", "active")
    ]
    days = ("2022-05-30", "2022-05-31", "2022-12-31", "2023-01-01")
    assert [may(book, NAME, day) for day in days] == [False, True, True, False]
    assert not may(book, PHONE, "2022-06-01")


def test_what_is_withdrawn_is_masked_again(book: Runner) -> None:
    """R-82."""
    assert book("person consent 韩梅 --what name --what phone -d 2022-05-01").ok
    assert book("person consent 韩梅 --what phone --withdraw -d 2022-05-20").ok
    assert [may(book, PHONE, day) for day in ("2022-05-19", "2022-05-20", "2022-06-01")] == [True, False, False]
    assert may(book, NAME, "2022-06-01")
    rows = book("person consent --json").ok.json["rows"]
    assert [(one["name"], one["what"], one["state"], one["withdrawn"]) for one in rows] == [
        ("韩梅", "name", "active", None), ("韩梅", "phone", "ended", "2022-05-20"),
    ]  # fmt: skip
    again = book("person consent 韩梅 --what phone --withdraw --json")
    assert (again.code, again.error["code"], again.error["field"]) == (1, "not_found", "what")
    assert book("person consent 韩梅 --what 电话").ok
    assert may(book, PHONE, "2022-06-01")


def test_it_stands_with_the_person(book: Runner) -> None:
    assert book("person consent 韩梅 --what 照片 --until 2027-12-31").ok
    assert [one["what"] for one in book("person show 韩梅 --json").ok.json["consents"]] == ["photo"]
    shown = book("person show 韩梅", lang="zh").ok.out
    assert "可以公开" in shown
    assert "照片" in shown
    assert book("person show 韩梅 --as-of 2022-05-30 --json").ok.json["consents"] == []


def test_it_follows_a_person_who_was_entered_twice(book: Runner) -> None:
    other = book("person add 韩梅 --phone 13899998888 --json").ok.json["person"]
    assert book(f"person consent {other} --what name").ok
    assert not may(book, NAME, "2022-06-01")
    assert book(f"person merge {other} pA1").ok
    assert may(book, NAME, "2022-06-01")
    assert may(book, NAME, "2022-06-01", other)
    assert book("person consent pA1 --what name --withdraw").ok
    assert not may(book, NAME, "2022-06-01")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("person consent 韩梅 --what 年龄", 2, "what"),
        ("person consent 韩梅 --until 2027-01-01", 2, "what"),
        ("person consent 韩梅 --what name --withdraw --until 2027-01-01", 2, "until"),
        ("person consent 韩梅 --what name -d 2022-05-31 --until 2022-05-01", 1, "until"),
    ],
)
def test_what_is_no_consent(book: Runner, line: str, code: int, field: str) -> None:
    refused = book(f"{line} --json")
    assert (refused.code, refused.error["field"]) == (code, field)


def test_a_consent_can_be_undone(book: Runner) -> None:
    assert book("person consent 韩梅 --what name").ok
    assert book("undo --yes").ok
    assert not may(book, NAME, "2022-06-01")
