"""No history of two laptops moves a closed sheet: random months of payments, expenses, voids, refunds, undoing,
closings and merges (R-70; design, When things meet 2, 3, 4)."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laptops import Laptop, another, assert_replayed, chosen, do, found, merge, picture

from zaoyuan_cli.book import Book, entries, journal, period_ends, sheets, steps
from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.rules import periods
from zaoyuan_cli.rules.money import Fen

MAY = "2022-05-05T12:00:00+08:00"


def _pay(book: Book, pick: int) -> None:
    from zaoyuan_cli.book.contributions import Payment, receive

    day = book.today.replace(day=1 + pick % book.today.day)
    day = day.replace(month=max(5, day.month - pick % 3), day=min(day.day, 28))
    receive(book, Payment(Fen(100 + pick), "现金", "惠民资金", day, room="1-1-101", agreed=True))


def _spend(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import expenses

    expenses.pay(book, expenses.Outlay(Fen(50 + pick), "电费", "惠民资金", "现金", book.today))


def _advance(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import expenses

    day = book.today.replace(day=1 + pick % book.today.day)
    expenses.pay(book, expenses.Outlay(Fen(50 + pick), "灯泡", "惠民资金", "现金", day, advanced_by="pA1"))


def _repay(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import advances

    advances.repay(book, "pA1", Fen(30 + pick), "现金", book.today)


def _void(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import advances, contributions, expenses

    number = chosen(book, "SELECT text FROM number WHERE stands AND series IN ('receipt', 'expense', 'refund',"
                    " 'repayment') ORDER BY text", pick)  # fmt: skip
    if number.startswith("E"):
        expenses.void(book, expenses.one(book.db, number), "错")
    elif number.startswith("R"):
        advances.void(book, number, "错")
    else:
        contributions.void(book, number, "错")


def _refund(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import contributions

    number = chosen(book, "SELECT number FROM contribution ORDER BY number", pick)
    contributions.refund(book, number, Fen(1 + pick), book.today, "多收")


def _move(book: Book, pick: int) -> None:
    from zaoyuan_cli.book import accounts

    accounts.transfer(book, Fen(10 + pick), "现金", "微信", book.today, Fen(pick % 3), "惠民资金")


def _undo(book: Book, pick: int) -> None:
    rows = book.db.execute("SELECT lamport, device FROM command ORDER BY lamport DESC, device").fetchall()
    name = journal.Step(*rows[pick % len(rows)]).name if pick % 2 else ""
    steps.undo(book, steps.find(book, name))


def _redo(book: Book, pick: int) -> None:
    steps.redo(book, steps.find_undone(book))


def _close(book: Book, pick: int) -> None:
    period_ends.close(book, periods.month_before_last(book.today.replace(month=book.today.month + 1)))


DEEDS = {"pay": _pay, "spend": _spend, "advance": _advance, "repay": _repay, "void": _void,
         "refund": _refund, "move": _move, "undo": _undo, "redo": _redo, "close": _close}  # fmt: skip
DAYS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from([*DEEDS, "pay", "void", "close", "month", "meet"]), st.integers(0, 40)
    ),
    min_size=5,
    max_size=25,
)


def judge(laptop: Laptop, seen: dict[str, Any], merged: bool) -> None:
    """What was closed has not moved (unless a merge found another closing of it to be the first); the chain holds."""
    book = laptop.open()
    try:
        found = sheets.everyone(book.db)
        assert list(sheets.moved(book.db)) == []
        for before, sheet in zip([None, *found], found, strict=False):
            if before is not None and before.last.toordinal() + 1 == sheet.first.toordinal():
                assert sheet.total.opening == before.total.closing
            for one in (sheet.total, *sheet.funds, *sheet.accounts):
                assert one.opening + one.into - one.out == one.closing
            assert sum(one.closing for one in sheet.funds) == sum(one.closing for one in sheet.accounts)
        now = {sheet.step: sheet[:5] + sheet[6:] for sheet in found}
        assert merged or now.keys() >= seen.keys()
        assert all(now[step] == seen[step] for step in now.keys() & seen.keys())
        seen.clear()
        seen.update(now)
        funds, accounts = (entries.balances(book.db, by) for by in ("fund", "account"))  # type: ignore[arg-type]
        assert sum(funds.values()) == sum(accounts.values())
        assert all(turn.opening + turn.into - turn.out == turn.closing for turn in entries.turnover(book.db, "fund"))
    finally:
        book.close()
    assert_replayed(laptop)


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_no_history_moves_a_closed_sheet(
    days: list[tuple[int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("days")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZAOYUAN_NOW", MAY)
        first = found(folder)
        do(first, _begin)
        pair = [first, another(first, "b")]
        seen: list[dict[str, Any]] = [{}, {}]
        month = 5
        for who, deed, pick in [*days, (0, "meet", 0)]:
            if deed == "month":
                month = min(month + 1, 11)
                patch.setenv("ZAOYUAN_NOW", f"2022-{month:02d}-{5 + pick % 20:02d}T12:00:00+08:00")
            elif deed == "meet":
                merge(pair[0], pair[1])
                merge(pair[1], pair[0])
                assert picture(pair[0]) == picture(pair[1])
                for laptop, known in zip(pair, seen, strict=True):
                    judge(laptop, known, True)
            else:
                try:
                    do(pair[who], DEEDS[deed], pick)
                except (Refusal, sqlite3.IntegrityError):  # what cannot be leaves nothing behind
                    continue
                judge(pair[who], seen[who], False)


def _begin(book: Book) -> None:
    from zaoyuan_cli.book import accounts
    from zaoyuan_cli.facts.households import HouseholdAdded

    accounts.opening(book, "现金", "惠民资金", Fen(100_000), date(2022, 1, 1))
    with book.writing("household add"):
        book.record(HouseholdAdded(room="1-1-101", unit="1-1", on=date(2022, 5, 1), owners=()))
