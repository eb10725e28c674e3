"""Donors: those who give and owe nothing."""

from __future__ import annotations

import pytest

from tests.conftest import Runner
from tests.treasurer import begun, done


@pytest.fixture
def book(zaoyuan: Runner) -> Runner:
    return begun(zaoyuan)


def test_a_donor_is_added_and_gives(book: Runner) -> None:
    """R-53: who owes nothing gives; there is no due and no question."""
    assert book("donor add 社区 --kind 单位 --json").ok.json == {"donor": "社区", "id": "pA2", "kind": "public"}
    done(book, "pay 社区 500 --fund 惠民资金 -d 5-10", "pay 社区 20.5 --fund 工作经费 -d 5-20")
    answer = book("donor list --json").ok.json
    assert answer["rows"] == [{"donor": "社区", "kind": "public", "gifts": 2, "amount": "520.50", "id": "pA2"}]
    assert answer["totals"] == {"donors": 1, "gifts": 2, "amount": "520.50"}


def test_the_same_name_is_known_already_whatever_its_width(book: Runner) -> None:
    done(book, "donor add 绿地Garden公司 --kind firm")
    again = book("donor add 绿地Ｇａｒｄｅｎ公司 --json")
    assert again.code == 1
    assert again.error["candidates"] == [{"key": "pA2", "label": "绿地Garden公司"}]
    assert book("donor list --json").ok.json["totals"]["donors"] == 1


def test_a_donor_on_one_page_with_every_gift(book: Runner) -> None:
    """R-57, R-65: what was voided or given back is not a gift."""
    done(book, "donor add 社区", "pay 社区 500 --fund 惠民资金 -d 5-10", "pay 社区 80 --fund 惠民资金 -d 5-11")
    done(book, "pay 社区 30 --fund 工作经费", "contribution void A2022-0003 --reason 误记 --yes")
    done(book, "contribution refund A2022-0002 20 --reason 多付")
    answer = book("donor show 社 --json").ok.json
    assert answer["amount"] == "560.00"
    assert [(one["receipt"], one["amount"], one["fund"], one["project"]) for one in answer["gifts"]] == [
        ("A2022-0001", "500.00", "惠民资金", None),
        ("A2022-0002", "60.00", "惠民资金", None),
    ]
    assert "A2022-0001" in book("donor show 社区").ok.out


def test_gifts_as_of_a_day(book: Runner) -> None:
    done(book, "donor add 社区", "pay 社区 500 --fund 惠民资金 -d 5-10", "pay 社区 80 --fund 惠民资金 -d 5-20")
    assert book("donor list --as-of 5-10 --json").ok.json["totals"]["amount"] == "500.00"
    assert book("donor show 社区 --as-of 5-10 --json").ok.json["amount"] == "500.00"


def test_a_new_name_keeps_the_gifts_and_undo_brings_the_old_one_back(book: Runner) -> None:
    done(book, "donor add 社区", "pay 社区 500 --fund 惠民资金")
    assert book("donor edit 社区 --name 晋源区社区 --kind firm --json").ok.json == {
        "donor": "晋源区社区", "id": "pA2", "kind": "firm", "changed": True,
    }  # fmt: skip
    assert book("donor show 晋源 --json").ok.json["amount"] == "500.00"
    done(book, "undo --yes")
    assert book("donor show pA2 --json").ok.json["donor"] == "社区"


def test_an_edit_that_changes_nothing_is_no_step(book: Runner) -> None:
    done(book, "donor add 社区")
    steps = book("log --json").ok.json["rows"]
    assert book("donor edit 社区 --kind public --json").ok.json["changed"] is False
    assert book("log --json").ok.json["rows"] == steps
    assert book("donor edit 社区").code == 2


def test_a_donor_keeps_its_own_name_but_not_anothers(book: Runner) -> None:
    done(book, "donor add 社区", "donor add 物业公司 --kind firm")
    assert book("donor edit 社区 --name 物业公司").code == 1
    done(book, "donor edit 社区 --name 社区 --kind public")


def test_a_donor_that_is_not_there(book: Runner) -> None:
    refused = book("donor show 街道 --json")
    assert (refused.code, refused.error["code"], refused.error["field"]) == (1, "not_found", "donor")
    assert "zaoyuan donor add 街道" in refused.error["hint"]
    wrong = book("donor add 街道 --kind god --json")
    assert (wrong.code, wrong.error["field"]) == (2, "kind")


def test_undoing_the_donor_of_a_gift_is_refused(book: Runner) -> None:
    done(book, "donor add 社区", "pay 社区 500 --fund 惠民资金")
    step = book("log --json").ok.json["rows"][1]["step"]
    refused = book(f"undo {step} --yes --json")
    assert (refused.code, refused.error["code"]) == (1, "has_dependents")
    assert "A2022-0001" in refused.error["candidates"][0]["label"]
