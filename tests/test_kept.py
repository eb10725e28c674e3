"""Kept totals: whatever comes and goes, in whatever order, they are the sums of the movements (R-70)."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Runner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import ACTS, Laptop, act, add_household, another, chosen, do, found, merge, pay, spend, void

from zaoyuan_cli.book import Book, dues, entries, journal, kept, ledger, period_ends
from zaoyuan_cli.facts.accounts import AccountTransferred
from zaoyuan_cli.facts.contributions import ContributionReceived, ContributionRefunded
from zaoyuan_cli.facts.projects import ProjectAdded
from zaoyuan_cli.rules import periods
from zaoyuan_cli.rules.money import Fen

altered = pytest.mark.altered  # the book of such a test is damaged on purpose: see the finaliser in conftest.py
DAYS = ("2022-04-30", "2022-05-01", "2022-05-17", "2022-05-31", "2022-06-01")
NUMBERS = ("", "A2022-0001", "A2022-0002")


def agreed(db: sqlite3.Connection) -> None:
    """What is kept is what adding up gives."""
    assert [problem.where for problem in kept.differences(db)] == []


# ---- row by row


legs = st.tuples(
    st.just("entry"), st.sampled_from(NUMBERS), st.sampled_from(DAYS), st.integers(-5, 5),
    st.sampled_from([None, "现金"]), st.sampled_from([None, "众筹专项", "惠民资金"]), st.sampled_from([None, "车棚"]),
    st.sampled_from([None, "1-1-101"]),
)  # fmt: skip
marks = st.tuples(st.sampled_from(["void", "reversal"]), st.sampled_from(NUMBERS[1:]))
takings = st.tuples(st.sampled_from(["entry", "void", "reversal"]), st.just("gone"), st.integers(0, 9))


@pytest.fixture(scope="module")
def bare() -> Iterator[sqlite3.Connection]:
    """The tables alone, in which any row may stand."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in journal.SCHEMA:
        db.execute(statement)
    ledger.create(db)
    ledger.finish(db)
    yield db
    db.close()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(legs, marks, takings), max_size=30))
def test_after_every_statement_kept_totals_are_the_sums(bare: sqlite3.Connection, deeds: list[tuple[Any, ...]]) -> None:
    """Rows of entry, void and reversal come and go one by one, as no verb would have them."""
    bare.execute("BEGIN")
    try:
        for event, (table, *values) in enumerate(deeds):
            if values[0] == "gone":
                bare.execute(
                    f"DELETE FROM {table} WHERE rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET ?)", values[1:]
                )
            elif table == "entry":
                number, day, fen, account, fund, project, room = values
                row = (event, 1, number, "contribution", day, fen, account, fund, project, room)
                bare.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            elif table == "void":
                bare.execute("INSERT OR IGNORE INTO void VALUES (?, ?, '2022-06-01', '')", (event, *values))
            else:
                bare.execute("INSERT OR IGNORE INTO reversal VALUES (?, ?)", (event, *values))
            agreed(bare)
        for table in ("void", "entry", "reversal"):  # many rows by one statement
            bare.execute(f"DELETE FROM {table}")
            agreed(bare)
        assert bare.execute("SELECT count(*) FROM kept_month").fetchone() == (0,)
        assert bare.execute("SELECT count(*) FROM kept_room").fetchone() == (0,)
    finally:
        bare.execute("ROLLBACK")


# ---- as it is used


def pay_on(book: Book, pick: int) -> None:
    with book.writing("pay"):
        book.record(
            ContributionReceived(
                number=book.number("receipt"), fen=pick * 100 + 1, account="现金", fund="众筹专项",
                on=date.fromisoformat(DAYS[pick % 4]), room="1-1-101", project="车棚" if pick % 3 else "", agreed=True,
            )
        )  # fmt: skip


def levy(book: Book) -> None:
    with book.writing("project add"):
        dues = (("1-1-101", "pA1", 500),)
        book.record(ProjectAdded(project="车棚", fund="众筹专项", on=date(2022, 4, 1), levy="household", dues=dues))


def refund(book: Book, pick: int) -> None:
    receipt = chosen(book, "SELECT number FROM contribution ORDER BY number", pick)
    with book.writing("contribution refund"):
        number = book.number("refund", under=receipt)
        day = date.fromisoformat(DAYS[pick % 5])
        book.record(ContributionRefunded(number=number, receipt=receipt, fen=pick + 1, account="微信", on=day))


def move(book: Book, pick: int) -> None:
    with book.writing("account transfer"):
        book.record(
            AccountTransferred(
                fen=pick, source="现金", target="银行", on=date.fromisoformat(DAYS[pick % 5]), fund="工作经费",
                fee=pick % 3,
            )
        )  # fmt: skip


def close(book: Book, pick: int) -> None:
    period_ends.close(book, periods.parse(f"2022-{4 + pick % 2:02}"))


MONEY = {"pay on": pay_on, "refund": refund, "move": move, "close": close}
deeds_of_two = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from([*MONEY, "pay", "spend", "void", "void", "undo", "redo", "merge"]),
        st.integers(0, 11),
    ),
    min_size=4,
    max_size=16,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds_of_two, st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS]))
