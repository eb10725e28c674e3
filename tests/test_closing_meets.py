"""A project closed on one of two laptops while the other goes on, and random days of both (R-66; design, When things
meet)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import Laptop, another, assert_replayed, chosen, do, found, merge, picture

from tests.conftest import Runner
from tests.shed import CLOSE, back, rows, spent
from tests.treasurer import Two, done
from zaoyuan_cli.book import Book, closures, journal, returns, steps, windups
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.rules.money import Fen


@pytest.fixture
def shed(zaoyuan: Runner) -> Runner:
    return spent(zaoyuan)


def shown(zaoyuan: Runner) -> dict[str, Any]:
    return zaoyuan("project show 车棚 --json").ok.json


ASKED = ("project show 车棚", "project shares", "conflict list", "fund list", "receipt list")


def conflicts(two: Two) -> list[tuple[str, str]]:
    return [(row["kind"], row["key"]) for row in rows(two.a, "conflict list")]


@pytest.fixture
def two(shed: Runner) -> Two:
    return Two(shed, ASKED)


def test_one_closes_while_the_other_is_paid(two: Two) -> None:
    """When things meet, 14: late, no share changes, nothing to settle."""
    done(two.a, CLOSE)
    assert two.b("pay 1-1-101 50 -p 车棚 --gift").ok
    two.meet()
    assert back(two.a) == {"3-2-501": "3.34", "3-2-502": "3.33", "3-2-601": "3.33"}
    assert (shown(two.a)["late"], shown(two.a)["left"], conflicts(two)) == ("50.00", "60.00", [])


def test_one_closes_while_the_other_spends(two: Two) -> None:
    done(two.a, CLOSE)
    assert two.b("spend 4 钉子 -p 车棚 --voucher 7").ok
    two.meet()
    assert conflicts(two) == [("late", "closed/车棚改造/EB2022-1/expense")]
    assert shown(two.a)["closing"]["left"] == "10.00"
    refused = two.a("project return --all --yes --json")
    assert refused.error["code"] == "fund_short"
    done(two.a, "account opening 微信 100 --fund 众筹专项", "project return --all --yes")
    done(two.a, "conflict settle closed/车棚改造/EB2022-1/expense -n 补入", "check")


def test_one_closes_while_the_other_makes_a_payment_void(two: Two) -> None:
    """The shares stay as they were fixed; a person has to look."""
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1")
    two.meet()
    done(two.a, CLOSE)
    assert two.b("contribution void A2022-0001 --reason 记错 --yes").ok
    two.meet()
    assert ("late", "closed/车棚改造/A2022-0001/void") in conflicts(two)
    assert back(two.a)["3-2-501"] == "3.34"


def test_an_undoing_that_did_not_know_of_the_closing_lies_idle(two: Two) -> None:
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1")
    two.meet()
    done(two.a, CLOSE)
    step = next(row["step"] for row in rows(two.a, "log") if row["verb"] == "pay")
    assert two.b(f"undo {step} --yes").ok
    two.meet()
    assert conflicts(two) == [("idle", step)]
    assert shown(two.a)["paid"] == "300.00"


def test_two_closings_of_one_project_the_first_counts(two: Two) -> None:
    done(two.a, CLOSE)
    assert two.b("pay 1-1-101 50 -p 车棚 --gift").ok
    assert two.b(CLOSE).ok
    assert two.b("project return --all --yes").ok
    two.meet()
    kinds = dict.fromkeys(kind for kind, _key in conflicts(two))
    assert {"unsettled", "breach"} <= set(kinds), "one closing stands; more was given back than its shares"
    assert back(two.a) == {"3-2-501": "3.34", "3-2-502": "3.33", "3-2-601": "3.33"}
    assert two.a("check --json").code == 3


def test_two_give_the_same_share_back(two: Two) -> None:
    """Both amounts went out; a person makes one void."""
    done(two.a, "account opening 微信 100 --fund 众筹专项 -d 5-1", CLOSE)
    two.meet()
    done(two.a, "project return 3-2-501")
    assert two.b("project return 3-2-501").ok
    two.meet()
    assert conflicts(two) == [("breach", "returned_above_share/车棚改造 3-2-501")]
    assert two.a("check --json").json["problems"][0]["code"] == "breach"
    assert shown(two.a)["left"] == "3.32"
    done(two.a, "project void KB2022-1 --reason 重复 --yes", "check")


def test_an_undone_closing_on_which_a_return_rests_stands_again(two: Two) -> None:
    done(two.a, CLOSE)
    two.meet()
    assert two.b("project return 3-2-501").ok
    done(two.a, "undo --yes")
    two.meet()
    assert [kind for kind, _key in conflicts(two)] == ["idle"]
    assert shown(two.a)["state"] == "closed"


def test_a_closing_that_stands_again_has_what_it_froze(two: Two) -> None:
    """The payment was undone after the closing was: the share paid out elsewhere rests on both."""
    done(two.a, "account opening 微信 1000 --fund 众筹专项 -d 5-1", CLOSE)
    two.meet()
    assert two.b("project return 3-2-501").ok
    done(two.a, "undo --yes")
    step = next(row["step"] for row in rows(two.a, "log") if row["verb"] == "pay")
    done(two.a, f"undo {step} --yes")
    two.meet()
    assert [kind for kind, _key in conflicts(two)] == ["idle", "idle"]
    assert (shown(two.a)["state"], shown(two.a)["paid"]) == ("closed", "300.00")
    assert ("idle", step) in conflicts(two)


def test_two_new_names_are_a_conflict(two: Two) -> None:
    done(two.a, "project edit 车棚 --name 车棚一")
    assert two.b("project edit 车棚 --name 车棚二").ok
    two.meet()
    assert [kind for kind, _key in conflicts(two)] == ["edits"]


# ---- random days of two laptops


def _pay(book: Book, pick: int) -> None:
    from zaoyuan_cli.book.contributions import Payment, receive

    room = ROOMS[pick % len(ROOMS)]
    receive(book, Payment(Fen(100 + pick), "现金", "众筹专项", book.today, room=room, project="围墙", agreed=True))


def _spend(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import expenses

    expenses.pay(book, expenses.Outlay(Fen(20 + pick), "砖", "众筹专项", "现金", book.today, project="围墙"))


def _void(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import contributions, expenses

    series = "('receipt', 'expense', 'refund', 'return')"
    number = chosen(book, f"SELECT text FROM number WHERE stands AND series IN {series} ORDER BY text", pick)
    if number.startswith("E"):
        expenses.void(book, expenses.one(book.db, number), "错")
    elif number.startswith("K"):
        returns.void(book, number, "错")
    else:
        contributions.void(book, number, "错")


def _refund(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import contributions

    number = chosen(book, "SELECT number FROM contribution ORDER BY number", pick)
    contributions.refund(book, number, Fen(1 + pick), book.today, "多收")


def _close(book: Book, pick: int) -> None:
    draft = windups.draft(book, chosen(book, "SELECT project FROM project", pick))
    windups.close(book, draft, "return" if draft.stands.left > 0 else "")


def _return(book: Book, pick: int) -> None:
    payer = chosen(book, "SELECT payer FROM share ORDER BY payer", pick)
    returns.give(book, "围墙", [payer], "现金", book.today)


def _undo(book: Book, pick: int) -> None:
    steps_ = book.db.execute("SELECT lamport, device FROM command ORDER BY lamport DESC, device").fetchall()
    name = journal.Step(*steps_[pick % len(steps_)]).name if pick % 2 else ""
    steps.undo(book, steps.find(book, name))


def _redo(book: Book, pick: int) -> None:
    steps.redo(book, steps.find_undone(book))


ROOMS = ("1-1-101", "1-1-102", "1-1-201")
DEEDS = {"pay": _pay, "spend": _spend, "void": _void, "refund": _refund, "close": _close, "return": _return,
         "undo": _undo, "redo": _redo}  # fmt: skip
DAYS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([*DEEDS, "pay", "close", "return", "meet"]), st.integers(0, 40)),
    min_size=4,
    max_size=20,
)


def judge(laptop: Laptop, seen: dict[str, Any]) -> None:
    """A closing's shares add up, nobody's is more than it paid, none moves while it stands."""
    book = laptop.open()
    try:
        closed = closures.of(book.db, "围墙")
        found = returns.shares(book.db, "围墙")
        if closed:
            left = closed.totals["left"]
            assert sum(one.share for one in found) == (max(0, left) if closed.plan == "return" else 0)
            assert all(0 <= one.share <= one.paid for one in found)
            shares = [(one.payer, one.paid, one.share) for one in found]
            assert seen.setdefault(closed.step, (closed.totals, shares)) == (closed.totals, shares)
        else:
            assert found == []
    finally:
        book.close()
    assert_replayed(laptop)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_two_laptops_that_meet_agree_about_the_shares(
    days: list[tuple[int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """R-66: whatever each did, in whatever order they meet."""
    folder: Path = tmp_path_factory.mktemp("days")
    first = found(folder)
    do(first, _begin)
    pair = [first, another(first, "b")]
    seen: dict[str, Any] = {}
    for who, deed, pick in [*days, (0, "meet", 0)]:
        if deed == "meet":
            merge(pair[0], pair[1])
            merge(pair[1], pair[0])
            assert picture(pair[0]) == picture(pair[1])
            judge(pair[0], seen)
        else:
            try:
                do(pair[who], DEEDS[deed], pick)
            except (Refusal, sqlite3.IntegrityError):  # what cannot be leaves nothing behind
                continue
            judge(pair[who], seen)


def _begin(book: Book) -> None:
    from zaoyuan_cli.book import levies
    from zaoyuan_cli.facts.households import HouseholdAdded

    with book.writing("household add"):
        for room in ROOMS:
            book.record(HouseholdAdded(room=room, unit="1-1", on=book.today, owners=()))
    levies.add(book, levies.Draft("围墙", "众筹专项"), ())