def test_two_laptops_on_any_days_keep_the_sums_and_every_report_reads_them_as_it_would_add_up(
    days: list[tuple[int, str, int]], since: str | None, until: str | None
) -> None:
    """R-70: paid, refunded, moved, made void in open and in closed months, undone, brought back, merged."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setitem(ACTS, "merge", lambda *_given: None)
        for name, deed in MONEY.items():
            patch.setitem(ACTS, name, deed)
        first = found(Path(folder))
        do(first, add_household, 0, "1-1-101")
        do(first, levy)
        laptops = [first, another(first, "b")]
        for who, what, pick in days:
            if what == "merge":
                merge(laptops[who], laptops[1 - who])
            else:
                do(laptops[who], act, what, pick)
            do(laptops[who], lambda book: agreed(book.db))
        do(first, as_added_up, _day(since), _day(until))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def as_added_up(book: Book, since: date | None, until: date | None) -> None:
    """Balances, turnover and totals are what the movements, one by one, come to."""
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    rows = book.db.execute("SELECT fund, account, what, day, fen FROM movement WHERE day <= ?", [last]).fetchall()
    for place, by in enumerate(("fund", "account")):
        for one in entries.turnover(book.db, by, since, until):  # type: ignore[arg-type]
            mine = [(what, day, fen) for *names, what, day, fen in rows if names[place] == one.name]
            assert one == entries.Turnover(one.name, *_figures(mine, first))
            assert entries.balance(book.db, by, one.name, until) == one.closing  # type: ignore[arg-type]
            assert entries.balances(book.db, by, until)[one.name] == one.closing  # type: ignore[arg-type]
            assert entries.turnover_of(book.db, by, one.name, since, until) == one  # type: ignore[arg-type]
    paid = book.db.execute(
        "SELECT ifnull(sum(fen), 0) FROM movement WHERE project = '车棚' AND room = '1-1-101' AND day <= ?", [last]
    ).fetchone()[0]
    assert dues.claim(book.db, "车棚", "1-1-101", until).paid == paid
    for *_of, claim in dues.claims(book.db, as_of=until):  # none where the levy is undone
        assert claim.paid == paid
        assert dues.levied(book.db, as_of=until)["车棚"].owed == claim.owed == max(0, 500 - paid)
    every = [(what, day, fen) for _fund, _account, what, day, fen in rows if what != "transfer"]
    assert entries.totals(book.db, since, until) == entries.Turnover("", *_figures(every, first))


def _figures(rows: list[tuple[str, str, int]], first: str) -> tuple[Fen, Fen, Fen, Fen]:
    opening = sum(fen for what, day, fen in rows if what == "opening" or day < first)
    within = [fen for what, day, fen in rows if what != "opening" and day >= first]
    came, went = sum(fen for fen in within if fen > 0), -sum(fen for fen in within if fen < 0)
    return Fen(opening), Fen(came), Fen(went), Fen(opening + came - went)


# ---- damage


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    one = found(tmp_path)
    do(one, add_household, 0, "1-1-101")
    do(one, pay, 0, "1-1-101")
    do(one, spend)
    return one


@altered
@pytest.mark.parametrize(
    ("damage", "where"),
    [
        ("UPDATE kept_month SET came = came + 1 WHERE what = 'contribution'", "众筹专项 现金 contribution 2022-05"),
        ("DELETE FROM kept_month WHERE what = 'expense'", "众筹专项 现金 expense 2022-05"),
        ("UPDATE kept_room SET fen = 0", "1-1-101 contribution"),
        ("INSERT INTO kept_room VALUES ('1-1-101', '车棚', 'refund', -1, 1)", "1-1-101 车棚 refund"),
    ],
)
def test_a_kept_total_changed_by_hand_is_found_named_and_cured(
    laptop: Laptop, zaoyuan: Runner, damage: str, where: str
) -> None:
    db = sqlite3.connect(laptop.path)
    db.execute(damage)
    db.commit()
    db.close()
    answer = zaoyuan("check sums --json", home=laptop.home, book=laptop.path)
    assert answer.code == 3
    (found_,) = answer.json["problems"]
    assert (found_["code"], found_["where"]) == ("sums", where)
    assert where in found_["message"]
    zaoyuan("rebuild", home=laptop.home, book=laptop.path).ok  # noqa: B018
    assert zaoyuan("check", home=laptop.home, book=laptop.path).ok.out == ""


@altered
def test_a_trigger_taken_away_is_named(laptop: Laptop, zaoyuan: Runner) -> None:
    db = sqlite3.connect(laptop.path)
    db.execute("DROP TRIGGER kept_void_insert")
    db.commit()
    db.close()
    do(laptop, void, 0)
    problems = zaoyuan("check --json", home=laptop.home, book=laptop.path).json["problems"]
    assert ("ledger", "kept_void_insert") in [(one["code"], one["where"]) for one in problems]
    assert "sums" in [one["code"] for one in problems]
